"""All findings of an event in their order."""

from __future__ import annotations

from claimtrack.domain.finding import Basis, Drift, SelfConflict
from claimtrack.findings.search import find_all
from findings.record import SCALE, contradiction, say


def test_the_certain_come_first_then_the_earliest_then_self():
    """Linked drift leads, the rest follows by date; an account without a date is the first."""
    low, high = say("agency", "100", id="a1"), say("agency", "150", id="a2")
    linked = say("blog", "300", via=[("agency", "a1")], published="2018-03-01", id="b1")
    late = say("paper", "400", via=["agency"], published="2018-02-20", id="b2")
    early = say("radio", "500", via=["agency"], published="2018-02-14", id="b3")
    undated = say("flyer", "600", via=["agency"], published=None, id="b4")
    found = find_all([late, linked, high, early, undated, low], [contradiction(low, high)], SCALE)
    assert [f.told.assertion.id for f in found if isinstance(f, Drift)] == ["b1", "b4", "b3", "b2"]
    assert found[0].basis is Basis.LINKED
    assert isinstance(found[-1], SelfConflict) and len(found) == 5


def test_drift_is_no_fault_of_the_source():
    """One account told wrongly is drift, and not the source at odds with itself as well."""
    own, told = say("agency", "100"), say("blog", "300", via=["agency"])
    (only,) = find_all([own, told], [contradiction(own, told)], SCALE)
    assert isinstance(only, Drift)
