"""Suspect copying: shared rare values betray it.

The idea is that of Dong, Berti-Équille and Srivastava, "Integrating Conflicting Data: The
Role of Source Dependence" (VLDB 2009): two sources that agree on many values that few
others give are probably not independent. Their test asks what is true; where nobody knows,
a majority of copiers would be taken for it. Here is only asked how often two sources would
agree if each went by its own knowledge, and whether they agree more often:

1. What the two are in general. Each source has one figure a(s) from 0 to 1, and independent
   sources agree on the share γ + (1 - γ) · a(s) · a(t) of the questions they share
   (Spearman's single factor: exact where each source has the true value with its own
   probability). γ is what coincidence makes: the lowest share of any pair. The figures are
   fitted to all pairs by medians, as in Tukey's median polish, so that fewer than half of a
   source's pairs cannot bend its figure.
2. What is said. Where one of the two gives a value that k of n others give too, agreement
   is expected with k / (n + 1), if that is more.
3. `GRACE` of what remains is let pass besides: the same roll read by both, a round number.

The number of agreements is tested by the binomial tail at the mean of the expectations,
never below the exact tail (Hoeffding 1956), with Holm's correction (1979) for all pairs
tested. Suspected pairs then count no more as others of each other and bend no figure, and
the rest is tested again until nothing is added: else a family of copiers would make its own
values look common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import exp, lgamma, log, log1p, sqrt
from statistics import median

from claimtrack.domain.case import Question

Told = tuple[int | None, int | None, str | None]
"""What was said: both ends, or a category. The words may differ, the bounds may not."""
Answers = Mapping[Question, Mapping[str, frozenset[Told]]]
"""By question, what each source says itself."""
Pair = frozenset[str]
Bases = Mapping[str, frozenset[str]]
"""By source, all others that it is stated to draw on, at any depth."""

LEAST_SHARED = 5
"""Questions that two sources must share before their agreement says anything."""
LEAST_PARTNERS = 4
"""Others with whom a source must share that many, to tell what is usual for it."""
GRACE = 0.05
"""Share of the answers in common that may agree beyond expectation without suspicion."""
LEVEL = 0.01
"""Chance of accusing anybody in one round where all are independent, if the model holds."""
ROUNDS = 20
"""Rounds of testing at most; each but the last adds a pair."""
_HIGHEST = 0.95
"""Expected agreement at most: certainty would make a single difference proof of anything."""
_LOWEST = 0.01
_SWEEPS = 100
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Agreement:
    """A question on which two sources say the same, and how many of the others say so too."""

    question: Question
    told: tuple[Told, ...]
    given_by: int
    others: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often two sources agree, and how often they would if they were independent.

    `shared` counts the questions both answer, `agreed` those on which both say the same,
    `expected` how many of them would, the grace included. `chance` is the probability of so
    many agreements between independent sources, corrected for the number of pairs tested
    (0 to 1), in the round in which the pair was suspected. `evidence` holds the agreements,
    the rarest first.
    """

    sources: tuple[str, str]
    shared: int
    agreed: int
    expected: float
    chance: float
    evidence: tuple[Agreement, ...]

    @property
    def pair(self) -> Pair:
        """Give the two without an order: who copied whom is not known."""
        return frozenset(self.sources)

    @property
    def rare(self) -> int:
        """Count the agreements on what nobody else says, of those where others say something."""
        return sum(1 for one in self.evidence if one.others and not one.given_by)


@dataclass(frozen=True, slots=True)
class Suspects:
    """The suspected pairs, the least probable first.

    `tested` counts the pairs that could be tested, `too_few` those that share fewer than
    `LEAST_SHARED` questions, or too few with anybody else to tell what is usual. `known` are
    those that share enough and are stated to depend on each other.
    """

    pairs: tuple[Comparison, ...]
    tested: int
    too_few: int
    known: tuple[tuple[str, str], ...] = ()

    @property
    def families(self) -> tuple[tuple[str, ...], ...]:
        """Join the pairs that overlap, the largest family first."""
        return join_pairs(comparison.pair for comparison in self.pairs)


