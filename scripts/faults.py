"""Kill claimtrack at any moment, fill its disk, damage its file; check what is left.

A kill is SIGKILL at a random moment of a command. Afterwards the database (or the file that
was to be made) is as before or complete, `verify` passes, and the same command again ends in
what an undisturbed one gives. Every second kill meets the program started afresh, the others
one whose modules are loaded, so that the moments fall into its work.

    python scripts/faults.py --kills 40 --seed 1
    python scripts/faults.py --only import --kills 200
    python scripts/faults.py --only full
    python scripts/faults.py --db-engine postgresql --only copy-to --kills 20
"""

from __future__ import annotations

import argparse
import errno
import importlib.util
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

PROGRAM = "from claimtrack.cli.main import run; run()"
FROZEN = ROOT / "tests" / "store" / "frozen"
KILLED = ("import", "undo", "upgrade", "copy-to", "init", "backup", "export")
LOOKING = (
    ("status",),
    ("list-claims",),
    ("list-events",),
    ("list-sources",),
    ("list-documents",),
    ("compare", "killed"),
    ("contradictions",),
    ("history",),
    ("timeline", "khasham-2018"),
    ("report", "khasham-2018"),
    ("export",),
    ("findings",),
)
DEADLINE = 120
"""Seconds after which a command counts as hanging."""


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code (negative: the signal) and what it said."""

    code: int
    err: str
    seconds: float


@dataclass
class Tally:
    """What was tried and what came of it; `faults` are sentences about what ought not be."""

    name: str
    states: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        told = ", ".join(f"{count:,} {state}" for state, count in sorted(self.states.items()))
        return f"{self.name:<22} {told or 'nothing tried'}; {len(self.faults)} faults"


# ---- the program


def started(args: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start the real program afresh."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *args],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


class Forked:
    """The program in a process of its own, its modules loaded already."""

    def __init__(
        self, args: list[str], folder: Path, before: Callable[[], None] = lambda: None
    ) -> None:
        self.err = tempfile.TemporaryFile()  # noqa: SIM115
        self.begun = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            self._be(args, folder, before)

    def _be(self, args: list[str], folder: Path, before: Callable[[], None]) -> None:
        code = 70
        try:
            os.chdir(folder)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            read, write = os.pipe()
            if (writer := os.fork()) == 0:
                # What is said is carried by a process without limits of any kind.
                os.close(write)
                while piece := os.read(read, 65536):
                    os.write(self.err.fileno(), piece)
                os._exit(0)
            os.close(read)
            os.dup2(write, 2)
            os.close(write)
            sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.argv = ["claimtrack", *args]
            tempfile.tempdir = None
            before()
            from claimtrack.cli.main import run

            try:
                run()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
            except BaseException:
                import traceback

                traceback.print_exc()
            with suppress(OSError):
                sys.stderr.flush()
            os.close(2)
            os.waitpid(writer, 0)
        finally:
            os._exit(code)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Done:
        until = time.monotonic() + DEADLINE
        while True:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                break
            if time.monotonic() > until:
                self.kill()
            time.sleep(0.002)
        seconds = time.monotonic() - self.begun
        with self.err:
            self.err.seek(0)
            said = self.err.read().decode(errors="replace")
        return Done(os.waitstatus_to_exitcode(status), said, seconds)


def call(args: list[str], folder: Path, before: Callable[[], None] = lambda: None) -> Done:
    """Run a command to its end, its modules loaded already."""
    return Forked(args, folder, before).wait()


def killed(args: list[str], folder: Path, after: float, *, afresh: bool) -> bool:
    """Kill a command so many seconds after its start; tell whether it was still at work."""
    if afresh:
        process = started(args, folder)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=after)
        process.kill()
        process.communicate()
        return process.returncode == -signal.SIGKILL
    forked = Forked(args, folder)
    time.sleep(after)
    forked.kill()
    return forked.wait().code == -signal.SIGKILL


def complaint(done: Done) -> str | None:
    """Say what is wrong with how a command failed: it ought to be a sentence and a hint."""
    lines = done.err.strip().splitlines()
    kinds = [line.split(":")[0] for line in lines]
    if done.code < 0:
        return f"ended by signal {-done.code}"
    if done.code != 1:
        return f"exit code {done.code}: {done.err[-300:]!r}"
    if "Traceback" in done.err or "fault of its own" in done.err:
        return f"no sentence: {done.err[-600:]!r}"
    if kinds.count("error") != 1 or kinds[-1] != "hint":
        return f"not one error and its hint: {done.err[-300:]!r}"
    return None


# ---- what a database holds


def tables(where: Path) -> str:
    """Give a digest of every row of every table, whatever the schema."""
    import hashlib

    seen = hashlib.sha256()
    with closing(sqlite3.connect(where)) as raw:
        for line in raw.iterdump():
            seen.update(line.encode("utf-8", "surrogateescape") + b"\n")
    return seen.hexdigest()


def content(where: Path | str) -> str:
    """Give the digest of the content, without the times at which it came."""
    from claimtrack.store.content import content_digest
    from claimtrack.store.engine import reading

    with reading(str(where)) as connection:
        return content_digest(connection)


def verify_faults(where: Path | str) -> list[str]:
    """Give what `verify` finds wrong."""
    from claimtrack.services.verifying import verify

    checks = verify(str(where)).checks
    return [f"verify: {check.name}: {check.faults[:2]}" for check in checks if not check.passed]


def rows(where: Path, table: str) -> int:
    with closing(sqlite3.connect(where)) as raw:
        return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


# ---- the case, and what is killed


@dataclass(frozen=True)
class Material:
    """Databases and a file of some hundred claims, made once."""

    folder: Path
    base: Path
    more: Path
    both: Path
    reverse: Path

    @classmethod
    def make(cls, folder: Path, claims: int = 400) -> Material:
        """Make the seed, the seed with generated documents, and the file of these."""
        entries = list(_generated(claims))
        last_first = entries[::-1]
        more, reverse = folder / "more.jsonl", folder / "reverse.jsonl"
        for path, some in ((more, entries), (reverse, last_first)):
            path.write_text("".join(json.dumps(entry) + "\n" for entry in some), "utf-8")
        base, both = folder / "base.db", folder / "both.db"
        _must(call(["demo", "--db", str(base)], folder))
        shutil.copy(base, both)
        _must(call(["import", str(more), "--db", str(both)], folder))
        return cls(folder, base, more, both, reverse)


def _generated(claims: int) -> Iterator[dict[str, object]]:
    """Make entries as the benchmarks do; their folder has names that would hide others."""
    place = ROOT / "benchmarks" / "generated.py"
    spec = importlib.util.spec_from_file_location("generated", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.many(claims)


def _must(done: Done) -> Done:
    if done.code:
        raise AssertionError(done.err)
    return done


@dataclass(frozen=True)
class Task:
    """A command in a folder: how it begins, what it makes, and how that is judged."""

    name: str
    prepare: Callable[[Path], None]
    args: list[str]
    state: Callable[[Path], str]
    """Tells `before`, `complete`, or what else it found, from the folder."""
    expected: tuple[str, ...]
    """Files that stand in the folder after an undisturbed end."""


def task_of(
    name: str, material: Material, frozen: Path | None = None, file: Path | None = None
) -> Task:
    """Make the task of a command; an upgrade is of `frozen`, an import may be of `file`."""
    case, new = "case.db", "new"
    start = {"import": material.base, "undo": material.both}.get(name, frozen or material.both)
    args = {
        "import": ["import", str(file or material.more), "--db", case],
        "undo": ["undo", "2", "--yes", "--db", case],
        "upgrade": ["upgrade", "--db", case],
        "copy-to": ["copy-to", new, "--db", case],
        "init": ["init", "--db", new],
        "backup": ["backup", new, "--db", case],
        "export": ["export", "-o", new, "--format", "json", "--db", case],
        "report": ["report", "khasham-2018", "-o", new, "--force", "--db", case],
    }[name]
    old = "kept from an earlier day\n" if name in ("export", "report") else None

    def prepare(folder: Path) -> None:
        if name != "init":
            shutil.copy(start, folder / case)
        if old is not None:
            (folder / new).write_text(old)

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepare(folder)
        _must(call(args, folder))
        complete = _seen(name, folder / case, folder / new)
        files = tuple(sorted(path.name for path in folder.iterdir()))
    before = tables(start)

    def state(folder: Path) -> str:
        file, made = folder / case, folder / new
        if name in ("import", "undo", "upgrade"):
            if tables(file) == before:
                return "before"
        elif name != "init" and tables(file) != before:
            return "the source was changed"
        elif not made.exists():
            return "before" if old is None else "the old file is gone"
        elif old is not None and made.read_text() == old:
            return "before"
        return "complete" if _seen(name, file, made) == complete else "neither"

    return Task(name, prepare, args, state, files)


def _seen(name: str, file: Path, made: Path) -> object:
    """Give what a command has made, without the times in it."""
    if name in ("export", "report"):
        return made.read_bytes()
    if name == "backup":
        return tables(made) == tables(file)
    where = made if name in ("copy-to", "init") else file
    try:
        counted = [rows(where, each) for each in ("history", "contradictions", "batches")]
        return [content(where), *counted, verify_faults(where)]
    except Exception as fault:
        return f"cannot be read: {fault}"


def judge(task: Task, folder: Path) -> tuple[str, list[str]]:
    """Tell the state after a disturbance, and what is wrong with it and with going on."""
    faults = []
    state = task.state(folder)
    if state not in ("before", "complete"):
        faults.append(f"{task.name}: {state}")
    case = folder / "case.db"
    if case.exists() and not (task.name == "upgrade" and state == "before"):
        faults += [f"{task.name}, {state}: {each}" for each in verify_faults(case)]
    if task.name == "upgrade":
        version = {_version(saved) for saved in folder.glob("*.backup")}
        if version - {_version(old) for old in FROZEN.glob("*.db")}:
            faults.append(f"upgrade: a backup is of {version}")
    again = call(task.args, folder)
    words = {"undo": "taken back already", "upgrade": "", "import": ""}.get(task.name, "already")
    if again.code and not (state == "complete" and words and complaint(again) is None):
        faults.append(f"{task.name}, {state}: the next run failed: {again.err[-300:]!r}")
    if task.state(folder) != "complete":
        faults.append(f"{task.name}, {state}: after the next run: {task.state(folder)}")
    ends = ("-wal", "-shm")
    left = {path.name for path in folder.iterdir() if not path.name.endswith(ends)}
    if strays := sorted(left - set(task.expected)):
        faults.append(f"{task.name}, {state}: left lying after the next run: {strays}")
    return state, faults


def _version(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@contextmanager
def fresh(task: Task) -> Iterator[Path]:
    """Give a folder in which the task can begin."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-faults-") as made:
        task.prepare(Path(made))
        yield Path(made)


