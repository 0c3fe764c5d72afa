//! The forms as they look: fields, hints, what is to be mended.

use record::Tx;
use record::directory::{self, Kind};
use web::{Form, Input, Markup, Page, Refusals, Stop, Visit, html};

use super::{named, named_or, reason};
use crate::acts;
use crate::tables::{self, Body};

/// What the fields of a form need to show themselves.
pub(super) struct Fields<'a> {
    pub(super) visit: &'a Visit,
    pub(super) form: &'a Form,
    pub(super) refusals: &'a Refusals,
}

impl Fields<'_> {
    fn text(&self, name: &str, key: &str, hint: Option<&str>) -> Markup {
        self.visit.text_field(&self.input(name, key, hint), "text", self.form, self.refusals)
    }

    fn day(&self, name: &str, key: &str, hint: Option<&str>) -> Markup {
        self.visit.text_field(&self.input(name, key, hint), "date", self.form, self.refusals)
    }

    fn choice(&self, name: &str, key: &str, hint: Option<&str>, choices: &[(String, String)]) -> Markup {
        self.visit.choice_field(&self.input(name, key, hint), choices, self.form, self.refusals)
    }

    /// Choices that are words, each with its message.
    fn words(&self, name: &str, key: &str, words: &[(&str, &str)]) -> Markup {
        let choices: Vec<_> =
            words.iter().map(|(word, key)| ((*word).to_owned(), self.visit.say(key))).collect();
        self.choice(name, key, None, &choices)
    }

    fn reasons(&self, words: &[&str], hint: Option<&str>) -> Markup {
        let choices: Vec<_> =
            words.iter().map(|word| ((*word).to_owned(), reason(self.visit, word))).collect();
        self.choice("motif", "institutions-column-reason", hint, &choices)
    }

    pub(super) fn source(&self, tx: &mut Tx<'_>) -> Result<Markup, Stop> {
        let sources = directory::all(tx, Kind::Source)?;
        let choices = sources.into_iter().map(|s| (s.id.clone(), s.fr.unwrap_or(s.id)));
        let choices: Vec<_> = choices.collect();
        Ok(self.choice("source", "institutions-column-source", Some("institutions-hint-source"), &choices))
    }

    fn note(&self) -> Markup {
        self.visit.text_area(&self.input("note", "institutions-note", None), 3, self.form, self.refusals)
    }

    fn seat(&self, tx: &mut Tx<'_>, body: &Body) -> Result<Markup, Stop> {
        let templates = tables::templates(tx, &body.kind)?;
        let choices: Vec<_> = templates
            .iter()
            .map(|template| (template.code.to_string(), named(self.visit, &template.name).to_owned()))
            .collect();
        Ok(self.choice("siege", "institutions-column-seat", None, &choices))
    }

    fn input<'a>(&self, name: &'a str, key: &str, hint: Option<&str>) -> Input<'a> {
        let input = Input::new(name, self.visit.say(key));
        match hint {
            Some(hint) => input.hint(self.visit.say(hint)),
            None => input,
        }
    }

    /// The page of the form: what is to be mended, the fields, the button.
    pub(super) fn page(&self, body: Option<&Body>, action: &str, title: &str, fields: &Markup) -> Page {
        let visit = self.visit;
        let title = visit.say(title);
        let markup = html! {
            h1 { (title) }
            @if let Some(body) = body { p.lead { (named(visit, &body.name)) } }
            (visit.error_summary(self.refusals))
            form method="post" action=(visit.link(action)) {
                (visit.token_field())
                (fields)
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
        (fields.source(tx)?)
        (fields.note())
    };
    Ok(fields.page(None, "/instances/nouvelle", "institutions-new", &markup))
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
        (fields.words("precision", "institutions-column-precision", &[
            ("day", "institutions-precision-day"),
            ("month", "institutions-precision-month"),
            ("year", "institutions-precision-year"),
            ("attested", "institutions-precision-attested"),
        ]))
        (fields.source(tx)?)
        (fields.note())
    };
    Ok(fields.page(Some(&body), &format!("/instances/{id}/installer"), "institutions-act-install", &markup))
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
        (fields.seat(tx, &body)?)
        (fields.text("rang", "institutions-column-ordinal", Some("institutions-hint-ordinal")))
        (fields.words("titulaire_sorte", "institutions-holder-kind", &[
            ("person", "institutions-holder-person"),
            ("organisation", "institutions-holder-organisation"),
            ("office", "institutions-holder-office"),
            ("unnamed", "institutions-holder-unnamed"),
        ]))
        (fields.text("titulaire", "institutions-column-holder", Some("institutions-hint-holder")))
        (fields.text("nom", "institutions-sent", Some("institutions-hint-sent")))
        (fields.words("sexe", "institutions-column-sex", &[
            ("female", "institutions-sex-female"),
            ("male", "institutions-sex-male"),
        ]))
        (fields.words("jeune", "institutions-column-youth", &[("oui", "list-yes"), ("non", "list-no")]))
        (fields.day("depuis", "institutions-column-since", Some("institutions-hint-since")))
        (fields.day("jusqu", "institutions-until", Some("institutions-hint-past")))
        (fields.reasons(&acts::LEAVINGS, Some("institutions-hint-past")))
        (fields.source(tx)?)
    };
    Ok(fields.page(Some(&body), &format!("/instances/{id}/pourvoir"), "institutions-act-fill", &markup))
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
        (fields.reasons(&acts::LEAVINGS, None))
        (fields.source(tx)?)
    };
    Ok(fields.page(Some(&body), &format!("/instances/{id}/depart"), "institutions-act-end", &markup))
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
        (fields.seat(tx, &body)?)
        (fields.text("rang", "institutions-column-ordinal", Some("institutions-hint-all-places")))
        (fields.words("etat", "institutions-column-state", &[
            ("vacant", "institutions-state-vacant"),
            ("suspended", "institutions-state-suspended"),
        ]))
        (fields.reasons(&acts::INTERRUPTIONS, None))
        (fields.day("depuis", "institutions-column-since", None))
        (fields.day("jusqu", "institutions-until", Some("institutions-hint-until")))
        (fields.source(tx)?)
        (fields.note())
    };
    Ok(fields.page(Some(&body), &format!("/instances/{id}/vacance"), "institutions-act-interrupt", &markup))
}
