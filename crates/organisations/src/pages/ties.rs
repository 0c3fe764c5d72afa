//! The two profiles of an organisation: what is said of each tie, by whom, with what shows it, and what it answers.

use axum::extract::Path;
use record::Tx;
use terms::OrganisationId;
use terms::access::Role;
use terms::organisations::{Basis, Verdict};
use web::{
    Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, cited, day, html, quoted_of,
    time_range,
};

use crate::acts::Side;
use crate::profile::{self, Counts, Line};
use crate::tables::{self, Reply, Said};

/// One criterion of an organisation, for data.
struct Row {
    organisation: OrganisationId,
    side: &'static str,
    criterion: &'static str,
    verdict: Verdict,
    declared: Option<Said>,
    observed: Option<Said>,
}

fn value(said: Option<&Said>) -> Cell {
    Cell::text(said.map(|said| said.value.as_str().to_owned()))
}

fn source(said: Option<&Said>) -> Cell {
    Cell::text(said.and_then(|said| said.source.as_ref()).map(ToString::to_string))
}

fn entry(said: Option<&Said>) -> Cell {
    Cell::number(said.and_then(|said| i64::try_from(said.entry).ok()))
}

const LISTING: Listing<Row> = Listing {
    name: "liens",
    empty: "organisations-ties-none",
    columns: &[
        Column::data("organisation", "organisations-column-id", |r, _| {
            Cell::Text(r.organisation.to_string())
        }),
        Column::data("side", "organisations-ties-side", |r, _| Cell::Text(r.side.to_owned())),
        Column::data("criterion", "organisations-tie-criterion", |r, _| Cell::Text(r.criterion.to_owned())),
        Column::data("verdict", "organisations-tie-verdict", |r, _| {
            Cell::Text(r.verdict.as_str().to_owned())
        }),
        Column::data("declared", "organisations-basis-declared", |r, _| value(r.declared.as_ref())),
        Column::data("declared_source", "organisations-column-source", |r, _| source(r.declared.as_ref())),
        Column::data("declared_entry", "organisations-tie-entry", |r, _| entry(r.declared.as_ref())),
        Column::data("observed", "organisations-basis-observed", |r, _| value(r.observed.as_ref())),
        Column::data("observed_source", "organisations-column-source", |r, _| source(r.observed.as_ref())),
        Column::data("observed_entry", "organisations-tie-entry", |r, _| entry(r.observed.as_ref())),
    ],
};

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    let rest = match visit.format() {
        Format::Csv => "/liens.csv",
        Format::Json => "/liens.json",
        _ => "/liens",
    };
    if let Some(onward) = super::onward(&visit, &id, rest).await? {
        return Ok(onward);
    }
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
    let said = tables::said_of(tx, &organisation.id)?;
    let replies = tables::replies_of(tx, &organisation.id)?;
    let mut rows = Vec::new();
    for side in Side::ALL {
        for line in profile::lines(side, &said, &replies, visit.day_shown()) {
            rows.push(Row {
                organisation: organisation.id.clone(),
                side: side.as_str(),
                criterion: line.criterion,
                verdict: line.verdict,
                declared: line.declared.cloned(),
                observed: line.observed.cloned(),
            });
        }
    }
    Ok(rows)
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let said = tables::said_of(tx, &organisation.id)?;
    let replies = tables::replies_of(tx, &organisation.id)?;
    let mut sides = Vec::new();
    for side in Side::ALL {
        let lines = profile::lines(side, &said, &replies, visit.day_shown());
        sides.push((
            side,
            profile::counts(&lines),
            shown_lines(tx, visit, &organisation.id, &lines, &replies)?,
        ));
    }
    let title = visit.say("organisations-ties-title");
    let body = html! {
        h1 { (title) }
        p.lead { a href=(visit.link(&format!("/organisations/{id}"))) { (organisation.name) } }
        p { (visit.say("organisations-ties-lead")) }
        @for (side, counts, lines) in &sides {
            section {
                h2 { (visit.say(side_label(*side))) }
                p { (counted(visit, counts)) }
                (lines)
            }
        }
        @if may_state(visit, &organisation.id) {
            p.screen { a.button href=(visit.link(&format!("/organisations/{id}/liens/nouveau"))) {
                (visit.say("organisations-tie-state"))
            } }
        }
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name, &format!("/organisations/{id}"))
        .also_as(&[Format::Csv, Format::Json])
        .exercise(organisation.exercise))
}

/// What the organisation's own page says of its ties, or nothing where nobody has said anything.
pub(super) fn summary(tx: &mut Tx<'_>, visit: &Visit, id: &OrganisationId) -> Result<Markup, Stop> {
    let said = tables::said_of(tx, id)?;
    let replies = tables::replies_of(tx, id)?;
    let counted = Side::ALL.map(|side| {
        let lines = profile::lines(side, &said, &replies, visit.day_shown());
        (side, counted(visit, &profile::counts(&lines)))
    });
    Ok(html! {
        h2 { (visit.say("organisations-ties-title")) }
        @if said.is_empty() {
            p.mute { (visit.say("organisations-ties-none")) }
        } @else {
            dl.pairs { @for (side, counted) in &counted {
                div { dt { (visit.say(side_label(*side))) } dd { (counted) } }
            } }
        }
        p { a href=(visit.link(&format!("/organisations/{id}/liens"))) { (visit.say("organisations-ties-all")) } }
    })
}

