//! What a draw rests on, for reading: probabilities by type, commitments, the seed, and how to verify all of it oneself.

use record::Tx;
use sortition::Transcript;
use terms::Day;
use web::draw::Numerals;
use web::{Language, Markup, Stop, Visit, day, html};

use super::{feature_label, party_label};
use crate::call::{Call, Stage};

/// Types that the page shows; the transcript has all.
const TYPES_SHOWN: usize = 40;

fn numerals(visit: &Visit) -> Numerals {
    match visit.language() {
        Language::French => Numerals::FRENCH,
        Language::English => Numerals::ENGLISH,
    }
}

/// Chances of a seat by type of candidates, each with a bar.
pub(super) fn probabilities(visit: &Visit, call: &Call, transcript: &Transcript) -> Markup {
    let numerals = numerals(visit);
    let share =
        |id: Option<&String>| id.and_then(|id| transcript.probabilities.get(id)).copied().unwrap_or(0.0);
    let least = transcript.min_probability.unwrap_or(0.0);
    let columns =
        [visit.say("selection-type"), visit.say("selection-members"), visit.say("selection-chance")];
    html! {
        h2 id="chances" { (visit.say("selection-probabilities")) }
        p {
            (visit.say_with("selection-probabilities-lead", &[
                ("count", transcript.probabilities.len().into()),
                ("seats", call.seats.into()),
                ("panels", transcript.portfolio.len().into()),
                ("least", numerals.percentage(least).into()),
            ]))
        }
        table.cards {
            caption { (visit.say("selection-probabilities-caption")) }
            thead { tr { @for column in &columns { th scope="col" { (column) } } } }
            tbody {
                @for kind in transcript.types.iter().take(TYPES_SHOWN) {
                    @let chance = share(kind.members.first());
                    tr {
                        td data-label=(columns[0]) {
                            @if call.quotas.is_empty() { (visit.say("selection-any-candidate")) }
                            @else { (kind.values.join(", ")) }
                        }
                        td data-label=(columns[1]) { (visit.number(kind.members.len() as i64)) }
                        td data-label=(columns[2]) { (numerals.percentage(chance)) " " (bar(chance)) }
                    }
                }
            }
        }
        @if transcript.types.len() > TYPES_SHOWN {
            p.small { (visit.say("selection-types-more")) }
        }
    }
}

/// A bar of so much of the whole; the figure stands beside it as text.
fn bar(share: f64) -> Markup {
    let filled = (100.0 * share.clamp(0.0, 1.0)).round();
    html! {
        svg viewBox="0 0 100 10" width="100" height="10" aria-hidden="true" {
            rect x="0" y="0" width="100" height="10" fill="none" stroke="currentColor" stroke-width="1" {}
            rect x="0" y="0" width=(filled) height="10" fill="currentColor" {}
        }
    }
}

/// The rule for the seed, and how far the parties are.
pub(super) fn seed(tx: &mut Tx<'_>, visit: &Visit, call: &Call, today: Day) -> Result<Markup, Stop> {
    let Some(rule) = &call.seed else { return Ok(html! {}) };
    let mut parties = Vec::new();
    for party in &call.parties {
        parties.push((party, party_label(tx, visit, &party.who)?));
    }
    let columns =
        [visit.say("selection-party"), visit.say("selection-commitment"), visit.say("selection-secret")];
    let later = |until: Day| if today > until { "selection-left-out" } else { "selection-not-yet" };
    Ok(html! {
        h2 id="graine" { (visit.say("selection-part-seed")) }
        p { (visit.say("selection-seed-lead")) }
        dl.pairs {
            div { dt { (visit.say("selection-date-commit")) } dd { (day(visit, rule.commit_by)) } }
            div { dt { (visit.say("selection-date-reveal")) } dd { (day(visit, rule.reveal_by)) } }
            div { dt { (visit.say("selection-event")) } dd { (rule.event) " — " (day(visit, rule.event_on)) } }
            div { dt { (visit.say("selection-written")) } dd { (rule.written) } }
            @if let Some((outcome, shown_by)) = &call.outcome {
                div { dt { (visit.say("selection-outcome")) } dd { strong { (outcome) } " — " (shown_by) } }
            }
        }
        table.cards {
            caption { (visit.say("selection-parties-caption")) }
            thead { tr { @for column in &columns { th scope="col" { (column) } } } }
            tbody {
                @for (party, label) in &parties {
                    tr {
                        td data-label=(columns[0]) { (label) " " span.small.mute { (party.who.party_name()) } }
                        td.addr data-label=(columns[1]) {
                            @match &party.digest {
                                Some(digest) => code { (digest) },
                                None => span.mute { (visit.say(later(rule.commit_by))) },
                            }
                        }
                        td.addr data-label=(columns[2]) {
                            @match &party.secret {
                                Some(secret) => code { (secret) },
                                None => span.mute { (visit.say(later(rule.reveal_by))) },
                            }
                        }
                    }
                }
            }
        }
        @if call.stage(today) == Stage::Stalled { p { strong { (visit.say("selection-stalled")) } } }
    })
}

