"""Write results to stdout and talk to stderr; the only place that prints."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack.cli.hints import repeated
from claimtrack.errors import ClaimtrackError, ImportRefused

if TYPE_CHECKING:
    from pathlib import Path

    from rich.text import Text

    from claimtrack.report.cells import Pen
    from claimtrack.report.formats import Format, Row

FOLDED = 10
"""Columns of a screen that a cell needs to be folded into; below, one letter stands on another."""

PLAIN_WIDTH = 100
"""Columns of a picture that goes into a pipe."""


def is_terminal() -> bool:
    """Whether results go to a person's screen."""
    return sys.stdout.isatty()


def width() -> int:
    """Give the columns there are."""
    if is_terminal() or "COLUMNS" in os.environ:
        return shutil.get_terminal_size((80, 24)).columns
    return PLAIN_WIDTH


def write(text: str) -> None:
    """Write a finished text; on a screen, what would act on it is shown instead."""
    from claimtrack.report.visible import encodable, visible

    if is_terminal():
        text = "\n".join(
            "\t".join(visible(cell) for cell in line.split("\t")) for line in text.split("\n")
        )
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(encodable(text, encoding))


def note(text: str) -> None:
    """Talk to the person, beside the data."""
    from claimtrack.report.visible import encodable, visible

    shown = "\n".join(visible(line) for line in repeated(text).split("\n"))
    sys.stderr.write(encodable(shown, sys.stderr.encoding or "utf-8") + "\n")


def note_more(shown: int, total: int, *, exact: bool) -> None:
    """Say how many rows come after a page, and how to get at them.

    Where `exact` is false, there are at least `total`.
    """
    if not exact:
        note(f"{total - shown:,} more at least: --offset {shown}, or a larger --limit")
    elif shown < total:
        note(f"{total - shown:,} more: --offset {shown}, or --limit {total}")


def lines(texts: Sequence[Text]) -> None:
    """Write styled lines, in colour on a screen that wants it, plain elsewhere."""
    from claimtrack.report.visible import encodable

    plain = not is_terminal() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    encoding = sys.stdout.encoding or "utf-8"
    if not plain:
        from rich.console import Console
        from rich.text import Text

        console = Console(markup=False, emoji=False, highlight=False)
    for text in texts:
        folded = _folded(encodable(text.plain, encoding))
        if plain:
            sys.stdout.write("\n".join(folded) + "\n")
        elif folded == [text.plain.rstrip()]:
            console.print(text, soft_wrap=True)
        else:
            for line in folded:
                console.print(Text(line, style=text.style), soft_wrap=True)


def _folded(line: str) -> list[str]:
    """Break a sentence at its blanks, further lines set in; pictures are never too wide."""
    from claimtrack.report.cells import fold

    return fold(line, width(), len(line) - len(line.lstrip()) + 2)


def sentences(text: str) -> None:
    """Write a finished text; on a screen its lines break at blanks, in a pipe they stay whole."""
    if not is_terminal():
        write(text)
        return
    from rich.text import Text

    from claimtrack.report.visible import visible

    lines([Text(visible(line)) for line in text.removesuffix("\n").split("\n")])


def can_draw(signs: str) -> bool:
    """Whether the encoding of what is written has these signs."""
    try:
        signs.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def pen() -> Pen:
    """Choose how pictures are written here: by signs, or in ASCII."""
    from claimtrack.report.cells import PLAIN_SIGNS, SIGNS, Pen

    signs = SIGNS if can_draw(SIGNS.all()) else PLAIN_SIGNS
    return Pen(signs, sys.stdout.encoding or "utf-8")


def table(columns: Sequence[str], rows: Sequence[Row], *, flexible: Sequence[int] = ()) -> None:
    """Draw a table for people; long cells of the flexible columns fold.

    Where not even that fits, each row is a few lines, one a cell: nothing is cut off.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(markup=False, emoji=False, highlight=False)
    ascii_only = not console.encoding.lower().startswith("utf")
    drawn = Table(
        box=box.ASCII2 if ascii_only else box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True
    )
    cells = [[_cell(cell) for cell in row] for row in rows]
    if _least_width(columns, cells, flexible) > console.width:
        lines(list(_one_by_one(columns, cells)))
        return
    for at, name in enumerate(columns):
        drawn.add_column(Text(name), overflow="fold", no_wrap=at not in flexible)
    for row in cells:
        drawn.add_row(*row)
    console.print(drawn)


def _least_width(
    columns: Sequence[str], rows: Sequence[Sequence[Text]], flexible: Sequence[int]
) -> int:
    """Give the columns of a screen that a table needs: what does not fold, and some of the rest."""
    from rich.cells import cell_len

    widest = [max(map(cell_len, told.split("\n"))) for told in columns]
    for row in rows:
        widest = [max(w, cell_len(cell.plain)) for w, cell in zip(widest, row, strict=True)]
    least = (min(w, FOLDED) if at in flexible else w for at, w in enumerate(widest))
    return sum(least) + 2 * len(columns)


def _one_by_one(columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> Iterator[Text]:
    """Write each row as lines of a name and a cell; what is empty is left out."""
    from rich.text import Text

    from claimtrack.report.cells import fold

    indent = max(map(len, columns)) + 2
    for number, row in enumerate(rows):
        if number:
            yield Text("")
        for name, cell in zip(columns, row, strict=True):
            if cell.plain.strip():
                told = fold(cell.plain.replace("\n", " "), max(width() - indent, FOLDED))
                heads = [name, *[""] * (len(told) - 1)]
                yield from (Text(f"{h:{indent}}{t}") for h, t in zip(heads, told, strict=True))


def _cell(cell: object) -> Text:
    """Write a cell; of one that was searched, what was found stands out."""
    from rich.text import Text

    from claimtrack.report.formats import Marked
    from claimtrack.report.visible import visible

    if not isinstance(cell, Marked):
        return Text(_shown(visible(str(cell)) if cell is not None else ""))
    shown, at = Text(), 0
    for start, end in cell.spans:
        shown.append(_shown(visible(cell.text[at:start])))
        shown.append(_shown(visible(cell.text[start:end])), style="bold underline")
        at = end
    return shown.append(_shown(visible(cell.text[at:])))


def _shown(text: str) -> str:
    from claimtrack.report.visible import encodable

    return encodable(text, sys.stdout.encoding or "utf-8")


def choose_format(given: Format | None, *, json: bool, drawn: bool = False) -> Format:
    """Choose the format: the one asked for, a table on a screen, tabs in a pipe.

    What is `drawn` is drawn in a pipe too. Raises UsageError where --json and --format differ.
    """
    from claimtrack.errors import UsageError
    from claimtrack.report.formats import Format

    if json and given not in (None, Format.JSON):
        raise UsageError(f"--json and --format {given} ask for two formats", "leave out one")
    if json or given is not None:
        return given or Format.JSON
    return Format.TABLE if drawn or is_terminal() else Format.TSV


def failure(error: ClaimtrackError) -> None:
    """Tell what went wrong and how to mend it."""
    if isinstance(error, ImportRefused):
        for problem in error.problems:
            note(str(problem))
            if hint := getattr(problem, "hint", ""):
                note(f"  hint: {hint}")
    note(f"error: {error.problem}")
    if error.hint:
        note(f"hint: {error.hint}")


def write_file(path: Path, text: str, *, force: bool) -> None:
    """Write a picture to a file and say so; what is there is kept unless `force` is given."""
    from claimtrack.services import files

    files.save(text, path, force=force)
    note(f"drawn to {path}")
