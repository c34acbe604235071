"""Events whose reports go back to a report of another event are concluded anew with it."""

from __future__ import annotations

import pytest

from claimtrack.store import catalog
from claimtrack.store.engine import reading


@pytest.mark.parametrize("few", [0, 500])
def test_who_relies_on_an_event_is_found(cli, empty, write, monkeypatch, few):
    """However far off, and however many are asked for at once: only where none is left, none."""
    monkeypatch.setattr(catalog, "CHUNK", few)
    claims = [
        {"event": f"flood-{at}", "document": "gazette", "metric": "killed", "value": at + 1}
        | {"id": f"told-{at}"}
        | ({"attributed_to": [{"source": "gazette", "claim": f"told-{at - 1}"}]} if at else {})
        for at in range(3)
    ]
    case = {
        "claimtrack": 1,
        "events": [{"id": f"flood-{at}", "title": f"Flood {at}"} for at in range(4)],
        "sources": [{"id": "gazette", "name": "Gazette"}],
        "documents": [{"id": "gazette", "source": "gazette"}],
        "claims": claims,
    }
    assert cli("import", write("floods.json", case)).code == 0
    with reading(str(empty)) as connection:
        rows = catalog.all_ids(connection, "event")

        def relying(*asked):
            numbers = [rows[f"flood-{at}"] for at in asked]
            found = catalog.events_relying_on(connection, numbers)
            return {name[-1] for name, row in rows.items() if row in found}

        assert relying(0) == {"1", "2"}
        assert relying(0, 1) == {"2"}
        assert relying(1, 3) == {"2"}
        assert relying(2) == relying(3) == set()
        assert relying(0, 1, 2, 3) == set()
