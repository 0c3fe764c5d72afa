//! Restrictions: the list, each one's page, and the form of stewards.

use axum::extract::Path;
use record::Tx;
use terms::{Behalf, OrganisationId, RestrictionId};
use web::{
    Cell, Column, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop, Visit, cited,
    day, html, time_range,
};

use super::forms::{cited_source, labelled, note_field, source_field};
use super::{kind_label, label, meant, source_choices, steward};
use crate::acts::{self, Drafted, KINDS, RESTRICTIONS, STAGES};
use crate::tables::{self, Restriction};

/// Restrictions in the list, and organisations that one may name.
const SHOWN_MAX: usize = 500;

const LISTING: Listing<Restriction> = Listing {
    name: "restrictions",
    empty: "organisations-restrictions-none",
    columns: &[
        Column::data("id", "organisations-column-id", |r, _| Cell::Text(r.id.to_string())),
        Column::new("title", "organisations-restriction", |r, _| Cell::Link {
            text: r.title.clone(),
            path: format!("/restrictions/{}", r.id),
        }),
        Column::new("kind", "organisations-column-kind", |r, visit| {
            Cell::Text(match visit.format() {
                Format::Html => restriction_label(visit, &r.kind),
                _ => r.kind.clone(),
            })
        }),
        Column::new("stage", "organisations-restriction-stage", |r, visit| {
            let stage = r.stage_on(visit.day_shown());
            Cell::Badge {
                word: stage.to_owned(),
                label: stage_key(stage).to_owned(),
                class: stage_class(stage),
            }
        }),
        Column::new("funder", "organisations-restriction-funder", |r, _| Cell::text(r.funder.clone())),
        Column::new("activity", "organisations-restriction-activity", |r, _| Cell::text(r.activity.clone())),
        Column::new("from", "organisations-tie-from", |r, _| Cell::day(r.from)),
        Column::new("to", "organisations-until", |r, _| Cell::day(r.to)),
        Column::data("authority", "organisations-authority", |r, _| Cell::text(r.authority.clone())),
        Column::data("kinds", "organisations-restriction-kinds", |r, _| {
            Cell::text((!r.kinds.is_empty()).then(|| r.kinds.join(" ")))
        }),
        Column::data("rate_permille", "organisations-restriction-rate", |r, _| Cell::number(r.rate)),
        Column::data("source", "organisations-column-source", |r, _| {
            Cell::text(r.source.as_ref().map(ToString::to_string))
        }),
        Column::data("entry", "organisations-tie-entry", |r, _| Cell::number(i64::try_from(r.entry).ok())),
    ],
};

pub(super) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(listed).await,
        _ => {
            let shown = visit.ask(|tx, _| Ok(Shown::all(tables::restrictions(tx, SHOWN_MAX)?))).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

fn listed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = Shown::all(tables::restrictions(tx, SHOWN_MAX)?);
    let title = visit.say("organisations-restrictions-title");
    let keeps = visit.standing().is_some_and(web::Standing::is_steward);
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("organisations-restrictions-lead")) }
        @if keeps {
            p { a.button href=(visit.link("/restrictions/nouvelle")) { (visit.say("organisations-restrict")) } }
        }
        (LISTING.table(visit, &shown, &visit.say("organisations-restrictions-caption")))
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .also_as(&[Format::Csv, Format::Json]))
}

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| compose(tx, visit, &id)).await
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let (found, named) = tables::restriction(tx, id)?.ok_or(Stop::NotFound)?;
    let source = cited(tx, visit, found.source.as_ref())?;
    let keeps = visit.standing().is_some_and(web::Standing::is_steward);
    let pair = |key: &str, said: Markup| html! { div { dt { (visit.say(key)) } dd { (said) } } };
    let body = html! {
        h1 { (found.title) }
        p { (stage_badge(visit, &found)) " " (restriction_label(visit, &found.kind)) ", "
            (time_range(visit, found.from, found.to)) }
        p.lead { (visit.say("organisations-restriction-not-ban")) }
        dl.pairs {
            (pair("organisations-restriction-whom", whom(visit, &found, &named)))
            @if let Some(funder) = &found.funder { (pair("organisations-restriction-funder", html! { (funder) })) }
            @if let Some(activity) = &found.activity {
                (pair("organisations-restriction-activity", html! { (activity) }))
            }
            @if let Some(rate) = found.rate {
                (pair("organisations-restriction-rate", html! { (visit.percent(rate as f64 / 1_000.0)) }))
            }
            @if let Some(authority) = &found.authority {
                (pair("organisations-authority", html! { (authority) }))
            }
            (pair("organisations-column-source", source))
            (pair("organisations-restriction-known", day(visit, found.known)))
        }
        @if let Some(note) = &found.note { blockquote { p { (note) } } }
        @if keeps {
            p.screen { a href=(visit.link(&format!("/restrictions/{id}/suite"))) {
                (visit.say("organisations-restrict-again"))
            } }
        }
    };
    Ok(Page::new(found.title, body)
        .under(visit.say("organisations-restrictions-title"), "/restrictions")
        .of_entry(found.entry))
}

