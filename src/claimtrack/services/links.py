"""What definitions say of each other: parts, wholes, sums, and who draws on whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from claimtrack.ingest.places import Problem
from claimtrack.store import catalog, schema
from claimtrack.store.cases import load_metrics

if TYPE_CHECKING:
    from claimtrack.services.intake import Catalog, Item


_NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "group": ("part_of", "disjoint_with"),
    "metric": ("sum_of", "at_most"),
    "source": ("draws_on",),
    "document": ("draws_on",),
}
"""The fields that may name each type."""


class Linker:
    """Turn the names in definitions into rows that tie them."""

    def __init__(self, connection: sa.Connection, known: Catalog) -> None:
        """Keep what every link needs."""
        self._connection = connection
        self._known = known
        self.problems: list[Problem] = []

    def link(self, definitions: Sequence[tuple[Item, int]]) -> None:
        """Set the links of these definitions in place of those they had."""
        for type_, fields in _NAMED_IN.items():
            named = [s for item, _ in definitions for field in fields for s in _listed(item, field)]
            self._known.look_up(type_, named)
        for item, id_ in definitions:
            self._link_one(item, id_)

    def _link_one(self, item: Item, id_: int) -> None:
        if item.type == "group":
            rows = [
                {"group_id": id_, "relation": relation, "other_id": other}
                for relation in ("part_of", "disjoint_with")
                for other in self._resolve(item, relation, "group", id_)
            ]
            self._replace(schema.group_links, "group_id", id_, rows)
        elif item.type == "metric":
            parts = [
                {"metric_id": id_, "part_id": part}
                for part in self._resolve(item, "sum_of", "metric", id_)
            ]
            self._replace(schema.metric_parts, "metric_id", id_, parts)
            most = next(iter(self._resolve(item, "at_most", "metric", id_)), None)
            catalog.update_row(self._connection, "metric", id_, {"at_most_id": most})
        elif item.type in ("source", "document"):
            self._link_dependence(item, id_)

    def _link_dependence(self, item: Item, id_: int) -> None:
        column = f"{item.type}_id"
        rows = []
        for slug in item.entry.get("draws_on") or ():
            source, document = self._known.find("source", slug), self._known.find("document", slug)
            if source is None and document is None:
                hint = self._known.nearest("source", slug)
                what = f"unknown source or document '{slug}'"
                self.problems.append(item.problem("draws_on", what, hint, missing=slug))
                continue
            rows.append(
                {
                    "source_id": None,
                    "document_id": None,
                    column: id_,
                    "on_source_id": source,
                    "on_document_id": document if source is None else None,
                }
            )
        self._replace(schema.dependences, column, id_, rows)

    def _replace(
        self, table: sa.Table, column: str, id_: int, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        catalog.replace_links(self._connection, table, column, id_, rows)

    def _resolve(self, item: Item, field: str, type_: str, own: int) -> list[int]:
        found: dict[int, None] = {}
        for slug in _listed(item, field):
            id_ = self._known.find(type_, slug)
            if id_ is None:
                hint = self._known.nearest(type_, slug)
                what = f"unknown {type_} '{slug}'"
                self.problems.append(item.problem(field, what, hint, missing=slug))
            elif id_ == own:
                what = f"{type_} '{slug}' names itself"
                self.problems.append(item.problem(field, what, "remove it from the list"))
            else:
                found[id_] = None
        return list(found)

    def check(self, items: Sequence[Item]) -> None:
        """Refuse definitions that cannot be: circles, nobody's groups, parts counted twice."""
        self._check_groups([item for item in items if item.type == "group"])
        self._check_metrics([item for item in items if item.type == "metric"])

    def _check_groups(self, items: Sequence[Item]) -> None:
        if not items:
            return
        parents: dict[str, set[str]] = {}
        excluded: set[frozenset[str]] = set()
        for group, relation, other in catalog.group_graph(self._connection):
            if relation == "part_of":
                parents.setdefault(group, set()).add(other)
            else:
                excluded.add(frozenset((group, other)))
        above = {group: _reachable(parents, group) for group in parents}
        for item in items:
            slug = str(item.entry["id"])
            if slug in above.get(slug, ()):
                what = f"group '{slug}' is part of itself by way of other groups"
                self.problems.append(item.problem("part_of", what, "break the circle"))
            for other in sorted(above.get(slug, ())):
                if frozenset((slug, other)) in excluded:
                    what = f"group '{slug}' is part of '{other}' and said to share nobody with it"
                    self.problems.append(
                        item.problem("disjoint_with", what, "remove one of the two")
                    )
            self._check_members(item, slug, above, excluded)

    def _check_members(
        self,
        item: Item,
        slug: str,
        above: Mapping[str, set[str]],
        excluded: set[frozenset[str]],
    ) -> None:
        """Refuse a group that leaves some group inside two that share nobody."""
        for member in sorted(above):
            if member != slug and slug not in above[member]:
                continue
            for one, other in combinations(sorted(above[member] - {member}), 2):
                if frozenset((one, other)) in excluded and slug in (member, one, other):
                    what = (
                        f"group '{member}' is part of '{one}' and of '{other}', which share nobody"
                    )
                    remedy = "remove one part_of, or the disjoint_with between the two"
                    self.problems.append(item.problem("id", what, remedy))

    def _check_metrics(self, items: Sequence[Item]) -> None:
        """Refuse a metric that is larger than itself, or a sum that counts something twice."""
        if not items:
            return
        metrics = load_metrics(self._connection)
        below = {id_: set(metric.sum_of) for id_, metric in metrics.items()}
        limited = {id_: set(parts) for id_, parts in below.items()}
        for id_, metric in metrics.items():
            if metric.at_most:
                limited[metric.at_most].add(id_)
        for item in items:
            slug = str(item.entry["id"])
            if slug in _reachable(limited, slug):
                what = f"metric '{slug}' is part of itself, or at most itself, by way of others"
                self.problems.append(item.problem("id", what, "break the circle"))
                continue
            for total in metrics:
                if total != slug and slug not in _reachable(below, total):
                    continue
                for one, other in combinations(metrics[total].sum_of, 2):
                    ones = _reachable(below, one) | {one}
                    twice = sorted(ones & (_reachable(below, other) | {other}))
                    if twice:
                        what = (
                            f"the sum '{total}' counts '{twice[0]}' twice: in '{one}', in '{other}'"
                        )
                        self.problems.append(
                            item.problem("id", what, "add up what does not overlap")
                        )


def _listed(item: Item, field: str) -> Sequence[str]:
    given = item.entry.get(field) or ()
    return [given] if isinstance(given, str) else given


def _reachable(parents: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(parents.get(start, ()))
    while waiting:
        whole = waiting.pop()
        if whole not in found:
            found.add(whole)
            waiting.extend(parents.get(whole, ()))
    return found
