"""JSON Lines: a stream of typed entries in bounded memory."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest import json_text, lines, quick
from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problem
from claimtrack.ingest.reader import read_document, read_lines

CLAIM = {"type": "claim", "event": "e", "document": "d", "metric": "m", "value": 3}
GOOD = json.dumps(CLAIM).encode()


def read(data: bytes) -> list[Any]:
    """Read some lines."""
    return list(read_lines("f", io.BytesIO(data)))


def test_entries_carry_their_line_and_blank_lines_are_skipped() -> None:
    found = read(b"\xef\xbb\xbf" + GOOD + b"\r\n\n  \n" + GOOD)
    assert [(item.line, item.path, item.type) for item in found] == [
        (1, "", "claim"),
        (4, "", "claim"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{}", "f:2:1: the key 'type' is missing"),
        (b"[]", "f:2:1: must be an object, not a list"),
        (b'{"type": "clam"}', "f:2:10: type: 'clam' is no type of entry"),
        (b'{"type": 3}', "f:2:10: type: must be text, not the number 3"),
        (b'{"type": "event", "id": "E", "title": "x"}', "f:2:25: id: 'E' cannot be an id"),
        (b'{"type": "event"', "f:2:17: the text ends before the JSON does"),
        (b'{"type": "event", "type": "event"}', "f:2:19: the key 'type' is there twice"),
        (b'"\xff"', "f:2:2: byte 0xff is not UTF-8 text"),
    ],
)
def test_a_bad_line_is_told_and_the_next_is_read(line: bytes, sentence: str) -> None:
    first, problem, last = read(GOOD + b"\n" + line + b"\n" + GOOD)
    assert isinstance(first, Item) and isinstance(last, Item)
    assert last.line == 3
    assert str(problem).startswith(sentence)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{\n "claimtrack": 1\n}', "f:1: this is a JSON document, not JSON Lines"),
        (b'{"claimtrack": 1, "claims": []}', "f:1: this is a JSON document, not JSON Lines"),
        (GOOD.decode().encode("utf-16"), "f:1:1: this is not UTF-8 but looks like UTF-16"),
    ],
)
def test_a_file_of_another_kind_is_told_once(data: bytes, sentence: str) -> None:
    (problem,) = read(data)
    assert str(problem).startswith(sentence)


def test_a_very_long_line_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", len(GOOD) + 1)
    found = read(GOOD + b"\n" + b" " * 1000 + GOOD + b"\n" + GOOD)
    assert [type(item) for item in found] == [Item, Problem, Item]
    assert [item.line for item in found] == [1, 2, 3]


def test_lines_and_documents_agree() -> None:
    bad = CLAIM | {"stance": "denys", "value": {}}
    (first, second) = read(json.dumps(bad).encode())
    entry = {key: value for key, value in bad.items() if key != "type"}
    document = json.dumps({"claimtrack": 1, "claims": [entry]}).encode()
    others = read_document("f", document).problems.kept
    assert [(p.message, p.hint) for p in others] == [(p.message, p.hint) for p in (first, second)]


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    read(data)
    read(GOOD + b"\n" + data)


EVENT = b'{"type": "event", "id": "e", "title": "x"}'
ODD = [
    GOOD,
    EVENT,
    b"",
    b"null",
    b"3",
    b'{"type": ["claim"]}',
    b"\xef\xbb\xbf" + GOOD,
    EVENT.replace(b'"x"', b'"x", "title": "y"'),
    EVENT.replace(b'"x"', b'"x", "title" : "x"'),
    EVENT.replace(b'"x"', b'"10:15"'),
    EVENT.replace(b'"x"', b'"10\\u003a15"'),
    EVENT.replace(b'"x"', b'"\\u0000"'),
    EVENT.replace(b'"x"', b'"\\ud800"'),
    EVENT.replace(b'"x"', b'"\\uD83D\\uDE00"'),
    EVENT.replace(b'"x"', b'"\xff"'),
    EVENT.replace(b'"x"', b'"\xed\xa0\x80"'),
    EVENT.replace(b'"x"', b'"a\tb"'),
    EVENT.replace(b'"x"', b'"x", "place": null'),
    EVENT.replace(b'"x"', b'"x", "place": ""'),
    EVENT.replace(b'"x"', b'"x", "place": null, "place": null'),
    EVENT.replace(b'"x"', b'"x", "place": null, "place": "a:b"'),
    EVENT.replace(b'"x"', b'"x", "place": "a:b", "place": null'),
    EVENT.replace(b'"x"', b'"x", "place": "y", "place": "a\\u003ab"'),
    EVENT.replace(b'"x"', b'"\\"a\\": {[\\n\x7f\xc3\xa9\xe2\x80\xa8"'),
    EVENT.replace(b'"x"', b"[" * 70 + b"]" * 70),
    EVENT.replace(b'"x"', b"[" * 70_000 + b"]" * 70_000),
    *(
        GOOD.replace(b"3", value)
        for value in (
            *(b'"3"', b"3.0", b"-0", b"-0.0", b"03", b"3.", b"1e3", b"0.1", b"1e-400", b"1e400"),
            *(b"1e16", b"1.5e300", b"0.00001", b"1e-7"),
            *(b"NaN", b"Infinity", b"-Infinity", b"true", b"null", b'""', b"[]", b"{}"),
            *(b"123456789.12345678901234567890", b"9007199254740993", b"5e-324"),
            *(b"9223372036854775807", b"9223372036854775808", b"-9223372036854775809"),
            *(b'{"min": 3}', b'{"min": 3, "max": null}', b'{"min": 3, "min": 4}', b'{"text": "x"}'),
            *(b'3, "stance": "asserts"', b'3, "stance": "denies"', b'3, "stance": "denied"'),
            *(b'3, "attributed_to": []', b'3, "attributed_to": ["s", "s"]'),
            *(b'3, "attributed_to": [{"source": "s", "mode": null}]', b'3, "attributed_to": "s"'),
            *(b'{"min": 3, "text": "10:15"}', b'{"min": 3.5}', b'{"min": NaN}', b'{"max": "3"}'),
            *(b'{"min": 3, "max": 9223372036854775808}', b'{"min": 3, "max": 4e99}'),
            *(b'{"min": 9223372036854775808}', b'{"min": {"min": 3}}', b'{"min": 4, "max": 3}'),
            *(b'3, "attributed_to": [{"source": "s", "source": "s"}, "t"]', b'[[{"a": {"b": 1}}]]'),
            *(
                b'3, "attributed_to": [{"source": "a:b"}]',
                b'3, "attributed_to": [{"a": 1, "a": 1}]',
            ),
            *(b'3, "attributed_to": [92233720368547758080]', b'3, "x": 1', b'3, "group": "G"'),
        )
    ),
    b'{"type": "metric", "id": "m", "kind": "truth value"}',
    b'{"type": "source", "id": "s", "name": "x", "anonymous": 1}',
    b'{"type": "source", "id": "s", "name": "x", "anonymous": "yes"}',
    b'{"type": "source", "id": "s", "name": "x", "anonymous": true}',
    b'{"type": "metric", "id": "m", "kind": "date", "cumulative": true}',
    b'{"type": "group", "id": "g", "name": "x", "part_of": [], "disjoint_with": ["h"]}',
]


def values(found: Item | Problem) -> str | None:
    """Tell the values of an entry so that 1, 1.0 and true differ, whatever the order of keys."""
    return repr(sorted(found.entry.items())) if isinstance(found, Item) else None


def is_read_alike(data: bytes) -> None:
    """Compare what is read where the quick way is open with what is read where it is closed."""
    data = GOOD + b"\n" + data
    quickly = read(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "read", lambda *line: None)
        slow = read(data)
    assert quickly == slow
    assert list(map(values, quickly)) == list(map(values, slow))


@pytest.mark.parametrize("line", ODD)
def test_the_quick_way_gives_and_refuses_what_the_slow_one_does(line: bytes) -> None:
    is_read_alike(line)


FIELDS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    (CLAIM, ("id", "event", "document", "metric", "group", "value", "stance", "attributed_to")),
    (CLAIM, ("quote", "as_of", "supersedes")),
    (
        {"type": "source", "id": "s", "name": "x"},
        ("id", "name", "kind", "reliability", "anonymous", "draws_on"),
    ),
    (
        {"type": "document", "id": "d", "source": "s"},
        ("id", "source", "title", "published", "retrieved", "url", "sha256", "draws_on"),
    ),
    ({"type": "event", "id": "e", "title": "x"}, ("id", "title", "date", "place")),
    ({"type": "group", "id": "g", "name": "x"}, ("id", "name", "part_of", "disjoint_with")),
]
VALUES: list[Any] = [
    *(1, 0, 1.0, True, False, None, "yes", "1", "1.0", "", "a", "A", "2018", "asserts"),
    *([], ["a"], [1], [True], {"a": 1}, {"source": "s"}, [{"source": "s", "mode": 1}]),
    *([{"source": 1}], {"min": "1"}, {"min": True}, {"min": 1.0, "max": 2}),
]


@pytest.mark.parametrize("value", VALUES)
def test_the_quick_way_takes_no_kind_of_value_for_another(value: Any) -> None:
    for entry, fields in FIELDS:
        for field in fields:
            is_read_alike(json.dumps(entry | {field: value}).encode())


@given(
    st.sampled_from([line for line in ODD if len(line) < 1000]),
    st.lists(
        st.tuples(
            st.integers(0, 150),
            st.integers(0, 3),
            st.sampled_from(b':"\\{}[],u09eE.-+ \t\x00\xc3').map(lambda sign: bytes([sign]))
            | st.sampled_from([b'"value":', b"null", b"12345678901234567890", b"\\u0041"])
            | st.binary(max_size=3),
        ),
        max_size=3,
    ),
)
def test_the_quick_way_agrees_with_the_slow_one_on_damaged_lines(
    line: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for at, cut, put in changes:
        line = line[:at] + put + line[at + cut :]
    is_read_alike(line)


@given(
    st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
)
def test_the_quick_way_reads_the_same_numbers(number: str) -> None:
    is_read_alike(GOOD.replace(b"3", number.encode()))


@pytest.mark.parametrize(
    "line",
    [
        GOOD,
        EVENT,
        EVENT.replace(b'"x"', b'"10:15, \\"so\\"", "place": null'),
        GOOD.replace(b"3", b'3.5, "stance": "asserts"'),
        GOOD.replace(b"3", b'{"min": 3, "text": "10:15"}'),
        GOOD.replace(b"3", b'"3", "attributed_to": ["s", {"source": "t", "mode": "quotes"}]'),
    ],
)
def test_the_quick_way_is_taken_by_what_is_right(
    line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_text, "parse", None)
    assert [item.line for item in read(line)] == [1]
