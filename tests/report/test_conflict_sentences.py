"""The sentences that explain a conflict, word for word."""

from __future__ import annotations

from claimtrack.domain.case import Claim, Question
from claimtrack.domain.conflict import Conflict, Term
from claimtrack.domain.record import Assertion, ClaimRecord
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.report.wording import explain_conflict

HOUR = 3600


def told(
    lower: int | None,
    upper: int | None,
    text: str,
    by: str,
    *,
    metric: str = "killed",
    group: str | None = "Contractors",
    kind: Kind = Kind.COUNT,
    unit: str | None = None,
    denied: bool = False,
) -> tuple[Claim, ClaimRecord]:
    """Make a claim and its record, said by one source."""
    value = Value(kind, lower, upper, text, Hedge.RANGE, "built")
    id_ = f"{by}-{metric}-{group}"
    assertion = Assertion(
        id="a1",
        document="d1",
        title=None,
        published=None,
        url=None,
        source=by.lower(),
        source_name=by,
        source_anonymous=False,
        chain=(),
        quote=None,
        text=text,
        hedge="range",
        rule="built",
        lexicon="",
        superseded_by=None,
    )
    record = ClaimRecord(
        id=id_,
        event="khasham",
        event_title="Battle of Khasham",
        metric=metric.replace(" ", "_"),
        metric_name=metric,
        unit=unit,
        group=group,
        group_name=group,
        stance="denies" if denied else "asserts",
        as_of=None,
        value=value,
        contradicted=True,
        assertions=(assertion,),
    )
    return Claim(id_, Question("khasham", metric, group), value, denied), record


def explain(
    rule: str,
    *made: tuple[Claim, ClaimRecord],
    gap: int | None = None,
    terms: tuple[Term, ...] = (),
) -> str:
    claims = tuple(claim for claim, _ in made)
    return explain_conflict(
        Conflict(rule, claims, gap, terms), {record.id: record for _, record in made}
    )


def lower(made: tuple[Claim, ClaimRecord], times: int = 1) -> Term:
    assert made[0].value.lower is not None
    return Term(made[0].id, False, made[0].value.lower, times)


def upper(made: tuple[Claim, ClaimRecord], times: int = 1) -> Term:
    assert made[0].value.upper is not None
    return Term(made[0].id, True, made[0].value.upper, times)


def test_sum_of_a_pair() -> None:
    """More killed than casualties."""
    casualties = told(250, 250, "250", "Reuters", metric="casualties")
    killed = told(300, None, "at least 300", "The Blog")
    assert explain("sum", casualties, killed, gap=50) == (
        "Killed, Contractors: “at least 300” (300 or more; The Blog) is more than casualties,"
        " Contractors: “250” (Reuters) allows: everyone counted as killed counts as casualties."
    )


def test_sum_of_a_pair_without_a_group() -> None:
    """A question of the event itself is named by its metric alone."""
    casualties = told(250, 250, "250", "Reuters", metric="casualties", group=None)
    killed = told(300, 300, "300", "The Blog", group=None)
    assert explain("sum", casualties, killed, gap=50) == (
        "Killed: “300” (The Blog) is more than casualties: “250” (Reuters) allows:"
        " everyone counted as killed counts as casualties."
    )


def test_capacity_of_a_pair() -> None:
    """More killed than there were."""
    force = told(None, 250, "up to 250", "Reuters", metric="force size")
    killed = told(300, 300, "300", "The Blog")
    assert explain("capacity", force, killed, gap=50) == (
        "Killed, Contractors: “300” (The Blog) is more than force size, Contractors:"
        " “up to 250” (at most 250; Reuters) allows: killed cannot exceed force size."
    )


def test_disjoint_groups_against_their_whole() -> None:
    """80 contractors and about 100 Syrian soldiers against about 100 in all."""
    one = told(80, None, "at least 80", "Bloomberg")
    other = told(90, 110, "about 100", "Sana", group="Syrian soldiers")
    whole = told(90, 110, "about 100", "Reuters", group="Pro-regime forces")
    terms = (upper(whole), lower(other), lower(one))
    assert explain("sum", whole, other, one, gap=60, terms=terms) == (
        "At least 90 killed, Syrian soldiers: “about 100” (90 to 110; Sana)"
        " + 80 killed, Contractors: “at least 80” (80 or more; Bloomberg) = 170;"
        " at most 110 killed, Pro-regime forces: “about 100” (90 to 110; Reuters)."
        " Too many by 60."
    )


