"""The tables as a database has them, beside those of this release."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema

_Facts = dict[str, set[str]]
"""What is true of each table, as phrases, so that what differs can be told as it stands."""

_TYPES = {"DOUBLE PRECISION": "FLOAT"}
"""What a server calls a type that we call otherwise."""


def faults(connection: sa.Connection) -> Iterator[str]:
    """Give what differs between the tables found and those of this release.

    Columns, keys, checks, indexes and views have to be there as released; a column, a rule or
    a trigger that no release gave our tables changes what can be written, and is a fault too.
    Tables, views and plain indexes of the user's own change no answer: they are none. Of a
    check on a server only the name is compared, as the server words it in its own way.
    """
    found = _found(connection)
    for table, facts in _released(connection.dialect).items():
        if table not in found:
            yield f"the table {table} is missing"
            continue
        for fact in sorted(facts - found[table]):
            yield f"the table {table} is without its {fact}"
        for fact in sorted(found[table] - facts):
            if not fact.startswith("index "):
                yield f"the table {table} has a {fact}, which is of no release"
    inspector = sa.inspect(connection)
    there = inspector.get_view_names()
    for view, columns in schema.VIEWS.items():
        if view not in there:
            yield f"the view {view} is missing"
        elif tuple(each["name"] for each in inspector.get_columns(view)) != columns:
            yield f"the view {view} has other columns than those of this release"


def _released(dialect: sa.Dialect) -> _Facts:
    facts: _Facts = {}
    for table in schema.metadata.sorted_tables:
        facts[table.name] = told = set()
        for column in table.columns:
            default = column.server_default
            given = str(default.arg) if isinstance(default, sa.DefaultClause) else None
            told.add(_column(column.name, column.type, column.nullable, given, dialect))
        for rule in table.constraints:
            told.add(_rule(rule, dialect))
        told |= {_index(index.name, index.unique, _names(index)) for index in table.indexes}
    if dialect.name == "postgresql":
        facts["passages"].add(_index("ix_passages_trigrams", False, ()))
    return facts


def _names(index: sa.Index) -> Iterable[str]:
    """Give the columns of an index; an index of expressions is known by its name alone."""
    plain = all(isinstance(each, sa.Column) for each in index.expressions)
    return [column.name for column in index.columns] if plain else ()


def _rule(rule: sa.Constraint, dialect: sa.Dialect) -> str:
    if isinstance(rule, sa.CheckConstraint):
        return _check(rule.name, str(rule.sqltext), dialect)
    assert isinstance(rule, sa.schema.ColumnCollectionConstraint)
    names = [column.name for column in rule.columns]
    if isinstance(rule, sa.ForeignKeyConstraint):
        target = rule.elements[0].target_fullname.split(".")
        return _reference(rule.name, names, *target)
    kind = "key" if isinstance(rule, sa.PrimaryKeyConstraint) else "rule of uniqueness"
    return f"{kind} {rule.name} ({', '.join(names)})"


def _found(connection: sa.Connection) -> _Facts:
    """Read what the database says of the tables that are named as ours are."""
    inspector, dialect = sa.inspect(connection), connection.dialect
    ours: dict[str, Any] = {"filter_names": list(schema.metadata.tables)}
    facts: _Facts = defaultdict(set)
    with warnings.catch_warnings():
        # SQLAlchemy passes over an index of expressions on SQLite; it is looked for below.
        warnings.simplefilter("ignore", sa.exc.SAWarning)
        for table, columns in _each(inspector.get_multi_columns(**ours)):
            for each in columns:
                default = None if each["name"] == "id" else each["default"]
                facts[table].add(
                    _column(each["name"], each["type"], each["nullable"], default, dialect)
                )
        for table, key in _each(inspector.get_multi_pk_constraint(**ours)):
            columns = ", ".join(key["constrained_columns"])
            facts[table].add(f"key {key['name']} ({columns})")
        for table, rules in _each(inspector.get_multi_unique_constraints(**ours)):
            for each in rules:
                columns = ", ".join(each["column_names"])
                facts[table].add(f"rule of uniqueness {each['name']} ({columns})")
        for table, rules in _each(inspector.get_multi_foreign_keys(**ours)):
            for each in rules:
                target = each["referred_table"], each["referred_columns"][0]
                facts[table].add(_reference(each["name"], each["constrained_columns"], *target))
        for table, rules in _each(inspector.get_multi_check_constraints(**ours)):
            facts[table] |= {_check(each["name"], each["sqltext"], dialect) for each in rules}
        for table, indexes in _each(inspector.get_multi_indexes(**ours)):
            for each in indexes:
                if not each.get("duplicates_constraint"):
                    names = () if "expressions" in each else each["column_names"]
                    facts[table].add(_index(each["name"], each["unique"], names))
    for table, fact in _told_in_sql(connection):
        if table in facts:
            facts[table].add(fact)
    return facts


def _each(told: Mapping[tuple[str | None, str], Any]) -> Iterator[tuple[str, Any]]:
    return ((table, facts) for (_, table), facts in told.items())


def _told_in_sql(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Give triggers, and the indexes of expressions that only SQLite's own table tells of."""
    if connection.dialect.name == "sqlite":
        query = (
            "SELECT tbl_name, type, name, sql LIKE 'CREATE UNIQUE%' FROM sqlite_master"
            " WHERE type = 'trigger' OR type = 'index' AND EXISTS (SELECT 1"
            " FROM pragma_index_info(sqlite_master.name) AS part WHERE part.cid < 0)"
        )
    else:
        query = (
            "SELECT DISTINCT event_object_table, 'trigger', trigger_name, 0"
            " FROM information_schema.triggers WHERE event_object_schema = current_schema()"
        )
    for table, kind, name, unique in connection.exec_driver_sql(query):
        trigger = kind == "trigger"
        yield table, f"trigger {name}" if trigger else _index(name, bool(unique), ())


def _column(
    name: str, type_: sa.types.TypeEngine[Any], nullable: bool | None, default: str | None,
    dialect: sa.Dialect,
) -> str:  # fmt: skip
    kind = type_.compile(dialect)
    given = f" DEFAULT {default.split('::')[0].strip(chr(39))}" if default else ""
    return f"column {name} {_TYPES.get(kind, kind)}{'' if nullable else ' NOT NULL'}{given}"


def _reference(name: object, columns: Iterable[str], table: str, column: str) -> str:
    return f"reference {name} ({', '.join(columns)}) to {table}.{column}"


def _check(name: object, text: str, dialect: sa.Dialect) -> str:
    said = f": {' '.join(text.split())}" if dialect.name == "sqlite" else ""
    return f"check {name}{said}"


def _index(name: object, unique: bool | None, columns: Iterable[str | None]) -> str:
    told = ", ".join(each or "" for each in columns)
    return f"{'unique ' if unique else ''}index {name}{f' ({told})' if told else ''}"
