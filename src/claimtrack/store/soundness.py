"""What a database can be asked of itself: its file, its references, ids made from content."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa

from claimtrack.domain.identity import digest
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Hedge, Kind
from claimtrack.errors import UnreadableValue
from claimtrack.store import schema
from claimtrack.store.cases import Found, read_terms
from claimtrack.store.catalog import TABLES

COUNTED = (
    "events", "groups", "metrics", "sources", "documents", "questions", "claims", "assertions",
    "contradictions", "reviews", "grades", "batches", "history",
)  # fmt: skip
_MIRRORED = {
    "event": ("title", "date", "place"),
    "group": ("name",),
    "metric": ("kind", "unit"),
    "source": ("name", "reliability"),
    "document": (
        "title", "published", "retrieved", "url", "archive_url", "language", "sha256",
    ),
    "claim": ("quote",),
}  # fmt: skip
"""The columns of a type that say what the entry says under the same name."""

_PAGE = {"yield_per": 1000}
_REMEMBERED = 50_000


def file_faults(connection: sa.Connection) -> Iterator[str]:
    """Give what SQLite finds wrong with its file; a server checks its own."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield str(line)


def reference_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the rows that refer to nothing; a server never lets them in."""
    if connection.dialect.name == "sqlite":
        for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} refers to a row of {target} that is not there"


def claim_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the claims whose id is not the digest of what they say."""
    q, c = schema.questions, schema.claims
    query = (
        sa.select(
            schema.events.c.slug.label("event"),
            schema.metrics.c.slug.label("metric"),
            schema.groups.c.slug.label("group"),
            c,
        )
        .join_from(c, q, q.c.id == c.c.question_id)
        .join(schema.events, schema.events.c.id == q.c.event_id)
        .join(schema.metrics, schema.metrics.c.id == q.c.metric_id)
        .outerjoin(schema.groups, schema.groups.c.id == q.c.group_id)
    )
    for row in connection.execute(query.execution_options(**_PAGE)):
        stance = "denies" if row.stance == "denies" else None
        category = row.category.strip().casefold() if row.category else None
        unknown = row.hedge == Hedge.UNKNOWN
        parts = [row.event, row.metric, row.group, stance, row.as_of]
        name = "c" + digest([*parts, row.lower, row.upper, row.best, category, unknown])
        if name != row.slug:
            yield f"claim '{row.slug}' does not say what its id was made from"
    for table in (schema.claims, schema.assertions):
        other = sa.select(table.c.slug).where(table.c.hedge.not_in([each.value for each in Hedge]))
        for slug in connection.scalars(other):
            yield f"the hedge of '{slug}' is none"


def entry_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the rows whose columns do not say what the entry they were made from says."""
    for type_, table in TABLES.items():
        columns = [table.c[name] for name in _MIRRORED[type_]]
        query = sa.select(table.c.slug, table.c.entry, *columns)
        for slug, text, *said in connection.execute(query.execution_options(**_PAGE)):
            try:
                entry = json.loads(text)
                own = entry.get("id") or "a" + digest([text])
                kept = [entry.get(name) for name in _MIRRORED[type_]]
            except (ValueError, AttributeError):
                yield f"the entry of {type_} '{slug}' cannot be read"
                continue
            if own != slug or kept != said:
                yield f"{type_} '{slug}' does not say what its entry says"
    yield from _assertion_faults(connection)
    yield from _chain_faults(connection)


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


def kept_contradictions(connection: sa.Connection, event: int) -> tuple[set[Found], str | None]:
    """Give the stored contradictions of an event, and the sentence of a limit met."""
    k, m, c = schema.contradictions, schema.contradiction_members, schema.claims
    limits = schema.search_limits.c
    members: dict[int, list[str]] = defaultdict(list)
    query = (
        sa.select(m.c.contradiction_id, c.c.slug)
        .join_from(m, k, k.c.id == m.c.contradiction_id)
        .join(c, c.c.id == m.c.claim_id)
        .where(k.c.event_id == event)
        .order_by(m.c.contradiction_id, m.c.position)
    )
    for id_, slug in connection.execute(query):
        members[id_].append(slug)
    found = {
        Found(
            row.slug, row.rule, row.severity, row.gap, read_terms(row.terms), tuple(members[row.id])
        )
        for row in connection.execute(sa.select(k).where(k.c.event_id == event))
    }
    limit = connection.scalar(sa.select(limits.sentence).where(limits.event_id == event))
    return found, limit


def counts(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of every table that people know by name; what is missing has none."""
    tables, there = schema.metadata.tables, sa.inspect(connection).get_table_names()
    return {
        name: connection.scalar(sa.select(sa.func.count()).select_from(tables[name])) or 0
        for name in COUNTED
        if name in there
    }
