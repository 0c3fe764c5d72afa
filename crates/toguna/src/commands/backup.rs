//! `toguna backup` and `toguna restore`: an instance in one file, and an instance out of it.
//!
//! **Shape** a line that names the format; a line of JSON that says what it holds; the record's stream, gzipped, and encrypted
//! by age where recipients are named; the SHA-256 of all that. Damage is found before anything is written.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use record::backup::Taking;
use record::{Fault, Folder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toguna::instance::made_beside;
use toguna::rooms::TABLES;

use crate::ending::{Ending, system_fr};
use crate::progress::{bar, result, say};

/// The first line.
const MAGIC: &[u8] = b"toguna-sauvegarde 1\n";

/// Bytes that the second line has at most.
const HEADER_MAX: usize = 4_096;

/// Bytes of the SHA-256 at the end.
const SUM: u64 = 32;

/// What a backup says of itself before it is opened. All of it is public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    /// Whether it is encrypted.
    encrypted: bool,
    /// The format of the tables.
    format: i64,
    /// Whether the signing key is in it.
    key: bool,
    /// The record's origin.
    origin: String,
    /// The root that the newest checkpoint signs.
    root: String,
    /// How many rows.
    rows: u64,
    /// How many entries.
    size: u64,
    /// When it was taken.
    taken: terms::Instant,
}

/// What passes through is hashed.
struct Summed<W> {
    inner: W,
    sum: Sha256,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn recipients(typed: &[String]) -> Result<Vec<age::x25519::Recipient>, Ending> {
    let parsed = typed.iter().map(|text| {
        text.parse().map_err(|_| {
            Ending::Refused(format!("« {text} » n’est pas un destinataire age : il commence par age1"))
        })
    });
    parsed.collect()
}

/// The instance is in the file, as it stands now.
///
/// **Errors** the file is there already; a recipient that is none; no instance; no room.
pub(crate) fn take(file: &Path, data: &Path, to: &[String], with_key: bool) -> Result<(), Ending> {
    let recipients = recipients(to)?;
    if file.exists() {
        return Err(Ending::Refused(format!("« {} » existe déjà : choisissez un autre nom", file.display())));
    }
    let taking = Taking::begin(&Folder::of(data)?, &TABLES)?;
    let held = taking.held().clone();
    let header = Header {
        encrypted: !recipients.is_empty(),
        format: held.format,
        key: with_key,
        origin: held.origin,
        root: held.root,
        rows: held.rows,
        size: held.size,
        taken: terms::Instant::now(),
    };
    let partial = partial(file);
    let outcome = write(&partial, taking, &header, &recipients)
        .and_then(|()| std::fs::rename(&partial, file).map_err(|error| refused(file, &error)));
    if outcome.is_err() {
        // What was begun is of no use, and may hold what was withdrawn meanwhile.
        let _ = std::fs::remove_file(&partial);
    }
    outcome?;
    result(&format!("{}Sauvegarde écrite : {}\n", told(&header), file.display()))
}

/// A file beside it until it is whole: readable by its owner alone.
fn partial(file: &Path) -> PathBuf {
    let mut name = file.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".en-cours");
    file.with_file_name(name)
}

fn refused(path: &Path, error: &io::Error) -> Ending {
    Ending::Fault(format!("« {} » : {}", path.display(), system_fr(error)))
}

