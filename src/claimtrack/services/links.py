"""What definitions say of each other: parts, wholes, sums, and who draws on whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from claimtrack.ingest.places import Problem
from claimtrack.store import catalog, schema

if TYPE_CHECKING:
    from claimtrack.services.intake import Catalog, Item


class Linker:
    """Turn the names in definitions into rows that tie them."""

    def __init__(self, connection: sa.Connection, known: Catalog) -> None:
        """Keep what every link needs."""
        self._connection = connection
        self._known = known
        self.problems: list[Problem] = []

    def link(self, item: Item, id_: int) -> None:
        """Set the links of one definition in place of those it had."""
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
        given = item.entry.get(field) or ()
        found: dict[int, None] = {}
        for slug in [given] if isinstance(given, str) else given:
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

    def check_circles(self, items: Iterable[Item]) -> None:
        """Refuse a group that is part of itself by way of others, or of what it excludes."""
        groups = [item for item in items if item.type == "group"]
        if not groups:
            return
        parents: dict[str, set[str]] = {}
        excluded: set[tuple[str, str]] = set()
        for group, relation, other in catalog.group_graph(self._connection):
            if relation == "part_of":
                parents.setdefault(group, set()).add(other)
            else:
                excluded |= {(group, other), (other, group)}
        for item in groups:
            slug = str(item.entry["id"])
            above = _reachable(parents, slug)
            if slug in above:
                what = f"group '{slug}' is part of itself by way of other groups"
                self.problems.append(item.problem("part_of", what, "break the circle"))
            for other in sorted(whole for whole in above if (slug, whole) in excluded):
                what = f"group '{slug}' is part of '{other}' and said to share nobody with it"
                self.problems.append(item.problem("disjoint_with", what, "remove one of the two"))


def _reachable(parents: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(parents.get(start, ()))
    while waiting:
        whole = waiting.pop()
        if whole not in found:
            found.add(whole)
            waiting.extend(parents.get(whole, ()))
    return found
