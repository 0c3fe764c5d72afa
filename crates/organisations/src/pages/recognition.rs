//! Legal form and receipts; where and on what an organisation works: what its page says, and the forms.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use record::{Desk, Tx, directory};
use terms::organisations::{Basis, OrganisationRecognised};
use terms::{Behalf, Bilingual, Commitment, Mark, OrganisationId, PlaceId};
use web::{
    Form, Input, Language, Markup, Outcome, Page, Refusals, Stop, Visit, cited, day, html, time_range,
};

use super::forms::{cited_source, labelled, note_field, registered, sheet, source_field};
use super::said::behalf;
use super::ties::{answer, entry_link, may_reply, may_state, reply_link};
use super::{CANDIDATES_MAX, candidates, id_and_name, source_choices};
use crate::acts::{self, Refusal, Work};
use crate::tables::{self, Organisation, Recognition, Reply, Working};

/// Places that one statement may name.
const PLACES_MAX: usize = 50;

/// Characters of a number, an authority or a publication.
const LABEL_MAX: usize = 200;

fn in_language<'a>(visit: &Visit, name: &'a Bilingual) -> &'a str {
    if visit.language() == Language::French { &name.fr } else { name.english() }
}

/// The legal forms in which the organisation is recognised on the day shown; none where nobody said.
pub(super) fn forms_on(visit: &Visit, recognitions: &[Recognition]) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for one in recognitions.iter().filter(|one| one.holds_on(visit.day_shown())) {
        let name = one.name.as_ref().map_or(one.form.as_str(), |(name, _)| in_language(visit, name));
        if !named.iter().any(|other| other == name) {
            named.push(name.to_owned());
        }
    }
    named
}

fn badge(visit: &Visit, mark: Mark) -> Markup {
    let key = match mark {
        Mark::Verified => return html! {},
        Mark::VerifiedInPart => "mark-verified-in-part",
        Mark::Unverified => "mark-unverified",
        Mark::Proposal => "mark-proposal",
    };
    html! { " " span.badge.unverified { (visit.say(key)) } }
}

/// The recognitions with their receipts; nothing where none is known and the visitor may state none.
pub(super) fn receipts(
    tx: &mut Tx<'_>,
    visit: &Visit,
    organisation: &Organisation,
    recognitions: &[Recognition],
    replies: &[Reply],
) -> Result<Markup, Stop> {
    let mut lines = Vec::with_capacity(recognitions.len());
    for one in recognitions {
        lines.push(receipt(tx, visit, organisation, one, replies)?);
    }
    let states = may_state(visit, &organisation.id);
    Ok(html! {
        @if !lines.is_empty() || states {
            h2 { (visit.say("organisations-recognitions")) }
            @if lines.is_empty() { p.mute { (visit.say("organisations-recognitions-none")) } }
            ol.line { @for line in &lines { (line) } }
            @if states {
                p.screen { a href=(visit.link(&format!("/organisations/{}/reconnaissance", organisation.id))) {
                    (visit.say("organisations-recognise"))
                } }
            }
        }
    })
}

fn receipt(
    tx: &mut Tx<'_>,
    visit: &Visit,
    organisation: &Organisation,
    one: &Recognition,
    replies: &[Reply],
) -> Result<Markup, Stop> {
    let source = cited(tx, visit, one.source.as_ref())?;
    visit.learns_gone(tx, one.entry)?;
    let mut answers = Vec::new();
    for reply in replies.iter().filter(|reply| reply.about == one.entry) {
        visit.learns_gone(tx, reply.entry)?;
        answers.push(answer(visit, reply));
    }
    let (name, mark) = match &one.name {
        Some((name, mark)) => (in_language(visit, name), *mark),
        None => (one.form.as_str(), Mark::Verified),
    };
    Ok(html! {
        li {
            p {
                strong { (name) } (badge(visit, mark))
                @if let Some(number) = &one.receipt {
                    ", " (visit.say("organisations-receipt")) " " strong { (number) }
                    @if let Some(scheme) = &one.scheme { " (" abbr title=(visit.say("organisations-scheme")) { (scheme) } ")" }
                }
                ", " (time_range(visit, one.dates.from, one.dates.to))
                @if let Some(authority) = &one.authority {
                    " — " (visit.say_with("organisations-by", &[("authority", authority.into())]))
                }
            }
            @if let Some(publication) = &one.publication {
                p { (visit.say("organisations-publication")) " : " (publication) }
            }
            @if let Some(note) = &one.note { p { (note) } }
            @if let Some(scan) = &one.scan {
                p { a href=(visit.link(&format!("/organisations/{}/pieces/{scan}", organisation.id))) {
                    (visit.say("organisations-scan-see"))
                } }
            }
            p.small.mute {
                @if one.own { (visit.say("organisations-basis-declared")) " · " }
                (source) " · " (visit.say("organisations-known")) " " (day(visit, one.known)) " · "
                (entry_link(visit, one.entry))
            }
            @for answer in &answers { (answer) }
            @if !one.own && may_reply(visit, &one.organisation) {
                p.screen { (reply_link(visit, &one.organisation, one.entry)) }
            }
        }
    })
}

