"""Measure the search for contradictions as a ratio to a stated floor, paired in one run.

Run: python benchmarks/contradictions.py [--rounds N] [--write]
`--write` puts the table into docs/benchmarks.md. Everything is generated from fixed seeds.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from claimtrack.contradictions.rules import RULES, search
from claimtrack.contradictions.versions import versions
from claimtrack.domain.case import Case, Claim, Groups, Metric, Question, with_sums_that_may_fall
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.services.importing import import_files
from claimtrack.store.migrate import create

ROOT = Path(__file__).resolve().parents[1]
MARK_BEGIN, MARK_END = "<!-- contradictions:begin -->", "<!-- contradictions:end -->"
PARTS = ("killed", "wounded", "captured", "missing")


def metrics() -> dict[str, Metric]:
    """Make the built-in metrics by hand."""
    parts = [Metric(p, p, Kind.COUNT, None, True, p != "missing") for p in PARTS]
    total = Metric("casualties", "casualties", Kind.COUNT, None, True, True, PARTS, "force")
    size = Metric("force", "force", Kind.COUNT, None, True, False)
    return with_sums_that_may_fall({m.id: m for m in (*parts, total, size)})


def claim(id_: str, metric: str, group: str, lower: int | None, upper: int | None) -> Claim:
    """Make a claim of one event."""
    told = Value(Kind.COUNT, lower, upper, "words", Hedge.RANGE, "made")
    return Claim(id_, Question("event", metric, group), told)


def army(depth: int, error: float, seed: int = 1) -> Case:
    """Make an event of nested disjoint units, three in each, with up to two claims a number."""
    draw = random.Random(seed)
    part_of: dict[str, frozenset[str]] = {}
    disjoint: set[frozenset[str]] = set()
    names: list[str] = []

    def grow(name: str, left: int) -> None:
        names.append(name)
        below = [f"{name}.{at}" for at in range(3)] if left else []
        for one in below:
            part_of[one] = frozenset({name})
            disjoint.update(frozenset({one, other}) for other in below if other != one)
            grow(one, left - 1)

    grow("army", depth)
    leaves = [name for name in names if name not in {next(iter(w)) for w in part_of.values()}]
    truth: dict[str, dict[str, int]] = {}
    for leaf in leaves:
        lost = {p: draw.randint(0, most) for p, most in zip(PARTS, (30, 90, 20, 10), strict=True)}
        truth[leaf] = lost | {"casualties": sum(lost.values()), "force": draw.randint(300, 600)}
    claims = []
    for name in names:
        inside = [leaf for leaf in leaves if leaf == name or leaf.startswith(f"{name}.")]
        for metric in (*PARTS, "casualties", "force"):
            exact = sum(truth[leaf][metric] for leaf in inside)
            for _ in range(draw.randint(0, 2)):
                told = max(0, round(exact * draw.gauss(1, error)))
                lower, upper = draw.choice(
                    [(told, told)] * 3
                    + [(told * 9 // 10, told * 11 // 10 + 1), (told, None), (None, told)]
                )
                claims.append(claim(f"c{len(claims):04}", metric, name, lower, upper))
    return Case(tuple(claims), metrics(), Groups(part_of, frozenset(disjoint)))


def pairs_alone(case: Case) -> int:
    """Run the rules on pairs and nothing else."""
    return sum(1 for _, find in RULES for _ in find(case))


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Sort claims by where they begin."""
    return sorted(claims, key=lambda claim: (claim.value.lower or 0, claim.id))


def timed(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(
    ours: Callable[[], object], floor: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Give (median ratio, our median, the floor's median) of runs taken in turn."""
    ours(), floor()
    runs = [(timed(ours), timed(floor)) for _ in range(rounds)]
    return (
        statistics.median(a / b for a, b in runs),
        statistics.median(a for a, _ in runs),
        statistics.median(b for _, b in runs),
    )


def file_of(folder: Path, name: str, events: range) -> str:
    """Write an import file: events with four claims on two groups, some of them at odds."""
    draw = random.Random(events.start)
    entries: dict[str, list[dict[str, object]]] = {
        "events": [{"id": f"e{at}", "title": f"Event {at}"} for at in events],
        "groups": [
            {"id": "all", "name": "All"},
            {"id": "side", "name": "Side", "part_of": ["all"]},
        ],
        "sources": [{"id": "s", "name": "Source"}],
        "documents": [{"id": name, "source": "s"}],
        "claims": [
            {
                "id": f"{name}-{at}-{number}",
                "event": f"e{at}",
                "metric": "killed",
                "group": group,
                "document": name,
                "value": draw.randint(1, 999),
            }
            for at in events
            for number, group in enumerate(("all", "all", "side", "side"))
        ],
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"claimtrack": 1, **entries}), "utf-8")
    return str(path)


def one_more(folder: Path, others: int, rounds: int) -> Iterator[Callable[[], object]]:
    """Make a database of so many other events and yield imports of one document into it."""
    where = str(folder / f"{others}.db")
    create(where)
    lexicon = default_lexicon()
    import_files(where, [file_of(folder, f"base{others}", range(others + 1))], lexicon=lexicon)
    for at in range(rounds + 1):
        path = file_of(folder, f"more{others}-{at}", range(1))
        yield partial(import_files, where, [path], lexicon=lexicon)


def rows(rounds: int) -> Iterator[str]:
    """Run every comparison."""
    for depth, error in ((2, 0.0), (2, 0.02), (3, 0.0), (3, 0.02)):
        case = army(depth, error)
        outcome = search(case)
        times, mine, floor = paired(partial(search, case), partial(pairs_alone, case), rounds)
        larger = sum(len(found.claims) > 2 for found in outcome.conflicts)
        told = "limit reached" if outcome.stopped else "complete"
        what = "consistent" if not error else "each number off by some 2 %"
        yield (
            f"| all sets, event of {len(case.claims)} claims, {what} ({larger} larger sets,"
            f" {told}) | pairs alone | {times:,.0f} | {mine * 1000:,.0f} | {floor * 1000:,.1f} |"
        )
    draw = random.Random(3)
    ends = [sorted((draw.randint(0, 5000), draw.randint(0, 5000))) for _ in range(400)]
    many = [claim(f"c{at}", "killed", "all", low, high) for at, (low, high) in enumerate(ends)]
    times, mine, floor = paired(partial(versions, many, ()), partial(in_order, many), rounds)
    yield (
        f"| versions of a question of 400 distinct claims | sorting them | {times:,.0f}"
        f" | {mine * 1000:,.1f} | {floor * 1000:,.1f} |"
    )
    with tempfile.TemporaryDirectory() as folder:
        large = list(one_more(Path(folder), 2000, rounds))
        small = list(one_more(Path(folder), 0, rounds))
        runs = [(timed(a), timed(b)) for a, b in zip(large, small, strict=True)][1:]
        times = statistics.median(a / b for a, b in runs)
        mine, floor = (statistics.median(column) for column in zip(*runs, strict=True))
        yield (
            "| one more document on one event of 2,001 | the same where the event is alone"
            f" | {times:.2f} | {mine * 1000:,.0f} | {floor * 1000:,.0f} |"
        )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    head = "| work | floor | × floor | ms | floor ms |\n| --- | --- | --- | --- | --- |"
    table = "\n".join([head, *rows(options.rounds)])
    print(table)
    if options.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text("utf-8")
        before, rest = text.split(MARK_BEGIN)
        after = rest.split(MARK_END)[1]
        page.write_text(f"{before}{MARK_BEGIN}\n{table}\n{MARK_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
