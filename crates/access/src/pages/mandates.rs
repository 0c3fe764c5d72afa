//! Mandates: who acts for whom, without names; and how one ends.

use axum::extract::Path;
use axum::http::StatusCode;
use record::Tx;
use terms::access::Role;
use terms::{Behalf, BodyId, MandateId, OrganisationId};
use web::{
    Cell, Column, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop, Visit, html,
};

use super::{ForWhom, ground_key, held_name, name_shown, role_key, since};
use crate::acts::{self, Ground};
use crate::tables::{self, Tenure, Wanted};

/// Mandates that a panel shows at most.
const PANEL_MOST: usize = 20;

struct Line {
    for_whom: ForWhom,
    tenure: Tenure,
}

const LIST: Listing<Line> = Listing {
    name: "mandats",
    empty: "access-mandates-none",
    columns: &[
        Column::data("id", "access-column-id", |line, _| Cell::Text(line.tenure.id.to_string())),
        Column::data("for_kind", "access-column-for-kind", |line, _| {
            Cell::Text(line.tenure.behalf.cells().0.to_owned())
        }),
        Column::data("for_id", "access-column-for-id", |line, _| {
            Cell::text(Some(line.tenure.behalf.cells().1.to_owned()).filter(|id| !id.is_empty()))
        }),
        Column::new("for", "access-column-for", |line, _| {
            let text = line.for_whom.name.clone();
            match line.for_whom.path.clone() {
                Some(path) => Cell::Link { text, path },
                None => Cell::Text(text),
            }
        }),
        Column::new("role", "access-column-role", |line, _| Cell::Badge {
            word: line.tenure.role.as_str().to_owned(),
            label: role_key(line.tenure.role).to_owned(),
            class: "",
        }),
        Column::new("since", "access-column-since", |line, _| Cell::Day(line.tenure.from)),
        Column::new("until", "access-column-until", |line, _| Cell::day(line.tenure.to)),
        Column::new("exercise", "access-column-exercise", |line, _| Cell::Yes(line.for_whom.exercise)),
        Column::data("entry", "access-column-entry", |line, _| {
            Cell::number(i64::try_from(line.tenure.entry).ok())
        }),
    ],
};

pub(super) async fn list(visit: Visit) -> Outcome {
    let most = visit.rows_wanted();
    let ask = move |tx: &mut Tx<'_>, visit: &Visit| -> Result<Shown<Line>, Stop> {
        let wanted = Wanted {
            on: visit.asked("tous").is_none().then(|| visit.day_shown()),
            role: visit.asked("role").and_then(Role::parse),
            after: visit.asked("apres").and_then(|id| MandateId::parse(id).ok()),
        };
        let mut lines = Vec::new();
        for tenure in tables::mandates(tx, &wanted, most + 1)? {
            lines.push(Line { for_whom: ForWhom::of(tx, visit, &tenure.behalf)?, tenure });
        }
        Ok(Shown::first(lines, most, |line| line.tenure.id.to_string()))
    };
    if visit.format() != Format::Html {
        let shown = visit.ask(ask).await?;
        return Ok(LIST.data(&visit, &shown));
    }
    visit
        .page(move |tx, visit| {
            let shown = ask(tx, visit)?;
            let title = visit.say("access-mandates");
            let roles: Vec<(String, String)> =
                Role::ALL.map(|role| (role.as_str().to_owned(), visit.say(role_key(role)))).to_vec();
            let kept = Form::of(&[
                ("role", visit.asked("role").unwrap_or_default()),
                ("tous", visit.asked("tous").unwrap_or_default()),
            ]);
            let role = Input::narrowing("role", visit.say("access-column-role"));
            let all = Input::new("tous", visit.say("access-mandates-all"));
            let caption = visit
                .say_with("access-mandates-caption", &[("day", visit.day_text(visit.day_shown()).into())]);
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("access-mandates-lead")) }
                form.filter method="get" action=(visit.link("/mandats")) {
                    (visit.choice_field(&role, &roles, &kept, &Refusals::default()))
                    (visit.tick_field(&all, &kept))
                    @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past); }
                    button { (visit.say("access-show")) }
                }
                (LIST.table(visit, &shown, &caption))
            };
            Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json]))
        })
        .await
}

/// The panel of a body's page.
pub(super) fn of_body(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(body) = BodyId::parse(id) else { return Ok(None) };
    panel(tx, visit, &Behalf::Body { body })
}

/// The panel of an organisation's page.
pub(super) fn of_organisation(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(organisation) = OrganisationId::parse(id) else { return Ok(None) };
    panel(tx, visit, &Behalf::Organisation { organisation })
}

