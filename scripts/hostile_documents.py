"""Import files that ought to be trouble: valid ones whose structure, words or bytes are changed.

Everything is drawn from one `random.Random`, so a case is named by its seed alone.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import hostile_words as words

LISTS = ("events", "groups", "metrics", "sources", "documents", "claims")
TYPES = dict(zip(LISTS, ("event", "group", "metric", "source", "document", "claim"), strict=True))
KEYS = (
    "id", "title", "date", "place", "name", "part_of", "disjoint_with", "kind", "unit", "sum_of",
    "at_most", "reliability", "anonymous", "draws_on", "source", "published", "retrieved", "url",
    "archive_url", "language", "sha256", "event", "document", "metric", "value", "group", "stance",
    "attributed_to", "quote", "as_of", "supersedes", "min", "max", "best", "text", "mode", "claim",
    "type", "claimtrack",
)  # fmt: skip
ODD_NUMBERS = (
    "0", "-0", "-0.0", "-1", "1.5", "1e3", "1E+3", "1e308", "1e999", "-1e999", "5e-324", "0.1e-5",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551616", "1" * 25, "9" * 5000, "NaN", "Infinity", "-Infinity", "01", "1.", ".5",
    "0x10", "1_000", "+1", "4e18", "9.3e18", "1e-400",
)  # fmt: skip


class Raw(str):
    """Text that is written as it stands, where a value would be."""


class Pairs(list[tuple[str, Any]]):
    """An object as the pairs it is written with: keys may come twice, in any order."""

    def get(self, key: str) -> Any:
        """Give the last value of a key, or None."""
        return next((value for name, value in reversed(self) if name == key), None)

    def put(self, key: str, value: Any) -> None:
        """Set a key once, where it stood or at the end."""
        at = next((at for at, (name, _) in enumerate(self) if name == key), None)
        if at is None:
            self.append((key, value))
        else:
            self[at] = (key, value)


def as_pairs(value: Any) -> Any:
    """Turn parsed JSON into a tree that can be spoilt."""
    if isinstance(value, dict):
        return Pairs((key, as_pairs(child)) for key, child in value.items())
    return [as_pairs(child) for child in value] if isinstance(value, list) else value


def written(value: Any, *, escaped: bool = True) -> str:
    """Write a tree as JSON, or as what is left of it."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        inside = ", ".join(
            f"{json.dumps(key, ensure_ascii=escaped)}: {written(child, escaped=escaped)}"
            for key, child in value
        )
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(child, escaped=escaped) for child in value)}]"
    return json.dumps(value, ensure_ascii=escaped)


# Valid documents


def small_case(choose: random.Random) -> Pairs:
    """Make a valid case of a few entries; names overlap with those of other cases."""

    def some(what: str, most: int, least: int = 1) -> list[str]:
        return [f"{what}{n}" for n in range(choose.randint(least, most))]

    events, groups, metrics = some("e", 2), some("g", 4), some("m", 2, 0)
    sources, documents, claims = some("s", 3), some("d", 3), some("c", 6)
    parents = {g: choose.sample(groups[:at], min(at, choose.randint(0, 1))) for at, g in
               enumerate(groups)}  # fmt: skip
    kinds = {m: choose.choice(words.KINDS) for m in metrics}
    case = {
        "claimtrack": 1,
        "events": [{"id": e, "title": words.title(choose), "date": "2031-03"} for e in events],
        "groups": [
            {"id": g, "name": words.title(choose), **({"part_of": p} if (p := parents[g]) else {})}
            for g in groups
        ],
        "metrics": [{"id": m, "kind": kinds[m]} for m in metrics],
        "sources": [{"id": s, "name": words.title(choose), "kind": "news"} for s in sources],
        "documents": [
            {"id": d, "source": choose.choice(sources), "published": words.day(choose)}
            for d in documents
        ],
        "claims": [_claim(choose, c, events, groups, sources, documents, kinds) for c in claims],
    }
    return as_pairs(case)


