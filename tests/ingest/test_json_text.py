"""Strict JSON: what is refused, where, and how the sentence reads."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest import json_text

SUITE = Path(__file__).parents[2].parent / "shared" / "data" / "robustness"
REFUSED_BY_DESIGN = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}


def verdict(data: bytes) -> str | None:
    """Give the first problem of some bytes, or None where they are accepted."""
    try:
        text = json_text.text_of(data)
        json_text.parse(text)
    except json_text.NotText as error:
        return str(error.problem("f", data))
    except json_text.Unreadable as error:
        return str(next(error.problems("f", text)))
    return None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "f:1:1: there is nothing in the file"),
        (b" \n ", "f:1:1: there is nothing in the file"),
        (b'{"a": 1,}', "f:1:8: there is a comma after the last item"),
        (b"[1,\n 2,\n]", "f:2:3: there is a comma after the last item"),
        (b'{"a": 1} x', "f:1:10: there is more text after the end of the JSON value"),
        (b'{"a": 1,\n "a": 2}', "f:2:2: the key 'a' is there twice in one object"),
        (b'[{"b": {"a": 1, "a": 1}}]', "f:1:17: the key 'a' is there twice in one object"),
        (b'{"a": NaN}', "f:1:7: NaN is not a number in JSON"),
        (b'["NaN", -Infinity]', "f:1:9: -Infinity is not a number in JSON"),
        (b"[9223372036854775808]", "f:1:2: the number 9223372036854775808 is too large"),
        (b"[" + b"1" * 5000 + b"]", "f:1:2: the number " + "1" * 59 + "… is too large"),
        (b"[" * 65 + b"]" * 65, "f:1:65: lists and objects are nested more than 64 deep"),
        (b"[" * 100_000, "f:1:65: lists and objects are nested more than 64 deep"),
        (b'{"a":' * 100_000, "f:1:321: lists and objects are nested more than 64 deep"),
        (b'["a', "f:1:2: the quotes that open here are never closed"),
        (b'["a\nb"]', "f:1:4: there is a line break, tab or other control character inside"),
        (b'{"a": 1', "f:1:8: the text ends before the JSON does"),
        (b"{a: 1}", "f:1:2: a key in double quotes is missing"),
        (b'{"a" 1}', "f:1:6: a colon is missing after the key"),
        (b"[1 2]", "f:1:4: a comma or a closing bracket is missing"),
        (b'["\\x"]', "f:1:3: a backslash inside quotes is followed by"),
        (b'["\\u12"]', "f:1:4: \\u must be followed by four hexadecimal digits"),
        (b"[nul]", "f:1:2: a value is missing, or is not written as JSON"),
        (b'["ok",\n "\xe9"]', "f:2:3: byte 0xe9 is not UTF-8 text"),
        (b'\xef\xbb\xbf["\xe9"]', "f:1:6: byte 0xe9 is not UTF-8 text"),
        ('{"a": 1}'.encode("utf-16"), "f:1:1: this is not UTF-8 but looks like UTF-16"),
        ('{"a": 1}'.encode("utf-32-be"), "f:1:1: this is not UTF-8 but looks like UTF-16"),
    ],
)
def test_bad_text_is_refused_with_its_place(data: bytes, sentence: str) -> None:
    found = verdict(data)
    assert found is not None
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    "data",
    [
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": 1, "b": {"a": 1}}',
        b'["NaN", "Infinity", "99999999999999999999"]',
        b"[9223372036854775807, -9223372036854775808, 1e300]",
        b"[" * 64 + b"]" * 64,
        b'["' + b"[" * 1000 + b'"]',
        b"[" + b"[]," * 1000 + b"[]]",
        b'["\\n\\u00e9"]',
        b'\r\n\t ["a"] \r\n',
    ],
)
def test_a_near_miss_is_accepted(data: bytes) -> None:
    assert verdict(data) is None


def test_every_fault_of_one_kind_is_told() -> None:
    with pytest.raises(json_text.Unreadable) as caught:
        json_text.parse('{"a": 1, "a": 2, "b": {"c": 1, "c": 2}}')
    assert len(caught.value.faults) == 2


def _suite() -> dict[str, str]:
    path = SUITE / "json-test-suite.json"
    if not path.exists():
        return {}
    cases: dict[str, str] = json.loads(path.read_text("utf-8"))
    return cases


@pytest.mark.skipif(not _suite(), reason="the JSON test suite is not beside this repository")
def test_the_json_test_suite_is_judged_rightly() -> None:
    wrong = []
    for name, encoded in _suite().items():
        accepted = verdict(base64.b64decode(encoded)) is None
        if name in REFUSED_BY_DESIGN:
            wrong += [name] if accepted else []
        elif not name.startswith("i_") and accepted != name.startswith("y_"):
            wrong.append(name)
    assert wrong == []


@given(st.binary(max_size=200))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    verdict(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_JSON, st.booleans())
def test_what_json_writes_is_read_back(value: Any, ascii_only: bool) -> None:
    try:
        data = json.dumps(value, ensure_ascii=ascii_only).encode()
    except UnicodeEncodeError:
        return
    assert json_text.parse(json_text.text_of(data)) == value


@given(_JSON, st.integers(0), st.binary(max_size=3))
def test_damaged_json_never_raises(value: Any, at: int, junk: bytes) -> None:
    data = json.dumps(value).encode()
    at %= len(data)
    verdict(data[:at] + junk + data[at + 1 :])


def test_quotes_that_are_never_closed_are_walked_once() -> None:
    """Each of 200,000 escaped quotes was once tried as a beginning: that took minutes."""
    text = '[99999999999999999999, "' + '\\"' * 200_000
    with pytest.raises(json_text.Unreadable) as caught:
        json_text.parse(text)
    assert [fault.message[:10] for fault in caught.value.faults] == ["the number"]


def test_a_number_behind_quotes_is_found_and_one_within_is_none() -> None:
    with pytest.raises(json_text.Unreadable) as caught:
        json_text.parse('["\\"99999999999999999999", 99999999999999999999]')
    assert [fault.at for fault in caught.value.faults] == [27]
