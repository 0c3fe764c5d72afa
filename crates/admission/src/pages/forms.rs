//! The forms: a request, an invitation, and what happens on a line.

use axum::extract::Path;
use record::directory::{self, Kind};
use record::{Desk, Tx};
use terms::admission::{
    InvitedAs, SeatOfferAnswered, SeatOffered, SeatRequestAcknowledged, SeatRequestAnswered,
    SeatRequestReminded, SeatRequestWithdrawn, SeatRequested,
};
use terms::answers::{Channel, Stance};
use terms::recommendations::DeliveryProof;
use terms::{AdmissionId, Behalf, BodyId, Enclosed, OrganisationId, RuleId, SeatCode, Word};
use web::{
    Clocks, Fields, Form, FormPage, Language, Markup, Outcome, Page, Refusals, Stop, Visit, html, one_named,
    source_of,
};

use super::{Names, for_either, for_organisation};
use crate::acts::{self, Ground};
use crate::ledger::Line;
use crate::tables;

/// Characters of a request, an answer, a legal basis.
const TEXT_MAX: usize = 8_000;

/// The choice of a form in which no clock runs.
const NO_RULE: &str = "aucune";

fn enclosed_text(
    desk: &mut Desk<'_>,
    form: &Form,
    field: &str,
    refusals: &mut Refusals,
) -> Result<Option<Enclosed>, Stop> {
    form.at_most(field, TEXT_MAX, refusals);
    match form.optional(field).filter(|_| refusals.is_empty()) {
        Some(text) => Ok(Some(desk.enclose_text(text)?)),
        // What is refused is enclosed nowhere; that it was written is still known.
        None => Ok(None),
    }
}

fn enclosed_file(
    desk: &mut Desk<'_>,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Option<Enclosed>, Stop> {
    let file = form.file("fichier", refusals).map(|(media, bytes)| (media, bytes.to_vec()));
    match file.filter(|_| refusals.is_empty()) {
        Some((media, bytes)) => Ok(Some(desk.enclose(media, &bytes)?)),
        None => Ok(None),
    }
}

/// The organisation, the body and the authority that a new line names.
struct Parties {
    organisation: OrganisationId,
    body: BodyId,
    authority: BodyId,
    seat: Option<SeatCode>,
    seat_known: bool,
}

impl Parties {
    fn of(
        tx: &mut Tx<'_>,
        visit: &Visit,
        form: &Form,
        refusals: &mut Refusals,
    ) -> Result<Option<(Self, Behalf)>, Stop> {
        let organisation = one_named(tx, Kind::Organisation, form, "organisation", refusals)?;
        let body = one_named(tx, Kind::Body, form, "instance", refusals)?;
        let authority = one_named(tx, Kind::Body, form, "autorite", refusals)?;
        let (Some(organisation), Some(body), Some(authority)) = (organisation, body, authority) else {
            return Ok(None);
        };
        let ids = (OrganisationId::parse(&organisation), BodyId::parse(&body), BodyId::parse(&authority));
        let (Ok(organisation), Ok(body), Ok(authority)) = ids else { return Err(Stop::NotFound) };
        let behalf = for_organisation(visit, &organisation)?;
        let asked = form.optional("siege");
        let seat = asked.and_then(|code| SeatCode::parse(code).ok());
        let seats = tables::seats_of(tx, &body)?;
        let named = |code: &str| seats.iter().find(|(seat, name)| seat.as_str() == code || name.fr == code);
        // A seat is named by its code, or as the text names it.
        let found = asked.and_then(named).map(|(seat, _)| seat.clone());
        let seat_known = asked.is_none() || found.is_some();
        Ok(Some((Self { organisation, body, authority, seat: found.or(seat), seat_known }, behalf)))
    }

    fn ground<'a>(&self, tx: &mut Tx<'_>, before: &'a [Line]) -> Result<Ground<'a>, Stop> {
        Ok(Ground {
            seat_known: self.seat_known,
            organisation_exercise: directory::is_exercise(
                tx,
                Kind::Organisation,
                self.organisation.as_str(),
            )?,
            body_exercise: directory::is_exercise(tx, Kind::Body, self.body.as_str())?,
            before,
        })
    }
}

