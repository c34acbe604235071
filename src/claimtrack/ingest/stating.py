"""What a claim entry states: its value read, its claim named, its rows made as far as can be.

Nothing here needs a database, so that it can be done in another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, overload

from claimtrack.domain.bounds import holds_every_answer
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.folding import passage
from claimtrack.domain.identity import digest_of, fingerprint, quoted, written
from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Kind, Value
from claimtrack.errors import UnreadableValue
from claimtrack.ingest.item import Item, Told
from claimtrack.ingest.places import Problem

REMEMBERED = 100_000
"""Readings held in memory; beyond, values are read again."""

Measure = tuple[str, str | None]
"""Kind and unit of a metric: what, beside the lexicon, decides how its values are read."""


class Stated(NamedTuple):
    """What a claim entry states, as plain data, with where it stands.

    The first fields are those of its `Item`, and what else of the entry is stored; `own` is the
    id that it gives itself. `name` is the id of its claim, made from all that tells it from
    others. `claim` and `assertion` end the rows of both, `links` are its chain from the document
    outwards: source, mode, and the id of the claim relied on. `measure` is that by which it was
    read, `mark` the fingerprint of the entry.
    """

    slug: str
    text: str
    file: str
    line: int | None
    path: str
    own: str | None
    event: str
    document: str
    metric: str
    group: str | None
    quote: str | None
    corrects: str | None
    measure: Measure
    name: str
    claim: tuple[object, ...]
    assertion: tuple[object, ...]
    links: Sequence[tuple[str, str, str | None]]
    passage: str
    mark: bytes

    def item(self) -> Item:
        """Give the entry as it was read."""
        return Told(self.slug, self.text, self.file, self.line, self.path).item()

    def place(self) -> Item:
        """Give what tells where the entry stands, to be kept where entries are many."""
        entry = {} if self.own is None else {"id": self.own}
        return Item("claim", self.slug, entry, "", self.file, self.line, self.path)


CLAIM = ("stance", "as_of", "lower", "upper", "best", "category", "hedge", "text")
"""The columns of `Stated.claim`."""

ASSERTION = ("text", "hedge", "rule", "lexicon")
"""The columns of `Stated.assertion`."""


@dataclass(frozen=True, slots=True)
class Columns(Sequence[Stated]):
    """What claims state, field by field: many are looked up and written so at once.

    Each field has those of all of them, as `Stated` has that of one.
    """

    slug: Sequence[str]
    text: Sequence[str]
    file: Sequence[str]
    line: Sequence[int | None]
    path: Sequence[str]
    own: Sequence[str | None]
    event: Sequence[str]
    document: Sequence[str]
    metric: Sequence[str]
    group: Sequence[str | None]
    quote: Sequence[str | None]
    corrects: Sequence[str | None]
    measure: Sequence[Measure]
    name: Sequence[str]
    claim: Sequence[tuple[object, ...]]
    assertion: Sequence[tuple[object, ...]]
    links: Sequence[Sequence[tuple[str, str, str | None]]]
    passage: Sequence[str]
    mark: Sequence[bytes]

    @classmethod
    def of(cls, stated: Sequence[Stated]) -> Columns:
        """Put together what each of these claims states."""
        return cls(*zip(*stated, strict=True)) if stated else cls(*[()] * len(Stated._fields))

    def plain(self) -> list[Sequence[Any]]:
        """Give the fields in their order, each with those of all claims."""
        return [getattr(self, field.name) for field in fields(self)]

    def __len__(self) -> int:
        """Count the claims."""
        return len(self.slug)

    def __iter__(self) -> Iterator[Stated]:
        """Give what each claim states, in turn."""
        return map(Stated._make, zip(*self.plain(), strict=True))

    @overload
    def __getitem__(self, at: int) -> Stated: ...
    @overload
    def __getitem__(self, at: slice) -> Columns: ...
    def __getitem__(self, at: int | slice) -> Stated | Columns:
        """Give what one claim states, or some of them."""
        found = [column[at] for column in self.plain()]
        return Columns(*found) if isinstance(at, slice) else Stated._make(found)


class _Read(NamedTuple):
    """What a value was read as; `content` is its part of what names a claim.

    `claim` is for one that asserts it as of no day.
    """

    value: Value
    content: str
    claim: tuple[object, ...]
    assertion: tuple[object, ...]


class Stating:
    """Tells what entries state, by a lexicon and the metrics that are known.

    `measures` has those by their ids. It can be pickled, and goes on elsewhere with what it knows.
    """

    def __init__(self, lexicon: Lexicon, measures: Mapping[str, Measure]) -> None:
        """Begin with nothing read."""
        self.measures = dict(measures)
        self._lexicon = lexicon
        self._written: dict[tuple[str | None, ...], str] = {}
        self._readings: dict[tuple[Measure, type, object], _Read | UnreadableValue] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Leave behind what was read."""
        return Stating, (self._lexicon, self.measures)

    def learn(self, definitions: Iterable[Item]) -> None:
        """Take in the metrics among definitions."""
        for item in definitions:
            if item.type == "metric":
                self.measures[item.slug] = item.entry["kind"], item.entry.get("unit")

    def state_all(self, claims: Sequence[Item]) -> Columns | None:
        """Tell what claims state, if all of them can be read by metrics that are known."""
        if any(item.entry["metric"] not in self.measures for item in claims):
            return None
        found = [self.state(item) for item in claims]
        stated = [each for each in found if isinstance(each, Stated)]
        return Columns.of(stated) if len(stated) == len(found) else None

    def state(self, item: Item) -> Stated | list[Problem]:
        """Tell what a claim entry states, or all that is wrong with it.

        Its metric must be known.
        """
        entry = item.entry
        measure = self.measures[entry["metric"]]
        read = self._read(entry["value"], measure)
        as_of, stance = entry.get("as_of"), entry.get("stance")
        if isinstance(read, UnreadableValue) or as_of is not None or stance == "denies":
            problems = self.problems(item)
            if problems or isinstance(read, UnreadableValue):
                return problems
        event, metric, group = entry["event"], entry["metric"], entry.get("group")
        quote = entry.get("quote")
        asked = self._asked(event, metric, group, stance, as_of)
        claim = read.claim  # one tuple for all that say so: it is handed over once
        if stance is not None or as_of is not None:
            claim = (stance or "asserts", as_of, *claim[2:])
        return Stated(
            item.slug,
            item.text,
            item.file,
            item.line,
            item.path,
            entry.get("id"),
            event,
            entry["document"],
            metric,
            group,
            quote,
            entry.get("supersedes"),
            measure,
            "c" + digest_of(asked + read.content),
            claim,
            read.assertion,
            links(entry),
            passage((quote, read.value.text)),
            fingerprint(item.text),
        )

    def problems(self, item: Item) -> list[Problem]:
        """List what is wrong with the value, the day and the stance of a claim entry."""
        entry = item.entry
        found = []
        read = self._read(entry["value"], self.measures[entry["metric"]])
        if isinstance(read, UnreadableValue):
            hint = read.hint or "see the lexicon for what can be read"
            found.append(item.problem("value", read.problem, hint))
        found += day_problems(item)
        if not found and entry.get("stance") == "denies" and isinstance(read, _Read):
            found += _denial_problems(item, read.value)
        return found

    def _asked(self, *names: str | None) -> str:
        """Write the part of what names a claim that many have in common."""
        found = self._written.get(names)
        if found is None:
            if len(self._written) >= REMEMBERED:
                self._written.clear()
            told = ["null" if text is None else quoted(text) for text in names]
            found = self._written[names] = f"[{','.join(told)},"
        return found

    def _read(self, raw: object, measure: Measure) -> _Read | UnreadableValue:
        kind = type(raw)
        key = measure, kind, raw if kind is int or kind is str else repr(raw)
        found = self._readings.get(key)
        if found is None:
            if len(self._readings) >= REMEMBERED:
                self._readings.clear()
            found = self._readings[key] = self._read_anew(raw, measure)
        return found

    def _read_anew(self, raw: object, measure: Measure) -> _Read | UnreadableValue:
        kind, unit = measure
        try:
            value = read_value(raw, kind=Kind(kind), unit=unit, lexicon=self._lexicon)
        except UnreadableValue as error:
            # Its words only: an error holds the frames in which it was raised.
            return UnreadableValue(error.problem, error.hint)
        ends, hedge = (value.lower, value.upper, value.best), value.hedge.value
        category = value.category.strip().casefold() if value.category else None
        return _Read(
            value,
            written((*ends, category, value.is_unknown))[1:],
            ("asserts", None, *ends, value.category, hedge, value.text),
            (value.text, hedge, value.rule, value.lexicon),
        )


def day_problems(item: Item) -> list[Problem]:
    """Tell whether the day of a claim entry cannot be read."""
    text = item.entry.get("as_of")
    try:
        if text is not None:
            read_edtf(str(text))
    except UnreadableValue as error:
        hint = error.hint or "write it as 2018, 2018-02 or 2018-02-08"
        return [item.problem("as_of", error.problem, hint)]
    return []


def _denial_problems(item: Item, value: Value) -> list[Problem]:
    if value.is_unknown:
        hint = "leave out the stance, or give the value that is denied"
        return [item.problem("stance", "the unknown cannot be denied", hint)]
    if holds_every_answer(value):
        what = f"to deny '{value.text}' is to deny every answer there is"
        hint = "deny what was denied: a number, a range with an end, or true"
        return [item.problem("value", what, hint)]
    return []


def links(entry: Mapping[str, Any]) -> Sequence[tuple[str, str, str | None]]:
    """List the chain of an entry, from the document outwards: source, mode, claim relied on."""
    given = entry.get("attributed_to")
    if not given:
        return ()
    return tuple(
        (link, "unknown", None)
        if isinstance(link, str)
        else (link["source"], link.get("mode") or "unknown", link.get("claim") or None)
        for link in given
    )
