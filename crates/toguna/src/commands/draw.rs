//! `toguna draw`: a panel drawn by lot under quotas, as fairly as can be, and the same draw verified by anyone.

mod words;

use std::path::{Path, PathBuf};

use sortition::{Digest, Pool, Quotas, Seed, Transcript, prepare, verify};

use crate::cli::{DrawFormat, DrawWhat, Drawing};
use crate::commands::import::read;
use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// The draw, or what was verified, is on standard output.
///
/// **Errors** a file or seed that is not in order; quotas that no panel meets (the transcript is printed all the same); a
/// transcript that does not hold.
pub(crate) fn run(asked: Drawing) -> Result<(), Ending> {
    match asked {
        Drawing { what: Some(DrawWhat::Verify { file, announced }), .. } => {
            check(&file, announced.as_deref())
        }
        Drawing { what: Some(DrawWhat::Commit { party, secret }), .. } => commit(&party, secret),
        Drawing { pool: Some(pool), quotas: Some(quotas), seats: Some(seats), seed, id, format, .. } => {
            draw(&Asked { pool, quotas, seats, seed, id }, format)
        }
        // The parser demands them.
        Drawing { .. } => Err(Ending::Refused("il manque --pool, --quotas ou --seats".into())),
    }
}

/// Letters and digits of a secret that is chosen here: 160 bits.
const SECRET_LENGTH: usize = 32;

/// A secret and its commitment are on standard output.
fn commit(party: &str, secret: Option<String>) -> Result<(), Ending> {
    let secret = match secret {
        Some(secret) => secret,
        None => web::fresh_text(SECRET_LENGTH).map_err(|fault| Ending::Fault(fault.to_string()))?,
    };
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if !secret.bytes().all(sound) || secret.len() > selection::acts::SECRET_MAX {
        let least = sortition::SECRET_MIN;
        return Err(Ending::Refused(format!(
            "le secret a de {least} à {} lettres minuscules et chiffres, sans espace ni accent",
            selection::acts::SECRET_MAX
        )));
    }
    let commitment = sortition::Commitment::new(party, secret.as_bytes())
        .map_err(|refusal| Ending::Refused(words::refusal(&refusal)))?;
    say("Gardez le secret pour vous jusqu’au jour des révélations ; ne publiez que l’engagement.");
    result(&format!("Secret : {secret}\nEngagement : {}\n", commitment.digest))
}

struct Asked {
    pool: PathBuf,
    quotas: PathBuf,
    seats: u32,
    seed: Option<String>,
    id: String,
}

fn draw(asked: &Asked, format: DrawFormat) -> Result<(), Ending> {
    let refused = |refusal| Ending::Refused(words::refusal(&refusal));
    let seed = asked.seed.as_deref().map(Seed::from_hex).transpose().map_err(refused)?;
    let quotas = Quotas::parse(&read(&asked.quotas)?).map_err(refused)?;
    let pool = Pool::parse(&read(&asked.pool)?, &asked.id, &quotas).map_err(refused)?;
    let transcript = watched("Probabilités", |watch| prepare(&pool, &quotas, asked.seats, watch))
        .map_err(|failure| words::failure(&failure))?;
    let transcript = match &seed {
        Some(seed) => transcript.drawn(seed),
        None => transcript,
    };
    match format {
        DrawFormat::Json => result(&json(&transcript)?)?,
        DrawFormat::Text if transcript.feasible => result(&words::text(&transcript))?,
        DrawFormat::Text => {}
    }
    if !transcript.feasible {
        return Err(Ending::Refused(words::infeasible(&transcript)));
    }
    if seed.is_none() {
        say(
            "Aucune graine : c’est la loterie à publier avant que la graine n’existe. Personne n’est encore tiré.",
        );
    }
    Ok(())
}

/// The transcript as it is published; each hint with its sentence.
fn json(transcript: &Transcript) -> Result<String, Ending> {
    let fault = |error: serde_json::Error| Ending::Fault(error.to_string());
    let mut object = serde_json::to_value(transcript).map_err(fault)?;
    if let Some(hints) = object["hints"].as_array_mut() {
        for (hint, said) in hints.iter_mut().zip(&transcript.hints) {
            hint["sentence"] = words::hint(said).into();
        }
    }
    serde_json::to_string(&object).map(|text| text + "\n").map_err(fault)
}

/// The work done while a bar moves.
fn watched<T>(what: &'static str, work: impl FnOnce(&mut dyn FnMut(sortition::Progress)) -> T) -> T {
    let mut shown = bar(what);
    let made = work(&mut |progress| {
        // The last few panels take longest: the bar waits just before its end.
        let needed = progress.needed.max(1) as u64;
        shown((progress.panels as u64).min(needed.saturating_sub(1)), needed);
    });
    shown(1, 1);
    made
}

fn check(file: &Path, announced: Option<&str>) -> Result<(), Ending> {
    let text = read(file)?;
    let transcript: Transcript = serde_json::from_slice(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Ending::Refused(format!(
            "« {} » n’est pas la transcription d’un tirage (ligne {line}, colonne {column}) : donnez le fichier que « toguna draw \
             --format json » a écrit",
            file.display()
        ))
    })?;
    let announced = announced
        .map(|text| Digest::try_from(text.trim().to_owned()))
        .transpose()
        .map_err(|_| Ending::Refused("--announced : une empreinte a 64 chiffres hexadécimaux".to_owned()))?;
    if announced.is_some_and(|announced| announced != transcript.lottery_sha256) {
        return Err(Ending::Refused(words::not_announced(&transcript)));
    }
    let verified =
        watched("Vérification", |watch| verify(&transcript, watch)).map_err(|why| words::unverified(&why))?;
    if !verified.same_lottery && announced.is_none() {
        return Err(Ending::Refused(words::another_lottery(&transcript)));
    }
    result(&words::verified(&transcript, verified))
}