fn fresh(visit: &Visit) -> Result<AdmissionId, Stop> {
    let id = AdmissionId::parse(&visit.fresh_id()?);
    id.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))
}

/// A fresh form begins with what its address asks.
fn begun(visit: &Visit) -> Form {
    let fields = ["organisation", "instance", "autorite", "siege"];
    let given: Vec<(&str, &str)> =
        fields.into_iter().filter_map(|field| Some((field, visit.asked(field)?))).collect();
    Form::of(&given)
}

pub(super) async fn request_form(visit: Visit) -> Outcome {
    visit.signed_in()?;
    let form = begun(&visit);
    visit.begun(String::new(), form, request_page).await
}

pub(super) async fn request(visit: Visit, form: Form) -> Outcome {
    visit.signed_in()?;
    let sent = form.clone();
    let sealed = visit.seal(move |desk, visit| requested(desk, visit, &sent)).await;
    visit.after(String::new(), form, sealed, request_page).await
}

fn requested(desk: &mut Desk<'_>, visit: &Visit, form: &Form) -> Result<String, Stop> {
    let mut refusals = Refusals::default();
    let parties = Parties::of(desk.tx(), visit, form, &mut refusals)?;
    let delivered_on = form.required_day("jour", &mut refusals);
    let proof = DeliveryProof::parse(form.text("preuve"));
    if proof.is_none() {
        refusals.add("preuve", "form-required");
    }
    let clocks = Clocks::load(desk.tx())?;
    let rule = match (form.text("regle"), &parties) {
        (NO_RULE, _) | ("", None) => None,
        // Nobody chose: the rule of the authority's level, else of the body's.
        ("", Some((parties, _))) => usual(desk.tx(), &clocks, &parties.authority, &parties.body)?,
        (text, _) => RuleId::parse(text).map_err(|_| refusals.add("regle", "admission-refusal-rule")).ok(),
    };
    let source = source_of(desk.tx(), form, &mut refusals)?;
    let (text, file) =
        (enclosed_text(desk, form, "texte", &mut refusals)?, enclosed_file(desk, form, &mut refusals)?);
    let (Some((parties, behalf)), Some(delivered_on), Some(proof), true) =
        (parties, delivered_on, proof, refusals.is_empty())
    else {
        return Err(refusals.into());
    };
    let before = tables::between(desk.tx(), &parties.organisation, &parties.body)?;
    let ground = parties.ground(desk.tx(), &before)?;
    let id = fresh(visit)?;
    let asked = SeatRequested {
        id: id.clone(),
        organisation: parties.organisation,
        body: parties.body,
        seat: parties.seat,
        addressee: parties.authority,
        delivered_on,
        proof,
        file,
        text,
        rule,
        acknowledge_by: None,
        answer_by: None,
        source,
        exercise: false,
    };
    let decided = acts::request(ground, asked, &clocks, visit.today());
    visit.append_or(desk, behalf, refusals, decided.map(Word::SeatRequested))?;
    Ok(format!("/acces-aux-sieges/{id}"))
}

fn usual(
    tx: &mut Tx<'_>,
    clocks: &Clocks,
    authority: &BodyId,
    body: &BodyId,
) -> Result<Option<RuleId>, Stop> {
    let levels = [tables::level_of(tx, authority)?, tables::level_of(tx, body)?];
    Ok(clocks.usual_rule(false, &[levels[0].as_deref(), levels[1].as_deref()]))
}

/// Choices that are words, each with its message.
fn words(fields: &Fields<'_>, name: &str, key: &str, label: fn(&str) -> String, words: &[&str]) -> Markup {
    let labelled = |word: &&str| ((*word).to_owned(), fields.visit.say(&label(word)));
    let choices: Vec<(String, String)> = words.iter().map(labelled).collect();
    fields.choice(name, key, None, &choices)
}

fn file_field(fields: &Fields<'_>) -> Markup {
    fields.file("fichier", "admission-file", Some("admission-hint-file"))
}

