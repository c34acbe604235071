"""What a case file says in its own words, and how much of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.report.page import telling


def claim(id_: str, text: str, lower: int | None, upper: int | None, stance="asserts"):
    value = Value(Kind.COUNT, lower, upper, text, Hedge.EXACT, "")
    return ClaimRecord(
        id_, "e", "The event", "killed", "killed", None, None, None, stance, None, value, True, ()
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (claim("a", "more than 200", 201, None), " (201 or more)"),
        (claim("b", "2834", 2834, 2834), ""),
        (claim("c", "2,834", 2834, 2834), ""),
        (claim("d", "none", 0, 0), " (0)"),
        (claim("e", "5", 5, 5, "denies"), " (not 5)"),
    ],
)
def test_bounds_stand_beside_words_only_where_they_say_more(record, told):
    assert telling.reading(record) == told


def asked(claims: int, questions: int):
    shown = SimpleNamespace(claims=[None] * (claims // questions))
    panel = SimpleNamespace(questions=[shown] * questions)
    return SimpleNamespace(claims=[None] * claims, panels=[panel])


def test_an_event_of_few_claims_draws_them_all():
    case = asked(telling.DRAWN_IN_ALL, 4)
    assert telling.most_drawn(case) == telling.MOST_DRAWN
    assert telling.not_drawn(case.panels[0], telling.MOST_DRAWN) == 0


def test_an_event_of_many_claims_draws_some_of_each_question_and_counts_the_rest():
    case = asked(1_000, 10)
    most = telling.most_drawn(case)
    assert 8 <= most < telling.MOST_DRAWN
    assert telling.not_drawn(case.panels[0], most) == 1_000 - 10 * most


def test_versions_of_a_question_stand_by_their_independent_origins_and_say_what_they_leave_out():
    few, many, unknown = (
        claim("few", "5", 5, 5),
        claim("many", "200", 200, 200),
        claim("unknown", "unknown", None, None),
    )
    for record in (few, many, unknown):
        object.__setattr__(
            record, "assertions", (SimpleNamespace(superseded_by=None, origin_name="x"),)
        )
    object.__setattr__(unknown.value, "hedge", Hedge.UNKNOWN)
    compared = SimpleNamespace(
        claims=[few, many, unknown],
        versions=[["few"], ["many"]],
        version_origins=[OriginCount(1, 1, 1, ()), OriginCount(3, 2, 3, ())],
    )
    first, second = telling.question_versions(compared)
    assert [c.id for c in first.claims] == ["many"]
    assert [c.id for c in first.left_out] == ["few"]
    assert [c.id for c in second.left_out] == ["many"]


@given(st.text(max_size=40))
def test_whatever_becomes_a_link_is_a_visible_web_address_without_credentials(text):
    for address in (text, f"https://{text}", f"http://example.org/{text}"):
        safe = telling.safe_address(address)
        if safe is not None:
            assert safe == address
            assert safe.lower().startswith(("http://", "https://"))
            assert not set(safe) & set(' \t\r\n"<>\\`|\u202e\x00')
            assert "@" not in safe.split("/")[2]
