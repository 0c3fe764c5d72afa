//! The form by which an organisation declares what it lived on: a source after the other without script, or a table pasted or sent; the
//! bands are shown before anything is kept.

use axum::extract::Path;
use axum::http::StatusCode;
use record::Tx;
use record::directory::sort_key;
use terms::organisations::{Category, FundingDeclared, FundingFigures, FundingLine};
use terms::{Behalf, Commitment, Enclosed, Media, OrganisationId, Word};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::forms::labelled;
use super::funding;
use crate::acts::{self, Declared, LINES_MAX};
use crate::funding::{NAME_MAX, Odd, amount, table, yes_or_no};
use crate::tables::{self, Organisation};

/// Sources that an empty form has room for.
const ROWS: usize = 3;

/// What the page shows besides the form.
#[derive(Default)]
struct Besides {
    odd: Vec<Odd>,
    preview: Option<FundingDeclared>,
}

fn declaring(visit: &Visit, id: &str) -> Result<OrganisationId, Stop> {
    visit.signed_in()?;
    let organisation = OrganisationId::parse(id).map_err(|_| Stop::NotFound)?;
    if funding::may_declare(visit, &organisation) { Ok(organisation) } else { Err(Stop::NoStanding) }
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> Outcome {
    let organisation = declaring(&visit, &id)?;
    let year: Option<i16> = visit.asked("annee").and_then(|year| year.parse().ok());
    visit
        .page(move |tx, visit| {
            let begun = match year {
                Some(year) => begun(tx, visit, &organisation, year)?,
                None => Form::default(),
            };
            compose(tx, visit, &id, &begun, &Refusals::default(), &Besides::default())
        })
        .await
}

/// The form with what was declared of the year, if something was.
fn begun(tx: &mut Tx<'_>, visit: &Visit, id: &OrganisationId, year: i16) -> Result<Form, Stop> {
    let declarations = tables::declarations(tx, id)?;
    let standing = declarations.iter().find(|d| d.says.year == year && d.replaced_by.is_none());
    let held = match standing {
        Some(standing) => tables::figures(tx, id, standing.entry)?,
        None => None,
    };
    let figures = held.as_ref().and_then(|held| held.shown_to(visit.standing())?.clone());
    Ok(as_form(&year.to_string(), &figures.unwrap_or_default(), ROWS))
}

/// The figures as the form has them, with so many rows at least.
fn as_form(year: &str, figures: &FundingFigures, rows: usize) -> Form {
    let number = |amount: Option<u64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("annee".to_owned(), year.to_owned()),
        ("lignes".to_owned(), figures.lines.len().max(rows).to_string()),
        ("total".to_owned(), number(figures.total)),
        ("reserves".to_owned(), number(figures.reserves)),
        ("charges".to_owned(), number(figures.running)),
    ];
    for (n, line) in (1..).zip(&figures.lines) {
        let tied = line.tied.map(|tied| if tied { "oui" } else { "non" }).unwrap_or_default();
        let category = line.category.map(Category::as_str).unwrap_or_default();
        for (name, value) in [
            ("bailleur", line.funder.clone().unwrap_or_default()),
            ("pays", line.country.clone().unwrap_or_default()),
            ("sorte", category.to_owned()),
            ("montant", number(line.amount)),
            ("affecte", tied.to_owned()),
        ] {
            fields.push((format!("l{n}-{name}"), value));
        }
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Form::of(&fields)
}

pub(super) async fn declare(visit: Visit, Path(id): Path<String>, sent: Form) -> Outcome {
    let organisation = declaring(&visit, &id)?;
    match sent.text("faire") {
        "declarer" => declared(visit, organisation, sent).await,
        "verifier" => checked(visit, id, sent).await,
        "lire" => read(visit, id, sent).await,
        _ => {
            let mut refusals = Refusals::default();
            let figures = figures(&sent, &mut refusals);
            // A row more, and what cannot be read stays as it was typed.
            let rows = (rows(&sent).count() + 1).min(LINES_MAX);
            let form = if refusals.is_empty() { as_form(sent.text("annee"), &figures, rows) } else { sent };
            again(visit, id, form, refusals, Besides::default()).await
        }
    }
}

async fn again(visit: Visit, id: String, form: Form, refusals: Refusals, besides: Besides) -> Outcome {
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    visit.page_with(status, move |tx, visit| compose(tx, visit, &id, &form, &refusals, &besides)).await
}

/// The table that was pasted or sent becomes rows of the form, after those that are filled; nothing is kept.
async fn read(visit: Visit, id: String, sent: Form) -> Outcome {
    let named = named(&visit);
    let mut refusals = Refusals::default();
    let mut figures = figures(&sent, &mut refusals);
    if !refusals.is_empty() {
        return again(visit, id, sent, refusals, Besides::default()).await;
    }
    let upload = sent.upload("fichier").filter(|upload| !upload.bytes.is_empty());
    let text = match upload.map(|upload| std::str::from_utf8(&upload.bytes)) {
        Some(Ok(text)) => text,
        Some(Err(_)) => {
            refusals.add("fichier", "organisations-funding-refused-file");
            return again(visit, id, sent, refusals, Besides::default()).await;
        }
        None => sent.text("collage"),
    };
    let (lines, mut odd) = table(text, &named);
    figures.lines.extend(lines);
    if figures.lines.len() > LINES_MAX {
        // The form has no more rows: what it leaves is told.
        figures.lines.truncate(LINES_MAX);
        odd.push(Odd { line: 0, key: "organisations-funding-odd-many", text: LINES_MAX.to_string() });
    }
    let form = as_form(sent.text("annee"), &figures, ROWS);
    again(visit, id, form, refusals, Besides { odd, preview: None }).await
}

/// Kinds of funder by every name they go by here.
fn named(visit: &Visit) -> Vec<(String, Category)> {
    let names = Category::ALL.map(|category| {
        let label = visit.say(&format!("organisations-category-{}", category.as_str()));
        [(sort_key(category.as_str()), category), (sort_key(&label), category)]
    });
    names.into_iter().flatten().collect()
}

/// What the form says, as bands, before anything is kept.
async fn checked(visit: Visit, id: String, sent: Form) -> Outcome {
    let (asked, form) = (id.clone(), sent.clone());
    let found = visit
        .ask(move |tx, visit| {
            // The bands are the same whatever encloses the figures.
            let enclosed = Enclosed { sha256: Commitment([0; 32]), media: Media::Text, bytes: 0 };
            let mut refusals = Refusals::default();
            let decided = decided(tx, visit, &asked, &form, enclosed, &mut refusals)?;
            Ok(decided
                .map_err(|more| refusals.0.extend(more.into_iter().map(Into::into)))
                .map_or(Err(()), |word| if refusals.is_empty() { Ok(word) } else { Err(()) })
                .map_err(|()| refusals))
        })
        .await?;
    match found {
        Ok(Word::FundingDeclared(word)) => {
            let besides = Besides { odd: Vec::new(), preview: Some(word) };
            again(visit, id, sent, Refusals::default(), besides).await
        }
        Ok(_) => Err(Stop::NotFound),
        Err(refusals) => again(visit, id, sent, refusals, Besides::default()).await,
    }
}

async fn declared(visit: Visit, organisation: OrganisationId, sent: Form) -> Outcome {
    let (id, form) = (organisation.to_string(), sent.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            let text = figures(&sent, &mut refusals).to_text();
            let text = text.map_err(|error| Stop::Fault(record::Fault::Value(error.to_string())))?;
            let enclosed = desk.enclose_text(&text)?;
            let mut refusals = Refusals::default();
            let decided = decided(desk.tx(), visit, organisation.as_str(), &sent, enclosed, &mut refusals)?;
            let behalf = Behalf::Organisation { organisation: organisation.clone() };
            visit.append_or(desk, behalf, refusals, decided)?;
            Ok(format!("/organisations/{organisation}/financement"))
        })
        .await;
    match sealed {
        Ok(onward) => Ok(visit.see_other(&onward)),
        Err(Stop::Refused(refusals)) => again(visit, id, form, refusals, Besides::default()).await,
        Err(stop) => Err(stop),
    }
}

