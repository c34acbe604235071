"""The preferred source's answer: a person's order of sources, or those with a name."""

from __future__ import annotations

from claimtrack.domain.answer import Answer
from claimtrack.estimates.material import Estimate, LeftOut, Material, Refusal, Voice, Why, hull

NAME = "preferred"


def preferred(material: Material) -> Estimate:
    """Give what the first source of a person's order says; without one, what the named say.

    A source says what goes back to it; where nothing does, what it tells of others. Its
    several answers give the smallest range that holds them. Without an order the answers of
    all origins that have a name are taken, and those of unnamed ones only if there are no
    others.
    """
    if not material.counted:
        return Estimate(NAME, left_out=material.left_out, refusal=Refusal.NO_ANSWERS)
    if material.prefer:
        chosen, why = _first(material), Why.NOT_PREFERRED
    else:
        named = [answer for answer in material.counted if not answer.anonymous]
        chosen, why = named or list(material.counted), Why.UNNAMED
    taken = {answer.assertion for answer in chosen}
    rest = [LeftOut(a, why) for a in material.counted if a.assertion not in taken]
    left_out = (*material.left_out, *rest)
    if not chosen:
        return Estimate(NAME, left_out=left_out, refusal=Refusal.NONE_PREFERRED)
    lower, upper = hull(answer.interval for answer in chosen)
    voices = tuple(Voice(a.origin_name, a.interval, (a,)) for a in chosen)
    return Estimate(NAME, lower, upper, None, voices, left_out)


def _first(material: Material) -> list[Answer]:
    for source in material.prefer:
        own = [answer for answer in material.counted if answer.origin == source]
        if found := own or [answer for answer in material.counted if answer.source == source]:
            return found
    return []
