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
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from itertools import groupby, islice
from typing import IO, Any

from claimtrack.errors import ClaimtrackError
from claimtrack.ingest.form import STDIN, Format, format_of
from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problem
from claimtrack.ingest.stating import Stated, Stating

LARGE = 8 * 2**20
"""Bytes of JSON Lines that are worth a process, which takes a quarter of a second to begin."""

CHUNK = 5_000
"""Entries handed over at a time: as many as an import takes at a time, or one would wait."""

WAITS = 0.003
"""Seconds that a chunk lies until it is taken, from which on the other has more to do than this."""

_SIZE = 8
"""Bytes that tell how long a chunk is; it is followed by the next, and the last one is empty."""


def read(name: str, form: Format | None, stating: Stating) -> Iterator[Item | Problem]:
    """Read a file as `reader.read` does, in another process where that is worth it.

    That process tells what claims state as well, of metrics that it knows, as far as it has time.
    """
    process = _begin(name, stating) if _is_worth_a_process(name, form) else None
    if process is not None:
        yield from _taken(name, process)
    else:
        from claimtrack.ingest import reader

        yield from reader.read(name, form)


def _is_worth_a_process(name: str, form: Format | None) -> bool:
    if (form or format_of(name)) is not Format.JSONL or name == STDIN or _cores() < 2:
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


def _taken(name: str, process: subprocess.Popen[bytes]) -> Iterator[Item | Problem]:
    with process:
        assert process.stdout is not None
        try:
            while chunk := _next(name, process.stdout):
                for are_problems, rows in chunk:
                    yield from (
                        (Problem(*row) for row in rows) if are_problems else map(Item._make, rows)
                    )
        finally:
            process.kill()


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
    found = reader.read(name, Format.JSONL)
    has_time = False
    try:
        with open(1, "wb", closefd=False) as out:
            while some := list(islice(found, CHUNK)):
                stating.learn(some)
                if has_time:
                    some = [_with_what_it_states(each, stating) for each in some]
                data = marshal.dumps([_plain(kind, rows) for kind, rows in groupby(some, type)])
                begun = time.perf_counter()
                out.write(len(data).to_bytes(_SIZE) + data)
                out.flush()
                has_time = time.perf_counter() - begun > WAITS
            out.write(bytes(_SIZE))
    except BrokenPipeError:
        os._exit(1)


def _with_what_it_states(found: Item | Problem, stating: Stating) -> Item | Problem:
    """Add what a claim states to it, if its metric is known and nothing is wrong with it."""
    if isinstance(found, Problem) or found.type != "claim":
        return found
    if found.entry["metric"] not in stating.measures:
        return found
    stated = stating.state(found)
    return found._replace(stated=tuple(stated)) if isinstance(stated, Stated) else found


def _plain(kind: type, found: Iterator[Any]) -> tuple[bool, list[tuple[Any, ...]]]:
    """Give entries, or problems, as rows of plain data, and say which they are."""
    are_problems = kind is Problem
    return are_problems, [astuple(each) if are_problems else tuple(each) for each in found]
