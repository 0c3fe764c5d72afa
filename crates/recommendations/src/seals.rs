//! Acts carried out: facts from the tables, the decision in [`crate::acts`], the word on the record. One way for pages, imports
//! and the replay of an exercise.

use record::{Desk, Fault, Zone};
use terms::{Actor, Behalf, Day, Sealed, Word};
use web::{Clocks, Languages, Refusals};

use crate::acts::{self, Adoption, Closing, Refusal, Reopening, Transmission};
use crate::tables;

/// Why an act was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone {
    /// What a person can mend.
    Refused(Vec<Refusal>),
    /// What only the operator can.
    Fault(Fault),
}

impl From<Fault> for NotDone {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Vec<Refusal>> for NotDone {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

impl From<NotDone> for web::Stop {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Refused(refusals) => {
                Self::Refused(Refusals(refusals.into_iter().map(web::Refusal::from).collect()))
            }
            NotDone::Fault(fault) => fault.into(),
        }
    }
}

impl NotDone {
    /// What speaks against the act, a French sentence each.
    #[must_use]
    pub fn sentences(self, languages: &Languages) -> Vec<String> {
        match self {
            Self::Fault(fault) => vec![fault.to_string()],
            Self::Refused(refusals) => refusals
                .into_iter()
                .map(|refusal| {
                    let web::Refusal { key, arguments, .. } = refusal.into();
                    let arguments: Vec<_> =
                        arguments.iter().map(|(name, value)| (*name, web::Say::from(value))).collect();
                    languages.say(web::Language::French, key, &arguments)
                })
                .collect(),
        }
    }
}

/// In whose name something enters the record, and since when it is public.
#[derive(Clone)]
pub struct Hand<'a> {
    /// The instance's zone and rooms.
    pub zone: &'a Zone,
    /// Who acts.
    pub by: Actor,
    /// Since when it is publicly known, where that is before today.
    pub known: Option<Day>,
    /// Today, or the day whose acts are played again.
    pub today: Day,
}

impl Hand<'_> {
    fn append(&self, desk: &mut Desk<'_>, word: Word) -> Result<Sealed, NotDone> {
        Ok(desk.append(self.zone, self.by.clone(), self.known, word)?)
    }
}

/// The recommendation is adopted: on the record, its text unchangeable.
///
/// **Errors** everything that speaks against it; the database refused.
pub fn adopt(desk: &mut Desk<'_>, hand: &Hand<'_>, adoption: Adoption) -> Result<Sealed, NotDone> {
    let facts = tables::adoption_facts(desk.tx(), &adoption)?;
    let agreed = acts::adopt(&facts, adoption, hand.today)?;
    let word = agreed.word::<Fault>(&mut |media, bytes| desk.enclose(media, bytes))?;
    hand.append(desk, word)
}

/// The recommendation is delivered to one addressee: its clock runs.
///
/// **Errors** everything that speaks against it; the database refused.
pub fn transmit(desk: &mut Desk<'_>, hand: &Hand<'_>, transmission: Transmission) -> Result<Sealed, NotDone> {
    let clocks = Clocks::load(desk.tx())?;
    transmit_by(desk, hand, &clocks, transmission)
}

/// As [`transmit`], with the clocks at hand: many deliveries read them once.
///
/// **Errors** as [`transmit`].
pub fn transmit_by(
    desk: &mut Desk<'_>,
    hand: &Hand<'_>,
    clocks: &Clocks,
    transmission: Transmission,
) -> Result<Sealed, NotDone> {
    let stand = tables::stand(desk.tx(), &transmission.recommendation)?;
    let (id, addressee) = (transmission.recommendation.clone(), transmission.addressee.clone());
    let facts = tables::transmission_facts(desk.tx(), &id, &addressee, stand.as_ref(), clocks)?;
    let agreed = acts::transmit(facts, transmission, hand.today)?;
    let word = agreed.word::<Fault>(&mut |media, bytes| desk.enclose(media, bytes))?;
    hand.append(desk, word)
}

/// Its authors have closed the recommendation.
///
/// **Errors** everything that speaks against it; the database refused.
pub fn close(desk: &mut Desk<'_>, hand: &Hand<'_>, closing: Closing) -> Result<Sealed, NotDone> {
    let stand = tables::stand(desk.tx(), &closing.recommendation)?;
    let replacement_known = match &closing.replaced_by {
        Some(other) => tables::is_known(desk.tx(), other)?,
        None => false,
    };
    let agreed = acts::close(stand.as_ref(), replacement_known, closing, hand.today)?;
    let word = agreed.word::<Fault>(&mut |media, bytes| desk.enclose(media, bytes))?;
    hand.append(desk, word)
}

/// Its authors have reopened the recommendation.
///
/// **Errors** everything that speaks against it; the database refused.
pub fn reopen(desk: &mut Desk<'_>, hand: &Hand<'_>, reopening: Reopening) -> Result<Sealed, NotDone> {
    let stand = tables::stand(desk.tx(), &reopening.recommendation)?;
    let agreed = acts::reopen(stand.as_ref(), reopening, hand.today)?;
    let word = agreed.word::<Fault>(&mut |media, bytes| desk.enclose(media, bytes))?;
    hand.append(desk, word)
}

/// For whom an author's people act.
#[must_use]
pub fn behalf_of(author: &terms::recommendations::Author) -> Option<Behalf> {
    use terms::recommendations::Author;
    match author {
        Author::Body { body } => Some(Behalf::Body { body: body.clone() }),
        Author::Organisation { organisation } => {
            Some(Behalf::Organisation { organisation: organisation.clone() })
        }
        Author::Named { .. } => None,
    }
}
