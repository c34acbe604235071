"""What definitions say of each other: parts, wholes, sums, and who draws on whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from claimtrack.ingest.places import Problems
from claimtrack.store import catalog, schema
from claimtrack.store.cases import load_metrics
from claimtrack.store.definitions import named

if TYPE_CHECKING:
    from claimtrack.ingest.item import Item
    from claimtrack.services.intake import Catalog


_NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "group": ("part_of", "disjoint_with"),
    "metric": ("sum_of", "at_most"),
    "source": ("draws_on",),
    "document": ("draws_on",),
}
"""The fields that may name each type."""


class Linker:
    """Turn the names in definitions into rows that tie them."""

    def __init__(self, connection: sa.Connection, known: Catalog, problems: Problems) -> None:
        """Keep what every link needs, and where what is wrong is told."""
        self._connection = connection
        self._known = known
        self.problems = problems

    def link(self, definitions: Sequence[tuple[Item, int]]) -> None:
        """Set the links of these definitions in place of those they had."""
        for type_, fields in _NAMED_IN.items():
            slugs = [s for item, _ in definitions for f in fields for s in named(item.entry, f)]
            self._known.look_up(type_, slugs)
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
        for slug in named(item.entry, "draws_on"):
            source, document = self._known.find("source", slug), self._known.find("document", slug)
            if source is None and document is None:
                hint = self._known.nearest("source", slug)
                what = f"unknown source or document '{slug}'"
                self.problems.add(item.problem("draws_on", what, hint, missing=slug))
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
        for slug in named(item.entry, field):
            id_ = self._known.find(type_, slug)
            if id_ is None:
                hint = self._known.nearest(type_, slug)
                what = f"unknown {type_} '{slug}'"
                self.problems.add(item.problem(field, what, hint, missing=slug))
            elif id_ == own:
                what = f"{type_} '{slug}' names itself"
                self.problems.add(item.problem(field, what, "remove it from the list"))
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
        parents: dict[str, set[str]] = defaultdict(set)
        members: dict[str, set[str]] = defaultdict(set)
        excluded: set[tuple[str, str]] = set()
        for group, relation, other in catalog.group_graph(self._connection):
            if relation == "part_of":
                parents[group].add(other)
                members[other].add(group)
            else:
                excluded.add((min(group, other), max(group, other)))
        circles = _in_circles(parents)
        inside = _inside_both(excluded, members)
        for item in items:
            slug = str(item.entry["id"])
            if slug in circles:
                what = f"group '{slug}' is part of itself by way of other groups"
                self.problems.add(item.problem("part_of", what, "break the circle"))
            for member, one, other in inside.get(slug, ()):
                if member in (one, other):
                    whole = one if member == other else other
                    what = f"group '{slug}' is part of '{whole}' and said to share nobody with it"
                    remedy = "remove one of the two"
                    self.problems.add(item.problem("disjoint_with", what, remedy))
                else:
                    what = (
                        f"group '{member}' is part of '{one}' and of '{other}', which share nobody"
                    )
                    remedy = "remove one part_of, or the disjoint_with between the two"
                    self.problems.add(item.problem("id", what, remedy))

    def _check_metrics(self, items: Sequence[Item]) -> None:
        """Refuse a metric that is larger than itself, or a sum that counts something twice."""
        if not items:
            return
        metrics = load_metrics(self._connection)
        limited = {id_: set(metric.sum_of) for id_, metric in metrics.items()}
        for id_, metric in metrics.items():
            if metric.at_most:
                limited[metric.at_most].add(id_)
        circles = _in_circles(limited)
        twice = _counted_twice({id_: metric.sum_of for id_, metric in metrics.items()})
        for item in items:
            slug = str(item.entry["id"])
            if slug in circles:
                what = f"metric '{slug}' is part of itself, or at most itself, by way of others"
                self.problems.add(item.problem("id", what, "break the circle"))
                continue
            for total, part, one, other in twice.get(slug, ()):
                what = f"the sum '{total}' counts '{part}' twice: in '{one}', in '{other}'"
                self.problems.add(item.problem("id", what, "add up what does not overlap"))


def _in_circles(graph: Mapping[str, Iterable[str]]) -> set[str]:
    """Give the names from which a way leads back to themselves."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return {name for name in graph if name in reachable(graph, name)}
    return set()


def _inside_both(
    excluded: Iterable[tuple[str, str]], members: Mapping[str, Iterable[str]]
) -> dict[str, list[tuple[str, str, str]]]:
    """Find the groups inside two that share nobody: (member, one, other), by each of the three.

    Where the member is one of the two, it alone is to blame, and that is told first.
    """
    below = {name: {name, *reachable(members, name)} for pair in excluded for name in pair}
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for one, other in excluded:
        for member in below[one] & below[other]:
            for blamed in {member} if member in (one, other) else {member, one, other}:
                found[blamed].append((member, one, other))
    return {
        blamed: sorted(told, key=lambda each: (each[0] not in each[1:], *each))
        for blamed, told in found.items()
    }


def _counted_twice(
    sums: Mapping[str, Sequence[str]],
) -> dict[str, list[tuple[str, str, str, str]]]:
    """Find what is in two parts of a sum: (sum, what, one part, other part).

    Given by the sum and by all that is in it. Only above what is a part of several can
    anything be counted twice.
    """
    wholes: dict[str, set[str]] = defaultdict(set)
    for total, parts in sums.items():
        for part in parts:
            wholes[part].add(total)
    several = [part for part, totals in wholes.items() if len(totals) > 1]
    above = reachable(wholes, *several)
    found: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for total in (total for total in sums if total in above):
        holders: dict[str, list[str]] = defaultdict(list)
        for part in sums[total]:
            for name in {part, *reachable(sums, part)}:
                holders[name].append(part)
        pairs: dict[tuple[str, str], str] = {}
        for name in sorted(name for name, parts in holders.items() if len(parts) > 1):
            for pair in combinations(holders[name], 2):
                pairs.setdefault(pair, name)
        for one, other in sorted(pairs, key=lambda pair: [*map(sums[total].index, pair)]):
            for blamed in {total, *holders}:
                found[blamed].append((total, pairs[one, other], one, other))
    return found


def reachable(graph: Mapping[str, Iterable[str]], *starts: str) -> set[str]:
    """Follow a graph from names: all that is met, themselves only where a way leads back."""
    found: set[str] = set()
    waiting = [name for start in starts for name in graph.get(start, ())]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(graph.get(name, ()))
    return found
