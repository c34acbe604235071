"""The few elements that the pictures are made of; all text is data and is escaped by the writer.

A picture stands alone in a file, or is embedded in a page that carries `STYLE` once.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

from claimtrack.report.visible import middle, visible

_SHAPES = """\
.ct{font:13px system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;max-width:100%;height:auto}
.ct .halo{paint-order:stroke;stroke-width:4;stroke-linejoin:round}
.ct .head,.ct .who{font-weight:600}.ct .small{font-size:11px;font-weight:400}
.ct .title{font-size:17px;font-weight:600}.ct .end{text-anchor:end}.ct .mid{text-anchor:middle}
.ct .line{stroke-width:2.5;fill:none}.ct .ring{stroke-width:2.5}.ct .dots{stroke-dasharray:2 3}
.ct .gone{text-decoration:line-through}.ct .edge,.ct .rule{fill:none}
.ct .certain{stroke-width:3}.ct .possible{stroke-dasharray:6 4}.ct .less{stroke-dasharray:1 4}
"""


def _colours(ink: str, dim: str, back: str, rule: str, own: str, told: str) -> str:
    """Colour every part; variables would be shorter, but few programs beside browsers know them."""
    return f"""\
.ct text,.ct tspan{{fill:{ink}}}.ct .dim{{fill:{dim}}}.ct .back{{fill:{back}}}
.ct .halo{{stroke:{back}}}
.ct .rule{{stroke:{rule}}}.ct .box{{fill:{back};stroke:{dim}}}.ct .edge{{stroke:{dim}}}
.ct .tip{{fill:{dim}}}.ct .own .line,.ct .own .ring{{stroke:{own}}}
.ct .own .dot,.ct .own .words{{fill:{own}}}.ct .told .line,.ct .told .ring{{stroke:{told}}}
.ct .told .dot,.ct .told .words{{fill:{told}}}.ct .own .ring,.ct .told .ring{{fill:{back}}}
"""


_LIGHT = _colours("#1b1f24", "#57606a", "#fff", "#d0d7de", "#0b5cad", "#9a4b00")
_DARK = _colours("#e6edf3", "#9da7b3", "#0d1117", "#30363d", "#6cb6ff", "#f0a45c")

STYLE = f"""\
{_SHAPES}{_LIGHT}@media screen and (prefers-color-scheme:dark){{
{_DARK}}}
"""
"""Light, dark and paper; every rule names the pictures' own class, so a page keeps its own.

Colours hold 4.5 to 1 on their ground; blue and orange are told apart by the colour-blind, and no
meaning hangs on them alone.
"""

Parts = Iterable[Element]


def element(name: str, text: str | None = None, **attributes: object) -> Element:
    """Make an element; `class_` is the class, other underscores become hyphens."""
    made = Element(name, {_key(key): _number(value) for key, value in attributes.items()})
    if text is not None:
        made.text = visible(text)
    return made


def _key(name: str) -> str:
    return "viewBox" if name == "viewBox" else name.rstrip("_").replace("_", "-")


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else visible(str(value))


def group(*parts: Element, hover: str | None = None, class_: str | None = None) -> Element:
    """Put elements together; `hover` is the sentence that shows under the pointer."""
    made = element("g")
    if class_ is not None:
        made.set("class", class_)
    if hover is not None:
        made.append(element("title", hover))
    made.extend(parts)
    return made


def words(x: float, y: float, text: str, class_: str = "", columns: int | None = None) -> Element:
    """Write a line of text; longer ones are shortened in their middle to so many columns."""
    shown = visible(text)
    if columns is not None:
        shown = middle(shown, columns)
    made = element("text", x=x, y=y)
    if class_:
        made.set("class", class_)
    made.text = shown if shown.isascii() else isolated(shown)
    return made


def isolated(shown: str) -> str:
    """Wrap text so that its direction, left or right, does not reach beyond it."""
    return f"\u2068{shown}\u2069"


def picture(
    width: float, height: float, title: str, told: str, parts: Parts, *, embedded: bool = False
) -> str:
    """Close a picture: its size in pixels, its name, what it shows in words, and its parts.

    Embedded in a page it brings neither style nor ground of its own, and its ids, made of its
    content, are its own.
    """
    drawn = list(parts)
    content = [title, told, *(tostring(part, encoding="unicode") for part in drawn)]
    own = sha256("\0".join(content).encode("utf-8", "replace")).hexdigest()[:8]
    root = element(
        "svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="img",
        aria_labelledby=f"t{own} d{own}",
        class_="ct",
    )
    if not embedded:
        root.set("xmlns", "http://www.w3.org/2000/svg")
    SubElement(root, "title", id=f"t{own}").text = visible(title)
    SubElement(root, "desc", id=f"d{own}").text = visible(told)
    if not embedded:
        root.append(element("style"))
        root[-1].text = STYLE
        root.append(element("rect", class_="back", width=f"{width:.0f}", height=f"{height:.0f}"))
    root.extend(drawn)
    return tostring(root, encoding="unicode") + "\n"
