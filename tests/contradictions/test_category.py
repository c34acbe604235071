"""Category: one question, two different answers where only one can hold."""

from __future__ import annotations

import pytest

from contradictions.cases import DAY, Said, shown


@pytest.fixture
def said() -> Said:
    return Said()


def test_hit(said: Said) -> None:
    """Two categories that differ are found once, in the order in which they came."""
    made = [said(metric="weapon", category=c) for c in ("tank", "drone")]
    assert shown(*made) == [("category", "c0001", "c0002", None)]


@pytest.mark.parametrize("other", ["tank", "TANK", " Tank\t"])
def test_same_name(said: Said, other: str) -> None:
    """Capitals and outer blanks make no other category."""
    assert shown(*(said(metric="weapon", category=c) for c in ("tank", other))) == []


def test_sharp_s(said: Said) -> None:
    """Capitals are compared as languages write them: "STRASSE" is "Straße"."""
    assert shown(*(said(metric="weapon", category=c) for c in ("Straße", "STRASSE"))) == []


@pytest.mark.parametrize("other", ["tanks", "t ank"])
def test_near_miss(said: Said, other: str) -> None:
    """One letter or an inner blank makes another category."""
    assert len(shown(*(said(metric="weapon", category=c) for c in ("tank", other)))) == 1


def test_each_pair_once(said: Said) -> None:
    """Three answers make three conflicts, a repeated one two."""
    assert len(shown(*(said(metric="weapon", category=c) for c in ("a", "b", "c")))) == 3
    assert len(shown(*(said(metric="weapon", category=c) for c in ("a", "b", "A")))) == 2


def test_unknown(said: Said) -> None:
    """Who cannot say contradicts nobody."""
    tank = said(metric="weapon", category="tank")
    assert shown(tank, said(metric="weapon", unknown=True)) == []


def test_denied(said: Said) -> None:
    """The denial of one answer goes with every other."""
    tank = said(metric="weapon", category="tank")
    assert shown(tank, said(metric="weapon", category="drone", denied=True)) == []


@pytest.mark.parametrize("days", [(DAY, DAY + 1), (DAY + 1, DAY), (None, DAY), (DAY, None)])
def test_as_of_different_days(said: Said, days: tuple[int | None, int | None]) -> None:
    """Answers as of different days are let pass."""
    made = [said(metric="weapon", category=c, as_of=d) for c, d in zip("ab", days, strict=True)]
    assert shown(*made) == []


def test_as_of_one_day(said: Said) -> None:
    """Different answers as of one day are found."""
    assert len(shown(*(said(metric="weapon", category=c, as_of=DAY) for c in "ab"))) == 1


def test_other_group(said: Said) -> None:
    """Two groups may have an answer each."""
    made = [
        said(metric="weapon", category="tank"),
        said(metric="weapon", category="drone", group="side"),
    ]
    assert shown(*made) == []
