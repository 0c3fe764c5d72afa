//! What the law asks of organisations by a day, for everybody; what one says that it has met; and for those who act for it, its own
//! calendar with ticks and notes. What was not met is written nowhere.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use record::Tx;
use terms::access::Role;
use terms::organisations::{ObligationMet, ObligationRule};
use terms::{Behalf, Day, Mark, ObligationId, OrganisationId};
use web::{
    Cell, Column, Form, Format, House, ICalendar, Input, Language, Listing, Markup, Milestone, Outcome, Page,
    Refusals, Shown, Stop, Visit, cited, day, html,
};

use super::kind_label;
use super::ties::entry_link;
use crate::acts::{self, KINDS, Nearness, due_days};
use crate::tables::{self, Met, Obligation, Organisation, Own};

/// Characters of a note for oneself.
const NOTE_MAX: usize = 500;

/// Days before which a due day that nobody has ticked is no longer recalled: what is so old was settled somehow.
const RECALLED: i64 = 180;

pub(super) fn routes() -> Router<House> {
    Router::new()
        .route("/obligations", get(list))
        .route("/obligations.csv", get(list))
        .route("/obligations.json", get(list))
        .route("/obligations.ics", get(calendar))
        .route("/organisations/{id}/obligations", get(page))
        .route("/organisations/{id}/obligations.ics", get(own_calendar))
        .route("/organisations/{id}/obligations/remplie", get(met_form).post(meet))
        .route("/organisations/{id}/obligations/carnet", post(note))
        .route("/organisations/{id}/obligations/recu/{entry}", get(receipt))
}

fn title(visit: &Visit, name: &terms::Bilingual) -> String {
    if visit.language() == Language::French { name.fr.clone() } else { name.english().to_owned() }
}

fn rule(visit: &Visit, rule: &ObligationRule) -> String {
    match rule {
        ObligationRule::Yearly { month, day } => {
            // Any leap year has every day that a rule may name.
            let on = Day::new(2024, i8::try_from(*month).unwrap_or(1), i8::try_from(*day).unwrap_or(1));
            let text = on.map_or_else(|_| format!("{day}/{month}"), |on| visit.day_text(on));
            let text = text
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .trim_end_matches([' ', ',', '\u{a0}'])
                .to_owned();
            visit.say_with("organisations-obligation-yearly", &[("day", text.into())])
        }
        ObligationRule::After { event, days } => visit.say_with(
            "organisations-obligation-after",
            &[("days", u64::from(*days).into()), ("event", title(visit, event).into())],
        ),
    }
}

fn mark(visit: &Visit, mark: Mark) -> Markup {
    html! {
        @if mark != Mark::Verified {
            span.badge.unverified { (visit.say(&format!("organisations-mark-{}", mark.as_str()))) }
        }
    }
}

const LISTING: Listing<Obligation> = Listing {
    name: "obligations",
    empty: "organisations-obligations-none",
    columns: &[
        Column::data("id", "organisations-column-id", |o, _| Cell::Text(o.says.id.to_string())),
        Column::new("title", "organisations-obligation", |o, visit| Cell::Text(title(visit, &o.says.title))),
        Column::new("rule", "organisations-obligation-rule", |o, visit| match visit.format() {
            Format::Html => Cell::Text(rule(visit, &o.says.rule)),
            _ => Cell::Text(match &o.says.rule {
                ObligationRule::Yearly { month, day } => format!("yearly:{month:02}-{day:02}"),
                ObligationRule::After { days, .. } => format!("after:{days}"),
            }),
        }),
        Column::new("kinds", "organisations-obligation-kinds", |o, visit| {
            let kinds = o.says.kinds.iter().map(|kind| match visit.format() {
                Format::Html => kind_label(visit, kind),
                _ => kind.clone(),
            });
            let (between, all) = match visit.format() {
                Format::Html => (", ", Some(visit.say("organisations-obligation-kinds-all"))),
                _ => (" ", None),
            };
            let named = kinds.collect::<Vec<_>>().join(between);
            Cell::text(if named.is_empty() { all } else { Some(named) })
        }),
        Column::new("basis", "organisations-obligation-basis", |o, _| Cell::text(o.says.basis.clone())),
        Column::new("mark", "organisations-obligation-mark", |o, _| Cell::Badge {
            word: o.says.mark.as_str().to_owned(),
            label: format!("organisations-mark-{}", o.says.mark.as_str()),
            class: if o.says.mark == Mark::Verified { "answered" } else { "unverified" },
        }),
        Column::data("source", "organisations-column-source", |o, _| {
            Cell::text(o.says.source.as_ref().map(ToString::to_string))
        }),
        Column::data("note", "organisations-note", |o, _| Cell::text(o.says.note.clone())),
        Column::data("entry", "organisations-tie-entry", |o, _| Cell::number(i64::try_from(o.entry).ok())),
    ],
};

