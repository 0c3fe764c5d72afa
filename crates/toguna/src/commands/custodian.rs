//! `toguna custodian`: a custodian's key, and their signature under a succession, offline.

use std::path::Path;

use record::Folder;
use record::verify::Statement;
use tlog::{Note, Signer};

use crate::ending::Ending;
use crate::progress::{result, say};

/// A fresh custodian's key is in the file; its public half is the result.
///
/// **Errors** a file is there already; the name cannot be a key's; the system refused.
pub(crate) fn new(file: &Path, name: &str) -> Result<(), Ending> {
    let signer = Folder::fresh_key(name).map_err(|_| {
        Ending::Refused(format!("« {name} » ne convient pas comme nom de gardien : ni espace, ni signe plus"))
    })?;
    if file.exists() {
        return Err(Ending::Refused(format!("« {} » existe déjà", file.display())));
    }
    Folder::keep_key_at(file, &signer)?;
    say(&format!(
        "Clé de gardien écrite dans « {} ». Gardez ce fichier hors ligne ; donnez la ligne qui suit à qui fonde le registre :",
        file.display()
    ));
    result(&format!("{}\n", signer.verifier_key()))
}

/// The custodian's signature is in the statement's file, beside those of others.
///
/// **Errors** the file is no statement of succession; the key cannot be read; the system refused.
pub(crate) fn sign(statement: &Path, key: &Path) -> Result<(), Ending> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| record::Fault::file(path, &error));
    let signer = Signer::parse(read(key)?.trim())
        .map_err(|_| Ending::Refused(format!("« {} » n’est pas une clé de gardien", key.display())))?;
    let written = read(statement)?;
    let signed = Note::parse(written.as_bytes()).ok();
    let text = signed.as_ref().map_or(written.as_str(), Note::text);
    let what = Statement::parse(text).ok_or_else(|| {
        Ending::Refused(format!(
            "« {} » n’est pas un acte de succession : « toguna promote --prepare » en écrit un",
            statement.display()
        ))
    })?;
    let alone = signer.sign(text).map_err(|error| Ending::Fault(error.to_string()))?;
    let alone = Note::parse(alone.as_bytes()).map_err(|error| Ending::Fault(error.to_string()))?;
    let note = match (signed, alone.signatures().first()) {
        (Some(note), Some(line)) => {
            note.with(line.clone()).map_err(|error| Ending::Fault(error.to_string()))?
        }
        _ => alone,
    };
    std::fs::write(statement, note.to_string()).map_err(|error| record::Fault::file(statement, &error))?;
    say(&told(&what, signer.name(), note.signatures().len()));
    Ok(())
}

fn told(what: &Statement, name: &str, signatures: usize) -> String {
    let address = what.address.as_deref().unwrap_or("non dite");
    format!(
        "« {name} » a signé :\n  registre           {}\n  valable après      {} entrées\n  racine             {}\n  \
         ancienne clé       {}\n  nouvelle clé       {}\n  nouvelle adresse   {address}\n  motif              {}\n  \
         signatures         {signatures}",
        what.origin,
        what.size,
        what.root.base64(),
        what.former,
        what.key,
        what.ground.as_str()
    )
}
