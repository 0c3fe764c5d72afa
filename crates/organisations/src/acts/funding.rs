//! What an organisation lived on: from exact figures, which stay held, to the bands that are public.

use std::collections::BTreeMap;

use record::directory::sort_key;
use statistics::{Interval, hhi_widest};
use terms::organisations::{
    Category, ConcentrationBand, Exposure, ExposureStated, FundingDeclared, FundingFigures, FundingLine,
    MonthsBand, ShareBand, Within,
};
use terms::{Day, Enclosed, OrganisationId, RestrictionId, Word};

/// Sources of one year.
pub(crate) const LINES_MAX: usize = 60;

/// The first year that is declared here.
pub const FIRST_YEAR: i16 = 1990;

/// The largest amount: ten thousand milliards. What is more is a slip of the hand.
pub(crate) const AMOUNT_MAX: u64 = 10_000_000_000_000;

/// What can be mended of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FundingRefusal {
    /// No year, one before [`FIRST_YEAR`], or one that has not come.
    YearOutside(i16),
    /// Nothing at all is said.
    NothingSaid,
    /// More than [`LINES_MAX`] sources.
    TooManyLines(usize),
    /// The source of this number has an amount over [`AMOUNT_MAX`].
    AmountTooLarge(usize),
    /// The year's income, the reserves or the costs are over [`AMOUNT_MAX`].
    SumTooLarge(&'static str),
    /// The year's income is less than what its sources gave.
    TotalTooSmall(u64),
    /// It costs nothing to run.
    RunningZero,
    /// Nothing was declared for that year.
    NotDeclared,
    /// The restrictions are those that were reckoned with.
    NothingNew,
}

impl From<FundingRefusal> for web::Refusal {
    fn from(refusal: FundingRefusal) -> Self {
        use FundingRefusal as R;
        let (field, key, arguments) = match refusal {
            R::YearOutside(last) => (
                "annee".to_owned(),
                "organisations-funding-refused-year",
                vec![("first", FIRST_YEAR.to_string()), ("last", last.to_string())],
            ),
            R::NothingSaid => ("l1-montant".to_owned(), "organisations-funding-refused-nothing", vec![]),
            R::TooManyLines(count) => (
                "l1-montant".to_owned(),
                "organisations-funding-refused-lines",
                vec![("most", LINES_MAX.to_string()), ("count", count.to_string())],
            ),
            R::AmountTooLarge(line) => {
                (format!("l{line}-montant"), "organisations-funding-refused-large", vec![])
            }
            R::SumTooLarge(field) => (field.to_owned(), "organisations-funding-refused-large", vec![]),
            R::TotalTooSmall(sum) => {
                ("total".to_owned(), "organisations-funding-refused-total", vec![("sum", sum.to_string())])
            }
            R::RunningZero => ("charges".to_owned(), "organisations-funding-refused-running", vec![]),
            R::NotDeclared => (String::new(), "organisations-funding-refused-undeclared", vec![]),
            R::NothingNew => (String::new(), "organisations-funding-refused-nothing-new", vec![]),
        };
        Self { field, key, arguments }
    }
}

/// A restriction that means the organisation in the year, as far as its income is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// Which.
    pub id: RestrictionId,
    /// The entry that tells it so.
    pub told: u64,
    /// Its kind.
    pub kind: String,
    /// Whose money it means; anybody's where absent.
    pub funder: Option<String>,
    /// Whether it means some activities only.
    pub some_activities: bool,
    /// What it takes, in thousandths.
    pub rate: Option<u16>,
}

/// Kinds of restriction that take or forbid money; the others ask for papers.
pub(crate) const OF_MONEY: [&str; 3] = ["ban", "levy", "suspension"];

/// What was declared, before the bands are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Whose.
    pub organisation: OrganisationId,
    /// Which year.
    pub year: Option<i16>,
    /// The figures.
    pub figures: FundingFigures,
    /// Their enclosure.
    pub enclosed: Enclosed,
}

