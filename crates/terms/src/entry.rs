//! The entry: one act as it stands on the record, and its one canonical spelling.

use std::borrow::Cow;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::spelling::Speller;
use crate::{
    BodyId, Commitment, Day, Enclosed, Instant, OrganisationId, PersonId, access, admission, answers,
    canonical, instance, institutions, organisations, recommendations, selection, sittings,
};

/// For whom a person acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case")]
#[serde(try_from = "ActingFor")]
pub enum Behalf {
    /// An organisation.
    Organisation {
        /// Which.
        organisation: OrganisationId,
    },
    /// A committee or office.
    Body {
        /// Which.
        body: BodyId,
    },
    /// Those who keep this instance.
    Instance,
}

/// [`Behalf`] as it is read: a tagged enum would be read twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActingFor {
    r#as: For,
    #[serde(default)]
    organisation: Option<OrganisationId>,
    #[serde(default)]
    body: Option<BodyId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum For {
    Organisation,
    Body,
    Instance,
}

impl TryFrom<ActingFor> for Behalf {
    type Error = &'static str;

    fn try_from(acting: ActingFor) -> Result<Self, Self::Error> {
        match (acting.r#as, acting.organisation, acting.body) {
            (For::Organisation, Some(organisation), None) => Ok(Self::Organisation { organisation }),
            (For::Body, None, Some(body)) => Ok(Self::Body { body }),
            (For::Instance, None, None) => Ok(Self::Instance),
            _ => Err("pour qui l’on a agi n’est pas dit comme il faut"),
        }
    }
}

impl Behalf {
    /// The two cells of a table that say it: what kind, and which (empty for the instance).
    #[must_use]
    pub fn cells(&self) -> (&'static str, &str) {
        match self {
            Self::Organisation { organisation } => ("organisation", organisation.as_str()),
            Self::Body { body } => ("body", body.as_str()),
            Self::Instance => ("instance", ""),
        }
    }

    /// Its one name among parties: `organisation:ID`, `body:ID`, `instance`. Commitments to a seed are hashed with it.
    #[must_use]
    pub fn party_name(&self) -> String {
        match self.cells() {
            (kind, "") => kind.to_owned(),
            (kind, id) => format!("{kind}:{id}"),
        }
    }

    /// What the two cells say; `None` when they say nothing.
    #[must_use]
    pub fn of_cells(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "organisation" => Some(Self::Organisation { organisation: OrganisationId::parse(id).ok()? }),
            "body" => Some(Self::Body { body: BodyId::parse(id).ok()? }),
            "instance" if id.is_empty() => Some(Self::Instance),
            _ => None,
        }
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case")]
#[serde(try_from = "Acting")]
pub enum Actor {
    /// Nobody: a day came.
    Clock,
    /// Those who keep the instance, loading data files.
    Loader,
    /// A person, always on someone's behalf.
    Person {
        /// Who.
        person: PersonId,
        /// For whom.
        behalf: Behalf,
    },
    /// Whoever held the signed link made for an addressee.
    LinkHolder {
        /// The addressee.
        body: BodyId,
    },
}

/// [`Actor`] as it is read: every entry has one, and a tagged enum would be read twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acting {
    r#as: As,
    #[serde(default)]
    person: Option<PersonId>,
    #[serde(default)]
    behalf: Option<Behalf>,
    #[serde(default)]
    body: Option<BodyId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum As {
    Clock,
    Loader,
    Person,
    LinkHolder,
}

impl TryFrom<Acting> for Actor {
    type Error = &'static str;

