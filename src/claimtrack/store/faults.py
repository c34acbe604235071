"""Turn what a database answers into a sentence with a remedy."""

from __future__ import annotations

from claimtrack.errors import DatabaseError
from claimtrack.store.location import without_password

RESTORE = "restore a backup; `sqlite3 FILE .recover` may save the rest"
START = "start one with `claimtrack init`, or try `claimtrack demo`"

_BY_WORDS: tuple[tuple[str, str, str], ...] = (
    ("locked", "is busy: another program is writing to it", "wait for it, then try again"),
    ("not a database", "is no claimtrack database", START),
    ("malformed", "is damaged", RESTORE),
    ("disk is full", "could not be written: the disk is full", "make room; nothing changed"),
    ("readonly", "cannot be written to", "check who owns the file and its folder"),
    ("unable to open", "cannot be opened", "check who may read the file and its folder"),
)
"""What SQLite's messages hold."""

_BY_STATE: tuple[tuple[str, str, str], ...] = (
    ("55P03", "is busy: another program is writing to it", "wait for it, then try again"),
    ("40P01", "is busy: another program is writing to it", "wait for it, then try again"),
    ("40001", "is busy: another program is writing to it", "wait for it, then try again"),
    ("53100", "could not be written: the disk is full", "make room; nothing changed"),
    ("53300", "has too many connections", "wait until somebody has finished, then try again"),
    ("3D", "does not exist on its server", "make it with `createdb`, then `claimtrack init`"),
    ("28", "refused the user or the password", "check the address and who may connect"),
    ("42501", "does not allow this to your user", "ask its owner for the right to do it"),
    ("25006", "cannot be written to: it is read-only", "ask its owner, or name another"),
    ("57P", "is shutting down or starting", "try again when the server is up"),
    ("08", "lost the connection", "nothing was changed: try again"),
)
"""What the SQLSTATE of PostgreSQL begins with (its manual, appendix A)."""

_BY_CONNECTION: tuple[tuple[str, str, str], ...] = (
    (" does not exist", *_BY_STATE[5][1:]),
    ("authentication failed", *_BY_STATE[6][1:]),
    ("no password supplied", *_BY_STATE[6][1:]),
    ("pg_hba.conf", *_BY_STATE[6][1:]),
    ("too many clients", *_BY_STATE[4][1:]),
    ("starting up", *_BY_STATE[9][1:]),
    ("shutting down", *_BY_STATE[9][1:]),
    ("connection to server", "cannot be reached", "check the address, and that the server runs"),
    ("connection failed", "cannot be reached", "check the address, and that the server runs"),
    ("connection is bad", "cannot be reached", "check the address, and that the server runs"),
    ("could not translate host", "cannot be reached", "check the name of the host"),
    ("failed to resolve host", "cannot be reached", "check the name of the host"),
    ("terminating connection", *_BY_STATE[10][1:]),
    ("closed the connection", *_BY_STATE[10][1:]),
    ("connection is lost", *_BY_STATE[10][1:]),
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
