//! The verbs of the institutions: establish and install a body, fill a seat, end a holding, state a vacancy.
//! Pure.

use terms::institutions::{
    BodyEstablished, BodyInstalled, Holder, Interruption, SeatFilled, SeatInterrupted, SeatLeft, Sex,
};
use terms::sittings::{AttendanceTaken, SeatPresence};
use terms::{Bilingual, BodyId, Day, OccupancyId, PlaceId, Precision, SeatCode, SourceId};

/// Why a holder leaves a seat.
pub const LEAVINGS: [&str; 7] =
    ["term-ended", "resigned", "replaced", "removed", "dissolution", "died", "unknown"];

/// Why a seat stands vacant or suspended.
pub const INTERRUPTIONS: [&str; 5] =
    ["dissolution", "special-delegation", "suspended-by-event", "not-designated", "unknown"];

/// The most places of one seat whose number the text does not give.
pub const ORDINAL_MAX: u16 = 500;

/// What a person can mend in an act of this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The day is to come.
    Future(&'static str),
    /// The body did not exist on that day; since when it does.
    BeforeBody(&'static str, Day),
    /// The body exists no more on that day; since when.
    AfterBody(&'static str, Day),
    /// Installed already, and the day is known exactly.
    InstalledAlready(Day),
    /// Texts give no such seat to bodies of this kind.
    SeatUnknown,
    /// The seat has so many places and no more, counted from 1.
    OrdinalBeyond(u16),
    /// The seat did not exist on that day; since when it does.
    BeforeSeat(&'static str, Day),
    /// Another holding of this place meets this one in time.
    HeldAlready,
    /// The seat is for this sex.
    SexReserved(Sex),
    /// The end is not after the beginning.
    EndedBeforeBegun(&'static str),
    /// An end without its reason, or the reverse.
    EndWithoutReason,
    /// Not a reason of the list.
    ReasonUnknown,
    /// No such holding in this body.
    HoldingUnknown,
    /// The holding has ended; when.
    EndedAlready(Day),
    /// Somebody holds the seat on that day.
    StillHeld,
    /// No such kind of body.
    KindUnknown,
    /// The place is not of the level that the kind serves.
    LevelOther,
    /// The place has a body of this kind.
    Taken,
    /// The body has no such sitting.
    SittingUnknown,
    /// Nothing is said of any seat.
    NobodySaid,
    /// More seats were taken than there were people, as the sitting says.
    MoreThanPresent(u16),
    /// What somebody else says of a body needs its source.
    SourceMissing,
}

impl Refusal {
    fn field(&self) -> &'static str {
        match self {
            Self::Future(field)
            | Self::BeforeBody(field, _)
            | Self::AfterBody(field, _)
            | Self::BeforeSeat(field, _)
            | Self::EndedBeforeBegun(field) => field,
            Self::InstalledAlready(_) | Self::EndedAlready(_) => "jour",
            Self::SeatUnknown => "siege",
            Self::OrdinalBeyond(_) | Self::HeldAlready | Self::StillHeld => "rang",
            Self::SexReserved(_) => "sexe",
            Self::EndWithoutReason | Self::ReasonUnknown => "motif",
            Self::HoldingUnknown => "titulaire",
            Self::KindUnknown => "sorte",
            Self::LevelOther | Self::Taken => "lieu",
            Self::SittingUnknown => "reunion",
            Self::NobodySaid | Self::MoreThanPresent(_) => "presence",
            Self::SourceMissing => "source",
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Self::Future(_) => "institutions-refused-future",
            Self::BeforeBody(..) => "institutions-refused-before-body",
            Self::AfterBody(..) => "institutions-refused-after-body",
            Self::InstalledAlready(_) => "institutions-refused-installed",
            Self::SeatUnknown => "institutions-refused-seat",
            Self::OrdinalBeyond(_) => "institutions-refused-ordinal",
            Self::BeforeSeat(..) => "institutions-refused-before-seat",
            Self::HeldAlready => "institutions-refused-held",
            Self::SexReserved(Sex::Female) => "institutions-refused-female",
            Self::SexReserved(Sex::Male) => "institutions-refused-male",
            Self::EndedBeforeBegun(_) => "institutions-refused-ended-first",
            Self::EndWithoutReason => "institutions-refused-no-reason",
            Self::ReasonUnknown => "institutions-refused-reason",
            Self::HoldingUnknown => "institutions-refused-holding",
            Self::EndedAlready(_) => "institutions-refused-ended",
            Self::StillHeld => "institutions-refused-still-held",
            Self::KindUnknown => "institutions-refused-kind",
            Self::LevelOther => "institutions-refused-level",
            Self::Taken => "institutions-refused-taken",
            Self::SittingUnknown => "institutions-refused-sitting",
            Self::NobodySaid => "institutions-refused-nobody-said",
            Self::MoreThanPresent(_) => "institutions-refused-more-than-present",
            Self::SourceMissing => "institutions-refused-source-missing",
        }
    }

    fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::BeforeBody(_, day)
            | Self::AfterBody(_, day)
            | Self::BeforeSeat(_, day)
            | Self::InstalledAlready(day)
            | Self::EndedAlready(day) => vec![("day", day.strftime("%d/%m/%Y").to_string())],
            Self::OrdinalBeyond(most) | Self::MoreThanPresent(most) => vec![("most", most.to_string())],
            _ => Vec::new(),
        }
    }
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        Self { field: refusal.field().to_owned(), key: refusal.key(), arguments: refusal.arguments() }
    }
}

