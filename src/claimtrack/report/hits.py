"""What a search found as rows, as data, and as cells with the found words marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimtrack.domain.folding import places
from claimtrack.domain.hit import Hit
from claimtrack.report.formats import Marked, Row

COLUMNS = (
    "kind", "id", "text", "alone", "assertion", "event", "document", "source", "published",
)  # fmt: skip
TABLE_COLUMNS = ("kind", "id", "text", "source", "published")

BESIDE = 45
"""Signs of a long text that are shown on each side of what was found first."""


def hit_json(hit: Hit, terms: Sequence[str]) -> dict[str, Any]:
    """Give a hit; `found` has the places of the terms in `text`, counted in code points."""
    text, spans = _telling(hit, terms)
    return {
        "kind": hit.kind,
        "id": hit.id,
        "text": text,
        "found": [list(span) for span in spans],
        "alone": hit.alone,
        "assertion": hit.assertion,
        "event": hit.event,
        "document": hit.document,
        "source": hit.source,
        "published": hit.published,
    }


def hit_rows(hits: Sequence[Hit], terms: Sequence[str]) -> list[Row]:
    """Give hits as flat rows."""
    told = (hit_json(hit, terms) for hit in hits)
    return [tuple(data[name] for name in COLUMNS) for data in told]


def hit_table(hits: Sequence[Hit], terms: Sequence[str]) -> list[Row]:
    """Give hits as the few cells that people look at; claims by the beginning of their id."""
    rows: list[Row] = []
    for hit in hits:
        id_ = hit.id[:7] if hit.kind == "claim" else hit.id
        text = _excerpt(*_telling(hit, terms))
        rows.append((hit.kind, id_, text, hit.source or "", hit.published or ""))
    return rows


def _telling(hit: Hit, terms: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Choose the text that holds most of the terms, and where they stand in it."""
    best: tuple[str, list[tuple[int, int]]] = (hit.texts[0] if hit.texts else "", [])
    most = 0
    for text in hit.texts:
        found = [places(text, term) for term in terms]
        held = sum(bool(each) for each in found)
        if held > most:
            spans = [(place.start, place.end) for each in found for place in each]
            best, most = (text, _joined(spans)), held
    return best


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _excerpt(text: str, spans: Sequence[tuple[int, int]]) -> Marked:
    """Cut a long text to what stands around the first hit."""
    first, last = spans[0] if spans else (0, 0)
    start, end = max(0, first - BESIDE), min(len(text), last + BESIDE)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    moved = [
        (max(a, start) - start + len(head), min(b, end) - start + len(head))
        for a, b in spans
        if a < end and b > start
    ]
    return Marked(f"{head}{text[start:end]}{tail}", moved)
