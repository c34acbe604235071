"""Let many people work on one case at once, and check that nothing is lost or doubled.

Each person is a process: writers import small documents, review and take their own last
import back; readers compare, list and count. At the end the case is counted against what
the writers remember, and the contradictions that are kept against those found anew.

    python scripts/many_at_once.py --seconds 60
    python scripts/many_at_once.py --seconds 60 --db postgresql+psycopg://ann@host/blank
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path
from queue import Empty

EVENTS = ["ferry", "bridge", "mine"]


def base() -> dict:
    return {
        "claimtrack": 1,
        "events": [{"id": event, "title": event.title()} for event in EVENTS],
        "groups": [{"id": "aboard", "name": "Aboard"}, {"id": "crew", "name": "Crew"}],
        "sources": [{"id": f"s{n}", "name": f"Source {n}"} for n in range(5)],
    }


def document(name: str, choose: random.Random) -> dict:
    """Make a document of three claims, often at odds with those of others."""
    return {
        "claimtrack": 1,
        "documents": [{"id": name, "source": f"s{choose.randrange(5)}"}],
        "claims": [
            {
                "id": f"{name}-{n}",
                "event": choose.choice(EVENTS),
                "metric": choose.choice(["killed", "wounded"]),
                "group": choose.choice(["aboard", "crew"]),
                "document": name,
                "value": choose.choice([3, 7, "about 10", "at least 12", {"max": 5}]),
            }
            for n in range(3)
        ],
    }


def write(where: str, number: int, until: float, told: multiprocessing.Queue) -> None:
    """Import, review and take back until the time is over; tell which documents must stand."""
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.errors import ClaimtrackError, UnknownId
    from claimtrack.services import looking, reviewing, undoing
    from claimtrack.services.importing import import_files

    choose, lexicon = random.Random(number), default_lexicon()
    os.environ["CLAIMTRACK_USER"] = f"writer-{number}"
    standing: list[tuple[str, int]] = []
    done = {"import": 0, "undo": 0, "review": 0, "gone": 0, "rests": 0}
    slowest = 0.0
    made = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "document.json"
        while time.monotonic() < until:
            begun = time.monotonic()
            kind = choose.choices(["import", "undo", "review"], [6, 2, 2])[0]
            try:
                if kind == "import":
                    name, made = f"w{number}-{made}", made + 1
                    file.write_text(json.dumps(document(name, choose)))
                    batch = import_files(where, [str(file)], lexicon=lexicon).batch
                    standing.append((name, batch))
                elif kind == "undo" and standing:
                    name, batch = standing[-1]
                    undoing.undo(where, undoing.find_batch(where, batch), lexicon)
                    standing.pop()
                elif kind == "review":
                    found = looking.list_contradictions(where, looking.make_filter(), limit=20)
                    if not found:
                        continue
                    about = choose.choice(found).id
                    reviewing.review(where, about, status="explained", why="seen")
                else:
                    continue
                done[kind] += 1
            except UnknownId:
                # Somebody took away what the contradiction rested on: a sentence, as due.
                done["gone"] += 1
            except ClaimtrackError as refused:
                if "rests on what" not in refused.problem:
                    raise
                done["rests"] += 1
            slowest = max(slowest, time.monotonic() - begun)
    told.put(("writer", [name for name, _ in standing], done, slowest))


def read(where: str, until: float, told: multiprocessing.Queue) -> None:
    """Look at the case until the time is over; what is seen has to fit together."""
    from claimtrack.services import looking

    looks, slowest = 0, 0.0
    while time.monotonic() < until:
        begun = time.monotonic()
        page = looking.list_claims(where, looking.make_filter(contradicted=True), limit=None)
        assert all(record.assertions for record in page.claims), "a claim without an assertion"
        found = looking.list_contradictions(where, looking.make_filter())
        assert all(len(each.claims) >= 2 for each in found), "a contradiction of one claim"
        looking.status(where)
        looks, slowest = looks + 1, max(slowest, time.monotonic() - begun)
    told.put(("reader", [], {"look": looks}, slowest))


def work(task, seconds: float, all_there, told: multiprocessing.Queue, *args: object) -> None:
    """Do a task in a process of its own, once all are there; a fault is told, never swallowed.

    Who fails keeps nobody waiting: the others are told that somebody will not come.
    """
    try:
        all_there.wait(120)
        task(*args, time.monotonic() + seconds, told)
    except BaseException:
        all_there.abort()
        told.put(("fault", [], {}, traceback.format_exc()))


def check(where: str, documents: set[str], reviews: int) -> None:
    """Compare the case with what the writers remember, and its conclusions with new ones."""
    import sqlalchemy as sa

    from claimtrack.services.concluding import conclude
    from claimtrack.store import cases, schema
    from claimtrack.store.engine import writing

    with writing(where) as connection:

        def ask(*columns: object) -> list:
            return connection.execute(sa.select(*columns)).all()

        stored = {slug for (slug,) in ask(schema.documents.c.slug)}
        assert stored == documents, f"lost {documents - stored}, left {stored - documents}"
        stated = sorted(slug for (slug,) in ask(schema.assertions.c.slug))
        assert stated == sorted(f"{d}-{n}" for d in documents for n in range(3)), "claims differ"
        assert len(ask(schema.reviews.c.id)) == reviews, "reviews were lost or doubled"
        numbers = sorted(number for (number,) in ask(schema.batches.c.id))
        assert numbers == list(range(1, len(numbers) + 1)), "a batch number is missing"
        assert conclude(connection, cases.all_events(connection)) == (0, 0), "stale conclusions"
        connection.rollback()
        connection.begin()


def run(where: str, *, seconds: float, writers: int = 8, readers: int = 8) -> list[str]:
    """Let them all work on a blank place; give what was done, in lines for people."""
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.services.importing import import_files
    from claimtrack.store.migrate import create

    create(where)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "base.json"
        file.write_text(json.dumps(base()))
        import_files(where, [str(file)], lexicon=default_lexicon())
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [
            "claimtrack.services.undoing",
            "claimtrack.services.reviewing",
            "claimtrack.services.looking",
        ]
    )
    told = context.Queue()
    all_there = context.Barrier(writers + readers)
    people = [
        *(
            context.Process(target=work, args=(write, seconds, all_there, told, where, n))
            for n in range(writers)
        ),
        *(
            context.Process(target=work, args=(read, seconds, all_there, told, where))
            for _ in range(readers)
        ),
    ]
    for person in people:
        person.start()
    heard = []
    try:
        for _ in people:
            heard.append(told.get(timeout=seconds + 180))
    except Empty:
        raise AssertionError("somebody never came back") from None
    finally:
        for person in people:
            person.join(10)
            if person.is_alive():
                person.terminate()
    faults = [text for kind, _, _, text in heard if kind == "fault"]
    assert not faults, "\n".join(faults)
    totals: dict[str, int] = {}
    for _, _, done, _ in heard:
        for kind, count in done.items():
            totals[kind] = totals.get(kind, 0) + count
    check(where, {name for _, names, _, _ in heard for name in names}, totals["review"])
    slow = {
        role: max(slowest for kind, _, _, slowest in heard if kind == role)
        for role in ("writer", "reader")
    }
    return [
        f"{writers} writers and {readers} readers, {seconds:g} seconds: nothing lost or doubled",
        ", ".join(f"{count:,} {kind}" for kind, count in totals.items()),
        f"slowest: a writer's step {slow['writer']:.1f} s, a reader's {slow['reader']:.1f} s",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--db", help="a blank place; else a new file, thrown away")
    given = parser.parse_args()
    people = {"writers": given.writers, "readers": given.readers}
    if given.db:
        lines = run(given.db, seconds=given.seconds, **people)
    else:
        with tempfile.TemporaryDirectory() as folder:
            lines = run(f"{folder}/case.db", seconds=given.seconds, **people)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
