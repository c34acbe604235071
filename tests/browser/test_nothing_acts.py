"""Nothing that stands in a database acts in the pages and pictures made from it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from browser.hostile import ADDRESSES, BREAKERS, TEXTS, UNREADABLE, hostile_case


@pytest.fixture
def hostile(empty: Path, cli: Callable[..., Any], write: Callable[..., Path]) -> None:
    """A database with a hostile text in every field, reviews and grades included."""
    done = cli("import", write("hostile.json", hostile_case()))
    assert done.code == 0, done.err
    found = cli("contradictions", "--json").json
    for at in range(3):
        text = " ".join(BREAKERS[at::3])
        said = ("--who", f"judge {text}", "--why", text)
        assert cli("review", found[at]["id"], "--status", "dismissed", *said).code == 0
        assert cli("grade", f"source-{at}", "--reliability", "E", *said).code == 0
        assert cli("grade", f"killed-{at}", "--credibility", "5", *said).code == 0


def test_the_harness_sees_what_an_unescaped_page_does(
    folder: Path, watch: Callable[[Path], Any]
) -> None:
    """Each of the hostile texts is written as it is: everything looked for must be found."""
    bad = folder / "bad.html"
    loads = "<img src=http://hostile.invalid/picture>"
    page = "<script>alert('hello'); window.__ran = 1</script><a href='javascript:1'>x</a>" + loads
    bad.write_text(f"<!DOCTYPE html><title>x</title>{page}<svg onload='window.__ran=2'></svg>")
    seen = watch(bad)
    assert seen.ran and seen.dialogs == ["hello"] and seen.scripts == 1
    assert seen.requests == ["http://hostile.invalid/picture"]
    assert seen.handlers == ["onload"] and seen.loaders == 1
    assert "javascript:1" in seen.addresses


def test_the_harness_sees_that_a_policy_was_needed(
    folder: Path, watch: Callable[[Path], Any]
) -> None:
    """What only the policy stops is a fault of the escaping, and is told."""
    bad = folder / "bad.html"
    policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
    bad.write_text(f"<!DOCTYPE html>{policy}<title>x</title><img src=x onerror=window.__ran=1>")
    seen = watch(bad)
    assert not seen.ran
    assert seen.violations


@pytest.mark.parametrize("text", BREAKERS[:4] + BREAKERS[10:11])
def test_the_hostile_texts_do_act_where_nobody_escapes(
    text: str, folder: Path, watch: Callable[[Path], Any]
) -> None:
    bad = folder / "bad.html"
    inside = "<title>" if "</title>" in text else "<style>" if "</style>" in text else ""
    bad.write_text(f"<!DOCTYPE html>{inside}{text}", encoding="utf-8")
    assert watch(bad).ran


def test_nothing_acts_in_the_page(
    hostile: None, cli: Callable[..., Any], folder: Path, watch: Callable[[Path], Any]
) -> None:
    done = cli("report", "hostile", "-o", "out.html")
    assert done.code == 0, done.err
    seen = watch(folder / "out.html")
    assert not seen.ran
    assert seen.dialogs == seen.requests == seen.errors == seen.violations == seen.handlers == []
    assert seen.scripts == 1
    assert seen.loaders == 0
    assert seen.addresses, "a page without a link would prove nothing"
    for address in seen.addresses:
        assert address.startswith("#") or urlsplit(address).scheme in ("http", "https"), address
        assert "hostile.invalid" not in address.removeprefix("#")


def test_the_page_shows_the_hostile_texts_as_text(
    hostile: None, cli: Callable[..., Any], folder: Path, show: Callable[..., Any]
) -> None:
    """Escaped, not lost: the texts can be read, and no template in them was filled in."""
    assert cli("report", "hostile", "-o", "out.html").code == 0
    page = show(folder / "out.html", width=390)
    read = page.evaluate("document.body.textContent")
    for text in (*BREAKERS, "{{7*7}}", "{% include '/etc/passwd' %}", ADDRESSES[0]):
        assert text in read
    assert "root:" not in read
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "a long word must not push the page aside"


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "killed", "--event", "hostile"),
        ("compare", "kind-of-thing", "--event", "hostile"),
        ("trace", "killed-3"),
        ("trace", "killed-40"),
    ],
    ids=" ".join,
)
def test_nothing_acts_in_a_picture(
    command: tuple[str, ...],
    hostile: None,
    cli: Callable[..., Any],
    folder: Path,
    watch: Callable[[Path], Any],
) -> None:
    """A picture opened on its own has no policy of a page to protect it."""
    done = cli(*command, "--svg", "out.svg")
    assert done.code == 0, done.err
    seen = watch(folder / "out.svg")
    assert not seen.ran
    assert seen.dialogs == seen.requests == seen.errors == seen.violations == seen.handlers == []
    assert seen.scripts == seen.loaders == 0
    assert all(address.startswith("#") for address in seen.addresses)


def test_the_markdown_holds_no_markup_of_the_content(
    hostile: None, cli: Callable[..., Any], folder: Path
) -> None:
    assert cli("report", "hostile", "-o", "out.md").code == 0
    text = (folder / "out.md").read_text(encoding="utf-8")
    unquoted = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)
    assert not re.search(r"(?<!\\)<[a-zA-Z/!?]", unquoted)
    assert not re.search(r"(?<!\\)\]\(\s*(?!https?://|#)", unquoted)
    assert not re.search(r"(?<!\\)!\[", unquoted)


@pytest.mark.parametrize("text", UNREADABLE, ids=ascii)
@pytest.mark.parametrize("field", ["title", "quote", "name"])
def test_what_is_no_text_is_refused_or_shown_harmlessly(
    text: str,
    field: str,
    ferry: dict[str, Any],
    empty: Path,
    cli: Callable[..., Any],
    folder: Path,
) -> None:
    """JSON can write a zero byte and half a character; a page can hold neither."""
    entry = {"title": "events", "quote": "claims", "name": "sources"}[field]
    ferry[entry][0][field] = text
    (folder / "odd.json").write_text(json.dumps(ferry), encoding="ascii")
    done = cli("import", "odd.json")
    if done.code:
        assert done.code == 1 and "hint:" in done.err
        return
    assert cli("report", "ferry-2031", "-o", "out.html").code == 0
    page = (folder / "out.html").read_bytes()
    assert b"\x00" not in page
    page.decode("utf-8")


def test_the_list_of_texts_has_no_duplicates() -> None:
    assert len(set(TEXTS + ADDRESSES)) == len(TEXTS + ADDRESSES)
