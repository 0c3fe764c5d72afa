//! Drafting: one page, one form, every button keeps what was typed.

use axum::extract::Path;
use axum::http::StatusCode;
use record::directory::{self, Kind};
use record::{Desk, Tx};
use terms::recommendations::Author;
use terms::{OrganisationId, SittingId};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html};

use super::draft_form::{self, Reading, Typed, as_form};
use super::list::names;
use super::show::quality;
use crate::acts::{self, Cosignature, DECIDING, DRAFTING};
use crate::seals::{self, Hand};
use crate::tables::{self, Draft};

const NEW: &str = "/recommandations/nouvelle";

/// `GET /recommandations/nouvelle`.
pub(crate) async fn new(visit: Visit) -> Outcome {
    may_draft(&visit)?;
    let own = super::desk::authors(&visit, DRAFTING);
    let chosen = own.first().filter(|_| own.len() == 1).map(draft_form::author_value).unwrap_or_default();
    let form = Form::of(&[("pour", &chosen), ("priorite", "2")]);
    visit.page(move |tx, visit| new_page(tx, visit, &form, &Refusals::default())).await
}

fn may_draft(visit: &Visit) -> Result<(), Stop> {
    if visit.signed_in()?.has_role(DRAFTING) { Ok(()) } else { Err(Stop::NoStanding) }
}

fn new_page(tx: &mut Tx<'_>, visit: &Visit, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let body = html! {
        h1 { (visit.say("recommendations-new")) }
        p.lead { (visit.say("recommendations-draft-lead")) }
        (visit.error_summary(refusals))
        (draft_form::markup(tx, visit, NEW, form, &[], &[], refusals)?)
    };
    let page = Page::new(visit.say("recommendations-new"), body);
    Ok(page.under(visit.say("recommendations-title"), "/recommandations"))
}

/// `POST /recommandations/nouvelle`.
pub(crate) async fn begin(visit: Visit, form: Form) -> Outcome {
    may_draft(&visit)?;
    let id = visit.fresh_id()?;
    let (at, sent) = (id.clone(), form.clone());
    match visit.seal(move |desk, visit| keep(desk, visit, &at, &sent)).await {
        Ok(()) => Ok(visit.see_other(&format!("/recommandations/brouillons/{id}"))),
        Err(Stop::Refused(refusals)) => {
            let form = as_form(&Typed::of(&form).fields());
            let compose = move |tx: &mut Tx<'_>, visit: &Visit| new_page(tx, visit, &form, &refusals);
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, compose).await
        }
        Err(stop) => Err(stop),
    }
}

