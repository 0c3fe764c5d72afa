//! A call as the record has it, and where it stands on a day: pure.

use terms::selection::{Feature, Method, Quota, SeedRule};
use terms::{Behalf, BodyId, CallId, CandidacyId, Commitment, Day, OrganisationId, SeatCode, SourceId};

/// A call, with everything that acts on it must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// The body whose seats are called, which convenes.
    pub body: BodyId,
    /// The seat; none where the call is for several.
    pub seat: Option<SeatCode>,
    /// How many seats.
    pub seats: u16,
    /// How those who will sit are found.
    pub method: Method,
    /// The designating rule.
    pub rule: Commitment,
    /// Its article.
    pub article: Option<String>,
    /// Where it can be read.
    pub source: Option<SourceId>,
    /// What candidates must know besides.
    pub presentation: Option<Commitment>,
    /// Who names, in a nomination.
    pub authority: Option<BodyId>,
    /// What is required.
    pub criteria: Vec<Required>,
    /// How many of each value may sit.
    pub quotas: Vec<Quota>,
    /// The day it was opened.
    pub opened: Day,
    /// The last day to file; inclusive.
    pub closes: Day,
    /// **Units** civil days after the list is published.
    pub appeal_days: u16,
    /// **Units** civil days after the pool is frozen.
    pub vote_days: Option<u16>,
    /// Whence the seed of a draw will come.
    pub seed: Option<SeedRule>,
    /// The parties of that rule, in its order.
    pub parties: Vec<Party>,
    /// Part of an exercise.
    pub exercise: bool,
    /// The entry that opened it.
    pub entry: u64,
    /// The list, once published.
    pub list: Option<Listed>,
    /// The pool, once frozen.
    pub frozen: Option<Frozen>,
    /// How the public event came out, and where that can be checked.
    pub outcome: Option<(String, String)>,
    /// How it ended.
    pub ended: Option<Ended>,
}

/// A criterion of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// Its code.
    pub code: String,
    /// What is required.
    pub text: Commitment,
    /// The fact asked for.
    pub asks: Option<Commitment>,
}

/// The list of who may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The day it was published.
    pub on: Day,
    /// The last day to appeal; inclusive.
    pub until: Day,
    /// Appeals that nobody has decided.
    pub pending: u16,
    /// The entry.
    pub entry: u64,
}

/// The pool that changes no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The day.
    pub on: Day,
    /// How many candidates.
    pub candidates: u16,
    /// The digest of ids and features.
    pub pool_sha256: Commitment,
    /// The lottery of a draw.
    pub lottery: Option<Announced>,
    /// The last day of an election's ballot; inclusive.
    pub vote_until: Option<Day>,
    /// The entry.
    pub entry: u64,
}

/// The lottery announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The algorithm and its version.
    pub algorithm: String,
    /// The digest of the quotas.
    pub quotas_sha256: Commitment,
    /// The digest of the lottery.
    pub lottery_sha256: Commitment,
    /// The transcript without a seed.
    pub transcript: Commitment,
}

/// A party to the seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub who: Behalf,
    /// What it committed to.
    pub digest: Option<Commitment>,
    /// What it revealed.
    pub secret: Option<String>,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// In which way.
    pub how: End,
    /// The day.
    pub on: Day,
    /// The entry.
    pub entry: u64,
}

/// The ways in which a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Drawn by lot.
    Drawn,
    /// Elected.
    Counted,
    /// Named by an authority.
    Named,
    /// Cancelled.
    Cancelled,
}

impl End {
    /// The word in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::Counted => "counted",
            Self::Named => "named",
            Self::Cancelled => "cancelled",
        }
    }

    /// The end this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Drawn, Self::Counted, Self::Named, Self::Cancelled]
            .into_iter()
            .find(|end| end.as_str() == word)
    }
}

/// Where a call stands: what is to be done, or awaited, next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Candidates file.
    Open,
    /// Candidates are examined; the list is to be published.
    Examining,
    /// Appeals may be filed.
    Appealing,
    /// Appeals are to be decided.
    Deciding,
    /// The pool is to be frozen.
    Freezing,
    /// Parties commit to their secrets.
    Committing,
    /// Parties reveal them.
    Revealing,
    /// Nobody committed, or nobody revealed, in time: the rule for the seed is to be said anew.
    Stalled,
    /// The public event is awaited.
    Awaiting,
    /// The event has come: its outcome is to be recorded, from which the draw follows.
    Drawing,
    /// Organisations vote.
    Voting,
    /// The ballot is over; the clock counts.
    Counting,
    /// The authority is to name.
    Naming,
    /// It has ended.
    Over(End),
}

impl Stage {
    /// The word in messages and data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Examining => "examining",
            Self::Appealing => "appealing",
            Self::Deciding => "deciding",
            Self::Freezing => "freezing",
            Self::Committing => "committing",
            Self::Revealing => "revealing",
            Self::Stalled => "stalled",
            Self::Awaiting => "awaiting",
            Self::Drawing => "drawing",
            Self::Voting => "voting",
            Self::Counting => "counting",
            Self::Naming => "naming",
            Self::Over(end) => end.as_str(),
        }
    }
}

