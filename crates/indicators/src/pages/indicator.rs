//! One indicator: what it says, how it is computed, on which entries it rests.

use axum::extract::Path;
use record::Tx;
use record::directory::{Kind, look_up};
use terms::Day;
use web::draw::chart::{
    BoundsWords, CountStep, CurveWords, PairWords, StepsWords, bar_pair, bounds_bar, count_steps,
    survival_curve,
};
use web::{Format, Markup, Outcome, Page, Say, Stop, Visit, html};

use super::words;
use crate::audit::{ALL, value};
use crate::figure::{Figure, HORIZON_DAYS};
use crate::i01::{installations, over_time};
use crate::indicator::{ALL_REAL, EXERCISE, Indicator, OfBody, Unit};
use crate::tables::{self, bodies};

/// Bodies, and entries, on one page.
const ROWS: usize = 20;

/// How many figures are drawn with their bounds; the table holds them all.
const DRAWN_MAX: usize = 6;

/// A trend needs so many periods.
///
/// **Source** domain.md 9, presentation rule 7.
const PERIODS_MIN: usize = 3;

/// `GET /indicateurs/{code}`, with `.csv` and `.json`.
pub(super) async fn page(Path(code): Path<String>, visit: Visit) -> Outcome {
    let slug = code.strip_suffix(visit.format().suffix()).unwrap_or(&code).to_owned();
    let indicator = ALL.into_iter().find(|indicator| indicator.slug() == slug).ok_or(Stop::NotFound)?;
    if visit.format() != Format::Html {
        let values = visit
            .ask(move |tx, visit| {
                let (figures, size) = own(tx, visit, indicator)?;
                let shown = (visit.day_shown(), size);
                Ok(figures
                    .iter()
                    .map(|f| value(indicator, f, shown, &|key| visit.say(key)))
                    .collect::<Vec<_>>())
            })
            .await?;
        return super::data(&visit, &slug, &values);
    }
    visit.page(move |tx, visit| compose(tx, visit, indicator)).await
}

/// The indicator's figures, out of the kept audit.
fn own(tx: &mut Tx<'_>, visit: &Visit, indicator: &Indicator) -> Result<(Vec<Figure>, u64), Stop> {
    let (figures, size) = super::figures(tx, visit)?;
    let own = figures.iter().filter(|(place, _)| ALL[*place].code == indicator.code);
    Ok((own.map(|(_, figure)| figure.clone()).collect(), size))
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, indicator: &Indicator) -> Result<Page, Stop> {
    let (figures, size) = own(tx, visit, indicator)?;
    let slug = indicator.slug();
    let title = format!("{} — {}", indicator.code, words::title(visit, indicator));
    let values = scope_table(tx, visit, indicator, &figures)?;
    let drawings = drawings(tx, visit, indicator, &figures)?;
    let bodies = match indicator.of_body {
        Some(of_body) => body_table(tx, visit, indicator, of_body)?,
        None => html! {},
    };
    let example = example(tx, visit, indicator, &figures)?;
    let inputs = input_table(tx, visit, indicator)?;
    let day = visit.day_text(visit.day_shown());
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say(&format!("indicators-what-{slug}"))) }
        p.small.mute {
            (visit.say_with("indicators-audit-lead", &[("day", day.into()), ("size", size.into())]))
        }
        (values)
        (drawings)
        section {
            h2 { (visit.say("indicators-method")) }
            dl.pairs {
                div { dt { (visit.say("indicators-method-formula")) }
                      dd { (visit.say(&format!("indicators-formula-{slug}"))) } }
                div { dt { (visit.say("indicators-method-example")) } dd { (example) } }
                div { dt { (visit.say("indicators-method-limits")) }
                      dd { (visit.say(&format!("indicators-limits-{slug}"))) } }
                div { dt { (visit.say("indicators-method-source")) }
                      dd { (visit.say(&format!("indicators-source-{slug}"))) } }
                div { dt { (visit.say("indicators-method-version")) } dd { (indicator.version) } }
            }
        }
        (bodies)
        (inputs)
    };
    let page = Page::new(title, body).under(visit.say("indicators-audit"), "/indicateurs");
    Ok(page.also_as(&[Format::Csv, Format::Json]))
}

