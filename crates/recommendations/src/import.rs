//! Import from spreadsheets: four layouts known by their header; what is understood goes on the record, and every oddity is
//! told with its line and column. Nothing is dropped silently; importing twice takes nothing new.

mod ground;
mod look;
mod matrix;
mod numbers;
mod pack;
mod pfd;
mod upr;

use record::replay::Progress;
use record::{Desk, Fault, Record};
use terms::answers::{Answered, Channel, ImplementationDeclared, PointAnswer, Stance};
use terms::recommendations::DeliveryProof;
use terms::{Actor, BodyId, Day, RecommendationId, RuleId, Word};
use web::{Clocks, Languages};

use crate::acts::{Adoption, Refusal, Transmission};
use crate::seals::{self, Hand, NotDone};
use crate::tables;
use ground::Ground;
use look::Look;
use sheets::{Sheet, Trouble};

/// Rows sealed in one act: enough to be quick, few enough that other acts need not wait long.
const ROWS_AN_ACT: usize = 200;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Recommendations taken.
    pub taken: usize,
    /// Recommendations that were on the record already.
    pub already: usize,
    /// All that could not be taken as it stood, in the order of lines.
    pub oddities: Vec<Oddity>,
}

/// Something that could not be taken as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// The line of the file, from 1; the header is line 1.
    pub line: u64,
    /// The column's name as the file writes it; empty for the whole line.
    pub column: String,
    /// What is wrong and what became of it, in French.
    pub message: String,
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column.as_str() {
            "" => write!(f, "ligne {} : {}", self.line, self.message),
            column => write!(f, "ligne {}, colonne « {column} » : {}", self.line, self.message),
        }
    }
}

