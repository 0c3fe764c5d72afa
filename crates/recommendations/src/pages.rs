//! Routes of the room.

pub(crate) mod desk;
mod draft;
mod draft_form;
mod list;
mod matrix;
mod show;
mod transmit;

use axum::Router;
use axum::routing::{get, post};
use web::House;

/// Every address of the room.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/recommandations", get(list::list))
        .route("/recommandations.csv", get(list::list))
        .route("/recommandations.json", get(list::list))
        .route("/recommandations.atom", get(list::list))
        .route("/recommandations/matrice.csv", get(matrix::matrix))
        .route("/recommandations/matrice.xlsx", get(matrix::matrix))
        .route("/recommandations/nouvelle", get(draft::new).post(draft::begin))
        .route("/recommandations/brouillons/{id}", get(draft::edit).post(draft::save))
        .route("/recommandations/brouillons/{id}/signatures", post(draft::signatures))
        .route("/recommandations/brouillons/{id}/adopter", post(draft::adopt))
        .route("/recommandations/brouillons/{id}/supprimer", post(draft::delete))
        .route("/recommandations/{id}", get(show::show))
        .route("/recommandations/{id}/transmettre", get(transmit::ask).post(transmit::send))
        .route("/recommandations/{id}/clore", post(show::close))
        .route("/recommandations/{id}/rouvrir", post(show::reopen))
        .route("/recommandations/{id}/pieces/{sha256}", get(show::file))
}
