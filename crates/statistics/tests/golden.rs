//! Our figures against those of R survival, lifelines, statsmodels and mpmath; see `golden/README.md`.

#![expect(clippy::unwrap_used, reason = "in a test file a failed unwrap is a failed test")]

use serde_json::Value;
use statistics::{Curve, Observation, SurvivalRefusal, chi_square, kaplan_meier, log_rank, wilson};

const PEERS: &str = include_str!("golden/peers.json");
const SURVFIT: &str = include_str!("golden/survfit.json");
const OBSERVATIONS: &str = include_str!("golden/observations.csv");

#[track_caller]
fn near(found: f64, expected: f64, within: f64, what: &str) {
    assert!((found - expected).abs() <= within, "{what}: {found} is not {expected}");
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn count(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn observations(set: &str, group: Option<&str>) -> Vec<Observation> {
    let fields = |line: &'static str| line.split(',').collect::<Vec<_>>();
    OBSERVATIONS
        .lines()
        .skip(1)
        .map(fields)
        .filter(|row| row[0] == set && group.is_none_or(|name| row[1] == name))
        .map(|row| Observation { duration: row[2].parse().unwrap(), event: row[3] == "1" })
        .collect()
}

/// Every curve of a peer: what it is of, ours, theirs.
fn curves(peer: &str) -> Vec<(String, Curve, Value)> {
    let peer: Value = serde_json::from_str(peer).unwrap();
    let mut found = Vec::new();
    for set in list(&peer["sets"]) {
        let name = set["name"].as_str().unwrap();
        for (group, theirs) in set["curves"].as_object().unwrap() {
            let rows = observations(name, (group != "all").then_some(group.as_str()));
            found.push((format!("{name}, {group}"), kaplan_meier(&rows).unwrap(), theirs.clone()));
        }
    }
    assert_eq!(found.len(), 10, "three sets and their groups");
    found
}

fn same_steps(peer: &str) -> usize {
    let mut intervals = 0;
    for (what, ours, theirs) in curves(peer) {
        assert_eq!(ours.n, count(&theirs["n"]), "{what}");
        assert_eq!(ours.events, count(&theirs["events"]), "{what}");
        assert_eq!(ours.steps.len(), list(&theirs["steps"]).len(), "{what}");
        for (ours, theirs) in ours.steps.iter().zip(list(&theirs["steps"])) {
            let what = format!("{what}, at {}", ours.time);
            assert_eq!(ours.time, number(&theirs["time"]), "{what}");
            assert_eq!(ours.at_risk, count(&theirs["at_risk"]), "{what}");
            assert_eq!(ours.events, count(&theirs["events"]), "{what}");
            assert_eq!(ours.censored, count(&theirs["censored"]), "{what}");
            near(ours.survival, number(&theirs["survival"]), 1e-9, &what);
            if let (Some(lower), Some(upper)) = (ours.lower, ours.upper) {
                near(lower, number(&theirs["lower"]), 1e-9, &what);
                near(upper, number(&theirs["upper"]), 1e-9, &what);
                intervals += 1;
            } else {
                assert!(ours.survival == 1.0 || ours.survival == 0.0, "{what}");
            }
        }
    }
    intervals
}

#[test]
fn curves_are_those_of_lifelines() {
    assert!(same_steps(PEERS) > 150);
}

#[test]
fn curves_are_those_of_r() {
    assert!(same_steps(SURVFIT) > 150);
}

#[test]
fn r_has_no_interval_where_we_have_none() {
    let mut none = 0;
    for (what, ours, theirs) in curves(SURVFIT) {
        for (ours, theirs) in ours.steps.iter().zip(list(&theirs["steps"])) {
            assert_eq!(ours.lower.is_none(), theirs["lower"].is_null(), "{what}");
            assert_eq!(ours.upper.is_none(), theirs["upper"].is_null(), "{what}");
            none += usize::from(ours.lower.is_none());
        }
    }
    assert!(none >= 4);
}

#[test]
fn quantiles_are_those_of_r_but_on_flat_ties() {
    let (mut plain, mut flat, mut never) = (0, 0, 0);
    for (what, ours, theirs) in curves(SURVFIT) {
        for asked in list(&theirs["quantiles"]) {
            let p = number(&asked["p"]);
            let Some(found) = ours.quantile(p) else {
                assert!(asked["time"].is_null(), "{what}, {p}");
                never += 1;
                continue;
            };
            let step = ours.steps.iter().find(|step| step.time == found).unwrap();
            let next = ours.steps.iter().find(|step| step.time > found && step.events > 0);
            let tie = (step.survival - (1.0 - p)).abs() < 1e-8;
            let expected = match next {
                Some(next) if tie => f64::midpoint(found, next.time),
                _ => found,
            };
            near(number(&asked["time"]), expected, 1e-9, &format!("{what}, {p}"));
            if expected == found { plain += 1 } else { flat += 1 }
        }
    }
    assert!(plain > 20 && flat > 3 && never > 3, "{plain} {flat} {never}");
}

#[test]
fn restricted_means_are_those_of_both() {
    let mut with_error = 0;
    for (what, ours, theirs) in [curves(PEERS), curves(SURVFIT)].concat() {
        for asked in list(&theirs["rmst"]) {
            let tau = number(&asked["tau"]);
            let found = ours.rmst(tau);
            let what = format!("{what}, within {tau}");
            if found.truncated {
                // The peers draw the last level on to the horizon; we stop where observation did.
                let last = ours.steps.last().unwrap();
                assert!(found.tau == last.time && last.time < tau, "{what}");
                let drawn_on = found.value + last.survival * (tau - last.time);
                near(drawn_on, number(&asked["value"]), 1e-9, &what);
                continue;
            }
            assert_eq!(found.tau, tau);
            near(found.value, number(&asked["value"]), 1e-9, &what);
            if !asked["std_error"].is_null() {
                near(found.std_error, number(&asked["std_error"]), 1e-9, &what);
                with_error += 1;
            }
        }
    }
    assert!(with_error > 15, "{with_error}");
}

fn named(set: &str, groups: &[&str]) -> Vec<(String, Vec<Observation>)> {
    groups.iter().map(|group| ((*group).to_owned(), observations(set, Some(group)))).collect()
}

#[test]
fn log_rank_is_that_of_r() {
    let peer: Value = serde_json::from_str(SURVFIT).unwrap();
    let mut tests = 0;
    for set in list(&peer["sets"]) {
        let name = set["name"].as_str().unwrap();
        for theirs in list(&set["log_rank"]) {
            let groups: Vec<&str> =
                list(&theirs["groups"]).iter().map(|group| group["name"].as_str().unwrap()).collect();
            let ours = log_rank(&named(name, &groups)).unwrap();
            near(ours.chi_square, number(&theirs["chi_square"]), 1e-9, name);
            near(ours.p_value, number(&theirs["p_value"]), 1e-10, name);
            assert_eq!(ours.degrees, count(&theirs["degrees"]));
            for (ours, theirs) in ours.groups.iter().zip(list(&theirs["groups"])) {
                assert_eq!(ours.n, count(&theirs["n"]));
                assert_eq!(ours.observed, count(&theirs["observed"]));
                near(ours.expected, number(&theirs["expected"]), 1e-9, name);
            }
            tests += 1;
        }
    }
    assert_eq!(tests, 4);
}

#[test]
fn log_rank_is_that_of_lifelines_and_statsmodels() {
    let peers: Value = serde_json::from_str(PEERS).unwrap();
    for set in list(&peers["sets"]) {
        let name = set["name"].as_str().unwrap();
        for theirs in list(&set["log_rank"]) {
            let groups: Vec<&str> =
                list(&theirs["groups"]).iter().map(|group| group.as_str().unwrap()).collect();
            let ours = log_rank(&named(name, &groups)).unwrap();
            for peer in ["lifelines", "statsmodels"] {
                near(ours.chi_square, number(&theirs[peer]["chi_square"]), 1e-9, peer);
                near(ours.p_value, number(&theirs[peer]["p_value"]), 1e-8, peer);
            }
        }
    }
}

#[test]
fn the_textbook_figures_of_freireich() {
    let treated = kaplan_meier(&observations("freireich", Some("6-MP"))).unwrap();
    let placebo = kaplan_meier(&observations("freireich", Some("placebo"))).unwrap();
    assert_eq!((treated.median(), placebo.median()), (Some(23.0), Some(8.0)));
    assert_eq!((treated.n, treated.events), (21, 9));
    near(log_rank(&named("freireich", &["6-MP", "placebo"])).unwrap().chi_square, 16.79, 0.005, "chi-square");
}

#[test]
fn chi_square_tails_are_those_of_mpmath() {
    let peers: Value = serde_json::from_str(PEERS).unwrap();
    let rows = list(&peers["chi_square_tail"]);
    assert!(rows.len() > 100);
    for row in rows {
        let (x, degrees, tail) = (number(&row["x"]), count(&row["degrees"]), number(&row["tail"]));
        let found = chi_square::upper_tail(x, degrees);
        // Relative, so that the far tail counts as much as the near one.
        near(found / tail, 1.0, 1e-12, &format!("chi-square {x}, {degrees} degrees"));
    }
}

#[test]
fn wilson_is_that_of_statsmodels() {
    let peers: Value = serde_json::from_str(PEERS).unwrap();
    let rows = list(&peers["wilson"]);
    assert_eq!(rows.len(), 10);
    for row in rows {
        let (k, n) = (row["k"].as_u64().unwrap(), row["n"].as_u64().unwrap());
        let found = wilson(k, n).unwrap();
        near(found.lower, number(&row["lower"]), 1e-12, &format!("{k} of {n}"));
        near(found.upper, number(&row["upper"]), 1e-12, &format!("{k} of {n}"));
    }
}

#[test]
fn a_refusal_of_a_group_names_group_and_row() {
    let mut groups = named("freireich", &["6-MP", "placebo"]);
    groups[1].1[4].duration = f64::NAN;
    let refused = log_rank(&groups).unwrap_err();
    assert!(matches!(&refused, SurvivalRefusal::Group { group, .. } if group == "placebo"));
    assert_eq!(refused.to_string(), "group placebo: row 5: a duration of NaN is not a length of time");
}