/// Why a whole file was refused. Nothing of it is on the record, but where a fault cut it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Neither UTF-8 nor Windows-1252: the first bad byte stands on this line.
    Encoding(u64),
    /// A quotation mark opened on this line is never closed.
    Quotation(u64),
    /// A workbook (XLSX, ODS, XLS), not CSV.
    Workbook,
    /// Nothing in it.
    Empty,
    /// No layout has this header.
    Header(Vec<String>),
    /// The file does not say of whom its recommendations are asked.
    Addressee(String),
    /// Only the operator can mend it.
    Fault(Fault),
    /// The same, after so many recommendations were on the record.
    Cut(Fault, usize),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoding(line) => write!(
                f,
                "le fichier n’est pas en UTF-8 (ligne {line}) et n’est pas non plus un CSV de Windows : dans le tableur, \
                 enregistrez-le sous « CSV UTF-8 », puis importez de nouveau"
            ),
            Self::Quotation(line) => write!(
                f,
                "ligne {line} : un guillemet \" s’ouvre et ne se referme jamais, tout le reste du fichier serait une seule \
                 cellule ; refermez-le, puis importez de nouveau"
            ),
            Self::Workbook => write!(
                f,
                "c’est un classeur de tableur (XLSX, ODS ou XLS) : ouvrez-le, enregistrez la feuille sous « CSV UTF-8 », \
                 puis importez ce fichier"
            ),
            Self::Empty => {
                write!(f, "le fichier est vide : la première ligne doit porter le nom des colonnes")
            }
            Self::Header(found) => write!(
                f,
                "l’en-tête n’est celui d’aucun modèle connu ({}). Modèles connus : matrice de suivi (au moins « \
                 Recommandation » et « Destinataire ») ; EPU « year, session_file, rec_no, text, from_state, to_state, \
                 decision, notes » ou « cycle, rec_no, text, position, source_of_position » ; paquet « id, document, \
                 number, title_fr, text_fr, addressee » ; rapports « date_of_report, ref, this_report_is_being_sent_to »",
                found.join(", ")
            ),
            Self::Addressee(name) => write!(
                f,
                "ni les colonnes ni le nom du fichier « {name} » ne disent quel État est destinataire : nommez le fichier \
                 d’après l’État, par exemple « mali.csv », et vérifiez que cet État est au registre"
            ),
            Self::Fault(fault) => write!(f, "{fault}"),
            Self::Cut(fault, taken) => write!(
                f,
                "{fault}. Avant cela, {taken} recommandations du fichier ont été inscrites, chacune entière ; importez-le de \
                 nouveau ensuite : le reste sera pris, rien ne le sera deux fois"
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// One recommendation read from a file, with what the file tells of its life.
pub(crate) struct Item {
    line: u64,
    adoption: Adoption,
    /// Since when it is public.
    known: Option<Day>,
    /// The id under which a pack may have brought it already.
    other_id: Option<RecommendationId>,
    sent: Vec<Sent>,
    position: Option<Position>,
    declared: Option<Declared>,
}

/// A delivery that the file tells of.
pub(crate) struct Sent {
    addressee: BodyId,
    on: Day,
    rule: Option<RuleId>,
}

/// What an addressee said to the one point of an imported recommendation.
pub(crate) struct Position {
    addressee: BodyId,
    on: Day,
    stance: Stance,
    /// What the document says, for the point.
    says: Option<String>,
    /// What a reader must know of it.
    note: Option<String>,
}

/// What the file says was done.
pub(crate) struct Declared {
    addressee: BodyId,
    on: Day,
    state: terms::answers::Progress,
    says: Option<String>,
}

/// What reading a sheet gave.
#[derive(Default)]
pub(crate) struct Found {
    items: Vec<Item>,
    oddities: Vec<Oddity>,
}

impl Found {
    pub(crate) fn odd(&mut self, line: u64, column: &str, message: String) {
        self.oddities.push(Oddity { line, column: column.to_owned(), message });
    }

    /// The line is taken, or what stops it is told.
    fn take(&mut self, look: Look, item: Option<Item>) {
        let (line, taken) = (look.line(), look.told(self));
        match item {
            Some(item) if taken => self.items.push(item),
            // A line that nothing stops and that gives nothing is not dropped in silence.
            None if taken => {
                self.odd(line, "", "la ligne n’a pas pu être lue ; elle n’est pas reprise".to_owned());
            }
            _ => {}
        }
    }
}

/// The file's recommendations are on the record, in acts of some two hundred rows.
///
/// **Shape** `progress` is told how many rows of how many are done. Waits for the writer: not for threads that serve pages.
///
/// **Errors** a file of no known layout, not UTF-8, or empty; the database refused.
pub fn import(
    record: &Record,
    file_name: &str,
    bytes: &[u8],
    progress: Progress<'_>,
) -> Result<Imported, Refused> {
    import_on(record, file_name, bytes, record.today(), progress)
}

/// As [`import`], on a given day: nothing later than it is taken for past.
///
/// **Errors** as [`import`].
pub fn import_on(
    record: &Record,
    file_name: &str,
    bytes: &[u8],
    today: Day,
    progress: Progress<'_>,
) -> Result<Imported, Refused> {
    let sheet = Sheet::read(bytes).map_err(|trouble| match trouble {
        Trouble::Encoding(line) => Refused::Encoding(line),
        Trouble::Empty => Refused::Empty,
        Trouble::Workbook => Refused::Workbook,
        Trouble::Quotation(line) => Refused::Quotation(line),
    })?;
    let ground = record.shelf.read(|tx| Ground::load(tx, file_name, today))?;
    let Found { items, oddities } = understood(&sheet, &ground)?;
    let all = items.len();
    let mut imported = Imported { oddities, ..Imported::default() };
    let mut waiting = items.into_iter().peekable();
    let mut done = 0;
    while waiting.peek().is_some() {
        let chunk: Vec<Item> = waiting.by_ref().take(ROWS_AN_ACT).collect();
        done += chunk.len();
        let (zone, clocks) = (record.zone.clone(), ground.clocks.clone());
        let sealed = record.scribe.seal_now(move |desk| seal(desk, &zone, &clocks, chunk, today));
        let more = sealed.map_err(|fault| match imported.taken {
            0 => Refused::Fault(fault),
            taken => Refused::Cut(fault, taken),
        })?;
        imported.taken += more.taken;
        imported.already += more.already;
        imported.oddities.extend(more.oddities);
        progress(done as u64, all as u64);
    }
    imported.oddities.sort_by_key(|oddity| oddity.line);
    Ok(imported)
}

fn understood(sheet: &Sheet, ground: &Ground) -> Result<Found, Refused> {
    let mut found = Found::default();
    for (line, column, message) in &sheet.writing {
        found.odd(*line, column, message.clone());
    }
    for (line, cells, wanted) in &sheet.uneven {
        let message = format!(
            "la ligne compte {cells} cellules, l’en-tête {wanted} ; elle n’est pas reprise. Vérifiez les guillemets et les \
             séparateurs"
        );
        found.odd(*line, "", message);
    }
    if upr::is_raw(sheet) {
        upr::read_raw(sheet, ground, &mut found);
    } else if upr::is_thematic(sheet) {
        let Some(state) = ground.state_in_name() else {
            return Err(Refused::Addressee(ground.file_name.clone()));
        };
        upr::read_thematic(sheet, ground, &state, &mut found);
    } else if pack::is_pack(sheet) {
        pack::read(sheet, ground, &mut found);
    } else if pfd::is_pfd(sheet) {
        pfd::read(sheet, ground, &mut found);
    } else if let Some(columns) = matrix::columns(sheet) {
        matrix::read(sheet, &columns, ground, &mut found);
    } else {
        return Err(Refused::Header(sheet.header.clone()));
    }
    Ok(found)
}

fn seal(
    desk: &mut Desk<'_>,
    zone: &record::Zone,
    clocks: &Clocks,
    items: Vec<Item>,
    today: Day,
) -> Result<Imported, Fault> {
    let mut imported = Imported::default();
    for item in items {
        let line = item.line;
        if is_already(desk, &item)? {
            imported.already += 1;
            continue;
        }
        match seal_one(desk, zone, clocks, item, today) {
            Ok(undelivered) => {
                imported.taken += 1;
                for (addressee, why) in undelivered {
                    let then =
                        format!("la recommandation est reprise, sa remise à « {addressee} » ne l’est pas");
                    imported.oddities.extend(told(why, line, &then)?);
                }
            }
            Err(not_done) => {
                imported.oddities.extend(told(not_done, line, "la ligne n’est pas reprise")?);
            }
        }
    }
    Ok(imported)
}

fn is_already(desk: &mut Desk<'_>, item: &Item) -> Result<bool, Fault> {
    if tables::is_known(desk.tx(), &item.adoption.id)? {
        return Ok(true);
    }
    let Some(other) = &item.other_id else { return Ok(false) };
    for addressed in &item.adoption.addressees {
        if tables::known_import(desk.tx(), other, &addressed.body)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The refusals of an act as oddities of its line.
fn told(not_done: NotDone, line: u64, then: &str) -> Result<Vec<Oddity>, Fault> {
    let refusals = match not_done {
        NotDone::Fault(fault) => return Err(fault),
        NotDone::Refused(refusals) => refusals,
    };
    let own = (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl"));
    let languages = Languages::of(&[own]).map_err(Fault::Value)?;
    let odd = |refusal: Refusal| {
        let sentences = NotDone::Refused(vec![refusal]).sentences(&languages);
        Oddity { line, column: String::new(), message: format!("{} ({then})", sentences.join(" ")) }
    };
    Ok(refusals.into_iter().map(odd).collect())
}

/// The item's words; the answer tells of deliveries that could not be taken.
fn seal_one(
    desk: &mut Desk<'_>,
    zone: &record::Zone,
    clocks: &Clocks,
    item: Item,
    today: Day,
) -> Result<Vec<(BodyId, NotDone)>, NotDone> {
    let Item { adoption, known, sent, position, declared, .. } = item;
    let id = adoption.id.clone();
    let hand = |on: Option<Day>| Hand {
        zone,
        by: Actor::Loader,
        known: known.max(on.filter(|_| known.is_some())),
        today,
    };
    seals::adopt(desk, &hand(None), adoption)?;
    let mut undelivered = Vec::new();
    for Sent { addressee, on, rule } in sent {
        let body = addressee.clone();
        let (recommendation, proof) = (id.clone(), DeliveryProof::Document);
        let (file, points) = (None, Vec::new());
        let transmission =
            Transmission { recommendation, addressee, delivered_on: on, proof, file, rule, points };
        match seals::transmit_by(desk, &hand(Some(on)), clocks, transmission) {
            Ok(_) => {}
            Err(NotDone::Fault(fault)) => return Err(fault.into()),
            Err(refused) => undelivered.push((body, refused)),
        }
    }
    if let Some(Position { addressee, on, stance, says, note }) = position {
        let text = says.map(|text| desk.enclose_text(&text)).transpose()?;
        let note = note.map(|text| desk.enclose_text(&text)).transpose()?;
        let point = PointAnswer {
            point: 1,
            stance,
            text,
            by_when: None,
            responsible: None,
            secrecy_basis: None,
            passed_to: None,
        };
        let answered = Answered {
            recommendation: id.clone(),
            addressee,
            on,
            channel: Channel::Document,
            text: note,
            points: vec![point],
            file: None,
            witnesses: Vec::new(),
        };
        let hand = hand(Some(on));
        desk.append(zone, hand.by, hand.known, Word::Answered(answered))?;
    }
    if let Some(Declared { addressee, on, state, says }) = declared {
        let text = says.map(|text| desk.enclose_text(&text)).transpose()?;
        let declared = ImplementationDeclared { recommendation: id, addressee, point: 1, state, on, text };
        let hand = hand(Some(on));
        desk.append(zone, hand.by, hand.known, Word::ImplementationDeclared(declared))?;
    }
    Ok(undelivered)
}
