//! Standing: for whom a person may act today, from the mandates on the record.

use record::{Fault, Tables, Tx, values};
use terms::access::Role;
use terms::{Actor, Behalf, BodyId, Day, MandateId, OrganisationId, PersonId, Sealed, Word};

use crate::gate::Audience;

/// One mandate in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Its id.
    pub id: MandateId,
    /// For whom.
    pub behalf: Behalf,
    /// What it allows.
    pub role: Role,
}

/// A signed-in person and what they may do today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// The name they act under; `None` when it was withdrawn.
    pub name: Option<String>,
    /// Their mandates in force.
    pub mandates: Vec<Mandate>,
}

impl Standing {
    /// Whether the person acts for this body in one of these roles.
    #[must_use]
    pub fn acts_for_body(&self, body: &BodyId, roles: &[Role]) -> bool {
        self.mandates
            .iter()
            .any(|m| m.behalf == Behalf::Body { body: body.clone() } && roles.contains(&m.role))
    }

    /// Whether the person acts for this organisation in one of these roles.
    #[must_use]
    pub fn acts_for_organisation(&self, organisation: &OrganisationId, roles: &[Role]) -> bool {
        let behalf = Behalf::Organisation { organisation: organisation.clone() };
        self.mandates.iter().any(|m| m.behalf == behalf && roles.contains(&m.role))
    }

    /// Whether the person keeps the instance.
    #[must_use]
    pub fn is_steward(&self) -> bool {
        self.mandates.iter().any(|m| m.behalf == Behalf::Instance && m.role == Role::Steward)
    }

    /// Whether the person holds any mandate in one of these roles.
    #[must_use]
    pub fn has_role(&self, roles: &[Role]) -> bool {
        self.mandates.iter().any(|m| roles.contains(&m.role))
    }

    /// The bodies the person acts for in one of these roles.
    pub fn bodies(&self, roles: &[Role]) -> Vec<BodyId> {
        let mandates = self.mandates.iter().filter(|m| roles.contains(&m.role));
        let bodies = mandates.filter_map(|m| match &m.behalf {
            Behalf::Body { body } => Some(body.clone()),
            _ => None,
        });
        bodies.collect()
    }

    /// The organisations the person acts for in one of these roles.
    pub fn organisations(&self, roles: &[Role]) -> Vec<OrganisationId> {
        let mandates = self.mandates.iter().filter(|m| roles.contains(&m.role));
        let organisations = mandates.filter_map(|m| match &m.behalf {
            Behalf::Organisation { organisation } => Some(organisation.clone()),
            _ => None,
        });
        organisations.collect()
    }

    /// The actor of an act on this behalf: every act names for whom it was done.
    #[must_use]
    pub fn actor(&self, behalf: Behalf) -> Actor {
        Actor::Person { person: self.person.clone(), behalf }
    }

    pub(crate) fn is_of(&self, audience: &Audience) -> bool {
        match audience {
            Audience::Person(person) => self.person == *person,
            Audience::Body(body) => self.acts_for_body(body, &Role::ALL),
            Audience::Organisation(organisation) => self.acts_for_organisation(organisation, &Role::ALL),
            Audience::Stewards => self.is_steward(),
        }
    }
}

/// The table of mandates, which every room's gate asks.
#[must_use]
pub const fn standing_tables() -> Tables {
    Tables {
        room: "web-standing",
        derived: "
CREATE TABLE mandate (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    behalf_kind TEXT NOT NULL,
    behalf_id TEXT NOT NULL,
    role TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX mandate_person ON mandate (person);
CREATE INDEX mandate_behalf ON mandate (behalf_kind, behalf_id);
",
        drawers: "",
        apply,
    }
}

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::MandateGiven(given) => {
            let (kind, id) = given.behalf.cells();
            tx.run(
                "INSERT INTO mandate (id, person, behalf_kind, behalf_id, role, from_day, to_day, entry) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
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
            tx.run("UPDATE mandate SET to_day = ?2 WHERE id = ?1", values![ended.id, ended.on])?;
        }
        _ => {}
    }
    Ok(())
}

/// What this person may do on this day.
pub(crate) fn standing(tx: &mut Tx<'_>, person: &PersonId, today: Day) -> Result<Standing, Fault> {
    let name = record::directory::look_up(tx, record::directory::Kind::Person, person.as_str())?;
    let mandates = tx.rows(
        "SELECT id, behalf_kind, behalf_id, role FROM mandate \
         WHERE person = ?1 AND from_day <= ?2 AND (to_day IS NULL OR to_day > ?2) ORDER BY id",
        values![*person, today],
        |row| {
            let (kind, id, role): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let unknown = || Fault::Value(format!("mandat {kind} {id} {role}"));
            let behalf = Behalf::of_cells(&kind, &id).ok_or_else(unknown)?;
            Ok(Mandate { id: row.get(0)?, behalf, role: Role::parse(&role).ok_or_else(unknown)? })
        },
    )?;
    Ok(Standing { person: person.clone(), name: name.and_then(|named| named.fr), mandates })
}
