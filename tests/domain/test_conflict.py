"""How grave a conflict is, and in which order conflicts are listed."""

from __future__ import annotations

import pytest

from claimtrack.contradictions.rules import RULES
from claimtrack.domain.conflict import (
    Conflict,
    Term,
    is_plain,
    name_of,
    pair_name,
    raise_severity,
    severity_apart,
)
from claimtrack.domain.value import Kind
from contradictions.cases import DAY, Said, conflicts, groups


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.mark.parametrize(
    ("metric", "one", "other", "expected"),
    [
        ("killed", (80, 80), (81, None), 1 / 81),
        ("killed", (5, 5), (200, 200), 195 / 200),
        ("killed", (0, 0), (1, 1), 1.0),
        ("killed", (0, 0), (201, None), 1.0),
        ("killed", (90, 110), (220, 300), 110 / 220),
        ("distance", (7500, 8500), (10_000, 11_000), 0.15),
        ("duration", (0, 60), (120, 180), 0.5),
        ("date", (DAY, DAY), (DAY + 1, DAY + 1), 1 / 8),
        ("date", (DAY, DAY), (DAY + 7, DAY + 7), 0.5),
        ("participation", (0, 0), (1, 1), 1.0),
    ],
)
def test_severity(
    said: Said, metric: str, one: tuple[int, int], other: tuple[int, int | None], expected: float
) -> None:
    """Severity is the gap by the nearer end of the higher claim, or by days and a week."""
    (found,) = conflicts(said(*one, metric=metric), said(*other, metric=metric))
    assert found.severity == pytest.approx(expected)


def test_severity_of_categories(said: Said) -> None:
    """Different answers where only one can hold are as far apart as can be."""
    (found,) = conflicts(*(said(metric="weapon", category=c) for c in ("tank", "drone")))
    assert (found.gap, found.severity) == (None, 1.0)


@pytest.mark.parametrize(
    ("claim", "denial", "expected"),
    [
        ((25, 25), (20, 30), 6 / 30),
        ((20, 20), (20, 30), 1 / 30),
        ((25, None), (20, None), 6 / 25),
        ((0, 3), (None, 9), 7 / 10),
    ],
)
def test_severity_of_denials(
    said: Said,
    claim: tuple[int, int | None],
    denial: tuple[int | None, int | None],
    expected: float,
) -> None:
    """A denial is as far from a claim as the nearest number that it leaves."""
    (found,) = conflicts(said(*claim), said(*denial, denied=True))
    assert found.severity == pytest.approx(expected)


def test_severity_of_truth_values_across_groups(said: Said) -> None:
    """ "They took part" and "their side did not" are as far apart as can be."""
    side = said(0, 0, metric="participation", group="side")
    (found,) = conflicts(
        side, said(1, 1, metric="participation"), within=groups(contractors="side")
    )
    assert (found.rule, found.severity) == ("part_of", 1.0)


def test_severity_of_sums(said: Said) -> None:
    """The gap of a sum is measured by what the lower ends make together, each as often as told."""
    made = [said(4, 4), said(2, 2, metric="wounded"), said(3, 3, metric="casualties")]
    terms = (Term(made[2].id, True, 3), Term(made[0].id, False, 4), Term(made[1].id, False, 2))
    assert Conflict("sum", tuple(made), 3, terms).severity == pytest.approx(3 / 6)
    twice = (
        Term(made[2].id, True, 3, 2),
        Term(made[0].id, False, 4, 2),
        Term(made[1].id, False, 2),
    )
    assert Conflict("sum", tuple(made), 4, twice).severity == pytest.approx(4 / 10)
    nothing = (Term(made[2].id, True, 0), Term(made[0].id, False, 1))
    assert Conflict("sum", tuple(made), 1, nothing).severity == 1.0


def test_severity_of_a_denied_middle(said: Said) -> None:
    """A denied middle that stands second is measured by its upper end."""
    made = (said(1, 26), said(20, 30, denied=True), said(22, 99))
    assert Conflict("denial", made, 3).severity == pytest.approx(3 / 30)


