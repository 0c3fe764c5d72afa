//! What is known of every organisation besides its own line, for those who take the whole register away: read once, not organisation by
//! organisation. What was said under the id of one that goes on as another is that other's.

use std::collections::HashMap;

use record::{Fault, Tx, directory};
use terms::Day;

use crate::tables::{self, Identifier, Recognition};

/// What is known besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct More {
    /// The legal forms in which it is recognised on the day, by id.
    pub(crate) forms: Vec<String>,
    /// The numbers of the receipts that hold on the day.
    pub(crate) receipts: Vec<String>,
    /// The identifiers that it bears on the day: scheme, colon, value.
    pub(crate) identifiers: Vec<String>,
    /// Themes on which it is said to work on the day, by id.
    pub(crate) themes: Vec<String>,
    /// Places in which it is said to work on the day, by id.
    pub(crate) places: Vec<String>,
    /// The ids that lead to it.
    pub(crate) merged: Vec<String>,
}

fn add(to: &mut Vec<String>, one: String) {
    if !to.contains(&one) {
        to.push(one);
    }
}

/// What is known besides on the day, by the id under which each organisation goes on.
pub(crate) fn of(tx: &mut Tx<'_>, day: Day) -> Result<HashMap<String, More>, Fault> {
    let mergers = directory::mergers(tx)?;
    let root = |id: String| -> String { mergers.get(&id).cloned().unwrap_or(id) };
    let mut all: HashMap<String, More> = HashMap::new();
    for Recognition { organisation, form, receipt, .. } in
        tables::recognitions(tx)?.into_iter().filter(|one| one.holds_on(day))
    {
        let more = all.entry(root(organisation.into())).or_default();
        add(&mut more.forms, form);
        receipt.into_iter().for_each(|receipt| add(&mut more.receipts, receipt));
    }
    for (organisation, identifier) in tables::identifiers(tx)? {
        if bears(&identifier, day) {
            let more = all.entry(root(organisation)).or_default();
            add(&mut more.identifiers, format!("{}:{}", identifier.scheme, identifier.value));
        }
    }
    for (organisation, theme) in tables::themes_on(tx, day)? {
        add(&mut all.entry(root(organisation)).or_default().themes, theme);
    }
    for (organisation, place) in tables::work_places_on(tx, day)? {
        add(&mut all.entry(root(organisation)).or_default().places, place);
    }
    for (id, root) in &mergers {
        add(&mut all.entry(root.clone()).or_default().merged, id.clone());
    }
    Ok(all)
}

/// Whether the identifier is borne on the day.
pub(crate) fn bears(identifier: &Identifier, day: Day) -> bool {
    identifier.dates.from.is_none_or(|from| from <= day) && identifier.dates.to.is_none_or(|to| day < to)
}
