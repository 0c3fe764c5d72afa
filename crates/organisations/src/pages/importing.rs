//! Import by stewards: a file, what was understood of it, and one act. Nothing of the file is kept between two pages but in the page itself.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use record::Tx;
use terms::Behalf;
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::forms::{cited_source, labelled, source_field};
use super::{duplicates, kind_label, source_choices, steward};
use crate::acts::KINDS;
use crate::import::{self, Done, Layout, Plan, Planned, Settings, Target, Understood};

/// Bytes of a file: with the page around it, it must go through a form again.
const FILE_MAX: usize = 2 << 20;

/// Bytes of the file that one hidden field carries: a field has room for twenty thousand signs.
const PIECE: usize = 12_000;

/// Rows and oddities that the page shows.
const SHOWN: usize = 300;

pub(super) async fn begin(visit: Visit) -> Outcome {
    steward(&visit)?;
    visit.begun(String::new(), Form::default(), first_page).await
}

/// The file that the form brings, or brought on the page before.
fn file(form: &Form) -> Vec<u8> {
    match form.upload("fichier") {
        Some(upload) if !upload.bytes.is_empty() => upload.bytes.clone(),
        _ => form
            .all("contenu")
            .into_iter()
            .filter_map(|piece| STANDARD.decode(piece).ok())
            .flatten()
            .collect(),
    }
}

fn settings(form: &Form) -> Settings {
    let mut mapping = Vec::new();
    while let Some(target) = Target::parse(form.text(&format!("colonne-{}", mapping.len()))) {
        mapping.push(target);
    }
    Settings {
        mapping: (!mapping.is_empty()).then_some(mapping),
        kind: form.optional("sorte").map(str::to_owned),
        scheme: form.optional("registre").map(str::to_owned),
    }
}

fn is_another(form: &Form) -> impl Fn(u64) -> bool + use<> {
    let lines: Vec<u64> = form.all("autre").into_iter().filter_map(|line| line.parse().ok()).collect();
    move |line| lines.contains(&line)
}

pub(super) async fn go_on(visit: Visit, form: Form) -> Outcome {
    steward(&visit)?;
    let bytes = file(&form);
    let mut refusals = Refusals::default();
    if bytes.len() > FILE_MAX {
        refusals.add("fichier", "organisations-refused-file-size");
    }
    form.at_most("registre", 120, &mut refusals);
    let understood = match import::understand(&bytes, &settings(&form)) {
        Ok(understood) => Some(understood),
        Err(refused) => {
            refusals.add_with("fichier", "organisations-refused-file", vec![("why", refused.to_string())]);
            None
        }
    };
    let Some(understood) = understood.filter(|_| refusals.is_empty()) else {
        let again = move |tx: &mut Tx<'_>, visit: &Visit| first_page(tx, visit, "", &form, &refusals);
        return visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, again).await;
    };
    if form.text("etape") == "inscrire" {
        return write(visit, form, understood).await;
    }
    visit.page(move |tx, visit| preview(tx, visit, &form, &understood, &bytes)).await
}

async fn write(visit: Visit, form: Form, understood: Understood) -> Outcome {
    let done: Done = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            let source = cited_source(desk.tx(), &form, &mut refusals)?;
            refusals.or(())?;
            // What was shown is planned anew: others may have registered something meanwhile.
            let plan = import::plan(desk.tx(), &understood)?;
            let (words, done) =
                import::words(desk.tx(), &plan, &is_another(&form), source.as_ref(), visit.today())?;
            for word in words {
                visit.append(desk, Behalf::Instance, word)?;
            }
            Ok::<Done, Stop>(done)
        })
        .await?;
    visit.page(move |_, visit| Ok(after(visit, &done))).await
}

fn counted(visit: &Visit, done: &Done) -> String {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).into();
    visit.say_with(
        "organisations-import-counted",
        &[
            ("taken", number(done.taken)),
            ("already", number(done.already)),
            ("aside", number(done.aside)),
            ("said", number(done.said)),
        ],
    )
}

