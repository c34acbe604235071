"""Passages that can be searched: kept with the rows they are made from, found by trigrams.

A passage is the folded text of one row. Its number holds the kind and the row, so that the
passages of a kind stand together, the newest last. An index of all runs of three signs
names the passages that may hold a text, in any script; the text itself decides. What is
shorter than three signs is looked for in the newest passages only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.folding import fold, passage, stands_alone
from claimtrack.domain.hit import Hit
from claimtrack.store import schema
from claimtrack.store.catalog import TABLES, chunks, insert_tuples, known
from claimtrack.store.conditions import Condition, Filter, is_said, listed

COLUMNS = {
    "event": ("title", "place"),
    "group": ("name",),
    "source": ("name",),
    "document": ("title",),
    "claim": ("quote", "text"),
}
"""What is searched of each kind, in the order of their numbers and of an answer."""

INDEX = "passages_trigrams"
"""The index of trigrams, where SQLite has it: a table of its own kind."""

RANKED = 200
"""Hits of a kind that are brought into order; beyond, the newest count."""

SCANNED = 20_000
"""Passages of a kind that are read where the index does not tell all: the newest.

It tells nothing of a text too short for it, nor what was known by a day.
"""

FIRST_SCANNED = 1_000
"""Of those, how many are read first: often they fill an answer."""

_TRIGRAMS_ASKED = 12
"""Trigrams handed to the index at most: each narrows, and each costs a list."""

_BASES = {kind: place << 48 for place, kind in enumerate(COLUMNS, 1)}
_PAGE = {"yield_per": 1000}
_PIECE = 5_000

_WEIGHTS = 2**31 - 1
"""Passages weigh their number by this, so that a list of others is seen by its sum."""

_AS_INDEXED = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
"""What SQLite's index reads in place of the two signs that are none (its `fts5_tokenize.c`)."""

_FTS = sa.table(INDEX, sa.column("rowid"), sa.column("text"), sa.column(INDEX))


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose passage holds every term; `alone` where they stand as whole words."""

    kind: str
    id: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Rows in order; `cut` names the kinds of which only the newest were looked at."""

    rows: Sequence[Row]
    cut: Sequence[str]


def has_index(connection: sa.Connection) -> bool:
    """Whether the database has the index of trigrams; an old SQLite cannot make it."""
    if connection.dialect.name == "postgresql":
        return True
    query = "SELECT 1 FROM sqlite_master WHERE name = 'passages_trigrams'"
    return connection.exec_driver_sql(query).scalar() is not None


def add_batch(connection: sa.Connection, batch: int) -> None:
    """Make the passages of the definitions that a batch added, and anew of all it changed.

    Those of the claims that it added are `put` when they are written: they may be a million.
    """
    for kind in [kind for kind in COLUMNS if kind != "claim"]:
        table = TABLES[kind]
        last = 0
        of_batch = table.c.batch_id == batch
        while rows := _rows(connection, kind, of_batch, last):
            put(connection, kind, rows)
            last = rows[-1][0]
    renew_changed(connection, batch)


def renew_changed(connection: sa.Connection, batch: int) -> None:
    """Make anew the passages of what a batch changed, as it stands now."""
    h = schema.history
    query = (
        sa.select(h.c.entity, h.c.slug)
        .where(h.c.batch_id == batch, h.c.action == "changed")
        .distinct()
    )
    slugs: dict[str, list[str]] = {kind: [] for kind in COLUMNS}
    for kind, slug in connection.execute(query):
        if kind in slugs:
            slugs[kind].append(slug)
    for kind, names in slugs.items():
        for piece in chunks(names):
            rows = _rows(connection, kind, TABLES[kind].c.slug.in_(piece), 0)
            _drop(connection, [_BASES[kind] + row[0] for row in rows])
            put(connection, kind, rows)


def drop_batch(connection: sa.Connection, batch: int) -> None:
    """Remove the passages of what a batch added."""
    for kind in COLUMNS:
        table = TABLES[kind]
        ids = connection.scalars(sa.select(table.c.id).where(table.c.batch_id == batch))
        _drop(connection, [_BASES[kind] + id_ for id_ in ids])


def index_all(connection: sa.Connection) -> None:
    """Build the index of passages that were copied from elsewhere; a server keeps its own."""
    if connection.dialect.name == "sqlite" and has_index(connection):
        connection.exec_driver_sql(
            "INSERT INTO passages_trigrams (passages_trigrams) VALUES ('rebuild')"
        )


def _rows(
    connection: sa.Connection, kind: str, which: sa.ColumnElement[bool], after: int
) -> Sequence[Any]:
    table = TABLES[kind]
    query = sa.select(table.c.id, _claim(kind), *(table.c[name] for name in COLUMNS[kind]))
    query = query.where(which, table.c.id > after).order_by(table.c.id).limit(_PIECE)
    return connection.execute(query).all()


