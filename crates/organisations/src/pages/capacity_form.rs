//! The assessment, a domain a page: what is filled in is kept in a drawer until it is published, so that it can be taken up on another
//! day. No script.

use axum::extract::Path;
use axum::http::StatusCode;
use record::Tx;
use terms::access::Role;
use terms::organisations::{CapacityAssessed, ItemAssessed, Regard};
use terms::{Behalf, OrganisationId};
use web::gate::Held;
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::capacity::{domain_label, own, own_anchor, regard_label};
use crate::acts;
use crate::capacity::{Domain, GRID_VERSION, LEVEL_MAX, grid};
use crate::tables::{self, Drafting, Organisation};

/// Characters of a remark.
const REMARK_MAX: usize = 1_000;

/// The regard, who fills it in, and the organisation that is looked at.
///
/// **Errors** nobody is signed in; no such regard; the visitor acts for nobody who may look so.
fn drafting(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    regard: &str,
) -> Result<(Drafting, Organisation), Stop> {
    let standing = visit.signed_in()?;
    let regard = Regard::parse(regard).ok_or(Stop::NotFound)?;
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let by = match regard {
        Regard::Own | Regard::External => {
            let may = standing.acts_for_organisation(&organisation.id, &[Role::Secretary]);
            may.then(|| organisation.id.clone())
        }
        Regard::Peer => {
            let mut found = None;
            for peer in standing.organisations(&[Role::Secretary]) {
                if peer != organisation.id && tables::is_asked(tx, &organisation.id, &peer)? {
                    found = Some(peer);
                }
            }
            found
        }
    };
    let by = by.ok_or(Stop::NoStanding)?;
    Ok((Drafting { organisation: organisation.id.clone(), regard, by }, organisation))
}

/// What was filled in, as a form.
fn begun(visit: &Visit, held: &Held<Vec<(String, String)>>) -> Result<Form, Stop> {
    let fields = held.shown_to(visit.standing()).ok_or(Stop::NoStanding)?;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(Form::of(&fields))
}

/// The field of an item's level (`D1.1` is `d1-1`), and of its remark.
fn fields_of(code: &str) -> (String, String) {
    let level = code.to_ascii_lowercase().replace('.', "-");
    let remark = format!("{level}-constat");
    (level, remark)
}

/// How many items of the domain have an answer, be it that it is not known.
fn answered(domain: &Domain, form: &Form) -> usize {
    domain.items.iter().filter(|item| form.optional(&fields_of(&item.code).0).is_some()).count()
}

pub(super) async fn begin(visit: Visit, Path((id, regard)): Path<(String, String)>) -> Outcome {
    visit.page(move |tx, visit| overview(tx, visit, &id, &regard, None, &Refusals::default())).await
}

/// Where one stands, domain by domain, and the way to publish.
fn overview(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    regard: &str,
    sent: Option<&Form>,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (drafting, organisation) = drafting(tx, visit, id, regard)?;
    let kept = begun(visit, &tables::draft(tx, &drafting)?)?;
    let today = Form::of(&[("jour", &visit.today().to_string())]);
    let form = sent.unwrap_or(&today);
    let path = format!("/organisations/{id}/capacites/bilan/{regard}");
    let (done, all) = grid()
        .iter()
        .fold((0, 0), |(done, all), domain| (done + answered(domain, &kept), all + domain.items.len()));
    let lead = html! {
        p { strong { (regard_label(visit, drafting.regard)) } ". " (visit.say("organisations-capacity-form-lead")) }
        p {
            (visit.say_with("organisations-capacity-progress", &[("done", done.into()), ("all", all.into())]))
            progress value=(done) max=(all) { (done) "/" (all) }
        }
        ol { @for domain in grid() {
            li {
                a href=(visit.link(&format!("{path}/{}", domain.code.to_ascii_lowercase()))) { (own(visit, &domain.name)) }
                " " span.small.mute { (answered(domain, &kept)) "/" (domain.items.len()) }
            }
        } }
        h2 { (visit.say("organisations-capacity-publish")) }
        p { (visit.say("organisations-capacity-publish-text")) }
    };
    let day =
        Input::new("jour", visit.say("organisations-day")).hint(visit.say("organisations-capacity-day-hint"));
    let by = Input::new("par", visit.say("organisations-capacity-assessor"))
        .hint(visit.say("organisations-capacity-assessor-hint"));
    let fields = html! {
        (visit.text_field(&day, "text", form, refusals))
        @if drafting.regard == Regard::External { (visit.text_field(&by, "text", form, refusals)) }
    };
    let title = visit.say(match drafting.regard {
        Regard::Own => "organisations-capacity-assess",
        Regard::Peer => "organisations-capacity-as-peer",
        Regard::External => "organisations-capacity-external",
    });
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) }
        (visit.error_summary(refusals))
        (lead)
        form method="post" action=(visit.link(&path)) {
            (visit.token_field())
            (fields)
            button { (visit.say("organisations-capacity-publish-do")) }
        }
    };
    Ok(under(visit, Page::new(title, body), &organisation))
}

