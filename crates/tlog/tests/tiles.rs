//! Tiles and bundles: fixed values made elsewhere, an independent crate, and what holds of every tree.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

mod vectors;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tlog::tile::*;
use tlog::*;
use vectors::{BUNDLE_OF_EIGHT, hex};

fn tree_of(size: u64) -> Tree {
    let mut tree = Tree::new();
    (0..size).for_each(|index| tree.push(leaf_hash(&index.to_be_bytes())));
    tree
}

/// The tiles of a tree, written by its edge one leaf after the other.
fn written(size: u64) -> (BTreeMap<String, Vec<u8>>, TileEdge) {
    let mut edge = TileEdge::new();
    (0..size).for_each(|index| edge.push(leaf_hash(&index.to_be_bytes())));
    let tiles = edge.take_full().into_iter().chain(edge.partial());
    (tiles.map(|(tile, bytes)| (tile.to_string(), bytes)).collect(), edge)
}

#[test]
fn the_tree_of_seventy_thousand_leaves_of_the_specification() {
    // Root, and SHA-256 of the bytes of tiles, of the tree whose leaves are the numbers from 0 in 8 bytes.
    let root = Hash::from_hex("0759167a0f98e35e802d46ff7c7d29d2c3f03a63a256deb6abbff357a91b63b1").unwrap();
    let known = [
        ("tile/0/000", "20cd0859c7fb4ae9eeac1d244887e6f9342d86ce0b1a1c7bb244915d3d0dc971"),
        ("tile/0/272", "f33da3aeeb4da30453ed750cea6fd7a46dbb364aaf65b9747d180a316fdf6571"),
        ("tile/0/273.p/112", "c7ebb1581fb37d08e8c14ef23ce02ebd07d79d783b6515c740d8b9f566ef0289"),
        ("tile/1/000", "dbf848d70619481ec09adf64ff73d027ffd27f3cab12570d5087d7e9fede902a"),
        ("tile/1/001.p/17", "4fd210567f39abfd6af3acd3f895698cbaaf1b83bd764f98d7d81f431454aa54"),
        ("tile/2/000.p/1", "2f3d7b72e1ccbf31e77e4c41d731da9c94fa1a6c08249fd49e5d4aded052b16b"),
    ];
    let (tiles, edge) = written(70_000);
    let tree = tree_of(70_000);
    assert_eq!((edge.size(), edge.root(), tree.root()), (70_000, root, root));
    // "273 full level 0 tiles, one partial level 0 tile of width 112, one full level 1 tile, one partial level 1
    // tile of width 17, and one partial level 2 tile of width 1."
    assert_eq!(tiles.len(), 273 + 1 + 1 + 1 + 1);
    assert_eq!(new_tiles(0, 70_000).map(|tile| tile.to_string()).collect::<BTreeSet<_>>().len(), 277);
    for (path, digest) in known {
        use sha2::Digest as _;
        let found = sha2::Sha256::digest(&tiles[path]);
        assert_eq!(Hash::from_bytes(found.into()).to_string(), digest, "{path}");
        assert_eq!(tree.tile(Tile::parse(path).unwrap()).unwrap(), tiles[path], "{path}");
    }
    assert_eq!(
        new_tiles(0, 70_000).map(|tile| tile.to_string()).filter(|tile| !tiles.contains_key(tile)).count(),
        0
    );
    // "Note that a tree of size 256 will be represented by a full level 0 tile and a partial level 1 tile of
    // width 1."
    assert_eq!(
        new_tiles(0, 256).map(|tile| tile.to_string()).collect::<Vec<_>>(),
        ["tile/0/000", "tile/1/000.p/1"]
    );
}

