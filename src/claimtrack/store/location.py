"""Find the database: `--db` > `CLAIMTRACK_DB` > `./claimtrack.db` > the user's data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "CLAIMTRACK_DB"
FILE_NAME = "claimtrack.db"


@dataclass(frozen=True, slots=True)
class Location:
    """A database, and why this one."""

    where: str
    why: str


def is_url(where: str) -> bool:
    """Tell a database address from a path."""
    return "://" in where


def find_database(option: str | None) -> Location:
    """Choose the database by the documented order; whether it exists is another matter."""
    if option:
        return Location(option, "named by --db")
    if from_environment := os.environ.get(VARIABLE):
        return Location(from_environment, f"named by {VARIABLE}")
    if Path(FILE_NAME).exists():
        return Location(FILE_NAME, "in this folder")
    from platformdirs import user_data_path

    own = user_data_path("claimtrack") / FILE_NAME
    if own.exists():
        return Location(str(own), "in your data folder")
    return Location(FILE_NAME, "would be made in this folder")
