"""A large file read in a process of its own: the same entries, and no process left behind."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.errors import ClaimtrackError
from claimtrack.ingest import ahead, reader
from claimtrack.ingest.chunk import SIZE, Chunk, chunks_of
from claimtrack.ingest.form import Format
from claimtrack.ingest.item import Item, Told
from claimtrack.ingest.places import Problem
from claimtrack.ingest.stating import Stated, Stating

pytestmark = pytest.mark.skipif(ahead._cores() < 2, reason="one core reads in its own time")

READ_BY = Stating(default_lexicon(), {"m": ("count", None)})
CLAIM = {"type": "claim", "event": "e", "document": "d", "metric": "m", "value": {"min": 3}}
ODD = ['{"type": "claim"}', "", '{"type": 3, "x"', '"\\ud800"', '{"type": "claim", "value": 1e400}']


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write more than a chunk and a half of entries, some wrong; any file counts as large."""
    monkeypatch.setattr(ahead, "LARGE", 1)
    said = [{"attributed_to": ["s", {"source": "é“"}]}, {"quote": "10:15"}, {"as_of": "2018"}]
    lines = [json.dumps(CLAIM | said[at % 3] | {"value": at}) for at in range(8_000)]
    lines[3000:3000] = ODD
    path = tmp_path / "large.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Keep the processes that are started."""
    kept: list[Any] = []
    begin = ahead._begin

    def begun(name: str, stating: Stating) -> Any:
        kept.append(begin(name, stating))
        return kept[-1]

    monkeypatch.setattr(ahead, "_begin", begun)
    return kept


def flat(chunks: Iterable[Chunk]) -> list[Item | Problem]:
    """List problems, definitions and claims of all chunks, the claims as they were read."""
    found: list[Item | Problem] = []
    for problems, definitions, claims in chunks:
        found += [*problems, *definitions]
        read = [claim.item() for claim in claims]
        found += [item._replace(entry=json.loads(json.dumps(item.entry))) for item in read]
    return found


def read_here(name: str, form: Format | None = None) -> list[Item | Problem]:
    """Read a file in this process, in the same chunks."""
    return flat(chunks_of(reader.read(name, form)))


def read_ahead(name: str, form: Format | None = None) -> list[Item | Problem]:
    """Read a file as an import does."""
    return flat(ahead.read([name], form, READ_BY))


def ends(is_over: Callable[[], bool]) -> bool:
    """Wait for something a while."""
    until = time.monotonic() + 20
    while not is_over() and time.monotonic() < until:
        time.sleep(0.01)
    return is_over()


def test_another_process_gives_the_same_in_the_same_order(large: str, started: list[Any]) -> None:
    assert read_ahead(large) == read_here(large)
    assert [process.poll() is not None for process in started] == [True]


@pytest.mark.parametrize("odd", [{}, {"value": "some sentence"}, {"metric": "other"}])
def test_where_it_has_to_wait_it_tells_what_claims_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: dict[str, Any]
) -> None:
    """All claims of a chunk or none: where one cannot be read, or is of an unknown metric."""
    monkeypatch.setattr(ahead, "LARGE", 1)
    lines: list[dict[str, Any]] = [{"type": "metric", "id": "own", "kind": "duration"}]
    lines += [CLAIM | {"value": at, "metric": ("m", "own")[at % 2]} for at in range(4 * SIZE)]
    lines[2 * SIZE + 7] |= odd
    path = tmp_path / "much.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    third, fourth = Chunk([], [], []), Chunk([], [], [])
    for pause in (0.5, 10):
        found = ahead.read([str(path)], None, READ_BY)
        next(found)
        time.sleep(pause)  # the second chunk lies there meanwhile, so the third is read further
        next(found)
        time.sleep(pause)
        third, fourth, _ = found
        read_further = [fourth] if odd else [third, fourth]
        if all(isinstance(claim, Stated) for one in read_further for claim in one.claims):
            break
    knows = Stating(default_lexicon(), {"m": ("count", None), "own": ("duration", None)})
    for chunk, is_odd in ((third, bool(odd)), (fourth, False)):
        assert len(chunk.claims) == SIZE
        for claim in chunk.claims:
            assert isinstance(claim, Told) if is_odd else claim == knows.state(claim.item())


def test_a_name_of_any_letters_is_handed_over(
    large: str, tmp_path: Path, started: list[Any]
) -> None:
    odd = tmp_path / "é \"'\\\n.jsonl"
    odd.write_bytes(Path(large).read_bytes())
    assert read_ahead(str(odd)) == read_here(str(odd))
    assert len(started) == 1