#[test]
fn paths_of_tiles_and_bundles() {
    let cases: [(u8, u64, u16, &str); 7] = [
        (0, 0, 256, "tile/0/000"),
        (0, 999, 1, "tile/0/999.p/1"),
        (1, 1000, 255, "tile/1/x001/000.p/255"),
        (63, 1_234_067, 256, "tile/63/x001/x234/067"),
        (7, 1_000_000, 17, "tile/7/x001/x000/000.p/17"),
        (0, u64::MAX, 255, "tile/0/x018/x446/x744/x073/x709/x551/615.p/255"),
        (10, u64::MAX, 255, "tile/10/x018/x446/x744/x073/x709/x551/615.p/255"),
    ];
    for (level, index, width, path) in cases {
        let tile = Tile::new(level, index, width).unwrap();
        assert_eq!((tile.to_string().as_str(), Tile::parse(path)), (path, Ok(tile)));
        let bundle = Bundle::new(index, width).unwrap();
        let place = path.splitn(3, '/').nth(2).unwrap();
        assert_eq!(bundle.to_string(), format!("tile/entries/{place}"));
        assert_eq!(Bundle::parse(&bundle.to_string()), Ok(bundle));
        assert!(bundle.to_string().len() <= MAX_PATH_BYTES);
    }
    for place in [
        "",
        "/",
        "0",
        "00",
        "0000",
        "x000",
        "x000/067",
        "x000/x001/067",
        "001/067",
        "x01/067",
        "x001/67",
        "x001/",
        "x001/067/",
        "X001/067",
        "+01",
        "-01",
        " 01",
        "０００",
        "000.p",
        "000.p/",
        "000.p/0",
        "000.p/00",
        "000.p/01",
        "000.p/256",
        "000.p/+1",
        "000.p/1.p/1",
        "000.p/65537",
        "000/.p/1",
        ".p/1",
        "x018/x446/x744/x073/x709/x551/616",
        "x999/x999/x999/x999/x999/x999/999",
        "x001/x000/x000/x000/x000/x000/x000/000",
    ] {
        assert!(Tile::parse(&format!("tile/0/{place}")).is_err(), "{place}");
        assert!(Bundle::parse(&format!("tile/entries/{place}")).is_err(), "{place}");
    }
    for path in [
        "tile/64/000",
        "tile/00/000",
        "tile/-0/000",
        "tile/data/000",
        "tile//000",
        "tile/0",
        "tile/8/0/000",
        "/tile/0/000",
        "tile/entries/000",
        "tile/0/000 ",
        "tile/256/000",
        "tile/18446744073709551616/000",
    ] {
        assert!(Tile::parse(path).is_err(), "{path}");
    }
    assert_eq!(Tile::new(64, 0, 1), Err(TileError::Level(64)));
    for width in [0, 257, u16::MAX] {
        assert_eq!(Tile::new(0, 0, width), Err(TileError::Width(width)));
        assert_eq!(Bundle::new(0, width), Err(TileError::Width(width)));
    }
}

#[test]
fn bundles_written_and_read() {
    let bundle = hex(BUNDLE_OF_EIGHT);
    let entries = decode_bundle(&bundle).unwrap();
    assert_eq!((entries.len(), entries[3]), (8, [0x20, 0x21].as_slice()));
    let mut again = Vec::new();
    entries.iter().for_each(|entry| write_entry(&mut again, entry).unwrap());
    assert_eq!(again, bundle);
    let eight = Bundle::new(0, 8).unwrap();
    assert_eq!(eight.entries(&bundle).unwrap(), entries);
    let count = BundleError::Count { bundle: Bundle::new(0, 7).unwrap(), found: 8 };
    assert_eq!(Bundle::new(0, 7).unwrap().entries(&bundle), Err(count));
    for cut in 1..bundle.len() {
        match decode_bundle(&bundle[..cut]) {
            Ok(whole) => assert!(whole.len() < 8 && entries.starts_with(&whole)),
            Err(refused) => assert!(matches!(refused, BundleError::Cut(_))),
        }
    }
    // The full bundle serves where the partial one is asked for.
    let full: Vec<u8> = std::iter::repeat_n([0, 1, b'a'], 256).flatten().collect();
    assert_eq!(eight.entries(&full).unwrap(), vec![b"a"; 8]);
    assert_eq!(decode_bundle(&[full, vec![0, 0]].concat()), Err(BundleError::TooMany));
    let mut largest = Vec::new();
    write_entry(&mut largest, &vec![7; MAX_ENTRY_BYTES]).unwrap();
    assert_eq!(largest.len() * 256, MAX_BUNDLE_BYTES);
    let refused = write_entry(&mut largest, &vec![7; MAX_ENTRY_BYTES + 1]);
    assert_eq!(refused, Err(BundleError::EntryTooLarge(MAX_ENTRY_BYTES + 1)));
    assert_eq!(decode_bundle(&largest).unwrap(), [vec![7; MAX_ENTRY_BYTES].as_slice()]);
    assert_eq!(
        new_bundles(0, 600).map(|bundle| bundle.to_string()).collect::<Vec<_>>(),
        ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"]
    );
    assert_eq!(new_bundles(512, 513).map(Bundle::width).collect::<Vec<_>>(), [1]);
    assert_eq!((new_bundles(5, 5).count(), new_bundles(6, 5).count(), new_tiles(6, 5).count()), (0, 0, 0));
}

