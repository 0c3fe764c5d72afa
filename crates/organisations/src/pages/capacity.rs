//! What an organisation can do, as everybody reads it: each regard apart, the gap between them, what is done about it. Never a ranking.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use record::{Tx, directory};
use terms::OrganisationId;
use terms::access::Role;
use terms::organisations::Regard;
use web::draw::Numerals;
use web::draw::radar::{RadarWords, Ray, radar};
use web::{
    Cell, Column, Format, House, Language, Listing, Markup, Outcome, Page, Shown, Stop, Visit, day, html,
    quoted_of,
};

use super::ties::entry_link;
use super::{capacity_form, capacity_plan};
use crate::capacity::{Domain, GRID_CSV, GRID_VERSION, LEVEL_MAX, Mean, about, grid, means, overall};
use crate::tables::{self, Assessment, Organisation};

pub(super) fn routes() -> Router<House> {
    Router::new()
        .route("/organisations/{id}/capacites", get(page))
        .route("/organisations/{id}/capacites.csv", get(page))
        .route("/organisations/{id}/capacites.json", get(page))
        .route(
            "/organisations/{id}/capacites/bilan/{regard}",
            get(capacity_form::begin).post(capacity_form::publish),
        )
        .route(
            "/organisations/{id}/capacites/bilan/{regard}/{domain}",
            get(capacity_form::domain_form).post(capacity_form::keep),
        )
        .route(
            "/organisations/{id}/capacites/pair",
            get(capacity_plan::peer_form).post(capacity_plan::ask_peer),
        )
        .route(
            "/organisations/{id}/capacites/action",
            get(capacity_plan::action_form).post(capacity_plan::plan),
        )
        .route(
            "/organisations/{id}/capacites/action/{action}",
            get(capacity_plan::outcome_form).post(capacity_plan::settle),
        )
        .route(
            "/organisations/{id}/capacites/formation",
            get(capacity_plan::training_form).post(capacity_plan::attend),
        )
        .route("/capacites/grille", get(grid_page))
        .route("/capacites/grille.csv", get(grid_file))
}

/// Whether the visitor speaks for the organisation here.
pub(super) fn may_say(visit: &Visit, id: &OrganisationId) -> bool {
    visit.standing().is_some_and(|standing| standing.acts_for_organisation(id, &[Role::Secretary]))
}

/// The one of two names that is of the visitor's language.
pub(super) fn own<'n>(visit: &Visit, names: &'n [String; 2]) -> &'n str {
    if visit.language() == Language::French { &names[0] } else { &names[1] }
}

pub(super) fn numerals(visit: &Visit) -> Numerals {
    if visit.language() == Language::French { Numerals::FRENCH } else { Numerals::ENGLISH }
}

pub(super) fn regard_label(visit: &Visit, regard: Regard) -> String {
    visit.say(&format!("organisations-regard-{}", regard.as_str()))
}

/// One item of one assessment, for data.
struct Row {
    organisation: OrganisationId,
    entry: u64,
    grid: u16,
    regard: Regard,
    peer: Option<OrganisationId>,
    on: terms::Day,
    item: String,
    level: Option<u8>,
}

const LISTING: Listing<Row> = Listing {
    name: "capacites",
    empty: "organisations-capacity-none",
    columns: &[
        Column::data("organisation", "organisations-column-id", |r, _| {
            Cell::Text(r.organisation.to_string())
        }),
        Column::data("entry", "organisations-tie-entry", |r, _| Cell::number(i64::try_from(r.entry).ok())),
        Column::data("grid", "organisations-capacity-grid", |r, _| Cell::Number(r.grid.into())),
        Column::data("regard", "organisations-capacity-regard", |r, _| {
            Cell::Text(r.regard.as_str().to_owned())
        }),
        Column::data("peer", "organisations-capacity-peer", |r, _| {
            Cell::text(r.peer.as_ref().map(ToString::to_string))
        }),
        Column::data("on", "organisations-day", |r, _| Cell::Day(r.on)),
        Column::data("item", "organisations-capacity-item", |r, _| Cell::Text(r.item.clone())),
        Column::data("level", "organisations-capacity-level", |r, _| Cell::number(r.level.map(i64::from))),
    ],
};