fn source_field(fields: &Fields<'_>, tx: &mut Tx<'_>) -> Result<Markup, Stop> {
    fields.source(tx, "admission-source", "admission-hint-source")
}

/// The page of the form: what is to be mended, the fields, the button.
fn page(fields: &Fields<'_>, (action, title): (&str, &str), lead: &Markup, shown: &Markup) -> Page {
    let visit = fields.visit;
    let title = visit.say(title);
    let markup = html! {
        h1 { (title) }
        (lead)
        (visit.error_summary(fields.refusals))
        form method="post" enctype="multipart/form-data" action=(visit.link(action)) {
            (visit.token_field())
            (shown)
            button { (visit.say("admission-record")) }
        }
    };
    Page::new(title, markup).under(visit.say("admission-title"), "/acces-aux-sieges")
}

/// Who asks whom for which seat: the fields that both new lines have.
fn parties_fields(tx: &mut Tx<'_>, fields: &Fields<'_>) -> Result<Markup, Stop> {
    let visit = fields.visit;
    let mut seats = Vec::new();
    if let [body] = directory::called(tx, Kind::Body, fields.form.text("instance"), 2)?.as_slice()
        && let Ok(body) = BodyId::parse(&body.id)
    {
        let english = visit.language() == Language::English;
        let name = |name: terms::Bilingual| if english { name.english().to_owned() } else { name.fr };
        let found = tables::seats_of(tx, &body)?;
        seats = found.into_iter().map(|(code, named)| (code.to_string(), name(named))).collect();
    }
    Ok(html! {
        (fields.text("organisation", "admission-column-organisation", Some("admission-hint-organisation")))
        (fields.text("instance", "admission-column-body", Some("admission-hint-body")))
        @if seats.is_empty() { (fields.text("siege", "admission-column-seat", Some("admission-hint-seat"))) }
        @else { (fields.choice("siege", "admission-column-seat", Some("admission-hint-any-seat"), &seats)) }
        (fields.text("autorite", "admission-column-authority", Some("admission-hint-authority")))
    })
}

fn request_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    _: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let clocks = Clocks::load(tx)?;
    let mut rules: Vec<_> = clocks.rules.values().collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let french = visit.language() == Language::French;
    let mut choices: Vec<(String, String)> = rules
        .iter()
        .map(|rule| {
            let name = if french { rule.name.fr.as_str() } else { rule.name.english() };
            let basis = visit.say(&format!("clock-basis-{}", rule.legal_basis.as_str()));
            (rule.id.to_string(), format!("{name} — {basis}"))
        })
        .collect();
    choices.push((NO_RULE.to_owned(), visit.say("admission-no-rule")));
    let proofs = DeliveryProof::ALL.map(DeliveryProof::as_str);
    let markup = html! {
        (parties_fields(tx, &fields)?)
        (fields.day("jour", "admission-delivered", Some("admission-hint-delivered")))
        (words(&fields, "preuve", "admission-proof", |word| format!("admission-proof-{word}"), &proofs))
        (fields.area("texte", "admission-request-text", Some("admission-hint-text"), 5))
        (file_field(&fields))
        (fields.choice("regle", "admission-rule", Some("admission-hint-rule"), &choices))
        (source_field(&fields, tx)?)
    };
    let lead = html! { p.lead { (visit.say("admission-request-lead")) } };
    Ok(page(&fields, ("/acces-aux-sieges/demande", "admission-request"), &lead, &markup))
}

pub(super) async fn offer_form(visit: Visit) -> Outcome {
    visit.signed_in()?;
    let form = begun(&visit);
    visit.begun(String::new(), form, offer_page).await
}

pub(super) async fn offer(visit: Visit, form: Form) -> Outcome {
    visit.signed_in()?;
    let sent = form.clone();
    let sealed = visit.seal(move |desk, visit| offered(desk, visit, &sent)).await;
    visit.after(String::new(), form, sealed, offer_page).await
}

