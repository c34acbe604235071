"""Take claim entries: read their values, join equal propositions, keep who said each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from claimtrack.domain.bounds import holds_every_answer
from claimtrack.domain.case import Metric
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.identity import digest_of, quoted, written
from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Kind, Value
from claimtrack.errors import UnreadableValue
from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problems
from claimtrack.services.intake import REMEMBERED, Catalog, Tally, differs
from claimtrack.store import catalog, journal, schema, search
from claimtrack.store.cases import load_metrics

_NAMED = (("event", "event"), ("document", "document"), ("metric", "metric"), ("group", "group"))

_CLAIM = (
    *("id", "slug", "question_id", "stance", "as_of"),
    *("lower", "upper", "best", "category", "hedge", "text"),
)
_ASSERTION = (
    *("id", "slug", "claim_id", "document_id", "quote", "entry", "batch_id"),
    *("text", "hedge", "rule", "lexicon"),
)
_LINK = ("assertion_id", "position", "source_id", "mode")


class Read(NamedTuple):
    """What a value was read as, and the parts of names and rows that come of it.

    `content` is what tells a claim from others on its question, written as the end of what
    names it; `claim` and `assertion` end the rows of both, in the order of their columns.
    """

    value: Value
    content: str
    claim: tuple[object, ...]
    assertion: tuple[object, ...]


Readings = dict[tuple[type, object], Read | UnreadableValue]
"""What values were read as, by their type and content."""


Question = tuple[int, int, int | None]
"""The rows of an event, a metric and a group."""

Named = tuple[Item, Question, int]
"""A claim entry, and the rows that it names: its question and its document."""


class Prepared(NamedTuple):
    """A claim entry with everything looked up, ready to be written.

    `row` is the number of the assertion that it changes, None where it is new.
    """

    item: Item
    row: int | None
    read: Read
    question: Question
    document: int
    claim: str


class Statements:
    """Take claims, each one document stating one thing."""

    def __init__(
        self,
        connection: sa.Connection,
        known: Catalog,
        lexicon: Lexicon,
        batch: int,
        tally: Tally,
        *,
        update: bool,
    ) -> None:
        """Begin with nothing seen; all that is there is looked up chunk by chunk."""
        self._connection = connection
        self._known = known
        self._lexicon = lexicon
        self._batch = batch
        self._tally = tally
        self._update = update
        self._metrics: dict[str, Metric] = {}
        self._questions: dict[Question, int] = {}
        self._asked: set[int] = set()
        self._readings: dict[tuple[Kind, str | None], Readings] = {}
        self._readings_of: dict[str, Readings] = {}
        self._seen: dict[str, str] = {}
        self._ties: list[tuple[Item, int, str, str]] = []
        self.events: set[int] = set()
        self.problems = Problems(wrong=known.wrong)

    def take(self, items: Sequence[Item]) -> list[Item]:
        """Write these claims; give back those that name what is not known yet."""
        if not items:
            return []
        self._begin()
        ready, waiting = self._name(items)
        if waiting:
            self._look_up(waiting)
            ready, waiting = self._name(items)
        self._write(self._sort_out(ready))
        return waiting

    def refuse(self, items: Sequence[Item]) -> None:
        """Name what the claims left over refer to in vain."""
        self._begin()
        self._look_up(items)
        for item in items:
            for field, type_, slug in self._unknown_names(item):
                hint = self._known.nearest(type_, slug)
                what = f"unknown {type_} '{slug}'"
                self.problems.add(item.problem(field, what, hint, missing=slug))
            metric = self._metrics.get(item.entry["metric"])
            if metric is not None:
                self._read(item, metric)
            self._check_as_of(item)

    def _begin(self) -> None:
        """Begin a chunk: forget what is much, and look at the metrics, which may be new."""
        self._known.forget()
        if not self._update:
            self._seen.clear()
        if sum(map(len, self._readings.values())) > REMEMBERED:
            self._readings.clear()
        self._metrics = load_metrics(self._connection)
        self._readings_of = {
            slug: self._readings.setdefault((metric.kind, metric.unit), {})
            for slug, metric in self._metrics.items()
        }

    def _look_up(self, items: Sequence[Item]) -> None:
        for field, type_ in _NAMED:
            self._known.look_up(type_, {item.entry[field] for item in items if field in item.entry})
        chains = {slug for item in items for slug in _sources(item.entry)}
        self._known.look_up("source", chains)

    def _name(self, items: Sequence[Item]) -> tuple[list[Named], list[Item]]:
        """Give the rows that each entry names, and the entries that name what is not known."""
        types = ("event", "document", "metric", "group", "source")
        events, documents, metrics, groups, sources = map(self._known.rows, types)
        named: list[Named] = []
        unknown: list[Item] = []
        for item in items:
            entry = item.entry
            event, metric = events.get(entry["event"]), metrics.get(entry["metric"])
            document, group = documents.get(entry["document"]), entry.get("group")
            if (
                (event is None or metric is None or document is None)
                or (group is not None and group not in groups)
                or ("attributed_to" in entry and not sources.keys() >= set(_sources(entry)))
            ):
                unknown.append(item)
            else:
                question = (event, metric, None if group is None else groups[group])
                named.append((item, question, document))
        return named, unknown

    def _unknown_names(self, item: Item) -> Iterator[tuple[str, str, str]]:
        for field, type_ in _NAMED:
            slug = item.entry.get(field)
            if slug and self._known.find(type_, slug) is None:
                yield field, type_, str(slug)
        for at, slug in enumerate(_sources(item.entry)):
            if self._known.find("source", slug) is None:
                yield f"attributed_to[{at}]", "source", slug

    def _sort_out(self, ready: Sequence[Named]) -> list[Prepared]:
        """Leave out what is there already; read what is new, or changes a row."""
        slugs = [item.slug for item, _, _ in ready]
        stored = catalog.stored_entries(self._connection, "claim", slugs)
        kept: list[Prepared] = []
        changes: list[dict[str, Any]] = []
        for item, question, document in ready:
            slug, text = item.slug, item.text
            earlier, row = self._seen.get(slug), stored.get(slug)
            if earlier is None and row is not None and row.entry == text:
                self._seen[slug] = text
                if self._update or row.batch != self._batch:
                    self._tally.unchanged["claim"] += 1
                continue
            read = self._read_whole(item)
            if read is None:
                continue
            name = _claim_name(item.entry, read)
            there = row and row.id
            prepared = Prepared(item, there, read, question, document, name)
            self._seen[slug] = text
            if earlier is not None:
                if earlier != text:
                    self.problems.add(differs(item, earlier, text, "the same call"))
            elif row is None:
                kept.append(prepared)
            elif self._update:
                kept.append(prepared)
                change = {"entity": "claim", "slug": slug, "before": row.entry, "after": text}
                changes.append(change)
            else:
                where = "the same call" if row.batch == self._batch else "the database"
                self.problems.add(differs(item, row.entry, text, where))
        journal.record(self._connection, self._batch, "changed", changes)
        return kept

    def _read_whole(self, item: Item) -> Read | None:
        """Read the value, the day and the stance of an entry; None where one is refused."""
        entry = item.entry
        read = self._read(item, self._metrics[entry["metric"]])
        as_of_fine = "as_of" not in entry or self._check_as_of(item)
        if read is None or not as_of_fine:
            return None
        if entry.get("stance") == "denies" and not self._can_be_denied(item, read.value):
            return None
        return read

    def _can_be_denied(self, item: Item, value: Value) -> bool:
        if value.is_unknown:
            hint = "leave out the stance, or give the value that is denied"
            self.problems.add(item.problem("stance", "the unknown cannot be denied", hint))
            return False
        if holds_every_answer(value):
            what = f"to deny '{value.text}' is to deny every answer there is"
            hint = "deny what was denied: a number, a range with an end, or true"
            self.problems.add(item.problem("value", what, hint))
            return False
        return True

    def _read(self, item: Item, metric: Metric) -> Read | None:
        raw = item.entry["value"]
        kind = type(raw)
        key = kind, raw if kind is int or kind is str else repr(raw)
        readings = self._readings_of[metric.id]
        found = readings.get(key)
        if found is None:
            found = readings[key] = self._read_anew(raw, metric)
        if isinstance(found, UnreadableValue):
            hint = found.hint or "see the lexicon for what can be read"
            self.problems.add(item.problem("value", found.problem, hint))
            return None
        return found

    def _read_anew(self, raw: object, metric: Metric) -> Read | UnreadableValue:
        try:
            value = read_value(raw, kind=metric.kind, unit=metric.unit, lexicon=self._lexicon)
        except UnreadableValue as error:
            # Its words only: an error holds the frames in which it was raised.
            return UnreadableValue(error.problem, error.hint)
        ends, hedge = (value.lower, value.upper, value.best), value.hedge.value
        category = value.category.strip().casefold() if value.category else None
        return Read(
            value,
            written((*ends, category, value.is_unknown))[1:],
            (*ends, value.category, hedge, value.text),
            (value.text, hedge, value.rule, value.lexicon),
        )

    def _check_as_of(self, item: Item) -> bool:
        text = item.entry.get("as_of")
        try:
            if text is not None:
                read_edtf(str(text))
        except UnreadableValue as error:
            hint = error.hint or "write it as 2018, 2018-02 or 2018-02-08"
            self.problems.add(item.problem("as_of", error.problem, hint))
            return False
        return True

    def _write(self, kept: Sequence[Prepared]) -> None:
        if not kept:
            return
        claims = self._write_claims(kept)
        changed = sum(p.row is not None for p in kept)
        new_ids = iter(catalog.new_ids(self._connection, schema.assertions, len(kept) - changed))
        ids = [next(new_ids) if p.row is None else p.row for p in kept]
        rows = []
        for id_, p in zip(ids, kept, strict=True):
            entry = (p.item.entry.get("quote"), p.item.text, self._batch)
            rows.append((id_, p.item.slug, claims[p.claim], p.document, *entry, *p.read.assertion))
        if changed:
            self._change([row for row, p in zip(rows, kept, strict=True) if p.row is not None])
            rows = [row for row, p in zip(rows, kept, strict=True) if p.row is None]
        catalog.insert_tuples(self._connection, schema.assertions, _ASSERTION, rows)
        said = [(row[0], row[2], row[4], row[7]) for row in rows]
        search.put(self._connection, "claim", said)
        self._write_chains(zip(ids, kept, strict=True))
        self._tally.changed["claim"] += changed
        self._tally.add("claim", [p.item for p in kept if p.row is None])
        self.events.update(p.question[0] for p in kept)

    def _change(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write new versions of assertions over the old, which the history has."""
        itself, links = schema.assertions.c.id, schema.attributions
        for ids in catalog.chunks([id_ for id_, *_ in rows]):
            before = sa.select(schema.assertions).where(itself.in_(ids))
            self.events |= catalog.events_spoken_of(self._connection, before)
            self._connection.execute(sa.delete(links).where(links.c.assertion_id.in_(ids)))
        new = [dict(zip(_ASSERTION, row, strict=True)) | {"supersedes_id": None} for row in rows]
        for columns in new:
            del columns["slug"], columns["batch_id"]
        catalog.update_rows(self._connection, "claim", new)

    def _write_claims(self, prepared: Sequence[Prepared]) -> dict[str, int]:
        """Write the claims that are not there yet; give the rows of all."""
        first: dict[str, Prepared] = {}
        for p in prepared:
            first.setdefault(p.claim, p)
        ids = catalog.ids_by_slug(self._connection, schema.claims, first)
        new = [p for p in first.values() if p.claim not in ids]
        new_ids = catalog.new_ids(self._connection, schema.claims, len(new))
        self._ask([p.question for p in new])
        rows = []
        for id_, p in zip(new_ids, new, strict=True):
            entry = p.item.entry
            stance, as_of = entry.get("stance") or "asserts", entry.get("as_of")
            rows.append((id_, p.claim, self._questions[p.question], stance, as_of, *p.read.claim))
            ids[p.claim] = id_
        catalog.insert_tuples(self._connection, schema.claims, _CLAIM, rows)
        return ids

    def _ask(self, keys: Sequence[Question]) -> None:
        """Find the questions of these keys, or write them."""
        if len(self._questions) > REMEMBERED:
            self._questions.clear()
            self._asked.clear()
        events = {key[0] for key in keys} - self._asked
        self._questions |= catalog.questions_of(self._connection, events)
        self._asked |= events
        new = [key for key in dict.fromkeys(keys) if key not in self._questions]
        ids = catalog.new_ids(self._connection, schema.questions, len(new))
        rows = [(id_, *key) for id_, key in zip(ids, new, strict=True)]
        columns = ("id", "event_id", "metric_id", "group_id")
        catalog.insert_tuples(self._connection, schema.questions, columns, rows)
        self._questions.update(zip(new, ids, strict=True))

    def _write_chains(self, kept: Iterable[tuple[int, Prepared]]) -> None:
        rows, sources = [], self._known.rows("source")
        for id_, p in kept:
            entry = p.item.entry
            for position, link in enumerate(entry.get("attributed_to") or ()):
                if isinstance(link, str):
                    rows.append((id_, position, sources[link], "unknown"))
                    continue
                mode = link.get("mode") or "unknown"
                rows.append((id_, position, sources[link["source"]], mode))
                if link.get("claim"):
                    field = f"attributed_to[{position}].claim"
                    self._ties.append((p.item.only("id"), id_, field, link["claim"]))
            if entry.get("supersedes"):
                self._ties.append((p.item.only("id"), id_, "supersedes", entry["supersedes"]))
        catalog.insert_tuples(self._connection, schema.attributions, _LINK, rows)

    def tie(self) -> None:
        """Set which assertion relies on or corrects which, now that all are there."""
        targets = catalog.ids_by_slug(
            self._connection, schema.assertions, {target for *_, target in self._ties}
        )
        ends = [
            (id_, targets[target])
            for _, id_, field, target in self._ties
            if field == "supersedes" and target in targets
        ]
        told = catalog.sources_and_events(self._connection, {id_ for pair in ends for id_ in pair})
        corrects = catalog.corrections_from(self._connection, [other for _, other in ends])
        corrections, relied = [], []
        for item, id_, field, target in self._ties:
            other = targets.get(target)
            if other is None or other == id_:
                what = "names itself" if other == id_ else f"unknown claim '{target}'"
                hint = "name the id of another claim entry"
                missing = target if other is None else None
                self.problems.add(item.problem(field, what, hint, missing=missing))
            elif field != "supersedes":
                position = int(field[len("attributed_to[") : field.index("]")])
                relied.append({"later": id_, "at": position, "earlier": other})
            elif told[id_][0] != told[other][0]:
                what = (
                    f"'{target}' was said by another source: only its own source corrects a claim"
                )
                self.problems.add(item.problem(field, what, "remove it, or name another"))
            elif _first_said(other, corrects) == id_:
                what = f"'{target}' is said to correct this entry in its turn"
                self.problems.add(item.problem(field, what, "keep the later correction"))
            else:
                corrects[id_] = other
                corrections.append({"later": id_, "earlier": other})
                self.events.add(told[other][1])
        catalog.set_corrections(self._connection, corrections)
        catalog.set_reliances(self._connection, relied)


def _first_said(id_: int, corrects: dict[int, int]) -> int:
    """Follow corrections back to what corrects nothing, and shorten the way for the next."""
    passed: dict[int, None] = {}
    while id_ in corrects and id_ not in passed:
        passed[id_] = None
        id_ = corrects[id_]
    for later in passed:
        corrects[later] = id_
    return id_


def _claim_name(entry: Mapping[str, Any], read: Read) -> str:
    """Name what an entry says by its content: its question, its stance, its day and its value."""
    names = (entry["event"], entry["metric"], entry.get("group"))
    how = (entry.get("stance"), entry.get("as_of"))
    told = ["null" if text is None else quoted(text) for text in (*names, *how)]
    return "c" + digest_of(f"[{','.join(told)},{read.content}")


def _sources(entry: Mapping[str, Any]) -> Sequence[str]:
    """List the sources of an entry's chain, from the document outwards."""
    links = entry.get("attributed_to")
    return [link if isinstance(link, str) else link["source"] for link in links] if links else ()
