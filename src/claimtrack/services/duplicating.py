"""Copy a case whole to another place, a file or a server, and make sure of the copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claimtrack.errors import DatabaseError
from claimtrack.store import duplicate, migrate
from claimtrack.store.engine import reading, writing
from claimtrack.store.location import Location, find_database, is_url
from claimtrack.store.overview import Connection


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a case was copied from and to, and how many rows of how many tables."""

    source: Location
    target: Location
    rows: int
    tables: int


def copy_to(
    option: str | None, target: str, progress: Callable[[int], None] = lambda count: None
) -> Copied:
    """Copy a case with its history, reviews and grades into an empty one, made if needed.

    One transaction at the target: it holds all of it or nothing, and it is kept only where
    each table read back has the digest of the table it was copied from. Raises
    DatabaseError where the target holds something or either is of another schema version.
    """
    source, to = find_database(option), find_database(target)
    rows = 0

    def count(some: int) -> None:
        nonlocal rows
        rows += some
        progress(some)

    with reading(source.where) as from_, _target(to) as into:
        _check_empty(into, to)
        read = duplicate.copy_rows(from_, source.where, into, count)
        written = duplicate.digest_tables(into)
        if differing := [name for name in read if read[name] != written[name]]:
            raise DatabaseError(
                f"the copy differs from {source.shown} in {', '.join(differing)}",
                "nothing was kept at the target; check its disk and try again",
            )
    return Copied(source, to, rows, len(read))


@contextmanager
def _target(to: Location) -> Iterator[Connection]:
    """Open the target for writing; a new file stands in its place only when it is whole."""
    if not is_url(to.where) and _absent(to.where):
        with migrate.new_case(Path(to.where)) as half, writing(str(half)) as connection:
            yield connection
        return
    if is_url(to.where) and migrate.stored_version(to.where) is None:
        with migrate.new_on_server(to.where) as connection:
            yield connection
        return
    with writing(to.where) as connection:
        yield connection


def _absent(path: str) -> bool:
    return not Path(path).exists()


def _check_empty(into: Connection, to: Location) -> None:
    held = {name: count for name, count in duplicate.count_rows(into).items() if count}
    if held:
        name, count = next(iter(held.items()))
        raise DatabaseError(
            f"{to.shown} is not empty: it holds {count:,} rows of {name}",
            "name an empty case, or a place where there is none yet",
        )