/// The draft if the visitor may see it; a draft of others is as unknown as none.
fn seen(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Draft, Stop> {
    visit.signed_in()?;
    let held = tables::held_draft(tx, id)?.ok_or(Stop::NotFound)?;
    held.shown_to(visit.standing()).cloned().ok_or(Stop::NotFound)
}

/// The draft if the visitor may write it.
fn own(tx: &mut Tx<'_>, visit: &Visit, id: &str, roles: &[terms::access::Role]) -> Result<Draft, Stop> {
    let draft = seen(tx, visit, id)?;
    if acts::acts_for(visit.signed_in()?, &draft.author, roles) { Ok(draft) } else { Err(Stop::NoStanding) }
}

fn keep(desk: &mut Desk<'_>, visit: &Visit, id: &str, form: &Form) -> Result<(), Stop> {
    let (mut typed, mut refusals) = (Typed::of(form), Refusals::default());
    typed.check(form, visit, &mut refusals);
    let file = form.file("preuve-fichier", &mut refusals).map(|(media, bytes)| (media, bytes.to_vec()));
    let author = refusals.or(typed.author(visit))?.ok_or(Stop::NoStanding)?;
    let button = form.text("faire");
    typed.changed(button);
    let person = &visit.signed_in()?.person;
    tables::keep_draft(desk.tx(), id, &author, &typed.fields(), person, visit.today())?;
    if let Some((media, bytes)) = file {
        tables::keep_file(desk.tx(), id, media, &bytes)?;
    }
    if let Some(rank) = button.strip_prefix("retirer-piece-").and_then(|rank| rank.parse().ok()) {
        tables::remove_file(desk.tx(), id, rank)?;
    }
    Ok(())
}

/// `GET /recommandations/brouillons/{id}`.
pub(crate) async fn edit(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit
        .page(move |tx, visit| {
            let draft = seen(tx, visit, &id)?;
            let form = as_form(&draft.fields);
            draft_page(tx, visit, &draft, &form, &Form::default(), &Refusals::default())
        })
        .await
}

/// `POST /recommandations/brouillons/{id}`.
pub(crate) async fn save(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (at, sent) = (id.clone(), form.clone());
    let kept = visit
        .seal(move |desk, visit| {
            own(desk.tx(), visit, &at, DRAFTING)?;
            keep(desk, visit, &at, &sent)
        })
        .await;
    let typed = as_form(&Typed::of(&form).fields());
    back(visit, id, kept, typed, Form::default()).await
}

/// Back to the draft's page; with 422, what was typed and what is to be mended.
async fn back(visit: Visit, id: String, kept: Result<(), Stop>, typed: Form, beside: Form) -> Outcome {
    match kept {
        Ok(()) => Ok(visit.see_other(&format!("/recommandations/brouillons/{id}"))),
        Err(Stop::Refused(refusals)) => {
            let compose = move |tx: &mut Tx<'_>, visit: &Visit| {
                let draft = seen(tx, visit, &id)?;
                let own = as_form(&draft.fields);
                let typed = if typed.text("points").is_empty() { &own } else { &typed };
                draft_page(tx, visit, &draft, typed, &beside, &refusals)
            };
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, compose).await
        }
        Err(stop) => Err(stop),
    }
}

/// `POST /recommandations/brouillons/{id}/signatures`: ask, give, refuse, take back.
pub(crate) async fn signatures(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (at, sent) = (id.clone(), form.clone());
    let kept = visit.seal(move |desk, visit| sign(desk, visit, &at, &sent)).await;
    back(visit, id, kept, Form::default(), form).await
}

fn sign(desk: &mut Desk<'_>, visit: &Visit, id: &str, form: &Form) -> Result<(), Stop> {
    let draft = seen(desk.tx(), visit, id)?;
    let standing = visit.signed_in()?;
    let Some(organisation) = draft_form::organisation(desk.tx(), form.text("organisation"))? else {
        return Err(Refusals::from(web::Refusal::from(acts::Refusal::OrganisationUnknown)).into());
    };
    let present = tables::cosignature(desk.tx(), id, &organisation)?;
    let refused = |refusal: acts::Refusal| Stop::from(Refusals::from(web::Refusal::from(refusal)));
    let state = match form.text("faire") {
        "demander" => {
            if !acts::acts_for(standing, &draft.author, DRAFTING) {
                return Err(Stop::NoStanding);
            }
            let known = directory::look_up(desk.tx(), Kind::Organisation, organisation.as_str())?.is_some();
            acts::ask_to_sign(&draft.author, &organisation, known, present).map_err(refused)?
        }
        wanted => {
            if !standing.acts_for_organisation(&organisation, DRAFTING) {
                return Err(Stop::NoStanding);
            }
            let wanted = match wanted {
                "signer" => Cosignature::Given,
                "refuser" => Cosignature::Refused,
                _ => Cosignature::Asked,
            };
            acts::sign(present, wanted).map_err(refused)?
        }
    };
    tables::set_cosignature(desk.tx(), id, &organisation, state, &standing.person, visit.today())?;
    Ok(())
}

/// `POST /recommandations/brouillons/{id}/adopter`.
pub(crate) async fn adopt(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (at, sent) = (id.clone(), form.clone());
    match visit.seal(move |desk, visit| adopted(desk, visit, &at, &sent)).await {
        Ok(()) => Ok(visit.see_other(&format!("/recommandations/{id}"))),
        refused => back(visit, id, refused, Form::default(), form).await,
    }
}

