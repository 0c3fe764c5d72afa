//! The entry: one act as it stands on the record, and its one canonical spelling.

use serde::{Deserialize, Serialize};

use crate::{
    BodyId, Commitment, Day, Enclosed, Instant, OrganisationId, PersonId, access, answers, instance,
    institutions, organisations, recommendations, sittings,
};

/// For whom a person acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case", deny_unknown_fields)]
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
#[serde(tag = "as", rename_all = "kebab-case", deny_unknown_fields)]
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
    /// See [`sittings::SittingHeld`].
    SittingHeld(sittings::SittingHeld) = "sitting-held"
    /// See [`sittings::SittingNotHeld`].
    SittingNotHeld(sittings::SittingNotHeld) = "sitting-not-held"
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was sealed.
    pub at: Instant,
    /// Who acted.
    pub by: Actor,
    /// Since when it is publicly known, where that is earlier than the sealing: a fact taken from a dated public source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Day>,
    /// What it says.
    #[serde(flatten)]
    pub word: Word,
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
        let bytes = serde_json_canonicalizer::to_vec(self)
            .map_err(|error| EntryFault::Unreadable(error.to_string()))?;
        if bytes.len() > Self::BYTES_MAX {
            return Err(EntryFault::TooLarge(bytes.len()));
        }
        Ok(bytes)
    }

    /// The entry these bytes spell. Whether the spelling is canonical is [`Entry::parse_strict`]'s business.
    ///
    /// **Errors** over the size; not JSON; a word or field this version does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryFault> {
        if bytes.len() > Self::BYTES_MAX {
            return Err(EntryFault::TooLarge(bytes.len()));
        }
        serde_json::from_slice(bytes).map_err(|error| EntryFault::Unreadable(error.to_string()))
    }

    /// The entry these bytes spell, which are its canonical spelling.
    ///
    /// **Errors** as [`Entry::parse`]; not canonical.
    pub fn parse_strict(bytes: &[u8]) -> Result<Self, EntryFault> {
        let entry = Self::parse(bytes)?;
        if entry.to_bytes()? == bytes { Ok(entry) } else { Err(EntryFault::NotCanonical) }
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
    /// Every enclosure the word commits to, in the order it names them.
    #[must_use]
    pub fn enclosures(&self) -> Vec<Commitment> {
        // The serialised form is walked rather than each struct: a field added later cannot be forgotten here.
        let mut found = Vec::new();
        if let Ok(value) = serde_json::to_value(self) {
            collect(&value, &mut found);
        }
        found
    }
}

fn collect(value: &serde_json::Value, found: &mut Vec<Commitment>) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Ok(enclosed) = serde_json::from_value::<Enclosed>(value.clone()) {
                found.push(enclosed.sha256);
            }
            fields.values().for_each(|inner| collect(inner, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|inner| collect(inner, found)),
        _ => {}
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
