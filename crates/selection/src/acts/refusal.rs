//! What the person can mend.

use sortition::Hint;
use terms::Day;
use terms::selection::Feature;

/// What the person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Seats outside of 1 to [`super::SEATS_MAX`].
    Seats,
    /// No method was chosen.
    NoMethod,
    /// No designating rule.
    NoRule,
    /// No source of this name is cited on the record.
    UnknownSource,
    /// No criterion.
    NoCriterion,
    /// A fact is asked for without what it shows.
    FactWithoutCriterion(String),
    /// A line of the quotas is none.
    QuotaUnreadable {
        /// The line, counted from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A line whose minimum is above its maximum.
    QuotaUpside {
        /// The line.
        line: usize,
    },
    /// Two lines for one value.
    QuotaTwice {
        /// The later line.
        line: usize,
        /// The value.
        value: String,
    },
    /// Too many lines.
    QuotasTooMany,
    /// The minima of a feature together exceed the seats.
    MinimaOver {
        /// The feature.
        feature: Feature,
        /// Their sum.
        sum: u32,
        /// The seats.
        seats: u16,
    },
    /// The maxima of a feature together leave seats that nobody could have.
    MaximaUnder {
        /// The feature.
        feature: Feature,
        /// Their sum.
        sum: u32,
        /// The seats.
        seats: u16,
    },
    /// The last day to file is not after today, or more than a year away.
    Closes,
    /// A window outside of 1 to [`super::WINDOW_MAX`] days; the field.
    Window(&'static str),
    /// Too few or too many parties.
    Parties,
    /// Nobody bears this name.
    UnknownParty(String),
    /// A party named twice.
    PartyTwice(String),
    /// No event, or no way to write its outcome; the field.
    NoEvent(&'static str),
    /// The day to commit is too early.
    CommitBy(Day),
    /// The day to reveal is not after that to commit.
    RevealBy,
    /// The event is not after the day to reveal.
    EventOn,
    /// No such authority.
    UnknownAuthority,
    /// The call is not at this stage: what it awaits is said.
    NotNow(&'static str),
    /// Nobody stands: neither an organisation nor a person.
    Nobody,
    /// No such organisation.
    UnknownOrganisation,
    /// The organisation stands already.
    StandsAlready,
    /// The organisation and the call are not both of an exercise.
    OtherWorld,
    /// No value, or one without quota, for a feature.
    NoTrait(Feature),
    /// No fact for a criterion that asks for one.
    NoFact(String),
    /// Too many candidates.
    Full,
    /// The candidacy is withdrawn already, or in the pool.
    NotStanding,
    /// A candidate without a decision.
    Undecided(String),
    /// A candidate excluded without criterion or without the fact that shows it.
    NoGround(String),
    /// More exclusions than an entry holds.
    ExcludedTooMany,
    /// The candidate was not excluded.
    NotExcluded,
    /// The candidate has appealed.
    AppealedAlready,
    /// The text is missing; the field.
    NoText(&'static str),
    /// No decision was chosen.
    NoVerdict,
    /// Nobody is on the list.
    NobodyEligible,
    /// Quotas that no panel meets; what to relax.
    Infeasible(Vec<Hint>),
    /// The lottery was made of another pool, which has changed since.
    PoolChanged,
    /// The signed-in person speaks for no party.
    NoParty,
    /// A commitment that is no digest.
    NotDigest,
    /// The party has committed already.
    CommittedAlready,
    /// The party has not committed.
    NotCommitted,
    /// The party has revealed already.
    RevealedAlready,
    /// A secret with other characters, too short or too long.
    NotSecret,
    /// The secret is not the one that was committed to.
    NotMatching,
    /// Secrets were revealed: the rule stands.
    Revealed,
    /// The event is to come.
    EventToCome(Day),
    /// No outcome, or one with other characters.
    NotOutcome,
    /// The two writings of the outcome differ.
    OutcomesDiffer,
    /// The seed could not be made, or the lottery is not here.
    NoLottery,
    /// The organisation may not vote here.
    NoElector,
    /// More candidates or electors than one entry can count.
    ElectionTooLarge,
    /// More candidates approved than a ballot holds.
    TooManyApproved,
    /// A ballot that names somebody who is no candidate.
    NoCandidate,
    /// No act of nomination.
    NoAct,
    /// The day is after today.
    Later,
    /// Nobody is named, or more than there are seats.
    Nominees {
        /// The seats.
        seats: u16,
    },
}

/// The message and what stands in it, of what to relax.
#[must_use]
pub fn hint(hint: &Hint) -> (&'static str, Vec<(&'static str, String)>) {
    match hint {
        Hint::Min { feature, value, from, to } => (
            "selection-hint-min",
            vec![
                ("feature", feature.clone()),
                ("value", value.clone()),
                ("from", from.to_string()),
                ("to", to.to_string()),
            ],
        ),
        Hint::Max { feature, value, from, to } => (
            "selection-hint-max",
            vec![
                ("feature", feature.clone()),
                ("value", value.clone()),
                ("from", from.to_string()),
                ("to", to.to_string()),
            ],
        ),
        Hint::Seats { from, to } => {
            ("selection-hint-seats", vec![("from", from.to_string()), ("to", to.to_string())])
        }
    }
}

type Said = (String, &'static str, Vec<(&'static str, String)>);

fn plain(field: &str, key: &'static str) -> Said {
    (field.to_owned(), key, Vec::new())
}

impl Refusal {
    fn said(self) -> Said {
        use Refusal as R;
        let with = |field: &str, key, arguments| (field.to_owned(), key, arguments);
        match self {
            R::Seats => plain("sieges", "selection-refused-seats"),
            R::NoMethod => plain("methode", "selection-refused-method"),
            R::NoRule => plain("regle", "selection-refused-rule"),
            R::UnknownSource => plain("source", "selection-refused-source"),
            R::NoCriterion => plain("c1-texte", "selection-refused-criterion"),
            R::FactWithoutCriterion(code) => {
                with(&format!("{code}-texte"), "selection-refused-fact-alone", vec![("code", code.clone())])
            }
            R::Closes => plain("cloture", "selection-refused-closes"),
            R::Window(field) => plain(field, "selection-refused-window"),
            R::UnknownAuthority => plain("autorite", "selection-refused-authority"),
            R::NotNow(stage) => plain("", stage),
            quota @ (R::QuotaUnreadable { .. }
            | R::QuotaUpside { .. }
            | R::QuotaTwice { .. }
            | R::QuotasTooMany
            | R::MinimaOver { .. }
            | R::MaximaUnder { .. }) => quota.of_quotas(),
            candidate @ (R::Nobody
            | R::UnknownOrganisation
            | R::StandsAlready
            | R::OtherWorld
            | R::NoTrait(_)
            | R::NoFact(_)
            | R::Full
            | R::NotStanding
            | R::Undecided(_)
            | R::NoGround(_)
            | R::ExcludedTooMany
            | R::NotExcluded
            | R::AppealedAlready
            | R::NoText(_)
            | R::NoVerdict
            | R::NobodyEligible) => candidate.of_candidates(),
            other => other.of_ends(),
        }
    }

    fn of_quotas(self) -> Said {
        let of = |feature: Feature, sum: u32, seats: u16| {
            vec![
                ("feature", feature.as_str().to_owned()),
                ("sum", sum.to_string()),
                ("seats", seats.to_string()),
            ]
        };
        let (key, arguments) = match self {
            Self::QuotaUnreadable { line, text } => {
                ("selection-refused-quota", vec![("line", line.to_string()), ("text", text)])
            }
            Self::QuotaUpside { line } => {
                ("selection-refused-quota-upside", vec![("line", line.to_string())])
            }
            Self::QuotaTwice { line, value } => {
                ("selection-refused-quota-twice", vec![("line", line.to_string()), ("value", value)])
            }
            Self::MinimaOver { feature, sum, seats } => ("selection-refused-minima", of(feature, sum, seats)),
            Self::MaximaUnder { feature, sum, seats } => {
                ("selection-refused-maxima", of(feature, sum, seats))
            }
            _ => ("selection-refused-quotas-many", Vec::new()),
        };
        ("quotas".to_owned(), key, arguments)
    }

    fn of_candidates(self) -> Said {
        let named = |field: String, key, name: String| (field, key, vec![("name", name)]);
        match self {
            Self::Nobody => plain("organisation", "selection-refused-nobody"),
            Self::UnknownOrganisation => plain("organisation", "selection-refused-organisation"),
            Self::StandsAlready => plain("organisation", "selection-refused-stands"),
            Self::OtherWorld => plain("organisation", "selection-refused-world"),
            Self::NoTrait(feature) => {
                let field = format!("trait-{}", feature.as_str());
                (field, "selection-refused-trait", vec![("feature", feature.as_str().to_owned())])
            }
            Self::NoFact(code) => (format!("fait-{code}"), "selection-refused-fact", vec![("code", code)]),
            Self::Full => plain("", "selection-refused-full"),
            Self::NotStanding => plain("", "selection-refused-not-standing"),
            Self::Undecided(id) => named(format!("avis-{id}"), "selection-refused-undecided", id),
            Self::NoGround(id) => named(format!("raison-{id}"), "selection-refused-ground", id),
            Self::ExcludedTooMany => plain("", "selection-refused-excluded-many"),
            Self::NotExcluded => plain("", "selection-refused-not-excluded"),
            Self::AppealedAlready => plain("", "selection-refused-appealed"),
            Self::NoText(field) => plain(field, "selection-refused-text"),
            Self::NoVerdict => plain("suite", "selection-refused-verdict"),
            _ => plain("", "selection-refused-nobody-eligible"),
        }
    }

    fn of_ends(self) -> Said {
        use Refusal as R;
        let on = |field: &str, key, day: Day| (field.to_owned(), key, vec![("day", day.to_string())]);
        match self {
            R::Parties => plain("parties", "selection-refused-parties"),
            R::UnknownParty(name) => {
                ("parties".to_owned(), "selection-refused-party-unknown", vec![("name", name)])
            }
            R::PartyTwice(name) => {
                ("parties".to_owned(), "selection-refused-party-twice", vec![("name", name)])
            }
            R::NoEvent(field) => plain(field, "selection-refused-event"),
            R::CommitBy(day) => on("engagement", "selection-refused-commit-by", day),
            R::RevealBy => plain("revelation", "selection-refused-reveal-by"),
            R::EventOn => plain("jour-evenement", "selection-refused-event-on"),
            R::Infeasible(_) => plain("", "selection-refused-infeasible"),
            R::PoolChanged => plain("", "selection-refused-pool-changed"),
            R::NoParty => plain("", "selection-refused-no-party"),
            R::NotDigest => plain("engagement", "selection-refused-digest"),
            R::CommittedAlready => plain("engagement", "selection-refused-committed"),
            R::NotCommitted => plain("secret", "selection-refused-not-committed"),
            R::RevealedAlready => plain("secret", "selection-refused-revealed-already"),
            R::NotSecret => plain("secret", "selection-refused-secret"),
            R::NotMatching => plain("secret", "selection-refused-not-matching"),
            R::Revealed => plain("", "selection-refused-rule-stands"),
            R::EventToCome(day) => on("issue", "selection-refused-event-to-come", day),
            R::NotOutcome => plain("issue", "selection-refused-outcome"),
            R::OutcomesDiffer => plain("encore", "selection-refused-outcomes"),
            R::NoElector => plain("", "selection-refused-elector"),
            R::NoCandidate => plain("", "selection-refused-no-candidate"),
            R::ElectionTooLarge => plain("", "selection-refused-election-large"),
            R::TooManyApproved => plain("", "selection-refused-approved-many"),
            R::NoAct => plain("acte", "selection-refused-act"),
            R::Later => plain("jour", "selection-refused-later"),
            R::Nominees { seats } => {
                ("autre-1".to_owned(), "selection-refused-nominees", vec![("seats", seats.to_string())])
            }
            _ => plain("", "selection-refused-no-lottery"),
        }
    }
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        let (field, key, arguments) = refusal.said();
        Self { field, key, arguments }
    }
}
