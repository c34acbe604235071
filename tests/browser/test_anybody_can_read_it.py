"""The page serves everybody: with a keyboard, a screen reader, a phone, or without a script."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.hostile import many_claims


@pytest.fixture
def seed(demo: Path, cli: Callable[..., Any], folder: Path) -> Path:
    """The page of the seed article."""
    assert cli("report", "khasham-2018", "-o", "seed.html").code == 0
    return folder / "seed.html"


def faults(page: Any) -> list[str]:
    """Run axe-core and give what it finds, one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_the_audit_finds_faults_where_there_are_some(
    folder: Path, show: Callable[..., Any]
) -> None:
    bad = folder / "bad.html"
    bad.write_text("<!DOCTYPE html><p style='color:#ccc;background:#fff'>pale</p><button></button>")
    told = " ".join(faults(show(bad)))
    assert "color-contrast" in told and "button-name" in told and "document-title" in told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_an_audit_finds_no_fault(
    width: int, scheme: str, seed: Path, show: Callable[..., Any]
) -> None:
    page = show(seed, width=width, color_scheme=scheme)
    assert faults(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_go_down_one_step_at_a_time(seed: Path, show: Callable[..., Any]) -> None:
    levels = show(seed).evaluate(
        "Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6'), (one) => +one.tagName[1])"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_a_keyboard_reaches_everything(seed: Path, show: Callable[..., Any]) -> None:
    page = show(seed)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(600):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "[document.activeElement.id || document.activeElement.tagName,"
            " document.activeElement.textContent.trim()]"
        )
        reached.add(at[0] if at[0] == "filter" else tuple(at))
        if at == ["BUTTON", "Published"]:
            break
    assert "filter" in reached
    assert ("BUTTON", "Question") in reached
    heading = page.locator("#table thead th", has_text="Published")
    assert heading.get_attribute("aria-sort") is None
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"


def test_every_link_inside_the_page_leads_somewhere(seed: Path, show: Callable[..., Any]) -> None:
    lost = show(seed).evaluate(
        "Array.from(document.querySelectorAll('a[href^=\"#\"]'), (one) => one.hash.slice(1))"
        ".filter((id) => !document.getElementById(id))"
    )
    assert lost == []


def test_without_a_script_every_row_is_there(seed: Path, show: Callable[..., Any]) -> None:
    page = show(seed, java_script_enabled=False)
    rows = page.locator("#table tbody tr")
    assert rows.count() == 37
    assert all(row.is_visible() for row in rows.all())
    assert not page.locator("#filter").is_visible()
    assert page.locator("#table thead button").count() == 0


def test_a_page_of_a_thousand_claims_can_be_searched_and_sorted(
    empty: Path,
    cli: Callable[..., Any],
    folder: Path,
    write: Callable[..., Path],
    show: Callable[..., Any],
) -> None:
    case = many_claims(1000)
    assert cli("import", write("war.json", case)).code == 0
    assert cli("report", "long-war", "-o", "war.html").code == 0
    file = folder / "war.html"
    assert file.stat().st_size < 1_000_000
    page = show(file)
    rows = page.locator("#table tbody tr")
    assert rows.count() == 1000

    page.get_by_role("button", name="Words").click()
    told = page.evaluate(
        "Array.from(document.querySelectorAll('#table tbody th'), (one) => one.textContent)"
    )
    numbers = [int(one.strip("“”").replace(",", "")) for one in told]
    assert numbers == sorted(claim["value"] for claim in case["claims"])
    page.get_by_role("button", name="Words").click()
    first = page.locator("#table tbody th").first.text_content()
    assert int(first.strip("“”").replace(",", "")) == max(numbers)

    page.fill("#filter", "Killed Unit-7")
    left = page.locator("#table tbody tr:visible").all_text_contents()
    assert left and all("killed" in row.lower() and "unit-7" in row.lower() for row in left)
    assert page.locator("#shown").text_content() == f"{len(left)} of 1000 claims"
    page.fill("#filter", "nobody said this")
    assert page.locator("#table tbody tr:visible").count() == 0