    fn try_from(acting: Acting) -> Result<Self, Self::Error> {
        match (acting.r#as, acting.person, acting.behalf, acting.body) {
            (As::Clock, None, None, None) => Ok(Self::Clock),
            (As::Loader, None, None, None) => Ok(Self::Loader),
            (As::Person, Some(person), Some(behalf), None) => Ok(Self::Person { person, behalf }),
            (As::LinkHolder, None, None, Some(body)) => Ok(Self::LinkHolder { body }),
            _ => Err("qui a agi n’est pas dit comme il faut"),
        }
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($path:path) = $spelling:literal)*) => {
        /// What an entry says: one of the words of the rooms. Add only.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "word", content = "says", deny_unknown_fields)]
        #[allow(clippy::large_enum_variant)]
        pub enum Word {$(
            $(#[$doc])*
            #[serde(rename = $spelling)]
            $name($path),
        )*}

        impl Word {
            /// Every spelling, in the order of the rooms.
            pub const SPELLINGS: &'static [&'static str] = &[$($spelling),*];

            /// The word's spelling on the record.
            #[must_use]
            pub const fn spelling(&self) -> &'static str {
                match self {$(Self::$name(_) => $spelling,)*}
            }
        }

        /// Reads what a word of this spelling says.
        #[derive(Clone, Copy)]
        pub(crate) struct Saying<'a>(&'a str);

        impl<'de> DeserializeSeed<'de> for Saying<'_> {
            type Value = Word;

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Word, D::Error> {
                match self.0 {
                    $($spelling => <$path>::deserialize(deserializer).map(Word::$name),)*
                    other => Err(D::Error::custom(format_args!("mot inconnu : « {other} »"))),
                }
            }
        }

        /// What the word says, without its spelling.
        pub(crate) struct Says<'a>(pub(crate) &'a Word);

        impl Serialize for Says<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0 {$(Word::$name(says) => says.serialize(serializer),)*}
            }
        }
    };
}

