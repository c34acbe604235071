"""What can go wrong in front of a person: a sentence, and a hint how to mend it."""

from __future__ import annotations


class ClaimtrackError(Exception):
    """A failure that a person can understand and mend.

    `problem` says what is wrong, `hint` what to do about it; both are plain text
    in which anything that came from outside is data.
    """

    exit_code = 1

    def __init__(self, problem: str, hint: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class UsageError(ClaimtrackError):
    """The words of the call do not fit together."""

    exit_code = 2


class UnreadableValue(ClaimtrackError):
    """Words from which no value can be read."""


class UnclearRange(UnreadableValue):
    """A range such as "20 to 30 thousand", whose first number may be multiplied as well."""


class UnknownId(ClaimtrackError):
    """An id that names nothing, or more than one thing."""


class DatabaseError(ClaimtrackError):
    """The database is missing, is not ours, is damaged, is of another release or is busy."""


class ImportRefused(ClaimtrackError):
    """An import file with errors: nothing was changed.

    `problems` holds one line-up of place, problem and hint for each error found.
    """

    def __init__(self, problem: str, problems: tuple[object, ...], hint: str | None = None) -> None:
        super().__init__(problem, hint)
        self.problems = problems
