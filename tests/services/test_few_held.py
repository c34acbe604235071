"""Events are concluded a few claims at a time, whatever their number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from claimtrack.services import concluding
from claimtrack.store.cases import all_events
from claimtrack.store.engine import writing
from claimtrack.store.schema import claims, questions


@pytest.fixture
def storms(cli, empty, write):
    """Import six events of one to six claims at odds, and one of none."""
    claims = [
        {"event": f"storm-{size}", "document": "gazette", "metric": "killed", "value": at + 1}
        | {"as_of": "2031-03"}
        for size in range(7)
        for at in range(size)
    ]
    case = {
        "claimtrack": 1,
        "events": [{"id": f"storm-{size}", "title": f"Storm {size}"} for size in range(7)],
        "sources": [{"id": "gazette", "name": "Gazette"}],
        "documents": [{"id": "gazette", "source": "gazette"}],
        "claims": claims,
    }
    assert cli("import", write("storms.json", case)).code == 0
    return empty


def held(storms, monkeypatch, name):
    """Conclude anew; list the sizes of the events that were held together by a step of it."""
    pieces = []
    step = getattr(concluding, name)

    def noted(connection, events, *more):
        query = sa.select(sa.func.count(claims.c.id)).join_from(questions, claims)
        pieces.append(
            [connection.scalar(query.where(questions.c.event_id == event)) for event in events]
        )
        return step(connection, events, *more)

    monkeypatch.setattr(concluding, name, noted)
    with writing(str(storms)) as connection:
        told = []
        events = list(all_events(connection))
        changed = concluding.conclude(connection, events, told.append)
    assert (changed, sum(told)) == ((0, 0), 7)
    return pieces


STEPS = (
    # The step, what bounds it, and whether it comes to events of which nothing is said.
    ("_find_together", "CLAIMS_READ", [0]),
    ("_search_together", "CLAIMS_AT_ONCE", []),
)


@pytest.mark.parametrize(("step", "_", "none"), STEPS)
def test_small_events_are_held_together(storms, monkeypatch, step, _, none):
    """Few statements serve them all."""
    assert held(storms, monkeypatch, step) == [[*none, 1, 2, 3, 4, 5, 6]]


@pytest.mark.parametrize(("step", "bound", "none"), STEPS)
@pytest.mark.parametrize(
    ("most", "pieces"),
    [
        (6, [[1, 2, 3], [4], [5], [6]]),
        (7, [[1, 2, 3], [4], [5], [6]]),
        (9, [[1, 2, 3], [4, 5], [6]]),
        (1, [[1], [2], [3], [4], [5], [6]]),
    ],
)
def test_claims_are_held_up_to_a_number(storms, monkeypatch, step, bound, none, most, pieces):
    """One event of more stands alone; nothing else is concluded."""
    monkeypatch.setattr(concluding, bound, most)
    first, *others = pieces
    assert held(storms, monkeypatch, step) == [[*none, *first], *others]


def test_events_are_held_up_to_a_number(storms, monkeypatch):
    monkeypatch.setattr(concluding, "EVENTS_AT_ONCE", 3)
    assert held(storms, monkeypatch, "_find_together") == [[0, 1, 2], [3, 4, 5], [6]]


def test_where_nothing_binds_nothing_is_searched(cli, storms, write, monkeypatch):
    """Undated assertions on one question are summed up; no rule is asked of them."""
    case = json.loads(Path("storms.json").read_text("utf-8"))
    for claim in case["claims"]:
        del claim["as_of"]
    assert cli("init", "--db", "other.db").code == 0
    assert cli("import", write("undated.json", case), "--db", "other.db").code == 0
    assert held("other.db", monkeypatch, "_search_together") == []
    assert len(cli("contradictions", "--db", "other.db", "--json").json) == 35
