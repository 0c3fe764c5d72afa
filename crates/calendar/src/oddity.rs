//! What an iCalendar file held that was not understood, or not taken.

use crate::Day;
use serde::{Deserialize, Serialize};

/// One thing in an imported file that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Oddity {
    /// The line of the file, from 1; of a folded line, the first.
    pub line: usize,
    /// What it is, as data.
    pub odd: Odd,
    /// What it is and what was done, in French.
    pub message: String,
}

impl Oddity {
    pub(crate) fn new(line: usize, odd: Odd) -> Oddity {
        let message = odd.fr();
        Oddity { line, odd, message }
    }

    /// What it is and what was done, in English.
    pub fn message_en(&self) -> String {
        self.odd.en()
    }
}

/// The kinds of oddity. Where it says "not taken", no feast came of the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "text", rename_all = "kebab-case")]
pub enum Odd {
    /// The file has no `BEGIN:VCALENDAR`.
    NoCalendar,
    /// The line is not `NAME:value`.
    NotContent,
    /// A line or event stands outside `VCALENDAR`; an event is read all the same.
    Outside,
    /// A component that says nothing of feasts; not read.
    Component(String),
    /// A component opened here and never closed; an event is not taken.
    Unclosed(String),
    /// An `END` that closes nothing.
    Unopened(String),
    /// A calendar scale other than Gregorian; days are read as Gregorian.
    Scale(String),
    /// A version other than 2.0; read as 2.0.
    Version(String),
    /// A property that may change the days and is not read here.
    Property(String),
    /// A property given twice in one event; the first is kept.
    Repeated(String),
    /// An event without a first day; not taken.
    NoStart,
    /// An event without a name; not taken.
    NoSummary,
    /// Not a day of eight digits.
    NotADay(String),
    /// The end is not after the first day; read as one day.
    EndNotAfter(Day),
    /// A duration that is not whole days or weeks, or stands beside an end; not read.
    Duration(String),
    /// An event longer than [`crate::LONGEST_EVENT`] days; not taken.
    TooLong(u32),
    /// A repetition that is not "every year"; only the first occurrence is taken.
    Repetition(String),
    /// A cancelled event; not taken.
    Cancelled,
    /// An event told as tentative; taken.
    Tentative,
}

impl Odd {
    fn fr(&self) -> String {
        match self {
            Odd::NoCalendar => "le fichier ne contient pas BEGIN:VCALENDAR".into(),
            Odd::NotContent => "ligne illisible : « NOM:valeur » attendu ; ligne laissée".into(),
            Odd::Outside => "hors de VCALENDAR".into(),
            Odd::Component(name) => format!("composant {name} : ne dit rien des fêtes, non lu"),
            Odd::Unclosed(name) => format!("composant {name} jamais fermé ; non repris"),
            Odd::Unopened(name) => format!("END:{name} ne ferme rien ; ligne laissée"),
            Odd::Scale(scale) => format!("calendrier {scale} : les jours sont lus comme grégoriens"),
            Odd::Version(version) => format!("version {version} : lue comme la version 2.0"),
            Odd::Property(name) => format!("propriété {name} : non lue, vérifier les jours de cette fête"),
            Odd::Repeated(name) => format!("propriété {name} répétée : la première est gardée"),
            Odd::NoStart => "événement sans premier jour lisible (DTSTART) ; non repris".into(),
            Odd::NoSummary => "événement sans nom (SUMMARY) ; non repris".into(),
            Odd::NotADay(value) => format!("« {value} » n'est pas un jour (AAAAMMJJ) ; non lu"),
            Odd::EndNotAfter(end) => {
                format!("la fin ({end}, exclue) ne suit pas le premier jour ; lu comme un seul jour")
            }
            Odd::Duration(value) => {
                format!("durée « {value} » : des jours ou semaines entiers, sans DTEND, attendus ; non lue")
            }
            Odd::TooLong(days) => format!("événement de {days} jours : trop long pour une fête ; non repris"),
            Odd::Repetition(rule) => {
                format!("répétition « {rule} » non comprise : seule la première occurrence est reprise")
            }
            Odd::Cancelled => "événement annulé ; non repris".into(),
            Odd::Tentative => "événement incertain (TENTATIVE) ; repris, à vérifier".into(),
        }
    }

    fn en(&self) -> String {
        match self {
            Odd::NoCalendar => "the file has no BEGIN:VCALENDAR".into(),
            Odd::NotContent => "unreadable line: \"NAME:value\" expected; line left".into(),
            Odd::Outside => "outside VCALENDAR".into(),
            Odd::Component(name) => format!("component {name}: says nothing of feasts, not read"),
            Odd::Unclosed(name) => format!("component {name} is never closed; not taken"),
            Odd::Unopened(name) => format!("END:{name} closes nothing; line left"),
            Odd::Scale(scale) => format!("calendar {scale}: days are read as Gregorian"),
            Odd::Version(version) => format!("version {version}: read as version 2.0"),
            Odd::Property(name) => format!("property {name}: not read, check the days of this feast"),
            Odd::Repeated(name) => format!("property {name} repeated: the first is kept"),
            Odd::NoStart => "event without a readable first day (DTSTART); not taken".into(),
            Odd::NoSummary => "event without a name (SUMMARY); not taken".into(),
            Odd::NotADay(value) => format!("\"{value}\" is not a day (YYYYMMDD); not read"),
            Odd::EndNotAfter(end) => {
                format!("the end ({end}, excluded) is not after the first day; read as one day")
            }
            Odd::Duration(value) => {
                format!("duration \"{value}\": whole days or weeks, without DTEND, expected; not read")
            }
            Odd::TooLong(days) => format!("event of {days} days: too long for a feast; not taken"),
            Odd::Repetition(rule) => {
                format!("repetition \"{rule}\" not understood: only the first occurrence is taken")
            }
            Odd::Cancelled => "cancelled event; not taken".into(),
            Odd::Tentative => "tentative event; taken, to be checked".into(),
        }
    }
}
