//! The whole story of a call on one page.

use axum::extract::Path;
use record::{Tx, directory};
use terms::selection::Method;
use web::{Markup, Outcome, Page, Stop, Visit, cited, day, html};

use super::fairness::{probabilities, quotas, seed, verification};
use super::list::method_label;
use super::{
    body_name, candidate_label, convening, enclosed, enclosed_line, found, name_of, parties, party_label,
    spoken_for, stage_badge, title, traits_text,
};
use crate::call::{Call, Candidacy, End, Place, Stage};
use crate::count::rounds;
use crate::tables;

/// Candidates that the page shows; the file has all.
const CANDIDATES_SHOWN: usize = 200;

/// Lines of a story.
const STORY_MAX: usize = 400;

/// A candidate with what the page calls them.
type Shown = (Candidacy, String);

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| the_page(tx, visit, &id)).await
}

fn the_page(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let today = visit.day_shown();
    let stage = call.stage(today);
    let (title, body) = (title(tx, visit, &call)?, body_name(tx, visit, &call.body)?);
    let mut all: Vec<Shown> = Vec::new();
    for candidacy in tables::candidacies(tx, &call.id)? {
        let label = candidate_label(tx, visit, &candidacy)?;
        all.push((candidacy, label));
    }
    let transcript = super::downloads::whole(tx, &call)?;
    let seated = seated(&call, &all);
    let markup = html! {
        h1 { (title) }
        p { (stage_badge(visit, stage)) " " (visit.say(&format!("selection-now-{}", stage.as_str()))) }
        (doors(tx, visit, &call, &all)?)
        (result(tx, visit, &call, &all)?)
        h2 { (visit.say("selection-part-rule")) }
        (rule(tx, visit, &call)?)
        (requirements(tx, visit, &call)?)
        h2 { (visit.say("selection-quotas")) }
        @if call.method != Method::Draw && !call.quotas.is_empty() { p { (visit.say("selection-quotas-not-forced")) } }
        (quotas(visit, &call, seated.as_deref()))
        (dates(visit, &call))
        (candidates(visit, &call, &all))
        (list(tx, visit, &call, &all)?)
        (appeals(tx, visit, &call, &all)?)
        @if let Some(transcript) = &transcript { (probabilities(visit, &call, transcript)) }
        (seed(tx, visit, &call, today)?)
        (counted(tx, visit, &call, &all)?)
        (verification(visit, &call, transcript.as_ref()))
        (visit.panels(tx, web::Spot::Call, id)?)
        (story(tx, visit, &call, &all)?)
        (web::pieces_link(visit, call.entry))
    };
    Ok(Page::new(title, markup)
        .under(visit.say("selection-title"), "/appels")
        .under(body, &format!("/instances/{}", call.body))
        .exercise(call.exercise)
        .of_entry(call.entry))
}

/// The features of those chosen, once there are any.
fn seated(call: &Call, all: &[Shown]) -> Option<Vec<Vec<(terms::selection::Feature, String)>>> {
    let ended = call.ended.as_ref().filter(|ended| ended.how != End::Cancelled)?;
    let chosen = all.iter().filter(|(one, _)| matches!(one.place, Place::Chosen(_)));
    let chosen: Vec<_> = chosen.map(|(one, _)| one.traits.clone()).collect();
    // Of a nomination of people who had not stood nothing is known.
    (ended.how != End::Named || !chosen.is_empty()).then_some(chosen)
}

