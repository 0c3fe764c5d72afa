//! `toguna withdraw`: a text, a name or a file is destroyed, for whoever runs the machine.

use std::path::Path;

use hall::{Asked, Ground};
use terms::Commitment;
use toguna::instance::{languages, machine_clock, open};
use web::Language;

use crate::ending::Ending;
use crate::progress::{bar, result};

/// What was typed.
pub(crate) struct Typed {
    /// The commitment, in hexadecimal digits.
    pub(crate) enclosure: String,
    /// The ground's word.
    pub(crate) ground: String,
    /// Who decided.
    pub(crate) decided_by: String,
    /// By whose order.
    pub(crate) ordered_by: Option<String>,
}

/// The enclosure is withdrawn; the entry that says so is on standard output.
///
/// **Errors** no such enclosure, or it is withdrawn already; no such ground; nobody decided; no instance.
pub(crate) fn run(data: &Path, typed: Typed) -> Result<(), Ending> {
    let sha256 = Commitment::parse(&typed.enclosure).ok_or_else(|| {
        Ending::Refused(
            "l’empreinte de la pièce compte 64 chiffres hexadécimaux en minuscules : la page de l’entrée la montre"
                .into(),
        )
    })?;
    let ground = Ground::parse(&typed.ground).ok_or_else(|| {
        let grounds: Vec<&str> = Ground::ALL.iter().map(|ground| ground.as_str()).collect();
        Ending::Refused(format!("aucun fondement « {} » ; il y a : {}", typed.ground, grounds.join(", ")))
    })?;
    let (record, _) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let asked = Asked { sha256, ground, decided_by: typed.decided_by, ordered_by: typed.ordered_by };
    let withdrawn = hall::withdraw(&record, asked)?;
    record.close();
    match withdrawn {
        Ok(entry) => result(&format!(
            "La pièce est détruite ; l’entrée n° {entry} dit laquelle, pourquoi et qui a décidé.\nRefaites maintenant la \
             sauvegarde et détruisez les anciennes : elles la contiennent encore.\n"
        )),
        Err(keys) => {
            let languages = languages()?;
            let said: Vec<String> = keys
                .into_iter()
                .map(|key| languages.say(Language::French, key, &[("most", "200".into())]))
                .collect();
            Err(Ending::Refused(said.join(" ")))
        }
    }
}
