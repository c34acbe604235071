"""Write what was asked for to a file: whole or not at all, and never over another unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from claimtrack.errors import ClaimtrackError


def check_target(target: Path, *, force: bool) -> None:
    """Refuse to write over what is there, unless that is asked for."""
    if target.is_dir():
        raise ClaimtrackError(f"{target} is a folder", "name a file in it")
    if target.exists() and not force:
        raise ClaimtrackError(f"{target} is there already", "add --force to write over it")


def save(text: str, target: Path, *, force: bool) -> None:
    """Write a file whole or not at all: beside its place first, then moved there."""
    check_target(target, force=force)
    kept: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=target.parent, prefix=f".{target.name}.", delete=False, encoding="utf-8",
            newline="\n",
        ) as file:  # fmt: skip
            kept = Path(file.name)
            file.write(text)
        kept.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        kept.replace(target)
    except OSError as error:
        if kept is not None:
            kept.unlink(missing_ok=True)
        reason = (error.strerror or "it failed").lower()
        raise ClaimtrackError(
            f"cannot write {target}: {reason}", "check the folder and who may write there"
        ) from error


def _umask() -> int:
    """Give the permissions that this program's new files go without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
