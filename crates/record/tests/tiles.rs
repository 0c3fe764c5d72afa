//! Tiles beside the record: those of its tree at every size, however entries came; made again where lost; proofs from them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod founding;

use std::path::Path;
use std::sync::Arc;

use founding::founded;
use record::bulk::Bulk;
use record::{Fault, Folder, Record, Tx, Value, proofs, rebuild_tables, tiles};
use rusqlite::Connection;
use terms::instance::ThemeSet;
use terms::{Actor, Bilingual, Word};
use tlog::tile::{Bundle, Tile, new_tiles};
use tlog::{Tree, VerifierKey, leaf_hash, verify_consistency, verify_inclusion};

fn clock() -> record::Clock {
    Arc::new(|| "2026-03-02T10:00:00Z".parse().unwrap())
}

fn found(path: &Path) -> Record {
    Record::found(&Folder::at(path), founded(), &[], clock()).unwrap()
}

/// So many entries in one act.
fn grows(record: &Record, many: u64) {
    let zone = record.zone.clone();
    let sealed: Result<(), Fault> = record.scribe.seal_now(move |desk| {
        for n in 0..many {
            let theme = ThemeSet { id: format!("t-{n}"), name: Bilingual::same("Thème") };
            desk.append(&zone, Actor::Loader, None, Word::ThemeSet(theme))?;
        }
        Ok(())
    });
    sealed.unwrap();
}

/// The tree in memory over the entries that the record has.
fn tree(tx: &mut Tx<'_>) -> Tree {
    let mut tree = Tree::new();
    tx.each("SELECT bytes FROM entry ORDER BY idx", &[], |row| {
        tree.push(leaf_hash(&row.get::<Vec<u8>>(0)?));
        Ok(())
    })
    .unwrap();
    tree
}

/// Every tile that was ever published is had, and is that of the tree.
fn has_every_tile(tx: &mut Tx<'_>) -> Tree {
    let tree = tree(tx);
    let size = tree.size();
    for wanted in new_tiles(0, size) {
        assert_eq!(
            tiles::tile(tx, wanted).unwrap().unwrap(),
            tree.tile(wanted).unwrap(),
            "{wanted} of {size}"
        );
        // Partial tiles of earlier sizes are the beginnings of this one.
        for width in (1..wanted.width()).step_by(37) {
            let partial = Tile::new(wanted.level(), wanted.index(), width).unwrap();
            assert_eq!(tiles::tile(tx, partial).unwrap().unwrap(), tree.tile(partial).unwrap(), "{partial}");
        }
        if let Ok(wider) = Tile::new(wanted.level(), wanted.index(), wanted.width() + 1) {
            assert_eq!(tiles::tile(tx, wider).unwrap(), None, "{wider} of {size}");
        }
        let beyond = Tile::new(wanted.level(), wanted.index() + 1 + size / 256, 1).unwrap();
        assert_eq!(tiles::tile(tx, beyond).unwrap(), None, "{beyond} of {size}");
    }
    tree
}

fn rows(tx: &mut Tx<'_>) -> Vec<(i64, i64, i64)> {
    tx.rows("SELECT level, idx, length(bytes) FROM tile ORDER BY level, idx", &[], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
    .unwrap()
}

#[test]
fn tiles_are_those_of_the_tree_however_entries_come() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    // One by one up to the first full tile, then past several in one act, then to an exact end.
    for many in [200, 54, 1, 1, 1, 700, 66, 30] {
        grows(&record, many);
        record
            .shelf
            .read(|tx| -> Result<(), Fault> {
                has_every_tile(tx);
                Ok(())
            })
            .unwrap();
    }
    let kept = record.shelf.read(|tx| -> Result<_, Fault> { Ok(rows(tx)) }).unwrap();
    // 1,054 entries: four full tiles, and one of their four hashes.
    assert_eq!(kept, [(0, 0, 8192), (0, 1, 8192), (0, 2, 8192), (0, 3, 8192), (1, 0, 128)]);
    record.close();
}

