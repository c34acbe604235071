"""Measure work on a large database as a ratio to a stated floor, paired in one run.

Run: python benchmarks/bulk.py [--claims N] [--rounds N] [--write]
     python benchmarks/bulk.py --look-at DATABASE... [--rounds N] [--write]
`--write` puts the table into docs/benchmarks.md; `--keep DATABASE` keeps what was imported,
and `--look-at` looks at such databases, and imports a document into copies of them. The
claims are generated from a fixed seed.
The floor of the import is `sqlite-utils insert` of the same file into one table with three
indexes, which checks nothing; it is left out where sqlite-utils is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from generated import Entry, many, written

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.record import ContradictionRecord
from claimtrack.services import comparing, explaining, looking, searching
from claimtrack.services.concluding import conclude
from claimtrack.services.importing import import_files
from claimtrack.store import schema
from claimtrack.store.engine import writing
from claimtrack.store.migrate import create
from claimtrack.store.records import Filter
from contradictions import ROOT, paired, row, timed

MARK_BEGIN, MARK_END = "<!-- bulk:begin -->", "<!-- bulk:end -->"
LOOKS_BEGIN, LOOKS_END = "<!-- looks:begin -->", "<!-- looks:end -->"

SINCE = 741_563
"""The day of the looks that name one, in the third of ten months: 1 May 2031."""

COLUMNS = (
    "type id name title date source published event document metric group value quote attributed_to"
).split()

Measure = Callable[[Callable[[], object], Callable[[], object], int], tuple[float, float, float]]
"""A way to time two pieces of work in turn, so often: their ratio, and the seconds of both."""

IMPORT = """
import resource, sys, time
from pathlib import Path
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.importing import import_files
start = time.perf_counter()
import_files(sys.argv[1], [sys.argv[2]], lexicon=default_lexicon())
took = time.perf_counter() - start
used, other = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
told = Path("/proc/self/status")
peak = told.read_text().split("VmHWM:")[1].split()[0] if told.exists() else used.ru_maxrss // 1024
processor = used.ru_utime + used.ru_stime + other.ru_utime + other.ru_stime
print(took, processor, (int(peak) + other.ru_maxrss) / 1024)
"""
"""Prints the seconds an import took, those of the processor, and the most memory, in MiB.

