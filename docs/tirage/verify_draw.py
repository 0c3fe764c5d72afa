#!/usr/bin/env python3
"""Vérifie la transcription d'un tirage au sort, sans rien de toguna : la bibliothèque standard de Python suffit.

    python3 verify_draw.py transcription.json [EMPREINTE_ANNONCEE]

Written from the specification in crates/sortition/README.md, apart from the Rust code. It checks digests, every panel against
every quota, weights, probabilities, the proof that they are leximin, and the draw. It searches for no panel: where the proof
uses inequalities beyond the quotas ("cuts"), or says that no panel exists, it says that it took those on trust.
"""
import hashlib
import json
import sys
from fractions import Fraction

TOTAL, SLACK, WEIGHT = 2**40, 1e-6, 1e-6


class Faux(Exception):
    """What does not hold."""


def hold(condition, what):
    if not condition:
        raise Faux(what)


def digest(domain, *parts):
    """Texts and bytes with their length before them, numbers in eight bytes, the largest first."""
    out = hashlib.sha256()
    for part in (domain, *parts):
        if isinstance(part, int):
            out.update(part.to_bytes(8, "big"))
        else:
            data = part.encode() if isinstance(part, str) else part
            out.update(len(data).to_bytes(8, "big") + data)
    return out.digest()


class Stream:
    """Numbers out of a key: SHA-256(key, counter), eight bytes a number."""

    def __init__(self, key):
        self.key, self.counter, self.words = key, 0, []

    def below(self, bound):
        while True:
            if not self.words:
                block = hashlib.sha256(self.key + self.counter.to_bytes(8, "big")).digest()
                self.words = [int.from_bytes(block[i : i + 8], "big") for i in range(0, 32, 8)]
                self.counter += 1
            word = self.words.pop(0)
            if word < 2**64 - 2**64 % bound:
                return word % bound

    def shuffle(self, items, taken):
        for place in range(taken):
            other = place + self.below(len(items) - place)
            items[place], items[other] = items[other], items[place]


def octets(text):
    return text.encode()


def check_tables(t):
    quotas = [(q["feature"], q["value"], q["min"], q["max"]) for q in t["quotas"]]
    keys = [(octets(q[0]), octets(q[1])) for q in quotas]
    hold(keys == sorted(set(keys)), "les quotas ne sont pas en ordre")
    hold(t["features"] == sorted({q[0] for q in quotas}, key=octets), "les critères ne sont pas ceux des quotas")
    row = {(q[0], q[1]): place for place, q in enumerate(quotas)}
    kinds = []
    for kind in t["types"]:
        hold(len(kind["values"]) == len(t["features"]), "un type n'a pas une valeur par critère")
        rows = [row.get((f, v)) for f, v in zip(t["features"], kind["values"])]
        hold(None not in rows, "une valeur n'a pas de quota")
        hold(kind["members"] and kind["members"] == sorted(kind["members"], key=octets), "un type n'est pas en ordre")
        kinds.append((rows, kind["members"]))
    hold([k[0] for k in kinds] == sorted(k[0] for k in kinds), "les types ne sont pas en ordre")
    hold(len({tuple(k[0]) for k in kinds}) == len(kinds), "deux types sont les mêmes")
    people = sorted(((i, k["values"]) for k in t["types"] for i in k["members"]), key=lambda p: octets(p[0]))
    hold(len({p[0] for p in people}) == len(people), "un identifiant y est deux fois")
    parts = [len(t["features"]), *t["features"], len(people)]
    for who, values in people:
        parts += [who, *values]
    hold(digest("toguna/sortition/pool/v1", *parts).hex() == t["pool_sha256"], "l'empreinte des candidatures")
    parts = [part for quota in quotas for part in quota]
    hold(digest("toguna/sortition/quotas/v1", len(quotas), *parts).hex() == t["quotas_sha256"], "l'empreinte des quotas")
    return quotas, kinds, [p[0] for p in people]


def check_lottery(t, quotas, kinds):
    parts = [t["algorithm"], t["seats"], bytes.fromhex(t["pool_sha256"]), bytes.fromhex(t["quotas_sha256"])]
    parts.append(len(t["portfolio"]))
    seated = [0] * len(kinds)
    for number, ticket in enumerate(t["portfolio"], 1):
        counts = [0] * len(quotas)
        parts += [ticket["weight"], len(ticket["panel"])]
        order = [kind for kind, _ in ticket["panel"]]
        hold(order == sorted(set(order)) and ticket["weight"] > 0, f"la composition {number} n'est pas en ordre")
        for kind, count in ticket["panel"]:
            hold(0 <= kind < len(kinds), f"la composition {number} nomme un type qui n'existe pas")
            parts += [kind, count]
            hold(0 < count <= len(kinds[kind][1]), f"la composition {number} prend plus de personnes qu'il n'y en a")
            seated[kind] += count * ticket["weight"]
            for row in kinds[kind][0]:
                counts[row] += count
        hold(sum(count for _, count in ticket["panel"]) == t["seats"], f"la composition {number} ne remplit pas les sièges")
        hold(all(q[2] <= n <= q[3] for q, n in zip(quotas, counts)), f"la composition {number} ne respecte pas les quotas")
    key = digest("toguna/sortition/lottery/v1", *parts)
    hold(key.hex() == t["lottery_sha256"], "l'empreinte de la loterie")
    if not t["feasible"]:
        hold(not (t["portfolio"] or t["probabilities"] or t["panel"] or t["alternates"]), "elle donne un tirage impossible")
        return key, []
    hold(sum(ticket["weight"] for ticket in t["portfolio"]) == TOTAL, "les poids ne font pas le tout")
    shares = [Fraction(n, TOTAL * len(kind[1])) for n, kind in zip(seated, kinds)]
    said = t["probabilities"]
    hold(len(said) == sum(len(kind[1]) for kind in kinds), "il n'y a pas une probabilité par candidature")
    for share, kind in zip(shares, kinds):
        for who in kind[1]:
            hold(abs(said.get(who, 9.0) - float(share)) <= 1e-12, f"la probabilité de {who}")
    hold(abs(t["min_probability"] - float(min(shares))) <= 1e-12, "la plus petite probabilité")
    return key, [float(share) for share in shares]


