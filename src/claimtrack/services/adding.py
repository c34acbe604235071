"""Add one claim that a person types: the same entries as a file has, by the same way in."""

from __future__ import annotations

import io
import json
from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import partial

from claimtrack.domain.lexicon import Lexicon
from claimtrack.errors import ImportRefused, UsageError
from claimtrack.ingest.chunk import Chunk, chunks_of
from claimtrack.ingest.places import Problem
from claimtrack.ingest.reader import read_lines
from claimtrack.ingest.stating import Stating
from claimtrack.services.importing import Report, import_stream

PLACE = "what you typed"
"""Stands for the file where an error is told."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A claim as it was typed, by the keys of the import file; its document may be new.

    `value` is read as words are there: digits alone are a number, `true` and `false` a truth
    value. A document is new where its `source` is given.
    """

    value: str
    event: str
    metric: str
    document: str
    group: str | None = None
    id: str | None = None
    denied: bool = False
    quote: str | None = None
    as_of: str | None = None
    attributed_to: tuple[str, ...] = ()
    mode: str | None = None
    supersedes: str | None = None
    source: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None


def add(where: str, typed: Typed, *, lexicon: Lexicon, dry_run: bool = False) -> Report:
    """Add a claim, and its document where that is new, as a batch that can be undone.

    Raises ImportRefused with all that is wrong, UsageError where an option lacks its partner.
    """
    what = f"add {typed.document}"
    try:
        return import_stream(
            where, partial(_entries, typed), what=what, lexicon=lexicon, dry_run=dry_run
        )
    except ImportRefused as refused:
        # There is no file, so no line of it: the path names the option.
        told = tuple(
            replace(problem, line=None)
            for problem in refused.problems
            if isinstance(problem, Problem)
        )
        many = "an error" if len(told) == 1 else f"{len(told)} errors"
        raise ImportRefused(
            f"{many} in {PLACE}: nothing was changed",
            told,
            "mend it and type it again; a new document needs its --source",
        ) from None


def _entries(typed: Typed, _: Stating) -> Generator[Chunk]:
    about: dict[str, object] = {
        "title": typed.title,
        "published": typed.published,
        "url": typed.url,
    }
    if typed.source is None and any(about.values()):
        raise UsageError(
            "--title, --published and --url describe a new document", "add its --source"
        )
    if typed.mode and not typed.attributed_to:
        raise UsageError("--mode tells how somebody's word is passed on", "add --attributed-to")
    lines: list[dict[str, object]] = []
    if typed.source is not None:
        lines.append({"type": "document", "id": typed.document, "source": typed.source, **about})
    chain: list[object] = list(typed.attributed_to)
    if typed.mode:
        chain[-1] = {"source": typed.attributed_to[-1], "mode": typed.mode}
    lines.append(
        {
            "type": "claim",
            "id": typed.id,
            "event": typed.event,
            "document": typed.document,
            "metric": typed.metric,
            "group": typed.group,
            "value": _value(typed.value),
            "stance": "denies" if typed.denied else None,
            "attributed_to": chain or None,
            "quote": typed.quote,
            "as_of": typed.as_of,
            "supersedes": typed.supersedes,
        }
    )
    told = (
        json.dumps({key: value for key, value in line.items() if value is not None})
        for line in lines
    )
    yield from chunks_of(read_lines(PLACE, io.BytesIO("\n".join(told).encode())))


_DIGITS = 20
"""Digits of a number at most; what is longer is refused as words."""


def _value(words: str) -> object:
    """Take bare digits for a number, and true and false for themselves, as a file has them."""
    if words in ("true", "false"):
        return words == "true"
    is_number = words.isascii() and words.isdecimal() and len(words) <= _DIGITS
    return int(words) if is_number else words
