//! The exact figures of a year, for those who act for the organisation and nobody else: not even for who keeps the instance.

use axum::extract::Path;
use record::Tx;
use terms::OrganisationId;
use terms::organisations::FundingFigures;
use web::{Markup, Outcome, Page, Stop, Visit, html, quoted_of};

use super::funding;
use crate::acts::indices;
use crate::tables;

pub(super) async fn page(visit: Visit, Path((id, entry)): Path<(String, u64)>) -> Outcome {
    visit.signed_in()?;
    visit.page(move |tx, visit| compose(tx, visit, &id, entry)).await
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str, entry: u64) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let declarations = tables::declarations(tx, &organisation.id)?;
    let declaration = declarations.iter().find(|found| found.entry == entry).ok_or(Stop::NotFound)?;
    let held = tables::figures(tx, &organisation.id, entry)?.ok_or(Stop::NotFound)?;
    let figures = held.shown_to(visit.standing()).ok_or(Stop::NoStanding)?;
    visit.learns_gone(tx, entry)?;
    let year = declaration.says.year;
    let home = tables::home(tx, &visit.house().record().founded.country)?;
    let title = visit.say_with("organisations-funding-figures-of", &[("year", year.to_string().into())]);
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) }
        div.banner { p { (visit.say("organisations-funding-held")) } }
        @match figures {
            Some(figures) => { (lines(visit, figures)) (sums(visit, figures)) (exact(visit, figures, &home)) }
            None => (quoted_of(visit, None, entry)),
        }
        h2 { (visit.say("organisations-funding-public")) }
        (funding::bands(visit, &declaration.says))
        @if funding::may_declare(visit, &organisation.id) && visit.past().is_none() {
            p.screen { a href=(visit.link(&again(&organisation.id, year))) { (visit.say("organisations-funding-again")) } }
        }
        (web::pieces_link(visit, entry))
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name, &format!("/organisations/{id}"))
        .under(visit.say("organisations-funding-title"), &format!("/organisations/{id}/financement"))
        .exercise(organisation.exercise))
}

fn again(id: &OrganisationId, year: i16) -> String {
    format!("/organisations/{id}/financement/nouveau?annee={year}")
}

fn number(visit: &Visit, amount: Option<u64>) -> String {
    let amount = amount.and_then(|amount| i64::try_from(amount).ok());
    amount.map_or_else(|| visit.say("organisations-unknown"), |amount| visit.number(amount))
}

fn lines(visit: &Visit, figures: &FundingFigures) -> Markup {
    let unknown = || visit.say("organisations-unknown");
    let columns = ["funder", "country", "category", "amount", "is-tied"];
    let label = |column: &str| visit.say(&format!("organisations-funding-{column}"));
    html! {
        @if !figures.lines.is_empty() {
            table.cards {
                caption { (visit.say("organisations-funding-lines")) }
                thead { tr { @for column in columns { th.num[column == "amount"] scope="col" { (label(column)) } } } }
                tbody { @for line in &figures.lines {
                    tr {
                        td data-label=(label("funder")) { (line.funder.clone().unwrap_or_else(unknown)) }
                        td data-label=(label("country")) { (line.country.clone().unwrap_or_else(unknown)) }
                        td data-label=(label("category")) {
                            @match line.category {
                                Some(category) => (visit.say(&format!("organisations-category-{}", category.as_str()))),
                                None => (unknown()),
                            }
                        }
                        td.num data-label=(label("amount")) { (number(visit, line.amount)) }
                        td data-label=(label("is-tied")) {
                            @match line.tied {
                                Some(tied) => (visit.say(if tied { "list-yes" } else { "list-no" })),
                                None => (unknown()),
                            }
                        }
                    }
                } }
            }
        }
    }
}

fn sums(visit: &Visit, figures: &FundingFigures) -> Markup {
    let sums = [("total", figures.total), ("reserves", figures.reserves), ("running", figures.running)];
    html! {
        dl.pairs { @for (key, sum) in sums {
            div { dt { (visit.say(&format!("organisations-funding-{key}"))) } dd { (number(visit, sum)) } }
        } }
    }
}

/// The indices themselves, between their bounds.
fn exact(visit: &Visit, figures: &FundingFigures, home: &[String]) -> Markup {
    let hundredths = |number: f64| {
        let text = format!("{number:.2}");
        if visit.language() == web::Language::French { text.replace('.', ",") } else { text }
    };
    let said = |found: &statistics::Interval| match (hundredths(found.lower), hundredths(found.upper)) {
        (low, high) if low == high => low,
        (low, high) => {
            visit.say_with("organisations-band-between", &[("low", low.into()), ("high", high.into())])
        }
    };
    html! {
        @if let Some((funders, categories)) = indices(figures, home) {
            dl.pairs {
                div { dt { (visit.say("organisations-funding-index-funder")) } dd { (said(&funders)) } }
                div { dt { (visit.say("organisations-funding-index-category")) } dd { (said(&categories)) } }
            }
        }
    }
}
