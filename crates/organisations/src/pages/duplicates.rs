//! Organisations that may stand twice: the suggestions with their reasons, the pair side by side, and what stewards decide.

use axum::extract::Path;
use record::{Tx, directory};
use terms::organisations::{OrganisationsDistinguished, OrganisationsMerged, OrganisationsParted};
use terms::{Behalf, OrganisationId};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html, quoted_of};

use super::forms::sheet;
use super::ties::entry_link;
use super::{kind_label, standing, steward};
use crate::acts::{self, Reason, Twin};
use crate::tables::{self, Merger, Organisation};

/// Pairs on one page.
const SHOWN: usize = 30;

/// Characters of a ground.
const GROUND_MAX: usize = 2_000;

/// A reason in words. What was compared without accents is shown as it was compared.
pub(super) fn reason(tx: &mut Tx<'_>, visit: &Visit, reason: &Reason) -> Result<String, Stop> {
    Ok(match reason {
        Reason::Identifier(scheme, value) => visit.say_with(
            "organisations-alike-identifier",
            &[("scheme", scheme.as_str().into()), ("value", value.as_str().into())],
        ),
        Reason::SameName => visit.say("organisations-alike-name"),
        Reason::SameWords => visit.say("organisations-alike-words"),
        Reason::Acronym(acronym) => visit
            .say_with("organisations-alike-acronym", &[("acronym", acronym.to_uppercase().as_str().into())]),
        Reason::Near(near) => {
            visit.say_with("organisations-alike-near", &[("near", i64::from(*near).into())])
        }
        Reason::Place(place) => {
            let named = directory::look_up(tx, directory::Kind::Place, place)?;
            let name = named.and_then(|named| named.fr).unwrap_or_else(|| place.clone());
            visit.say_with("organisations-alike-place", &[("place", name.as_str().into())])
        }
    })
}

pub(super) async fn list(visit: Visit) -> Outcome {
    steward(&visit)?;
    visit.page(suggestions).await
}

fn suggestions(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let all = tables::likenesses(tx)?;
    let found = acts::alike(&all, &tables::told_apart(tx)?);
    let from: usize = visit.asked("depuis").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut cards = Vec::new();
    for pair in found.pairs.iter().skip(from).take(SHOWN) {
        let (Some(one), Some(other)) = (all.get(pair.one), all.get(pair.other)) else { continue };
        cards.push(card(tx, visit, (&one.id, &other.id), &pair.reasons)?);
    }
    let title = visit.say("organisations-duplicates");
    let more = found.pairs.len() > from + SHOWN;
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("organisations-duplicates-lead")) }
        p { (visit.say_with("organisations-duplicates-count", &[
            ("count", i64::try_from(found.pairs.len()).unwrap_or(i64::MAX).into()),
            ("all", i64::try_from(all.len()).unwrap_or(i64::MAX).into()),
        ])) }
        @for card in &cards { (card) }
        @if more {
            p { a href=(visit.link(&format!("/organisations/doublons?depuis={}", from + SHOWN))) {
                (visit.say("organisations-duplicates-more"))
            } }
        }
    };
    Ok(Page::new(title, body).under(visit.say("organisations-title"), "/organisations"))
}

fn card(
    tx: &mut Tx<'_>,
    visit: &Visit,
    (one, other): (&OrganisationId, &OrganisationId),
    reasons: &[Reason],
) -> Result<Markup, Stop> {
    let mut told = Vec::new();
    for one in reasons {
        told.push(reason(tx, visit, one)?);
    }
    let both = side_by_side(tx, visit, one.as_str(), other.as_str())?;
    Ok(html! {
        div.card {
            ul { @for reason in &told { li { (reason) } } }
            (both)
            p { a href=(visit.link(&format!("/organisations/doublons/{one}/{other}"))) {
                (visit.say("organisations-duplicates-decide"))
            } }
        }
    })
}

/// One of the two, as it is shown beside the other.
struct Side {
    organisation: Organisation,
    place: Option<String>,
    identifiers: Vec<String>,
}

/// What is known of the two, each line of both.
fn side_by_side(tx: &mut Tx<'_>, visit: &Visit, one: &str, other: &str) -> Result<Markup, Stop> {
    let mut both = Vec::new();
    for id in [one, other] {
        let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
        let identifiers = tables::identifiers_of(tx, &organisation.id)?;
        let place = match &organisation.place {
            Some(place) => directory::look_up(tx, directory::Kind::Place, place.as_str())?,
            None => None,
        };
        let identifiers: Vec<String> =
            identifiers.into_iter().map(|known| format!("{} {}", known.scheme, known.value)).collect();
        both.push(Side { organisation, place: place.and_then(|named| named.fr), identifiers });
    }
    Ok(table(visit, &both))
}

