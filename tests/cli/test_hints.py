"""Hints name commands that work where this call looked, and say what is so."""

from __future__ import annotations

import pytest


@pytest.fixture
def elsewhere(cli, demo, new_case, write):
    """A second case beside the one in the folder."""
    path = new_case("else where.db")
    source = {"claimtrack": 1, "sources": [{"id": "letter", "name": "A letter"}]}
    return path, cli("import", write("source.json", source), "--db", path)


def test_a_hint_keeps_to_the_database_that_was_named(elsewhere, cli):
    """What it would undo is in that one."""
    path, done = elsewhere
    [line] = [line for line in done.err.splitlines() if "takes it back" in line]
    assert f"`claimtrack undo 1 --db '{path}'`" in line
    hint = cli("explain", "nothing", "--db", path).err
    assert f"`claimtrack list-claims --db '{path}'` shows the ids" in hint


def test_a_hint_for_the_usual_database_is_short(cli, demo):
    """Nothing was named, and nothing is said of another call's database."""
    assert "--db" not in cli("explain", "no-such-thing").err
    assert "--db" not in cli("compare", "killed").err


def test_a_hint_keeps_to_the_day(cli, demo):
    """Where the command that it names knows days."""
    told = cli("compare", "killed", "--as-of", "2018-03-03").err
    assert told.endswith("two-russians-more-than-200-killed --as-of 2018-03-03\n")
    assert "--as-of" not in cli("compare", "killed").err


def test_a_password_is_in_no_hint():
    """The rest of the address is."""
    from claimtrack.cli import hints

    remember = hints.remembered("--db")
    remember("postgresql+psycopg://me:secret@host/case")
    try:
        told = hints.repeated("next: claimtrack status")
    finally:
        remember(None)
    assert "secret" not in told
    assert told.startswith("next: claimtrack status --db 'postgresql+psycopg://me:")
    assert hints.repeated("next: claimtrack status") == "next: claimtrack status"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("list-claims", "--offset", "100"), "there are no more than 37"),
        (("list-claims", "--limit", "0"), "37 more"),
        (("list-claims", "--search", "zzz"), "no claim passes"),
        (("list-events", "--limit", "0"), "1 more"),
        (("list-events", "--offset", "5"), "there are no more than 1"),
        (("search", "russian", "--offset", "500"), "there are no more than"),
        (("search", "zzz"), "nothing holds this text"),
        (("contradictions", "--limit", "0"), "there are more: --offset 0,"),
        (("contradictions", "--limit", "1"), "there are more: --offset 1,"),
        (("contradictions", "--status", "dismissed"), "no contradiction passes"),
        (("explain", "bloomberg"), "'bloomberg' is a source: `claimtrack show bloomberg`"),
        (("review", "bloomberg", "--kind", "contradiction", "--status", "confirmed", "--why", "x"),
         "'bloomberg' is a source"),
        (("explain", "bloombergs"), "did you mean 'bloomberg"),
    ],
)  # fmt: skip
def test_a_hint_says_what_is_so(cli, demo, call, told):
    """An empty page is no empty database, and an id of another kind is known."""
    assert told in cli(*call).err


def test_exit_code_hangs_on_what_there_is_not_on_what_is_shown(cli, demo):
    """Nobody who asks for a sign gets none because no row was asked for."""
    assert cli("contradictions", "--limit", "0", "--exit-code").code == 3
    assert cli("contradictions", "--status", "dismissed", "--exit-code").code == 0


@pytest.mark.sqlite_only(reason="about the modes of files")
def test_copies_of_a_private_case_are_private(cli, demo, folder):
    """Whoever could not read the case cannot read its backup, nor its export written anew."""
    demo.chmod(0o600)
    assert cli("backup", "copy.db").code == 0
    shared = folder / "case.json"
    for mode in (0o600, 0o640):
        shared.touch()
        shared.chmod(mode)
        assert cli("export", "-o", shared).code == 0
        assert shared.stat().st_mode & 0o777 == mode
    assert (folder / "copy.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.sqlite_only(reason="any database will do")
@pytest.mark.parametrize("name", ["case.jsonl", "case.NDJSON", "case.json"])
def test_what_is_exported_is_imported_by_its_name(cli, demo, new_case, name):
    """Both read the format from the end of the name alike."""
    assert cli("export", "-o", name).code == 0
    assert cli("import", name, "--db", new_case("fresh.db")).code == 0


@pytest.mark.sqlite_only(reason="any database will do")
def test_a_dash_is_standard_output(cli, demo, folder):
    """As it is standard input of `import`."""
    assert cli("export", "-o", "-").out == cli("export").out
    assert not (folder / "-").exists()


@pytest.mark.parametrize(
    "call",
    [
        ("search", "dead", "--limit", "9" * 20),
        ("search", "dead", "--offset", "9" * 20),
        ("list-claims", "--limit", "9" * 20),
    ],
)
def test_numbers_beyond_all_rows_are_fine(cli, demo, call):
    """There are never so many."""
    assert cli(*call).code == 0


def test_a_number_of_thousands_of_digits_is_refused(cli, demo):
    """In a sentence, as any other that is too large."""
    about = ("--event", "khasham-2018", "--metric", "killed", "--document", "treehouse")
    done = cli("add", "9" * 5_000, *about)
    assert done.code == 1
    assert "fault of its own" not in done.err


def test_a_name_of_blanks_signs_nothing(cli, demo, monkeypatch):
    """The account is the name then."""
    monkeypatch.setenv("CLAIMTRACK_USER", "   ")
    monkeypatch.setenv("LOGNAME", "ann\udcff")
    assert cli("grade", "bloomberg", "--reliability", "B", "--why", "known").code == 0
    assert "ann\\\\udcff" in cli("grades", "--json").out