def _claim(
    choose: random.Random,
    id_: str,
    events: list[str],
    groups: list[str],
    sources: list[str],
    documents: list[str],
    kinds: dict[str, str],
) -> dict[str, Any]:
    known = {"killed": "count", "wounded": "count", "casualties": "count", "date": "date"}
    metric = choose.choice([*known, "killed", "killed", "force_size", "duration", *kinds])
    kind = {**known, "force_size": "count", "duration": "duration", **kinds}[metric]
    claim: dict[str, Any] = {"id": id_} if choose.random() < 0.8 else {}
    claim |= {"event": choose.choice(events), "document": choose.choice(documents)}
    claim |= {"metric": metric, "value": words.value(choose, kind)}
    if choose.random() < 0.8:
        claim["group"] = choose.choice(groups)
    if choose.random() < 0.4:
        claim["attributed_to"] = [
            source
            if choose.random() < 0.5
            else {"source": source, "mode": choose.choice(["quotes", "cites"])}
            for source in choose.sample(sources, choose.randint(1, len(sources)))
        ]
    if choose.random() < 0.2:
        claim["stance"] = "denies"
    if choose.random() < 0.3:
        claim["quote"] = words.title(choose)
    if choose.random() < 0.2:
        claim["as_of"] = words.day(choose)
    return claim


# Changes of the structure


