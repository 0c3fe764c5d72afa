//! Ids: short, readable, stable; they stand in addresses and never carry meaning that could change.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// What is wrong with a text that should have been an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormFault {
    /// Nothing was given.
    #[error("l’identifiant est vide")]
    Empty,
    /// More than 80 bytes.
    #[error("l’identifiant dépasse 80 caractères : « {0} »")]
    TooLong(String),
    /// A character outside `a-z`, `0-9` and `-`, or a dash at the start.
    #[error(
        "l’identifiant « {0} » ne peut contenir que a-z, 0-9 et des tirets, et ne commence pas par un tiret"
    )]
    Character(String),
}

fn check(text: &str) -> Result<(), FormFault> {
    if text.is_empty() {
        return Err(FormFault::Empty);
    }
    if text.len() > 80 {
        return Err(FormFault::TooLong(text.chars().take(40).collect()));
    }
    let sound = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.starts_with('-') || !text.bytes().all(sound) {
        return Err(FormFault::Character(text.to_owned()));
    }
    Ok(())
}

/// Reads the text of an id where it stands: a record holds millions.
struct Reading<T>(fn(&str) -> Result<T, FormFault>);

impl<T> Visitor<'_> for Reading<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("un identifiant")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_string(Reading(Self::parse))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl $name {
            /// The id this text spells.
            ///
            /// **Errors** empty; over 80 bytes; a character outside `a-z0-9-`; a dash at the start.
            pub fn parse(text: &str) -> Result<Self, FormFault> {
                check(text)?;
                Ok(Self(SmolStr::new(text)))
            }

            /// The id as written in addresses.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = FormFault;
            fn try_from(text: String) -> Result<Self, FormFault> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

id! {
    /// A region, cercle, commune or the country itself.
    PlaceId
    /// A body with seats, or an office that can be addressed: a committee, a governor, a ministry.
    BodyId
    /// A seat within a kind of body, as the pack names it (`chair`, `women`).
    SeatCode
    /// One holding of one seat by one holder.
    OccupancyId
    /// A line of the ledger of access to seats: one request, or one invitation.
    AdmissionId
    /// An organisation of the register.
    OrganisationId
    /// A restriction that weighs on organisations.
    RestrictionId
    /// Something that an organisation means to do about its capacity.
    ActionId
    /// Something that a rule asks of organisations by a day.
    ObligationId
    /// A person who may act here. Their name is an enclosure.
    PersonId
    /// A mandate: a person acts for an organisation, a body or the instance.
    MandateId
    /// A recommendation.
    RecommendationId
    /// A committee meeting.
    SittingId
    /// A clock rule of the pack (`ccsc`, `national`).
    RuleId
    /// A public source that facts are cited from.
    SourceId
    /// A call to seats.
    CallId
    /// A candidacy for a call: the name under which a draw knows it.
    CandidacyId
    /// An appeal against an exclusion.
    AppealId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_digits_and_dashes() {
        for good in ["a", "region-segou", "epu-2008-56-12", "0", &"x".repeat(80)] {
            assert!(PlaceId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "Ségou", "a b", "A", "a_b", "a/b", &"x".repeat(81)] {
            assert!(PlaceId::parse(bad).is_err(), "{bad}");
            assert!(serde_json::from_value::<PlaceId>(serde_json::json!(bad)).is_err(), "{bad}");
        }
    }
}
