//! The pack's own layout: a public recommendation a line, its source and mark, the addressee's position if it took one.

use terms::answers::Stance;
use terms::recommendations::DocumentPlace;
use terms::{Mark, RecommendationId};

use super::ground::{Ground, cut, label, past_day, text_of, too_long, year_of};
use super::look::Look;
use super::{Found, Item, Position, Sent, upr};
use crate::acts::{TEXT_MAX, TITLE_MAX};
use sheets::{Line, Sheet};

const COLUMNS: [&str; 18] = [
    "id",
    "source",
    "document",
    "number",
    "recommender",
    "year",
    "adopted_on",
    "known_on",
    "title_fr",
    "text_fr",
    "title_en",
    "theme",
    "addressee",
    "position",
    "position_on",
    "position_document",
    "note",
    "mark",
];

/// Whether this is the pack's layout.
pub(crate) fn is_pack(sheet: &Sheet) -> bool {
    sheet.has(&["id", "document", "number", "title_fr", "text_fr", "addressee"])
}

/// Every line of the pack's layout.
pub(crate) fn read(sheet: &Sheet, ground: &Ground, found: &mut Found) {
    for column in sheet.others(&COLUMNS) {
        found.odd(1, column, "colonne inconnue ; son contenu n’est pas repris".to_owned());
    }
    // A pack chooses among a document's recommendations: its numbers have no order to keep.
    for line in &sheet.lines {
        let mut look = Look::at(line.number);
        let item = read_line(sheet, line, ground, &mut look);
        found.take(look, item);
    }
}

fn read_line(sheet: &Sheet, line: &Line, ground: &Ground, look: &mut Look) -> Option<Item> {
    let cell = |name: &str| sheet.cell(line, name);
    let id = RecommendationId::parse(cell("id")).ok();
    let id = look.needs(id, "id", || format!("identifiant « {} » mal formé", cut(cell("id"), 40)));
    let year = year_of(cell("year"), "year", ground, look);
    let names: Vec<&str> =
        cell("addressee").split(['|', ';']).map(str::trim).filter(|n| !n.is_empty()).collect();
    let bodies = ground.addressees(&names, "addressee", look);
    let (title, text) = (cell("title_fr"), text_of(cell("text_fr"), "text_fr", look));
    too_long(title, "title_fr", TITLE_MAX, look);
    for name in ["document", "number", "recommender", "source", "title_en", "position_document"] {
        label(cell(name), name, look);
    }
    too_long(cell("note"), "note", TEXT_MAX, look);
    let mark = mark_of(cell("mark"), look);
    let theme = theme_of(cell("theme"), ground, look);
    let source = ground.source(cell("source"));
    let day = |name: &str, look: &mut Look| past_day(cell(name), name, ground, look);
    let (adopted_on, known_on, position_on) =
        (day("adopted_on", look), day("known_on", look), day("position_on", look));
    let adopted_on = adopted_on.filter(|day| {
        let same = year.is_none_or(|year| day.year() == year);
        if !same {
            look.notes(
                "adopted_on",
                format!("{day} n’est pas de l’année « {} »", cell("year")),
                "l’année est retenue, le jour non",
            );
        }
        same
    });
    let told = position(sheet, line, look);
    let (id, year, first) = (id?, year?, bodies.first()?.clone());
    let known = known_on.or(adopted_on).unwrap_or_else(|| ground.end_of(year));
    let mut adoption = ground.adoption(id, cell("recommender").to_owned(), text.to_owned(), &bodies, year);
    if !title.is_empty() {
        title.clone_into(&mut adoption.title);
    }
    adoption.adopted_on = adopted_on;
    adoption.document = Some(DocumentPlace {
        symbol: cell("document").to_owned(),
        number: Some(cell("number").to_owned()).filter(|number| !number.is_empty()),
        mark,
    });
    (adoption.source, adoption.theme, adoption.grounds) = (source, theme, grounds(sheet, line));
    let on = position_on.unwrap_or(known);
    let position =
        told.map(|(stance, note)| Position { addressee: first.clone(), on, stance, says: None, note });
    // Who takes a position on what was said in its presence has received it; the day of the review is that of delivery.
    let heard = adoption.adopted_on.filter(|_| position.is_some());
    let sent = heard.into_iter().map(|on| Sent { addressee: first.clone(), on, rule: None }).collect();
    Some(Item {
        line: line.number,
        adoption,
        known: Some(known),
        other_id: None,
        sent,
        position,
        declared: None,
    })
}

/// What the addressee said, with where it stands; told where the word is of no list, or where nothing says what was said there.
fn position(sheet: &Sheet, line: &Line, look: &mut Look) -> Option<(Stance, Option<String>)> {
    let (word, document) = (sheet.cell(line, "position"), sheet.cell(line, "position_document"));
    let Ok(stance) = upr::stance(word, "") else {
        upr::unknown_position("position", word, look);
        return None;
    };
    let Some((stance, note)) = stance else {
        for name in ["position_on", "position_document"] {
            if !sheet.cell(line, name).is_empty() {
                look.notes(name, "aucune position n’est dite", "la ligne est reprise sans cette cellule");
            }
        }
        return None;
    };
    let before = note.map(|note| format!(" {note}")).unwrap_or_default();
    let note = match document {
        "" => note.map(str::to_owned),
        document => Some(format!("Position : {document}.{before}")),
    };
    Some((stance, note))
}

/// What has no word of its own is kept in the grounds, named.
fn grounds(sheet: &Sheet, line: &Line) -> Option<String> {
    let cell = |name: &str| sheet.cell(line, name);
    let named =
        [("", cell("note")), ("Source : ", cell("source")), ("Titre en anglais : ", cell("title_en"))];
    let kept: Vec<String> = named
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| format!("{label}{text}"))
        .collect();
    (!kept.is_empty()).then(|| kept.join("\n\n"))
}

fn mark_of(cell: &str, look: &mut Look) -> Mark {
    Mark::from_cell(cell).unwrap_or_else(|| {
        let message = format!("marque « {} » inconnue (V, V-trunc, K ou P)", cut(cell, 20));
        look.notes("mark", message, "« non vérifié » est retenu");
        Mark::Unverified
    })
}

fn theme_of(cell: &str, ground: &Ground, look: &mut Look) -> Option<String> {
    let theme = ground.theme(cell);
    if theme.is_none() && !cell.is_empty() {
        let message = format!("thème « {} » inconnu du registre", cut(cell, 40));
        look.notes("theme", message, "la ligne est reprise sans thème");
    }
    theme
}