def _claim(kind: str) -> sa.ColumnElement[Any]:
    return schema.assertions.c.claim_id if kind == "claim" else sa.null().label("claim_id")


def put(connection: sa.Connection, kind: str, rows: Sequence[Any]) -> None:
    """Make the passages of rows: number, claim or None, and the texts of `COLUMNS`."""
    put_passages(connection, kind, [(id_, claim, passage(parts)) for id_, claim, *parts in rows])


def put_passages(
    connection: sa.Connection, kind: str, rows: Sequence[tuple[int, int | None, str]]
) -> None:
    """Keep passages of rows: number, claim or None, and the passage, which may be empty."""
    base = _BASES[kind]
    made = [(base + id_, claim, text) for id_, claim, text in rows if text]
    insert_tuples(connection, schema.passages, ("id", "claim_id", "text"), made)
    if made and connection.dialect.name == "sqlite" and has_index(connection):
        index = "INSERT INTO passages_trigrams (rowid, text) VALUES (?, ?)"
        connection.exec_driver_sql(index, [(id_, text) for id_, _, text in made])


def _drop(connection: sa.Connection, ids: Sequence[int]) -> None:
    p = schema.passages
    indexed = connection.dialect.name == "sqlite" and has_index(connection)
    for piece in chunks(ids):
        mine = p.c.id.in_(piece)
        if indexed:
            # An index without content of its own has to be told what it held.
            held = sa.select(sa.literal("delete"), p.c.id, p.c.text).where(mine)
            names = ["passages_trigrams", "rowid", "text"]
            connection.execute(sa.insert(_FTS).from_select(names, held))
        connection.execute(sa.delete(p).where(mine))


def find(
    connection: sa.Connection,
    terms: Sequence[str],
    *,
    kinds: Sequence[str] = (),
    events: Sequence[str] = (),
    known_by: int | None = None,
    least: int = 0,
) -> Found:
    """Find what holds every one of these folded terms.

    Whole words come first, then kinds in the order of `COLUMNS`, then what was recorded
    last. At most `RANKED` hits of a kind, or `least`, are brought into order. With a day,
    documents published later and what they say are left out.
    """
    most = max(RANKED, least)
    hits: list[Row] = []
    cut: list[str] = []
    asked = _asked(connection, terms)
    for kind in _promising(connection, kinds or tuple(COLUMNS), asked if not events else None):
        rows, more = _of_kind(connection, kind, terms, asked, events, known_by, most)
        hits += [
            Row(kind, id_ - _BASES[kind], all(stands_alone(text, term) for term in terms))
            for id_, text in rows
        ]
        if more:
            cut.append(kind)
    return Found(sorted(hits, key=lambda hit: not hit.alone), cut)


def _promising(
    connection: sa.Connection, kinds: Sequence[str], asked: sa.ColumnElement[bool] | None
) -> Iterator[str]:
    """Give the kinds that may hold a hit, in their order.

    SQLite's index finds the first passage after a number at once, but its last one only by
    reading on: so the kinds that hold none are passed over first.
    """
    if asked is None or connection.dialect.name != "sqlite":
        yield from (kind for kind in COLUMNS if kind in kinds)
        return
    by_place = dict(enumerate(COLUMNS, 1))
    hits = sa.select(_FTS.c.rowid).where(asked).order_by(_FTS.c.rowid).limit(1)
    place = min(_BASES[kind] for kind in kinds) >> 48
    while place <= len(by_place):
        first = connection.scalar(hits.where(_FTS.c.rowid >= place << 48))
        if first is None:
            return
        place = int(first) >> 48
        if by_place[place] in kinds:
            yield by_place[place]
        place += 1


def _of_kind(
    connection: sa.Connection,
    kind: str,
    terms: Sequence[str],
    asked: sa.ColumnElement[bool] | None,
    events: Sequence[str],
    known_by: int | None,
    most: int,
) -> tuple[Sequence[Any], bool]:
    """Give numbers and texts of the newest hits of a kind, and whether more may be there."""
    p = schema.passages
    query = sa.select(p.c.id, p.c.text).order_by(p.c.id.desc())
    within = p.c.id.between(_BASES[kind], _BASES[kind] + 2**48 - 1)
    if events:
        within = p.c.id.in_(_of_events(kind, events))
        query = query.where(within, *_was_known(p, kind, known_by))
    elif asked is None:
        query = query.where(within)
    elif connection.dialect.name == "postgresql":
        query = query.where(within, asked)
    else:
        query = (
            sa.select(p.c.id, p.c.text)
            .join_from(_FTS, p, p.c.id == _FTS.c.rowid)
            .where(asked)
            .where(_FTS.c.rowid.between(_BASES[kind], _BASES[kind] + 2**48 - 1))
            .order_by(_FTS.c.rowid.desc())
        )
    if events or (asked is not None and known_by is None):
        query = query.where(*holding(connection, p, terms))
        rows = connection.execute(query.limit(most + 1)).all()
        return rows[:most], len(rows) > most
    for depth in (min(FIRST_SCANNED, SCANNED), SCANNED):
        newest = query.limit(depth + 1).subquery()
        passing = (*holding(connection, newest, terms), *_was_known(newest, kind, known_by))
        some = newest.select().where(*passing).order_by(newest.c.id.desc())
        rows = connection.execute(some.limit(most + 1)).all()
        last = sa.select(newest.c.id).order_by(newest.c.id).limit(1).offset(depth)
        more = len(rows) > most or connection.scalar(last) is not None
        if len(rows) > most or not more:
            break
    return rows[:most], more