def find_suspects(answers: Answers, bases: Bases | None = None) -> Suspects:
    """Find the pairs of sources that agree more than independent ones would.

    Pairs that are stated to depend on each other, by `bases`, are not tested, bend no figure
    and are not taken as others of each other.
    """
    bases = bases or {}
    asked = _asked(answers)
    shared = _shared(answers, asked)
    rates = {pair: _rate(answers, pair, questions) for pair, questions in shared.items()}
    known = frozenset(pair for pair in rates if are_tied(bases, *pair))
    kin = _kin(answers, {source: asked[source] for pair in rates for source in pair}, bases)
    stated = stated_families(bases)
    found: dict[Pair, Comparison] = {}
    tested: set[Pair] = set()
    for _ in range(ROUNDS):
        tied = known | found.keys()
        figures = fit_agreement({p: rate for p, rate in rates.items() if p not in tied})
        families = join_pairs(stated | found.keys())
        voice_of = {source: family[0] for family in families for source in family}
        compared = {
            pair: _compare(answers, pair, shared[pair], figures.general(pair), kin, voice_of)
            for pair in rates
            if pair not in tied and pair <= figures.of.keys()
        }
        tested |= compared.keys()
        corrected = _holm({pair: c.chance for pair, c in compared.items()})
        new = {pair for pair, chance in corrected.items() if chance < LEVEL}
        if not new:
            break
        found |= {pair: replace(compared[pair], chance=corrected[pair]) for pair in new}
        for one, other in new:
            kin[one].add(other)
            kin[other].add(one)
    order = sorted(found.values(), key=lambda c: (c.chance, c.expected - c.agreed, c.sources))
    too_few = _sharing(answers, asked) - len(tested) - len(known)
    told = sorted((min(pair), max(pair)) for pair in known)
    return Suspects(tuple(order), len(tested), too_few, tuple(told))


def are_tied(bases: Bases, one: str, other: str) -> bool:
    """Tell whether one of two is stated to draw on the other, or both on a third."""
    ones, others = bases.get(one, _NOTHING), bases.get(other, _NOTHING)
    return one in others or other in ones or not ones.isdisjoint(others)


_NOTHING: frozenset[str] = frozenset()


def stated_families(bases: Bases) -> frozenset[frozenset[str]]:
    """Give each source with all it draws on: where these overlap, sources are tied."""
    return frozenset(others | {source} for source, others in bases.items())


