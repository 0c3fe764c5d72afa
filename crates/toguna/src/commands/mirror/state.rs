//! `miroir.json`: where a mirror takes its record from, and how it stands.

use std::path::Path;

use record::{Fault, Folder};
use serde::{Deserialize, Serialize};
use terms::Instant;

use crate::ending::Ending;

/// The file's name in the data folder.
const NAME: &str = "miroir.json";

/// How a mirror stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Where the record is taken from: the address of a site, or `porté` for what came on a key.
    pub(crate) source: String,
    /// The record's key, since the first contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
    /// When the source last gave a note that the key signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) contact: Option<Instant>,
    /// When all that was signed was here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<Instant>,
    /// The note of the most entries that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// Why copying was stopped, where what came was not the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) alarm: Option<String>,
}

impl State {
    /// How the mirror in the folder stands, which takes its record from `source` from now on.
    ///
    /// **Errors** the file is there and cannot be read.
    pub(crate) fn of(data: &Path, source: &str) -> Result<Self, Ending> {
        let path = data.join(NAME);
        let source = source.trim_end_matches('/').to_owned();
        match std::fs::read(&path) {
            Ok(bytes) => {
                let state: Self = serde_json::from_slice(&bytes).map_err(|error| {
                    Ending::Refused(format!("« {} » ne se lit pas ({error})", path.display()))
                })?;
                Ok(Self { source, ..state })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if Folder::at(data).has_key() {
                    return Err(Ending::Refused(format!(
                        "« {} » est une instance qui signe, non un miroir : choisissez un autre dossier",
                        data.display()
                    )));
                }
                Ok(Self { source, key: None, contact: None, level: None, note: None, alarm: None })
            }
            Err(error) => Err(Fault::file(&path, &error).into()),
        }
    }

    /// How many entries the newest note covers.
    pub(crate) fn newest(&self) -> u64 {
        let size = |note: &str| note.lines().nth(1)?.parse().ok();
        self.note.as_deref().and_then(size).unwrap_or(0)
    }

    /// The state is in the folder, whole or as it was.
    ///
    /// **Errors** the system refused.
    pub(crate) fn keep(&self, data: &Path) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(self).map_err(|error| Fault::File(error.to_string()))?;
        crate::commands::carry::write_whole(&data.join(NAME), text.as_bytes())
    }
}
