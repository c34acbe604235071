"""`trace`, `load-bearing`, `grade` and `grades` as a person meets them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

NASTY = [
    '"quoted" [sic] (x) {y}',
    "<script>alert(1)</script> & </text></svg>",
    "two\nlines\r\nand\ttabs",
    "وزارة الدفاع 12",
    "a\u202ebackwards\x1b[31m",
    "end]:::certain --> x; click n0 javascript:1 #quot; %% `b`",
]


@pytest.fixture
def nasty(cli, empty, write, ferry):
    """The ferry with names and titles of sources that try to be markup."""

    def load(name):
        ferry["sources"][0]["name"] = name
        ferry["sources"][2]["name"] = name
        ferry["groups"][0]["name"] = name
        assert cli("import", write("ferry.json", ferry)).code == 0

    return load


def test_the_tree_of_the_seed_article(cli, demo):
    shown = cli("trace", "overview-us-took-part").out
    assert shown.splitlines()[1:] == [
        "├─ The Conservative Treehouse, 2018-03-03 (overview-us-took-part)",
        "│  └─ without naming the generally accepted overview ● origin [3]",
        "├─ The Conservative Treehouse, 2018-03-03 (bloomberg-paraphrased-us-took-part)",
        "│  └─ paraphrases Bloomberg ● origin [1]",
        "└─ The Conservative Treehouse, 2018-03-03 (treehouse-us-took-part) ● origin [2]",
        "",
        "3 reports, 1–3 independent origins",
        "  [1] Bloomberg: counts: it has a name, and the chain ends there.",
        "  [2] The Conservative Treehouse: may count: it also passes on the word of the generally"
        " accepted",
        "    overview and Bloomberg, on which its own words may rest (the mode 'own' would say"
        " that it saw",
        "    for itself).",
        "  [3] the generally accepted overview: may count: it has no name, so it may be anybody,"
        " another",
        "    origin of this list too; the document does not say that it has it from there.",
    ]


def test_the_tree_is_plain_where_the_terminal_lacks_the_signs(program, demo):
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = program("trace", "overview-us-took-part", env=env).out
    assert shown.isascii()
    assert "|- The Conservative Treehouse" in shown
    assert "|  `- paraphrases Bloomberg * origin [1]" in shown


def test_json_has_the_ways_the_count_and_the_reasons(cli, demo):
    data = cli("trace", "two-russians-more-than-200-killed", "--json").json
    [way] = data["ways"]
    assert [stop["source"] for stop in way["stops"]] == ["treehouse", "bloomberg", "two-russians"]
    assert [stop["mode"] for stop in way["stops"]] == [None, "quotes", "paraphrases"]
    [origin] = data["count"]["origins"]
    assert (origin["source"], origin["standing"]) == ("two-russians", "possible")
    assert origin["because"] == ["unnamed"]
    assert (data["count"]["least"], data["count"]["most"]) == (1, 1)


@pytest.mark.parametrize("name", NASTY)
def test_an_svg_is_sound_whatever_the_names(cli, nasty, name):
    nasty(name)
    drawn = cli("trace", "gazette-dozens", "--format", "svg").out
    root = ET.fromstring(drawn)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "path", "g", "text"}
    assert root.attrib["role"] == "img"
    assert {root[0].attrib["id"], root[1].attrib["id"]} == set(
        root.attrib["aria-labelledby"].split()
    )
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert "\x1b" not in drawn and "\u202e" not in drawn
    if name.startswith("<script>"):
        assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize("name", NASTY)
def test_mermaid_takes_no_name_for_its_own_signs(cli, nasty, name):
    """Each line is one of the few forms that we write, and a label is letters and escapes."""
    nasty(name)
    label = r"(?:[\w .,:/()·–—’“”…\-]|#\d+;)*"
    node = rf'n\d+(?:\["{label}(?:<br/>{label})?"\]|\(\["{label}(?:<br/>{label})?"\]\))'
    forms = [
        r"flowchart LR",
        r'  acc(?:Title|Descr): [^#;{}%<>"\[\]\\]*',
        rf"  {node}(?::::(?:certain|possible|less))?",
        rf'  n\d+ -- "{label}" --> n\d+',
        r"  classDef \w+ stroke-[\w: ,-]+",
    ]
    for line in cli("trace", "gazette-dozens", "--format", "mermaid").out.splitlines():
        assert any(re.fullmatch(form, line) for form in forms), line


def test_a_label_in_mermaid_keeps_arabic_as_it_is(cli, nasty):
    nasty("وزارة الدفاع")
    assert "وزارة الدفاع" in cli("trace", "gazette-dozens", "--format", "mermaid").out


@pytest.mark.parametrize("name", NASTY)
def test_the_terminal_gets_no_acting_sign(cli, nasty, name):
    nasty(name)
    shown = cli("trace", "gazette-dozens", tty=True).out
    assert "\u202e" not in shown
    assert "\x1b[31m" not in shown


def test_a_picture_goes_to_a_file_beside_the_tree(cli, demo, folder):
    done = cli("trace", "overview-us-took-part", "--svg", "tree.svg")
    assert "origin [1]" in done.out
    assert "tree.svg" in done.err
    drawn = (folder / "tree.svg").read_text("utf-8")
    assert "prefers-color-scheme:dark" in drawn
    assert "3 reports, 1–3 independent origins" in drawn


def test_a_picture_that_cannot_be_written_is_an_error_with_a_remedy(cli, demo):
    done = cli("trace", "overview-us-took-part", "--svg", "absent/tree.svg")
    assert done.code == 1
    assert done.err.splitlines()[-1].startswith("hint: ")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("centcom-date", "--format", "png"),
        ("centcom-date", "--errors"),
        ("centcom-date", "--event", "khasham-2018"),
        ("--errors", "--svg", "x.svg"),
    ],
)
def test_words_that_do_not_fit_together(cli, demo, words):
    done = cli("trace", *words)
    assert done.code == 2
    assert "hint: " in done.err


def test_errors_of_the_record_are_listed_with_remedies(cli, empty, write, ferry):
    """The Radio has it from the Gazette, which is seen to have it from an official."""
    about = {"event": "ferry-2031", "metric": "killed", "group": "aboard", "value": "dozens"}
    relay = {**about, "id": "relay", "document": "radio-0304", "attributed_to": ["gazette"]}
    ferry["claims"].append(relay)
    assert cli("import", write("ferry.json", ferry)).code == 0
    [error] = cli("trace", "--errors", "--event", "ferry-2031", "--json").json
    assert (error["fault"], error["place"], error["link"]) == ("ends_early", "relay", 0)
    assert "gazette-dozens" in error["remedy"]
    shown = cli("trace", "relay").out
    assert "error of the record: relay attributed_to[0]" in shown
    listed = cli("trace", "--errors").out.splitlines()
    assert listed[0].split("\t") == ["fault", "place", "what", "remedy"]
    assert len(listed) == 2


def test_a_record_without_errors_says_so(cli, demo):
    done = cli("trace", "--errors", "--json")
    assert (done.json, done.err.startswith("hint: ")) == ([], True)


def test_load_bearing_lists_what_moves_and_counts_what_stays(cli, demo):
    done = cli("load-bearing", "khasham-2018")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert rows[0] == ["origin", "moves", "question", "with it", "without it"]
    assert [
        "some reports",
        "range",
        "killed, Russian contractors",
        "at most 200",
        "40 to 199",
    ] in rows
    assert not [row for row in rows if row[0] == "the generally accepted overview"]
    assert "without the generally accepted overview (3 reports): moves nothing;" in done.err
    data = cli("load-bearing", "khasham-2018", "--json").json
    [some] = [origin for origin in data if origin["origin"] == "some-reports"]
    [moved] = some["ranges"]
    assert (moved["before"]["lower"], moved["before"]["upper"]) == (None, 200)
    assert (moved["after"]["lower"], moved["after"]["upper"]) == (40, 199)


def test_load_bearing_of_an_unknown_event_names_the_nearest(cli, demo):
    done = cli("load-bearing", "khasham")
    assert (done.code, "did you mean 'khasham-2018'?" in done.err) == (1, True)


def test_a_grade_is_shown_with_assessor_and_day(cli, demo):
    given = cli("grade", "bloomberg", "--reliability", "B", "--why", "careful", "--who", "anna")
    assert given.code == 0, given
    [shown] = cli("grades", "bloomberg", "--json").json
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown.pop("at"))
    assert shown == {
        "kind": "source",
        "subject": "bloomberg",
        "grade": "B",
        "meaning": "usually reliable",
        "assessor": "anna",
        "why": "careful",
        "replaced": False,
        "lost_confirmation": None,
    }
    assert cli("grades", "centcom", "--json").json == []


def test_a_refused_confirmation_names_the_origins(cli, demo):
    done = cli("grade", "centcom-unprovoked", "--credibility", "1", "--why", "told twice")
    assert done.code == 1
    problem, hint = done.err.splitlines()
    assert "2 reports, 1 independent origin" in problem
    assert "U.S. Central Command" in hint
    assert json.loads(cli("grades", "--json").out) == []
