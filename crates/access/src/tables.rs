//! Persons and their mandates, from the record; accounts and invitations, in the drawers.

use record::{Fault, Tables, Tx, values};
use terms::access::Role;
use terms::{Behalf, Day, MandateId, PersonId, Sealed, Word};

use crate::acts::Ending;

pub(crate) mod drawers;

/// The room's share of the record, and its drawers.
pub(crate) const TABLES: Tables = Tables {
    room: "access",
    derived: "
CREATE TABLE access_person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX access_person_entry ON access_person (entry);
CREATE TABLE access_mandate (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    behalf_kind TEXT NOT NULL,
    behalf_id TEXT NOT NULL,
    role TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    ground TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX access_mandate_person ON access_mandate (person);
CREATE INDEX access_mandate_behalf ON access_mandate (behalf_kind, behalf_id, id);
CREATE INDEX access_mandate_role ON access_mandate (role, behalf_kind, behalf_id, id);
",
    drawers: drawers::SCHEMA,
    apply,
};

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::PersonEnrolled(enrolled) => {
            tx.run(
                "INSERT INTO access_person (id, name, entry) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                values![enrolled.id, enrolled.name, sealed.index],
            )?;
        }
        Word::MandateGiven(given) => {
            let (kind, id) = given.behalf.cells();
            tx.run(
                "INSERT INTO access_mandate \
                 (id, person, behalf_kind, behalf_id, role, from_day, to_day, ground, entry) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, ?8) ON CONFLICT (id) DO NOTHING",
                values![
                    given.id,
                    given.person,
                    kind,
                    id,
                    given.role.as_str(),
                    given.from,
                    given.to,
                    sealed.index
                ],
            )?;
        }
        Word::MandateEnded(ended) => {
            tx.run(
                "UPDATE access_mandate SET to_day = ?2, ground = ?3 WHERE id = ?1",
                values![ended.id, ended.on, ended.ground],
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// A mandate as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tenure {
    pub(crate) id: MandateId,
    pub(crate) person: PersonId,
    pub(crate) behalf: Behalf,
    pub(crate) role: Role,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) ground: Option<String>,
    pub(crate) entry: u64,
}

impl Tenure {
    /// Whether it is in force on this day.
    pub(crate) fn in_force(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| to > day)
    }
}

const TENURE: &str =
    "SELECT id, person, behalf_kind, behalf_id, role, from_day, to_day, ground, entry FROM access_mandate";

const IN_FORCE: &str = "from_day <= ?1 AND (to_day IS NULL OR to_day > ?1)";

fn tenure(row: &record::Row<'_>) -> Result<Tenure, Fault> {
    let (kind, id, role): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
    let unknown = || Fault::Value(format!("mandat {kind} {id} {role}"));
    Ok(Tenure {
        id: row.get(0)?,
        person: row.get(1)?,
        behalf: Behalf::of_cells(&kind, &id).ok_or_else(unknown)?,
        role: Role::parse(&role).ok_or_else(unknown)?,
        from: row.get(5)?,
        to: row.get(6)?,
        ground: row.get(7)?,
        entry: row.get(8)?,
    })
}

/// The mandate of this id.
pub(crate) fn mandate(tx: &mut Tx<'_>, id: &str) -> Result<Option<Tenure>, Fault> {
    tx.row(&format!("{TENURE} WHERE id = ?1"), values![id], tenure)
}

/// Every mandate a person has or had, newest first.
pub(crate) fn mandates_of(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<Tenure>, Fault> {
    tx.rows(&format!("{TENURE} WHERE person = ?1 ORDER BY entry DESC"), values![*person], tenure)
}

/// The mandates in force on this day for one body or organisation, at most `most`.
pub(crate) fn mandates_for(
    tx: &mut Tx<'_>,
    behalf: &Behalf,
    day: Day,
    most: usize,
) -> Result<Vec<Tenure>, Fault> {
    let (kind, id) = behalf.cells();
    let sql =
        format!("{TENURE} WHERE {IN_FORCE} AND behalf_kind = ?2 AND behalf_id = ?3 ORDER BY id LIMIT {most}");
    tx.rows(&sql, values![day, kind, id], tenure)
}

/// Which mandates a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// In force on this day; `None` for all there ever were.
    pub(crate) on: Option<Day>,
    /// Of this role alone.
    pub(crate) role: Option<Role>,
    /// After this mandate in the order of the list.
    pub(crate) after: Option<MandateId>,
}