/// What the visitor may do here now.
fn doors(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    if visit.past().is_some() || visit.standing().is_none() {
        return Ok(html! {});
    }
    let stage = call.stage(visit.today());
    let convenes = convening(visit, &call.body).is_some();
    let own = spoken_for(visit);
    let mut doors: Vec<(&str, &str)> = Vec::new();
    match stage {
        Stage::Open if convenes || !own.is_empty() => doors.push(("candidature", "selection-file")),
        Stage::Examining if convenes => doors.push(("liste", "selection-publish")),
        Stage::Freezing if convenes => doors.push(("geler", "selection-freeze")),
        Stage::Committing if !parties(visit, call).is_empty() => {
            doors.push(("engagement", "selection-commit"));
        }
        Stage::Revealing if !parties(visit, call).is_empty() => doors.push(("secret", "selection-reveal")),
        Stage::Drawing if convenes => doors.push(("evenement", "selection-draw")),
        Stage::Voting => {
            for organisation in &own {
                if tables::elector(tx, call, organisation)? {
                    doors.push(("vote", "selection-vote"));
                    break;
                }
            }
        }
        _ => {}
    }
    let open = !matches!(stage, Stage::Over(_));
    if convenes && call.method == Method::Nomination && open && stage != Stage::Open {
        doors.push(("nomination", "selection-name"));
    }
    let revealed = call.parties.iter().any(|party| party.secret.is_some());
    if convenes && call.method == Method::Draw && open && !revealed {
        doors.push(("regle", "selection-rule-anew"));
    }
    if convenes && open {
        doors.push(("annuler", "selection-cancel"));
    }
    let mine = all.iter().filter(|(one, _)| one.organisation.as_ref().is_some_and(|id| own.contains(id)));
    let address = format!("/appels/{}", call.id);
    Ok(html! {
        @if !doors.is_empty() {
            ul.screen {
                @for (path, key) in doors {
                    li { a href=(visit.link(&format!("{address}/{path}"))) { (visit.say(key)) } }
                }
                @for (one, label) in mine {
                    li { a href=(visit.link(&format!("{address}/candidatures/{}", one.id))) {
                        (visit.say_with("selection-own", &[("name", label.into())]))
                    } }
                }
            }
        }
    })
}

fn by_place(all: &[Shown], chosen: bool) -> Vec<&Shown> {
    let rank = |one: &Candidacy| match one.place {
        Place::Chosen(rank) if chosen => Some(rank),
        Place::Alternate(rank) if !chosen => Some(rank),
        _ => None,
    };
    let mut found: Vec<&Shown> = all.iter().filter(|(one, _)| rank(one).is_some()).collect();
    found.sort_by_key(|(one, _)| rank(one));
    found
}

/// Who sits, and who comes next.
fn result(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    let Some(ended) = call.ended.as_ref() else { return Ok(html! {}) };
    if ended.how == End::Cancelled {
        return Ok(html! {});
    }
    let (chosen, alternates) = (by_place(all, true), by_place(all, false));
    let nomination = match ended.how {
        End::Named => named(tx, visit, call, all)?,
        _ => html! {},
    };
    let address = format!("/appels/{}", call.id);
    let line = |(one, label): &Shown| {
        html! {
            li {
                a href=(visit.link(&format!("{address}/candidatures/{}", one.id))) { (label) }
                @if !one.traits.is_empty() { " — " (traits_text(one)) }
                br; span.small.mute { (one.id) }
            }
        }
    };
    let vacant = usize::from(call.seats).saturating_sub(chosen.len());
    visit.shows_entry(ended.entry);
    Ok(html! {
        div.card {
            h2 { (visit.say(&format!("selection-result-{}", ended.how.as_str()))) " " (day(visit, ended.on)) }
            (nomination)
            @if ended.how != End::Named {
                ol { @for one in &chosen { (line(one)) } }
                @if vacant > 0 { p { (visit.say_with("selection-vacant", &[("count", vacant.into())])) } }
            }
            @if convening(visit, &call.body).is_some() && visit.past().is_none() {
                p.screen { a href=(visit.link(&format!("/instances/{}/pourvoir", call.body))) {
                    (visit.say("selection-fill"))
                } }
            }
        }
        @if !alternates.is_empty() {
            h3 { (visit.say("selection-alternates")) }
            p { (visit.say("selection-alternates-lead")) }
            ol { @for one in alternates.iter().take(CANDIDATES_SHOWN) { (line(one)) } }
        }
    })
}

