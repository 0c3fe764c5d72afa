//! The forms as they look: fields, hints, what is to be mended.

use record::Tx;
use web::{Fields, Form, Markup, Page, Refusals, Stop, Visit, html};

use super::{named, named_or, reason};
use crate::acts;
use crate::tables::{self, Body};

/// Choices that are words, each with its message.
fn words(fields: &Fields<'_>, name: &str, key: &str, words: &[(&str, &str)]) -> Markup {
    let choices: Vec<_> =
        words.iter().map(|(word, key)| ((*word).to_owned(), fields.visit.say(key))).collect();
    fields.choice(name, key, None, &choices)
}

fn reasons(fields: &Fields<'_>, words: &[&str], hint: Option<&str>) -> Markup {
    let choices: Vec<_> = words.iter().map(|word| ((*word).to_owned(), reason(fields.visit, word))).collect();
    fields.choice("motif", "institutions-column-reason", hint, &choices)
}

pub(super) fn source_field(fields: &Fields<'_>, tx: &mut Tx<'_>) -> Result<Markup, Stop> {
    fields.source(tx, "institutions-column-source", "institutions-hint-source")
}

fn note(fields: &Fields<'_>) -> Markup {
    fields.area("note", "institutions-note", None, 3)
}

fn seat(fields: &Fields<'_>, tx: &mut Tx<'_>, body: &Body) -> Result<Markup, Stop> {
    let templates = tables::templates(tx, &body.kind)?;
    let choices: Vec<_> = templates
        .iter()
        .map(|template| (template.code.to_string(), named(fields.visit, &template.name).to_owned()))
        .collect();
    Ok(fields.choice("siege", "institutions-column-seat", None, &choices))
}

/// The page of the form: what is to be mended, the fields, the button.
pub(super) fn page(
    fields: &Fields<'_>,
    body: Option<&Body>,
    action: &str,
    title: &str,
    shown: &Markup,
) -> Page {
    let visit = fields.visit;
    let title = visit.say(title);
    let markup = html! {
        h1 { (title) }
        @if let Some(body) = body { p.lead { (named(visit, &body.name)) } }
        (visit.error_summary(fields.refusals))
        form method="post" action=(visit.link(action)) {
            (visit.token_field())
            (shown)
            button { (visit.say("institutions-record")) }
        }
    };
    let page = Page::new(title, markup).under(visit.say("institutions-title"), "/instances");
    match body {
        Some(body) => page
            .under(named(visit, &body.name).to_owned(), &format!("/instances/{}", body.id))
            .exercise(body.exercise),
        None => page,
    }
}

pub(super) fn establish_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    _: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let kinds: Vec<_> =
        tables::kinds(tx)?.into_iter().map(|k| (k.id.clone(), named(visit, &k.name).to_owned())).collect();
    let markup = html! {
        (fields.text("nom", "institutions-column-name", Some("institutions-hint-name")))
        (fields.text("nom_en", "institutions-name-en", None))
        (fields.choice("sorte", "institutions-column-kind", None, &kinds))
        (fields.text("lieu", "institutions-column-place", Some("institutions-hint-place")))
        (fields.day("jour", "institutions-exists", Some("institutions-hint-exists")))
        (source_field(&fields, tx)?)
        (note(&fields))
    };
    Ok(page(&fields, None, "/instances/nouvelle", "institutions-new", &markup))
}

fn body_of(tx: &mut Tx<'_>, id: &str) -> Result<Body, Stop> {
    tables::body(tx, id)?.ok_or(Stop::NotFound)
}

pub(super) fn install_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let body = body_of(tx, id)?;
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (fields.day("jour", "institutions-day-installed", None))
        (words(&fields, "precision", "institutions-column-precision", &[
            ("day", "institutions-precision-day"),
            ("month", "institutions-precision-month"),
            ("year", "institutions-precision-year"),
            ("attested", "institutions-precision-attested"),
        ]))
        (source_field(&fields, tx)?)
        (note(&fields))
    };
    Ok(page(&fields, Some(&body), &format!("/instances/{id}/installer"), "institutions-act-install", &markup))
}

pub(super) fn fill_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let body = body_of(tx, id)?;
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (seat(&fields, tx, &body)?)
        (fields.text("rang", "institutions-column-ordinal", Some("institutions-hint-ordinal")))
        (words(&fields, "titulaire_sorte", "institutions-holder-kind", &[
            ("person", "institutions-holder-person"),
            ("organisation", "institutions-holder-organisation"),
            ("office", "institutions-holder-office"),
            ("unnamed", "institutions-holder-unnamed"),
        ]))
        (fields.text("titulaire", "institutions-column-holder", Some("institutions-hint-holder")))
        (fields.text("nom", "institutions-sent", Some("institutions-hint-sent")))
        (words(&fields, "sexe", "institutions-column-sex", &[
            ("female", "institutions-sex-female"),
            ("male", "institutions-sex-male"),
        ]))
        (words(&fields, "jeune", "institutions-column-youth", &[("oui", "list-yes"), ("non", "list-no")]))
        (fields.day("depuis", "institutions-column-since", Some("institutions-hint-since")))
        (fields.day("jusqu", "institutions-until", Some("institutions-hint-past")))
        (reasons(&fields, &acts::LEAVINGS, Some("institutions-hint-past")))
        (source_field(&fields, tx)?)
    };
    Ok(page(&fields, Some(&body), &format!("/instances/{id}/pourvoir"), "institutions-act-fill", &markup))
}

pub(super) fn end_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let body = body_of(tx, id)?;
    let fields = Fields { visit, form, refusals };
    let templates = tables::templates(tx, &body.kind)?;
    let held = tables::holdings(tx, id)?.into_iter().filter(|holding| holding.to.is_none());
    let choices: Vec<_> = held
        .map(|holding| {
            let seat = templates.iter().find(|template| template.code == holding.seat);
            let seat = named_or(visit, seat.map(|seat| &seat.name), holding.seat.as_str());
            let sitter = super::seating::sitter(visit, &holding.sitter).0;
            (holding.id.to_string(), format!("{seat} ({}) — {sitter}", holding.ordinal))
        })
        .collect();
    let markup = html! {
        (fields.choice("titulaire", "institutions-column-holder", None, &choices))
        (fields.day("jour", "institutions-day-left", Some("institutions-hint-left")))
        (reasons(&fields, &acts::LEAVINGS, None))
        (source_field(&fields, tx)?)
    };
    Ok(page(&fields, Some(&body), &format!("/instances/{id}/depart"), "institutions-act-end", &markup))
}

pub(super) fn interrupt_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let body = body_of(tx, id)?;
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (seat(&fields, tx, &body)?)
        (fields.text("rang", "institutions-column-ordinal", Some("institutions-hint-all-places")))
        (words(&fields, "etat", "institutions-column-state", &[
            ("vacant", "institutions-state-vacant"),
            ("suspended", "institutions-state-suspended"),
        ]))
        (reasons(&fields, &acts::INTERRUPTIONS, None))
        (fields.day("depuis", "institutions-column-since", None))
        (fields.day("jusqu", "institutions-until", Some("institutions-hint-until")))
        (source_field(&fields, tx)?)
        (note(&fields))
    };
    Ok(page(&fields, Some(&body), &format!("/instances/{id}/vacance"), "institutions-act-interrupt", &markup))
}