/// Entries, bundles and tiles read through the tree; any of them altered is refused.
#[test]
fn entries_are_those_of_the_tree() {
    let tree = tree_of(300);
    let mut tiled = TiledTree::open(300, &tree.root(), |tile| tree.tile(tile)).unwrap();
    for bundle in new_bundles(0, 300) {
        let first = bundle.first_entry().unwrap();
        let mut bytes = Vec::new();
        let numbers = first..first + u64::from(bundle.width());
        numbers.for_each(|index| write_entry(&mut bytes, &index.to_be_bytes()).unwrap());
        assert_eq!(tiled.entries(bundle, &bytes).unwrap().len(), usize::from(bundle.width()));
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        let index = first + u64::from(bundle.width()) - 1;
        assert_eq!(tiled.entries(bundle, &bytes), Err(TiledError::Entry { index }));
    }
    let beyond = Bundle::new(1, 45).unwrap();
    let mut bytes = Vec::new();
    (256_u64..301).for_each(|index| write_entry(&mut bytes, &index.to_be_bytes()).unwrap());
    let refused = ProofError::IndexBeyondSize { index: 300, size: 300 };
    assert_eq!(tiled.entries(beyond, &bytes), Err(TiledError::Proof(refused)));
    let nowhere = Bundle::new(u64::MAX, 1).unwrap();
    assert!(tiled.entries(nowhere, &[0, 0]).is_err());
}

#[test]
fn trees_that_cannot_be_read() {
    let tree = tree_of(300);
    let open = |size: u64, root: Hash| TiledTree::open(size, &root, |tile| tree.tile(tile)).map(|_| ());
    assert_eq!(open(0, empty_root()), Ok(()));
    assert!(matches!(open(0, tree.root()), Err(TiledError::Root { .. })));
    assert!(matches!(open(299, tree.root()), Err(TiledError::Root { .. })));
    assert!(matches!(
        open(301, tree.root()),
        Err(TiledError::Read { fault: TileError::BeyondTree { .. }, .. })
    ));
    let short = |tile: Tile| tree.tile(tile).map(|bytes| bytes[1..].to_vec());
    let refused = TiledTree::open(300, &tree.root(), short).map(|_| ()).unwrap_err();
    assert!(matches!(refused, TiledError::Tile(TileError::Length { .. })));
    let resumed = TileEdge::resume(300, &empty_root(), |tile| tree.tile(tile));
    assert!(matches!(resumed, Err(TiledError::Root { .. })));
    let mut tiled = TiledTree::open(300, &tree.root(), |tile| tree.tile(tile)).unwrap();
    let beyond = ProofError::IndexBeyondSize { index: 300, size: 300 };
    assert_eq!(tiled.leaf(300), Err(TiledError::Proof(beyond.clone())));
    assert_eq!(tiled.inclusion_proof(300), Err(TiledError::Proof(beyond)));
    let beyond = ProofError::BeyondTree { size: 301, reached: 300 };
    assert_eq!(tiled.root_at(301), Err(TiledError::Proof(beyond)));
    let shrinks = ProofError::Shrinks { old: 301, new: 300 };
    assert_eq!(tiled.consistency_proof(301), Err(TiledError::Proof(shrinks)));
}