fn after(visit: &Visit, done: &Done) -> Page {
    let title = visit.say("organisations-import-done");
    let body = html! {
        h1 { (title) }
        p.lead { (counted(visit, done)) }
        (oddities(visit, &done.oddities))
        p { a href=(visit.link("/organisations")) { (visit.say("organisations-title")) } " · "
            a href=(visit.link("/organisations/doublons")) { (visit.say("organisations-duplicates")) } }
    };
    Page::new(title, body).under(visit.say("organisations-title"), "/organisations")
}

fn first_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    _: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let title = visit.say("organisations-import");
    let chosen = choices(tx, visit, form, refusals)?;
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("organisations-import-lead")) }
        (visit.error_summary(refusals))
        form method="post" enctype="multipart/form-data" action=(visit.link("/organisations/importer")) {
            (visit.token_field())
            (visit.any_file_field(
                &Input::new("fichier", visit.say("organisations-import-file"))
                    .hint(visit.say("organisations-import-file-hint")),
                ".csv,.json,text/csv,application/json", refusals))
            (chosen)
            button name="etape" value="lire" { (visit.say("organisations-import-read")) }
        }
    };
    Ok(Page::new(title, body).under(visit.say("organisations-title"), "/organisations"))
}

/// What the person says of the whole file.
fn choices(tx: &mut Tx<'_>, visit: &Visit, form: &Form, refusals: &Refusals) -> Result<Markup, Stop> {
    let kinds = labelled(&KINDS, |kind| kind_label(visit, kind));
    let sources = source_choices(tx)?;
    let input =
        |name: &'static str, key: &str, hint: &str| Input::new(name, visit.say(key)).hint(visit.say(hint));
    Ok(html! {
        (visit.choice_field(&input("sorte", "organisations-import-kind", "organisations-import-kind-hint"), &kinds,
            form, refusals))
        (visit.text_field(&input("registre", "organisations-import-scheme", "organisations-import-scheme-hint"), "text",
            form, refusals))
        (source_field(visit, &sources, form, refusals))
    })
}

fn preview(
    tx: &mut Tx<'_>,
    visit: &Visit,
    form: &Form,
    understood: &Understood,
    bytes: &[u8],
) -> Result<Page, Stop> {
    let plan = import::plan(tx, understood)?;
    let mut refusals = Refusals::default();
    let source = cited_source(tx, form, &mut refusals)?;
    let (_, done) = import::words(tx, &plan, &is_another(form), source.as_ref(), visit.today())?;
    let chosen = choices(tx, visit, form, &refusals)?;
    let rows = rows(tx, visit, &plan, form)?;
    let title = visit.say("organisations-import-preview");
    let mut told = plan.oddities.clone();
    told.extend(done.oddities.iter().cloned());
    let body = html! {
        h1 { (title) }
        (visit.error_summary(&refusals))
        p.lead { (visit.say(layout_key(&understood.layout))) }
        p { (counted(visit, &done)) }
        @for sentence in &understood.left_out { p { (sentence) } }
        (oddities(visit, &told))
        form method="post" enctype="multipart/form-data" action=(visit.link("/organisations/importer")) {
            (visit.token_field())
            @for piece in bytes.chunks(PIECE) { input type="hidden" name="contenu" value=(STANDARD.encode(piece)); }
            (columns(visit, &understood.layout))
            (chosen)
            button.plain name="etape" value="lire" { (visit.say("organisations-import-again")) }
            (rows)
            button name="etape" value="inscrire" { (visit.say("organisations-import-write")) }
        }
    };
    Ok(Page::new(title, body).under(visit.say("organisations-title"), "/organisations"))
}

const fn layout_key(layout: &Layout) -> &'static str {
    match layout {
        Layout::Table(_) => "organisations-import-table",
        Layout::Popolo => "organisations-import-popolo",
        Layout::Bods => "organisations-import-bods",
    }
}