fn write(
    path: &Path,
    taking: Taking,
    header: &Header,
    recipients: &[age::x25519::Recipient],
) -> Result<(), Ending> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let wrong = |error: io::Error| refused(path, &error);
    let file = options.open(path).map_err(wrong)?;
    let mut out = Summed { inner: BufWriter::new(file), sum: Sha256::new() };
    let line = serde_json::to_string(header).map_err(|error| Ending::Fault(error.to_string()))?;
    out.write_all(MAGIC).and_then(|()| writeln!(out, "{line}")).map_err(wrong)?;
    let mut progress = bar("Sauvegarde");
    if recipients.is_empty() {
        let mut packed = GzEncoder::new(&mut out, Compression::default());
        taking.write(&mut packed, header.key, &mut progress)?;
        packed.finish().map_err(wrong)?;
    } else {
        let all = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
        let sealing =
            age::Encryptor::with_recipients(all).map_err(|error| Ending::Fault(error.to_string()))?;
        let sealed = sealing.wrap_output(&mut out).map_err(wrong)?;
        let mut packed = GzEncoder::new(sealed, Compression::default());
        taking.write(&mut packed, header.key, &mut progress)?;
        packed.finish().and_then(age::stream::StreamWriter::finish).map_err(wrong)?;
    }
    let Summed { mut inner, sum } = out;
    inner.write_all(&sum.finalize()).and_then(|()| inner.flush()).map_err(wrong)?;
    inner.get_ref().sync_all().map_err(wrong)
}

fn told(header: &Header) -> String {
    let yes = |yes: bool| if yes { "oui" } else { "non" };
    format!(
        "  registre           {}\n  entrées            {}\n  racine             {}\n  prise le           {}\n  chiffrée           {}\n  \
         clé de signature   {}\n",
        header.origin,
        header.size,
        header.root,
        header.taken,
        yes(header.encrypted),
        yes(header.key)
    )
}

fn spoiled(what: &str) -> Ending {
    Ending::Fault(format!(
        "la sauvegarde est abîmée ou tronquée ({what}) : rien n’a été restauré. Prenez-en une autre, ou recopiez-la depuis \
         l’endroit où elle est gardée"
    ))
}

/// The bytes of the file are those that were written.
fn check_sum(file: &mut File, path: &Path, long: u64) -> Result<(), Ending> {
    let wrong = |error: io::Error| refused(path, &error);
    let (mut sum, mut done, mut moved) = (Sha256::new(), 0, bar("Contrôle de la sauvegarde"));
    let mut chunk = vec![0; 1 << 16];
    let mut body = file.take(long - SUM);
    loop {
        let read = body.read(&mut chunk).map_err(wrong)?;
        if read == 0 {
            break;
        }
        sum.update(&chunk[..read]);
        done += read as u64;
        moved(done, long);
    }
    moved(long, long);
    let mut kept = [0; SUM as usize];
    file.read_exact(&mut kept).map_err(wrong)?;
    if sum.finalize()[..] != kept { Err(spoiled("sa somme de contrôle ne correspond pas")) } else { Ok(()) }
}

/// What the file says of itself; the file stands where its stream begins.
fn open(path: &Path) -> Result<(Header, BufReader<io::Take<File>>), Ending> {
    let wrong = |error: io::Error| refused(path, &error);
    let mut file = File::open(path).map_err(wrong)?;
    let long = file.metadata().map_err(wrong)?.len();
    let mut magic = [0; MAGIC.len()];
    if long < MAGIC.len() as u64 + SUM || file.read_exact(&mut magic).is_err() {
        return Err(spoiled("elle est trop courte"));
    }
    if !magic.starts_with(b"toguna-sauvegarde") {
        return Err(Ending::Refused(format!("« {} » n’est pas une sauvegarde de toguna", path.display())));
    }
    file.seek(SeekFrom::Start(0)).map_err(wrong)?;
    check_sum(&mut file, path, long)?;
    if magic != MAGIC {
        return Err(Fault::Newer { found: 2, known: 1 }.into());
    }
    file.seek(SeekFrom::Start(MAGIC.len() as u64)).map_err(wrong)?;
    let mut body = BufReader::new(file.take(long - SUM - MAGIC.len() as u64));
    let mut line = Vec::new();
    io::BufRead::read_until(&mut body.by_ref().take(HEADER_MAX as u64), b'\n', &mut line).map_err(wrong)?;
    let header = serde_json::from_slice(&line).map_err(|_| spoiled("elle ne dit pas ce qu’elle contient"))?;
    Ok((header, body))
}