words! {
    /// See [`instance::Founded`].
    RecordFounded(instance::Founded) = "record-founded"
    /// See [`instance::SourceCited`].
    SourceCited(instance::SourceCited) = "source-cited"
    /// See [`instance::FeastSet`].
    FeastSet(instance::FeastSet) = "feast-set"
    /// See [`instance::FeastYearsKnown`].
    FeastYearsKnown(instance::FeastYearsKnown) = "feast-years-known"
    /// See [`instance::ClockRuleSet`].
    ClockRuleSet(instance::ClockRuleSet) = "clock-rule-set"
    /// See [`instance::PauseCauseSet`].
    PauseCauseSet(instance::PauseCauseSet) = "pause-cause-set"
    /// See [`instance::ThemeSet`].
    ThemeSet(instance::ThemeSet) = "theme-set"
    /// See [`instance::EnclosureWithdrawn`].
    EnclosureWithdrawn(instance::EnclosureWithdrawn) = "enclosure-withdrawn"
    /// See [`instance::Succeeded`].
    RecordSucceeded(instance::Succeeded) = "record-succeeded"
    /// See [`access::PersonEnrolled`].
    PersonEnrolled(access::PersonEnrolled) = "person-enrolled"
    /// See [`access::MandateGiven`].
    MandateGiven(access::MandateGiven) = "mandate-given"
    /// See [`access::MandateEnded`].
    MandateEnded(access::MandateEnded) = "mandate-ended"
    /// See [`institutions::LevelSet`].
    LevelSet(institutions::LevelSet) = "level-set"
    /// See [`institutions::PlaceNamed`].
    PlaceNamed(institutions::PlaceNamed) = "place-named"
    /// See [`institutions::PlaceJoined`].
    PlaceJoined(institutions::PlaceJoined) = "place-joined"
    /// See [`institutions::PlaceCoded`].
    PlaceCoded(institutions::PlaceCoded) = "place-coded"
    /// See [`institutions::BodyKindSet`].
    BodyKindSet(institutions::BodyKindSet) = "body-kind-set"
    /// See [`institutions::RequiredStated`].
    RequiredStated(institutions::RequiredStated) = "required-stated"
    /// See [`institutions::BodyEstablished`].
    BodyEstablished(institutions::BodyEstablished) = "body-established"
    /// See [`institutions::BodyInstalled`].
    BodyInstalled(institutions::BodyInstalled) = "body-installed"
    /// See [`institutions::SeatSet`].
    SeatSet(institutions::SeatSet) = "seat-set"
    /// See [`institutions::SeatFilled`].
    SeatFilled(institutions::SeatFilled) = "seat-filled"
    /// See [`institutions::SeatLeft`].
    SeatLeft(institutions::SeatLeft) = "seat-left"
    /// See [`institutions::SeatInterrupted`].
    SeatInterrupted(institutions::SeatInterrupted) = "seat-interrupted"
    /// See [`institutions::CountStated`].
    CountStated(institutions::CountStated) = "count-stated"
    /// See [`institutions::CompositionStated`].
    CompositionStated(institutions::CompositionStated) = "composition-stated"
    /// See [`institutions::TallyStated`].
    TallyStated(institutions::TallyStated) = "tally-stated"
    /// See [`institutions::EventDated`].
    EventDated(institutions::EventDated) = "event-dated"
    /// See [`organisations::OrganisationRegistered`].
    OrganisationRegistered(organisations::OrganisationRegistered) = "organisation-registered"
    /// See [`organisations::OrganisationJoined`].
    OrganisationJoined(organisations::OrganisationJoined) = "organisation-joined"
    /// See [`organisations::OrganisationStatusStated`].
    OrganisationStatusStated(organisations::OrganisationStatusStated) = "organisation-status-stated"
    /// See [`organisations::TieStated`].
    TieStated(organisations::TieStated) = "tie-stated"
    /// See [`organisations::OrganisationReplied`].
    OrganisationReplied(organisations::OrganisationReplied) = "organisation-replied"
    /// See [`organisations::OrganisationIdentified`].
    OrganisationIdentified(organisations::OrganisationIdentified) = "organisation-identified"
    /// See [`organisations::LegalFormSet`].
    LegalFormSet(organisations::LegalFormSet) = "legal-form-set"
    /// See [`organisations::OrganisationRecognised`].
    OrganisationRecognised(organisations::OrganisationRecognised) = "organisation-recognised"
    /// See [`organisations::OrganisationWorks`].
    OrganisationWorks(organisations::OrganisationWorks) = "organisation-works"
    /// See [`organisations::OrganisationsMerged`].
    OrganisationsMerged(organisations::OrganisationsMerged) = "organisations-merged"
    /// See [`organisations::OrganisationsParted`].
    OrganisationsParted(organisations::OrganisationsParted) = "organisations-parted"
    /// See [`organisations::OrganisationsDistinguished`].
    OrganisationsDistinguished(organisations::OrganisationsDistinguished) = "organisations-distinguished"
    /// See [`organisations::RestrictionStated`].
    RestrictionStated(organisations::RestrictionStated) = "restriction-stated"
    /// See [`organisations::FundingDeclared`].
    FundingDeclared(organisations::FundingDeclared) = "funding-declared"
    /// See [`organisations::ExposureStated`].
    ExposureStated(organisations::ExposureStated) = "exposure-stated"
    /// See [`organisations::CapacityAssessed`].
    CapacityAssessed(organisations::CapacityAssessed) = "capacity-assessed"
    /// See [`organisations::ActionPlanned`].
    ActionPlanned(organisations::ActionPlanned) = "action-planned"
    /// See [`organisations::ActionSettled`].
    ActionSettled(organisations::ActionSettled) = "action-settled"
    /// See [`organisations::TrainingAttended`].
    TrainingAttended(organisations::TrainingAttended) = "training-attended"
    /// See [`organisations::ObligationSet`].
    ObligationSet(organisations::ObligationSet) = "obligation-set"
    /// See [`organisations::ObligationMet`].
    ObligationMet(organisations::ObligationMet) = "obligation-met"
    /// See [`admission::SeatRequested`].
    SeatRequested(admission::SeatRequested) = "seat-requested"
    /// See [`admission::SeatRequestAcknowledged`].
    SeatRequestAcknowledged(admission::SeatRequestAcknowledged) = "seat-request-acknowledged"
    /// See [`admission::SeatRequestAnswered`].
    SeatRequestAnswered(admission::SeatRequestAnswered) = "seat-request-answered"
    /// See [`admission::SeatRequestSilenceNoted`].
    SeatRequestSilenceNoted(admission::SeatRequestSilenceNoted) = "seat-request-silence-noted"
    /// See [`admission::SeatRequestReminded`].
    SeatRequestReminded(admission::SeatRequestReminded) = "seat-request-reminded"
    /// See [`admission::SeatRequestWithdrawn`].
    SeatRequestWithdrawn(admission::SeatRequestWithdrawn) = "seat-request-withdrawn"
    /// See [`admission::SeatOffered`].
    SeatOffered(admission::SeatOffered) = "seat-offered"
    /// See [`admission::SeatOfferAnswered`].
    SeatOfferAnswered(admission::SeatOfferAnswered) = "seat-offer-answered"
    /// See [`selection::CallOpened`].
    CallOpened(selection::CallOpened) = "call-opened"
    /// See [`selection::CandidacyFiled`].
    CandidacyFiled(selection::CandidacyFiled) = "candidacy-filed"
    /// See [`selection::CandidacyWithdrawn`].
    CandidacyWithdrawn(selection::CandidacyWithdrawn) = "candidacy-withdrawn"
    /// See [`selection::EligibleListPublished`].
    EligibleListPublished(selection::EligibleListPublished) = "eligible-list-published"
    /// See [`selection::AppealFiled`].
    AppealFiled(selection::AppealFiled) = "appeal-filed"
    /// See [`selection::AppealDecided`].
    AppealDecided(selection::AppealDecided) = "appeal-decided"
    /// See [`selection::PoolFrozen`].
    PoolFrozen(selection::PoolFrozen) = "pool-frozen"
    /// See [`selection::SeedRuleSet`].
    SeedRuleSet(selection::SeedRuleSet) = "seed-rule-set"
    /// See [`selection::SeedCommitted`].
    SeedCommitted(selection::SeedCommitted) = "seed-committed"
    /// See [`selection::SeedRevealed`].
    SeedRevealed(selection::SeedRevealed) = "seed-revealed"
    /// See [`selection::EventValued`].
    EventValued(selection::EventValued) = "event-valued"
    /// See [`selection::PanelDrawn`].
    PanelDrawn(selection::PanelDrawn) = "panel-drawn"
    /// See [`selection::BallotsCounted`].
    BallotsCounted(selection::BallotsCounted) = "ballots-counted"
    /// See [`selection::NominationRecorded`].
    NominationRecorded(selection::NominationRecorded) = "nomination-recorded"
    /// See [`selection::CallCancelled`].
    CallCancelled(selection::CallCancelled) = "call-cancelled"
    /// See [`sittings::SittingHeld`].
    SittingHeld(sittings::SittingHeld) = "sitting-held"
    /// See [`sittings::SittingNotHeld`].
    SittingNotHeld(sittings::SittingNotHeld) = "sitting-not-held"
    /// See [`sittings::AttendanceTaken`].
    AttendanceTaken(sittings::AttendanceTaken) = "attendance-taken"
    /// See [`recommendations::RecommendationAdopted`].
    RecommendationAdopted(recommendations::RecommendationAdopted) = "recommendation-adopted"
    /// See [`recommendations::RecommendationTransmitted`].
    RecommendationTransmitted(recommendations::RecommendationTransmitted) = "recommendation-transmitted"
    /// See [`recommendations::RecommendationClosed`].
    RecommendationClosed(recommendations::RecommendationClosed) = "recommendation-closed"
    /// See [`recommendations::RecommendationReopened`].
    RecommendationReopened(recommendations::RecommendationReopened) = "recommendation-reopened"
    /// See [`answers::Acknowledged`].
    Acknowledged(answers::Acknowledged) = "acknowledged"
    /// See [`answers::Answered`].
    Answered(answers::Answered) = "answered"
    /// See [`answers::SilenceNoted`].
    SilenceNoted(answers::SilenceNoted) = "silence-noted"
    /// See [`answers::Reminded`].
    Reminded(answers::Reminded) = "reminded"
    /// See [`answers::Escalated`].
    Escalated(answers::Escalated) = "escalated"
    /// See [`answers::ClockPaused`].
    ClockPaused(answers::ClockPaused) = "clock-paused"
    /// See [`answers::ClockResumed`].
    ClockResumed(answers::ClockResumed) = "clock-resumed"
    /// See [`answers::DueExtended`].
    DueExtended(answers::DueExtended) = "due-extended"
    /// See [`answers::ImplementationDeclared`].
    ImplementationDeclared(answers::ImplementationDeclared) = "implementation-declared"
    /// See [`answers::ImplementationObserved`].
    ImplementationObserved(answers::ImplementationObserved) = "implementation-observed"
}