def kill(task: Task, kills: int, draw: random.Random) -> Tally:
    """Kill the task so often, at moments between its start and its end, some very late."""
    tally = Tally(f"kill {task.name}")
    lasts = {}
    for afresh in (False, True):
        with fresh(task) as folder:
            lasts[afresh] = _lasts(task.args, folder, afresh=afresh)
    for number in range(kills):
        afresh = number % 2 == 1
        share = _moment(number, draw)
        with fresh(task) as folder:
            was_at_work = killed(task.args, folder, share * lasts[afresh], afresh=afresh)
            state, faults = judge(task, folder)
            tally.states[state] += 1
            tally.states["killed at work"] += was_at_work
            tally.faults += [f"at {share:.3f}: {fault}" for fault in faults]
    return tally


def _lasts(args: list[str], folder: Path, *, afresh: bool) -> float:
    """Give the seconds that a command takes when nobody disturbs it."""
    begun = time.monotonic()
    if afresh:
        started(args, folder).communicate()
    else:
        _must(call(args, folder))
    return time.monotonic() - begun


def _moment(number: int, draw: random.Random) -> float:
    """Draw a share of a command's time; a quarter falls into the end, where files are put."""
    return draw.uniform(0.85, 1.05) if number % 4 == 0 else draw.uniform(0, 1)


