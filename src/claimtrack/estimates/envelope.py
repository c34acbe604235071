"""The envelope: the smallest range that holds every answer."""

from __future__ import annotations

from claimtrack.estimates.material import Estimate, Material, Refusal, Voice, hull

NAME = "envelope"


def envelope(material: Material) -> Estimate:
    """Give the lowest lower end and the highest upper end of all answers that count.

    It asks nobody's independence: a report repeated does not widen it. An answer with a
    missing end leaves that end of the range open, for it allows any number there.
    """
    if not material.counted:
        return Estimate(NAME, left_out=material.left_out, refusal=Refusal.NO_ANSWERS)
    lower, upper = hull(answer.interval for answer in material.counted)
    voices = tuple(Voice(a.origin_name, a.interval, (a,)) for a in material.counted)
    return Estimate(NAME, lower, upper, None, voices, material.left_out)
