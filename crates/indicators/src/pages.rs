//! The pages: the audit, a page per indicator, the methods, and what hangs in the pages of bodies and of the
//! home.

mod indicator;
mod method;
mod network;
mod panels;
mod words;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use record::Tx;
use web::{Format, House, Outcome, Page, Stop, Visit, html};

use crate::audit::{ALL, Figures, kept, values};
use crate::figure::Value;
use crate::indicator::Group;

pub(crate) use panels::PANELS;

/// The addresses of the room.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/indicateurs", get(whole))
        .route("/indicateurs.csv", get(whole))
        .route("/indicateurs.json", get(whole))
        .route("/indicateurs/{code}", get(indicator::page))
        .route("/indicateurs/i-08/reseau", get(network::page))
        .route("/indicateurs/i-08/reseau.csv", get(network::page))
        .route("/indicateurs/i-08/reseau.json", get(network::page))
        .route("/methode", get(method::page))
}

/// The figures of the day shown, and the record's size.
fn figures(tx: &mut Tx<'_>, visit: &Visit) -> Result<(std::sync::Arc<Figures>, u64), Stop> {
    let record = &visit.house().record().founded.verifier_key;
    Ok(kept(tx, record, visit.day_shown())?)
}

/// The values as data, in the format that the address asks for.
fn data(visit: &Visit, name: &str, values: &[Value]) -> Result<Response, Stop> {
    let (kind, body) = match visit.format() {
        Format::Csv => ("text/csv; charset=utf-8", crate::csv(values)),
        _ => {
            let json = serde_json::to_string(values);
            let json = json.map_err(|error| Stop::Fault(record::Fault::Value(error.to_string())))?;
            ("application/json", json)
        }
    };
    let file = format!("inline; filename=\"{name}{}\"", visit.format().suffix());
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)], body).into_response())
}

/// `GET /indicateurs`, `.csv`, `.json`: the audit.
async fn whole(visit: Visit) -> Outcome {
    if visit.format() != Format::Html {
        let values = visit
            .ask(|tx, visit| {
                let (figures, size) = figures(tx, visit)?;
                Ok(values(&figures, visit.day_shown(), size, &|key| visit.say(key)))
            })
            .await?;
        return data(&visit, "indicateurs", &values);
    }
    visit
        .page(|tx, visit| {
            let (figures, size) = figures(tx, visit)?;
            let mut tables = Vec::new();
            for group in Group::ALL {
                tables.push((group, table(tx, visit, &figures, group)?));
            }
            let day = visit.day_text(visit.day_shown());
            let title = visit.say("indicators-audit");
            let body = html! {
                h1 { (title) }
                p.lead {
                    (visit.say_with("indicators-audit-lead", &[("day", day.into()), ("size", size.into())]))
                }
                p { (visit.say("indicators-audit-unknown")) " "
                    a href=(visit.link("/methode")) { (visit.say("indicators-methods")) } }
                (as_of_form(visit))
                @for (group, table) in &tables {
                    h2 { (visit.say(&format!("indicators-group-{}", group.as_str()))) }
                    (table)
                }
            };
            Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json]))
        })
        .await
}

/// The way to another day.
fn as_of_form(visit: &Visit) -> web::Markup {
    html! {
        form.filter method="get" action="" {
            div {
                label for="au" { (visit.say("indicators-as-of")) }
                input id="au" name="au" type="date" value=(visit.day_shown()) max=(visit.today());
            }
            button { (visit.say("indicators-as-of-show")) }
        }
    }
}

/// The main figures of one group; the variants stand on each indicator's page and in the data.
fn table(tx: &mut Tx<'_>, visit: &Visit, figures: &Figures, group: Group) -> Result<web::Markup, Stop> {
    let mut rows = Vec::new();
    for (place, figure) in figures {
        if ALL[*place].group == group && !words::is_variant(&figure.scope) {
            rows.push((*place, words::scope(tx, visit, &figure.scope)?, figure));
        }
    }
    let first = |index: usize| index == 0 || rows[index - 1].0 != rows[index].0;
    Ok(html! {
        table.cards {
            caption { (visit.say("indicators-table-caption")) }
            (words::head(visit, &["indicators-column-title", "indicators-column-scope"]))
            tbody {
                @for (index, (place, scope, figure)) in rows.iter().enumerate() {
                    @let indicator = ALL[*place];
                    @let title = words::title(visit, indicator);
                    tr {
                        td data-label=(visit.say("indicators-column-title")) {
                            a href=(visit.link(&format!("/indicateurs/{}", indicator.slug()))) {
                                (indicator.code)
                                @if first(index) { " " (title) } @else { span.unseen { " " (title) } }
                            }
                        }
                        td data-label=(visit.say("indicators-column-scope")) { (scope) }
                        (words::cells(visit, indicator, figure))
                    }
                }
            }
        }
    })
}