def _nodes(tree: Any) -> list[Any]:
    """List the objects and lists of a tree, the tree itself first."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (Pairs, list)):
            found.append(node)
            waiting += [pair[1] for pair in node] if isinstance(node, Pairs) else node
    return found


def _object(choose: random.Random, tree: Any) -> Pairs | None:
    found = [node for node in _nodes(tree) if isinstance(node, Pairs) and node]
    return choose.choice(found) if found else None


def _entries(tree: Any, key: str) -> list[Pairs]:
    found = tree.get(key) if isinstance(tree, Pairs) else None
    return [e for e in found if isinstance(e, Pairs)] if isinstance(found, list) else []


def ids_in(tree: Any) -> list[str]:
    found = [e.get("id") for key in LISTS for e in _entries(tree, key)]
    return [id_ for id_ in found if isinstance(id_, str) and not isinstance(id_, Raw)] or ["x"]


def odd_value(choose: random.Random, tree: Any) -> Any:
    """Draw a value of another type, size or spelling than is wanted."""
    return choose.choice(
        [
            lambda: Raw(choose.choice(ODD_NUMBERS)),
            lambda: words.odd_text(choose),
            lambda: words.odd_text(choose),
            lambda: choose.choice([None, True, False, 0, 1, "", " ", [], Pairs(), [[]], [None]]),
            lambda: choose.choice(ids_in(tree)),
            lambda: [choose.choice(ids_in(tree)) for _ in range(choose.randint(1, 4))],
            lambda: words.value(choose, choose.choice(words.KINDS)),
            lambda: Pairs((k, odd_value(choose, tree)) for k in choose.sample(KEYS, 2)),
            lambda: _deep(choose),
        ]
    )()


def _deep(choose: random.Random) -> Any:
    depth = choose.choice([2, 10, 63, 64, 65, 200, 3000])
    if choose.random() < 0.5:
        return Raw("[" * depth + "]" * depth)
    return Raw('{"a":' * depth + "1" + "}" * depth)


def drop_key(choose: random.Random, tree: Any) -> None:
    """Leave a key out."""
    if node := _object(choose, tree):
        node.pop(choose.randrange(len(node)))


def duplicate_key(choose: random.Random, tree: Any) -> None:
    """Give a key twice, with the same or another value."""
    if node := _object(choose, tree):
        key, value = choose.choice(node)
        other = value if choose.random() < 0.3 else odd_value(choose, tree)
        node.insert(choose.randint(0, len(node)), (key, other))


def rename_key(choose: random.Random, tree: Any) -> None:
    """Spell a key otherwise."""
    if node := _object(choose, tree):
        at = choose.randrange(len(node))
        key, value = node[at]
        new = choose.choice(
            [key.upper(), key + "s", f" {key}", key[:-1], words.odd_text(choose), *KEYS]
        )
        node[at] = (new, value)


def swap_values(choose: random.Random, tree: Any) -> None:
    """Exchange the values of two keys."""
    node = _object(choose, tree)
    if node and len(node) > 1:
        one, other = choose.sample(range(len(node)), 2)
        (a, x), (b, y) = node[one], node[other]
        node[one], node[other] = (a, y), (b, x)


def spoil_value(choose: random.Random, tree: Any) -> None:
    """Put an odd value in the place of another."""
    if node := _object(choose, tree):
        at = choose.randrange(len(node))
        node[at] = (node[at][0], odd_value(choose, tree))


def odd_words(choose: random.Random, tree: Any) -> None:
    """Put odd text where text may stand; it is often let in."""
    key = choose.choice(LISTS)
    fields = {
        "events": ("title", "place"), "groups": ("name",), "metrics": ("name", "unit"),
        "sources": ("name",), "documents": ("title", "url", "archive_url", "language"),
        "claims": ("quote", "value"),
    }[key]  # fmt: skip
    if entries := _entries(tree, key):
        choose.choice(entries).put(choose.choice(fields), words.odd_text(choose))


def new_value(choose: random.Random, tree: Any) -> None:
    """Give a claim another value or day, of any kind."""
    if entries := _entries(tree, "claims"):
        entry, kind = choose.choice(entries), choose.choice(words.KINDS)
        if choose.random() < 0.3:
            entry.put("as_of", choose.choice((words.date, words.day))(choose))
        else:
            odd = choose.random() < 0.3
            new = words.phrase(choose) if odd else as_pairs(words.value(choose, kind))
            entry.put("value", new)


def new_date(choose: random.Random, tree: Any) -> None:
    """Give an event or a document another date."""
    key, field = choose.choice([("events", "date"), ("documents", "published"),
                                ("documents", "retrieved")])  # fmt: skip
    if entries := _entries(tree, key):
        choose.choice(entries).put(field, choose.choice((words.date, words.day))(choose))


def tangle(choose: random.Random, tree: Any) -> None:
    """Let entries name each other, themselves or nobody, in circles too."""
    key, field, many = choose.choice(
        [
            ("groups", "part_of", True), ("groups", "disjoint_with", True),
            ("metrics", "sum_of", True), ("metrics", "at_most", False),
            ("sources", "draws_on", True), ("documents", "draws_on", True),
            ("documents", "source", False), ("claims", "supersedes", False),
            ("claims", "group", False), ("claims", "metric", False), ("claims", "event", False),
            ("claims", "document", False), ("claims", "attributed_to", True),
        ]
    )  # fmt: skip
    if not (entries := _entries(tree, key)):
        return
    among = {"supersedes": "claims", "group": "groups", "metric": "metrics", "event": "events",
             "source": "sources", "document": "documents", "attributed_to": "sources"}  # fmt: skip
    near = [e.get("id") for e in _entries(tree, among.get(field, key)) if e.get("id")]
    ids = near if near and choose.random() < 0.8 else [*ids_in(tree), "nobody", "killed", "x" * 200]
    for entry in choose.sample(entries, min(len(entries), choose.randint(1, 3))):
        named = [choose.choice(ids) for _ in range(choose.randint(1, 3) if many else 1)]
        steps: list[Any] = list(named)
        if field == "attributed_to" and choose.random() < 0.7:
            claims = [e.get("id") for e in _entries(tree, "claims") if e.get("id")] or ["nobody"]
            steps = [Pairs([("source", s), ("claim", choose.choice(claims))]) for s in named]
        entry.put(field, steps if many else named[0])


def collide(choose: random.Random, tree: Any) -> None:
    """Give an entry the id of another, of its kind or not."""
    if entries := [e for key in LISTS for e in _entries(tree, key)]:
        choose.choice(entries).put("id", choose.choice(ids_in(tree)))


def repeat_entry(choose: random.Random, tree: Any) -> None:
    """Give an entry twice, in its list or in another."""
    lists = [tree.get(key) for key in LISTS] if isinstance(tree, Pairs) else []
    lists = [f for f in lists if isinstance(f, list) and f and not isinstance(f, Pairs)]
    if lists:
        other = lists[0] if choose.random() < 0.3 else choose.choice(lists)
        entry = choose.choice(choose.choice([other, choose.choice(lists)]))
        copy = Pairs(entry) if isinstance(entry, Pairs) else entry
        other.insert(choose.randint(0, len(other)), copy)


def stranger(choose: random.Random, tree: Any) -> None:
    """Add a key that is not known."""
    if node := _object(choose, tree):
        key = choose.choice([*KEYS, words.odd_text(choose)])
        node.insert(choose.randint(0, len(node)), (key, odd_value(choose, tree)))


def spoil_list(choose: random.Random, tree: Any) -> None:
    """Put something that is no entry in a list, or something else for the list."""
    nodes = [node for node in _nodes(tree) if not isinstance(node, Pairs)]
    if nodes and choose.random() < 0.7:
        node = choose.choice(nodes)
        node.insert(choose.randint(0, len(node)), odd_value(choose, tree))
    elif isinstance(tree, Pairs):
        tree.put(choose.choice(LISTS), odd_value(choose, tree))


Change = Callable[[random.Random, Any], None]
HARSH: tuple[Change, ...] = (
    drop_key, duplicate_key, rename_key, swap_values, spoil_value, spoil_value, collide,
    repeat_entry, stranger, spoil_list, tangle, new_value, new_date, odd_words,
)  # fmt: skip
"""Changes after which most files are refused."""
MILD: tuple[Change, ...] = (tangle, tangle, new_value, new_value, new_date, odd_words, odd_words)
"""Changes after which many files are still let in."""


# Changes of the bytes


def _as_lines(choose: random.Random, tree: Any, *, escaped: bool) -> str:
    lines = []
    for key in LISTS:
        found = tree.get(key) if isinstance(tree, Pairs) else None
        for entry in found if isinstance(found, list) else ():
            line = Pairs([("type", TYPES[key]), *entry]) if isinstance(entry, Pairs) else entry
            lines.append(written(line, escaped=escaped))
    if choose.random() < 0.5:
        choose.shuffle(lines)
    if choose.random() < 0.1 and lines:
        lines.insert(choose.randrange(len(lines)), choose.choice(["", " ", "{", "[]", "null", "x"]))
    return choose.choice(["\n", "\n", "\r\n"]).join(lines) + choose.choice(["\n", ""])


def spoil_bytes(choose: random.Random, data: bytes) -> bytes:
    """Cut, flip, insert or encode bytes in another way."""
    at = choose.randrange(len(data) + 1)
    kind = choose.randrange(8)
    if kind == 0:
        return data[:at]
    if kind == 1:
        spoilt = bytearray(data)
        for _ in range(choose.randint(1, 4)):
            if spoilt:
                spoilt[choose.randrange(len(spoilt))] ^= 1 << choose.randrange(8)
        return bytes(spoilt)
    if kind == 2:
        extra = choose.choice([b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\\", b'"', b",",
                               b"\xf4\x90\x80\x80", b"\x1b[2J", b"}", b"]", b"/*"])  # fmt: skip
        return data[:at] + extra + data[at:]
    if kind == 3:
        return b"\xef\xbb\xbf" * choose.randint(1, 2) + data
    if kind == 4:
        code = choose.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1"])
        return data.decode("utf-8", "replace").encode(code, "replace")
    if kind == 5:
        other = choose.randrange(len(data) + 1)
        return data[:at] + data[min(at, other) : max(at, other)] + data[at:]
    if kind == 6:
        return data + choose.choice([data, b"\0", b"\n" * 1000, b" " * 5000, b",", b"// end"])
    return choose.randbytes(choose.randrange(200))


def document(choose: random.Random, valid: Pairs | None = None) -> tuple[bytes, bool]:
    """Make one case: the bytes of a file, and whether it is named as JSON Lines."""
    tree: Any = small_case(choose) if valid is None else valid
    if choose.random() < 0.1:
        tree = choose.choice([odd_value(choose, tree), [tree], Pairs(tree[1:]), Pairs(tree * 2)])
    changes = MILD if choose.random() < 0.3 else HARSH
    for _ in range(choose.choice([0, 1, 1, 2, 3, 5])):
        choose.choice(changes)(choose, tree)
    lines, escaped = choose.random() < 0.35, choose.random() < 0.7
    text = _as_lines(choose, tree, escaped=escaped) if lines else written(tree, escaped=escaped)
    data = text.encode("utf-8", "surrogatepass")
    if choose.random() < 0.12:
        data = spoil_bytes(choose, data)
    return data, lines if choose.random() < 0.97 else not lines