/// Where and on what it is said to work on the day shown, each statement with who made it.
pub(super) fn work(tx: &mut Tx<'_>, visit: &Visit, organisation: &Organisation) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for one in tables::work_of(tx, &organisation.id)? {
        let source = cited(tx, visit, one.source.as_ref())?;
        lines.push(worked(visit, &one, &source));
    }
    let states = may_state(visit, &organisation.id);
    Ok(html! {
        @if !lines.is_empty() || states {
            h2 { (visit.say("organisations-work")) }
            @if lines.is_empty() { p.mute { (visit.say("organisations-work-none")) } }
            ol.line { @for line in &lines { (line) } }
            @if states {
                p.screen { a href=(visit.link(&format!("/organisations/{}/travail", organisation.id))) {
                    (visit.say("organisations-work-state"))
                } }
            }
        }
    })
}

fn worked(visit: &Visit, one: &Working, source: &Markup) -> Markup {
    let today = visit.day_shown();
    let ended = one.dates.to.is_some_and(|to| to <= today);
    html! {
        li {
            @if !one.places.is_empty() {
                p { (visit.say("organisations-work-places")) " : "
                    @for (at, (id, name)) in one.places.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(visit.link(&format!("/lieux/{id}"))) { (name) }
                    }
                }
            }
            @if !one.themes.is_empty() {
                p { (visit.say("organisations-work-themes")) " : "
                    @for (at, (id, name)) in one.themes.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(visit.link(&format!("/organisations?theme={id}"))) { (in_language(visit, name)) }
                    }
                }
            }
            @if let Some(note) = &one.note { p { (note) } }
            p.small.mute {
                (visit.say(&format!("organisations-basis-{}", one.basis.as_str()))) ", "
                (time_range(visit, one.dates.from, one.dates.to))
                @if ended { " (" (visit.say("organisations-ended")) ")" }
                " · " (source) " · " (visit.say("organisations-known")) " " (day(visit, one.known)) " · "
                (entry_link(visit, one.entry))
            }
        }
    }
}

/// `GET /organisations/{id}/pieces/{sha256}`: the scan of one of its receipts, and no other file.
pub(super) async fn scan(visit: Visit, Path((id, sha256)): Path<(String, String)>) -> Outcome {
    let sha256 = Commitment::parse(&sha256).ok_or(Stop::NotFound)?;
    let organisation = OrganisationId::parse(&id).map_err(|_| Stop::NotFound)?;
    let back = format!("/organisations/{id}");
    let found = visit
        .ask(move |tx, _| {
            let its = tables::recognitions_of(tx, &organisation)?;
            if !its.iter().any(|one| one.scan == Some(sha256)) {
                return Err(Stop::NotFound);
            }
            Ok(record::enclosures::held(tx, &sha256)?)
        })
        .await?;
    let Some(held) = found else { return web::gone_page(&visit, sha256, back).await };
    let kind = HeaderValue::from_str(&held.media).map_err(|_| Stop::NotFound)?;
    let bytes = visit.fetch(held).await?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

pub(super) async fn recognition_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    behalf(&visit, &id)?;
    visit.begun(id, Form::default(), recognition_page).await
}

