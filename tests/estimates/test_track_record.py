"""Track records: a source's numbers against the others', by metric and by group."""

from fractions import Fraction

from claimtrack.domain.case import Question
from claimtrack.domain.value import Hedge, Kind
from claimtrack.estimates.track_record import track_records
from estimates.questions import answer, value


def asked(number, group="own", metric="killed"):
    return Question(f"e{number}", metric, group)


def test_a_side_that_gives_less_than_half_of_its_losses_is_seen():
    """40 where the others' median is 100, five times, is a ratio of 2/5, lower on all five."""
    told = []
    for n in range(5):
        told += [answer("ministry", 40, 40, asked(n)), answer("paper", 90, 90, asked(n))]
        told += [answer("agency", 110, 110, asked(n))]
        told += [answer("ministry", 300, 300, asked(n, "enemy"))]
        told += [answer("paper", 100, 100, asked(n, "enemy"))]
    enemy, own = track_records(told, "ministry")
    assert (own.group, own.ratio, own.lower, own.equal, own.higher) == (
        "own",
        Fraction(2, 5),
        5,
        0,
        0,
    )
    assert (enemy.group, enemy.ratio, enemy.higher, enemy.outside) == ("enemy", 3, 5, 5)
    assert not own.is_thin
    assert [shared.others for shared in own.questions] == [2] * 5


def test_four_shared_questions_are_thin():
    """Five are a record, four are not, and neither is a question that nobody else answers."""
    told = [answer("a", 5, 5, asked(n)) for n in range(9)]
    told += [answer("b", 5, 5, asked(n)) for n in range(4)]
    (record,) = track_records(told, "a")
    assert (len(record.questions), record.is_thin, record.equal) == (4, True, 4)
    assert track_records(told, "nobody") == []


def test_outside_is_what_meets_nobody():
    """80 to 120 meets 100 and more than 110, not 5; one that meets anybody is not outside."""
    told = [
        answer("a", 80, 120, asked(1)),
        answer("b", 5, 5, asked(1)),
        answer("c", 111, None, asked(1)),
        answer("a", 80, 120, asked(2)),
        answer("b", 5, 5, asked(2)),
    ]
    (record,) = track_records(told, "a")
    assert [shared.outside for shared in record.questions] == [False, True]
    assert record.outside == 1


def test_an_open_answer_gives_no_ratio_and_neither_does_a_median_of_nought():
    """More than 200 has no middle; by 0 nothing is divided; both still count as shared."""
    told = [
        answer("a", 201, None, asked(1)),
        answer("b", 5, 5, asked(1)),
        answer("a", 7, 7, asked(2)),
        answer("b", 0, 0, asked(2)),
    ]
    (record,) = track_records(told, "a")
    assert (record.ratio, len(record.questions), record.outside) == (None, 2, 2)


def test_a_number_counts_for_whom_it_goes_back_to():
    """What a paper tells of the ministry is the ministry's number, and asks itself nothing."""
    told = [
        answer("ministry", 40, 40, asked(1), source="paper"),
        answer("agency", 80, 80, asked(1)),
    ]
    (record,) = track_records(told, "ministry")
    assert record.ratio == Fraction(1, 2)
    assert track_records(told, "paper") == []


def test_the_dependent_are_not_asked_and_what_is_no_number_is_left_out():
    """Relays, denials, corrections, the unknown and dates do not enter."""
    told = [
        answer("a", 5, 5, asked(1)),
        answer("b", 10, 10, asked(1)),
        answer("relay", 5, 5, asked(1)),
        answer("c", 99, 99, asked(1), denied=True),
        answer("d", 99, 99, asked(1), corrected=True),
        answer("e", question=asked(1), said=value(hedge=Hedge.UNKNOWN)),
        answer("a", question=asked(2, None, "date"), said=value(7, 7, Kind.DATE)),
        answer("b", question=asked(2, None, "date"), said=value(9, 9, Kind.DATE)),
    ]
    (record,) = track_records(told, "a", frozenset({"relay"}))
    assert (record.ratio, record.questions[0].others) == (Fraction(1, 2), 1)
