//! What an organisation lives on, as everybody reads it: bands, year by year. Never an amount, never a funder's name.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use record::Tx;
use terms::access::Role;
use terms::organisations::{ConcentrationBand, Exposure, MonthsBand, ShareBand, Within};
use terms::{Behalf, OrganisationId};
use web::{
    Cell, Column, Form, Format, House, Listing, Markup, Outcome, Page, Refusals, Shown, Stop, Visit, day,
    html,
};

use super::ties::entry_link;
use super::{funding_form, funding_held};
use crate::acts::{self, is_stale};
use crate::tables::{self, Declaration, Organisation};

pub(super) fn routes() -> Router<House> {
    Router::new()
        .route("/organisations/{id}/financement", get(page))
        .route("/organisations/{id}/financement.csv", get(page))
        .route("/organisations/{id}/financement.json", get(page))
        .route("/organisations/{id}/financement/nouveau", get(funding_form::form).post(funding_form::declare))
        .route("/organisations/{id}/financement/exposition", post(restate))
        .route("/organisations/{id}/financement/{entry}", get(funding_held::page))
}

/// Whether the visitor declares for the organisation.
pub(super) fn may_declare(visit: &Visit, id: &OrganisationId) -> bool {
    visit.standing().is_some_and(|standing| standing.acts_for_organisation(id, &[Role::Secretary]))
}

/// Whether the visitor reads the organisation's figures.
fn may_read(visit: &Visit, id: &OrganisationId) -> bool {
    visit.standing().is_some_and(|standing| standing.acts_for_organisation(id, &Role::ALL))
}

/// What has bands that have words.
pub(super) trait Banded: Copy + PartialEq {
    /// The family of its messages.
    const FAMILY: &'static str;
    /// The word.
    fn word(self) -> &'static str;
    /// From how many hundredths to how many, where it is of hundredths.
    fn hundredths(self) -> Option<(u64, u64)> {
        None
    }
}

impl Banded for ShareBand {
    const FAMILY: &'static str = "share";
    fn word(self) -> &'static str {
        self.as_str()
    }
    fn hundredths(self) -> Option<(u64, u64)> {
        Some(match self {
            Self::None => (0, 0),
            Self::UpTo10 => (0, 10),
            Self::UpTo25 => (10, 25),
            Self::UpTo50 => (25, 50),
            Self::UpTo75 => (50, 75),
            Self::Over75 => (75, 100),
        })
    }
}

impl Banded for ConcentrationBand {
    const FAMILY: &'static str = "concentration";
    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Banded for MonthsBand {
    const FAMILY: &'static str = "months";
    fn word(self) -> &'static str {
        self.as_str()
    }
}

fn band<B: Banded>(visit: &Visit, band: B) -> String {
    visit.say(&format!("organisations-band-{}-{}", B::FAMILY, band.word()))
}

/// The band, or from which to which; said unknown where it is.
pub(super) fn within<B: Banded>(visit: &Visit, within: Option<Within<B>>) -> String {
    match within {
        None => visit.say("organisations-unknown"),
        Some(within) if within.low == within.high => band(visit, within.low),
        Some(within) => match within.low.hundredths().zip(within.high.hundredths()) {
            Some(((low, _), (_, high))) => {
                visit.say_with("organisations-band-share", &[("low", low.into()), ("high", high.into())])
            }
            None => visit.say_with(
                "organisations-band-between",
                &[("low", band(visit, within.low).into()), ("high", band(visit, within.high).into())],
            ),
        },
    }
}

fn low<B: Banded>(within: Option<Within<B>>) -> Cell {
    Cell::text(within.map(|within| within.low.word().to_owned()))
}

fn high<B: Banded>(within: Option<Within<B>>) -> Cell {
    Cell::text(within.map(|within| within.high.word().to_owned()))
}

const LISTING: Listing<Declaration> = Listing {
    name: "financement",
    empty: "organisations-funding-none",
    columns: &[
        Column::data("organisation", "organisations-column-id", |d, _| {
            Cell::Text(d.says.organisation.to_string())
        }),
        Column::data("year", "organisations-funding-year", |d, _| Cell::Number(d.says.year.into())),
        Column::data("by_funder_low", "organisations-funding-by-funder", |d, _| low(d.says.by_funder)),
        Column::data("by_funder_high", "organisations-funding-by-funder", |d, _| high(d.says.by_funder)),
        Column::data("by_category_low", "organisations-funding-by-category", |d, _| low(d.says.by_category)),
        Column::data("by_category_high", "organisations-funding-by-category", |d, _| {
            high(d.says.by_category)
        }),
        Column::data("largest_low", "organisations-funding-largest", |d, _| low(d.says.largest)),
        Column::data("largest_high", "organisations-funding-largest", |d, _| high(d.says.largest)),
        Column::data("state_low", "organisations-funding-state", |d, _| low(d.says.state)),
        Column::data("state_high", "organisations-funding-state", |d, _| high(d.says.state)),
        Column::data("foreign_low", "organisations-funding-foreign", |d, _| low(d.says.foreign)),
        Column::data("foreign_high", "organisations-funding-foreign", |d, _| high(d.says.foreign)),
        Column::data("own_low", "organisations-funding-own", |d, _| low(d.says.own)),
        Column::data("own_high", "organisations-funding-own", |d, _| high(d.says.own)),
        Column::data("tied_low", "organisations-funding-tied", |d, _| low(d.says.tied)),
        Column::data("tied_high", "organisations-funding-tied", |d, _| high(d.says.tied)),
        Column::data("untold", "organisations-funding-untold", |d, _| {
            Cell::text(d.says.untold.map(|band| band.as_str().to_owned()))
        }),
        Column::data("reserve", "organisations-funding-reserve", |d, _| {
            Cell::text(d.says.reserve.map(|band| band.as_str().to_owned()))
        }),
        Column::data("known", "organisations-known", |d, _| Cell::Day(d.known)),
        Column::data("entry", "organisations-tie-entry", |d, _| Cell::number(i64::try_from(d.entry).ok())),
        Column::data("replaced_by", "organisations-funding-replaced", |d, _| {
            Cell::number(d.replaced_by.and_then(|entry| i64::try_from(entry).ok()))
        }),
    ],
};

