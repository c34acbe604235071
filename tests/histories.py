"""Random histories of a case: imports, updates and undos, as a test asks for them."""

from __future__ import annotations

import json
import random

import sqlalchemy as sa

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.errors import ClaimtrackError
from claimtrack.services.concluding import conclude
from claimtrack.services.importing import import_files
from claimtrack.services.undoing import find_batch, undo
from claimtrack.store import cases
from claimtrack.store.engine import reading, writing

EVENTS, GROUPS = ("storm", "flood"), ("all", "town", "street", "guests")
ADDING_UP = ("killed", "wounded", "hurt", "casualties", "force_size", "missing")
SOURCES = ("herald", "courier", "wire")
COUNTS = [0, 3, 80, 100, 201, "dozens", "scores", "about 100", "more than 200", "unknown"]
COUNTS += [{"min": 80, "max": 120}, {"max": 50}, "at least 300"]
VALUES = {
    "killed": COUNTS,
    "wounded": COUNTS,
    "participation": [True, False, "unknown"],
    "date": ["2030-01-01", "2030-01", "2030-02-03"],
}
NEAR_EACH_OTHER = [60, 70, 100, "about 80", "at least 50", {"max": 40}, {"max": 110}, "unknown"]
SUMS = dict.fromkeys(ADDING_UP, NEAR_EACH_OTHER)

KEPT = """
SELECT e.slug, k.slug, k.rule, k.severity, m.position, c.slug AS member,
       (SELECT sentence FROM search_limits l WHERE l.event_id = e.id) AS limit_met,
       k.gap, k.terms
FROM contradictions k JOIN events e ON e.id = k.event_id
JOIN contradiction_members m ON m.contradiction_id = k.id JOIN claims c ON c.id = m.claim_id
ORDER BY 1, 2, 5
"""

CONTESTED = """
SELECT e.slug, p.slug, p.rule, p.severity, p.gap, p.below, p.above, k.lowest_upper,
       k.highest_lower, k.pairs, k.versions, k.severity, k.gap, k.gravest, NULL
FROM contested_pairs p JOIN events e ON e.id = p.event_id
JOIN contested_questions k ON k.question_id = p.question_id
ORDER BY 1, 2
"""

ORIGINS = """
SELECT c.slug, o.origins, NULL FROM claim_origins o JOIN claims c ON c.id = o.claim_id ORDER BY 1
"""


def kept(connection):
    """Give all that was concluded, by names: what is not in an export comes last in a row."""
    return [
        tuple(row)
        for query in (KEPT, CONTESTED, ORIGINS)
        for row in connection.exec_driver_sql(query)
    ]


def names(connection):
    """Name all contradictions."""
    return {row[1] for query in (KEPT, CONTESTED) for row in connection.exec_driver_sql(query)}


def base():
    return {
        "claimtrack": 1,
        "events": [{"id": e, "title": e.title()} for e in EVENTS],
        "groups": [{"id": g, "name": g.title()} for g in GROUPS],
        "metrics": [{"id": "hurt", "kind": "count", "sum_of": ["killed", "wounded"]}],
        "sources": [{"id": s, "name": s.title()} for s in SOURCES],
        "documents": [
            {"id": f"{s}-{n}", "source": s, "published": f"2030-02-0{n}"}
            for s in SOURCES
            for n in (1, 2)
        ],
    }


def adding_up(where, folder, seed):
    """Make a history of one event with many claims on metrics that add up."""
    history = History(where, folder, random.Random(seed), SUMS)
    history.sizes, history.events = (6, 12), EVENTS[:1]
    return history