fn decided(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    sent: &Form,
    enclosed: Enclosed,
    refusals: &mut Refusals,
) -> Result<Result<Word, Vec<acts::FundingRefusal>>, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let figures = figures(sent, refusals);
    let year: Option<i16> = sent.text("annee").parse().ok();
    let weighing = match year {
        Some(year) => tables::weighing(tx, &organisation, year)?,
        None => Vec::new(),
    };
    let home = tables::home(tx, &visit.house().record().founded.country)?;
    let declared = Declared { organisation: organisation.id, year, figures, enclosed };
    Ok(acts::declare(declared, &weighing, &home, visit.today()))
}

/// The numbers of the form's rows.
fn rows(form: &Form) -> std::ops::RangeInclusive<usize> {
    let count = form.text("lignes").parse().unwrap_or(ROWS).clamp(1, LINES_MAX);
    1..=count
}

/// The figures that the form says; what is no amount is refused beside its field. Rows that say nothing are none.
fn figures(form: &Form, refusals: &mut Refusals) -> FundingFigures {
    let mut lines = Vec::new();
    for n in rows(form) {
        let field = |name: &str| format!("l{n}-{name}");
        let (funder, country) = (field("bailleur"), field("pays"));
        form.at_most(&funder, NAME_MAX, refusals);
        form.at_most(&country, NAME_MAX, refusals);
        let line = FundingLine {
            funder: form.optional(&funder).map(str::to_owned),
            country: form.optional(&country).map(str::to_owned),
            category: Category::parse(form.text(&field("sorte"))),
            amount: sum(form, &field("montant"), refusals),
            tied: yes_or_no(form.text(&field("affecte"))).unwrap_or(None),
        };
        let unread = !form.text(&field("montant")).is_empty();
        if line != FundingLine::default() || unread {
            lines.push(line);
        }
    }
    FundingFigures {
        lines,
        total: sum(form, "total", refusals),
        reserves: sum(form, "reserves", refusals),
        running: sum(form, "charges", refusals),
    }
}

