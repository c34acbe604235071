"""Suspected copying: hits and false accusations on made worlds, and what must be let pass."""

import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.case import Question
from claimtrack.estimates import copying
from claimtrack.estimates.copying import (
    binomial_tail,
    find_suspects,
    fit_agreement,
    join_pairs,
)
from estimates.worlds import as_answers, make_world


def pair(*names):
    return frozenset(names)


def mixed_world(seed, questions, copiers=()):
    """Eight sources, some careful and some not, who answer six questions of ten."""
    chance = random.Random(seed)
    knows = [chance.uniform(0.2, 0.8) for _ in range(8)]
    return as_answers(make_world(seed, questions, knows, [0.6] * 8, copiers)[1])


COPIERS = (("s6", "s0", 0.7), ("s7", "s1", 0.7))
COPIED = {pair("s0", "s6"), pair("s1", "s7")}


def test_independent_sources_are_hardly_ever_accused():
    """Of 60 worlds of independent sources of very different care, one accuses at most."""
    accusing = tested = 0
    for seed in range(60):
        chance = random.Random(1000 + seed)
        size = chance.choice((4, 6, 8, 12))
        knows = [chance.uniform(0.05, 0.95) for _ in range(size)]
        covers = [chance.uniform(0.2, 0.9) for _ in range(size)]
        world = make_world(seed, chance.choice((20, 60, 150)), knows, covers)[1]
        found = find_suspects(as_answers(world))
        accusing += bool(found.pairs)
        tested += found.tested
    assert tested > 1000
    assert accusing <= 1


def test_two_careful_sources_among_careless_ones_are_no_copiers():
    """Agreeing because both are right is not copying, however often the others are wrong."""
    knows = [0.95, 0.95, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3]
    world = as_answers(make_world(7, 300, knows, [0.7] * 8)[1])
    assert find_suspects(world).pairs == ()


def test_sources_that_nearly_always_agree_are_no_copiers():
    """Where everybody is right, everybody says the same."""
    world = as_answers(make_world(3, 200, [0.97] * 6, [0.7] * 6)[1])
    assert find_suspects(world).pairs == ()


@pytest.mark.parametrize(("questions", "least"), [(60, 0.6), (150, 0.9)])
def test_copiers_are_found_and_their_sources_with_them(questions, least):
    """A source that takes 7 answers of 10 from another is found, and nobody else."""
    hits = false = 0
    for seed in range(10):
        found = {one.pair for one in find_suspects(mixed_world(seed, questions, COPIERS)).pairs}
        hits += len(found & COPIED)
        false += len(found - COPIED)
    assert hits >= least * 20
    assert false == 0


def test_a_family_of_copiers_does_not_make_its_values_look_common():
    """Where three copy one, all six pairs are found, though each value is given by four."""
    copiers = [(f"s{n}", "s0", 0.7) for n in (5, 6, 7)]
    found = find_suspects(mixed_world(2, 200, copiers))
    assert found.families == (("s0", "s5", "s6", "s7"),)
    assert len(found.pairs) == 6


def test_stated_dependence_is_known_and_not_suspected():
    """A pair that is stated to depend is not tested; the other copier is still found."""
    found = find_suspects(mixed_world(1, 150, COPIERS), {"s6": frozenset({"s0"})})
    assert {one.pair for one in found.pairs} == {pair("s1", "s7")}
    assert found.known == (("s0", "s6"),)


def test_stated_dependence_of_two_who_share_too_little_is_not_told():
    """Near miss: those two could not be suspected anyway; they share too few questions."""
    world = {
        Question(f"e{n}", "killed", None): {s: frozenset({(n, n, None)}) for s in "abcd"}
        for n in range(4)
    }
    found = find_suspects(world, {"a": frozenset("b")})
    assert (found.known, found.tested, found.too_few) == ((), 0, 6)