fn panel(tx: &mut Tx<'_>, visit: &Visit, behalf: &Behalf) -> Result<Option<Markup>, Stop> {
    let tenures = tables::mandates_for(tx, behalf, visit.day_shown(), PANEL_MOST)?;
    if tenures.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("access-panel")) }
            ul {
                @for tenure in &tenures {
                    li { (visit.say(role_key(tenure.role))) ", " (since(visit, tenure.from, tenure.to)) }
                }
            }
            p.small { a href=(visit.link("/mandats")) { (visit.say("access-mandates")) } }
        }
    }))
}

/// The mandate, if this visitor may end it: those who keep the instance any, everybody their own.
fn theirs_to_end(visit: &Visit, tenure: Option<Tenure>) -> Result<Tenure, Stop> {
    let standing = visit.signed_in()?;
    let tenure = tenure.ok_or(Stop::NotFound)?;
    if standing.is_steward() || standing.person == tenure.person { Ok(tenure) } else { Err(Stop::NoStanding) }
}

/// The grounds that this visitor may name: only those who keep the instance take a mandate back.
fn grounds(visit: &Visit) -> Vec<Ground> {
    let steward = visit.standing().is_some_and(web::Standing::is_steward);
    Ground::ALL.into_iter().filter(|ground| steward || *ground != Ground::Withdrawn).collect()
}

pub(super) async fn ending(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    let form = Form::of(&[("jour", &visit.today().to_string())]);
    end_page(&visit, StatusCode::OK, id, form, Refusals::default()).await
}

pub(super) async fn end(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals);
    let Some(on) = on.filter(|_| refusals.is_empty()) else {
        return end_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, id, form, refusals).await;
    };
    let (which, word) = (id.clone(), form.text("motif").to_owned());
    let sealed = visit
        .seal(move |desk, visit| {
            let today = visit.today();
            let tenure = theirs_to_end(visit, tables::mandate(desk.tx(), &which)?)?;
            let facts = tables::ending(desk.tx(), &tenure, today)?;
            let ground = Ground::parse(&word).filter(|ground| grounds(visit).contains(ground));
            let ended = acts::end(&facts, on, ground, today).map_err(acts::shown)?;
            let steward = visit.signed_in()?.is_steward();
            let behalf = if steward { Behalf::Instance } else { tenure.behalf };
            visit.append(desk, behalf, ended)?;
            Ok(steward.then_some(tenure.person))
        })
        .await;
    match sealed {
        Ok(Some(person)) => Ok(visit.see_other(&format!("/personnes/{person}"))),
        Ok(None) => Ok(visit.see_other("/bureau")),
        Err(Stop::Refused(refusals)) => {
            end_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, id, form, refusals).await
        }
        Err(stop) => Err(stop),
    }
}

async fn end_page(visit: &Visit, status: StatusCode, id: String, form: Form, refusals: Refusals) -> Outcome {
    visit
        .page_with(status, move |tx, visit| {
            let tenure = theirs_to_end(visit, tables::mandate(tx, &id)?)?;
            let for_whom = ForWhom::of(tx, visit, &tenure.behalf)?;
            let name = tables::person(tx, tenure.person.as_str())?.and_then(|person| person.name);
            let name = name_shown(visit, &held_name(&tenure.person, name));
            let choices: Vec<(String, String)> = grounds(visit)
                .into_iter()
                .map(|ground| (ground.as_str().to_owned(), visit.say(ground_key(ground))))
                .collect();
            let hint = visit.say("access-field-end-hint");
            let day = Input::new("jour", visit.say("access-field-end")).hint(hint);
            let ground = Input::new("motif", visit.say("access-field-ground"));
            let title = visit.say("access-mandate-end");
            let body = html! {
                h1 { (title) }
                (visit.error_summary(&refusals))
                p.lead {
                    strong { (name) } " — " (for_whom.markup(visit)) ", "
                    (visit.say(role_key(tenure.role))) ", "
                    (since(visit, tenure.from, tenure.to))
                }
                form method="post" action=(visit.link(&format!("/mandats/{}/fin", tenure.id))) {
                    (visit.token_field())
                    (visit.text_field(&day, "text", &form, &refusals))
                    (visit.choice_field(&ground, &choices, &form, &refusals))
                    p.small.mute { (visit.say("access-mandate-end-text")) }
                    button.danger { (visit.say("access-mandate-end")) }
                }
            };
            Ok(Page::new(title, body).under(visit.say("nav-desk"), "/bureau").of_entry(tenure.entry))
        })
        .await
}
