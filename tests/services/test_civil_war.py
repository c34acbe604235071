"""Real claims in numbers: eleven works on the battles of a war."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations


def bounds(value):
    if isinstance(value, dict):
        return value.get("min"), value.get("max")
    return value, value


def apart(one, other):
    (a, b), (c, d) = one, other
    return (b is not None and c is not None and b < c) or (
        d is not None and a is not None and d < a
    )


def test_the_disputed_questions_are_exactly_found(cli, empty, shared):
    """All is taken in, a second import changes nothing, and just the disputed are found."""
    path = shared("acw/battles.jsonl")
    questions = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["type"] == "claim":
            key = entry["event"], entry["metric"], entry["group"]
            questions[key].append(bounds(entry["value"]))
    disputed = {
        key
        for key, told in questions.items()
        if any(apart(one, other) for one, other in combinations(told, 2))
    }
    assert (len(questions), len(disputed)) == (2286, 1064)

    first = cli("import", path, "--json")
    assert first.code == 0, first
    assert first.json["added"]["claim"] == 6617
    assert "nothing changed" in cli("import", path).err

    found = cli("contradictions", "--rule", "disjoint", "--format", "jsonl").out.splitlines()
    members = [json.loads(line)["claims"] for line in found]
    assert {(c["event"], c["metric"], c["group"]) for pair in members for c in pair} == disputed
    pairs = sum(
        apart(one, other)
        for told in questions.values()
        for one, other in combinations(set(told), 2)
    )
    assert len(found) == pairs