pub(super) async fn domain_form(
    visit: Visit,
    Path((id, regard, code)): Path<(String, String, String)>,
) -> Outcome {
    visit
        .page(move |tx, visit| {
            let (drafting, _) = drafting(tx, visit, &id, &regard)?;
            let kept = begun(visit, &tables::draft(tx, &drafting)?)?;
            domain_page(tx, visit, (&id, &regard, &code), &kept, &Refusals::default())
        })
        .await
}

fn domain_of(code: &str) -> Result<(usize, &'static Domain), Stop> {
    let found = grid().iter().enumerate().find(|(_, domain)| domain.code.eq_ignore_ascii_case(code));
    found.ok_or(Stop::NotFound)
}

fn domain_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    (id, regard, code): (&str, &str, &str),
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (drafting, organisation) = drafting(tx, visit, id, regard)?;
    let (at, domain) = domain_of(code)?;
    let path = format!("/organisations/{id}/capacites/bilan/{regard}");
    let title = domain_label(visit, domain);
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) " · " (regard_label(visit, drafting.regard)) }
        p {
            (visit.say_with("organisations-capacity-step", &[("n", (at + 1).into()), ("all", grid().len().into())]))
            progress value=(at) max=(grid().len()) { (at) "/" (grid().len()) }
        }
        (visit.error_summary(refusals))
        form method="post" action=(visit.link(&format!("{path}/{}", domain.code.to_ascii_lowercase()))) {
            (visit.token_field())
            @for item in &domain.items { (item_fields(visit, item, form, refusals)) }
            button { (visit.say("organisations-capacity-next")) }
            p { a href=(visit.link(&path)) { (visit.say("organisations-capacity-back")) } }
        }
    };
    Ok(under(visit, Page::new(title, body), &organisation))
}

/// The page, under those of the organisation.
fn under(visit: &Visit, page: Page, organisation: &Organisation) -> Page {
    let own = format!("/organisations/{}", organisation.id);
    page.under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name.clone(), &own)
        .under(visit.say("organisations-capacity-title"), &format!("{own}/capacites"))
        .exercise(organisation.exercise)
}

/// One item: its four levels in words, what is not known, and what shows it.
fn item_fields(visit: &Visit, item: &crate::capacity::Item, form: &Form, refusals: &Refusals) -> Markup {
    let (level, remark) = fields_of(&item.code);
    let chosen = form.text(&level);
    let tick = |value: &str, label: &str| {
        let id = format!("{level}-{value}");
        html! {
            div.check {
                input type="radio" id=(id) name=(level) value=(value) checked[chosen == value];
                label for=(id) { (label) }
            }
        }
    };
    let input = Input::new(&remark, visit.say("organisations-capacity-remark"))
        .hint(visit.say("organisations-capacity-remark-hint"));
    html! {
        fieldset.card id=(level) {
            legend { (item.code) " — " (own(visit, &item.name)) }
            @for found in 1..=LEVEL_MAX {
                (tick(&found.to_string(), &format!("{found} — {}", own_anchor(visit, item, found))))
            }
            (tick("inconnu", &visit.say("organisations-capacity-unknown")))
            details open[form.optional(&remark).is_some()] {
                summary { (visit.say("organisations-capacity-remark-open")) }
                (visit.text_area(&input, 2, form, refusals))
            }
        }
    }
}