def test_a_problem_alone_and_a_file_of_nothing_are_the_same_too(
    large: str, tmp_path: Path, started: list[Any]
) -> None:
    for text in ("[", "\n", '{"claimtrack": 1}', "\xff"):
        path = tmp_path / "some.ndjson"
        path.write_text(text, encoding="latin-1")
        assert read_ahead(str(path)) == read_here(str(path))
    assert len(started) == 4


def test_what_is_no_large_file_of_lines_is_read_here(
    large: str, tmp_path: Path, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, missing = tmp_path / "a.json", str(tmp_path / "missing.jsonl")
    document.write_text(json.dumps({"claimtrack": 1}))
    for name, form in ((str(document), None), (large, Format.JSON), (missing, Format.JSONL)):
        assert read_ahead(name, form) == read_here(name, form)
    assert read_ahead("a\0.jsonl") == read_here("a\0.jsonl")
    monkeypatch.setattr(ahead, "LARGE", Path(large).stat().st_size + 1)
    next(ahead.read([large], None, READ_BY))
    monkeypatch.setattr(ahead, "LARGE", 1)
    monkeypatch.setattr(ahead, "_cores", lambda: 1)
    next(ahead.read([large], None, READ_BY))
    assert started == []


def test_where_no_process_can_be_started_it_is_read_here(
    large: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert len(read_ahead(large)) > 8_000
    monkeypatch.setattr(sys, "executable", "")
    assert len(read_ahead(large)) > 8_000


def test_a_process_that_is_killed_is_told_of(large: str, started: list[Any]) -> None:
    found = ahead.read([large], None, READ_BY)
    next(found)
    started[0].kill()
    with pytest.raises(ClaimtrackError, match=r"large\.jsonl ended before it had read all") as told:
        list(found)
    assert "memory" in str(told.value.hint)


def test_what_is_left_in_the_middle_ends_the_process(large: str, started: list[Any]) -> None:
    found = ahead.read([large], None, READ_BY)
    next(found)
    assert isinstance(found, Iterator)
    found.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None


def test_modules_of_the_folder_of_work_are_not_taken(
    large: str, tmp_path: Path, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("json", "signal", "marshal", "pydantic", "claimtrack"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')")
    assert len(read_ahead("large.jsonl")) > 8_000
    assert len(started) == 1


READS = """
import os, sys
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.ingest import ahead
from claimtrack.ingest.stating import Stating
ahead.LARGE = 1
begin = ahead._begin
def begun(name, stating):
    process = begin(name, stating)
    print(process.pid, "pydantic" in sys.modules, flush=True)
    return process
ahead._begin = begun
for chunk in ahead.read(sys.argv[1:], None, Stating(default_lexicon(), {})):
    sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.parametrize("sign", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_it_ends_with_the_process_that_reads(large: str, sign: str) -> None:
    """And says nothing of its own; until then pydantic is loaded by the other one only."""
    command = [sys.executable, "-c", READS, large]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        pid, loaded = process.stdout.readline().split()
        time.sleep(0.5)
        process.send_signal(getattr(signal, sign))
        # Whoever started it holds its streams: they are at their end when both are gone.
        _, said = process.communicate(timeout=20)
    assert loaded == "False"
    assert ends(lambda: not _is_there(int(pid)))
    assert said == "" or sign == "SIGINT"


def test_it_says_nothing_where_the_other_is_gone_before_it_has_begun(large: str) -> None:
    command = [sys.executable, "-c", f"from claimtrack.ingest import ahead; ahead.give({large!a})"]
    told = pickle.dumps(READ_BY)
    for part in (b"", told[: len(told) // 2]):
        done = subprocess.run(command, input=part, capture_output=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def _is_there(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.parametrize("after", [0.5, 0.7, 2])
def test_ctrl_c_is_told_once(large: str, tmp_path: Path, after: float) -> None:
    """A terminal sends it to both; nothing is changed, and only the program itself tells."""
    call = "from claimtrack.cli.main import run; from claimtrack.ingest import ahead"
    where = str(tmp_path / "case.db")
    command = [sys.executable, "-c", f"{call}; ahead.LARGE = 1; run()"]
    subprocess.run([*command, "init", "--db", where], check=True, capture_output=True)
    before = Path(where).read_bytes()
    pipe = str(tmp_path / "waits.jsonl")
    os.mkfifo(pipe)
    with subprocess.Popen(
        [*command, "import", large, pipe, "--db", where],
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        # It is starting, or reading; at last it waits for the second file.
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert Path(where).read_bytes() == before
