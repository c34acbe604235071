"""Where claims stand against very many others, each keeps its gravest contradictions."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contradictions import gravest as module
from claimtrack.contradictions.gravest import gravest
from claimtrack.contradictions.rules import Outcome, search
from claimtrack.domain.case import Case, Claim
from contradictions.cases import METRICS, Said


def found(*claims: Claim) -> Outcome:
    return search(Case(claims, METRICS))


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAIRS_OF_A_CLAIM", 3)


def test_what_both_claims_have_graver_ones_of_is_left_out(said: Said) -> None:
    """Of six numbers that all differ fifteen pairs are found; those go of which both have three."""
    all_of_them = found(*(said(n, n) for n in (1, 10, 100, 1_000, 1_010, 1_020)))
    kept = gravest(all_of_them)
    assert len(all_of_them.conflicts) == 15
    left_out = [pair for pair in all_of_them.conflicts if pair not in kept.conflicts]
    assert [[c.value.lower for c in pair.claims] for pair in left_out] == [
        [1, 10],
        [10, 100],
        [1_000, 1_020],
        [1_000, 1_010],
        [1_010, 1_020],
    ]
    assert kept.stopped is not None
    assert kept.stopped.startswith("5 more contradictions of two claims are not listed")


def test_as_many_as_are_kept_of_each_are_all_kept(said: Said) -> None:
    """Four numbers make three pairs each: nothing is left out, and nothing said."""
    all_of_them = found(*(said(n, n) for n in (1, 10, 100, 1_000)))
    assert gravest(all_of_them) == all_of_them
    assert len(all_of_them.conflicts) == 6


def test_sets_of_three_are_kept(said: Said) -> None:
    """Sets of three have a limit of their own, though each claim has three graver pairs."""
    pairs = [said(n, n) for n in (400, 500, 600, 700, 800, 900)]
    pairs += [said(n, n, metric="wounded") for n in (1, 2, 3)]
    three = [said(n, n, metric=m) for m, n in (("wounded", 300), ("casualties", 650))]
    all_of_them = found(*pairs, *three)
    larger = [one for one in all_of_them.conflicts if len(one.claims) > 2]
    assert larger
    assert [one for one in gravest(all_of_them).conflicts if len(one.claims) > 2] == larger


def test_an_earlier_sentence_stays(said: Said) -> None:
    """A search that met its limit is told beside what is left out."""
    all_of_them = found(*(said(n, n) for n in range(1, 12)))
    told = gravest(Outcome(all_of_them.conflicts, "not all were searched")).stopped
    assert told is not None
    assert told.startswith("not all were searched; ")


@given(st.lists(st.integers(0, 40), min_size=2, max_size=16))
def test_every_claim_keeps_its_gravest(numbers: list[int]) -> None:
    """Each claim keeps its three gravest at least, and no more are kept than its share."""
    said = Said()
    all_of_them = found(*(said(n, n) for n in numbers))
    kept = gravest(all_of_them).conflicts
    of = Counter(claim.id for one in kept for claim in one.claims)
    before = Counter(claim.id for one in all_of_them.conflicts for claim in one.claims)
    assert all(of[id_] >= min(3, count) for id_, count in before.items())
    assert len(kept) <= 3 * len(numbers)
    assert kept == [one for one in all_of_them.conflicts if one in kept]
