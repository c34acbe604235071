"""Events and import files made from fixed seeds, for the measurements in this folder."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimtrack.domain.case import Case, Claim, Groups, Metric, Question, with_sums_that_may_fall
from claimtrack.domain.value import Hedge, Kind, Value

PARTS = ("killed", "wounded", "captured", "missing")
Entry = dict[str, object]


def metrics() -> dict[str, Metric]:
    """Make the built-in metrics by hand."""
    parts = [Metric(p, p, Kind.COUNT, None, True, p != "missing") for p in PARTS]
    total = Metric("casualties", "casualties", Kind.COUNT, None, True, True, PARTS, "force")
    size = Metric("force", "force", Kind.COUNT, None, True, False)
    return with_sums_that_may_fall({m.id: m for m in (*parts, total, size)})


def claim(id_: str, metric: str, group: str, lower: int | None, upper: int | None) -> Claim:
    """Make a claim of one event."""
    told = Value(Kind.COUNT, lower, upper, "words", Hedge.RANGE, "made")
    return Claim(id_, Question("event", metric, group), told)


def army(depth: int, error: float, seed: int = 1) -> Case:
    """Make an event of nested disjoint units, three in each, with up to two claims a number."""
    draw = random.Random(seed)
    part_of: dict[str, frozenset[str]] = {}
    disjoint: set[frozenset[str]] = set()
    names: list[str] = []

    def grow(name: str, left: int) -> None:
        names.append(name)
        below = [f"{name}.{at}" for at in range(3)] if left else []
        for one in below:
            part_of[one] = frozenset({name})
            disjoint.update(frozenset({one, other}) for other in below if other != one)
            grow(one, left - 1)

    grow("army", depth)
    leaves = [name for name in names if name not in {next(iter(w)) for w in part_of.values()}]
    truth: dict[str, dict[str, int]] = {}
    for leaf in leaves:
        lost = {p: draw.randint(0, most) for p, most in zip(PARTS, (30, 90, 20, 10), strict=True)}
        truth[leaf] = lost | {"casualties": sum(lost.values()), "force": draw.randint(300, 600)}
    claims: list[Claim] = []
    for name in names:
        inside = [leaf for leaf in leaves if leaf == name or leaf.startswith(f"{name}.")]
        for metric in (*PARTS, "casualties", "force"):
            exact = sum(truth[leaf][metric] for leaf in inside)
            for _ in range(draw.randint(0, 2)):
                told = max(0, round(exact * draw.gauss(1, error)))
                lower, upper = draw.choice(
                    [(told, told)] * 3
                    + [(told * 9 // 10, told * 11 // 10 + 1), (told, None), (None, told)]
                )
                claims.append(claim(f"c{len(claims):04}", metric, name, lower, upper))
    return Case(tuple(claims), metrics(), Groups(part_of, frozenset(disjoint)))


def told(at: int, event: str, metric: str, group: str, document: str, value: object) -> Entry:
    """Make the entry of a claim."""
    return {
        "type": "claim",
        "id": f"{document}-{at}",
        "event": event,
        "metric": metric,
        "group": group,
        "document": document,
        "value": value,
    }


def heads(events: Iterable[str], documents: Iterable[str]) -> Iterator[Entry]:
    """Make the entries that claims refer to: two disjoint sides of one whole, and works."""
    yield {"type": "group", "id": "all", "name": "All"}
    yield {"type": "group", "id": "one", "name": "One side", "part_of": ["all"]}
    yield {
        "type": "group",
        "id": "other",
        "name": "The other side",
        "part_of": ["all"],
        "disjoint_with": ["one"],
    }
    for document in documents:
        yield {"type": "source", "id": document, "name": f"Source {document}"}
        yield {"type": "document", "id": document, "source": document}
    for event in events:
        yield {"type": "event", "id": event, "title": f"Event {event}"}


def written(path: Path, entries: Iterable[Entry]) -> str:
    """Write an import file of one entry a line and give its path."""
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), "utf-8")
    return str(path)


def war(battles: int = 374, works: int = 8) -> Iterator[Entry]:
    """Make a war of the shape of the Civil War data: both sides' numbers by works that differ.

    A work tells a number of a battle in one case of three, right in two cases of three and
    else off by some 15 %. Only the size and the total are told by most.
    """
    draw = random.Random(2)
    names, events = [f"w{at}" for at in range(works)], [f"b{at}" for at in range(battles)]
    yield from heads(events, names)
    counted = 0
    for event in events:
        for side in ("one", "other"):
            size = round(10 ** draw.uniform(2, 5))
            truth = {part: round(size * draw.uniform(0, 0.06)) for part in PARTS if part[0] != "c"}
            truth |= {"casualties": sum(truth.values()), "force_size": size}
            for metric, exact in truth.items():
                for work in names:
                    if draw.random() < (0.5 if metric in ("casualties", "force_size") else 0.25):
                        off = draw.gauss(1, 0.15) if draw.random() < 1 / 3 else 1.0
                        counted += 1
                        yield told(counted, event, metric, side, work, max(0, round(exact * off)))


def few(events: int) -> Iterator[Entry]:
    """Make a database of events of four claims each, some of them at odds."""
    draw = random.Random(0)
    names = [f"e{at}" for at in range(events)]
    yield from heads(names, ["first"])
    for at, (event, group) in enumerate(
        (e, g) for e in names for g in ("all", "all", "one", "one")
    ):
        yield told(at, event, "killed", group, "first", draw.randint(1, 999))


def one_claim(at: int) -> Iterator[Entry]:
    """Make a document of one claim on the first of those events, another for each number."""
    yield from heads([], [f"more{at}"])
    yield told(at, "e0", "killed", "all", f"more{at}", 1000 + at)


def one_question(assertions: int, distinct: int) -> Iterator[Entry]:
    """Make one question with so many assertions of so many distinct ranges."""
    draw = random.Random(4)
    ends = [sorted((draw.randint(0, 5000), draw.randint(0, 5000))) for _ in range(distinct)]
    works = [f"w{at}" for at in range(assertions // distinct)]
    yield from heads(["e0"], works)
    for at in range(assertions):
        low, high = ends[at % distinct]
        value = {"min": low, "max": high}
        yield told(at, "e0", "killed", "all", works[at // distinct % len(works)], value)


ROUND = (1, 1, 1, 5, 10, 50, 100)
"""What people round to, small numbers seldom and large ones often."""


def many(claims: int, *, seed: int = 5) -> Iterator[Entry]:
    """Make a database of life's skew, as a stream: few questions of many reports, many of few.

    A tenth as many questions as claims, by a power law whose largest has a hundredth of all
    claims; fifty questions an event; works of up to twenty claims on one event, in any order.
    Numbers are told as people tell them: rounded, hedged, quoted, passed on.
    """
    draw = random.Random(seed)
    sizes = _skewed(claims)
    events = max(1, len(sizes) // 50)
    sources = [f"s{at}" for at in range(max(20, claims // 2_000))]
    groups = [f"g{at}" for at in range(25)]
    for group in groups:
        yield {"type": "group", "id": group, "name": f"Group {group}"}
    for source in sources:
        yield {"type": "source", "id": source, "name": f"Source {source}"}
    for at in range(events):
        yield {"type": "event", "id": f"e{at}", "title": f"Event {at}", "date": "2031-03"}
    for at, (event, asked) in enumerate(_works(draw, sizes, events)):
        work = f"d{at}"
        month, day = 3 + at % 9, 1 + at % 28
        yield {
            "type": "document",
            "id": work,
            "source": draw.choice(sources),
            "title": f"Report {at}",
            "published": f"2031-{month:02}-{day:02}",
        }
        for place, question in enumerate(asked):
            number = question // events
            yield {
                "type": "claim",
                "event": f"e{event}",
                "document": work,
                "metric": PARTS[number % 2],
                "group": groups[number // 2 % 25],
                **_as_told(draw, question, sizes[question], sources),
                **({"id": f"{work}-{place}"} if draw.random() < 0.2 else {}),
            }


def _skewed(claims: int) -> list[int]:
    """Share claims among a tenth as many questions by a power law."""
    weights = [rank**-0.7 for rank in range(1, claims // 10 + 1)]
    total = sum(weights)
    return [max(1, round(claims * weight / total)) for weight in weights]


def _works(draw: random.Random, sizes: list[int], events: int) -> Iterator[tuple[int, list[int]]]:
    """Cut what is said of each event into works, and mix them."""
    works = []
    for event in range(events):
        said = [q for q in range(event, len(sizes), events) for _ in range(sizes[q])]
        draw.shuffle(said)
        works += [(event, said[at : at + 20]) for at in range(0, len(said), 20)]
    draw.shuffle(works)
    return iter(works)


def _as_told(draw: random.Random, question: int, size: int, sources: list[str]) -> Entry:
    """Tell the number of a question as one of many reports does."""
    own = random.Random(question)
    rivals = [round(10 ** own.uniform(0.5, 4)) for _ in range(1 + size.bit_length() // 3)]
    exact = rivals[0] if draw.random() < 0.7 else draw.choice(rivals)
    if draw.random() < 0.2:
        exact = max(1, round(exact * draw.gauss(1, 0.1)))
    step = draw.choice(ROUND) if exact > 100 else 1
    number = max(1, exact // step * step)
    value = draw.choice(
        [number] * 8
        + [f"{number:,}"] * 2
        + [f"about {number}", f"more than {number}", f"at least {number}", f"up to {number}"]
        + [{"min": number, "max": number + max(1, number // 10)}]
        + [draw.choice(("dozens", "scores", "hundreds", "several", "unknown"))]
    )
    told: Entry = {"value": value}
    if draw.random() < 0.5:
        words = value if isinstance(value, str) else number
        told["quote"] = f"On the second day {words} were counted, the office said."
    if draw.random() < 0.3:
        told["attributed_to"] = draw.sample(sources, draw.choice((1, 1, 2)))
    return told
