"""One claim, typed: it comes in by the way of a file, and goes out by undo."""

from __future__ import annotations

CLAIM = ("--event", "khasham-2018", "--metric", "killed", "--group", "contract-soldiers")
NEW = ("--document", "letter-0301", "--source", "bloomberg", "--published", "2018-03-01")


def test_a_claim_with_its_document(cli, demo):
    """The words are read as an import reads them, and what follows is concluded."""
    before = len(cli("contradictions", "--json").json)
    done = cli("add", "about 90", *CLAIM, *NEW, "--quote", "about 90 were dead", "--id", "typed")
    assert done.code == 0
    assert "added: 1 claim, 1 document" in done.err
    (claim,) = (
        claim
        for claim in cli("list-claims", "--json").json
        for assertion in claim["assertions"]
        if assertion["id"] == "typed"
    )
    assert (claim["value"]["lower"], claim["value"]["upper"]) == (72, 108)
    assert claim["assertions"][0]["quote"] == "about 90 were dead"
    assert len(cli("contradictions", "--json").json) > before
    assert "hint: claimtrack contradictions --event khasham-2018" in done.err
    assert cli("verify").code == 0


def test_a_claim_on_somebody_elses_word(cli, demo):
    """The chain runs outwards, and the mode is that of its last step."""
    named = ("--attributed-to", "us-official", "--mode", "quotes", "--id", "typed")
    assert cli("add", "90", *CLAIM, *NEW, *named).code == 0
    found = cli("show", "typed", "--json").json
    assert "us-official" in str(found)
    assert "quotes" in str(found)


def test_the_same_twice_changes_nothing(cli, demo):
    assert cli("add", "90", *CLAIM, *NEW).code == 0
    done = cli("add", "90", *CLAIM, "--document", "letter-0301")
    assert (done.code, done.err) == (0, "nothing changed: all 1 entries are there already\n")


def test_a_dry_run_adds_nothing(cli, demo):
    before = cli("list-claims", "--json").json
    done = cli("add", "about 90", *CLAIM, *NEW, "--dry-run")
    assert "dry run: nothing was changed" in done.err
    assert cli("list-claims", "--json").json == before


def test_it_can_be_undone(cli, demo):
    before = cli("export").out
    assert cli("add", "about 90", *CLAIM, *NEW).code == 0
    assert cli("undo", "2", "--yes").code == 0
    assert cli("export").out == before


def test_a_denial_a_truth_and_a_number(cli, demo):
    """Digits are a number and `true` a truth value, as they are in a file."""
    assert cli("add", "20 or more", "--denied", *CLAIM, *NEW, "--id", "denies").code == 0
    taking_part = ("--event", "khasham-2018", "--metric", "participation")
    group = ("--group", "contract-soldiers", "--document", "letter-0301")
    assert cli("add", "true", *taking_part, *group, "--id", "took-part").code == 0
    assert cli("show", "denies", "--json").code == 0
    shown = cli("list-claims", "--metric", "participation", "--json").json
    assert any(a["id"] == "took-part" for claim in shown for a in claim["assertions"])


def test_all_errors_at_once(cli, demo):
    """Every option that is wrong is named with a remedy, and nothing is changed."""
    done = cli(
        "add",
        *("27ish men", "--event", "khasham", "--metric", "killed", "--as-of-day", "7.2.2018"),
        *("--group", "contract-soldiers", "--document", "letter-0301"),
    )
    assert done.code == 1
    assert "did you mean 'khasham-2018'?" in done.err
    assert "what you typed: as_of: '7.2.2018' is no date" in done.err
    assert "what you typed: document: unknown document 'letter-0301'" in done.err
    assert "a new document needs its --source" in done.err
    assert ":1:" not in done.err


def test_options_that_need_a_partner(cli, demo):
    old = ("--document", "treehouse-2018-02-19")
    assert cli("add", "9", *CLAIM, *old, "--title", "A letter").code == 2
    assert cli("add", "9", *CLAIM, *old, "--mode", "quotes").code == 2