# ---- a full disk


def no_larger(size: int) -> Callable[[], None]:
    """Let no file of a process grow beyond a size: its writes fail, as on a full disk."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def full_by_limit(task: Task, step: int) -> Tally:
    """Let files grow to ever larger sizes until the command succeeds."""
    return _fill(f"limit {task.name}", task, step, lambda folder, size: no_larger(size))


@contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """Mount a small disk, or raise OSError where that is not allowed."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-disk-") as made:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", made]
        if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
            raise OSError(errno.EPERM, "mounting is not allowed here")
        try:
            yield Path(made)
        finally:
            subprocess.run(["umount", "-l", made], check=True, capture_output=True)


def full_disk(task: Task, step: int, disk: Path) -> Tally:
    """Leave ever more room on a disk until the command succeeds."""

    def leave(folder: Path, size: int) -> Callable[[], None]:
        free = shutil.disk_usage(disk).free
        with (disk / "filler").open("wb") as filler:
            os.posix_fallocate(filler.fileno(), 0, max(1, free - size))
        os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = str(folder / "tmp")
        return lambda: None

    return _fill(f"full disk {task.name}", task, step, leave, disk)


def _fill(
    name: str,
    task: Task,
    step: int,
    leave: Callable[[Path, int], Callable[[], None]],
    disk: Path | None = None,
) -> Tally:
    tally = Tally(name)
    size = 0
    while True:
        kept = {key: os.environ.get(key) for key in ("TMPDIR", "SQLITE_TMPDIR")}
        with tempfile.TemporaryDirectory(dir=disk) as made:
            folder = Path(made)
            task.prepare(folder)
            (folder / "tmp").mkdir()
            done = call(task.args, folder, leave(folder, size))
            for key, value in kept.items():
                os.environ.pop(key, None)
                if value is not None:
                    os.environ[key] = value
            if disk is not None:
                (disk / "filler").unlink(missing_ok=True)
            (folder / "tmp").rmdir() if not list((folder / "tmp").iterdir()) else None
            strays = {
                path.name
                for path in folder.iterdir()
                if not path.name.endswith(("-wal", "-shm", ".backup"))
            } - set(task.expected)
            if strays:
                tally.faults.append(f"{name}, room {size:,}: left lying: {sorted(strays)}")
            state, faults = judge(task, folder)
            tally.states[state] += 1
            tally.faults += [f"room {size:,}: {fault}" for fault in faults]
            if done.code == 0:
                if state != "complete":
                    tally.faults.append(f"{name}, room {size:,}: success, and {state}")
                break
            if state != "before":
                tally.faults.append(f"{name}, room {size:,}: failed, and {state}: {done.err!r}")
            if wrong := complaint(done):
                tally.faults.append(f"{name}, room {size:,}: {wrong}")
        size += step
        if size > 1 << 28:
            tally.faults.append(f"{name}: never succeeds: {done.err!r}")
            break
    return tally


