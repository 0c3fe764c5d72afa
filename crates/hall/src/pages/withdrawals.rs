//! What was withdrawn, on what ground, and who decided.

use record::Tx;
use record::enclosures::{self, Withdrawal};
use web::{Cell, Column, Format, Listing, Outcome, Page, Shown, Stop, Visit, ground_label, html};

const LISTING: Listing<Withdrawal> = Listing {
    name: "retraits",
    empty: "hall-withdrawals-none",
    columns: &[
        Column::new("known", "hall-known", |row, _| Cell::Day(row.known)),
        Column::data("ground", "hall-ground", |row, _| Cell::Text(row.ground.clone())),
        Column::new("ground_label", "hall-ground", |row, visit| Cell::Text(ground_label(visit, &row.ground))),
        Column::new("decided_by", "hall-decided", |row, _| Cell::Text(row.decided_by.clone())),
        Column::new("ordered_by", "hall-ordered", |row, _| Cell::text(row.ordered_by.clone())),
        Column::data("sha256", "hall-fingerprint", |row, _| Cell::Text(row.sha256.to_string())),
        Column::new("of", "hall-withdrawn-of", |row, _| match row.held_by {
            Some(entry) => Cell::Link { text: entry.to_string(), path: format!("/registre/{entry}") },
            None => Cell::Unknown,
        }),
        Column::new("entry", "hall-withdrawn-by-entry", |row, _| Cell::Link {
            text: row.entry.to_string(),
            path: format!("/registre/{}", row.entry),
        }),
    ],
};

pub(crate) async fn list(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(page).await;
    }
    visit.ask(|tx, visit| Ok(LISTING.data(visit, &shown(tx, visit)?))).await
}

fn shown(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<Withdrawal>, Stop> {
    let below = visit.asked("apres").and_then(|entry| entry.parse().ok());
    let most = visit.rows_wanted();
    let rows = enclosures::withdrawals(tx, below, most + 1)?;
    Ok(Shown::first(rows, most, |row| row.entry.to_string()))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = shown(tx, visit)?;
    let title = visit.say("hall-withdrawals");
    let body = html! {
        h1 { (title) }
        p { (visit.say("hall-withdrawals-text")) }
        (LISTING.table(visit, &shown, &visit.say("hall-withdrawals-caption")))
        p { a href=(visit.link("/a-propos/ethique")) { (visit.say("hall-withdrawals-ask")) } }
    };
    Ok(Page::new(title, body)
        .under(visit.say("hall-register"), "/registre")
        .also_as(&[Format::Csv, Format::Json]))
}
