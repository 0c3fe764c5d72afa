//! Forms: what a person sent, and what they can mend in it.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::{Day, Media};

use crate::session::same;
use crate::{House, Stop, Visit};

/// The field that carries the form token.
pub(crate) const TOKEN: &str = "jeton";

/// Bytes a form may have, files included.
pub(crate) const BYTES_MAX: usize = 6 << 20;

/// Bytes of text one field may have.
const FIELD_MAX: usize = 20_000;

/// One thing the person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field that mends it; empty when it is none in particular.
    pub field: String,
    /// The message that says what to do.
    pub key: &'static str,
    /// What stands in the message.
    pub arguments: Vec<(&'static str, String)>,
}

/// All that the person can mend, at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusals(pub Vec<Refusal>);

impl Refusals {
    /// One more thing to mend.
    pub fn add(&mut self, field: &str, key: &'static str) {
        self.0.push(Refusal { field: field.to_owned(), key, arguments: Vec::new() });
    }

    /// One more thing to mend, with what stands in its message.
    pub fn add_with(&mut self, field: &str, key: &'static str, arguments: Vec<(&'static str, String)>) {
        self.0.push(Refusal { field: field.to_owned(), key, arguments });
    }

    /// `good` if there is nothing to mend.
    ///
    /// **Errors** whatever there is to mend.
    pub fn or<T>(self, good: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(good) } else { Err(self) }
    }

    /// Whether there is nothing to mend.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}

/// A file as sent: what it is and its bytes. Its name on the sender's machine is not kept.
#[derive(Clone)]
pub struct Upload {
    /// The field.
    pub field: String,
    /// What its first bytes say it is; `None` for what is not taken.
    pub media: Option<Media>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a person sent: fields, files, checked to come from our own page.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
}

impl Form {
    /// A form with these fields: what a page shows again, or a test sends.
    #[must_use]
    pub fn of(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { fields, files: Vec::new() }
    }

    /// The field's text without surrounding space; empty where it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The field's text, unless empty.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The field's text; an empty one or one over `most` characters is refused.
    pub fn required(&self, name: &str, most: usize, refusals: &mut Refusals) -> String {
        let text = self.text(name);
        if text.is_empty() {
            refusals.add(name, "form-required");
        }
        self.at_most(name, most, refusals);
        text.to_owned()
    }

    /// The field's text over `most` characters is refused.
    pub fn at_most(&self, name: &str, most: usize, refusals: &mut Refusals) {
        let count = self.text(name).chars().count();
        if count > most {
            refusals.add_with(
                name,
                "form-too-long",
                vec![("most", most.to_string()), ("count", count.to_string())],
            );
        }
    }

    /// The field's day; text that is no day is refused. Days are `AAAA-MM-JJ`, or `JJ/MM/AAAA` as people write.
    pub fn day(&self, name: &str, refusals: &mut Refusals) -> Option<Day> {
        let text = self.optional(name)?;
        let day = parse_day(text);
        if day.is_none() {
            refusals.add_with(name, "form-not-a-day", vec![("text", text.chars().take(20).collect())]);
        }
        day
    }

    /// The field's day; nothing, or text that is no day, is refused.
    pub fn required_day(&self, name: &str, refusals: &mut Refusals) -> Option<Day> {
        if self.optional(name).is_none() {
            refusals.add(name, "form-required");
        }
        self.day(name, refusals)
    }

    /// The field's whole number; other text is refused.
    pub fn number(&self, name: &str, refusals: &mut Refusals) -> Option<u16> {
        let text = self.optional(name)?;
        let number = text.parse().ok();
        if number.is_none() {
            refusals.add_with(name, "form-not-a-number", vec![("text", text.chars().take(20).collect())]);
        }
        number
    }

    /// Every value of a field that may stand several times, empty ones left out.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        let values = self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty()).collect()
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The field's file, whatever it is: for pages that read it and keep nothing of it.
    #[must_use]
    pub fn upload(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|upload| upload.field == name)
    }

    /// The field's file; one that is neither PDF, JPEG nor PNG is refused.
    pub fn file(&self, name: &str, refusals: &mut Refusals) -> Option<(Media, &[u8])> {
        let upload = self.files.iter().find(|upload| upload.field == name && !upload.bytes.is_empty())?;
        if upload.media.is_none() {
            refusals.add(name, "form-file-kind");
        }
        upload.media.map(|media| (media, upload.bytes.as_slice()))
    }
}

/// The day that `AAAA-MM-JJ` or `JJ/MM/AAAA` spells.
pub(crate) fn parse_day(text: &str) -> Option<Day> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split('/').map(|part| part.trim().parse::<i16>());
    match (parts.next()?, parts.next()?, parts.next()?, parts.next()) {
        (Ok(day), Ok(month), Ok(year), None) => {
            Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        _ => None,
    }
}

