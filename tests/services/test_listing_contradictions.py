"""Whatever is asked of the list of contradictions, it is the whole list, cut and sifted."""

from __future__ import annotations

import random

import pytest

from claimtrack.domain.record import Review
from claimtrack.services import looking
from claimtrack.services.contradicting import find_contradictions
from claimtrack.services.looking import STATUSES
from claimtrack.store import listing, reviews
from claimtrack.store.engine import reading, writing
from claimtrack.store.records import Filter, claim_records
from histories import GROUPS, SOURCES, VALUES, History

LAST_DAY = 10**6
"""A day after all that was published."""


@pytest.fixture
def judged(new_case, tmp_path):
    """Make a random case, some of whose contradictions were reviewed."""

    def make(seed):
        where, chance = new_case(), random.Random(seed)
        history = History(where, tmp_path, chance)
        history.sizes = (4, 8, 16)
        for _ in range(8):
            history.step()
        with writing(str(where)) as connection:
            for record in find_contradictions(connection, Filter())[::2]:
                for who in ("ann", "bob")[: chance.randint(1, 2)]:
                    said = Review(chance.choice(STATUSES[:4]), who, "2031-01-01T00:00:00Z", "why")
                    reviews.add(connection, "contradiction", record.id, said)
        return str(where), chance

    return make


def sources_of_claim(claim):
    return {
        name
        for said in claim.assertions
        for name in (said.source, *(link.source for link in said.chain))
    }


@pytest.mark.parametrize("seed", range(12))
def test_filters_and_pages_are_those_of_the_whole_list(judged, seed):
    """By event, metric, group, source, claim, rule, status and severity, in any combination."""
    where, chance = judged(seed)
    with reading(where) as connection:
        every = find_contradictions(connection, Filter())
        assert [one.id for one in every] == [one.id for one in sorted(every, key=lambda o: o.place)]
        rules = sorted({one.rule for one in every})
        claims = sorted({claim.id for one in every for claim in one.claims})
        for _ in range(60):
            some = {
                name: tuple(chance.sample(list(values), chance.randint(1, min(2, len(values)))))
                if values and chance.random() < 0.3
                else ()
                for name, values in {
                    "events": ("storm", "flood"),
                    "metrics": list(VALUES),
                    "groups": GROUPS,
                    "sources": SOURCES,
                    "claims": claims,
                    "rules": rules,
                    "statuses": STATUSES,
                    "slugs": [one.id for one in every],
                }.items()
            }
            least = chance.choice([0.0, 0.0, 0.3, 0.75, 1.0])
            limit, offset = chance.choice([None, 0, 1, 2, 5]), chance.choice([0, 0, 1, 3])
            wanted = [
                one
                for one in every
                if one.told_severity >= least
                and (not some["events"] or one.event in some["events"])
                and (not some["rules"] or one.rule in some["rules"])
                and (not some["statuses"] or one.status in some["statuses"])
                and (not some["slugs"] or one.id in some["slugs"])
                and any(
                    (not some["metrics"] or claim.metric in some["metrics"])
                    and (not some["groups"] or claim.group in some["groups"])
                    and (not some["claims"] or claim.id in some["claims"])
                    and (not some["sources"] or sources_of_claim(claim) & set(some["sources"]))
                    for claim in one.claims
                )
            ]
            last = None if limit is None else offset + limit
            filter_ = Filter(
                **{
                    name: some[name]
                    for name in ("events", "metrics", "groups", "sources", "claims")
                }
            )
            found = find_contradictions(
                connection,
                filter_,
                **{name: some[name] for name in ("rules", "statuses", "slugs")},
                least=least,
                limit=limit,
                offset=offset,
            )
            assert found == wanted[offset:last], (some, least, limit, offset)


@pytest.mark.parametrize("seed", range(12))
def test_all_that_was_known_at_the_end_is_all_there_is(judged, seed):
    """What is found anew in memory as of the last day is what is kept, and in the same order."""
    where, _ = judged(seed)
    with reading(where) as connection:
        now = find_contradictions(connection, Filter())
        then = find_contradictions(connection, Filter(known_by=LAST_DAY))
    assert [(one.id, one.rule, one.severity, one.gap, one.status) for one in then] == [
        (one.id, one.rule, one.severity, one.gap, one.status) for one in now
    ]
    assert [[c.id for c in one.claims] for one in then] == [[c.id for c in o.claims] for o in now]


@pytest.mark.parametrize("seed", range(12))
def test_who_stands_in_a_contradiction_is_marked_and_listed(judged, seed, monkeypatch):
    """However the page is found, in one walk or by a list; corrected claims are not among them."""
    where, _ = judged(seed)
    with reading(where) as connection:
        found = find_contradictions(connection, Filter())
        every = claim_records(connection, Filter())
    inside = {claim.id for one in found for claim in one.claims}
    assert all(claim.contradicted for one in found for claim in one.claims)
    assert {record.id for record in every if record.contradicted} == inside
    asked = Filter(contradicted=True)
    for few in (0, 500):
        monkeypatch.setattr(listing, "FEW", few)
        for limit in (None, 3, 1000):
            page = looking.list_claims(where, asked, limit=limit).claims
            in_order = [record.id for record in every if record.id in inside]
            assert [record.id for record in page] == in_order[:limit]
    gone = [record for record in every if not record.stands]
    assert not any(record.contradicted for record in gone)
    then = looking.list_claims(where, Filter(known_by=LAST_DAY), limit=None).claims
    assert {record.id for record in then if record.contradicted} == inside
