"""What was read ahead is taken where it was read by the same metric, and read again where not."""

from __future__ import annotations

import io
import json
from functools import partial

import pytest

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.errors import ImportRefused
from claimtrack.ingest.chunk import chunks_of
from claimtrack.ingest.reader import read_lines
from claimtrack.ingest.stating import Columns, Stated, Stating
from claimtrack.services.importing import import_stream

SAID = [{"value": "about 100", "quote": "About 100"}, {"value": 7, "stance": "denies"}]


def entries(said=SAID):
    """Make an event, a document and claims on it."""
    yield {"type": "event", "id": "e", "title": "E"}
    yield {"type": "source", "id": "s", "name": "S"}
    yield {"type": "document", "id": "d", "source": "s"}
    names = {"type": "claim", "event": "e", "document": "d", "metric": "killed"}
    yield from (names | one for one in said)


def read(change, stating, said=SAID):
    """Read these entries, and change what claims were found to state."""
    lines = "\n".join(map(json.dumps, entries(said))).encode()
    for found in chunks_of(read_lines("here", io.BytesIO(lines))):
        yield found._replace(claims=[change(item, stating) for item in found.claims])


def in_columns(read, change, stating, **more):
    """Read them likewise, and put together what the claims of a chunk were found to state."""
    for found in read(change, stating, **more):
        yield found._replace(claims=Columns.of(found.claims))


def taken(where, change, read=read, **more):
    """Import them; nothing else is in the database."""
    lexicon = default_lexicon()
    import_stream(str(where), partial(read, change, **more), what="some", lexicon=lexicon)


def plain(item, stating):
    """State nothing ahead."""
    return item


def ahead(item, stating):
    """State all of it, as another process does."""
    found = stating.state(item)
    return found if isinstance(found, Stated) else item


def by_another_kind(item, stating):
    """State it by a kind that the metric is not of."""
    found = Stating(default_lexicon(), {"killed": ("duration", "hour")}).state(item)
    assert isinstance(found, Stated)  # of either value something is read
    return found


def by_no_claim(item, stating):
    """State a claim of another name."""
    found = stating.state(item)
    return found._replace(name="cother")


STORED = """
    SELECT claims.slug, stance, as_of, lower, upper, best, category, claims.text, assertions.slug,
        entry, quote, assertions.text, assertions.hedge, rule, lexicon, passages.text
    FROM assertions JOIN claims ON claims.id = assertions.claim_id
        JOIN passages ON passages.claim_id = claims.id ORDER BY assertions.slug
"""


def stored_alike(new_case, ask, ways):
    """Import in each of these ways; the same is stored each time."""
    cases = [new_case(f"{at}.db") for at in range(len(ways))]
    for case, (change, how) in zip(cases, ways, strict=True):
        taken(case, change, read=how)
    stored = [ask(case, STORED) for case in cases]
    assert stored == [stored[0]] * len(ways)
    assert len(stored[0]) == 2
    return cases


def test_it_is_taken_as_it_was_read(new_case, ask):
    ways = [(plain, read), (ahead, read), (by_another_kind, read)]
    ways += [(change, partial(in_columns, read)) for change in (ahead, by_another_kind)]
    cases = stored_alike(new_case, ask, ways)
    digests = "SELECT after FROM history WHERE action = 'imported'"
    assert len({str(ask(case, digests)) for case in cases}) == 1


def test_it_is_not_read_again(new_case, ask):
    case = new_case()
    taken(case, by_no_claim, said=SAID[:1])
    assert ask(case, "SELECT slug FROM claims") == [("cother",)]


def test_what_cannot_be_read_is_told_with_its_place(new_case):
    wrong = [{"value": "some", "as_of": "never"}, {"value": "unknown", "stance": "denies"}]
    told = []
    for at, change in enumerate((plain, ahead)):
        with pytest.raises(ImportRefused) as refused:
            taken(new_case(f"{at}.db"), change, said=wrong)
        told.append(refused.value.problems)
    assert told[0] == told[1]
    assert [(each.line, each.path) for each in told[0]] == [
        (4, "value"),
        (4, "as_of"),
        (5, "stance"),
    ]


