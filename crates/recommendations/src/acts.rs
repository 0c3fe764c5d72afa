//! What can be done with a recommendation, decided from facts alone: no clock, chance, database or network.

use std::collections::BTreeSet;

use terms::access::Role;
use terms::answers::Awaited;
use terms::instance::ClockRuleSet;
use terms::recommendations::{
    Addressee, Author, ClosingGround, DeliveryProof, DocumentPlace, Point, Quality, RecommendationAdopted,
    RecommendationClosed, RecommendationReopened, RecommendationTransmitted,
};
use terms::{
    BodyId, Day, Enclosed, Media, OrganisationId, PlaceId, RecommendationId, RuleId, SittingId, SourceId,
    Unit, Word,
};
use web::{Clocks, Standing};

/// Characters a title may have.
pub const TITLE_MAX: usize = 300;
/// Characters any other text may have.
pub const TEXT_MAX: usize = 8_000;
/// Points one recommendation may have.
pub const POINTS_MAX: usize = 30;
/// Addressees one recommendation may have.
pub const ADDRESSEES_MAX: usize = 20;

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
    /// 3 high, 2 middle, 1 low.
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

/// Where a recommendation on the record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// By whom it was adopted.
    pub author: Author,
    /// When, if the day is known.
    pub adopted_on: Option<Day>,
    /// In which year.
    pub year: i16,
    /// Whether it is open.
    pub open: bool,
    /// When it was last closed or reopened.
    pub turned_on: Option<Day>,
}

impl Stand {
    fn is_before_adoption(&self, day: Day) -> bool {
        self.adopted_on.map_or(day.year() < self.year, |adopted| day < adopted)
    }
}

/// What a person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No title.
    NoTitle,
    /// A title of so many characters, over [`TITLE_MAX`].
    TitleTooLong(usize),
    /// The grounds or means have so many characters, over [`TEXT_MAX`].
    GroundsTooLong(usize),
    /// No point.
    NoPoint,
    /// The point of this number is empty.
    PointEmpty(usize),
    /// The point of this number has so many characters, over [`TEXT_MAX`].
    PointTooLong(usize, usize),
    /// More than [`POINTS_MAX`] points.
    TooManyPoints(usize),
    /// The point of this number is asked for a day before the adoption.
    DeadlinePassed(usize),
    /// No addressee.
    NoAddressee,
    /// The addressee of this rank is not known to the record.
    AddresseeUnknown(usize, String),
    /// The addressee of this rank stands there already.
    AddresseeTwice(usize),
    /// More than [`ADDRESSEES_MAX`] addressees.
    TooManyAddressees(usize),
    /// The theme is not among those of the record.
    ThemeUnknown,
    /// The priority is none of 1, 2, 3.
    PriorityUnknown,
    /// The day of adoption is after today.
    AdoptedInFuture,
    /// The day of adoption does not fall in the year given.
    YearOther,
    /// The sitting is not on the record, or another body's.
    SittingOther,
    /// The sitting was held after the day of adoption.
    SittingLater,
    /// The id is on the record already.
    AlreadyAdopted,
    /// No such recommendation.
    Unknown,
    /// It is not addressed to this body.
    NotAddressed,
    /// It was delivered to this addressee on that day already.
    AlreadyTransmitted(Day),
    /// Delivered before it was adopted.
    DeliveredBeforeAdoption,
    /// Delivered after today.
    DeliveredInFuture,
    /// The rule is not on the record.
    RuleUnknown,
    /// The recommendation has no point of this number.
    PointUnknown,
    /// It is closed.
    Closed,
    /// It is not closed.
    NotClosed,
    /// The reason is missing.
    NoReason,
    /// The reason has so many characters, over [`TEXT_MAX`].
    ReasonTooLong(usize),
    /// The day is after today.
    InFuture,
    /// The day is before the adoption, or before it was last closed or reopened.
    TooEarly,
    /// Replaced, but by nothing named.
    NoReplacement,
    /// What replaces it is not on the record.
    ReplacementUnknown,
    /// It cannot replace itself.
    ReplacementItself,
    /// The organisation was not asked to sign.
    NotAskedToSign,
    /// The organisation is asked already.
    AskedToSignAlready,
    /// The organisation is the author.
    AuthorSignsAlready,
    /// The record does not know the organisation.
    OrganisationUnknown,
}

/// An adoption that nothing speaks against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed<T>(T);

