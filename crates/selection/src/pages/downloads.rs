//! What anyone needs to draw or count again: the pool, the quotas, the transcript, the ballots.

use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use record::{Tx, enclosures};
use sortition::Transcript;
use web::{Outcome, Stop, Visit, harmless};

use super::found;
use crate::call::Call;
use crate::lots::{self, WITHOUT_QUOTAS};
use crate::tables;

fn file(kind: &'static str, name: &str, body: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

fn csv(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing into memory cannot fail.
        let _ = writer.write_record(row.into_iter().map(harmless));
    }
    writer.into_inner().unwrap_or_default()
}

fn table(name: &str, rows: Vec<Vec<String>>) -> Response {
    file("text/csv; charset=utf-8", name, csv(rows))
}

/// The features by which the draw knows its candidates, as the columns of its tables.
fn columns(call: &Call) -> Vec<String> {
    let features: Vec<String> = call.features().into_iter().map(|f| f.as_str().to_owned()).collect();
    if features.is_empty() { vec![WITHOUT_QUOTAS.0.to_owned()] } else { features }
}

/// Every candidacy: id, organisation, what became of it, features.
pub(super) async fn candidacies(visit: Visit, Path(id): Path<String>) -> Outcome {
    let (call, found) = visit
        .ask(move |tx, _| {
            let call = found(tx, &id)?;
            let candidacies = tables::candidacies(tx, &call.id)?;
            Ok((call, candidacies))
        })
        .await?;
    let features = call.features();
    let mut rows = vec![
        ["id", "organisation", "place", "criterion", "filed"]
            .map(str::to_owned)
            .into_iter()
            .chain(features.iter().map(|feature| feature.as_str().to_owned()))
            .collect::<Vec<_>>(),
    ];
    for one in found {
        let organisation = one.organisation.as_ref().map(ToString::to_string).unwrap_or_default();
        let criterion = one.excluded.as_ref().map(|(code, _)| code.clone()).unwrap_or_default();
        let place = one.place.as_str().to_owned();
        let own = features.iter().map(|feature| {
            let found = one.traits.iter().find(|(of, _)| of == feature);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        });
        let first = [one.id.to_string(), organisation, place, criterion, one.filed.to_string()];
        rows.push(first.into_iter().chain(own).collect());
    }
    Ok(table(&format!("candidatures-{}.csv", call.id), rows))
}

/// The pool as `toguna draw` reads it.
pub(super) async fn pool(visit: Visit, Path(id): Path<String>) -> Outcome {
    let (call, pool) = visit
        .ask(move |tx, _| {
            let call = found(tx, &id)?;
            let candidacies = tables::candidacies(tx, &call.id)?;
            let made = lots::quotas(&call).and_then(|quotas| lots::pool(&candidacies, &quotas));
            // Without a list there is no pool.
            Ok((call, made.map_err(|_| Stop::NotFound)?))
        })
        .await?;
    // The features of the draw stand in the order of their bytes.
    let mut features = columns(&call);
    features.sort();
    let mut rows = vec![std::iter::once("id".to_owned()).chain(features).collect::<Vec<_>>()];
    for one in pool.candidates() {
        rows.push(std::iter::once(one.id.clone()).chain(one.values.clone()).collect());
    }
    Ok(table(&format!("pool-{}.csv", call.id), rows))
}

/// The quotas as `toguna draw` reads them.
pub(super) async fn quotas(visit: Visit, Path(id): Path<String>) -> Outcome {
    let call = visit.ask(move |tx, _| found(tx, &id)).await?;
    let quotas = lots::quotas(&call).map_err(|_| Stop::NotFound)?;
    let mut rows = vec![["feature", "value", "min", "max"].map(str::to_owned).to_vec()];
    for quota in quotas.list() {
        rows.push(vec![
            quota.feature.clone(),
            quota.value.clone(),
            quota.min.to_string(),
            quota.max.to_string(),
        ]);
    }
    Ok(table(&format!("quotas-{}.csv", call.id), rows))
}

/// The transcript of a draw: the lottery that was announced, and once there is a seed, what it draws. None while nothing is announced, or once it was withdrawn.
pub(super) fn whole(tx: &mut Tx<'_>, call: &Call) -> Result<Option<Transcript>, Stop> {
    let Some(announced) = call.frozen.as_ref().and_then(|frozen| frozen.lottery.as_ref()) else {
        return Ok(None);
    };
    let Some(json) = enclosures::text(tx, &announced.transcript)? else { return Ok(None) };
    let transcript: Option<Transcript> = serde_json::from_str(&json).ok();
    let seed = call.outcome.as_ref().map(|(outcome, _)| lots::seed(call, outcome));
    Ok(match (transcript, seed) {
        (Some(transcript), Some(Ok(seed))) => Some(transcript.drawn(&seed)),
        (transcript, _) => transcript,
    })
}

pub(super) async fn transcript(visit: Visit, Path(id): Path<String>) -> Outcome {
    let (call, found) = visit
        .ask(move |tx, _| {
            let call = found(tx, &id)?;
            let whole = whole(tx, &call)?.ok_or(Stop::NotFound)?;
            Ok((call, whole))
        })
        .await?;
    let json =
        serde_json::to_vec(&found).map_err(|error| Stop::Fault(record::Fault::Value(error.to_string())))?;
    Ok(file("application/json", &format!("transcription-{}.json", call.id), json))
}

/// The ballots of an election: a line each group of like ballots, the candidates that they approve by id.
pub(super) async fn ballots(visit: Visit, Path(id): Path<String>) -> Outcome {
    let (call, counted) = visit
        .ask(move |tx, _| {
            let call = found(tx, &id)?;
            let counted = tables::counted(tx, &call.id)?.ok_or(Stop::NotFound)?;
            Ok((call, counted))
        })
        .await?;
    let mut rows = vec![vec!["ballots".to_owned(), "approves".to_owned()]];
    for alike in &counted.ballots {
        let ids = alike.approves.iter().filter_map(|place| {
            let place = usize::from(*place).checked_sub(1)?;
            counted.candidates.get(place).map(ToString::to_string)
        });
        rows.push(vec![alike.count.to_string(), ids.collect::<Vec<_>>().join(" ")]);
    }
    Ok(table(&format!("bulletins-{}.csv", call.id), rows))
}

/// The act of a nomination, as it was sent; once withdrawn, a page that says so.
pub(super) async fn act(visit: Visit, Path(id): Path<String>) -> Outcome {
    let asked = id.clone();
    let (sha256, held) = visit
        .ask(move |tx, _| {
            let call = found(tx, &asked)?;
            let nomination = tables::nomination(tx, &call.id)?.ok_or(Stop::NotFound)?;
            let file = nomination.file.ok_or(Stop::NotFound)?;
            Ok((file, enclosures::held(tx, &file)?))
        })
        .await?;
    let Some(held) = held else {
        return web::gone_page(&visit, sha256, format!("/appels/{id}")).await;
    };
    let media = held.media.clone();
    let bytes = visit.fetch(held).await?;
    // A PDF can carry scripts and forms of its own: it is handed over, not opened within the site.
    let (kind, place, suffix) = match media.as_str() {
        "application/pdf" => ("application/pdf", "attachment", "pdf"),
        "image/jpeg" => ("image/jpeg", "inline", "jpg"),
        _ => ("image/png", "inline", "png"),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("{place}; filename=\"acte-{id}.{suffix}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
