"""Documents: the shape of the file and of each entry, and how errors read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.places import Problem
from claimtrack.ingest.reader import read_document

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "robustness"
CLAIM = {"event": "e", "document": "d", "metric": "m", "value": 3}

EXAMPLE = """{
  "claimtrack": 1,
  "events": [{"id": "ferry-2031", "title": "Sinking of the ferry Aurora",
              "date": "2031-03-02/2031-03-03", "place": "Gulf of Riga"}],
  "groups": [{"id": "aboard", "name": "Everyone aboard"},
             {"id": "crew", "name": "Crew", "part_of": ["aboard"]},
             {"id": "passengers", "name": "Passengers", "part_of": ["aboard"],
              "disjoint_with": ["crew"]}],
  "metrics": [{"id": "rescued", "name": "Rescued", "kind": "count", "unit": "people"}],
  "sources": [{"id": "coast-guard", "name": "Coast Guard", "kind": "government",
               "reliability": "B"},
              {"id": "gazette", "name": "The Gazette", "kind": "news"},
              {"id": "official-1", "name": "an unnamed port official", "kind": "official",
               "anonymous": true}],
  "documents": [{"id": "gazette-0303", "source": "gazette", "title": "Dozens feared dead",
                 "published": "2031-03-03", "url": "https://example.org/a",
                 "archive_url": null, "language": "en", "sha256": null}],
  "claims": [{"id": "gazette-dozens", "event": "ferry-2031", "document": "gazette-0303",
              "metric": "killed", "group": "aboard", "value": "dozens",
              "attributed_to": ["official-1"], "quote": "dozens are feared dead",
              "as_of": "2031-03-03"},
             {"event": "ferry-2031", "document": "gazette-0303", "metric": "killed",
              "group": "crew", "value": 3},
             {"event": "ferry-2031", "document": "gazette-0303", "metric": "killed",
              "group": "passengers", "value": "20 or more", "stance": "denies",
              "attributed_to": ["coast-guard"]}]
}"""


def problems(document: Any) -> list[Problem]:
    """Read a document and give its problems."""
    return read_document("f", json.dumps(document).encode()).problems.kept


def of_entry(key: str, entry: Any) -> list[str]:
    """Give the problems of one entry, each as `path: message | hint`."""
    found = problems({"claimtrack": 1, key: [entry]})
    return [f"{problem.path}: {problem.message} | {problem.hint}" for problem in found]


def of_claim(**changes: Any) -> list[str]:
    """Give the problems of a good claim with these changes."""
    return of_entry("claims", CLAIM | changes)


def test_the_published_example_is_accepted() -> None:
    parsed = read_document("f", EXAMPLE.encode())
    assert parsed.problems.kept == []
    assert [item.path for item in parsed.entries][-2:] == ["claims[1]", "claims[2]"]
    assert [item.line for item in parsed.entries][:3] == [3, 5, 6]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "f:1: must be an object, not a list"),
        ({}, "f:1: the key 'claimtrack' is missing"),
        ({"claimtrack": 2}, "f:1: claimtrack: made for a newer claimtrack: the format is 2"),
        ({"claimtrack": True}, "f:1: claimtrack: must be the number 1, not true"),
        ({"claimtrack": "1"}, "f:1: claimtrack: must be the number 1, not the text '1'"),
        ({"claimtrack": 0}, "f:1: claimtrack: there is no format 0"),
        ({"claimtrack": 1, "claim": []}, "f:1: claim: unknown key 'claim'"),
        ({"claimtrack": 1, "claims": {}}, "f:1: claims: must be a list, not an object"),
        ({"claimtrack": 1, "claims": [3]}, "f:1: claims[0]: must be an object, not the number 3"),
    ],
)
def test_the_head_is_checked(document: Any, sentence: str) -> None:
    assert str(problems(document)[0]).startswith(sentence)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"event": "Bad Id"}, "event: 'Bad Id' cannot be an id"),
        ({"event": "bad\n"}, "event: 'bad\\n' cannot be an id"),
        ({"event": "x" * 201}, "event: an id cannot be longer than 200 characters"),
        ({"event": ""}, "event: an id cannot be empty"),
        ({"event": 3}, "event: must be text in quotes, not the number 3"),
        ({"quotes": "x"}, "quotes: unknown key 'quotes' | did you mean 'quote'?"),
        ({"stance": "denys"}, "stance: 'denys' is no stance that is known | did you mean 'denies'"),
        ({"stance": 1}, "stance: must be text, not the number 1 | use asserts or denies"),
        ({"value": None}, "value: must be a number, words in quotes, true or false, or bounds"),
        ({"value": []}, "value: must be a number, words in quotes, true or false, or bounds"),
        ({"value": ""}, "value: must not be empty"),
        ({"value": {}}, "value: the bounds have neither min, max nor best"),
        ({"value": {"min": True}}, "value.min: must be a number or words in quotes, not true"),
        ({"value": {"min": 1, "mx": 2}}, "value.mx: unknown key 'mx' | did you mean 'max'?"),
        ({"attributed_to": "x"}, "attributed_to: must be a list, not the text 'x'"),
        ({"attributed_to": [1]}, "attributed_to[0]: must be the id of a source, or an object"),
        ({"attributed_to": ["a", "B"]}, "attributed_to[1]: 'B' cannot be an id"),
        (
            {"attributed_to": [{"source": "a", "mode": "quote"}]},
            "attributed_to[0].mode: 'quote' is no mode that is known | did you mean 'quotes'?",
        ),
        ({"attributed_to": [{}]}, "attributed_to[0].source: the key 'source' is missing"),
        ({"quote": "a\0b"}, "quote: the text has a NUL character in it"),
        ({"quote": "\ud800"}, "quote: the text has half of a surrogate pair in it"),
        ({"\x1b[31m": 1}, "['\\u001b[31m']: unknown key '\\u001b[31m'"),
    ],
)
def test_a_bad_claim_is_told_in_one_sentence(changes: dict[str, Any], sentence: str) -> None:
    (found,) = of_claim(**changes)
    assert found.startswith(f"claims[0].{sentence}".replace(".[", "["))


@pytest.mark.parametrize(
    "changes",
    [
        {"event": "x" * 200},
        {"stance": None, "quote": None, "attributed_to": None},
        {"value": True},
        {"value": 2.5},
        {"value": 0},
        {"value": "unknown"},
        {"value": {"max": 3}},
        {"value": {"min": 2, "best": 2.5, "text": ""}},
        {"value": {"min": "2018-02-07", "max": "2018-02-08"}},
        {"attributed_to": []},
        {"attributed_to": ["a", {"source": "b", "mode": "cites", "claim": "c"}]},
        {"quote": ""},
        {"quote": "\u202e\U0001f600\ufffe\x7f"},
        {"quote": "a backslash and u0000: \\u0000"},
    ],
)
def test_a_near_miss_is_accepted(changes: dict[str, Any]) -> None:
    assert of_claim(**changes) == []


@pytest.mark.parametrize(
    ("key", "entry", "sentence"),
    [
        ("events", {"id": "e"}, "events[0].title: the key 'title' is missing"),
        ("groups", {"id": "g", "name": ""}, "groups[0].name: must not be empty"),
        ("metrics", {"id": "m", "kind": "counts"}, "metrics[0].kind: 'counts' is no kind that"),
        ("sources", {"id": "s", "name": "S", "anonymous": 1}, "sources[0].anonymous: must be true"),
        ("sources", {"id": "s", "name": "S", "reliability": "G"}, "sources[0].reliability: 'G' is"),
        ("documents", {"id": "d"}, "documents[0].source: the key 'source' is missing"),
        ("documents", {"id": "d", "source": "s", "sha256": "x"}, "documents[0].sha256: 'x' is not"),
    ],
)
def test_other_entries_are_checked(key: str, entry: Any, sentence: str) -> None:
    (found,) = of_entry(key, entry)
    assert found.startswith(sentence)


def test_fields_beyond_the_example_are_accepted() -> None:
    assert of_entry("metrics", {"id": "m", "kind": "truth value"}) == []
    assert of_entry("metrics", {"id": "m", "kind": "count", "sum_of": ["a"], "at_most": "b"}) == []
    assert of_entry("sources", {"id": "s", "name": "S", "draws_on": ["a"]}) == []
    assert of_entry("documents", {"id": "d", "source": "s", "sha256": "0" * 64}) == []


def test_all_errors_come_at_once_with_their_lines() -> None:
    text = '{"claimtrack": 1,\n "claims": [\n  {"event": "E",\n   "valeu": 1}]}'
    found = read_document("f", text.encode()).problems.kept
    assert [(p.line, p.path) for p in found] == [
        (3, "claims[0].event"),
        (3, "claims[0].document"),
        (3, "claims[0].metric"),
        (3, "claims[0].value"),
        (4, "claims[0].valeu"),
    ]


def test_good_entries_are_given_beside_bad_ones() -> None:
    parsed = read_document("f", json.dumps({"claimtrack": 1, "claims": [3, CLAIM]}).encode())
    assert [item.path for item in parsed.entries] == ["claims[1]"]


def test_problems_are_capped_and_counted() -> None:
    parsed = read_document("f", json.dumps({"claimtrack": 1, "claims": [3] * 500}).encode())
    listed = parsed.problems.listed()
    assert (len(listed), parsed.problems.count) == (201, 500)
    assert listed[-1].message == "and 300 more"


def test_one_entry_with_endless_errors_is_cut() -> None:
    found = of_claim(**{f"k{at}": 1 for at in range(2000)})
    assert len(found) == 51
    assert "there is more wrong in this entry" in found[-1]


def test_plain_data_leaves_out_what_says_nothing() -> None:
    entry = CLAIM | {"group": None, "stance": "asserts", "attributed_to": []}
    parsed = read_document("f", json.dumps({"claimtrack": 1, "claims": [entry]}).encode())
    assert parsed.entries[0].entry == CLAIM


@pytest.mark.skipif(
    not (DATA / "naughty-strings.json").exists(),
    reason="the list of naughty strings is not beside this repository",
)
def test_naughty_strings_pass_byte_for_byte() -> None:
    strings = json.loads((DATA / "naughty-strings.json").read_text("utf-8"))
    claims = [CLAIM | {"quote": text} for text in strings]
    document = json.dumps({"claimtrack": 1, "claims": claims}, ensure_ascii=False)
    parsed = read_document("f", document.encode())
    assert parsed.problems.kept == []
    kept = [item.entry["quote"] for item in parsed.entries]
    assert [text.encode() for text in kept] == [text.encode() for text in strings]


_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_FLAT = _LEAF | st.lists(_LEAF, max_size=2)
_FIELDS = ["id", "event", "document", "value", "attributed_to", "min", "source", "mode", "stance"]


_KEY = st.sampled_from(_FIELDS) | st.text(max_size=3)
_ANY = _FLAT | st.dictionaries(_KEY, _FLAT, max_size=2)


@given(st.dictionaries(_KEY, _ANY | st.lists(_ANY, max_size=2), max_size=4))
def test_arbitrary_entries_give_problems_never_exceptions(entry: dict[str, Any]) -> None:
    for problem in problems({"claimtrack": 1, "claims": [entry], "events": [entry]}):
        assert problem.message
        str(problem).encode()


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    read_document("f", data)
