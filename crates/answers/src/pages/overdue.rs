//! Overdue answers per authority and per region, beside the volumes received: a busy authority is not called slow.

use web::{Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, html};

use super::spoken::Names;
use crate::tables::{self, Tally, TallyLine};

/// A tally with the name of whose it is.
struct Named {
    line: TallyLine,
    name: String,
    folder: &'static str,
    exercise: bool,
}

impl Named {
    fn tally(&self) -> Tally {
        self.line.tally
    }
}

static OVERDUE: Listing<Named> = Listing {
    name: "retards",
    empty: "answers-no-overdue",
    columns: &[
        Column::data("id", "answers-column-id", |n, _| Cell::Text(n.line.id.clone())),
        Column::new("name", "answers-column-name", |n, _| Cell::Link {
            text: n.name.clone(),
            path: format!("/{}/{}", n.folder, n.line.id),
        }),
        Column::new("silent", "answers-column-silent", |n, _| Cell::Number(n.tally().silent)),
        Column::new("received", "answers-column-received", |n, _| Cell::Number(n.tally().received)),
        Column::new("awaited", "answers-column-awaited", |n, _| Cell::Number(n.tally().awaited)),
        Column::new("insufficient", "answers-column-insufficient", |n, _| {
            Cell::Number(n.tally().insufficient)
        }),
        Column::new("answered", "answers-column-answered", |n, _| Cell::Number(n.tally().answered)),
        Column::new("in_time", "answers-column-answered-in-time", |n, _| Cell::Number(n.tally().in_time)),
        Column::new("late", "answers-column-answered-late", |n, _| Cell::Number(n.tally().late)),
        Column::data("exercise", "answers-column-exercise", |n, _| Cell::Yes(n.exercise)),
    ],
};

/// What an authority or place panel says of a tally.
///
/// **Shape** `received` names the first figure: what came to an authority was delivered by a committee.
pub(super) fn tally_list(visit: &Visit, tally: Tally, received: &str) -> Markup {
    let row = |label: &str, number: i64| {
        html! { div { dt { (visit.say(label)) } dd { (visit.number(number)) } } }
    };
    html! {
        dl.pairs {
            (row(received, tally.received))
            (row("answers-column-awaited", tally.awaited))
            (row("answers-column-silent", tally.silent))
            (row("answers-column-insufficient", tally.insufficient))
            (row("answers-column-answered-in-time", tally.in_time))
            (row("answers-column-answered-late", tally.late))
        }
    }
}

/// `N.id`: the silences and the id of the last line seen.
fn cursor(visit: &Visit) -> Option<(i64, String)> {
    let (silent, id) = visit.asked("apres")?.split_once('.')?;
    Some((silent.parse().ok()?, id.to_owned()))
}

fn authorities(tx: &mut record::Tx<'_>, visit: &Visit, exercise: bool) -> Result<Shown<Named>, Stop> {
    let most = visit.rows_wanted();
    let lines = tables::tallies(tx, exercise, cursor(visit), most + 1)?;
    let mut names = Names::new(visit);
    let mut named = Vec::with_capacity(lines.len());
    for line in lines {
        named.push(Named { name: names.body(tx, &line.id)?, line, folder: "instances", exercise });
    }
    Ok(Shown::first(named, most, |last| format!("{}.{}", last.line.tally.silent, last.line.id)))
}

fn regions(tx: &mut record::Tx<'_>, visit: &Visit, exercise: bool) -> Result<Shown<Named>, Stop> {
    let mut names = Names::new(visit);
    let mut named = Vec::new();
    for line in tables::region_lines(tx, exercise)? {
        named.push(Named { name: names.place(tx, &line.id)?, line, folder: "lieux", exercise });
    }
    Ok(Shown::all(named))
}

/// Overdue per authority and per region; as data, per authority unless `?par=region`.
pub(super) async fn page(visit: Visit) -> Outcome {
    let exercise = visit.asked("exercice").is_some();
    if visit.format() != Format::Html {
        let shown = visit
            .ask(move |tx, visit| match visit.asked("par") {
                Some("region") => regions(tx, visit, exercise),
                _ => authorities(tx, visit, exercise),
            })
            .await?;
        return Ok(OVERDUE.data(&visit, &shown));
    }
    visit
        .page(move |tx, visit| {
            let by_authority = authorities(tx, visit, exercise)?;
            let by_region = match visit.asked("apres") {
                None => Some(regions(tx, visit, exercise)?),
                Some(_) => None,
            };
            let heading = visit.say("answers-overdue");
            let other = if exercise { "" } else { "oui" };
            let other = visit.query_with(&[("exercice", other), ("apres", "")]);
            let other = if other.is_empty() { "?".to_owned() } else { other };
            let body = html! {
                h1 { (heading) }
                p.lead { (visit.say("answers-overdue-text")) }
                p.small { (visit.say("answers-of-the-record")) }
                p.screen { a href=(other) {
                    (visit.say(if exercise { "answers-show-real" } else { "answers-show-exercise" }))
                } }
                @if let Some(by_region) = &by_region {
                    h2 { (visit.say("answers-by-region")) }
                    (OVERDUE.table(visit, by_region, &visit.say("answers-by-region-caption")))
                    p.small.screen {
                        a href=(visit.link("/retards.csv?par=region")) { (visit.say("answers-by-region-data")) }
                    }
                }
                h2 { (visit.say("answers-by-authority")) }
                (OVERDUE.table(visit, &by_authority, &visit.say("answers-by-authority-caption")))
            };
            Ok(Page::new(heading, body).also_as(&[Format::Csv, Format::Json]).exercise(exercise))
        })
        .await
}
