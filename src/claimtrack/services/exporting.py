"""Write a case as an import file: the same content gives the same text."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.errors import ClaimtrackError, UnknownId
from claimtrack.ingest.entries import ENTRIES, VERSION
from claimtrack.store import catalog, content, overview
from claimtrack.store.engine import reading
from claimtrack.store.unfinished import built_beside

_LISTS = tuple((entry.type, entry.list_key) for entry in ENTRIES)
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and what its reader has to know.

    `left_out` counts reviews, grades and history rows; `changed_metrics` differ from those
    built in, so that an import needs --update; `lexicons` are others than the one built in.
    """

    entries: int
    left_out: dict[str, int]
    changed_metrics: tuple[str, ...]
    lexicons: tuple[str, ...]


def export(
    where: str,
    write: Callable[[str], object],
    *,
    events: Collection[str] = (),
    lines: bool = False,
    progress: Callable[[int], None] = lambda count: None,
) -> Exported:
    """Write a case, or what concerns these events, through `write`, as it is read.

    One entry a line, keys and entries in a fixed order; `lines` gives JSON Lines. What
    `import` makes of it in an empty database has the same content digest.
    """
    with reading(where) as connection:
        for event in events:
            if event not in catalog.stored_entries(connection, "event", [event]):
                near = overview.nearest(connection, catalog.TABLES["event"], event)
                hint = f"did you mean '{near}'?" if near else "`claimtrack list-events` shows them"
                raise UnknownId(f"there is no event '{event}'", hint)
        only = content.select(connection, events) if events else None
        count = 0
        if not lines:
            write(f'{{\n"claimtrack": {VERSION}')
        for type_, key in _LISTS:
            begun = False
            for slug, entry in content.entries(connection, type_):
                if only is not None and slug not in only[type_]:
                    continue
                if lines:
                    write(entry + "\n")
                else:
                    write(("," if begun else f',\n"{key}": [') + "\n" + _without_type(entry))
                begun = True
                count += 1
                progress(1)
            if begun and not lines:
                write("\n]")
        if not lines:
            write("\n}\n")
        return Exported(
            count,
            content.counts_left_out(connection),
            tuple(content.changed_built_in(connection)),
            tuple(sorted(content.lexicons(connection) - {default_lexicon().version})),
        )


def _without_type(entry: str) -> str:
    said = json.loads(entry)
    del said["type"]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Open a file to be put in its place when it is whole; a database is never replaced.

    What is no file but a device or a pipe is written to as it is.
    """
    try:
        if path.is_file():
            with path.open("rb") as there:
                if there.read(len(_SQLITE)) == _SQLITE:
                    raise ClaimtrackError(f"{path} is a database", "name another file")
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("w", encoding="utf-8", newline="\n") as out:
                yield out
            return
        with (
            built_beside(path, replace=True, like=path) as half,
            half.open("w", encoding="utf-8", newline="\n") as out,
        ):
            yield out
    except OSError as error:
        raise ClaimtrackError(
            f"{path} cannot be written: {error.strerror or error}", "name another file"
        ) from error