async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(move |tx, visit| compose(tx, visit, &id)).await,
        _ => {
            let shown = visit.ask(move |tx, visit| Ok(Shown::all(rows(tx, visit, &id)?))).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

fn rows(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Vec<Row>, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let mut rows = Vec::new();
    for Assessment { entry, says } in tables::assessments(tx, &organisation.id)? {
        rows.extend(says.items.iter().map(|said| Row {
            organisation: organisation.id.clone(),
            entry,
            grid: says.grid,
            regard: says.regard,
            peer: says.peer.clone(),
            on: says.on,
            item: said.item.clone(),
            level: said.level,
        }));
    }
    Ok(rows)
}

/// What one regard says of each domain: its mean, and on how many items it rests.
struct Seen {
    regard: Regard,
    levels: Vec<Option<f64>>,
    known: Vec<u32>,
}

/// The newest of each regard; of peers, the newest of each, together.
fn seen(found: &[Assessment]) -> Vec<Seen> {
    let mut seen = Vec::new();
    for regard in Regard::ALL {
        let mut whose = BTreeSet::new();
        let of_regard = found.iter().filter(|one| one.says.regard == regard);
        let newest: Vec<Vec<Mean>> = of_regard
            .filter(|one| whose.insert(one.says.peer.clone()))
            .map(|one| means(&one.says.items))
            .collect();
        if newest.is_empty() {
            continue;
        }
        let (mut levels, mut known) = (Vec::new(), Vec::new());
        for n in 0..grid().len() {
            let of_domain = newest.iter().filter_map(|means| means.get(n));
            let values: Vec<f64> = of_domain.clone().filter_map(|mean| mean.value()).collect();
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            levels.push((!values.is_empty()).then_some(mean));
            known.push(of_domain.map(|mean| mean.known).sum());
        }
        seen.push(Seen { regard, levels, known });
    }
    seen
}

/// The domains of the organisation's own assessment before the newest.
fn before(found: &[Assessment]) -> Option<Vec<Option<f64>>> {
    let earlier = found.iter().filter(|one| one.says.regard == Regard::Own).nth(1)?;
    Some(means(&earlier.says.items).into_iter().map(Mean::value).collect())
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let found = tables::assessments(tx, &organisation.id)?;
    for assessment in &found {
        visit.shows_entry(assessment.entry);
    }
    let seen = seen(&found);
    let (rounds, details) = (rounds(tx, visit, &found)?, details(tx, visit, &found)?);
    let plan = capacity_plan::shown(tx, visit, &organisation)?;
    let title = visit.say("organisations-capacity-title");
    let body = html! {
        h1 { (title) }
        p.lead { a href=(visit.link(&format!("/organisations/{id}"))) { (organisation.name) } }
        p { (visit.say("organisations-capacity-lead")) " "
            a href=(visit.link("/capacites/grille")) { (visit.say("organisations-capacity-grid-read")) } }
        @if seen.is_empty() { p.mute { (visit.say("organisations-capacity-none")) } }
        @else {
            (star(visit, &seen))
            (table(visit, &seen, before(&found).as_deref()))
            (rounds)
            (details)
        }
        (ways(visit, &organisation))
        (plan)
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name, &format!("/organisations/{id}"))
        .also_as(&[Format::Csv, Format::Json])
        .exercise(organisation.exercise))
}

/// The level with one decimal; said unknown where it is.
fn level(visit: &Visit, level: Option<f64>) -> String {
    level.map_or_else(|| visit.say("organisations-unknown"), |level| numerals(visit).number(level))
}

fn star(visit: &Visit, seen: &[Seen]) -> Markup {
    let domains: Vec<String> = grid().iter().map(|domain| domain.code.clone()).collect();
    let rays: Vec<Ray> = seen
        .iter()
        .map(|seen| Ray { name: regard_label(visit, seen.regard), levels: seen.levels.clone() })
        .collect();
    let said = seen.iter().map(|seen| {
        let levels =
            domains.iter().zip(&seen.levels).map(|(code, found)| format!("{code} {}", level(visit, *found)));
        format!("{} : {}", regard_label(visit, seen.regard), levels.collect::<Vec<_>>().join(", "))
    });
    let desc = said.collect::<Vec<_>>().join(" ; ");
    let words = RadarWords { title: &visit.say("organisations-capacity-star"), desc: &desc };
    radar(&domains, &rays, LEVEL_MAX, &words)
}

