//! Pools and quotas that tests draw from.

use std::fs;
use std::path::{Path, PathBuf};

use sortition::{Pool, Quotas, Transcript, prepare};

/// A pool with quotas and seats.
pub(crate) struct Instance {
    #[allow(dead_code, reason = "each test binary uses its part of this module")]
    pub(crate) folder: PathBuf,
    pub(crate) pool: Pool,
    pub(crate) quotas: Quotas,
    pub(crate) seats: u32,
}

impl Instance {
    pub(crate) fn read(folder: &Path, pool: &Path, id: &str, quotas: &Path, seats: u32) -> Self {
        let quotas = Quotas::parse(&fs::read(quotas).unwrap()).unwrap();
        let pool = Pool::parse(&fs::read(pool).unwrap(), id, &quotas).unwrap();
        Self { folder: folder.to_owned(), pool, quotas, seats }
    }

    pub(crate) fn prepared(&self) -> Transcript {
        prepare(&self.pool, &self.quotas, self.seats, &mut |_| {}).unwrap()
    }
}

/// The fictional instances of `tests/golden`, by name. The seats are the number at the end of a folder's name.
pub(crate) fn golden() -> Vec<(String, Instance)> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut folders: Vec<PathBuf> = fs::read_dir(home).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("pool.csv").exists());
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            let seats = name.rsplit('-').next().unwrap().parse().unwrap();
            let (pool, quotas) = (folder.join("pool.csv"), folder.join("quotas.csv"));
            (name, Instance::read(&folder, &pool, "id", &quotas, seats))
        })
        .collect()
}

/// One of them.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
pub(crate) fn one(wanted: &str) -> Instance {
    golden().into_iter().find(|(name, _)| name == wanted).unwrap().1
}
