//! The ledger's pages: the list, a line, the forms, and what hangs in other rooms' pages.

mod forms;
mod list;
mod one;
mod panels;

use axum::Router;
use axum::routing::get;
use record::Tx;
use record::directory::{Kind, look_up};
use terms::access::Role;
use terms::{Behalf, BodyId, OrganisationId, SeatCode};
use web::{House, Language, Markup, Panel, Spot, Stop, Visit, html};

use crate::ledger::{Line, Stage};
use crate::tables;

/// What the room hangs in other rooms' pages.
pub(crate) const PANELS: &[Panel] = &[
    Panel { spot: Spot::Body, order: 30, show: panels::body },
    Panel { spot: Spot::Organisation, order: 20, show: panels::organisation },
    Panel { spot: Spot::Desk, order: 45, show: panels::desk },
];

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/acces-aux-sieges", get(list::list))
        .route("/acces-aux-sieges.csv", get(list::list))
        .route("/acces-aux-sieges.json", get(list::list))
        .route("/acces-aux-sieges.atom", get(list::list))
        .route("/acces-aux-sieges/demande", get(forms::request_form).post(forms::request))
        .route("/acces-aux-sieges/invitation", get(forms::offer_form).post(forms::offer))
        .route("/acces-aux-sieges/pieces/{entry}", get(one::file))
        .route("/acces-aux-sieges/{id}", get(one::page))
        .route("/acces-aux-sieges/{id}/accuse", get(forms::acknowledge_form).post(forms::acknowledge))
        .route("/acces-aux-sieges/{id}/repondre", get(forms::answer_form).post(forms::answer))
        .route("/acces-aux-sieges/{id}/relance", get(forms::remind_form).post(forms::remind))
        .route("/acces-aux-sieges/{id}/retrait", get(forms::withdraw_form).post(forms::withdraw))
        .route("/acces-aux-sieges/{id}/suite", get(forms::answer_offer_form).post(forms::answer_offer))
}

/// The name in the visitor's language, the id where the record has none.
fn name_of(tx: &mut Tx<'_>, visit: &Visit, kind: Kind, id: &str) -> Result<String, Stop> {
    let named = look_up(tx, kind, id)?;
    let english = visit.language() == Language::English;
    Ok(named.and_then(|named| named.en.filter(|_| english).or(named.fr)).unwrap_or_else(|| id.to_owned()))
}

/// The names that a line is told with.
struct Names {
    organisation: String,
    body: String,
    authority: String,
    seat: Option<String>,
}

impl Names {
    fn of(tx: &mut Tx<'_>, visit: &Visit, line: &Line) -> Result<Self, Stop> {
        Ok(Self {
            organisation: name_of(tx, visit, Kind::Organisation, line.organisation.as_str())?,
            body: name_of(tx, visit, Kind::Body, line.body.as_str())?,
            authority: name_of(tx, visit, Kind::Body, line.authority.as_str())?,
            seat: match &line.seat {
                Some(seat) => Some(seat_name(tx, visit, &line.body, seat)?),
                None => None,
            },
        })
    }

    /// What the line is, in a sentence.
    fn title(&self, visit: &Visit, line: &Line) -> String {
        let arguments =
            [("organisation", self.organisation.as_str().into()), ("body", self.body.as_str().into())];
        visit.say_with(&format!("admission-title-{}", line.way.as_str()), &arguments)
    }
}

fn seat_name(tx: &mut Tx<'_>, visit: &Visit, body: &BodyId, seat: &SeatCode) -> Result<String, Stop> {
    let seats = tables::seats_of(tx, body)?;
    let found = seats.into_iter().find(|(code, _)| code == seat);
    let english = visit.language() == Language::English;
    Ok(found.map_or_else(
        || seat.to_string(),
        |(_, name)| if english { name.english().to_owned() } else { name.fr },
    ))
}

fn stage_label(visit: &Visit, stage: Stage) -> String {
    visit.say(&format!("admission-stage-{}", stage.as_str()))
}

fn stage_class(stage: Stage) -> &'static str {
    match stage {
        Stage::Silent | Stage::Unacknowledged => "silence",
        Stage::Insufficient | Stage::Waiting | Stage::Open => "waiting",
        Stage::Granted | Stage::Accepted => "answered",
        Stage::Refused => "late",
        Stage::Withdrawn | Stage::Declined => "unverified",
    }
}

fn stage_badge(visit: &Visit, stage: Stage) -> Markup {
    html! { span class={ "badge " (stage_class(stage)) } { (stage_label(visit, stage)) } }
}

/// For whom the visitor writes of this organisation: for itself, or for the instance.
///
/// **Errors** nobody is signed in; neither of the organisation nor a steward.
fn for_organisation(visit: &Visit, organisation: &OrganisationId) -> Result<Behalf, Stop> {
    let standing = visit.signed_in()?;
    match () {
        () if standing.acts_for_organisation(organisation, &[Role::Secretary, Role::Delegate]) => {
            Ok(Behalf::Organisation { organisation: organisation.clone() })
        }
        () if standing.is_steward() => Ok(Behalf::Instance),
        () => Err(Stop::NoStanding),
    }
}

/// As [`for_organisation`], and for the authority whose answer it is.
///
/// **Errors** nobody is signed in; neither of the authority, nor of the organisation, nor a steward.
fn for_either(visit: &Visit, line: &Line) -> Result<Behalf, Stop> {
    let standing = visit.signed_in()?;
    if standing.acts_for_body(&line.authority, &[Role::Authority]) {
        return Ok(Behalf::Body { body: line.authority.clone() });
    }
    for_organisation(visit, &line.organisation)
}