fn scope_table(
    tx: &mut Tx<'_>,
    visit: &Visit,
    indicator: &Indicator,
    figures: &[Figure],
) -> Result<Markup, Stop> {
    let mut rows = Vec::new();
    for figure in figures {
        rows.push((words::scope(tx, visit, &figure.scope)?, figure));
    }
    Ok(html! {
        h2 { (visit.say("indicators-values")) }
        @if rows.is_empty() { p.mute { (visit.say("indicators-empty")) } }
        @else {
            table.cards {
                caption { (visit.say("indicators-values-caption")) }
                (words::head(visit, &["indicators-column-scope"]))
                tbody {
                    @for (scope, figure) in &rows {
                        tr {
                            td data-label=(visit.say("indicators-column-scope")) { (scope) }
                            (words::cells(visit, indicator, figure))
                        }
                    }
                }
            }
        }
    })
}

/// What the figures look like: the pair of bars, the curve, the counts over time, or the values between their
/// bounds.
fn drawings(
    tx: &mut Tx<'_>,
    visit: &Visit,
    indicator: &Indicator,
    figures: &[Figure],
) -> Result<Markup, Stop> {
    Ok(match indicator.code {
        "I-01" => html! { (counts_over_time(tx, visit)?) (bounds(tx, visit, indicator, figures)?) },
        "I-08" => {
            html! { p { a href=(visit.link("/indicateurs/i-08/reseau")) { (visit.say("indicators-network")) } } }
        }
        "I-29" => curve(tx, visit, figures)?,
        "I-32" => pairs(tx, visit, indicator, figures)?,
        // Bars are of shares.
        _ if indicator.unit != Unit::Share => html! {},
        _ => bounds(tx, visit, indicator, figures)?,
    })
}

fn counts_over_time(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let day = visit.day_shown();
    let mut drawn = Vec::new();
    for found in installations(tx, day)? {
        let steps = over_time(tx, &found.kind, day)?;
        if steps.len() < PERIODS_MIN {
            continue;
        }
        let scope = words::scope(tx, visit, &found.scope)?;
        drawn.push((scope.clone(), count_chart(visit, &scope.into_string(), &steps)));
    }
    Ok(html! {
        @if !drawn.is_empty() { h2 { (visit.say("indicators-trend")) } }
        div.cols { @for (scope, chart) in &drawn { div { h3 { (scope) } (chart) } } }
    })
}

fn count_chart(visit: &Visit, scope: &str, steps: &[(Day, i64, i64)]) -> Markup {
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    let labels: Vec<String> = steps.iter().map(|(on, ..)| on.to_string()).collect();
    let drawn: Vec<CountStep<'_>> = steps
        .iter()
        .zip(&labels)
        .map(|((on, value, of), label)| CountStep {
            day: crate::clock::number(*on),
            label,
            value: whole(*value),
            of: whole(*of),
        })
        .collect();
    let said: Vec<String> =
        steps.iter().map(|(on, value, of)| format!("{} — {value}/{of}", visit.day_text(*on))).collect();
    let said = said.join(", ");
    let title = format!("{} — {scope}", visit.say("indicators-trend"));
    count_steps(&drawn, &StepsWords { title: &title, desc: &said })
}

fn curve(tx: &mut Tx<'_>, visit: &Visit, figures: &[Figure]) -> Result<Markup, Stop> {
    let Some(curve) = crate::i29::curve_of_all(tx, visit.day_shown())? else { return Ok(html! {}) };
    let survival = figures.iter().find(|figure| figure.scope == ALL_REAL).and_then(|f| f.besides.survival);
    let days = |days: Option<f64>| {
        days.map_or_else(|| visit.say("indicators-not-reached"), |days| words::days(visit, days))
    };
    let said = |of: fn(&crate::Survival) -> Option<f64>| Say::from(days(survival.as_ref().and_then(of)));
    let desc = visit.say_with(
        "indicators-curve-desc",
        &[
            ("n", curve.n.into()),
            ("events", curve.events.into()),
            ("quarter", said(|s| s.q25_days)),
            ("median", said(|s| s.median_days)),
            ("mean", said(|s| s.rmst_days)),
            ("horizon", said(|s| s.rmst_horizon_days)),
        ],
    );
    let steps: Vec<(f64, f64)> = curve.steps.iter().map(|step| (step.time, step.survival)).collect();
    let words = CurveWords {
        title: &visit.say("indicators-curve"),
        desc: &desc,
        across: &visit.say("indicators-curve-across"),
        up: &visit.say("indicators-curve-up"),
        median: &visit.say("indicators-curve-median"),
    };
    Ok(html! {
        h2 { (visit.say("indicators-curve")) }
        (survival_curve(&steps, HORIZON_DAYS, &words, words::numerals(visit)))
        p { (desc) }
    })
}

