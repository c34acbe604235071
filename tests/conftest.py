"""What the tests of the faces share: the command line in-process, small cases, real data."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import databases
from databases import Address, Server

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=databases.ENGINES,
        help=f"keep the cases of the tests here; else {databases.VARIABLE}, else sqlite",
    )


def pytest_configure(config: pytest.Config) -> None:
    for line in (
        "wheel: builds and installs the wheel (needs an index)",
        "sqlite_only(reason): is about files, not about a server",
        "own_engines: opens databases of both engines itself, and so runs with SQLite's pass only",
    ):
        config.addinivalue_line("markers", line)


LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where the cases are on a server, run what keeps one there; the rest ran with SQLite."""
    if databases.chosen_engine(config.getoption("--engine")) == "sqlite":
        return
    kept, left_out = [], []
    for item in items:
        keeps_a_case = "engine" in getattr(item, "fixturenames", ())
        once = item.get_closest_marker("own_engines")
        (kept if keeps_a_case and not once else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept
    for item in items:
        if mark := item.get_closest_marker("sqlite_only"):
            item.add_marker(pytest.mark.skip(reason=mark.kwargs["reason"]))
    config.stash[LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the count of a worker to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the count of a worker: every one of them collects the same tests."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many tests a pass on a server leaves to the pass on SQLite."""
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{count} tests are left to SQLite's pass: without a case, or of engines of their own"
        )


@dataclass(frozen=True)
class Result:
    """How a call of the command line ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read what was printed as JSON."""
        return json.loads(self.out)


class _Screen(io.TextIOWrapper):
    """A stream that says it is a terminal, or not."""

    def __init__(self, *, tty: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n")
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def text(self) -> str:
        self.flush()
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode("utf-8")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Name the engine that the cases of this session are kept on."""
    return databases.chosen_engine(request.config.getoption("--engine"))


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, engine: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A real PostgreSQL, one for all workers of a session."""
    workers = getattr(request.config, "workerinput", {})
    session = str(workers.get("testrunuid", os.getpid()))[:12]
    try:
        started = Server(session, str(workers.get("workerid", "main")))
    except Exception as fault:
        why = f"PostgreSQL cannot be started here ({type(fault).__name__}: {fault})"
        if engine == "postgresql" or os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    yield started
    started.stop()


@pytest.fixture
def on_server(server: Server) -> Iterator[Callable[..., Address]]:
    """Make databases on the server: blank, or the case "empty" or "demo"."""
    made: list[Address] = []

    def new(template: str | None = None) -> Address:
        made.append(server.new(template))
        return made[-1]

    yield new
    for address in made:
        server.release(address)


@pytest.fixture
def blank(
    engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """On a server, see to it that the program finds a blank database where it has none."""

    def prepare() -> None:
        if engine == "postgresql" and not os.environ.get("CLAIMTRACK_DB"):
            new = request.getfixturevalue("on_server")
            monkeypatch.setenv("CLAIMTRACK_DB", new())

    return prepare


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with no database of anybody's in reach."""
    case = tmp_path / "case"
    case.mkdir()
    monkeypatch.chdir(case)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAIMTRACK_USER", "tester")
    for name in (
        *("CLAIMTRACK_DB", "NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR"),
        *("PYTHONIOENCODING", "PYTHONUTF8"),
    ):
        monkeypatch.delenv(name, raising=False)
    return case


@pytest.fixture
def cli(
    folder: Path, monkeypatch: pytest.MonkeyPatch, blank: Callable[[], None]
) -> Callable[..., Result]:
    """Call the command line in this process, as the installed program would."""

    def call(*args: str | Path, stdin: bytes = b"", tty: bool = False) -> Result:
        from claimtrack.cli.main import run

        blank()
        out, err = _Screen(tty=tty), _Screen(tty=False)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["claimtrack", *map(str, args)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            if tty:
                patch.setenv("COLUMNS", "80")
                patch.setenv("TERM", "xterm-256color")
            try:
                run()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
        return Result(code, out.text(), err.text())

    return call


@pytest.fixture
def program(folder: Path, blank: Callable[[], None]) -> Callable[..., Result]:
    """Call the command line as a program of its own."""

    def call(*args: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> Result:
        blank()
        code = "from claimtrack.cli.main import run; run()"
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=folder,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from claimtrack.store.migrate import create

    made = tmp_path_factory.mktemp("empty") / "claimtrack.db"
    create(str(made))
    return made


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from claimtrack.services.starting import demo

    made = tmp_path_factory.mktemp("demo") / "claimtrack.db"
    demo(str(made))
    return made


@pytest.fixture
def new_case(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[..., Path | Address]:
    """Make an empty case, or one that holds the seed (`of="demo"`), of any name."""

    def new(name: str = "new.db", of: str = "empty") -> Path | Address:
        if engine == "postgresql":
            return request.getfixturevalue("on_server")(of)
        template = request.getfixturevalue(f"{of}_template")
        return databases.copy_file(template, tmp_path / name)

    return new


@pytest.fixture
def empty(
    folder: Path, new_case: Callable[..., Path | Address], monkeypatch: pytest.MonkeyPatch
) -> Path | Address:
    """An empty database in the folder, or on the server and named by the environment."""
    return _put(new_case("case/claimtrack.db"), monkeypatch)


@pytest.fixture
def demo(
    folder: Path, new_case: Callable[..., Path | Address], monkeypatch: pytest.MonkeyPatch
) -> Path | Address:
    """A database in the folder, or on the server, that holds the seed article."""
    return _put(new_case("case/claimtrack.db", of="demo"), monkeypatch)


def _put(case: Path | Address, monkeypatch: pytest.MonkeyPatch) -> Path | Address:
    if isinstance(case, Address):
        monkeypatch.setenv("CLAIMTRACK_DB", case)
    return case


@pytest.fixture
def ferry() -> dict[str, Any]:
    """A small case of our own: a ferry, two sources, two contradictions."""
    about = {"event": "ferry-2031", "metric": "killed"}
    gazette = {**about, "document": "gazette-0303"}
    radio = {**about, "document": "radio-0304"}
    return {
        "claimtrack": 1,
        "events": [{"id": "ferry-2031", "title": "Sinking of the Aurora", "date": "2031-03-02"}],
        "groups": [
            {"id": "aboard", "name": "Everyone aboard"},
            {"id": "crew", "name": "Crew", "part_of": ["aboard"]},
            {"id": "passengers", "name": "Passengers", "part_of": ["aboard"]},
        ],
        "sources": [
            {"id": "gazette", "name": "The Gazette", "kind": "news"},
            {"id": "radio", "name": "Radio Riga", "kind": "news"},
            {"id": "official-1", "name": "an official", "kind": "official", "anonymous": True},
        ],
        "documents": [
            {"id": "gazette-0303", "source": "gazette", "published": "2031-03-03"},
            {"id": "radio-0304", "source": "radio", "published": "2031-03-04"},
        ],
        "claims": [
            {
                **gazette,
                "id": "gazette-dozens",
                "group": "aboard",
                "value": "dozens",
                "attributed_to": ["official-1"],
                "quote": "dozens are feared dead",
            },
            {**radio, "id": "radio-200", "group": "aboard", "value": "more than 200"},
            {**gazette, "id": "gazette-crew", "group": "crew", "value": 3},
            {**radio, "id": "radio-passengers", "group": "passengers", "value": "at least 300"},
        ],
    }


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Write an import file: an object as JSON, a list as JSON Lines."""

    def to(name: str, data: Any) -> Path:
        if isinstance(data, (list, tuple)):
            text = "".join(json.dumps(line) + "\n" for line in data)
        else:
            text = data if isinstance(data, str) else json.dumps(data)
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return to


@pytest.fixture
def ask() -> Callable[..., list[tuple[Any, ...]]]:
    """Ask a database in plain SQL, as another program would."""
    return databases.rows


@pytest.fixture
def everything() -> Callable[[Path | str], dict[str, list[tuple[Any, ...]]]]:
    """Read every row of every table."""
    return databases.everything


@pytest.fixture
def shared() -> Iterator[Callable[[str], Path]]:
    """Find real data outside the repository, or skip and say so."""

    def find(name: str) -> Path:
        path = ROOT.parent / "shared" / "data" / name
        if not path.exists():
            pytest.skip(f"the real data {path} is absent")
        return path

    yield find