def spilling(material: Material) -> Task:
    """Make the import of a file that tells everything before what it names."""
    return task_of("import", material, file=material.reverse)


# ---- what may not be written, what is damaged


def closed(material: Material) -> Tally:
    """Let another user look at what that user may not write, or not read."""
    tally = Tally("closed to others")
    ways = {"read-only file": (0o755, 0o444), "read-only folder": (0o555, 0o666),
            "unreadable": (0o755, 0o600)}  # fmt: skip
    for way, (folder_mode, file_mode) in ways.items():
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            shutil.copy(material.base, folder / "case.db")
            (folder / "case.db").chmod(file_mode)
            folder.chmod(folder_mode)
            writing = (["import", str(material.more)], ["undo", "--yes"], ["backup", "copy.db"],
                       ["export", "-o", "copy.json"])  # fmt: skip
            for args in [*map(list, LOOKING), *writing]:
                done = call([*args, "--db", "case.db"], folder, _be_nobody)
                looks = tuple(args) in LOOKING and way != "unreadable"
                if looks and done.code:
                    tally.faults.append(f"{way}: {args} does not answer: {done.err!r}")
                elif done.code and (wrong := complaint(done)):
                    tally.faults.append(f"{way}: {args}: {wrong}")
                elif not looks and not done.code:
                    tally.faults.append(f"{way}: {args} succeeded")
                tally.states["answered" if done.code == 0 else "said why not"] += 1
            folder.chmod(0o755)
            if tables(folder / "case.db") != tables(material.base):
                tally.faults.append(f"{way}: the database was changed")
    return tally


