"""A real browser without a network, which tells everything that a page tries to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WATCH = """
window.__violations = [];
addEventListener("securitypolicyviolation",
  (event) => window.__violations.push(event.violatedDirective + " " + event.blockedURI));
"""
_LOOK = """() => ({
  ran: window.__ran !== undefined,
  violations: window.__violations,
  scripts: document.getElementsByTagName("script").length,
  handlers: Array.from(document.querySelectorAll("*"), (one) => Array.from(one.attributes))
    .flat().filter((one) => /^on/i.test(one.name)).map((one) => one.name),
  addresses: Array.from(document.querySelectorAll("*"), (one) => Array.from(one.attributes))
    .flat().filter((one) => /^(href|xlink:href|src|srcset|data|action|formaction)$/i.test(one.name))
    .map((one) => one.value),
  loaders: document.querySelectorAll(
    "iframe, object, embed, img, link, base, form, audio, video, source, image, foreignObject"
  ).length,
})"""


@dataclass
class Seen:
    """What a page did and holds, once it is loaded and its links and rows were touched."""

    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    ran: bool = False
    scripts: int = 0
    handlers: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    loaders: int = 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this machine; where there is none the tests are left out, but not in CI."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        why = f"there is no browser here (looked for {', '.join(_NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=flags)
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a window of its own, without a network."""
    opened: list[BrowserContext] = []

    def new(**settings: Any) -> BrowserContext:
        opened.append(browser.new_context(offline=True, **settings))
        return opened[-1]

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def show(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Show a file in a new window."""

    def open_(file: Path, *, width: int = 1200, **settings: Any) -> Page:
        page = new_context(viewport={"width": width, "height": 900}, **settings).new_page()
        page.goto(file.as_uri())
        return page

    return open_


@pytest.fixture
def watch(new_context: Callable[..., BrowserContext]) -> Callable[[Path], Seen]:
    """Open a file, touch what can be touched, and tell what it did."""

    def look(file: Path) -> Seen:
        seen = Seen()
        context = new_context()
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.mouse.move(200, 200)
        page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        seen.requests = [url for url in seen.requests if url != file.as_uri()]
        for name, value in page.evaluate(_LOOK).items():
            setattr(seen, name, value)
        return seen

    return look
