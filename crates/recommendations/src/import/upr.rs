//! Universal periodic review: the layout of working-group reports parsed by year, and that of thematic lists by cycle.
//!
//! **Source** Human Rights Council resolution 5/1 for what the positions mean; `docs/decisions/` for how they become stances.

use terms::answers::Stance;
use terms::recommendations::DocumentPlace;
use terms::{BodyId, Mark, RecommendationId};

use super::ground::{Ground, Ids, cut, label, slug, text_of, too_long, year_of};
use super::look::Look;
use super::numbers::Numbers;
use super::{Found, Item, Position};
use crate::acts::TEXT_MAX;
use sheets::{Line, Sheet};

const RAW: [&str; 8] =
    ["year", "session_file", "rec_no", "text", "from_state", "to_state", "decision", "notes"];
const THEMATIC: [&str; 7] =
    ["cycle", "rec_no", "text", "position", "source_of_position", "theme", "other_themes"];

/// What the document says without saying more.
const DONE_OR_UNDER_WAY: &str = "Le document la range parmi celles « déjà appliquées ou en cours d’application » sans dire \
    lesquelles sont faites : aucune mise en œuvre n’est déclarée ici.";
const NOTED: &str = "« Notée » : le document ne dit ni oui ni non.";
const NO_DAY: &str =
    "Le fichier ne donne pas le jour de la position : le dernier jour de l’année est retenu.";

/// Whether this is the layout by year.
pub(crate) fn is_raw(sheet: &Sheet) -> bool {
    sheet.has(&RAW[..7])
}

/// Whether this is the layout by cycle.
pub(crate) fn is_thematic(sheet: &Sheet) -> bool {
    sheet.has(&THEMATIC[..5])
}