/// The obligations that mean the kind asked for, or all.
fn asked(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<Obligation>, Stop> {
    let mut found = tables::obligations(tx)?;
    if let Some(kind) = visit.asked("sorte") {
        found.retain(|obligation| obligation.means(kind));
    }
    Ok(found)
}

async fn list(visit: Visit) -> Outcome {
    if visit.format() != Format::Html {
        let shown = visit.ask(|tx, visit| Ok(Shown::all(asked(tx, visit)?))).await?;
        return Ok(LISTING.data(&visit, &shown));
    }
    visit
        .page(|tx, visit| {
            let shown = Shown::all(asked(tx, visit)?);
            let kinds: Vec<(String, String)> =
                KINDS.iter().map(|kind| ((*kind).to_owned(), kind_label(visit, kind))).collect();
            let form = Form::of(&[("sorte", visit.asked("sorte").unwrap_or_default())]);
            let input = Input::narrowing("sorte", visit.say("organisations-column-kind"));
            let title = visit.say("organisations-obligations-title");
            let kind = visit.asked("sorte").filter(|kind| KINDS.contains(kind));
            let days =
                format!("/obligations.ics{}", kind.map(|kind| format!("?sorte={kind}")).unwrap_or_default());
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("organisations-obligations-lead")) }
                div.banner { p { (visit.say("organisations-obligations-unverified")) } }
                form.filter method="get" action="" {
                    @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past); }
                    (visit.choice_field(&input, &kinds, &form, &Refusals::default()))
                    button { (visit.say("organisations-filter")) }
                }
                (LISTING.table(visit, &shown, &visit.say("organisations-obligations-caption")))
                p { a href=(visit.link(&days)) {
                    (visit.say("organisations-obligations-ics"))
                } }
            };
            Ok(Page::new(title, body)
                .under(visit.say("organisations-title"), "/organisations")
                .also_as(&[Format::Csv, Format::Json]))
        })
        .await
}

/// Yearly due days as a calendar, whoever they mean.
fn milestones(visit: &Visit, found: &[Obligation], path: &str, of: &str) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for obligation in found.iter().filter(|obligation| obligation.is_yearly()) {
        let unverified = visit.say(&format!("organisations-mark-{}", obligation.says.mark.as_str()));
        for on in due_days(&obligation.says.rule, &[], visit.day_shown()) {
            milestones.push(Milestone {
                title: format!("{} ({unverified})", title(visit, &obligation.says.title)),
                on,
                path: path.to_owned(),
                key: format!("obligation-{}{of}-{on}", obligation.says.id),
            });
        }
    }
    milestones.sort_by_key(|milestone| milestone.on);
    milestones
}

async fn calendar(visit: Visit) -> Outcome {
    let milestones =
        visit.ask(|tx, visit| Ok(milestones(visit, &asked(tx, visit)?, "/obligations", ""))).await?;
    let title = visit.say("organisations-obligations-title");
    Ok(ICalendar { title, milestones }.response(&visit))
}

async fn own_calendar(visit: Visit, Path(id): Path<String>) -> Outcome {
    let (title, milestones) = visit
        .ask(move |tx, visit| {
            let organisation = tables::one(tx, &id, visit.day_shown())?.ok_or(Stop::NotFound)?;
            let found = of_kind(tx, &organisation)?;
            let path = format!("/organisations/{id}/obligations");
            let title = format!("{} — {}", visit.say("organisations-obligations-title"), organisation.name);
            Ok((title, milestones(visit, &found, &path, &format!("-{id}"))))
        })
        .await?;
    Ok(ICalendar { title, milestones }.response(&visit))
}

