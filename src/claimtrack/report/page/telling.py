"""What a case file says in its own words: the summary, the notes, what is left out for length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord, voices
from claimtrack.domain.value import Hedge
from claimtrack.report.comparison import question_verdict
from claimtrack.report.estimates import LINES, answer_told, sentence, told, why_left_out
from claimtrack.report.findings import sentence as finding_sentence
from claimtrack.report.origins import count_words, error_words, place, why
from claimtrack.report.visible import visible
from claimtrack.report.wording import bounds, chain, explain, question, said_by
from claimtrack.report.wording import capital as capital
from claimtrack.report.wording import quoted as quoted

if TYPE_CHECKING:
    from claimtrack.domain.testimony import OriginCount
    from claimtrack.report.comparison import Compared, Shown
    from claimtrack.report.estimates import Asked, Range
    from claimtrack.report.page.case_file import CaseFile
    from claimtrack.report.versions import Dispute, EventVersions

__all__ = [
    "chain",
    "count_words",
    "error_words",
    "finding_sentence",
    "place",
    "question",
    "said_by",
    "voices",
]
"""Sentences of others that the page uses too."""

MOST_CONTRADICTIONS = 50
"""Contradictions told with their quotes; the rest are counted."""
MOST_FINDINGS = 20
"""Findings told with their quotes."""
MOST_DRAWN, DRAWN_IN_ALL = 60, 160
"""Claims drawn of one question, and of all in an event of many claims."""
MOST_VERSIONS, MOST_DISPUTES, MOST_NAMED = 5, 10, 6
"""Versions of a question or dispute, disputes of an event, and claims named in a list."""
MOST_LEFT_OUT = 5
"""Claims named that a version of a question leaves out."""
MOST_ASKED = 3
"""Questions named in a heading."""
MOST_QUOTES = 2
"""Quotes of one claim in a contradiction."""
MOST_WORDS = 40
"""Different words shown with their readings."""

RULES: Mapping[str, str] = {
    "disjoint": "two answers to one question have nothing in common",
    "part_of": "a part cannot be larger than its whole",
    "sum": "what is added up cannot be more, or less, than the sum allows",
    "capacity": "no more can be counted than there were",
    "denial": "all of what one says is denied by another",
    "date": "the days do not meet",
    "category": "only one answer can hold",
    "truth_value": "one says yes, the other no",
}
"""What each rule says, in the reader's words."""


def summary(case: CaseFile) -> list[str]:
    """Say in three sentences what happened, what is disputed, and who it rests on."""
    when = f", {happened(case)}" if case.date else ""
    where = f", {case.place}" if case.place else ""
    asked = sum(len(panel.questions) for panel in case.panels)
    first = (
        f"{case.title}{when}{where}: {_count(len(case.claims), 'claim')} on"
        f" {_count(asked, 'question')}."
    )
    return [first, _disputed(case), f"All of it rests on {count_words(case.origins)}."]


def happened(case: CaseFile) -> str:
    """Write when it happened: the two ends of an EDTF interval as "from to"."""
    return " to ".join((case.date or "").split("/"))


