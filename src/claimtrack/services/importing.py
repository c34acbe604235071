"""Import files: read, check, write, conclude; all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa

from claimtrack.domain.lexicon import Lexicon
from claimtrack.errors import ImportRefused
from claimtrack.ingest import ahead, chunk
from claimtrack.ingest.chunk import Chunk, Claim
from claimtrack.ingest.form import Format
from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problems
from claimtrack.ingest.stating import Stating
from claimtrack.services.collecting import collecting_seldom
from claimtrack.services.concluding import conclude
from claimtrack.services.intake import Catalog, Definitions, Tally, Waiting
from claimtrack.services.links import reachable
from claimtrack.services.quotes import check_quotes
from claimtrack.services.statements import Statements
from claimtrack.store import catalog, indexes, journal, schema, search
from claimtrack.store.engine import reading, writing
from claimtrack.store.removal import drop_unasserted
from claimtrack.store.stream import count_anew

OVERRULED_TOLD = 5
"""Changes of others that an import changes again, told one by one."""

Read = Callable[[Stating], Generator[Chunk]]
"""Gives entries and problems as they come; where it reads ahead, it tells what claims state."""

Progress = Callable[[str, int, int | None], None]
"""Told of `entries` read and `events` concluded: how many more, and of how many if known."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do."""

    batch: int | None
    tally: Tally
    new_contradictions: int
    gone_contradictions: int
    dry_run: bool
    warnings: tuple[str, ...] = field(default=())

    @property
    def changed_anything(self) -> bool:
        """Whether a row was added or changed."""
        return bool(self.tally.added.total() or self.tally.changed.total())


def import_files(
    where: str,
    paths: Sequence[str],
    *,
    lexicon: Lexicon,
    format_: str | None = None,
    dry_run: bool = False,
    update: bool = False,
    verify_quotes: str | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Import these files in one transaction; any error refuses all of them."""
    return import_stream(
        where,
        partial(_read_all, paths, Format(format_) if format_ else None),
        what="import " + " ".join(paths),
        lexicon=lexicon,
        dry_run=dry_run,
        update=update,
        verify_quotes=verify_quotes,
        progress=progress,
        references_last=any(map(ahead.is_large, paths)) and _is_first(where),
    )


def _is_first(where: str) -> bool:
    with reading(where) as connection:
        return _holds_little(connection)


def _holds_little(connection: sa.Connection) -> bool:
    """Whether there is so little that what is done at the end, for all rows, is worth it."""
    return catalog.has_fewer(connection, schema.assertions, 2 * chunk.SIZE)


def import_stream(
    where: str,
    read: Read,
    *,
    what: str,
    lexicon: Lexicon,
    dry_run: bool = False,
    update: bool = False,
    verify_quotes: str | None = None,
    progress: Progress = lambda what, done, total: None,
    references_last: bool = False,
) -> Report:
    """Import what `read` gives, in one transaction; the history calls it `what`.

    `references_last` as in `writing`.
    """
    with collecting_seldom(), writing(where, references_last=references_last) as connection:
        report = _take_all(
            connection,
            read,
            what=what,
            lexicon=lexicon,
            update=update,
            quotes=verify_quotes,
            progress=progress,
        )
        if dry_run or not report.changed_anything:
            connection.rollback()
            connection.begin()
            return Report(
                None,
                report.tally,
                report.new_contradictions,
                report.gone_contradictions,
                dry_run,
                report.warnings,
            )
    return report


def _take_all(
    connection: sa.Connection,
    read: Read,
    *,
    what: str,
    lexicon: Lexicon,
    update: bool,
    quotes: str | None,
    progress: Progress,
) -> Report:
    batch = journal.open_batch(connection, what)
    known, tally = Catalog(connection), Tally()
    definitions = Definitions(connection, known, batch, tally, update=update)
    stating = Stating(lexicon, catalog.measures(connection))
    statements = Statements(connection, known, stating, batch, tally, update=update)
    problems = Problems(wrong=known.wrong)
    laid_aside: Sequence[str] = ()
    with (
        closing(read(stating)) as stream,
        closing(Waiting[Item]()) as later,
        closing(Waiting[Claim]()) as claims_later,
    ):
        for number, found in enumerate(stream):
            if number == 1 and _holds_little(connection):
                laid_aside = indexes.lay_aside(connection)
            problems.extend(found.problems)
            if quotes is not None:
                problems.extend(check_quotes(found.claims, quotes))
            later.put(definitions.take(found.definitions))
            claims_later.put(statements.take(found.claims))
            progress("entries", len(found.definitions) + len(found.claims), None)
        for items in later.taken():
            definitions.refuse(definitions.take(items))
        for claims in claims_later.taken():
            statements.refuse(statements.take(claims))
    indexes.make_again(connection, laid_aside)
    definitions.link()
    statements.tie()
    refuse(problems, definitions.problems, statements.problems)
    count_anew(connection, tally.added.total())
    if tally.added.total() or tally.changed.total():
        search.add_batch(connection, batch)
    dropped = drop_unasserted(connection, statements.events) if tally.changed["claim"] else 0
    changed = tally.changed.total()
    journal.close_batch(connection, batch, additions=tally.additions, changed=changed)
    touched = statements.events | touched_by(connection, definitions)
    touched |= catalog.events_relying_on(connection, touched)
    new, gone = conclude(connection, touched, lambda done: progress("events", done, len(touched)))
    count_anew(connection, new)
    warnings = tuple(_overruling(connection, batch)) if tally.changed.total() else ()
    return Report(batch, tally, new, dropped + gone, dry_run=False, warnings=warnings)


def _overruling(connection: sa.Connection, batch: int) -> Iterator[str]:
    """Tell whose changes this batch changed again, of the first few."""
    found = journal.overruled(connection, batch)
    for entity, slug, who, earlier in found[:OVERRULED_TOLD]:
        yield (
            f"{entity} '{slug}' had been changed by {who} in batch {earlier}:"
            f" `claimtrack history {slug}` shows both"
        )
    if (more := len(found) - OVERRULED_TOLD) > 0:
        yield f"{more:,} more had been changed by others"


def touched_by(connection: sa.Connection, definitions: Definitions) -> set[int]:
    """Find the events whose conclusions, or their wording, may change because a name did."""
    groups, metrics = definitions.relinked["group"], definitions.relinked["metric"]
    renamed = catalog.events_told_by(
        connection, definitions.relinked["source"], definitions.relinked["document"]
    )
    if not groups and not metrics:
        return renamed
    ids = catalog.all_ids(connection, "group")
    members: dict[str, list[str]] = defaultdict(list)
    for member, relation, whole in catalog.group_graph(connection):
        if relation == "part_of":
            members[whole].append(member)
    told = [slug for slug, id_ in ids.items() if id_ in groups]
    below = groups | {ids[slug] for slug in reachable(members, *told)}
    return renamed | catalog.events_asking_about(connection, groups=below, metrics=metrics)


def _read_all(paths: Sequence[str], form: Format | None, stating: Stating) -> Generator[Chunk]:
    yield from ahead.read(paths, form, stating)


def refuse(*found: Problems) -> None:
    """Raise all the problems together, if there are any: the first of them, and their number."""
    problems = Problems()
    for some in found:
        problems.join(some)
    if problems.count:
        what = "1 error" if problems.count == 1 else f"{problems.count:,} errors"
        raise ImportRefused(
            f"{what} in the import: nothing was changed",
            problems.listed(),
            "mend the file and import it again; --dry-run checks without writing",
        )
