//! Adoption: what its authors wrote, whether it can stand on the record, and the word that it becomes.

use std::collections::BTreeSet;

use terms::recommendations::{Addressee, Author, DocumentPlace, Point, Quality, RecommendationAdopted};
use terms::{BodyId, Day, Media, OrganisationId, PlaceId, RecommendationId, SittingId, SourceId, Word};

use super::{ADDRESSEES_MAX, Agreed, Enclose, POINTS_MAX, Refusal, TEXT_MAX, TITLE_MAX, enclosed, perhaps};

/// One thing asked, before it is on the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// What is asked.
    pub text: String,
    /// How one will know it is done.
    pub indicator: Option<String>,
    /// By when.
    pub deadline: Option<Day>,
}

/// Someone asked, before it is on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The office or body.
    pub body: BodyId,
    /// The competence relied on.
    pub competence: Option<String>,
}

/// Evidence, before it is on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// In words.
    Text(String),
    /// A file.
    File(Media, Vec<u8>),
}

/// How the quality of a recommendation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scored {
    /// Seen from what is written; whether each point asks one action is the authors' word.
    Seen {
        /// Each point asks one action only.
        one_action: bool,
    },
    /// Given by those who scored it.
    Given(Quality),
    /// Nobody scored it.
    Unscored,
}

/// A recommendation as its authors wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// Its id, for good.
    pub id: RecommendationId,
    /// By whom.
    pub author: Author,
    /// The place it speaks of and every larger place, smallest first.
    pub places: Vec<PlaceId>,
    /// Its title.
    pub title: String,
    /// Why it is made.
    pub grounds: Option<String>,
    /// Cost, means or legal basis; kept as the last paragraph of the grounds.
    pub means: Option<String>,
    /// What it asks, in order; numbered from 1.
    pub points: Vec<Asked>,
    /// Whom it asks.
    pub addressees: Vec<Addressed>,
    /// Theme.
    pub theme: Option<String>,
    /// 3 high, 2 middle, 1 low; 0 where a document read in states none.
    pub priority: u8,
    /// Whether life or liberty is at stake.
    pub urgent: bool,
    /// How its quality is known.
    pub scored: Scored,
    /// Organisations that signed it.
    pub cosigners: Vec<OrganisationId>,
    /// Evidence.
    pub evidence: Vec<Evidence>,
    /// Day of adoption; unknown where absent, and then `year` tells the year.
    pub adopted_on: Option<Day>,
    /// Year of adoption.
    pub year: i16,
    /// The sitting that adopted it.
    pub sitting: Option<SittingId>,
    /// Where it stands in a public document.
    pub document: Option<DocumentPlace>,
    /// Whence.
    pub source: Option<SourceId>,
    /// Part of an exercise.
    pub exercise: bool,
}

/// The words that begin the paragraph of the grounds which states the means.
pub const MEANS: &str = "Coût, moyens ou base légale : ";

impl Adoption {
    /// Which of the six things that make it checkable hold; `None` where nobody scored it.
    ///
    /// **Source** domain.md 5.5.
    #[must_use]
    pub fn quality(&self) -> Option<Quality> {
        let one_action = match self.scored {
            Scored::Seen { one_action } => one_action,
            Scored::Given(quality) => return Some(quality),
            Scored::Unscored => return None,
        };
        let (points, addressees) = (&self.points, &self.addressees);
        let all_points = |holds: fn(&Asked) -> bool| !points.is_empty() && points.iter().all(holds);
        Some(Quality {
            competence: !addressees.is_empty() && addressees.iter().all(|a| a.competence.is_some()),
            one_action: one_action && !points.is_empty(),
            indicator: all_points(|point| point.indicator.is_some()),
            deadline: all_points(|point| point.deadline.is_some()),
            evidence: !self.evidence.is_empty(),
            means: self.means.is_some(),
        })
    }
}

/// What must be known to decide whether a recommendation can be adopted.
#[derive(Debug, Clone, Default)]
pub struct AdoptionFacts {
    /// Whether the id is on the record already.
    pub taken: bool,
    /// Those of the addressees that the record knows.
    pub bodies: BTreeSet<BodyId>,
    /// Whether the record knows the theme.
    pub theme_known: bool,
    /// Body and day of the sitting named, if the record knows it.
    pub sitting: Option<(BodyId, Day)>,
}

/// The recommendation can be adopted.
///
/// **Errors** everything that speaks against it, at once.
pub fn adopt(
    facts: &AdoptionFacts,
    adoption: Adoption,
    today: Day,
) -> Result<Agreed<Adoption>, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if facts.taken {
        refusals.push(Refusal::AlreadyAdopted);
    }
    texts(&adoption, &mut refusals);
    points(&adoption, &mut refusals);
    addressees(facts, &adoption, &mut refusals);
    if adoption.theme.is_some() && !facts.theme_known {
        refusals.push(Refusal::ThemeUnknown);
    }
    // Who drafts here chooses; a document may be silent.
    let least = u8::from(!matches!(adoption.scored, Scored::Unscored));
    if !(least..=3).contains(&adoption.priority) {
        refusals.push(Refusal::PriorityUnknown);
    }
    day_of_adoption(facts, &adoption, today, &mut refusals);
    if refusals.is_empty() { Ok(Agreed(adoption)) } else { Err(refusals) }
}

