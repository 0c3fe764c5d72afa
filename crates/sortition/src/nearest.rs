//! The lottery over panels whose shares lie nearest to given shares (Wolfe, "Finding the nearest point in a polytope",
//! Mathematical Programming 11, 1976).
//!
//! At every moment there are some panels in general position and the weights that bring their mean nearest. A panel
//! that lies further towards the goal than the mean does joins; panels whose weight would fall below zero leave. The
//! distance falls at each step, so no set of panels comes back, and the method ends: at the goal, or at the point of the
//! polytope of panels that is nearest to it, with the direction that proves so.

use crate::Trouble;
use crate::model::Panel;

/// Shares this near to the goal, in seats, are at it.
pub(crate) const AT_GOAL: f64 = 1e-10;

/// Weights below this are none.
const WEIGHT_MIN: f64 = 1e-12;

/// Panels with weights whose mean is nearest to the goal among those seen.
pub(crate) struct Nearest {
    goal: Vec<f64>,
    goal_square: f64,
    panels: Vec<Panel>,
    /// The scalar product of each panel with the goal.
    with_goal: Vec<f64>,
    weights: Vec<f64>,
    factor: Factor,
}

impl Nearest {
    /// Nothing but the goal: the share of seats of each type.
    pub(crate) fn new(goal: Vec<f64>) -> Self {
        let goal_square = goal.iter().map(|share| share * share).sum();
        Self {
            goal,
            goal_square,
            panels: Vec::new(),
            with_goal: Vec::new(),
            weights: Vec::new(),
            factor: Factor::default(),
        }
    }

    /// The goal: the share of seats of each type.
    pub(crate) fn goal(&self) -> &[f64] {
        &self.goal
    }

    /// From the mean towards the goal, per type.
    pub(crate) fn way(&self) -> Vec<f64> {
        let mut way = self.goal.clone();
        for (panel, weight) in self.panels.iter().zip(&self.weights) {
            for (kind, count) in panel {
                way[*kind as usize] -= weight * f64::from(*count);
            }
        }
        way
    }

    /// How much further along `way` a panel lies than the mean does; only above zero does it bring the mean nearer.
    pub(crate) fn gain(&self, way: &[f64], panel: &[(u32, u32)]) -> f64 {
        let goal: f64 = way.iter().zip(&self.goal).map(|(a, b)| a * b).sum();
        let square: f64 = way.iter().map(|a| a * a).sum();
        let along: f64 = panel.iter().map(|(kind, count)| way[*kind as usize] * f64::from(*count)).sum();
        along - (goal - square)
    }

    /// Whether a panel is among those with a weight.
    pub(crate) fn holds(&self, panel: &Panel) -> bool {
        self.panels.contains(panel)
    }

    /// The panel has joined, and the weights are the nearest for those that stay.
    ///
    /// **Errors** the panel lies in the plane of those there are: it cannot bring the mean nearer.
    pub(crate) fn join(&mut self, panel: Panel) -> Result<(), Trouble> {
        let mut dense = vec![0.0; self.goal.len()];
        panel.iter().for_each(|(kind, count)| dense[*kind as usize] = f64::from(*count));
        let with_goal: f64 =
            panel.iter().map(|(kind, count)| self.goal[*kind as usize] * f64::from(*count)).sum();
        let products: Vec<f64> = self
            .panels
            .iter()
            .zip(&self.with_goal)
            .map(|(other, other_goal)| {
                let both: f64 =
                    other.iter().map(|(kind, count)| dense[*kind as usize] * f64::from(*count)).sum();
                1.0 + both - with_goal - other_goal + self.goal_square
            })
            .collect();
        let own: f64 = dense.iter().zip(&self.goal).map(|(a, b)| (a - b) * (a - b)).sum();
        if !self.factor.push(products, 1.0 + own) {
            return Err(Trouble::Numbers("panels that are not in general position"));
        }
        self.panels.push(panel);
        self.with_goal.push(with_goal);
        self.weights.push(if self.weights.is_empty() { 1.0 } else { 0.0 });
        self.settle();
        Ok(())
    }

