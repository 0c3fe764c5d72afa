//! Where a pack's files come from: a folder, the binary itself, or memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::PackFault;

static PACKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// The files of one pack.
pub trait Files {
    /// The bytes of the file of this name; `None` where there is none, or it cannot be read.
    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>>;

    /// Where the files lie, as faults say it before a file's name; empty where that says nothing.
    fn place(&self) -> String {
        String::new()
    }
}

/// The name of a file with its place, as faults say it.
pub(crate) fn path_of(files: &dyn Files, name: &str) -> String {
    let place = files.place();
    let place = place.trim_end_matches('/');
    if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") }
}

/// The files of a folder on the disk.
#[derive(Debug, Clone)]
pub struct FolderFiles(PathBuf);

impl FolderFiles {
    /// The files of this folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }
}

impl Files for FolderFiles {
    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        std::fs::read(self.0.join(name)).ok().map(Cow::Owned)
    }

    fn place(&self) -> String {
        self.0.display().to_string()
    }
}

/// The files of a pack that travels in the binary.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedFiles(&'static Dir<'static>);

impl Files for EmbeddedFiles {
    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        let file = self.0.get_file(self.0.path().join(name))?;
        Some(Cow::Borrowed(file.contents()))
    }

    fn place(&self) -> String {
        format!("packs/{}", self.0.path().display())
    }
}

/// A pack in memory, by file name.
impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        self.get(name).map(|bytes| Cow::Borrowed(bytes.as_slice()))
    }
}

/// The file of a pack that draws the country: `id,name,path`, read by `web::draw`. A drawing, not a fact.
pub const OUTLINES: &str = "outlines.csv";

/// The pack of this name that travels in the binary.
#[must_use]
pub fn embedded(name: &str) -> Option<EmbeddedFiles> {
    embedded_dirs().find(|dir| dir.path() == Path::new(name)).map(EmbeddedFiles)
}

/// The names of the packs that travel in the binary.
#[must_use]
pub fn embedded_names() -> Vec<String> {
    embedded_dirs().map(|dir| dir.path().display().to_string()).collect()
}

fn embedded_dirs() -> impl Iterator<Item = &'static Dir<'static>> {
    PACKS.dirs().filter(|dir| dir.get_file(dir.path().join("pack.toml")).is_some())
}

/// The files of the embedded pack of this name, or else of the folder at this path.
///
/// **Errors** neither; the fault names the packs there are.
pub fn find(name_or_path: &str) -> Result<Box<dyn Files>, PackFault> {
    if let Some(files) = embedded(name_or_path) {
        return Ok(Box::new(files));
    }
    if Path::new(name_or_path).is_dir() {
        return Ok(Box::new(FolderFiles::new(name_or_path)));
    }
    let message = format!(
        "ni un dossier, ni un paquet livré avec toguna ({}) : donnez l’un ou l’autre",
        embedded_names().join(", ")
    );
    Err(PackFault { file: name_or_path.to_owned(), line: None, field: None, message })
}
