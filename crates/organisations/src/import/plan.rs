//! From what was understood of a file to the words to be written: what is on the register already, what looks like it, which places and
//! umbrellas are meant.

use std::collections::{BTreeMap, BTreeSet};

use record::directory::{self, sort_key};
use record::{Fault, Tx};
use terms::organisations::{OrganisationIdentified, TieStated};
use terms::{Day, OrganisationId, PlaceId, SourceId, Word};
use web::{Language, Languages};

use super::{Oddity, Row, Understood};
use crate::acts::{self, Candidates, Draft, Likeness, Membership, Reason, Refusal};
use crate::tables;

/// A registration that a row looks like, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A row with what the register knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The row.
    pub row: Row,
    /// The organisation that it is, already on the register.
    pub already: Option<OrganisationId>,
    /// The id that it would have.
    pub id: OrganisationId,
    /// Its seat.
    pub place: Option<PlaceId>,
    /// What it looks like, on the register or in the file before it; such a row is taken only where somebody says so.
    pub likely: Vec<Likely>,
}

/// What would be done with a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Every row.
    pub rows: Vec<Planned>,
    /// What could not be taken as it stood, with what was found beside the register.
    pub oddities: Vec<Oddity>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Organisations registered.
    pub taken: usize,
    /// Organisations that were on the register already.
    pub already: usize,
    /// Rows left aside because they look like a registration, and nobody said that they are another.
    pub aside: usize,
    /// Identifiers, memberships and ties recorded.
    pub said: usize,
    /// What the acts refused, and what became of it.
    pub oddities: Vec<Oddity>,
}

/// What would be done with what was understood. Nothing is written.
///
/// **Errors** the database refused.
pub fn plan(tx: &mut Tx<'_>, understood: &Understood) -> Result<Plan, Fault> {
    let mut plan = Plan { rows: Vec::new(), oddities: understood.oddities.clone() };
    let (mut given, mut names) = (BTreeSet::new(), BTreeMap::new());
    for row in &understood.rows {
        let already = known(tx, row)?;
        let key = sort_key(&row.name);
        if let (None, Some(line)) = (&already, names.get(&key)) {
            let message = format!("« {} » est déjà à la ligne {line} ; la ligne n’est pas reprise", row.name);
            plan.oddities.push(Oddity { line: row.line, column: String::new(), message });
            continue;
        }
        names.insert(key, row.line);
        let id = match &already {
            Some(id) => id.clone(),
            None => fresh(tx, row, &mut given)?,
        };
        let place = match &already {
            Some(_) => None,
            None => placed(tx, row, &mut plan.oddities)?,
        };
        plan.rows.push(Planned { row: row.clone(), already, id, place, likely: Vec::new() });
    }
    compare(tx, &mut plan)?;
    plan.oddities.sort_by_key(|oddity| oddity.line);
    Ok(plan)
}

/// The organisation of the register that the row is: it bears one of its identifiers, or its very name.
fn known(tx: &mut Tx<'_>, row: &Row) -> Result<Option<OrganisationId>, Fault> {
    for (scheme, value) in &row.identifiers {
        if let Some(bearer) = tables::bearers(tx, scheme, value)?.into_iter().next() {
            return Ok(Some(bearer.organisation));
        }
    }
    let named = tables::same(tx, &row.name, None)?;
    Ok(named.into_iter().find_map(|(id, _)| OrganisationId::parse(&id).ok()))
}

/// An id out of the acronym or the name, which nothing else has.
fn fresh(tx: &mut Tx<'_>, row: &Row, given: &mut BTreeSet<String>) -> Result<OrganisationId, Fault> {
    let text = row.acronym.as_deref().filter(|text| text.chars().count() >= 3).unwrap_or(&row.name);
    let ascii = sort_key(text).replace('œ', "oe").replace('æ', "ae").replace(' ', "-");
    let slug: String = ascii.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    let slug = match slug.trim_matches('-') {
        "" => "organisation",
        slug => slug,
    };
    for number in 1_usize.. {
        let id = if number == 1 { slug.to_owned() } else { format!("{slug}-{number}") };
        let taken = given.contains(&id)
            || ["nouvelle", "doublons", "importer"].contains(&id.as_str())
            || directory::look_up(tx, directory::Kind::Organisation, &id)?.is_some();
        if !taken {
            given.insert(id.clone());
            return OrganisationId::parse(&id).map_err(|fault| Fault::Value(fault.to_string()));
        }
    }
    Err(Fault::Value(slug.to_owned()))
}

