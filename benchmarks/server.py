"""Measure a case on PostgreSQL as a ratio to stated floors, in one run.

Run: python benchmarks/server.py [--claims N] [--rounds N] [--write]
`--write` puts the table into docs/benchmarks.md. The server is started as the tests start it,
from PyPI's package or Debian's, and flushes nothing to the disk. The claims are generated from
a fixed seed.
The floor of the import is the import of the same file into SQLite, and a plain COPY of the
finished rows, in their order, into the same tables with the same indexes and references.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from bulk import chosen, looks
from generated import many, written

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.importing import import_files
from claimtrack.store.migrate import create
from claimtrack.store.schema import metadata
from contradictions import ROOT, paired, row, timed

sys.path.insert(0, str(ROOT / "tests"))

from databases import Server

MARK_BEGIN, MARK_END = "<!-- server:begin -->", "<!-- server:end -->"


def taken_in(where: str, path: str) -> float:
    """Import a file in this process: seconds."""
    return timed(lambda: import_files(where, [path], lexicon=default_lexicon()))


def copied(source: str, target: str) -> float:
    """Copy every row into blank tables of the same schema by COPY: seconds, reading left out."""
    taken = 0.0
    plain = (address.replace("+psycopg", "", 1) for address in (source, target))
    with psycopg.connect(next(plain)) as old, psycopg.connect(next(plain)) as new:
        for table in reversed(metadata.sorted_tables):
            new.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
        for table in metadata.sorted_tables:
            every = f'COPY (SELECT * FROM "{table.name}" ORDER BY 1) TO STDOUT'  # noqa: S608
            with old.cursor().copy(every) as out:
                data = b"".join(map(bytes, out))
            start = time.perf_counter()
            with new.cursor().copy(f'COPY "{table.name}" FROM STDIN') as into:
                into.write(data)
            taken += time.perf_counter() - start
        start = time.perf_counter()
        new.commit()
        return taken + time.perf_counter() - start


def rows(server: Server, folder: Path, claims: int, rounds: int) -> Iterator[str]:
    """Run every comparison."""
    path = written(folder / "large.jsonl", many(claims))
    file, case, blank = str(folder / "case.db"), str(server.new()), str(server.new())
    for where in (file, case, blank):
        create(where)
    lines = Path(path).read_bytes().count(b"\n")
    to_file, to_server = taken_in(file, path), taken_in(case, path)
    what = f"import of {lines:,} lines, {lines / to_server:,.0f} a second"
    yield row(what, "the same into SQLite", (to_server / to_file, to_server, to_file))
    floor = copied(case, blank)
    yield row("the same", "plain COPY of its rows", (to_server / floor, to_server, floor))
    again = taken_in(case, path)
    yield row("the same file once more", "the first", (again / to_server, again, to_server))
    at = chosen(file)
    of_file = looks(file, at)
    for name, look in looks(case, at).items():
        yield row(name, "the same out of SQLite", paired(look, of_file[name], rounds))


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = ["| work | floor | × floor | ms | floor ms |", "| --- | --- | --- | --- | --- |"]
    server = Server(f"bench-{os.getpid()}", "bench")
    try:
        with tempfile.TemporaryDirectory() as name:
            for line in rows(server, Path(name), options.claims, options.rounds):
                print(line, flush=True)
                lines.append(line)
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    if options.write:
        page = ROOT / "docs" / "benchmarks.md"
        before, rest = page.read_text("utf-8").split(MARK_BEGIN)
        after = rest.split(MARK_END)[1]
        table = "\n".join(lines)
        page.write_text(f"{before}{MARK_BEGIN}\n{table}\n{MARK_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