fn identities(file: &Path) -> Result<Vec<Box<dyn age::Identity>>, Ending> {
    let text = std::fs::read_to_string(file).map_err(|error| refused(file, &error))?;
    let found: Vec<age::x25519::Identity> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.parse().ok())
        .collect();
    if found.is_empty() {
        return Err(Ending::Refused(format!(
            "« {} » ne contient pas de clé age : une ligne commence par AGE-SECRET-KEY-1",
            file.display()
        )));
    }
    Ok(found.into_iter().map(|identity| Box::new(identity) as Box<dyn age::Identity>).collect())
}

/// The stream, decrypted where it must be.
fn stream<'a>(
    header: &Header,
    body: BufReader<io::Take<File>>,
    identity: Option<&Path>,
) -> Result<Box<dyn Read + 'a>, Ending> {
    if !header.encrypted {
        return Ok(Box::new(GzDecoder::new(body)));
    }
    let file = identity.ok_or_else(|| {
        Ending::Refused(
            "cette sauvegarde est chiffrée : donnez le fichier de votre clé age avec --identity".into(),
        )
    })?;
    let identities = identities(file)?;
    let sealed = age::Decryptor::new_buffered(body).map_err(|_| spoiled("son chiffrement ne se lit pas"))?;
    let opened = sealed.decrypt(identities.iter().map(|identity| &**identity)).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => Ending::Refused(
            "aucune des clés données n’ouvre cette sauvegarde : elle a été chiffrée pour d’autres destinataires".into(),
        ),
        _ => spoiled("son chiffrement ne se lit pas"),
    })?;
    Ok(Box::new(GzDecoder::new(opened)))
}

/// The instance of the file is in the folder, whole and verified.
///
/// **Errors** something is in the folder already; the file is no sound backup; the key is not one of its recipients'; the record
/// in it does not verify. Then nothing is in the folder.
pub(crate) fn restore(file: &Path, data: &Path, identity: Option<&Path>) -> Result<(), Ending> {
    let (header, body) = open(file)?;
    let mut from = stream(&header, body, identity)?;
    let mut with_key = false;
    made_beside(data, |made| -> Result<(), Ending> {
        let folder = Folder::at(made);
        with_key =
            record::backup::restore(&folder, &TABLES, &mut *from, header.rows, &mut bar("Restauration"))?;
        let mut moved = bar("Vérification");
        let mut source = record::stored(&folder)?;
        let whole = record::verify::verify(&mut *source, &mut |done| moved(done, header.size.max(done + 1)));
        moved(1, 1);
        let whole = whole.map_err(|broken| {
            Ending::Fault(format!(
                "le registre de la sauvegarde ne se vérifie pas : {broken}. Rien n’a été restauré"
            ))
        })?;
        if (whole.origin.as_str(), whole.size) != (header.origin.as_str(), header.size) {
            return Err(spoiled("elle ne contient pas ce qu’elle annonce"));
        }
        Ok(())
    })?;
    if record::follow::is_mirror(&Folder::at(data))? {
        say(&format!(
            "C’est la sauvegarde d’un miroir : elle n’a ni clé, ni comptes, ni textes non publics. « toguna serve --data {0} » la montre en \
             lecture seule ; « toguna mirror ADRESSE --data {0} » la remet à jour ; si l’original est perdu, « toguna promote --data {0} \
             --prepare ACTE » en fait le nouveau.",
            data.display()
        ));
    } else if !with_key {
        say(
            "La clé de signature n’était pas dans la sauvegarde : remettez-la dans le dossier sous le nom « registre.cle » avant de \
             servir l’instance.",
        );
    }
    say(
        "Un texte retiré après cette sauvegarde y est encore : comparez avec la liste des retraits d’une copie plus récente, et \
         retirez-le de nouveau.",
    );
    result(&format!("{}Instance restaurée et vérifiée : {}\n", told(&header), data.display()))
}
