"""Events are concluded a few claims at a time, whatever their number."""

from __future__ import annotations

import pytest

from claimtrack.services import concluding
from claimtrack.store.cases import all_events
from claimtrack.store.engine import writing


@pytest.fixture
def storms(cli, empty, write):
    """Import six events of one to six claims at odds, and one of none."""
    claims = [
        {"event": f"storm-{size}", "document": "gazette", "metric": "killed", "value": at + 1}
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


def held(storms, monkeypatch):
    """Conclude anew; list the claims of the events that were held together, and what changed."""
    pieces = []
    load = concluding.load_cases

    def noted(connection, events):
        loaded = list(load(connection, events))
        pieces.append([len(each.case.claims) for each in loaded])
        return iter(loaded)

    monkeypatch.setattr(concluding, "load_cases", noted)
    with writing(str(storms)) as connection:
        told = []
        events = list(all_events(connection))
        changed = concluding.conclude(connection, events, told.append)
    assert (changed, sum(told)) == ((0, 0), 7)
    return pieces


def test_small_events_are_held_together(storms, monkeypatch):
    """Few statements serve them all."""
    assert held(storms, monkeypatch) == [[0, 1, 2, 3, 4, 5, 6]]


@pytest.mark.parametrize(
    ("claims", "events", "pieces"),
    [
        (6, 20, [[0, 1, 2, 3], [4], [5], [6]]),
        (7, 20, [[0, 1, 2, 3], [4], [5], [6]]),
        (9, 20, [[0, 1, 2, 3], [4, 5], [6]]),
        (1, 20, [[0, 1], [2], [3], [4], [5], [6]]),
        (100, 3, [[0, 1, 2], [3, 4, 5], [6]]),
    ],
)
def test_claims_are_held_up_to_a_number(storms, monkeypatch, claims, events, pieces):
    """One event of more stands alone; nothing else is concluded."""
    monkeypatch.setattr(concluding, "CLAIMS_AT_ONCE", claims)
    monkeypatch.setattr(concluding, "EVENTS_AT_ONCE", events)
    assert held(storms, monkeypatch) == pieces