def check_proof(t, quotas, kinds, shares):
    """At the prices of a level, what any lottery is worth is bounded; so nobody at the level can have more without someone
    not fixed having less."""
    fixed = [None] * len(kinds)
    last = 0.0
    for number, level in enumerate(t["levels"], 1):
        where = f"la preuve d'équité ne tient pas au degré {number}"
        prices, cuts = level["quota_prices"], level["cut_prices"]
        hold(len(prices) == len(quotas) and len(cuts) == len(t["cuts"]) and min(cuts, default=0) >= 0, where)
        right = level["seat_price"] * t["seats"]
        right += sum(p * (q[3] if p > 0 else q[2]) for p, q in zip(prices, quotas))
        right += sum(p * cut["bound"] for p, cut in zip(cuts, t["cuts"]))
        weights = [0.0] * len(kinds)
        for kind, (rows, members) in enumerate(kinds):
            worth = level["seat_price"] + sum(prices[row] for row in rows)
            worth += sum(p * cut["coefficients"][kind] for p, cut in zip(cuts, t["cuts"]))
            if fixed[kind] is not None:
                right -= worth * fixed[kind] * len(members)
            elif worth > 0:
                weights[kind] = worth * len(members)
            else:
                right -= worth * len(members)
        whole = sum(weights)
        if whole < WEIGHT:  # Certainty needs no proof.
            bound, held = 1.0, [kind for kind in range(len(kinds)) if fixed[kind] is None]
        else:
            bound, held = right / whole, [kind for kind, weight in enumerate(weights) if weight > WEIGHT * whole]
        z = level["probability"]
        hold(abs(bound - z) <= SLACK and z >= last - SLACK and level["types"], where)
        hold(all(shares[k] >= z - SLACK for k in range(len(kinds)) if fixed[k] is None), where)
        hold(all(k in held and abs(shares[k] - z) <= SLACK for k in level["types"]), where)
        for kind in level["types"]:
            fixed[kind] = shares[kind]
        last = z
    hold(None not in fixed, "la preuve d'équité laisse quelqu'un de côté")


def check_draw(t, kinds, people, lottery):
    if t["seed"] is None:
        hold(not t["panel"] and not t["alternates"], "des personnes sont tirées sans graine")
        return
    stream = Stream(digest("toguna/sortition/draw/v1", lottery, bytes.fromhex(t["seed"])))
    left, chosen = stream.below(TOTAL), None
    for ticket in t["portfolio"]:
        chosen = ticket["panel"]
        if left < ticket["weight"]:
            break
        left -= ticket["weight"]
    panel = set()
    for kind, count in chosen:
        members = list(kinds[kind][1])
        stream.shuffle(members, count)
        panel.update(members[:count])
    alternates = [who for who in people if who not in panel]
    stream.shuffle(alternates, len(alternates))
    hold(t["panel"] == [who for who in people if who in panel], "la graine donne d'autres personnes")
    hold(t["alternates"] == alternates, "la graine donne un autre ordre de remplacement")


def main(path, announced=None):
    with open(path, encoding="utf-8") as file:
        t = json.load(file)
    try:
        hold(t["algorithm"] == "toguna-leximin-1", "un algorithme que ce programme ne connaît pas")
        hold(announced in (None, t["lottery_sha256"]), "la loterie n'est pas celle qui avait été annoncée")
        quotas, kinds, people = check_tables(t)
        lottery, shares = check_lottery(t, quotas, kinds)
        if t["feasible"]:
            check_proof(t, quotas, kinds, shares)
            check_draw(t, kinds, people, lottery)
    except (Faux, KeyError, TypeError, ValueError, IndexError, AttributeError) as why:
        print(f"FAUX : {why}")
        return 1
    print("EXACT" if t["feasible"] else "EXACT, sauf l'impossibilité, crue sur parole")
    if t["feasible"] and t["cuts"]:
        print(f"{len(t['cuts'])} bornes de la preuve sont crues sur parole ; « toguna draw verify » les vérifie.")
    print(f"empreinte de la loterie : {t['lottery_sha256']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