fn pairs(tx: &mut Tx<'_>, visit: &Visit, indicator: &Indicator, figures: &[Figure]) -> Result<Markup, Stop> {
    let mut drawn = Vec::new();
    for figure in figures {
        let under_way = figure.besides.under_way.and_then(|beside| beside.under_way);
        let (Some(done), Some(under_way)) = (figure.numerator, under_way) else { continue };
        if figure.n == 0 {
            continue;
        }
        let scope = words::scope(tx, visit, &figure.scope)?;
        let [done, under_way, total] = [done, under_way, figure.n].map(|n| u64::try_from(n).unwrap_or(0));
        let words = PairWords {
            title: &words::title(visit, indicator),
            desc: &words::value(visit, indicator, figure),
            done: &visit.say("indicators-bar-done"),
            under_way: &visit.say("indicators-bar-under-way"),
        };
        drawn.push((scope, bar_pair(done, under_way, total, &words, words::numerals(visit))));
    }
    Ok(html! { div.cols { @for (scope, chart) in &drawn { div { h3 { (scope) } (chart) } } } })
}

/// The values whose unknowns leave them open, between their bounds.
fn bounds(tx: &mut Tx<'_>, visit: &Visit, indicator: &Indicator, figures: &[Figure]) -> Result<Markup, Stop> {
    let mut drawn = Vec::new();
    let open = figures.iter().filter_map(|figure| Some((figure, words::open_bounds(figure)?)));
    for (figure, (lower, upper)) in open.take(DRAWN_MAX) {
        let scope = words::scope(tx, visit, &figure.scope)?;
        let known = figure.value.map_or("indicators-unknown", |_| "indicators-column-value");
        let words = BoundsWords {
            title: &words::title(visit, indicator),
            desc: &words::value(visit, indicator, figure),
            lower: &visit.say("indicators-lower"),
            upper: &visit.say("indicators-upper"),
            value: &visit.say(known),
        };
        let bar = bounds_bar(lower, figure.value, upper, &words, words::numerals(visit));
        drawn.push((scope, bar));
    }
    Ok(html! {
        @if !drawn.is_empty() { p { (visit.say("indicators-bounds-note")) } }
        div.cols { @for (scope, bar) in &drawn { div { h3 { (scope) } (bar) } } }
    })
}

/// The computation with this record's own figures: of the real scope on which the most rests, else of the
/// exercise.
fn example(
    tx: &mut Tx<'_>,
    visit: &Visit,
    indicator: &Indicator,
    figures: &[Figure],
) -> Result<Markup, Stop> {
    let of_exercise = |figure: &&Figure| figure.scope.starts_with(EXERCISE);
    // Bounds alone show the computation too: they come after every value, and before nothing at all.
    let computed = |figure: &&Figure| figure.value.is_some() || words::open_bounds(figure).is_some();
    let best = figures
        .iter()
        .filter(|figure| !words::is_variant(&figure.scope) && figure.numerator.is_some() && computed(figure))
        .max_by_key(|figure| (!of_exercise(figure), figure.value.is_some(), figure.n));
    let Some(figure) = best else { return Ok(html! { (visit.say("indicators-example-none")) }) };
    let scope = words::scope(tx, visit, &figure.scope)?;
    let number = |count: Option<i64>| Say::from(count.map_or_else(|| "?".into(), |n| visit.number(n)));
    // Divided by the denominator itself, unless some of it is unknown.
    let key = match (indicator.code, figure.known().is_none()) {
        _ if figure.value.is_none() => "indicators-example-bounds",
        ("I-04", _) => "indicators-example-activation",
        ("I-29", _) => "indicators-example-wait",
        (_, true) => "indicators-example-plain",
        (_, false) => "indicators-example-known",
    };
    let measured = |number: Option<f64>| {
        number.map_or_else(String::new, |number| words::measured(visit, indicator, number))
    };
    let said = visit.say_with(
        key,
        &[
            ("numerator", number(figure.numerator)),
            ("denominator", number(figure.denominator)),
            ("unknown", number(figure.unknown)),
            ("value", measured(figure.value).into()),
            ("lower", measured(figure.lower).into()),
            ("upper", measured(figure.upper).into()),
        ],
    );
    Ok(html! { (scope) ", " (web::day(visit, visit.day_shown())) " — " (said) })
}

