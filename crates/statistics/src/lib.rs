#![doc = include_str!("../README.md")]

pub mod chi_square;
pub mod concentration;
pub mod interval;
pub mod share;
pub mod survival;

pub use concentration::{effective_number, hhi, hhi_bounds, hhi_widest, normalised, shares_of};
pub use interval::{Bounds, Interval, bounds, wilson};
pub use share::Share;
pub use survival::{
    Curve, LogRank, LogRankGroup, Observation, Rmst, Step, SurvivalRefusal, kaplan_meier, log_rank,
};

/// The two-sided 95 % point of the normal law: 97.5 % lies below it.
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;
