//! The clock of each addressee, and how each of its dates was found.

use record::Tx;
use terms::Day;
use terms::answers::Awaited;
use terms::instance::LegalBasis;
use web::{Clocks, Language, Markup, Stop, Visit, day, days_apart, html};

use super::spoken::{Names, badges};
use super::standing::{as_addressee, as_author};
use super::{At, spoken};
use crate::acts::counted;
use crate::case::{CaseFacts, Stage};

/// The card of one addressee.
pub(super) fn card(
    tx: &mut Tx<'_>,
    visit: &Visit,
    clocks: &Clocks,
    names: &mut Names<'_>,
    facts: &CaseFacts,
) -> Result<Markup, Stop> {
    let case = &facts.case;
    let name = names.body(tx, case.addressee.as_str())?;
    let from = match &case.escalated_from {
        Some(from) => Some(names.body(tx, from.as_str())?),
        None => None,
    };
    let until = case.substantive_on.or(case.closed_on).unwrap_or_else(|| visit.day_shown());
    let waited = days_apart(case.delivered_on, until);
    Ok(html! {
        div.card {
            h3 { a href=(visit.link(&format!("/instances/{}", case.addressee))) { (name) } }
            p { (badges(visit, case)) }
            @if let Some(from) = from {
                p.small { (visit.say_with("answers-card-escalated-from", &[("from", from.into())])) }
            }
            dl.pairs {
                div { dt { (visit.say("answers-delivered")) } dd { (day(visit, case.delivered_on)) } }
                (due_row(visit, clocks, facts, Awaited::Acknowledgement))
                (due_row(visit, clocks, facts, Awaited::Answer))
                // Where no day was set nobody is kept waiting: no wait runs.
                @if case.answer_by.or(case.answer_original).or(case.substantive_on).is_some() {
                    div { dt { (visit.say("answers-waited")) } dd {
                        (visit.say_with("answers-days", &[("days", waited.into())]))
                    } }
                }
            }
            (basis(visit, clocks, facts))
            (deeds(visit, facts))
        }
    })
}

/// That nothing obliges, where nothing does: no duty is claimed that the law does not know.
pub(super) fn basis(visit: &Visit, clocks: &Clocks, facts: &CaseFacts) -> Markup {
    let rule = facts.case.rule.as_ref().and_then(|rule| clocks.rules.get(rule));
    html! {
        @match rule {
            None => p.small.mute { (visit.say("answers-no-clock")) },
            Some(rule) => @if rule.legal_basis == LegalBasis::None {
                p.small { strong { (visit.say("answers-nothing-obliges")) } }
            },
        }
    }
}

/// One awaited thing: its last day with its computation, and when it came.
fn due_row(visit: &Visit, clocks: &Clocks, facts: &CaseFacts, awaited: Awaited) -> Markup {
    let case = &facts.case;
    let (label, by, original, came) = match awaited {
        Awaited::Acknowledgement => {
            ("acknowledgement", case.acknowledge_by, case.acknowledge_original, case.acknowledged_on)
        }
        Awaited::Answer => ("answer", case.answer_by, case.answer_original, case.substantive_on),
    };
    let (until, arrived) = (format!("answers-by-{label}"), format!("answers-came-{label}"));
    html! {
        div {
            dt { (visit.say(&format!("answers-{label}"))) }
            dd {
                @match by {
                    None => span.mute { (visit.say("answers-no-day")) },
                    Some(by) => {
                        (visit.say(&until)) " " (day(visit, by))
                        @if let Some(original) = original.filter(|original| *original != by) {
                            " " span.mute {
                                (visit.say_with("answers-originally", &[("day", visit.day_text(original).into())]))
                            }
                        }
                    }
                }
                @if let Some(came) = came {
                    p { (visit.say(&arrived)) " " (day(visit, came))
                        @let days = days_apart(case.delivered_on, came);
                        " (" (visit.say_with("answers-after-days", &[("days", days.into())])) ")"
                    }
                }
                @if by.is_some() || case.paused_from.is_some() { (explained(visit, clocks, facts, awaited, by)) }
            }
        }
    }
}

