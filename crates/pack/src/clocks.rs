//! `clocks.toml`: how long an addressee has, the ladder after silence, and what may stop a clock.

use serde::Deserialize;
use terms::instance::{ClockRuleSet, EscalationStep, LegalBasis, PauseCauseSet};
use terms::{Bilingual, BodyId, Mark, RuleId, SourceId, Span};

use crate::PackFault;
use crate::keyed::{Keyed, absent, parse, text_of};
use crate::read::Known;
use crate::sheet::{Ids, Reading, no_word, parse_day};

const FILE: &str = "clocks.toml";

/// What a letter's text may hold in braces.
const BLANKS: [&str; 5] = ["recommandation", "destinataire", "remise", "echeance", "jours"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Rule>,
    #[serde(default)]
    pause_cause: Vec<PauseCause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    level: Option<String>,
    fr: String,
    en: Option<String>,
    legal_basis: LegalBasis,
    basis_fr: String,
    basis_en: Option<String>,
    mark: String,
    source: Option<String>,
    acknowledgement: Option<Span>,
    answer: Option<Span>,
    #[serde(default)]
    remind_after_days: Vec<u32>,
    #[serde(default)]
    escalation: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    step: u8,
    after_days: u32,
    addressee_kind: Option<String>,
    addressee: Option<String>,
    window: Option<String>,
    rule: Option<String>,
    letter_fr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PauseCause {
    id: String,
    fr: String,
    en: Option<String>,
    #[serde(default)]
    once: bool,
}

/// An empty text says nothing, as an empty cell.
fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

struct Checking<'a, 'k> {
    keyed: Keyed<'a>,
    known: &'k Known,
    faults: Vec<PackFault>,
}

pub(crate) fn read(reading: &mut Reading<'_>, known: &Known) -> (Vec<ClockRuleSet>, Vec<PauseCauseSet>) {
    take(reading, known).unwrap_or_else(|fault| {
        reading.faults.add(fault);
        (Vec::new(), Vec::new())
    })
}

type Clocks = (Vec<ClockRuleSet>, Vec<PauseCauseSet>);

fn take(reading: &mut Reading<'_>, known: &Known) -> Result<Clocks, PackFault> {
    let text = text_of(reading.files, FILE)?.ok_or_else(|| absent(reading.files, FILE))?;
    let (file, keyed) = parse::<File>(reading.files, FILE, &text)?;
    let mut rule_ids = Ids::new("n’est pas une horloge de clocks.toml");
    let mut checking = Checking { keyed, known, faults: Vec::new() };
    for rule in &file.rule {
        checking.id(&rule.id, &mut rule_ids);
    }
    let rules = file.rule.iter().filter_map(|rule| checking.rule(rule, &rule_ids)).collect();
    let mut cause_ids = Ids::new("n’est pas une cause de pause de clocks.toml");
    let causes = file.pause_cause.iter().map(|cause| checking.cause(cause, &mut cause_ids)).collect();
    checking.faults.into_iter().for_each(|fault| reading.faults.add(fault));
    Ok((rules, causes))
}

impl Checking<'_, '_> {
    fn fault(&mut self, key: &str, value: &str, message: String) {
        let fault = self.keyed.fault(key, value, message);
        self.faults.push(fault);
    }

    fn id(&mut self, id: &str, ids: &mut Ids) {
        if let Err(fault) = RuleId::parse(id) {
            self.fault("id", id, fault.to_string());
        } else if ids.give(id, 0).is_err() {
            let fault = self.keyed.repeated("id", id);
            self.faults.push(fault);
        }
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = (&'t str, &'t str)>) {
        for (key, text) in texts {
            self.faults.extend(self.keyed.check_text(key, text));
        }
    }

    fn link(&mut self, key: &str, value: Option<&str>, of: impl Fn(&Known) -> &Ids) -> Option<String> {
        let value = value?;
        let ids = of(self.known);
        if !ids.has(value) {
            let message = ids.unknown(value);
            self.fault(key, value, message);
        }
        Some(value.to_owned())
    }

    fn rule(&mut self, rule: &Rule, rules: &Ids) -> Option<ClockRuleSet> {
        let level = self.link("level", said(rule.level.as_ref()), |known| &known.levels);
        let source = self.link("source", said(rule.source.as_ref()), |known| &known.sources);
        let mark = Mark::from_cell(&rule.mark);
        if mark.is_none() {
            self.fault("mark", &rule.mark, no_word(&rule.mark, ["V", "V-trunc", "K", "P"]));
        }
        self.texts([("fr", rule.fr.as_str()), ("basis_fr", rule.basis_fr.as_str())]);
        if !rule.remind_after_days.is_sorted() {
            let value = rule.remind_after_days.first().map_or(String::new(), u32::to_string);
            let message = format!("les relances de l’horloge « {} » ne vont pas en croissant", rule.id);
            self.fault("remind_after_days", &value, message);
        }
        let escalation: Vec<_> = rule.escalation.iter().filter_map(|step| self.step(step, rules)).collect();
        if !rule.escalation.iter().map(|step| step.step).eq((1..=u8::MAX).take(rule.escalation.len())) {
            let message = format!("les marches de l’horloge « {} » ne sont pas numérotées 1, 2, 3…", rule.id);
            self.fault("step", "1", message);
        }
        Some(ClockRuleSet {
            id: RuleId::parse(&rule.id).ok()?,
            level,
            name: Bilingual { fr: rule.fr.clone(), en: rule.en.clone() },
            legal_basis: rule.legal_basis,
            basis: Bilingual { fr: rule.basis_fr.clone(), en: rule.basis_en.clone() },
            acknowledgement: rule.acknowledgement,
            answer: rule.answer,
            remind_after_days: rule.remind_after_days.clone(),
            escalation,
            mark: mark?,
            source: source.and_then(|id| SourceId::parse(&id).ok()),
        })
    }

    fn step(&mut self, step: &Step, rules: &Ids) -> Option<EscalationStep> {
        let kind = self.link("addressee_kind", said(step.addressee_kind.as_ref()), |known| &known.kinds);
        let body = self.link("addressee", said(step.addressee.as_ref()), |known| &known.bodies);
        if kind.is_none() && body.is_none() {
            let value = step.step.to_string();
            self.fault("step", &value, "la marche ne dit ni addressee_kind, ni addressee".into());
        }
        let rule = said(step.rule.as_ref());
        if let Some(rule) = rule.filter(|rule| !rules.has(rule)) {
            self.fault("rule", rule, rules.unknown(rule));
        }
        let window = said(step.window.as_ref()).map(|text| (text, window(text)));
        if let Some((text, None)) = &window {
            self.fault("window", text, format!("« {text} » n’est pas une période de l’année (MM-JJ..MM-JJ)"));
        }
        self.texts([("letter_fr", step.letter_fr.as_str())]);
        for blank in blanks(&step.letter_fr) {
            if !BLANKS.contains(&blank) {
                let message = format!("la lettre contient {{{blank}}}, qui ne se remplit pas");
                self.faults.push(self.keyed.fault_in("letter_fr", &format!("{{{blank}}}"), message));
            }
        }
        Some(EscalationStep {
            step: step.step,
            after_days: step.after_days,
            addressee_kind: kind,
            addressee: body.and_then(|id| BodyId::parse(&id).ok()),
            window: window.and_then(|(_, window)| window),
            rule: rule.and_then(|rule| RuleId::parse(rule).ok()),
            letter: step.letter_fr.trim().to_owned(),
        })
    }

    fn cause(&mut self, cause: &PauseCause, ids: &mut Ids) -> PauseCauseSet {
        self.id(&cause.id, ids);
        self.texts([("fr", cause.fr.as_str())]);
        let name = Bilingual { fr: cause.fr.clone(), en: cause.en.clone() };
        PauseCauseSet { id: cause.id.clone(), name, times_max: cause.once.then_some(1) }
    }
}

/// Two days of the year, `MM-JJ..MM-JJ`.
fn window(text: &str) -> Option<(String, String)> {
    let (from, to) = text.split_once("..")?;
    let day = |text: &str| parse_day(&format!("2000-{text}")).map(|_| text.to_owned());
    Some((day(from)?, day(to)?))
}

/// What stands in braces.
fn blanks(letter: &str) -> impl Iterator<Item = &str> {
    letter.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(blank, _)| blank))
}