fn named(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    let Some(nomination) = tables::nomination(tx, &call.id)? else { return Ok(html! {}) };
    let entry = call.ended.as_ref().map_or(call.entry, |ended| ended.entry);
    let authority = body_name(tx, visit, &nomination.authority)?;
    let mut names = Vec::new();
    for (candidacy, organisation, person) in &nomination.nominees {
        let stood = candidacy.as_ref().and_then(|id| all.iter().find(|(one, _)| one.id == *id));
        if let Some((_, label)) = stood {
            names.push(html! { (label) });
            continue;
        }
        let person = match person {
            Some(person) => enclosed_line(tx, visit, person, entry)?,
            None => html! {},
        };
        let organisation = match organisation {
            Some(id) => name_of(tx, visit, directory::Kind::Organisation, id.as_str())?,
            None => String::new(),
        };
        names.push(html! { (person) " " (organisation) " — " (visit.say("selection-had-not-stood")) });
    }
    let reason = match &nomination.reason {
        Some(reason) => enclosed(tx, visit, reason, entry)?,
        None => html! { p.mute { (visit.say("selection-no-reason")) } },
    };
    let source = cited(tx, visit, nomination.source.as_ref())?;
    Ok(html! {
        p {
            (visit.say_with("selection-named-by", &[("name", authority.into()), ("act", nomination.act.into())]))
            " (" (day(visit, nomination.on)) ")"
        }
        ol { @for name in &names { li { (name) } } }
        p { strong { (visit.say("selection-named-as-such")) } }
        (reason)
        p.small {
            (source)
            @if nomination.file.is_some() {
                " · " a href=(visit.link(&format!("/appels/{}/acte", call.id))) { (visit.say("selection-act-file")) }
            }
        }
    })
}

fn rule(tx: &mut Tx<'_>, visit: &Visit, call: &Call) -> Result<Markup, Stop> {
    let text = enclosed(tx, visit, &call.rule, call.entry)?;
    let source = cited(tx, visit, call.source.as_ref())?;
    let presentation = match &call.presentation {
        Some(text) => enclosed(tx, visit, text, call.entry)?,
        None => html! {},
    };
    let authority = match &call.authority {
        Some(authority) => Some(body_name(tx, visit, authority)?),
        None => None,
    };
    Ok(html! {
        blockquote { (text) }
        dl.pairs {
            div { dt { (visit.say("selection-column-method")) } dd { (method_label(visit, call.method)) } }
            div { dt { (visit.say("selection-column-seats")) } dd { (call.seats) } }
            @if let Some(article) = &call.article { div { dt { (visit.say("selection-article")) } dd { (article) } } }
            div { dt { (visit.say("selection-source")) } dd { (source) } }
            @if let Some(name) = authority { div { dt { (visit.say("selection-authority")) } dd { (name) } } }
        }
        (presentation)
    })
}

fn requirements(tx: &mut Tx<'_>, visit: &Visit, call: &Call) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for criterion in &call.criteria {
        let text = enclosed_line(tx, visit, &criterion.text, call.entry)?;
        let asks = match &criterion.asks {
            Some(asks) => Some(enclosed_line(tx, visit, asks, call.entry)?),
            None => None,
        };
        lines.push(html! {
            li {
                (criterion.code) " — " (text)
                @if let Some(asks) = asks { br; span.small { (visit.say("selection-fact-asked")) " " (asks) } }
            }
        });
    }
    Ok(html! {
        h2 { (visit.say("selection-criteria")) }
        ul { @for line in &lines { (line) } }
    })
}

fn dates(visit: &Visit, call: &Call) -> Markup {
    html! {
        h2 { (visit.say("selection-dates")) }
        dl.pairs {
            div { dt { (visit.say("selection-column-opened")) } dd { (day(visit, call.opened)) } }
            @for (key, on) in call.days() { div { dt { (visit.say(key)) } dd { (day(visit, on)) } } }
            div { dt { (visit.say("selection-appeal-days")) } dd { (call.appeal_days) } }
            @if let Some(days) = call.vote_days {
                div { dt { (visit.say("selection-vote-days")) } dd { (days) } }
            }
        }
    }
}

