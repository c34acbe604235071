"""Where claims stand against very many others, each keeps its gravest contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contradictions import category, disjoint, found_sets, rules
from claimtrack.contradictions.gravest import Cut, by_gravity, gravest, told
from claimtrack.contradictions.rules import (
    Outcome,
    contradicted,
    search,
    search_beside,
    search_told,
)
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.conflict import Conflict, is_plain
from contradictions.cases import METRICS, Said, claim_lists


def found(*claims: Claim) -> Outcome:
    return search(Case(claims, METRICS))


def are_plain(conflict: Conflict) -> bool:
    """Tell whether a pair is made from its claims when asked for, and not kept."""
    return len({c.question for c in conflict.claims}) == 1 and all(map(is_plain, conflict.claims))


def kept_of(case: Case) -> Outcome:
    """Sort what is kept: the search gives it in no order."""
    outcome = search_beside(case)
    return Outcome(sorted(outcome.conflicts, key=by_gravity), outcome.stopped)


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "PAIRS_OF_A_CLAIM", 3)


def test_what_both_claims_have_graver_ones_of_is_left_out(said: Said) -> None:
    """Of six numbers that all differ fifteen pairs are found; those go of which both have three."""
    numbers = [said(n, n, as_of=1) for n in (1, 10, 100, 1_000, 1_010, 1_020)]
    all_of_them, kept = found(*numbers), search_beside(Case(numbers, METRICS))
    assert len(all_of_them.conflicts) == 15
    left_out = [pair for pair in all_of_them.conflicts if pair not in kept.conflicts]
    assert [[c.value.lower for c in pair.claims] for pair in left_out] == [
        [10, 100],
        [1, 10],
        [1_000, 1_020],
        [1_000, 1_010],
        [1_010, 1_020],
    ]
    assert kept.stopped is not None
    assert kept.stopped.startswith("5 more contradictions of two claims are not listed")


def test_as_many_as_are_kept_of_each_are_all_kept(said: Said) -> None:
    """Four numbers make three pairs each: nothing is left out, and nothing said."""
    numbers = [said(n, n, as_of=1) for n in (1, 10, 100, 1_000)]
    all_of_them = found(*numbers)
    assert kept_of(Case(numbers, METRICS)) == all_of_them
    assert len(all_of_them.conflicts) == 6


def test_sets_of_three_are_kept(said: Said) -> None:
    """Sets of three have a limit of their own, though each claim has three graver pairs."""
    pairs = [said(n, n, as_of=1) for n in (400, 500, 600, 700, 800, 900)]
    pairs += [said(n, n, metric="wounded", as_of=1) for n in (1, 2, 3)]
    three = [said(n, n, metric=m, as_of=1) for m, n in (("wounded", 300), ("casualties", 650))]
    all_of_them = found(*pairs, *three)
    larger = [one for one in all_of_them.conflicts if len(one.claims) > 2]
    assert larger
    kept = kept_of(Case([*pairs, *three], METRICS)).conflicts
    assert [one for one in kept if len(one.claims) > 2] == larger


def test_an_earlier_sentence_stays(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that met its limit is told beside what is left out."""
    monkeypatch.setattr(found_sets, "MAX_STEPS", 0)
    parts = [said(n, n, metric="wounded", as_of=1) for n in range(1, 12)]
    told = search_beside(Case([*parts, said(5, 9, metric="casualties", as_of=1)], METRICS)).stopped
    assert told is not None
    first, *_, second = told.split("; ")
    assert first.startswith("not all sets of three claims and more were searched")
    assert second.endswith("`versions` counts with all")


@given(st.lists(st.integers(0, 40), min_size=2, max_size=16), st.randoms(use_true_random=False))
def test_every_claim_keeps_its_gravest(numbers: list[int], draw: Random) -> None:
    """What is kept is what is among the three gravest of a claim, in whatever order it came."""
    said = Said()
    pairs = found(*(said(n, n) for n in numbers)).conflicts
    of: dict[str, list[Conflict]] = {claim.id: [] for one in pairs for claim in one.claims}
    for one in pairs:
        for claim in one.claims:
            of[claim.id].append(one)
    wanted = [one for one in pairs if any(one in of[claim.id][:3] for claim in one.claims)]
    for way in (pairs, pairs[::-1], draw.sample(pairs, len(pairs))):
        cut = Cut(3)
        assert sorted(gravest(iter(way), cut), key=by_gravity) == wanted
        assert cut.left_out == len(pairs) - len(wanted)
    assert len(wanted) <= 3 * len(numbers)