class History:
    """A random run of imports, updates and undos of one database."""

    def __init__(self, where, folder, chance, values=VALUES):
        self.where, self.folder, self.chance = str(where), folder, chance
        self.values, self.sizes, self.events = values, (1, 4, 8), EVENTS
        self.lexicon = default_lexicon()
        self.ids = {}
        self.done = []
        self.take(base())

    def take(self, data, update=False):
        path = self.folder / "next.json"
        path.write_text(json.dumps(data))
        try:
            with reading(self.where) as connection:
                before = names(connection)
            done = import_files(self.where, [str(path)], lexicon=self.lexicon, update=update)
            with reading(self.where) as connection:
                after = names(connection)
            told = done.new_contradictions, done.gone_contradictions
            assert told == (len(after - before), len(before - after)), self.done
        except ClaimtrackError as refused:
            self.done.append(("refused", str(refused)))

    def claim(self, id_):
        pick = self.chance.choice
        metric = pick(sorted(self.values))
        entry = {
            "id": id_,
            "event": pick(self.events),
            "metric": metric,
            "value": pick(self.values[metric]),
        }
        entry["document"] = f"{pick(SOURCES)}-{pick((1, 2))}"
        # Who said it stays: others may correct it, and only its own source can.
        entry["document"] = self.ids.get(id_, entry["document"])
        if metric != "date":
            entry["group"] = pick(GROUPS)
        if entry["value"] != "unknown" and self.chance.random() < 0.15:
            entry["stance"] = "denies"
        if self.chance.random() < 0.2:
            entry["as_of"] = pick(("2030-01-02", "2030-01-05", "2030-01"))
        if self.chance.random() < 0.3:
            entry["attributed_to"] = self.chance.sample(SOURCES, self.chance.choice((1, 2)))
        if self.ids and self.chance.random() < 0.25:
            older = pick(sorted(self.ids))
            if older != id_ and older < id_:
                entry |= {"supersedes": older, "document": self.ids[older]}
        return entry

    def step(self):
        pick = self.chance.choice
        kind = pick(("add", "add", "update", "relink", "undo", "rename", "redefine"))
        data = {"claimtrack": 1}
        if kind == "add":
            new = [self.claim(f"c{len(self.ids) + n:03}") for n in range(pick(self.sizes))]
            data["claims"] = new
        elif kind == "update" and self.ids:
            new = [self.claim(id_) for id_ in self.chance.sample(sorted(self.ids), 1)]
            data["claims"] = new
        elif kind == "relink":
            at = pick((1, 2, 3))
            above = [pick(GROUPS[: min(at, 2)])] if self.chance.random() < 0.7 else []
            name = GROUPS[at].title()
            data["groups"] = [{"id": GROUPS[at], "name": name, "part_of": above}]
            if at > 1 and self.chance.random() < 0.5:
                data["groups"][0]["disjoint_with"] = [GROUPS[5 - at]]
        elif kind == "redefine":
            hurt = {"id": "hurt", "kind": "count", "sum_of": pick((["killed", "wounded"], []))}
            if self.chance.random() < 0.5:
                hurt["at_most"] = "force_size"
            data["metrics"] = [hurt]
        elif kind == "rename":
            new_name = pick(("The Herald", "Herald"))
            data["sources"] = [{"id": "herald", "name": new_name}]
        elif kind == "undo":
            self.undo()
            return
        self.done.append((kind, data))
        self.ids |= {c["id"]: c["document"] for c in data.get("claims", ())}
        self.take(data, update=True)

    def undo(self):
        try:
            batch = find_batch(self.where, None)
            if batch.id > 1:
                undo(self.where, batch, self.lexicon)
                self.done.append(("undo", batch.id))
        except ClaimtrackError as refused:
            self.done.append(("refused", str(refused)))

    def check(self, new_case=None):
        """Find all anew, and in an empty database where one is given."""
        with writing(self.where) as connection:
            before = kept(connection)
            assert conclude(connection, cases.all_events(connection)) == (0, 0), self.done
            assert kept(connection) == before, self.done
            connection.exec_driver_sql("DELETE FROM contradiction_members")
            connection.exec_driver_sql("DELETE FROM contradictions")
            for table in ("search_limits", "contested_questions", "claim_origins"):
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
            conclude(connection, cases.all_events(connection))
            assert kept(connection) == before, self.done
            connection.rollback()
            connection.begin()
        if new_case:
            assert self.anew(new_case) == [row[:-1] for row in before], self.done
        return before

    def anew(self, new_case):
        """Import what the database holds into an empty one; give what that one finds."""
        lines = []
        with reading(self.where) as connection:
            for table in ("metrics", "events", "groups", "sources", "documents", "assertions"):
                lines += connection.scalars(sa.text(f"SELECT entry FROM {table}")).all()  # noqa: S608
        fresh = new_case("fresh.db")
        path = self.folder / "all.jsonl"
        path.write_text("\n".join(lines) + "\n")
        import_files(str(fresh), [str(path)], lexicon=self.lexicon)
        with reading(str(fresh)) as connection:
            return [row[:-1] for row in kept(connection)]