fn offered(desk: &mut Desk<'_>, visit: &Visit, form: &Form) -> Result<String, Stop> {
    let mut refusals = Refusals::default();
    let parties = Parties::of(desk.tx(), visit, form, &mut refusals)?;
    let (on, answer_by) = (form.required_day("jour", &mut refusals), form.day("reponse", &mut refusals));
    let invited_as = InvitedAs::parse(form.text("comme"));
    if invited_as.is_none() {
        refusals.add("comme", "form-required");
    }
    let source = source_of(desk.tx(), form, &mut refusals)?;
    let (text, file) =
        (enclosed_text(desk, form, "texte", &mut refusals)?, enclosed_file(desk, form, &mut refusals)?);
    let (Some((parties, behalf)), Some(on), Some(invited_as), true) =
        (parties, on, invited_as, refusals.is_empty())
    else {
        return Err(refusals.into());
    };
    let ground = parties.ground(desk.tx(), &[])?;
    let id = fresh(visit)?;
    let asked = SeatOffered {
        id: id.clone(),
        organisation: parties.organisation,
        body: parties.body,
        seat: parties.seat,
        by: parties.authority,
        on,
        invited_as,
        answer_by,
        text,
        file,
        source,
        exercise: false,
    };
    visit.append_or(
        desk,
        behalf,
        refusals,
        acts::offer(ground, asked, visit.today()).map(Word::SeatOffered),
    )?;
    Ok(format!("/acces-aux-sieges/{id}"))
}

fn offer_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    _: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (parties_fields(tx, &fields)?)
        (words(&fields, "comme", "admission-invited-as", |word| format!("admission-as-{word}"), &InvitedAs::ALL.map(InvitedAs::as_str)))
        (fields.day("jour", "admission-invited-on", None))
        (fields.day("reponse", "admission-invited-answer-by", Some("admission-hint-invited-answer-by")))
        (fields.area("texte", "admission-offer-text", Some("admission-hint-text"), 5))
        (file_field(&fields))
        (source_field(&fields, tx)?)
    };
    let lead = html! { p.lead { (visit.say("admission-offer-lead")) } };
    Ok(page(&fields, ("/acces-aux-sieges/invitation", "admission-offer"), &lead, &markup))
}

/// Who may write of a line.
type Entitled = fn(&Visit, &Line) -> Result<Behalf, Stop>;

/// What is written of a line.
type Act = fn(&mut Desk<'_>, &Visit, &Line, Behalf, &Form) -> Result<(), Stop>;

fn own(visit: &Visit, line: &Line) -> Result<Behalf, Stop> {
    for_organisation(visit, &line.organisation)
}

async fn shown(visit: Visit, id: String, entitled: Entitled, page: FormPage) -> Outcome {
    visit.signed_in()?;
    let today = visit.today().to_string();
    visit
        .page(move |tx, visit| {
            let line = tables::line(tx, &id)?.ok_or(Stop::NotFound)?;
            entitled(visit, &line)?;
            page(tx, visit, &id, &Form::of(&[("jour", today.as_str())]), &Refusals::default())
        })
        .await
}

async fn acted(
    visit: Visit,
    id: String,
    form: Form,
    entitled: Entitled,
    act: Act,
    page: FormPage,
) -> Outcome {
    visit.signed_in()?;
    let (sent, of) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let line = tables::line(desk.tx(), &of)?.ok_or(Stop::NotFound)?;
            let behalf = entitled(visit, &line)?;
            act(desk, visit, &line, behalf, &sent)?;
            Ok(format!("/acces-aux-sieges/{}", line.id))
        })
        .await;
    visit.after(id, form, sealed, page).await
}

/// The page of a form about a line: what the line is heads it.
fn about(
    tx: &mut Tx<'_>,
    fields: &Fields<'_>,
    id: &str,
    (path, title): (&str, &str),
    markup: &Markup,
) -> Result<Page, Stop> {
    let line = tables::line(tx, id)?.ok_or(Stop::NotFound)?;
    let names = Names::of(tx, fields.visit, &line)?;
    let said = names.title(fields.visit, &line);
    let lead = html! { p.lead { (said) } };
    let page = page(fields, (&format!("/acces-aux-sieges/{id}/{path}"), title), &lead, markup);
    Ok(page.under(said, &format!("/acces-aux-sieges/{id}")).exercise(line.exercise))
}

