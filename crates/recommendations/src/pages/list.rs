//! The list: filters, search, and the same as CSV, JSON and Atom.

use record::directory::{self, Kind};
use record::{Fault, Tx};
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, Input, Language, Listing, Markup, Outcome, Page, Refusals,
    Shown, Stop, Visit, html,
};

use crate::tables::{self, Filter, Listed, Names, Order};

/// Choices a filter offers at most: those that most recommendations have.
const CHOICES: usize = 25;

const LISTING: Listing<Listed> = Listing {
    name: "recommandations",
    empty: "recommendations-list-empty",
    columns: &[
        Column::data("id", "recommendations-column-id", |row, _| Cell::Text(row.id.clone())),
        Column::new("title", "recommendations-column-title", |row, visit| Cell::Link {
            text: row.title.clone().unwrap_or_else(|| visit.say("title-withdrawn")),
            path: format!("/recommandations/{}", row.id),
        }),
        Column::new("author", "recommendations-column-author", |row, _| Cell::Text(row.author_name.clone())),
        Column::new("addressees", "recommendations-column-addressees", |row, _| {
            let names: Vec<&str> = row.addressees.iter().map(|(_, name)| name.as_str()).collect();
            Cell::Text(names.join(" ; "))
        }),
        Column::data("addressee_ids", "recommendations-column-addressees", |row, _| {
            let ids: Vec<&str> = row.addressees.iter().map(|(id, _)| id.as_str()).collect();
            Cell::Text(ids.join(" "))
        }),
        Column::new("adopted_on", "recommendations-column-adopted", |row, _| match row.adopted_on {
            Some(day) => Cell::Day(day),
            None => Cell::Text(row.year.to_string()),
        }),
        Column::data("year", "recommendations-column-year", |row, _| Cell::Number(row.year.into())),
        Column::data("place", "recommendations-column-place", |row, _| {
            Cell::text(row.place.as_ref().map(|(_, name)| name.clone()))
        }),
        Column::data("theme", "recommendations-column-theme", |row, _| {
            Cell::text(row.theme.as_ref().map(|(_, name)| name.clone()))
        }),
        Column::data("priority", "recommendations-column-priority", |row, _| match row.priority {
            0 => Cell::Unknown,
            priority => Cell::Number(priority.into()),
        }),
        Column::data("urgent", "recommendations-column-urgent", |row, _| Cell::Yes(row.urgent)),
        Column::data("quality", "recommendations-column-quality", |row, _| {
            Cell::number(row.score.map(Into::into))
        }),
        Column::data("document", "recommendations-column-document", |row, _| {
            Cell::text(row.document.clone())
        }),
        Column::data("number", "recommendations-column-number", |row, _| Cell::text(row.number.clone())),
        Column::new("state", "recommendations-column-state", |row, _| state(row)),
        Column::data("delivered", "recommendations-column-sent", |row, _| {
            Cell::Number(row.transmitted.into())
        }),
        Column::data("addressed", "recommendations-column-addressed", |row, _| {
            Cell::Number(row.addressed.into())
        }),
        Column::data("updated_on", "recommendations-column-updated", |row, _| Cell::Day(row.updated_on)),
        Column::data("known_on", "recommendations-column-known", |row, _| Cell::Day(row.known)),
        Column::data("exercise", "recommendations-column-exercise", |row, _| Cell::Yes(row.exercise)),
        Column::data("entry", "recommendations-column-entry", |row, _| {
            Cell::Number(i64::try_from(row.entry).unwrap_or(i64::MAX))
        }),
    ],
};

fn state(row: &Listed) -> Cell {
    let (word, class) = match row {
        Listed { open: false, .. } => ("closed", "answered"),
        Listed { transmitted: 0, .. } => ("not-sent", "waiting"),
        Listed { transmitted, addressed, .. } if transmitted < addressed => ("sent-in-part", "waiting"),
        _ => ("sent", "waiting"),
    };
    // What is played says so before it says how it stands; machines read it in a column of its own.
    let (label, class) = if row.exercise {
        (format!("recommendations-state-exercise-{word}"), "exercise")
    } else {
        (format!("recommendations-state-{word}"), class)
    };
    Cell::Badge { word: word.to_owned(), label, class }
}

pub(super) fn asked(visit: &Visit) -> Filter {
    let text = |name: &str| visit.asked(name).map(str::to_owned);
    Filter {
        addressee: text("destinataire"),
        author: text("auteur"),
        cosigner: text("cosignataire"),
        theme: text("theme"),
        place: text("lieu"),
        year: visit.asked("annee").and_then(|year| year.parse().ok()),
        exercise: visit.asked("genre").map(|kind| kind == "exercice"),
        open: visit.asked("etat").map(|state| state == "ouverte"),
        words: visit.asked("q").map(directory::fold).unwrap_or_default(),
        after: text("apres"),
    }
}

pub(crate) fn names(visit: &Visit) -> Names {
    Names::new(visit.language() == Language::English)
}