def join_pairs(pairs: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Join pairs, or larger sets, that overlap into families, the largest first."""
    family: dict[str, set[str]] = {}
    for some in pairs:
        met = {id(family[source]): family[source] for source in some if source in family}
        largest, *others = sorted((*met.values(), set(some)), key=len, reverse=True)
        for other in others:
            largest |= other
            family.update(dict.fromkeys(other, largest))
        family.update(dict.fromkeys(some, largest))
    unique = {id(members): tuple(sorted(members)) for members in family.values()}
    return tuple(sorted(unique.values(), key=lambda members: (-len(members), members)))


@dataclass(frozen=True, slots=True)
class Figures:
    """How often independent sources agree: by coincidence, and each source's own figure."""

    coincidence: float
    of: Mapping[str, float]

    def general(self, pair: Pair) -> float:
        """Give the share of questions on which two sources agree if they are independent."""
        one, other = pair
        return self.coincidence + (1 - self.coincidence) * self.of[one] * self.of[other]


def fit_agreement(rates: Mapping[Pair, float]) -> Figures:
    """Fit the figures to the shares of questions on which pairs agree.

    Each figure is in turn set to the median of what its pairs call for, halfway in the
    logarithm so that two sources do not swing against each other. Sources with fewer than
    `LEAST_PARTNERS` pairs get no figure: two careful ones among a few careless would look
    like copiers.
    """
    coincidence = min(rates.values(), default=0.0)
    partners: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for pair in sorted(rates, key=sorted):
        one, other = sorted(pair)
        beyond = max(_LOWEST, (rates[pair] - coincidence) / (1 - coincidence))
        partners[one].append((other, beyond))
        partners[other].append((one, beyond))
    figures = dict.fromkeys(sorted(partners), 0.5)
    for _ in range(_SWEEPS):
        moved = 0.0
        for source, others in sorted(partners.items()):
            wanted = min(1.0, median(rate / figures[other] for other, rate in others))
            fitted = sqrt(figures[source] * wanted)
            moved = max(moved, abs(fitted - figures[source]))
            figures[source] = fitted
        if moved < _CLOSE:
            break
    enough = {s: figure for s, figure in figures.items() if len(partners[s]) >= LEAST_PARTNERS}
    return Figures(coincidence, enough)


def _asked(answers: Answers) -> dict[str, frozenset[Question]]:
    """Give the questions that each source answers."""
    found: dict[str, set[Question]] = defaultdict(set)
    for question, told in answers.items():
        for source in told:
            found[source].add(question)
    return {source: frozenset(questions) for source, questions in found.items()}


def _shared(
    answers: Answers, asked: Mapping[str, frozenset[Question]]
) -> dict[Pair, list[Question]]:
    """Give the questions that each pair shares, if they are enough.

    Who answers too few is passed over at once: most of many sources do.
    """
    found: dict[Pair, list[Question]] = defaultdict(list)
    for question, told in answers.items():
        often = sorted(source for source in told if len(asked[source]) >= LEAST_SHARED)
        for one, other in combinations(often, 2):
            found[frozenset((one, other))].append(question)
    return {pair: shared for pair, shared in found.items() if len(shared) >= LEAST_SHARED}


def _sharing(answers: Answers, asked: Mapping[str, frozenset[Question]]) -> int:
    """Count the pairs that share a question, source by source: twice, so half of it."""
    alike = Counter(asked.values())
    met = (len(set().union(*(answers[q] for q in questions))) - 1 for questions in alike)
    return sum(others * count for others, count in zip(met, alike.values(), strict=True)) // 2


def _kin(
    answers: Answers, asked: Mapping[str, frozenset[Question]], bases: Bases
) -> dict[str, set[str]]:
    """Give, of those who answer a question of a source's, who is tied to it."""
    return {
        source: {
            other
            for other in set().union(*(answers[q] for q in questions))
            if other != source and are_tied(bases, source, other)
        }
        if bases
        else set()
        for source, questions in asked.items()
    }


def _rate(answers: Answers, pair: Pair, questions: Sequence[Question]) -> float:
    """Give the share of questions on which two agree, with one of each kind added."""
    one, other = pair
    agreed = sum(1 for q in questions if answers[q][one] & answers[q][other])
    return (agreed + 1) / (len(questions) + 2)


def _compare(
    answers: Answers,
    pair: Pair,
    questions: Sequence[Question],
    general: float,
    kin: Mapping[str, set[str]],
    voice_of: Mapping[str, str],
) -> Comparison:
    one, other = sorted(pair)
    near = kin[one] | kin[other] | pair
    popular = 0.0
    evidence = []
    for question in questions:
        told = answers[question]
        voices = {voice_of.get(source, source) for source in told if source not in near}
        support = max(
            len({voice_of.get(s, s) for s, said in told.items() if s not in near and value in said})
            for value in told[one] | told[other]
        )
        popular += support / (len(voices) + 1)
        if both := told[one] & told[other]:
            given = sum(1 for s, said in told.items() if s not in pair and said & both)
            evidence.append(Agreement(question, tuple(sorted(both, key=str)), given, len(told) - 2))
    evidence.sort(key=_commonness)
    share = min(_HIGHEST, max(general, popular / len(questions)))
    mean = GRACE + (1 - GRACE) * share
    expected = mean * len(questions)
    chance = binomial_tail(len(evidence), len(questions), mean)
    return Comparison(
        (one, other), len(questions), len(evidence), expected, chance, tuple(evidence)
    )


def _commonness(agreement: Agreement) -> tuple[float, int, str]:
    share = (agreement.given_by + 1) / (agreement.others + 2)
    return share, -agreement.others, str(agreement.question)


def binomial_tail(hits: int, tries: int, mean: float) -> float:
    """Give the chance of so many hits or more, where each try hits with probability `mean`.

    For tries of differing probability with this mean it is an upper bound wherever there is
    at least one hit more than expected (Hoeffding 1956); below that it is taken as 1.
    """
    if hits < tries * mean + 1:
        return 1.0
    fixed = lgamma(tries + 1)
    terms = (
        fixed - lgamma(k + 1) - lgamma(tries - k + 1) + k * log(mean) + (tries - k) * log1p(-mean)
        for k in range(hits, tries + 1)
    )
    return min(1.0, sum(map(exp, terms)))


def _holm(chances: Mapping[Pair, float]) -> dict[Pair, float]:
    """Correct for many tests: the smallest times all, the next times all but one, and so on."""
    corrected: dict[Pair, float] = {}
    highest = 0.0
    order = sorted(chances, key=lambda pair: (chances[pair], sorted(pair)))
    for at, pair in enumerate(order):
        highest = max(highest, min(1.0, chances[pair] * (len(order) - at)))
        corrected[pair] = highest
    return corrected
