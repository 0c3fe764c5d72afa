//! What is decided here: whether a text, a name or a file may be withdrawn, and what the record says of it.

use terms::access::Role;
use terms::instance::EnclosureWithdrawn;
use terms::{Actor, Behalf, Commitment, Entry, Word};
use web::Standing;

/// Characters that the name of who decided, or ordered, has at most.
pub(crate) const NAME_MOST: usize = 200;

/// Why an enclosure is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A person is named or recognisable who should not be.
    PersonExposed,
    /// What it says puts somebody in danger.
    Danger,
    /// Who had agreed no longer does.
    ConsentTakenBack,
    /// A court has ordered it.
    CourtDecision,
    /// It was entered by mistake.
    Mistake,
}

impl Ground {
    /// Every ground, in the order of forms.
    pub const ALL: [Self; 5] =
        [Self::PersonExposed, Self::Danger, Self::ConsentTakenBack, Self::CourtDecision, Self::Mistake];

    /// The word on the record.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PersonExposed => "personne-exposee",
            Self::Danger => "danger",
            Self::ConsentTakenBack => "consentement-retire",
            Self::CourtDecision => "decision-de-justice",
            Self::Mistake => "erreur",
        }
    }

    /// The ground that a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_str() == word)
    }
}

/// How the enclosure that is to be withdrawn stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Which.
    pub(crate) sha256: Commitment,
    /// The entry that carries it, if one does.
    pub(crate) entry: Option<u64>,
    /// Whether an entry has withdrawn it already.
    pub(crate) withdrawn: bool,
}

/// What a person can mend here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No entry carries it.
    NotCarried,
    /// An entry has withdrawn it already.
    AlreadyWithdrawn,
    /// None of the five grounds.
    GroundMissing,
    /// Nobody is said to have decided.
    DeciderMissing,
    /// Who decided is over [`NAME_MOST`].
    DeciderLong,
    /// Who ordered is over [`NAME_MOST`].
    OrderLong,
}

impl Refusal {
    /// The sentence that says it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::NotCarried => "hall-refusal-not-carried",
            Self::AlreadyWithdrawn => "hall-refusal-already-withdrawn",
            Self::GroundMissing => "hall-refusal-ground",
            Self::DeciderMissing => "hall-refusal-decider",
            Self::DeciderLong | Self::OrderLong => "hall-refusal-long",
        }
    }

    /// The field that mends it; empty when it is none.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::NotCarried | Self::AlreadyWithdrawn => "",
            Self::GroundMissing => "motif",
            Self::DeciderMissing | Self::DeciderLong => "decide-par",
            Self::OrderLong => "ordonne-par",
        }
    }
}

/// Who may withdraw what this entry carries, and on whose behalf: those who keep the instance anything; the secretaries of
/// the organisation or body that entered a text, that text. The name of a person who may act is the keepers' to withdraw.
pub(crate) fn behalf(standing: &Standing, entry: &Entry) -> Option<Behalf> {
    if standing.is_steward() {
        return Some(Behalf::Instance);
    }
    if matches!(entry.word, Word::PersonEnrolled(_)) {
        return None;
    }
    let Actor::Person { behalf, .. } = &entry.by else { return None };
    let theirs = match behalf {
        Behalf::Instance => false,
        Behalf::Body { body } => standing.acts_for_body(body, &[Role::Secretary, Role::Authority]),
        Behalf::Organisation { organisation } => {
            standing.acts_for_organisation(organisation, &[Role::Secretary])
        }
    };
    theirs.then(|| behalf.clone())
}

