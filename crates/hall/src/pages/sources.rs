//! Sources: whence facts are, how far each was checked, and what rests on it.

use axum::extract::Path;
use record::Tx;
use terms::Mark;
use web::{Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, day, html};

use super::{choice, label, same_day};
use crate::tables::{self, Citation, Source};

const MARKS: [Mark; 4] = [Mark::Verified, Mark::VerifiedInPart, Mark::Unverified, Mark::Proposal];

fn badge(mark: &str) -> &'static str {
    if mark == Mark::Verified.as_str() { "answered" } else { "unverified" }
}

const LISTING: Listing<Source> = Listing {
    name: "sources",
    empty: "hall-sources-none",
    columns: &[
        Column::data("id", "hall-source", |source, _| Cell::Text(source.id.clone())),
        Column::new("title", "hall-source", |source, _| Cell::Link {
            text: source.title.clone(),
            path: format!("/sources/{}", source.id),
        }),
        Column::new("publisher", "hall-publisher", |source, _| Cell::text(source.publisher.clone())),
        Column::new("published", "hall-published", |source, _| Cell::day(source.published)),
        Column::new("mark", "hall-mark", |source, _| Cell::Badge {
            word: source.mark.clone(),
            label: format!("hall-mark-{}", source.mark),
            class: badge(&source.mark),
        }),
        Column::data("address", "hall-address", |source, _| Cell::text(source.address.clone())),
        Column::data("note", "hall-note", |source, _| Cell::text(source.note.clone())),
        Column::data("entry", "hall-entry", |source, _| {
            Cell::Number(i64::try_from(source.entry).unwrap_or(i64::MAX))
        }),
    ],
};

pub(crate) async fn list(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(page).await;
    }
    visit.ask(|tx, visit| Ok(LISTING.data(visit, &shown(tx, visit)?))).await
}

fn shown(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<Source>, Stop> {
    let mark = visit.asked("marque").and_then(Mark::parse);
    let most = visit.rows_wanted();
    let rows = tables::sources(tx, mark, visit.asked("apres"), most + 1)?;
    Ok(Shown::first(rows, most, |source| source.id.clone()))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = shown(tx, visit)?;
    let title = visit.say("foot-sources");
    let marks = MARKS.map(Mark::as_str);
    let marks: Vec<_> =
        marks.iter().map(|mark| ((*mark).to_owned(), visit.say(&format!("hall-mark-{mark}")))).collect();
    let body = html! {
        h1 { (title) }
        p { (visit.say("hall-sources-text")) }
        (explained(visit))
        form.filter method="get" {
            (same_day(visit))
            (choice(visit, "marque", &visit.say("hall-mark"), &marks))
            button { (visit.say("hall-filter")) }
        }
        (LISTING.table(visit, &shown, &visit.say("hall-sources-caption")))
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json]))
}

fn marked(visit: &Visit, mark: &str) -> Markup {
    html! { span class={ "badge " (badge(mark)) } { (visit.say(&format!("hall-mark-{mark}"))) } }
}

fn explained(visit: &Visit) -> Markup {
    html! {
        details {
            summary { (visit.say("hall-marks")) }
            dl.pairs {
                @for mark in MARKS.map(Mark::as_str) {
                    div {
                        dt { (marked(visit, mark)) }
                        dd { (visit.say(&format!("hall-markmeans-{mark}"))) }
                    }
                }
            }
        }
    }
}

const CITED: Listing<Citation> = Listing {
    name: "appuis",
    empty: "hall-cited-none",
    columns: &[
        Column::new("entry", "hall-entry", |cited, visit| Cell::Link {
            text: visit.say_with("hall-entry-number", &[("index", cited.entry.into())]),
            path: format!("/registre/{}", cited.entry),
        }),
        Column::new("word", "hall-word", |cited, visit| {
            Cell::Text(label(visit, &format!("hall-word-{}", cited.word), &cited.word))
        }),
    ],
};

pub(crate) async fn one(visit: Visit, Path(asked): Path<String>) -> Outcome {
    let id = asked.strip_suffix(visit.format().suffix()).unwrap_or(&asked).to_owned();
    match visit.format() {
        Format::Html => visit.page(move |tx, visit| source_page(tx, visit, &id)).await,
        Format::Csv | Format::Json => {
            visit
                .ask(move |tx, visit| {
                    let source = tables::source(tx, &id)?.ok_or(Stop::NotFound)?;
                    Ok(LISTING.data(visit, &Shown::all(vec![source])))
                })
                .await
        }
        _ => Err(Stop::NotFound),
    }
}

fn source_page(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let source = tables::source(tx, id)?.ok_or(Stop::NotFound)?;
    let most = visit.rows_wanted();
    let after = visit.asked("apres").and_then(|entry| entry.parse().ok());
    let cited = tables::citations(tx, id, after, most + 1)?;
    let cited = Shown::first(cited, most, |cited| cited.entry.to_string());
    let body = html! {
        h1 { (source.title) }
        p {
            (marked(visit, &source.mark)) " " (visit.say(&format!("hall-markmeans-{}", source.mark)))
        }
        dl.pairs {
            div { dt { (visit.say("hall-publisher")) } dd { (known(visit, source.publisher.as_deref())) } }
            div {
                dt { (visit.say("hall-published")) }
                dd {
                    @match source.published {
                        Some(published) => (day(visit, published)),
                        None => (known(visit, None)),
                    }
                }
            }
            div { dt { (visit.say("hall-address")) } dd { (address(visit, source.address.as_deref())) } }
            @if let Some(note) = &source.note {
                div { dt { (visit.say("hall-note")) } dd { (note) } }
            }
        }
        h2 { (visit.say("hall-cited")) }
        (CITED.table(visit, &cited, &visit.say("hall-cited-caption")))
    };
    Ok(Page::new(source.title.clone(), body)
        .under(visit.say("foot-sources"), "/sources")
        .also_as(&[Format::Csv, Format::Json])
        .of_entry(source.entry))
}

fn known(visit: &Visit, text: Option<&str>) -> Markup {
    html! {
        @match text {
            Some(text) => (text),
            None => span.mute { (visit.say("list-unknown")) },
        }
    }
}

/// An address one can follow, or a citation one can only read.
fn address(visit: &Visit, address: Option<&str>) -> Markup {
    match address {
        Some(link) if link.starts_with("https://") || link.starts_with("http://") => html! {
            a href=(link) rel="noreferrer nofollow" { (link) }
        },
        other => known(visit, other),
    }
}
