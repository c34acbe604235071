"""Text folded for searching: what makes no difference, what does, and where a hit stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.folding import fold, passage, places, stands_alone


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("About 100 died", "about 100"), "about 100 died"),  # the second is in the first
        (("about 100", "About 100 died"), "about 100\nabout 100 died"),
        ((None, "SCORES"), "scores"),
        (("two\nlines", "\t"), "two lines"),
        ((None, None), ""),
    ],
)
def test_a_passage_holds_each_part_once(parts, whole):
    assert passage(parts) == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bloomberg", "BLOOMBERG"),
        ("Ёлка", "елка"),
        ("São Tomé", "sao tome"),
        ("e\u0301te\u0301", "été"),
        ("STRASSE", "straße"),
        ("１２０ dead", "120 DEAD"),
        ("مُحَمَّد", "محمد"),
        ("two\n\t  lines\x00", "two lines"),
    ],
)
def test_what_makes_no_difference(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("120", "12"), ("кот", "код"), ("100%", "100")])
def test_what_makes_a_difference(one, other):
    assert fold(one) != fold(other)


def test_a_place_is_one_of_the_text_as_it_was_written():
    text = "In der  STRASSE, é\u0301t"
    (found,) = places(text, fold("der strasse"))
    assert text[found.start : found.end] == "der  STRASSE"
    assert found.alone
    (found,) = places(text, fold("e"))[-1:]
    assert text[found.start : found.end] == "é\u0301"
    assert not found.alone


def test_a_whole_word_may_stand_behind_a_part_of_one():
    assert stands_alone("hundreds, hundred", "hundred")
    assert not stands_alone("hundreds", "hundred")
    assert stands_alone("死亡", "死亡")


@given(st.text(), st.integers(0, 20), st.integers(1, 20))
def test_every_part_of_a_text_is_found_in_it(text, start, length):
    term = fold(text[start : start + length])
    assert (term in fold(text)) == bool(places(text, term)) or not term
    for place in places(text, term):
        assert term in fold(text[place.start : place.end])


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_any_other(text):
    assert fold(text + " é") == f"{fold(text)} e".strip()
