//! Restrictions: what weighs on whom, for which money and which activities, in which period. A ban on one funder's activities is not a ban
//! on the organisation.

use terms::organisations::RestrictionStated;
use terms::{Day, OrganisationId, RestrictionId, SourceId, Word};

use super::{Candidates, KINDS, Refusal};

/// Kinds of restriction, in the order of forms.
pub const RESTRICTIONS: [&str; 5] = ["ban", "levy", "authorisation", "reporting", "suspension"];

/// How far a restriction is, in the order of forms.
pub const STAGES: [&str; 3] = ["announced", "in-force", "lifted"];

/// The whole of what a levy may take, in thousandths.
const WHOLE: u16 = 1_000;

/// A restriction as a steward wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// What it is called.
    pub title: String,
    /// One of [`RESTRICTIONS`].
    pub kind: String,
    /// One of [`STAGES`].
    pub stage: String,
    /// By which authority.
    pub authority: Option<String>,
    /// The organisations it names, as they were written.
    pub organisations: Vec<Candidates<OrganisationId>>,
    /// The kinds it means, of [`KINDS`].
    pub kinds: Vec<String>,
    /// Whose money it means.
    pub funder: Option<String>,
    /// Which activities it means.
    pub activity: Option<String>,
    /// What it takes, in thousandths.
    pub rate: Option<u16>,
    /// First day.
    pub from: Option<Day>,
    /// First day no more.
    pub to: Option<Day>,
    /// Whence.
    pub source: Option<SourceId>,
    /// What a reader must know.
    pub note: Option<String>,
}

/// The restriction is to be stated under this id.
///
/// **Errors** no such kind of restriction, of stage or of organisation; an organisation it names is unknown or several; a levy without its rate, a
/// rate without a levy, nought or over the whole; in force from a day to come; lifted without its last day; it ends before it begins;
/// neither source nor note.
pub fn restrict(id: RestrictionId, drafted: Drafted, today: Day) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !RESTRICTIONS.contains(&drafted.kind.as_str()) {
        refusals.push(Refusal::UnknownRestriction);
    }
    if !STAGES.contains(&drafted.stage.as_str()) {
        refusals.push(Refusal::UnknownStage);
    }
    if drafted.kinds.iter().any(|kind| !KINDS.contains(&kind.as_str())) {
        refusals.push(Refusal::UnknownKind);
    }
    let organisations = named(drafted.organisations, &mut refusals);
    if (drafted.kind == "levy") != drafted.rate.is_some()
        || drafted.rate.is_some_and(|rate| rate == 0 || rate > WHOLE)
    {
        refusals.push(Refusal::RateOutside);
    }
    // What is announced may well begin on a day to come.
    if drafted.stage != "announced" && drafted.from.is_some_and(|from| from > today) {
        refusals.push(Refusal::Later("debut"));
    }
    if drafted.stage == "lifted" && drafted.to.is_none_or(|to| to > today) {
        refusals.push(Refusal::LiftedWhen);
    }
    if drafted.from.zip(drafted.to).is_some_and(|(from, to)| to <= from) {
        refusals.push(Refusal::DatesReversed);
    }
    if drafted.source.is_none() && drafted.note.is_none() {
        refusals.push(Refusal::Unsourced);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let Drafted {
        title, kind, stage, authority, kinds, funder, activity, rate, from, to, source, note, ..
    } = drafted;
    Ok(Word::RestrictionStated(RestrictionStated {
        id,
        title,
        kind,
        stage,
        authority,
        organisations,
        kinds,
        funder,
        activity,
        rate,
        from,
        to,
        source,
        note,
    }))
}

fn named(written: Vec<Candidates<OrganisationId>>, refusals: &mut Vec<Refusal>) -> Vec<OrganisationId> {
    let mut found = Vec::new();
    for candidates in written {
        match candidates {
            Candidates::Blank => {}
            Candidates::One(id) => found.push(id),
            Candidates::Nobody(text) => refusals.push(Refusal::UnknownOrganisation(text)),
            Candidates::Several(names) => refusals.push(Refusal::SeveralOrganisations(names)),
        }
    }
    found.sort();
    found.dedup();
    found
}
