//! Import of organisations: a table of any columns, Popolo, or BODS 0.4. What is understood is shown before it is written; every oddity is told
//! with its line; what a file says and the register cannot hold is told as left out, with why. The same file again adds nothing.

mod bods;
mod json;
mod plan;
mod popolo;
mod table;

pub use plan::{Done, Likely, Plan, Planned, plan, words};

use sheets::{Trouble, cut};
use terms::Day;
use terms::organisations::Basis;

use crate::acts::{KINDS, first_day};

/// Organisations that one file may bring: they are written in one act.
pub const ROWS_MAX: usize = 2_000;

/// Characters of a name; of an acronym, a number, a legal form.
const NAME_MAX: usize = 200;
const LABEL_MAX: usize = 120;

/// Something that could not be taken as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column or member as the file names it; empty for the whole line.
    pub column: String,
    /// What is wrong and what became of it, in French.
    pub message: String,
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column.as_str() {
            "" => write!(f, "ligne {} : {}", self.line, self.message),
            column => write!(f, "ligne {}, « {column} » : {}", self.line, self.message),
        }
    }
}

/// Why a whole file was refused. Nothing of it is on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Neither UTF-8 nor Windows-1252: the first bad byte stands on this line.
    Encoding(u64),
    /// A quotation mark opened on this line is never closed.
    Quotation(u64),
    /// A workbook, not CSV.
    Workbook,
    /// Nothing in it.
    Empty,
    /// JSON that cannot be read, from this line on.
    Json(u64),
    /// JSON that is neither Popolo nor BODS.
    Unknown,
    /// No column is said to hold the names.
    Nameless,
    /// More organisations than one act writes.
    Many(usize),
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Encoding(line) => Self::Encoding(line),
            Trouble::Quotation(line) => Self::Quotation(line),
            Trouble::Workbook => Self::Workbook,
            Trouble::Empty => Self::Empty,
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoding(line) => write!(
                f,
                "le fichier n’est pas en UTF-8 (ligne {line}) et n’est pas non plus un CSV de Windows : dans le tableur, \
                 enregistrez-le sous « CSV UTF-8 »"
            ),
            Self::Quotation(line) => {
                write!(f, "ligne {line} : un guillemet \" s’ouvre et ne se referme jamais ; refermez-le")
            }
            Self::Workbook => write!(
                f,
                "c’est un classeur de tableur (XLSX, ODS ou XLS) : ouvrez-le et enregistrez la feuille sous « CSV UTF-8 »"
            ),
            Self::Empty => {
                write!(f, "le fichier est vide : la première ligne doit porter le nom des colonnes")
            }
            Self::Json(line) => write!(f, "ligne {line} : le JSON est illisible à partir de là"),
            Self::Unknown => write!(
                f,
                "ce JSON n’est ni du Popolo (un objet avec « organizations ») ni du BODS 0.4 (une liste de déclarations)"
            ),
            Self::Nameless => write!(f, "aucune colonne n’est dite porter le nom des organisations"),
            Self::Many(rows) => write!(
                f,
                "le fichier compte {rows} organisations ; {ROWS_MAX} au plus par import : coupez-le en plusieurs"
            ),
        }
    }
}

/// What a column of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Not taken.
    Ignored,
    /// The organisation's name.
    Name,
    /// Its acronym.
    Acronym,
    /// Its kind.
    Kind,
    /// When it was founded.
    Founded,
    /// Its legal form.
    LegalForm,
    /// Where it has its seat.
    Place,
    /// A number in a register.
    Number,
    /// An umbrella to which it belongs.
    Umbrella,
    /// What a reader must know.
    Note,
}

impl Target {
    /// Every target, in the order of forms.
    pub const ALL: [Self; 10] = [
        Self::Ignored,
        Self::Name,
        Self::Acronym,
        Self::Kind,
        Self::Founded,
        Self::LegalForm,
        Self::Place,
        Self::Number,
        Self::Umbrella,
        Self::Note,
    ];

