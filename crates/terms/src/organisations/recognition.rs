//! Words of an organisation's legal form and receipts, and of where and on what it works.

use serde::{Deserialize, Serialize};

use crate::organisations::Basis;
use crate::{Bilingual, Day, Enclosed, Mark, OrganisationId, PlaceId, SourceId};

/// A legal form that organisations may have in the country's law; the same id said again tells it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalFormSet {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// The text that gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How sure it is.
    pub mark: Mark,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An authority recognised an organisation in a legal form. Where a receipt has its number and its scheme, the organisation bears
/// that identifier too: it is not said a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationRecognised {
    /// Which.
    pub organisation: OrganisationId,
    /// In which legal form, by its id.
    pub form: String,
    /// The number of the receipt, of the decree or of the agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// The register that gives such numbers: a code of org-id.guide (`ML-MAT`), or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// By which authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Where it was published: the gazette, its number, its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<String>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The receipt itself, scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Enclosed>,
}

/// Where an organisation works, and on what. A later statement never replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationWorks {
    /// Which.
    pub organisation: OrganisationId,
    /// Where: nothing is said of places where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceId>,
    /// On what, by the ids of themes: nothing is said of themes where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// Who says so.
    pub basis: Basis,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