def _be_nobody() -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def damage(original: Path, spoil: Callable[[bytearray], object], tally: Tally, looks: int,
           draw: random.Random) -> None:  # fmt: skip
    """Damage a copy of a database; what looks at it answers or says so in a sentence."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        where = folder / "case.db"
        data = bytearray(original.read_bytes())
        what = spoil(data)
        where.write_bytes(data)
        done = call(["verify", "--db", "case.db"], folder)
        if done.code:
            tally.states["noticed by verify"] += 1
            if wrong := complaint(done):
                tally.faults.append(f"{what}: verify: {wrong}")
        elif _same_rows(where, original):
            tally.states["nothing stored was touched"] += 1
        else:
            tally.states["not noticed"] += 1
            seen = _differing(where, original)
            tally.faults.append(f"{what}: verify passes, but rows differ: {seen}")
        for args in draw.sample(LOOKING, looks):
            seen = call([*args, "--db", "case.db"], folder)
            tally.states["looks answered" if seen.code == 0 else "looks refused"] += 1
            if seen.code and (wrong := complaint(seen)):
                tally.faults.append(f"{what}: {args}: {wrong}")


def _dump(path: Path) -> list[str]:
    """List all that is stored; what makes the tables means the same with other blanks."""
    with closing(sqlite3.connect(path)) as raw:
        raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        lines = raw.iterdump()
        return [" ".join(line.split()) if line.startswith("CREATE ") else line for line in lines]


def _same_rows(one: Path, other: Path) -> bool:
    try:
        return _dump(one) == _dump(other)
    except (sqlite3.Error, UnicodeError):
        return False


def _differing(one: Path, other: Path) -> str:
    try:
        is_, was = set(_dump(one)), set(_dump(other))
        pairs = zip_longest(sorted(is_ - was), sorted(was - is_), fillvalue="")
        return "; ".join(_where_they_part(*pair) for pair in islice(pairs, 2))
    except (sqlite3.Error, UnicodeError) as fault:
        return str(fault)


def _where_they_part(one: str, other: str) -> str:
    """Cut two lines to where they begin to differ."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    begin = max(0, same - 60)
    return f"{one[begin : same + 60]!r} was {other[begin : same + 60]!r}"


def flip(place: int, bit: int) -> Callable[[bytearray], str]:
    """Make what flips a bit."""

    def spoil(data: bytearray) -> str:
        data[place] ^= 1 << bit
        return f"bit {bit} of byte {place} flipped"

    return spoil


def cut(size: int) -> Callable[[bytearray], str]:
    """Make what cuts a file off."""

    def spoil(data: bytearray) -> str:
        del data[size:]
        return f"cut at {size}"

    return spoil


def damaged(original: Path, flips: int, cuts: int, draw: random.Random, looks: int = 2
            ) -> list[Tally]:  # fmt: skip
    """Cut a database at several sizes, and flip a bit at many places."""
    size = original.stat().st_size
    cutting, flipping = Tally("cut off"), Tally("a bit flipped")
    sizes = [0, 1, 99, 100, 512, 4095, size - 1, size - 4096]
    for at in (sizes + [draw.randrange(size) for _ in range(cuts)])[:cuts]:
        damage(original, cut(at), cutting, looks, draw)
    for number in range(flips):
        # A quarter falls into the head and the schema, where little is without meaning.
        at = draw.randrange(8192 if number % 4 == 0 else size)
        damage(original, flip(at, draw.randrange(8)), flipping, looks, draw)
    return [cutting, flipping]


# ---- a server


def kill_on_server(name: str, material: Material, kills: int, draw: random.Random) -> Tally:
    """Kill copy-to, import or undo at work on PostgreSQL, as on a file."""
    import databases

    tally = Tally(f"kill {name} (server)")
    start = {"import": material.base, "undo": material.both}.get(name)
    after = material.base if name == "undo" else material.both
    states = {content(start) if start else None: "before", content(after): "complete"}
    server = databases.Server(f"faults{os.getpid()}", "faults")

    @contextmanager
    def begun() -> Iterator[tuple[str, list[str]]]:
        target = server.new()
        if start:
            _must(call(["copy-to", target, "--db", str(start)], material.folder))
        yield (
            target,
            {
                "import": ["import", str(material.more), "--db", target],
                "undo": ["undo", "2", "--yes", "--db", target],
                "copy-to": ["copy-to", target, "--db", str(material.both)],
            }[name],
        )
        server.release(target)

    try:
        lasts = {}
        for afresh in (False, True):
            with begun() as (_, args):
                lasts[afresh] = _lasts(args, material.folder, afresh=afresh)
        for number in range(kills):
            afresh = number % 2 == 1
            share = _moment(number, draw)
            with begun() as (target, args):
                at_work = killed(args, material.folder, share * lasts[afresh], afresh=afresh)
                tally.states["killed at work"] += at_work
                state, faults = _judge_on_server(args, target, states, material.folder)
                tally.states[state] += 1
                tally.faults += [f"{name} at {share:.3f}, {state}: {fault}" for fault in faults]
    finally:
        server.stop()
    return tally


