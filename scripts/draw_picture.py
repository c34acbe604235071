"""Draw docs/khasham.svg, the README's picture, from a real run on the seed article.

Run: python scripts/draw_picture.py
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console

from claimtrack.report import comparison
from claimtrack.services import looking, starting
from claimtrack.services.comparing import compare

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "khasham.svg"
WIDTH = 100


def draw() -> str:
    """Record the comparison as a terminal of 100 columns shows it."""
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "claimtrack.db")
        starting.demo(database)
        panels = compare(looking.database(database), "killed", looking.make_filter())
    console = Console(record=True, width=WIDTH, file=io.StringIO(), markup=False, emoji=False)
    for panel in panels:
        for line in (*comparison.draw(panel, WIDTH), *comparison.verdict(panel)):
            console.print(line, highlight=False)
    svg = console.export_svg(title="claimtrack compare killed", unique_id="khasham")
    # The picture must load nothing from outside: the reader's own font serves.
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
