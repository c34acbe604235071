"""Truth discovery: what it learns, what it declines, and where it loses."""

import math
import random
from statistics import median

from claimtrack.domain.case import Question
from claimtrack.domain.value import Kind
from claimtrack.estimates.material import Refusal
from claimtrack.estimates.methods import estimate
from claimtrack.estimates.truth_discovery import learn, observe
from estimates.questions import KILLED, answer, material, value, why

FREE = frozenset()


def world(seed, errors, questions=60, copiers=(), sides=()):
    """Give truths and answers: log-normal errors, constant factors, sources who copy."""
    chance = random.Random(seed)
    truths, told = {}, {}
    for at in range(questions):
        question = Question(f"e{at}", "killed", None)
        truth = round(10 ** chance.uniform(1, 4))
        said = {
            f"s{n}": round(truth * (sides[n] if sides else 1) * math.exp(chance.gauss(0, error)))
            for n, error in enumerate(errors)
        }
        said |= {copier: said[copied] for copier, copied in copiers}
        truths[question] = truth
        told[question] = {source: (n, n) for source, n in said.items()}
    return truths, told


def mean_error(truths, found):
    return sum(abs(found[q] - math.log1p(t)) for q, t in truths.items()) / len(truths)


def by_model(told, tied=FREE):
    return {q: mean for q, (mean, _) in learn(observe(told, tied)).truths.items()}


def by_median(told):
    return {q: median(math.log1p(n) for n, _ in said.values()) for q, said in told.items()}


CARE = (0.05, 0.05, 0.1, 0.4, 0.5, 0.6)


def test_it_learns_who_is_careful_and_beats_the_median():
    """With 60 questions its error is well below that of the median, in each of ten worlds."""
    for seed in range(10):
        truths, told = world(seed, CARE)
        learned = learn(observe(told, FREE))
        assert max(learned.errors[s] for s in ("s0", "s1")) < min(
            learned.errors[s] for s in ("s3", "s4", "s5")
        )
        assert mean_error(truths, by_model(told)) < 0.8 * mean_error(truths, by_median(told))


def test_it_loses_to_the_median_where_copiers_are_unseen_and_not_where_they_are_known():
    """Three copies of a careless source look like four witnesses, unless they are tied."""
    copiers = [(f"copier{n}", "s4") for n in range(3)]
    tied = frozenset(frozenset((copier, "s4")) for copier, _ in copiers)
    truths, told = world(4, (0.2, 0.2, 0.3, 0.3, 0.6), copiers=copiers)
    fooled = mean_error(truths, by_model(told))
    assert fooled > mean_error(truths, by_median(told))
    assert mean_error(truths, by_model(told, tied)) < 0.5 * fooled


def test_it_follows_a_precise_majority_that_says_half():
    """A side that always halves is precise to it: the limit that the documentation states."""
    truths, told = world(2, (0.05, 0.05, 0.05, 0.3, 0.3), sides=(0.5, 0.5, 0.5, 1, 1))
    assert mean_error(truths, by_model(told)) > 0.5


def answers_of(told):
    return [
        answer(source, *interval, question=question)
        for question, said in told.items()
        for source, interval in said.items()
    ]


def test_the_estimate_is_a_range_about_the_truth_with_its_answers():
    """Asked for one question it learns from the others, and names only that one's answers."""
    _, told = world(1, CARE)
    here = [answer(f"s{n}", number, number) for n, number in enumerate((100, 102, 98, 300, 40, 9))]
    found = estimate("truth-discovery", material(*here, elsewhere=answers_of(told)))
    assert found.refusal is None
    assert found.lower <= 100 <= found.upper
    assert 95 <= found.middle[0] == found.middle[1] <= 105
    assert found.upper < 150
    entered = {one.assertion for voice in found.voices for one in voice.answers}
    assert entered == {one.assertion for one in here}


def test_it_declines_what_it_cannot_know():
    """Two origins, questions too few, and what is no size are declined."""
    _, told = world(1, CARE)
    elsewhere = answers_of(told)
    two = [answer("s0", 5, 5), answer("s1", 6, 6)]
    assert (
        estimate("truth-discovery", material(*two, elsewhere=elsewhere)).refusal
        is Refusal.FEW_ORIGINS
    )
    three = [*two, answer("s2", 7, 7)]
    few = answers_of(dict(list(told.items())[:3]))
    assert (
        estimate("truth-discovery", material(*three, elsewhere=few)).refusal is Refusal.FEW_SHARED
    )
    enough = answers_of(dict(list(told.items())[:4]))
    assert estimate("truth-discovery", material(*three, elsewhere=enough)).refusal is None
    days = [answer(s, said=value(7, 7, Kind.DATE)) for s in ("s0", "s1", "s2")]
    dated = material(*days, kind=Kind.DATE, elsewhere=elsewhere)
    assert estimate("truth-discovery", dated).refusal is Refusal.NOT_A_SIZE


def test_an_open_answer_has_no_middle_and_is_left_out():
    """More than 200 does not enter; the three with both ends do."""
    _, told = world(1, CARE)
    here = [
        answer("s0", 5, 5),
        answer("s1", 5, 6),
        answer("s2", 7, 7),
        answer("s3", 201, id_="open"),
    ]
    found = estimate("truth-discovery", material(*here, elsewhere=answers_of(told)))
    assert found.refusal is None
    assert why(found) == {"open": "open"}


def test_a_wide_answer_weighs_less_than_a_narrow_one():
    """Of two sources of equal care, the one that says 50 to 200 moves the estimate less."""
    told = {Question(f"e{n}", "killed", None): dict.fromkeys("abc", (100, 100)) for n in range(8)}
    narrow = told | {KILLED: {"a": (100, 100), "b": (100, 100), "c": (200, 200)}}
    wide = told | {KILLED: {"a": (100, 100), "b": (100, 100), "c": (100, 400)}}
    assert by_model(narrow)[KILLED] > by_model(wide)[KILLED] > math.log1p(100)


def test_tied_sources_that_say_the_same_share_one_weight():
    """Two tied that agree weigh a half each; tied that differ, and free that agree, weigh 1."""
    told = {KILLED: {"a": (5, 5), "b": (5, 5), "c": (9, 9), "d": (5, 5)}}
    tied = frozenset({frozenset("ab"), frozenset("bc")})
    seen = observe(told, tied)[KILLED]
    assert {s: o.weight for s, o in seen.items()} == {"a": 0.5, "b": 0.5, "c": 1, "d": 1}
