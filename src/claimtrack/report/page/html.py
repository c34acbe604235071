"""The case file as one HTML page: no request leaves it, and nothing from outside acts in it."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claimtrack.report.page import telling
from claimtrack.report.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

    from claimtrack.report.page.case_file import CaseFile


def as_html(case: CaseFile) -> str:
    """Write a case file as one page.

    Every text passes the template's escaping and `visible`; only pictures of our own making
    and the page's own style and script are written as they are. The page's policy names
    those two by their SHA-256, so that no other style or script of any page would run.
    """
    from claimtrack.report.page import pictures

    environment = _environment()
    style, script = _own("page.css") + pictures.style(), _own("page.js")
    drawn = pictures.draw(case)
    markup = _markup()
    return environment.get_template("page.html.j2").render(
        case=case,
        telling=telling,
        style=markup(style),
        script=markup(script),
        policy=_policy(style, script),
        pictures=drawn,
    )


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_sha256(style)}'",
            f"script-src '{_sha256(script)}'",
            "img-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Make the environment in which an undefined name is an error and every text is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    markup = _markup()

    def shown(value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, markup):
            return visible(value)
        return "" if value is None else value

    environment = Environment(
        loader=PackageLoader("claimtrack.report.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["lines"] = str.splitlines
    environment.filters["number"] = lambda number: f"{number:,}"
    return environment


def _markup() -> Any:
    from markupsafe import Markup

    return Markup
