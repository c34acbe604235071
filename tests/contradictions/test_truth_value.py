"""Truth value: one question, said to be true and said to be false."""

from __future__ import annotations

import pytest

from contradictions.cases import DAY, Said, shown


@pytest.fixture
def said() -> Said:
    return Said()


def test_hit(said: Said) -> None:
    """Yes and no to one question are found once, the no first."""
    made = [said(1, 1, metric="participation"), said(0, 0, metric="participation")]
    assert shown(*made) == [("truth_value", "c0002", "c0001", 1)]


@pytest.mark.parametrize("answer", [0, 1])
def test_same_answer(said: Said, answer: int) -> None:
    """Two who say the same are let pass."""
    assert shown(*(said(answer, answer, metric="participation") for _ in range(2))) == []


def test_either(said: Said) -> None:
    """ "It may or may not be so" goes with both answers."""
    either = said(0, 1, metric="participation")
    assert shown(either, said(1, 1, metric="participation")) == []
    assert shown(either, said(0, 0, metric="participation")) == []


def test_other_group(said: Said) -> None:
    """ "No servicemen took part" and "contractors took part" may both hold."""
    made = [
        said(0, 0, metric="participation", group="servicemen"),
        said(1, 1, metric="participation", group="contractors"),
    ]
    assert shown(*made) == []


def test_unknown(said: Said) -> None:
    """Who cannot say contradicts neither answer."""
    made = [said(0, 0, metric="participation"), said(metric="participation", unknown=True)]
    assert shown(*made) == []


def test_denial_belongs_to_the_denial_rule(said: Said) -> None:
    """A yes against its own denial is not found a second time here."""
    made = [said(1, 1, metric="participation", denied=d) for d in (False, True)]
    assert [found[0] for found in shown(*made)] == ["denial"]


def test_as_of_different_days(said: Said) -> None:
    """No on one day and yes on another are let pass, in either order of days."""
    no, yes = said(0, 0, metric="participation", as_of=DAY), said(1, 1, metric="participation")
    assert shown(no, yes) == []
    later = said(0, 0, metric="participation", as_of=DAY + 1)
    assert shown(later, said(1, 1, metric="participation", as_of=DAY)) == []
