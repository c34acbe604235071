"""The methods, listed by hand; none is a hidden default."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from claimtrack.domain.value import Kind
from claimtrack.estimates import conservative, envelope, origin_median, preferred, truth_discovery
from claimtrack.estimates.material import SIZES, Estimate, Material, Refusal

METHODS: Mapping[str, Callable[[Material], Estimate]] = {
    envelope.NAME: envelope.envelope,
    origin_median.NAME: origin_median.origin_median,
    conservative.NAME: conservative.conservative,
    preferred.NAME: preferred.preferred,
    truth_discovery.NAME: truth_discovery.truth_discovery,
}

RANGED = (*SIZES, Kind.DATE)
"""Kinds whose answers lie on a line; yes or no, and categories, have no range."""


def estimate(method: str, material: Material) -> Estimate:
    """Apply a method to a question's answers.

    Refused where the question has no range. `conservative` speaks of sizes only: the lowest
    date is not the cautious one.
    """
    if material.kind not in RANGED:
        return Estimate(method, left_out=material.left_out, refusal=Refusal.NO_NUMBERS)
    if method == conservative.NAME and material.kind not in SIZES:
        return Estimate(method, left_out=material.left_out, refusal=Refusal.NOT_A_SIZE)
    return METHODS[method](material)
