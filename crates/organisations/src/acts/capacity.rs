//! Capacity: assess by the grid, each regard apart; plan, settle, tell of a training.

use terms::organisations::{
    ActionOutcome, ActionPlanned, ActionSettled, CapacityAssessed, Regard, TrainingAttended,
};
use terms::{Day, Word};

use crate::capacity::{LEVEL_MAX, about};

/// What can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CapacityRefusal {
    /// No item has a level.
    NothingAssessed,
    /// The grid has no such item, or gives it no such level.
    UnknownItem(String),
    /// The day is to come.
    Later(&'static str),
    /// The organisation has not asked this peer.
    NotInvited,
    /// A peer is another organisation.
    PeerItself,
    /// Who looked from outside is not said.
    AssessorMissing,
    /// Neither a domain of the grid nor an item of it.
    UnknownAbout,
    /// A day before the action was planned leaves no time for it.
    AlreadyPast,
    /// What became of the action is said already.
    AlreadySettled,
    /// Done or given up.
    UnknownOutcome,
    /// The training ends before it begins.
    DatesReversed,
    /// More women than people.
    WomenOver,
}

impl From<CapacityRefusal> for web::Refusal {
    fn from(refusal: CapacityRefusal) -> Self {
        use CapacityRefusal as R;
        let (field, key, arguments) = match refusal {
            R::NothingAssessed => ("", "organisations-capacity-refused-nothing", vec![]),
            R::UnknownItem(item) => ("", "organisations-capacity-refused-item", vec![("item", item)]),
            R::Later(field) => (field, "organisations-refused-later", vec![]),
            R::NotInvited => ("", "organisations-capacity-refused-uninvited", vec![]),
            R::PeerItself => ("pair", "organisations-capacity-refused-itself", vec![]),
            R::AssessorMissing => ("par", "organisations-capacity-refused-assessor", vec![]),
            R::UnknownAbout => ("sur", "organisations-capacity-refused-about", vec![]),
            R::AlreadyPast => ("echeance", "organisations-capacity-refused-past", vec![]),
            R::AlreadySettled => ("", "organisations-capacity-refused-settled", vec![]),
            R::UnknownOutcome => ("suite", "organisations-capacity-refused-outcome", vec![]),
            R::DatesReversed => ("fin", "organisations-refused-reversed", vec![]),
            R::WomenOver => ("femmes", "organisations-capacity-refused-women", vec![]),
        };
        Self { field: field.to_owned(), key, arguments }
    }
}

/// The assessment is to stand beside those made before. `invited` says that the organisation has asked this peer.
///
/// **Errors** no item has a level; an item or level that the grid has not; a day to come; a peer that was not asked, or is the
/// organisation itself; somebody from outside who is not said.
pub fn assess(assessed: CapacityAssessed, invited: bool, today: Day) -> Result<Word, Vec<CapacityRefusal>> {
    let mut refusals = Vec::new();
    for said in &assessed.items {
        let is_item = about(&said.item).is_some_and(|(_, item)| item.is_some());
        if !is_item || said.level.is_some_and(|level| !(1..=LEVEL_MAX).contains(&level)) {
            refusals.push(CapacityRefusal::UnknownItem(said.item.clone()));
        }
    }
    if assessed.items.iter().all(|said| said.level.is_none()) {
        refusals.push(CapacityRefusal::NothingAssessed);
    }
    if assessed.on > today {
        refusals.push(CapacityRefusal::Later("jour"));
    }
    match (assessed.regard, &assessed.peer) {
        (Regard::Peer, Some(peer)) if *peer == assessed.organisation => {
            refusals.push(CapacityRefusal::PeerItself);
        }
        (Regard::Peer, _) if !invited => refusals.push(CapacityRefusal::NotInvited),
        (Regard::External, _) if assessed.assessor.is_none() => {
            refusals.push(CapacityRefusal::AssessorMissing);
        }
        _ => {}
    }
    if refusals.is_empty() { Ok(Word::CapacityAssessed(assessed)) } else { Err(refusals) }
}

/// The action is to be planned.
///
/// **Errors** it is about nothing of the grid; its day is before today.
pub fn plan(planned: ActionPlanned, today: Day) -> Result<Word, Vec<CapacityRefusal>> {
    let mut refusals = Vec::new();
    if about(&planned.about).is_none() {
        refusals.push(CapacityRefusal::UnknownAbout);
    }
    if planned.by_when.is_some_and(|day| day < today) {
        refusals.push(CapacityRefusal::AlreadyPast);
    }
    if refusals.is_empty() { Ok(Word::ActionPlanned(planned)) } else { Err(refusals) }
}

/// What became of the action is to be said. `settled` says that it has been.
///
/// **Errors** neither done nor given up; said already; on a day to come.
pub fn settle(
    settled: ActionSettled,
    outcome: Option<ActionOutcome>,
    is_settled: bool,
    today: Day,
) -> Result<Word, Vec<CapacityRefusal>> {
    let mut refusals = Vec::new();
    if outcome.is_none() {
        refusals.push(CapacityRefusal::UnknownOutcome);
    }
    if is_settled {
        refusals.push(CapacityRefusal::AlreadySettled);
    }
    if settled.on > today {
        refusals.push(CapacityRefusal::Later("jour"));
    }
    match outcome {
        Some(outcome) if refusals.is_empty() => Ok(Word::ActionSettled(ActionSettled { outcome, ..settled })),
        _ => Err(refusals),
    }
}

/// The training is to be told.
///
/// **Errors** its domain is none of the grid; it begins on a day to come; it ends before it begins; more women than people.
pub fn attend(attended: TrainingAttended, today: Day) -> Result<Word, Vec<CapacityRefusal>> {
    let mut refusals = Vec::new();
    let is_domain = |code: &String| about(code).is_some_and(|(_, item)| item.is_none());
    if attended.domain.as_ref().is_some_and(|code| !is_domain(code)) {
        refusals.push(CapacityRefusal::UnknownAbout);
    }
    if attended.from.is_some_and(|from| from > today) {
        refusals.push(CapacityRefusal::Later("debut"));
    }
    if attended.from.zip(attended.until).is_some_and(|(from, until)| until < from) {
        refusals.push(CapacityRefusal::DatesReversed);
    }
    if attended.people.zip(attended.women).is_some_and(|(people, women)| women > people) {
        refusals.push(CapacityRefusal::WomenOver);
    }
    if refusals.is_empty() { Ok(Word::TrainingAttended(attended)) } else { Err(refusals) }
}
