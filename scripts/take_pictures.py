"""Take the pictures of docs/report.md from real reports, in a real browser without a network.

Run: python scripts/take_pictures.py

Needs the extra "dev" and Chromium. The seed article is part of the project; the three reports
of the Civil War are made only where its data lie beside the checkout, in ../shared/data/acw.
The printed page is drawn only where pdftoppm is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from claimtrack.services import looking, reporting, starting

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
BATTLES = ROOT.parent / "shared" / "data" / "acw" / "battles.jsonl"
WIDE, PHONE = (1200, 1500), (390, 844)
MOST_BYTES = 300_000
NAMED = {"gettysburg": "Gettysburg", "antietam": "Antietam"}


def write_report(database: Path, event: str, file: Path) -> Path:
    """Write the report of an event to a file."""
    told = reporting.gather(looking.database(str(database)), event)
    file.write_text(reporting.render(told, "html"), encoding="utf-8")
    return file


def take(
    browser: Browser,
    page: Path,
    name: str,
    size: tuple[int, int],
    *,
    dark: bool = False,
    at: str = "#summary",
) -> None:
    """Photograph a page from one of its sections on."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        offline=True,
    )
    shown = context.new_page()
    shown.goto(page.as_uri())
    if at != "#summary":
        shown.evaluate("(at) => document.querySelector(at).scrollIntoView()", at)
    keep(shown.screenshot(), name)
    context.close()


def print_out(browser: Browser, page: Path, folder: Path) -> None:
    """Print a page and draw the first sheet of it."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        print("pdftoppm is absent: the printed page is not drawn", file=sys.stderr)
        return
    shown = browser.new_page()
    shown.goto(page.as_uri())
    shown.pdf(path=folder / "printed.pdf", format="A4")
    shown.close()
    drawn = folder / "printed"
    subprocess.run(
        [
            tool,
            "-png",
            "-r",
            "80",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            folder / "printed.pdf",
            drawn,
        ],
        check=True,
    )
    keep(drawn.with_suffix(".png").read_bytes(), "khasham-printed")


def keep(picture: bytes, name: str) -> None:
    """Write a picture, and refuse one too large for a repository."""
    if len(picture) > MOST_BYTES:
        sys.exit(f"{name}.png has {len(picture)} bytes, more than {MOST_BYTES}")
    (PICTURES / f"{name}.png").write_bytes(picture)
    print(f"{name}.png: {len(picture) / 1000:.0f} kB")


def take_seed(browser: Browser, folder: Path) -> None:
    """Photograph the report of the seed article, wide and narrow, light and dark, and print it."""
    database = folder / "seed.db"
    starting.demo(str(database))
    page = write_report(database, "khasham-2018", folder / "khasham.html")
    for dark in (False, True):
        tone = "dark" if dark else "light"
        take(browser, page, f"khasham-wide-{tone}", WIDE, dark=dark)
        take(browser, page, f"khasham-phone-{tone}", PHONE, dark=dark)
    take(browser, page, "khasham-contradictions", WIDE, at="#contradictions")
    print_out(browser, page, folder)


def take_war(browser: Browser, folder: Path) -> None:
    """Photograph two known battles and the one of the most contradictions."""
    if not BATTLES.exists():
        print("no Civil War data beside the checkout: its reports are not made", file=sys.stderr)
        return
    database = folder / "war.db"
    tool = [sys.executable, "-c", "from claimtrack.cli.main import run; run()"]
    env = {**os.environ, "CLAIMTRACK_DB": str(database)}
    subprocess.run([*tool, "init"], check=True, capture_output=True, env=env)
    subprocess.run([*tool, "import", BATTLES], check=True, capture_output=True, env=env)
    rows = subprocess.run(
        [*tool, "list-events", "--json"], check=True, capture_output=True, env=env
    )
    events = json.loads(rows.stdout)
    worst = max(events, key=lambda one: one["contradictions"])
    chosen = {
        short: max((e for e in events if title in e["title"]), key=lambda e: e["claims"])
        for short, title in NAMED.items()
    }
    if worst not in chosen.values():
        chosen["most-contradictions"] = worst
    for short, event in chosen.items():
        print(f"{short}: {event['title']}, {event['contradictions']} contradictions")
        page = write_report(database, event["id"], folder / f"{short}.html")
        take(browser, page, f"war-{short}", WIDE, at="#questions")


def main() -> None:
    """Take all pictures."""
    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if chromium is None:
        sys.exit("there is no Chromium here\nhint: sudo apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as made:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        take_seed(browser, Path(made))
        take_war(browser, Path(made))
        browser.close()


if __name__ == "__main__":
    main()
