//! What was withdrawn, on what ground, and who decided.

use record::Tx;
use web::{Cell, Column, Format, Listing, Outcome, Page, Shown, Stop, Visit, html};

use super::label;
use crate::tables::ground::{self, Withdrawal};

const LISTING: Listing<Withdrawal> = Listing {
    name: "retraits",
    empty: "hall-withdrawals-none",
    columns: &[
        Column::new("known", "hall-known", |row, _| Cell::Day(row.known)),
        Column::data("ground", "hall-ground", |row, _| Cell::Text(row.ground.clone())),
        Column::new("ground_label", "hall-ground", |row, visit| {
            Cell::Text(label(visit, &format!("hall-ground-{}", row.ground), &row.ground))
        }),
        Column::new("decided_by", "hall-decided", |row, _| Cell::Text(row.decided_by.clone())),
        Column::new("ordered_by", "hall-ordered", |row, _| Cell::text(row.ordered_by.clone())),
        Column::data("sha256", "hall-fingerprint", |row, _| Cell::Text(row.sha256.clone())),
        Column::new("entry", "hall-entry", |row, _| Cell::Link {
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
    let rows = ground::withdrawals(tx, below, most + 1)?;
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