/// One act on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was sealed.
    pub at: Instant,
    /// Who acted.
    pub by: Actor,
    /// Since when it is publicly known, where that is earlier than the sealing: a fact taken from a dated public source.
    pub known: Option<Day>,
    /// What it says.
    pub word: Word,
}

/// The fields in the order of the canonical form.
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("Entry", 5)?;
        entry.serialize_field("at", &self.at)?;
        entry.serialize_field("by", &self.by)?;
        if let Some(known) = &self.known {
            entry.serialize_field("known", known)?;
        }
        entry.serialize_field("says", &Says(&self.word))?;
        entry.serialize_field("word", self.word.spelling())?;
        entry.end()
    }
}

/// An entry as it is read: what it says waits until its word is known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame<'a> {
    at: Instant,
    by: Actor,
    #[serde(default)]
    known: Option<Day>,
    #[serde(borrow)]
    says: &'a RawValue,
    #[serde(borrow)]
    word: Cow<'a, str>,
}

/// Reads an entry whose word is known before it is come to: what it says is then read once.
#[derive(Clone, Copy)]
pub(crate) struct Foretold<'a>(&'a str);

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    At,
    By,
    Known,
    Says,
    Word,
}

impl<'a> Foretold<'a> {
    /// The word that a canonical entry names at its end.
    pub(crate) fn at_end_of(text: &'a str) -> Option<Self> {
        let rest = text.strip_suffix("\"}")?;
        let (before, word) = rest.split_at(rest.rfind('"')? + 1);
        before.ends_with(",\"word\":\"").then_some(Self(word))
    }

