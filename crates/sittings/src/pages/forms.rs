//! The forms of secretaries: a sitting held, a month without one.

use axum::extract::Path;
use axum::http::StatusCode;
use record::{Desk, Tx, directory};
use terms::sittings::Evidence;
use terms::{Behalf, BodyId, Media, SittingId, SourceId, Word};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::{behalf, body_name, evidence_label, payer_label};
use crate::acts::{self, Draft, Minutes, PAYERS, Refusal};
use crate::tables;

/// The page of one of the forms, with what was sent and what there is to mend.
type FormPage = fn(&mut Tx<'_>, &Visit, &BodyId, &Form, &Refusals) -> Result<Page, Stop>;

pub(super) async fn held_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, &id, held_page).await
}

pub(super) async fn missed_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, &id, missed_page).await
}

async fn shown(visit: Visit, id: &str, form: FormPage) -> Outcome {
    let (body, _) = entitled(&visit, id)?;
    visit.page(move |tx, visit| form(tx, visit, &body, &Form::default(), &Refusals::default())).await
}

/// The body, and for whom the visitor writes.
///
/// **Errors** nobody is signed in; no id of a body; neither its secretary nor a steward.
fn entitled(visit: &Visit, id: &str) -> Result<(BodyId, Behalf), Stop> {
    visit.signed_in()?;
    let body = BodyId::parse(id).map_err(|_| Stop::NotFound)?;
    let behalf = behalf(visit, &body).ok_or(Stop::NoStanding)?;
    Ok((body, behalf))
}

async fn again(visit: Visit, body: BodyId, form: Form, refusals: Refusals, page: FormPage) -> Outcome {
    let compose = move |tx: &mut Tx<'_>, visit: &Visit| page(tx, visit, &body, &form, &refusals);
    visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, compose).await
}

pub(super) async fn hold(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (body, behalf) = entitled(&visit, &id)?;
    let (sent, of) = (form.clone(), body.clone());
    let sealed = visit.seal(move |desk, visit| held(desk, visit, &of, behalf, &sent)).await;
    match sealed {
        Ok(sitting) => Ok(visit.see_other(&format!("/reunions/{sitting}"))),
        Err(Stop::Refused(refusals)) => again(visit, body, form, refusals, held_page).await,
        Err(stop) => Err(stop),
    }
}

fn held(
    desk: &mut Desk<'_>,
    visit: &Visit,
    body: &BodyId,
    behalf: Behalf,
    form: &Form,
) -> Result<SittingId, Stop> {
    known(desk.tx(), body)?;
    let mut refusals = Refusals::default();
    form.at_most("objet", 500, &mut refusals);
    form.at_most("pv-texte", 20_000, &mut refusals);
    let file = form.file("pv", &mut refusals).map(|(media, bytes)| (media, bytes.to_vec()));
    let text = form.optional("pv-texte");
    let draft = draft(desk.tx(), visit, body, form, (file.is_some(), text.is_some()), &mut refusals)?;
    let Some(draft) = draft else { return Err(refusals.into()) };
    let same_day = !tables::days(desk.tx(), body, draft.on, draft.on)?.is_empty();
    let mut word = match acts::hold(draft, same_day, visit.today()) {
        Ok(word) => refusals.or(word)?,
        Err(more) => {
            refusals.0.extend(more.into_iter().map(Into::into));
            return Err(refusals.into());
        }
    };
    if let Some(subject) = form.optional("objet") {
        word.subject = Some(desk.enclose_text(subject)?);
    }
    word.minutes = match (file, text) {
        (Some((media, bytes)), _) => Some(desk.enclose(media, &bytes)?),
        (None, Some(text)) => Some(desk.enclose(Media::Text, text.as_bytes())?),
        (None, None) => None,
    };
    let id = word.id.clone();
    visit.append(desk, behalf, Word::SittingHeld(word))?;
    Ok(id)
}

