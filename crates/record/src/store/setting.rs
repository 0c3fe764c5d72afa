//! Where the store is: the folder `pieces`, or what `pieces.toml` says. Only its owner may read that file: it may hold a secret.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use object_store::path::Path as Name;
use serde::Deserialize;

use crate::Fault;
use crate::folder::Folder;

/// A store's place.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A folder of this machine, or one that several machines share.
    Folder(PathBuf),
    /// A bucket of an S3-compatible server.
    S3(Bucket),
}

/// A bucket and how it is entered.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    pub(super) endpoint: String,
    pub(super) region: String,
    pub(super) bucket: String,
    pub(super) prefix: String,
    pub(super) key: String,
    pub(super) secret: String,
}

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    folder: Option<PathBuf>,
    endpoint: Option<String>,
    region: Option<String>,
    bucket: Option<String>,
    prefix: Option<String>,
    key: Option<String>,
    secret: Option<String>,
}

impl Setting {
    /// That of the instance in this folder.
    pub(super) fn of(folder: &Folder) -> Result<Self, Fault> {
        let set = Self::read(&folder.store_file(), folder)?;
        Ok(set.unwrap_or_else(|| Self::Folder(absolute(&folder.path().join("pieces")))))
    }

    /// What the file says, for an instance in this folder; none where there is no such file.
    pub(super) fn read(file: &Path, folder: &Folder) -> Result<Option<Self>, Fault> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(Fault::file(file, &error)),
        };
        is_private(file)?;
        let not = |why: &str| Fault::File(format!("« {} » : {why}", file.display()));
        let written: Written = toml::from_str(&text).map_err(|error| not(error.message()))?;
        let Written { folder: place, endpoint, region, bucket, prefix, key, secret } = written;
        match (place, endpoint, bucket, key, secret) {
            (Some(place), None, None, None, None) => {
                Ok(Some(Self::Folder(absolute(&folder.path().join(place)))))
            }
            (None, Some(endpoint), Some(bucket), Some(key), Some(secret)) => {
                if !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
                    return Err(not("« endpoint » commence par https:// (ou http://, sur un réseau privé)"));
                }
                let endpoint = endpoint.trim_end_matches('/').to_owned();
                let region = region.unwrap_or_else(|| "us-east-1".into());
                let prefix = prefix.unwrap_or_default();
                Ok(Some(Self::S3(Bucket { endpoint, region, bucket, prefix, key, secret })))
            }
            _ => Err(not(
                "il y faut soit « folder » seul, soit « endpoint », « bucket », « key » et « secret »",
            )),
        }
    }

    /// Whether both name one place, by whatever key it is entered.
    pub(super) fn is_place_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Folder(one), Self::Folder(other)) => one == other,
            (Self::S3(one), Self::S3(other)) => {
                (&one.endpoint, &one.bucket, &one.prefix) == (&other.endpoint, &other.bucket, &other.prefix)
            }
            _ => false,
        }
    }

    /// The place in words, without what is secret.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Folder(path) => format!("dossier « {} »", path.display()),
            Self::S3(Bucket { endpoint, bucket, prefix, .. }) if prefix.is_empty() => {
                format!("seau « {bucket} » de {endpoint}")
            }
            Self::S3(Bucket { endpoint, bucket, prefix, .. }) => {
                format!("seau « {bucket} » de {endpoint}, sous « {prefix} »")
            }
        }
    }

    /// The text of a `pieces.toml` that says so.
    pub(crate) fn written(&self) -> String {
        let mut table = toml::Table::new();
        let mut say = |field: &str, value: &str| drop(table.insert(field.to_owned(), value.into()));
        match self {
            Self::Folder(path) => say("folder", &path.to_string_lossy()),
            Self::S3(bucket) => {
                say("endpoint", &bucket.endpoint);
                say("region", &bucket.region);
                say("bucket", &bucket.bucket);
                say("prefix", &bucket.prefix);
                say("key", &bucket.key);
                say("secret", &bucket.secret);
            }
        }
        table.to_string()
    }
}

impl Bucket {
    /// Below what the objects lie; none where they lie at the root.
    pub(super) fn prefix(&self) -> Option<Name> {
        (!self.prefix.is_empty()).then(|| Name::from(self.prefix.as_str()))
    }

    pub(super) fn name(&self, name: &str) -> Name {
        match self.prefix() {
            Some(prefix) => prefix.join(name),
            None => Name::from(name),
        }
    }
}

/// One place has one spelling, whether it is there already or not.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// Nobody but its owner may read the file.
#[cfg(unix)]
fn is_private(file: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).map_err(|error| Fault::file(file, &error))?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let file = file.display();
    Err(Fault::File(format!(
        "« {file} » peut être lu par d’autres que son propriétaire, et il peut contenir un secret : « chmod 600 {file} », puis recommencez"
    )))
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> Result<(), Fault> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn read(text: &str, mode: u32) -> Result<Option<Setting>, Fault> {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("pieces.toml");
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        Setting::of(&Folder::at(home.path())).map(Some)
    }

    const S3: &str =
        "endpoint = \"https://s3.exemple.ml/\"\nbucket = \"toguna\"\nkey = \"K\"\nsecret = \"S\"\n";

    #[test]
    fn a_setting_is_read_and_written_alike_and_told_without_its_secret() {
        let Some(Setting::S3(bucket)) = read(S3, 0o600).unwrap() else { panic!("no bucket") };
        assert_eq!(
            (bucket.endpoint.as_str(), bucket.region.as_str()),
            ("https://s3.exemple.ml", "us-east-1")
        );
        assert_eq!(bucket.name("a").as_ref(), "a");
        let under = Setting::S3(Bucket { prefix: "registre/2026".into(), ..bucket });
        assert!(read(&under.written(), 0o600).unwrap().is_some_and(|read| read == under));
        let Setting::S3(bucket) = &under else { panic!() };
        assert_eq!(bucket.name("a").as_ref(), "registre/2026/a");
        assert!(!under.told().contains("\"S\"") && under.told().contains("registre/2026"));
        assert!(
            read("folder = \"/srv/pieces\"", 0o400)
                .unwrap()
                .is_some_and(|read| read == Setting::Folder("/srv/pieces".into()))
        );
    }

    #[test]
    fn what_others_may_read_or_nobody_understands_is_refused() {
        for mode in [0o640, 0o604, 0o660] {
            let Err(Fault::File(why)) = read(S3, mode) else { panic!("{mode:o}") };
            assert!(why.contains("chmod 600"), "{why}");
        }
        for text in [
            "",
            "folder = \"a\"\nbucket = \"b\"",
            "endpoint = \"https://a\"",
            "secrt = \"x\"",
            "folder = ",
            &S3.replace("https://", "ftp://"),
        ] {
            assert!(matches!(read(text, 0o600), Err(Fault::File(_))), "{text}");
        }
    }
}