/// On whom it weighs: those it names, the kinds it means, or all.
fn whom(visit: &Visit, found: &Restriction, named: &[(OrganisationId, String)]) -> Markup {
    html! {
        @if !named.is_empty() {
            ul { @for (id, name) in named {
                li { a href=(visit.link(&format!("/organisations/{id}"))) { (name) } }
            } }
        } @else if found.kinds.is_empty() {
            (visit.say("organisations-restriction-all"))
        } @else {
            (found.kinds.iter().map(|kind| kind_label(visit, kind)).collect::<Vec<_>>().join(", "))
        }
    }
}

/// What weighs on the organisation, on its page; nothing where nothing is told.
pub(super) fn on(
    tx: &mut Tx<'_>,
    visit: &Visit,
    organisation: &tables::Organisation,
) -> Result<Markup, Stop> {
    let found = tables::restrictions_on(tx, organisation)?;
    Ok(html! {
        @if !found.is_empty() {
            h2 { (visit.say("organisations-restrictions-on")) }
            p.small { (visit.say("organisations-restriction-not-ban")) }
            ul { @for restriction in &found {
                li {
                    a href=(visit.link(&format!("/restrictions/{}", restriction.id))) { (restriction.title) }
                    ", " (time_range(visit, restriction.from, restriction.to)) " "
                    (stage_badge(visit, restriction))
                }
            } }
        }
    })
}

fn stage_badge(visit: &Visit, restriction: &Restriction) -> Markup {
    let stage = restriction.stage_on(visit.day_shown());
    html! { span class={ "badge " (stage_class(stage)) } { (visit.say(stage_key(stage))) } }
}

fn stage_class(stage: &str) -> &'static str {
    match stage {
        "in-force" => "late",
        "lifted" => "answered",
        _ => "waiting",
    }
}

fn stage_key(stage: &str) -> &'static str {
    match stage {
        "in-force" => "organisations-stage-in-force",
        "lifted" => "organisations-stage-lifted",
        _ => "organisations-stage-announced",
    }
}

/// The label of a kind of restriction; the word itself where another pack brings its own.
fn restriction_label(visit: &Visit, kind: &str) -> String {
    label(visit, &format!("organisations-restriction-{kind}"), kind)
}

pub(super) async fn new_form(visit: Visit) -> Outcome {
    steward(&visit)?;
    visit.begun(String::new(), Form::default(), form_page).await
}

pub(super) async fn again_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    steward(&visit)?;
    let asked = id.clone();
    let begun = visit.ask(move |tx, _| begun(tx, &asked)).await?;
    visit.begun(id, begun, form_page).await
}

/// The form as the restriction was last told.
fn begun(tx: &mut Tx<'_>, id: &str) -> Result<Form, Stop> {
    let (found, named) = tables::restriction(tx, id)?.ok_or(Stop::NotFound)?;
    let day = |day: Option<terms::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let named: Vec<String> = named.into_iter().map(|(id, _)| id.to_string()).collect();
    let (named, rate) = (named.join("\n"), found.rate.map(tenths).unwrap_or_default());
    let (from, to) = (day(found.from), day(found.to));
    let source = found.source.map(|source| source.to_string()).unwrap_or_default();
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let (authority, funder) = (or_empty(&found.authority), or_empty(&found.funder));
    let (activity, note) = (or_empty(&found.activity), or_empty(&found.note));
    let mut fields = vec![
        ("titre", found.title.as_str()),
        ("sorte", &found.kind),
        ("etat", &found.stage),
        ("autorite", &authority),
        ("organisations", &named),
        ("bailleur", &funder),
        ("activite", &activity),
        ("taux", &rate),
        ("debut", &from),
        ("fin", &to),
        ("source", &source),
        ("note", &note),
    ];
    fields.extend(found.kinds.iter().map(|kind| ("sortes", kind.as_str())));
    Ok(Form::of(&fields))
}

/// Thousandths as people write hundredths: 105 is « 10,5 ».
fn tenths(rate: i64) -> String {
    if rate % 10 == 0 { (rate / 10).to_string() } else { format!("{},{}", rate / 10, rate % 10) }
}