/// The sitting as written; `None` when there is no day to speak of.
fn draft(
    tx: &mut Tx<'_>,
    visit: &Visit,
    body: &BodyId,
    form: &Form,
    sent: (bool, bool),
    refusals: &mut Refusals,
) -> Result<Option<Draft>, Stop> {
    let fresh = SittingId::parse(&visit.fresh_id()?);
    let id = fresh.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
    let on = form.required_day("jour", refusals);
    let evidence = Evidence::ALL.into_iter().filter(|evidence| form.ticked(&evidence_field(*evidence)));
    let evidence = evidence.map(|evidence| evidence.as_str().to_owned()).collect();
    let mut count = |field: &str| form.number(field, refusals);
    let (present, expected) = (count("presents"), count("attendus"));
    let (women, youth, civil_society) = (count("femmes"), count("jeunes"), count("societe-civile"));
    let source = source(tx, form, refusals)?;
    let Some(on) = on else { return Ok(None) };
    Ok(Some(Draft {
        id,
        body: body.clone(),
        on,
        evidence,
        present,
        expected,
        women,
        youth,
        civil_society,
        paid_by: form.optional("payeur").map(str::to_owned),
        source,
        minutes: match sent {
            (true, true) => Minutes::Twice,
            (false, false) => Minutes::None,
            _ => Minutes::Sent,
        },
        another: form.ticked("autre"),
    }))
}

fn evidence_field(evidence: Evidence) -> String {
    format!("preuve-{}", evidence.as_str())
}

fn source(tx: &mut Tx<'_>, form: &Form, refusals: &mut Refusals) -> Result<Option<SourceId>, Stop> {
    let Some(id) = form.optional("source") else { return Ok(None) };
    let known = directory::look_up(tx, directory::Kind::Source, id)?.is_some();
    let source = SourceId::parse(id).ok().filter(|_| known);
    if source.is_none() {
        refusals.0.push(Refusal::UnknownSource.into());
    }
    Ok(source)
}

fn known(tx: &mut Tx<'_>, body: &BodyId) -> Result<(), Stop> {
    tables::rule(tx, body)?.map(|_| ()).ok_or(Stop::NotFound)
}

pub(super) async fn miss(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (body, behalf) = entitled(&visit, &id)?;
    let (sent, of) = (form.clone(), body.clone());
    let sealed = visit.seal(move |desk, visit| missed(desk, visit, &of, behalf, &sent)).await;
    match sealed {
        Ok(()) => Ok(visit.see_other(&format!("/instances/{body}"))),
        Err(Stop::Refused(refusals)) => again(visit, body, form, refusals, missed_page).await,
        Err(stop) => Err(stop),
    }
}

fn missed(
    desk: &mut Desk<'_>,
    visit: &Visit,
    body: &BodyId,
    behalf: Behalf,
    form: &Form,
) -> Result<(), Stop> {
    known(desk.tx(), body)?;
    let mut refusals = Refusals::default();
    let text = form.required("mois", 20, &mut refusals);
    form.at_most("raison", 500, &mut refusals);
    let (mut sitting_in, mut said) = (false, false);
    if let Some((from, to)) = acts::month(&text) {
        let last = to.yesterday().unwrap_or(to);
        sitting_in = !tables::days(desk.tx(), body, from, last)?.is_empty();
        said = tables::missed(desk.tx(), body, from)?.iter().any(|m| m.from == from && m.to == to);
    }
    let reason = match form.optional("raison") {
        Some(reason) => Some(desk.enclose_text(reason)?),
        None => None,
    };
    match acts::miss(body.clone(), &text, reason, sitting_in, said, visit.today()) {
        Ok(word) => {
            refusals.or(())?;
            visit.append(desk, behalf, word)?;
            Ok(())
        }
        // An empty field has been said to be so already.
        Err(_) if text.is_empty() => Err(refusals.into()),
        Err(more) => {
            refusals.0.extend(more.into_iter().map(Into::into));
            Err(refusals.into())
        }
    }
}