#[test]
fn entries_taken_over_in_bulk_make_the_tiles_that_acts_made() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    grows(&record, 1_053);
    record.close();
    let connection = Connection::open(Folder::at(home.path()).database()).unwrap();
    let mut tx = Tx::sqlite(&connection);
    let (made, tree) = (rows(&mut tx), tree(&mut tx));
    let all = "SELECT idx, known, bytes FROM entry ORDER BY idx";
    let entries: Vec<(u64, Value, Vec<u8>)> =
        tx.rows(all, &[], |row| Ok((row.get(0)?, row.value(1)?, row.get(2)?))).unwrap();
    let size = entries.len() as u64;
    // All at once, and after those that are here already: none, a partial tile, a full one, several.
    for here in [0, 100, 256, 700, size - 1] {
        connection.execute_batch("DELETE FROM entry; DELETE FROM tile").unwrap();
        let (first, rest) = entries.split_at(here as usize);
        let mut bulk = Bulk::from_the_first();
        for (index, known, bytes) in first.iter().cloned() {
            bulk.add(&mut tx, index, known, bytes).unwrap();
        }
        assert_eq!(bulk.end(&mut tx).unwrap().unwrap().root(), tree.root_at(here).unwrap());
        connection.execute("UPDATE checkpoint SET size = ?1", [here as i64]).unwrap();
        let mut bulk = Bulk::after(&mut tx, here, &tree.root_at(here).unwrap()).unwrap();
        for (index, known, bytes) in rest.iter().cloned() {
            bulk.add(&mut tx, index, known, bytes).unwrap();
        }
        assert_eq!(bulk.end(&mut tx).unwrap().unwrap().root(), tree.root_at(size).unwrap());
        connection.execute("UPDATE checkpoint SET size = ?1", [size as i64]).unwrap();
        assert_eq!(rows(&mut tx), made, "after {here}");
        has_every_tile(&mut tx);
    }
    assert!(
        Bulk::after(&mut tx, size, &tree.root_at(700).unwrap()).is_err(),
        "the tiles are of another tree"
    );
    // In no order: the entries are here, and who took them over is told to make the tiles.
    connection.execute_batch("DELETE FROM entry; DELETE FROM tile").unwrap();
    let mut bulk = Bulk::from_the_first();
    for (index, known, bytes) in entries.into_iter().rev() {
        bulk.add(&mut tx, index, known, bytes).unwrap();
    }
    assert!(bulk.end(&mut tx).unwrap().is_none());
    assert_eq!(tx.one::<u64>("SELECT count(*) FROM entry", &[]).unwrap(), size);
}

#[test]
fn a_refused_act_leaves_no_tile() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let zone = record.zone.clone();
    let refused: Result<(), Fault> = record.scribe.seal_now(move |desk| {
        for n in 0..600 {
            let theme = ThemeSet { id: format!("t-{n}"), name: Bilingual::same("Thème") };
            desk.append(&zone, Actor::Loader, None, Word::ThemeSet(theme))?;
        }
        Err(Fault::Value("refus".into()))
    });
    refused.unwrap_err();
    grows(&record, 300);
    record
        .shelf
        .read(|tx| -> Result<(), Fault> {
            has_every_tile(tx);
            Ok(())
        })
        .unwrap();
    record.close();
}

#[test]
fn lost_tiles_are_made_again_at_start() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    grows(&record, 1_000);
    record.close();
    let folder = Folder::at(home.path());
    let loss = [
        "DROP TABLE tile",
        "DELETE FROM tile",
        "DELETE FROM tile WHERE level = 0 AND idx = 1",
        "UPDATE tile SET bytes = zeroblob(length(bytes)) WHERE level = 1",
        "INSERT INTO tile (level, idx, bytes) VALUES (0, 9, zeroblob(8192))",
    ];
    for sql in loss {
        Connection::open(folder.database()).unwrap().execute_batch(sql).unwrap();
        let (record, _) = Record::open(&folder, &[], clock(), &mut |_, _| {}).unwrap();
        record
            .shelf
            .read(|tx| -> Result<(), Fault> {
                has_every_tile(tx);
                Ok(())
            })
            .unwrap();
        grows(&record, 100);
        record
            .shelf
            .read(|tx| -> Result<(), Fault> {
                has_every_tile(tx);
                Ok(())
            })
            .unwrap();
        record.close();
    }
}

