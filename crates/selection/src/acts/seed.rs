//! The seed: commitments, reveals, the event; and the draw that follows from them.

use sortition::Transcript;
use terms::selection::{EventValued, PanelDrawn, SeedCommitted, SeedRevealed};
use terms::{Behalf, CandidacyId, Commitment, Day, Word};

use super::{Refusal, SECRET_MAX};
use crate::call::{Call, Party, Stage};
use crate::lots;

/// Characters of an outcome, at most.
const OUTCOME_MAX: usize = 120;

fn party<'a>(call: &'a Call, who: &Behalf) -> Result<&'a Party, Vec<Refusal>> {
    call.parties.iter().find(|party| party.who == *who).ok_or_else(|| vec![Refusal::NoParty])
}

/// The party is to be committed to a secret.
///
/// **Errors** the pool is not frozen, or the days to commit are over; who acts is no party, or has committed; no digest.
pub fn commit(call: &Call, who: &Behalf, digest: &str, today: Day) -> Result<Word, Vec<Refusal>> {
    let party = party(call, who)?;
    if call.stage(today) != Stage::Committing {
        return Err(vec![Refusal::NotNow("selection-refused-not-committing")]);
    }
    if party.digest.is_some() {
        return Err(vec![Refusal::CommittedAlready]);
    }
    let digest = Commitment::parse(&digest.trim().to_lowercase()).ok_or_else(|| vec![Refusal::NotDigest])?;
    Ok(Word::SeedCommitted(SeedCommitted { call: call.id.clone(), party: who.clone(), digest }))
}

/// The party is to have revealed its secret.
///
/// **Errors** some may still commit, or the days to reveal are over; who acts is no party, has not committed, or has revealed; other characters than
/// small letters and digits, fewer than 16 or too many; not what was committed to.
pub fn reveal(call: &Call, who: &Behalf, secret: &str, today: Day) -> Result<Word, Vec<Refusal>> {
    let party = party(call, who)?;
    if call.stage(today) != Stage::Revealing {
        return Err(vec![Refusal::NotNow("selection-refused-not-revealing")]);
    }
    let digest = party.digest.ok_or_else(|| vec![Refusal::NotCommitted])?;
    if party.secret.is_some() {
        return Err(vec![Refusal::RevealedAlready]);
    }
    let secret = secret.trim();
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if !secret.bytes().all(sound) || !(sortition::SECRET_MIN..=SECRET_MAX).contains(&secret.len()) {
        return Err(vec![Refusal::NotSecret]);
    }
    let said = sortition::Commitment::new(&who.party_name(), secret.as_bytes());
    if said.map_err(|_| vec![Refusal::NotSecret])?.digest.as_bytes() != &digest.0 {
        return Err(vec![Refusal::NotMatching]);
    }
    let (call, party, secret) = (call.id.clone(), who.clone(), secret.to_owned());
    Ok(Word::SeedRevealed(SeedRevealed { call, party, secret }))
}

/// How the event came out is to be recorded; it is written twice, since the draw follows at once.
///
/// **Errors** the event is to come, or nobody revealed; other characters than letters, digits, spaces and dashes; the two writings differ; nothing
/// says where it can be checked.
pub fn value(
    call: &Call,
    outcome: &str,
    again: &str,
    shown_by: &str,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    match call.stage(today) {
        Stage::Drawing => {}
        Stage::Awaiting => {
            let day = call.seed.as_ref().map_or(today, |rule| rule.event_on);
            return Err(vec![Refusal::EventToCome(day)]);
        }
        _ => return Err(vec![Refusal::NotNow("selection-refused-not-drawing")]),
    }
    // One space between words, whatever was typed: the seed is a hash of it.
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (outcome, again) = (tidy(outcome), tidy(again));
    let sound = |c: char| c.is_alphanumeric() || " -.,:/".contains(c);
    let mut refusals = Vec::new();
    if outcome.is_empty() || outcome.chars().count() > OUTCOME_MAX || !outcome.chars().all(sound) {
        refusals.push(Refusal::NotOutcome);
    }
    if outcome != again {
        refusals.push(Refusal::OutcomesDiffer);
    }
    if shown_by.is_empty() {
        refusals.push(Refusal::NoText("ou"));
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let shown_by = shown_by.to_owned();
    Ok(Word::EventValued(EventValued { call: call.id.clone(), outcome, shown_by }))
}

/// The lottery that was announced, as its enclosure spells it.
pub struct Lots(Transcript);

impl Lots {
    /// The lottery in this JSON, if it is the one announced.
    #[must_use]
    pub fn read(json: &str, announced: &Commitment) -> Option<Self> {
        let transcript: Transcript = serde_json::from_str(json).ok()?;
        (transcript.lots()?.digest().as_bytes() == &announced.0).then_some(Self(transcript))
    }

    /// The transcript with this seed.
    #[must_use]
    pub fn drawn(self, seed: &sortition::Seed) -> Transcript {
        self.0.drawn(seed)
    }
}

/// The panel is to be drawn: nobody chooses anything here, it follows from what is on the record.
///
/// **Errors** no lottery is announced or at hand; the seed cannot be made of what was revealed.
pub fn draw(call: &Call, outcome: &str, lots: Option<Lots>) -> Result<Word, Vec<Refusal>> {
    let announced = call.frozen.as_ref().and_then(|frozen| frozen.lottery.as_ref());
    let (Some(announced), Some(lots)) = (announced, lots) else { return Err(vec![Refusal::NoLottery]) };
    let seed = lots::seed(call, outcome).map_err(|_| vec![Refusal::NoLottery])?;
    let drawn = lots.drawn(&seed);
    let ids = |ids: &[String]| -> Result<Vec<CandidacyId>, Vec<Refusal>> {
        let parsed: Result<Vec<_>, _> = ids.iter().map(|id| CandidacyId::parse(id)).collect();
        parsed.map_err(|_| vec![Refusal::NoLottery])
    };
    Ok(Word::PanelDrawn(PanelDrawn {
        call: call.id.clone(),
        seed: seed.to_string(),
        lottery_sha256: announced.lottery_sha256,
        panel: ids(&drawn.panel)?,
        alternates: ids(&drawn.alternates)?,
    }))
}