/// Every body that the indicator speaks of, some at a time.
fn body_table(
    tx: &mut Tx<'_>,
    visit: &Visit,
    indicator: &Indicator,
    of_body: OfBody,
) -> Result<Markup, Stop> {
    let (day, after) = (visit.day_shown(), visit.asked("apres").unwrap_or_default());
    let mut ids = bodies::bodies_after(tx, day, after, ROWS + 1)?;
    let next = (ids.len() > ROWS).then(|| ids.swap_remove(ROWS)).and_then(|_| ids.last().cloned());
    let mut rows = Vec::new();
    for id in ids.iter().take(ROWS) {
        for figure in of_body(tx, day, id)? {
            rows.push((words::scope(tx, visit, &figure.scope)?, figure));
        }
    }
    Ok(html! {
        section id="instances" {
            h2 { (visit.say("indicators-bodies")) }
            @if rows.is_empty() { p.mute { (visit.say("indicators-bodies-empty")) } }
            @else {
                table.cards {
                    caption { (visit.say("indicators-bodies-caption")) }
                    (words::head(visit, &["indicators-column-body"]))
                    tbody {
                        @for (scope, figure) in &rows {
                            tr {
                                td data-label=(visit.say("indicators-column-body")) { (scope) }
                                (words::cells(visit, indicator, figure))
                            }
                        }
                    }
                }
            }
            (onward(visit, "apres", next, "#instances"))
        }
    })
}

/// The way to the next rows, and back to the first.
fn onward(visit: &Visit, name: &str, next: Option<String>, here: &str) -> Markup {
    let begun = visit.asked(name).is_some();
    html! {
        @if begun || next.is_some() {
            nav aria-label=(visit.say("indicators-onward")) {
                ol.pages {
                    @if begun {
                        li { a href=(format!("{}{}{here}", visit.path(), visit.query_with(&[(name, "")]))) {
                            (visit.say("indicators-first"))
                        } }
                    }
                    @if let Some(next) = next {
                        li { a rel="next" href=(format!("{}{here}", visit.query_with(&[(name, &next)]))) {
                            (visit.say("indicators-next"))
                        } }
                    }
                }
            }
        }
    }
}

/// The entries of the record that the figures are made from, newest first.
fn input_table(tx: &mut Tx<'_>, visit: &Visit, indicator: &Indicator) -> Result<Markup, Stop> {
    let before = visit.asked("avant").and_then(|index| index.parse().ok()).unwrap_or(i64::MAX);
    let mut found = tables::inputs(tx, indicator.matters, before, ROWS + 1)?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = found.last().filter(|_| more).map(|input| input.entry.to_string());
    let mut rows = Vec::new();
    for input in found {
        rows.push((subject(tx, visit, input.kind.as_deref(), input.id.as_deref())?, input));
    }
    Ok(html! {
        section id="entrees" {
            h2 { (visit.say("indicators-inputs")) }
            p { (visit.say("indicators-inputs-lead")) }
            @if rows.is_empty() { p.mute { (visit.say("indicators-inputs-empty")) } }
            @else {
                table.cards {
                    caption { (visit.say("indicators-inputs-caption")) }
                    thead { tr {
                        @for label in ["indicators-input-entry", "indicators-input-what",
                                       "indicators-input-of", "indicators-input-on"] {
                            th scope="col" { (visit.say(label)) }
                        }
                    } }
                    tbody {
                        @for (subject, input) in &rows {
                            tr {
                                td data-label=(visit.say("indicators-input-entry")) {
                                    a href=(visit.link(&format!("/registre/{}", input.entry))) {
                                        (visit.number(input.entry))
                                    }
                                }
                                td data-label=(visit.say("indicators-input-what")) {
                                    (visit.say(&format!("indicators-word-{}", input.word)))
                                }
                                td data-label=(visit.say("indicators-input-of")) { (subject) }
                                td data-label=(visit.say("indicators-input-on")) {
                                    @match input.on { Some(on) => { (web::day(visit, on)) } None => "—" }
                                }
                            }
                        }
                    }
                }
            }
            (onward(visit, "avant", next, "#entrees"))
        }
    })
}

fn subject(tx: &mut Tx<'_>, visit: &Visit, kind: Option<&str>, id: Option<&str>) -> Result<Markup, Stop> {
    let kind = match kind {
        Some("body") => Kind::Body,
        Some("body-kind") => Kind::BodyKind,
        Some("recommendation") => Kind::Recommendation,
        Some("organisation") => Kind::Organisation,
        Some("place") => Kind::Place,
        _ => return Ok(html! { "—" }),
    };
    let id = id.unwrap_or_default();
    let Some(named) = look_up(tx, kind, id)? else { return Ok(html! { (id) }) };
    let english = visit.language() == web::Language::English;
    let name = named.en.clone().filter(|_| english).or(named.fr.clone()).unwrap_or_else(|| id.to_owned());
    Ok(html! {
        @match named.path() { Some(path) => a href=(visit.link(&path)) { (name) }, None => { (name) } }
        @if named.exercise { " " span class="badge exercise" { (visit.say("indicators-scope-exercise")) } }
    })
}
