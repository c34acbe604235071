"""Sources at odds with themselves."""

from __future__ import annotations

from claimtrack.domain.finding import Basis
from claimtrack.findings import self_conflict
from findings.record import contradiction, say


def found(*statements, among=None, drifted=()):
    """Give each finding as the source and what it rests on."""
    kept = [contradiction(*(among or statements))]
    return [
        (each.source, each.basis.value) for each in self_conflict.find(statements, kept, drifted)
    ]


def test_two_values_in_its_own_voice():
    """A source that says 100 and later 300 is at odds with itself."""
    low, high = say("agency", "100"), say("agency", "300", published="2018-02-20")
    assert found(low, high) == [("agency", "own_voice")]


def test_two_values_as_others_tell_them():
    """Both go back to one source by way of others: said apart from its own voice."""
    low, high = say("paper", "100", via=["agency"]), say("blog", "300", via=["agency"])
    assert found(low, high) == [("agency", "relayed")]
    assert found(say("agency", "100"), high) == [("agency", "relayed")]
    far = say("blog", "300", via=["paper", "agency"])
    assert found(low, far) == [("agency", "relayed")]


def test_a_source_that_quotes_two_people():
    """A paper with two witnesses does not contradict itself."""
    low, high = say("paper", "100", via=["one"]), say("paper", "300", via=["another"])
    assert found(low, high) == []
    assert found(say("paper", "100"), high) == []


def test_two_sources():
    """Two who differ contradict each other, not themselves."""
    assert found(say("agency", "100"), say("paper", "300")) == []


def test_without_a_contradiction():
    """What can hold together is nothing to find."""
    low, high = say("agency", "about 100"), say("agency", "110")
    assert found(low, high, among=[low]) == [("agency", "own_voice")]
    assert list(self_conflict.find([low, high], [])) == []


def test_a_corrected_value():
    """A source that took its number back has one."""
    old, new = say("agency", "100", corrected=True), say("agency", "300")
    assert found(old, new) == []


def test_a_claim_that_others_still_hold():
    """The source's own statement has to stand: that others say the same is not enough."""
    old, new = say("agency", "100", corrected=True), say("agency", "300")
    assert found(old, say("paper", "100"), new, among=[old, new]) == []


def test_an_account_of_what_was_corrected():
    """Papers that carry the old number do not put its source at odds with itself."""
    old, new = say("agency", "100", corrected=True), say("agency", "300")
    carried = say("paper", "100", via=["agency"])
    assert found(old, carried, new, among=[carried, new]) == []
    again = say("agency", "100", published="2018-02-14")
    assert found(old, again, carried, new, among=[carried, new]) == [("agency", "own_voice")]


def test_unnamed_sources_are_let_pass():
    """An official of two articles may be two people."""
    low = say("paper", "100", via=["official"], anonymous=["official"])
    high = say("blog", "300", via=["official"], anonymous=["official"])
    assert found(low, high) == []
    own = [say("leaflet", value, anonymous=["leaflet"]) for value in ("100", "300")]
    assert found(*own) == []


def test_a_named_origin_behind_an_unnamed_relay():
    """Who stands at the far end decides."""
    low = say("paper", "100", via=["somebody", "agency"], anonymous=["somebody"])
    assert found(low, say("agency", "300")) == [("agency", "relayed")]


def test_drifted_accounts_are_left_out():
    """That an account drifted is no fault of its source."""
    low, high = say("agency", "100"), say("blog", "300", via=["agency"], id="b1")
    assert found(low, high, drifted={"b1"}) == []
    assert found(low, high, drifted={"other"}) == [("agency", "relayed")]


def test_the_most_direct_statement_is_shown():
    """Where a source says it itself and by others, its own words stand."""
    relayed, own = say("paper", "100", via=["agency"]), say("agency", "100")
    high = say("agency", "300")
    (finding,) = self_conflict.find([relayed, own, high], [contradiction(own, high)])
    assert finding.statements == (own, high)
    assert finding.basis is Basis.OWN_VOICE
    assert finding.source_name == "Agency"


def test_three_claims_of_one_source():
    """A set of three that cannot hold is found where one source is behind all of it."""
    parts = [say("agency", "80"), say("agency", "90", of="syrians")]
    whole = say("agency", "100", of="all")
    other = say("paper", "100", of="all")
    assert found(*parts, whole) == [("agency", "own_voice")]
    assert found(*parts, other) == []


def test_two_sources_at_odds_with_themselves_in_one_contradiction():
    """Each is told, in the order of their ids."""
    said = [say(who, value) for who in ("paper", "agency") for value in ("100", "300")]
    assert found(*said, among=said[:2]) == [("agency", "own_voice"), ("paper", "own_voice")]


def test_a_finding_keeps_its_id():
    """The id is made of the source and the contradiction."""
    low, high = say("agency", "100"), say("agency", "300")
    (first,) = self_conflict.find([low, high], [contradiction(low, high)])
    (again,) = self_conflict.find([high, say("x", 1), low], [contradiction(low, high)])
    assert first.id == again.id and first.id.startswith("s")