def test_a_term_counts_once_unless_told(said: Said) -> None:
    """A claim stands once in a sum by default."""
    assert Term(said(1, 1).id, False, 1).times == 1


def test_gravest_first(said: Said) -> None:
    """5 against 200 heads the list and 80 against "more than 80" ends it."""
    found = conflicts(said(80, 80), said(81, None), said(5, 5), said(200, 200))
    pairs = [tuple(c.value.lower for c in f.claims) for f in found]
    assert pairs[0] == (5, 200)
    assert pairs[-1] == (80, 81)
    assert len(pairs) == 5


def test_order_among_equals(said: Said) -> None:
    """Equally grave conflicts go by rule, then by the ids of their claims, not by input."""
    made = [said(1, 1, metric="participation"), said(0, 0, metric="participation")]
    made += [said(metric="weapon", category=c) for c in ("tank", "drone")]
    made += [said(9, 9), said(0, 0), said(9, 9)]
    listed = [(f.rule, *(c.id for c in f.claims)) for f in conflicts(*made)]
    assert listed == [
        ("category", "c0003", "c0004"),
        ("disjoint", "c0006", "c0005"),
        ("disjoint", "c0006", "c0007"),
        ("truth_value", "c0002", "c0001"),
    ]


def test_each_rule_is_listed_once() -> None:
    """Every rule of the package is in the list, under a name of its own."""
    names = [name for name, _ in RULES]
    assert names == [
        "disjoint",
        "part_of",
        "sum",
        "capacity",
        "denial",
        "date",
        "category",
        "truth_value",
    ]


def test_no_claims() -> None:
    """A case without claims has no conflicts."""
    assert conflicts() == []


@pytest.mark.parametrize(
    ("severity", "origins", "expected"),
    [
        (0.2, 0, 0.2),
        (0.2, 1, 0.2),
        (0.2, 2, 0.2 + 0.8 / 4),
        (0.2, 4, 0.2 + 0.8 * 3 / 8),
        (0.5, 2, 0.625),
        (1.0, 5, 1.0),
        (0.0, 1_000_000, 0.5),
    ],
)
def test_severity_raised_by_origins(severity: float, origins: int, expected: float) -> None:
    """One origin raises nothing, two a quarter of what is left to 1, many nearly half of it."""
    assert raise_severity(severity, origins) == pytest.approx(expected, abs=1e-6)


def test_plain_is_what_asserts_an_interval_of_no_day() -> None:
    """A denial, a day, the unknown and a category are each enough not to be."""
    said = Said()
    assert is_plain(said(5, 5))
    assert is_plain(said(None, 5))
    assert not is_plain(said(5, 9, denied=True))
    assert not is_plain(said(5, 5, as_of=1))
    assert not is_plain(said(unknown=True))
    assert not is_plain(said(metric="weapon", category="tank"))


def test_only_two_plain_claims_on_one_question_are_named_by_their_ids() -> None:
    """A day on either side, another question or a third claim makes a digest of the content."""
    said = Said()
    one, two, three = said(1, 1), said(2, 2), said(3, 3)
    dated, elsewhere = said(4, 4, as_of=1), said(5, 5, metric="wounded")
    assert name_of("disjoint", [one, two]) == "k00000012" == pair_name(one.id, two.id)
    assert name_of("disjoint", [two, one]) == "k00000021"
    for others in ([one, dated], [dated, one], [one, elsewhere], [one, two, three]):
        named = name_of("sum", others)
        assert len(named) == 13
        assert named == name_of("sum", others[::-1])
        assert named != name_of("capacity", others)


@pytest.mark.parametrize(
    ("kind", "gap", "size", "severity"),
    [
        (Kind.COUNT, 3, 4, 0.75),
        (Kind.COUNT, 3, 2, 1.0),
        (Kind.COUNT, 1, 0, 1.0),
        (Kind.DATE, 7, 700_000, 0.5),
        (Kind.DATE, 21, 0, 0.75),
    ],
)
def test_how_far_apart_two_ends_are(kind: Kind, gap: int, size: int, severity: float) -> None:
    """By the larger end for numbers, by a week for days."""
    assert severity_apart(kind, gap, size) == severity
