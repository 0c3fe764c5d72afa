//! The demonstration: a pack's facts, its real recommendations, and one fictional commune's year.

use std::path::Path;

use pack::Exercise;
use pack::{Files, Pack};
use record::{Clock, Fault, Record};
use terms::access::Role;
use terms::{Behalf, BodyId, OrganisationId};

use crate::instance::create;

/// The pack's file of real recommendations.
const RECOMMENDATIONS: &str = "recommendations.csv";

/// Days for which an invitation of the exercise opens.
const INVITATION_DAYS: u16 = 60;

/// What the making of a demonstration told besides making it.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// Rows of the pack's recommendations that need a look, each with its line.
    pub oddities: Vec<String>,
    /// Who of the exercise is invited, and by which path.
    pub invitations: Vec<(String, String)>,
}

/// Why a demonstration was not made.
#[derive(Debug)]
pub enum Unmade {
    /// Only the operator can mend it.
    Fault(Fault),
    /// A data file of the pack is at fault: the sentence that says where.
    Data(String),
}

impl From<Fault> for Unmade {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Told which step is at how many of how many.
pub type Steps<'a> = &'a mut dyn FnMut(&'static str, u64, u64);

/// The demonstration is in the folder, whole.
///
/// **Errors** an instance there already; a data file at fault; the system refused.
pub fn make(
    path: &Path,
    files: &dyn Files,
    pack: &Pack,
    clock: Clock,
    steps: Steps<'_>,
) -> Result<Made, Unmade> {
    let mut made = Made::default();
    let steps = std::cell::RefCell::new(steps);
    create(
        path,
        files,
        pack,
        clock,
        &mut |done, all| (steps.borrow_mut())("Versement du pack", done, all),
        |record| {
            fill(record, files, pack, &mut made, &mut |what, done, all| (steps.borrow_mut())(what, done, all))
        },
    )?;
    Ok(made)
}

fn fill(
    record: &Record,
    files: &dyn Files,
    pack: &Pack,
    made: &mut Made,
    steps: Steps<'_>,
) -> Result<(), Unmade> {
    let exercise = Exercise::read(files).map_err(|fault| Unmade::Data(fault.to_string()))?;
    if let Some(exercise) = &exercise {
        let facts = exercise.facts(pack).map_err(|fault| Unmade::Data(fault.to_string()))?;
        pack::seal(record, facts, &mut |_, _| {})?;
    }
    if let Some(bytes) = files.read(RECOMMENDATIONS) {
        let imported = recommendations::import::import(record, RECOMMENDATIONS, &bytes, &mut |done, all| {
            steps("Recommandations réelles", done, all);
        })
        .map_err(|refused| match refused {
            recommendations::import::Refused::Fault(fault)
            | recommendations::import::Refused::Cut(fault, _) => Unmade::Fault(fault),
            refused => Unmade::Data(format!("{RECOMMENDATIONS} : {refused}")),
        })?;
        made.oddities =
            imported.oddities.iter().map(|oddity| format!("{RECOMMENDATIONS}, {oddity}")).collect();
    }
    if let Some(exercise) = &exercise {
        let rules = pack.obligations.iter().map(|one| (one.id.to_string(), one.rule.clone()));
        let rules: Vec<_> = rules.collect();
        crate::exercise::play(record, exercise, &rules, &mut |done, all| {
            steps("Année de l’exercice", done, all);
        })?;
        made.invitations = invite(record, exercise)?;
    }
    Ok(())
}

/// The exercise's people are invited to act for their office or organisation; its first organisation's people also keep the
/// committee's secretariat, and one link makes a steward.
fn invite(record: &Record, exercise: &Exercise) -> Result<Vec<(String, String)>, Fault> {
    let mut invitations = Vec::new();
    let mut add = |who: String, behalf: Behalf, role: Role| -> Result<(), Fault> {
        invitations.push((who, access::first_invitation(record, "", behalf, role, INVITATION_DAYS)?));
        Ok(())
    };
    for person in &exercise.persons {
        let (behalf, role) = match (&person.office, &person.organisation) {
            (Some(office), _) => (for_body(office), Role::Authority),
            (None, Some(organisation)) => (for_organisation(organisation), Role::Delegate),
            (None, None) => continue,
        };
        add(person.name.clone(), behalf, role)?;
    }
    add("Secrétariat du comité".to_owned(), for_body(&exercise.body.id), Role::Secretary)?;
    // Who keeps an organisation's papers declares, assesses and ticks for it.
    for organisation in exercise
        .organisations
        .iter()
        .filter(|one| exercise.fundings.iter().any(|funding| funding.organisation == one.id))
    {
        add(
            format!("Secrétariat — {}", organisation.name),
            for_organisation(&organisation.id),
            Role::Secretary,
        )?;
    }
    add("Gardien de l’instance".to_owned(), Behalf::Instance, Role::Steward)?;
    Ok(invitations)
}

fn for_body(body: &BodyId) -> Behalf {
    Behalf::Body { body: body.clone() }
}

fn for_organisation(organisation: &OrganisationId) -> Behalf {
    Behalf::Organisation { organisation: organisation.clone() }
}