fn of_kind(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<Vec<Obligation>, Stop> {
    let mut found = tables::obligations(tx)?;
    found.retain(|obligation| obligation.means(&organisation.kind));
    Ok(found)
}

fn may_say(visit: &Visit, id: &OrganisationId) -> bool {
    visit.standing().is_some_and(|standing| standing.acts_for_organisation(id, &[Role::Secretary]))
}

async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| compose(tx, visit, &id)).await
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let (found, met) = (of_kind(tx, &organisation)?, tables::met_by(tx, &organisation.id)?);
    let held = tables::own(tx, &organisation.id)?;
    let notebook = held.shown_to(visit.standing()).filter(|_| visit.past().is_none());
    let asked = public(tx, visit, &found)?;
    let title = visit.say("organisations-obligations-own");
    let body = html! {
        h1 { (title) }
        p.lead { a href=(visit.link(&format!("/organisations/{id}"))) { (organisation.name) } }
        p { (visit.say("organisations-obligations-protects")) }
        @if let Some(own) = notebook { (notebook_of(visit, &organisation, &found, &met, own)) }
        h2 { (visit.say("organisations-obligations-met")) }
        (met_lines(visit, &organisation.id, &found, &met))
        h2 { (visit.say("organisations-obligations-asked")) }
        div.banner { p { (visit.say("organisations-obligations-unverified")) } }
        (asked)
        p { a href=(visit.link(&format!("/organisations/{id}/obligations.ics"))) {
            (visit.say("organisations-obligations-ics"))
        } }
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name, &format!("/organisations/{id}"))
        .exercise(organisation.exercise))
}

/// What is asked of organisations of this kind.
fn public(tx: &mut Tx<'_>, visit: &Visit, found: &[Obligation]) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for obligation in found {
        lines.push((obligation, cited(tx, visit, obligation.says.source.as_ref())?));
    }
    Ok(html! {
        @if lines.is_empty() { p.mute { (visit.say("organisations-obligations-none")) } }
        ul { @for (obligation, source) in &lines {
            li {
                strong { (title(visit, &obligation.says.title)) } ", " (rule(visit, &obligation.says.rule)) " "
                (mark(visit, obligation.says.mark))
                @if let Some(basis) = &obligation.says.basis { br; span.small { (basis) ". " } }
                span.small.mute { (source) }
                @if let Some(note) = &obligation.says.note { br; span.small { (note) } }
            }
        } }
    })
}

fn named<'o>(found: &'o [Obligation], id: &str) -> Option<&'o Obligation> {
    found.iter().find(|obligation| obligation.says.id.as_str() == id)
}

fn met_lines(visit: &Visit, id: &OrganisationId, found: &[Obligation], met: &[Met]) -> Markup {
    for one in met {
        visit.shows_entry(one.entry);
    }
    let name = |one: &Met| {
        named(found, &one.obligation).map_or_else(|| one.obligation.clone(), |o| title(visit, &o.says.title))
    };
    html! {
        @if met.is_empty() { p.mute { (visit.say("organisations-obligations-none-met")) } }
        ul { @for one in met {
            li {
                strong { (name(one)) } ", " (visit.say("organisations-obligation-due")) " " (day(visit, one.due)) " : "
                (visit.say("organisations-obligation-met-on")) " " (day(visit, one.on)) " "
                @if one.receipt.is_some() {
                    a href=(visit.link(&format!("/organisations/{id}/obligations/recu/{}", one.entry))) {
                        (visit.say("organisations-obligation-receipt"))
                    } " "
                }
                span.small.mute { (entry_link(visit, one.entry)) }
            }
        } }
    }
}

/// One due day of the organisation's own calendar.
struct Falling<'o> {
    obligation: &'o Obligation,
    due: Day,
    note: Option<&'o str>,
    is_met: bool,
}

impl Falling<'_> {
    fn is_open(&self) -> bool {
        self.note.is_none() && !self.is_met
    }
}

