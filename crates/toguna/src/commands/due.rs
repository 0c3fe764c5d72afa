//! `toguna due`: a due day, explained line by line, as the site explains it.

use std::path::Path;

use record::Fault;
use terms::answers::Awaited;
use terms::instance::ClockRuleSet;
use terms::{Day, RuleId};
use web::Clocks;

use crate::cli::DueFormat;
use crate::ending::Ending;
use crate::progress::{bar, result};

/// The explanation is on standard output.
///
/// **Errors** no rule of this name; no instance; the pack cannot be read.
pub(crate) fn run(from: Day, rule: &str, data: Option<&Path>, format: DueFormat) -> Result<(), Ending> {
    let clocks = match data {
        Some(data) => {
            let reading = toguna::instance::look(data, &mut bar("Reconstruction des tables"))?;
            reading.shelf.read(Clocks::load)?
        }
        None => from_pack("mali")?,
    };
    let id = RuleId::parse(rule).map_err(|error| Ending::Refused(error.to_string()))?;
    let Some(found) = clocks.rules.get(&id) else {
        let mut known: Vec<&str> = clocks.rules.keys().map(RuleId::as_str).collect();
        known.sort_unstable();
        return Err(Ending::Refused(format!("aucune horloge « {rule} » ; il y a : {}", known.join(", "))));
    };
    let due = |awaited| clocks.due(Some(&id), awaited, from, &[]);
    let both = [
        ("Accusé de réception", "acknowledgement", due(Awaited::Acknowledgement)),
        ("Réponse", "answer", due(Awaited::Answer)),
    ];
    match format {
        DueFormat::Text => result(&text(found, &both)),
        DueFormat::Json => result(&json(from, found, &both)?),
    }
}

/// The clocks of a pack that no instance holds yet.
fn from_pack(name: &str) -> Result<Clocks, Ending> {
    let pack = super::new::read_pack(name)?;
    let facts = pack.facts();
    let words = facts.iter().filter_map(|fact| match &fact.act {
        pack::Act::Said(word) => Some(word.as_ref()),
        _ => None,
    });
    Ok(Clocks::from_words(&pack.founded().weekend, words))
}

type Both = [(&'static str, &'static str, Option<calendar::Due>); 2];

fn text(rule: &ClockRuleSet, both: &Both) -> String {
    let mut text = format!("{}\n{}\n", rule.name.fr, rule.basis.fr);
    for (label, _, due) in both {
        match due {
            Some(due) => {
                let day = due.day.map_or_else(|| "suspendue".to_owned(), calendar::day_fr);
                text.push_str(&format!("\n{label} : {day}\n"));
                for line in &due.lines {
                    text.push_str(&format!("  {}\n", calendar::sentence_fr(line)));
                }
            }
            None => text.push_str(&format!("\n{label} : aucun délai compté\n")),
        }
    }
    text
}

fn json(from: Day, rule: &ClockRuleSet, both: &Both) -> Result<String, Ending> {
    let mut object = serde_json::json!({
        "from": from,
        "rule": rule.id,
        "legal_basis": rule.legal_basis,
        "mark": rule.mark,
    });
    for (_, key, due) in both {
        object[*key] = match due {
            Some(due) => serde_json::json!({
                "due": due.day,
                "lines": due.lines,
                "sentences": due.lines.iter().map(calendar::sentence_fr).collect::<Vec<_>>(),
            }),
            None => serde_json::Value::Null,
        };
    }
    let text = serde_json::to_string_pretty(&object).map_err(|error| Fault::Value(error.to_string()))?;
    Ok(text + "\n")
}