def _disputed(case: CaseFile) -> str:
    if not case.contradictions:
        return "Nothing claimed here excludes anything else that is claimed."
    worst = case.contradictions[0]
    inside = {claim.id for found in case.contradictions for claim in found.claims}
    if len(case.contradictions) == 1:
        return f"One contradiction stands among them: {explain(worst)}"
    return (
        f"{_count(len(inside), 'claim')} cannot all be true"
        f" ({_count(len(case.contradictions), 'contradiction')}); the gravest:"
        f" {explain(worst)}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def count(number: int, noun: str) -> str:
    """Count things: "1 claim", "2,000 claims"."""
    return _count(number, noun)


def limits(record: ClaimRecord) -> str:
    """Write the bounds read from the words of a claim."""
    return bounds(record.value, record.unit, denied=record.denied)


def reading(record: ClaimRecord) -> str:
    """Write the bounds in brackets where they say more than the words: " (201 or more)"."""
    told = limits(record)
    same = told.replace(",", "") == record.value.text.replace(",", "")
    return "" if same or record.value.is_unknown else f" ({told})"


def safe_address(url: str | None) -> str | None:
    """Give an address that may become a link: http or https, a host, no credentials.

    Anything else is None, to be shown as text: other schemes run or load things, and
    credentials or invisible signs hide where a link leads.
    """
    if not url or visible(url) != url or any(sign.isspace() or sign in '\\"<>`|' for sign in url):
        return None
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    return url if port_is_fine and "@" not in parts.netloc else None


@dataclass(frozen=True)
class ToldVersion:
    """A version of a question: its claims, who holds it, and what it leaves out."""

    claims: Sequence[ClaimRecord]
    left_out: Sequence[ClaimRecord]
    origins: OriginCount

    @property
    def named(self) -> Sequence[ClaimRecord]:
        """Give the claims that are named."""
        return self.claims[:MOST_NAMED]

    @property
    def left_out_named(self) -> Sequence[ClaimRecord]:
        """Give the claims left out that are named."""
        return self.left_out[:MOST_LEFT_OUT]

    @property
    def held_by(self) -> str:
        """Name the origins that hold it."""
        return _names([origin.name for origin in self.origins.origins])


def _names(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    rest = len(shown) - MOST_NAMED
    if rest > 0:
        return f"{'; '.join(shown[:MOST_NAMED])} and {rest:,} more"
    return "; ".join(shown)


def question_versions(compared: Compared) -> list[ToldVersion]:
    """Give the versions of a question, those of most independent origins first."""
    by_id = {claim.id: claim for claim in compared.claims}
    everybody = [c for c in compared.claims if c.stands and not c.value.is_unknown]
    told = []
    for ids, origins in zip(compared.versions, compared.version_origins, strict=True):
        inside = set(ids)
        members = [by_id[id_] for id_ in ids if not by_id[id_].value.is_unknown]
        left_out = [claim for claim in everybody if claim.id not in inside]
        told.append(ToldVersion(members, left_out, origins))
    return sorted(told, key=lambda v: (-v.origins.least, -v.origins.most, -len(v.claims)))


def question_name(compared: Compared) -> str:
    """Name a question by its metric and group."""
    return capital(question(compared.claims[0]))


def verdict(compared: Compared) -> str:
    """Say whether the claims of a question can all hold; its name and estimate stand beside."""
    if len(compared.versions) > 1:
        return (
            f"Not all can hold: {len(compared.versions):,} versions, told from the one with the"
            f" most independent origins ({count_words(compared.origins)} in all)."
        )
    alone = replace(compared, estimated=None) if is_dataclass(compared) else compared
    told = question_verdict(alone).removeprefix(f"{question_name(compared)}: ")
    return capital(told)


def origin_reasons(origins: OriginCount) -> list[tuple[str, str]]:
    """Give the origins with the sentence why each counts, or why not; each sentence once."""
    together: dict[str, list[str]] = {}
    for origin in origins.origins:
        together.setdefault(why(origin), []).append(origin.name)
    return [
        (names[0], sentence) if len(names) == 1 else (_names(names), f"(each) {sentence}")
        for sentence, names in together.items()
    ]


@dataclass(frozen=True)
class ToldEstimate:
    """An estimate in words, with what it left out, each reason once."""

    method: str
    range: str
    rule: str
    left_out: Sequence[tuple[str, int]]


def told_estimates(asked: Asked | None) -> list[ToldEstimate]:
    """Put the estimates of a question into words; those that give no range are left out."""
    made = []
    for each in asked.estimates if asked else ():
        if asked is None or each.refusal is not None:
            continue
        reasons: dict[str, int] = {}
        for left in each.left_out:
            reason = why_left_out(left)
            reasons[reason] = reasons.get(reason, 0) + 1
        made.append(
            ToldEstimate(each.method, _range(each, asked), sentence(each), list(reasons.items()))
        )
    return made


def _range(estimate: Range, asked: Asked) -> str:
    """Write a range; a middle that is all of it says nothing more."""
    if estimate.middle == (estimate.lower, estimate.upper):
        return told((estimate.lower, estimate.upper), asked.names)
    return answer_told(estimate, asked.names)


METHOD_LINES = {method: LINES[method] for method in ("origin-median", "envelope", "conservative")}


@dataclass(frozen=True)
class Word:
    """Words that hedge, as this event used them, and the bounds read from them."""

    text: str
    limits: str
    rule: str
    uses: int


def hedging_words(case: CaseFile) -> tuple[list[Word], int]:
    """List hedged words with their readings, most used first, and count those left out."""
    uses: dict[tuple[str, str, str], int] = {}
    for claim in case.claims:
        for assertion in claim.assertions:
            if assertion.hedge != Hedge.EXACT:
                key = assertion.text, bounds(claim.value, claim.unit), assertion.rule
                uses[key] = uses.get(key, 0) + 1
    told = [Word(*key, uses=number) for key, number in uses.items()]
    told.sort(key=lambda word: (-word.uses, word.text, word.limits, word.rule))
    return told[:MOST_WORDS], max(0, len(told) - MOST_WORDS)


def lexicons(case: CaseFile) -> str:
    """Name the lexicons by which the words were read."""
    used = {a.lexicon for claim in case.claims for a in claim.assertions if a.lexicon}
    return ", ".join(sorted(used))


def most_drawn(case: CaseFile) -> int:
    """Choose how many claims to draw of a question: fewer where there are many questions."""
    if len(case.claims) <= DRAWN_IN_ALL:
        return MOST_DRAWN
    asked = sum(len(panel.questions) for panel in case.panels)
    return max(8, min(MOST_DRAWN, DRAWN_IN_ALL // asked))


def not_drawn(panel: Shown, most: int) -> int:
    """Count the claims of a panel that its picture leaves out."""
    return sum(max(0, len(compared.claims) - most) for compared in panel.questions)


def standing_assertions(record: ClaimRecord) -> Sequence[Assertion]:
    """Give the assertions of a claim to quote, those that were not corrected first."""
    return sorted(record.assertions, key=lambda a: a.superseded_by is not None)


def rule_name(found: ContradictionRecord) -> str:
    """Name a rule as people read it."""
    return found.rule.replace("_", " ")


def asked(claims: Sequence[ClaimRecord]) -> str:
    """Name the questions of some claims, each once."""
    names = list(dict.fromkeys(question(claim) for claim in claims))
    rest = len(names) - MOST_ASKED
    return "; ".join(names[:MOST_ASKED]) + (
        f" and {_count(rest, 'more question')}" if rest > 0 else ""
    )


def about(dispute: Dispute) -> str:
    """Name the questions that a dispute is about."""
    version = dispute.versions[0]
    return asked([*version.claims, *version.left_out])


def further(dispute: Dispute) -> int:
    """Count the versions of a dispute that are not told."""
    return max(0, len(dispute.versions) - MOST_VERSIONS) + dispute.further


def versions_headline(told: EventVersions) -> str:
    """Say how many versions the event has, and why."""
    if not told.disputes:
        return "There is one version: nothing claimed excludes anything else."
    stand = len(told.undisputed)
    numbers = [len(dispute.versions) + dispute.further for dispute in told.disputes]
    counted = " × ".join(f"{number:,}" for number in numbers[:MOST_NAMED])
    more = " × …" if len(told.disputes) > MOST_NAMED else ""
    product = f" ({counted}{more})" if len(told.disputes) > 1 else ""
    many = f"{told.total:,}" if told.total < 10**9 else "More than a thousand million"
    rest = f"{_count(stand, 'claim')} {'stands' if stand == 1 else 'stand'} in all of them."
    parts = "the dispute" if len(told.disputes) == 1 else "each of the disputes"
    return (
        f"{many} version{'s' if told.total != 1 else ''}{product}: one for every choice of a"
        f" version of {parts} below. {capital(rest)}"
    )


def first_published(claim: ClaimRecord) -> str:
    """Give the first date of publication, as it was entered."""
    return min((a.published for a in claim.assertions if a.published), default="")


def sort_key(claim: ClaimRecord) -> str:
    """Give what a column of bounds is sorted by: the lower end, else the upper."""
    value = claim.value
    first = value.lower if value.lower is not None else value.upper
    return "" if first is None else str(first)
