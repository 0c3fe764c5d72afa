//! `toguna verify`: is the record whole, canonical and signed? Of a folder, of a downloaded file, of a server across the
//! network; or a proof file: is this entry on a record that the policy accepts? Nothing and nobody is believed.

mod download;
pub(crate) mod remote;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use record::Folder;
use record::verify::{Asked, BrokenProof, Source, Whole, verify_proof, verify_with};
use tlog::proof_file::MAX_PROOF_FILE_BYTES;
use tlog::{Policy, ProofFile};

use crate::ending::Ending;
use crate::progress::{bar, result};

/// How a proof file begins.
const PROOF: &[u8] = b"c2sp.org/tlog-proof@";

/// What is to be verified is whole and signed.
///
/// **Errors** it is not, with the first line that fails; there is nothing there, or it cannot be read; no sound policy.
pub(crate) fn run(what: &str, policy: Option<&Path>, entry: Option<&Path>) -> Result<(), Ending> {
    let policy = policy.map(read_policy).transpose()?;
    if what.starts_with("http://") || what.starts_with("https://") {
        let mut source = remote::Remote::reach(what)?;
        return walked(&mut source, policy.as_ref());
    }
    let path = Path::new(what);
    if let Some(mut source) = super::carry::carried(path) {
        return walked(&mut *source, policy.as_ref());
    }
    if !path.is_file() {
        let folder = Folder::of(path)?;
        // Pages that no entry stands on may be damaged too: figures come from them.
        record::examine(&folder, &mut bar("Examen du fichier"))?;
        return walked(&mut *record::stored(&folder)?, policy.as_ref());
    }
    let mut file = File::open(path).map_err(|error| record::Fault::file(path, &error))?;
    let mut start = [0; PROOF.len()];
    let read = file.read(&mut start).map_err(|error| record::Fault::file(path, &error))?;
    if start[..read] == *PROOF {
        return proof(path, policy.as_ref(), entry);
    }
    walked(&mut download::Download::open(path)?, policy.as_ref())
}

pub(crate) fn read_policy(path: &Path) -> Result<Policy, Ending> {
    let bytes = std::fs::read(path).map_err(|error| record::Fault::file(path, &error))?;
    Policy::parse(&bytes).map_err(|error| {
        let (path, line) = (path.display(), error.line);
        Ending::Refused(format!("la politique « {path} » ne se lit pas, ligne {line} : {}", error.reason))
    })
}

fn walked(source: &mut dyn Source, policy: Option<&Policy>) -> Result<(), Ending> {
    let broken = |broken| Ending::Fault(format!("le registre ne se vérifie pas : {broken}"));
    // How far there is to go; that it is true is found on the way.
    let kept = source.checkpoints().map_err(Ending::Fault)?;
    let all = kept.last().and_then(|kept| kept.note.lines().nth(1)?.parse().ok()).unwrap_or(1);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut moved = bar("Vérification");
    let whole = verify_with(source, Asked { policy, workers }, &mut |done| moved(done, all.max(done + 1)));
    moved(1, 1);
    result(&told(&whole.map_err(broken)?, policy.is_some()))
}

fn told(whole: &Whole, by_policy: bool) -> String {
    let mut text = format!(
        "Registre entier et signé : {}\n  entrées            {}\n  dernière entrée    {}\n  racine             {}\n  \
         tuiles             {}\n  pièces présentes   {}\n  pièces retirées    {}\n",
        whole.origin, whole.size, whole.last_at, whole.root, whole.tiles, whole.enclosures, whole.withdrawn
    );
    if whole.elsewhere > 0 {
        text.push_str(&format!(
            "  pièces non jointes {} (non publiques, ou non copiées ici)\n",
            whole.elsewhere
        ));
    }
    if whole.uncited > 0 {
        text.push_str(&format!(
            "  pièces non citées  {} (aucune entrée n’y renvoie, rien ne les montre)\n",
            whole.uncited
        ));
    }
    for (witness, time) in &whole.cosigned {
        text.push_str(&format!("  cosigné            {witness}, le {}\n", moment(*time)));
    }
    for (entry, key) in &whole.successions {
        text.push_str(&format!("  succession         entrée {entry}, depuis laquelle vaut {key}\n"));
    }
    if by_policy {
        text.push_str("  clé                celle de la politique\n");
    } else {
        let key = &whole.key;
        text.push_str(&format!(
            "  clé                {key}\n                     comparez-la avec celle que vous avez gardée\n"
        ));
    }
    text
}

fn moment(seconds: u64) -> String {
    let moment = i64::try_from(seconds).ok().and_then(|seconds| terms::Instant::from_second(seconds).ok());
    moment.map_or_else(|| format!("{seconds} s"), |moment| moment.to_string())
}

fn proof(path: &Path, policy: Option<&Policy>, entry: Option<&Path>) -> Result<(), Ending> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| record::Fault::file(path, &error));
    let policy = policy.ok_or_else(|| {
        Ending::Refused(
            "un fichier de preuve se vérifie avec une politique, qui nomme la clé du registre : --policy FICHIER (une ligne \
             « log CLÉ », une ligne « quorum none »)"
                .into(),
        )
    })?;
    let broken = |broken: BrokenProof| Ending::Fault(format!("la preuve ne se vérifie pas : {broken}"));
    if std::fs::metadata(path).is_ok_and(|file| file.len() > MAX_PROOF_FILE_BYTES as u64) {
        return Err(Ending::Fault("la preuve ne se vérifie pas : le fichier est trop grand".into()));
    }
    let file = ProofFile::parse(&read(path)?).map_err(|error| broken(BrokenProof::of_form(&error)))?;
    let bytes = match entry {
        Some(entry) => read(entry)?,
        None if file.extra.is_empty() => {
            let index = file.index;
            return Err(Ending::Refused(format!(
                "ce fichier de preuve ne porte pas l’entrée n° {index} : donnez ses octets exacts avec --entry FICHIER"
            )));
        }
        None => file.extra.clone(),
    };
    let proved = verify_proof(&file, &bytes, policy).map_err(broken)?;
    let mut text = format!(
        "Entrée au registre : {}\n  numéro             {}\n  point de contrôle  {} entrées\n",
        proved.origin, proved.index, proved.size
    );
    if let Some(entry) = &proved.entry {
        text.push_str(&format!(
            "  scellée            {}\n  mot                {}\n",
            entry.at,
            entry.word.spelling()
        ));
    }
    for (witness, time) in &proved.cosigned {
        text.push_str(&format!("  cosigné            {witness}, le {}\n", moment(*time)));
    }
    text.push_str(&format!("  octets             {}\n", String::from_utf8_lossy(&bytes)));
    result(&text)
}
