//! The page on which a witness says who it is.

use terms::Instant;
use web::{Markup, PreEscaped, html};

use crate::{Known, Witness, WitnessFault};

pub(crate) const STYLE: &str = "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;\
                                color:#222;background:#fff}code{overflow-wrap:anywhere}\
                                dt{font-weight:bold}dd{margin:0 0 .6rem}.alarme{border-left:.4rem solid #a40000;\
                                padding-left:.8rem}";

/// Who this witness is, its key, and the logs it knows.
pub(crate) fn of(witness: &Witness) -> Result<Markup, WitnessFault> {
    let logs = witness.known()?;
    Ok(html! {
        (PreEscaped("<!doctype html>"))
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Témoin " (witness.name()) }
                link rel="stylesheet" href="/style.css";
            }
            body {
                h1 { "Témoin " (witness.name()) }
                p {
                    "Un témoin ne lit pas les entrées d’un registre. Il retient la dernière signature qu’il en a vue, et ne cosigne \
                     la suivante que si elle la continue, sans rien changer ni ôter. Un registre qui montrerait deux histoires \
                     serait découvert ici."
                }
                dl {
                    dt { "Clé de ce témoin" }
                    dd { code { (witness.key()) } }
                    dt { "Adresse à laquelle un registre le sollicite" }
                    dd { code { "POST /add-checkpoint" } " (C2SP tlog-witness)" }
                }
                h2 { "Registres connus" }
                @if logs.is_empty() {
                    p { "Aucun pour l’instant : son gardien les nomme dans le fichier « registres »." }
                }
                @for log in &logs { (one(log)) }
                p { "Pour qu’il cosigne un autre registre, écrivez à qui tient ce témoin." }
            }
        }
    })
}

fn one(log: &Known) -> Markup {
    html! {
        h3 { code { (log.origin) } }
        @if log.refused {
            p.alarme role="alert" {
                "Ce registre a présenté une signature que ce témoin n’a pas pu relier à ce qu’il avait cosigné. Elle est gardée."
            }
        }
        dl {
            dt { "Clé" }
            @for key in &log.keys { dd { code { (key) } } }
            dt { "Dernière signature cosignée" }
            dd {
                @match log.latest {
                    Some((size, time)) => { (size) " entrées, le " (moment(time)) },
                    None => "aucune encore",
                }
            }
        }
    }
}

/// A moment as people write it, in universal time.
fn moment(seconds: u64) -> String {
    let moment = i64::try_from(seconds).ok().and_then(|seconds| Instant::from_second(seconds).ok());
    let Some(moment) = moment else { return format!("{seconds} s") };
    let text = moment.to_string();
    match text.split_once('T') {
        Some((day, hour)) => format!("{day} à {} UTC", hour.trim_end_matches('Z')),
        None => text,
    }
}