/// One beside the other, on a narrow screen one under the other.
fn table(visit: &Visit, both: &[Side]) -> Markup {
    html! { div.cols { @for side in both { (told(visit, side)) } } }
}

fn told(visit: &Visit, side: &Side) -> Markup {
    let organisation = &side.organisation;
    let said = |text: Option<&str>| {
        html! {
            @match text { Some(text) => (text), None => { span.mute { (visit.say("organisations-unknown")) } } }
        }
    };
    let pair = |key: &str, told: Markup| html! { div { dt { (visit.say(key)) } dd { (told) } } };
    let identifiers = (!side.identifiers.is_empty()).then(|| side.identifiers.join(", "));
    html! {
        div {
            p { strong { a href=(visit.link(&format!("/organisations/{}", organisation.id))) { (organisation.name) } } }
            dl.pairs {
                (pair("organisations-column-id", html! { code { (organisation.id) } }))
                (pair("organisations-column-acronym", said(organisation.acronym.as_deref())))
                (pair("organisations-column-kind", html! { (kind_label(visit, &organisation.kind)) }))
                (pair("organisations-column-status", standing(visit, organisation)))
                (pair("organisations-column-founded", said(organisation.founded.as_deref())))
                (pair("organisations-column-place", said(side.place.as_deref())))
                (pair("organisations-identifiers", said(identifiers.as_deref())))
                (pair("organisations-note", said(organisation.note.as_deref())))
            }
        }
    }
}

pub(super) async fn pair_form(visit: Visit, Path((one, other)): Path<(String, String)>) -> Outcome {
    steward(&visit)?;
    visit.begun(format!("{one}/{other}"), Form::default(), pair_page).await
}

/// The two organisations of a page whose id is `one/other`.
fn twins(tx: &mut Tx<'_>, ids: &str) -> Result<(Twin, Twin), Stop> {
    let (one, other) = ids.split_once('/').ok_or(Stop::NotFound)?;
    let one = tables::twin(tx, one)?.ok_or(Stop::NotFound)?;
    let other = tables::twin(tx, other)?.ok_or(Stop::NotFound)?;
    Ok((one, other))
}

fn pair_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    ids: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (one, other) = twins(tx, ids)?;
    let both = side_by_side(tx, visit, one.id.as_str(), other.id.as_str())?;
    let apart = tables::distinct(tx, &one.id, &other.id)?;
    if let Some((entry, ..)) = &apart {
        visit.learns_gone(tx, *entry)?;
    }
    let choices: Vec<(String, String)> =
        [&one, &other].map(|twin| (twin.id.to_string(), format!("{} [{}]", twin.name, twin.id))).into();
    let ground = |name: &'static str, key: &str, hint: &str| {
        visit.text_area(&Input::new(name, visit.say(key)).hint(visit.say(hint)), 4, form, refusals)
    };
    let address = format!("/organisations/doublons/{ids}");
    let title = visit.say("organisations-duplicates-pair");
    let body = html! {
        h1 { (title) }
        (visit.error_summary(refusals))
        (both)
        @if let Some((entry, known, text)) = &apart {
            div.card {
                p { strong { (visit.say("organisations-distinguished")) } ", " (day(visit, *known)) ", "
                    (entry_link(visit, *entry)) }
                (quoted_of(visit, text.as_deref(), *entry))
            }
        }
        h2 { (visit.say("organisations-merge")) }
        p { (visit.say("organisations-merge-lead")) }
        form method="post" action=(visit.link(&format!("{address}/fusion"))) {
            (visit.token_field())
            (visit.choice_field(&Input::new("garder", visit.say("organisations-merge-kept")), &choices, form, refusals))
            (ground("raison", "organisations-merge-ground", "organisations-merge-ground-hint"))
            button { (visit.say("organisations-merge")) }
        }
        h2 { (visit.say("organisations-distinguish")) }
        p { (visit.say("organisations-distinguish-lead")) }
        form method="post" action=(visit.link(&format!("{address}/distinctes"))) {
            (visit.token_field())
            (ground("difference", "organisations-distinguish-ground", "organisations-merge-ground-hint"))
            button.plain { (visit.say("organisations-distinguish")) }
        }
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(visit.say("organisations-duplicates"), "/organisations/doublons"))
}

