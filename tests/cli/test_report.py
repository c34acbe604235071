"""The case file as a person gets it: one file, safe to open, the same for the same database."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

VOID = frozenset("meta link br hr input img".split())


class Reader(HTMLParser):
    """Read a page strictly: what opens is closed, in order; everything is kept in lists."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        if self.open[-1:] not in (["style"], ["script"]):
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


@pytest.fixture
def page(cli, demo, folder) -> str:
    result = cli("report", "khasham-2018", "-o", "case.html")
    assert result.code == 0, result.err
    return (folder / "case.html").read_text(encoding="utf-8")


def add(cli, write, ferry, *, force=()):
    write("ferry.json", ferry)
    assert cli("import", "ferry.json", *force).code == 0


def ferry_page(cli, empty, write, ferry, *args) -> str:
    add(cli, write, ferry)
    result = cli("report", "ferry-2031", *args)
    assert result.code == 0, result.err
    return result.out


def test_the_page_is_well_formed_and_every_id_in_it_is_used_once(page):
    read = Reader(page)
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for a in read.all("a") if a["href"].startswith("#")}
    assert targets <= set(ids)


def test_it_has_a_language_a_title_landmarks_and_headings_in_order(page):
    read = Reader(page)
    assert page.startswith("<!DOCTYPE html>")
    assert read.all("html") == [{"lang": "en"}]
    names = [name for name, _ in read.tags]
    assert [names.count(n) for n in ("title", "h1", "main", "header", "footer", "nav")][1:] == [
        1, 1, 1, 1, 1,
    ]  # fmt: skip
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert names.count("table") == names.count("caption")
    assert all(a.get("scope") in ("col", "row") for a in read.all("th"))
    first_link = read.all("a")[0]
    assert first_link["class"] == "skip"


def test_nothing_is_fetched_and_only_the_named_style_and_script_may_run(page):
    read = Reader(page)
    policy = next(a["content"] for a in read.all("meta") if "http-equiv" in a)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        told = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{told}'" in policy
        assert "url(" not in inside
        assert "import" not in inside
    for _, attributes in read.tags:
        assert "style" not in attributes
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)


def test_the_script_is_small(page):
    (script,) = re.findall("<script>(.*?)</script>", page, flags=re.DOTALL)
    assert len(script.encode()) < 4_000


def test_it_tells_what_happened_what_is_disputed_and_on_whose_word(page):
    words = Reader(page).words
    assert "Battle of Khasham, 2018-02-07 to 2018-02-08" in words
    assert "(2 contradictions); the gravest: Killed: “more than 200” of contract soldiers" in words
    assert "independent origins." in words


def test_every_claim_has_a_row_that_the_contradictions_point_to(page, ask, demo):
    read = Reader(page)
    ids = {a["id"] for a in read.all("tr") if "id" in a}
    assert ids == {slug for (slug,) in ask(demo, "SELECT slug FROM claims")}
    linked = {a["href"][1:] for a in read.all("a") if a["href"].startswith("#c")} & ids
    inside = ask(
        demo,
        "SELECT DISTINCT c.slug FROM contradiction_members m JOIN claims c ON c.id = m.claim_id",
    )
    assert {slug for (slug,) in inside} <= linked


def test_a_contradiction_shows_its_quotes_its_sentence_and_what_people_say(cli, demo):
    (worst, _) = cli("contradictions", "--json").json
    said = cli("review", worst["id"], "--status", "explained", "--why", "<b>two</b> groups")
    assert said.code == 0, said.err
    words = Reader(cli("report", "khasham-2018").out).words
    assert worst["explanation"] in words
    assert "death toll in the fighting at about 100" in words
    assert "explained, “<b>two</b> groups”" in words


def test_the_same_database_gives_the_same_bytes(cli, demo):
    for format_ in ("html", "md"):
        one, other = (cli("report", "khasham-2018", "--format", format_).out for _ in range(2))
        assert one == other


def test_the_digest_changes_with_what_is_claimed_and_with_nothing_else(cli, empty, write, ferry):
    def digest() -> str:
        return re.findall(r'class="digest">(\w{64})<', cli("report", "ferry-2031").out)[0]

    add(cli, write, ferry)
    before = digest()
    other = {"claimtrack": 1, "events": [{"id": "flood", "title": "Flood"}]}
    add(cli, write, other)
    assert digest() == before
    ferry["claims"].append({**ferry["claims"][1], "id": "radio-250", "value": "250"})
    add(cli, write, ferry)
    assert digest() != before


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "</style><script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "\u202egnp.exe",
        "a\x1b[31mb",
    ],
)
def test_text_from_outside_stays_text(cli, empty, write, ferry, evil):
    ferry["events"][0]["title"] = ferry["events"][0]["place"] = evil
    ferry["groups"][0]["name"] = ferry["sources"][0]["name"] = ferry["sources"][2]["name"] = evil
    ferry["documents"][0]["title"] = ferry["claims"][0]["quote"] = evil
    page = ferry_page(cli, empty, write, ferry)
    read = Reader(page)
    assert len(read.all("script")) == len(read.all("style")) == 1
    assert not read.all("img")
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert not any(name.startswith("on") for _, a in read.tags for name in a)
    if evil.isascii() and evil.isprintable():
        assert read.words.count(evil) > 5


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org:8080/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("https://user:secret@example.org/", False),
        ("https://example.org/\u202egnp", False),
        ("https://exa mple.org/", False),
        ("https:\\\\example.org", False),
        ("https:///nowhere", False),
        ("//example.org/", False),
    ],
)
def test_only_plain_web_addresses_become_links(address, linked):
    from claimtrack.report.page.telling import safe_address

    assert (safe_address(address) is not None) is linked


