"""Pages of a list of claims, read event by event, are the list itself cut in pieces."""

from __future__ import annotations

from itertools import product

import pytest

from claimtrack.store.engine import reading
from claimtrack.store.records import Filter, claim_records, count_claims


@pytest.fixture
def full(cli, empty, write):
    """A database of seven events, two of them empty, with two sources that relay each other."""
    heads = [{"type": "group", "id": g, "name": g} for g in ("one", "two")]
    heads += [{"type": "source", "id": s, "name": s} for s in ("gazette", "agency")]
    heads += [{"type": "document", "id": f"d-{s}", "source": s} for s in ("gazette", "agency")]
    heads += [{"type": "event", "id": f"e{at}", "title": f"Event {at}"} for at in range(7)]
    claims = [
        {"type": "claim", "event": f"e{event}", "document": f"d-{document}", "metric": "killed"}
        | {"group": group, "value": 10 + event + at}
        | ({"attributed_to": ["agency"]} if event == 3 else {})
        for event, document, group, at in product(
            (5, 0, 3, 1, 6), ("gazette", "agency"), ("one", "two"), (0, 4)
        )
    ]
    assert cli("import", write("a.jsonl", heads + claims)).code == 0
    return str(empty)


@pytest.mark.parametrize(
    "filter_",
    [
        Filter(),
        Filter(events=("e1", "e3", "e4")),
        Filter(groups=("two",)),
        Filter(contradicted=True),
        Filter(sources=("gazette",)),
        Filter(origins=("agency",)),
        Filter(documents=("d-agency",), groups=("one",)),
        Filter(search="15"),
        Filter(events=("e4",)),
    ],
)
def test_pages_put_together_are_the_list(full, filter_):
    with reading(full) as connection:
        whole = claim_records(connection, filter_)
        paged = [
            claim
            for at in range(0, len(whole) + 3, 3)
            for claim in claim_records(connection, filter_, limit=3, offset=at)
        ]
        assert paged == whole
        assert count_claims(connection, filter_) == len(whole)


def test_the_filters_by_source_and_origin_pick_what_they_name(full):
    with reading(full) as connection:

        def events(**names):
            return {claim.event for claim in claim_records(connection, Filter(**names), limit=99)}

        assert events(origins=("gazette",)) == {"e0", "e1", "e5", "e6"}
        assert events(origins=("agency",)) == {"e0", "e1", "e3", "e5", "e6"}
        assert events(sources=("gazette",)) == {"e0", "e1", "e3", "e5", "e6"}