/// The due days of the organisation from half a year ago to a year ahead, in order.
fn falling<'o>(found: &'o [Obligation], met: &[Met], own: &'o Own, today: Day) -> Vec<Falling<'o>> {
    let mut falling = Vec::new();
    for obligation in found {
        let id = obligation.says.id.as_str();
        let happened: Vec<Day> = own.events.iter().filter(|(of, _)| of == id).map(|(_, on)| *on).collect();
        for due in due_days(&obligation.says.rule, &happened, today) {
            if !(-RECALLED..=366).contains(&web::days_apart(today, due)) {
                continue;
            }
            let tick = own.ticks.iter().find(|(of, on, _)| of == id && *on == due);
            let is_met = met.iter().any(|one| one.obligation == id && one.due == due);
            falling.push(Falling { obligation, due, note: tick.map(|(_, _, note)| note.as_str()), is_met });
        }
    }
    falling.sort_by_key(|one| one.due);
    falling
}

fn nearness(visit: &Visit, one: &Falling<'_>) -> Markup {
    let today = visit.today();
    match Nearness::of(one.due, today).filter(|_| one.is_open()) {
        None => html! {},
        Some(near) => {
            let days = web::days_apart(today, one.due).abs();
            let class = if near == Nearness::Coming { "waiting" } else { "late" };
            let key = format!("organisations-obligation-{}", near.as_str());
            html! { span class={ "badge " (class) } { (visit.say_with(&key, &[("days", days.into())])) } }
        }
    }
}

/// The organisation's own calendar, ticks and notes: for those who act for it alone.
fn notebook_of(
    visit: &Visit,
    organisation: &Organisation,
    found: &[Obligation],
    met: &[Met],
    own: &Own,
) -> Markup {
    let (may, id) = (may_say(visit, &organisation.id), &organisation.id);
    let after = found.iter().filter(|obligation| !obligation.is_yearly());
    let action = visit.link(&format!("/organisations/{id}/obligations/carnet"));
    html! {
        section.screen {
            h2 { (visit.say("organisations-obligations-notebook")) }
            p.small { (visit.say("organisations-obligations-notebook-text")) }
            ol.line { @for one in falling(found, met, own, visit.today()) {
                li {
                    (day(visit, one.due)) " "
                    p { strong { (title(visit, &one.obligation.says.title)) } " " (nearness(visit, &one))
                        @if one.is_met { " " span.badge.answered { (visit.say("organisations-obligation-public")) } } }
                    @if let Some(note) = one.note.filter(|note| !note.is_empty()) { p.small { (note) } }
                    @if may { (tick_form(visit, &action, id, &one)) }
                }
            } }
            @for obligation in after { @if may { (event_form(visit, &action, obligation, own)) } }
        }
    }
}

fn tick_form(visit: &Visit, action: &str, id: &OrganisationId, one: &Falling<'_>) -> Markup {
    let (obligation, due) = (&one.obligation.says.id, one.due);
    let said = format!("/organisations/{id}/obligations/remplie?obligation={obligation}&echeance={due}");
    let field = format!("note-{obligation}-{due}");
    html! {
        form method="post" action=(action) {
            (visit.token_field())
            input type="hidden" name="obligation" value=(obligation);
            input type="hidden" name="echeance" value=(due);
            @if one.note.is_some() {
                button.plain name="faire" value="decocher" { (visit.say("organisations-obligation-untick")) }
            } @else if !one.is_met {
                label for=(field) { (visit.say("organisations-obligation-note")) }
                input id=(field) name="note" type="text" maxlength=(NOTE_MAX);
                button.plain name="faire" value="cocher" { (visit.say("organisations-obligation-tick")) }
            }
        }
        @if !one.is_met {
            p.small { a href=(visit.link(&said)) { (visit.say("organisations-obligation-say")) } }
        }
    }
}