fn held_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    body: &BodyId,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    known(tx, body)?;
    let sources = directory::all(tx, directory::Kind::Source)?;
    let sources: Vec<_> =
        sources.into_iter().map(|source| (source.id.clone(), source.fr.unwrap_or(source.id))).collect();
    let payers: Vec<_> = PAYERS.iter().map(|word| ((*word).to_owned(), payer_label(visit, word))).collect();
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let same_day = refusals.0.iter().any(|refusal| refusal.key == "sittings-refused-same-day");
    let minutes = input("pv", "sittings-minutes-upload").hint(visit.say("sittings-minutes-hint"));
    let fields = html! {
        (visit.text_field(&input("jour", "sittings-column-day").hint(visit.say("sittings-day-hint")), "text",
            form, refusals))
        @if same_day || form.ticked("autre") { (visit.tick_field(&input("autre", "sittings-another"), form)) }
        (evidence_fields(visit, form))
        (count_fields(visit, form, refusals))
        (visit.choice_field(&input("payeur", "sittings-column-payer").hint(visit.say("sittings-payer-hint")),
            &payers, form, refusals))
        (visit.text_area(&input("objet", "sittings-subject").hint(visit.say("sittings-subject-hint")), 2,
            form, refusals))
        @if !refusals.is_empty() { p.hint { (visit.say("sittings-file-again")) } }
        (visit.file_field(&minutes, refusals))
        (visit.text_area(&input("pv-texte", "sittings-minutes-typed"), 8, form, refusals))
        (visit.choice_field(&input("source", "sittings-column-source"), &sources, form, refusals))
    };
    let door = Door { title: "sittings-record", action: "nouvelle" };
    door.page(tx, visit, body, &fields, refusals)
}

fn evidence_fields(visit: &Visit, form: &Form) -> Markup {
    html! {
        fieldset.field {
            legend { (visit.say("sittings-column-evidence")) }
            span.hint { (visit.say("sittings-evidence-hint")) }
            @for evidence in Evidence::ALL {
                @let name = evidence_field(evidence);
                (visit.tick_field(&Input::new(&name, evidence_label(visit, evidence.as_str())), form))
            }
        }
    }
}

fn count_fields(visit: &Visit, form: &Form, refusals: &Refusals) -> Markup {
    let fields = [
        ("presents", "sittings-column-present"),
        ("attendus", "sittings-column-expected"),
        ("femmes", "sittings-column-women"),
        ("jeunes", "sittings-column-youth"),
        ("societe-civile", "sittings-column-civil-society"),
    ];
    html! {
        fieldset {
            legend { (visit.say("sittings-counts")) }
            span.hint { (visit.say("sittings-counts-hint")) }
            @for (name, key) in fields {
                (visit.text_field(&Input::new(name, visit.say(key)), "text", form, refusals))
            }
        }
    }
}

fn missed_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    body: &BodyId,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    known(tx, body)?;
    let month = Input::new("mois", visit.say("sittings-month")).hint(visit.say("sittings-month-hint"));
    let reason = Input::new("raison", visit.say("sittings-reason")).hint(visit.say("sittings-reason-hint"));
    let fields = html! {
        p { (visit.say("sittings-missed-lead")) }
        (visit.text_field(&month, "text", form, refusals))
        (visit.text_area(&reason, 3, form, refusals))
    };
    let door = Door { title: "sittings-record-missed", action: "non-tenue" };
    door.page(tx, visit, body, &fields, refusals)
}

/// One of the two forms: what it is called and where it is sent.
struct Door {
    title: &'static str,
    action: &'static str,
}

impl Door {
    fn page(
        &self,
        tx: &mut Tx<'_>,
        visit: &Visit,
        body: &BodyId,
        fields: &Markup,
        refusals: &Refusals,
    ) -> Result<Page, Stop> {
        let (name, exercise) = body_name(tx, visit, body)?;
        let title = visit.say(self.title);
        let action = visit.link(&format!("/instances/{body}/reunions/{}", self.action));
        let markup = html! {
            h1 { (title) }
            p.lead { (name) }
            (visit.error_summary(refusals))
            form method="post" enctype="multipart/form-data" action=(action) {
                (visit.token_field())
                (fields)
                button { (title) }
            }
        };
        Ok(Page::new(title, markup).under(name, &format!("/instances/{body}")).exercise(exercise))
    }
}
