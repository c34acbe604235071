"""Turn what a database answers into a sentence with a remedy."""

from __future__ import annotations

from claimtrack.errors import DatabaseError
from claimtrack.store.location import without_password

RESTORE = "restore a backup; `sqlite3 FILE .recover` may save the rest"
START = "start one with `claimtrack init`, or try `claimtrack demo`"
NAME_ANOTHER = "name another with --db, or start one there: `claimtrack init --db FILE`"

_BY_WORDS: tuple[tuple[str, str, str], ...] = (
    ("locked", "is busy: another program is writing to it", "wait for it, then try again"),
    ("not a database", "is no claimtrack database", NAME_ANOTHER),
    ("malformed", "is damaged", RESTORE),
    ("disk is full", "could not be written: the disk is full", "make room; nothing changed"),
    (
        "disk I/O error",
        "could not be read or written: its disk refused",
        "check the disk, its free room and any limit on the size of files; nothing changed",
    ),
    ("readonly", "cannot be written to", "check who owns the file and its folder"),
    ("unable to open", "cannot be opened", "check who may read the file and its folder"),
)
"""What SQLite's messages hold."""

_NOT_THERE = ("does not exist on its server", "make it with `createdb`, then `claimtrack init`")
_REFUSED = ("refused the user or the password", "check the address and who may connect")
_TOO_MANY = ("has too many connections", "wait until somebody has finished, then try again")
_NOT_UP = ("is shutting down or starting", "try again when the server is up")
_LOST = ("lost the connection", "nothing was changed: try again")
_ENDED = ("ended the connection", "nothing was changed: try again")

_BY_STATE: tuple[tuple[str, str, str], ...] = (
    ("55P03", "is busy: another program is writing to it", "wait for it, then try again"),
    ("40P01", "is busy: another program is writing to it", "wait for it, then try again"),
    ("40001", "is busy: another program is writing to it", "wait for it, then try again"),
    ("53100", "could not be written: the disk is full", "make room; nothing changed"),
    ("53300", *_TOO_MANY),
    ("3D", *_NOT_THERE),
    ("28", *_REFUSED),
    ("42501", "does not allow this to your user", "ask its owner for the right to do it"),
    ("25006", "cannot be written to: it is read-only", "ask its owner, or name another"),
    (
        "57014",
        "ended a statement that ran longer than its statement_timeout",
        "nothing was changed: ask its owner to allow more",
    ),
    (
        "25P03",
        "ended the connection after its idle_in_transaction_session_timeout",
        "nothing was changed: ask its owner to allow more",
    ),
    ("57P01", *_ENDED),
    ("57P", *_NOT_UP),
    ("08", *_LOST),
)
"""What the SQLSTATE of PostgreSQL begins with (its manual, appendix A)."""

_BY_CONNECTION: tuple[tuple[str, str, str], ...] = (
    (" does not exist", *_NOT_THERE),
    ("authentication failed", *_REFUSED),
    ("no password supplied", *_REFUSED),
    ("pg_hba.conf", *_REFUSED),
    ("too many clients", *_TOO_MANY),
    ("starting up", *_NOT_UP),
    ("shutting down", *_NOT_UP),
    ("connection to server", "cannot be reached", "check the address, and that the server runs"),
    ("connection failed", "cannot be reached", "check the address, and that the server runs"),
    ("connection is bad", "cannot be reached", "check the address, and that the server runs"),
    ("could not translate host", "cannot be reached", "check the name of the host"),
    ("failed to resolve host", "cannot be reached", "check the name of the host"),
    ("terminating connection", *_LOST),
    ("closed the connection", *_LOST),
    ("connection is lost", *_LOST),
)
"""What PostgreSQL's client says where there is no SQLSTATE."""


def explain_fault(fault: BaseException, where: str) -> DatabaseError:
    """Turn a driver's fault into a sentence with a remedy; no password is repeated."""
    shown, text = without_password(where), str(fault)
    state = getattr(fault, "sqlstate", None)
    if state:
        known = [row for row in _BY_STATE if state.startswith(row[0])]
    else:
        signs = _BY_CONNECTION if _is_of_postgresql(fault) else _BY_WORDS
        known = [row for row in signs if row[0] in text]
    for _, problem, hint in known:
        return DatabaseError(f"the database {shown} {problem}", hint)
    first = next(iter(text.strip().splitlines()), type(fault).__name__)
    return DatabaseError(f"the database {shown} answered: {first}", "nothing was changed")


def _is_of_postgresql(fault: BaseException) -> bool:
    return type(fault).__module__.startswith("psycopg")
