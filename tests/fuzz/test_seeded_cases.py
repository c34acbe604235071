"""A few thousand cases of the fuzzer, the same each time; docs/hostile-input.md tells of more."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.sqlite_only(reason="the fuzzer makes files of its own")

CASES = {"import": 300, "reading": 900, "phrases": 1500, "dates": 2500, "sentences": 300}


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("kind", CASES)
def test_nothing_breaks(fuzz, folder, kind, part):
    """Every case is read and sound, or refused in sentences; both kinds come."""
    numbers = range(part, CASES[kind], 2)
    counts, faults, _ = fuzz.run(kind, numbers, "ci", failures=folder / "failures")
    assert faults == []
    assert counts["cases"] == len(numbers)
    taken = counts["let in"] + counts["read"] + counts["read whole"]
    refused = sum(counts[what] for what in counts if what.startswith(("refused", "with")))
    assert taken > 10 and refused > 10, counts


@pytest.mark.parametrize("part", range(4))
def test_no_call_breaks(fuzz, folder, part):
    """Odd words for any argument of any command are answered; a question changes nothing."""
    counts, faults, _ = fuzz.run("filters", range(part, 80, 4), "ci", failures=folder / "failures")
    assert faults == []
    assert counts["cases"] == 20


@pytest.mark.parametrize("part", range(2))
def test_no_fitting_call_breaks(fuzz, folder, part):
    """Words that fit get further in than odd ones, and are answered more often than not."""
    counts, faults, _ = fuzz.run("calls", range(part, 240, 2), "ci", failures=folder / "failures")
    assert faults == []
    assert counts["cases"] == 120 and counts["answered"] > 60, counts


def test_every_command_is_asked(fuzz):
    """The commands and options come from the program, so that none is forgotten."""
    commands = fuzz.commands()
    assert {"import", "list-claims", "compare", "check", "export"} <= commands.keys()
    assert ("--search", False) in commands["list-claims"][1]
    assert commands["show"][0] == ["required"]


def test_a_planted_fault_is_found_cut_down_and_kept(fuzz, folder, monkeypatch):
    """A reader that fails on one word is caught; the case that is kept fails again."""
    from claimtrack.domain import breakdown, reading

    assert breakdown.read_value is reading.read_value
    whole = reading.read_value

    def failing(raw, **told):
        if "thousand" in str(raw):
            raise ZeroDivisionError
        return whole(raw, **told)

    monkeypatch.setattr(reading, "read_value", failing)
    _, faults, _ = fuzz.run("phrases", range(300), "ci", failures=folder / "failures")
    assert faults and all("ZeroDivisionError" in fault for fault in faults)
    kept = sorted((folder / "failures").iterdir())
    assert any("{'text': 'thousand'}" in file.read_text() for file in kept)
    assert "ZeroDivisionError" in fuzz.replay(kept[0])
    monkeypatch.setattr(reading, "read_value", whole)
    assert fuzz.replay(kept[0]) is None


def test_a_planted_change_of_a_refused_import_is_found(fuzz, folder, monkeypatch):
    """An import that is refused, and yet left something behind, would be seen."""
    import sqlite3

    from claimtrack.services import importing

    whole = importing.import_files

    def leaving(where, paths, **told):
        try:
            return whole(where, paths, **told)
        except Exception:
            with sqlite3.connect(where) as raw:
                raw.execute("INSERT INTO sources (slug, name, kind, anonymous, entry) "
                            "VALUES ('left', 'Left', 'other', 0, '{}')")  # fmt: skip
            raw.close()
            raise

    monkeypatch.setattr(importing, "import_files", leaving)
    monkeypatch.setattr(fuzz, "minimised", lambda checker, case, fault: case)
    _, faults, _ = fuzz.run("import", range(12), "ci", failures=folder / "failures")
    assert any("refused, and yet the database is another" in fault for fault in faults), faults


def test_a_hang_is_found(fuzz):
    """What does not end is stopped and told."""
    with pytest.raises(fuzz.Hung), fuzz.in_time(0.2):
        while True:
            pass
