//! Prevention-of-future-deaths reports: several addressees a line, a duty to answer within 56 days, responses counted.
//!
//! **Source** The Coroners (Investigations) Regulations 2013, regulation 29: 56 days (general knowledge, not verified).

use terms::recommendations::DocumentPlace;
use terms::{BodyId, Mark, RuleId};

use super::ground::{Ground, Ids, cut, day_of, label};
use super::look::Look;
use super::numbers::Numbers;
use super::{Found, Item, Sent};
use sheets::{Line, Sheet};

const COLUMNS: [&str; 9] = [
    "date_of_report",
    "date_time",
    "ref",
    "coroner_area",
    "corrected_area",
    "category",
    "this_report_is_being_sent_to",
    "sent_count",
    "responses",
];

/// What the source computed, on a day that the file does not give: it holds of that day alone.
const COMPUTED: [&str; 7] = [
    "pdf_count",
    "yet_to_receive",
    "response_rate",
    "late_time",
    "at_least_one_response",
    "late",
    "expected_number_bool",
];

/// The rule that these deliveries run under, if the record has it.
const RULE: &str = "pfd-56-jours";

/// Whether this is the layout of the reports.
pub(crate) fn is_pfd(sheet: &Sheet) -> bool {
    sheet.has(&["date_of_report", "ref", "this_report_is_being_sent_to"])
}

/// Every report.
pub(crate) fn read(sheet: &Sheet, ground: &Ground, found: &mut Found) {
    for column in sheet.others(&COLUMNS) {
        let why = if COMPUTED.contains(&column) {
            "valeur calculée par la source, un jour que le fichier ne donne pas"
        } else {
            "colonne inconnue ou en double"
        };
        found.odd(1, column, format!("{why} ; son contenu n’est pas repris"));
    }
    let rule = RuleId::parse(RULE).ok().filter(|rule| ground.clocks.rules.contains_key(rule));
    if rule.is_none() {
        let message = format!(
            "la règle « {RULE} » n’est pas au registre : les remises sont reprises sans échéance calculée"
        );
        found.odd(1, "date_of_report", message);
    }
    let (mut ids, mut numbers) = (Ids::default(), Numbers::default());
    for line in &sheet.lines {
        let reference = sheet.cell(line, "ref");
        numbers.note(line.number, "", if reference == "nan" { "" } else { reference });
        let mut look = Look::at(line.number);
        let item = read_line(sheet, line, ground, rule.as_ref(), &mut ids, &mut look);
        found.take(look, item);
    }
    numbers.told("ref", false, found);
}

fn read_line(
    sheet: &Sheet,
    line: &Line,
    ground: &Ground,
    rule: Option<&RuleId>,
    ids: &mut Ids,
    look: &mut Look,
) -> Option<Item> {
    let cell = |name: &str| Some(sheet.cell(line, name)).filter(|text| !text.is_empty() && *text != "nan");
    let reference = cell("ref");
    let written = cell("date_of_report").unwrap_or_default();
    let day =
        cell("date_time").and_then(day_of).or_else(|| day_of(written)).filter(|day| *day <= ground.today);
    let dated = day.map(|day| day.to_string()).unwrap_or_default();
    let named = ids.next("pfd", reference.unwrap_or(&dated), "ref", look);
    let day =
        look.needs(day, "date_of_report", || format!("« {} » n’est pas une date passée", cut(written, 40)));
    let names = addressees(cell("this_report_is_being_sent_to").unwrap_or_default());
    let bodies = ground.addressees(&names, "this_report_is_being_sent_to", look);
    count(cell("sent_count"), names.len(), look);
    for name in ["ref", "coroner_area", "corrected_area"] {
        label(sheet.cell(line, name), name, look);
    }
    let (day, (id, _)) = (day?, named?);
    let area = cell("corrected_area").or(cell("coroner_area")).unwrap_or("ressort non indiqué");
    let category = cell("category").unwrap_or("catégorie non indiquée");
    let number = reference.unwrap_or("sans numéro");
    let text = format!(
        "Prévenir d’autres décès : {category}. Rapport {number} ; le fichier n’en donne pas le texte."
    );
    let mut adoption =
        ground.adoption(id, format!("Coroner, {area}"), cut(&text, 2_000), &bodies, day.year());
    adoption.title = cut(&format!("Prévention de décès : {category}"), 200);
    adoption.adopted_on = Some(day);
    adoption.document = Some(DocumentPlace {
        symbol: "Prevention of Future Deaths".to_owned(),
        number: reference.map(str::to_owned),
        mark: Mark::Unverified,
    });
    adoption.grounds = Some(counts(sheet, line, names.len()));
    let sent = |body: &BodyId| Sent { addressee: body.clone(), on: day, rule: rule.cloned() };
    let sent = bodies.iter().map(sent).collect();
    let line = line.number;
    Some(Item { line, adoption, known: Some(day), other_id: None, sent, position: None, declared: None })
}

/// A count of addressees that is not that of the names is told; both are kept in the grounds.
fn count(cell: Option<&str>, named: usize, look: &mut Look) {
    let Some(cell) = cell else { return };
    let counted = cell.strip_suffix(".0").unwrap_or(cell).parse::<usize>().ok();
    if counted != Some(named) {
        let message = format!("la source compte « {} » destinataires et en nomme {named}", cut(cell, 20));
        look.notes("sent_count", message, "les deux nombres sont gardés dans les motifs");
    }
}

/// The addressees of a cell, separated by bars.
fn addressees(cell: &str) -> Vec<&str> {
    cell.split('|').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// The source counts responses without saying whose or when: they are told, and answer nothing.
fn counts(sheet: &Sheet, line: &Line, named: usize) -> String {
    let number = |name: &str| {
        let cell = sheet.cell(line, name);
        cell.strip_suffix(".0").unwrap_or(cell).to_owned()
    };
    let known = |text: String| if text.is_empty() { "non indiqué".to_owned() } else { text };
    format!(
        "Destinataires nommés : {named} ; comptés par la source : {}. Réponses comptées par la source : {}, sans leurs \
         auteurs ni leurs jours.",
        known(number("sent_count")),
        known(number("responses")),
    )
}