/// What acts must know of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyFacts {
    /// Which.
    pub id: BodyId,
    /// First day it exists; unknown where absent.
    pub from: Option<Day>,
    /// First day it exists no more.
    pub to: Option<Day>,
    /// When it was installed, and how exactly that is known.
    pub installed: Option<(Day, Precision)>,
}

impl BodyFacts {
    /// The day is no day to come and one of the body's.
    fn day(&self, field: &'static str, day: Day, today: Day, refusals: &mut Vec<Refusal>) {
        if day > today {
            refusals.push(Refusal::Future(field));
        }
        if let Some(from) = self.from.filter(|from| day < *from) {
            refusals.push(Refusal::BeforeBody(field, from));
        }
        if let Some(to) = self.to.filter(|to| day >= *to) {
            refusals.push(Refusal::AfterBody(field, to));
        }
    }
}

/// What acts must know of a seat of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatFacts {
    /// How many places; unknown where absent.
    pub count: Option<u16>,
    /// For which sex it is kept.
    pub sex: Option<Sex>,
    /// First day of the seat.
    pub since: Option<Day>,
    /// Every holding of the seat: its place, first day, first day no more.
    pub holdings: Vec<(u16, Option<Day>, Option<Day>)>,
}

impl SeatFacts {
    fn place(&self, ordinal: u16, refusals: &mut Vec<Refusal>) {
        let most = self.count.unwrap_or(ORDINAL_MAX);
        if ordinal == 0 || ordinal > most {
            refusals.push(Refusal::OrdinalBeyond(most));
        }
    }
}

/// A new body, as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Establishing {
    /// Its id.
    pub id: BodyId,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: Bilingual,
    /// The place it serves.
    pub place: Option<PlaceId>,
    /// First day; unknown where absent.
    pub from: Option<Day>,
    /// Whence.
    pub source: Option<SourceId>,
    /// What a reader must know.
    pub note: Option<String>,
}

/// What the record knows of the kind and the place of a new body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// The level the kind serves; `None` when the kind itself is not known.
    pub kind_level: Option<Option<String>>,
    /// The level of the place, where one is given.
    pub place_level: Option<String>,
    /// Whether the place has a body of this kind.
    pub taken: bool,
    /// Whether the place is part of an exercise; the body then is too.
    pub exercise: bool,
}

/// The body exists in the texts.
///
/// **Errors** an unknown kind; a place of another level; a place that has such a body; a first day to come.
pub fn establish(ground: &Ground, asked: Establishing, today: Day) -> Result<BodyEstablished, Vec<Refusal>> {
    let mut refusals = Vec::new();
    match &ground.kind_level {
        None => refusals.push(Refusal::KindUnknown),
        Some(Some(level)) if ground.place_level.as_ref().is_some_and(|place| place != level) => {
            refusals.push(Refusal::LevelOther);
        }
        Some(_) => {}
    }
    if ground.taken {
        refusals.push(Refusal::Taken);
    }
    if asked.from.is_some_and(|from| from > today) {
        refusals.push(Refusal::Future("jour"));
    }
    or(refusals, || {
        let Establishing { id, kind, name, place, from, source, note } = asked;
        BodyEstablished { id, kind, name, place, from, to: None, source, note, exercise: ground.exercise }
    })
}

