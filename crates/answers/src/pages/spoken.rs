//! What the pages of this room say alike: names, stages, sentences of the exchange, quoted texts.

use std::collections::HashMap;

use record::directory::{Kind, look_up, search};
use record::{Fault, Tx};
use web::{Cell, Language, Markup, Say, Visit, html, quoted_of};

use crate::case::{Case, Stage};
use crate::tables::{Enclosure, Told};

/// Names of bodies, organisations and places in the visitor's language, each asked once.
pub(super) struct Names<'v> {
    visit: &'v Visit,
    known: HashMap<(Kind, String), String>,
}

impl<'v> Names<'v> {
    pub(super) fn new(visit: &'v Visit) -> Self {
        Self { visit, known: HashMap::new() }
    }

    pub(super) fn body(&mut self, tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
        self.of(tx, Kind::Body, id)
    }

    pub(super) fn organisation(&mut self, tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
        self.of(tx, Kind::Organisation, id)
    }

    pub(super) fn place(&mut self, tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
        self.of(tx, Kind::Place, id)
    }

    pub(super) fn kind_of_body(&mut self, tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
        self.of(tx, Kind::BodyKind, id)
    }

    /// The name of `body/…` or `organisation/…`.
    pub(super) fn party(&mut self, tx: &mut Tx<'_>, party: &str) -> Result<String, Fault> {
        match party.split_once('/') {
            Some(("organisation", id)) => self.organisation(tx, id),
            Some((_, id)) => self.body(tx, id),
            None => Ok(String::new()),
        }
    }

    fn of(&mut self, tx: &mut Tx<'_>, kind: Kind, id: &str) -> Result<String, Fault> {
        let key = (kind, id.to_owned());
        if let Some(name) = self.known.get(&key) {
            return Ok(name.clone());
        }
        let named = look_up(tx, kind, id)?;
        let english = named.as_ref().filter(|_| self.visit.language() == Language::English);
        let english = english.and_then(|named| named.en.clone());
        let name = english.or(named.and_then(|named| named.fr)).unwrap_or_else(|| id.to_owned());
        self.known.insert(key, name.clone());
        Ok(name)
    }
}

/// The one thing of this kind that a person named, by its id or by words that only it has.
pub(super) fn named_by(tx: &mut Tx<'_>, kind: Kind, text: &str) -> Result<Option<String>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(named) = look_up(tx, kind, text)? {
        return Ok(Some(named.id));
    }
    let found: Vec<_> = search(tx, text, 50)?.into_iter().filter(|named| named.kind == kind).collect();
    let wanted = record::directory::fold(text);
    let exact = found
        .iter()
        .find(|named| named.fr.as_deref().is_some_and(|name| record::directory::fold(name) == wanted));
    Ok(match (exact, found.as_slice()) {
        (Some(exact), _) => Some(exact.id.clone()),
        (None, [only]) => Some(only.id.clone()),
        _ => None,
    })
}

/// The recommendation's title, or that it was withdrawn.
pub(super) fn title(visit: &Visit, title: Option<&str>) -> String {
    title.map_or_else(|| visit.say("answers-title-withdrawn"), str::to_owned)
}

/// The title in a feed or calendar, which shows no badge: an exercise says so in words.
pub(super) fn plain_title(visit: &Visit, text: Option<&str>, exercise: bool) -> String {
    let title = title(visit, text);
    if exercise { visit.say_with("answers-exercise-title", &[("title", title.into())]) } else { title }
}

/// The badge of a stage: its message and its class.
pub(super) fn stage_badge(stage: Stage) -> (String, &'static str) {
    let class = match stage {
        Stage::Silent => "silence",
        Stage::Unacknowledged => "late",
        Stage::Insufficient | Stage::Waiting | Stage::Paused => "waiting",
        Stage::Answered => "answered",
        Stage::Closed => "",
    };
    (format!("answers-stage-{}", stage.as_str()), class)
}

