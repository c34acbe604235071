"""What the tests of the faces share: the command line in-process, small cases, real data."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "wheel: builds and installs the wheel (needs an index)")


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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with no database of anybody's in reach."""
    case = tmp_path / "case"
    case.mkdir()
    monkeypatch.chdir(case)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAIMTRACK_USER", "tester")
    for name in ("CLAIMTRACK_DB", "NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return case


@pytest.fixture
def cli(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the command line in this process, as the installed program would."""

    def call(*args: str | Path, stdin: bytes = b"", tty: bool = False) -> Result:
        from claimtrack.cli.main import run

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
def program(folder: Path) -> Callable[..., Result]:
    """Call the command line as a program of its own."""

    def call(*args: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> Result:
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
def empty(folder: Path, empty_template: Path) -> Path:
    """An empty database in the folder."""
    return Path(shutil.copy(empty_template, folder / "claimtrack.db"))


@pytest.fixture
def demo(folder: Path, demo_template: Path) -> Path:
    """A database in the folder that holds the seed article."""
    return Path(shutil.copy(demo_template, folder / "claimtrack.db"))


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


def rows(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query, values).fetchall()


@pytest.fixture
def ask() -> Callable[..., list[tuple[Any, ...]]]:
    """Ask a database file in plain SQL, as another program would."""
    return rows


@pytest.fixture
def everything() -> Callable[[Path], dict[str, list[tuple[Any, ...]]]]:
    """Read every row of every table."""

    def read(path: Path) -> dict[str, list[tuple[Any, ...]]]:
        names = rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: rows(path, f'SELECT * FROM "{name}" ORDER BY 1') for (name,) in names}  # noqa: S608

    return read


@pytest.fixture
def shared() -> Iterator[Callable[[str], Path]]:
    """Find real data outside the repository, or skip and say so."""

    def find(name: str) -> Path:
        path = ROOT.parent / "shared" / "data" / name
        if not path.exists():
            pytest.skip(f"the real data {path} is absent")
        return path

    yield find
