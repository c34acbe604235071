"""Calls whose words fit the options they are given for: names that are there, days, sentences.

Odd words are refused at the door; these get in, in combinations that nobody thought of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence

EVENTS = ("e0", "e1")
GROUPS = ("g0", "g1", "g2", "g3")
METRICS = ("killed", "wounded", "casualties", "force_size", "date", "duration", "m0", "m1")
SOURCES = ("s0", "s1", "s2")
DOCUMENTS = ("d0", "d1", "d2")
CLAIMS = tuple(f"c{at}" for at in range(6))
DAYS = (
    "2031",
    "2031-03",
    "2031-03-02",
    "2031-03-15",
    "2030-12-31",
    "1999",
    "2031-03-01/2031-03-09",
)
METHODS = ("envelope", "origin-median", "conservative", "preferred", "truth-discovery")
WORDS = ("the", "about", "10", "e", "Ship", "more than", "zz")
SENTENCES = ("300 killed", "about 20 were wounded", "at most 5 killed and 7 wounded", "nobody died")

OPTIONS: Mapping[str, Sequence[str]] = {
    "--event": EVENTS,
    "--group": GROUPS,
    "--metric": METRICS,
    "--source": SOURCES,
    "--origin": SOURCES,
    "--prefer": SOURCES,
    "--attributed-to": SOURCES,
    "--document": (*DOCUMENTS, "new"),
    "--supersedes": CLAIMS,
    "--as-of": DAYS,
    "--since": DAYS,
    "--until": DAYS,
    "--as-of-day": DAYS,
    "--published": DAYS,
    "--search": WORDS,
    "--limit": ("0", "1", "2", "7"),
    "--offset": ("0", "1", "3", "99"),
    "--format": ("table", "tsv", "csv", "json", "jsonl", "md"),
    "--rule": ("disjoint", "part_of", "sum", "capacity", "denial", "date", "category"),
    "--status": ("open", "confirmed", "dismissed", "explained", "disputed"),
    "--as": ("explained", "dismissed", "confirmed"),
    "--severity": ("0", "0.3", "1"),
    "--estimate": (*METHODS, "none"),
    "--method": METHODS,
    "--by": ("date", "source", "origin"),
    "--kind": ("event", "group", "source", "document", "claim"),
    "--mode": ("own", "quotes", "paraphrases", "translates", "cites"),
    "--value": ("300", "about 20", "unknown", "dozens"),
    "--reliability": ("A", "C", "F"),
    "--credibility": ("1", "2", "6"),
    "--svg": ("picture.svg",),
    "--output": ("out.html", "out.md", "out.json", "out.jsonl"),
    "--why": ("seen",),
    "--who": ("Ann", "Boris"),
    "--id": ("new", "c0"),
    "--title": ("A letter",),
    "--url": ("https://example.org/1",),
    "--quote": ("About 20 were killed.",),
}  # fmt: skip
"""What an option may be given; what is not listed here is not drawn."""

OPTIONS_OF: Mapping[str, Mapping[str, Sequence[str]]] = {
    "export": {"--format": ("json", "jsonl")},
    "findings": {"--kind": ("drift", "self")},
    "report": {"--format": ("html", "md")},
    "resolve": {"--kind": ("contradiction", "assertion", "source")},
    "review": {"--kind": ("contradiction", "assertion", "source"),
               "--status": ("open", "confirmed", "dismissed", "explained")},
    "trace": {"--format": ("text", "mermaid", "svg", "json")},
}  # fmt: skip
"""What an option may be given where a command takes something else."""

ARGUMENTS: Mapping[str, Sequence[str]] = {
    "add": (*OPTIONS["--value"], "more than 5", "true"),
    "check": SENTENCES,
    "compare": METRICS,
    "estimate": (*EVENTS, *CLAIMS),
    "explain": CLAIMS,
    "grade": (*SOURCES, *CLAIMS),
    "grades": (*SOURCES, *CLAIMS),
    "history": (*EVENTS, *CLAIMS, *SOURCES, *DOCUMENTS, *GROUPS),
    "load-bearing": EVENTS,
    "report": EVENTS,
    "resolve": ("k", *CLAIMS),
    "review": ("k", *SOURCES, *CLAIMS),
    "search": WORDS,
    "show": (*EVENTS, *GROUPS, *METRICS, *SOURCES, *DOCUMENTS, *CLAIMS),
    "timeline": EVENTS,
    "trace": CLAIMS,
    "track-record": SOURCES,
    "undo": ("1", "2", "3"),
    "versions": EVENTS,
}
"""What a command is asked about."""

_ID = re.compile("[egmsdc][0-9]")

Commands = Mapping[str, tuple[Sequence[str], Sequence[tuple[str, bool]]]]

NEEDED = {
    "add": ("--event", "--metric", "--document"),
    "grade": ("--why",),
    "resolve": ("--why",),
    "review": ("--why", "--status"),
}
"""Options without which a command does nothing."""

LEFT_OUT = frozenset("import init demo upgrade backup copy-to verify schema".split())
"""Commands with nothing to choose here, or that are tried elsewhere."""


def call(choose: random.Random, commands: Commands, there: Collection[str]) -> list[str]:
    """Draw a command with up to four of its options, and what it is asked about.

    Of ids such as `e1`, mostly those that are `there` are drawn.
    """

    def one_of(words: Sequence[str]) -> str:
        known = [word for word in words if word in there or not _ID.fullmatch(word)]
        return choose.choice(known if known and choose.random() < 0.95 else words)

    name = choose.choice(sorted(commands.keys() - LEFT_OUT))
    args, options = commands[name]
    known = [(option, flag) for option, flag in options if flag or option in OPTIONS]
    wanted = [(option, False) for option in NEEDED.get(name, ())]
    wanted += choose.sample(known, min(len(known), choose.randint(0, 4)))
    words = [name]
    for option, flag in wanted:
        given = OPTIONS_OF.get(name, {}).get(option) or OPTIONS[option] if not flag else ()
        words += [option] if flag else [option, one_of(given)]
    if args and ARGUMENTS.get(name):
        several = choose.choice((1, 1, 2, 3)) if name == "explain" else 1
        if args[0] == "required" or choose.random() < 0.7:
            words += [one_of(ARGUMENTS[name]) for _ in range(several)]
    return words
