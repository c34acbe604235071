"""Check that each quote stands in the text it is taken from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from claimtrack.ingest.chunk import Claim
from claimtrack.ingest.places import Problem

_ALIKE = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " "})


def check_quotes(claims: Iterable[Claim], text: str) -> list[Problem]:
    """Report the quotes that the text does not hold.

    Runs of blanks count as one, and typographic quotation marks, apostrophes and dashes
    as their plain forms: they change on the way through a web page. Words never do.
    """
    whole = _plain(text)
    problems = []
    for claim in claims:
        item = claim.item()
        quote = item.entry.get("quote")
        if quote and _plain(quote) not in whole:
            told = quote if len(quote) <= 200 else quote[:199] + "…"
            message = f"the text does not hold the quote “{told}”"
            hint = "copy it from the text again, word for word"
            problems.append(item.problem("quote", message, hint))
    return problems


@lru_cache(maxsize=2)
def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())
