//! Legal forms, recognitions with their receipts, and where and on what organisations work.

use record::{Fault, Row, Tx, directory, values};
use terms::organisations::{
    Basis, LegalFormSet, OrganisationIdentified, OrganisationRecognised, OrganisationWorks,
};
use terms::{Actor, Behalf, Bilingual, Commitment, Day, Mark, OrganisationId, PlaceId, Sealed, SourceId};

use super::{one_of, ties};
use crate::acts::Membership;

pub(super) fn form_set(tx: &mut Tx<'_>, sealed: &Sealed, word: &LegalFormSet) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO legal_form (id, fr, en, told_by, mark, source, note, first_entry, entry) VALUES (?1, ?2, ?3, ?4, \
         ?5, ?6, ?7, ?8, ?8) ON CONFLICT (id) DO UPDATE SET fr = excluded.fr, en = excluded.en, told_by = \
         excluded.told_by, mark = excluded.mark, source = excluded.source, note = excluded.note, entry = \
         excluded.entry",
        values![
            word.id,
            word.name.fr,
            word.name.en,
            word.text,
            word.mark.as_str(),
            word.source,
            word.note,
            sealed.index
        ],
    )?;
    Ok(())
}

/// Whether whoever sealed it spoke for the organisation itself.
fn is_own(sealed: &Sealed, id: &OrganisationId) -> bool {
    matches!(&sealed.entry.by, Actor::Person { behalf: Behalf::Organisation { organisation }, .. } if organisation == id)
}

pub(super) fn recognised(
    tx: &mut Tx<'_>,
    sealed: &Sealed,
    word: &OrganisationRecognised,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_recognition (entry, organisation, form, receipt, scheme, authority, on_day, to_day, \
         publication, source, note, scan, own, known) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
         ?14)",
        values![
            sealed.index,
            word.organisation,
            word.form,
            word.receipt,
            word.scheme,
            word.authority,
            word.on,
            word.to,
            word.publication,
            word.source,
            word.note,
            word.scan,
            is_own(sealed, &word.organisation),
            sealed.known
        ],
    )?;
    let Some((scheme, value)) = word.scheme.clone().zip(word.receipt.clone()) else { return Ok(()) };
    let identified = OrganisationIdentified {
        organisation: word.organisation.clone(),
        scheme,
        value,
        from: word.on,
        to: word.to,
        source: word.source.clone(),
        note: word.note.clone(),
    };
    ties::identified(tx, sealed, &identified)
}

pub(super) fn works(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationWorks) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_work (entry, organisation, basis, from_day, to_day, source, note, known) VALUES (?1, \
         ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        values![
            sealed.index,
            word.organisation,
            word.basis.as_str(),
            word.from,
            word.to,
            word.source,
            word.note,
            sealed.known
        ],
    )?;
    let since = word.from.map(|day| day.to_string()).unwrap_or_default();
    for place in &word.places {
        for around in directory::places_around(tx, place)? {
            // Who works in a commune is found under its region; a place that is named itself stays named.
            tx.run(
                "INSERT INTO organisation_work_at (place, organisation, entry, named, since, to_day) VALUES (?1, ?2, \
                 ?3, ?4, ?5, ?6) ON CONFLICT (place, organisation, entry) DO UPDATE SET named = \
                 (organisation_work_at.named OR excluded.named)",
                values![around, word.organisation, sealed.index, around == *place, since, word.to],
            )?;
        }
    }
    for theme in &word.themes {
        tx.run(
            "INSERT INTO organisation_work_on (theme, organisation, entry, since, to_day) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (theme, organisation, entry) DO NOTHING",
            values![*theme, word.organisation, sealed.index, since, word.to],
        )?;
    }
    Ok(())
}

/// A legal form of the country's law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) id: String,
    pub(crate) name: Bilingual,
    pub(crate) mark: Mark,
}

/// The legal forms, in the order in which the record first told them.
pub(crate) fn forms(tx: &mut Tx<'_>) -> Result<Vec<Form>, Fault> {
    tx.rows("SELECT id, fr, en, mark FROM legal_form ORDER BY first_entry, id", &[], |row| {
        let mark: String = row.get(3)?;
        Ok(Form {
            id: row.get(0)?,
            name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
            mark: Mark::parse(&mark).unwrap_or(Mark::Unverified),
        })
    })
}

/// A recognition as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recognition {
    pub(crate) entry: u64,
    pub(crate) organisation: OrganisationId,
    pub(crate) form: String,
    /// The form's name and mark, where the record has them.
    pub(crate) name: Option<(Bilingual, Mark)>,
    pub(crate) receipt: Option<String>,
    pub(crate) scheme: Option<String>,
    pub(crate) authority: Option<String>,
    pub(crate) dates: Membership,
    pub(crate) publication: Option<String>,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    pub(crate) scan: Option<Commitment>,
    /// The organisation says so itself.
    pub(crate) own: bool,
    pub(crate) known: Day,
}

impl Recognition {
    /// Whether it holds on the day; since always where nobody knows since when.
    pub(crate) fn holds_on(&self, day: Day) -> bool {
        self.dates.from.is_none_or(|from| from <= day) && self.dates.to.is_none_or(|to| day < to)
    }
}

