"""Writes ../observations.csv and ../peers.json: what lifelines, statsmodels and mpmath answer.

Not needed to run the tests. To make the files again:
    python -m venv v && v/bin/pip install lifelines==0.30.3 statsmodels==0.15.0 mpmath==1.4.1
    v/bin/python peers.py && Rscript survival.R
"""

import csv
import json
import pathlib

import lifelines
import mpmath
import numpy
import pandas
import scipy
import statsmodels
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time
from statsmodels.duration.survfunc import survdiff
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).resolve().parent.parent

TAIL_AT = [1e-12, 1e-3, 0.1, 0.5, 1.0, 3.841458820694124, 7.3, 16.79294098, 40.0, 118.5, 390.0, 1200.0]

# Freireich et al. 1963, weeks of remission in acute leukaemia; a minus sign marks a censored time.
FREIREICH = {
    "6-MP": [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35],
    "placebo": [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
}


def freireich():
    return [(group, float(abs(t)), t > 0) for group, times in FREIREICH.items() for t in times]


def whole_days():
    """Two hundred fictional delays in whole days (many ties), three groups, cut at 45 days."""
    rng = numpy.random.default_rng(20190129)
    rows = []
    for i in range(200):
        group = "abc"[i % 3]
        answer = rng.exponential({"a": 18.0, "b": 24.0, "c": 33.0}[group])
        leave = min(rng.uniform(5.0, 70.0), 45.0)
        rows.append((group, float(numpy.floor(min(answer, leave))), bool(answer <= leave)))
    return rows


def no_censoring():
    """Sixty fictional delays, every one ended, half days included; one group is shorter."""
    rng = numpy.random.default_rng(2152)
    scale = {"x": 6.0, "y": 15.0}
    return [(g, float(numpy.round(rng.exponential(scale[g]) * 2.0) / 2.0), True) for g in "xy" * 30]


def curve(rows, taus):
    durations = [r[1] for r in rows]
    events = [r[2] for r in rows]
    fit = KaplanMeierFitter().fit(durations, events)
    table, band = fit.event_table, fit.confidence_interval_
    steps = [
        {
            "time": t,
            "at_risk": int(table.at_risk[t]),
            "events": int(table.observed[t]),
            "censored": int(table.censored[t]),
            "survival": fit.survival_function_.iloc[:, 0][t],
            "lower": band.iloc[:, 0][t],
            "upper": band.iloc[:, 1][t],
        }
        for t in sorted(set(durations))
    ]
    return {
        "n": len(rows),
        "events": int(sum(events)),
        "steps": steps,
        "rmst": [{"tau": tau, "value": restricted_mean_survival_time(fit, t=tau)} for tau in taus],
    }


def comparison(rows):
    frame = pandas.DataFrame(rows, columns=["group", "duration", "event"])
    ours = multivariate_logrank_test(frame.duration, frame.group, frame.event)
    chi, p = survdiff(frame.duration, frame.event.astype(int), frame.group)
    return {
        "lifelines": {"chi_square": ours.test_statistic, "p_value": ours.p_value},
        "statsmodels": {"chi_square": float(chi), "p_value": float(p)},
    }


def chi_square_tail():
    mpmath.mp.dps = 60
    rows = []
    for degrees in [1, 2, 3, 4, 5, 7, 10, 19, 30, 101, 400]:
        for x in TAIL_AT:
            tail = mpmath.gammainc(mpmath.mpf(degrees) / 2, mpmath.mpf(x) / 2, mpmath.inf, regularized=True)
            if tail > mpmath.mpf("1e-290"):
                rows.append({"x": x, "degrees": degrees, "tail": float(tail)})
    return rows


def wilson():
    cases = [(0, 1), (1, 1), (0, 10), (10, 10), (2, 23), (1, 2), (7, 41), (195, 268), (138, 208), (38, 819)]
    rows = []
    for k, n in cases:
        lower, upper = proportion_confint(k, n, alpha=0.05, method="wilson")
        rows.append({"k": k, "n": n, "lower": float(lower), "upper": float(upper)})
    return rows


def main():
    sets = {
        "freireich": (freireich(), [8.0, 20.0, 23.0]),
        "whole_days": (whole_days(), [10.0, 30.0, 45.0]),
        "no_censoring": (no_censoring(), [4.0, 12.25]),
    }
    with open(HERE / "observations.csv", "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["set", "group", "duration", "event"])
        for name, (rows, _) in sets.items():
            table.writerows([name, g, t, int(e)] for g, t, e in rows)
    answer = {"made_with": {
        m.__name__: m.__version__ for m in (lifelines, statsmodels, scipy, numpy, pandas, mpmath)}}
    answer["sets"] = []
    for name, (rows, taus) in sets.items():
        groups = sorted({r[0] for r in rows})
        curves = {"all": curve(rows, taus)}
        curves |= {g: curve([r for r in rows if r[0] == g], taus) for g in groups}
        tests = [{"groups": groups} | comparison(rows)]
        if len(groups) == 3:
            two = [r for r in rows if r[0] in groups[:2]]
            tests.append({"groups": groups[:2]} | comparison(two))
        answer["sets"].append({"name": name, "curves": curves, "log_rank": tests})
    answer["chi_square_tail"] = chi_square_tail()
    answer["wilson"] = wilson()
    (HERE / "peers.json").write_text(json.dumps(answer, indent=1, default=float) + "\n")


main()