/// `/recommandations` and its suffixes.
pub(crate) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(page).await,
        Format::Atom => {
            let rows = visit.ask(|tx, visit| read(tx, visit, Order::Record, 50)).await?;
            Ok(feed(&visit, &rows.rows).response(&visit))
        }
        _ => {
            let most = visit.rows_wanted();
            let shown = visit.ask(move |tx, visit| read(tx, visit, Order::Adoption, most)).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

fn read(tx: &mut Tx<'_>, visit: &Visit, order: Order, most: usize) -> Result<Shown<Listed>, Stop> {
    let rows = tables::list(tx, &asked(visit), order, most + 1, &mut names(visit))?;
    Ok(Shown::first(rows, most, |row| row.sort_key.clone()))
}

fn feed(visit: &Visit, rows: &[Listed]) -> Atom {
    let items = rows.iter().map(|row| FeedItem {
        title: row.title.clone().unwrap_or_else(|| visit.say("title-withdrawn")),
        path: format!("/recommandations/{}", row.id),
        on: row.known,
        summary: summary(visit, row),
        key: format!("recommandation-{}", row.entry),
    });
    Atom { title: visit.say("recommendations-title"), items: items.collect() }
}

fn summary(visit: &Visit, row: &Listed) -> String {
    let names: Vec<&str> = row.addressees.iter().map(|(_, name)| name.as_str()).collect();
    let exercise = if row.exercise { visit.say("recommendations-summary-exercise") } else { String::new() };
    let said = visit.say_with(
        "recommendations-summary",
        &[("author", (&row.author_name).into()), ("addressees", names.join(" ; ").into())],
    );
    format!("{exercise}{said}")
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = read(tx, visit, Order::Adoption, visit.rows_wanted())?;
    let only_exercise = visit.asked("genre") == Some("exercice");
    let filters_asked = visit.query_with(&[("apres", ""), ("au", "")]);
    let matrix = |format: &str| visit.link(&format!("/recommandations/matrice.{format}{filters_asked}"));
    let body = html! {
        h1 { (visit.say("recommendations-title")) }
        p.lead { (visit.say("recommendations-lead")) }
        (filters(tx, visit)?)
        (LISTING.table(visit, &shown, &visit.say("recommendations-list-caption")))
        p.screen {
            a href=(matrix("csv")) { (visit.say("recommendations-matrix-csv")) } " · "
            a href=(matrix("xlsx")) { (visit.say("recommendations-matrix-xlsx")) }
        }
        @if visit.standing().is_some_and(|standing| standing.has_role(crate::acts::DRAFTING)) {
            p.screen { a.button href=(visit.link("/recommandations/nouvelle")) { (visit.say("recommendations-new")) } }
        }
    };
    let page = Page::new(visit.say("recommendations-title"), body).exercise(only_exercise);
    Ok(page.also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

fn filters(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let mut names = names(visit);
    let addressees = choices(tx, visit, &mut names, "addressee", "destinataire")?;
    let authors = choices(tx, visit, &mut names, "author", "auteur")?;
    let themes = choices(tx, visit, &mut names, "theme", "theme")?;
    let places = choices(tx, visit, &mut names, "place", "lieu")?;
    let mut years = choices(tx, visit, &mut names, "year", "annee")?;
    years.sort_by(|a, b| b.0.cmp(&a.0));
    let own = |values: &[&str]| -> Vec<(String, String)> {
        let label = |value: &str| visit.say(&format!("recommendations-choice-{value}"));
        values.iter().map(|value| ((*value).to_owned(), label(value))).collect()
    };
    let fields = ["q", "destinataire", "auteur", "theme", "lieu", "annee", "etat", "genre"];
    let current: Vec<(&str, &str)> =
        fields.iter().map(|name| (*name, visit.asked(name).unwrap_or_default())).collect();
    let (form, none) = (Form::of(&current), Refusals::default());
    let choice = |name: &'static str, label: &str, choices: &[(String, String)]| {
        visit.choice_field(&Input::narrowing(name, visit.say(label)), choices, &form, &none)
    };
    Ok(html! {
        form.filter method="get" action=(visit.link("/recommandations")) {
            @if let Some(day) = visit.past() { input type="hidden" name="au" value=(day); }
            (visit.text_field(&Input::new("q", visit.say("recommendations-filter-words")), "search", &form, &none))
            (choice("destinataire", "recommendations-filter-addressee", &addressees))
            (choice("auteur", "recommendations-filter-author", &authors))
            (choice("theme", "recommendations-filter-theme", &themes))
            (choice("lieu", "recommendations-filter-place", &places))
            (choice("annee", "recommendations-filter-year", &years))
            (choice("etat", "recommendations-filter-state", &own(&["ouverte", "close"])))
            (choice("genre", "recommendations-filter-kind", &own(&["reel", "exercice"])))
            button { (visit.say("recommendations-filter-do")) }
        }
    })
}

/// The choices of a filter: the most frequent values, and the one chosen even when it is rare.
fn choices(
    tx: &mut Tx<'_>,
    visit: &Visit,
    names: &mut Names,
    facet: &str,
    field: &str,
) -> Result<Vec<(String, String)>, Fault> {
    let mut values = tables::facets(tx, facet, CHOICES)?;
    if let Some(chosen) = visit.asked(field)
        && !values.iter().any(|(value, _)| value == chosen)
    {
        values.push((chosen.to_owned(), 0));
    }
    let mut choices = Vec::with_capacity(values.len());
    for (value, items) in values {
        let name = match facet {
            "addressee" => names.of(tx, Kind::Body, &value)?,
            "theme" => names.of(tx, Kind::Theme, &value)?,
            "place" => names.of(tx, Kind::Place, &value)?,
            "author" => match value.split_once(':') {
                Some(("body", id)) => names.of(tx, Kind::Body, id)?,
                Some(("organisation", id)) => names.of(tx, Kind::Organisation, id)?,
                Some((_, name)) => name.to_owned(),
                None => value.clone(),
            },
            _ => value.clone(),
        };
        let label = if items > 0 { format!("{name} ({items})") } else { name };
        choices.push((value, label));
    }
    Ok(choices)
}
