//! The pages of the exchange: lists, feeds, panels, and the forms by which people act.

mod cards;
mod clock_forms;
mod exchange;
mod feeds;
mod follow_up;
mod ladder;
mod link;
mod lists;
mod overdue;
mod panels;
mod reply;
mod spoken;
mod standing;
mod worklist;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};
use record::{Desk, Tx};
use terms::{BodyId, RecommendationId};
use web::{Form, House, Outcome, Page, Panel, Refusals, Spot, Stop, Visit};

use crate::case::CaseFacts;
use crate::tables;

/// What the room hangs in other rooms' pages.
pub(crate) const PANELS: &[Panel] = &[
    Panel { spot: Spot::Recommendation, order: 20, show: exchange::panel },
    Panel { spot: Spot::Body, order: 40, show: panels::body },
    Panel { spot: Spot::Place, order: 40, show: panels::place },
    Panel { spot: Spot::Home, order: 10, show: panels::home },
    Panel { spot: Spot::Desk, order: 10, show: worklist::desk },
];

/// Every address of the room.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/reponses", get(lists::answers))
        .route("/reponses.csv", get(lists::answers))
        .route("/reponses.json", get(lists::answers))
        .route("/reponses.atom", get(lists::answers))
        .route("/silences", get(lists::silences))
        .route("/silences.csv", get(lists::silences))
        .route("/silences.json", get(lists::silences))
        .route("/silences.atom", get(lists::silences))
        .route("/retards", get(overdue::page))
        .route("/retards.csv", get(overdue::page))
        .route("/retards.json", get(overdue::page))
        .route("/echeances.ics", get(feeds::deadlines_of_all))
        .route("/suivi.atom", get(feeds::news_of_all))
        .route("/instances/{id}/echeances.ics", get(feeds::deadlines_of_body))
        .route("/instances/{id}/suivi.atom", get(feeds::news_of_body))
        .route("/lieux/{id}/echeances.ics", get(feeds::deadlines_of_place))
        .route("/lieux/{id}/suivi.atom", get(feeds::news_of_place))
        .route("/autorites/{body}", get(worklist::page))
        .route("/reponses/{recommendation}/{addressee}/accuse", deed(&reply::ACKNOWLEDGE))
        .route("/reponses/{recommendation}/{addressee}/repondre", deed(&reply::ANSWER))
        .route("/reponses/{recommendation}/{addressee}/pause", deed(&clock_forms::PAUSE))
        .route("/reponses/{recommendation}/{addressee}/reprise", deed(&clock_forms::RESUME))
        .route("/reponses/{recommendation}/{addressee}/delai", deed(&clock_forms::EXTEND))
        .route("/reponses/{recommendation}/{addressee}/recours", deed(&ladder::ESCALATE))
        .route("/reponses/{recommendation}/{addressee}/suite", deed(&follow_up::DECLARE))
        .route("/reponses/{recommendation}/{addressee}/lien", get(link::made))
        .route(
            "/reponses/{recommendation}/constat",
            get(follow_up::observe_page).post(follow_up::observe_sent),
        )
        .route("/reponses/pieces/{entry}", get(exchange::file))
        .route("/recours/{entry}", get(ladder::sheet))
        .route("/reponse/{recommendation}/{addressee}/{token}", get(link::page).post(link::sent))
}

/// The case that an address names.
#[derive(Clone)]
pub(crate) struct At {
    recommendation: RecommendationId,
    addressee: BodyId,
}

impl At {
    fn parse(recommendation: &str, addressee: &str) -> Result<Self, Stop> {
        Ok(Self {
            recommendation: RecommendationId::parse(recommendation).map_err(|_| Stop::NotFound)?,
            addressee: BodyId::parse(addressee).map_err(|_| Stop::NotFound)?,
        })
    }

    fn facts(&self, tx: &mut Tx<'_>) -> Result<CaseFacts, Stop> {
        tables::case_facts(tx, &self.recommendation, &self.addressee)?.ok_or(Stop::NotFound)
    }

    fn path(&self, deed: &str) -> String {
        format!("/reponses/{}/{}/{deed}", self.recommendation, self.addressee)
    }
}

/// Where the exchange of a recommendation is read.
fn exchange_path(recommendation: &RecommendationId) -> String {
    format!("/recommandations/{recommendation}#echanges")
}

/// An act on a case as a page: its form, and what sending it does.
pub(crate) struct Deed {
    /// The page with its form.
    show: fn(&mut Tx<'_>, &Visit, &At, &Form, &Refusals) -> Result<Page, Stop>,
    /// The act.
    act: fn(&mut Desk<'_>, &Visit, &At, &Form) -> Result<(), Stop>,
}

fn deed(deed: &'static Deed) -> MethodRouter<House> {
    get(move |visit: Visit, Path((recommendation, addressee)): Path<(String, String)>| async move {
        let at = At::parse(&recommendation, &addressee)?;
        visit.signed_in()?;
        let show = move |tx: &mut Tx<'_>, visit: &Visit| {
            (deed.show)(tx, visit, &at, &Form::default(), &Refusals::default())
        };
        visit.page(show).await
    })
    .post(
        move |visit: Visit, Path((recommendation, addressee)): Path<(String, String)>, form: Form| async move {
            let at = At::parse(&recommendation, &addressee)?;
            visit.signed_in()?;
            sent(&visit, at, form, deed).await
        },
    )
}

/// Done and on to the exchange, or the form again with everything to mend.
async fn sent(visit: &Visit, at: At, form: Form, deed: &'static Deed) -> Outcome {
    let (within, given) = (at.clone(), form.clone());
    let done = visit.seal(move |desk, visit| (deed.act)(desk, visit, &within, &given)).await;
    match done {
        Ok(()) => Ok(visit.see_other(&exchange_path(&at.recommendation))),
        Err(Stop::Refused(refusals)) => {
            let again = move |tx: &mut Tx<'_>, visit: &Visit| (deed.show)(tx, visit, &at, &form, &refusals);
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        Err(stop) => Err(stop),
    }
}