fn explained(visit: &Visit, clocks: &Clocks, facts: &CaseFacts, awaited: Awaited, by: Option<Day>) -> Markup {
    let case = &facts.case;
    let pauses = counted(&facts.pauses, |cause| cause_name(visit, clocks, cause));
    let due = clocks.due(case.rule.as_ref(), awaited, case.delivered_on, &pauses);
    let rule = case.rule.as_ref().and_then(|rule| clocks.rules.get(rule));
    let granted = awaited == Awaited::Answer && case.extended;
    html! {
        @if let (Some(due), Some(rule)) = (&due, rule) {
            (visit.explained(due, rule))
            @if granted {
                p.small { (visit.say("answers-explained-extended")) }
            } @else if due.day.is_some() && due.day != by {
                p.small { (visit.say("answers-explained-otherwise")) }
            }
        }
    }
}

/// The name of a pause's cause in the visitor's language.
pub(super) fn cause_name(visit: &Visit, clocks: &Clocks, cause: &str) -> String {
    let listed = clocks.causes.iter().find(|listed| listed.id == cause);
    match (listed, visit.language()) {
        (Some(listed), Language::French) => listed.name.fr.clone(),
        (Some(listed), Language::English) => listed.name.english().to_owned(),
        (None, _) => cause.to_owned(),
    }
}

/// What the visitor may do on the case, as links.
pub(super) fn deeds(visit: &Visit, facts: &CaseFacts) -> Markup {
    let Some(standing) = visit.standing() else { return html! {} };
    let case = &facts.case;
    let at = At { recommendation: case.recommendation.clone(), addressee: case.addressee.clone() };
    let (addressee, author) =
        (as_addressee(standing, &case.addressee).is_some(), as_author(standing, &case.author).is_some());
    let open = case.stage().is_open();
    let mut links: Vec<(&str, &str)> = Vec::new();
    if (addressee || author) && case.acknowledged_on.is_none() {
        links.push(("accuse", "answers-do-acknowledge"));
    }
    if addressee || author {
        links.push(("repondre", "answers-do-answer"));
    }
    if addressee {
        links.push(("suite", "answers-do-declare"));
    }
    if author && case.closed_on.is_none() {
        links.push(("lien", "answers-do-link"));
    }
    if author && open {
        links.push(match case.paused_from {
            Some(_) => ("reprise", "answers-do-resume"),
            None => ("pause", "answers-do-pause"),
        });
        links.push(("delai", "answers-do-extend"));
    }
    if author && (open || facts.refused) && case.stage() != Stage::Closed {
        links.push(("recours", "answers-do-escalate"));
    }
    html! {
        @if !links.is_empty() {
            ul.screen {
                @for (deed, label) in links { li { a href=(visit.link(&at.path(deed))) { (visit.say(label)) } } }
            }
        }
    }
}

/// What an act's page says first: what is asked of whom, since when, by when.
pub(super) fn reminder_of_case(tx: &mut Tx<'_>, visit: &Visit, facts: &CaseFacts) -> Result<Markup, Stop> {
    let case = &facts.case;
    let title = crate::tables::title_of(tx, &case.recommendation)?.flatten();
    let title = spoken::title(visit, title.as_deref());
    let name = Names::new(visit).body(tx, case.addressee.as_str())?;
    Ok(html! {
        p.lead { a href=(visit.link(&super::exchange_path(&case.recommendation))) { (title) } }
        dl.pairs {
            div { dt { (visit.say("answers-addressee")) } dd { (name) " " (badges(visit, case)) } }
            div { dt { (visit.say("answers-delivered")) } dd { (day(visit, case.delivered_on)) } }
            @if let Some(by) = case.answer_by {
                div { dt { (visit.say("answers-answer-by")) } dd { (day(visit, by)) } }
            }
        }
    })
}
