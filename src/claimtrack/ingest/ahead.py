"""Read a large file in a process of its own, so that another core decodes and checks it.

That process is one chunk ahead: it writes chunks of plain data to a pipe, and waits where they
are not taken. Where it has to wait, it reads values too. When this process ends, in whatever
way, the pipe breaks and ends the other.
"""

from __future__ import annotations

import gc
import marshal
import os
import pickle
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple
from functools import partial
from itertools import groupby
from typing import IO, Any, TypeVar

from claimtrack.errors import ClaimtrackError
from claimtrack.ingest.chunk import Chunk, chunks_of, sorted_out
from claimtrack.ingest.form import STDIN, Format, format_of
from claimtrack.ingest.item import Item, Told
from claimtrack.ingest.places import Problem
from claimtrack.ingest.stating import Columns, Stating

T = TypeVar("T", bound=tuple[Any, ...])

LARGE = 8 * 2**20
"""Bytes of JSON Lines that are worth a process, which takes a quarter of a second to begin."""

WAITS = 0.01
"""Seconds that a chunk lies until it is taken, from which on the other has more to do than this.

To hand it over takes one to three thousandths.
"""

LASTS = 8
"""Chunks that are read further after one of claims has lain, as the pace of either is uneven."""

_SIZE = 8
"""Bytes that tell how long a chunk is; it is followed by the next, and the last one is empty."""


def read(names: Iterable[str], form: Format | None, stating: Stating) -> Iterator[Chunk]:
    """Read files as `reader.read` does, in another process where that is worth it.

    That process tells what claims state as well, of metrics that it knows, as far as it has time.
    """
    for is_large, some in groupby(names, key=lambda name: _is_worth_a_process(name, form)):
        if is_large:
            for name in some:
                process = _begin(name, stating)
                yield from _here([name], form) if process is None else _taken(name, process)
        else:
            yield from _here(some, form)


def _here(names: Iterable[str], form: Format | None) -> Iterator[Chunk]:
    from claimtrack.ingest import reader

    return chunks_of(found for name in names for found in reader.read(name, form))


def _is_worth_a_process(name: str, form: Format | None) -> bool:
    return (form or format_of(name)) is Format.JSONL and is_large(name) and _cores() > 1


def is_large(name: str) -> bool:
    """Tell whether a file on disk holds so much that what costs a while to begin is worth it."""
    if name == STDIN:
        return False
    try:
        found = os.stat(name)  # noqa: PTH116 (as it was given)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size >= LARGE


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(name: str, stating: Stating) -> subprocess.Popen[bytes] | None:
    """Start the other process with the modules of this one; None where that cannot be."""
    if not sys.executable or getattr(sys, "frozen", False):
        return None
    # -P: nothing in the folder of work is taken for a module before the path is set.
    begin = f"import sys; sys.path[:] = {sys.path!a}; from claimtrack.ingest import ahead"
    command = [sys.executable, "-P", "-c", f"{begin}; ahead.give({name!a})"]
    try:
        # In a group of its own Ctrl-C does not reach it: it is ended by this process.
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
        )
    except OSError:
        return None
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as pipe:
        pickle.dump(stating, pipe)
    return process


def _taken(name: str, process: subprocess.Popen[bytes]) -> Iterator[Chunk]:
    with process:
        assert process.stdout is not None
        try:
            while chunk := _next(name, process.stdout):
                problems, definitions, are_stated, claims = chunk
                yield Chunk(
                    [Problem(*row) for row in problems],
                    _made(Item, definitions),
                    Columns(*claims) if are_stated else _made(Told, claims),
                )
        finally:
            process.kill()


def _by_text(item: Item) -> tuple[Any, ...]:
    return item.slug, item.text, item.file, item.line, item.path


def _made(kind: type[T], rows: Iterable[tuple[Any, ...]]) -> list[T]:
    """Make tuples of a kind out of plain ones, as `_make` does, but without looking at each."""
    return list(map(partial(tuple.__new__, kind), rows))


def _next(name: str, pipe: IO[bytes]) -> Any:
    """Take the next chunk; it is nothing where the file is at its end."""
    size = pipe.read(_SIZE)
    data = pipe.read(int.from_bytes(size))
    if len(size) < _SIZE or len(data) < int.from_bytes(size):
        raise ClaimtrackError(
            f"the process that reads {name} ended before it had read all",
            "import it again; if memory is short, end other programs first",
        )
    return marshal.loads(data) if data else None


def give(name: str) -> None:
    """Write what a file of JSON Lines holds to standard output, for `read` in the other process."""
    from claimtrack.ingest import reader

    # Where groups do not keep Ctrl-C away, it is still for the other to tell of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000)  # as an import does
    try:
        stating: Stating = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):
        os._exit(1)  # the other is gone already
    further = 0  # chunks yet of which it tells what claims state
    try:
        with open(1, "wb", closefd=False) as out:
            for problems, definitions, claims in sorted_out(reader.read(name, Format.JSONL)):
                stating.learn(definitions)
                stated = stating.state_all(claims) if further > 0 else None
                told = list(map(_by_text, claims)) if stated is None else stated.plain()
                data = marshal.dumps(
                    (
                        [astuple(each) for each in problems],
                        list(map(tuple, definitions)),
                        stated is not None,
                        told,
                    )
                )
                begun = time.perf_counter()
                out.write(len(data).to_bytes(_SIZE) + data)
                out.flush()
                if claims:
                    further = LASTS if time.perf_counter() - begun > WAITS else further - 1
            out.write(bytes(_SIZE))
    except BrokenPipeError:
        os._exit(1)