    /// Weights move towards the nearest point of the plane; whoever reaches zero on the way leaves.
    fn settle(&mut self) {
        loop {
            let mut wanted = self.factor.solve(&vec![1.0; self.panels.len()]);
            let sum: f64 = wanted.iter().sum();
            wanted.iter_mut().for_each(|weight| *weight /= sum);
            if wanted.iter().all(|weight| *weight > WEIGHT_MIN) {
                self.weights = wanted;
                return;
            }
            let mut step = 1.0_f64;
            for (held, then) in self.weights.iter().zip(&wanted) {
                if *then <= WEIGHT_MIN && held - then > 0.0 {
                    step = step.min(held / (held - then));
                }
            }
            for (held, then) in self.weights.iter_mut().zip(&wanted) {
                *held += step * (then - *held);
            }
            self.drop_weightless(&wanted);
        }
    }

    /// Those at zero leave; at least one, the one whose weight was to fall and is smallest.
    fn drop_weightless(&mut self, wanted: &[f64]) {
        let mut least: Option<usize> = None;
        for (place, then) in wanted.iter().enumerate() {
            if *then <= WEIGHT_MIN && least.is_none_or(|least| self.weights[place] < self.weights[least]) {
                least = Some(place);
            }
        }
        for place in (0..self.panels.len()).rev() {
            if self.weights[place] <= WEIGHT_MIN || least == Some(place) {
                self.panels.remove(place);
                self.with_goal.remove(place);
                self.weights.remove(place);
                self.factor.remove(place);
            }
        }
        let sum: f64 = self.weights.iter().sum();
        self.weights.iter_mut().for_each(|weight| *weight /= sum);
    }

    /// The panels and their weights.
    pub(crate) fn into_parts(self) -> (Vec<Panel>, Vec<f64>) {
        (self.panels, self.weights)
    }

    /// How many panels have a weight.
    pub(crate) fn len(&self) -> usize {
        self.panels.len()
    }
}

/// The triangular factor of a growing and shrinking matrix of products, by columns.
#[derive(Default)]
struct Factor {
    columns: Vec<Vec<f64>>,
}

impl Factor {
    /// One row and column more. False, and nothing changed, where it depends on the others.
    fn push(&mut self, products: Vec<f64>, own: f64) -> bool {
        let mut column = products;
        self.forward(&mut column);
        let rest = own - column.iter().map(|x| x * x).sum::<f64>();
        if rest <= 1e-11 * own {
            return false;
        }
        column.push(rest.sqrt());
        self.columns.push(column);
        true
    }

    fn forward(&self, right: &mut [f64]) {
        for at in 0..right.len() {
            let column = &self.columns[at];
            let sum: f64 = column[..at].iter().zip(&right[..at]).map(|(a, b)| a * b).sum();
            right[at] = (right[at] - sum) / column[at];
        }
    }

    fn backward(&self, right: &mut [f64]) {
        for at in (0..right.len()).rev() {
            let column = &self.columns[at];
            right[at] /= column[at];
            let value = right[at];
            right[..at].iter_mut().zip(&column[..at]).for_each(|(a, b)| *a -= b * value);
        }
    }

    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solved = right.to_vec();
        self.forward(&mut solved);
        self.backward(&mut solved);
        solved
    }

    /// A row and column less; rotations make what remains triangular again.
    fn remove(&mut self, place: usize) {
        self.columns.remove(place);
        for at in place..self.columns.len() {
            let (upper, lower) = (self.columns[at][at], self.columns[at][at + 1]);
            let length = (upper * upper + lower * lower).sqrt();
            let (cosine, sine) = (upper / length, lower / length);
            for column in &mut self.columns[at..] {
                let (a, b) = (column[at], column[at + 1]);
                column[at] = cosine * a + sine * b;
                column[at + 1] = cosine * b - sine * a;
            }
            self.columns[at].truncate(at + 1);
        }
    }
}
