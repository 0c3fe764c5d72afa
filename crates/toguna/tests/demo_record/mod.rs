//! The demonstration's record, made once for the tests of one program.

use record::Record;

/// The demonstration in a temporary folder, open.
pub(crate) fn open() -> (tempfile::TempDir, Record) {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("demo");
    let files = pack::find("mali").unwrap();
    let pack = pack::Pack::read(files.as_ref(), "2026-11-23T09:00:00Z".parse().unwrap()).unwrap();
    let clock: record::Clock = std::sync::Arc::new(|| "2026-11-23T09:00:00Z".parse().unwrap());
    toguna::demo::make(&data, files.as_ref(), &pack, clock.clone(), &mut |_, _, _| {}).unwrap();
    let (record, _) = toguna::instance::open(&data, clock, &mut |_, _| {}).unwrap();
    (home, record)
}
