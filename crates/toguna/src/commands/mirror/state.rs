//! `miroir.json`: where a mirror takes its record from, and how it stands.

use std::path::Path;

use record::{Fault, Folder};
use serde::{Deserialize, Serialize};
use terms::Instant;

use crate::ending::Ending;
use crate::progress::say;

/// The file's name in the data folder.
const NAME: &str = "miroir.json";

/// What stands for a source that is no address.
const CARRIED: &str = "porté";

/// How a mirror stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Where the record is taken from: the address of a site, or `porté` where it only came on a key.
    pub(crate) source: String,
    /// The key of the record's first entry, since the first contact.
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
    /// How the mirror in the folder stands. It takes its record from this address from now on; without one, from where it did.
    ///
    /// **Errors** the file is there and cannot be read; the folder is of an instance that signs.
    pub(crate) fn of(data: &Path, address: Option<&str>) -> Result<Self, Ending> {
        let path = data.join(NAME);
        let source = address.map(|address| address.trim_end_matches('/').to_owned());
        match std::fs::read(&path) {
            Ok(bytes) => {
                let state: Self = serde_json::from_slice(&bytes).map_err(|error| {
                    Ending::Refused(format!("« {} » ne se lit pas ({error})", path.display()))
                })?;
                if let (Some(former), Some(now)) = (state.address(), &source)
                    && former != now
                {
                    say(&format!("Ce miroir suivait « {former} » ; il suit désormais « {now} »."));
                }
                Ok(Self { source: source.unwrap_or_else(|| state.source.clone()), ..state })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if Folder::at(data).has_key() {
                    return Err(Ending::Refused(format!(
                        "« {} » est une instance qui signe, non un miroir : choisissez un autre dossier",
                        data.display()
                    )));
                }
                let source = source.unwrap_or_else(|| CARRIED.into());
                Ok(Self { source, key: None, contact: None, level: None, note: None, alarm: None })
            }
            Err(error) => Err(Fault::file(&path, &error).into()),
        }
    }

    /// The address that the record is taken from, where it is one.
    pub(crate) fn address(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| *source != CARRIED)
    }

    /// The folder is no mirror's any more.
    ///
    /// **Errors** the system refused.
    pub(crate) fn forget(data: &Path) -> Result<(), Fault> {
        let path = data.join(NAME);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::file(&path, &error)),
            _ => Ok(()),
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