fn sum(form: &Form, field: &str, refusals: &mut Refusals) -> Option<u64> {
    let text = form.text(field);
    amount(text).unwrap_or_else(|()| {
        let told = text.chars().take(20).collect();
        refusals.add_with(field, "organisations-funding-refused-amount", vec![("text", told)]);
        None
    })
}

fn compose(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
    besides: &Besides,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let preview = match &besides.preview {
        Some(word) => preview(tx, visit, word)?,
        None => html! {},
    };
    let title = visit.say("organisations-funding-declare");
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) }
        div.banner { p { (visit.say("organisations-funding-held-lead")) } }
        (visit.error_summary(refusals))
        (oddities(visit, &besides.odd))
        form method="post" enctype="multipart/form-data" action=(visit.link(&format!("/organisations/{id}/financement/nouveau"))) {
            (visit.token_field())
            // The key « enter » checks; it never declares.
            button.unseen name="faire" value="verifier" tabindex="-1" aria-hidden="true" {
                (visit.say("organisations-funding-check"))
            }
            (preview)
            (fields(visit, &organisation, form, refusals))
        }
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name, &format!("/organisations/{id}"))
        .under(visit.say("organisations-funding-title"), &format!("/organisations/{id}/financement"))
        .exercise(organisation.exercise))
}

fn preview(tx: &mut Tx<'_>, visit: &Visit, word: &FundingDeclared) -> Result<Markup, Stop> {
    let exposures = funding::exposures(tx, visit, &word.exposures)?;
    Ok(html! {
        div.card role="status" {
            h2 { (visit.say("organisations-funding-preview")) }
            p { (visit.say("organisations-funding-preview-text")) }
            (funding::bands(visit, word))
            h3 { (visit.say("organisations-exposure")) }
            (exposures)
            button name="faire" value="declarer" { (visit.say("organisations-funding-declare-do")) }
        }
    })
}