/// Digests, files and the commands by which anyone draws again.
pub(super) fn verification(visit: &Visit, call: &Call, transcript: Option<&Transcript>) -> Markup {
    let Some(frozen) = &call.frozen else { return html! {} };
    let address = format!("/appels/{}", call.id);
    let file = |name: &str, key: &str| {
        html! { li { a href=(visit.link(&format!("{address}/{name}"))) { (visit.say(key)) } } }
    };
    html! {
        h2 id="verifier" { (visit.say("selection-verify")) }
        dl.pairs {
            div { dt { (visit.say("selection-pool-digest")) } dd { code { (frozen.pool_sha256) } } }
            @if let Some(lottery) = &frozen.lottery {
                div { dt { (visit.say("selection-quotas-digest")) } dd { code { (lottery.quotas_sha256) } } }
                div { dt { (visit.say("selection-lottery-digest")) } dd { code { (lottery.lottery_sha256) } } }
                div { dt { (visit.say("selection-algorithm")) } dd { (lottery.algorithm) } }
                @if let Some(seed) = transcript.and_then(|transcript| transcript.seed.as_ref()) {
                    div { dt { (visit.say("selection-seed")) } dd { code { (seed) } } }
                }
            }
        }
        ul {
            (file("candidatures.csv", "selection-file-candidacies"))
            (file("pool.csv", "selection-file-pool"))
            @if frozen.lottery.is_some() {
                (file("quotas.csv", "selection-file-quotas"))
                (file("transcription.json", "selection-file-transcript"))
            }
            @if call.ended.as_ref().is_some_and(|ended| ended.how == crate::call::End::Counted) {
                (file("bulletins.csv", "selection-file-ballots"))
            }
        }
        @if let Some(lottery) = &frozen.lottery {
            @let file = format!("transcription-{}.json", call.id);
            p { (visit.say("selection-verify-lead")) }
            pre { code {
                "toguna draw verify " (file) " --announced " (lottery.lottery_sha256) "\n"
                "python3 verify_draw.py " (file) " " (lottery.lottery_sha256)
            } }
        }
    }
}

/// How many of each value may sit, and once the panel is known how many do.
pub(super) fn quotas(
    visit: &Visit,
    call: &Call,
    seated: Option<&[Vec<(terms::selection::Feature, String)>]>,
) -> Markup {
    if call.quotas.is_empty() {
        return html! { p.mute { (visit.say("selection-no-quotas")) } };
    }
    let columns = [
        visit.say("selection-feature"),
        visit.say("selection-value"),
        visit.say("selection-min"),
        visit.say("selection-max"),
        visit.say("selection-seated"),
    ];
    let shown = if seated.is_some() { 5 } else { 4 };
    html! {
        table.cards {
            caption { (visit.say("selection-quotas-caption")) }
            thead { tr { @for column in &columns[..shown] { th scope="col" { (column) } } } }
            tbody {
                @for quota in &call.quotas {
                    tr {
                        td data-label=(columns[0]) { (feature_label(visit, quota.feature)) }
                        td data-label=(columns[1]) { (quota.value) }
                        td data-label=(columns[2]) { (quota.min) }
                        td data-label=(columns[3]) { (quota.max) }
                        @if let Some(seated) = seated {
                            @let of = seated.iter().flatten();
                            @let count = of.filter(|(f, v)| (*f, v) == (quota.feature, &quota.value)).count();
                            @let met = (usize::from(quota.min)..=usize::from(quota.max)).contains(&count);
                            td data-label=(columns[4]) {
                                (count) " "
                                span class={ "badge " (if met { "answered" } else { "late" }) } {
                                    (visit.say(if met { "selection-met" } else { "selection-unmet" }))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