impl<T> Agreed<T> {
    /// What was agreed.
    #[must_use]
    pub fn what(&self) -> &T {
        &self.0
    }
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
    if !(1..=3).contains(&adoption.priority) {
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

/// Keeps bytes apart from the record; the answer is what a word carries.
pub type Enclose<'a, E> = &'a mut dyn FnMut(Media, &[u8]) -> Result<Enclosed, E>;

fn enclosed<E>(enclose: Enclose<'_, E>, text: &str) -> Result<Enclosed, E> {
    enclose(Media::Text, text.trim().as_bytes())
}

fn perhaps<E>(enclose: Enclose<'_, E>, text: Option<&str>) -> Result<Option<Enclosed>, E> {
    text.map(|text| enclosed(enclose, text)).transpose()
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

/// A delivery to one addressee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmission {
    /// Which recommendation.
    pub recommendation: RecommendationId,
    /// To whom.
    pub addressee: BodyId,
    /// Day of delivery, as the proof shows it.
    pub delivered_on: Day,
    /// What shows it.
    pub proof: DeliveryProof,
    /// The proof's file.
    pub file: Option<(Media, Vec<u8>)>,
    /// The clock; none runs where absent.
    pub rule: Option<RuleId>,
    /// The points asked of this addressee; all of them where empty.
    pub points: Vec<u8>,
}

/// What must be known to decide a delivery.
#[derive(Debug, Clone, Copy)]
pub struct TransmissionFacts<'a> {
    /// The recommendation, if the record knows it.
    pub stand: Option<&'a Stand>,
    /// Whether it is addressed to this body, and since when it was delivered there.
    pub addressee: Option<Option<Day>>,
    /// How many points the recommendation has.
    pub points: u8,
    /// The rules and feasts in force.
    pub clocks: &'a Clocks,
}

/// A delivery with the days its clock gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The delivery.
    pub transmission: Transmission,
    /// Last day to acknowledge.
    pub acknowledge_by: Option<Day>,
    /// Last day to answer.
    pub answer_by: Option<Day>,
}

/// The delivery starts the addressee's clock.
///
/// **Errors** everything that speaks against it, at once.
pub fn transmit(
    facts: TransmissionFacts<'_>,
    transmission: Transmission,
    today: Day,
) -> Result<Agreed<Dated>, Vec<Refusal>> {
    let Some(stand) = facts.stand else { return Err(vec![Refusal::Unknown]) };
    let mut refusals = Vec::new();
    if !stand.open {
        refusals.push(Refusal::Closed);
    }
    match facts.addressee {
        None => refusals.push(Refusal::NotAddressed),
        Some(Some(day)) => refusals.push(Refusal::AlreadyTransmitted(day)),
        Some(None) => {}
    }
    let day = transmission.delivered_on;
    if day > today {
        refusals.push(Refusal::DeliveredInFuture);
    } else if stand.is_before_adoption(day) {
        refusals.push(Refusal::DeliveredBeforeAdoption);
    }
    let rule = transmission.rule.as_ref();
    if rule.is_some_and(|rule| !facts.clocks.rules.contains_key(rule)) {
        refusals.push(Refusal::RuleUnknown);
    }
    if transmission.points.iter().any(|point| !(1..=facts.points).contains(point)) {
        refusals.push(Refusal::PointUnknown);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let by = |awaited| facts.clocks.due(rule, awaited, day, &[]).and_then(|due| due.day);
    let (acknowledge_by, answer_by) = (by(Awaited::Acknowledgement), by(Awaited::Answer));
    Ok(Agreed(Dated { transmission, acknowledge_by, answer_by }))
}

impl Agreed<Dated> {
    /// The word, its file enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Dated { transmission, acknowledge_by, answer_by } = self.0;
        let file = transmission.file.map(|(media, bytes)| enclose(media, &bytes)).transpose()?;
        Ok(Word::RecommendationTransmitted(RecommendationTransmitted {
            recommendation: transmission.recommendation,
            addressee: transmission.addressee,
            delivered_on: transmission.delivered_on,
            proof: transmission.proof,
            file,
            rule: transmission.rule,
            acknowledge_by,
            answer_by,
            points: transmission.points,
        }))
    }
}

/// Its authors close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Which.
    pub recommendation: RecommendationId,
    /// When.
    pub on: Day,
    /// On what ground.
    pub ground: ClosingGround,
    /// Why, in words.
    pub reason: String,
    /// What takes its place.
    pub replaced_by: Option<RecommendationId>,
}

/// Its authors reopen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// Which.
    pub recommendation: RecommendationId,
    /// When.
    pub on: Day,
    /// Why, in words.
    pub reason: String,
}

/// The recommendation can be closed.
///
/// **Errors** everything that speaks against it, at once; `replacement_known` says whether the record knows what is named.
pub fn close(
    stand: Option<&Stand>,
    replacement_known: bool,
    closing: Closing,
    today: Day,
) -> Result<Agreed<Closing>, Vec<Refusal>> {
    let Some(stand) = stand else { return Err(vec![Refusal::Unknown]) };
    let mut refusals = Vec::new();
    if !stand.open {
        refusals.push(Refusal::Closed);
    }
    turn(stand, closing.on, &closing.reason, today, &mut refusals);
    match &closing.replaced_by {
        Some(other) if *other == closing.recommendation => refusals.push(Refusal::ReplacementItself),
        Some(_) if !replacement_known => refusals.push(Refusal::ReplacementUnknown),
        None if closing.ground == ClosingGround::Replaced => refusals.push(Refusal::NoReplacement),
        _ => {}
    }
    if refusals.is_empty() { Ok(Agreed(closing)) } else { Err(refusals) }
}

