"""Sentences about origins: how many there are, why each counts, what is wrong with a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimtrack.domain.testimony import (
    Because,
    Fault,
    Origin,
    OriginCount,
    Reason,
    RecordError,
    Standing,
)

NAMED_AT_MOST = 4
"""Names in a sentence before the rest are counted."""


def count_words(count: OriginCount) -> str:
    """Write a count as people read it: "6 reports, 1–3 independent origins"."""
    if not count.reports:
        return "no report"
    reports = f"{count.reports:,} report{'s' if count.reports != 1 else ''}"
    few, many = f"{count.least:,}", f"{count.most:,}"
    told = few if count.is_certain else f"{few}–{many}"
    plural = "" if count.most == 1 else "s"
    bound = "" if count.exact else " (a bound: too many to compare all)"
    return f"{reports}, {told} independent origin{plural}{bound}"


_STANDING = {
    Standing.CERTAIN: "counts",
    Standing.POSSIBLE: "may count",
    Standing.DEPENDENT: "does not count beside the others",
}


def why(origin: Origin) -> str:
    """Say in a sentence why an origin counts, may count or does not."""
    reasons = "; ".join(_reason(reason, origin) for reason in origin.reasons)
    return f"{_STANDING[origin.standing]}: {reasons}"


def _reason(reason: Reason, origin: Origin) -> str:
    others = _listed(reason.others)
    match reason.because:
        case Because.NAMED:
            return "it has a name, and the chain ends there"
        case Because.OWN_WORDS:
            return "its document says so in its own words and names nobody else"
        case Because.OWN_OBSERVATION:
            return "it tells what it saw or did itself"
        case Because.UNNAMED:
            return "it has no name, so it may be anybody, another origin of this list too"
        case Because.UNATTRIBUTED:
            return "the document does not say that it has it from there"
        case Because.CIRCLE:
            return "its chain runs in a circle and comes to no origin"
        case Because.CONTRADICTED:
            return f"a report on its own chain points to {others} instead"
        case Because.WITHDRAWN:
            return f"{others} corrected the words that are passed on"
        case Because.RELAYS_OTHERS:
            return (
                f"it also passes on the word of {others}, on which its own words may rest"
                " (the mode 'own' would say that it saw for itself)"
            )
        case Because.DRAWS_ON:
            return f"it draws on {others}"
        case Because.SHARES_BASIS:
            return f"it draws on the same works as {others}"
        case Because.PASSED_BY:
            return f"it is quoted by a document that draws on {others}"
        case Because.SUSPECTED:
            return f"it is suspected of one record with {others}, and treated so"


def _listed(names: Sequence[str]) -> str:
    if len(names) > NAMED_AT_MOST:
        return f"{', '.join(names[:NAMED_AT_MOST])} and {len(names) - NAMED_AT_MOST:,} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def count_data(count: OriginCount) -> dict[str, Any]:
    """Give a count as the JSON contract has it."""
    return {
        "reports": count.reports,
        "least": count.least,
        "most": count.most,
        "exact": count.exact,
        "words": count_words(count),
        "origins": [
            {
                "source": origin.source,
                "name": origin.name,
                "standing": origin.standing.value,
                "because": [reason.because.value for reason in origin.reasons],
                "why": why(origin),
                "reports": list(origin.reports),
            }
            for origin in count.origins
        ],
    }


def error_words(error: RecordError) -> tuple[str, str]:
    """Say what is wrong with a record, and what would mend it."""
    others = _listed(error.others)
    one, other = (*error.names, "", "")[:2]
    match error.fault:
        case Fault.CIRCLE_OF_REPORTS:
            return (
                f"relies on itself by way of {others}" if others else "relies on itself",
                "remove one `claim` from the chains: one of these said it first",
            )
        case Fault.CIRCLE_OF_DEPENDENCE:
            return (
                f"{' draws on '.join((*error.names, one))}: a circle",
                "remove one `draws_on`: the earlier work does not draw on the later",
            )
        case Fault.CITES_LATER:
            return (
                f"relies on {others}, published only afterwards ({one} before {other})",
                "correct `published` of one of the two documents, or name an earlier report",
            )
        case Fault.DRAWS_ON_LATER:
            return (
                f"{one} draws on {other}, which was published only afterwards",
                "correct `published` of one of the two, or turn the `draws_on` round",
            )
        case Fault.OTHER_SOURCE:
            return (
                f"the link names {one}, the report {error.others[1]} is by {other}",
                f"name {error.others[2]} as the link's source, or another report of {one}",
            )
        case Fault.OTHER_ORIGIN:
            return (
                f"its chain ends in {one}, but {others} on that chain has it from {other}",
                "end the chain where the report relied on ends",
            )
        case Fault.ENDS_EARLY:
            return (
                f"its chain ends in {one}, who has it from {other} ({others})",
                f'add "claim": "{error.others[0]}" to the link, or go on to {other}',
            )
        case Fault.RETURNS:
            return (
                f"its chain comes back to {one}",
                "name each source once; for what a source saw itself use the mode 'own'",
            )


ERROR_COLUMNS = ("fault", "place", "what", "remedy")


def error_rows(errors: Sequence[RecordError]) -> list[tuple[str, str, str, str]]:
    """Give errors of the record as rows: kind, place, what is wrong, what would mend it."""
    return [(error.fault.value, place(error), *error_words(error)) for error in errors]


def place(error: RecordError) -> str:
    """Write where an error is: `gazette-dozens attributed_to[1]`."""
    return error.place if error.link is None else f"{error.place} attributed_to[{error.link}]"


def error_data(error: RecordError) -> dict[str, Any]:
    """Give an error of the record as the JSON contract has it."""
    what, remedy = error_words(error)
    return {
        "fault": error.fault.value,
        "place": error.place,
        "link": error.link,
        "others": list(error.others),
        "what": what,
        "remedy": remedy,
    }