fn event_form(visit: &Visit, action: &str, obligation: &Obligation, own: &Own) -> Markup {
    let id = &obligation.says.id;
    let field = format!("jour-{id}");
    let ObligationRule::After { event, .. } = &obligation.says.rule else { return html! {} };
    html! {
        h3 { (title(visit, &obligation.says.title)) }
        form method="post" action=(action) {
            (visit.token_field())
            input type="hidden" name="obligation" value=(id);
            label for=(field) { (visit.say_with("organisations-obligation-event", &[("event", title(visit, event).into())])) }
            input id=(field) name="jour" type="date";
            button.plain name="faire" value="noter" { (visit.say("organisations-obligation-event-keep")) }
        }
        @for (_, on) in own.events.iter().filter(|(of, _)| of == id.as_str()) {
            form method="post" action=(action) {
                (visit.token_field())
                input type="hidden" name="obligation" value=(id);
                input type="hidden" name="jour" value=(on);
                (day(visit, *on)) " "
                button.plain name="faire" value="oter" { (visit.say("organisations-obligation-event-drop")) }
            }
        }
    }
}

fn speaking(visit: &Visit, id: &str) -> Result<OrganisationId, Stop> {
    visit.signed_in()?;
    let organisation = OrganisationId::parse(id).map_err(|_| Stop::NotFound)?;
    if may_say(visit, &organisation) { Ok(organisation) } else { Err(Stop::NoStanding) }
}

/// Something for the organisation itself: nothing of it goes on the record.
async fn note(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let organisation = speaking(&visit, &id)?;
    let onward = format!("/organisations/{organisation}/obligations");
    visit
        .seal(move |desk, visit| {
            let found =
                tables::one(desk.tx(), organisation.as_str(), visit.today())?.ok_or(Stop::NotFound)?;
            let known = of_kind(desk.tx(), &found)?;
            let obligation = named(&known, form.text("obligation")).ok_or(Stop::NotFound)?;
            let of = obligation.says.id.as_str();
            let mut refusals = Refusals::default();
            form.at_most("note", NOTE_MAX, &mut refusals);
            let (due, on) = (form.day("echeance", &mut refusals), form.day("jour", &mut refusals));
            refusals.or(())?;
            let person = &visit.signed_in()?.person;
            let tx = desk.tx();
            match (form.text("faire"), due, on) {
                ("cocher", Some(due), _) => {
                    tables::tick(tx, &organisation, (of, due), form.text("note"), person, visit.today())?;
                }
                ("decocher", Some(due), _) => tables::untick(tx, &organisation, (of, due))?,
                ("noter", _, Some(on)) => tables::happened(tx, &organisation, of, on)?,
                ("oter", _, Some(on)) => tables::unhappened(tx, &organisation, of, on)?,
                // Nothing was written: nothing is kept.
                _ => {}
            }
            Ok(())
        })
        .await?;
    Ok(visit.see_other(&onward))
}

async fn met_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    speaking(&visit, &id)?;
    let asked = |name: &str| visit.asked(name).unwrap_or_default().to_owned();
    let (obligation, due, today) = (asked("obligation"), asked("echeance"), visit.today().to_string());
    let begun = Form::of(&[("obligation", &obligation), ("echeance", &due), ("jour", &today)]);
    visit.begun(id, begun, met_page).await
}

fn met_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let found = of_kind(tx, &organisation)?;
    let choices: Vec<(String, String)> =
        found.iter().map(|one| (one.says.id.to_string(), title(visit, &one.says.title))).collect();
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let hint = || visit.say("organisations-day-hint");
    let lead = html! { p { (visit.say("organisations-obligation-say-lead")) } };
    let body = html! {
        (visit.choice_field(&input("obligation", "organisations-obligation"), &choices, form, refusals))
        (visit.text_field(&input("echeance", "organisations-obligation-due").hint(hint()), "text", form, refusals))
        (visit.text_field(&input("jour", "organisations-obligation-met-on").hint(hint()), "text", form, refusals))
        (visit.file_field(&input("recu", "organisations-obligation-receipt")
            .hint(visit.say("organisations-obligation-receipt-hint")), refusals))
    };
    let action = format!("/organisations/{id}/obligations/remplie");
    let page = with_file(visit, &organisation, &action, (lead, body), refusals);
    Ok(page.under(visit.say("organisations-obligations-own"), &format!("/organisations/{id}/obligations")))
}

