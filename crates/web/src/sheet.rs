//! Forms as pages: shown, sent, and shown again with what there is to mend.

use axum::http::StatusCode;
use maud::Markup;
use record::directory::{self, Kind};
use record::{Desk, Tx};
use terms::{Behalf, SourceId, Word};

use crate::{Form, Input, Outcome, Page, Refusal, Refusals, Stop, Visit};

/// How many names a refusal lists at most.
const CANDIDATES_MAX: usize = 6;

/// The page of a form about something (empty where it is about nothing yet), with what was sent and what there is to mend.
pub type FormPage = fn(&mut Tx<'_>, &Visit, &str, &Form, &Refusals) -> Result<Page, Stop>;

impl Visit {
    /// The page of a form, with what it begins with.
    ///
    /// **Errors** those of the page.
    pub async fn begun(&self, id: String, begun: Form, page: FormPage) -> Outcome {
        self.page(move |tx, visit| page(tx, visit, &id, &begun, &Refusals::default())).await
    }

    /// After an act: on to the address that it names; or back to the form with everything there is to mend, every value kept.
    ///
    /// **Errors** what stopped the act, other than a refusal.
    pub async fn after(
        &self,
        id: String,
        form: Form,
        sealed: Result<String, Stop>,
        page: FormPage,
    ) -> Outcome {
        match sealed {
            Ok(onward) => Ok(self.see_other(&onward)),
            Err(Stop::Refused(refusals)) => {
                let again = move |tx: &mut Tx<'_>, visit: &Visit| page(tx, visit, &id, &form, &refusals);
                self.page_with(StatusCode::UNPROCESSABLE_ENTITY, again).await
            }
            Err(stop) => Err(stop),
        }
    }

    /// The word is appended; or what acts refused is added to what the form did, and nothing is.
    ///
    /// **Errors** everything there is to mend; the database refused.
    pub fn append_or<R: Into<Refusal>>(
        &self,
        desk: &mut Desk<'_>,
        behalf: Behalf,
        mut refusals: Refusals,
        decided: Result<Word, Vec<R>>,
    ) -> Result<(), Stop> {
        match decided {
            Ok(word) => {
                refusals.or(())?;
                self.append(desk, behalf, word)?;
                Ok(())
            }
            Err(more) => {
                refusals.0.extend(more.into_iter().map(Into::into));
                Err(refusals.into())
            }
        }
    }
}

/// The id of the one thing of this kind that the field names; nothing, or several, is refused with the names found.
///
/// **Errors** the database refused.
pub fn one_named(
    tx: &mut Tx<'_>,
    kind: Kind,
    form: &Form,
    field: &str,
    refusals: &mut Refusals,
) -> Result<Option<String>, Stop> {
    let Some(text) = form.optional(field) else {
        refusals.add(field, "form-required");
        return Ok(None);
    };
    let found = match kind {
        Kind::Place => directory::places_called(tx, text, CANDIDATES_MAX)?,
        _ => directory::called(tx, kind, text, CANDIDATES_MAX)?,
    };
    match found.as_slice() {
        [one] => return Ok(Some(one.id.clone())),
        [] => {
            let arguments = vec![("text", text.chars().take(60).collect())];
            refusals.add_with(field, "form-nobody", arguments);
        }
        several => {
            let names = several.iter().map(|n| format!("{} [{}]", n.fr.as_deref().unwrap_or_default(), n.id));
            let names = names.collect::<Vec<_>>().join(", ");
            refusals.add_with(field, "form-several", vec![("names", names)]);
        }
    }
    Ok(None)
}

/// The source that the field `source` names; one that the record does not cite is refused.
///
/// **Errors** the database refused.
pub fn source_of(tx: &mut Tx<'_>, form: &Form, refusals: &mut Refusals) -> Result<Option<SourceId>, Stop> {
    let Some(id) = form.optional("source") else { return Ok(None) };
    let known = directory::look_up(tx, Kind::Source, id)?.and_then(|_| SourceId::parse(id).ok());
    if known.is_none() {
        refusals.add("source", "form-unknown-source");
    }
    Ok(known)
}

/// What the fields of a form need to show themselves. Labels and hints are keys of messages.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// Who visits.
    pub visit: &'a Visit,
    /// What was sent, or the form begins with.
    pub form: &'a Form,
    /// What there is to mend.
    pub refusals: &'a Refusals,
}

impl Fields<'_> {
    /// A line of text.
    #[must_use]
    pub fn text(&self, name: &str, key: &str, hint: Option<&str>) -> Markup {
        self.visit.text_field(&self.input(name, key, hint), "text", self.form, self.refusals)
    }

    /// Several lines of text.
    #[must_use]
    pub fn area(&self, name: &str, key: &str, hint: Option<&str>, rows: u8) -> Markup {
        self.visit.text_area(&self.input(name, key, hint), rows, self.form, self.refusals)
    }

    /// A day.
    #[must_use]
    pub fn day(&self, name: &str, key: &str, hint: Option<&str>) -> Markup {
        self.visit.text_field(&self.input(name, key, hint), "date", self.form, self.refusals)
    }

    /// A file of the kinds that are kept.
    #[must_use]
    pub fn file(&self, name: &str, key: &str, hint: Option<&str>) -> Markup {
        self.visit.file_field(&self.input(name, key, hint), self.refusals)
    }

    /// One of several choices, each a value and its label.
    #[must_use]
    pub fn choice(&self, name: &str, key: &str, hint: Option<&str>, choices: &[(String, String)]) -> Markup {
        self.visit.choice_field(&self.input(name, key, hint), choices, self.form, self.refusals)
    }

    /// One of the sources that the record cites, in the field that [`source_of`] reads.
    ///
    /// **Errors** the database refused.
    pub fn source(&self, tx: &mut Tx<'_>, key: &str, hint: &str) -> Result<Markup, Stop> {
        let sources = directory::all(tx, Kind::Source)?;
        let choices: Vec<_> = sources.into_iter().map(|s| (s.id.clone(), s.fr.unwrap_or(s.id))).collect();
        Ok(self.choice("source", key, Some(hint), &choices))
    }

    fn input<'a>(&self, name: &'a str, key: &str, hint: Option<&str>) -> Input<'a> {
        let input = Input::new(name, self.visit.say(key));
        match hint {
            Some(hint) => input.hint(self.visit.say(hint)),
            None => input,
        }
    }
}