/// The bands of the year are to be public. `home` are the names under which the country goes.
///
/// **Errors** the year is outside; nothing is said; too many sources; an amount over the size; an income under the sum of its
/// sources; nought to run.
pub fn declare(
    declared: Declared,
    weighing: &[Weighing],
    home: &[String],
    today: Day,
) -> Result<Word, Vec<FundingRefusal>> {
    let figures = &declared.figures;
    let refusals = refusals_of(declared.year, figures, today);
    let (Some(year), true) = (declared.year, refusals.is_empty()) else { return Err(refusals) };
    let parts = Parts::of(figures, home);
    Ok(Word::FundingDeclared(FundingDeclared {
        organisation: declared.organisation,
        year,
        by_funder: parts.concentration(&parts.funders, parts.untold_funder),
        by_category: parts.concentration(&parts.categories, parts.untold_category),
        largest: parts.share(parts.funders.iter().copied().max().unwrap_or(0), parts.untold_funder),
        state: parts.share(parts.state, parts.untold_category),
        foreign: parts.share(parts.foreign, parts.foreign_unknown),
        own: parts.share(parts.own, parts.untold_category),
        tied: parts.share(parts.tied, parts.tied_unknown),
        untold: parts.share(parts.untold_funder, 0).map(|within| within.low),
        reserve: reserve(figures),
        exposures: exposures(figures, &parts, weighing),
        figures: declared.enclosed,
    }))
}

/// The two indices themselves, by funder and by kind of funder, between their bounds; none where the income is not known.
pub(crate) fn indices(figures: &FundingFigures, home: &[String]) -> Option<(Interval, Interval)> {
    let parts = Parts::of(figures, home);
    Some((
        parts.index(&parts.funders, parts.untold_funder)?,
        parts.index(&parts.categories, parts.untold_category)?,
    ))
}

fn refusals_of(year: Option<i16>, figures: &FundingFigures, today: Day) -> Vec<FundingRefusal> {
    let mut refusals = Vec::new();
    if !year.is_some_and(|year| (FIRST_YEAR..=today.year()).contains(&year)) {
        refusals.push(FundingRefusal::YearOutside(today.year()));
    }
    let sums = [("total", figures.total), ("reserves", figures.reserves), ("charges", figures.running)];
    if figures.lines.is_empty() && sums.iter().all(|(_, sum)| sum.is_none()) {
        refusals.push(FundingRefusal::NothingSaid);
    }
    if figures.lines.len() > LINES_MAX {
        refusals.push(FundingRefusal::TooManyLines(figures.lines.len()));
    }
    let large = |amount: Option<u64>| amount.is_some_and(|amount| amount > AMOUNT_MAX);
    let lines = figures.lines.iter().enumerate().filter(|(_, line)| large(line.amount));
    refusals.extend(lines.map(|(at, _)| FundingRefusal::AmountTooLarge(at + 1)));
    let sums = sums.iter().filter(|(_, sum)| large(*sum));
    refusals.extend(sums.map(|(field, _)| FundingRefusal::SumTooLarge(field)));
    if let Some(total) = figures.total {
        let sum = told(&figures.lines);
        if total < sum {
            refusals.push(FundingRefusal::TotalTooSmall(sum));
        }
    }
    if figures.running == Some(0) {
        refusals.push(FundingRefusal::RunningZero);
    }
    refusals
}

/// What the amounts that are told add up to.
fn told(lines: &[FundingLine]) -> u64 {
    lines.iter().filter_map(|line| line.amount).fold(0, u64::saturating_add)
}

/// The declared year's exposure is to be said anew. `before` is what was last said of it, `declared` the entry that declared it.
///
/// **Errors** the year was not declared, or its figures are withdrawn; the restrictions are those that were reckoned with.
pub fn restate(
    organisation: OrganisationId,
    year: i16,
    declared: Option<(u64, &FundingFigures)>,
    before: &[Exposure],
    weighing: &[Weighing],
    home: &[String],
) -> Result<Word, Vec<FundingRefusal>> {
    let Some((declared, figures)) = declared else { return Err(vec![FundingRefusal::NotDeclared]) };
    if !is_stale(before, weighing) {
        return Err(vec![FundingRefusal::NothingNew]);
    }
    let exposures = exposures(figures, &Parts::of(figures, home), weighing);
    Ok(Word::ExposureStated(ExposureStated { organisation, year, declared, exposures }))
}

