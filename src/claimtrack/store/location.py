"""Find the database: `--db` > `CLAIMTRACK_DB` > `./claimtrack.db` > the user's data folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from claimtrack.errors import DatabaseError

VARIABLE = "CLAIMTRACK_DB"
FILE_NAME = "claimtrack.db"
_FILE_SCHEME = "sqlite:///"
_SECRETS = ("password=", "sslpassword=")


@dataclass(frozen=True, slots=True)
class Location:
    """A database, and why this one."""

    where: str
    why: str

    @property
    def shown(self) -> str:
        """The database as it may be printed: without a password."""
        return without_password(self.where)


def is_url(where: str) -> bool:
    """Tell a database address from a path."""
    return "://" in where


def without_password(where: str) -> str:
    """Put *** in place of the passwords of an address; a path stays as it is."""
    if not is_url(where):
        return where
    scheme, rest = where.split("://", 1)
    rest, mark, query = rest.partition("?")
    # A password may hold an @ that ought to be written %40: the last one ends it.
    account, at, host = rest.rpartition("@")
    user, colon, password = account.partition(":")
    shown = f"{user}:***" if colon and password else account
    settings = "&".join(
        f"{part.split('=', 1)[0]}=***" if part.lower().startswith(_SECRETS) else part
        for part in query.split("&")
    )
    return f"{scheme}://{shown}{at}{host}{mark}{settings}"


def find_database(option: str | None) -> Location:
    """Choose the database by the documented order; whether it exists is another matter."""
    if option:
        return Location(_plain(option), "named by --db")
    if from_environment := os.environ.get(VARIABLE):
        return Location(_plain(from_environment), f"named by {VARIABLE}")
    if Path(FILE_NAME).exists():
        return Location(FILE_NAME, "in this folder")
    from platformdirs import user_data_path

    own = user_data_path("claimtrack") / FILE_NAME
    if own.exists():
        return Location(str(own), "in your data folder")
    return Location(FILE_NAME, "would be made in this folder")


def check_there(where: str, hint: str) -> None:
    """Refuse a path that holds no file, or may not be looked at; a server is asked later."""
    if is_url(where):
        return
    try:
        mode = Path(where).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise DatabaseError(f"the database {where} does not exist", hint) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DatabaseError(
            f"the database {where} cannot be opened: {why}",
            "check the path, and who may read the file and its folder",
        ) from error
    if stat.S_ISDIR(mode):
        raise DatabaseError(f"the database {where} is a folder", hint)


def _plain(named: str) -> str:
    """Take the path out of the address of a file."""
    return named.removeprefix(_FILE_SCHEME) if named.startswith(_FILE_SCHEME) else named
