//! Words of `organisations`, funding: what an organisation lives on. Public: in which bands it lies. Held: the figures.

use serde::{Deserialize, Serialize};

use crate::{Enclosed, OrganisationId, RestrictionId};

/// A part of a year's income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareBand {
    /// Nothing.
    None,
    /// Over nothing, up to a tenth.
    UpTo10,
    /// Over a tenth, up to a quarter.
    UpTo25,
    /// Over a quarter, up to half.
    UpTo50,
    /// Over half, up to three quarters.
    UpTo75,
    /// Over three quarters.
    Over75,
}

/// In how few hands an income is, by the index of Herfindahl and Hirschman.
///
/// **Source** cut-offs after those of competition law: a convention, no norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConcentrationBand {
    /// Under 0.15.
    Diversified,
    /// From 0.15 up to 0.25.
    Moderate,
    /// Over 0.25, up to 0.5.
    Concentrated,
    /// Over 0.5.
    Dependent,
}

/// For how many months the reserves would carry the running costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthsBand {
    /// There is no reserve.
    None,
    /// Less than a month.
    Under1,
    /// From one month to less than three.
    Under3,
    /// From three months to less than six.
    Under6,
    /// From six months to less than twelve.
    Under12,
    /// A year or more.
    Over12,
}

macro_rules! spelled {
    ($($name:ident: $($variant:ident = $spelling:literal)*;)*) => {$(
        impl $name {
            /// Every band, the lowest first.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in tables and message keys.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {$(Self::$variant => $spelling,)*}
            }

            /// The band this word spells.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|band| band.as_str() == word)
            }
        }
    )*};
}

spelled! {
    ShareBand:
        None = "none" UpTo10 = "up-to10" UpTo25 = "up-to25" UpTo50 = "up-to50" UpTo75 = "up-to75" Over75 = "over75";
    ConcentrationBand:
        Diversified = "diversified" Moderate = "moderate" Concentrated = "concentrated" Dependent = "dependent";
    MonthsBand:
        None = "none" Under1 = "under1" Under3 = "under3" Under6 = "under6" Under12 = "under12" Over12 = "over12";
}

/// Between which bands something lies: the lowest that the unknown leaves possible, and the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within<B> {
    /// The lowest.
    pub low: B,
    /// The highest.
    pub high: B,
}

impl<B: Copy + PartialEq> Within<B> {
    /// The one band, where nothing unknown leaves another possible.
    #[must_use]
    pub fn one(&self) -> Option<B> {
        (self.low == self.high).then_some(self.low)
    }
}

/// What part of a year's income a restriction means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// Which restriction.
    pub restriction: RestrictionId,
    /// The entry that told it as it was reckoned with.
    pub told: u64,
    /// The part; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Within<ShareBand>>,
}

/// An organisation says what it lived on in a year. A later statement of the same year replaces this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundingDeclared {
    /// Which.
    pub organisation: OrganisationId,
    /// The year.
    pub year: i16,
    /// How concentrated by funder; unknown where absent, as everything below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_funder: Option<Within<ConcentrationBand>>,
    /// How concentrated by kind of funder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_category: Option<Within<ConcentrationBand>>,
    /// The part of the largest funder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest: Option<Within<ShareBand>>,
    /// The part of the State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Within<ShareBand>>,
    /// The part from abroad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign: Option<Within<ShareBand>>,
    /// The part of its own resources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Within<ShareBand>>,
    /// The part that is tied to a project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tied: Option<Within<ShareBand>>,
    /// The part of which the funder is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untold: Option<ShareBand>,
    /// Months of reserve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<MonthsBand>,
    /// What part each restriction of that year means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exposures: Vec<Exposure>,
    /// [`FundingFigures`] as JSON, followed by spaces. Held: only who acts for the organisation reads it.
    pub figures: Enclosed,
}

/// What part of a declared year's income restrictions mean, said anew because they have changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExposureStated {
    /// Whose.
    pub organisation: OrganisationId,
    /// The year.
    pub year: i16,
    /// The entry that declared the figures.
    pub declared: u64,
    /// What part each restriction of that year means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exposures: Vec<Exposure>,
}

/// A kind of funder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// The State or a local authority of the country.
    State,
    /// A foreign State.
    ForeignGovernment,
    /// An international organisation.
    International,
    /// An association or a foundation.
    Foundation,
    /// An enterprise.
    Enterprise,
    /// Dues, services, activities of its own.
    Own,
    /// Something else.
    Other,
}

impl Category {
    /// Every kind, in the order of forms.
    pub const ALL: [Self; 7] = [
        Self::State,
        Self::ForeignGovernment,
        Self::International,
        Self::Foundation,
        Self::Enterprise,
        Self::Own,
        Self::Other,
    ];

    /// The word in forms and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::ForeignGovernment => "foreign-government",
            Self::International => "international",
            Self::Foundation => "foundation",
            Self::Enterprise => "enterprise",
            Self::Own => "own",
            Self::Other => "other",
        }
    }

    /// The kind this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == word)
    }
}

/// One source of a year's income, as the organisation wrote it. What it does not say is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundingLine {
    /// Who gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funder: Option<String>,
    /// The funder's country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The kind of funder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// How much, in whole units of the organisation's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// Whether it may be spent on one project only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tied: Option<bool>,
}

/// The exact figures of a year: what the enclosure of [`FundingDeclared`] holds. No part of the record's own words.
///
/// **Units** whole units of one currency, the same throughout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundingFigures {
    /// Each source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<FundingLine>,
    /// The year's whole income, where the lines do not make it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Reserves that may be spent freely, at the year's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserves: Option<u64>,
    /// What running it costs in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<u64>,
}

impl FundingFigures {
    /// How many bytes the enclosure is a multiple of: its length, which is public, must not tell how many funders there are.
    pub const PADDED_TO: usize = 4_096;

    /// The text of the enclosure: JSON followed by spaces, to a multiple of [`Self::PADDED_TO`] bytes.
    ///
    /// **Errors** it cannot be spelled, which no value of this type is known to do.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string(self)?;
        let padding = text.len().next_multiple_of(Self::PADDED_TO) - text.len();
        text.extend(std::iter::repeat_n(' ', padding));
        Ok(text)
    }

    /// The figures of an enclosure's text.
    ///
    /// **Errors** it is none.
    pub fn of_text(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text.trim_end_matches(' '))
    }
}