/// Whether restrictions were told, told anew or lifted since the exposure was last said.
pub(crate) fn is_stale(said: &[Exposure], weighing: &[Weighing]) -> bool {
    let of_money = || weighing.iter().filter(|weighs| OF_MONEY.contains(&weighs.kind.as_str()));
    let known = |weighs: &Weighing| said.iter().any(|e| e.restriction == weighs.id && e.told == weighs.told);
    of_money().count() != said.len() || !of_money().all(known)
}

/// An income taken apart in each of the ways that bands are made of.
///
/// **Units** as in the figures; every part is of the total.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Parts {
    /// Unknown where an amount is not told and the whole is not either; nought is no income to have parts of.
    total: Option<u64>,
    funders: Vec<u64>,
    untold_funder: u64,
    categories: Vec<u64>,
    untold_category: u64,
    state: u64,
    own: u64,
    foreign: u64,
    foreign_unknown: u64,
    tied: u64,
    tied_unknown: u64,
    /// What no source is said of.
    rest: u64,
}

impl Parts {
    fn of(figures: &FundingFigures, home: &[String]) -> Self {
        let whole = figures.lines.iter().all(|line| line.amount.is_some());
        let sum = told(&figures.lines);
        let total = figures.total.or_else(|| (whole && !figures.lines.is_empty()).then_some(sum));
        let rest = total.map_or(0, |total| total.saturating_sub(sum));
        let home: Vec<String> = home.iter().map(|name| sort_key(name)).collect();
        let (mut funders, mut categories) =
            (BTreeMap::<String, u64>::new(), BTreeMap::<Category, u64>::new());
        let mut parts = Self {
            total: total.filter(|total| *total > 0),
            untold_funder: rest,
            untold_category: rest,
            foreign_unknown: rest,
            tied_unknown: rest,
            rest,
            ..Self::default()
        };
        for line in &figures.lines {
            let amount = line.amount.unwrap_or(0);
            match funder_key(line) {
                Some(key) => *funders.entry(key).or_default() += amount,
                None => parts.untold_funder += amount,
            }
            match line.category {
                Some(category) => *categories.entry(category).or_default() += amount,
                None => parts.untold_category += amount,
            }
            match is_foreign(line, &home) {
                Some(true) => parts.foreign += amount,
                Some(false) => {}
                None => parts.foreign_unknown += amount,
            }
            match line.tied {
                Some(true) => parts.tied += amount,
                Some(false) => {}
                None => parts.tied_unknown += amount,
            }
        }
        parts.state = categories.get(&Category::State).copied().unwrap_or(0);
        parts.own = categories.get(&Category::Own).copied().unwrap_or(0);
        parts.funders = funders.into_values().collect();
        parts.categories = categories.into_values().collect();
        parts
    }

    fn share(&self, known: u64, unknown: u64) -> Option<Within<ShareBand>> {
        let total = self.total?.into();
        let known = u128::from(known);
        Some(Within { low: share_band(known, total), high: share_band(known + u128::from(unknown), total) })
    }

    fn index(&self, amounts: &[u64], unknown: u64) -> Option<Interval> {
        let total = self.total? as f64;
        let shares: Vec<f64> = amounts.iter().map(|amount| *amount as f64 / total).collect();
        hhi_widest(&shares, unknown as f64 / total)
    }

    fn concentration(&self, amounts: &[u64], unknown: u64) -> Option<Within<ConcentrationBand>> {
        let found = self.index(amounts, unknown)?;
        Some(Within { low: concentration_band(found.lower), high: concentration_band(found.upper) })
    }
}

/// Who gave, as names are compared. Dues and services come from many hands that are one source, the organisation's own.
fn funder_key(line: &FundingLine) -> Option<String> {
    match (&line.funder, line.category) {
        (Some(funder), _) => Some(sort_key(funder)).filter(|key| !key.is_empty()),
        // No funder's name is a number sign.
        (None, Some(Category::Own)) => Some("#".into()),
        (None, _) => None,
    }
}

