"""Take claim entries: read their values, join equal propositions, keep who said each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problems
from claimtrack.ingest.stating import ASSERTION, CLAIM, Stated, Stating, day_problems, links
from claimtrack.services.intake import REMEMBERED, Catalog, Tally, differs
from claimtrack.store import catalog, journal, schema, search

_NAMED = (("event", "event"), ("document", "document"), ("metric", "metric"), ("group", "group"))

_CLAIM = ("id", "slug", "question_id", *CLAIM)
_ASSERTION = ("id", "slug", "claim_id", "document_id", "quote", "entry", "batch_id", *ASSERTION)
_LINK = ("assertion_id", "position", "source_id", "mode")


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
    stated: Stated
    question: Question
    document: int


class Statements:
    """Take claims, each one document stating one thing."""

    def __init__(
        self,
        connection: sa.Connection,
        known: Catalog,
        stating: Stating,
        batch: int,
        tally: Tally,
        *,
        update: bool,
    ) -> None:
        """Begin with nothing seen; all that is there is looked up chunk by chunk."""
        self._connection = connection
        self._known = known
        self._stating = stating
        self._batch = batch
        self._tally = tally
        self._update = update
        self._questions: dict[Question, int] = {}
        self._asked: set[int] = set()
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
            knows_metric = item.entry["metric"] in self._stating.measures
            self.problems.extend(
                self._stating.problems(item) if knows_metric else day_problems(item)
            )

    def _begin(self) -> None:
        """Begin a chunk: forget what is much, and look at the metrics, which may be new."""
        self._known.forget()
        if not self._update:
            self._seen.clear()
        self._stating.measures = catalog.measures(self._connection)

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
            stated = self._state(item)
            if stated is None:
                continue
            prepared = Prepared(item, row and row.id, stated, question, document)
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

    def _state(self, item: Item) -> Stated | None:
        """Give what an entry states, if all of it can be read; else keep what is wrong."""
        if item.stated is not None:
            ahead = Stated._make(item.stated)
            # Whoever read it ahead may have known the metric by another kind, or not at all.
            if ahead.measure == self._stating.measures[item.entry["metric"]]:
                return ahead
        found = self._stating.state(item)
        if isinstance(found, Stated):
            return found
        self.problems.extend(found)
        return None

    def _write(self, kept: Sequence[Prepared]) -> None:
        if not kept:
            return
        claims = self._write_claims(kept)
        changed = [(p.row, p) for p in kept if p.row is not None]
        new = [p for p in kept if p.row is None]
        ids = catalog.new_ids(self._connection, schema.assertions, len(new))
        added = list(zip(ids, new, strict=True))
        if changed:
            self._change(self._rows(changed, claims))
        catalog.insert_tuples(
            self._connection, schema.assertions, _ASSERTION, self._rows(added, claims)
        )
        said = [(id_, claims[p.stated.name], p.stated.passage) for id_, p in added]
        search.put_passages(self._connection, "claim", said)
        self._write_chains([*changed, *added])
        self._tally.changed["claim"] += len(changed)
        self._tally.add("claim", [p.stated.mark for p in new])
        self.events.update([p.question[0] for p in kept])

    def _rows(
        self, prepared: Iterable[tuple[int, Prepared]], claims: Mapping[str, int]
    ) -> list[tuple[Any, ...]]:
        batch = self._batch
        return [
            (
                *(id_, item.slug, claims[stated.name], document),
                *(item.entry.get("quote"), item.text, batch, *stated.assertion),
            )
            for id_, (item, _, stated, _, document) in prepared
        ]

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
            first.setdefault(p.stated.name, p)
        ids = catalog.ids_by_slug(self._connection, schema.claims, first)
        new = [p for p in first.values() if p.stated.name not in ids]
        new_ids = catalog.new_ids(self._connection, schema.claims, len(new))
        self._ask([p.question for p in new])
        rows = []
        for id_, p in zip(new_ids, new, strict=True):
            name = p.stated.name
            rows.append((id_, name, self._questions[p.question], *p.stated.claim))
            ids[name] = id_
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
            for position, (source, mode, relied) in enumerate(p.stated.links):
                rows.append((id_, position, sources[source], mode))
                if relied is not None:
                    field = f"attributed_to[{position}].claim"
                    self._ties.append((p.item.only("id"), id_, field, relied))
            if corrected := p.item.entry.get("supersedes"):
                self._ties.append((p.item.only("id"), id_, "supersedes", corrected))
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


def _sources(entry: Mapping[str, Any]) -> Sequence[str]:
    """List the sources of an entry's chain, from the document outwards."""
    return [source for source, _, _ in links(entry)]
