"""Take claim entries: read their values, join equal propositions, keep who said each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.bounds import holds_every_answer
from claimtrack.domain.case import Metric
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.identity import canonical, digest
from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Value
from claimtrack.errors import UnreadableValue
from claimtrack.ingest.places import Problem
from claimtrack.services.intake import REMEMBERED, Catalog, Item, Tally, differs
from claimtrack.store import catalog, journal, schema
from claimtrack.store.cases import load_metrics

_NAMED = (("event", "event"), ("document", "document"), ("metric", "metric"), ("group", "group"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A claim entry with everything looked up, ready to be written."""

    item: Item
    slug: str
    text: str
    value: Value
    event: int
    document: int
    metric: int
    group: int | None
    claim: str
    links: tuple[tuple[int, str, str | None], ...]


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
        self._metrics: dict[str, Metric] | None = None
        self._questions: dict[tuple[int, int, int | None], int] = {}
        self._readings: dict[tuple[str, type, str], Value | UnreadableValue] = {}
        self._seen: dict[str, str] = {}
        self._ties: list[tuple[Item, int, str, str]] = []
        self.events: set[int] = set()
        self.problems: list[Problem] = []

    def take(self, items: Sequence[Item]) -> list[Item]:
        """Write these claims; give back those that name what is not known yet."""
        if not items:
            return []
        self._metrics = load_metrics(self._connection)
        self._look_up(items)
        waiting = [item for item in items if any(self._unknown_names(item))]
        held = {id(item) for item in waiting}
        ready = [p for item in items if id(item) not in held and (p := self._prepare(item))]
        self._write(self._sort_out(ready))
        return waiting

    def refuse(self, items: Sequence[Item]) -> None:
        """Name what the claims left over refer to in vain."""
        self._look_up(items)
        for item in items:
            for field, type_, slug in self._unknown_names(item):
                hint = self._known.nearest(type_, slug)
                what = f"unknown {type_} '{slug}'"
                self.problems.append(item.problem(field, what, hint, missing=slug))
            metric = (self._metrics or {}).get(item.entry["metric"])
            if metric is not None:
                self._read(item, metric)
            self._check_as_of(item)

    def _look_up(self, items: Sequence[Item]) -> None:
        if not self._update:
            self._seen.clear()
        if len(self._readings) > REMEMBERED:
            self._readings.clear()
        for field, type_ in _NAMED:
            self._known.look_up(type_, {item.entry[field] for item in items if field in item.entry})
        chains = {slug for item in items for slug in _sources(item)}
        self._known.look_up("source", chains)

    def _unknown_names(self, item: Item) -> list[tuple[str, str, str]]:
        missing = [
            (field, type_, str(item.entry[field]))
            for field, type_ in _NAMED
            if item.entry.get(field) and self._known.find(type_, item.entry[field]) is None
        ]
        for at, slug in enumerate(_sources(item)):
            if self._known.find("source", slug) is None:
                missing.append((f"attributed_to[{at}]", "source", slug))
        return missing

    def _prepare(self, item: Item) -> Prepared | None:
        entry = item.entry
        assert self._metrics is not None
        value = self._read(item, self._metrics[entry["metric"]])
        as_of_fine = self._check_as_of(item)
        if value is None or not as_of_fine:
            return None
        if value.is_unknown and entry.get("stance") == "denies":
            hint = "leave out the stance, or give the value that is denied"
            what = "the unknown cannot be denied"
            self.problems.append(item.problem("stance", what, hint))
            return None
        if entry.get("stance") == "denies" and holds_every_answer(value):
            what = f"to deny '{value.text}' is to deny every answer there is"
            hint = "deny what was denied: a number, a range with an end, or true"
            self.problems.append(item.problem("value", what, hint))
            return None
        text = canonical({"type": "claim", **entry})
        names = [entry.get(name) for name in ("event", "metric", "group", "stance", "as_of")]
        category = value.category.strip().casefold() if value.category else None
        ends = (value.lower, value.upper, value.best)
        claim = "c" + digest([*names, *ends, category, value.is_unknown])
        event, document, metric, group = (
            self._known.find(type_, entry[field]) if entry.get(field) else None
            for field, type_ in _NAMED
        )
        assert event is not None and document is not None and metric is not None
        slug = entry.get("id") or "a" + digest([text])
        links = self._links(entry)
        return Prepared(item, slug, text, value, event, document, metric, group, claim, links)

    def _links(self, entry: Mapping[str, Any]) -> tuple[tuple[int, str, str | None], ...]:
        links = []
        for link in entry.get("attributed_to") or ():
            full = {"source": link} if isinstance(link, str) else link
            source = self._known.find("source", full["source"])
            assert source is not None
            links.append((source, full.get("mode") or "unknown", full.get("claim")))
        return tuple(links)

    def _read(self, item: Item, metric: Metric) -> Value | None:
        raw = item.entry.get("value")
        words = raw if isinstance(raw, str) else json.dumps(raw, sort_keys=True, default=str)
        key = (metric.id, type(raw), words)
        if key not in self._readings:
            try:
                self._readings[key] = read_value(
                    raw, kind=metric.kind, unit=metric.unit, lexicon=self._lexicon
                )
            except UnreadableValue as error:
                self._readings[key] = error
        found = self._readings[key]
        if isinstance(found, UnreadableValue):
            hint = found.hint or "see the lexicon for what can be read"
            self.problems.append(item.problem("value", found.problem, hint))
            return None
        return found

    def _check_as_of(self, item: Item) -> bool:
        text = item.entry.get("as_of")
        try:
            if text is not None:
                read_edtf(str(text))
        except UnreadableValue as error:
            hint = error.hint or "write it as 2018, 2018-02 or 2018-02-08"
            self.problems.append(item.problem("as_of", error.problem, hint))
            return False
        return True

    def _sort_out(self, ready: Sequence[Prepared]) -> list[tuple[Prepared, int | None]]:
        """Leave out what is there already; pair what changes with its row."""
        stored = catalog.stored_entries(self._connection, "claim", [p.slug for p in ready])
        kept: list[tuple[Prepared, int | None]] = []
        for prepared in ready:
            earlier = self._seen.get(prepared.slug)
            self._seen[prepared.slug] = prepared.text
            if earlier is not None:
                if earlier != prepared.text:
                    where = "the same call"
                    self.problems.append(differs(prepared.item, earlier, prepared.text, where))
                continue
            row = stored.get(prepared.slug)
            if row is None:
                kept.append((prepared, None))
            elif row.entry == prepared.text:
                if self._update or row.batch != self._batch:
                    self._tally.unchanged["claim"] += 1
            elif self._update:
                kept.append((prepared, row.id))
                self._remember(prepared, row.entry)
            else:
                where = "the same call" if row.batch == self._batch else "the database"
                self.problems.append(differs(prepared.item, row.entry, prepared.text, where))
        return kept

    def _remember(self, prepared: Prepared, before: str) -> None:
        change = {"entity": "claim", "slug": prepared.slug, "before": before}
        journal.record(
            self._connection, self._batch, "changed", [change | {"after": prepared.text}]
        )

    def _write(self, kept: Sequence[tuple[Prepared, int | None]]) -> None:
        if not kept:
            return
        self._write_questions([p for p, _ in kept])
        claim_ids = self._write_claims([p for p, _ in kept])
        rows = [
            {
                "slug": p.slug,
                "claim_id": claim_ids[p.claim],
                "document_id": p.document,
                "text": p.value.text,
                "hedge": p.value.hedge.value,
                "rule": p.value.rule,
                "lexicon": p.value.lexicon,
                "quote": p.item.entry.get("quote"),
                "entry": p.text,
                "batch_id": self._batch,
            }
            for p, _ in kept
        ]
        catalog.insert_new(
            self._connection,
            schema.assertions,
            [row for row, (_, id_) in zip(rows, kept, strict=True) if id_ is None],
        )
        for row, (_, id_) in zip(rows, kept, strict=True):
            if id_ is not None:
                self._change(id_, row)
        ids = catalog.ids_by_slug(self._connection, schema.assertions, [p.slug for p, _ in kept])
        self._write_chains([(p, ids[p.slug]) for p, _ in kept])
        changed = sum(id_ is not None for _, id_ in kept)
        self._tally.changed["claim"] += changed
        self._tally.added["claim"] += len(kept) - changed
        self.events.update(p.event for p, _ in kept)

    def _change(self, id_: int, row: dict[str, Any]) -> None:
        """Write a new version of an assertion over the old, which the history has."""
        asked = (
            sa.select(schema.questions.c.event_id)
            .join_from(schema.questions, schema.claims)
            .join(schema.assertions, schema.assertions.c.claim_id == schema.claims.c.id)
            .where(schema.assertions.c.id == id_)
        )
        self.events.update(self._connection.scalars(asked))
        links = schema.attributions
        self._connection.execute(sa.delete(links).where(links.c.assertion_id == id_))
        new = {name: row[name] for name in row.keys() - {"slug", "batch_id"}}
        catalog.update_row(self._connection, "claim", id_, new | {"supersedes_id": None})

    def _write_questions(self, prepared: Sequence[Prepared]) -> None:
        keys = dict.fromkeys((p.event, p.metric, p.group) for p in prepared)
        if len(self._questions) > REMEMBERED:
            self._questions.clear()
        for _ in range(2):
            new = [key for key in keys if key not in self._questions]
            if not new:
                return
            self._questions |= catalog.questions_of(self._connection, {key[0] for key in new})
            names = ("event_id", "metric_id", "group_id")
            rows = [dict(zip(names, key, strict=True)) for key in new if key not in self._questions]
            catalog.insert_rows(self._connection, schema.questions, rows)

    def _write_claims(self, prepared: Sequence[Prepared]) -> dict[str, int]:
        rows = {
            p.claim: {
                "slug": p.claim,
                "question_id": self._questions[p.event, p.metric, p.group],
                "stance": p.item.entry.get("stance") or "asserts",
                "lower": p.value.lower,
                "upper": p.value.upper,
                "best": p.value.best,
                "category": p.value.category,
                "as_of": p.item.entry.get("as_of"),
                "hedge": p.value.hedge.value,
                "text": p.value.text,
            }
            for p in reversed(prepared)
        }
        catalog.insert_new(self._connection, schema.claims, list(reversed(rows.values())))
        return catalog.ids_by_slug(self._connection, schema.claims, rows)

    def _write_chains(self, written: Sequence[tuple[Prepared, int]]) -> None:
        rows = []
        for p, id_ in written:
            for position, (source, mode, upstream) in enumerate(p.links):
                link = {"assertion_id": id_, "position": position}
                rows.append(link | {"source_id": source, "mode": mode})
                if upstream:
                    self._ties.append((p.item, id_, f"attributed_to[{position}].claim", upstream))
            if p.item.entry.get("supersedes"):
                self._ties.append((p.item, id_, "supersedes", p.item.entry["supersedes"]))
        catalog.insert_rows(self._connection, schema.attributions, rows)

    def tie(self) -> None:
        """Set which assertion relies on or corrects which, now that all are there."""
        targets = catalog.ids_by_slug(
            self._connection, schema.assertions, {target for *_, target in self._ties}
        )
        for item, id_, field, target in self._ties:
            other = targets.get(target)
            if other is None or other == id_:
                what = "names itself" if other == id_ else f"unknown claim '{target}'"
                hint = "name the id of another claim entry"
                missing = target if other is None else None
                self.problems.append(item.problem(field, what, hint, missing=missing))
            elif field == "supersedes":
                self._supersede(item, id_, other, target)
            else:
                self._rely(id_, int(field[len("attributed_to[") : field.index("]")]), other)

    def _rely(self, id_: int, position: int, upstream: int) -> None:
        links = schema.attributions
        self._connection.execute(
            sa.update(links)
            .where(links.c.assertion_id == id_, links.c.position == position)
            .values(upstream_id=upstream)
        )

    def _supersede(self, item: Item, id_: int, other: int, target: str) -> None:
        a, d = schema.assertions.c, schema.documents.c
        sources = {
            assertion: (source, event)
            for assertion, source, event in self._connection.execute(
                sa.select(a.id, d.source_id, schema.questions.c.event_id)
                .join_from(schema.assertions, schema.documents)
                .join(schema.claims, schema.claims.c.id == a.claim_id)
                .join(schema.questions, schema.questions.c.id == schema.claims.c.question_id)
                .where(a.id.in_([id_, other]))
            )
        }
        if sources[id_][0] != sources[other][0]:
            what = f"'{target}' was said by another source: only its own source corrects a claim"
            self.problems.append(item.problem("supersedes", what, "remove it, or name another"))
            return
        if id_ in self._corrected_by(other):
            what = f"'{target}' is said to correct this entry in its turn"
            self.problems.append(item.problem("supersedes", what, "keep the later correction"))
            return
        self.events.add(sources[other][1])
        table = schema.assertions
        self._connection.execute(
            sa.update(table).where(table.c.id == id_).values(supersedes_id=other)
        )

    def _corrected_by(self, id_: int) -> set[int]:
        """Collect what an assertion corrects, directly and by way of others."""
        a = schema.assertions.c
        found: set[int] = set()
        following: int | None = id_
        while following is not None and following not in found:
            found.add(following)
            query = sa.select(a.supersedes_id).where(a.id == following)
            following = self._connection.scalar(query)
        return found


def _sources(item: Item) -> list[str]:
    """List the sources of an entry's chain, from the document outwards."""
    links = item.entry.get("attributed_to") or ()
    return [link if isinstance(link, str) else link["source"] for link in links]