pub(super) async fn recognise(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (organisation, behalf) = behalf(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let known = registered(desk.tx(), visit, organisation.as_str())?;
            let organisation = if behalf == Behalf::Instance { known } else { organisation };
            let mut refusals = Refusals::default();
            let observes = behalf == Behalf::Instance;
            let written = written_recognition(desk, organisation.clone(), observes, &sent, &mut refusals)?;
            let bearers = match written.scheme.as_deref().zip(written.receipt.as_deref()) {
                Some((scheme, receipt)) => tables::bearers(desk.tx(), scheme, receipt)?,
                None => Vec::new(),
            };
            let forms: Vec<String> = tables::forms(desk.tx())?.into_iter().map(|form| form.id).collect();
            let decided = acts::recognise(written, &forms, &bearers, observes, visit.today());
            visit.append_or(desk, behalf, refusals, decided)?;
            Ok(format!("/organisations/{organisation}"))
        })
        .await;
    visit.after(id, form, sealed, recognition_page).await
}

fn written_recognition(
    desk: &mut Desk<'_>,
    organisation: OrganisationId,
    observes: bool,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<OrganisationRecognised, Stop> {
    for field in ["recepisse", "registre", "autorite", "publication"] {
        form.at_most(field, LABEL_MAX, refusals);
    }
    form.at_most("note", 2_000, refusals);
    let owned = |field: &str| form.optional(field).map(str::to_owned);
    let (on, to) = (form.day("debut", refusals), form.day("fin", refusals));
    let source = cited_source(desk.tx(), form, refusals)?;
    let scan = match form.file("piece", refusals) {
        Some((media, bytes)) => Some(desk.enclose(media, bytes)?),
        None => None,
    };
    Ok(OrganisationRecognised {
        organisation,
        form: form.text("forme").to_owned(),
        receipt: owned("recepisse"),
        scheme: owned("registre"),
        authority: owned("autorite"),
        on,
        to,
        publication: owned("publication"),
        source,
        // What an organisation writes of itself beyond the fields is a text, and the record holds none in the clear.
        note: owned("note").filter(|_| observes),
        scan,
    })
}

fn recognition_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let forms: Vec<(String, String)> = tables::forms(tx)?
        .into_iter()
        .map(|form| {
            let name = in_language(visit, &form.name).to_owned();
            let unsure = form.mark == Mark::Unverified;
            (form.id, if unsure { format!("{name} ({})", visit.say("mark-unverified")) } else { name })
        })
        .collect();
    let sources = source_choices(tx)?;
    let own = may_reply(visit, &organisation.id);
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let field = |name: &'static str, key: &str, hint: &str| {
        visit.text_field(&input(name, key).hint(visit.say(hint)), "text", form, refusals)
    };
    let fields = html! {
        (visit.choice_field(&input("forme", "organisations-column-legal-form"), &forms, form, refusals))
        (field("recepisse", "organisations-receipt-number", "organisations-receipt-hint"))
        (field("registre", "organisations-scheme", "organisations-receipt-scheme-hint"))
        (visit.text_field(&input("autorite", "organisations-authority"), "text", form, refusals))
        (field("debut", "organisations-tie-from", "organisations-day-hint"))
        (field("fin", "organisations-tie-to", "organisations-tie-to-hint"))
        (field("publication", "organisations-publication", "organisations-publication-hint"))
        (visit.file_field(&input("piece", "organisations-scan").hint(visit.say("organisations-scan-hint")), refusals))
        (source_field(visit, &sources, form, refusals))
        @if !own { (note_field(visit, form, refusals)) }
    };
    let title = visit.say("organisations-recognise");
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) }
        p { (visit.say(if own { "organisations-tie-own" } else { "organisations-tie-others" })) }
        (visit.error_summary(refusals))
        form method="post" enctype="multipart/form-data"
            action=(visit.link(&format!("/organisations/{id}/reconnaissance"))) {
            (visit.token_field())
            (fields)
            button { (title) }
        }
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name.clone(), &format!("/organisations/{id}"))
        .exercise(organisation.exercise))
}

pub(super) async fn work_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    behalf(&visit, &id)?;
    visit.begun(id, Form::default(), work_page).await
}