    /// Reads what the word says.
    pub(crate) fn saying(self) -> Saying<'a> {
        Saying(self.0)
    }

    /// The entry in this text, if it names this word and is as an entry should be.
    fn read(self, text: &str) -> Option<Entry> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let entry = reader.deserialize_map(self).ok()?;
        reader.end().ok()?;
        Some(entry)
    }
}

impl<'de> Visitor<'de> for Foretold<'_> {
    type Value = Entry;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("une entrée")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
        let (mut at, mut by, mut known, mut says, mut named) = (None, None, None, None, false);
        while let Some(key) = map.next_key()? {
            match key {
                Key::At if at.is_none() => at = Some(map.next_value()?),
                Key::By if by.is_none() => by = Some(map.next_value()?),
                Key::Known if known.is_none() => known = Some(map.next_value()?),
                Key::Says if says.is_none() => says = Some(map.next_value_seed(Saying(self.0))?),
                Key::Word if !named => named = map.next_value::<Cow<'_, str>>()? == self.0,
                _ => return Err(A::Error::custom("un champ est doublé")),
            }
        }
        match (at, by, says) {
            (Some(at), Some(by), Some(word)) if named => Ok(Entry { at, by, known, word }),
            _ => Err(A::Error::custom("un champ manque")),
        }
    }
}