The process that reads ahead is counted in: its memory as if both needed most at one time.
"""


def imported(where: Path, path: str) -> tuple[float, float, float]:
    """Import a file in a process of its own: seconds, seconds of the processor, MiB."""
    command = [sys.executable, "-c", IMPORT, str(where), path]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    seconds, processor, peak = map(float, done.stdout.split())
    return seconds, processor, peak


def inserted(program: str, where: Path, path: str) -> tuple[float, float]:
    """Insert a file by sqlite-utils: seconds, and seconds of the processor."""
    made = [word for column in COLUMNS for word in (column, "text")]
    subprocess.run([program, "create-table", where, "entries", *made], check=True)
    for column in ("event", "document", "metric"):
        subprocess.run([program, "create-index", where, "entries", column], check=True)
    before, start = os.times(), time.perf_counter()
    command = [program, "insert", where, "entries", path, "--nl", "--silent"]
    subprocess.run(command, check=True)
    took, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return took, used - before.children_user - before.children_system


def put_back(where: str, copy: str) -> dict[str, float]:
    """Write all rows into new tables with the same indexes: seconds of the processor, by table.

    SQLite's driver gets them in their order, in one transaction; reading them is not counted.
    """
    taken: dict[str, float] = {}
    with (
        closing(sqlite3.connect(where)) as old,
        closing(sqlite3.connect(copy, isolation_level=None)) as new,
    ):
        made = old.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'view'"
            " AND name NOT LIKE 'passages_trigrams_%' ORDER BY type = 'index', rowid"
        ).fetchall()
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536"):
            new.execute(f"PRAGMA {pragma}")
        for _, statement in made:
            new.execute(statement)
        new.execute("BEGIN")
        for table in (name for name, statement in made if "TABLE" in statement):
            of_passages = table == "passages_trigrams"
            columns = "rowid, text" if of_passages else "*"
            held = "passages" if of_passages else table
            rows = old.execute(f"SELECT {columns} FROM {held}")  # noqa: S608
            names = "(rowid, text)" if of_passages else ""
            marks = ", ".join("?" * len(rows.description))
            into = f"INSERT INTO {table} {names} VALUES ({marks})"  # noqa: S608
            taken[table] = 0.0
            while piece := rows.fetchmany(10_000):
                start = time.process_time()
                new.executemany(into, piece)
                taken[table] += time.process_time() - start
        start = time.process_time()
        new.execute("COMMIT")
        taken["the end"] = time.process_time() - start
    return taken


CONCLUDED = (
    *("contested_questions", "claim_origins"),
    *("contradictions", "contradiction_members", "search_limits"),
)
"""The tables of what was concluded."""


REPEATED = 3
"""Times that the long work is done, in turn with its floor."""


def middle(taken: Sequence[tuple[float, ...]], one: int, other: int) -> tuple[float, float, float]:
    """Give the median ratio of two figures of each round, and the median of each."""
    ratio = statistics.median(each[one] / each[other] for each in taken)
    return ratio, *(statistics.median(each[at] for each in taken) for at in (one, other))


def loading(folder: Path, where: Path, path: str) -> Iterator[str]:
    """Import everything, once more, and the floor, in turn; the last import is left."""
    program = shutil.which("sqlite-utils") or os.environ.get("SQLITE_UTILS")
    taken: list[tuple[float, ...]] = []
    peaks: list[float] = []
    for _ in range(REPEATED):
        where.unlink(missing_ok=True)
        create(str(where))
        *first, peak = imported(where, path)
        *again, _ = imported(where, path)
        floor = inserted(program, folder / "floor.db", path) if program else first
        (folder / "floor.db").unlink(missing_ok=True)
        taken.append((*first, *again, *floor))
        peaks.append(peak)
    lines = Path(path).read_bytes().count(b"\n")
    speed = lines / statistics.median(each[0] for each in taken)
    what = f"import of {lines:,} lines, {speed:,.0f} a second"
    yield row(what, "`sqlite-utils insert`" if program else "itself", middle(taken, 0, 4))
    if program:
        figures = middle(taken, 1, 5)
        yield row("the same, time of the processor", "the same of it", figures)
        alone = sum(put_back(str(where), str(folder / "alone.db")).values())
        (folder / "alone.db").unlink()
        figures = (alone / figures[2], alone, figures[2])
        yield row("all its rows written by SQLite alone, likewise", "the same of it", figures)
    yield f"| the same, most memory of the process | – | – | {max(peaks):,.0f} MiB | – |"
    yield row("import of the same file once more", "the first", middle(taken, 2, 0))
    yield row("the same, time of the processor", "the first", middle(taken, 3, 1))


READ = "SELECT question_id, lower, upper, claims.slug, stance, as_of FROM claims"
IN_ORDER = {
    "reading the claims in order": f"{READ} ORDER BY question_id, lower",
    "reading their reports in order": (
        f"{READ} JOIN assertions ON claim_id = claims.id ORDER BY question_id, lower"
    ),
}
"""Ways to read what was claimed into Python, in the order of questions."""


def forget(where: str) -> None:
    """Remove all contradictions."""
    with writing(where) as connection:
        for table in ("contradiction_members", *CONCLUDED):
            connection.execute(sa.delete(schema.metadata.tables[table]))


def concluded(where: str) -> None:
    """Find the contradictions of everything from nothing."""
    with writing(where) as connection:
        conclude(connection, list(connection.scalars(sa.select(schema.events.c.id))))


def concluding(where: str) -> Iterator[str]:
    """Find all contradictions anew, against reading the claims; and only write them."""
    with tempfile.TemporaryDirectory() as name:
        written_back = put_back(where, str(Path(name) / "alone.db"))
    alone = sum(written_back[table] for table in CONCLUDED)
    with closing(sqlite3.connect(where)) as connection:
        taken = []
        for _ in range(REPEATED):
            forget(where)
            took = timed(partial(concluded, where))
            reads = [
                timed(lambda query=query: connection.execute(query).fetchall())
                for query in IN_ORDER.values()
            ]
            taken.append((took, *reads))
        found, versions, questions, claims = connection.execute(
            "SELECT sum(pairs) + (SELECT count(*) FROM contradictions), sum(versions), count(*),"
            " (SELECT count(*) FROM claims) FROM contested_questions"
        ).fetchone()
        what = (
            f"{questions:,} contested questions, {versions:,} versions and {found:,} contradictions"
            f" of {claims:,} distinct claims found anew and kept"
        )
        for at, floor in enumerate(IN_ORDER, 1):
            figures = middle(taken, 0, at)
            yield row(what, floor, figures)
            figures = (alone / figures[2], alone, figures[2])
            yield row("their rows written by SQLite alone", floor, figures)


def one_document(at: int, event: str | None = None) -> Iterator[Entry]:
    """Make a document of twenty claims on an event, else on one of its own."""
    if event is None:
        event = f"new{at}"
        yield {"type": "event", "id": event, "title": "New"}
    yield {"type": "group", "id": "g0", "name": "Group g0"}
    yield {"type": "source", "id": f"new{at}", "name": "New"}
    yield {"type": "document", "id": f"new{at}", "source": f"new{at}"}
    for number in range(20):
        names = {"event": event, "document": f"new{at}", "group": "g0", "metric": "killed"}
        yield {"type": "claim", "value": 100 + number // 2, **names}


def by_size(where: str) -> list[tuple[str, int]]:
    """List the events with the number of their claims, the smallest first."""
    query = (
        "SELECT events.slug, count(*) FROM claims JOIN questions ON questions.id = question_id"
        " JOIN events ON events.id = event_id GROUP BY events.slug ORDER BY count(*), events.slug"
    )
    with closing(sqlite3.connect(where)) as connection:
        return connection.execute(query).fetchall()


def one_more(
    folder: Path, where: str, rounds: int, measure: Measure, told: str = ""
) -> Iterator[str]:
    """Import a document into the large database, against an empty one."""
    sizes = by_size(where)
    onto: dict[str, str | None] = {
        "a document of twenty claims more": None,
        f"the same on an event of {sizes[len(sizes) // 2][1]} claims, the median": sizes[
            len(sizes) // 2
        ][0],
        f"the same on an event of {sizes[-1][1]:,} claims, the largest": sizes[-1][0],
    }
    empty = str(folder / "empty.db")
    create(empty)
    lexicon = default_lexicon()
    number = count()

    def one(into: str, event: str | None) -> None:
        at = next(number)
        import_files(
            into, [written(folder / "new.jsonl", one_document(at, event))], lexicon=lexicon
        )

    for what, event in onto.items():
        figures = measure(partial(one, where, event), partial(one, empty, None), rounds)
        yield row(what + told, "the same into an empty database", figures)


@dataclass(frozen=True)
class Chosen:
    """What is looked at: a claim that stands in one contradiction, its event and its group."""

    claim: str
    event: str
    group: str


def chosen(where: str) -> Chosen:
    """Choose by the order in which claims were recorded."""
    with closing(sqlite3.connect(where)) as connection:
        find = (
            "SELECT claims.slug, events.slug, groups.slug FROM claims"
            " JOIN questions ON questions.id = question_id"
            " JOIN events ON events.id = event_id JOIN groups ON groups.id = group_id"
            " WHERE (SELECT count(*) FROM contested_pairs"
            "  WHERE question_id = claims.question_id AND claims.id IN (below_id, above_id)) = 1"
            " ORDER BY claims.id LIMIT 1"
        )
        return Chosen(*connection.execute(find).fetchone())


def looks(where: str, at: Chosen) -> dict[str, Callable[[], object]]:
    """List ways to look at a database, each with an answer of ten rows at most."""
    filters = {
        "": Filter(),
        "--event": Filter(events=(at.event,)),
        "--metric": Filter(metrics=("killed",)),
        "--group": Filter(groups=("g3",)),
        "--source": Filter(sources=("s3",)),
        "--origin": Filter(origins=("s3",)),
        "--document": Filter(documents=("d3",)),
        "--contradicted": Filter(contradicted=True),
        "--since": Filter(since=SINCE),
        "--as-of": Filter(known_by=SINCE),
        "--search scores": Filter(search="scores"),
    }
    ways: dict[str, Callable[[], object]] = {
        f"`list-claims {told}`".replace(" `", "`"): partial(
            looking.list_claims, where, filter_, limit=10
        )
        for told, filter_ in filters.items()
    }
    for type_ in ("source", "event", "document"):
        ways[f"`list-{type_}s`"] = partial(looking.list_rows, where, type_, limit=10)
    for text in ("scores", "Report 7", "ounted, the off"):
        ways[f"`search '{text}'`"] = partial(searching.search, where, [text], limit=10)
    ways["`search scores --as-of`"] = partial(
        searching.search, where, ["scores"], known_by=SINCE, limit=10
    )
    ways["`search scores`, one event"] = partial(
        searching.search, where, ["scores"], events=[at.event], limit=10
    )
    small = Filter(events=(at.event,), groups=(at.group,))
    ways["`explain` a claim"] = partial(explaining.explain_one, where, at.claim)
    ways["`compare killed`, one event and group"] = partial(
        comparing.compare, where, "killed", small
    )
    ways["`contradictions`, the worst ten"] = partial(
        looking.list_contradictions, where, Filter(), limit=10
    )
    return ways


def answered(where: str, at: Chosen) -> set[str]:
    """List the claims in the answers of all looks, and all of the event and group looked at."""
    claims: set[str] = set()
    for way in looks(where, at).values():
        match way():
            case looking.Page(claims=records):
                claims |= {record.id for record in records}
            case searching.Found(hits=hits):
                claims |= {hit.id for hit in hits if hit.kind == "claim"}
            case [ContradictionRecord(), *_] as found:
                claims |= {claim.id for record in found for claim in record.claims}
    with closing(sqlite3.connect(where)) as connection:
        inside = (
            "SELECT claims.slug FROM claims JOIN questions ON questions.id = question_id"
            " JOIN events ON events.id = event_id JOIN groups ON groups.id = group_id"
            " WHERE events.slug = ? AND groups.slug = ?"
        )
        return claims | {slug for (slug,) in connection.execute(inside, (at.event, at.group))}


def extract(where: str, claims: Iterable[str]) -> Iterator[Entry]:
    """Give what is said of these claims, after all that it names, as it was imported."""
    with closing(sqlite3.connect(where)) as connection:

        def entries(find: str, wanted: Iterable[object]) -> list[dict[str, Any]]:
            rows = (connection.execute(find, (one,)).fetchall() for one in sorted(set(wanted)))
            return [json.loads(entry) for found in rows for (entry,) in found]

        by_slug = "SELECT entry FROM {} WHERE slug = ?".format
        by_claim = (
            "SELECT assertions.entry FROM assertions JOIN claims ON claims.id = claim_id"
            " WHERE claims.slug = ?"
        )
        said = entries(by_claim, claims)
        documents = entries(by_slug("documents"), [one["document"] for one in said])
        links = [link for one in said for link in one.get("attributed_to", ())]
        sources = [link if isinstance(link, str) else link["source"] for link in links]
        sources += [one["source"] for one in documents]
        yield from entries(by_slug("groups"), [one["group"] for one in said])
        yield from entries(by_slug("events"), [one["event"] for one in said])
        yield from entries(by_slug("sources"), sources)
        yield from documents
        yield from said


def looked(folder: Path, large: Sequence[str], rounds: int) -> Iterator[str]:
    """Look at large databases, against small ones that hold the same answers."""
    for at, where in enumerate(large):
        small, which = str(folder / f"small{at}.db"), chosen(where)
        create(small)
        path = written(folder / f"small{at}.jsonl", extract(where, answered(where, which)))
        import_files(small, [path], lexicon=default_lexicon())
        count, held = (_assertions(one) for one in (where, small))
        floors = looks(small, which)
        for what, way in looks(where, which).items():
            told = f"{what}, {count:,} claims"
            floor = f"the same answer out of {held:,} claims"
            yield row(told, floor, in_turn(way, floors[what], rounds))
        with tempfile.TemporaryDirectory(dir=folder) as name:
            copy = shutil.copy(where, name)
            yield from one_more(Path(name), copy, rounds, in_turn, f", {count:,} claims")


def _assertions(where: str) -> int:
    with closing(sqlite3.connect(where)) as connection:
        return int(connection.execute("SELECT count(*) FROM assertions").fetchone()[0])


def in_turn(
    ours: Callable[[], object], floor: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Call both in turn; give the ratio of the medians of processor time, and both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, times in zip((ours, floor), taken, strict=True):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    one, other = statistics.median(taken[0]), statistics.median(taken[1])
    return one / other, one, other


def rows(claims: int, rounds: int, keep: str | None = None) -> Iterator[str]:
    """Run every comparison."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where, path = folder / "large.db", written(folder / "large.jsonl", many(claims))
        yield from loading(folder, where, path)
        if keep:
            shutil.copy(where, keep)
        yield from one_more(folder, str(where), rounds, paired)
        yield from concluding(str(where))


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", metavar="DATABASE", help="keep what was imported here")
    parser.add_argument("--look-at", metavar="DATABASE", nargs="+", default=())
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = ["| work | floor | × floor | ms | floor ms |", "| --- | --- | --- | --- | --- |"]
    begin, end = (LOOKS_BEGIN, LOOKS_END) if options.look_at else (MARK_BEGIN, MARK_END)
    with tempfile.TemporaryDirectory() as name:
        measured = (
            looked(Path(name), options.look_at, options.rounds)
            if options.look_at
            else rows(options.claims, options.rounds, options.keep)
        )
        for line in measured:
            print(line, flush=True)
            lines.append(line)
    if options.write:
        page = ROOT / "docs" / "benchmarks.md"
        before, rest = page.read_text("utf-8").split(begin)
        after = rest.split(end)[1]
        table = "\n".join(lines)
        page.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    main()