#[test]
fn a_damaged_tile_inside_gives_no_false_proof_and_a_replay_mends_it() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    grows(&record, 1_000);
    record.close();
    let folder = Folder::at(home.path());
    let connection = Connection::open(folder.database()).unwrap();
    let mut bytes: Vec<u8> = connection
        .query_row("SELECT bytes FROM tile WHERE level = 0 AND idx = 1", [], |row| row.get(0))
        .unwrap();
    bytes[40] ^= 1;
    connection.execute("UPDATE tile SET bytes = ?1 WHERE level = 0 AND idx = 1", [bytes]).unwrap();
    drop(connection);
    let (record, _) = Record::open(&folder, &[], clock(), &mut |_, _| {}).unwrap();
    let key = VerifierKey::parse(&record.founded.verifier_key).unwrap();
    let proof = |index| record.shelf.read(|tx| proofs::inclusion(tx, &key, index));
    assert!(proof(3).is_ok());
    assert!(matches!(proof(300), Err(Fault::Damaged(_))));
    record.close();
    rebuild_tables(&folder, &[], &mut |_, _| {}).unwrap();
    let (record, _) = Record::open(&folder, &[], clock(), &mut |_, _| {}).unwrap();
    assert!(record.shelf.read(|tx| proofs::inclusion(tx, &key, 300)).is_ok());
    record.close();
}

#[test]
fn changed_entries_make_no_tile() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    grows(&record, 400);
    record.close();
    let folder = Folder::at(home.path());
    let changed = "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 't-299', 't-298') AS BLOB) WHERE idx = 300; DELETE FROM tile";
    Connection::open(folder.database()).unwrap().execute_batch(changed).unwrap();
    let opened = Record::open(&folder, &[], clock(), &mut |_, _| {}).map(|_| ());
    assert!(matches!(opened, Err(Fault::Damaged(why)) if why.contains("racine signée")));
    assert!(matches!(rebuild_tables(&folder, &[], &mut |_, _| {}), Err(Fault::Damaged(_))));
}

#[test]
fn proofs_from_tiles_are_those_of_the_tree() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    grows(&record, 777);
    let key = VerifierKey::parse(&record.founded.verifier_key).unwrap();
    record
        .shelf
        .read(|tx| -> Result<(), Fault> {
            let tree = tree(tx);
            let signed = proofs::newest(tx, &key)?;
            assert_eq!((signed.size, signed.root), (778, tree.root()));
            for index in (0..778).step_by(31) {
                let file = proofs::inclusion(tx, &key, index)?.unwrap();
                let leaf = leaf_hash(&file.extra);
                assert_eq!(file.verify(&leaf, &key).unwrap().size, 778);
                assert_eq!(file.hashes, tree.inclusion_proof(index, 778).unwrap());
                verify_inclusion(&leaf, index, 778, &file.hashes, &signed.root).unwrap();
                assert!(file.verify(&leaf_hash(b"autre"), &key).is_err());
                let old = index + 1;
                let hashes = proofs::consistency(tx, &signed, old)?;
                let root = proofs::root_at(tx, &signed, old)?;
                assert_eq!(root, tree.root_at(old).unwrap());
                verify_consistency(old, 778, &root, &signed.root, &hashes).unwrap();
            }
            assert_eq!(proofs::inclusion(tx, &key, 778)?, None);
            assert_eq!(proofs::inclusion(tx, &key, u64::MAX)?, None);
            let bundle = tiles::bundle(tx, Bundle::new(3, 10).unwrap())?.unwrap();
            assert_eq!(Bundle::new(3, 10).unwrap().entries(&bundle).unwrap().len(), 10);
            assert_eq!(tiles::bundle(tx, Bundle::new(3, 11).unwrap())?, None);
            Ok(())
        })
        .unwrap();
    record.close();
}
