//! Words of `institutions`: places, bodies, seats, who holds them, and facts counted by others.

use serde::{Deserialize, Serialize};

use crate::{
    Bilingual, BodyId, Day, Enclosed, Mark, OccupancyId, OrganisationId, PlaceId, Precision, SeatCode,
    SourceId,
};

/// A level of the territory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelSet {
    /// Its id (`region`).
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// 0 is the country.
    pub rank: u8,
}

/// A place exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceNamed {
    /// Its id.
    pub id: PlaceId,
    /// Its level.
    pub level: String,
    /// Its name.
    pub name: String,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// First day it exists; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day it exists no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Latitude in hundredths of a degree: a commune's centre, never finer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat_e2: Option<i32>,
    /// Longitude in hundredths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon_e2: Option<i32>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// Part of an exercise: fictional, marked on every page, counted in no real figure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// A place lies in another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceJoined {
    /// The smaller.
    pub place: PlaceId,
    /// The larger.
    pub parent: PlaceId,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A place has a code in a scheme. Schemes collide (ML09 is Bamako for one, another region for the next): never a bare code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceCoded {
    /// The place.
    pub place: PlaceId,
    /// `OCHA_COD`, `LOI2023`, `ISO3166_2`, …
    pub scheme: String,
    /// The code.
    pub value: String,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A kind of body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyKindSet {
    /// Its id (`ccsr`).
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// The level it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// `steering`, `executive`, `cell`, `consultative`, `authority`, `oversight`, `legislature`, …
    pub function: String,
    /// Whether a text requires one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// `month` or `quarter`: how often the rule has it meet; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meets_every: Option<String>,
    /// The seat whose holder presides; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<SeatCode>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// How many bodies of a kind the text requires, as a sourced fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredStated {
    /// Kind of body.
    pub kind: String,
    /// How many.
    pub count: u32,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A body exists in the texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyEstablished {
    /// Its id.
    pub id: BodyId,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: Bilingual,
    /// The place it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceId>,
    /// First day it is required or exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Part of an exercise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// A body was installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyInstalled {
    /// Which.
    pub body: BodyId,
    /// When.
    pub on: Day,
    /// How exactly the day is known.
    pub precision: Precision,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a seat is meant to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeatKind {
    /// Whoever holds an office.
    ExOfficio,
    /// Someone of a category (`women's associations`).
    Category,
    /// An organisation the text names.
    Nominative,
}

impl SeatKind {
    /// The word in tables and pack cells.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ExOfficio => "ex-officio",
            Self::Category => "category",
            Self::Nominative => "nominative",
        }
    }
}

/// Who may hold a seat, by sex, where the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// A woman.
    Female,
    /// A man.
    Male,
}

impl Sex {
    /// The word in tables and pack cells.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// A seat that a text gives to every body of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatSet {
    /// Kind of body.
    pub body_kind: String,
    /// Code within the kind.
    pub code: SeatCode,
    /// Its name.
    pub name: Bilingual,
    /// How it is meant to be filled.
    pub kind: SeatKind,
    /// `civil-society`, `forces`, `elected`, …
    pub constituency: String,
    /// How many such seats; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
    /// How the number is found where it varies (`one-per-cercle`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_rule: Option<String>,
    /// Who designates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designating_party: Option<String>,
    /// Whether who designates is an authority under oversight; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overseen_authority: Option<bool>,
    /// Reserved for one sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The organisation a nominative seat names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nominee: Option<OrganisationId>,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Where the text can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How sure the seat is.
    pub confidence: Mark,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// Who holds a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Holder {
    /// Whoever holds an office.
    Office {
        /// The office.
        body: BodyId,
    },
    /// An organisation, by whomever it sends.
    Organisation {
        /// Which.
        organisation: OrganisationId,
        /// The name of the person sent, if public.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Enclosed>,
    },
    /// A person by name.
    Person {
        /// The name.
        name: Enclosed,
    },
    /// Known to be filled; by whom is not known.
    Unnamed,
}

/// A seat was filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatFilled {
    /// This holding.
    pub id: OccupancyId,
    /// The body.
    pub body: BodyId,
    /// The seat.
    pub seat: SeatCode,
    /// Which of several such seats, from 1.
    pub ordinal: u16,
    /// By whom.
    pub holder: Holder,
    /// The holder's sex; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Whether the holder counts as young in the pack's sense; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub youth: Option<bool>,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// How exactly the first day is known; the day itself where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A holder left a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatLeft {
    /// Which holding ended.
    pub occupancy: OccupancyId,
    /// First day no more held.
    pub on: Day,
    /// How exactly it is known; the day itself where absent. Of a year, the first day of the next is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// `term-ended`, `resigned`, `replaced`, `dissolution`, `died`, `unknown`.
    pub reason: String,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// How a seat stands without a holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interruption {
    /// Nobody holds it.
    Vacant,
    /// Its right to sit is suspended or has lost its ground.
    Suspended,
}

impl Interruption {
    /// The word in tables and pack cells.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vacant => "vacant",
            Self::Suspended => "suspended",
        }
    }
}

/// A seat stands vacant or suspended for a stated reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatInterrupted {
    /// The body.
    pub body: BodyId,
    /// The seat.
    pub seat: SeatCode,
    /// Which of several; all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u16>,
    /// Vacant or suspended.
    pub state: Interruption,
    /// `dissolution`, `suspended-by-event`, `special-delegation`, …
    pub reason: String,
    /// First day.
    pub from: Day,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A count that a source gives where the names behind it are not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountStated {
    /// What is counted (`installed-bodies`).
    pub subject: String,
    /// Among what (a kind of body).
    pub scope: String,
    /// On which day.
    pub on: Day,
    /// The count.
    pub value: u32,
    /// Out of how many, as the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How many members a body had, and how many were women or young, as a source counted them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompositionStated {
    /// The body.
    pub body: BodyId,
    /// On which day.
    pub on: Day,
    /// All members.
    pub members: u32,
    /// Women among them; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<u32>,
    /// Young people among them; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub youth: Option<u32>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How far a set of recommendations or activities had come, as an official or civil-society source counted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TallyStated {
    /// Which set (`cinsere`).
    pub set: String,
    /// Which part of it (`all`, `priority`).
    pub class: String,
    /// On which day.
    pub on: Day,
    /// All items.
    pub total: u32,
    /// Items done; unknown where absent. Never added to those under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<u32>,
    /// Items under way; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_way: Option<u32>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A dated fact of the reform's time line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDated {
    /// When.
    pub on: Day,
    /// How exactly the day is known.
    pub precision: Precision,
    /// What happened, in one sentence.
    pub what: Bilingual,
    /// `law`, `decree`, `body`, `strategy`, `agreement`, `evaluation`, …
    pub kind: String,
    /// Where, if in one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceId>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}