/// A form about an organisation that takes a file.
fn with_file(
    visit: &Visit,
    organisation: &Organisation,
    action: &str,
    (lead, fields): (Markup, Markup),
    refusals: &Refusals,
) -> Page {
    let title = visit.say("organisations-obligation-say");
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) }
        (lead)
        (visit.error_summary(refusals))
        form method="post" enctype="multipart/form-data" action=(visit.link(action)) {
            (visit.token_field())
            (fields)
            button { (title) }
        }
    };
    Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name.clone(), &format!("/organisations/{}", organisation.id))
        .exercise(organisation.exercise)
}

async fn meet(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let organisation = speaking(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let found =
                tables::one(desk.tx(), organisation.as_str(), visit.today())?.ok_or(Stop::NotFound)?;
            let known = of_kind(desk.tx(), &found)?;
            let rule = named(&known, sent.text("obligation")).map(|obligation| obligation.says.rule.clone());
            let mut refusals = Refusals::default();
            let (due, on) =
                (sent.required_day("echeance", &mut refusals), sent.required_day("jour", &mut refusals));
            let obligation = ObligationId::parse(sent.text("obligation"));
            if obligation.is_err() {
                refusals.add("obligation", "form-required");
            }
            let file = sent.file("recu", &mut refusals);
            let (Ok(obligation), Some(due), Some(on)) = (obligation, due, on) else {
                return Err(refusals.into());
            };
            let receipt = match file {
                Some((media, bytes)) => Some(desk.enclose(media, bytes)?),
                None => None,
            };
            let said = tables::met_by(desk.tx(), &organisation)?
                .iter()
                .any(|one| one.obligation == obligation.as_str() && one.due == due);
            let met = ObligationMet { organisation: organisation.clone(), obligation, due, on, receipt };
            let decided = acts::meet(met, rule.as_ref(), said, visit.today());
            let behalf = Behalf::Organisation { organisation: organisation.clone() };
            visit.append_or(desk, behalf, refusals, decided)?;
            Ok(format!("/organisations/{organisation}/obligations"))
        })
        .await;
    visit.after(id, form, sealed, met_page).await
}

/// The receipt of something that was met.
async fn receipt(visit: Visit, Path((id, entry)): Path<(String, u64)>) -> Outcome {
    let organisation = OrganisationId::parse(&id).map_err(|_| Stop::NotFound)?;
    let found = visit.ask(move |tx, _| Ok(tables::receipt(tx, &organisation, entry)?)).await?;
    let (sha256, held) = found.ok_or(Stop::NotFound)?;
    let Some(held) = held else {
        return web::gone_page(&visit, sha256, format!("/organisations/{id}/obligations")).await;
    };
    // What people handed in is shown as what it is, or downloaded; never as a page of ours.
    let (kind, place, suffix) = match held.media.as_str() {
        "application/pdf" => ("application/pdf", "attachment", "pdf"),
        "image/jpeg" => ("image/jpeg", "inline", "jpg"),
        _ => ("image/png", "inline", "png"),
    };
    let bytes = visit.fetch(held).await?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("{place}; filename=\"recu-{entry}.{suffix}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// What is near or past of the obligations of the organisation, for those who act for it; nothing where nothing is.
pub(super) fn reminders(tx: &mut Tx<'_>, visit: &Visit, id: &OrganisationId) -> Result<Option<Markup>, Stop> {
    let Some(organisation) = tables::one(tx, id.as_str(), visit.today())? else { return Ok(None) };
    let (found, met) = (of_kind(tx, &organisation)?, tables::met_by(tx, id)?);
    let held = tables::own(tx, id)?;
    let Some(own) = held.shown_to(visit.standing()) else { return Ok(None) };
    let near: Vec<Falling<'_>> = falling(&found, &met, own, visit.today())
        .into_iter()
        .filter(|one| one.is_open() && Nearness::of(one.due, visit.today()).is_some())
        .collect();
    if near.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        p { strong { (visit.say("organisations-obligations-reminder")) } }
        ul { @for one in &near {
            li { (title(visit, &one.obligation.says.title)) ", " (day(visit, one.due)) " " (nearness(visit, one)) }
        } }
    }))
}

/// The way to the obligations, on the organisation's own page.
pub(super) fn summary(visit: &Visit, organisation: &Organisation) -> Markup {
    html! {
        p { a href=(visit.link(&format!("/organisations/{}/obligations", organisation.id))) {
            (visit.say("organisations-obligations-all"))
        } }
    }
}