/// The mandates wanted, by whom they are for, at most `most`.
pub(crate) fn mandates(tx: &mut Tx<'_>, wanted: &Wanted, most: usize) -> Result<Vec<Tenure>, Fault> {
    let after = match &wanted.after {
        Some(id) => mandate(tx, id.as_str())?,
        None => None,
    };
    let on = wanted.on.unwrap_or(Day::MAX);
    let mut sql = format!("{TENURE} WHERE from_day <= ?1");
    let mut bound = values![on].to_vec();
    if wanted.on.is_some() {
        sql.push_str(" AND (to_day IS NULL OR to_day > ?1)");
    }
    if let Some(role) = wanted.role {
        bound.push(record::ToValue::to_value(role.as_str()));
        sql.push_str(&format!(" AND role = ?{}", bound.len()));
    }
    if let Some(after) = &after {
        let (kind, id) = after.behalf.cells();
        bound.extend_from_slice(values![kind, id, after.id]);
        let last = bound.len();
        sql.push_str(&format!(" AND (behalf_kind, behalf_id, id) > (?{}, ?{}, ?{last})", last - 2, last - 1));
    }
    sql.push_str(&format!(" ORDER BY behalf_kind, behalf_id, id LIMIT {most}"));
    tx.rows(&sql, &bound, tenure)
}

/// Whether the person holds this role for this one on this day.
pub(crate) fn holds(
    tx: &mut Tx<'_>,
    person: &PersonId,
    behalf: &Behalf,
    role: Role,
    day: Day,
) -> Result<bool, Fault> {
    let (kind, id) = behalf.cells();
    let sql = format!(
        "SELECT 1 FROM access_mandate WHERE {IN_FORCE} AND person = ?2 AND behalf_kind = ?3 \
         AND behalf_id = ?4 AND role = ?5 LIMIT 1"
    );
    let found = tx.row(&sql, values![day, *person, kind, id, role.as_str()], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

/// Whether the person keeps the instance on this day.
pub(crate) fn keeps(tx: &mut Tx<'_>, person: &PersonId, day: Day) -> Result<bool, Fault> {
    holds(tx, person, &Behalf::Instance, Role::Steward, day)
}

/// What the end of this mandate is decided on.
pub(crate) fn ending(tx: &mut Tx<'_>, mandate: &Tenure, day: Day) -> Result<Ending, Fault> {
    let another = tx.row(
        "SELECT 1 FROM access_mandate WHERE from_day <= ?1 AND to_day IS NULL AND behalf_kind = 'instance' \
         AND behalf_id = '' AND role = 'steward' AND person <> ?2 LIMIT 1",
        values![day, mandate.person],
        |row| row.get::<i64>(0),
    )?;
    let (id, role, to) = (mandate.id.clone(), mandate.role, mandate.to);
    Ok(Ending { id, role, to, another_steward: another.is_some() })
}

/// A person and the name they act under, unless it was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: PersonId,
    pub(crate) name: Option<String>,
    pub(crate) entry: u64,
}

const PERSON: &str =
    "SELECT p.id, e.bytes, p.entry FROM access_person p LEFT JOIN enclosure e ON e.sha256 = p.name";

fn one_person(row: &record::Row<'_>) -> Result<Person, Fault> {
    Ok(Person { id: row.get(0)?, name: row.get(1)?, entry: row.get(2)? })
}

/// The person of this id.
pub(crate) fn person(tx: &mut Tx<'_>, id: &str) -> Result<Option<Person>, Fault> {
    tx.row(&format!("{PERSON} WHERE p.id = ?1"), values![id], one_person)
}

/// Persons enrolled before this entry, newest first, at most `most`.
pub(crate) fn persons(tx: &mut Tx<'_>, before: Option<u64>, most: usize) -> Result<Vec<Person>, Fault> {
    let before = before.map_or(i64::MAX, |entry| i64::try_from(entry).unwrap_or(i64::MAX));
    let sql = format!("{PERSON} WHERE p.entry < ?1 ORDER BY p.entry DESC LIMIT {most}");
    tx.rows(&sql, values![before], one_person)
}
