"""Whether rows say what the entries say that they were made from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.dates import read_edtf
from claimtrack.domain.identity import digest
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Kind
from claimtrack.errors import UnreadableValue
from claimtrack.store import definitions, schema
from claimtrack.store.catalog import TABLES
from claimtrack.store.definitions import named

_PAGE = {"yield_per": 1000}
_REMEMBERED = 50_000

Ties = Mapping[int, set[tuple[str, str]]]
"""What rows of a type are tied to, by row: (field of the entry, slug)."""


def entry_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the rows whose columns or ties do not say what their entry says."""
    for type_ in TABLES:
        if type_ != "claim":
            yield from _definition_faults(connection, type_)
    yield from _claim_faults(connection)
    yield from _assertion_faults(connection)
    yield from _chain_faults(connection)


def _definition_faults(connection: sa.Connection, type_: str) -> Iterator[str]:
    table, tied = TABLES[type_], _ties(connection, type_)
    query = sa.select(table)
    if type_ == "document":
        s = schema.sources
        query = query.add_columns(s.c.slug.label("source")).join(s, s.c.id == table.c.source_id)
    for row in connection.execute(query.execution_options(**_PAGE)).mappings():
        slug = row["slug"]
        try:
            entry = json.loads(row["entry"])
            said = _said(type_, entry)
            names = {(field, other) for field in _TYING[type_] for other in named(entry, field)}
        except (ValueError, AttributeError, LookupError, TypeError, UnreadableValue):
            yield f"the entry of {type_} '{slug}' cannot be read"
            continue
        if any(row[column] != value for column, value in said.items()):
            yield f"{type_} '{slug}' does not say what its entry says"
        if names != tied.get(row["id"], set()):
            yield f"{type_} '{slug}' is tied to others than its entry names"