def _was_known(
    passages: sa.FromClause, kind: str, known_by: int | None
) -> Iterator[sa.ColumnElement[bool]]:
    """Give the condition that a passage was known by a day, for those kinds that have one."""
    a, d = schema.assertions, schema.documents
    row = passages.c.id - _BASES[kind]
    if known_by is not None and kind == "claim":
        yield sa.exists().where(a.c.id == row, known(a, known_by))
    if known_by is not None and kind == "document":
        yield sa.exists().where(d.c.id == row, d.c.published_lower <= known_by)


def holding(
    connection: sa.Connection, passages: sa.FromClause, terms: Sequence[str]
) -> Iterator[sa.ColumnElement[bool]]:
    """Give the condition that the text of a passage holds each term, sign by sign."""
    place = sa.func.strpos if connection.dialect.name == "postgresql" else sa.func.instr
    for term in terms:
        yield place(passages.c.text, term) > 0


def _asked(connection: sa.Connection, terms: Sequence[str]) -> sa.ColumnElement[bool] | None:
    """Give what the index can tell of these terms; None where it can tell nothing."""
    found = [run for term in terms for run in _trigrams(term)]
    if not found or not has_index(connection):
        return None
    asked = list(dict.fromkeys(found))[:_TRIGRAMS_ASKED]
    if connection.dialect.name == "postgresql":
        held = sa.func.claimtrack_trigrams(schema.passages.c.text)
        return held.op("@>", is_comparison=True)(sa.cast(asked, sa.ARRAY(schema.Text)))
    told = " AND ".join(map(_quoted, asked))
    return _FTS.c.passages_trigrams.op("MATCH", is_comparison=True)(told)


def _quoted(run: str) -> str:
    return '"' + run.replace('"', '""') + '"'


def _trigrams(term: str) -> list[str]:
    """Cut a term into runs of three that cover it; none where it is shorter."""
    starts = [*range(0, len(term) - 2, 3), len(term) - 3]
    return [term[at : at + 3] for at in dict.fromkeys(starts) if at >= 0]


def _of_events(kind: str, events: Sequence[str]) -> sa.Select[Any]:
    """Give the numbers of the passages of a kind that belong to these events."""
    e, q, c = schema.events, schema.questions, schema.claims
    a, d = schema.assertions, schema.documents
    base = _BASES[kind]
    if kind == "event":
        return sa.select(e.c.id + base).where(e.c.slug.in_(events))
    asked = sa.select(q.c.id).join_from(q, e, e.c.id == q.c.event_id).where(e.c.slug.in_(events))
    if kind == "group":
        groups = asked.with_only_columns(q.c.group_id + base)
        return groups.where(q.c.group_id.is_not(None)).distinct()
    said = sa.select(a.c.id + base).join_from(a, c, c.c.id == a.c.claim_id)
    said = said.where(c.c.question_id.in_(asked))
    if kind == "claim":
        return said
    if kind == "document":
        return said.with_only_columns(a.c.document_id + base).distinct()
    told = said.join(d, d.c.id == a.c.document_id)
    return told.with_only_columns(d.c.source_id + base).distinct()


def described(connection: sa.Connection, rows: Sequence[Row]) -> list[Hit]:
    """Read what people need to know of these rows, in their order."""
    known_rows: dict[tuple[str, int], Any] = {}
    for kind in COLUMNS:
        ids = [row.id for row in rows if row.kind == kind]
        query = _description(kind)
        for piece in chunks(ids):
            for found in connection.execute(query.where(TABLES[kind].c.id.in_(piece))):
                known_rows[kind, found.row] = found._mapping
    return [_hit(row, known_rows[row.kind, row.id]) for row in rows]