impl Call {
    /// Where the call stands on this day.
    #[must_use]
    pub fn stage(&self, today: Day) -> Stage {
        if let Some(ended) = &self.ended {
            return Stage::Over(ended.how);
        }
        if today <= self.closes {
            return Stage::Open;
        }
        let Some(list) = &self.list else { return Stage::Examining };
        if today <= list.until {
            return Stage::Appealing;
        }
        if list.pending > 0 {
            return Stage::Deciding;
        }
        match (self.method, &self.frozen) {
            (Method::Nomination, _) => Stage::Naming,
            (_, None) => Stage::Freezing,
            (Method::Election, Some(frozen)) => {
                if frozen.vote_until.is_none_or(|until| today <= until) {
                    Stage::Voting
                } else {
                    Stage::Counting
                }
            }
            (Method::Draw, Some(_)) => self.of_seed(today),
        }
    }

    fn of_seed(&self, today: Day) -> Stage {
        let Some(rule) = &self.seed else { return Stage::Stalled };
        let committed = self.parties.iter().filter(|party| party.digest.is_some()).count();
        let revealed = self.parties.iter().filter(|party| party.secret.is_some()).count();
        if today <= rule.commit_by && committed < self.parties.len() {
            return Stage::Committing;
        }
        if committed == 0 {
            return Stage::Stalled;
        }
        if today <= rule.reveal_by && revealed < committed {
            return Stage::Revealing;
        }
        match () {
            () if revealed == 0 => Stage::Stalled,
            () if today < rule.event_on => Stage::Awaiting,
            () => Stage::Drawing,
        }
    }

    /// The features that quotas speak of, each once, in their order.
    #[must_use]
    pub fn features(&self) -> Vec<Feature> {
        Feature::ALL.into_iter().filter(|f| self.quotas.iter().any(|quota| quota.feature == *f)).collect()
    }

    /// The values of a feature that have a quota.
    #[must_use]
    pub fn values(&self, feature: Feature) -> Vec<&str> {
        let quotas = self.quotas.iter().filter(|quota| quota.feature == feature);
        quotas.map(|quota| quota.value.as_str()).collect()
    }

    /// The days that are fixed already, each with the message that names it, earliest first.
    #[must_use]
    pub fn days(&self) -> Vec<(&'static str, Day)> {
        let mut days = vec![("selection-date-closes", self.closes)];
        days.extend(self.list.as_ref().map(|list| ("selection-date-appeals", list.until)));
        let vote = self.frozen.as_ref().and_then(|frozen| frozen.vote_until);
        days.extend(vote.map(|until| ("selection-date-vote", until)));
        if let Some(rule) = &self.seed {
            days.push(("selection-date-commit", rule.commit_by));
            days.push(("selection-date-reveal", rule.reveal_by));
            days.push(("selection-date-event", rule.event_on));
        }
        days.sort_by_key(|(_, day)| *day);
        days
    }
}

/// So many days after a day; that day where the calendar ends.
pub(crate) fn days_after(day: Day, days: u16) -> Day {
    day.checked_add(terms::civil_days(days.into())).unwrap_or(day)
}

/// What became of a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Filed; the list is not published.
    Filed,
    /// Withdrawn by whoever filed it.
    Withdrawn,
    /// On the list.
    Eligible,
    /// Kept off the list.
    Excluded,
    /// Chosen: drawn, elected or named.
    Chosen(u16),
    /// An alternate, at this place.
    Alternate(u16),
}

impl Place {
    /// The word in tables and messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Withdrawn => "withdrawn",
            Self::Eligible => "eligible",
            Self::Excluded => "excluded",
            Self::Chosen(_) => "chosen",
            Self::Alternate(_) => "alternate",
        }
    }

    /// What a table's word and number spell.
    #[must_use]
    pub fn parse(word: &str, rank: u16) -> Option<Self> {
        let places = [
            Self::Filed,
            Self::Withdrawn,
            Self::Eligible,
            Self::Excluded,
            Self::Chosen(rank),
            Self::Alternate(rank),
        ];
        places.into_iter().find(|place| place.as_str() == word)
    }

    /// Whether it is, or was when the pool was frozen, among those who may be chosen.
    #[must_use]
    pub const fn in_pool(self) -> bool {
        matches!(self, Self::Eligible | Self::Chosen(_) | Self::Alternate(_))
    }
}

/// A candidacy, without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidacy {
    /// Its id.
    pub id: CandidacyId,
    /// The organisation that stands.
    pub organisation: Option<OrganisationId>,
    /// The person who would sit.
    pub person: Option<Commitment>,
    /// A value for each feature.
    pub traits: Vec<(Feature, String)>,
    /// What became of it.
    pub place: Place,
    /// Typed from paper.
    pub paper: bool,
    /// The day it was filed.
    pub filed: Day,
    /// The entry.
    pub entry: u64,
    /// The criterion and the reason of its exclusion, even where an appeal undid it.
    pub excluded: Option<(String, Commitment)>,
}