fn oddities(visit: &Visit, odd: &[Odd]) -> Markup {
    html! {
        @if !odd.is_empty() {
            div.card role="status" {
                p { strong { (visit.say("organisations-funding-odd")) } }
                ul { @for odd in odd {
                    li {
                        @if odd.line > 0 { (visit.say_with("organisations-funding-odd-line", &[("line", odd.line.into())])) " " }
                        (visit.say_with(odd.key, &[("text", (&odd.text).into())]))
                    }
                } }
            }
        }
    }
}

fn fields(visit: &Visit, organisation: &Organisation, form: &Form, refusals: &Refusals) -> Markup {
    let field = |name: &str, key: &str| {
        let hint = visit.say(&format!("organisations-funding-{key}-hint"));
        let input = Input::new(name, visit.say(&format!("organisations-funding-{key}"))).hint(hint);
        visit.text_field(&input, "text", form, refusals)
    };
    html! {
        (field("annee", "year"))
        h2 { (visit.say("organisations-funding-lines")) }
        p { (visit.say("organisations-funding-lines-text")) }
        input type="hidden" name="lignes" value=(rows(form).count());
        @for n in rows(form) { (row(visit, n, form, refusals)) }
        p { button.plain name="faire" value="ajouter" { (visit.say("organisations-funding-add")) } }
        details {
            summary { (visit.say("organisations-funding-paste")) }
            p { (visit.say("organisations-funding-paste-text")) }
            pre { "bailleur;pays;sorte;montant;affecte" }
            (visit.text_area(&Input::new("collage", visit.say("organisations-funding-table")), 5, &Form::default(), refusals))
            (visit.any_file_field(&Input::new("fichier", visit.say("organisations-funding-file")), ".csv,text/csv", refusals))
            p { button.plain name="faire" value="lire" { (visit.say("organisations-funding-read")) } }
        }
        h2 { (visit.say("organisations-funding-sums")) }
        (field("total", "total"))
        (field("reserves", "reserves"))
        (field("charges", "running"))
        button name="faire" value="verifier" { (visit.say("organisations-funding-check")) }
        p { a href=(visit.link(&format!("/organisations/{}/financement", organisation.id))) {
            (visit.say("organisations-funding-leave"))
        } }
    }
}

/// One source.
fn row(visit: &Visit, n: usize, form: &Form, refusals: &Refusals) -> Markup {
    let names = ["bailleur", "pays", "sorte", "montant", "affecte"].map(|name| format!("l{n}-{name}"));
    let [funder, country, category, amount, tied] = &names;
    let input = |name, key: &str| Input::new(name, visit.say(&format!("organisations-funding-{key}")));
    let hinted =
        |name, key: &str| input(name, key).hint(visit.say(&format!("organisations-funding-{key}-hint")));
    let categories = labelled(&Category::ALL.map(Category::as_str), |word| {
        visit.say(&format!("organisations-category-{word}"))
    });
    let answers = [("oui", "list-yes"), ("non", "list-no")];
    let answers = answers.map(|(value, key)| (value.to_owned(), visit.say(key)));
    html! {
        fieldset.card {
            legend { (visit.say_with("organisations-funding-line", &[("n", n.into())])) }
            @if n == 1 { (visit.text_field(&hinted(funder, "funder"), "text", form, refusals)) }
            @else { (visit.text_field(&input(funder, "funder"), "text", form, refusals)) }
            (visit.choice_field(&input(category, "category"), &categories, form, refusals))
            @if n == 1 { (visit.text_field(&hinted(country, "country"), "text", form, refusals)) }
            @else { (visit.text_field(&input(country, "country"), "text", form, refusals)) }
            @if n == 1 { (visit.text_field(&hinted(amount, "amount"), "text", form, refusals)) }
            @else { (visit.text_field(&input(amount, "amount"), "text", form, refusals)) }
            (visit.choice_field(&input(tied, "is-tied"), &answers, form, refusals))
        }
    }
}