/// Why bytes are not an entry, or an entry has no bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// Over [`Entry::BYTES_MAX`].
    #[error("l’entrée compte {0} octets ; le registre en admet au plus 65 535")]
    TooLarge(usize),
    /// Not JSON, or a word this version does not know.
    #[error("l’entrée est illisible ou vient d’une version plus récente : {0}")]
    Unreadable(String),
    /// Readable, but not in the canonical spelling.
    #[error("l’entrée n’est pas écrite sous sa forme canonique (RFC 8785)")]
    NotCanonical,
}

impl Entry {
    /// The most bytes an entry may have.
    ///
    /// **Source** C2SP tlog-tiles: entry bundles prefix each entry with its length as an unsigned 16-bit integer.
    pub const BYTES_MAX: usize = 65_535;

    /// The entry's one spelling.
    ///
    /// **Errors** over [`Entry::BYTES_MAX`].
    ///
    /// **Source** RFC 8785.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EntryFault> {
        Ok(self.spelled(512)?.out)
    }

    /// Spelled in so many bytes, or in more where that is too few.
    fn spelled(&self, about: usize) -> Result<Speller, EntryFault> {
        let mut speller = Speller::about(about);
        self.serialize(&mut speller).map_err(|fault| EntryFault::Unreadable(fault.to_string()))?;
        if speller.out.len() > Self::BYTES_MAX {
            return Err(EntryFault::TooLarge(speller.out.len()));
        }
        Ok(speller)
    }

    /// The entry these bytes spell. Whether the spelling is canonical is [`Entry::parse_strict`]'s business.
    ///
    /// **Errors** over the size; not JSON; a word or field this version does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryFault> {
        if bytes.len() > Self::BYTES_MAX {
            return Err(EntryFault::TooLarge(bytes.len()));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| EntryFault::Unreadable(error.to_string()))?;
        if let Some(entry) = Foretold::at_end_of(text).and_then(|word| word.read(text)) {
            return Ok(entry);
        }
        let unreadable = |error: serde_json::Error| EntryFault::Unreadable(error.to_string());
        let frame: Frame<'_> = serde_json::from_str(text).map_err(unreadable)?;
        let mut says = serde_json::Deserializer::from_str(frame.says.get());
        let word = Saying(&frame.word).deserialize(&mut says).map_err(unreadable)?;
        Ok(Self { at: frame.at, by: frame.by, known: frame.known, word })
    }

    /// The entry these bytes spell, which are its canonical spelling.
    ///
    /// **Errors** as [`Entry::parse`]; not canonical.
    pub fn parse_strict(bytes: &[u8]) -> Result<Self, EntryFault> {
        Ok(Self::parse_whole(bytes)?.0)
    }

    /// As [`Entry::parse_strict`], with every enclosure that the entry commits to.
    ///
    /// **Errors** as [`Entry::parse_strict`].
    pub fn parse_whole(bytes: &[u8]) -> Result<(Self, Vec<Enclosed>), EntryFault> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= Self::BYTES_MAX);
        match text.and_then(canonical::read) {
            Some(read) => Ok(read),
            None => Self::parse_generally(bytes),
        }
    }

    /// As [`Entry::parse_whole`], by spelling the entry again.
    pub(crate) fn parse_generally(bytes: &[u8]) -> Result<(Self, Vec<Enclosed>), EntryFault> {
        let entry = Self::parse(bytes)?;
        let spelled = entry.spelled(bytes.len())?;
        if spelled.out == bytes { Ok((entry, spelled.enclosed)) } else { Err(EntryFault::NotCanonical) }
    }

    /// The day since which the entry is publicly known, in a zone where the sealing fell on `sealed_day`.
    #[must_use]
    pub fn known_day(&self, sealed_day: Day) -> Day {
        self.known.unwrap_or(sealed_day).min(sealed_day)
    }
}

/// An entry with its place on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its index; the first is 0.
    pub index: u64,
    /// The civil day, in the instance's zone, since which it is publicly known.
    pub known: Day,
    /// The entry.
    pub entry: Entry,
}

