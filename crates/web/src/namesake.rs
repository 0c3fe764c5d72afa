//! Namesakes: a region, a cercle and a commune may bear one name; what tells them apart is said beside it.

use maud::{Markup, html};
use record::directory::{self, Kind, Named};
use record::{Fault, Tx};
use terms::PlaceId;

use crate::{Language, Visit};

/// The name in the visitor's language; nothing where it was withdrawn.
fn name<'a>(visit: &Visit, named: &'a Named) -> Option<&'a str> {
    let english = named.en.as_deref().filter(|_| visit.language() == Language::English);
    english.or(named.fr.as_deref())
}

/// The level of a place or the kind of a body, then what lies around it, smallest first and without the country; nothing for
/// things that need no telling apart.
///
/// **Errors** the database refused.
pub fn told_apart(tx: &mut Tx<'_>, visit: &Visit, named: &Named) -> Result<Option<String>, Fault> {
    if !matches!(named.kind, Kind::Place | Kind::Body) {
        return Ok(None);
    }
    let sort = named.look_up_sort(tx)?;
    let own = name(visit, named).map(directory::sort_key).unwrap_or_default();
    // « Gouverneur — Ségou » says already that it is a governor.
    let sort = sort.as_ref().and_then(|sort| name(visit, sort));
    let sort = sort.filter(|sort| !own.starts_with(&directory::sort_key(sort))).map(str::to_owned);
    let around = around(tx, visit, named)?;
    Ok(match (sort, around.is_empty()) {
        (Some(sort), true) => Some(sort),
        (Some(sort), false) => Some(format!("{sort} — {}", around.join(", "))),
        (None, true) => None,
        (None, false) => Some(around.join(", ")),
    })
}

fn around(tx: &mut Tx<'_>, visit: &Visit, named: &Named) -> Result<Vec<String>, Fault> {
    let own = match named.kind {
        Kind::Place => PlaceId::parse(&named.id).ok(),
        _ => named.place.clone(),
    };
    let Some(own) = own else { return Ok(Vec::new()) };
    let all = directory::places_around(tx, &own)?;
    let mut around = Vec::new();
    // The first is the place itself; the last of several is the country, the same for all.
    let first = usize::from(named.kind == Kind::Place);
    for place in all.iter().take(all.len().saturating_sub(1)).skip(first) {
        let Some(place) = directory::look_up(tx, Kind::Place, place.as_str())? else { continue };
        let sort = place.look_up_sort(tx)?;
        let sort = sort.as_ref().and_then(|sort| name(visit, sort));
        let name = name(visit, &place).unwrap_or(&place.id);
        around.push(sort.map_or(name.to_owned(), |sort| format!("{name} ({sort})")));
    }
    Ok(around)
}

/// What a person reads in a field that names this thing, and what leads back to it when it is sent: its name; with its level or
/// kind where the name is that of several; its id where even that is.
///
/// **Errors** the database refused.
pub fn spelled(tx: &mut Tx<'_>, visit: &Visit, named: &Named) -> Result<String, Fault> {
    let Some(plain) = name(visit, named).map(str::to_owned) else { return Ok(named.id.clone()) };
    let sort = named.look_up_sort(tx)?;
    let with_sort = sort.as_ref().and_then(|sort| name(visit, sort)).map(|sort| format!("{plain} ({sort})"));
    for spelling in std::iter::once(plain).chain(with_sort) {
        let meant = match named.kind {
            Kind::Place => directory::places_called(tx, &spelling, 1)?,
            kind => directory::called(tx, kind, &spelling, 1)?,
        };
        if meant.first().is_some_and(|meant| meant.id == named.id) {
            return Ok(spelling);
        }
    }
    Ok(named.id.clone())
}

/// What a field asks for, as people read it: where the address says an id, the name of the thing.
///
/// **Errors** the database refused.
pub fn field_spelled(tx: &mut Tx<'_>, visit: &Visit, kind: Kind, field: &str) -> Result<String, Fault> {
    let Some(asked) = visit.asked(field) else { return Ok(String::new()) };
    match directory::look_up(tx, kind, asked)? {
        Some(named) => spelled(tx, visit, &named),
        None => Ok(asked.to_owned()),
    }
}

/// Which thing a list is of, where the name asked for in this field may mean several; the others a link away. Nothing where
/// nothing was understood.
///
/// **Errors** the database refused.
pub fn meant(tx: &mut Tx<'_>, visit: &Visit, field: &str, meant: &[Named]) -> Result<Markup, Fault> {
    let mut all = Vec::with_capacity(meant.len());
    for named in meant {
        all.push((named, name(visit, named).unwrap_or(&named.id), told_apart(tx, visit, named)?));
    }
    Ok(html! {
        @if !all.is_empty() {
            p.small {
                (visit.say("list-meant"))
                @for (i, (named, name, apart)) in all.iter().enumerate() {
                    @if i > 0 { " · " (visit.say("list-meant-other")) }
                    " "
                    @if i > 0 { a href=(visit.query_with(&[(field, &named.id), ("apres", "")])) { (name) } }
                    @else if let Some(path) = named.path() { a href=(visit.link(&path)) { (name) } }
                    @else { (name) }
                    @if let Some(apart) = apart { " (" (apart) ")" }
                }
            }
        }
    })
}
