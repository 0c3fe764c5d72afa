//! What speaks against an act.

use terms::Day;

/// What a person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No title.
    NoTitle,
    /// A title of so many characters, over [`super::TITLE_MAX`].
    TitleTooLong(usize),
    /// The grounds or means have so many characters, over [`super::TEXT_MAX`].
    GroundsTooLong(usize),
    /// No point.
    NoPoint,
    /// The point of this number is empty.
    PointEmpty(usize),
    /// The point of this number has so many characters, over [`super::TEXT_MAX`].
    PointTooLong(usize, usize),
    /// More than [`super::POINTS_MAX`] points.
    TooManyPoints(usize),
    /// The point of this number is asked for a day before the adoption.
    DeadlinePassed(usize),
    /// No addressee.
    NoAddressee,
    /// The addressee of this rank is not known to the record.
    AddresseeUnknown(usize, String),
    /// The addressee of this rank stands there already.
    AddresseeTwice(usize),
    /// More than [`super::ADDRESSEES_MAX`] addressees.
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
    /// The reason has so many characters, over [`super::TEXT_MAX`].
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
