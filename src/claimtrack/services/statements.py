"""Take claim entries: read their values, join equal propositions, keep who said each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from claimtrack.ingest.chunk import Claim
from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problem, Problems
from claimtrack.ingest.stating import (
    ASSERTION,
    CLAIM,
    Columns,
    Stated,
    Stating,
    day_problems,
    links,
)
from claimtrack.services.intake import REMEMBERED, Catalog, Tally, differs
from claimtrack.store import catalog, journal, schema, search
from claimtrack.store.catalog import Stored

_NAMED = (("event", "event"), ("document", "document"), ("metric", "metric"), ("group", "group"))

_CLAIM = ("id", "slug", "question_id", *CLAIM)
_ASSERTION = ("id", "slug", "claim_id", "document_id", "quote", "entry", "batch_id", *ASSERTION)
_LINK = ("assertion_id", "position", "source_id", "mode")


Question = tuple[int, int, int | None]
"""The rows of an event, a metric and a group."""


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

    def take(self, claims: Sequence[Claim]) -> list[Claim]:
        """Write these claims; give back those that name what is not known yet."""
        if not claims:
            return []
        self._begin()
        slugs = claims.slug if isinstance(claims, Columns) else [claim.slug for claim in claims]
        stored = catalog.stored_entries(self._connection, "claim", slugs)
        if stored:
            claims = [claim for claim in claims if not self._is_there(claim, stored)]
        stated, waiting = self._state(claims)
        named, unknown = self._name(stated)
        self._write(*self._sort_out(named, stored))
        left = [*waiting, *unknown]
        place = {claim.slug: at for at, claim in enumerate(claims)} if left else {}
        return sorted(left, key=lambda claim: place[claim.slug])

    def refuse(self, claims: Sequence[Claim]) -> None:
        """Name what the claims left over refer to in vain."""
        self._begin()
        items = [claim.item() for claim in claims]
        self._look_up(items)
        for item in items:
            unknown = list(self._unknown_names(item))
            if not unknown:
                raise RuntimeError(f"the claim '{item.slug}' waits for nothing")
            for field, type_, slug in unknown:
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

    def _is_there(self, claim: Claim, stored: Mapping[str, Stored]) -> bool:
        """Count and leave out what is stored as it is given, unless this call gave it before."""
        row = stored.get(claim.slug)
        if row is None or row.entry != claim.text or claim.slug in self._seen:
            return False
        self._seen[claim.slug] = claim.text
        if self._update or row.batch != self._batch:
            self._tally.unchanged["claim"] += 1
        return True

    def _state(self, claims: Sequence[Claim]) -> tuple[Columns, list[Claim]]:
        """Read what was not read ahead, and keep what is wrong; give back what has to wait."""
        measures = self._stating.measures
        if isinstance(claims, Columns) and claims.measure == tuple(
            map(measures.get, claims.metric)
        ):
            return claims, []
        stated: list[Stated] = []
        waiting: list[Claim] = []
        wrong: list[tuple[Item, Sequence[Problem]]] = []
        for claim in claims:
            # Whoever read it ahead may have known the metric by another kind.
            if isinstance(claim, Stated) and claim.measure == measures.get(claim.metric):
                stated.append(claim)
                continue
            item = claim.item()
            if item.entry["metric"] not in measures:
                waiting.append(claim)
                continue
            found = self._stating.state(item)
            if isinstance(found, Stated):
                stated.append(found)
            else:
                wrong.append((item, found))
        self._look_up([item for item, _ in wrong])
        for item, problems in wrong:
            # What it may name in vain is told beside what is wrong with it.
            if any(self._unknown_names(item)):
                waiting.append(item)
            else:
                self.problems.extend(problems)
        return Columns.of(stated), waiting

    def _look_up(self, items: Sequence[Item]) -> None:
        """Look up what entries name, all at once."""
        for field, type_ in _NAMED:
            self._known.look_up(type_, {item.entry[field] for item in items if field in item.entry})
        chains = {source for item in items for source, _, _ in links(item.entry)}
        self._known.look_up("source", chains)

    def _name(self, stated: Columns) -> tuple[Columns, Sequence[Stated]]:
        """Look up all that these name; give those of which all is known, and the others."""
        # All that is named, and then what of it is not there.
        missing: dict[str, set[str]] = {
            "event": set(stated.event),
            "document": set(stated.document),
            "metric": set(stated.metric),
            "group": {group for group in set(stated.group) if group is not None},
            "source": {source for chain in stated.links for source, _, _ in chain},
        }
        for type_, slugs in missing.items():
            self._known.look_up(type_, slugs)
            slugs.difference_update(self._known.rows(type_))
        if not any(missing.values()):
            return stated, ()
        named: list[Stated] = []
        unknown: list[Stated] = []
        for each in stated:
            waits = (
                each.event in missing["event"]
                or each.document in missing["document"]
                or each.metric in missing["metric"]
                or each.group in missing["group"]
                or any(source in missing["source"] for source, _, _ in each.links)
            )
            (unknown if waits else named).append(each)
        return Columns.of(named), unknown

    def _unknown_names(self, item: Item) -> Iterator[tuple[str, str, str]]:
        """Give the field, the type and the id of what an entry names and was looked up in vain."""
        named = [(field, type_, item.entry.get(field)) for field, type_ in _NAMED]
        named += [
            (f"attributed_to[{at}]", "source", source)
            for at, (source, _, _) in enumerate(links(item.entry))
        ]
        for field, type_, slug in named:
            if slug is not None and self._known.find(type_, slug) is None:
                yield field, type_, slug

    def _sort_out(
        self, named: Columns, stored: Mapping[str, Stored]
    ) -> tuple[Columns, Sequence[tuple[int, Stated]]]:
        """Give what is new, and what changes a row; keep what may not be changed."""
        given = dict(zip(named.slug, named.text, strict=True))
        is_new = not stored and self._seen.keys().isdisjoint(given)
        if is_new and len(given) == len(named):
            self._seen |= given
            return named, ()
        new: list[Stated] = []
        changed: list[tuple[int, Stated]] = []
        changes: list[dict[str, Any]] = []
        for each in named:
            slug, text = each.slug, each.text
            earlier, row = self._seen.get(slug), stored.get(slug)
            self._seen[slug] = text
            if earlier is not None:
                if earlier != text:
                    self.problems.add(differs(each.item(), earlier, text, "the same call"))
            elif row is None:
                new.append(each)
            elif self._update:
                changed.append((row.id, each))
                change = {"entity": "claim", "slug": slug, "before": row.entry, "after": text}
                changes.append(change)
            else:
                where = "the same call" if row.batch == self._batch else "the database"
                self.problems.add(differs(each.item(), row.entry, text, where))
        journal.record(self._connection, self._batch, "changed", changes)
        return Columns.of(new), changed

    def _write(self, new: Columns, changed: Sequence[tuple[int, Stated]]) -> None:
        stated = Columns.of([*(each for _, each in changed), *new]) if changed else new
        if not stated:
            return
        claims = self._write_claims(stated)
        ids = catalog.new_ids(self._connection, schema.assertions, len(new))
        ids = [*(id_ for id_, _ in changed), *ids]
        rows = self._rows(ids, claims, stated)
        if changed:
            self._change(rows[: len(changed)])
        added = slice(len(changed), None)
        catalog.insert_tuples(self._connection, schema.assertions, _ASSERTION, rows[added])
        said = zip(ids[added], claims[added], new.passage, strict=True)
        search.put_passages(self._connection, "claim", list(said))
        self._write_chains(ids, stated)
        self._tally.changed["claim"] += len(changed)
        self._tally.add("claim", new.mark)
        events = self._known.rows("event")
        self.events |= {events[slug] for slug in set(stated.event)}

    def _rows(
        self, ids: Sequence[int], claims: Sequence[int], stated: Columns
    ) -> list[tuple[Any, ...]]:
        documents = map(self._known.rows("document").__getitem__, stated.document)
        columns = (ids, stated.slug, claims, documents, stated.quote, stated.text)
        batch = self._batch
        return [
            (*row, batch, *assertion)
            for row, assertion in zip(zip(*columns, strict=True), stated.assertion, strict=True)
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

    def _write_claims(self, stated: Columns) -> list[int]:
        """Write the claims that are not there yet; give the row of each."""
        names = stated.name
        ids = catalog.ids_by_slug(self._connection, schema.claims, dict.fromkeys(names))
        if new := [name for name in dict.fromkeys(names) if name not in ids]:
            # Each is worded as it was given first.
            first = dict(zip(reversed(names), reversed(range(len(names))), strict=True))
            new_ids = catalog.new_ids(self._connection, schema.claims, len(new))
            asked = self._ask(stated)
            rows = [
                (id_, name, asked[first[name]], *stated.claim[first[name]])
                for id_, name in zip(new_ids, new, strict=True)
            ]
            catalog.insert_tuples(self._connection, schema.claims, _CLAIM, rows)
            ids.update(zip(new, new_ids, strict=True))
        return [ids[name] for name in stated.name]

    def _ask(self, stated: Columns) -> list[int]:
        """Find the questions that these answer, or write them."""
        events, metrics, groups = map(self._known.rows, ("event", "metric", "group"))
        keys: list[Question] = list(
            zip(
                map(events.__getitem__, stated.event),
                map(metrics.__getitem__, stated.metric),
                [None if group is None else groups[group] for group in stated.group],
                strict=True,
            )
        )
        if len(self._questions) > REMEMBERED:
            self._questions.clear()
            self._asked.clear()
        unasked = {event for event, _, _ in keys} - self._asked
        self._questions |= catalog.questions_of(self._connection, unasked)
        self._asked |= unasked
        new = [key for key in dict.fromkeys(keys) if key not in self._questions]
        ids = catalog.new_ids(self._connection, schema.questions, len(new))
        rows = [(id_, *key) for id_, key in zip(ids, new, strict=True)]
        columns = ("id", "event_id", "metric_id", "group_id")
        catalog.insert_tuples(self._connection, schema.questions, columns, rows)
        self._questions.update(zip(new, ids, strict=True))
        return [self._questions[key] for key in keys]

    def _write_chains(self, ids: Sequence[int], stated: Columns) -> None:
        rows, sources = [], self._known.rows("source")
        told = zip(ids, stated.links, stated.corrects, strict=True)
        for at, (id_, chain, corrects) in enumerate(told):
            for position, (source, mode, relied) in enumerate(chain):
                rows.append((id_, position, sources[source], mode))
                if relied is not None:
                    field = f"attributed_to[{position}].claim"
                    self._ties.append((stated[at].place(), id_, field, relied))
            if corrects is not None:
                self._ties.append((stated[at].place(), id_, "supersedes", corrects))
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
