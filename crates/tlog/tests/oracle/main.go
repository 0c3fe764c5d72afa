// The oracle answers one line for each line it is asked, with the reference implementation of transparency
// logs: golang.org/x/mod/sumdb, packages tlog and note. See ../go.rs, which asks.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// stored holds the hashes of the tree that is grown, as the package orders them.
var stored []tlog.Hash

var reader = tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(stored)) {
			return nil, errors.New("beyond the tree")
		}
		hashes[i] = stored[index]
	}
	return hashes, nil
})

func main() {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		answer, err := ask(strings.Split(strings.TrimSuffix(line, "\n"), " "))
		if err != nil {
			answer = "no"
		}
		fmt.Println(answer)
	}
}

func ask(words []string) (string, error) {
	switch words[0] {
	case "grow":
		return grow(number(words[1]), words[2])
	case "root":
		root, err := tlog.TreeHash(number(words[1]), reader)
		return hex.EncodeToString(root[:]), err
	case "prove":
		proof, err := tlog.ProveRecord(number(words[1]), number(words[2]), reader)
		return list(proof), err
	case "prove-tree":
		proof, err := tlog.ProveTree(number(words[1]), number(words[2]), reader)
		return list(proof), err
	case "check":
		return "yes", tlog.CheckRecord(hashes(words[5]), number(words[1]), hash(words[2]), number(words[3]), hash(words[4]))
	case "check-tree":
		return "yes", tlog.CheckTree(hashes(words[5]), number(words[1]), hash(words[2]), number(words[3]), hash(words[4]))
	case "new-tiles":
		var paths []string
		for _, tile := range tlog.NewTiles(height, number(words[1]), number(words[2])) {
			paths = append(paths, tile.Path())
		}
		return strings.Join(paths, ","), nil
	case "path":
		tile, err := tlog.ParseTilePath(words[1])
		return fmt.Sprintf("%d %d %d %d", tile.H, tile.L, tile.N, tile.W), err
	case "write":
		return "yes", write(words[1], number(words[2]))
	case "read":
		return read(words[1], number(words[2]), hash(words[3]), number(words[4]), number(words[5]))
	case "checkpoint":
		tree, err := tlog.ParseTree(text(words[1]))
		return fmt.Sprintf("%d %x", tree.N, tree.Hash[:]), err
	case "sign":
		signer, err := note.NewSigner(words[1])
		if err != nil {
			return "", err
		}
		return signed(text(words[2]), signer)
	case "open":
		verifier, err := note.NewVerifier(words[1])
		if err != nil {
			return "", err
		}
		opened, err := note.Open(text(words[2]), note.VerifierList(verifier))
		if err != nil {
			return "", err
		}
		return hex.EncodeToString([]byte(opened.Text)), nil
	case "cosign":
		seed := text(words[2])
		cosigner := &cosigner{name: words[1], key: ed25519.NewKeyFromSeed(seed), time: uint64(number(words[3]))}
		return signed(text(words[4]), cosigner)
	case "cosigned":
		return cosigned(words[1], text(words[2]))
	}
	return "", errors.New("unknown question")
}

func grow(size int64, salt string) (string, error) {
	stored = nil
	for i := int64(0); i < size; i++ {
		hashes, err := tlog.StoredHashes(i, []byte(fmt.Sprintf("entrée %d %s", i, salt)), reader)
		if err != nil {
			return "", err
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(size, reader)
	return hex.EncodeToString(root[:]), err
}

// here is the path of a tile as C2SP writes it: without the height.
func here(folder string, tile tlog.Tile) string {
	return filepath.Join(folder, "tile", strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height)))
}

func write(folder string, size int64) error {
	for _, tile := range tlog.NewTiles(height, 0, size) {
		data, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return err
		}
		path := here(folder, tile)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tiles are read from a folder, and authenticated by the package.
type tiles struct{ folder string }

func (t tiles) Height() int                     { return height }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(here(t.folder, tile))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

// read answers with the inclusion proof of a leaf and the consistency proof from an old size.
func read(folder string, size int64, root tlog.Hash, index, old int64) (string, error) {
	served := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{folder})
	inclusion, err := tlog.ProveRecord(size, index, served)
	if err != nil {
		return "", err
	}
	consistency, err := tlog.ProveTree(size, old, served)
	return list(inclusion) + " " + list(consistency), err
}

func signed(text []byte, signer note.Signer) (string, error) {
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	return hex.EncodeToString(signed), err
}

// cosigner is the Ed25519 cosignature of tlog-cosignature, which the package does not have, written from the
// specification: as a signer where it has a private key, as a verifier where it has a public one.
type cosigner struct {
	name   string
	key    ed25519.PrivateKey
	public ed25519.PublicKey
	time   uint64
}

func (c *cosigner) Name() string { return c.name }

func (c *cosigner) KeyHash() uint32 {
	public := c.public
	if c.key != nil {
		public = c.key.Public().(ed25519.PublicKey)
	}
	sum := sha256.Sum256(append([]byte(c.name+"\n\x04"), public...))
	return binary.BigEndian.Uint32(sum[:])
}

func message(time uint64, text []byte) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), text...)
}

func (c *cosigner) Sign(text []byte) ([]byte, error) {
	var signature bytes.Buffer
	if err := binary.Write(&signature, binary.BigEndian, c.time); err != nil {
		return nil, err
	}
	signature.Write(ed25519.Sign(c.key, message(c.time, text)))
	return signature.Bytes(), nil
}

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	c.time = binary.BigEndian.Uint64(signature)
	return c.time < 1<<63 && ed25519.Verify(c.public, message(c.time, text), signature[8:])
}

func cosigned(vkey string, signed []byte) (string, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return "", errors.New("not the key of a cosigner")
	}
	verifier := &cosigner{name: parts[0], public: key[1:]}
	if fmt.Sprintf("%08x", verifier.KeyHash()) != parts[1] {
		return "", errors.New("another key id")
	}
	if _, err := note.Open(signed, note.VerifierList(verifier)); err != nil {
		return "", err
	}
	return strconv.FormatUint(verifier.time, 10), nil
}

func number(word string) int64 {
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func text(word string) []byte {
	decoded, err := hex.DecodeString(word)
	if err != nil {
		panic(err)
	}
	return decoded
}

func hash(word string) (h tlog.Hash) {
	copy(h[:], text(word))
	return h
}

func hashes(word string) []tlog.Hash {
	found := []tlog.Hash{}
	for _, part := range strings.Split(word, ",") {
		if part != "" {
			found = append(found, hash(part))
		}
	}
	return found
}

func list(hashes []tlog.Hash) string {
	var parts []string
	for _, h := range hashes {
		parts = append(parts, hex.EncodeToString(h[:]))
	}
	return strings.Join(parts, ",")
}