/// An installation, as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installing {
    /// When.
    pub on: Day,
    /// How exactly that is known.
    pub precision: Precision,
    /// Whence.
    pub source: Option<SourceId>,
    /// What a reader must know.
    pub note: Option<String>,
}

/// The body was installed. A day known less exactly may be stated again.
///
/// **Errors** a day to come; outside the body's time; installed already on a day known exactly.
pub fn install(body: &BodyFacts, asked: Installing, today: Day) -> Result<BodyInstalled, Vec<Refusal>> {
    let mut refusals = Vec::new();
    body.day("jour", asked.on, today, &mut refusals);
    if let Some((on, Precision::Day)) = body.installed {
        refusals.push(Refusal::InstalledAlready(on));
    }
    or(refusals, || {
        let Installing { on, precision, source, note } = asked;
        BodyInstalled { body: body.id.clone(), on, precision, source, note }
    })
}

/// A holding, as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    /// Its id.
    pub id: OccupancyId,
    /// Which seat.
    pub seat: SeatCode,
    /// Which of several places, from 1.
    pub ordinal: u16,
    /// Who.
    pub holder: Holder,
    /// The holder's sex.
    pub sex: Option<Sex>,
    /// Whether the holder counts as young.
    pub youth: Option<bool>,
    /// First day; unknown where absent.
    pub from: Option<Day>,
    /// First day no more, for a holding of the past.
    pub to: Option<Day>,
    /// Why it ended.
    pub reason: Option<String>,
    /// Whence.
    pub source: Option<SourceId>,
}

/// The seat is filled; where an end is given, it was, and is left again. `own` says that the body itself says so, which is a source.
///
/// **Errors** `seat` absent; no source, where somebody else says so; a place beyond the seat's number; a day to come, outside the body's time or
/// before the seat's; another holding of the place in that time; the other sex; an end not after the
/// beginning, or without reason.
pub fn fill(
    body: &BodyFacts,
    seat: Option<&SeatFacts>,
    asked: Filling,
    own: bool,
    today: Day,
) -> Result<(SeatFilled, Option<SeatLeft>), Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !own && asked.source.is_none() {
        refusals.push(Refusal::SourceMissing);
    }
    if let Some(from) = asked.from {
        body.day("depuis", from, today, &mut refusals);
    }
    match seat {
        None => refusals.push(Refusal::SeatUnknown),
        Some(seat) => seat_takes(seat, &asked, &mut refusals),
    }
    match (asked.to, &asked.reason) {
        (Some(_), None) | (None, Some(_)) => refusals.push(Refusal::EndWithoutReason),
        (_, Some(reason)) if !LEAVINGS.contains(&reason.as_str()) => refusals.push(Refusal::ReasonUnknown),
        _ => {}
    }
    if let Some(to) = asked.to {
        ending(to, asked.from, "jusqu", today, &mut refusals);
    }
    or(refusals, || {
        let Filling { id, seat, ordinal, holder, sex, youth, from, to, reason, source } = asked;
        let left = to.zip(reason).map(|(on, reason)| SeatLeft {
            occupancy: id.clone(),
            on,
            precision: None,
            reason,
            source: source.clone(),
        });
        let body = body.id.clone();
        (SeatFilled { id, body, seat, ordinal, holder, sex, youth, from, precision: None, source }, left)
    })
}

fn seat_takes(seat: &SeatFacts, asked: &Filling, refusals: &mut Vec<Refusal>) {
    seat.place(asked.ordinal, refusals);
    if let (Some(since), Some(from)) = (seat.since, asked.from)
        && from < since
    {
        refusals.push(Refusal::BeforeSeat("depuis", since));
    }
    // Two times meet unless one is over when the other begins.
    let over = |to: Option<Day>, from: Option<Day>| to.zip(from).is_some_and(|(to, from)| to <= from);
    let meets = |(ordinal, from, to): &(u16, Option<Day>, Option<Day>)| {
        *ordinal == asked.ordinal && !over(*to, asked.from) && !over(asked.to, *from)
    };
    if seat.holdings.iter().any(meets) {
        refusals.push(Refusal::HeldAlready);
    }
    if let (Some(kept), Some(sex)) = (seat.sex, asked.sex)
        && kept != sex
    {
        refusals.push(Refusal::SexReserved(kept));
    }
}