/// Hundredths as people write them, in thousandths; `Err` where they are none.
fn thousandths(text: &str) -> Result<u16, ()> {
    let text = text.trim_end_matches('%').trim().replace('.', ",");
    let (whole, part) = text.split_once(',').unwrap_or((&text, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || part.len() != 1 || !digits(part) {
        return Err(());
    }
    let number = |text: &str| text.parse::<u16>().map_err(|_| ());
    Ok(number(whole)? * 10 + number(part)?)
}

pub(super) async fn state(visit: Visit, form: Form) -> Outcome {
    stated(visit, String::new(), form).await
}

pub(super) async fn state_again(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    stated(visit, id, form).await
}

async fn stated(visit: Visit, id: String, form: Form) -> Outcome {
    steward(&visit)?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let id = match asked.as_str() {
                "" => visit.fresh_id()?,
                id => tables::restriction(desk.tx(), id)?.ok_or(Stop::NotFound)?.0.id.to_string(),
            };
            let fault = |fault: terms::FormFault| Stop::Fault(record::Fault::Value(fault.to_string()));
            let id = RestrictionId::parse(&id).map_err(fault)?;
            let mut refusals = Refusals::default();
            let drafted = drafted(desk.tx(), &sent, &mut refusals)?;
            let decided = acts::restrict(id.clone(), drafted, visit.today());
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok(format!("/restrictions/{id}"))
        })
        .await;
    visit.after(id, form, sealed, form_page).await
}

fn drafted(tx: &mut Tx<'_>, form: &Form, refusals: &mut Refusals) -> Result<Drafted, Stop> {
    let title = form.required("titre", 200, refusals);
    for (field, most) in [("autorite", 200), ("bailleur", 120), ("activite", 200), ("note", 2_000)] {
        form.at_most(field, most, refusals);
    }
    let owned = |field: &str| form.optional(field).map(str::to_owned);
    let mut organisations = Vec::new();
    for line in form.text("organisations").lines().map(str::trim).filter(|line| !line.is_empty()) {
        organisations.push(meant(tx, line)?);
    }
    if organisations.len() > SHOWN_MAX {
        refusals.add("organisations", "organisations-refused-too-many");
        organisations.clear();
    }
    let rate = match form.optional("taux").map(thousandths) {
        Some(Err(())) => {
            refusals.add("taux", "organisations-refused-rate-unreadable");
            None
        }
        Some(Ok(rate)) => Some(rate),
        None => None,
    };
    Ok(Drafted {
        title,
        kind: form.text("sorte").to_owned(),
        stage: form.text("etat").to_owned(),
        authority: owned("autorite"),
        organisations,
        kinds: form.all("sortes").into_iter().map(str::to_owned).collect(),
        funder: owned("bailleur"),
        activity: owned("activite"),
        rate,
        from: form.day("debut", refusals),
        to: form.day("fin", refusals),
        source: cited_source(tx, form, refusals)?,
        note: owned("note"),
    })
}

fn form_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let kinds = labelled(&RESTRICTIONS, |kind| restriction_label(visit, kind));
    let stages = labelled(&STAGES, |stage| visit.say(stage_key(stage)));
    let sources = source_choices(tx)?;
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let field = |name: &'static str, key: &str, hint: &str| {
        visit.text_field(&input(name, key).hint(visit.say(hint)), "text", form, refusals)
    };
    let (title, action) = match id {
        "" => (visit.say("organisations-restrict"), "/restrictions/nouvelle".to_owned()),
        id => (visit.say("organisations-restrict-again"), format!("/restrictions/{id}/suite")),
    };
    let body = html! {
        h1 { (title) }
        p { (visit.say("organisations-restriction-not-ban")) }
        (visit.error_summary(refusals))
        form method="post" action=(visit.link(&action)) {
            (visit.token_field())
            (visit.text_field(&input("titre", "organisations-restriction-name"), "text", form, refusals))
            (visit.choice_field(&input("sorte", "organisations-restriction-kind"), &kinds, form, refusals))
            (visit.choice_field(&input("etat", "organisations-restriction-stage"), &stages, form, refusals))
            (visit.text_field(&input("autorite", "organisations-authority"), "text", form, refusals))
            (visit.text_area(
                &input("organisations", "organisations-restriction-named")
                    .hint(visit.say("organisations-restriction-named-hint")),
                3, form, refusals))
            (kind_ticks(visit, form))
            (field("bailleur", "organisations-restriction-funder", "organisations-restriction-funder-hint"))
            (field("activite", "organisations-restriction-activity", "organisations-restriction-activity-hint"))
            (field("taux", "organisations-restriction-rate", "organisations-restriction-rate-hint"))
            (field("debut", "organisations-tie-from", "organisations-day-hint"))
            (field("fin", "organisations-tie-to", "organisations-tie-to-hint"))
            (source_field(visit, &sources, form, refusals))
            (note_field(visit, form, refusals))
            button { (title) }
        }
    };
    Ok(Page::new(title, body).under(visit.say("organisations-restrictions-title"), "/restrictions"))
}

/// The kinds of organisation that are meant, each to be ticked.
fn kind_ticks(visit: &Visit, form: &Form) -> Markup {
    let ticked = form.all("sortes");
    html! {
        fieldset {
            legend { (visit.say("organisations-restriction-kinds")) }
            p.hint { (visit.say("organisations-restriction-kinds-hint")) }
            @for kind in KINDS {
                @let id = format!("sortes-{kind}");
                div.check {
                    input type="checkbox" id=(id) name="sortes" value=(kind) checked[ticked.contains(&kind)];
                    label for=(id) { (kind_label(visit, kind)) }
                }
            }
        }
    }
}
