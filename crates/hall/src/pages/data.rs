//! Open data: every list of the house with its addresses.

use web::{Markup, Outcome, Page, Visit, html};

/// A list that machines can read.
pub struct DataSet {
    /// The room that serves it.
    pub room: &'static str,
    /// The message that names it.
    pub label: &'static str,
    /// Its address, without language and ending; a page where `page` says so.
    pub path: &'static str,
    /// Whether the address without ending is a page.
    pub page: bool,
    /// The endings it can be had with.
    pub endings: &'static [&'static str],
}

impl DataSet {
    const fn listed(
        room: &'static str,
        label: &'static str,
        path: &'static str,
        endings: &'static [&'static str],
    ) -> Self {
        Self { room, label, path, page: true, endings }
    }

    const fn bare(
        room: &'static str,
        label: &'static str,
        path: &'static str,
        endings: &'static [&'static str],
    ) -> Self {
        Self { room, label, path, page: false, endings }
    }
}

const TABLE: &[&str] = &[".csv", ".json"];
const FOLLOWED: &[&str] = &[".csv", ".json", ".atom"];

/// Every list of the house that stands at one address. Those of one body, authority or place are linked on its page.
pub const OPEN_DATA: &[DataSet] = &[
    DataSet::listed("recommendations", "hall-data-recommendations", "/recommandations", FOLLOWED),
    DataSet::bare("recommendations", "hall-data-matrix", "/recommandations/matrice", &[".csv", ".xlsx"]),
    DataSet::listed("answers", "hall-data-answers", "/reponses", FOLLOWED),
    DataSet::listed("answers", "hall-data-silences", "/silences", FOLLOWED),
    DataSet::listed("answers", "hall-data-overdue", "/retards", TABLE),
    DataSet::bare("answers", "hall-data-deadlines", "/echeances", &[".ics"]),
    DataSet::bare("answers", "hall-data-follow-up", "/suivi", &[".atom"]),
    DataSet::listed("institutions", "hall-data-bodies", "/instances", FOLLOWED),
    DataSet::listed("institutions", "hall-data-places", "/lieux", TABLE),
    DataSet::listed("sittings", "hall-data-sittings", "/reunions", FOLLOWED),
    DataSet::listed("indicators", "hall-data-indicators", "/indicateurs", TABLE),
    DataSet::listed("organisations", "hall-data-organisations", "/organisations", FOLLOWED),
    DataSet::listed("organisations", "hall-data-restrictions", "/restrictions", TABLE),
    DataSet::listed("admission", "hall-data-admission", "/acces-aux-sieges", FOLLOWED),
    DataSet::listed("institutions", "hall-data-compared", "/instances/sieges", TABLE),
    DataSet::listed("institutions", "hall-data-matrix-of-seats", "/instances/matrice", TABLE),
    DataSet::listed("indicators", "hall-data-network", "/indicateurs/i-08/reseau", TABLE),
    DataSet::listed("organisations", "hall-data-obligations", "/obligations", TABLE),
    DataSet::bare("organisations", "hall-data-obligation-days", "/obligations", &[".ics"]),
    DataSet::bare("organisations", "hall-data-grid", "/capacites/grille", &[".csv"]),
    DataSet::listed("selection", "hall-data-calls", "/appels", &[".csv", ".json", ".atom", ".ics"]),
    DataSet::bare("organisations", "hall-data-popolo", "/organisations/popolo", &[".json"]),
    DataSet::bare("organisations", "hall-data-bods", "/organisations/bods", &[".json"]),
    DataSet::bare("institutions", "hall-data-seats-popolo", "/instances/popolo", &[".json"]),
    DataSet::listed("access", "hall-data-mandates", "/mandats", TABLE),
    DataSet::listed("hall", "hall-news", "/nouveautes", FOLLOWED),
    DataSet::listed("hall", "hall-timeline", "/chronologie", FOLLOWED),
    DataSet::listed("hall", "foot-sources", "/sources", TABLE),
    DataSet::listed("hall", "hall-register", "/registre", TABLE),
    DataSet::listed("hall", "hall-withdrawals", "/retraits", TABLE),
];

pub(crate) async fn page(visit: Visit) -> Outcome {
    visit
        .page(|_, visit| {
            let title = visit.say("foot-data");
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("hall-data-lead")) }
                p { (visit.say("hall-data-formats")) }
                p { (visit.say("hall-data-past")) }
                (table(visit))
                h2 { (visit.say("hall-data-licence")) }
                p { (visit.say("hall-data-licence-text")) }
            };
            Ok(Page::new(title, body))
        })
        .await
}

fn served(visit: &Visit, set: &DataSet) -> bool {
    visit.house().rooms().iter().any(|room| room.name == set.room)
}

fn table(visit: &Visit) -> Markup {
    let (set, address) = (visit.say("hall-data-set"), visit.say("hall-data-address"));
    html! {
        table.cards {
            caption { (visit.say("hall-data-caption")) }
            thead { tr { th scope="col" { (set) } th scope="col" { (address) } } }
            tbody {
                @for set in OPEN_DATA.iter().filter(|set| served(visit, set)) {
                    tr {
                        th scope="row" {
                            @if set.page { a href=(visit.link(set.path)) { (visit.say(set.label)) } }
                            @else { (visit.say(set.label)) }
                        }
                        td data-label=(address) {
                            @for (i, ending) in set.endings.iter().enumerate() {
                                @if i > 0 { " · " }
                                @let path = format!("{}{ending}", set.path);
                                a href=(visit.link(&path)) { (path) }
                            }
                        }
                    }
                }
                @for (label, path) in [
                    ("hall-data-checkpoint", "/registre/checkpoint"),
                    ("hall-whole", "/registre/entrees.jsonl"),
                    ("hall-data-entry", "/registre/0.json"),
                ] {
                    tr {
                        th scope="row" { (visit.say(label)) }
                        td data-label=(address) { a href=(visit.link(path)) { (path) } }
                    }
                }
            }
        }
    }
}