pub(super) async fn keep(
    visit: Visit,
    Path((id, regard, code)): Path<(String, String, String)>,
    sent: Form,
) -> Outcome {
    let (asked, form) = ((id.clone(), regard.clone(), code.clone()), sent.clone());
    let kept = visit
        .seal(move |desk, visit| {
            let (drafting, _) = drafting(desk.tx(), visit, &asked.0, &asked.1)?;
            let (at, domain) = domain_of(&asked.2)?;
            let (mut fields, mut refusals) = (Vec::new(), Refusals::default());
            for item in &domain.items {
                let (level, remark) = fields_of(&item.code);
                form.at_most(&remark, REMARK_MAX, &mut refusals);
                fields.push((level.clone(), form.text(&level).chars().take(10).collect()));
                fields.push((remark.clone(), form.text(&remark).to_owned()));
            }
            refusals.or(())?;
            tables::keep(desk.tx(), &drafting, &fields)?;
            let path = format!("/organisations/{}/capacites/bilan/{}", asked.0, asked.1);
            let next = grid().get(at + 1).map(|next| format!("/{}", next.code.to_ascii_lowercase()));
            Ok(format!("{path}{}", next.unwrap_or_default()))
        })
        .await;
    match kept {
        Ok(onward) => Ok(visit.see_other(&onward)),
        Err(Stop::Refused(refusals)) => {
            visit
                .page_with(StatusCode::UNPROCESSABLE_ENTITY, move |tx, visit| {
                    domain_page(tx, visit, (&id, &regard, &code), &sent, &refusals)
                })
                .await
        }
        Err(stop) => Err(stop),
    }
}

pub(super) async fn publish(visit: Visit, Path((id, regard)): Path<(String, String)>, sent: Form) -> Outcome {
    let (asked, form) = ((id.clone(), regard.clone()), sent.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let (drafting, organisation) = drafting(desk.tx(), visit, &asked.0, &asked.1)?;
            let kept = begun(visit, &tables::draft(desk.tx(), &drafting)?)?;
            let mut refusals = Refusals::default();
            let on = form.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
            form.at_most("par", 200, &mut refusals);
            let assessor = match form.optional("par").filter(|_| drafting.regard == Regard::External) {
                Some(name) => Some(desk.enclose_text(name)?),
                None => None,
            };
            let mut items = Vec::new();
            for item in grid().iter().flat_map(|domain| &domain.items) {
                let (level, remark) = fields_of(&item.code);
                let remark = match kept.optional(&remark) {
                    Some(text) => Some(desk.enclose_text(text)?),
                    None => None,
                };
                if kept.optional(&level).is_some() || remark.is_some() {
                    items.push(ItemAssessed {
                        item: item.code.clone(),
                        level: kept.text(&level).parse().ok(),
                        remark,
                    });
                }
            }
            let assessed = CapacityAssessed {
                organisation: organisation.id.clone(),
                grid: GRID_VERSION,
                regard: drafting.regard,
                peer: (drafting.regard == Regard::Peer).then(|| drafting.by.clone()),
                assessor,
                on,
                items,
            };
            published(desk, visit, &drafting, assessed, refusals)
        })
        .await;
    match sealed {
        Ok(onward) => Ok(visit.see_other(&onward)),
        Err(Stop::Refused(refusals)) => {
            visit
                .page_with(StatusCode::UNPROCESSABLE_ENTITY, move |tx, visit| {
                    overview(tx, visit, &id, &regard, Some(&sent), &refusals)
                })
                .await
        }
        Err(stop) => Err(stop),
    }
}

/// The assessment is on the record, and nothing is left in drawers.
fn published(
    desk: &mut record::Desk<'_>,
    visit: &Visit,
    drafting: &Drafting,
    assessed: CapacityAssessed,
    refusals: Refusals,
) -> Result<String, Stop> {
    let id: OrganisationId = drafting.organisation.clone();
    let invited = tables::is_asked(desk.tx(), &id, &drafting.by)?;
    let decided = acts::assess(assessed, invited, visit.today());
    let behalf = Behalf::Organisation { organisation: drafting.by.clone() };
    visit.append_or(desk, behalf, refusals, decided)?;
    tables::forget(desk.tx(), drafting)?;
    if drafting.regard == Regard::Peer {
        tables::unask_peer(desk.tx(), &id, &drafting.by)?;
    }
    Ok(format!("/organisations/{id}/capacites"))
}
