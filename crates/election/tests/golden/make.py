"""Profiles made by chance, counted by abcvoting in exact fractions. `pip install abcvoting`; `python make.py > profiles.json`"""
import json
import random

from abcvoting import abcrules
from abcvoting.preferences import Profile

random.seed(20261128)
cases = []
while len(cases) < 120:
    candidates = random.randint(3, 9)
    voters = random.randint(2, 24)
    seats = random.randint(1, candidates - 1)
    size = random.randint(1, 4)
    ballots = [sorted(random.sample(range(candidates), random.randint(1, min(size, candidates)))) for _ in range(voters)]
    # A seat that nobody approves stays vacant here, and is filled by whoever is first there.
    if len({c for ballot in ballots for c in ballot}) < seats:
        continue
    profile = Profile(candidates)
    profile.add_voters(ballots)
    # `resolute` gives one committee and breaks ties by number, as here.
    committee = abcrules.compute("equal-shares", profile, seats, algorithm="standard-fractions", resolute=True)[0]
    cases.append({"candidates": candidates, "seats": seats, "ballots": ballots, "elected": sorted(committee)})
print("[" + ",\n".join(json.dumps(case) for case in cases) + "]")
