"""Reports whose chains name sources only: what is loaded counts as the whole of it does."""

from __future__ import annotations

import io
import json
import random

import sqlalchemy as sa

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.ingest.chunk import chunks_of
from claimtrack.ingest.reader import read_lines
from claimtrack.origins.counting import count_origins
from claimtrack.origins.plain import count_plain
from claimtrack.services.importing import import_stream
from claimtrack.store import schema
from claimtrack.store.engine import reading
from claimtrack.store.testimonies import load_plain_reports, load_testimonies

SOURCES = ["a", "b", "c", "d"]


def taken(where, claims):
    """Import claims on one event: value, source, day, chain; each in a document of its own."""
    entries = [{"type": "event", "id": "e", "title": "E"}]
    entries += [{"type": "source", "id": id_, "name": id_} for id_ in SOURCES]
    for at, (value, source, day, chain) in enumerate(claims):
        document = {"type": "document", "id": f"d{at}", "source": source}
        claim = {"type": "claim", "event": "e", "document": f"d{at}", "metric": "killed"}
        entries += [
            document | ({} if day is None else {"published": day}),
            claim | {"value": value} | ({"attributed_to": chain} if chain else {}),
        ]
    lines = "\n".join(map(json.dumps, entries)).encode()

    def read(_):
        yield from chunks_of(read_lines("here", io.BytesIO(lines)))

    import_stream(str(where), read, what="some", lexicon=default_lexicon())


def rows_of(connection):
    """Give the rows of all claims, with their ids."""
    c = schema.claims.c
    return dict(connection.execute(sa.select(c.id, c.slug)).all())


def test_what_is_loaded_counts_as_the_whole(new_case):
    drawn = random.Random(7)
    claims = [
        (
            drawn.randrange(25),
            drawn.choice(SOURCES),
            drawn.choice([None, "2018", "2018-02-08"]),
            drawn.choices(SOURCES, k=drawn.randrange(3)),
        )
        for _ in range(150)
    ]
    case = new_case()
    taken(case, claims)
    with reading(str(case)) as connection:
        rows = rows_of(connection)
        plain = load_plain_reports(connection, list(rows))
        whole = load_testimonies(connection)
    assert plain.keys() == rows.keys()
    counts = {
        id_: count_origins(reports, whole.dependences).least
        for id_, reports in whole.by_claim.items()
    }
    assert {rows[row]: count_plain(reports) for row, reports in plain.items()} == counts
    assert len(set(counts.values())) > 2


def test_ids_are_loaded_where_a_chain_names_the_source(new_case):
    """The earliest report is followed, the first by its id among those of one day."""
    case = new_case()
    taken(case, [(3, "a", None, []), (3, "b", None, ["a"]), (3, "a", None, []), (4, "a", None, [])])
    with reading(str(case)) as connection:
        rows = {slug: row for row, slug in rows_of(connection).items()}
        plain = load_plain_reports(connection, list(rows.values()))
        whole = load_testimonies(connection)
    for claim, reports in whole.by_claim.items():
        of_a = {one.id for one in reports if one.source == "a"}
        ids = {report.id for report in plain[rows[claim]]}
        assert ids == (of_a | {""} if len(reports) == 3 else {""})
