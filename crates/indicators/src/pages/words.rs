//! How figures and scopes are said to people.

use record::Tx;
use record::directory::{Kind, look_up};
use web::draw::Numerals;
use web::{Language, Markup, Stop, Visit, html};

use crate::figure::Figure;
use crate::indicator::{ALL_REAL, EXERCISE, Indicator, Unit};
use crate::tables::bodies::tally_source;
use crate::tables::level_name;

/// What may follow a scope's slash to name a variant.
const VARIANTS: [&str; 39] = [
    "any-reply",
    "attendance",
    "category-concentrated",
    "category-dependent",
    "category-diversified",
    "category-moderate",
    "concentrated",
    "coverage",
    "d1",
    "d2",
    "d3",
    "d4",
    "d5",
    "d6",
    "d7",
    "d8",
    "days",
    "dependent",
    "diversified",
    "exposed-half",
    "exposed-quarter",
    "gap",
    "gap-d1",
    "gap-d2",
    "gap-d3",
    "gap-d4",
    "gap-d5",
    "gap-d6",
    "gap-d7",
    "gap-d8",
    "moderate",
    "people",
    "positions",
    "refusals-reasoned",
    "refusals-secret",
    "reserve-under-3",
    "under-way",
    "weighted",
    "youth",
];

/// Whether the scope is a variant of another.
pub(super) fn is_variant(scope: &str) -> bool {
    scope.rsplit_once('/').is_some_and(|(_, part)| VARIANTS.contains(&part))
}

/// The indicator's title.
pub(super) fn title(visit: &Visit, indicator: &Indicator) -> String {
    visit.say(&format!("indicators-title-{}", indicator.slug()))
}

/// The scope in words; a body leads to its page, an exercise is marked.
pub(super) fn scope(tx: &mut Tx<'_>, visit: &Visit, scope: &str) -> Result<Markup, Stop> {
    if let Some((whole, part)) = scope.rsplit_once('/').filter(|_| is_variant(scope)) {
        let whole = plain(tx, visit, whole)?;
        return Ok(html! { (whole) ", " (visit.say(&format!("indicators-part-{part}"))) });
    }
    plain(tx, visit, scope)
}

fn plain(tx: &mut Tx<'_>, visit: &Visit, scope: &str) -> Result<Markup, Stop> {
    let english = visit.language() == Language::English;
    let chosen = |fr: String, en: Option<String>| if english { en.unwrap_or(fr) } else { fr };
    if scope == ALL_REAL {
        return Ok(html! { (visit.say("indicators-scope-all")) });
    }
    if scope == EXERCISE {
        return Ok(html! { span class="badge exercise" { (visit.say("indicators-scope-exercise")) } });
    }
    if let Some((fr, en)) = level_name(tx, scope)? {
        return Ok(html! { (chosen(fr, en)) });
    }
    if let Some(body) = look_up(tx, Kind::Body, scope)? {
        let path = body.path().unwrap_or_default();
        let name = chosen(body.fr.unwrap_or_else(|| scope.to_owned()), body.en);
        return Ok(html! { a href=(visit.link(&path)) { (name) } });
    }
    let kind = scope.rsplit_once('/').map_or(scope, |(_, kind)| kind);
    match look_up(tx, Kind::BodyKind, kind)?.filter(|_| !scope.is_empty()) {
        Some(kind) => Ok(html! { (chosen(kind.fr.unwrap_or_else(|| scope.to_owned()), kind.en)) }),
        None => set(tx, visit, scope),
    }
}

/// A set that a source counted: whose it is where its name is that of a body, else the source's own title; then
/// the part of it.
fn set(tx: &mut Tx<'_>, visit: &Visit, scope: &str) -> Result<Markup, Stop> {
    let (set, class) = scope.split_once('/').unwrap_or((scope, "all"));
    let counted = tally_source(tx, set, class)?.flatten();
    let body = look_up(tx, Kind::Body, set)?;
    let named = match (body, counted) {
        (Some(body), _) => Some(body),
        (None, Some(source)) => look_up(tx, Kind::Source, source.as_str())?,
        (None, None) => None,
    };
    let part = match class {
        "all" | "priority" | "complementary" | "non-priority" | "activities" => {
            visit.say(&format!("indicators-class-{class}"))
        }
        other => other.to_owned(),
    };
    Ok(html! {
        @match named.as_ref().and_then(|named| Some((named.path()?, named.fr.as_ref()?, named.en.as_ref()))) {
            Some((path, fr, en)) => {
                a href=(visit.link(&path)) {
                    (en.filter(|_| visit.language() == Language::English).unwrap_or(fr))
                }
            }
            None => (set),
        }
        ", " (part)
    })
}

