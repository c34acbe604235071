"""Feed claimtrack what it ought not to be fed, and see that it answers in sentences.

Each case is drawn from the seed and its number, so that any one can be made again:

    python scripts/fuzz.py                                  # 2,000 cases of each kind
    python scripts/fuzz.py --only import --cases 100000 --processes 2
    python scripts/fuzz.py --replay FILE                    # a failing case that was kept

What has to hold is told in docs/hostile-input.md.
"""

from __future__ import annotations

import argparse
import functools
import inspect
import io
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import fitting_calls
import hostile_documents
import hostile_words

SLOWEST = 10
"""Seconds of work that a case may take; a hang and a pattern that runs away take longer."""

MEMORY = 3 * 2**30
"""Bytes of address space a process may use."""

LONGEST_PROBLEM = 1_000
"""Signs of a sentence for people: nobody reads more, and nobody's screen holds it."""

_ACTING = set("\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


class Broken(Exception):
    """A case in which something that has to hold does not."""


class Hung(BaseException):
    """A case that took too long; no handler of the program may swallow it."""


@contextmanager
def in_time(seconds: float = SLOWEST) -> Iterator[None]:
    """Raise Hung in what takes longer: so many seconds of work, or 30 times as many in all."""

    def stop(*_: object) -> None:
        raise Hung(f"not done within {seconds:g} seconds of work")

    clocks = ((signal.ITIMER_PROF, signal.SIGPROF, seconds),
              (signal.ITIMER_REAL, signal.SIGALRM, 30 * seconds))  # fmt: skip
    before = [signal.signal(sign, stop) for _, sign, _ in clocks]
    for clock, _, limit in clocks:
        signal.setitimer(clock, limit)
    try:
        yield
    finally:
        for (clock, sign, _), handler in zip(clocks, before, strict=True):
            signal.setitimer(clock, 0)
            signal.signal(sign, handler)


def need(condition: object, what: str) -> None:
    """Say what does not hold."""
    if not condition:
        raise Broken(what)


def acting(text: str) -> set[str]:
    """List the signs of a text that would act on a terminal; line ends and tabs may."""
    return {
        f"U+{ord(sign):04X}"
        for sign in text
        if sign in _ACTING or (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t")
    }


# Import


class Imports:
    """Import cases, each into a case of its own: empty, or with the seed article in it."""

    def __init__(self, folder: Path) -> None:
        """Make the two cases of which every one is a copy."""
        from claimtrack.services.starting import demo
        from claimtrack.store import engine
        from claimtrack.store.migrate import create

        # An engine of its own for each call would compile every statement anew.
        engine.make_engine = functools.cache(inspect.unwrap(engine.make_engine))
        self.folder = folder
        self.templates: dict[str, bytes] = {}
        for name, make in (("empty", create), ("demo", demo)):
            file = folder / f"{name}-template.db"
            make(str(file))
            self.templates[name] = file.read_bytes()
        self.case = folder / "case.db"
        self.stands: str | None = None
        self.counts: Counter[str] = Counter()
        self._verified = 0

    def draw(self, choose: random.Random) -> dict[str, Any]:
        """Draw a case: bytes, how they are named, where they go, and how."""
        valid = None
        if choose.random() < 0.005:
            import json

            from claimtrack.services.starting import seed_file

            valid = hostile_documents.as_pairs(json.loads(seed_file().read_text("utf-8")))
        data, lines = hostile_documents.document(choose, valid)
        return {
            "data": data,
            "name": "case.jsonl" if lines else "case.json",
            "into": "demo" if choose.random() < 0.01 else "empty",
            "update": choose.random() < 0.2,
            "twice": choose.random() < 0.15,
            "deep": choose.random(),
        }

    def check(self, case: dict[str, Any]) -> None:
        """Import a case; see that it is let in and sound, or refused and nothing changed."""
        from claimtrack.errors import ClaimtrackError, ImportRefused

        if self.stands != case["into"]:
            self._put(case["into"])
        file = self.folder / case["name"]
        file.write_bytes(case["data"])
        with in_time():
            problems = self._problems(file)
        if problems and case["deep"] > 0.05:
            # The import would say the same; one of twenty is tried all the same.
            self.counts["refused as it was read"] += 1
            self._told_well(problems, file)
            return
        before = self.case.read_bytes()
        try:
            with in_time():
                report = self._import(file, update=case["update"])
        except ImportRefused as refused:
            self.counts["refused as it was imported"] += 1
            self._refused(refused, file, before)
            return
        except ClaimtrackError as error:
            raise Broken(f"refused, but not as an import is: {error.problem}") from error
        self.counts["let in" if report.changed_anything else "let in, nothing new"] += 1
        self.stands = None
        with in_time(60):
            self._let_in(case, file)

    def _put(self, name: str) -> None:
        for left in self.folder.glob("case.db*"):
            left.unlink()
        self.case.write_bytes(self.templates[name])
        self.stands = name

    def _import(self, file: Path, *, update: bool = False) -> Any:
        from claimtrack.domain.lexicon import default_lexicon
        from claimtrack.services.importing import import_files

        return import_files(str(self.case), [str(file)], lexicon=default_lexicon(), update=update)

    def _refused(self, refused: Any, file: Path, before: bytes) -> None:
        need(refused.problems, "refused without a problem")
        need(refused.hint, "refused without a remedy")
        self._told_well(refused.problems, file)
        if self.case.read_bytes() != before:
            changed = list(_rows(self.case)) != list(_rows_of(before, self.folder))
            self.stands = None
            need(not changed, "refused, and yet the database is another")

    @staticmethod
    def _problems(file: Path) -> list[Any]:
        from claimtrack.ingest.reader import Problem, read

        return [found for found in read(str(file)) if isinstance(found, Problem)]

    @staticmethod
    def _told_well(problems: Any, file: Path) -> None:
        for problem in problems:
            told = str(problem)
            need(told.startswith(str(file)), f"a problem without its place: {told[:200]}")
            need(problem.message, f"a problem that says nothing: {told[:200]}")
            need(problem.hint, f"a problem without a remedy: {told[:200]}")
            need(
                max(len(told), len(problem.hint)) <= LONGEST_PROBLEM + len(str(file)),
                f"a sentence of {len(told) + len(problem.hint):,} signs: {told[:200]}",
            )

    def _let_in(self, case: dict[str, Any], file: Path) -> None:
        deep = case["deep"]
        if deep < 0.05:
            self.counts["verified"] += 1
            self._verify("after the import")
        if case["twice"] and deep < 0.4:
            again = self._import(file, update=case["update"])
            need(not again.changed_anything, "the same file changes something the second time")
        if 0.05 < deep < 0.08:
            self.counts["taken back"] += 1
            self._take_back(case["into"])
        elif 0.08 < deep < 0.1:
            self.counts["exported and imported again"] += 1
            self._export(case)
        elif 0.1 < deep < 0.102:
            self.counts["looked at by every command"] += 1
            self._look()

    def _verify(self, when: str) -> None:
        from claimtrack.services.verifying import verify

        for check in verify(str(self.case)).checks:
            need(check.passed, f"{when}: {check.name}: {'; '.join(check.faults)[:500]}")

    def _digest(self) -> str:
        from claimtrack.store.content import content_digest
        from claimtrack.store.engine import reading

        with reading(str(self.case)) as connection:
            return content_digest(connection)

    def _take_back(self, into: str) -> None:
        from claimtrack.domain.lexicon import default_lexicon
        from claimtrack.errors import UnknownId
        from claimtrack.services import undoing

        with closing(sqlite3.connect(self.case)) as raw:
            (batches,) = raw.execute("SELECT count(*) FROM batches").fetchone()
        if batches == (1 if into == "demo" else 0):
            return
        with suppress(UnknownId):
            batch = undoing.find_batch(str(self.case), None)
            undoing.undo(str(self.case), batch, default_lexicon())
        after = self._digest()
        self._verify("after it was taken back")
        self._put(into)
        need(after == self._digest(), "an import that was taken back leaves something behind")

    def _export(self, case: dict[str, Any]) -> None:
        from claimtrack.services.exporting import export

        pieces: list[str] = []
        lines = case["name"].endswith("l")
        export(str(self.case), pieces.append, lines=lines)
        out = self.folder / ("export.jsonl" if lines else "export.json")
        out.write_text("".join(pieces), encoding="utf-8", newline="\n")
        before = self._digest()
        self._put("empty")
        self._import(out, update=True)
        after = self._digest()
        self.stands = None
        need(before == after, "an export and its import give another content")

    def _look(self) -> None:
        for args in looks(self.case):
            called(*args)


def _said(found: Any) -> Any:
    """Give what an entry says, in whichever way it says it; a problem as it is."""
    return {"type": found.type, **found.entry} if hasattr(found, "type") else str(found)


class Reading(Imports):
    """The same cases, only read: what is good in them has to come back from JSON Lines."""

    def __init__(self, folder: Path) -> None:
        """Need no database."""
        self.folder = folder
        self.counts = Counter()

    def check(self, case: dict[str, Any]) -> None:
        """Read a case, and what was good of it once more."""
        from claimtrack.domain.identity import canonical
        from claimtrack.ingest.reader import Problem, read

        file, again = self.folder / case["name"], self.folder / "again.jsonl"
        file.write_bytes(case["data"])
        with in_time():
            found = list(read(str(file)))
        problems = [each for each in found if isinstance(each, Problem)]
        self._told_well(problems[:300], file)
        kept = [each for each in found if not isinstance(each, Problem)]
        lines = [canonical(_said(each)) for each in kept]
        again.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        need(
            [_said(each) for each in read(str(again))] == [_said(each) for each in kept],
            "good entries read otherwise when they are written and read again",
        )
        self.counts["read whole" if not problems else "with problems"] += 1
        self.counts["entries read"] += len(kept)


def _rows(file: Path) -> Iterator[str]:
    with closing(sqlite3.connect(file)) as raw:
        yield from raw.iterdump()


def _rows_of(data: bytes, folder: Path) -> Iterator[str]:
    file = folder / "before.db"
    file.write_bytes(data)
    yield from _rows(file)


# Commands


class _Screen(io.TextIOWrapper):
    """A stream in memory that says it is a terminal, or not."""

    def __init__(self, *, tty: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="strict", newline="\n")
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def text(self) -> str:
        self.flush()
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode("utf-8")


def called(*args: str, tty: bool = True, codes: tuple[int, ...] = (0, 1, 2, 3)) -> tuple[str, str]:
    """Call the command line; see that it ends well and sends nothing that acts."""
    from claimtrack.cli.main import run

    out, err = _Screen(tty=tty), _Screen(tty=False)
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr
    sys.argv = ["claimtrack", *args]
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), out, err
    code: object = 0
    try:
        run()
    except SystemExit as end:
        code = 0 if end.code is None else end.code
    except Exception as fault:
        raise Broken(f"{shown(args)}: a traceback: {fault!r}") from fault
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept
    shown_out, shown_err = out.text(), err.text()
    need("fault of its own" not in shown_err, f"{shown(args)}: {shown_err[-500:]}")
    need(code in codes, f"{shown(args)}: exit code {code}: {shown_err[-300:]}")
    need(code == 0 or shown_err.strip() or code == 3, f"{shown(args)}: fails without a word")
    colours = _without_colours(shown_out) if tty else ""
    for what, text in (("stdout", colours), ("stderr", shown_err)):
        need(not acting(text), f"{shown(args)}: {what} holds {acting(text)}")
    need(len(shown_err) < 20_000, f"{shown(args)}: {len(shown_err):,} signs on stderr")
    return shown_out, shown_err


def shown(args: tuple[str, ...]) -> str:
    """Write a call in ASCII and not too long."""
    return " ".join(ascii(arg)[:120] for arg in args)


def _without_colours(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def looks(case: Path) -> Iterator[tuple[str, ...]]:
    """List calls of the looking commands that name what is in a case."""
    with closing(sqlite3.connect(case)) as raw:
        names = {
            table: [slug for (slug,) in raw.execute(f"SELECT slug FROM {table} LIMIT 2")]  # noqa: S608
            for table in ("events", "sources", "documents", "assertions", "contradictions")
        }
        metrics = [
            slug
            for (slug,) in raw.execute(
                "SELECT DISTINCT slug FROM metrics JOIN questions ON metric_id = metrics.id LIMIT 2"
            )
        ]
    db = ("--db", str(case))
    plain = ("list-claims", "list-events", "list-sources", "list-documents", "contradictions")
    for command in (*plain, "status", "findings", "track-record", "suspects", "history", "grades"):
        yield (command, *db)
    for format_ in ("tsv", "csv", "json", "jsonl", "md"):
        yield ("list-claims", *db, "--format", format_)
    for metric in metrics:
        yield ("compare", metric, *db)
        yield ("estimate", metric, *db)
    for event in names["events"]:
        yield ("timeline", event, *db)
        yield ("versions", event, *db)
        yield ("report", event, *db, "--format", "md")
        yield ("load-bearing", event, *db)
    for assertion in names["assertions"]:
        yield ("show", assertion, *db)
        yield ("trace", assertion, *db)
        yield ("explain", assertion, *db)
    for slug in (*names["sources"], *names["documents"], *names["contradictions"]):
        yield ("show", slug, *db)


# Words


class Words:
    """Read phrases, dates and sentences; see that what is read holds together."""

    def __init__(self, kind: str) -> None:
        """Read words of a kind: phrases, dates or sentences."""
        self.kind = kind
        self.counts: Counter[str] = Counter()

    def draw(self, choose: random.Random) -> dict[str, Any]:
        """Draw words: mostly short, now and then up to 100,000 signs."""
        make = {
            "phrases": hostile_words.phrase,
            "dates": hostile_words.date,
            "sentences": hostile_words.sentence,
        }[self.kind]
        if choose.random() < 0.01:
            length = int(10 ** choose.uniform(2, 4 if self.kind == "sentences" else 5))
            return {"text": hostile_words.long_text(choose, length)}
        if choose.random() < 0.1:
            return {"text": make(choose, 60) + hostile_words.odd_text(choose)}
        return {"text": make(choose)}

    def check(self, case: dict[str, Any]) -> None:
        """Read one text in every way its kind allows."""
        read: dict[str, Callable[[str], bool]] = {
            "phrases": check_phrase,
            "dates": check_date,
            "sentences": check_sentence,
        }
        with in_time():
            self.counts["read" if read[self.kind](case["text"]) else "refused"] += 1


def _short(error: Any) -> None:
    need(error.hint, f"no remedy: {error.problem[:200]}")
    need(len(error.problem) <= LONGEST_PROBLEM, f"{len(error.problem):,} signs of a sentence")


def check_phrase(text: str) -> bool:
    """Read a text as every kind of value; tell whether any could be made of it."""
    from claimtrack.domain.breakdown import read_breakdown
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.domain.reading import read_value
    from claimtrack.domain.value import INT64_MAX, Kind
    from claimtrack.errors import UnreadableValue

    lexicon, any_read = default_lexicon(), False
    read_breakdown(text, lexicon)
    for kind in Kind:
        try:
            value = read_value(text, kind=kind, unit=None, lexicon=lexicon)
        except UnreadableValue as error:
            _short(error)
            continue
        any_read = any_read or kind is not Kind.CATEGORY
        ends = [end for end in (value.lower, value.upper) if end is not None]
        need(value.text == text, "other words than those read")
        need(all(abs(end) <= INT64_MAX for end in ends), f"beyond 64 bits: {ends}")
        if kind is not Kind.COUNT:
            continue
        need(all(end >= 0 for end in ends), f"a count below 0: {ends}")
        need(
            read_value(f"  {text}\n", kind=kind, unit=None, lexicon=lexicon).lower == value.lower,
            "blanks around change what is read",
        )
        _reads_back(value, lexicon)
    return any_read


def _reads_back(value: Any, lexicon: Any) -> None:
    """Write the bounds in words; they read back to the same bounds."""
    from claimtrack.domain.reading import read_value
    from claimtrack.domain.value import Kind

    if value.lower is None and value.upper is None:
        return
    bounds = {"min": value.lower, "max": value.upper}
    given = read_value(bounds, kind=Kind.COUNT, unit=None, lexicon=lexicon)
    again = read_value(given.text, kind=Kind.COUNT, unit=None, lexicon=lexicon)
    need(
        (again.lower, again.upper) == (value.lower, value.upper),
        f"'{given.text}' reads back as {again.lower} to {again.upper}",
    )


def check_date(text: str) -> bool:
    """Read a text as a date; tell whether it is one."""
    from claimtrack.domain.dates import day_to_iso, iso_to_day, read_date, read_edtf
    from claimtrack.errors import UnreadableValue

    with suppress(UnreadableValue):
        read_edtf(text)
    try:
        lower, upper = read_date(text)
    except UnreadableValue as error:
        _short(error)
        return False
    need(lower is None or upper is None or lower <= upper, f"upside down: {lower} to {upper}")
    written = ["" if end is None else day_to_iso(end) for end in (lower, upper)]
    for end, iso in zip((lower, upper), written, strict=True):
        need(end is None or iso_to_day(iso) == end, f"{end} is written {iso}")
    if any(written) and not any("Y" in iso for iso in written):
        again = read_edtf("/".join(iso or ".." for iso in written))
        need(again == (lower, upper), f"{'/'.join(written)} reads back as {again}")
    return True


def check_sentence(text: str) -> bool:
    """Find the counts of a text, and whom they count; tell whether there are any."""
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.domain.naming import read_statements
    from claimtrack.domain.sentences import find_counts
    from claimtrack.errors import UnclearRange, UnreadableValue

    lexicon, end = default_lexicon(), 0
    try:
        found = find_counts(text, lexicon)
    except UnclearRange:
        return False
    for begin, until, value in found:
        need(end <= begin < until <= len(text), f"counts out of order: {begin} to {until}")
        need(value.text == text[begin:until], "a count with other words than those in its place")
        end = until
    try:
        read_statements(
            text,
            lexicon,
            metrics={"killed": "killed", "wounded": "Wounded"},
            groups={"ru": "Russians", "odd": text[:50] or "x", "men": "soldiers (men)"},
        )
    except UnreadableValue as error:
        _short(error)
    return bool(found)


# Filters


class Filters:
    """Call every command with hostile arguments; nothing may change but what is asked for."""

    HARMLESS = frozenset(
        ("--db", "--help", "--version", "--install-completion", "--show-completion")
    )

    def __init__(self, folder: Path) -> None:
        """Make the case that is asked."""
        from claimtrack.services.starting import demo

        self.folder = folder / "a" / "b"
        self.folder.mkdir(parents=True)
        self.case = folder / "asked.db"
        demo(str(self.case))
        os.chdir(self.folder)
        self.before = list(_rows(self.case))
        self.counts: Counter[str] = Counter()
        self.commands = commands()

    def draw(self, choose: random.Random) -> dict[str, Any]:
        """Draw a call: a command, with odd words for some arguments and options."""
        name = choose.choice(sorted(self.commands))
        args, options = self.commands[name]
        call = [name]
        for option, flag in choose.sample(options, min(len(options), choose.randint(0, 3))):
            call += [option] if flag else [option, self._inside(self._word(choose))]
        for argument in args:
            if argument == "required" or choose.random() < 0.6:
                call.append(self._inside(self._word(choose)))
        return {"call": [word.replace("\0", "\udc00") for word in call]}

    @staticmethod
    def _word(choose: random.Random) -> str:
        known = ("khasham-2018", "killed", "us-military", "casualties", "2018", "10", "-1", "0",
                 "json", "md", "table", "9" * 30, "1e5", "nan", "A", "B2", "confirmed")  # fmt: skip
        drawn = choose.random()
        if drawn < 0.35:
            return choose.choice(known)
        if drawn < 0.5:
            return choose.choice((hostile_words.phrase, hostile_words.date))(choose, 3)
        return hostile_words.odd_text(choose)[:100_000]

    def _inside(self, word: str) -> str:
        """Keep what may be the name of a file within the folder: files are written too."""
        return f".{word}" if word.startswith("/") else word

    def check(self, case: dict[str, Any]) -> None:
        """Make one call, on a terminal and not, and compare the case with what it was."""
        # As the system hands over what is no UTF-8: as half surrogates; NUL it cannot.
        call = [word.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
                for word in case["call"]]  # fmt: skip
        with in_time(30):
            called(*call, "--db", str(self.case), tty="\x1b" in "".join(call) or len(call) % 2 == 0)
        self.counts[call[0]] += 1
        for stray in self.folder.iterdir():
            with suppress(OSError):
                shutil.rmtree(stray) if stray.is_dir() else stray.unlink()
        need(self.case.exists(), "the database is gone")
        if call[0] in WRITING:
            self._restore()
        else:
            need(list(_rows(self.case)) == self.before, "a question changed the database")

    def _restore(self) -> None:
        with closing(sqlite3.connect(self.case)) as raw:
            raw.execute("PRAGMA integrity_check")
        rows = list(_rows(self.case))
        if rows != self.before:
            self.case.unlink()
            from claimtrack.services.starting import demo

            demo(str(self.case))
            self.before = list(_rows(self.case))


class Calls:
    """Call commands with words that fit, on small cases: most do something, and none breaks."""

    def __init__(self, folder: Path) -> None:
        """Make the empty case that every case begins with."""
        from claimtrack.store import engine
        from claimtrack.store.migrate import create

        # An engine of its own for each call would compile every statement anew.
        engine.make_engine = functools.cache(inspect.unwrap(engine.make_engine))
        self.folder = folder / "calls"
        self.folder.mkdir()
        os.chdir(self.folder)
        self.case = folder / "called.db"
        create(str(self.case))
        self.empty = self.case.read_bytes()
        self.stands: str | None = None
        self.counts: Counter[str] = Counter()
        self.commands = commands()

    def draw(self, choose: random.Random) -> dict[str, Any]:
        """Draw a call and the seed of the case that it is made on."""
        seed = f"{choose.randrange(1_000)}"
        there = hostile_documents.ids_in(hostile_documents.small_case(random.Random(seed)))
        return {"case": seed, "call": fitting_calls.call(choose, self.commands, there)}

    def check(self, case: dict[str, Any]) -> None:
        """Make one call, on a terminal or not; it has to end with an answer or a sentence."""
        if self.stands != case["case"]:
            self._make(case["case"])
        call = case["call"]
        with in_time(30):
            out, _ = called(*call, "--db", str(self.case), tty=len(call) % 2 == 0)
        self.counts["answered" if out else "refused"] += 1
        for stray in self.folder.iterdir():
            stray.unlink()
        if call[0] in WRITING:
            self.stands = None

    def _make(self, seed: str) -> None:
        """Make a case of a valid document, or of two of which the second changes the first."""
        from claimtrack.domain.lexicon import default_lexicon
        from claimtrack.errors import ClaimtrackError
        from claimtrack.services.importing import import_files

        # The first document is the one by whose ids the calls are drawn.
        choose = random.Random(seed)
        for left in self.case.parent.glob("called.db*"):
            left.unlink()
        self.case.write_bytes(self.empty)
        file = self.folder / "case.json"
        for _ in range(2):
            file.write_text(hostile_documents.written(hostile_documents.small_case(choose)))
            with suppress(ClaimtrackError):
                import_files(str(self.case), [str(file)], lexicon=default_lexicon(), update=True)
        file.unlink()
        self.stands = seed


WRITING = {"import", "undo", "review", "resolve", "grade", "demo", "init", "upgrade", "add"}
"""Commands that are there to change a case."""


def commands() -> dict[str, tuple[list[str], list[tuple[str, bool]]]]:
    """List every command of the program, with its arguments and options, from itself."""
    from typer.main import get_command

    from claimtrack.cli.main import app

    found = {}
    group: Any = get_command(app)
    for name, command in group.commands.items():
        args, options = [], []
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                args.append("required" if parameter.required else "optional")
            elif parameter.opts[0] not in Filters.HARMLESS:
                options.append((parameter.opts[0], bool(parameter.is_flag)))
        found[name] = (args, options)
    return found


# Running


KINDS = ("import", "reading", "phrases", "dates", "sentences", "filters", "calls")


def maker(kind: str, folder: Path) -> Any:
    """Make what draws and checks cases of a kind."""
    if kind in ("import", "reading"):
        return Imports(folder) if kind == "import" else Reading(folder)
    if kind in ("filters", "calls"):
        return Filters(folder) if kind == "filters" else Calls(folder)
    return Words(kind)


def fault_in(checker: Any, case: dict[str, Any]) -> str | None:
    """Run one case; tell what is wrong, the kind of it first, or None."""
    try:
        checker.check(case)
    except Broken as broken:
        return f"Broken: {broken}"
    except Hung as hung:
        checker.stands = None
        return f"Hung: {hung}"
    except Exception as fault:
        checker.stands = None
        return f"{type(fault).__name__}: {fault}\n{traceback.format_exc()[-2500:]}"
    return None


def smaller(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give cases with a piece left out, the largest pieces first."""
    key = next(key for key in ("data", "text", "call") if key in case)
    whole = case[key]
    if key == "data":
        for text in _fewer_entries(whole):
            yield {**case, "data": text}
    size = len(whole) // 2
    while size:
        for at in range(0, len(whole), size):
            yield {**case, key: whole[:at] + whole[at + size :]}
        size //= 2


def _fewer_entries(data: bytes) -> Iterator[bytes]:
    """Leave out one entry, or one key, at a time, where the file is JSON."""
    import json

    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        lines = data.split(b"\n")
        for at in range(len(lines)) if len(lines) < 200 else ():
            yield b"\n".join(lines[:at] + lines[at + 1 :])
        return
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, (dict, list)):
            continue
        for key in list(node) if isinstance(node, dict) else range(len(node) - 1, -1, -1):
            kept = node.copy()
            del node[key]
            yield json.dumps(tree).encode()
            node.clear()
            node.update(kept) if isinstance(node, dict) else node.extend(kept)
        waiting += node.values() if isinstance(node, dict) else node


def minimised(checker: Any, case: dict[str, Any], fault: str, tries: int = 400) -> dict[str, Any]:
    """Leave out what is not needed for the same kind of fault."""
    kind = fault.split(":")[0] if not fault.startswith("Broken") else fault[:40]
    again = True
    while again:
        again = False
        for less in smaller(case):
            tries -= 1
            if tries < 0:
                return case
            if (found := fault_in(checker, less)) and found.startswith(kind):
                case, again = less, True
                break
    return case


def keep(folder: Path, kind: str, name: str, case: dict[str, Any], fault: str) -> Path:
    """Write a failing case, to be run again with --replay."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{kind}-{name}.case"
    file.write_text(f"{kind}\n{case!r}\n\n{fault}\n", encoding="utf-8", errors="backslashreplace")
    return file


def replay(file: Path) -> str | None:
    """Run a case that was kept."""
    import ast

    kind, case = file.read_text(encoding="utf-8").split("\n")[:2]
    with tempfile.TemporaryDirectory() as folder:
        return fault_in(maker(kind, Path(folder)), ast.literal_eval(case))


def run(
    kind: str,
    numbers: range,
    seed: str,
    *,
    failures: Path,
    until: float = float("inf"),
) -> tuple[Counter[str], list[str], float]:
    """Run the cases of these numbers; give what came of them, the faults, the slowest."""
    faults: list[str] = []
    slowest, here = 0.0, Path.cwd()
    failures = failures.resolve()
    with tempfile.TemporaryDirectory(prefix="claimtrack-fuzz-", dir=_in_memory()) as folder:
        checker = maker(kind, Path(folder))
        for number in numbers:
            case = checker.draw(random.Random(f"{seed}/{kind}/{number}"))
            begun = time.process_time()
            fault = fault_in(checker, case)
            slowest = max(slowest, time.process_time() - begun)
            if fault is not None:
                counts = checker.counts.copy()
                file = keep(failures, kind, f"{seed}-{number}", case, fault)
                if len(faults) < 10:
                    file = keep(failures, kind, f"{seed}-{number}", minimised(checker, case, fault),
                                fault)  # fmt: skip
                checker.counts = counts
                checker.counts["at fault"] += 1
                faults.append(f"case {number} ({file}): {fault}")
                if len(faults) >= 50:
                    break
            checker.counts["cases"] += 1
            if time.time() > until:
                break
        os.chdir(here)
        return checker.counts, faults, slowest


def _in_memory() -> str | None:
    """Give the folder that lies in memory, where there is one: thousands of files are written."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _share(kind: str, numbers: range, seed: str, failures: Path, until: float, told: Any) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        counts, faults, slowest = run(kind, numbers, seed, failures=failures, until=until)
    except BaseException:
        counts, faults, slowest = Counter(), [traceback.format_exc()], 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told.put((counts, faults, slowest, peak))


def run_all(kind: str, cases: int, seed: str, processes: int, failures: Path, until: float) -> bool:
    """Share the cases of a kind among processes and print what came of them."""
    context = multiprocessing.get_context("fork")
    told, begun = context.Queue(), time.time()
    workers = [
        context.Process(
            target=_share, args=(kind, range(n, cases, processes), seed, failures, until, told)
        )
        for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    results = [told.get() for _ in workers]
    for worker in workers:
        worker.join()
    counts: Counter[str] = sum((result[0] for result in results), Counter())
    faults = [fault for result in results for fault in result[1]]
    took, cases = time.time() - begun, counts.pop("cases", 0)
    sys.stdout.write(
        f"{kind}: {cases:,} cases, seed {seed}, {took:,.0f} s ({cases / took:,.0f} a second),"
        f" slowest {max(result[2] for result in results):.1f} s,"
        f" {max(result[3] for result in results) / 2**20:,.0f} MiB at most\n"
        + "".join(f"  {count:,} {what}\n" for what, count in counts.most_common())
        + "".join(f"  FAULT {fault}\n" for fault in faults)
    )
    sys.stdout.flush()
    return not faults


def main() -> None:
    """Read the call and run what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=2_000, help="of each kind")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", choices=(*KINDS, "growth"), action="append")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="at most, in all")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--replay", type=Path, metavar="FILE", help="run a case that was kept")
    given = parser.parse_args()
    if given.replay:
        fault = replay(given.replay)
        sys.stdout.write(f"{fault or 'nothing is wrong with it any more'}\n")
        sys.exit(fault is not None)
    until = time.time() + 60 * given.minutes
    kinds = given.only or (*KINDS, "growth")
    fine = [
        run_all(kind, given.cases, given.seed, given.processes, given.failures, until)
        for kind in kinds
        if kind != "growth"
    ]
    if "growth" in kinds:
        import hostile_growth

        told, even = hostile_growth.table()
        sys.stdout.write(told)
        fine.append(even)
    sys.exit(not all(fine))


if __name__ == "__main__":
    main()
