"""Let the commands that hints name look where this call looked: its database, its day."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

_COMMAND = re.compile(
    r"`claimtrack (?P<quoted>[a-z][^`]*)`|^next: claimtrack (?P<plain>[a-z][^`\n]*)$", re.MULTILINE
)
_ANYWHERE = frozenset(("schema",))
_OF_NO_DAY = frozenset(
    "add backup copy-to demo export grade grades history import init resolve review undo upgrade"
    " verify".split()
)
_given: dict[str, str | None] = {}


def remembered(option: str) -> Callable[[str | None], str | None]:
    """Give a callback that notes what this call gives an option, or that it does not."""

    def remember(value: str | None) -> str | None:
        _given[option] = value
        return value

    return remember


def repeated(text: str) -> str:
    """Add to each command that a text names the options that this call had.

    A password in an address is left out: what is hinted is to be seen by anybody.
    """
    if not any(_given.values()):
        return text
    return _COMMAND.sub(_with_options, text)


def _with_options(found: re.Match[str]) -> str:
    told = found["quoted"] or found["plain"]
    name = told.split()[0].rstrip(",")
    more = "".join(
        f" {option} {shlex.quote(_shown(value))}"
        for option, value in _given.items()
        if value
        and option not in told
        and name not in _ANYWHERE
        and "--help" not in told
        and not (option == "--as-of" and name in _OF_NO_DAY)
    )
    return found[0].replace(told, told + more)


def _shown(value: str) -> str:
    from claimtrack.store.location import without_password

    return without_password(value)
