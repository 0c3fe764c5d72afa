//! Quotas as a person writes them: a line each.

use terms::selection::{Feature, Quota};

use super::Refusal;

/// Lines of quotas, at most.
pub const QUOTAS_MAX: usize = 60;

/// Characters of a value, at most.
const VALUE_MAX: usize = 40;

/// The quotas that this text spells: a line each, `sexe ; femme ; 1 ; 2`, with semicolons, tabs or commas between. Empty lines are passed over.
///
/// **Errors** each line that is none, whose minimum is above its maximum, or that speaks of a value again; more than [`QUOTAS_MAX`].
pub fn quotas(text: &str) -> Result<Vec<Quota>, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut found: Vec<Quota> = Vec::new();
    for (line, written) in (1..).zip(text.lines()) {
        if written.trim().is_empty() {
            continue;
        }
        match one(written) {
            None => {
                let text = written.trim().chars().take(60).collect();
                refusals.push(Refusal::QuotaUnreadable { line, text });
            }
            Some(quota) if quota.min > quota.max => refusals.push(Refusal::QuotaUpside { line }),
            Some(quota) if found.iter().any(|q| (q.feature, &q.value) == (quota.feature, &quota.value)) => {
                refusals.push(Refusal::QuotaTwice { line, value: quota.value });
            }
            Some(quota) => found.push(quota),
        }
    }
    if found.len() > QUOTAS_MAX {
        refusals.push(Refusal::QuotasTooMany);
    }
    if refusals.is_empty() { Ok(found) } else { Err(refusals) }
}

fn one(line: &str) -> Option<Quota> {
    let between = [';', '\t', ','].into_iter().find(|mark| line.contains(*mark))?;
    let cells: Vec<&str> = line.split(between).map(str::trim).collect();
    let [feature, value, min, max] = cells.as_slice() else { return None };
    let fits = !value.is_empty()
        && value.chars().count() <= VALUE_MAX
        && !value.chars().any(|c| c.is_control() || c == '"')
        // A spreadsheet would run it.
        && !value.starts_with(['=', '+', '-', '@']);
    let quota = Quota {
        feature: feature_called(feature)?,
        value: (*value).to_owned(),
        min: min.parse().ok()?,
        max: max.parse().ok()?,
    };
    fits.then_some(quota)
}

/// The feature that this word means, in French or in English.
fn feature_called(word: &str) -> Option<Feature> {
    match word.to_lowercase().as_str() {
        "sexe" | "sex" => Some(Feature::Sex),
        "âge" | "age" => Some(Feature::Age),
        "lieu" | "place" => Some(Feature::Place),
        "genre" | "sorte" | "kind" => Some(Feature::Kind),
        "faîtière" | "faitière" | "faitiere" | "umbrella" => Some(Feature::Umbrella),
        _ => None,
    }
}