impl FromRequest<House> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, house: &House) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit =
            Visit::from_request_parts(&mut parts, house).await.map_err(IntoResponse::into_response)?;
        // A browser says where a form was sent from; another site's form is refused before it is read.
        let foreign = parts
            .headers
            .get("sec-fetch-site")
            .is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"));
        if foreign {
            return Err(Stop::Stale.into_response());
        }
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let several = kind.starts_with("multipart/form-data");
        let request = Request::from_parts(parts, body);
        let form = if several { multipart(request, house).await } else { urlencoded(request, house).await };
        let form = form.map_err(IntoResponse::into_response)?;
        match visit.form_token() {
            Some(expected) if !same(&expected, form.text(TOKEN)) => Err(Stop::Stale.into_response()),
            _ => Ok(form),
        }
    }
}

async fn urlencoded(request: Request, house: &House) -> Result<Form, Stop> {
    let axum::Form(fields) = axum::Form::<Vec<(String, String)>>::from_request(request, house)
        .await
        .map_err(|refused| unread(refused.into_response().status()))?;
    kept(Form { fields, files: Vec::new() })
}

async fn multipart(request: Request, house: &House) -> Result<Form, Stop> {
    let mut parts = Multipart::from_request(request, house).await.map_err(|_| Stop::Malformed)?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(|refused| unread(refused.status()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|refused| unread(refused.status()))?.to_vec();
        if is_file {
            form.files.push(Upload { field: name, media: Media::of_file(&bytes), bytes });
        } else {
            form.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    kept(form)
}

/// Why a form was not read: it is too large, or it is none.
fn unread(status: StatusCode) -> Stop {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Stop::TooLarge } else { Stop::Malformed }
}

fn kept(form: Form) -> Result<Form, Stop> {
    let over = form.fields.iter().any(|(_, value)| value.len() > FIELD_MAX) || form.fields.len() > 500;
    if over { Err(Stop::TooLarge) } else { Ok(form) }
}

/// One field of a form as the page shows it: label, hint, what is wrong, what was sent.
pub struct Input<'a> {
    /// The field's name.
    pub name: &'a str,
    /// Its label.
    pub label: String,
    /// What helps to fill it.
    pub hint: Option<String>,
    /// What the browser may fill in by itself, as HTML names it.
    pub autocomplete: Option<&'static str>,
    /// Nothing chosen means everything: the field narrows a list.
    pub narrows: bool,
}

