//! Panels found and proved by whole-number programmes: the one worth most, and the smallest change of quotas.

use microlp::{
    ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, SolveOptions, TerminationReason,
    Variable,
};

use crate::Trouble;
use crate::model::{Model, Panel};

/// Branches that one search may open. It bounds the work by a count, which is the same on every machine.
const NODES_MAX: u64 = 200_000;

/// A panel within this share of the best is good.
const GOOD: f64 = 0.1;

/// The panel that is worth most at these prices per type; none where no panel meets the quotas.
pub(crate) fn best(model: &Model, prices: &[f64]) -> Result<Option<Panel>, Trouble> {
    find(model, prices, 0.0)
}

/// A panel worth nearly most: the first that the search meets, most often.
pub(crate) fn good(model: &Model, prices: &[f64]) -> Result<Option<Panel>, Trouble> {
    find(model, prices, GOOD)
}

fn find(model: &Model, prices: &[f64], gap: f64) -> Result<Option<Panel>, Trouble> {
    let largest = prices.iter().fold(0.0_f64, |largest, price| largest.max(price.abs()));
    let scale = if largest > 0.0 { 1.0 / largest } else { 1.0 };
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    // Every panel has as many seats: one more for each changes nothing, and "within a tenth" then has a meaning.
    let counts = counts(&mut problem, model, |kind| 1.0 + prices[kind] * scale);
    let sums = sums(&mut problem, model, &counts);
    for (row, (sum, quota)) in sums.into_iter().zip(&model.rows).enumerate() {
        let (below, above) = (model.binds_below(row), model.binds_above(row));
        if above {
            problem.add_constraint(sum.clone(), ComparisonOp::Le, f64::from(quota.max));
        }
        if below {
            problem.add_constraint(sum, ComparisonOp::Ge, f64::from(quota.min));
        }
    }
    let Some(solution) = solve(&problem, gap)? else { return Ok(None) };
    let panel = read(&counts, &solution);
    if model.allows(&panel) { Ok(Some(panel)) } else { Err(Trouble::Numbers("a panel that breaks a quota")) }
}

/// A bound of a quota that must move for a panel to exist, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) row: usize,
    pub(crate) minimum: bool,
    pub(crate) by: u32,
}

/// The fewest seats by which bounds of quotas must move, all together; none where even that gives no panel, which is
/// only where there are more seats than people.
pub(crate) fn relaxation(model: &Model) -> Result<Option<Vec<Move>>, Trouble> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let counts = counts(&mut problem, model, |_| 0.0);
    let sums = sums(&mut problem, model, &counts);
    let mut moves = Vec::new();
    for (row, (sum, quota)) in sums.into_iter().zip(&model.rows).enumerate() {
        let seats = i32::try_from(model.seats).unwrap_or(i32::MAX);
        for minimum in [true, false] {
            let most = if minimum { i32::try_from(quota.min).unwrap_or(i32::MAX) } else { seats };
            let by = problem.add_integer_var(1.0, (0, most));
            let mut side = sum.clone();
            side.add(by, if minimum { 1.0 } else { -1.0 });
            let (op, bound) =
                if minimum { (ComparisonOp::Ge, quota.min) } else { (ComparisonOp::Le, quota.max) };
            problem.add_constraint(side, op, f64::from(bound));
            moves.push((row, minimum, by));
        }
    }
    let Some(solution) = solve(&problem, 0.0)? else { return Ok(None) };
    let moved = moves.into_iter().map(|(row, minimum, by)| {
        let by = solution.var_value(by).round() as u32;
        Move { row, minimum, by }
    });
    Ok(Some(moved.filter(|moved| moved.by > 0).collect()))
}

fn counts(problem: &mut Problem, model: &Model, price: impl Fn(usize) -> f64) -> Vec<Variable> {
    let kinds = model.kinds.iter().enumerate();
    kinds
        .map(|(number, kind)| {
            let most = kind.size().min(model.seats);
            problem.add_integer_var(price(number), (0, i32::try_from(most).unwrap_or(i32::MAX)))
        })
        .collect()
}

/// The seats are all filled; how many of each quota's people sit.
fn sums(problem: &mut Problem, model: &Model, counts: &[Variable]) -> Vec<LinearExpr> {
    let mut seated = LinearExpr::empty();
    let mut in_row: Vec<LinearExpr> = model.rows.iter().map(|_| LinearExpr::empty()).collect();
    for (kind, count) in model.kinds.iter().zip(counts) {
        seated.add(*count, 1.0);
        kind.rows.iter().for_each(|row| in_row[*row].add(*count, 1.0));
    }
    problem.add_constraint(seated, ComparisonOp::Eq, f64::from(model.seats));
    in_row
}

fn solve(problem: &Problem, gap: f64) -> Result<Option<microlp::Solution>, Trouble> {
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES_MAX);
    options.mip_gap = gap;
    let outcome = match problem.solve_with(options) {
        Ok(outcome) => outcome,
        Err(Error::Infeasible) => return Ok(None),
        Err(error) => return Err(Trouble::Solver(error.to_string())),
    };
    match outcome.termination_reason() {
        TerminationReason::ProvenOptimal | TerminationReason::MipGap => {
            outcome.into_solution().map(Some).map_err(|_| Trouble::TooHard)
        }
        _ => Err(Trouble::TooHard),
    }
}

/// Whole numbers out of the solver's values.
fn read(counts: &[Variable], solution: &microlp::Solution) -> Panel {
    (0..)
        .zip(counts)
        .filter_map(|(kind, count)| {
            let count = solution.var_value(*count).round();
            (count > 0.5).then_some((kind, count as u32))
        })
        .collect()
}
