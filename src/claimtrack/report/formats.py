"""Rows and JSON as text: one function a format, each returns what is to be written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord
from claimtrack.report.contract import claim_json
from claimtrack.report.wording import bounds, chain, explain, quoted


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"


Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell in which some stretches, in order and apart, are what was looked for."""

    text: str
    spans: Sequence[tuple[int, int]]

    def __str__(self) -> str:
        """Give the text without its marks."""
        return self.text


_ACTING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def as_json(data: Any) -> str:
    """Write JSON that stays readable; signs that act on a terminal are escaped, not lost."""
    return _escape(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def as_jsonl(items: Sequence[Any]) -> str:
    """Write one JSON text a line."""
    return "".join(_escape(json.dumps(item, ensure_ascii=False)) + "\n" for item in items)


def _escape(text: str) -> str:
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Write CSV as RFC 4180 has it, with plain line ends."""
    lines = [columns, *([cell(value) for value in row] for row in rows)]
    return "".join(",".join(map(_csv_cell, line)) + "\n" for line in lines)


def _csv_cell(text: str) -> str:
    """Quote where needed; the csv module would leave a lone carriage return bare."""
    bare = not any(sign in text for sign in ',"\r\n')
    return text if bare else '"' + text.replace('"', '""') + '"'


def as_tsv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    r"""Write a line a row; tab, line ends and backslash become `\t`, `\n`, `\r` and `\\`."""
    lines = ["\t".join(columns)]
    lines += ["\t".join(cell(value).translate(_TSV) for value in row) for row in rows]
    return "\n".join(lines) + "\n"


_TSV = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"})
_MD = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!|~"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)


def as_markdown(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Write a table in which nothing from outside is markup."""
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += [
        "| " + " | ".join(escape_markdown(cell(value)) for value in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def escape_markdown(text: str) -> str:
    """Write a text from outside so that Markdown, GitHub's and Obsidian's too, takes it as it is.

    Beside the signs of a table cell these act somewhere: `$` begins mathematics, `%%` a
    remark, `==` a mark, `^` a footnote, and a bare address or `@name` becomes a link.
    """
    return text.translate(_MD_WIDE).replace("://", "\\://")


_MD_WIDE = _MD | str.maketrans({sign: f"\\{sign}" for sign in "$%=^@"})


def cell(value: object) -> str:
    """Write one cell; what is missing stays empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


TEXTS: Mapping[Format, Callable[[Sequence[str], Sequence[Row]], str]] = {
    Format.TSV: as_tsv,
    Format.CSV: as_csv,
    Format.MD: as_markdown,
    Format.JSON: lambda columns, rows: as_json([dict(zip(columns, r, strict=True)) for r in rows]),
    Format.JSONL: lambda columns, rows: as_jsonl(
        [dict(zip(columns, r, strict=True)) for r in rows]
    ),
}

CLAIM_COLUMNS = (
    "id",
    "event",
    "metric",
    "group",
    "stance",
    "value",
    "lower",
    "upper",
    "unit",
    "contradicted",
    "said_by",
    "published",
    "quote",
)


def claim_rows(claims: Sequence[ClaimRecord]) -> list[Row]:
    """Give claims as flat rows; what several assertions say is joined with ` | `."""
    rows: list[Row] = []
    for record in claims:
        plain = claim_json(record)
        value = plain["value"]
        rows.append(
            (
                record.id,
                record.event,
                record.metric,
                record.group,
                record.stance,
                value["text"],
                value["lower"],
                value["upper"],
                value["unit"],
                record.contradicted,
                " | ".join(dict.fromkeys(_said(a) for a in record.assertions)),
                " | ".join(dict.fromkeys(a.published or "" for a in record.assertions)),
                " | ".join(dict.fromkeys(a.quote or "" for a in record.assertions)),
            )
        )
    return rows


def _said(assertion: Assertion) -> str:
    """Write who said it and through whom; what its own source corrected says so."""
    return chain(assertion) + (" (corrected)" if assertion.superseded_by else "")


TABLE_COLUMNS = ("id", "question", "words", "bounds", "said by", "published", "")


def claim_table(claims: Sequence[ClaimRecord]) -> list[Row]:
    """Give claims as the few cells that people look at."""
    rows: list[Row] = []
    for record in claims:
        asked = f"{record.metric_name} · {record.group_name or record.event_title}"
        words = quoted(record)
        limits = bounds(record.value, record.unit, denied=record.denied)
        chains = list(dict.fromkeys(_said(a) for a in record.told_by))
        told = chains[0] + (f" +{len(chains) - 1}" if len(chains) > 1 else "") if chains else ""
        published = min((a.published for a in record.told_by if a.published), default="")
        mark = "✗" if record.contradicted else ""
        rows.append((record.id[:7], asked, words, limits, told, published, mark))
    return rows


def contradiction_rows(
    found: Sequence[ContradictionRecord],
) -> tuple[Sequence[str], list[Row]]:
    """Give contradictions as flat rows."""
    from claimtrack.report.reviews import voices_told

    columns = ("id", "event", "rule", "severity", "status", "explanation", "claims", "voices")
    rows: list[Row] = [
        (
            record.id,
            record.event,
            record.rule,
            record.told_severity,
            record.status,
            explain(record),
            " ".join(claim.id for claim in record.claims),
            voices_told(record.reviews),
        )
        for record in found
    ]
    return columns, rows


def contradiction_table(
    found: Sequence[ContradictionRecord],
) -> tuple[Sequence[str], list[Row]]:
    """Give contradictions as the few cells that people look at."""
    from claimtrack.report.reviews import voices_told

    columns = ("id", "rule", "severity", "status", "why")
    rows: list[Row] = [
        (
            r.id[:7],
            r.rule.replace("_", " "),
            f"{r.severity:.2f}",
            r.status,
            explain(r) + (f" [{voices_told(r.reviews)}]" if voices_told(r.reviews) else ""),
        )
        for r in found
    ]
    return columns, rows
