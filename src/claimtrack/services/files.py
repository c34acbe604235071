"""Write what was asked for to a file: whole or not at all, and never over another unasked."""

from __future__ import annotations

from pathlib import Path

from claimtrack.errors import ClaimtrackError
from claimtrack.store.unfinished import built_beside


def check_target(target: Path, *, force: bool) -> None:
    """Refuse to write over what is there, unless that is asked for."""
    if target.is_dir():
        raise ClaimtrackError(f"{target} is a folder", "name a file in it")
    if target.exists() and not force:
        raise ClaimtrackError(f"{target} is there already", "add --force to write over it")


def save(text: str, target: Path, *, force: bool) -> None:
    """Write a file whole or not at all: beside its place first, then moved there."""
    check_target(target, force=force)
    try:
        with built_beside(target, replace=True) as half:
            half.write_text(text, encoding="utf-8", newline="\n")
            if target.exists():
                half.chmod(target.stat().st_mode & 0o777)
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise ClaimtrackError(
            f"cannot write {target}: {reason}", "check the folder and who may write there"
        ) from error
