"""Grades belong to who gave them; nothing is confirmed on one origin."""

from __future__ import annotations

import pytest

from claimtrack.errors import ClaimtrackError, UnknownId, UsageError
from claimtrack.services.grading import NotConfirmed, grade, list_grades


@pytest.fixture
def where(demo):
    return str(demo)


def marks(where, name=None, **more):
    return [(g.grade.who, g.grade.mark, g.grade.replaced) for g in list_grades(where, name, **more)]


def test_several_assessors_stand_side_by_side(where):
    grade(where, "bloomberg", reliability="B", reason="names its kind of sources", who="anna")
    grade(where, "bloomberg", reliability="d", reason="paraphrased loosely", who="boris")
    assert marks(where, "bloomberg") == [("anna", "B", False), ("boris", "D", False)]


def test_a_later_grade_takes_the_place_of_the_same_assessors_earlier_one(where, ask, demo):
    grade(where, "bloomberg", reliability="B", reason="first look", who="anna")
    grade(where, "bloomberg", reliability="C", reason="second look", who="anna")
    assert marks(where, "bloomberg") == [("anna", "C", False)]
    assert marks(where, "bloomberg", replaced=True) == [("anna", "B", True), ("anna", "C", False)]
    assert ask(demo, "SELECT reliability, why FROM grades ORDER BY id") == [
        ("B", "first look"),
        ("C", "second look"),
    ]


def test_without_a_name_the_person_at_work_signs(where):
    assert grade(where, "centcom", reliability="B", reason="its own release").who == "tester"


def test_a_relays_grade_never_passes_to_the_origin_or_the_claim(where):
    grade(where, "treehouse", reliability="E", reason="repeats others")
    for other in ("bloomberg", "two-russians", "two-russians-more-than-200-killed"):
        assert marks(where, other) == []
    assert marks(where) == [("tester", "E", False)]


def test_confirmed_is_refused_where_the_least_is_one(where):
    """The blog quotes the release: the claim may have one origin only."""
    with pytest.raises(NotConfirmed) as refused:
        grade(where, "centcom-pro-regime-attacked", credibility="1", reason="two say so")
    assert "1–2 independent origins" in refused.value.problem
    assert "U.S. Central Command" in (refused.value.hint or "")
    assert marks(where) == []


@pytest.mark.parametrize("mark", list("23456"))
def test_every_other_credibility_needs_no_second_origin(where, mark):
    assert grade(where, "centcom-unprovoked", credibility=mark, reason="so it seems").mark == mark


@pytest.fixture
def two_witnesses(cli, empty, write, ferry):
    """The ferry with a toll that Gazette and Radio each have from a named person."""
    people = [{"id": name, "name": name.title(), "kind": "witness"} for name in ("ilze", "janis")]
    about = {"event": "ferry-2031", "metric": "killed", "group": "aboard", "value": 45}
    claims = [
        {**about, "id": "one", "document": "gazette-0303", "attributed_to": ["ilze"]},
        {**about, "id": "other", "document": "radio-0304", "attributed_to": ["janis"]},
    ]
    data = {**ferry, "sources": ferry["sources"] + people, "claims": claims}
    assert cli("import", write("two.json", data)).code == 0
    return str(empty)


def test_two_certain_origins_confirm(two_witnesses):
    assert grade(two_witnesses, "one", credibility="1", reason="two witnesses").mark == "1"
    assert [one.count for one in list_grades(two_witnesses)] == [None]


def test_a_confirmation_that_lost_its_second_origin_says_so(two_witnesses, cli, write):
    grade(two_witnesses, "one", credibility="1", reason="two witnesses")
    person = {"id": "janis", "name": "Janis", "kind": "witness", "draws_on": ["ilze"]}
    late = write("late.json", {"claimtrack": 1, "sources": [person]})
    assert cli("import", late, "--update").code == 0
    [shown] = list_grades(two_witnesses)
    assert shown.count is not None
    assert (shown.count.least, shown.count.most) == (1, 1)


def test_what_a_file_gave_is_nobodys_signature(cli, empty, write, ferry):
    ferry["sources"][0]["reliability"] = "B"
    assert cli("import", write("ferry.json", ferry)).code == 0
    assert marks(str(empty)) == [(None, "B", False)]
    grade(str(empty), "gazette", reliability="C", reason="two errors this year")
    assert marks(str(empty), "gazette") == [(None, "B", False), ("tester", "C", False)]
    assert marks(str(empty), "radio") == []


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("bloomberg", {}, UsageError),
        ("bloomberg", {"reliability": "B", "credibility": "2"}, UsageError),
        ("bloomberg", {"reliability": "G"}, UsageError),
        ("centcom-date", {"credibility": "7"}, UsageError),
        ("blomberg", {"reliability": "B"}, UnknownId),
        ("centcom-date", {"reliability": "B"}, UnknownId),
        ("bloomberg", {"credibility": "2"}, UnknownId),
        ("bloomberg", {"reliability": "B", "reason": " "}, UsageError),
        ("bloomberg", {"reliability": "B", "who": " "}, UsageError),
    ],
)
def test_what_does_not_fit_is_refused_with_a_remedy(where, name, given, error):
    with pytest.raises(error) as refused:
        grade(where, name, **{"reason": "so", **given})
    assert isinstance(refused.value, ClaimtrackError)
    assert refused.value.hint
    assert marks(where) == []
