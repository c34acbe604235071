"""What was stored is given back sign for sign in every format that programs read."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.report import formats

OWN = [
    "about 200 [sic]", "[/b]", ":100:", "قُتل", "Погибли", "\x1b[31mred", "a\u202eb", "tab\there",
    "line\nbreak", "return\rhere", "\r\n", "back\\slash \\n \\t", "a|b \\| c", "&amp; <b> &#10;",
    '"quoted", and; more', "*_`~#+-.!()", " edge ", "\u2028\u2029\x85", "\x00"[:0] + "\x01\x7f\x9f",
    "=1+1", "\ufeffx", "null", "–—…“”", "👩‍👩‍👧",
]  # fmt: skip


def from_json(text):
    return json.loads(text)


def from_jsonl(text):
    return [json.loads(line) for line in text.split("\n")[:-1]]


def from_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def from_tsv(text):
    signs = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    head, *lines = (line.split("\t") for line in text.split("\n")[:-1])
    undone = [[re.sub(r"\\(.)", lambda m: signs[m[1]], cell) for cell in line] for line in lines]
    return [dict(zip(head, line, strict=True)) for line in undone]


def from_md(text):
    def cells(line):
        assert line.startswith("| ") and line.endswith(" |")
        return line[2:-2].split(" | ")

    def undo(cell):
        return re.sub(
            r"\\(.)|(&#?\w+;)", lambda m: m[1] if m[1] else html.unescape(m[2]), cell, flags=re.S
        )

    head, _, *lines = text.split("\n")[:-1]
    return [dict(zip(cells(head), map(undo, cells(line)), strict=True)) for line in lines]


READ = {"json": from_json, "jsonl": from_jsonl, "csv": from_csv, "tsv": from_tsv, "md": from_md}


@pytest.fixture
def given_back(cli, empty, write):
    """Store texts as names, titles and quotes; compare them with what each format gives."""

    def check(texts):
        case = {"claimtrack": 1, "events": [{"id": "e", "title": "E"}]}
        ids = [f"n{at:04}" for at in range(len(texts))]
        pairs = list(zip(ids, texts, strict=True))
        case["sources"] = [{"id": i, "name": t} for i, t in pairs]
        case["documents"] = [{"id": i, "source": i, "title": t, "url": t} for i, t in pairs]
        case["claims"] = [
            {
                "event": "e",
                "document": i,
                "metric": "killed",
                "id": i,
                "quote": t,
                "value": int(i[1:]),
            }
            for i, t in pairs
        ]
        done = cli("import", write("case.json", case))
        assert done.code == 0, done
        for form, read in READ.items():
            told = read(cli("list-sources", "--format", form).out)
            assert {row["id"]: row["name"] for row in told} == dict(pairs), form
            told = read(cli("list-documents", "--format", form).out)
            assert {row["id"]: (row["title"], row["url"]) for row in told} == {
                i: (t, t) for i, t in pairs
            }, form
            told = read(cli("list-claims", "--format", form).out)
            if form in ("json", "jsonl"):
                quotes = {a["id"]: a["quote"] for c in told for a in c["assertions"]}
                assert quotes == dict(pairs), form
            else:
                quotes = {int(row["lower"]): row["quote"] for row in told}
                assert quotes == dict(enumerate(texts)), form

    return check


def test_own_strings_come_back(given_back):
    """Markup, escapes, scripts and line ends come back as they went in."""
    given_back(OWN)


def test_naughty_strings_come_back(given_back, shared):
    """So do the strings that break software."""
    strings = json.loads(shared("robustness/naughty-strings.json").read_text(encoding="utf-8"))
    given_back([text for text in strings if text])


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))


@pytest.mark.parametrize("form", READ)
def test_any_text_comes_back(form):
    """Whatever the cells hold, the rows can be read again from each format."""

    @given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4))
    def holds(rows):
        columns = ("a", "b", "c")
        text = formats.TEXTS[formats.Format(form)](columns, rows)
        assert READ[form](text) == [dict(zip(columns, row, strict=True)) for row in rows]

    holds()


@given(TEXT)
def test_json_is_harmless_to_look_at(text):
    """No control character or direction override stands bare in JSON."""
    written = formats.as_json([text])
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", written
    )