/// The recommendation can be reopened.
///
/// **Errors** everything that speaks against it, at once.
pub fn reopen(
    stand: Option<&Stand>,
    reopening: Reopening,
    today: Day,
) -> Result<Agreed<Reopening>, Vec<Refusal>> {
    let Some(stand) = stand else { return Err(vec![Refusal::Unknown]) };
    let mut refusals = Vec::new();
    if stand.open {
        refusals.push(Refusal::NotClosed);
    }
    turn(stand, reopening.on, &reopening.reason, today, &mut refusals);
    if refusals.is_empty() { Ok(Agreed(reopening)) } else { Err(refusals) }
}

fn turn(stand: &Stand, on: Day, reason: &str, today: Day, refusals: &mut Vec<Refusal>) {
    if on > today {
        refusals.push(Refusal::InFuture);
    } else if stand.is_before_adoption(on) || stand.turned_on.is_some_and(|turned| on < turned) {
        refusals.push(Refusal::TooEarly);
    }
    let length = reason.chars().count();
    if reason.trim().is_empty() {
        refusals.push(Refusal::NoReason);
    } else if length > TEXT_MAX {
        refusals.push(Refusal::ReasonTooLong(length));
    }
}

impl Agreed<Closing> {
    /// The word, its reason enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Closing { recommendation, on, ground, reason, replaced_by } = self.0;
        let reason = enclosed(enclose, &reason)?;
        Ok(Word::RecommendationClosed(RecommendationClosed {
            recommendation,
            on,
            ground,
            reason,
            replaced_by,
        }))
    }
}

impl Agreed<Reopening> {
    /// The word, its reason enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Reopening { recommendation, on, reason } = self.0;
        let reason = enclosed(enclose, &reason)?;
        Ok(Word::RecommendationReopened(RecommendationReopened { recommendation, on, reason }))
    }
}

/// How far a cosignature has come while a text is a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cosignature {
    /// The organisation was asked.
    Asked,
    /// It signed the text as it stands.
    Given,
    /// It will not sign.
    Refused,
}

impl Cosignature {
    /// The word in the drawer and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Refused => "refused",
        }
    }

    /// The state this word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Asked, Self::Given, Self::Refused].into_iter().find(|state| state.as_str() == word)
    }
}

/// An organisation may be asked to sign.
///
/// **Errors** it is the author; it is asked already; the record does not know it.
pub fn ask_to_sign(
    author: &Author,
    organisation: &OrganisationId,
    known: bool,
    present: Option<Cosignature>,
) -> Result<Cosignature, Refusal> {
    if *author == (Author::Organisation { organisation: organisation.clone() }) {
        return Err(Refusal::AuthorSignsAlready);
    }
    if !known {
        return Err(Refusal::OrganisationUnknown);
    }
    match present {
        Some(Cosignature::Asked | Cosignature::Given) => Err(Refusal::AskedToSignAlready),
        // One that refused may be asked again.
        Some(Cosignature::Refused) | None => Ok(Cosignature::Asked),
    }
}

/// An organisation that was asked signs, refuses, or takes its signature back (and is then asked again).
///
/// **Errors** it was not asked.
pub fn sign(present: Option<Cosignature>, wanted: Cosignature) -> Result<Cosignature, Refusal> {
    match present {
        Some(_) => Ok(wanted),
        None => Err(Refusal::NotAskedToSign),
    }
}

/// Where a signature stands after the text changed: nobody has signed what they have not read.
#[must_use]
pub fn after_change(present: Cosignature) -> Cosignature {
    match present {
        Cosignature::Given => Cosignature::Asked,
        other => other,
    }
}

/// The roles that draft and sign.
pub const DRAFTING: &[Role] = &[Role::Secretary, Role::Delegate];
/// The roles that adopt, transmit, close and reopen.
pub const DECIDING: &[Role] = &[Role::Secretary];

/// Whether the person acts for this author in one of these roles. Nobody acts for an author outside the register.
#[must_use]
pub fn acts_for(standing: &Standing, author: &Author, roles: &[Role]) -> bool {
    match author {
        Author::Body { body } => standing.acts_for_body(body, roles),
        Author::Organisation { organisation } => standing.acts_for_organisation(organisation, roles),
        Author::Named { .. } => false,
    }
}

/// The rule that serves an addressee unless its sender chooses another: for life or liberty, the one counted in hours;
/// else the one of the addressee's level, else of the author's. Where several serve a level, the one named like it.
#[must_use]
pub fn usual_rule(clocks: &Clocks, urgent: bool, levels: [Option<&str>; 2]) -> Option<RuleId> {
    let mut rules: Vec<_> = clocks.rules.values().collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let in_hours = |rule: &&&ClockRuleSet| rule.answer.as_ref().is_some_and(|span| span.unit == Unit::Hours);
    if urgent && let Some(rule) = rules.iter().find(in_hours) {
        return Some(rule.id.clone());
    }
    let of_level = |level: &str| {
        rules.iter().find(|rule| rule.id.as_str() == level).or_else(|| {
            let mut those = rules.iter().filter(|rule| rule.level.as_deref() == Some(level));
            // Where several rules serve one level and none bears its name, no choice is made for the sender.
            those.next().filter(|_| those.next().is_none())
        })
    };
    levels.into_iter().flatten().find_map(of_level).map(|rule| rule.id.clone())
}
