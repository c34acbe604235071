"""The quick count of plain chains gives what the whole count gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.domain import testimony
from claimtrack.domain.testimony import OWN, UNATTRIBUTED, PlainLink, PlainReport
from claimtrack.origins.counting import count_certain, count_origins
from claimtrack.origins.following import Record
from claimtrack.origins.plain import count_plain
from origins.reports import Reports, draws, step

SOURCES = ["a", "b", "c", "d", "e?", "f?"]
FEW = ["a", "b", "e?"]
MODES = ["quotes", OWN, UNATTRIBUTED, "unknown"]


def plain(reports: list[testimony.Testimony]) -> list[PlainReport]:
    """Give them as the store does: with an id where a chain may lead to a report."""
    named = {link.source for one in reports for link in one.chain}
    return [
        PlainReport(
            one.id if one.source in named else "",
            one.source,
            one.anonymous,
            float("inf") if one.published is None or one.published[0] is None else one.published[0],
            tuple(PlainLink(link.source, link.mode, link.anonymous) for link in one.chain),
        )
        for one in reports
    ]


@st.composite
def plain_cases(draw: st.DrawFn, sources: list[str]) -> list[testimony.Testimony]:
    """Draw reports of one claim; no link names a report."""
    report = Reports()
    links = st.builds(step, st.sampled_from(sources), st.sampled_from(MODES))
    made = []
    for _ in range(draw(st.integers(0, 8))):
        source = draw(st.sampled_from(sources))
        chain = draw(st.lists(links, max_size=3))
        day = draw(st.none() | st.integers(1, 3))
        made.append(report(source, *chain, day=day, anonymous=source.endswith("?")))
    return made


@given(st.sampled_from([SOURCES, FEW]).flatmap(plain_cases))
@settings(max_examples=500)
def test_it_is_the_least_of_the_whole_count(reports: list[testimony.Testimony]) -> None:
    """Circles, relays through each other, one's own eyes, the unnamed and the unattributed."""
    found = count_plain(plain(reports))
    assert found == count_origins(reports, draws()).least
    assert found == count_certain(Record.of(reports), reports)


@pytest.mark.parametrize(
    ("chains", "least"),
    [
        ([("a",), ("b",)], 2),
        ([("a",), ("b", "a")], 1),
        ([("a", "c"), ("b", "d")], 2),
        ([("a", "c"), ("b", "a")], 1),
        ([("a", "b"), ("b", "a")], 1),
        ([("a", "e?"), ("b", "f?")], 1),
        ([], 0),
    ],
)
def test_what_counts(chains: list[tuple[str, ...]], least: int) -> None:
    """Two of their own, one through the other, two relays, one at two removes, a circle."""
    report = Reports()
    made = [report(source, *chain) for source, *chain in chains]
    assert count_plain(plain(made)) == least


def test_who_passes_on_others_is_certain_only_of_what_it_saw() -> None:
    report = Reports()
    relays = [report("a", "c"), report("b", "d")]
    own = [report("a"), report("b")]
    saw = [report("a", step("a", OWN)), report("b", step("b", OWN))]
    assert count_plain(plain([*relays, *own])) == 2
    assert count_plain(plain([*relays, *saw])) == 4
    unnamed = [report("e?", anonymous=True), report("a"), report("b")]
    assert count_plain(plain(unnamed)) == 2


def test_a_relay_is_followed_where_all_its_reports_end_alike() -> None:
    """By their last links; and through the earliest, in the order of ids where that is unknown."""
    report = Reports()
    saw = step("a", OWN)
    alike = [report("x", saw), report("a", "c", "d"), report("a", "b", "d")]
    assert count_plain(plain(alike)) == 1
    apart = [report("x", saw), report("a", "c", "d"), report("a", "b", "c")]
    assert count_plain(plain(apart)) == 2


@pytest.mark.parametrize(("first", "second", "least"), [(3, 1, 1), (1, 3, 2), (None, 3, 1)])
def test_of_two_relays_the_earlier_is_followed(first: int | None, second: int, least: int) -> None:
    """The one says that a saw it itself; it is followed only where it is not the later one."""
    report = Reports()
    made = [
        report("a", step("c", OWN), day=1),
        report("c", step("a", OWN), day=first),
        report("c", "a", day=second),
    ]
    assert count_origins(made, draws()).least == least
    assert count_plain(plain(made)) == least


def test_nobody_is_passed_twice() -> None:
    """One relay of two was passed already: the way ends there, and not at the other."""
    report = Reports()
    made = [
        report("b", "c", day=3),
        report("b", "d", step("c", OWN), day=2),
        report("c", step("b", OWN), day=2),
    ]
    assert count_origins(made, draws()).least == 2
    assert count_plain(plain(made)) == 2


def test_a_circle_counts_for_one_at_most() -> None:
    report = Reports()
    circle = [report("a", "b"), report("b", "a")]
    assert count_plain(plain(circle)) == 1
    assert count_plain(plain([*circle, report("c")])) == 1
    assert count_plain(plain([*circle, report("c"), report("d")])) == 2