def _description(kind: str) -> sa.Select[Any]:
    table, d, s = TABLES[kind], schema.documents, schema.sources
    columns: list[Any] = [table.c.id.label("row"), *(table.c[name] for name in COLUMNS[kind])]
    if kind == "claim":
        c, q, e = schema.claims, schema.questions, schema.events
        columns += [c.c.slug.label("id"), table.c.slug.label("assertion")]
        columns += [e.c.slug.label("event"), d.c.slug.label("document"), d.c.published]
        told = sa.join(table, c, c.c.id == table.c.claim_id)
        told = told.join(q, q.c.id == c.c.question_id).join(e, e.c.id == q.c.event_id)
        told = told.join(d, d.c.id == table.c.document_id).join(s, s.c.id == d.c.source_id)
        return sa.select(*columns, s.c.slug.label("source")).select_from(told)
    columns.append(table.c.slug.label("id"))
    if kind == "document":
        columns += [d.c.published, s.c.slug.label("source")]
        return sa.select(*columns).join_from(d, s, s.c.id == d.c.source_id)
    return sa.select(*columns)


def _hit(row: Row, found: Any) -> Hit:
    more = ("assertion", "event", "document", "source", "published")
    return Hit(
        row.kind,
        found["id"],
        tuple(found[name] for name in COLUMNS[row.kind] if found[name]),
        row.alone,
        **{name: found[name] for name in more if name in found},
    )


def saying(connection: sa.Connection, f: Filter) -> Condition:
    """Give the condition that an assertion's words or quote hold the text of a filter."""
    a, p = schema.assertions, schema.passages
    terms = [fold(f.search or "")]
    base = _BASES["claim"]
    held = list(holding(connection, p, terms))
    test = sa.exists().where(p.c.id == a.c.id + base, *held)
    hits = sa.select(p.c.claim_id).where(p.c.id > base, *held)
    named = sa.select(p.c.id).where(p.c.id > base)
    if (asked := _asked(connection, terms)) is not None:
        hits = hits.where(asked)
        if connection.dialect.name == "sqlite":
            hits = hits.join_from(_FTS, p, _FTS.c.rowid == p.c.id)
            named = sa.select(_FTS.c.rowid).where(asked, _FTS.c.rowid > base)
        else:
            named = named.where(asked)
    if f.known_by is not None:
        hits = hits.join(a, a.c.id == p.c.id - base).where(known(a, f.known_by))
    among = is_said(f, sa.and_((a.c.id + base).in_(named), test))
    return Condition([hits], [(named, 1)], is_said(f, test), among, listed([hits]), of_one=test)


def faults(connection: sa.Connection) -> Iterator[str]:
    """Give the passages that are not made of their rows, and an index that is not of them."""
    p = schema.passages
    weighed: Counter[str] = Counter()
    for kind, columns in COLUMNS.items():
        table, base = TABLES[kind], _BASES[kind]
        moves = _claim(kind).is_distinct_from(p.c.claim_id)
        query = sa.select(
            table.c.slug, p.c.id, p.c.text, moves, *(table.c[name] for name in columns)
        )
        query = query.outerjoin_from(table, p, p.c.id == table.c.id + base)
        for slug, id_, text, moved, *parts in connection.execute(query.execution_options(**_PAGE)):
            if (text or "") != passage(parts) or (text and moved):
                yield f"the passage of {kind} '{slug}' is not made of what it says"
            if text:
                indexed = text.translate(_AS_INDEXED)
                weight = id_ % _WEIGHTS + 1
                for run in {indexed[at : at + 3] for at in range(len(indexed) - 2)}:
                    weighed[run] += weight
        lost = sa.select(p.c.id).where(p.c.id.between(base, base + 2**48 - 1))
        for id_ in connection.scalars(lost.where(~sa.exists().where(table.c.id == p.c.id - base))):
            yield f"passage {id_} belongs to no {kind}"
    if connection.dialect.name == "sqlite" and has_index(connection):
        yield from _index_faults(connection, weighed)


def _index_faults(connection: sa.Connection, weighed: Counter[str]) -> Iterator[str]:
    """Weigh the passages in which the index has each trigram; the file is not written.

    Then each is looked up, as a search does: by pages of the index that its list does not need.
    """
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    try:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.indexed"
            " USING fts5vocab('main', 'passages_trigrams', 'instance')"
        )
        rows = connection.exec_driver_sql(
            f"SELECT term, sum(doc % {_WEIGHTS} + 1) FROM temp.indexed GROUP BY term"  # noqa: S608
        )
        indexed = {str(term): int(weight) for term, weight in rows}
        connection.exec_driver_sql("DROP TABLE temp.indexed")
    finally:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    if indexed != weighed:
        yield "the index of passages is not made of the passages"
        return
    look_up = sa.select(sa.func.sum(_FTS.c.rowid % _WEIGHTS + 1)).where(
        _FTS.c.passages_trigrams.op("MATCH", is_comparison=True)(sa.bindparam("run"))
    )
    for run, weight in indexed.items():
        if connection.scalar(look_up, {"run": _quoted(run)}) != weight:
            yield "the index of passages does not find all that is in it"
            return