pub(super) async fn acknowledge_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, for_either, acknowledge_page).await
}

pub(super) async fn acknowledge(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, for_either, acknowledged, acknowledge_page).await
}

/// By which way it came: through the authority's own account where it acts itself.
fn channel(line: &Line, behalf: &Behalf, form: &Form, refusals: &mut Refusals) -> Option<Channel> {
    if *behalf == (Behalf::Body { body: line.authority.clone() }) {
        return Some(Channel::Account);
    }
    let channel = Channel::parse(form.text("voie")).filter(|channel| CHANNELS.contains(channel));
    if channel.is_none() {
        refusals.add("voie", "form-required");
    }
    channel
}

/// The ways by which somebody other than the authority can know of its answer.
const CHANNELS: [Channel; 3] = [Channel::ScannedLetter, Channel::Document, Channel::Meeting];

fn acknowledged(
    desk: &mut Desk<'_>,
    visit: &Visit,
    line: &Line,
    behalf: Behalf,
    form: &Form,
) -> Result<(), Stop> {
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals);
    let channel = channel(line, &behalf, form, &mut refusals);
    let file = enclosed_file(desk, form, &mut refusals)?;
    let (Some(on), Some(channel), true) = (on, channel, refusals.is_empty()) else {
        return Err(refusals.into());
    };
    let asked = SeatRequestAcknowledged { id: line.id.clone(), on, channel, file };
    let decided = acts::acknowledge(line, asked, visit.today());
    visit.append_or(desk, behalf, refusals, decided.map(Word::SeatRequestAcknowledged))
}

/// The field for the way, where the visitor is not the authority itself.
fn channel_field(visit: &Visit, tx: &mut Tx<'_>, id: &str, fields: &Fields<'_>) -> Result<Markup, Stop> {
    let line = tables::line(tx, id)?.ok_or(Stop::NotFound)?;
    let itself = for_either(visit, &line)? == Behalf::Body { body: line.authority.clone() };
    Ok(html! { @if !itself {
        (words(fields, "voie", "admission-channel", |word| format!("admission-channel-{word}"), &CHANNELS.map(Channel::as_str)))
    } })
}

fn acknowledge_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (fields.day("jour", "admission-day", None))
        (channel_field(visit, tx, id, &fields)?)
        (file_field(&fields))
    };
    about(tx, &fields, id, ("accuse", "admission-acknowledge"), &markup)
}

pub(super) async fn answer_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, for_either, answer_page).await
}

pub(super) async fn answer(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, for_either, answered, answer_page).await
}

fn answered(
    desk: &mut Desk<'_>,
    visit: &Visit,
    line: &Line,
    behalf: Behalf,
    form: &Form,
) -> Result<(), Stop> {
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals);
    let channel = channel(line, &behalf, form, &mut refusals);
    let stance = Stance::parse(form.text("position"));
    if stance.is_none() {
        refusals.add("position", "form-required");
    }
    let passed_to = match (stance, form.optional("vers")) {
        (Some(Stance::PassedOn), Some(_)) => {
            let body = one_named(desk.tx(), Kind::Body, form, "vers", &mut refusals)?;
            body.and_then(|id| BodyId::parse(&id).ok())
        }
        _ => None,
    };
    let source = source_of(desk.tx(), form, &mut refusals)?;
    let (text, secrecy_basis) = (
        enclosed_text(desk, form, "texte", &mut refusals)?,
        enclosed_text(desk, form, "base", &mut refusals)?,
    );
    let file = enclosed_file(desk, form, &mut refusals)?;
    let (Some(on), Some(channel), Some(stance), true) = (on, channel, stance, refusals.is_empty()) else {
        return Err(refusals.into());
    };
    let secrecy_basis = secrecy_basis.filter(|_| stance == Stance::CoveredBySecrecy);
    let asked = SeatRequestAnswered {
        id: line.id.clone(),
        on,
        channel,
        stance,
        text,
        secrecy_basis,
        passed_to,
        file,
        source,
    };
    let decided = acts::answer(line, asked, visit.today());
    visit.append_or(desk, behalf, refusals, decided.map(Word::SeatRequestAnswered))
}