def _judge_on_server(
    args: list[str], target: str, states: dict[str | None, str], folder: Path
) -> tuple[str, list[str]]:
    """Tell the state after a kill, and what is wrong with it and with going on."""
    held = _content_on_server(target)
    state, faults = states.get(held, "neither"), []
    if state == "neither":
        faults.append(f"holds {held}")
    if held is not None:
        faults += verify_faults(target)
    again = call(args, folder)
    if again.code and not (state == "complete" and complaint(again) is None):
        faults.append(f"the next run failed: {again.err!r}")
    if states.get(content(target)) != "complete":
        faults.append("the next run did not complete it")
    return state, faults + verify_faults(target)


def _content_on_server(target: str) -> str | None:
    """Give the digest of the content of a server's database; None where it is no case."""
    from claimtrack.store.migrate import stored_version

    return None if stored_version(target) is None else content(target)


# ---- the whole


def warm_up(folder: Path) -> None:
    """Load what the commands load, so that a fork finds it, also where it may not read."""
    from claimtrack.cli.main import app  # noqa: F401
    from claimtrack.services import duplicating, exporting, reporting, starting, undoing  # noqa: F401

    where = folder / "warm.db"
    _in_here(["demo", "--db", str(where)])
    for args in (*LOOKING, ("verify",)):
        _in_here([*args, "--db", str(where)])


def _in_here(args: list[str]) -> None:
    import contextlib
    import io

    from claimtrack.cli.main import run

    kept = sys.argv
    sys.argv = ["claimtrack", *args]
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            suppress(SystemExit),
        ):
            run()
    finally:
        sys.argv = kept


def tasks(name: str, material: Material) -> list[Task]:
    """Give the tasks of a command: an upgrade begins from each frozen schema."""
    if name == "upgrade":
        return [task_of(name, material, each) for each in sorted(FROZEN.glob("*.db"))]
    return [task_of(name, material)]


def run(given: argparse.Namespace) -> list[Tally]:
    """Do all that is asked for, telling of each part as it ends."""
    draw = random.Random(given.seed)
    tallies: list[Tally] = []

    def tell(*found: Tally) -> None:
        for tally in found:
            tallies.append(tally)
            print(tally.line(), flush=True)
            for fault in tally.faults[: given.shown]:
                print(f"  {fault}", flush=True)

    wanted = [given.only] if given.only else [*KILLED, "full", "closed", "damaged"]
    with tempfile.TemporaryDirectory(prefix="claimtrack-faults-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        warm_up(folder)
        material = Material.make(folder, given.claims)
        for name in wanted:
            if given.db_engine == "postgresql":
                if name in ("copy-to", "import", "undo"):
                    tell(kill_on_server(name, material, given.kills, draw))
            elif name in KILLED:
                some = tasks(name, material)
                for task in some:
                    tell(kill(task, given.kills // len(some), draw))
            elif name == "full":
                for each in [*KILLED, "report"]:
                    for task in tasks(each, material):
                        tell(full_by_limit(task, given.step))
                tell(full_by_limit(_small_spill(spilling(material)), given.step))
                _on_small_disk(material, given.step, tell)
            elif name == "closed":
                tell(closed(material))
            else:
                tell(*damaged(material.both, given.flips, given.flips // 8, draw))
    return tallies


def _small_spill(task: Task) -> Task:
    """Let entries that wait go to a file of their own at once, as they do in a large import."""
    from claimtrack.services import intake

    intake.HELD = 1
    return task


def _on_small_disk(material: Material, step: int, tell: Callable[[Tally], None]) -> None:
    try:
        with small_disk(1 << 26) as disk:
            for each in [*KILLED, "report"]:
                for task in tasks(each, material):
                    tell(full_disk(task, step, disk))
            tell(full_disk(_small_spill(spilling(material)), step, disk))
    except OSError as error:
        print(f"full disk              skipped: {error.strerror}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=40, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[*KILLED, "full", "closed", "damaged"])
    parser.add_argument("--db-engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--claims", type=int, default=400)
    parser.add_argument("--step", type=int, default=32768, help="bytes of room more each time")
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--shown", type=int, default=12, help="faults told of each part")
    tallies = run(parser.parse_args())
    faults = sum(len(tally.faults) for tally in tallies)
    print("no faults" if not faults else f"{faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