/// The enclosure is withdrawn.
///
/// **Errors** all that there is to mend, at once.
pub(crate) fn withdraw(
    facts: &Facts,
    ground: Option<Ground>,
    decided_by: &str,
    ordered_by: Option<&str>,
) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if facts.entry.is_none() {
        refusals.push(Refusal::NotCarried);
    } else if facts.withdrawn {
        refusals.push(Refusal::AlreadyWithdrawn);
    }
    if ground.is_none() {
        refusals.push(Refusal::GroundMissing);
    }
    let (decided_by, ordered_by) = (decided_by.trim(), ordered_by.map(str::trim).filter(|by| !by.is_empty()));
    if decided_by.is_empty() {
        refusals.push(Refusal::DeciderMissing);
    } else if decided_by.chars().count() > NAME_MOST {
        refusals.push(Refusal::DeciderLong);
    }
    if ordered_by.is_some_and(|by| by.chars().count() > NAME_MOST) {
        refusals.push(Refusal::OrderLong);
    }
    match ground {
        Some(ground) if refusals.is_empty() => Ok(Word::EnclosureWithdrawn(EnclosureWithdrawn {
            sha256: facts.sha256,
            ground: ground.as_str().to_owned(),
            decided_by: decided_by.to_owned(),
            ordered_by: ordered_by.map(str::to_owned),
            entry: facts.entry,
        })),
        _ => Err(refusals),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(entry: Option<u64>, withdrawn: bool) -> Facts {
        Facts { sha256: Commitment([7; 32]), entry, withdrawn }
    }

    #[test]
    fn a_withdrawal_says_what_why_by_whom_and_by_whose_order() {
        let word = withdraw(&facts(Some(12), false), Some(Ground::Danger), " Gardiens ", Some("  "));
        let Ok(Word::EnclosureWithdrawn(said)) = word else { panic!("{word:?}") };
        assert_eq!((said.ground.as_str(), said.decided_by.as_str()), ("danger", "Gardiens"));
        assert_eq!((said.ordered_by, said.entry), (None, Some(12)));
        let ordered = withdraw(&facts(Some(12), false), Some(Ground::CourtDecision), "x", Some("Tribunal"));
        let Ok(Word::EnclosureWithdrawn(said)) = ordered else { panic!("{ordered:?}") };
        assert_eq!(said.ordered_by.as_deref(), Some("Tribunal"));
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let (most, over) = ("é".repeat(NAME_MOST), "é".repeat(NAME_MOST + 1));
        let table = [
            (
                facts(None, false),
                None,
                "",
                None,
                vec![Refusal::NotCarried, Refusal::GroundMissing, Refusal::DeciderMissing],
            ),
            (facts(Some(1), true), Some(Ground::Mistake), "x", None, vec![Refusal::AlreadyWithdrawn]),
            (facts(Some(1), false), Some(Ground::Mistake), most.as_str(), Some(most.as_str()), vec![]),
            (
                facts(Some(1), false),
                Some(Ground::Mistake),
                over.as_str(),
                Some(over.as_str()),
                vec![Refusal::DeciderLong, Refusal::OrderLong],
            ),
        ];
        for (facts, ground, decided, ordered, refusals) in table {
            assert_eq!(withdraw(&facts, ground, decided, ordered).err().unwrap_or_default(), refusals);
        }
    }

    #[test]
    fn every_ground_is_read_as_it_is_written() {
        for ground in Ground::ALL {
            assert_eq!(Ground::parse(ground.as_str()), Some(ground));
        }
        assert_eq!(Ground::parse("autre"), None);
    }

    fn standing(behalf: Behalf, role: Role) -> Standing {
        let id = terms::MandateId::parse("m-1").expect("an id");
        let person = terms::PersonId::parse("p-1").expect("an id");
        Standing { person, name: None, mandates: vec![web::Mandate { id, behalf, role }] }
    }

    #[test]
    fn keepers_withdraw_anything_and_authors_their_own_texts() {
        let body = |id: &str| Behalf::Body { body: terms::BodyId::parse(id).expect("an id") };
        let person = terms::PersonId::parse("p-2").expect("an id");
        let theme =
            Word::ThemeSet(terms::instance::ThemeSet { id: "t".into(), name: terms::Bilingual::same("T") });
        let at = "2026-03-02T10:00:00Z".parse().expect("a moment");
        let by = Actor::Person { person: person.clone(), behalf: body("comite") };
        let theirs = Entry { at, by, known: None, word: theme.clone() };
        let loaded = Entry { at, by: Actor::Loader, known: None, word: theme };
        let keeper = standing(Behalf::Instance, Role::Steward);
        let secretary = standing(body("comite"), Role::Secretary);
        assert_eq!(behalf(&keeper, &theirs), Some(Behalf::Instance));
        assert_eq!(behalf(&keeper, &loaded), Some(Behalf::Instance));
        assert_eq!(behalf(&secretary, &theirs), Some(body("comite")));
        assert_eq!(behalf(&secretary, &loaded), None);
        assert_eq!(behalf(&standing(body("comite"), Role::Delegate), &theirs), None);
        assert_eq!(behalf(&standing(body("autre"), Role::Secretary), &theirs), None);
        let name = terms::Enclosed { sha256: Commitment([1; 32]), media: terms::Media::Text, bytes: 3 };
        let enrolled = Word::PersonEnrolled(terms::access::PersonEnrolled { id: person, name });
        assert_eq!(behalf(&secretary, &Entry { word: enrolled, ..theirs }), None);
    }
}
