//! A pack, read whole: every fault is found before anything is used.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use terms::instance::{
    ClockRuleSet, FeastSet, FeastYearsKnown, Founded, PauseCauseSet, SourceCited, ThemeSet,
};
use terms::institutions::{
    BodyEstablished, BodyInstalled, CompositionStated, CountStated, EventDated, LevelSet, PlaceCoded,
    PlaceJoined, PlaceNamed, RequiredStated, SeatInterrupted, SeatSet, TallyStated,
};
use terms::organisations::{
    LegalFormSet, ObligationSet, OrganisationIdentified, OrganisationJoined, OrganisationRecognised,
    OrganisationRegistered, OrganisationStatusStated, OrganisationWorks, RestrictionStated, TieStated,
};
use terms::{Day, Instant, PlaceId};

use crate::fault::Faults;
use crate::figures::Meeting;
use crate::institutions::{Kind, check_chairs, kind_of};
use crate::seats::Occupancy;
use crate::settings::{Settings, check_names};
use crate::sheet::{Ids, Reading};
use crate::{
    Files, PackFault, clocks, feasts, figures, institutions, obligations, register, seats, settings,
    territory,
};

/// A fact with the day on which it could be read; unknown where absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// The cell `known_on`.
    pub known_on: Option<Day>,
    /// What is said.
    pub word: T,
}

/// A country's reform as data, without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The country as a whole.
    pub settings: Settings,
    /// Levels, the country first.
    pub levels: Vec<LevelSet>,
    /// Sources that facts cite.
    pub sources: Vec<SourceCited>,
    /// Places, the largest first.
    pub places: Vec<PlaceNamed>,
    /// Which place lies in which.
    pub parents: Vec<PlaceJoined>,
    /// Codes of places.
    pub codes: Vec<PlaceCoded>,
    /// Kinds of body.
    pub kinds: Vec<Kind>,
    /// How many bodies the texts require.
    pub required: Vec<RequiredStated>,
    /// Bodies: those named one by one, then those generated for each place.
    pub bodies: Vec<BodyEstablished>,
    /// Organisations.
    pub organisations: Vec<OrganisationRegistered>,
    /// Members of umbrellas.
    pub members: Vec<OrganisationJoined>,
    /// What is said of organisations' standing, version by version.
    pub statuses: Vec<OrganisationStatusStated>,
    /// Identifiers of organisations.
    pub identifiers: Vec<OrganisationIdentified>,
    /// Legal forms of the country's law.
    pub legal_forms: Vec<LegalFormSet>,
    /// Recognitions in a legal form, with their receipts.
    pub recognitions: Vec<OrganisationRecognised>,
    /// Where and on what organisations work.
    pub work: Vec<OrganisationWorks>,
    /// What is said of organisations' ties to the State and to donors.
    pub ties: Vec<TieStated>,
    /// What weighs on organisations.
    pub restrictions: Vec<RestrictionStated>,
    /// What is asked of organisations by a day.
    pub obligations: Vec<ObligationSet>,
    /// Seats of each kind of body.
    pub seats: Vec<SeatSet>,
    /// Installed bodies.
    pub installations: Vec<BodyInstalled>,
    /// Who holds a seat.
    pub occupancies: Vec<Dated<Occupancy>>,
    /// Seats that stand vacant or suspended.
    pub interruptions: Vec<Dated<SeatInterrupted>>,
    /// Meetings that sources report.
    pub sittings: Vec<Dated<Meeting>>,
    /// Published counts.
    pub counts: Vec<Dated<CountStated>>,
    /// Published compositions.
    pub compositions: Vec<Dated<CompositionStated>>,
    /// Published states of execution.
    pub tallies: Vec<Dated<TallyStated>>,
    /// The time line.
    pub events: Vec<EventDated>,
    /// Feasts.
    pub feasts: Vec<FeastSet>,
    /// Years for which movable feasts are dated.
    pub feast_years: Vec<FeastYearsKnown>,
    /// Clocks.
    pub clocks: Vec<ClockRuleSet>,
    /// Causes for which a clock may stand still.
    pub pause_causes: Vec<PauseCauseSet>,
    /// Themes.
    pub themes: Vec<ThemeSet>,
}

/// The ids given so far, for those who refer to them.
pub(crate) struct Known {
    pub(crate) sources: Ids,
    pub(crate) levels: Ids,
    pub(crate) places: Ids,
    pub(crate) kinds: Ids,
    pub(crate) bodies: Ids,
    pub(crate) organisations: Ids,
}

impl Known {
    fn nothing() -> Self {
        Self {
            sources: Ids::new("n’est pas une source de sources.csv"),
            levels: Ids::new("n’est pas un niveau de pack.toml"),
            places: Ids::new("n’est pas un lieu de places.csv"),
            kinds: Ids::new("n’est pas une sorte d’organe de body_kinds.csv"),
            bodies: Ids::new("n’est ni un organe de bodies.csv, ni un organe engendré"),
            organisations: Ids::new("n’est pas une organisation de organisations.csv"),
        }
    }
}