def test_killed_and_wounded_of_a_force() -> None:
    """196 killed and 200 wounded of 253."""
    force = told(253, 253, "253", "The Roll", metric="force size")
    killed = told(196, 196, "196", "The Times")
    wounded = told(200, 200, "200", "The Herald", metric="wounded")
    terms = (upper(force), lower(wounded), lower(killed))
    assert explain("capacity", force, wounded, killed, gap=143, terms=terms) == (
        "At least 200 wounded, Contractors: “200” (The Herald)"
        " + 196 killed, Contractors: “196” (The Times) = 396;"
        " at most 253 force size, Contractors: “253” (The Roll). Too many by 143."
    )


def test_parts_that_are_too_few() -> None:
    """The lower side is one claim and needs no total; large numbers have their commas."""
    total = told(3000, None, "3,000 or more", "Reuters", metric="casualties")
    killed = told(None, 1000, "up to 1,000", "The Blog")
    wounded = told(500, 500, "500", "The Blog", metric="wounded")
    terms = (upper(killed), upper(wounded), lower(total))
    assert explain("sum", killed, wounded, total, gap=1500, terms=terms) == (
        "At least 3,000 casualties, Contractors: “3,000 or more” (Reuters);"
        " at most 1,000 killed, Contractors: “up to 1,000” (at most 1,000; The Blog)"
        " + 500 wounded, Contractors: “500” (The Blog) = 1,500. Too many by 1,500."
    )


def test_a_claim_that_counts_twice() -> None:
    """A claim needed twice says so and counts twice in the total."""
    killed = told(4, 4, "4", "The Blog")
    wounded = told(4, 4, "4", "The Blog", metric="wounded")
    total = told(3, 3, "3", "Reuters", metric="casualties")
    terms = (upper(total, 2), lower(killed), lower(wounded))
    assert explain("sum", total, killed, wounded, gap=2, terms=terms) == (
        "At least 4 killed, Contractors: “4” (The Blog) + 4 wounded, Contractors: “4” (The Blog)"
        " = 8; at most 2 × 3 casualties, Contractors: “3” (Reuters) = 6. Too many by 2."
    )


def test_a_sum_of_durations() -> None:
    """Durations are told in the unit of their metric, in the parts, the totals and the gap."""

    def hours(low: float, high: float, text: str, by: str, metric: str):
        ends = (int(low * HOUR), int(high * HOUR))
        return told(*ends, text, by, metric=metric, group=None, kind=Kind.DURATION, unit="hours")

    march = hours(2, 2.5, "two hours", "The Times", "march")
    assault = hours(2.5, 3.5, "three hours", "The Herald", "assault")
    fight = hours(2, 3, "two to three hours", "The Roll", "fight")
    terms = (upper(fight), lower(assault), lower(march))
    assert explain("sum", fight, assault, march, gap=3 * HOUR // 2, terms=terms) == (
        "At least 2.5 hours assault: “three hours” (2.5 to 3.5 hours; The Herald)"
        " + 2 hours march: “two hours” (2 to 2.5 hours; The Times) = 4.5 hours;"
        " at most 3 hours fight: “two to three hours” (2 to 3 hours; The Roll)."
        " Too many by 1.5 hours."
    )


def test_denied_middle() -> None:
    """Three answers to one question that leave nothing between them."""
    low = told(1, 5, "1 to 5", "The Times")
    denial = told(4, 5, "4 or 5", "The Ministry", denied=True)
    high = told(4, 9, "4 to 9", "The Herald")
    assert explain("denial", low, denial, high, gap=1) == (
        "Killed, Contractors: “1 to 5” (The Times), the denial of “4 or 5” (not 4 to 5;"
        " The Ministry) and “4 to 9” (The Herald) leave nothing that fits them all."
    )


def test_denied_middle_of_a_whole() -> None:
    """Where the questions differ each is named."""
    part = told(25, None, "at least 25", "The Times")
    denial = told(20, 30, "20 to 30", "The Ministry", group="All", denied=True)
    whole = told(None, 28, "up to 28", "The Herald", group="All")
    assert explain("denial", part, denial, whole, gap=3) == (
        "killed, Contractors: “at least 25” (25 or more; The Times), killed, All: the denial of"
        " “20 to 30” (not 20 to 30; The Ministry) and killed, All: “up to 28” (at most 28;"
        " The Herald) leave nothing that fits them all."
    )