pub(super) async fn merge(visit: Visit, Path((one, other)): Path<(String, String)>, form: Form) -> Outcome {
    steward(&visit)?;
    let (sent, ids) = (form.clone(), format!("{one}/{other}"));
    let asked = ids.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let (one, other) = twins(desk.tx(), &asked)?;
            let mut refusals = Refusals::default();
            let ground = sent.required("raison", GROUND_MAX, &mut refusals);
            let (kept, merged) = match sent.text("garder") {
                id if id == one.id.as_str() => (one, other),
                id if id == other.id.as_str() => (other, one),
                _ => {
                    refusals.add("garder", "form-required");
                    (one, other)
                }
            };
            let word = OrganisationsMerged {
                kept: kept.id.clone(),
                merged: merged.id.clone(),
                ground: desk.enclose_text(&ground)?,
            };
            let decided = acts::merge(word, &kept, &merged);
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok(format!("/organisations/{}", kept.id))
        })
        .await;
    visit.after(ids, form, sealed, pair_page).await
}

pub(super) async fn distinguish(
    visit: Visit,
    Path((one, other)): Path<(String, String)>,
    form: Form,
) -> Outcome {
    steward(&visit)?;
    let (sent, ids) = (form.clone(), format!("{one}/{other}"));
    let asked = ids.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let (one, other) = twins(desk.tx(), &asked)?;
            let mut refusals = Refusals::default();
            let ground = sent.required("difference", GROUND_MAX, &mut refusals);
            let already = tables::distinct(desk.tx(), &one.id, &other.id)?.is_some();
            let word = OrganisationsDistinguished {
                one: one.id.clone(),
                other: other.id.clone(),
                ground: desk.enclose_text(&ground)?,
            };
            let decided = acts::distinguish(word, &one, &other, already);
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok("/organisations/doublons".to_owned())
        })
        .await;
    visit.after(ids, form, sealed, pair_page).await
}

pub(super) async fn part_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    steward(&visit)?;
    visit.begun(id, Form::default(), part_page).await
}

pub(super) async fn part(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    steward(&visit)?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let twin = tables::twin(desk.tx(), &asked)?.ok_or(Stop::NotFound)?;
            let mut refusals = Refusals::default();
            let ground = sent.required("raison", GROUND_MAX, &mut refusals);
            let word = OrganisationsParted { merged: twin.id.clone(), ground: desk.enclose_text(&ground)? };
            visit.append_or(desk, Behalf::Instance, refusals, acts::part(word, &twin))?;
            Ok(format!("/organisations/{}", twin.id))
        })
        .await;
    visit.after(id, form, sealed, part_page).await
}

fn part_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let lead = html! { p { (visit.say("organisations-part-lead")) } };
    let fields = visit.text_area(
        &Input::new("raison", visit.say("organisations-part-ground"))
            .hint(visit.say("organisations-merge-ground-hint")),
        4,
        form,
        refusals,
    );
    let address = format!("/organisations/{id}/separation");
    Ok(sheet(visit, &organisation, "organisations-part", &address, (lead, fields), refusals))
}

/// What an organisation's page says of mergers: those that lead to it, and those that were undone.
pub(super) fn history(tx: &mut Tx<'_>, visit: &Visit, organisation: &Organisation) -> Result<Markup, Stop> {
    let mergers = tables::mergers_of(tx, &organisation.id)?;
    let mut lines = Vec::with_capacity(mergers.len());
    for merger in &mergers {
        visit.learns_gone(tx, merger.entry)?;
        if let Some((entry, ..)) = &merger.parted {
            visit.learns_gone(tx, *entry)?;
        }
        lines.push(merger_line(visit, merger));
    }
    Ok(html! {
        @if !lines.is_empty() {
            h2 { (visit.say("organisations-mergers")) }
            @if mergers.iter().any(|merger| merger.parted.is_none()) {
                p { (visit.say("organisations-mergers-lead")) }
            }
            ol.line { @for line in &lines { (line) } }
        }
    })
}

fn merger_line(visit: &Visit, merger: &Merger) -> Markup {
    let named = [("merged", merger.merged_name.as_str().into()), ("kept", merger.kept_name.as_str().into())];
    let keeps = visit.standing().is_some_and(web::Standing::is_steward);
    html! {
        li {
            (day(visit, merger.known)) " "
            strong { (visit.say_with("organisations-merger", &named)) }
            " (" code { (merger.merged) } " → " code { (merger.kept) } "), " (entry_link(visit, merger.entry))
            (quoted_of(visit, merger.ground.as_deref(), merger.entry))
            @match &merger.parted {
                Some((entry, known, ground)) => {
                    p { strong { (visit.say("organisations-parted")) } " " (day(visit, *known)) ", "
                        (entry_link(visit, *entry)) }
                    (quoted_of(visit, ground.as_deref(), *entry))
                }
                None => {
                    @if keeps {
                        p.screen { a href=(visit.link(&format!("/organisations/{}/separation", merger.merged))) {
                            (visit.say("organisations-part"))
                        } }
                    }
                }
            }
        }
    }
}
