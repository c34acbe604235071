"""The case file as Markdown, for GitHub and Obsidian: nothing from outside is markup in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord, voices
from claimtrack.report.findings import sentence as finding_sentence
from claimtrack.report.formats import escape_markdown
from claimtrack.report.origins import count_words, error_words, place
from claimtrack.report.page import pictures, telling
from claimtrack.report.visible import visible
from claimtrack.report.wording import chain, explain, question, said_by

if TYPE_CHECKING:
    from claimtrack.report.comparison import Compared
    from claimtrack.report.page.case_file import CaseFile
    from claimtrack.report.versions import Dispute


def as_markdown(case: CaseFile) -> str:
    """Write a case file as Markdown, with the same content as the page has."""
    parts = [
        _head(case),
        _questions(case),
        _versions(case),
        _contradictions(case),
        _sources(case),
        _relays(case),
        _claims(case),
        _reading(case),
        _foot(case),
    ]
    lines = [line for part in parts for line in part]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return escape_markdown(visible(text))


def _code(text: str) -> str:
    """Write a name as code; a backtick in it would end it."""
    return f"`{visible(text).replace('`', chr(0x2BC))}`"


def _head(case: CaseFile) -> Iterator[str]:
    yield f"# {_text(case.title)}"
    yield ""
    yield "## What happened, and what is disputed"
    yield ""
    for told in telling.summary(case):
        yield from (_text(told), "")
    if case.versions.stopped:
        yield from (f"> {_text(case.versions.stopped)}", "")


def _claim(claim: ClaimRecord) -> str:
    return _text(telling.quoted(claim) + telling.reading(claim))


def _asked(claim: ClaimRecord) -> str:
    return f"{_text(question(claim))}: {_claim(claim)}; {_text(said_by(claim))}"


def _some(claims: Sequence[ClaimRecord]) -> str:
    shown = ", ".join(_claim(claim) for claim in claims[: telling.MOST_NAMED])
    more = len(claims) - telling.MOST_NAMED
    return shown + (f" and {telling.count(more, 'more claim')}" if more > 0 else "")


def _more(number: int, noun: str) -> Iterator[str]:
    if number > 0:
        yield from (f"… and {telling.count(number, f'more {noun}')}.", "")


def _questions(case: CaseFile) -> Iterator[str]:
    yield from ("## The questions, and who answers them how", "")
    for panel in case.panels:
        yield from (f"### {_text(telling.capital(panel.metric_name))}", "")
        for compared in panel.questions:
            yield from _question(compared)


def _question(compared: Compared) -> Iterator[str]:
    yield from (f"#### {_text(telling.question_name(compared))}", "")
    yield from (_text(telling.verdict(compared)), "")
    versions = telling.question_versions(compared)
    if len(versions) > 1:
        for at, version in enumerate(versions[: telling.MOST_VERSIONS], 1):
            left_out = f"; it leaves out {_some(version.left_out)}" if version.left_out else ""
            yield (
                f"- **Version {at}:** {_some(version.claims)}, held by"
                f" {_text(version.held_by)} ({_text(count_words(version.origins))}){left_out}."
            )
        yield ""
        yield from _more(len(versions) - telling.MOST_VERSIONS, "version")
    else:
        shown = compared.claims[: telling.MOST_NAMED]
        yield from (f"- {_claim(claim)}; {_text(said_by(claim))}" for claim in shown)
        yield ""
        yield from _more(len(compared.claims) - telling.MOST_NAMED, "claim")
    if compared.origins.reports:
        yield from (f"{_text(count_words(compared.origins))}:", "")
        reasons = telling.origin_reasons(compared.origins)
        for names, why in reasons:
            yield f"- {_text(names)} {_text(why)}."
        yield ""
    for estimate in telling.told_estimates(compared.estimated):
        left = "; ".join(
            f"{telling.count(number, 'answer')}, {_text(why)}" for why, number in estimate.left_out
        )
        without = f" Left out: {left}." if left else ""
        yield (
            f"- Estimate by **{estimate.method}**: {_text(estimate.range)};"
            f" {_text(estimate.rule)}.{without}"
        )
    yield ""


def _versions(case: CaseFile) -> Iterator[str]:
    yield from ("## Versions of the whole event", "")
    yield from (_text(telling.versions_headline(case.versions)), "")
    for at, dispute in enumerate(case.versions.disputes[: telling.MOST_DISPUTES], 1):
        yield from _dispute(at, dispute)
    yield from _more(len(case.versions.disputes) - telling.MOST_DISPUTES, "dispute")


def _dispute(at: int, dispute: Dispute) -> Iterator[str]:
    yield from (f"### Dispute {at}: {_text(telling.about(dispute))}", "")
    yield from (_text(dispute.reason), "")
    for number, version in enumerate(dispute.versions[: telling.MOST_VERSIONS], 1):
        yield from (f"**Version {number}** ({_text(count_words(version.origins))})", "")
        yield from (f"- {_asked(claim)}" for claim in version.claims[: telling.MOST_NAMED])
        yield ""
        yield from _more(len(version.claims) - telling.MOST_NAMED, "claim")
        if version.left_out:
            yield from (f"It leaves out {_some(version.left_out)}.", "")
    yield from _more(telling.further(dispute), "version")
    if not dispute.complete:
        yield from ("There may be further versions: the search of them met its limit.", "")


def _contradictions(case: CaseFile) -> Iterator[str]:
    yield from ("## Contradictions, worst first", "")
    if not case.contradictions:
        yield from ("Nothing claimed here excludes anything else.", "")
    for at, found in enumerate(case.contradictions[: telling.MOST_CONTRADICTIONS], 1):
        yield from _contradiction(at, found)
    yield from _more(len(case.contradictions) - telling.MOST_CONTRADICTIONS, "contradiction")


def _contradiction(at: int, found: ContradictionRecord) -> Iterator[str]:
    rule = telling.capital(telling.rule_name(found))
    yield from (f"### {at}\\. {rule}: {_text(telling.asked(found.claims))}", "")
    yield from (_text(explain(found)), "")
    yield (
        f"Rule: {telling.RULES.get(found.rule, found.rule)}. Severity {found.severity:.2f} of 1."
        f" Status: {found.status}. Id: {_code(found.id)}"
    )
    yield ""
    for claim in found.claims:
        for assertion in telling.standing_assertions(claim)[: telling.MOST_QUOTES]:
            yield from _quoted(assertion)
        yield from _more(len(claim.assertions) - telling.MOST_QUOTES, "report")
    counting = voices(found.reviews)
    for review in found.reviews:
        passed = "" if review in counting or review.status == "open" else " (replaced later)"
        yield (
            f"- {_text(review.at)} {_text(review.who)}: **{_text(review.status)}**,"
            f" “{_text(review.why)}”{passed}"
        )
    if found.reviews:
        yield ""


def _quoted(assertion: Assertion) -> Iterator[str]:
    for line in (assertion.quote or "").splitlines():
        yield f"> {_text(line)}"
    if assertion.quote:
        yield ">"
    without = "" if assertion.quote else " (no quote was recorded)"
    corrected = " (corrected later by its source)" if assertion.superseded_by else ""
    yield (
        f"> {_text(chain(assertion))}: {_document(assertion)},"
        f" {_text(assertion.published or 'no date')}{without}{corrected}"
    )
    yield ""


def _document(assertion: Assertion) -> str:
    title = _text(assertion.title or assertion.document)
    address = telling.safe_address(assertion.url)
    if address is not None:
        return f"[{title}](<{address}>)"
    return f"{title} {_text(assertion.url)}" if assertion.url else title


def _sources(case: CaseFile) -> Iterator[str]:
    yield from ("## Findings about sources and the record", "")
    if not case.findings:
        yield "As far as the database holds, every account says what its source says, and no"
        yield from ("source contradicts itself without correcting it.", "")
    for finding in case.findings[: telling.MOST_FINDINGS]:
        yield from (_text(finding_sentence(finding)), "")
        for said in finding.statements:
            yield from _quoted(said.assertion)
    yield from _more(len(case.findings) - telling.MOST_FINDINGS, "finding")
    yield from ("### Errors of the record", "")
    if not case.record_errors:
        yield "No chain runs in a circle, cites what came later, or ends elsewhere than the"
        yield from ("report it relies on.", "")
    for error in case.record_errors[: telling.MOST_CONTRADICTIONS]:
        what, remedy = error_words(error)
        yield f"- {_code(place(error))} {_text(what)}. To mend it: {_text(remedy)}."
    if case.record_errors:
        yield ""
    yield from _more(len(case.record_errors) - telling.MOST_CONTRADICTIONS, "error")


def _relays(case: CaseFile) -> Iterator[str]:
    graph = pictures.relays_as_mermaid(case)
    if graph:
        yield from ("## Who relies on whom", "", "```mermaid", graph.rstrip("\n"), "```", "")


def _claims(case: CaseFile) -> Iterator[str]:
    yield from ("## All claims", "")
    yield "| Question | Words | Read as | Said by, in which document | Published | ✗ |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for claim in case.claims:
        told = "; ".join(
            f"{_text(chain(a))}: {_document(a)}" + (" (corrected)" if a.superseded_by else "")
            for a in claim.assertions
        )
        cells = (
            _text(question(claim)),
            _text(telling.quoted(claim)),
            _text(telling.limits(claim)),
            told,
            _text(telling.first_published(claim)),
            "✗" if claim.contradicted else "",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _reading(case: CaseFile) -> Iterator[str]:
    yield from ("## How to read this", "")
    yield "Two reports that disagree are both kept as they are: nothing here is averaged away or"
    yield "deleted. Each number is what somebody said, read into bounds by rules that are named;"
    yield "what cannot all be true follows from those bounds alone. The absence of a"
    yield from ("contradiction is no corroboration.", "")
    words, more = telling.hedging_words(case)
    if words:
        yield from ("| Words | Read as | Rule | Uses |", "| --- | --- | --- | --- |")
        for word in words:
            cells = _text(word.text), _text(word.limits), _text(word.rule), str(word.uses)
            yield f"| {' | '.join(cells)} |"
        yield ""
        yield from _more(more, "reading")
    for method, line in telling.METHOD_LINES.items():
        yield f"- **{method}**: {line}."
    yield ""
    yield "`claimtrack explain ID` tells for any claim or contradiction, from the quote to the"
    yield from ("bounds, why it reads as it does.", "")


def _foot(case: CaseFile) -> Iterator[str]:
    yield from ("---", "")
    of = f"as known by the end of {_text(case.as_of)}" if case.as_of else "everything there is"
    undated = (
        f" ({telling.count(case.undated, 'document')} without a date left out)"
        if case.undated
        else ""
    )
    yield (
        f"Made by claimtrack {case.release} from {telling.count(len(case.claims), 'claim')} on"
        f" {_code(case.event)}, {of}{undated}. Digest of the content: `{case.digest}`"
    )
