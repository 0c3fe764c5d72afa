//! The pack's own layout: a public recommendation a line, its source and mark, the addressee's position if it took one.

use terms::recommendations::DocumentPlace;
use terms::{Mark, RecommendationId};

use super::ground::{Ground, cut, day_of, too_long};
use super::sheet::{Line, Sheet};
use super::{Found, Item, Sent, upr};

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
    for line in &sheet.lines {
        let item = read_line(sheet, line, ground, found);
        found.items.extend(item);
    }
}

fn read_line(sheet: &Sheet, line: &Line, ground: &Ground, found: &mut Found) -> Option<Item> {
    let cell = |name: &str| sheet.cell(line, name);
    let number = line.number;
    let Ok(id) = RecommendationId::parse(cell("id")) else {
        let message =
            format!("identifiant « {} » mal formé ; la ligne n’est pas reprise", cut(cell("id"), 40));
        found.odd(number, "id", message);
        return None;
    };
    let year = cell("year").parse::<i16>().ok().filter(|year| (1900..=ground.today.year()).contains(year));
    let Some(year) = year else {
        let message =
            format!("« {} » n’est pas une année passée ; la ligne n’est pas reprise", cut(cell("year"), 20));
        found.odd(number, "year", message);
        return None;
    };
    let names: Vec<&str> =
        cell("addressee").split(['|', ';']).map(str::trim).filter(|n| !n.is_empty()).collect();
    let bodies = ground.addressees(&names, number, "addressee", found);
    let first = bodies.first()?.clone();
    let (title, text) = (cell("title_fr"), cell("text_fr"));
    if text.is_empty() {
        found.odd(number, "text_fr", "texte vide ; la ligne n’est pas reprise".to_owned());
        return None;
    }
    if too_long(text, number, "text_fr", found) || too_long(title, number, "titre", found) {
        return None;
    }
    let (adopted_on, known_on, position_on) = (
        past_day(sheet, line, "adopted_on", ground, found),
        past_day(sheet, line, "known_on", ground, found),
        past_day(sheet, line, "position_on", ground, found),
    );
    let known = known_on.or(adopted_on).unwrap_or_else(|| ground.end_of(year));
    let mut adoption = ground.adoption(id, cell("recommender").to_owned(), text.to_owned(), &bodies, year);
    if !title.is_empty() {
        title.clone_into(&mut adoption.title);
    }
    adoption.adopted_on = adopted_on.filter(|day| day.year() == year);
    adoption.document = Some(DocumentPlace {
        symbol: cell("document").to_owned(),
        number: Some(cell("number").to_owned()).filter(|number| !number.is_empty()),
        mark: mark_of(cell("mark"), number, found),
    });
    adoption.source = ground.source(cell("source"));
    adoption.theme = theme_of(cell("theme"), number, ground, found);
    adoption.grounds = grounds(sheet, line);
    let on = position_on.unwrap_or(known);
    let mut position = upr::position(&first, on, (cell("position"), ""), (number, "position"), found);
    let document = cell("position_document");
    if let Some(position) = position.as_mut().filter(|_| !document.is_empty()) {
        let before = position.note.take().map(|note| format!(" {note}")).unwrap_or_default();
        position.note = Some(format!("Position : {document}.{before}"));
    }
    // Who takes a position on what was said in its presence has received it; the day of the review is that of delivery.
    let heard = adoption.adopted_on.filter(|_| position.is_some());
    let sent = heard.into_iter().map(|on| Sent { addressee: first.clone(), on, rule: None }).collect();
    Some(Item { line: number, adoption, known: Some(known), other_id: None, sent, position, declared: None })
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

fn mark_of(cell: &str, line: u64, found: &mut Found) -> Mark {
    Mark::from_cell(cell).unwrap_or_else(|| {
        let message = format!(
            "marque « {} » inconnue (V, V-trunc, K ou P) ; « non vérifié » est retenu",
            cut(cell, 20)
        );
        found.odd(line, "mark", message);
        Mark::Unverified
    })
}

fn theme_of(cell: &str, line: u64, ground: &Ground, found: &mut Found) -> Option<String> {
    if cell.is_empty() {
        return None;
    }
    let theme = ground.theme(cell);
    if theme.is_none() {
        let message =
            format!("thème « {} » inconnu du registre ; la ligne est reprise sans thème", cut(cell, 40));
        found.odd(line, "theme", message);
    }
    theme
}

/// A day that is past; other text is told and left out.
fn past_day(
    sheet: &Sheet,
    line: &Line,
    column: &str,
    ground: &Ground,
    found: &mut Found,
) -> Option<terms::Day> {
    let cell = sheet.cell(line, column);
    if cell.is_empty() {
        return None;
    }
    let day = day_of(cell).filter(|day| *day <= ground.today);
    if day.is_none() {
        let message =
            format!("« {} » n’est pas une date passée ; la ligne est reprise sans elle", cut(cell, 30));
        found.odd(line.number, column, message);
    }
    day
}
