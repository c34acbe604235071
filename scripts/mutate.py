"""Test the tests: change one small thing in the engine at a time, and see whether a test breaks.

    python scripts/mutate.py                      all files of the engine and the value algebra
    python scripts/mutate.py contradictions/disjoint.py --jobs 4
    python scripts/mutate.py --list               the mutants, without running anything
    python scripts/mutate.py src/claimtrack/findings/drift.py --tests tests/findings

Every mutant is a fork of this process, in which the heavy libraries are loaded already and the
mutated module is imported from a changed tree: no file is written, so a checkout in use is not
disturbed. A mutant is killed where a test fails, where it hangs beyond the time limit, or where
it cannot be imported. Tests first run with few examples a property, as most mutants die of
anything; what survives is run again with all examples.

Survivors that no test can kill are explained in `mutants_explained.toml` beside this file, by
file, source line and mutation; they are counted apart, never hidden. An explanation that no
survivor needs any more is told as well.

Exit codes: 0 enough are killed (`--least`, 95 %) or every survivor is explained; 1 neither;
2 the tests fail on the code as it is.

Of the libraries, mutmut 3 leaves out decorated functions (every property of ours) and what stands
outside functions, and has one mutant a comparison; cosmic-ray writes each mutant into the checkout
and starts an interpreter for it.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "claimtrack"
EXPLAINED = Path(__file__).with_name("mutants_explained.toml")
ALGEBRA = ("bounds", "relation", "conflict", "value", "case")
MEMORY = 2 * 2**30
"""Bytes that a mutant may take before it is stopped."""
LEAST_TIME = 30.0
"""Seconds that a mutant gets at the least; a busy machine makes tests slow."""
PATIENCE = 4
"""How many times as long as the code as it is a mutant may take."""
SURVIVED, FAILED, BROKEN, TIMED_OUT = "survived", "killed", "killed (no import)", "killed (time)"
_COLLECTION_ERRORS = (2, 3, 4)
_NO_TESTS = 5


@dataclass(frozen=True)
class Run:
    """What became of a mutant: a word for it, and the seconds it took."""

    mutant: Mutant
    outcome: str
    seconds: float


class _Mutated(importlib.machinery.SourceFileLoader):
    """Load a module from a changed tree instead of its file."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.path))
        self._mutant = mutant

    def get_code(self, fullname):
        return compile(self._mutant.tree, str(self._mutant.path), "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.path.relative_to(SOURCES.parent).with_suffix("").parts
        self._name = ".".join(parts).removesuffix(".__init__")
        self._mutant = mutant

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self._name:
            return None
        loader = _Mutated(fullname, self._mutant)
        return importlib.util.spec_from_file_location(fullname, loader.path, loader=loader)


def preload() -> None:
    """Load what every run needs and no mutant touches."""
    sys.path.insert(0, str(SOURCES.parent))
    os.chdir(ROOT)
    import hypothesis.extra
    import hypothesis.stateful
    import hypothesis.strategies
    import pytest

    assert pytest and hypothesis
    assert not any(name.startswith("claimtrack") for name in sys.modules)


def run_tests(
    tests: Sequence[str],
    mutant: Mutant | None,
    *,
    examples: int | None = None,
    times: Path | None = None,
) -> int:
    """Run tests in this process and give pytest's exit code; it is a fork and ends after."""
    from hypothesis import HealthCheck, Phase, settings

    if examples:
        _cap(settings, examples)
    if mutant:
        sys.meta_path.insert(0, _Finder(mutant))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # The same examples each time, and no search for the smallest: any failure will do.
    settings.register_profile(
        "mutants",
        max_examples=examples or settings.default.max_examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    import pytest

    options = "-x -q --no-header --tb=no --assert=plain -p no:cacheprovider -p no:xdist"
    clock = _Clock()
    code = int(pytest.main([*options.split(), *tests], plugins=[clock]))
    if times:
        times.write_text(json.dumps(clock.seconds))
    return code


def _cap(settings, examples: int) -> None:
    """Hold properties that ask for more examples of their own to so many."""
    make = settings.__init__

    def capped(self, *args, **options):
        if isinstance(options.get("max_examples"), int):
            options["max_examples"] = min(options["max_examples"], examples)
        make(self, *args, **options)

    settings.__init__ = capped


class _Clock:
    """Add up the seconds of each test file."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report) -> None:
        name = str(ROOT / report.location[0])
        self.seconds[name] = self.seconds.get(name, 0.0) + report.duration


def _fork(
    tests: Sequence[str], mutant: Mutant | None, examples: int | None, times: Path | None = None
) -> int:
    """Run tests in a fork of their own; give its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        code = run_tests(tests, mutant, examples=examples, times=times)
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def run_all(
    mutants: Iterable[Mutant],
    tests: Sequence[str],
    *,
    jobs: int,
    limit: float,
    examples: int | None,
) -> Iterable[Run]:
    """Run every mutant, so many at a time, and give each as it ends."""
    waiting = deque(mutants)
    running: dict[int, tuple[Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.popleft()
            child = _fork(ordered(tests, mutant.path), mutant, examples)
            running[child] = (mutant, time.monotonic())
        for child, (mutant, start) in list(running.items()):
            seconds = time.monotonic() - start
            ended, status = os.waitpid(child, os.WNOHANG)
            if not ended and seconds > limit:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                outcome = TIMED_OUT
            elif ended:
                outcome = _outcome(os.waitstatus_to_exitcode(status))
            else:
                continue
            del running[child]
            yield Run(mutant, outcome, seconds)
        time.sleep(0.01)


def _outcome(code: int) -> str:
    if code == _NO_TESTS:
        raise SystemExit("error: no tests were found\nhint: name them with --tests")
    if code in _COLLECTION_ERRORS:
        return BROKEN
    return SURVIVED if code == 0 else FAILED


def ordered(tests: Sequence[str], module: Path) -> list[str]:
    """Put the tests named like the module first: they are the likeliest to break."""
    return sorted(tests, key=lambda name: module.stem not in Path(name).stem)


def test_files(tests: Sequence[Path]) -> list[str]:
    """List the files of tests under these paths."""
    return sorted(str(f) for t in tests for f in ([t] if t.is_file() else t.rglob("test_*.py")))


def time_as_it_is(tests: Sequence[str], examples: int | None) -> tuple[float, list[str]]:
    """Run the tests on the code as it is, which have to pass.

    Give the seconds, and the files by theirs: what fails fast is best asked first.
    """
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times.json"
        _, status = os.waitpid(_fork(tests, None, examples, times), 0)
        if os.waitstatus_to_exitcode(status) != 0:
            print("error: the tests fail on the code as it is", file=sys.stderr)
            print(f"hint: python -m pytest -x {' '.join(tests)}", file=sys.stderr)
            raise SystemExit(2)
        seconds = json.loads(times.read_text())
    return time.monotonic() - start, sorted(tests, key=lambda name: seconds.get(name, 0.0))


def default_files() -> list[Path]:
    """List the engine and the value algebra."""
    rules = sorted((SOURCES / "contradictions").glob("*.py"))
    return [*rules, *(SOURCES / "domain" / f"{name}.py" for name in ALGEBRA)]


def default_tests() -> list[Path]:
    """List the tests that concern them."""
    # The largest number that is stored is held by the tests of reading.
    names = (*ALGEBRA, "reading")
    algebra = (ROOT / "tests" / "domain" / f"test_{name}.py" for name in names)
    return [ROOT / "tests" / "contradictions", *(path for path in algebra if path.exists())]


def find_file(name: str) -> Path:
    """Find a source file by its path, or by its path within the package."""
    for path in (Path(name).resolve(), SOURCES / name):
        if path.is_file():
            return path
    raise SystemExit(f"error: there is no file {name}\nhint: name it as contradictions/pairs.py")


def relative(path: Path) -> str:
    """Name a file within the package."""
    return path.relative_to(SOURCES).as_posix()


def explains(entry: dict, mutant: Mutant) -> bool:
    """Tell whether an explanation is of this mutant; `at` and `within` narrow where given."""
    return (
        entry["file"] == relative(mutant.path)
        and entry["line"] == mutant.line
        and entry["mutation"] == mutant.mutation
        and entry.get("at", mutant.at) == mutant.at
        and entry.get("within", mutant.within) == mutant.within
    )


def place(mutant: Mutant) -> str:
    """Name the place of a mutant: file, line, column."""
    return f"{relative(mutant.path)}:{mutant.number}:{mutant.at}"


def stub(mutant: Mutant) -> str:
    """Write the entry that would explain a survivor, to be finished by hand."""
    fields = {
        "file": relative(mutant.path),
        "within": mutant.within,
        "line": mutant.line,
        "at": mutant.at,
        "mutation": mutant.mutation,
        "why": "",
    }
    rows = [f"{key} = {_toml(value)}" for key, value in fields.items()]
    return "\n".join(["[[survivor]]", *rows, ""])


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    plain = "'" not in value
    return f"'{value}'" if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("files", nargs="*", help="files to mutate, as contradictions/pairs.py")
    add("--tests", nargs="+", help="tests to run, instead of those of the engine")
    add("--jobs", type=int, default=os.cpu_count() or 1, help="mutants at a time")
    add(
        "--limit", type=float, help="seconds a mutant may take [default: 4 times the code as it is]"
    )
    add("--examples", type=int, default=15, help="examples a property in the first round")
    add("--least", type=float, default=95.0, help="per cent that have to be killed")
    add("--lines", help="only these lines of the file, as 10-25")
    add("--list", action="store_true", help="list the mutants and run nothing")
    add("--stubs", action="store_true", help="write survivors as entries to be explained")
    add("--trust", action="store_true", help="give explained survivors no second round")
    add("--all", action="store_true", help="print the killed ones as well")
    return parser.parse_args()


def _chosen(options: argparse.Namespace) -> list[Mutant]:
    files = [find_file(name) for name in options.files] or default_files()
    mutants = [mutant for path in files for mutant in mutants_of(path)]
    if options.lines:
        first, _, last = options.lines.partition("-")
        mutants = [m for m in mutants if int(first) <= m.number <= int(last or first)]
    return mutants


def _run(
    mutants: Sequence[Mutant], entries: Sequence[dict], options: argparse.Namespace
) -> list[Run]:
    tests = test_files([Path(name).resolve() for name in options.tests or ()] or default_tests())
    preload()
    ended: list[Run] = []
    left = list(mutants)
    for examples in (options.examples, None):
        usual, tests = time_as_it_is(tests, examples)
        limit = options.limit or max(LEAST_TIME, PATIENCE * usual)
        print(f"{len(left)} mutants; {usual:.0f} s as it is, limit {limit:.0f} s", file=sys.stderr)
        survivors = []
        for run in run_all(left, tests, jobs=options.jobs, limit=limit, examples=examples):
            trusted = options.trust and any(explains(entry, run.mutant) for entry in entries)
            if run.outcome == SURVIVED and examples is not None and not trusted:
                survivors.append(run.mutant)
                continue
            ended.append(run)
            told = run.outcome == SURVIVED or options.all
            if told:
                line = f"{place(run.mutant)}: {run.outcome}: {run.mutant.mutation}"
                print(f"{line}\n    {run.mutant.line}", flush=True)
        left = survivors
        if not left:
            break
    return sorted(ended, key=lambda run: place(run.mutant))


def _report(runs: Sequence[Run], entries: Sequence[dict], options: argparse.Namespace) -> int:
    survivors = [run.mutant for run in runs if run.outcome == SURVIVED]
    reasons = {id(m): next((e for e in entries if explains(e, m)), None) for m in survivors}
    unexplained = [m for m in survivors if reasons[id(m)] is None]
    print("\nexplained survivors:" if len(unexplained) < len(survivors) else "")
    for mutant in survivors:
        if entry := reasons[id(mutant)]:
            print(f"  {place(mutant)}: {mutant.mutation}\n    {mutant.line}\n    {entry['why']}")
    files = {relative(run.mutant.path) for run in runs}
    tried = [run.mutant for run in runs]
    for entry in entries:
        if entry["file"] in files and not any(explains(entry, m) for m in survivors):
            known = any(explains(entry, m) for m in tried)
            why = "its mutant is killed" if known else "there is no such mutant"
            if known or not options.lines:
                print(f"not needed, {why}: {entry['file']}: {entry['line']}: {entry['mutation']}")
    print("unexplained survivors:" if unexplained else "no survivor is unexplained")
    for mutant in unexplained:
        print(stub(mutant) if options.stubs else f"  {place(mutant)}: {mutant.mutation}")
    for name in sorted(files):
        mine = [run for run in runs if relative(run.mutant.path) == name]
        print(f"  {name}: {sum(r.outcome != SURVIVED for r in mine)} of {len(mine)} killed")
    counts = {word: sum(run.outcome == word for run in runs) for word in (TIMED_OUT, BROKEN)}
    killed = len(runs) - len(survivors)
    share = 100 * killed / len(runs) if runs else 100.0
    print(
        f"{killed} of {len(runs)} mutants killed ({share:.1f} %; {counts[TIMED_OUT]} by time,"
        f" {counts[BROKEN]} at import); {len(survivors) - len(unexplained)} survivors explained,"
        f" {len(unexplained)} not"
    )
    return 0 if share >= options.least or not unexplained else 1


def main() -> int:
    options = _arguments()
    mutants = _chosen(options)
    if options.list:
        for mutant in mutants:
            print(f"{place(mutant)}: {mutant.mutation}\n    {mutant.line}")
        print(f"{len(mutants)} mutants")
        return 0
    entries = tomllib.loads(EXPLAINED.read_text("utf-8")).get("survivor", [])
    start = time.monotonic()
    runs = _run(mutants, entries, options)
    code = _report(runs, entries, options)
    print(f"{time.monotonic() - start:.0f} s with {options.jobs} at a time")
    return code


if __name__ == "__main__":
    sys.exit(main())
