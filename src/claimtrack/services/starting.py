"""Begin: make a database, or load the case that claimtrack started from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.concluding import conclude
from claimtrack.services.importing import Report, import_files
from claimtrack.store import journal, migrate
from claimtrack.store.cases import all_events
from claimtrack.store.engine import writing
from claimtrack.store.location import FILE_NAME, Location, find_database, is_url
from claimtrack.store.overview import Connection


def init(option: str | None) -> Location:
    """Make an empty database where the option or the environment says, else in this folder."""
    location = find_database(option)
    if not location.why.startswith("named"):
        location = Location(FILE_NAME, "in this folder")
    migrate.create(location.where)
    return location


def demo(option: str | None) -> tuple[Location, Report]:
    """Import the seed article, into a new database where there is none."""
    location = find_database(option)
    if _is_missing(location.where):
        location = init(option)
    return location, import_files(location.where, [str(seed_file())], lexicon=default_lexicon())


def _is_missing(where: str) -> bool:
    if is_url(where):
        return migrate.stored_version(where) is None
    return not Path(where).exists()


def seed_file() -> Path:
    """Find the seed article: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_data" / "seed_article.json"
    return inside if inside.is_file() else package.parents[1] / "data" / "seed_article.json"


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: the schema, the backup made first, contradictions new and gone."""

    location: Location
    was_older: bool
    saved: Path | None
    new: int
    gone: int


def upgrade(option: str | None) -> Upgraded:
    """Bring a database to this release's schema, and its contradictions to this release's rules."""
    location = find_database(option)
    before = migrate.stored_version(location.where)
    found = (0, 0)

    def finish(connection: Connection) -> None:
        nonlocal found
        journal.upgraded(connection, str(before))
        found = conclude(connection, list(all_events(connection)))

    was_older, saved = migrate.upgrade(location.where, finish)
    if not was_older:
        with writing(location.where) as connection:
            found = conclude(connection, list(all_events(connection)))
    return Upgraded(location, was_older, saved, *found)


def backup(option: str | None, target: Path) -> Location:
    """Copy a database to a file, complete even while others write."""
    location = find_database(option)
    migrate.backup(location.where, target)
    return location