    /// The word in forms and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ignored => "rien",
            Self::Name => "nom",
            Self::Acronym => "sigle",
            Self::Kind => "sorte",
            Self::Founded => "fondation",
            Self::LegalForm => "forme",
            Self::Place => "siege",
            Self::Number => "numero",
            Self::Umbrella => "faitiere",
            Self::Note => "note",
        }
    }

    /// The target that this word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == word)
    }
}

/// What the person said of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// What each column is; proposed by the header where absent.
    pub mapping: Option<Vec<Target>>,
    /// The kind where the file states none that is known.
    pub kind: Option<String>,
    /// The register that gave the numbers of a table.
    pub scheme: Option<String>,
}

/// How a file is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// A table: its columns, and what each is taken for.
    Table(Vec<(String, Target)>),
    /// Popolo.
    Popolo,
    /// BODS 0.4.
    Bods,
}

/// A tie that a file truly states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieRead {
    /// Which.
    pub criterion: &'static str,
    /// Who says so.
    pub basis: Basis,
    /// First day.
    pub from: Option<Day>,
    /// First day no more.
    pub to: Option<Day>,
    /// What shows it.
    pub note: String,
}

/// An organisation as a file gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins.
    pub line: u64,
    /// Its id in the file.
    pub file_id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its acronym.
    pub acronym: Option<String>,
    /// Its kind, one of [`KINDS`].
    pub kind: String,
    /// When it was founded.
    pub founded: Option<String>,
    /// Its legal form, as it is written.
    pub legal_form: Option<String>,
    /// Where it has its seat, as it is written.
    pub place: Option<String>,
    /// Its identifiers: scheme and value.
    pub identifiers: Vec<(String, String)>,
    /// The umbrellas to which it belongs, by name, or by id in the file.
    pub umbrellas: Vec<String>,
    /// Ties that the file states.
    pub ties: Vec<TieRead>,
    /// What a reader must know.
    pub note: Option<String>,
}

/// What was understood of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// How it is laid out.
    pub layout: Layout,
    /// The organisations.
    pub rows: Vec<Row>,
    /// What could not be taken as it stood, in the order of lines.
    pub oddities: Vec<Oddity>,
    /// What the file says and the register does not hold, each a sentence with its number and its reason.
    pub left_out: Vec<String>,
}

impl Understood {
    fn of(layout: Layout) -> Self {
        Self { layout, rows: Vec::new(), oddities: Vec::new(), left_out: Vec::new() }
    }

    fn odd(&mut self, line: u64, column: &str, message: impl Into<String>) {
        self.oddities.push(Oddity { line, column: cut(column, 60), message: message.into() });
    }

    /// The row is taken, its fields as the register holds them; or what stops it is told.
    fn take(&mut self, mut row: Row, kind: &str, settings: &Settings) {
        let line = row.line;
        row.name = row.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = row.name.chars().count();
        if letters == 0 || letters > NAME_MAX || row.name.chars().any(char::is_control) {
            let why = if letters == 0 { "sans nom" } else { "nom trop long ou illisible" };
            return self.odd(line, "", format!("{why} ; la ligne n’est pas reprise"));
        }
        for (column, field) in
            [("sigle", &mut row.acronym), ("forme", &mut row.legal_form), ("note", &mut row.note)]
        {
            let most = if column == "note" { 2_000 } else { LABEL_MAX };
            let over = field.as_ref().is_some_and(|text| {
                text.chars().count() > most || text.chars().any(|c| c.is_control() && c != '\n')
            });
            if over {
                self.odd(line, column, "texte trop long ou illisible ; l’organisation est reprise sans lui");
                *field = None;
            }
        }
        if let Some(text) = row.founded.take() {
            match founded(&text) {
                Some(founded) => row.founded = Some(founded),
                None => {
                    let told = format!("« {} » n’est ni une année, ni un mois, ni un jour", cut(&text, 30));
                    self.odd(line, "fondation", format!("{told} ; l’organisation est reprise sans elle"));
                }
            }
        }
        row.kind = self.kind(line, kind, settings);
        row.identifiers = self.sound(line, std::mem::take(&mut row.identifiers));
        self.rows.push(row);
    }