def test_a_link_tells_the_other_side_nothing_and_other_addresses_are_shown(
    cli, empty, write, ferry
):
    ferry["documents"][0]["url"] = "https://example.org/one?a=1&b=2"
    read = Reader(ferry_page(cli, empty, write, ferry))
    out = [a for a in read.all("a") if not a["href"].startswith("#")]
    assert out
    assert {a["href"] for a in out} == {"https://example.org/one?a=1&b=2"}
    assert {a["rel"] for a in out} == {"noopener noreferrer nofollow"}


def test_as_of_a_day_shows_what_was_published_by_then(cli, empty, write, ferry):
    page = ferry_page(cli, empty, write, ferry, "--as-of", "2031-03-03")
    words = Reader(page).words
    assert "dozens" in words
    assert "Radio Riga" not in words
    assert "as known by the end of 2031-03-03" in words


def test_nothing_known_by_a_day_is_said_and_nothing_written(cli, empty, write, ferry, folder):
    add(cli, write, ferry)
    result = cli("report", "ferry-2031", "--as-of", "2031-03-01", "-o", "x.html")
    assert result.code == 1
    assert "nothing is claimed of ferry-2031 by that day" in result.err
    assert not (folder / "x.html").exists()


@pytest.mark.sqlite_only(reason="looks at the files in the folder")
def test_a_file_that_is_there_is_kept_unless_force_says_otherwise(cli, demo, folder):
    (folder / "mine.html").write_text("mine")
    refused = cli("report", "khasham-2018", "-o", "mine.html")
    assert refused.code == 1
    assert "--force" in refused.err
    assert (folder / "mine.html").read_text() == "mine"
    assert cli("report", "khasham-2018", "-o", "mine.html", "--force").code == 0
    assert (folder / "mine.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(p.name for p in folder.iterdir()) == ["claimtrack.db", "mine.html"]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(cli, demo):
    result = cli("report", "khasham-2018", "-o", "nowhere/x.html")
    assert result.code == 1
    assert result.err.startswith("error: cannot write nowhere/x.html")


def test_a_page_is_not_written_on_a_screen(cli, demo):
    result = cli("report", "khasham-2018", tty=True)
    assert result.code == 2
    assert "-o FILE.html" in result.err


def test_the_name_of_the_file_chooses_markdown(cli, demo, folder):
    assert cli("report", "khasham-2018", "-o", "case.md").code == 0
    assert (folder / "case.md").read_text(encoding="utf-8").startswith("# Battle of Khasham")


def test_an_unknown_format_and_an_unknown_event_are_refused(cli, demo):
    assert cli("report", "khasham-2018", "--format", "pdf").code == 2
    unknown = cli("report", "khasham-2019")
    assert unknown.code != 0
    assert "did you mean 'khasham-2018'?" in unknown.err


def test_markdown_has_no_markup_from_outside(cli, empty, write, ferry):
    evil = "<b>x</b> [a](javascript:b) ![i](http://e.org/i.png) `c` ==d== %%e%% $f$ [[g]] #h"
    ferry["events"][0]["title"] = ferry["sources"][0]["name"] = evil
    ferry["documents"][0]["title"] = ferry["claims"][0]["quote"] = evil
    text = ferry_page(cli, empty, write, ferry, "--format", "md")
    assert "&lt;b&gt;x" in text
    bare = re.sub(r"\\.", "", text)
    for sign in ("<b>", "](javascript", "![", "`c`", "==d", "%%e", "$f", "[[g", "#h"):
        assert sign not in bare


def test_a_quote_of_several_lines_stays_in_its_quotation(cli, empty, write, ferry):
    ferry["claims"][0]["quote"] = "one\n# two\n\n<b>three"
    text = ferry_page(cli, empty, write, ferry, "--format", "md")
    assert "> one\n> \\# two\n> \n> &lt;b&gt;three\n" in text


def test_a_case_of_many_claims_stays_small_and_asks_the_database_little(
    cli, empty, write, ferry, monkeypatch
):
    import sqlalchemy as sa

    ferry["claims"] += [
        {
            **ferry["claims"][1],
            "id": f"radio-n{number}",
            "value": f"about {number}",
            "quote": "so many",
        }
        for number in range(100, 220)
    ]
    add(cli, write, ferry)
    asked: list[str] = []

    def note(conn, cursor, statement, *rest):
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        page = cli("report", "ferry-2031").out
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert len(asked) < 60
    read = Reader(page)
    assert page.count('<article class="contradiction"') <= 100
    assert "none of them graver" in read.words
    assert len(page) < 1_000_000


def test_starting_the_command_line_loads_no_templates(program):
    result = program("report", "--help")
    assert result.code == 0
    import subprocess
    import sys

    code = (
        "import sys; from claimtrack.cli.commands import Commands\n"
        "made = list(Commands().values()); sys.exit(not made or 'jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_templates_lie_in_the_package():
    import claimtrack.report.page as package

    folder = Path(package.__file__).parent
    assert {"page.html.j2", "page.css", "page.js"} <= {path.name for path in folder.iterdir()}