/// More full tiles than are kept are read again, and checked again.
#[test]
fn a_tree_larger_than_what_is_kept() {
    let size = 256 * (MAX_KEPT_TILES as u64 + 50) + 3;
    let tree = tree_of(size);
    let reads = RefCell::new(0);
    let mut tiled = TiledTree::open(size, &tree.root(), |tile| {
        *reads.borrow_mut() += 1;
        tree.tile(tile)
    })
    .unwrap();
    for index in (0..size).step_by(256).chain([0, 1]) {
        assert_eq!(tiled.leaf(index).unwrap(), tree.leaf(index).unwrap());
    }
    assert!(*reads.borrow() > MAX_KEPT_TILES + 50);
}

/// The oracle's own storage of hashes, filled by its own code.
struct Stored(Vec<tlog_tiles::Hash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|&index| self.0[index as usize]).collect())
    }
}

fn stored(size: u64) -> Stored {
    let mut stored = Stored(vec![]);
    for index in 0..size {
        let hashes = tlog_tiles::stored_hashes(index, &index.to_be_bytes(), &stored).unwrap();
        stored.0.extend(hashes);
    }
    stored
}

/// The oracle names tiles as Go does, with their height.
fn as_here(tile: &tlog_tiles::Tile) -> Tile {
    Tile::parse(&tile.path().replacen("tile/8/", "tile/", 1)).unwrap()
}

#[test]
fn tiles_as_an_independent_crate_makes_them() {
    let (size, tree) = (66_100, tree_of(66_100));
    let stored = stored(size);
    for (old, new) in
        [(0, 1), (0, 255), (0, 256), (255, 257), (256, 512), (300, 65_535), (65_535, 65_537), (0, size)]
    {
        let theirs = tlog_tiles::Tile::new_tiles(8, old, new);
        assert_eq!(new_tiles(old, new).collect::<Vec<_>>(), theirs.iter().map(as_here).collect::<Vec<_>>());
        for tile in theirs {
            let bytes = tile.read_data(&stored).unwrap();
            assert_eq!(tree.tile(as_here(&tile)).unwrap(), bytes, "{}", tile.path());
        }
    }
}

/// Our tiles, as the oracle reads and authenticates them.
struct Served(BTreeMap<String, Vec<u8>>);

impl tlog_tiles::TileReader for Served {
    fn height(&self) -> u8 {
        8
    }
    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        Ok(tiles.iter().map(|tile| self.0[&as_here(tile).to_string()].clone()).collect())
    }
    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