fn ending(to: Day, from: Option<Day>, field: &'static str, today: Day, refusals: &mut Vec<Refusal>) {
    if to > today {
        refusals.push(Refusal::Future(field));
    }
    if from.is_some_and(|from| to <= from) {
        refusals.push(Refusal::EndedBeforeBegun(field));
    }
}

/// What acts must know of a holding that ends: its first day and its end, if it has one.
pub type HoldingFacts = (Option<Day>, Option<Day>);

/// The holder has left the seat.
///
/// **Errors** `holding` absent; ended already; a day to come or not after the first; a reason not on the
/// list.
pub fn end(holding: Option<HoldingFacts>, asked: SeatLeft, today: Day) -> Result<SeatLeft, Vec<Refusal>> {
    let mut refusals = Vec::new();
    match holding {
        None => refusals.push(Refusal::HoldingUnknown),
        Some((_, Some(to))) => refusals.push(Refusal::EndedAlready(to)),
        Some((from, None)) => ending(asked.on, from, "jour", today, &mut refusals),
    }
    if !LEAVINGS.contains(&asked.reason.as_str()) {
        refusals.push(Refusal::ReasonUnknown);
    }
    or(refusals, || asked)
}

/// The seat stands vacant or suspended. The same statement again, with its end, ends it.
///
/// **Errors** `seat` absent; a place beyond the seat's number; a day to come or outside the body's time; an
/// end not after the beginning; a reason not on the list; a vacancy while somebody holds the seat.
pub fn interrupt(
    body: &BodyFacts,
    seat: Option<&SeatFacts>,
    asked: SeatInterrupted,
    today: Day,
) -> Result<SeatInterrupted, Vec<Refusal>> {
    let mut refusals = Vec::new();
    body.day("depuis", asked.from, today, &mut refusals);
    if let Some(to) = asked.to {
        ending(to, Some(asked.from), "jusqu", today, &mut refusals);
    }
    if !INTERRUPTIONS.contains(&asked.reason.as_str()) {
        refusals.push(Refusal::ReasonUnknown);
    }
    match seat {
        None => refusals.push(Refusal::SeatUnknown),
        Some(seat) => {
            if let Some(ordinal) = asked.ordinal {
                seat.place(ordinal, &mut refusals);
            }
            let holds = |(ordinal, from, to): &(u16, Option<Day>, Option<Day>)| {
                asked.ordinal.is_none_or(|one| one == *ordinal)
                    && from.is_none_or(|from| from <= asked.from)
                    && to.is_none_or(|to| to > asked.from)
            };
            if asked.state == Interruption::Vacant && seat.holdings.iter().any(holds) {
                refusals.push(Refusal::StillHeld);
            }
        }
    }
    or(refusals, || asked)
}

/// Who came to the sitting, seat by seat, is to be on the record. `sitting` says how many were present, as the sitting itself does;
/// `seats` are the places of the body's seats.
///
/// **Errors** `sitting` absent; no seat of which anything is said; a seat or a place of it that the body has not; more seats taken than
/// there were people.
pub fn attend(
    sitting: Option<Option<u16>>,
    seats: &[(SeatCode, u16)],
    asked: AttendanceTaken,
) -> Result<AttendanceTaken, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if sitting.is_none() {
        refusals.push(Refusal::SittingUnknown);
    }
    if asked.seats.is_empty() {
        refusals.push(Refusal::NobodySaid);
    }
    let has =
        |one: &SeatPresence| seats.iter().any(|(seat, place)| *seat == one.seat && *place == one.ordinal);
    if !asked.seats.iter().all(has) {
        refusals.push(Refusal::SeatUnknown);
    }
    let there = asked.seats.iter().filter(|one| one.presence.is_there()).count();
    if let Some(present) = sitting.flatten().filter(|present| there > usize::from(*present)) {
        refusals.push(Refusal::MoreThanPresent(present));
    }
    or(refusals, || asked)
}

fn or<T>(refusals: Vec<Refusal>, good: impl FnOnce() -> T) -> Result<T, Vec<Refusal>> {
    if refusals.is_empty() { Ok(good()) } else { Err(refusals) }
}
