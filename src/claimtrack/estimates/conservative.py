"""The conservative count: the lowest number that anybody supports."""

from __future__ import annotations

from claimtrack.estimates.material import Estimate, LeftOut, Material, Refusal, Voice, Why

NAME = "conservative"


def conservative(material: Material) -> Estimate:
    """Give "at least n": the lowest of the lower ends that answers name.

    Casualty recorders publish such a minimum: everyone who names a lower end at all says
    that it was at least so many. It has no upper end. An answer that only says how many at
    most ("up to 200") supports no number and is left out.
    """
    voices, left_out = [], list(material.left_out)
    for answer in material.counted:
        if answer.value.lower is None:
            left_out.append(LeftOut(answer, Why.NO_LOWER_END))
        else:
            voices.append(Voice(answer.origin_name, answer.interval, (answer,)))
    lowers = [voice.interval[0] for voice in voices if voice.interval[0] is not None]
    if not lowers:
        return Estimate(NAME, left_out=tuple(left_out), refusal=Refusal.NO_ANSWERS)
    return Estimate(NAME, min(lowers), None, None, tuple(voices), tuple(left_out))
