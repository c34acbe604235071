"""A case in which every text tries to act: to run, to load, to break out of where it stands."""

from __future__ import annotations

import random
from typing import Any

_RUN = "window.__ran=1"

BREAKERS = (
    f"<script>{_RUN}</script>",
    f"<ScRiPt/x>{_RUN}</sCrIpT >",
    f"</title><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"</textarea></select><img src=x onerror={_RUN}>",
    f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script><![CDATA[",
    f"</text></svg><script>{_RUN}</script>",
    f"<svg><title><style><img src=x onerror={_RUN}></style></title></svg>",
    f"<svg/onload={_RUN}>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<math><mtext></p><img src=x onerror={_RUN}>",
    f"<img src=x onerror={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    "<iframe src=http://hostile.invalid/frame></iframe>",
    "<link rel=stylesheet href=http://hostile.invalid/style.css>",
    "<style>@import 'http://hostile.invalid/import.css';</style>",
    "<base href=http://hostile.invalid/>",
    "<meta http-equiv=refresh content='0;url=http://hostile.invalid/moved'>",
    "<form action=http://hostile.invalid/><button autofocus>press</button></form>",
    "<object data=http://hostile.invalid/object></object>",
    f'" autofocus onfocus="{_RUN}" x="',
    f"' autofocus onfocus='{_RUN}' x='",
    f"` onmouseover=`{_RUN}`",
    f'" style="background:url(http://hostile.invalid/in-style)" onload="{_RUN}',
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;script&#62;{_RUN}&#60;/script&#62;",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f'";{_RUN};//',
    f"';{_RUN};//",
    "&quot;&amp;&#0;&#x1b;",
)
"""They close the context they stand in, and then act."""

TEMPLATES = (
    "{{7*7}}",
    "{% include '/etc/passwd' %}",
    "{{ self.__init__.__globals__ }}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{0.__class__}",
    "%(name)s %s %n",
    "[bold red]markup[/bold red]",
)

MARKDOWN = (
    f"[press](javascript:{_RUN})",
    "![picture](http://hostile.invalid/picture.png)",
    f"<javascript:{_RUN}>",
    "| a | b |\n| --- | --- |\n| c | d |",
    "# heading\n\n---\n\n```\nfence",
    f"x\n\n<script>{_RUN}</script>\n\ny",
    f"`code` <b onclick={_RUN}>bold</b>",
)

ADDRESSES = (
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f" javascript:{_RUN}",
    f"java\tscript:{_RUN}",
    f"java\nscript:{_RUN}",
    f"\x01javascript:{_RUN}",
    f"javascript&colon;{_RUN}",
    f"javascript\u200b:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19yYW49MTwvc2NyaXB0Pg==",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    "blob:http://hostile.invalid/1",
    "//hostile.invalid/schemeless",
    "\\\\hostile.invalid\\share",
    "http:/\\hostile.invalid",
    "https://user:password@hostile.invalid/",
    "https://example.org\u202e/gro.elpmaxe",
    f'https://example.org/"onmouseover="{_RUN}',
    f"https://example.org/'><script>{_RUN}</script>",
    "http://[::1",
    "https://example.org:99999999/",
)

STRANGE = (
    "\u202egnihtemos desrever\u202c",
    "\u2066isolate\u2069 \u200f\u061c mark",
    "zero\u200bwidth\u200djoined\ufeffmark",
    "bell \x07 escape \x1b[31mred\x1b[0m delete \x7f c1 \x9b31m",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "אבג abc 123 العربية",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\ufffe\uffff\U0010ffff",
    "line\u2028separator\u2029paragraph",
    "many\r\n\r\nlines\tand\ttabs",
    "W" * 10_000,
    "constructor __proto__ toString",
    "-1'; DROP TABLE claim; --",
)

TEXTS = BREAKERS + TEMPLATES + MARKDOWN + STRANGE
UNREADABLE = ("a\x00b", "lone \ud800 surrogate", "\udfff")
"""What no text of the database may hold; an import may refuse it."""


def hostile_case() -> dict[str, Any]:
    """Give an import file with a hostile text in every field that takes free text."""
    texts = TEXTS + ADDRESSES
    everywhere = " ".join(text for text in texts if len(text) < 1000)
    return {
        "claimtrack": 1,
        "events": [{"id": "hostile", "title": everywhere, "date": "2031", "place": everywhere}],
        "groups": [{"id": f"group-{i}", "name": text} for i, text in enumerate(texts)],
        "metrics": [
            {"id": f"metric-{i}", "name": text, "kind": kind, "unit": text}
            for i, text in enumerate(texts[:30])
            for kind in ("count",)
        ]
        + [{"id": "kind-of-thing", "name": "The kind of thing", "kind": "category"}],
        "sources": [
            {"id": f"source-{i}", "name": text, "kind": "news", "anonymous": i % 3 == 0}
            for i, text in enumerate(texts)
        ],
        "documents": [_document(i, text) for i, text in enumerate(texts)],
        "claims": [claim for i, text in enumerate(texts) for claim in _claims(i, text, len(texts))],
    }


def _document(i: int, text: str) -> dict[str, Any]:
    return {
        "id": f"document-{i}",
        "source": f"source-{i}",
        "title": text,
        "published": f"2031-03-{i % 28 + 1:02}",
        "url": text,
        "archive_url": text,
        "language": text[:100],
    }


def _claims(i: int, text: str, many: int) -> list[dict[str, Any]]:
    about = {"event": "hostile", "document": f"document-{i}", "quote": text}
    relayed = [f"source-{(i + 1) % many}", f"source-{(i + 2) % many}"]
    return [
        {
            **about,
            "id": f"killed-{i}",
            "metric": "killed",
            "group": f"group-{i % 7}",
            "value": {"min": i, "max": i + 3, "text": text},
            "attributed_to": relayed,
        },
        {**about, "metric": f"metric-{i % 30}", "group": f"group-{i}", "value": i + 1},
        {**about, "metric": "kind-of-thing", "group": "group-0", "value": text},
    ]


def many_claims(number: int, *, seed: int = 1865) -> dict[str, Any]:
    """Give an event of so many claims, no two of them equal."""
    chance = random.Random(seed)
    groups = [f"unit-{i}" for i in range(25)]
    sources = [f"paper-{i}" for i in range(40)]
    metrics = ("killed", "wounded", "captured", "missing")
    claims, told = [], set()
    while len(claims) < number:
        group, metric = chance.choice(groups), chance.choice(metrics)
        value = chance.randrange(1, 3000)
        if (group, metric, value) in told:
            continue
        told.add((group, metric, value))
        claims.append(
            {
                "event": "long-war",
                "document": f"{chance.choice(sources)}-issue",
                "metric": metric,
                "group": group,
                "value": value,
                "quote": f"{value} of {group} were {metric}, it is said",
            }
        )
    return {
        "claimtrack": 1,
        "events": [{"id": "long-war", "title": "A long war", "date": "2031"}],
        "groups": [{"id": group, "name": group.capitalize()} for group in groups],
        "sources": [{"id": source, "name": source.capitalize()} for source in sources],
        "documents": [
            {"id": f"{source}-issue", "source": source, "published": f"2031-04-{i % 30 + 1:02}"}
            for i, source in enumerate(sources)
        ],
        "claims": claims,
    }