async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(move |tx, visit| compose(tx, visit, &id, &Refusals::default())).await,
        _ => {
            let rows = visit.ask(move |tx, visit| {
                let organisation = tables::one(tx, &id, visit.day_shown())?.ok_or(Stop::NotFound)?;
                Ok(Shown::all(tables::declarations(tx, &organisation.id)?))
            });
            Ok(LISTING.data(&visit, &rows.await?))
        }
    }
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str, refusals: &Refusals) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let found = tables::declarations(tx, &organisation.id)?;
    let mut years = Vec::new();
    for declaration in found.iter().filter(|declaration| declaration.replaced_by.is_none()) {
        let earlier = found
            .iter()
            .filter(|other| other.says.year == declaration.says.year && other.entry != declaration.entry);
        let earlier: Vec<&Declaration> = earlier.collect();
        years.push(year(tx, visit, &organisation, declaration, &earlier)?);
    }
    let title = visit.say("organisations-funding-title");
    let body = html! {
        h1 { (title) }
        p.lead { a href=(visit.link(&format!("/organisations/{id}"))) { (organisation.name) } }
        (visit.error_summary(refusals))
        p { (visit.say("organisations-funding-lead")) }
        @if years.is_empty() { p.mute { (visit.say("organisations-funding-none")) } }
        @for year in &years { (year) }
        p.small.mute { (visit.say("organisations-funding-convention")) " "
            a href=(visit.link("/indicateurs/i-13")) { (visit.say("organisations-funding-method")) } }
        @if may_declare(visit, &organisation.id) && visit.past().is_none() {
            p.screen { a.button href=(visit.link(&format!("/organisations/{id}/financement/nouveau"))) {
                (visit.say("organisations-funding-declare"))
            } }
        }
    };
    Ok(Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name, &format!("/organisations/{id}"))
        .also_as(&[Format::Csv, Format::Json])
        .exercise(organisation.exercise))
}

fn year(
    tx: &mut Tx<'_>,
    visit: &Visit,
    organisation: &Organisation,
    declaration: &Declaration,
    earlier: &[&Declaration],
) -> Result<Markup, Stop> {
    visit.shows_entry(declaration.entry);
    let year = declaration.says.year;
    let (own, past) = (may_read(visit, &organisation.id), visit.past().is_some());
    let weighing = tables::weighing(tx, organisation, year)?;
    let stale = own && !past && is_stale(&declaration.exposures, &weighing);
    let exposures = exposures(tx, visit, &declaration.exposures)?;
    let path = format!("/organisations/{}/financement", organisation.id);
    Ok(html! {
        section {
            h2 { (visit.say_with("organisations-funding-of-year", &[("year", year.to_string().into())])) }
            @if stale { (restate_card(visit, &path, year)) }
            (bands(visit, &declaration.says))
            h3 { (visit.say("organisations-exposure")) }
            (exposures)
            p.small.mute {
                (visit.say("organisations-known")) " " (day(visit, declaration.known)) " · "
                (entry_link(visit, declaration.entry))
                @if declaration.exposures_entry != declaration.entry {
                    " · " (visit.say("organisations-exposure-again")) " " (entry_link(visit, declaration.exposures_entry))
                }
            }
            @if !earlier.is_empty() {
                details {
                    summary { (visit.say("organisations-funding-replaced")) }
                    @for other in earlier {
                        (bands(visit, &other.says))
                        p.small.mute { (visit.say("organisations-known")) " " (day(visit, other.known)) " · "
                            (entry_link(visit, other.entry)) }
                    }
                }
            }
            @if own {
                p.screen { a href=(visit.link(&format!("{path}/{}", declaration.entry))) {
                    (visit.say("organisations-funding-figures"))
                } }
            }
        }
    })
}

