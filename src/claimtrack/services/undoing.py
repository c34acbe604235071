"""Take a batch back: what it added goes, what it changed returns, and the history keeps both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from claimtrack.domain.lexicon import Lexicon
from claimtrack.errors import ClaimtrackError, UnknownId
from claimtrack.ingest.chunk import Claim
from claimtrack.ingest.item import Item
from claimtrack.ingest.stating import Stating
from claimtrack.services.concluding import conclude
from claimtrack.services.importing import refuse, touched_by
from claimtrack.services.intake import ORDER, Catalog, Definitions, Tally
from claimtrack.services.statements import Statements
from claimtrack.store import catalog, journal, removal, schema, search
from claimtrack.store.engine import reading, writing


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a batch back did."""

    batch: journal.Batch
    removed: int
    restored: int
    new_contradictions: int
    gone_contradictions: int


def find_batch(where: str, number: int | None) -> journal.Batch:
    """Find a batch that can be taken back: this one, or the newest."""
    with reading(where) as connection:
        return _choose(journal.list_batches(connection), number)


def _choose(batches: Sequence[journal.Batch], number: int | None) -> journal.Batch:
    for batch in batches:
        if batch.id == number or (number is None and batch.undone_at is None):
            if batch.undone_at is not None:
                raise ClaimtrackError(
                    f"batch {batch.id} was taken back on {batch.undone_at} already",
                    "`claimtrack status` lists the batches",
                )
            return batch
    what = "there is no batch to take back" if number is None else f"there is no batch {number}"
    raise UnknownId(what, "`claimtrack status` lists the batches")


def undo(where: str, batch: journal.Batch, lexicon: Lexicon) -> Undone:
    """Take a batch back in one transaction; refuse where later work rests on it."""
    with writing(where) as connection:
        # Somebody else may have taken it back since it was found.
        _choose(journal.list_batches(connection), batch.id)
        later = journal.later_changes(connection, batch.id) + [
            (number, entity, slug)
            for number, entity, slug in removal.later_uses(connection, batch.id)
        ]
        if later:
            number, entity, slug = max(later)
            raise ClaimtrackError(
                f"batch {number} rests on what batch {batch.id} wrote ({entity} '{slug}')",
                f"take back batch {number} first: `claimtrack undo {number}`",
            )
        touched = removal.events_of(connection, batch.id)
        before = journal.changes_of(connection, batch.id)
        search.drop_batch(connection, batch.id)
        try:
            removed, dropped = removal.remove_batch(connection, batch.id, touched)
        except sa.exc.IntegrityError as error:
            raise ClaimtrackError(
                f"a later batch changed entries so that they rest on what batch {batch.id} wrote",
                "take back the later batches first: `claimtrack status` lists them",
            ) from error
        touched |= _restore(connection, batch, before, lexicon)
        touched |= catalog.events_relying_on(connection, touched)
        remaining = catalog.still_there(connection, schema.events, touched)
        dropped += removal.drop_unasserted(connection, remaining)
        search.renew_changed(connection, batch.id)
        journal.mark_undone(connection, batch.id)
        new, gone = conclude(connection, remaining)
        return Undone(batch, removed, len(before), new, dropped + gone)


def _restore(
    connection: sa.Connection,
    batch: journal.Batch,
    before: list[tuple[str, str, str]],
    lexicon: Lexicon,
) -> set[int]:
    """Write the old versions over the new ones, as an update would."""
    if not before:
        return set()
    known, tally = Catalog(connection), Tally()
    definitions = Definitions(connection, known, batch.id, tally, update=True)
    statements = Statements(connection, known, Stating(lexicon, {}), batch.id, tally, update=True)
    items = []
    for type_, slug, text in before:
        entry = json.loads(text)
        entry.pop("type")
        items.append(Item(type_, slug, entry, text, f"batch {batch.id}", None, slug))
    waiting: list[Claim] = [
        *definitions.take([item for item in items if item.type in ORDER]),
        *statements.take([item for item in items if item.type == "claim"]),
    ]
    if waiting:
        item = waiting[0].item()
        raise ClaimtrackError(
            f"the old version of {item.type} '{item.path}' names what is no longer there",
            "import what it names again, then take the batch back",
        )
    definitions.link()
    statements.tie()
    refuse(definitions.problems, statements.problems)
    return statements.events | touched_by(connection, definitions)