fn adopted(desk: &mut Desk<'_>, visit: &Visit, id: &str, form: &Form) -> Result<(), Stop> {
    let draft = own(desk.tx(), visit, id, DECIDING)?;
    let behalf = seals::behalf_of(&draft.author).ok_or(Stop::NoStanding)?;
    let Reading { mut adoption, mut refusals, .. } = draft_form::read(desk.tx(), &draft)?;
    if let Some(on) = form.required_day("adopte-le", &mut refusals) {
        adoption.adopted_on = Some(on);
        adoption.year = on.year();
    }
    if let Some(text) = form.optional("seance") {
        match SittingId::parse(text) {
            Ok(sitting) => adoption.sitting = Some(sitting),
            Err(_) => refusals.add("seance", "recommendations-refused-sitting-other"),
        }
    }
    let by = visit.signed_in()?.actor(behalf);
    let hand = Hand { zone: &visit.house().record().zone, by, known: None, today: visit.today() };
    if !refusals.is_empty() {
        // Everything at once: what the fields spell wrongly, and what the act itself would refuse.
        let facts = tables::adoption_facts(desk.tx(), &adoption)?;
        let unread = refusals.0.iter().any(|refusal| refusal.field.ends_with("-qui"));
        if let Err(more) = acts::adopt(&facts, adoption, hand.today) {
            let more = more.into_iter().filter(|r| !(unread && *r == acts::Refusal::NoAddressee));
            refusals.0.extend(more.map(web::Refusal::from));
        }
        return Err(refusals.into());
    }
    seals::adopt(desk, &hand, adoption)?;
    tables::delete_draft(desk.tx(), id)?;
    Ok(())
}

/// `POST /recommandations/brouillons/{id}/supprimer`.
pub(crate) async fn delete(visit: Visit, Path(id): Path<String>, _: Form) -> Outcome {
    visit
        .seal(move |desk, visit| {
            own(desk.tx(), visit, &id, DRAFTING)?;
            Ok(tables::delete_draft(desk.tx(), &id)?)
        })
        .await?;
    Ok(visit.see_other("/bureau"))
}

fn draft_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    draft: &Draft,
    form: &Form,
    beside: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let Reading { adoption, meant, .. } = draft_form::read(tx, draft)?;
    let writes = acts::acts_for(visit.signed_in()?, &draft.author, DRAFTING);
    let decides = acts::acts_for(visit.signed_in()?, &draft.author, DECIDING);
    let action = format!("/recommandations/brouillons/{}", draft.id);
    let body = html! {
        h1 { (visit.say("recommendations-draft")) }
        p.lead { (visit.say("recommendations-draft-held")) }
        (visit.error_summary(refusals))
        @if writes { (draft_form::markup(tx, visit, &action, form, &meant, &draft.files, refusals)?) }
        @else { (read_only(tx, visit, &adoption)?) }
        (quality(visit, adoption.quality()))
        (signature_forms(tx, visit, draft, beside, refusals, writes)?)
        @if decides { (adopt_form(tx, visit, draft, beside, refusals)?) }
        @if writes {
            details {
                summary { (visit.say("recommendations-draft-delete")) }
                form method="post" action=(visit.link(&format!("{action}/supprimer"))) {
                    (visit.token_field())
                    p { (visit.say("recommendations-draft-delete-hint")) }
                    button.danger { (visit.say("recommendations-draft-delete")) }
                }
            }
        }
    };
    let page = Page::new(visit.say("recommendations-draft"), body).exercise(adoption.exercise);
    Ok(page.under(visit.say("nav-desk"), "/bureau"))
}