fn placed(tx: &mut Tx<'_>, row: &Row, oddities: &mut Vec<Oddity>) -> Result<Option<PlaceId>, Fault> {
    let Some(text) = &row.place else { return Ok(None) };
    let found = directory::places_called(tx, text, 5)?;
    let told = match found.as_slice() {
        [one] => return Ok(PlaceId::parse(&one.id).ok()),
        [] => format!("aucun lieu ne s’appelle « {} »", sheets::cut(text, 60)),
        several => {
            let ids: Vec<&str> = several.iter().map(|named| named.id.as_str()).collect();
            format!("« {} » peut être {} : écrivez l’identifiant", sheets::cut(text, 60), ids.join(" ou "))
        }
    };
    let message = format!("{told} ; l’organisation est reprise sans siège");
    oddities.push(Oddity { line: row.line, column: "siege".into(), message });
    Ok(None)
}

/// Each new row is compared with the register, and with the rows before it.
fn compare(tx: &mut Tx<'_>, plan: &mut Plan) -> Result<(), Fault> {
    let mut all = tables::likenesses(tx)?;
    let registered = all.len();
    let fresh: Vec<usize> = plan
        .rows
        .iter()
        .enumerate()
        .filter(|(_, planned)| planned.already.is_none())
        .map(|(at, _)| at)
        .collect();
    all.extend(fresh.iter().filter_map(|at| plan.rows.get(*at)).map(|planned| {
        let Row { name, acronym, kind, identifiers, .. } = &planned.row;
        Likeness {
            id: planned.id.clone(),
            key: sort_key(name),
            acronym: acronym.as_deref().map(sort_key).unwrap_or_default(),
            kind: kind.clone(),
            place: planned.place.as_ref().map(ToString::to_string),
            exercise: false,
            identifiers: identifiers
                .iter()
                .map(|(scheme, value)| (scheme.clone(), sort_key(value)))
                .collect(),
        }
    }));
    for pair in acts::alike(&all, &BTreeSet::new()).pairs {
        // The register's own come first: the second is new, or the pair is no matter of this file.
        let Some(at) = pair.other.checked_sub(registered).and_then(|at| fresh.get(at).copied()) else {
            continue;
        };
        let Some(like) = all.get(pair.one) else { continue };
        let name = match pair.one.checked_sub(registered).and_then(|one| plan.rows.get(*fresh.get(one)?)) {
            Some(before) => before.row.name.clone(),
            None => {
                let named = directory::look_up(tx, directory::Kind::Organisation, like.id.as_str())?;
                named.and_then(|named| named.fr).unwrap_or_else(|| like.id.to_string())
            }
        };
        if let Some(planned) = plan.rows.get_mut(at) {
            planned.likely.push(Likely { id: like.id.clone(), name, reasons: pair.reasons });
        }
    }
    Ok(())
}

/// What writing needs besides the plan.
struct Writing<'a> {
    source: Option<&'a SourceId>,
    today: Day,
    languages: Languages,
    /// The rows that are written, by id in the file and by name.
    named: BTreeMap<String, OrganisationId>,
    words: Vec<Word>,
    done: Done,
}

/// The words of the plan, and what they do. `another` are the lines of which somebody said that they are other organisations than those they look
/// like; the others that look like one are left aside.
///
/// **Errors** the database refused.
pub fn words(
    tx: &mut Tx<'_>,
    plan: &Plan,
    another: &dyn Fn(u64) -> bool,
    source: Option<&SourceId>,
    today: Day,
) -> Result<(Vec<Word>, Done), Fault> {
    let own = (include_str!("../../lang/fr.ftl"), include_str!("../../lang/en.ftl"));
    let languages = Languages::of(&[own]).map_err(Fault::Value)?;
    let mut writing = Writing {
        source,
        today,
        languages,
        named: BTreeMap::new(),
        words: Vec::new(),
        done: Done::default(),
    };
    let mut taken = Vec::new();
    for planned in &plan.rows {
        if planned.already.is_none() && !planned.likely.is_empty() && !another(planned.row.line) {
            writing.done.aside += 1;
            continue;
        }
        if writing.register(planned) {
            taken.push(planned);
        }
    }
    for planned in taken {
        writing.say(tx, planned)?;
    }
    Ok((writing.words, writing.done))
}