/// A stance and what a reader must know of it.
type Taken = (Stance, Option<&'static str>);

/// The stance that a position is, and what a reader must know of it; `None` where the document gives no position.
///
/// **Errors** a word of no list.
pub(super) fn stance(position: &str, notes: &str) -> Result<Option<Taken>, ()> {
    Ok(Some(match position.trim().to_lowercase().as_str() {
        "support" | "supported" | "accepted" => (Stance::Accepted, None),
        "implemented" | "implemented-or-under-way" => (Stance::Accepted, Some(DONE_OR_UNDER_WAY)),
        "consider" | "pending" => (Stance::Deferred, None),
        "reject" | "rejected" if notes.is_empty() => (Stance::RefusedWithoutReason, None),
        "reject" | "rejected" => (Stance::RefusedWithReason, None),
        "noted" => (Stance::Evasive, Some(NOTED)),
        "" | "unknown" => return Ok(None),
        _ => return Err(()),
    }))
}

/// A position of no list is told.
pub(super) fn unknown_position(column: &str, cell: &str, look: &mut Look) {
    let message = format!("position « {} » inconnue", cut(cell, 40));
    look.notes(column, message, "la ligne est reprise sans position");
}

fn told_others(sheet: &Sheet, known: &[&str], found: &mut Found) {
    for column in sheet.others(known) {
        found.odd(1, column, "colonne inconnue ; son contenu n’est pas repris".to_owned());
    }
}

/// The layout by year: `to_state` is asked, `from_state` asks.
pub(crate) fn read_raw(sheet: &Sheet, ground: &Ground, found: &mut Found) {
    told_others(sheet, &RAW, found);
    let (mut ids, mut numbers) = (Ids::default(), Numbers::default());
    for line in &sheet.lines {
        let group = format!("{} {}", sheet.cell(line, "year"), sheet.cell(line, "to_state"));
        numbers.note(line.number, &group, sheet.cell(line, "rec_no"));
        let mut look = Look::at(line.number);
        let item = raw_line(sheet, line, ground, &mut ids, &mut look);
        found.take(look, item);
    }
    numbers.told("rec_no", true, found);
}

fn raw_line(sheet: &Sheet, line: &Line, ground: &Ground, ids: &mut Ids, look: &mut Look) -> Option<Item> {
    let cell = |name: &str| sheet.cell(line, name);
    let (to, number) = (cell("to_state"), cell("rec_no"));
    let year = year_of(cell("year"), "year", ground, look);
    // The rank among equal numbers is counted before anything is refused: it must not depend on what the record knows.
    let beginning = format!("epu-{}-{}", slug(cell("year"), 4), slug(to, 30));
    let named = ids.next(&beginning, number, "rec_no", look);
    let addressee = ground.state(to);
    let addressee =
        look.needs(addressee, "to_state", || format!("destinataire « {} » inconnu du registre", cut(to, 60)));
    let text = text_of(cell("text"), "text", look).to_owned();
    let from = author_of(cell("from_state"), "from_state", look);
    let session = label(cell("session_file"), "session_file", look);
    label(number, "rec_no", look);
    let (decision, notes) = (cell("decision"), cell("notes"));
    too_long(notes, "notes", TEXT_MAX, look);
    let stance = stance(decision, notes);
    if stance.is_err() {
        unknown_position("decision", decision, look);
    }
    let (year, addressee, (id, rank)) = (year?, addressee?, named?);
    let known = ground.end_of(year);
    let mut adoption = ground.adoption(id, from, text, std::slice::from_ref(&addressee), year);
    let session = if session.is_empty() { cell("year") } else { session };
    adoption.document = Some(DocumentPlace {
        symbol: format!("EPU {session} ({to})"),
        number: Some(number.to_owned()).filter(|number| !number.is_empty()),
        mark: Mark::Unverified,
    });
    let noted = Some(notes.to_owned()).filter(|notes| !notes.is_empty());
    let position = match stance {
        Ok(Some((stance, note))) => {
            Some(Position { addressee, on: known, stance, says: noted, note: Some(with(note, NO_DAY)) })
        }
        _ => {
            // Without a position nothing else would carry what the file notes of it.
            adoption.grounds = noted.map(|notes| format!("Note du document : {notes}"));
            None
        }
    };
    // A pack may have brought the same text already, under its own shorter id.
    let other = (rank == 1 && !number.is_empty()).then(|| format!("epu-{year}-{}", slug(number, 24)));
    let other_id = other.and_then(|id| RecommendationId::parse(&id).ok());
    Some(Item {
        line: line.number,
        adoption,
        known: Some(known),
        other_id,
        sent: Vec::new(),
        position,
        declared: None,
    })
}

/// A note that may have another before it.
fn with(before: Option<&str>, note: &str) -> String {
    before.map_or_else(|| note.to_owned(), |before| format!("{before} {note}"))
}

fn author_of(name: &str, column: &str, look: &mut Look) -> String {
    if name.is_empty() {
        look.notes(column, "auteur non indiqué", "la ligne est reprise sous « auteur non indiqué »");
        return "auteur non indiqué".to_owned();
    }
    label(name, column, look).to_owned()
}

/// The layout by cycle: the file's name says which State is asked.
pub(crate) fn read_thematic(
    sheet: &Sheet,
    ground: &Ground,
    (addressee, country): &(BodyId, String),
    found: &mut Found,
) {
    told_others(sheet, &THEMATIC, found);
    let (mut ids, mut numbers) = (Ids::default(), Numbers::default());
    for line in &sheet.lines {
        numbers.note(line.number, sheet.cell(line, "cycle"), sheet.cell(line, "rec_no"));
        let mut look = Look::at(line.number);
        let item = thematic_line(sheet, line, ground, (addressee, country), &mut ids, &mut look);
        found.take(look, item);
    }
    // A list by theme has no order of numbers to keep.
    numbers.told("rec_no", false, found);
}

fn thematic_line(
    sheet: &Sheet,
    line: &Line,
    ground: &Ground,
    (addressee, country): (&BodyId, &str),
    ids: &mut Ids,
    look: &mut Look,
) -> Option<Item> {
    let cell = |name: &str| sheet.cell(line, name);
    let beginning = format!("epu-c{}-{}", slug(cell("cycle"), 4), slug(country, 30));
    let named = ids.next(&beginning, cell("rec_no"), "rec_no", look);
    let source = label(cell("source_of_position"), "source_of_position", look);
    label(cell("rec_no"), "rec_no", look);
    let document = document_of(source).filter(|(_, year)| *year <= ground.today.year());
    let document = look.needs(document, "source_of_position", || {
        format!("« {} » ne dit pas de quel document A/HRC", cut(source, 60))
    });
    let text = text_of(cell("text"), "text", look).to_owned();
    for name in ["theme", "other_themes"] {
        too_long(cell(name), name, TEXT_MAX, look);
    }
    let stance = stance(cell("position"), "");
    if stance.is_err() {
        unknown_position("position", cell("position"), look);
    }
    let ((symbol, year), (id, _)) = (document?, named?);
    let known = ground.end_of(year);
    let mut adoption = ground.adoption(id, recommenders(&text), text, std::slice::from_ref(addressee), year);
    adoption.document = Some(DocumentPlace {
        symbol,
        number: Some(cell("rec_no").to_owned()).filter(|number| !number.is_empty()),
        mark: Mark::Unverified,
    });
    let themes: Vec<&str> =
        [cell("theme"), cell("other_themes")].into_iter().filter(|theme| !theme.is_empty()).collect();
    adoption.grounds = (!themes.is_empty()).then(|| format!("Thèmes du document : {}", themes.join(" ; ")));
    let position = stance.ok().flatten().map(|(stance, note)| Position {
        addressee: addressee.clone(),
        on: known,
        stance,
        says: None,
        note: Some(with(note, &format!("Position : {source}. {NO_DAY}"))),
    });
    let (line, known) = (line.number, Some(known));
    Some(Item { line, adoption, known, other_id: None, sent: Vec::new(), position, declared: None })
}

/// The document's symbol without its addendum, and the year of the session of the Council that received it.
///
/// **Source** three regular sessions a year since the first, in 2006 (general knowledge, not verified).
fn document_of(source: &str) -> Option<(String, i16)> {
    let symbol = source.split([' ', ',']).next()?;
    let symbol = symbol.split("/Add").next()?.trim();
    let session: i16 = symbol.strip_prefix("A/HRC/")?.split('/').next()?.parse().ok()?;
    (session >= 1).then(|| (symbol.to_owned(), 2006 + (session - 1) / 3))
}

/// Those who recommend stand in brackets at the end of the text.
fn recommenders(text: &str) -> String {
    let text = text.trim_end_matches([';', '.', ' ']);
    let last = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match last {
        Some((_, names)) if !names.trim().is_empty() => cut(names.trim(), 200),
        _ => "États participants à l’examen (non nommés)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_a_stance_and_never_more() {
        for (word, notes, expected) in [
            ("support", "", Some(Stance::Accepted)),
            ("Supported", "", Some(Stance::Accepted)),
            ("implemented", "", Some(Stance::Accepted)),
            ("consider", "", Some(Stance::Deferred)),
            ("reject", "", Some(Stance::RefusedWithoutReason)),
            ("reject", "contraire à la loi", Some(Stance::RefusedWithReason)),
            ("noted", "", Some(Stance::Evasive)),
            ("unknown", "", None),
            ("", "", None),
        ] {
            assert_eq!(stance(word, notes).unwrap().map(|(stance, _)| stance), expected, "{word} {notes}");
        }
        assert!(stance("peut-être", "").is_err());
    }

    #[test]
    fn a_symbol_tells_the_year_of_its_session() {
        let of = |text| document_of(text).map(|(symbol, year)| format!("{symbol} {year}"));
        assert_eq!(of("A/HRC/28/15/Add.1 - Para. 3").as_deref(), Some("A/HRC/28/15 2015"));
        assert_eq!(of("A/HRC/8/50").as_deref(), Some("A/HRC/8/50 2008"));
        assert_eq!(of("A/HRC/59/15/Add.1, para. 3").as_deref(), Some("A/HRC/59/15 2025"));
        assert_eq!(of("Para. 3"), None);
        assert_eq!(of("A/HRC/0/1"), None);
    }

    #[test]
    fn recommenders_stand_in_brackets_at_the_end() {
        assert_eq!(recommenders("Ratifier la convention (Portugal, Slovaquie);"), "Portugal, Slovaquie");
        assert_eq!(recommenders("Ratifier."), "États participants à l’examen (non nommés)");
    }
}
