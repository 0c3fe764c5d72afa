//! The French follow-up matrix, its header compared without case and accents, common variants known.

use record::directory::sort_key;
use terms::answers::Progress;
use terms::recommendations::DocumentPlace;
use terms::{BodyId, Day, Mark};

use super::ground::{Ground, Ids, cut, day_of, label, past_day, slug, text_of, too_long};
use super::look::Look;
use super::numbers::Numbers;
use super::{Declared, Found, Item, Sent};
use crate::acts::{Evidence, TEXT_MAX};
use crate::export::COLUMNS;
use sheets::{Line, Sheet};

/// What a column is: its place in [`COLUMNS`], or the day of delivery, which some matrices add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Column(usize);

const NUMBER: Column = Column(0);
const SOURCE: Column = Column(1);
const TEXT: Column = Column(2);
const THEME: Column = Column(3);
const PRIORITY: Column = Column(4);
const ADDRESSEE: Column = Column(5);
const DEADLINE: Column = Column(8);
const INDICATOR: Column = Column(9);
const STATE: Column = Column(12);
const RATE: Column = Column(13);
const PROOF: Column = Column(16);
const UPDATED: Column = Column(18);
const DELIVERED: Column = Column(20);

/// How headers begin, the longer beginnings first where one begins another.
const BEGINNINGS: [(&str, Column); 48] = [
    ("date de transmission", DELIVERED),
    ("date de remise", DELIVERED),
    ("transmise le", DELIVERED),
    ("remise le", DELIVERED),
    ("date de mise a jour", UPDATED),
    ("date maj", UPDATED),
    ("mise a jour", UPDATED),
    ("maj", UPDATED),
    ("source de verification", Column(10)),
    ("sources de verification", Column(10)),
    ("moyen de verification", Column(10)),
    ("moyens de verification", Column(10)),
    ("source de financement", Column(11)),
    ("cout", Column(11)),
    ("budget", Column(11)),
    ("structures associees", Column(6)),
    ("structure associee", Column(6)),
    ("acteurs associes", Column(6)),
    ("partenaires", Column(6)),
    ("structure responsable", ADDRESSEE),
    ("structures responsables", ADDRESSEE),
    ("destinataire", ADDRESSEE),
    ("responsable", ADDRESSEE),
    ("recommandation", TEXT),
    ("libelle", TEXT),
    ("intitule", TEXT),
    ("texte", TEXT),
    ("source", SOURCE),
    ("reunion", SOURCE),
    ("origine", SOURCE),
    ("axe", THEME),
    ("theme", THEME),
    ("thematique", THEME),
    ("domaine", THEME),
    ("priorite", PRIORITY),
    ("activite", Column(7)),
    ("action", Column(7)),
    ("echeance", DEADLINE),
    ("delai", DEADLINE),
    ("indicateur", INDICATOR),
    ("etat", STATE),
    ("statut", STATE),
    ("taux", RATE),
    ("difficulte", Column(14)),
    ("mesure", Column(15)),
    ("preuve", PROOF),
    ("observation", Column(17)),
    ("point", Column(19)),
];

/// Headers that are a number's.
const NUMBERS: [&str; 9] = ["n", "n°", "no", "num", "numero", "n d ordre", "n° d ordre", "ref", "reference"];

/// Columns without a word of their own, kept in the grounds under their name.
const KEPT: [usize; 8] = [6, 7, 10, 11, 14, 15, 17, 19];

/// Characters that a source gives to the name of its document.
const SYMBOL_MAX: usize = 200;

/// What each column of the sheet is; `None` where it has neither recommendation nor addressee.
pub(crate) fn columns(sheet: &Sheet) -> Option<Vec<Option<Column>>> {
    let mut columns: Vec<Option<Column>> = Vec::with_capacity(sheet.keys.len());
    for key in &sheet.keys {
        let column = column_of(key).filter(|column| !columns.contains(&Some(*column)));
        columns.push(column);
    }
    (columns.contains(&Some(TEXT)) && columns.contains(&Some(ADDRESSEE))).then_some(columns)
}