/// A stage as a cell.
pub(super) fn stage_cell(stage: Stage) -> Cell {
    let (label, class) = stage_badge(stage);
    Cell::Badge { word: stage.as_str().to_owned(), label, class }
}

/// The badges of a case: how it stands, and whether the answer came in time.
pub(super) fn badges(visit: &Visit, case: &Case) -> Markup {
    let (label, class) = stage_badge(case.stage());
    html! {
        span class={ "badge " (class) } { (visit.say(&label)) } " "
        @match case.in_time() {
            Some(true) => span.badge.answered { (visit.say("answers-in-time")) },
            Some(false) => span.badge.late { (visit.say("answers-late")) },
            None => {}
        }
    }
}

/// The strength of proof of a way: 1 the strongest, 5 the weakest.
pub(super) fn strength(channel: &str) -> Option<i64> {
    let rank = terms::answers::Channel::ALL.iter().position(|way| way.as_str() == channel)?;
    i64::try_from(rank + 1).ok()
}

/// By which way something came, with its strength.
pub(super) fn channel_text(visit: &Visit, channel: &str) -> String {
    let rank = strength(channel).unwrap_or(0);
    let name = visit.say(&format!("answers-channel-{channel}"));
    visit.say_with("answers-strength", &[("channel", name.into()), ("rank", rank.into())])
}

/// A text of the exchange in quotation, or that it was withdrawn; nothing where there never was one.
pub(super) fn quotation(visit: &Visit, text: &Enclosure, entry: u64) -> Markup {
    html! { @if let Some(text) = text { blockquote { (quoted_of(visit, text.as_deref(), entry)) } } }
}

/// A short enclosed text inside a sentence.
pub(super) fn inline(visit: &Visit, text: &Enclosure) -> Option<String> {
    text.as_ref().map(|text| text.clone().unwrap_or_else(|| visit.say("answers-withdrawn")))
}

/// What a line of the exchange says, in a sentence.
pub(super) fn sentence(
    tx: &mut Tx<'_>,
    visit: &Visit,
    names: &mut Names<'_>,
    told: &Told,
) -> Result<String, Fault> {
    let addressee = match &told.addressee {
        Some(body) => names.body(tx, body.as_str())?,
        None => String::new(),
    };
    let other = match &told.other {
        Some(party) => names.party(tx, party)?,
        None => String::new(),
    };
    let cause = match &told.cause {
        Some(cause) => names.of(tx, Kind::PauseCause, cause)?,
        None => String::new(),
    };
    let due = told.due.map(|due| visit.day_text(due)).unwrap_or_default();
    let state = told.state.as_deref().map(|word| match told.kind.as_str() {
        "closed" => visit.say(&format!("answers-ground-{word}")),
        _ => visit.say(&format!("answers-progress-{word}")),
    });
    let proof = told.proof.as_deref().map(|word| visit.say(&format!("answers-proof-{word}")));
    let key = match (told.kind.as_str(), told.awaited.as_deref()) {
        ("silence", Some(awaited)) => format!("answers-told-silence-{awaited}"),
        ("answered", _) if told.substance == Some(false) => "answers-told-answered-in-part".to_owned(),
        ("resumed", _) if told.due.is_none() => "answers-told-resumed-undated".to_owned(),
        (kind, _) => format!("answers-told-{kind}"),
    };
    let arguments: [(&str, Say<'_>); 9] = [
        ("addressee", addressee.into()),
        ("other", other.into()),
        ("cause", cause.into()),
        ("due", due.into()),
        ("state", state.unwrap_or_default().into()),
        ("proof", proof.unwrap_or_default().into()),
        ("step", told.step.unwrap_or(0).into()),
        ("point", told.point.unwrap_or(0).into()),
        ("days", told.days.unwrap_or(0).into()),
    ];
    Ok(visit.say_with(&key, &arguments))
}
