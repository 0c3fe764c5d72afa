//! The tables of a pack and their columns, as `packs/README.md` describes them.

/// A table of a pack.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Its file.
    pub file: &'static str,
    /// Its columns, in any order in the file.
    pub columns: &'static [&'static str],
}

macro_rules! sheets {
    ($($name:ident = $file:literal [$($column:literal)*])*) => {
        $(pub(crate) static $name: Sheet = Sheet { file: $file, columns: &[$($column),*] };)*

        /// Every table that a pack has. A table with nothing to say keeps its line of columns.
        pub static SHEETS: &[&Sheet] = &[$(&$name),*];
    };
}

sheets! {
    SOURCES = "sources.csv" ["id" "title" "publisher" "published" "address" "mark" "note"]
    PLACES = "places.csv" ["id" "level" "name" "variants" "valid_from" "valid_to" "lat" "lon" "source"]
    PLACE_PARENTS = "place_parents.csv" ["place" "parent" "valid_from" "valid_to" "source"]
    PLACE_CODES = "place_codes.csv" ["place" "scheme" "value" "valid_from" "valid_to" "source"]
    BODY_KINDS = "body_kinds.csv"
        ["id" "fr" "en" "level" "function" "required" "meets_every" "chair" "valid_from" "source"]
    REQUIRED_COUNTS = "required_counts.csv" ["body_kind" "level" "count" "valid_from" "valid_to" "source"]
    BODIES = "bodies.csv" ["id" "kind" "name" "place" "valid_from" "valid_to" "source" "note"]
    ORGANISATIONS = "organisations.csv"
        ["id" "name" "acronym" "kind" "founded" "status" "status_since" "legal_form" "place" "source" "note"]
    ORGANISATION_MEMBERS = "organisation_members.csv" ["member" "umbrella" "valid_from" "valid_to" "source"]
    ORGANISATION_STATUS = "organisation_status.csv"
        ["organisation" "event" "on" "authority" "claimed" "source" "note"]
    ORGANISATION_IDENTIFIERS = "organisation_identifiers.csv"
        ["organisation" "scheme" "value" "valid_from" "valid_to" "source" "note"]
    ORGANISATION_TIES = "organisation_ties.csv"
        ["organisation" "criterion" "value" "basis" "contested" "valid_from" "valid_to" "source" "note"]
    LEGAL_FORMS = "legal_forms.csv" ["id" "fr" "en" "text" "mark" "source" "note"]
    ORGANISATION_RECOGNITIONS = "organisation_recognitions.csv"
        ["organisation" "form" "receipt" "scheme" "authority" "valid_from" "valid_to" "publication" "source" "note"]
    ORGANISATION_WORK = "organisation_work.csv"
        ["organisation" "places" "themes" "basis" "valid_from" "valid_to" "source" "note"]
    RESTRICTIONS = "restrictions.csv"
        ["id" "title" "kind" "stage" "authority" "organisations" "organisation_kinds" "funder" "activity" "rate"
         "valid_from" "valid_to" "source" "note"]
    OBLIGATIONS = "obligations.csv"
        ["id" "fr" "en" "organisation_kinds" "yearly" "after_days" "after_fr" "after_en" "basis" "confidence" "source"
         "note"]
    SEATS = "seats.csv"
        ["body_kind" "code" "fr" "en" "kind" "constituency" "count" "count_rule" "designating_party"
         "overseen_authority" "sex" "nominee" "text" "article" "address" "confidence" "since" "source"]
    INSTALLATIONS = "installations.csv" ["body" "installed_on" "precision" "source" "note"]
    OCCUPANCIES = "occupancies.csv"
        ["id" "body" "seat_code" "ordinal" "holder_kind" "holder" "sex" "valid_from" "valid_to" "end_reason"
         "precision" "known_on" "source"]
    SEAT_EVENTS = "seat_events.csv"
        ["body" "seat_code" "ordinal" "event" "reason" "valid_from" "valid_to" "known_on" "source" "note"]
    SITTINGS = "sittings.csv"
        ["id" "body" "on" "evidence" "present" "expected" "women" "youth" "civil_society" "paid_by" "subject"
         "known_on" "source"]
    COUNTS = "counts.csv" ["subject" "scope" "on" "value" "of" "known_on" "source" "note"]
    COMPOSITIONS = "compositions.csv"
        ["body_kind" "place" "body" "on" "members" "women" "youth" "known_on" "source" "note"]
    TALLIES = "tallies.csv" ["set" "class" "on" "total" "done" "under_way" "known_on" "source" "note"]
    TIMELINE = "timeline.csv" ["on" "precision" "fr" "en" "kind" "place" "source"]
    HOLIDAYS = "holidays.csv" ["name_fr" "name_en" "rule" "value" "since" "until" "source" "mark"]
    HOLIDAY_YEARS = "holiday_years.csv" ["set" "year" "known"]
    THEMES = "themes.csv" ["id" "fr" "en"]
}
