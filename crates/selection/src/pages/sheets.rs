//! What every form of the room does alike: its page, and what follows when it is sent.

use record::Desk;
use terms::{Behalf, Word};
use web::{Form, Markup, Page, Refusals, Stop, Visit, html};

use crate::acts::{Refusal, hint};
use crate::call::Call;

/// What acts refused as the page shows it: quotas that cannot be met stand with everything that could be relaxed.
pub(super) fn refused(refusals: &mut Refusals, more: Vec<Refusal>) {
    for refusal in more {
        let hints = match &refusal {
            Refusal::Infeasible(hints) => hints.iter().map(hint).collect(),
            _ => Vec::new(),
        };
        refusals.0.push(refusal.into());
        for (key, arguments) in hints {
            refusals.add_with("", key, arguments);
        }
    }
}

/// The word is appended, or what acts refused is added to what the form did.
pub(super) fn appended(
    desk: &mut Desk<'_>,
    visit: &Visit,
    behalf: Behalf,
    mut refusals: Refusals,
    decided: Result<Word, Vec<Refusal>>,
) -> Result<(), Stop> {
    match decided {
        Ok(word) => {
            refusals.or(())?;
            visit.append(desk, behalf, word)?;
            Ok(())
        }
        Err(more) => {
            refused(&mut refusals, more);
            Err(refusals.into())
        }
    }
}

/// The text as an enclosure; none where nothing was written. One over `most` characters is refused.
pub(super) fn text(
    desk: &mut Desk<'_>,
    form: &Form,
    field: &str,
    most: usize,
    refusals: &mut Refusals,
) -> Result<Option<terms::Enclosed>, Stop> {
    form.at_most(field, most, refusals);
    Ok(match form.optional(field) {
        Some(text) => Some(desk.enclose_text(text)?),
        None => None,
    })
}

/// A form about a call: what it does heads it and stands on its button.
pub(super) struct Sheet<'a> {
    pub(super) call: &'a Call,
    /// The call's title.
    pub(super) named: String,
    /// The message that says what it does.
    pub(super) key: &'static str,
    /// Where it is sent, below the call's address.
    pub(super) action: &'a str,
    /// What comes before the form.
    pub(super) lead: Markup,
    pub(super) fields: Markup,
}

impl Sheet<'_> {
    pub(super) fn page(self, visit: &Visit, refusals: &Refusals) -> Page {
        let title = visit.say(self.key);
        let address = format!("/appels/{}", self.call.id);
        let body = html! {
            h1 { (title) }
            p.lead { (self.named) }
            (self.lead)
            (visit.error_summary(refusals))
            form method="post" action=(visit.link(&format!("{address}/{}", self.action))) enctype="multipart/form-data" {
                (visit.token_field())
                (self.fields)
                button { (title) }
            }
        };
        Page::new(title, body)
            .under(visit.say("selection-title"), "/appels")
            .under(self.named, &address)
            .exercise(self.call.exercise)
    }
}
