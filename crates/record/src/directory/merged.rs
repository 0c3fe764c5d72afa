//! Organisations that the record says are one: which id leads to which. Nothing is rewritten: what was said under either id stays where
//! it was said, and whoever asks for one reads the other's too.

use std::collections::{BTreeMap, BTreeSet};

use terms::Word;

use crate::{Fault, Tx, values};

/// A merger leads from one id to another, or leads there no more. A merger that would lead in a circle leads nowhere.
pub(super) fn apply(tx: &mut Tx<'_>, word: &Word, entry: u64) -> Result<(), Fault> {
    match word {
        Word::OrganisationsMerged(merged) => {
            let leads = leads(tx)?;
            if above(&leads, merged.kept.as_str()).contains(merged.merged.as_str()) {
                return Ok(());
            }
            tx.run(
                "INSERT INTO merged (id, kept, root, entry) VALUES (?1, ?2, ?2, ?3) ON CONFLICT (id) DO UPDATE SET \
                 kept = excluded.kept, entry = excluded.entry",
                values![merged.merged, merged.kept, entry],
            )?;
        }
        Word::OrganisationsParted(parted) => {
            tx.run("DELETE FROM merged WHERE id = ?1", values![parted.merged])?;
        }
        _ => return Ok(()),
    }
    settle(tx)
}

/// From which id to which.
fn leads(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.rows("SELECT id, kept FROM merged", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

/// The id and all that it leads to.
fn above(leads: &BTreeMap<String, String>, id: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([id.to_owned()]);
    let mut at = id;
    while let Some(next) = leads.get(at) {
        if !seen.insert(next.clone()) {
            break;
        }
        at = next;
    }
    seen
}

/// Where each leads in the end. Mergers are few: all are led anew.
fn settle(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let leads = leads(tx)?;
    for (id, kept) in &leads {
        let mut root = kept;
        // `apply` lets no circle in.
        while let Some(next) = leads.get(root) {
            root = next;
        }
        tx.run("UPDATE merged SET root = ?2 WHERE id = ?1 AND root <> ?2", values![id, root])?;
    }
    Ok(())
}

/// The organisation under whose id this one goes on; `None` where it stands for itself.
///
/// **Errors** the database refused.
pub fn goes_on_as(tx: &mut Tx<'_>, organisation: &str) -> Result<Option<String>, Fault> {
    tx.row("SELECT root FROM merged WHERE id = ?1", values![organisation], |row| row.get(0))
}

/// The organisations that lead to this one, by id.
///
/// **Errors** the database refused.
pub fn merged_into(tx: &mut Tx<'_>, organisation: &str) -> Result<Vec<String>, Fault> {
    tx.rows("SELECT id FROM merged WHERE root = ?1 ORDER BY id", values![organisation], |row| row.get(0))
}

/// Every organisation that leads to another, with where it leads in the end.
///
/// **Errors** the database refused.
pub fn mergers(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.rows("SELECT id, root FROM merged", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}