fn column_of(key: &str) -> Option<Column> {
    // « Structure(s) responsable(s) » is compared as its singular.
    let words: Vec<&str> = key.split(' ').filter(|word| *word != "s").collect();
    let key = words.join(" ");
    let key = key.as_str();
    if NUMBERS.contains(&key) || key.starts_with("n° ") {
        return Some(NUMBER);
    }
    let extra = [("commentaire", Column(17)), ("piece", PROOF), ("objectif", THEME)];
    let mut all = BEGINNINGS.iter().chain(&extra);
    all.find(|(beginning, _)| key.starts_with(beginning)).map(|(_, column)| *column)
}

struct Reader<'a> {
    sheet: &'a Sheet,
    columns: &'a [Option<Column>],
    ground: &'a Ground,
}

impl Reader<'_> {
    fn cell<'l>(&self, line: &'l Line, column: Column) -> &'l str {
        self.columns.iter().position(|other| *other == Some(column)).map_or("", |at| line.cell(at))
    }

    fn name(&self, column: Column) -> &str {
        let at = self.columns.iter().position(|other| *other == Some(column));
        at.and_then(|at| self.sheet.header.get(at)).map_or("", String::as_str)
    }
}

/// Every line of the matrix.
pub(crate) fn read(sheet: &Sheet, columns: &[Option<Column>], ground: &Ground, found: &mut Found) {
    for (at, (name, column)) in sheet.header.iter().zip(columns).enumerate() {
        if column.is_none() && !(name.is_empty() && sheet.is_empty_column(at)) {
            found.odd(1, name, "colonne inconnue ou en double ; son contenu n’est pas repris".to_owned());
        }
    }
    let reader = Reader { sheet, columns, ground };
    let (mut ids, mut numbers) = (Ids::default(), Numbers::default());
    for line in &sheet.lines {
        numbers.note(line.number, reader.cell(line, SOURCE), reader.cell(line, NUMBER));
        let mut look = Look::at(line.number);
        let item = read_line(&reader, line, &mut ids, &mut look);
        found.take(look, item);
    }
    if columns.contains(&Some(NUMBER)) {
        numbers.told(reader.name(NUMBER), true, found);
    }
}

fn read_line(reader: &Reader<'_>, line: &Line, ids: &mut Ids, look: &mut Look) -> Option<Item> {
    let (cell, ground) = (|column| reader.cell(line, column), reader.ground);
    let source = match cell(SOURCE) {
        "" => ground.stem(),
        source => source.to_owned(),
    };
    let named = ids.next(&format!("mat-{}", slug(&source, 40)), cell(NUMBER), reader.name(NUMBER), look);
    label(cell(NUMBER), reader.name(NUMBER), look);
    let text = text_of(cell(TEXT), reader.name(TEXT), look);
    for column in [INDICATOR, PROOF].into_iter().chain(KEPT.map(Column)) {
        too_long(cell(column), reader.name(column), TEXT_MAX, look);
    }
    let bodies = bodies(reader, line, look);
    let past = |column, look: &mut Look| past_day(cell(column), reader.name(column), ground, look);
    let (updated, delivered) = (past(UPDATED, look), past(DELIVERED, look));
    let mut kept = kept(reader, line);
    let theme = ground.theme(cell(THEME));
    if theme.is_none() {
        keep(&mut kept, COLUMNS[3], cell(THEME));
    }
    let priority = priority(reader, line, &mut kept, look);
    let deadline = deadline(reader, line, &mut kept, look);
    let declared = declared(reader, line, &bodies, updated, &mut kept, look);
    let day = day_within(&source).filter(|day| *day <= ground.today);
    let year = day.map(Day::year).or_else(|| year_within(&source)).or(updated.map(Day::year));
    let year = year.filter(|year| (1900..=ground.today.year()).contains(year));
    let year = look.needs(year, reader.name(SOURCE), || {
        "ni la source ni la date de mise à jour ne donnent une année passée".to_owned()
    });
    if source.chars().count() > SYMBOL_MAX {
        look.notes(reader.name(SOURCE), "texte très long", "ses 200 premiers caractères nomment le document");
    }
    let (first, year, (id, _)) = (bodies.first()?.clone(), year?, named?);
    let author = source.split([',', '(']).next().unwrap_or(&source).trim();
    let author = cut(author, SYMBOL_MAX);
    let mut adoption = ground.adoption(id, author, text.to_owned(), &bodies, year);
    adoption.adopted_on = day;
    adoption.document = Some(DocumentPlace {
        symbol: cut(&source, SYMBOL_MAX),
        number: Some(cell(NUMBER).to_owned()).filter(|number| !number.is_empty()),
        mark: Mark::Unverified,
    });
    (adoption.theme, adoption.priority) = (theme, priority);
    if let Some(point) = adoption.points.first_mut() {
        point.indicator = Some(cell(INDICATOR).to_owned()).filter(|text| !text.is_empty());
        point.deadline = deadline;
    }
    adoption.evidence =
        Some(cell(PROOF).to_owned()).filter(|t| !t.is_empty()).map(Evidence::Text).into_iter().collect();
    adoption.grounds = (!kept.is_empty()).then(|| kept.join("\n\n"));
    let sent = delivered
        .into_iter()
        .flat_map(|on| bodies.iter().map(move |body| Sent { addressee: body.clone(), on, rule: None }));
    let (line, sent) = (line.number, sent.collect());
    // A matrix is the keeper's own file: nothing says that it was public before it was given here.
    let declared = declared.map(|(on, state, says)| Declared { addressee: first, on, state, says });
    Some(Item { line, adoption, known: None, other_id: None, sent, position: None, declared })
}