/// The columns found, and what each is taken for.
fn columns(visit: &Visit, layout: &Layout) -> Markup {
    let Layout::Table(columns) = layout else { return html! {} };
    let targets: Vec<(&str, String)> = Target::ALL
        .into_iter()
        .map(|target| (target.as_str(), visit.say(&format!("organisations-import-to-{}", target.as_str()))))
        .collect();
    html! {
        fieldset {
            legend { (visit.say("organisations-import-columns")) }
            @for (at, (name, chosen)) in columns.iter().enumerate() {
                @let field = format!("colonne-{at}");
                div.field {
                    label for=(field) { "« " (name) " »" }
                    select id=(field) name=(field) {
                        @for (word, label) in &targets {
                            option value=(word) selected[*word == chosen.as_str()] { (label) }
                        }
                    }
                }
            }
        }
    }
}

fn oddities(visit: &Visit, told: &[import::Oddity]) -> Markup {
    html! {
        @if !told.is_empty() {
            h2 { (visit.say("organisations-import-oddities")) }
            ul { @for oddity in told.iter().take(SHOWN) { li { (oddity) } } }
            @if told.len() > SHOWN {
                p { (visit.say_with("organisations-import-more", &[
                    ("count", i64::try_from(told.len() - SHOWN).unwrap_or(i64::MAX).into())])) }
            }
        }
    }
}

/// What would be done with each row; those that look like a registration are taken only where a box is ticked.
fn rows(tx: &mut Tx<'_>, visit: &Visit, plan: &Plan, form: &Form) -> Result<Markup, Stop> {
    let another = is_another(form);
    let mut lines = Vec::new();
    for planned in plan.rows.iter().filter(|planned| !planned.likely.is_empty()) {
        lines.push(likely(tx, visit, planned, another(planned.row.line))?);
    }
    let fresh = plan.rows.iter().filter(|planned| planned.already.is_none() && planned.likely.is_empty());
    let known = plan.rows.iter().filter(|planned| planned.already.is_some());
    Ok(html! {
        @if !lines.is_empty() {
            h2 { (visit.say("organisations-import-likely")) }
            p { (visit.say("organisations-import-likely-hint")) }
            @for line in &lines { (line) }
        }
        h2 { (visit.say("organisations-import-fresh")) }
        ol.line { @for planned in fresh.take(SHOWN) { li {
            strong { (planned.row.name) }
            @if let Some(acronym) = &planned.row.acronym { " (" (acronym) ")" }
            ", " (kind_label(visit, &planned.row.kind))
            @for (scheme, value) in &planned.row.identifiers { ", " (scheme) " " (value) }
            " — " (visit.say_with("organisations-import-line", &[("line", planned.row.line.into())]))
        } } }
        h2 { (visit.say("organisations-import-known")) }
        ol.line { @for planned in known.take(SHOWN) { li {
            a href=(visit.link(&format!("/organisations/{}", planned.id))) { (planned.row.name) }
            " — " (visit.say_with("organisations-import-line", &[("line", planned.row.line.into())]))
        } } }
    })
}

fn likely(tx: &mut Tx<'_>, visit: &Visit, planned: &Planned, ticked: bool) -> Result<Markup, Stop> {
    let mut told = Vec::new();
    for one in &planned.likely {
        let mut reasons = Vec::new();
        for reason in &one.reasons {
            reasons.push(duplicates::reason(tx, visit, reason)?);
        }
        told.push((one, reasons.join(" ; ")));
    }
    let line = planned.row.line;
    let field = format!("autre-{line}");
    Ok(html! {
        div.card {
            p { strong { (planned.row.name) } " — "
                (visit.say_with("organisations-import-line", &[("line", line.into())])) }
            ul { @for (one, reasons) in &told { li {
                a href=(visit.link(&format!("/organisations/{}", one.id))) { (one.name) } " : " (reasons)
            } } }
            div.check {
                input type="checkbox" id=(field) name="autre" value=(line) checked[ticked];
                label for=(field) { (visit.say("organisations-another")) }
            }
        }
    })
}