/// Whether the visitor may say something of the organisation's ties: whoever keeps the instance, and its own secretaries.
pub(super) fn may_state(visit: &Visit, id: &OrganisationId) -> bool {
    visit.standing().is_some_and(web::Standing::is_steward) || may_reply(visit, id)
}

/// Whether the visitor may answer for the organisation.
pub(super) fn may_reply(visit: &Visit, id: &OrganisationId) -> bool {
    visit.standing().is_some_and(|standing| standing.acts_for_organisation(id, &[Role::Secretary]))
}

const fn side_label(side: Side) -> &'static str {
    match side {
        Side::State => "organisations-ties-state",
        Side::Donors => "organisations-ties-donors",
    }
}

/// How many hold, do not, are contested, are not known: never one figure.
fn counted(visit: &Visit, counts: &Counts) -> String {
    let said = [
        ("yes", counts.yes.into()),
        ("no", counts.no.into()),
        ("contested", counts.contested.into()),
        ("unknown", counts.unknown.into()),
    ];
    visit.say_with("organisations-ties-counted", &said)
}

/// The criterion in words, with its code.
pub(super) fn criterion_label(visit: &Visit, code: &str) -> String {
    format!("{code} — {}", visit.say(&format!("organisations-criterion-{}", code.to_ascii_lowercase())))
}

fn verdict_badge(visit: &Visit, verdict: Verdict) -> Markup {
    let class = match verdict {
        // Neither is good or bad in itself.
        Verdict::Yes | Verdict::No => "",
        Verdict::Contested => "waiting",
        Verdict::Unknown => "unverified",
    };
    let label = visit.say(&format!("organisations-verdict-{}", verdict.as_str()));
    html! { span class={ "badge " (class) } { (label) } }
}

fn shown_lines(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &OrganisationId,
    lines: &[Line<'_>],
    replies: &[Reply],
) -> Result<Markup, Stop> {
    let mut told = Vec::with_capacity(lines.len());
    for line in lines {
        let mut parts = Vec::new();
        for said in [line.declared, line.observed].into_iter().flatten() {
            parts.push(one(tx, visit, id, said, replies)?);
        }
        told.push((line, parts));
    }
    Ok(html! {
        ol.line { @for (line, parts) in &told {
            li {
                strong { (criterion_label(visit, line.criterion)) } " " (verdict_badge(visit, line.verdict))
                @for part in parts { (part) }
            }
        } }
    })
}

/// What was said once, with its ground and the organisation's replies.
fn one(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &OrganisationId,
    said: &Said,
    replies: &[Reply],
) -> Result<Markup, Stop> {
    let source = cited(tx, visit, said.source.as_ref())?;
    visit.learns_gone(tx, said.entry)?;
    let mut answers = Vec::new();
    for reply in replies.iter().filter(|reply| reply.about == said.entry) {
        visit.learns_gone(tx, reply.entry)?;
        answers.push(answer(visit, reply));
    }
    let (value, basis) = (said.value.as_str(), said.basis.as_str());
    let own = may_reply(visit, id);
    Ok(html! {
        div.card {
            p {
                (visit.say(&format!("organisations-basis-{basis}"))) " : "
                strong { (visit.say(&format!("organisations-holds-{value}"))) }
                ", " (time_range(visit, said.from, said.to))
                @if said.contested { " " span.badge.unverified { (visit.say("organisations-contested")) } }
            }
            @if let Some(note) = &said.note { p { (note) } }
            @if let Some(evidence) = &said.evidence { (quoted_of(visit, evidence.as_deref(), said.entry)) }
            p.small.mute {
                (source) " · " (visit.say("organisations-known")) " " (day(visit, said.known)) " · "
                (entry_link(visit, said.entry))
            }
            @for answer in &answers { (answer) }
            @if own && said.basis == Basis::Observed {
                p.screen { (reply_link(visit, id, said.entry)) }
            }
        }
    })
}

/// The organisation's reply, as it stands beside what it answers.
pub(super) fn answer(visit: &Visit, reply: &Reply) -> Markup {
    let key = if reply.contests { "organisations-replied-contests" } else { "organisations-replied" };
    html! {
        blockquote {
            p.small { strong { (visit.say(key)) } }
            (quoted_of(visit, reply.text.as_deref(), reply.entry))
            p.small.mute {
                (visit.say("organisations-known")) " " (day(visit, reply.known)) " · " (entry_link(visit, reply.entry))
            }
        }
    }
}

pub(super) fn entry_link(visit: &Visit, entry: u64) -> Markup {
    html! {
        a href=(visit.link(&format!("/registre/{entry}"))) {
            (visit.say_with("organisations-entry", &[("index", entry.into())]))
        }
    }
}

/// The way to answer an entry, for those who act for the organisation.
pub(super) fn reply_link(visit: &Visit, id: &OrganisationId, entry: u64) -> Markup {
    html! {
        a href=(visit.link(&format!("/organisations/{id}/reponse/{entry}"))) { (visit.say("organisations-reply")) }
    }
}