/// Whether the money came from abroad. An international organisation is no body of the country.
fn is_foreign(line: &FundingLine, home: &[String]) -> Option<bool> {
    match (line.category, &line.country) {
        (Some(Category::State | Category::Own), _) => Some(false),
        (Some(Category::ForeignGovernment | Category::International), _) => Some(true),
        (_, Some(country)) => Some(!home.contains(&sort_key(country))),
        (_, None) => None,
    }
}

/// **Units** `part` of `whole`, which is over nought. Limits belong to the band below them.
fn share_band(part: u128, whole: u128) -> ShareBand {
    match part * 100 {
        0 => ShareBand::None,
        part if part <= whole * 10 => ShareBand::UpTo10,
        part if part <= whole * 25 => ShareBand::UpTo25,
        part if part <= whole * 50 => ShareBand::UpTo50,
        part if part <= whole * 75 => ShareBand::UpTo75,
        _ => ShareBand::Over75,
    }
}

fn concentration_band(index: f64) -> ConcentrationBand {
    // Ten shares of a tenth add up to 0.1 and some noise: what is nearer to a limit than money can be is on it.
    let index = (index * 1e9).round() / 1e9;
    match index {
        index if index < 0.15 => ConcentrationBand::Diversified,
        index if index <= 0.25 => ConcentrationBand::Moderate,
        index if index <= 0.5 => ConcentrationBand::Concentrated,
        _ => ConcentrationBand::Dependent,
    }
}

/// **Source** months of autonomy: reserves that may be spent freely over the costs of a month.
fn reserve(figures: &FundingFigures) -> Option<MonthsBand> {
    let (reserves, running) = (u128::from(figures.reserves?), u128::from(figures.running?));
    if running == 0 {
        return None;
    }
    let twelfths = reserves * 12;
    Some(match twelfths {
        0 => MonthsBand::None,
        months if months < running => MonthsBand::Under1,
        months if months < running * 3 => MonthsBand::Under3,
        months if months < running * 6 => MonthsBand::Under6,
        months if months < running * 12 => MonthsBand::Under12,
        _ => MonthsBand::Over12,
    })
}

fn exposures(figures: &FundingFigures, parts: &Parts, weighing: &[Weighing]) -> Vec<Exposure> {
    let of_money = weighing.iter().filter(|weighs| OF_MONEY.contains(&weighs.kind.as_str()));
    of_money
        .map(|weighs| Exposure {
            restriction: weighs.id.clone(),
            told: weighs.told,
            share: exposed(figures, parts, weighs),
        })
        .collect()
}

/// What part of the income the restriction forbids or takes.
fn exposed(figures: &FundingFigures, parts: &Parts, weighs: &Weighing) -> Option<Within<ShareBand>> {
    let total = parts.total?;
    let (known, unknown) = match &weighs.funder {
        Some(funder) => of_funder(figures, parts.rest, &sort_key(funder)),
        // Which activities the money pays for is not asked here.
        None if weighs.some_activities => (0, total),
        None => (total, 0),
    };
    let rate = weighs.rate.map_or(1_000, u128::from);
    let part = |amount: u64| share_band(u128::from(amount) * rate, u128::from(total) * 1_000);
    Some(Within { low: part(known), high: part(known.saturating_add(unknown)) })
}

/// What comes from the funder, a State or whoever is named so, and what may come from it.
fn of_funder(figures: &FundingFigures, rest: u64, wanted: &str) -> (u64, u64) {
    let (mut known, mut unknown) = (0_u64, rest);
    for line in &figures.lines {
        let amount = line.amount.unwrap_or(0);
        let named = line.funder.as_deref().map(sort_key);
        let from = line.country.as_deref().map(sort_key);
        let is_named = named.as_deref().is_some_and(|name| holds_words(name, wanted));
        match () {
            () if is_named || from.as_deref() == Some(wanted) => known = known.saturating_add(amount),
            // Its own and the home State's money comes from nobody else.
            () if matches!(line.category, Some(Category::Own | Category::State)) => {}
            () if named.is_none() || from.is_none() => unknown = unknown.saturating_add(amount),
            () => {}
        }
    }
    (known, unknown)
}

/// Whether the name holds these words, one after the other and whole.
fn holds_words(name: &str, wanted: &str) -> bool {
    !wanted.is_empty() && format!(" {name} ").contains(&format!(" {wanted} "))
}