impl Visit {
    /// The list of what is to be mended, each line leading to its field. Empty markup when there is nothing.
    #[must_use]
    pub fn error_summary(&self, refusals: &Refusals) -> Markup {
        html! {
            @if !refusals.is_empty() {
                div.errors role="alert" tabindex="-1" aria-labelledby="a-corriger" {
                    h2 id="a-corriger" { (self.say("form-there-is-a-problem")) }
                    ul {
                        @for refusal in &refusals.0 {
                            li {
                                @if refusal.field.is_empty() { (self.refusal(refusal)) }
                                @else { a href={ "#" (refusal.field) } { (self.refusal(refusal)) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The sentence of a refusal.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let arguments: Vec<(&str, crate::Say<'_>)> =
            refusal.arguments.iter().map(|(name, value)| (*name, value.into())).collect();
        self.say_with(refusal.key, &arguments)
    }

    /// The hidden field that shows a form comes from our own page.
    #[must_use]
    pub fn token_field(&self) -> Markup {
        html! { @if let Some(token) = self.form_token() { input type="hidden" name=(TOKEN) value=(token); } }
    }

    /// A line of text. A password is never sent back to the page.
    #[must_use]
    pub fn text_field(&self, input: &Input<'_>, kind: &str, form: &Form, refusals: &Refusals) -> Markup {
        let secret = kind == "password";
        let autocomplete = input.autocomplete.or(secret.then_some("current-password"));
        let value = if secret { "" } else { form.text(input.name) };
        let digits = (autocomplete == Some("one-time-code")).then_some("numeric");
        self.field(input, refusals, |described| {
            html! {
                input id=(input.name) name=(input.name) type=(kind) value=(value)
                    autocomplete=[autocomplete] inputmode=[digits] aria-describedby=[described.0] aria-invalid=[described.1];
            }
        })
    }

    /// Several lines of text.
    #[must_use]
    pub fn text_area(&self, input: &Input<'_>, rows: u8, form: &Form, refusals: &Refusals) -> Markup {
        self.field(input, refusals, |described| {
            html! {
                textarea id=(input.name) name=(input.name) rows=(rows) aria-describedby=[described.0] aria-invalid=[described.1] {
                    (form.text(input.name))
                }
            }
        })
    }

    /// One of several choices, each a value and its label.
    #[must_use]
    pub fn choice_field(
        &self,
        input: &Input<'_>,
        choices: &[(String, String)],
        form: &Form,
        refusals: &Refusals,
    ) -> Markup {
        self.field(input, refusals, |described| {
            html! {
                select id=(input.name) name=(input.name) aria-describedby=[described.0] aria-invalid=[described.1] {
                    option value="" { (self.say(if input.narrows { "form-all" } else { "form-choose" })) }
                    @for (value, label) in choices {
                        option value=(value) selected[form.text(input.name) == value] { (label) }
                    }
                }
            }
        })
    }

    /// A file of the kinds that are kept.
    #[must_use]
    pub fn file_field(&self, input: &Input<'_>, refusals: &Refusals) -> Markup {
        self.any_file_field(input, ".pdf,.jpg,.jpeg,.png", refusals)
    }

    /// A file of the kinds that `accept` names.
    #[must_use]
    pub fn any_file_field(&self, input: &Input<'_>, accept: &str, refusals: &Refusals) -> Markup {
        self.field(input, refusals, |described| {
            html! {
                input id=(input.name) name=(input.name) type="file" accept=(accept)
                    aria-describedby=[described.0] aria-invalid=[described.1];
            }
        })
    }

    /// A box to tick.
    #[must_use]
    pub fn tick_field(&self, input: &Input<'_>, form: &Form) -> Markup {
        html! {
            div.check {
                input id=(input.name) name=(input.name) type="checkbox" value="oui" checked[form.ticked(input.name)];
                label for=(input.name) {
                    (input.label)
                    @if let Some(hint) = &input.hint { span.hint { (hint) } }
                }
            }
        }
    }

    fn field(
        &self,
        input: &Input<'_>,
        refusals: &Refusals,
        control: impl FnOnce((Option<String>, Option<&'static str>)) -> Markup,
    ) -> Markup {
        let wrong: Vec<_> = refusals.0.iter().filter(|refusal| refusal.field == input.name).collect();
        let (hint_id, wrong_id) = (format!("{}-aide", input.name), format!("{}-erreur", input.name));
        let invalid = (!wrong.is_empty()).then_some("true");
        let described = match (input.hint.is_some(), wrong.is_empty()) {
            (true, true) => Some(hint_id.clone()),
            (true, false) => Some(format!("{hint_id} {wrong_id}")),
            (false, false) => Some(wrong_id.clone()),
            (false, true) => None,
        };
        html! {
            div.field.wrong[!wrong.is_empty()] {
                label for=(input.name) { (input.label) }
                @if let Some(hint) = &input.hint { span.hint id=(hint_id) { (hint) } }
                @if !wrong.is_empty() {
                    span.error id=(wrong_id) { @for refusal in wrong { (self.refusal(refusal)) " " } }
                }
                (control((described, invalid)))
            }
        }
    }
}

impl<'a> Input<'a> {
    /// A field with its label.
    #[must_use]
    pub fn new(name: &'a str, label: String) -> Self {
        Self { name, label, hint: None, autocomplete: None, narrows: false }
    }

    /// A field that narrows a list: nothing chosen means everything.
    #[must_use]
    pub fn narrowing(name: &'a str, label: String) -> Self {
        Self { narrows: true, ..Self::new(name, label) }
    }

    /// The same with help.
    #[must_use]
    pub fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The same, which the browser may fill in by itself: `username`, `new-password`, `one-time-code`.
    #[must_use]
    pub fn autocomplete(self, what: &'static str) -> Self {
        Self { autocomplete: Some(what), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_taken_as_people_write_them() {
        let day = |y, m, d| Day::new(y, m, d).ok();
        assert_eq!(parse_day("2026-03-02"), day(2026, 3, 2));
        assert_eq!(parse_day("2/3/2026"), day(2026, 3, 2));
        assert_eq!(parse_day("02/03/2026"), day(2026, 3, 2));
        for bad in ["", "2026-02-30", "31/4/2026", "3 mars", "1/2/3/4", "999999/1/1"] {
            assert_eq!(parse_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn all_refusals_come_at_once() {
        let form = Form::of(&[("titre", "  "), ("jour", "hier"), ("nombre", "douze")]);
        let mut refusals = Refusals::default();
        form.required("titre", 10, &mut refusals);
        form.required_day("jour", &mut refusals);
        form.number("nombre", &mut refusals);
        let keys: Vec<_> = refusals.0.iter().map(|r| (r.field.as_str(), r.key)).collect();
        assert_eq!(
            keys,
            [("titre", "form-required"), ("jour", "form-not-a-day"), ("nombre", "form-not-a-number")]
        );
    }
}