fn answer_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (words(&fields, "position", "admission-position", |word| format!("admission-stance-{word}"), &Stance::ALL.map(Stance::as_str)))
        (fields.area("texte", "admission-answer-text", Some("admission-hint-answer"), 5))
        (fields.area("base", "admission-secrecy-basis", Some("admission-hint-secrecy"), 5))
        (fields.text("vers", "admission-passed-on", Some("admission-hint-passed-on")))
        (fields.day("jour", "admission-day", None))
        (channel_field(visit, tx, id, &fields)?)
        (file_field(&fields))
        (source_field(&fields, tx)?)
    };
    about(tx, &fields, id, ("repondre", "admission-answer"), &markup)
}

pub(super) async fn remind_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, own, remind_page).await
}

pub(super) async fn remind(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, own, reminded, remind_page).await
}

fn reminded(
    desk: &mut Desk<'_>,
    visit: &Visit,
    line: &Line,
    behalf: Behalf,
    form: &Form,
) -> Result<(), Stop> {
    let mut refusals = Refusals::default();
    let Some(on) = form.required_day("jour", &mut refusals) else { return Err(refusals.into()) };
    let decided = acts::remind(line, SeatRequestReminded { id: line.id.clone(), on }, visit.today());
    visit.append_or(desk, behalf, refusals, decided.map(Word::SeatRequestReminded))
}

fn remind_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let markup = fields.day("jour", "admission-reminded-on", None);
    about(tx, &fields, id, ("relance", "admission-remind"), &markup)
}

pub(super) async fn withdraw_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, own, withdraw_page).await
}

pub(super) async fn withdraw(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, own, withdrawn, withdraw_page).await
}

fn withdrawn(
    desk: &mut Desk<'_>,
    visit: &Visit,
    line: &Line,
    behalf: Behalf,
    form: &Form,
) -> Result<(), Stop> {
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals);
    let text = enclosed_text(desk, form, "texte", &mut refusals)?;
    let (Some(on), true) = (on, refusals.is_empty()) else { return Err(refusals.into()) };
    let decided = acts::withdraw(line, SeatRequestWithdrawn { id: line.id.clone(), on, text }, visit.today());
    visit.append_or(desk, behalf, refusals, decided.map(Word::SeatRequestWithdrawn))
}

fn withdraw_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (fields.area("texte", "admission-why", None, 5))
        (fields.day("jour", "admission-day", None))
    };
    about(tx, &fields, id, ("retrait", "admission-withdraw"), &markup)
}

pub(super) async fn answer_offer_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, own, answer_offer_page).await
}

pub(super) async fn answer_offer(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, own, offer_answered, answer_offer_page).await
}

fn offer_answered(
    desk: &mut Desk<'_>,
    visit: &Visit,
    line: &Line,
    behalf: Behalf,
    form: &Form,
) -> Result<(), Stop> {
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals);
    let accepted = match form.text("suite") {
        "accepted" => Some(true),
        "declined" => Some(false),
        _ => None,
    };
    if accepted.is_none() {
        refusals.add("suite", "form-required");
    }
    let source = source_of(desk.tx(), form, &mut refusals)?;
    let text = enclosed_text(desk, form, "texte", &mut refusals)?;
    let (Some(on), Some(accepted), true) = (on, accepted, refusals.is_empty()) else {
        return Err(refusals.into());
    };
    let asked = SeatOfferAnswered { id: line.id.clone(), on, accepted, text, source };
    let decided = acts::answer_offer(line, asked, visit.today());
    visit.append_or(desk, behalf, refusals, decided.map(Word::SeatOfferAnswered))
}

fn answer_offer_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        (words(&fields, "suite", "admission-offer-answer", |word| format!("admission-offer-{word}"), &["accepted", "declined"]))
        (fields.area("texte", "admission-why", None, 5))
        (fields.day("jour", "admission-day", None))
        (source_field(&fields, tx)?)
    };
    about(tx, &fields, id, ("suite", "admission-answer-offer"), &markup)
}
