#!/usr/bin/env python3
"""The leximin probabilities of an instance by another road, with another solver (HiGHS, through SciPy).

    oracle.py POOL.csv QUOTAS.csv SEATS [cbc] > EXPECTED.csv

Classical column generation on panels (Flanigan et al., Nature 2021, supplement, algorithm 1), type by type: maximise the
minimum of those not fixed, price panels by a whole-number programme until none helps, fix those whose dual price is above
zero, go on. Nothing of it is shared with the crate: no relaxation, no nearest point. With `cbc`, every programme is given to COIN CBC
(through PuLP) instead of HiGHS.
"""
import csv
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp


def read(pool, quotas):
    rows = [(q["feature"], q["value"], int(q["min"]), int(q["max"])) for q in csv.DictReader(open(quotas))]
    features = sorted({q[0] for q in rows})
    people = [(p["id"], tuple(p[f] for f in features)) for p in csv.DictReader(open(pool))]
    return rows, features, people


def cbc(cost, rules, low, high, whole):
    """Least cost and the prices of the rules (coefficients, sense, right side), by CBC."""
    import pulp
    problem = pulp.LpProblem("p", pulp.LpMinimize)
    kind = "Integer" if whole else "Continuous"
    xs = [pulp.LpVariable(f"x{i}", l, h, kind) for i, (l, h) in enumerate(zip(low, high))]
    problem += pulp.lpSum(float(c) * x for c, x in zip(cost, xs) if c)
    for number, (row, sense, right) in enumerate(rules):
        sum_ = pulp.lpSum(float(c) * x for c, x in zip(row, xs) if c)
        problem += (sum_ <= right if sense < 0 else sum_ >= right if sense > 0 else sum_ == right), f"r{number}"
    assert problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0)) == 1
    prices = np.array([problem.constraints[f"r{number}"].pi or 0.0 for number in range(len(rules))])
    return np.array([x.value() for x in xs]), prices


def main(pool, quotas, seats, solver="highs"):
    rows, features, people = read(pool, quotas)
    types = sorted({values for _, values in people})
    size = np.array([sum(v == t for _, v in people) for t in types], float)
    A = np.array([[float(t[features.index(f)] == v) for t in types] for f, v, _, _ in rows])
    rules = [LinearConstraint(A, [q[2] for q in rows], [q[3] for q in rows]),
             LinearConstraint(np.ones((1, len(types))), seats, seats)]

    def best(price):
        if solver == "cbc":
            rows_ = [(A[i], 1, q[2]) for i, q in enumerate(rows)] + [(A[i], -1, q[3]) for i, q in enumerate(rows)]
            rows_.append((np.ones(len(types)), 0, seats))
            return np.round(cbc(-price, rows_, np.zeros(len(types)), size, True)[0])
        found = milp(-price, constraints=rules, integrality=np.ones(len(types)), bounds=Bounds(0, size),
                     options={"mip_rel_gap": 0})
        assert found.status == 0, found.message
        return np.round(found.x)

    panels = [best(np.eye(len(types))[t]) for t in range(len(types))]
    fixed = np.full(len(types), np.nan)
    while np.isnan(fixed).any():
        open_ = np.isnan(fixed)
        while True:
            P = np.array(panels) / size  # a row per panel
            n = len(panels)
            # Variables: weights, then z. Those open have z at least, those fixed what they have.
            above = np.hstack([-P.T, open_[:, None].astype(float)])
            slack = 1e-7 if solver == "cbc" else 1e-9
            right = np.where(open_, 0.0, -(np.nan_to_num(fixed) - slack))
            cost, sum_ = np.r_[np.zeros(n), -1.0], np.r_[np.ones(n), 0.0]
            if solver == "cbc":
                rules_ = [(row, -1, b) for row, b in zip(above, right)] + [(sum_, 0, 1.0)]
                found, prices = cbc(cost, rules_, np.zeros(n + 1), [None] * (n + 1), False)
                z, price = found[-1], -prices[:-1]
            else:
                solved = linprog(cost, A_ub=above, b_ub=right, A_eq=sum_[None, :], b_eq=[1.0], method="highs")
                assert solved.status == 0, solved.message
                z, price = solved.x[-1], -solved.ineqlin.marginals
            panel = best(price / size)
            if (price / size) @ panel <= max((price / size) @ q for q in panels) + 1e-8:
                break
            panels.append(panel)
        held = open_ & (price > 1e-6)
        assert held.any()
        fixed[held] = z
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "probability"])
    share = dict(zip(types, fixed))
    for who, values in sorted(people):
        out.writerow([who, f"{abs(share[values]):.7f}"])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