/// What an organisation asked to sign reads.
fn read_only(tx: &mut Tx<'_>, visit: &Visit, adoption: &acts::Adoption) -> Result<Markup, Stop> {
    let mut names = names(visit);
    let author = names.of_author(tx, &adoption.author)?;
    let mut addressees = Vec::new();
    for addressed in &adoption.addressees {
        addressees.push(names.of(tx, Kind::Body, addressed.body.as_str())?);
    }
    Ok(html! {
        div.card {
            h2 { (adoption.title) }
            p { (author) " → " (addressees.join(", ")) }
            @if let Some(grounds) = &adoption.grounds { (web::quoted(visit, Some(grounds))) }
            ol {
                @for point in &adoption.points {
                    li {
                        p { (point.text) }
                        @if let Some(indicator) = &point.indicator {
                            p.small { (visit.say("recommendations-indicator")) " " (indicator) }
                        }
                        @if let Some(deadline) = point.deadline {
                            p.small { (visit.say("recommendations-deadline")) " " (day(visit, deadline)) }
                        }
                    }
                }
            }
            @if let Some(means) = &adoption.means {
                p { (visit.say("recommendations-quality-means")) " : " (means) }
            }
        }
    })
}

fn signature_forms(
    tx: &mut Tx<'_>,
    visit: &Visit,
    draft: &Draft,
    beside: &Form,
    refusals: &Refusals,
    writes: bool,
) -> Result<Markup, Stop> {
    let mut names = names(visit);
    let mut rows = Vec::new();
    for (organisation, state, on) in &draft.cosigners {
        rows.push((organisation, *state, *on, names.of(tx, Kind::Organisation, organisation.as_str())?));
    }
    let action = visit.link(&format!("/recommandations/brouillons/{}/signatures", draft.id));
    Ok(html! {
        h2 { (visit.say("recommendations-signatures")) }
        ul {
            @for (organisation, state, on, name) in &rows {
                li {
                    (name) " — " (visit.say(&format!("recommendations-signature-{}", state.as_str())))
                    ", " (day(visit, *on))
                    @if visit.standing().is_some_and(|s| s.acts_for_organisation(organisation, DRAFTING)) {
                        (sign_form(visit, &action, organisation, *state))
                    }
                }
            }
        }
        @if writes {
            form method="post" action=(action) {
                (visit.token_field())
                (visit.text_field(&Input::new("organisation", visit.say("recommendations-signature-ask"))
                    .hint(visit.say("recommendations-signature-ask-hint")), "text", beside, refusals))
                button name="faire" value="demander" { (visit.say("recommendations-signature-ask-do")) }
            }
        }
    })
}

fn sign_form(visit: &Visit, action: &str, organisation: &OrganisationId, state: Cosignature) -> Markup {
    html! {
        form method="post" action=(action) {
            (visit.token_field())
            input type="hidden" name="organisation" value=(organisation);
            @if state == Cosignature::Given {
                button name="faire" value="retirer" { (visit.say("recommendations-signature-withdraw")) }
            } @else {
                button name="faire" value="signer" { (visit.say("recommendations-signature-give")) } " "
                button.plain name="faire" value="refuser" { (visit.say("recommendations-signature-refuse")) }
            }
        }
    }
}

fn adopt_form(
    tx: &mut Tx<'_>,
    visit: &Visit,
    draft: &Draft,
    beside: &Form,
    refusals: &Refusals,
) -> Result<Markup, Stop> {
    let sittings = match &draft.author {
        Author::Body { body } => tables::sittings_of(tx, body)?,
        _ => Vec::new(),
    };
    let sittings: Vec<(String, String)> =
        sittings.into_iter().map(|(id, on)| (id.to_string(), visit.day_text(on))).collect();
    Ok(html! {
        h2 { (visit.say("recommendations-adopt")) }
        p { (visit.say("recommendations-adopt-hint")) }
        form method="post" action=(visit.link(&format!("/recommandations/brouillons/{}/adopter", draft.id))) {
            (visit.token_field())
            (visit.text_field(&Input::new("adopte-le", visit.say("recommendations-adopt-day"))
                .hint(visit.say("recommendations-day-hint")), "text", beside, refusals))
            @if !sittings.is_empty() {
                (visit.choice_field(&Input::new("seance", visit.say("recommendations-adopt-sitting")),
                    &sittings, beside, refusals))
            }
            button { (visit.say("recommendations-adopt")) }
        }
    })
}