fn table(visit: &Visit, seen: &[Seen], before: Option<&[Option<f64>]>) -> Markup {
    let of = |regard: Regard| seen.iter().find(|seen| seen.regard == regard);
    let at = |regard: Regard, n: usize| of(regard).and_then(|seen| seen.levels.get(n).copied().flatten());
    let counted = |regard: Regard, n: usize, items: usize| {
        of(regard).map(|seen| format!("{}/{items}", seen.known.get(n).copied().unwrap_or(0)))
    };
    let gap = |n: usize| Some((at(Regard::Own, n)? - at(Regard::Peer, n)?).abs());
    let change = |n: usize| Some(at(Regard::Own, n)? - before?.get(n).copied().flatten()?);
    let signed = |change: f64| {
        let said = numerals(visit).number(change.abs());
        if change > 0.0 {
            format!("+{said}")
        } else if change < 0.0 {
            format!("−{said}")
        } else {
            said
        }
    };
    let regards: Vec<Regard> = seen.iter().map(|seen| seen.regard).collect();
    let (gap_label, change_label) =
        (visit.say("organisations-capacity-gap"), visit.say("organisations-capacity-change"));
    html! {
        table.cards {
            caption { (visit.say("organisations-capacity-caption")) }
            thead { tr {
                th scope="col" { (visit.say("organisations-capacity-domain")) }
                @for regard in &regards { th.num scope="col" { (regard_label(visit, *regard)) } }
                th.num scope="col" { (gap_label) }
                th.num scope="col" { (change_label) }
            } }
            tbody {
                @for (n, domain) in grid().iter().enumerate() {
                    tr {
                        th scope="row" { (domain_label(visit, domain)) }
                        @for regard in &regards {
                            td.num data-label=(regard_label(visit, *regard)) {
                                (level(visit, at(*regard, n)))
                                @if *regard == Regard::Own {
                                    @if let Some(counted) = counted(*regard, n, domain.items.len()) {
                                        " " span.small.mute { "(" (counted) ")" }
                                    }
                                }
                            }
                        }
                        td.num data-label=(gap_label) { (gap(n).map_or_else(|| "—".into(), |gap| numerals(visit).number(gap))) }
                        td.num data-label=(change_label) { (change(n).map_or_else(|| "—".into(), signed)) }
                    }
                }
                tr {
                    th scope="row" { (visit.say("organisations-capacity-overall")) }
                    @for seen in seen {
                        td.num data-label=(regard_label(visit, seen.regard)) { (level(visit, overall(&seen.levels))) }
                    }
                    td.num {}
                    td.num {}
                }
            }
        }
        p.small.mute { (visit.say("organisations-capacity-overall-note")) }
    }
}

pub(super) fn domain_label(visit: &Visit, domain: &Domain) -> String {
    format!("{} — {}", domain.code, own(visit, &domain.name))
}

/// What an action or a training is about, in words; the code itself where another grid brought it.
pub(super) fn about_label(visit: &Visit, code: &str) -> String {
    match about(code) {
        Some((domain, None)) => domain_label(visit, domain),
        Some((_, Some(item))) => format!("{} — {}", item.code, own(visit, &item.name)),
        None => code.to_owned(),
    }
}

/// Who looked, in words.
fn who(tx: &mut Tx<'_>, visit: &Visit, one: &Assessment) -> Result<Markup, Stop> {
    let label = regard_label(visit, one.says.regard);
    if let Some(peer) = &one.says.peer {
        let named = directory::look_up(tx, directory::Kind::Organisation, peer.as_str())?;
        let name = named.and_then(|named| named.fr).unwrap_or_else(|| peer.to_string());
        return Ok(html! { (label) " : " a href=(visit.link(&format!("/organisations/{peer}"))) { (name) } });
    }
    if let Some(assessor) = &one.says.assessor {
        let name = tables::text(tx, &assessor.sha256)?;
        return Ok(html! { (label) " : " (name.unwrap_or_else(|| visit.say("organisations-unknown"))) });
    }
    Ok(html! { (label) })
}

fn rounds(tx: &mut Tx<'_>, visit: &Visit, found: &[Assessment]) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for one in found {
        lines.push((one, who(tx, visit, one)?));
    }
    Ok(html! {
        h2 { (visit.say("organisations-capacity-rounds")) }
        ul { @for (one, who) in &lines {
            li {
                (day(visit, one.says.on)) ", " (who) " · "
                (visit.say_with("organisations-capacity-of-grid", &[("version", one.says.grid.into())])) " · "
                (entry_link(visit, one.entry))
            }
        } }
    })
}