impl Writing<'_> {
    fn told(&mut self, line: u64, refusals: Vec<Refusal>, then: &str) {
        for refusal in refusals {
            let refusal = web::Refusal::from(refusal);
            let arguments: Vec<_> =
                refusal.arguments.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
            let sentence = self.languages.say(Language::French, refusal.key, &arguments);
            self.done.oddities.push(Oddity {
                line,
                column: String::new(),
                message: format!("{sentence} ({then})"),
            });
        }
    }

    /// The organisation is registered, or is already; whether what else is said of it may be.
    fn register(&mut self, planned: &Planned) -> bool {
        let row = &planned.row;
        if planned.already.is_some() {
            self.done.already += 1;
        } else {
            let draft = Draft {
                name: row.name.clone(),
                acronym: row.acronym.clone(),
                kind: row.kind.clone(),
                founded: row.founded.clone(),
                legal_form: row.legal_form.clone(),
                place: planned.place.clone().map_or(Candidates::Blank, Candidates::One),
                source: self.source.cloned(),
                note: row.note.clone(),
                exercise: false,
                another: true,
            };
            match acts::register(planned.id.clone(), draft, &[], self.today) {
                Ok(word) => self.words.push(word),
                Err(refusals) => {
                    self.told(row.line, refusals, "la ligne n’est pas reprise");
                    return false;
                }
            }
            self.done.taken += 1;
        }
        self.named.insert(sort_key(&row.name), planned.id.clone());
        self.named.extend(row.file_id.clone().map(|id| (id, planned.id.clone())));
        true
    }

    /// Identifiers, memberships and ties that are not known yet.
    fn say(&mut self, tx: &mut Tx<'_>, planned: &Planned) -> Result<(), Fault> {
        let line = planned.row.line;
        for (scheme, value) in &planned.row.identifiers {
            let bearers = tables::bearers(tx, scheme, value)?;
            if bearers.iter().any(|bearer| bearer.organisation == planned.id) {
                continue;
            }
            let identified = OrganisationIdentified {
                organisation: planned.id.clone(),
                scheme: scheme.clone(),
                value: value.clone(),
                from: None,
                to: None,
                source: self.source.cloned(),
                note: self.source.is_none().then(|| format!("Repris d’un fichier, ligne {line}.")),
            };
            let decided = acts::identify(identified, &bearers, self.today);
            self.write(line, decided, "l’identifiant n’est pas repris");
        }
        for umbrella in &planned.row.umbrellas {
            self.join(tx, planned, umbrella)?;
        }
        self.ties(tx, planned)
    }

    fn ties(&mut self, tx: &mut Tx<'_>, planned: &Planned) -> Result<(), Fault> {
        let said = tables::said_of(tx, &planned.id)?;
        for tie in &planned.row.ties {
            let again =
                said.iter().any(|one| one.criterion == tie.criterion && one.note.as_ref() == Some(&tie.note));
            if again {
                continue;
            }
            let stated = TieStated {
                organisation: planned.id.clone(),
                criterion: tie.criterion.into(),
                value: terms::organisations::Held::Yes,
                basis: tie.basis,
                contested: false,
                from: tie.from,
                to: tie.to,
                source: self.source.cloned(),
                note: Some(tie.note.clone()),
                evidence: None,
            };
            let decided = acts::tie(stated, true, self.today);
            self.write(planned.row.line, decided, "le lien n’est pas repris");
        }
        Ok(())
    }

    fn join(&mut self, tx: &mut Tx<'_>, planned: &Planned, text: &str) -> Result<(), Fault> {
        let umbrella = match self.named.get(text).or_else(|| self.named.get(&sort_key(text))) {
            Some(id) => Candidates::One(id.clone()),
            None => {
                let found = tables::same(tx, text, Some(text))?;
                match found.as_slice() {
                    [] => Candidates::Nobody(sheets::cut(text, 60)),
                    [(id, _)] => OrganisationId::parse(id)
                        .map_or_else(|_| Candidates::Nobody(sheets::cut(text, 60)), Candidates::One),
                    several => {
                        let names: Vec<String> =
                            several.iter().map(|(id, name)| format!("{name} [{id}]")).collect();
                        Candidates::Several(names.join(", "))
                    }
                }
            }
        };
        let (recorded, real) = match &umbrella {
            Candidates::One(id) => (
                tables::between(tx, &planned.id, id)?,
                !directory::is_exercise(tx, directory::Kind::Organisation, id.as_str())?,
            ),
            _ => (Vec::new(), true),
        };
        if !recorded.is_empty() {
            return Ok(());
        }
        let dates = Membership { from: None, to: None };
        let source = self.source.cloned();
        let decided = acts::join(planned.id.clone(), umbrella, dates, source, &recorded, real, self.today);
        self.write(planned.row.line, decided, "l’adhésion n’est pas reprise");
        Ok(())
    }

    fn write(&mut self, line: u64, decided: Result<Word, Vec<Refusal>>, then: &str) {
        match decided {
            Ok(word) if self.words.contains(&word) => {}
            Ok(word) => {
                self.done.said += 1;
                self.words.push(word);
            }
            Err(refusals) => self.told(line, refusals, then),
        }
    }
}
