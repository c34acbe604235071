"""Measure the case file of 1,000 claims in a browser, as a ratio to a bare table of its rows.

Run: python benchmarks/report.py [--rounds N] [--write]
`--write` puts the table into docs/benchmarks.md. Wants Chromium and `pip install playwright`.
The floor is a page that holds the same table and nothing else, sorted by its text alone.
"""

from __future__ import annotations

import argparse
import html
import importlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MARK_BEGIN, MARK_END = "<!-- report:begin -->", "<!-- report:end -->"
CLAIMS = 1000

SORT = """() => {
  const start = performance.now();
  document.querySelector('#table th button').click();
  document.body.offsetHeight;
  return performance.now() - start;
}"""
BARE_SORT = """() => {
  const start = performance.now();
  const body = document.querySelector('tbody');
  const rows = Array.from(body.rows).map((row) => [row.cells[0].textContent, row]);
  rows.sort(([a], [b]) => (a < b ? -1 : 1));
  body.append(...rows.map(([, row]) => row));
  document.body.offsetHeight;
  return performance.now() - start;
}"""
LOAD = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def make_pages(folder: Path) -> tuple[Path, Path]:
    """Write the case file of an event of 1,000 claims, and the bare table of its rows."""
    sys.path.insert(0, str(ROOT / "tests"))
    many_claims = importlib.import_module("browser.hostile").many_claims
    tool = [str(Path(sys.executable).with_name("claimtrack")), "--db", str(folder / "case.db")]
    case = many_claims(CLAIMS)
    (folder / "case.json").write_text(json.dumps(case), encoding="utf-8")
    event = case["events"][0]["id"]
    page, bare = folder / "page.html", folder / "bare.html"
    for command, *rest in (
        ("init",),
        ("import", str(folder / "case.json")),
        ("report", event, "-o", str(page)),
    ):
        subprocess.run([tool[0], command, *rest, *tool[1:]], check=True, capture_output=True)
    found = re.search(r"<tbody.*?</tbody>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    rows = [
        [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", found[0], re.DOTALL)
    ]
    cells = "".join(
        "<tr>" + "".join(f"<td>{html.escape(html.unescape(c))}</td>" for c in row) + "</tr>"
        for row in rows
    )
    bare.write_text(
        f"<!doctype html><meta charset=utf-8><title>x</title><table><tbody>{cells}</table>",
        encoding="utf-8",
    )
    return page, bare


def measure(rounds: int) -> str:
    """Load and sort both pages in turn and give the table."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        sys.exit("this measurement wants Chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        page, bare = make_pages(Path(name))
        browser = player.chromium.launch(executable_path=found, args=["--no-sandbox"])

        def times(file: Path, sort: str) -> tuple[float, float]:
            context = browser.new_context()
            tab = context.new_page()
            tab.goto(file.as_uri(), wait_until="load")
            loaded, sorted_ = float(tab.evaluate(LOAD)), float(tab.evaluate(sort))
            context.close()
            return loaded, sorted_

        times(page, SORT), times(bare, BARE_SORT)
        taken = [(times(page, SORT), times(bare, BARE_SORT)) for _ in range(rounds)]
        browser.close()
        size = page.stat().st_size
        rows = [
            "| work | floor | × floor | ms | floor ms |",
            "| --- | --- | --- | --- | --- |",
            _row("open the case file of 1,000 claims", "a bare table of its rows", taken, 0),
            _row("sort its table", "sort the bare table by its text", taken, 1),
        ]
    return "\n".join([*rows, "", f"The page has {size / 1000:,.0f} kB; the aim is under 1,000."])


def _row(work: str, floor: str, taken: list[Any], at: int) -> str:
    middle: Callable[..., float] = statistics.median
    ratio = middle(ours[at] / theirs[at] for ours, theirs in taken)
    ours, theirs = middle(o[at] for o, _ in taken), middle(t[at] for _, t in taken)
    return f"| {work} | {floor} | {ratio:.1f} | {ours:.0f} | {theirs:.0f} |"


def main() -> None:
    """Print the table, and keep it in the documentation if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    table = measure(asked.rounds)
    print(table)
    if asked.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        head, rest = text.split(MARK_BEGIN)
        tail = rest.split(MARK_END)[1]
        page.write_text(f"{head}{MARK_BEGIN}\n{table}\n{MARK_END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