pub(super) async fn state_work(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (organisation, behalf) = behalf(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let known = registered(desk.tx(), visit, organisation.as_str())?;
            let organisation = if behalf == Behalf::Instance { known } else { organisation };
            let mut refusals = Refusals::default();
            let written = written_work(desk.tx(), visit, organisation.clone(), &sent, &mut refusals)?;
            let themes: Vec<String> = directory::all(desk.tx(), directory::Kind::Theme)?
                .into_iter()
                .map(|theme| theme.id)
                .collect();
            let observes = behalf == Behalf::Instance;
            let decided =
                written.map_or(Err(Vec::new()), |work| acts::works(work, &themes, observes, visit.today()));
            visit.append_or(desk, behalf, refusals, decided)?;
            Ok(format!("/organisations/{organisation}"))
        })
        .await;
    visit.after(id, form, sealed, work_page).await
}

/// The statement as it was written; `None` where nobody said who states it, which is refused here.
fn written_work(
    tx: &mut Tx<'_>,
    visit: &Visit,
    organisation: OrganisationId,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Option<Work>, Stop> {
    let own = may_reply(visit, &organisation);
    let basis = if own { Some(Basis::Declared) } else { Basis::parse(form.text("dit")) };
    if basis.is_none() {
        refusals.0.push(Refusal::UnknownBasis.into());
    }
    form.at_most("note", 2_000, refusals);
    let named: Vec<&str> =
        form.text("lieux").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if named.len() > PLACES_MAX {
        refusals.add("lieux", "organisations-refused-too-many-places");
    }
    let mut places = Vec::new();
    for text in named.into_iter().take(PLACES_MAX) {
        let found: Vec<_> =
            directory::places_called(tx, text, CANDIDATES_MAX)?.into_iter().map(id_and_name).collect();
        places.push(candidates(text, &found, |id| PlaceId::parse(id).ok()));
    }
    let (from, to) = (form.day("debut", refusals), form.day("fin", refusals));
    let source = cited_source(tx, form, refusals)?;
    Ok(basis.map(|basis| Work {
        organisation,
        places,
        themes: form.all("theme").into_iter().map(str::to_owned).collect(),
        basis,
        from,
        to,
        source,
        note: form.optional("note").map(str::to_owned).filter(|_| !own),
    }))
}

fn work_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let themes = directory::all(tx, directory::Kind::Theme)?;
    let sources = source_choices(tx)?;
    let bases =
        labelled(&Basis::ALL.map(Basis::as_str), |word| visit.say(&format!("organisations-basis-{word}")));
    let own = may_reply(visit, &organisation.id);
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let day_field = |name: &'static str, key: &str, hint: &str| {
        visit.text_field(&input(name, key).hint(visit.say(hint)), "text", form, refusals)
    };
    let ticked = form.all("theme");
    let lead = html! {
        p { (visit.say(if own { "organisations-tie-own" } else { "organisations-tie-others" })) }
    };
    let fields = html! {
        (visit.text_area(
            &input("lieux", "organisations-work-places").hint(visit.say("organisations-work-places-hint")),
            4, form, refusals))
        fieldset {
            legend { (visit.say("organisations-work-themes")) }
            @for theme in &themes {
                @let field = format!("theme-{}", theme.id);
                @let name = if visit.language() == Language::French { theme.fr.as_deref() } else {
                    theme.en.as_deref().or(theme.fr.as_deref())
                };
                div.check {
                    input type="checkbox" id=(field) name="theme" value=(theme.id)
                        checked[ticked.contains(&theme.id.as_str())];
                    label for=(field) { (name.unwrap_or(&theme.id)) }
                }
            }
        }
        @if !own { (visit.choice_field(&input("dit", "organisations-tie-basis"), &bases, form, refusals)) }
        (day_field("debut", "organisations-tie-from", "organisations-day-hint"))
        (day_field("fin", "organisations-tie-to", "organisations-tie-to-hint"))
        (source_field(visit, &sources, form, refusals))
        @if !own { (note_field(visit, form, refusals)) }
    };
    Ok(sheet(
        visit,
        &organisation,
        "organisations-work-state",
        &format!("/organisations/{id}/travail"),
        (lead, fields),
        refusals,
    ))
}