@given(
    st.tuples(
        st.sampled_from(["killed", "weapon"]),
        st.sampled_from([((1, 1),), (None, (1, 1), (2, 2))]),
    ).flatmap(lambda drawn: claim_lists(drawn[0], size=12, days=drawn[1]).flatmap(st.permutations))
)
def test_what_a_rule_leaves_out_is_what_would_be_left_out(claims: list[Claim]) -> None:
    """The same pairs are kept as out of all there are, and as many counted."""
    case = Case(tuple(claims), METRICS)
    pairs = [one for one in search(case).conflicts if len(one.claims) == 2 and not are_plain(one)]
    cut = Cut(3)
    wanted = sorted(gravest(pairs, cut), key=by_gravity)
    outcome = kept_of(case)
    assert [one for one in outcome.conflicts if len(one.claims) == 2] == wanted
    assert (told(cut) or "") in (outcome.stopped or "")
    assert (told(cut) is None) == (outcome.stopped is None)


def test_a_rule_takes_no_longer_than_what_it_finds(said: Said) -> None:
    """Of 300 numbers that all differ each stands against 299, and few are looked at."""
    case = Case(tuple(said(n, n) for n in range(300)), METRICS)
    cut = Cut(3)
    looked_at = (299 + 298 + 297) + (294 * 3 + 2 + 1)
    assert len(list(disjoint.find(case, cut))) == looked_at
    assert cut.left_out == 300 * 299 // 2 - looked_at


def test_categories_take_no_longer_than_what_is_found(said: Said) -> None:
    """Of 300 categories each stands against 299, and few are looked at."""
    made = [said(metric="weapon", category=f"make {n}") for n in range(300)]
    made += [said(metric="weapon", category=f"MAKE {n}") for n in range(2)]
    cut = Cut(3)
    first = list(category.find(Case(made, METRICS), cut))
    every = 302 * 301 // 2 - 2
    assert (len(first), cut.left_out) == (300 + 299 + 298 + 3, every - 900)
    assert gravest(found(*made).conflicts, Cut(3)) == gravest(first, Cut(3))


@given(claim_lists("killed", size=9))
def test_the_claims_that_are_contradicted_are_those_of_what_is_kept(claims: list[Claim]) -> None:
    """However many pairs are left out, the same claims stand against something."""
    case = Case(tuple(claims), METRICS)
    kept = search_told(case).conflicts
    inside = {claim.id for one in kept for claim in one.claims}
    assert contradicted(case, {claim.id for claim in claims}) == inside
    some = {claim.id for claim in claims[::2]}
    assert contradicted(case, some) == inside & some


class Held(str):
    """The name of a rule by which can be seen whether anybody still holds the conflict."""

    __slots__ = ("__weakref__",)


def test_pairs_that_come_as_a_stream_are_not_all_held(said: Said) -> None:
    """Of each claim twice as many as are kept are held at most, however many come."""
    numbers = [said(n, n) for n in range(1, 61)]
    alive: list[ref[Held]] = []
    seen = []

    def stream() -> Iterator[Conflict]:
        for one in found(*numbers).conflicts[::-1]:
            held = Held(one.rule)
            alive.append(ref(held))
            seen.append(sum(each() is not None for each in alive))
            yield one._replace(rule=held)

    cut = Cut(3)
    kept = gravest(stream(), cut)
    assert len(seen) == len(kept) + cut.left_out == 60 * 59 // 2
    assert max(seen) <= 2 * 3 * len(numbers) + 1


@pytest.mark.parametrize("backwards", [False, True])
def test_of_equals_the_first_by_id_is_kept(
    said: Said, monkeypatch: pytest.MonkeyPatch, *, backwards: bool
) -> None:
    """Whatever the order in which claims come: of pairs as grave as each other the first stays."""
    monkeypatch.setattr(rules, "PAIRS_OF_A_CLAIM", 1)
    low = [said(n, 5, as_of=1) for n in range(1, 6)]
    high = [said(20, 20 + n, as_of=1) for n in range(3)]
    claims = [*low, *high][:: -1 if backwards else 1]
    kept = search_beside(Case(claims, METRICS)).conflicts
    first_above = [(claim.id, high[0].id) for claim in low]
    first_below = [(low[0].id, claim.id) for claim in high[1:]]
    found = [tuple(claim.id for claim in one.claims) for one in kept]
    assert sorted(found) == sorted([*first_above, *first_below])
