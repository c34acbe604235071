"""The matrix of who agrees with whom, by origin."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from claimtrack.report.agreement import Cell, Matrix
from claimtrack.report.pictures.svg import element, group, picture, words
from claimtrack.report.visible import middle, visible

EDGE, NAMES, CELL = 16, 250, 30
"""Pixels: the margin, the room for names, the side of a square."""
MOST = 40
"""Origins drawn; the rest are counted in a sentence."""
_COLUMNS = 32


def agreement(matrix: Matrix, *, embedded: bool = False) -> str:
    """Draw a sign a pair: a ring where nothing is contradicted, a square where something is.

    In the ring stands how many questions both answer, in the square in how many of them they
    contradict each other.
    """
    drawn = list(matrix.origins[:MOST])
    side = len(drawn)
    wide = max(620, EDGE * 2 + NAMES + CELL * side + 30)
    parts: list[Element] = []
    top = 44
    for at, (_, name) in enumerate(drawn):
        y = top + at * CELL
        parts.append(words(EDGE, y + 20, f"{at + 1}  {middle(visible(name), _COLUMNS)}"))
        if at < side - 1:
            parts.append(words(_x(at), top - 8, str(at + 1), "dim small mid"))
    for row, (one, one_name) in enumerate(drawn):
        for column, (other, other_name) in enumerate(drawn[:row]):
            cell = matrix.cells.get((other, one))
            if cell is not None:
                hover = sentence(one_name, other_name, cell)
                middle_y = top + row * CELL + CELL / 2
                marks = list(_cell(_x(column), middle_y, cell))
                parts.append(group(*marks, hover=hover, class_="told" if cell.against else "own"))
    below = top + side * CELL + 24.0
    parts += [
        group(element("circle", cx=EDGE + 12, cy=below - 4, r=9, class_="ring"), class_="own"),
        words(
            EDGE + 32,
            below,
            "share so many questions and contradict each other in none",
            "dim small",
        ),
        group(_square(EDGE + 13, below + 22), class_="told"),
        words(EDGE + 32, below + 26, "at odds in so many of the questions they share", "dim small"),
    ]
    high = below + 44
    if len(matrix.origins) > MOST:
        rest = f"{len(matrix.origins) - MOST:,} more origins share fewer questions: not drawn"
        parts.append(words(EDGE, below + 48, rest, "dim small"))
        high += 24
    return picture(wide, high, "Who agrees with whom", told(matrix), parts, embedded=embedded)


def _x(column: int) -> float:
    return EDGE + NAMES + column * CELL + CELL / 2


def _cell(x: float, y: float, cell: Cell) -> Iterator[Element]:
    if not cell.against:
        yield element("circle", cx=x, cy=y, r=11, class_="ring")
        yield words(x, y + 4, str(cell.shared), "words small mid")
        return
    yield _square(x, y)
    yield words(x, y + 4, f"{cell.against}/{cell.shared}", "words small mid")


def _square(x: float, y: float) -> Element:
    return element("rect", x=x - 13, y=y - 11, width=26, height=22, class_="line")


def sentence(one: str, other: str, cell: Cell) -> str:
    """Tell of two origins on how many questions they meet, and on how many not."""
    shared = "1 question" if cell.shared == 1 else f"{cell.shared:,} questions"
    if not cell.against:
        return f"{one} and {other} share {shared} and contradict each other in none"
    return f"{one} and {other} contradict each other in {cell.against:,} of {shared}"


def told(matrix: Matrix) -> str:
    """Say the most important pairs in words."""
    names = dict(matrix.origins)
    worst = sorted(matrix.cells.items(), key=lambda item: (-item[1].against, item[0]))[:12]
    said = [sentence(names[one], names[other], cell) for (one, other), cell in worst]
    return "; ".join(said) + "." if said else "No two origins answer the same question."