def _said(type_: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the columns of a definition have to say, its own id and days with it."""
    said = {"slug": entry["id"], **definitions.columns(type_, entry)}
    if type_ == "document":
        said["source"] = entry["source"]
    dated = definitions.DATED.get(type_)
    if dated:
        days = read_edtf(entry[dated]) if entry.get(dated) else (None, None)
        said |= {f"{dated}_lower": days[0], f"{dated}_upper": days[1]}
    return said


_TYING: Mapping[str, tuple[str, ...]] = {
    "metric": ("sum_of", "at_most"),
    "group": ("part_of", "disjoint_with"),
    "event": (),
    "source": ("draws_on",),
    "document": ("draws_on",),
}
"""The fields of a definition that may name others; a document's source is a column of it."""


def _ties(connection: sa.Connection, type_: str) -> Ties:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for query in _tie_queries(type_):
        for id_, field, slug in connection.execute(query.execution_options(**_PAGE)):
            found[id_].add((field, slug))
    return found


def _tie_queries(type_: str) -> Iterator[sa.Select[Any]]:
    """Give queries for (row, field of its entry, slug that it is tied to)."""
    table = TABLES[type_]
    if type_ == "metric":
        parts, other = schema.metric_parts.c, table.alias()
        yield _tied(parts.metric_id, "sum_of", other, parts.part_id)
        yield _tied(table.c.id, "at_most", other, table.c.at_most_id)
    elif type_ == "group":
        links, other = schema.group_links.c, table.alias()
        yield _tied(links.group_id, links.relation, other, links.other_id)
    elif type_ in ("source", "document"):
        drawing = schema.dependences.c
        for basis, column in (
            (schema.sources, drawing.on_source_id),
            (schema.documents, drawing.on_document_id),
        ):
            yield _tied(drawing[f"{type_}_id"], "draws_on", basis.alias(), column)


def _tied(
    row: sa.Column[int],
    field: str | sa.Column[str],
    other: sa.FromClause,
    tie: sa.Column[int],
) -> sa.Select[Any]:
    told = sa.literal(field) if isinstance(field, str) else field
    query = sa.select(row, told, other.c.slug).join_from(row.table, other, other.c.id == tie)
    return query.where(row.is_not(None))


def _claim_faults(connection: sa.Connection) -> Iterator[str]:
    a = schema.assertions.c
    query = sa.select(a.slug, a.entry, a.quote).execution_options(**_PAGE)
    for slug, text, quote in connection.execute(query):
        try:
            entry = json.loads(text)
            own, quoted = entry.get("id") or "a" + digest([text]), entry.get("quote")
        except (ValueError, AttributeError):
            yield f"the entry of claim '{slug}' cannot be read"
            continue
        if own != slug or quoted != quote:
            yield f"claim '{slug}' does not say what its entry says"


def _chain_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the claim entries whose chain or correction is not the one they name."""
    a, link = schema.assertions, schema.attributions
    earlier, upstream = a.alias("earlier"), a.alias("upstream")
    entries = (
        sa.select(a.c.id, a.c.slug, a.c.entry, earlier.c.slug)
        .outerjoin_from(a, earlier, earlier.c.id == a.c.supersedes_id)
        .order_by(a.c.id)
    )
    links = (
        sa.select(
            link.c.assertion_id,
            link.c.position,
            schema.sources.c.slug,
            link.c.mode,
            upstream.c.slug,
        )
        .join_from(link, schema.sources, schema.sources.c.id == link.c.source_id)
        .outerjoin(upstream, upstream.c.id == link.c.upstream_id)
        .order_by(link.c.assertion_id, link.c.position)
    )
    # Both in the order of assertions, so that neither is held whole.
    chains = groupby(connection.execute(links.execution_options(**_PAGE)), itemgetter(0))
    whose, chain = next(chains, (None, None))
    for id_, slug, text, corrects in connection.execute(entries.execution_options(**_PAGE)):
        kept: list[tuple[object, ...]] = []
        if whose == id_ and chain is not None:
            kept = [tuple(row[1:]) for row in chain]
            whose, chain = next(chains, (None, None))
        try:
            entry = json.loads(text)
            named = list(_links(entry.get("attributed_to") or ()))
        except (ValueError, AttributeError, TypeError):
            continue
        if kept != named or corrects != entry.get("supersedes"):
            yield f"claim entry '{slug}' has another chain or correction than it names"


def _links(named: Sequence[str | Mapping[str, str]]) -> Iterator[tuple[object, ...]]:
    for at, told in enumerate(named):
        full = {"source": told} if isinstance(told, str) else told
        yield at, full.get("source"), full.get("mode") or "unknown", full.get("claim")


def _assertion_faults(connection: sa.Connection) -> Iterator[str]:
    a, c, q = schema.assertions, schema.claims, schema.questions
    query = (
        sa.select(
            a.c.slug,
            a.c.entry,
            schema.events.c.slug,
            schema.metrics.c.slug,
            schema.groups.c.slug,
            schema.documents.c.slug,
            *(schema.metrics.c.kind, schema.metrics.c.unit),
            *(a.c.lexicon, a.c.text, a.c.hedge, a.c.rule, *(c.c[name] for name in _BOUNDS)),
        )
        .join_from(a, c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
        .join(schema.documents, schema.documents.c.id == a.c.document_id)
        .join(schema.events, schema.events.c.id == q.c.event_id)
        .join(schema.metrics, schema.metrics.c.id == q.c.metric_id)
        .outerjoin(schema.groups, schema.groups.c.id == q.c.group_id)
    )
    readings = _Readings()
    for slug, text, *told in connection.execute(query.execution_options(**_PAGE)):
        names, (kind, unit, lexicon, *said) = told[:4], told[4:]
        try:
            entry = json.loads(text)
            named = [entry.get(name) for name in ("event", "metric", "group", "document")]
            value = readings.read(entry.get("value"), kind, unit, lexicon)
        except (ValueError, AttributeError):
            continue
        if named != names:
            yield f"claim entry '{slug}' hangs on another question or document than it names"
        if value and value != (*said[:-1], _folded(said[-1])):
            yield f"claim entry '{slug}' does not say what its value reads as"
    yield from _unsaid_claims(connection)


_BOUNDS = ("lower", "upper", "best", "category")


_Said = tuple[object, ...]
"""How a value reads: text, hedge, rule, and the bounds with the category folded."""


def _folded(category: str | None) -> str | None:
    return category.strip().casefold() if category else None


class _Readings:
    """Values read anew, each once as long as it is remembered."""

    def __init__(self) -> None:
        self._lexicon = default_lexicon()
        self._known: dict[tuple[str, str | None, str], tuple[str, _Said] | None] = {}

    def read(self, raw: object, kind: str, unit: str | None, lexicon: str) -> _Said | None:
        """Read a value by the package's lexicon; None where it had been read by another.

        Numbers and dates name no lexicon: words that this one knows were read by another.
        """
        if lexicon not in ("", self._lexicon.version):
            return None
        key = kind, unit, json.dumps(raw, sort_keys=True)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._read(raw, kind, unit)
        found = self._known[key]
        return found[1] if found and found[0] == lexicon else None

    def _read(self, raw: object, kind: str, unit: str | None) -> tuple[str, _Said] | None:
        try:
            value = read_value(raw, kind=Kind(kind), unit=unit, lexicon=self._lexicon)
        except UnreadableValue:
            return None
        ends = value.lower, value.upper, value.best, _folded(value.category)
        return value.lexicon, (value.text, value.hedge.value, value.rule, *ends)


def _unsaid_claims(connection: sa.Connection) -> Iterator[str]:
    """Give the claims whose words and hedge are those of no assertion of theirs."""
    a, c = schema.assertions, schema.claims
    said = sa.exists().where(a.c.claim_id == c.c.id, a.c.text == c.c.text, a.c.hedge == c.c.hedge)
    for slug in connection.scalars(sa.select(c.c.slug).where(~said)):
        yield f"claim '{slug}' has words or a hedge that nobody who states it used"