fn bodies(reader: &Reader<'_>, line: &Line, look: &mut Look) -> Vec<BodyId> {
    let cell = reader.cell(line, ADDRESSEE);
    let mut names: Vec<&str> =
        cell.split([';', '|', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect();
    if let [one] = names.as_slice()
        && reader.ground.body(one).is_err()
        && one.contains(',')
    {
        names = one.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    }
    reader.ground.addressees(&names, reader.name(ADDRESSEE), look)
}

fn keep(kept: &mut Vec<String>, name: &str, text: &str) {
    if !text.is_empty() {
        // A paragraph must stay one, or its end would lose its name.
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        kept.push(format!("{name} : {}", lines.join(" / ")));
    }
}

fn kept(reader: &Reader<'_>, line: &Line) -> Vec<String> {
    let mut kept = Vec::new();
    for at in KEPT {
        keep(&mut kept, COLUMNS[at], reader.cell(line, Column(at)));
    }
    kept
}

fn priority(reader: &Reader<'_>, line: &Line, kept: &mut Vec<String>, look: &mut Look) -> u8 {
    let cell = reader.cell(line, PRIORITY);
    let (mut priority, mut horizon) = (None, Vec::new());
    for part in cell.split([';', ',', '/']).map(str::trim).filter(|part| !part.is_empty()) {
        match sort_key(part).as_str() {
            "haute" | "elevee" | "forte" | "prioritaire" | "1" => priority = Some(3),
            "moyenne" | "normale" | "2" => priority = Some(2),
            "basse" | "faible" | "3" => priority = Some(1),
            key if key.ends_with("terme") => horizon.push(part),
            _ => {
                let message = format!("priorité « {} » inconnue", cut(part, 30));
                look.notes(reader.name(PRIORITY), message, "aucune n’est retenue");
            }
        }
    }
    keep(kept, "Horizon", &horizon.join(", "));
    priority.unwrap_or(0)
}

fn deadline(reader: &Reader<'_>, line: &Line, kept: &mut Vec<String>, look: &mut Look) -> Option<Day> {
    let cell = reader.cell(line, DEADLINE);
    let day = day_of(cell);
    if day.is_none() && !cell.is_empty() {
        let message = format!("« {} » n’est pas une date", cut(cell, 40));
        look.notes(reader.name(DEADLINE), message, "l’échéance est gardée en mots dans les motifs");
        keep(kept, COLUMNS[8], cell);
    }
    day
}

/// The state that the matrix gives, as the addressee's own word; what cannot be so is kept in words, and told.
fn declared(
    reader: &Reader<'_>,
    line: &Line,
    bodies: &[BodyId],
    updated: Option<Day>,
    kept: &mut Vec<String>,
    look: &mut Look,
) -> Option<(Day, Progress, Option<String>)> {
    let (cell, rate) = (reader.cell(line, STATE), reader.cell(line, RATE));
    let says = (!rate.is_empty()).then(|| format!("{} : {rate}", COLUMNS[13]));
    if cell.is_empty() {
        keep(kept, COLUMNS[13], rate);
        return None;
    }
    let words = cell.split(';').map(str::trim).find_map(|part| part.strip_prefix("déclaré : "));
    let state = progress(words.unwrap_or(cell));
    if words.is_none()
        && let (Some(state), [_]) = (state, bodies)
    {
        return Some((updated.unwrap_or(reader.ground.today), state, says));
    }
    let why = match (words.is_some(), state) {
        (true, _) => {
            "ce que l’autorité déclare et ce qui est constaté ne se reprend pas sans preuve".to_owned()
        }
        (_, None) => format!("état « {} » sans équivalent", cut(cell, 40)),
        // Nobody known is told already.
        _ if bodies.is_empty() => return None,
        _ => "plusieurs destinataires : on ne sait lequel le déclare".to_owned(),
    };
    look.notes(reader.name(STATE), why, "l’état est gardé en mots dans les motifs");
    keep(kept, COLUMNS[12], cell);
    keep(kept, COLUMNS[13], rate);
    None
}

/// The state of this French word; postponed is none of ours.
fn progress(text: &str) -> Option<Progress> {
    Some(match sort_key(text).as_str() {
        "non demarree" | "non demarre" | "non realisee" | "pas demarree" => Progress::NotStarted,
        "en cours" | "demarree" => Progress::UnderWay,
        "realisee partiellement" | "partiellement realisee" => Progress::PartlyDone,
        "realisee" | "realise" | "executee" => Progress::Done,
        "realisee autrement" => Progress::DoneOtherwise,
        "abandonnee" | "abandonne" => Progress::Abandoned,
        "caduque" => Progress::Lapsed,
        "regressee" => Progress::Regressed,
        _ => return None,
    })
}

/// The first day that a text speaks of.
fn day_within(text: &str) -> Option<Day> {
    let words: Vec<&str> =
        text.split([' ', ',', ';', '(', ')', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let alone = words.iter().find_map(|word| day_of(word));
    alone.or_else(|| words.windows(3).find_map(|three| day_of(&three.join(" "))))
}

/// The first year of four digits that a text speaks of.
fn year_within(text: &str) -> Option<i16> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
    digits.filter_map(|word| word.parse().ok()).find(|year| (1900..2200).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_their_variants() {
        for (header, column) in [
            ("N°", NUMBER),
            ("N° d'ordre", NUMBER),
            ("RECOMMANDATIONS", TEXT),
            ("Libellé de la recommandation", TEXT),
            ("Structure(s) responsable(s)", ADDRESSEE),
            ("Structure responsable", ADDRESSEE),
            ("Echéance", DEADLINE),
            ("ÉTAT DE MISE EN ŒUVRE", STATE),
            ("Source de vérification", Column(10)),
            ("Source / réunion", SOURCE),
            ("Coût (FCFA)", Column(11)),
            ("Pièces", PROOF),
            ("Point focal", Column(19)),
        ] {
            assert_eq!(column_of(&sort_key(header)), Some(column), "{header}");
        }
        assert_eq!(column_of(&sort_key("Couleur")), None);
    }

    #[test]
    fn every_column_of_the_export_is_read_as_itself() {
        for (at, name) in COLUMNS.iter().enumerate() {
            assert_eq!(column_of(&sort_key(name)), Some(Column(at)), "{name}");
        }
    }

    #[test]
    fn a_day_is_found_in_a_source() {
        let day = |y, m, d| Day::new(y, m, d).ok();
        assert_eq!(day_within("Réunion du CCSC, 12/03/2025, PV n° 3"), day(2025, 3, 12));
        assert_eq!(day_within("CCSC (séance du 1er mars 2025)"), day(2025, 3, 1));
        assert_eq!(day_within("Rapport 2024"), None);
        assert_eq!(year_within("Rapport 2024"), Some(2024));
        assert_eq!(year_within("PV n° 31"), None);
    }
}