def test_many_sources_that_share_one_question_are_not_held_against_each_other(monkeypatch):
    """All draw on one agency, and none answers enough to be suspected: no pair is looked at."""
    asked = []
    monkeypatch.setattr(copying, "are_tied", lambda *names: asked.append(names))
    names = [f"s{n}" for n in range(300)]
    everybody = {name: frozenset({(n, n, None)}) for n, name in enumerate(names)}
    bases = {name: frozenset({"agency"}) for name in names}
    found = find_suspects({Question("e", "killed", None): everybody}, bases)
    assert (found.pairs, found.tested, found.too_few) == ((), 0, 300 * 299 // 2)
    assert asked == []


def test_who_draws_on_one_third_speaks_with_one_voice():
    """A family counts once as others of a pair, also by somebody who answers nothing."""
    world = mixed_world(1, 150, COPIERS)
    through = {name: frozenset({"agency"}) for name in ("s2", "s3", "s4")}
    (alone, *_), (joined, *_) = find_suspects(world).pairs, find_suspects(world, through).pairs
    assert alone.pair == joined.pair
    assert joined.expected != alone.expected


def test_the_evidence_counts_what_the_others_say():
    """Each agreement comes with how many others there are and how many say the same."""
    world = mixed_world(1, 150, COPIERS)
    for found in find_suspects(world).pairs:
        one, other = found.sources
        shared = [told for told in world.values() if one in told and other in told]
        assert found.shared == len(shared)
        assert found.agreed == len(found.evidence) == sum(t[one] == t[other] for t in shared)
        assert found.expected < found.agreed
        assert 0 <= found.chance < 0.01
        for each in found.evidence:
            told = world[each.question]
            rest = [said for source, said in told.items() if source not in found.sources]
            assert (each.others, each.given_by) == (len(rest), rest.count(told[one]))
        rare = [e for e in found.evidence if e.others and not e.given_by]
        assert found.rare == len(rare)
        assert found.evidence[0] in rare


def test_few_questions_and_few_sources_accuse_nobody():
    """Four shared questions, or two sources alone, cannot show anything."""
    four = {
        Question(f"e{n}", "killed", None): {s: frozenset({(n, n, None)}) for s in "abcd"}
        for n in range(4)
    }
    assert find_suspects(four).tested == 0
    assert find_suspects(four).too_few == 6
    few = mixed_world(1, 150)
    four_sources = {
        question: {
            source: told for source, told in answers.items() if source in ("s0", "s1", "s2", "s3")
        }
        for question, answers in few.items()
    }
    assert find_suspects(four_sources).tested == 0
    two = {
        Question(f"e{n}", "killed", None): {s: frozenset({(n, n, None)}) for s in "ab"}
        for n in range(400)
    }
    assert find_suspects(two).pairs == ()
    assert find_suspects(two).too_few == 1
    assert find_suspects({}).pairs == ()


def test_the_figures_of_sources_are_found_again():
    """Where pairs agree as the model says, the fit gives its figures; one copier bends none."""
    figures = {"a": 0.9, "b": 0.6, "c": 0.3, "d": 0.8, "e": 0.5, "none": 0.0}
    rates = {
        pair(one, other): 0.05 + 0.95 * figures[one] * figures[other]
        for one in figures
        for other in figures
        if one < other
    }
    fitted = fit_agreement(rates)
    assert fitted.coincidence == 0.05
    assert all(abs(fitted.of[name] - figures[name]) < 0.06 for name in figures)
    rates[pair("a", "b")] = 1.0
    bent = fit_agreement(rates)
    assert all(abs(bent.of[name] - figures[name]) < 0.1 for name in figures)
    assert bent.general(pair("a", "b")) < 0.65


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 99))
def test_the_tail_is_that_of_the_binomial(tries, hits, percent):
    """Where the bound holds, the chance is the exact sum; below it, 1."""
    mean = Fraction(percent, 100)
    exact = sum(
        comb(tries, k) * mean**k * (1 - mean) ** (tries - k) for k in range(hits, tries + 1)
    )
    chance = binomial_tail(hits, tries, float(mean))
    if hits >= tries * mean + 1:
        assert chance == pytest.approx(float(exact), rel=1e-9)
    assert chance >= float(exact) * (1 - 1e-9)


def test_pairs_that_overlap_are_one_family():
    """A chain of pairs is one family; pairs apart stay apart."""
    pairs = [pair("a", "b"), pair("c", "d"), pair("e", "f"), pair("b", "c")]
    assert join_pairs(pairs) == (("a", "b", "c", "d"), ("e", "f"))
    assert join_pairs([]) == ()
    assert join_pairs([*pairs, pair("f", "g", "d")]) == (tuple("abcdefg"),)


def test_agreement_on_what_everybody_says_is_no_suspicion():
    """Two careless sources that meet only on easy questions agree there, as all do."""
    chance = random.Random(3)
    world = {}
    for n in range(40):
        easy = Question(f"easy-{n}", "killed", None)
        world[easy] = {s: frozenset({(n, n, None)}) for s in "abcdefgh"}
    for n in range(120):
        hard = Question(f"hard-{n}", "killed", None)
        careless = "a" if n % 2 else "b"
        told = {careless: chance.randint(1, 9999)}
        told |= {s: 5 if chance.random() < 0.7 else chance.randint(1, 9999) for s in "cdefgh"}
        world[hard] = {s: frozenset({(v, v, None)}) for s, v in told.items()}
    assert find_suspects(world).pairs == ()
