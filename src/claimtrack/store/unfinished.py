"""Build a file beside its place and put it there when it is whole."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimtrack.errors import DatabaseError

COMPANIONS = ("", "-journal", "-wal", "-shm")
"""What the name of a database's file and of those that SQLite keeps beside it end in."""

_KEPT_OF_NAME = 50
"""Letters of the target's name in the name of the unfinished file: file systems bound it."""


@contextmanager
def built_beside(
    target: Path, *, replace: bool = False, like: Path | None = None
) -> Iterator[Path]:
    """Give a path to build a file at; at the end it stands at the target, or nowhere.

    A program that is killed leaves an unfinished file behind, under a name with its process
    in it: the next one to build the same target takes it away. With `replace` a file at the
    target is replaced, else DatabaseError is raised where one appeared meanwhile. Who may read
    `like`, where it is there, may read the file, and nobody else. What goes wrong with the
    unfinished file is told of the target.
    """
    start = f".{target.name[:_KEPT_OF_NAME]}."
    _sweep(target.parent, start)
    half = target.with_name(f"{start}{os.getpid()}-{time.time_ns():x}.part")
    try:
        if like is not None and like.is_file():
            half.touch(mode=0o600)
            half.chmod(like.stat().st_mode & 0o777)
        yield half
        _put(half, target, replace=replace)
    except DatabaseError as error:
        problem = error.problem.replace(str(half), str(target))
        raise DatabaseError(problem, error.hint) from error
    finally:
        remove(half)


def remove(path: Path) -> None:
    """Remove a file, and what SQLite keeps beside it, where they can be removed."""
    for end in COMPANIONS:
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


def _put(half: Path, target: Path, *, replace: bool) -> None:
    if replace:
        half.replace(target)
        return
    try:
        # A link refuses what stands at the target, which a rename would take away.
        os.link(half, target)
    except FileExistsError:
        raise DatabaseError(f"{target} is there already", "name another file") from None
    except OSError:
        half.rename(target)


def _sweep(folder: Path, start: str) -> None:
    """Take away what programs that are no more left unfinished for this target."""
    with suppress(OSError):
        for path in folder.iterdir():
            process, mark, _ = path.name.removeprefix(start).partition("-")
            mine = path.name.startswith(start) and ".part" in path.name
            if mine and mark and process.isdigit() and _is_gone(int(process)):
                path.unlink(missing_ok=True)


def _is_gone(process: int) -> bool:
    if os.name == "nt":
        # There the question whether a process lives would end it.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