fn recognition(row: &Row<'_>) -> Result<Recognition, Fault> {
    let (fr, en, mark): (Option<String>, Option<String>, Option<String>) =
        (row.get(3)?, row.get(4)?, row.get(5)?);
    let mark = mark.as_deref().and_then(Mark::parse).unwrap_or(Mark::Unverified);
    let scan: Option<String> = row.get(14)?;
    Ok(Recognition {
        entry: row.get(0)?,
        organisation: row.get(1)?,
        form: row.get(2)?,
        name: fr.map(|fr| (Bilingual { fr, en }, mark)),
        receipt: row.get(6)?,
        scheme: row.get(7)?,
        authority: row.get(8)?,
        dates: Membership { from: row.get(9)?, to: row.get(10)? },
        publication: row.get(11)?,
        source: row.get(12)?,
        note: row.get(13)?,
        scan: scan.as_deref().and_then(Commitment::parse),
        own: row.get(15)?,
        known: row.get(16)?,
    })
}

const RECOGNITION: &str = "\
    SELECT r.entry, r.organisation, r.form, f.fr, f.en, f.mark, r.receipt, r.scheme, r.authority, r.on_day, r.to_day, \
    r.publication, r.source, r.note, r.scan, r.own, r.known FROM organisation_recognition r \
    LEFT JOIN legal_form f ON f.id = r.form";

/// The recognitions of the organisation and of those that go on as it, in the order in which they held.
pub(crate) fn recognitions_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Recognition>, Fault> {
    let sql = format!(
        "{RECOGNITION} WHERE {} ORDER BY COALESCE(r.on_day, r.known), r.entry",
        one_of("r.organisation", "?1")
    );
    tx.rows(&sql, values![*id], recognition)
}

/// Every recognition, by entry.
pub(crate) fn recognitions(tx: &mut Tx<'_>) -> Result<Vec<Recognition>, Fault> {
    tx.rows(&format!("{RECOGNITION} ORDER BY r.entry"), &[], recognition)
}

/// Where and on what an organisation works, as it was said once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Working {
    pub(crate) entry: u64,
    pub(crate) basis: Basis,
    pub(crate) dates: Membership,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    pub(crate) known: Day,
    /// The places that were named, each with its name.
    pub(crate) places: Vec<(PlaceId, String)>,
    /// The themes, each with its names.
    pub(crate) themes: Vec<(String, Bilingual)>,
}

/// What was said of where and on what the organisation works, newest first.
pub(crate) fn work_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Working>, Fault> {
    let sql = format!(
        "SELECT w.entry, w.basis, w.from_day, w.to_day, w.source, w.note, w.known FROM organisation_work w WHERE {} \
         ORDER BY w.entry DESC",
        one_of("w.organisation", "?1")
    );
    let mut said = tx.rows(&sql, values![*id], |row| {
        let basis: String = row.get(1)?;
        Ok(Working {
            entry: row.get(0)?,
            basis: Basis::parse(&basis).ok_or_else(|| Fault::Value(format!("dit par « {basis} »")))?,
            dates: Membership { from: row.get(2)?, to: row.get(3)? },
            source: row.get(4)?,
            note: row.get(5)?,
            known: row.get(6)?,
            places: Vec::new(),
            themes: Vec::new(),
        })
    })?;
    for one in &mut said {
        one.places = tx.rows(
            "SELECT p.place, COALESCE(n.fr, p.place) FROM organisation_work_at p LEFT JOIN named n ON n.kind = 'place' \
             AND n.id = p.place WHERE p.entry = ?1 AND p.named = ?2 ORDER BY 2, 1",
            values![one.entry, true],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        one.themes = tx.rows(
            "SELECT t.theme, COALESCE(n.fr, t.theme), n.en FROM organisation_work_on t LEFT JOIN named n ON n.kind = \
             'theme' AND n.id = t.theme WHERE t.entry = ?1 ORDER BY 2, 1",
            values![one.entry],
            |row| Ok((row.get(0)?, Bilingual { fr: row.get(1)?, en: row.get(2)? })),
        )?;
    }
    Ok(said)
}

/// Each organisation with a theme on which it is said to work on the day.
pub(crate) fn themes_on(tx: &mut Tx<'_>, day: Day) -> Result<Vec<(String, String)>, Fault> {
    tx.rows(
        "SELECT DISTINCT organisation, theme FROM organisation_work_on WHERE since <= ?1 AND (to_day IS NULL OR to_day \
         > ?1) ORDER BY organisation, theme",
        values![day],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Each organisation with a place, named itself, in which it is said to work on the day.
pub(crate) fn work_places_on(tx: &mut Tx<'_>, day: Day) -> Result<Vec<(String, String)>, Fault> {
    tx.rows(
        "SELECT DISTINCT organisation, place FROM organisation_work_at WHERE named = ?2 AND since <= ?1 AND (to_day IS \
         NULL OR to_day > ?1) ORDER BY organisation, place",
        values![day, true],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
