"""Short ways to write answers, origins and the material of a question."""

from __future__ import annotations

from itertools import count

from claimtrack.domain.answer import Answer
from claimtrack.domain.case import Question
from claimtrack.domain.testimony import Because, Origin, Reason, Standing
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.estimates.material import Material, sort_answers
from claimtrack.estimates.truth_discovery import Everywhere

KILLED = Question("ferry", "killed", None)
_numbers = count()


def value(lower=None, upper=None, kind=Kind.COUNT, hedge=Hedge.RANGE):
    return Value(kind, lower, upper, "words", hedge, "")


def answer(origin, lower=None, upper=None, question=KILLED, *, source=None, said=None, **more):
    id_ = more.pop("id_", None) or f"{origin}-{next(_numbers)}"
    source = source or origin
    return Answer(
        assertion=id_,
        claim=more.pop("claim", f"c-{id_}"),
        question=question,
        value=value(lower, upper) if said is None else said,
        source=source,
        source_name=source.title(),
        origin=origin,
        origin_name=origin.title(),
        **more,
    )


def material(*answers, dependent=(), kind=Kind.COUNT, **more):
    counted, left_out = sort_answers(answers)
    names = dict.fromkeys(one.origin for one in counted)
    origins = tuple(
        Origin(
            name,
            name.title(),
            Standing.DEPENDENT if name in dependent else Standing.CERTAIN,
            tuple(one.assertion for one in counted if one.origin == name),
            (Reason(Because.DRAWS_ON, tuple(n.title() for n in names if n != name)),),
        )
        for name in names
    )
    more["everywhere"] = Everywhere.of(more.pop("elsewhere", ()), more.pop("tied", frozenset()))
    return Material(KILLED, kind, counted, left_out, origins, **more)


def why(estimate):
    return {left.answer.assertion: str(left.why) for left in estimate.left_out}