impl Pack {
    /// Everything the pack says, each id it refers to given once, each day a day, each word one that is
    /// admitted, and nothing reported of a day that has not come in the pack's zone.
    ///
    /// **Errors** every fault of every file, [`FAULTS_MAX`](crate::FAULTS_MAX) at most. A TOML file tells the
    /// first of its faults of form, or all its faults of meaning.
    pub fn read(files: &dyn Files, now: Instant) -> Result<Self, Vec<PackFault>> {
        let today = TimeZone::UTC.to_datetime(now).date();
        let mut reading = Reading { files, today, faults: Faults::default() };
        let pack = read(&mut reading, now);
        let faults = reading.faults.into_list();
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }

    /// The first entry of an instance made from this pack. Its key is left empty: the record has it.
    #[must_use]
    pub fn founded(&self) -> Founded {
        let settings = &self.settings;
        Founded {
            origin: settings.origin.clone(),
            verifier_key: String::new(),
            custodians: settings.custodians.clone(),
            pack: settings.id.clone(),
            title: settings.title.clone(),
            country: settings.country.clone(),
            zone: settings.zone.clone(),
            weekend: settings.weekend.clone(),
        }
    }

    /// The country itself: the place of the level that has rank 0.
    #[must_use]
    pub fn country_place(&self) -> Option<&PlaceNamed> {
        let country = self.levels.iter().find(|level| level.rank == 0)?;
        self.places.iter().find(|place| place.level == country.id)
    }

    /// The rank of a level: 0 is the country.
    #[must_use]
    pub fn rank_of(&self, level: &str) -> Option<u8> {
        self.levels.iter().find(|found| found.id == level).map(|level| level.rank)
    }
}

/// The files in the order in which they refer to one another. Whoever has a fault is still read to the end.
fn read(reading: &mut Reading<'_>, now: Instant) -> Pack {
    let mut known = Known::nothing();
    let (settings, levels) = settings::read(reading, &mut known.levels);
    if let Ok(zone) = TimeZone::get(&settings.zone) {
        reading.today = zone.to_datetime(now).date();
    }
    let sources = territory::sources(reading, &mut known);
    let mut places = territory::places(reading, &mut known);
    let ranks = largest_first(&levels, &mut places);
    let parents = territory::parents(reading, &known, &ranks);
    let codes = territory::codes(reading, &known);
    let kinds = institutions::kinds(reading, &mut known);
    check_names(reading, &settings, &known.kinds);
    let required = institutions::required(reading, &known, &kinds);
    let bodies = institutions::bodies(reading, &mut known, &settings, &kinds, &places);
    let (organisations, mut statuses) = register::organisations(reading, &mut known);
    let members = register::members(reading, &known);
    statuses.extend(register::statuses(reading, &known));
    let (identifiers, legal_forms, recognitions) = register::numbered(reading, &known);
    let ties = register::ties(reading, &known);
    let (seats, seat_codes) = seats::seats(reading, &known);
    check_chairs(reading, &kinds, |kind, code| seat_codes.has(kind, code));
    let by_id = kind_of(&bodies);
    let installations = seats::installations(reading, &known, &by_id);
    let occupancies = seats::occupancies(reading, &known, &by_id, &seat_codes);
    let interruptions = seats::interruptions(reading, &known, &by_id, &seat_codes);
    let sittings = figures::sittings(reading, &known);
    let counts = figures::counts(reading, &known);
    let compositions = figures::compositions(reading, &known, &by_id);
    let tallies = figures::tallies(reading, &known);
    let events = figures::events(reading, &known);
    let (feasts, complete) = feasts::feasts(reading, &known);
    let feast_years = feasts::years(reading, &feasts, complete);
    let (clocks, pause_causes) = clocks::read(reading, &known);
    let themes = feasts::themes(reading);
    Pack {
        settings,
        levels,
        sources,
        places,
        parents,
        codes,
        kinds,
        required,
        bodies,
        organisations,
        members,
        statuses,
        identifiers,
        legal_forms,
        recognitions,
        work: register::work(reading, &known, &themes),
        ties,
        restrictions: register::restrictions(reading, &known),
        obligations: obligations::obligations(reading, &known),
        seats,
        installations,
        occupancies,
        interruptions,
        sittings,
        counts,
        compositions,
        tallies,
        events,
        feasts,
        feast_years,
        clocks,
        pause_causes,
        themes,
    }
}

/// The rank of each place; the places are in the order of their ranks.
fn largest_first(levels: &[LevelSet], places: &mut [PlaceNamed]) -> HashMap<PlaceId, u8> {
    let rank_of: HashMap<&str, u8> = levels.iter().map(|level| (level.id.as_str(), level.rank)).collect();
    let rank = |place: &PlaceNamed| rank_of.get(place.level.as_str()).copied();
    places.sort_by_key(rank);
    places.iter().filter_map(|place| Some((place.id.clone(), rank(place)?))).collect()
}
