//! Words of organisations that stand twice on the register.

use serde::{Deserialize, Serialize};

use crate::{Enclosed, OrganisationId};

/// Two organisations of the register are one. What was said of either stands together under the one that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsMerged {
    /// The one under whose id it goes on.
    pub kept: OrganisationId,
    /// The one that leads there from now on.
    pub merged: OrganisationId,
    /// Why they are one.
    pub ground: Enclosed,
}

/// A merger was wrong: the organisation stands by itself again, with what was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsParted {
    /// The one that led to another.
    pub merged: OrganisationId,
    /// Why they are not one.
    pub ground: Enclosed,
}

/// Two organisations that look alike are not one; they are not suggested as one again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsDistinguished {
    /// One of them.
    pub one: OrganisationId,
    /// The other.
    pub other: OrganisationId,
    /// Why they are not one.
    pub ground: Enclosed,
}