/// How numbers are drawn.
pub(super) fn numerals(visit: &Visit) -> Numerals {
    if visit.language() == Language::French { Numerals::FRENCH } else { Numerals::ENGLISH }
}

/// Days in words.
pub(super) fn days(visit: &Visit, days: f64) -> String {
    let days = numerals(visit).number(days);
    visit.say_with("indicators-days", &[("days", days.into())])
}

/// A number as this indicator measures.
pub(super) fn measured(visit: &Visit, indicator: &Indicator, number: f64) -> String {
    match indicator.unit {
        Unit::Share => visit.percent(number),
        Unit::Days => days(visit, number),
        Unit::Number => numerals(visit).number((number * 1_000.0).round() / 1_000.0),
    }
}

/// The value in words; what is not known is said so.
pub(super) fn value(visit: &Visit, indicator: &Indicator, figure: &Figure) -> String {
    let Some(value) = figure.value else { return visit.say("indicators-unknown") };
    let said = measured(visit, indicator, value);
    match figure.besides.under_way {
        Some(beside) => {
            let under_way = beside.under_way_share.map(|share| visit.percent(share));
            let under_way = under_way.unwrap_or_else(|| visit.say("indicators-unknown"));
            visit.say_with("indicators-done", &[("done", said.into()), ("underway", under_way.into())])
        }
        None => said,
    }
}

/// The value; where there is none, between which bounds it lies.
pub(super) fn value_or_bounds(visit: &Visit, indicator: &Indicator, figure: &Figure) -> String {
    // Where nothing is counted, bounds of a share are those of ignorance; an index has no count of its own.
    let counted = figure.numerator.is_some() || indicator.unit == Unit::Number;
    match open_bounds(figure).filter(|_| figure.value.is_none() && counted) {
        Some((lower, upper)) => visit.say_with(
            "indicators-between",
            &[
                ("lower", measured(visit, indicator, lower).into()),
                ("upper", measured(visit, indicator, upper).into()),
            ],
        ),
        None => value(visit, indicator, figure),
    }
}

/// The head of a table of figures, after its first columns.
pub(super) fn head(visit: &Visit, first: &[&str]) -> Markup {
    let columns = [
        "indicators-column-value",
        "indicators-column-count",
        "indicators-column-unknown",
        "indicators-column-bounds",
        "indicators-column-n",
    ];
    html! {
        thead { tr {
            @for label in first { th scope="col" { (visit.say(label)) } }
            @for label in columns { th.num scope="col" { (visit.say(label)) } }
        } }
    }
}

/// What was counted out of how many; where the value is among those known, out of these, and all of them after.
pub(super) fn counts(visit: &Visit, indicator: &Indicator, figure: &Figure) -> String {
    let count = |count: Option<i64>| count.map_or_else(|| "?".to_owned(), |count| visit.number(count));
    let (part, whole) = (count(figure.numerator), count(figure.denominator));
    match figure.known() {
        Some(known) => visit.say_with(
            "indicators-count-known",
            &[("part", part.into()), ("known", visit.number(known).into()), ("whole", whole.into())],
        ),
        // Made of another figure: nothing is counted.
        None if figure.numerator.is_none() && figure.denominator.is_none() => "—".to_owned(),
        // An index counts no part of its whole.
        None if indicator.unit == Unit::Number => format!("— / {whole}"),
        None => format!("{part} / {whole}"),
    }
}

/// A figure's cells under [`head`].
pub(super) fn cells(visit: &Visit, indicator: &Indicator, figure: &Figure) -> Markup {
    let count = |count: Option<i64>| count.map_or_else(|| "?".to_owned(), |count| visit.number(count));
    html! {
        td.num data-label=(visit.say("indicators-column-value")) {
            strong { (value(visit, indicator, figure)) }
        }
        td.num data-label=(visit.say("indicators-column-count")) {
            (counts(visit, indicator, figure))
        }
        td.num data-label=(visit.say("indicators-column-unknown")) { (count(figure.unknown)) }
        td.num data-label=(visit.say("indicators-column-bounds")) {
            @if let Some((lower, upper)) = open_bounds(figure) {
                (measured(visit, indicator, lower)) " – " (measured(visit, indicator, upper))
            } @else { "—" }
        }
        td.num data-label=(visit.say("indicators-column-n")) { (visit.number(figure.n)) }
    }
}

/// The bounds, where what is unknown leaves them apart.
pub(super) fn open_bounds(figure: &Figure) -> Option<(f64, f64)> {
    figure.lower.zip(figure.upper).filter(|(lower, upper)| lower < upper)
}