def backwards(change, stating, said=SAID):
    """Read claims before what they name, one a chunk."""
    for entry in [*entries(said)][::-1]:
        for found in chunks_of(read_lines("here", io.BytesIO(json.dumps(entry).encode()))):
            yield found._replace(claims=[change(item, stating) for item in found.claims])


def test_it_waits_for_what_it_names(new_case, ask):
    ways = [(plain, backwards), (ahead, backwards), (ahead, partial(in_columns, backwards))]
    stored_alike(new_case, ask, ways)


@pytest.mark.parametrize("how", [read, partial(in_columns, read)])
def test_a_claim_is_worded_as_it_was_given_first(new_case, ask, how):
    """In another chunk it would be there already; in one of its own nobody has looked yet."""
    words = ["more than 200", "over 200", "> 200", "200+", "over 200 "]
    case = new_case()
    taken(case, ahead, read=how, said=[{"value": text} for text in [*words, "5", *words[::-1]]])
    claims = "SELECT lower, upper, text FROM claims ORDER BY lower"
    assert ask(case, claims) == [(5, 5, "5"), (201, None, words[0])]


def test_what_claims_state_can_be_held_field_by_field():
    stating = Stating(default_lexicon(), {"killed": ("count", None)})
    lines = "\n".join(map(json.dumps, entries())).encode()
    (found,) = chunks_of(read_lines("here", io.BytesIO(lines)))
    rows = [stating.state(item) for item in found.claims]
    columns = Columns.of(rows)
    assert (len(columns), list(columns), columns[1]) == (2, rows, rows[1])
    assert columns[1:] == Columns.of(rows[1:])
    assert columns.slug == tuple(row.slug for row in rows)
    assert list(Columns.of([])) == []
    assert not Columns.of([])


def test_what_it_names_in_vain_is_told_beside_what_cannot_be_read(new_case):
    wrong = [
        {"value": 3, "document": "z"},
        {"value": "some", "event": "x", "attributed_to": ["y"]},
        {"value": 3, "group": "g"},
        {"value": 4},
    ]
    told = []
    for at, change in enumerate((plain, ahead)):
        with pytest.raises(ImportRefused) as refused:
            taken(new_case(f"{at}.db"), change, said=wrong)
        told.append([(each.line, each.path) for each in refused.value.problems])
    assert told[0] == told[1]
    assert told[0] == [
        (4, "document"),
        (5, "event"),
        (5, "attributed_to[0]"),
        (5, "value"),
        (6, "group"),
    ]


@pytest.mark.parametrize("change", [plain, ahead])
def test_errors_are_told_in_the_order_of_the_file(new_case, change):
    wrong = [{"value": "some", "event": "x"}, {"value": 3, "metric": "z"}, {"value": 3}]
    for at, said in enumerate((wrong, wrong[::-1])):
        with pytest.raises(ImportRefused) as refused:
            taken(new_case(f"{at}.db"), by_known_metrics(change), said=said)
        told = [each.line for each in refused.value.problems]
        assert len(told) == 3
        assert told == sorted(told)


def by_known_metrics(change):
    """Leave claims on other metrics as they are."""
    return lambda item, stating: (
        change(item, stating) if item.entry["metric"] in stating.measures else item
    )


@pytest.mark.parametrize("change", [plain, ahead])
def test_a_new_version_is_refused_or_takes_the_place_of_the_old(new_case, ask, change):
    case, lexicon = new_case(), default_lexicon()
    versions = ([{"id": "c", "value": 7}], [{"id": "c", "value": 8}], [{"id": "c", "value": 9}])
    taken(case, change, said=versions[0])
    with pytest.raises(ImportRefused, match="1 error") as refused:
        taken(case, change, said=versions[1])
    assert "claim 'c' is in the database already" in refused.value.problems[0].message
    with pytest.raises(ImportRefused, match="1 error") as refused:
        taken(new_case("other.db"), change, said=versions[0] + versions[1])
    assert "claim 'c' is in the same call already" in refused.value.problems[0].message
    assert (refused.value.problems[0].line, refused.value.problems[0].entry) == (5, "c")
    again = partial(read, change, said=versions[2])
    import_stream(str(case), again, what="more", lexicon=lexicon, update=True)
    assert ask(case, "SELECT lower FROM claims") == [(9,)]