#[test]
fn an_independent_crate_proves_from_our_tiles() {
    for size in [1, 2, 255, 256, 257, 1_000, 66_000] {
        let (tiles, edge) = written(size);
        let root = tlog_tiles::Hash(*edge.root().as_bytes());
        let served = Served(tiles);
        let reader = tlog_tiles::TileHashReader::new(size, root, &served);
        for index in [0, size / 2, size - 1] {
            let theirs = tlog_tiles::prove_record(size, index, &reader).unwrap();
            let read = |tile: Tile| Ok::<_, String>(served.0[&tile.to_string()].clone());
            let mut tiled = TiledTree::open(size, &edge.root(), read).unwrap();
            let ours = tiled.inclusion_proof(index).unwrap();
            assert_eq!(ours, theirs.iter().map(|hash| Hash::from_bytes(hash.0)).collect::<Vec<_>>());
            let theirs = tlog_tiles::prove_tree(size, index + 1, &reader).unwrap();
            let ours = tiled.consistency_proof(index + 1).unwrap();
            assert_eq!(ours, theirs.iter().map(|hash| Hash::from_bytes(hash.0)).collect::<Vec<_>>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_tile_has_one_path(level in 0u8..=63, index: u64, width in 1u16..=256) {
        let tile = Tile::new(level, index, width).unwrap();
        prop_assert_eq!(Tile::parse(&tile.to_string()), Ok(tile));
        let bundle = Bundle::new(index, width).unwrap();
        prop_assert_eq!(Bundle::parse(&bundle.to_string()), Ok(bundle));
    }

    /// The tiles written step by step are those of the tree, no more and no less.
    #[test]
    fn what_a_growing_tree_writes(sizes in prop::collection::btree_set(0u64..70_000, 1..6)) {
        let tree = tree_of(*sizes.last().unwrap());
        let (mut edge, mut frontier, mut before) = (TileEdge::new(), Frontier::new(), 0);
        for size in sizes {
            (before..size).for_each(|index| edge.push(tree.leaf(index).unwrap()));
            (before..size).for_each(|index| frontier.push(tree.leaf(index).unwrap()));
            prop_assert_eq!(&edge.frontier(), &frontier);
            let mut tiles = edge.take_full();
            tiles.extend(edge.partial().into_iter().filter(|(tile, _)| new_tiles(before, size).any(|new| new == *tile)));
            tiles.sort();
            let expected: Vec<_> = new_tiles(before, size).map(|tile| (tile, tree.tile(tile).unwrap())).collect();
            prop_assert_eq!(&tiles, &expected);
            prop_assert_eq!((edge.size(), edge.root()), (size, tree.root_at(size).unwrap()));
            let partial: Vec<Tile> = edge.partial().iter().map(|(tile, _)| *tile).collect();
            prop_assert_eq!(partial, tiles_for_root(size));
            let again = TileEdge::resume(size, &edge.root(), |tile| tree.tile(tile)).unwrap();
            prop_assert_eq!(&again, &edge);
            before = size;
        }
    }

    /// Proofs from tiles are those from memory, and read just the tiles that are said to be needed.
    #[test]
    fn proofs_from_tiles(size in prop_oneof![1u64..700, 65_000u64..70_000], index: u64, old: u64, full: bool) {
        let (index, old, tree) = (index % size, 1 + old % size, tree_of(70_000));
        let root = tree.root_at(size).unwrap();
        let read = RefCell::new(BTreeSet::new());
        // With `full`, the full tile is given wherever it is to be had.
        let give = |tile: Tile| {
            read.borrow_mut().insert(tile);
            if full && let Ok(bytes) = tree.tile(tile.full()) { Ok(bytes) } else { tree.tile(tile) }
        };
        let mut tiled = TiledTree::open(size, &root, give).unwrap();
        let proof = tiled.inclusion_proof(index).unwrap();
        prop_assert_eq!(tiled.leaf(index).unwrap(), tree.leaf(index).unwrap());
        prop_assert_eq!(&proof, &tree.inclusion_proof(index, size).unwrap());
        let needed = tiles_for_inclusion(index, size).unwrap();
        prop_assert_eq!(read.take().into_iter().collect::<Vec<_>>(), needed);

        let mut tiled = TiledTree::open(size, &root, give).unwrap();
        let proof = tiled.consistency_proof(old).unwrap();
        prop_assert_eq!(tiled.root_at(old).unwrap(), tree.root_at(old).unwrap());
        prop_assert_eq!(&proof, &tree.consistency_proof(old, size).unwrap());
        let needed = tiles_for_consistency(old, size).unwrap();
        prop_assert_eq!(read.take().into_iter().collect::<Vec<_>>(), needed);
        prop_assert!(tiles_for_inclusion(size, size).is_err() && tiles_for_consistency(size + 1, size).is_err());
    }

    /// Whatever bit of whatever tile is altered, no hash comes out that is not of the tree.
    #[test]
    fn altered_tiles_are_found(size in prop_oneof![1u64..700, 65_530u64..66_000], index: u64, which: prop::sample::Index, bit: usize) {
        let (index, tree) = (index % size, tree_of(size));
        let needed = tiles_for_inclusion(index, size).unwrap();
        let altered = needed[which.index(needed.len())];
        let give = |tile: Tile| {
            let mut bytes = tree.tile(tile)?;
            if tile == altered {
                let at = bit % (8 * bytes.len());
                bytes[at / 8] ^= 1 << (at % 8);
            }
            Ok::<_, TileError>(bytes)
        };
        match TiledTree::open(size, &tree.root(), give) {
            Err(refused) => {
                let of_the_root = matches!(refused, TiledError::Root { .. });
                prop_assert!(of_the_root && !altered.is_full());
            }
            Ok(mut tiled) => {
                let refused = tiled.leaf(index).and_then(|_| tiled.inclusion_proof(index));
                prop_assert_eq!(refused, Err(TiledError::Altered { tile: altered }));
            }
        }
    }

    #[test]
    fn any_entries_are_read_back(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..=256)) {
        let mut bundle = Vec::new();
        entries.iter().for_each(|entry| write_entry(&mut bundle, entry).unwrap());
        prop_assert_eq!(decode_bundle(&bundle).unwrap(), entries);
    }
}