impl Word {
    /// Whether the word's enclosures may be shown to anyone. The name of a person who may act here may not: who they act for
    /// is public, and their acts are. Nor may the figures of what an organisation lives on: names of funders endanger people.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        !matches!(self, Self::PersonEnrolled(_) | Self::FundingDeclared(_))
    }

    /// Every enclosure the word commits to, in the order in which its struct names them.
    #[must_use]
    pub fn enclosures(&self) -> Vec<Commitment> {
        self.enclosed().into_iter().map(|enclosed| enclosed.sha256).collect()
    }

    /// As [`Word::enclosures`], with what kind of bytes each is, and how many.
    #[must_use]
    pub fn enclosed(&self) -> Vec<Enclosed> {
        // The serialised form is walked rather than each struct: a field added later cannot be forgotten here.
        let mut speller = Speller::default();
        match Says(self).serialize(&mut speller) {
            Ok(()) => speller.enclosed,
            // A word that cannot be spelled is on no record.
            Err(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Media, Salt};

    fn entry(word: Word) -> Entry {
        Entry { at: "2026-03-02T10:00:00.123Z".parse().unwrap(), by: Actor::Clock, known: None, word }
    }

    #[test]
    fn an_entry_has_one_spelling() {
        let sealed = entry(Word::SilenceNoted(answers::SilenceNoted {
            recommendation: crate::RecommendationId::parse("r-1").unwrap(),
            addressee: BodyId::parse("maire-exercice").unwrap(),
            awaited: answers::Awaited::Answer,
            due: "2026-03-01".parse().unwrap(),
            on: "2026-03-02".parse().unwrap(),
        }));
        let bytes = sealed.to_bytes().unwrap();
        assert_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            r#"{"at":"2026-03-02T10:00:00.123Z","by":{"as":"clock"},"says":{"addressee":"maire-exercice","awaited":"answer","due":"2026-03-01","on":"2026-03-02","recommendation":"r-1"},"word":"silence-noted"}"#
        );
        assert_eq!(Entry::parse_strict(&bytes).unwrap(), sealed);
        let spaced = String::from_utf8(bytes).unwrap().replace(":{", ": {");
        assert_eq!(Entry::parse_strict(spaced.as_bytes()), Err(EntryFault::NotCanonical));
        let newer = spaced.replace("silence-noted", "silence-broken");
        assert!(matches!(Entry::parse(newer.as_bytes()), Err(EntryFault::Unreadable(_))));
    }

    #[test]
    fn an_entry_over_size_is_refused_with_its_size() {
        let long = entry(Word::ThemeSet(instance::ThemeSet {
            id: "x".into(),
            name: crate::Bilingual::same(&"é".repeat(40_000)),
        }));
        assert!(matches!(long.to_bytes(), Err(EntryFault::TooLarge(size)) if size > 80_000));
    }

    #[test]
    fn enclosures_are_found_wherever_they_stand() {
        let enclosed = |n: u8| Enclosed {
            sha256: Commitment::to(&Salt([n; 32]), b"texte"),
            media: Media::Text,
            bytes: 5,
        };
        let word = Word::Answered(answers::Answered {
            recommendation: crate::RecommendationId::parse("r-1").unwrap(),
            addressee: BodyId::parse("maire").unwrap(),
            on: "2026-03-01".parse().unwrap(),
            channel: answers::Channel::Account,
            text: Some(enclosed(1)),
            points: vec![answers::PointAnswer {
                point: 1,
                stance: answers::Stance::Accepted,
                text: Some(enclosed(2)),
                by_when: None,
                responsible: None,
                secrecy_basis: None,
                passed_to: None,
            }],
            file: None,
            witnesses: vec![],
        });
        let mut found = word.enclosures();
        found.sort();
        let mut expected = vec![enclosed(1).sha256, enclosed(2).sha256];
        expected.sort();
        assert_eq!(found, expected);
    }
}