/// How many stand, and who: the names are those that candidates gave for this.
fn candidates(visit: &Visit, call: &Call, all: &[Shown]) -> Markup {
    let standing: Vec<&Shown> = all.iter().filter(|(one, _)| one.place != Place::Withdrawn).collect();
    let withdrawn = all.len() - standing.len();
    let address = format!("/appels/{}", call.id);
    html! {
        h2 { (visit.say("selection-candidates")) }
        p {
            (visit.say_with("selection-standing", &[("count", standing.len().into())]))
            @if withdrawn > 0 { " " (visit.say_with("selection-withdrawn-count", &[("count", withdrawn.into())])) }
        }
        @if !standing.is_empty() {
            ul {
                @for (one, label) in standing.iter().take(CANDIDATES_SHOWN) {
                    li {
                        a href=(visit.link(&format!("{address}/candidatures/{}", one.id))) { (label) }
                        @if !one.traits.is_empty() { " — " (traits_text(one)) }
                        @if one.paper { " · " (visit.say("selection-on-paper")) }
                    }
                }
            }
            p.small.screen {
                a href=(visit.link(&format!("{address}/candidatures.csv"))) { (visit.say("selection-file-candidacies")) }
            }
        }
    }
}

fn list(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    let Some(list) = &call.list else { return Ok(html! {}) };
    let eligible = all.iter().filter(|(one, _)| one.place.in_pool()).count();
    let mut lines = Vec::new();
    for (one, label) in all {
        let Some((code, reason)) = &one.excluded else { continue };
        let reason = enclosed_line(tx, visit, reason, list.entry)?;
        let back = one.place != Place::Excluded && one.place != Place::Withdrawn;
        lines.push(html! {
            li {
                strong { (label) } " — " (code) " — " (reason)
                @if back { " " span.badge.answered { (visit.say("selection-back-on-list")) } }
            }
        });
    }
    Ok(html! {
        h2 id="liste" { (visit.say("selection-list")) }
        p {
            (visit.say("selection-listed-on")) " " (day(visit, list.on)) " · "
            (visit.say_with("selection-eligible", &[("count", eligible.into())]))
        }
        @if lines.is_empty() { p { (visit.say("selection-nobody-excluded")) } }
        @else { h3 { (visit.say("selection-excluded")) } ul { @for line in &lines { (line) } } }
    })
}

fn appeals(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    let appeals = tables::appeals(tx, &call.id)?;
    let convenes = convening(visit, &call.body).is_some() && visit.past().is_none() && call.frozen.is_none();
    let mut lines = Vec::new();
    for appeal in &appeals {
        let label = all.iter().find(|(one, _)| one.id == appeal.candidacy).map_or("", |(_, label)| label);
        let text = enclosed(tx, visit, &appeal.text, appeal.entry)?;
        let reason = match (&appeal.reason, appeal.decided_entry) {
            (Some(reason), Some(entry)) => Some(enclosed(tx, visit, reason, entry)?),
            _ => None,
        };
        lines.push(html! {
            div.card {
                p {
                    strong { (label) } " — " (day(visit, appeal.filed))
                    @if appeal.paper { " · " (visit.say("selection-on-paper")) }
                }
                (text)
                @match (appeal.admitted, appeal.decided) {
                    (Some(admitted), Some(on)) => {
                        p {
                            span class={ "badge " (if admitted { "answered" } else { "late" }) } {
                                (visit.say(if admitted { "selection-appeal-admitted" } else { "selection-appeal-rejected" }))
                            }
                            " " (day(visit, on))
                        }
                        @if let Some(reason) = reason { (reason) }
                    }
                    _ => {
                        p { span.badge.waiting { (visit.say("selection-undecided")) } }
                        @if convenes {
                            p.screen { a href=(visit.link(&format!("/appels/{}/recours/{}", call.id, appeal.id))) {
                                (visit.say("selection-decide"))
                            } }
                        }
                    }
                }
            }
        });
    }
    Ok(html! {
        @if call.list.is_some() {
            h2 { (visit.say("selection-appeals")) }
            @if lines.is_empty() { p.mute { (visit.say("selection-no-appeal")) } }
            @for line in &lines { (line) }
        }
    })
}

