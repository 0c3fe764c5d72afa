//! `toguna import organisations`: what was taken, what was left aside and why, and every oddity with its line.

use std::path::Path;

use organisations::import::{Done, Plan, Refused, Settings, Target, plan, understand, words};
use record::directory::{self, Kind};
use terms::{Actor, SourceId};
use toguna::instance::{machine_clock, open};

use crate::ending::Ending;
use crate::progress::{bar, result};

/// What was said on the command line.
pub(crate) struct Asked {
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) kind: Option<String>,
    pub(crate) scheme: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) also_alike: bool,
    pub(crate) dry_run: bool,
}

impl Asked {
    fn settings(&self) -> Result<Settings, Ending> {
        let target = |word: &String| {
            Target::parse(word.trim()).ok_or_else(|| {
                let known: Vec<&str> = Target::ALL.into_iter().map(Target::as_str).collect();
                Ending::Refused(format!(
                    "« {word} » ne nomme aucune colonne ; au choix : {}",
                    known.join(", ")
                ))
            })
        };
        let mapping = self.columns.as_ref().map(|words| words.iter().map(target).collect()).transpose()?;
        if let Some(kind) = self.kind.as_deref().filter(|kind| !organisations::KINDS.contains(kind)) {
            let known = organisations::KINDS.join(", ");
            return Err(Ending::Refused(format!(
                "« {kind} » n’est pas une sorte d’organisation ; au choix : {known}"
            )));
        }
        Ok(Settings { mapping, kind: self.kind.clone(), scheme: self.scheme.clone() })
    }
}

/// The organisations of the file are on the record, in one act; oddities are told.
///
/// **Errors** a file that cannot be read, or of which nothing could be taken; no such source; no instance; the record refused.
pub(crate) fn run(file: &Path, data: &Path, asked: &Asked) -> Result<(), Ending> {
    let bytes = super::import::read(file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let refused = |refused: Refused| Ending::Refused(format!("« {name} » : {refused}"));
    let understood = understand(&bytes, &asked.settings()?).map_err(refused)?;
    if understood.rows.is_empty() && understood.oddities.is_empty() {
        return Err(refused(Refused::Nameless));
    }
    let (record, _) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let source = asked.source.as_deref().map(SourceId::parse).transpose();
    let source = source.map_err(|fault| Ending::Refused(format!("--source : {fault}")))?;
    let (today, zone) = (record.today(), record.zone.clone());
    let left_out = understood.left_out.clone();
    let (also_alike, dry_run) = (asked.also_alike, asked.dry_run);
    let sealed = record.scribe.seal_now(move |desk| -> Result<Option<(Plan, Done)>, record::Fault> {
        if let Some(source) = &source
            && directory::look_up(desk.tx(), Kind::Source, source.as_str())?.is_none()
        {
            return Ok(None);
        }
        let plan = plan(desk.tx(), &understood)?;
        let (words, done) = words(desk.tx(), &plan, &|_| also_alike, source.as_ref(), today)?;
        for word in words.into_iter().filter(|_| !dry_run) {
            desk.append(&zone, Actor::Loader, None, word)?;
        }
        Ok(Some((plan, done)))
    })?;
    record.close();
    let Some((plan, done)) = sealed else {
        return Err(Ending::Refused("--source : aucune source de ce nom n’est citée au registre".into()));
    };
    result(&told(&plan, &done, &left_out, dry_run))?;
    match done.taken + done.already + done.aside {
        0 => Err(Ending::Refused(format!("rien de « {name} » n’a pu être pris : voyez chaque ligne"))),
        _ => Ok(()),
    }
}

fn told(plan: &Plan, done: &Done, left_out: &[String], dry_run: bool) -> String {
    let verb = if dry_run { "Organisations qui seraient inscrites" } else { "Organisations inscrites" };
    let mut text = format!(
        "{verb} : {}\nDéjà au répertoire : {}\nLaissées de côté, car elles ressemblent à une inscription : {}\nIdentifiants, \
         adhésions et liens : {}\n",
        done.taken, done.already, done.aside, done.said
    );
    for planned in plan.rows.iter().filter(|planned| !planned.likely.is_empty()) {
        for likely in &planned.likely {
            let line = planned.row.line;
            text.push_str(&format!(
                "  ligne {line} : « {} » ressemble à « {} » [{}]\n",
                planned.row.name, likely.name, likely.id
            ));
        }
    }
    for sentence in left_out {
        text.push_str(&format!("{sentence}\n"));
    }
    let oddities: Vec<_> = plan.oddities.iter().chain(&done.oddities).collect();
    text.push_str(&format!("À revoir : {}\n", oddities.len()));
    for oddity in oddities {
        text.push_str(&format!("  {oddity}\n"));
    }
    text
}