/// The bands of a year, one a line.
pub(super) fn bands(visit: &Visit, says: &terms::organisations::FundingDeclared) -> Markup {
    let lines = [
        ("by-funder", within(visit, says.by_funder)),
        ("by-category", within(visit, says.by_category)),
        ("largest", within(visit, says.largest)),
        ("state", within(visit, says.state)),
        ("foreign", within(visit, says.foreign)),
        ("own", within(visit, says.own)),
        ("tied", within(visit, says.tied)),
        ("untold", within(visit, says.untold.map(|band| Within { low: band, high: band }))),
        ("reserve", within(visit, says.reserve.map(|band| Within { low: band, high: band }))),
    ];
    html! {
        dl.pairs {
            @for (key, said) in &lines {
                div { dt { (visit.say(&format!("organisations-funding-{key}"))) } dd { (said) } }
            }
        }
    }
}

/// What each restriction means of the income.
pub(super) fn exposures(tx: &mut Tx<'_>, visit: &Visit, found: &[Exposure]) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for exposure in found {
        let restriction = tables::restriction(tx, exposure.restriction.as_str())?;
        let title = restriction.map_or_else(|| exposure.restriction.to_string(), |(found, _)| found.title);
        lines.push((exposure, title));
    }
    Ok(html! {
        @if lines.is_empty() { p { (visit.say("organisations-exposure-none")) } }
        @else {
            ul { @for (exposure, title) in &lines {
                li {
                    a href=(visit.link(&format!("/restrictions/{}", exposure.restriction))) { (title) }
                    " : " strong { (within(visit, exposure.share)) }
                }
            } }
        }
    })
}

/// What those who act for the organisation are told when restrictions have changed: one button says the exposure anew.
fn restate_card(visit: &Visit, path: &str, year: i16) -> Markup {
    html! {
        div.card.screen {
            p { strong { (visit.say("organisations-exposure-stale")) } }
            p { (visit.say("organisations-exposure-stale-text")) }
            form method="post" action=(visit.link(&format!("{path}/exposition"))) {
                (visit.token_field())
                input type="hidden" name="annee" value=(year);
                button { (visit.say("organisations-exposure-restate")) }
            }
        }
    }
}

async fn restate(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let organisation = OrganisationId::parse(&id).map_err(|_| Stop::NotFound)?;
    if !may_declare(&visit, &organisation) {
        return Err(Stop::NoStanding);
    }
    let year: i16 = form.text("annee").parse().map_err(|_| Stop::Malformed)?;
    let sealed = visit
        .seal(move |desk, visit| {
            let organisation =
                tables::one(desk.tx(), organisation.as_str(), visit.today())?.ok_or(Stop::NotFound)?;
            let declarations = tables::declarations(desk.tx(), &organisation.id)?;
            let standing = declarations.iter().find(|d| d.says.year == year && d.replaced_by.is_none());
            let held = match standing {
                Some(standing) => tables::figures(desk.tx(), &organisation.id, standing.entry)?,
                None => None,
            };
            let figures = held.as_ref().and_then(|held| held.shown_to(visit.standing())?.as_ref());
            let declared = standing.zip(figures).map(|(standing, figures)| (standing.entry, figures));
            let before = standing.map_or(&[][..], |standing| &standing.exposures);
            let weighing = tables::weighing(desk.tx(), &organisation, year)?;
            let home = tables::home(desk.tx(), &visit.house().record().founded.country)?;
            let id = organisation.id.clone();
            let decided = acts::restate(id.clone(), year, declared, before, &weighing, &home);
            let behalf = Behalf::Organisation { organisation: id.clone() };
            visit.append_or(desk, behalf, Refusals::default(), decided)?;
            Ok(format!("/organisations/{id}/financement"))
        })
        .await;
    match sealed {
        Ok(onward) => Ok(visit.see_other(&onward)),
        Err(Stop::Refused(refusals)) => {
            let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            visit.page_with(status, move |tx, visit| compose(tx, visit, &id, &refusals)).await
        }
        Err(stop) => Err(stop),
    }
}

/// What the organisation's own page says of what it lives on: the newest year in two lines.
pub(super) fn summary(tx: &mut Tx<'_>, visit: &Visit, organisation: &Organisation) -> Result<Markup, Stop> {
    let found = tables::declarations(tx, &organisation.id)?;
    let newest = found.iter().find(|declaration| declaration.replaced_by.is_none());
    Ok(html! {
        h2 { (visit.say("organisations-funding-title")) }
        @match newest {
            None => p.mute { (visit.say("organisations-funding-none")) },
            Some(newest) => {
                dl.pairs {
                    div { dt { (visit.say("organisations-funding-year")) } dd { (newest.says.year) } }
                    div { dt { (visit.say("organisations-funding-by-funder")) } dd {
                        (within(visit, newest.says.by_funder))
                    } }
                    div { dt { (visit.say("organisations-funding-largest")) } dd { (within(visit, newest.says.largest)) } }
                }
            }
        }
        @if newest.is_some() || may_declare(visit, &organisation.id) {
            p { a href=(visit.link(&format!("/organisations/{}/financement", organisation.id))) {
                (visit.say("organisations-funding-all"))
            } }
        }
    })
}
