"""Measure the search for contradictions as a ratio to a stated floor, paired in one run.

Run: python benchmarks/contradictions.py [--rounds N] [--write]
`--write` puts the table into docs/benchmarks.md. The war is the Civil War data where it lies
beside the checkout, else one generated of its shape; all else is generated from fixed seeds.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from generated import army, claim, few, one_claim, one_question, war, written

from claimtrack.contradictions import disjoint
from claimtrack.contradictions.rules import RULES, search
from claimtrack.contradictions.versions import versions
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.importing import import_files
from claimtrack.store import schema
from claimtrack.store.cases import load_cases
from claimtrack.store.engine import reading
from claimtrack.store.migrate import create

ROOT = Path(__file__).resolve().parents[1]
BATTLES = ROOT.parent / "shared" / "data" / "acw" / "battles.jsonl"
MARK_BEGIN, MARK_END = "<!-- contradictions:begin -->", "<!-- contradictions:end -->"

PEAK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from contradictions import all_cases, search
for case in all_cases(sys.argv[2]):
    if sys.argv[3] == "search":
        search(case)
told = Path("/proc/self/status")
if told.exists():
    print(told.read_text().split("VmHWM:")[1].split()[0])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
"""Prints the most memory held, in KiB: of this process alone, where the system tells it."""


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


def database(folder: Path, name: str, *files: str) -> str:
    """Make a database of these files and give its path."""
    where = str(folder / f"{name}.db")
    create(where)
    import_files(where, list(files), lexicon=default_lexicon())
    return where


def all_cases(where: str) -> list[Case]:
    """Load every event as the rules see it."""
    with reading(where) as connection:
        events = list(connection.execute(sa.select(schema.events.c.id)).scalars())
        return [loaded.case for loaded in load_cases(connection, events)]


def search_all(cases: list[Case]) -> int:
    """Search all events."""
    return sum(len(search(case).conflicts) for case in cases)


def peak(where: str, work: str) -> float:
    """Give the most memory that a process of its own holds, in MiB."""
    folder = str(Path(__file__).parent)
    command = [sys.executable, "-c", PEAK, folder, where, work]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout) / 1024


def row(what: str, floor: str, figures: tuple[float, float, float]) -> str:
    """Tell one comparison."""
    times, mine, theirs = figures
    many = f"{times:,.0f}" if times >= 10 else f"{times:.2f}"
    return f"| {what} | {floor} | {many} | {mine * 1000:,.1f} | {theirs * 1000:,.1f} |"


def armies(rounds: int) -> Iterator[str]:
    """Search single events of nested groups, against their pairs alone."""
    for depth, error in ((2, 0.0), (2, 0.02), (3, 0.0), (3, 0.02)):
        case = army(depth, error)
        outcome = search(case)
        figures = paired(partial(search, case), partial(pairs_alone, case), rounds)
        larger = sum(len(found.claims) > 2 for found in outcome.conflicts)
        ended = "limit reached" if outcome.stopped else "complete"
        what = "each number off by some 2 %" if error else "consistent"
        sets = f"{larger} larger set{'s' * (larger != 1)}"
        yield row(
            f"all sets, event of {len(case.claims)} claims, {what} ({sets}, {ended})",
            "pairs alone",
            figures,
        )


def whole_war(folder: Path, rounds: int) -> Iterator[str]:
    """Search all the events of a war, against loading them, in time and in memory."""
    real = BATTLES.exists()
    path = str(BATTLES) if real else written(folder / "war.jsonl", war())
    where = database(folder, "war", path)
    cases = all_cases(where)
    claims = sum(len(case.claims) for case in cases)
    name = "the Civil War data" if real else "a generated war"
    what = f"all sets of {name}: {len(cases)} events, {claims:,} claims"
    yield row(
        f"{what}, {search_all(cases):,} found",
        "loading them",
        paired(partial(search_all, cases), partial(all_cases, where), rounds),
    )
    runs = [(peak(where, "search"), peak(where, "load")) for _ in range(rounds)]
    mine, floor = (statistics.median(column) for column in zip(*runs, strict=True))
    times = statistics.median(a / b for a, b in runs)
    yield (
        f"| the same, most memory of the process | loading them | {times:.2f}"
        f" | {mine:,.0f} MiB | {floor:,.0f} MiB |"
    )


def told_often(folder: Path, rounds: int) -> Iterator[str]:
    """Tell the pairs and versions of one question of many assertions, against reading them."""
    where = database(folder, "often", written(folder / "often.jsonl", one_question(10_000, 100)))

    def read() -> int:
        with sqlite3.connect(where) as connection:
            ordered = "SELECT * FROM assertion_list ORDER BY at_least, at_most"
            return len(connection.execute(ordered).fetchall())

    def conclude() -> int:
        case = all_cases(where)[0]
        return len(list(disjoint.find(case))) + len(versions(case.claims, ()))

    case = all_cases(where)[0]
    yield row(
        f"one question of {read():,} assertions of {len(case.claims)} claims: load, pairs"
        f" ({len(list(disjoint.find(case))):,}) and versions ({len(versions(case.claims, ()))})",
        "reading them in order",
        paired(conclude, read, rounds),
    )


def swept(rounds: int) -> Iterator[str]:
    """Sweep one question of many distinct claims, against sorting them."""
    draw = random.Random(3)
    ends = [sorted((draw.randint(0, 5000), draw.randint(0, 5000))) for _ in range(400)]
    many = [claim(f"c{at}", "killed", "all", low, high) for at, (low, high) in enumerate(ends)]
    figures = paired(partial(versions, many, ()), partial(in_order, many), rounds)
    yield row("versions of a question of 400 distinct claims", "sorting them", figures)


def one_more(folder: Path, rounds: int) -> Iterator[str]:
    """Add a document of one claim to large databases, against the event alone."""
    sizes = (1, 2001, 8001)
    bases = [
        database(folder, f"of{size}", written(folder / f"of{size}.jsonl", few(size)))
        for size in sizes
    ]
    lexicon = default_lexicon()
    runs = []
    for at in range(rounds + 1):
        path = written(folder / f"more{at}.jsonl", one_claim(at))
        runs.append([timed(partial(import_files, b, [path], lexicon=lexicon)) for b in bases])
    del runs[0]
    medians = [statistics.median(column) for column in zip(*runs, strict=True)]
    for at, size in enumerate(sizes[1:], start=1):
        times = statistics.median(run[at] / run[0] for run in runs)
        yield row(
            f"one more document on one event of {size:,}",
            "the same where the event is alone",
            (times, medians[at], medians[0]),
        )


def rows(rounds: int) -> Iterator[str]:
    """Run every comparison."""
    with tempfile.TemporaryDirectory() as folder:
        yield from whole_war(Path(folder), rounds)
        yield from armies(rounds)
        yield from told_often(Path(folder), rounds)
        yield from swept(rounds)
        yield from one_more(Path(folder), 3 * rounds)


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
