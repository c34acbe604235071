"""Problems of a file: the first are kept, the others counted, and what follows from one is one."""

from claimtrack.ingest import places
from claimtrack.ingest.places import LISTED, Problem, Problems


def _wrong(line, *, entry=None, missing=None):
    return Problem("f", line, "", f"wrong {line}", entry=entry, missing=missing)


def test_no_more_is_kept_than_is_shown():
    """However many there are, the first are kept in their order and the last says how many more."""
    problems = Problems()
    problems.extend(_wrong(line, entry=f"e{line}") for line in range(10 * LISTED))
    assert [problem.line for problem in problems.kept] == list(range(LISTED))
    assert (problems.count, problems.unlisted) == (10 * LISTED, 9 * LISTED)
    assert problems.listed()[-1].message == "and 1,800 more"


def test_ids_of_wrong_entries_are_not_kept_without_end(monkeypatch):
    """Beyond the bound, what follows from a wrong entry is told as well."""
    monkeypatch.setattr(places, "REMEMBERED", 2)
    problems = Problems()
    problems.extend(_wrong(line, entry=f"e{line}") for line in range(5))
    assert problems.wrong == {"e0", "e1"}
    problems.extend([_wrong(5, missing="e1"), _wrong(6, missing="e4")])
    assert [problem.line for problem in problems.kept] == [0, 1, 2, 3, 4, 6]


def test_an_entry_that_names_its_own_id_in_vain_is_told():
    """Near miss: only another wrong entry explains why a name is missing."""
    problems = Problems()
    problems.add(_wrong(1, entry="x", missing="x"))
    problems.add(_wrong(2, entry="y", missing="x"))
    assert [problem.line for problem in problems.kept] == [1]


def test_lists_told_together_keep_their_order_and_their_number():
    """Those that are told later know what was wrong before, and are counted behind it."""
    first = Problems(limit=3)
    later = Problems(limit=3, wrong=first.wrong)
    later.extend(_wrong(line) for line in range(10, 14))
    first.extend([_wrong(1, entry="x"), _wrong(2)])
    later.add(_wrong(14, missing="x"))
    told = Problems(limit=3)
    told.join(first)
    told.join(later)
    assert [problem.line for problem in told.kept] == [1, 2, 10]
    assert told.count == 6
