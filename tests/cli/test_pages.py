"""Pages of a list of claims, however they are found, are the list itself cut in pieces."""

from __future__ import annotations

from itertools import product

import pytest

from claimtrack.store import listing, overview
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter, claim_records, claims_in_rows
from plans import scanned, steps


@pytest.fixture
def full(cli, empty, write):
    """A database of seven events, two of them empty, with two sources that relay each other."""
    heads = [{"type": "group", "id": g, "name": g} for g in ("one", "two")]
    heads += [{"type": "source", "id": s, "name": s} for s in ("gazette", "agency")]
    heads += [
        {"type": "document", "id": f"d-{s}", "source": s, "published": day}
        for s, day in (("gazette", "2031-01-06"), ("agency", "2031-01-20"))
    ]
    heads += [{"type": "event", "id": f"e{at}", "title": f"Event {at}"} for at in range(7)]
    claims = [
        {"type": "claim", "event": f"e{event}", "document": f"d-{document}", "metric": "killed"}
        | {"group": group, "value": f"{'about ' if group == 'one' else ''}{10 + event + at}"}
        | ({"attributed_to": ["agency"]} if event == 3 else {})
        for event, document, group, at in product(
            (5, 0, 3, 1, 6), ("gazette", "agency"), ("one", "two"), (0, 4)
        )
    ]
    assert cli("import", write("a.jsonl", heads + claims)).code == 0
    return str(empty)


WAYS = {
    "few": {},
    "walked": {"FEW": 0},
    "walked, reading what is said": {"FEW": 0, "LISTED": 0, "STRETCH": 1},
    "all": {"FEW": 0, "WALKED": 0, "STRETCH": 1},
}
"""Bounds that make the same page be found in each of the ways there are."""


@pytest.fixture(params=list(WAYS))
def way(request, monkeypatch):
    for name, bound in WAYS[request.param].items():
        monkeypatch.setattr(listing, name, bound)
    return request.param


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
        Filter(metrics=("killed",), groups=("two",), events=("e6", "e0")),
        Filter(contradicted=True, sources=("agency",), search="gaz"),
        Filter(since=741_440, until=741_450),
        Filter(sources=("agency",), documents=("d-gazette",)),
        Filter(since=741_440, search="about", origins=("agency",), groups=("one",)),
        Filter(known_by=741_450),
        Filter(known_by=741_450, search="1"),
        Filter(known_by=741_450, search="out 1"),
        Filter(search="out 1"),
        Filter(known_by=741_450, sources=("gazette",), contradicted=True),
    ],
)
def test_pages_put_together_are_the_list(full, filter_, way):
    with reading(full) as connection:
        whole = claim_records(connection, filter_)
        pages = [listing.page(connection, filter_, 3, at) for at in range(0, len(whole) + 3, 3)]
        ids = [id_ for page in pages for id_ in page.ids]
        assert claims_in_rows(connection, ids, filter_.known_by) == whole
        for at, page in enumerate(pages):
            assert page.total == len(whole) if page.exact else 3 * at + 3 < page.total <= len(whole)
        assert way != "few" or all(page.exact for page in pages)


def test_a_source_of_many_short_documents_is_counted_to_the_end(full, cli, write):
    later = [{"type": "source", "id": "wire", "name": "Wire"}]
    later += [{"type": "document", "id": f"wire{at}", "source": "wire"} for at in range(99)]
    later += [
        {"type": "claim", "event": "e1", "document": f"wire{at}", "metric": "killed"}
        | {"group": "one", "value": 100 + at}
        for at in range(99)
    ]
    assert cli("import", write("b.jsonl", later)).code == 0
    told = cli("list-claims", "--source", "wire", "--limit", "3")
    assert "96 more: --offset 3, or --limit 99" in told.err


def test_the_filters_by_source_and_origin_pick_what_they_name(full):
    with reading(full) as connection:

        def events(**names):
            return {claim.event for claim in claim_records(connection, Filter(**names))}

        assert events(origins=("gazette",)) == {"e0", "e1", "e5", "e6"}
        assert events(origins=("agency",)) == {"e0", "e1", "e3", "e5", "e6"}
        assert events(sources=("gazette",)) == {"e0", "e1", "e3", "e5", "e6"}


def test_filters_on_what_is_said_are_met_by_one_assertion(full, cli, write, way):
    """A claim told in January and in March was not told in February, whatever its sources."""
    later = [
        {"type": "document", "id": "d-march", "source": "gazette", "published": "2031-03-01"},
        {"type": "claim", "event": "e1", "document": "d-march", "metric": "killed"}
        | {"group": "two", "value": 11, "quote": "eleven of them"},
    ]
    assert cli("import", write("b.jsonl", later)).code == 0

    def bounds(*options):
        found = cli("list-claims", "--event", "e1", "--group", "two", "--json", *options).json
        return [claim["value"]["lower"] for claim in found]

    assert bounds("--since", "2031-02-25", "--until", "2031-03-31") == [11]
    assert bounds("--since", "2031-02-01", "--until", "2031-02-28") == []
    assert bounds("--since", "2031-01-19", "--until", "2031-02-28") == [11, 15]
    assert bounds("--since", "2031-02-25", "--source", "agency") == []
    assert bounds("--since", "2031-02-25", "--source", "gazette") == [11]
    assert bounds("--search", "of them", "--document", "d-agency") == []
    assert bounds("--search", "of them", "--document", "d-march") == [11]
    assert bounds("--search", "of them", "--as-of", "2031-02-28") == []