    fn sound(&mut self, line: u64, identifiers: Vec<(String, String)>) -> Vec<(String, String)> {
        let mut sound = Vec::new();
        for (scheme, value) in identifiers {
            let long = value.chars().count() > LABEL_MAX || value.chars().any(char::is_control);
            if !crate::acts::is_scheme(&scheme) || value.is_empty() || long {
                let told =
                    format!("identifiant « {} » du registre « {} »", cut(&value, 40), cut(&scheme, 40));
                self.odd(
                    line,
                    "identifiant",
                    format!("{told} : ni code d’org-id.guide ni adresse, ou valeur illisible ; il n’est pas repris"),
                );
            } else if !sound.contains(&(scheme.clone(), value.clone())) {
                sound.push((scheme, value));
            }
        }
        sound
    }

    /// The kind that the text names; that of the settings where it names none, which is told.
    fn kind(&mut self, line: u64, text: &str, settings: &Settings) -> String {
        let chosen = settings.kind.as_deref().filter(|kind| KINDS.contains(kind)).unwrap_or("association");
        match kind_of(text) {
            Some(kind) => kind.to_owned(),
            None => {
                if !text.trim().is_empty() {
                    let told = format!("« {} » n’est pas une sorte connue", cut(text, 40));
                    self.odd(
                        line,
                        "sorte",
                        format!("{told} ; l’organisation est reprise comme « {chosen} »"),
                    );
                }
                chosen.to_owned()
            }
        }
    }
}

/// A year, a month or a day as the register has them; a day as people write it too.
fn founded(text: &str) -> Option<String> {
    let text = text.trim();
    if first_day(text).is_some() {
        return Some(text.to_owned());
    }
    let parts: Vec<&str> = text.split('/').collect();
    let turned = match parts.as_slice() {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        [month, year] => format!("{year}-{month:0>2}"),
        _ => return None,
    };
    first_day(&turned).is_some().then_some(turned)
}

/// The kind that a word of French or English, or of the register itself, names.
fn kind_of(text: &str) -> Option<&'static str> {
    let key = record::directory::sort_key(text);
    if let Some(kind) = KINDS.into_iter().find(|kind| kind.replace('-', " ") == key) {
        return Some(kind);
    }
    let named = |words: &[&str], kind| words.contains(&key.as_str()).then_some(kind);
    named(&["ong", "ngos", "organisation non gouvernementale"], "ngo")
        .or_else(|| named(&["associations", "association declaree", "amicale"], "association"))
        .or_else(|| {
            named(&["faitiere", "coordination", "reseau", "network", "umbrella organisation"], "umbrella")
        })
        .or_else(|| named(&["federation", "union", "fenassoc"], "federation"))
        .or_else(|| named(&["alliance", "coalition", "plateforme", "collectif"], "alliance"))
        .or_else(|| named(&["femmes", "association de femmes", "organisation de femmes"], "women"))
        .or_else(|| named(&["jeunes", "jeunesse", "association de jeunes"], "youth"))
        .or_else(|| named(&["religieuse", "confession", "confessionnelle"], "religious"))
        .or_else(|| named(&["recherche", "institut", "centre de recherche", "think tank"], "research"))
        .or_else(|| named(&["organisme d etat", "organe de l etat", "state body"], "state-body"))
        .or_else(|| named(&["partenaire", "ptf", "bailleur", "donor"], "partner"))
        .or_else(|| named(&["autre", "autres"], "other"))
}

/// What these bytes say of organisations.
///
/// **Shape** any bytes give what was understood of them, or why nothing was. A table where the first sign is neither `{` nor `[`.
///
/// **Errors** a file that is none of the three, or cannot be read; no column for the names; too many organisations.
pub fn understand(bytes: &[u8], settings: &Settings) -> Result<Understood, Refused> {
    let first =
        bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).iter().find(|byte| !byte.is_ascii_whitespace());
    let understood = match first {
        Some(b'{') => popolo::read(&json::text(bytes)?, settings)?,
        Some(b'[') => bods::read(&json::text(bytes)?, settings)?,
        _ => table::read(bytes, settings)?,
    };
    match understood.rows.len() {
        rows if rows > ROWS_MAX => Err(Refused::Many(rows)),
        _ => Ok(understood),
    }
}