fn texts(adoption: &Adoption, refusals: &mut Vec<Refusal>) {
    let title = adoption.title.chars().count();
    if adoption.title.trim().is_empty() {
        refusals.push(Refusal::NoTitle);
    } else if title > TITLE_MAX {
        refusals.push(Refusal::TitleTooLong(title));
    }
    let grounds = [&adoption.grounds, &adoption.means];
    let longest = grounds.into_iter().flatten().map(|text| text.chars().count()).max().unwrap_or(0);
    if longest > TEXT_MAX {
        refusals.push(Refusal::GroundsTooLong(longest));
    }
}

fn points(adoption: &Adoption, refusals: &mut Vec<Refusal>) {
    if adoption.points.is_empty() {
        refusals.push(Refusal::NoPoint);
    }
    if adoption.points.len() > POINTS_MAX {
        refusals.push(Refusal::TooManyPoints(adoption.points.len()));
    }
    for (number, point) in (1..).zip(&adoption.points) {
        let longest =
            point.text.chars().count().max(point.indicator.as_ref().map_or(0, |t| t.chars().count()));
        if point.text.trim().is_empty() {
            refusals.push(Refusal::PointEmpty(number));
        } else if longest > TEXT_MAX {
            refusals.push(Refusal::PointTooLong(number, longest));
        }
        // An old document may have asked for a day already past; authors who adopt today cannot.
        if let (Scored::Seen { .. }, Some(deadline), Some(adopted)) =
            (adoption.scored, point.deadline, adoption.adopted_on)
            && deadline < adopted
        {
            refusals.push(Refusal::DeadlinePassed(number));
        }
    }
}

fn addressees(facts: &AdoptionFacts, adoption: &Adoption, refusals: &mut Vec<Refusal>) {
    if adoption.addressees.is_empty() {
        refusals.push(Refusal::NoAddressee);
    }
    if adoption.addressees.len() > ADDRESSEES_MAX {
        refusals.push(Refusal::TooManyAddressees(adoption.addressees.len()));
    }
    let mut seen = BTreeSet::new();
    for (rank, addressed) in (1..).zip(&adoption.addressees) {
        if !facts.bodies.contains(&addressed.body) {
            refusals.push(Refusal::AddresseeUnknown(rank, addressed.body.to_string()));
        } else if !seen.insert(&addressed.body) {
            refusals.push(Refusal::AddresseeTwice(rank));
        }
    }
}

fn day_of_adoption(facts: &AdoptionFacts, adoption: &Adoption, today: Day, refusals: &mut Vec<Refusal>) {
    match adoption.adopted_on {
        Some(day) if day > today => refusals.push(Refusal::AdoptedInFuture),
        Some(day) if day.year() != adoption.year => refusals.push(Refusal::YearOther),
        None if adoption.year > today.year() => refusals.push(Refusal::AdoptedInFuture),
        _ => {}
    }
    if adoption.sitting.is_none() {
        return;
    }
    let author = match &adoption.author {
        Author::Body { body } => Some(body),
        _ => None,
    };
    match &facts.sitting {
        Some((body, on)) if Some(body) == author => {
            if adoption.adopted_on.is_some_and(|adopted| *on > adopted) {
                refusals.push(Refusal::SittingLater);
            }
        }
        _ => refusals.push(Refusal::SittingOther),
    }
}

impl Agreed<Adoption> {
    /// The word, its texts enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Adoption { points, addressees, evidence, means, grounds, title, .. } = &self.0;
        let mut asked = Vec::with_capacity(points.len());
        for (number, point) in (1..).zip(points) {
            asked.push(Point {
                number,
                text: enclosed(enclose, &point.text)?,
                indicator: perhaps(enclose, point.indicator.as_deref())?,
                deadline: point.deadline,
            });
        }
        let mut whom = Vec::with_capacity(addressees.len());
        for addressed in addressees {
            let competence = perhaps(enclose, addressed.competence.as_deref())?;
            whom.push(Addressee { body: addressed.body.clone(), competence });
        }
        let mut shown = Vec::with_capacity(evidence.len());
        for one in evidence {
            shown.push(match one {
                Evidence::Text(text) => enclosed(enclose, text)?,
                Evidence::File(media, bytes) => enclose(*media, bytes)?,
            });
        }
        let means = means.as_ref().map(|means| format!("{MEANS}{}", means.trim()));
        let grounds: Vec<&str> = [grounds.as_deref(), means.as_deref()].into_iter().flatten().collect();
        let grounds = Some(grounds.join("\n\n")).filter(|text| !text.is_empty());
        let (title, grounds) = (enclosed(enclose, title)?, perhaps(enclose, grounds.as_deref())?);
        let quality = self.0.quality();
        let agreed = self.0;
        Ok(Word::RecommendationAdopted(RecommendationAdopted {
            id: agreed.id,
            author: agreed.author,
            places: agreed.places,
            title,
            grounds,
            points: asked,
            addressees: whom,
            theme: agreed.theme,
            priority: agreed.priority,
            urgent: agreed.urgent,
            quality,
            cosigners: agreed.cosigners,
            evidence: shown,
            adopted_on: agreed.adopted_on,
            year: agreed.year,
            sitting: agreed.sitting,
            document: agreed.document,
            source: agreed.source,
            exercise: agreed.exercise,
        }))
    }
}