/// Item by item, what each regard's newest assessment says and shows.
fn details(tx: &mut Tx<'_>, visit: &Visit, found: &[Assessment]) -> Result<Markup, Stop> {
    let mut whose = BTreeSet::new();
    let newest: Vec<&Assessment> =
        found.iter().filter(|one| whose.insert((one.says.regard, one.says.peer.clone()))).collect();
    for one in &newest {
        visit.learns_gone(tx, one.entry)?;
    }
    let mut sections = Vec::new();
    for domain in grid() {
        let mut items = Vec::new();
        for item in &domain.items {
            let mut lines = Vec::new();
            for one in &newest {
                let Some(said) = one.says.items.iter().find(|said| said.item == item.code) else { continue };
                let remark = match &said.remark {
                    Some(remark) => Some(tables::text(tx, &remark.sha256)?),
                    None => None,
                };
                lines.push((*one, said.level, remark));
            }
            items.push((item, lines));
        }
        sections.push((domain, items));
    }
    Ok(html! {
        h2 { (visit.say("organisations-capacity-details")) }
        @for (domain, items) in &sections {
            details {
                summary { (domain_label(visit, domain)) }
                @for (item, lines) in items {
                    h3 { (item.code) " — " (own(visit, &item.name)) }
                    @if lines.is_empty() { p.mute { (visit.say("organisations-unknown")) } }
                    @for (one, found, remark) in lines {
                        p {
                            strong { (regard_label(visit, one.says.regard)) } " : "
                            @match found {
                                Some(found) => {
                                    (found) " — " (own_anchor(visit, item, *found))
                                }
                                None => (visit.say("organisations-unknown")),
                            }
                        }
                        @if let Some(remark) = remark { blockquote { (quoted_of(visit, remark.as_deref(), one.entry)) } }
                    }
                }
            }
        }
    })
}

/// What the level looks like, in words.
pub(super) fn own_anchor<'i>(visit: &Visit, item: &'i crate::capacity::Item, level: u8) -> &'i str {
    let anchors = if visit.language() == Language::French { &item.anchors[0] } else { &item.anchors[1] };
    anchors.get(usize::from(level).saturating_sub(1)).map_or("", String::as_str)
}

/// What those who act for the organisation, or stand beside it, may do here.
fn ways(visit: &Visit, organisation: &Organisation) -> Markup {
    let base = format!("/organisations/{}/capacites", organisation.id);
    html! {
        @if may_say(visit, &organisation.id) && visit.past().is_none() {
            p.screen {
                a.button href=(visit.link(&format!("{base}/bilan/own"))) { (visit.say("organisations-capacity-assess")) }
            }
            p.screen {
                a href=(visit.link(&format!("{base}/pair"))) { (visit.say("organisations-capacity-ask")) } " · "
                a href=(visit.link(&format!("{base}/bilan/external"))) { (visit.say("organisations-capacity-external")) } " · "
                a href=(visit.link(&format!("{base}/action"))) { (visit.say("organisations-action-plan")) } " · "
                a href=(visit.link(&format!("{base}/formation"))) { (visit.say("organisations-training-tell")) }
            }
        }
    }
}

/// What the organisation's own page says of its capacity.
pub(super) fn summary(tx: &mut Tx<'_>, visit: &Visit, organisation: &Organisation) -> Result<Markup, Stop> {
    let found = tables::assessments(tx, &organisation.id)?;
    Ok(html! {
        h2 { (visit.say("organisations-capacity-title")) }
        @match found.first() {
            None => p.mute { (visit.say("organisations-capacity-none")) },
            Some(newest) => p {
                (visit.say_with("organisations-capacity-count", &[("count", found.len().into())])) " "
                (day(visit, newest.says.on))
            },
        }
        p { a href=(visit.link(&format!("/organisations/{}/capacites", organisation.id))) {
            (visit.say("organisations-capacity-all"))
        } }
    })
}

/// `GET /capacites/grille`: every item and what its levels look like.
async fn grid_page(visit: Visit) -> Outcome {
    visit
        .page(|_, visit| {
            let title = visit.say("organisations-capacity-grid-title");
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("organisations-capacity-grid-lead")) }
                p { span.badge.unverified { (visit.say("organisations-capacity-grid-proposal")) } " "
                    (visit.say_with("organisations-capacity-of-grid", &[("version", GRID_VERSION.into())])) ". "
                    (visit.say("organisations-capacity-grid-kin")) }
                @for domain in grid() {
                    h2 { (domain_label(visit, domain)) }
                    @for item in &domain.items {
                        h3 { (item.code) " — " (own(visit, &item.name)) }
                        ol { @for level in 1..=LEVEL_MAX { li { (own_anchor(visit, item, level)) } } }
                    }
                }
            };
            Ok(Page::new(title, body)
                .under(visit.say("organisations-title"), "/organisations")
                .also_as(&[Format::Csv]))
        })
        .await
}

/// `GET /capacites/grille.csv`: the grid as the program has it, in both languages.
async fn grid_file() -> Outcome {
    let named = "inline; filename=\"grille-1.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, named)], GRID_CSV)
        .into_response())
}