@pytest.mark.sqlite_only(reason="asks SQLite for its plans; a server plans by statistics")
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--event", "e3"),
        ("--metric", "killed"),
        ("--group", "two"),
        ("--source", "gazette"),
        ("--origin", "agency"),
        ("--document", "d-agency"),
        ("--contradicted",),
        ("--since", "2031-01-07"),
        ("--until", "2031-01-07"),
        ("--search", "about"),
        ("--search", "1", "--source", "gazette"),
        ("--as-of", "2031-01-07"),
        ("--as-of", "2031-01-07", "--source", "gazette", "--contradicted"),
    ],
    ids=" ".join,
)
def test_no_page_reads_a_large_table_from_end_to_end(full, cli, options, way):

    def look():
        assert cli("list-claims", *options, "--limit", "3", "--json").json

    allowed = {"documents"} if "--as-of" in options else set()
    allowed |= {"events"} if "--contradicted" in options and "--as-of" in options else set()
    allowed |= {"claims"} if "--contradicted" in options and way == "all" else set()
    assert scanned(full, look) - allowed == set()


@pytest.mark.sqlite_only(reason="counts the steps of SQLite's own machine")
@pytest.mark.parametrize("filter_", [Filter(), Filter(metrics=("killed",))])
def test_a_walk_takes_as_many_steps_however_much_comes_after_its_page(
    full, cli, write, monkeypatch, filter_
):
    for name, bound in (("FEW", 0), ("COUNTED", 0), ("LISTED", 0), ("STRETCH", 4)):
        monkeypatch.setattr(listing, name, bound)

    def taken():
        with reading(full) as connection:
            return steps(full, lambda: listing.page(connection, filter_, 1))

    before = taken()
    later = [{"type": "event", "id": f"later{at}", "title": "Later"} for at in range(30)]
    later += [{"type": "group", "id": f"later{at}", "name": f"Later {at}"} for at in range(30)]
    later += [
        {"type": "claim", "document": "d-gazette", "metric": "killed", "value": 10 + value}
        | {"event": event, "group": group}
        for at, value in product(range(30), range(3))
        for event, group in ((f"later{at}", "one"), (f"later{at}", "two"), ("e0", f"later{at}"))
    ]
    assert cli("import", write("b.jsonl", later)).code == 0
    assert taken() == pytest.approx(before, rel=0.02)


@pytest.mark.sqlite_only(reason="asks SQLite for its plans; a server plans by statistics")
def test_a_comparison_reads_only_what_it_compares(full, cli):
    def look():
        assert cli("compare", "killed", "--event", "e3", "--group", "two", "--json").json

    assert scanned(full, look) == set()


def test_a_comparison_of_one_group_has_the_contradictions_of_that_group_only(full, cli):
    whole, part = (
        cli("compare", "killed", "--event", "e3", *only, "--json").json
        for only in ((), ("--group", "two"))
    )
    assert part == [question for question in whole if question["group"] == "two"]
    assert part[0]["contradictions"]


@pytest.mark.parametrize("command", ["list-sources", "list-events", "list-documents"])
@pytest.mark.parametrize("day", [(), ("--as-of", "2031-01-07")])
def test_pages_of_the_other_lists_put_together_are_the_list(full, cli, command, day):
    whole = cli(command, "--json", *day).json
    pages = [
        cli(command, "--json", *day, "--limit", "2", "--offset", str(at)).json
        for at in range(0, len(whole) + 2, 2)
    ]
    assert [row for page in pages for row in page] == whole
    assert cli(command, "--json", *day, "--offset", "1").json == whole[1:]


def test_a_list_says_how_many_more_there_are(full, cli, monkeypatch):
    told = cli("list-events", "--limit", "3")
    assert "4 more: --offset 3, or --limit 7" in told.err
    assert "more" not in cli("list-events", "--limit", "7").err
    assert "there are no more than 7" in cli("list-events", "--offset", "7").err
    monkeypatch.setattr(overview, "COUNTED", 2)
    told = cli("list-events", "--limit", "3")
    assert "2 more at least: --offset 3, or a larger --limit" in told.err


def test_a_screen_gets_a_screenful(full, cli, monkeypatch):
    monkeypatch.setattr("claimtrack.cli.lists.SCREENFUL", 2)
    assert len(cli("list-events", "--format", "tsv").out.splitlines()) == 8
    told = cli("list-events", tty=True)
    assert "e1" in told.out and "e2" not in told.out
    assert "5 more" in told.err


@pytest.mark.sqlite_only(reason="counts the steps of SQLite's own machine")
@pytest.mark.parametrize("type_", ["source", "event", "document"])
def test_a_page_of_a_list_takes_as_many_steps_however_much_comes_after(
    full, cli, write, monkeypatch, type_
):
    monkeypatch.setattr(overview, "COUNTED", 0)

    def taken():
        with reading(full) as connection:
            return steps(full, lambda: overview.list_rows(connection, type_, limit=2))

    before = taken()
    later = [{"type": "source", "id": f"later{at}", "name": "Later"} for at in range(50)]
    later += [
        {"type": "document", "id": f"later{at}", "source": f"later{at}", "published": "2032"}
        for at in range(50)
    ]
    later += [
        {"type": "event", "id": f"later{at}", "title": "Later", "date": "2032"} for at in range(50)
    ]
    assert cli("import", write("b.jsonl", later)).code == 0
    assert taken() == pytest.approx(before, rel=0.02)