/// The count of an election, round by round.
fn counted(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    let Some(counted) = tables::counted(tx, &call.id)? else { return Ok(html! {}) };
    let label = |place: usize| {
        let id = counted.candidates.get(place);
        let found = id.and_then(|id| all.iter().find(|(one, _)| one.id == *id));
        found.map(|(_, label)| label.clone()).unwrap_or_default()
    };
    let rounds = rounds(call.seats, &counted.candidates, &counted.ballots).unwrap_or_default();
    let mut voters = Vec::new();
    for voter in &counted.voters {
        voters.push(name_of(tx, visit, directory::Kind::Organisation, voter.as_str())?);
    }
    let approvals = |ballots: &terms::selection::BallotsAlike| {
        let names = ballots.approves.iter().filter_map(|place| usize::from(*place).checked_sub(1)).map(label);
        names.collect::<Vec<_>>().join(", ")
    };
    Ok(html! {
        h2 id="depouillement" { (visit.say("selection-count")) }
        p { (visit.say("selection-count-lead")) }
        p {
            (visit.say_with("selection-turnout", &[
                ("voters", counted.voters.len().into()), ("electors", counted.electors.into())
            ]))
        }
        @if !rounds.is_empty() {
            ol {
                @for round in &rounds {
                    li {
                        strong { (label(round.elected)) } " — "
                        (visit.say_with("selection-round-support", &[("count", round.supporters.into())]))
                        ", "
                        (visit.say(match round.phase {
                            election::Phase::Shares => "selection-round-shares",
                            election::Phase::Completion => "selection-round-completion",
                        }))
                    }
                }
            }
        }
        @if !counted.ballots.is_empty() {
            h3 { (visit.say("selection-ballots")) }
            ul {
                @for ballots in &counted.ballots {
                    li {
                        (visit.say_with("selection-ballots-alike", &[("count", ballots.count.into())])) " "
                        @if ballots.approves.is_empty() { (visit.say("selection-ballot-blank")) }
                        @else { (approvals(ballots)) }
                    }
                }
            }
        }
        @if !voters.is_empty() {
            h3 { (visit.say("selection-voters")) }
            p { (voters.join(", ")) }
        }
        p.small { (visit.say("selection-vote-secrecy")) }
    })
}

/// Every act of the call, with its entry.
fn story(tx: &mut Tx<'_>, visit: &Visit, call: &Call, all: &[Shown]) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for told in tables::stories(tx, Some(&call.id), STORY_MAX)? {
        let who = match &told.who {
            Some(id) => match all.iter().find(|(one, _)| one.id.as_str() == id) {
                Some((_, label)) => Some(label.clone()),
                None => party_of(tx, visit, call, id)?,
            },
            None => None,
        };
        // What an appeal or its decision says stands above; reasons of other acts stand here.
        let text = match &told.text {
            Some(text) if ["seed-rule-set", "call-cancelled"].contains(&told.word.as_str()) => {
                Some(enclosed(tx, visit, text, told.entry)?)
            }
            _ => None,
        };
        lines.push(html! {
            li {
                (day(visit, told.on)) " " (visit.say(&format!("selection-word-{}", told.word)))
                @if let Some(who) = who { " — " (who) }
                " " a.small href=(visit.link(&format!("/registre/{}", told.entry))) {
                    (visit.say_with("page-entry", &[("index", told.entry.into())]))
                }
                @if let Some(text) = text { (text) }
            }
        });
    }
    Ok(html! {
        h2 { (visit.say("selection-story")) }
        ol.line { @for line in &lines { (line) } }
    })
}

fn party_of(tx: &mut Tx<'_>, visit: &Visit, call: &Call, name: &str) -> Result<Option<String>, Stop> {
    let found = call.parties.iter().find(|party| party.who.party_name() == name);
    match found {
        Some(party) => Ok(Some(party_label(tx, visit, &party.who)?)),
        None => Ok(None),
    }
}
