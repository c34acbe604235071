"""Names made from content."""

from __future__ import annotations

import base64
import json
from datetime import date
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.identity import LENGTH, canonical, digest

PLAIN = st.none() | st.booleans() | st.integers() | st.text()
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


def test_names_do_not_change_between_releases() -> None:
    """An id is stored in people's databases, so the same content must name it for ever."""
    assert digest(["khasham", "killed", None, 80]) == "l2ad47pvhtee"


@given(st.lists(PLAIN | st.floats(), max_size=5))
def test_a_name_is_of_the_json_of_its_parts(parts: list[object]) -> None:
    """A name is the beginning, in base 32, of the BLAKE2b digest of the parts as ASCII JSON."""
    text = json.dumps(parts, separators=(",", ":"))
    told = base64.b32encode(blake2b(text.encode(), digest_size=8).digest())
    assert digest(parts) == told[:LENGTH].decode().lower()


@given(st.lists(PLAIN, max_size=5))
def test_shape_of_a_name(parts: list[object]) -> None:
    """A name is twelve letters and digits in small letters, the same each time."""
    name = digest(parts)
    assert len(name) == LENGTH == 12
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert digest(iter(parts)) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([None], [""]),
        ([None], ["None"]),
        ([None], ["null"]),
        ([1], ["1"]),
        ([True], [1]),
        (["a", "b"], ["ab"]),
        (["a", "b"], ["b", "a"]),
        (["a,b"], ["a", "b"]),
        (['a","b'], ["a", "b"]),
        ([], [None]),
        ([], [""]),
        (["é"], ["e"]),
        (["Tank"], ["tank"]),
    ],
)
def test_different_content(one: list[object], other: list[object]) -> None:
    """Parts that differ in kind, order or border have different names."""
    assert digest(one) != digest(other)


def test_other_things_by_their_text() -> None:
    """What JSON does not know is named by its text."""
    assert digest([date(2018, 2, 8)]) == digest(["2018-02-08"])


def test_broken_text_has_a_name() -> None:
    """Half a surrogate pair, as broken files bring it, does not stop the naming."""
    assert digest(["\ud800"]) != digest([""])


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_order_of_keys_does_not_matter(entry: dict[str, object]) -> None:
    """The same entry with its keys in another order is the same text."""
    assert canonical(dict(reversed(entry.items()))) == canonical(entry)


@given(st.dictionaries(st.text(), JSON | st.floats(), max_size=5))
def test_canonical_text_is_json(entry: dict[str, object]) -> None:
    """The text is that of the standard library's encoder, letter for letter."""
    told = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(entry) == told


def test_canonical_text() -> None:
    """An entry is written in one line with sorted keys, no blanks, and its letters kept."""
    entry = {"b": {"z": 1, "a": [1, None]}, "a": "Хашам"}
    assert canonical(entry) == '{"a":"Хашам","b":{"a":[1,null],"z":1}}'


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": [1, 2]}, {"a": [2, 1]}), ({"a": None}, {}), ({"a": 1}, {"a": "1"})],
)
def test_canonical_keeps_differences(one: dict[str, object], other: dict[str, object]) -> None:
    """Entries that say different things are different text."""
    assert canonical(one) != canonical(other)
