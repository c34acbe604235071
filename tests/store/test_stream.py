"""Rows taken as the driver gives them, and the driver's faults told as all others are."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from claimtrack.errors import DatabaseError
from claimtrack.store import schema
from claimtrack.store.engine import reading
from claimtrack.store.stream import fetch

NAMES = sa.select(schema.metrics.c.slug, schema.metrics.c.kind).order_by(schema.metrics.c.slug)


def test_the_rows_are_those_that_sqlalchemy_gives(empty):
    with reading(str(empty)) as connection:
        whole = [tuple(row) for row in connection.execute(NAMES)]
        assert fetch(connection, NAMES) == whole
        assert len(whole) > 5
        assert fetch(connection, NAMES.where(sa.false())) == []
        assert {type(row) for row in fetch(connection, NAMES)} == {tuple}


@pytest.mark.sqlite_only(reason="a server keeps no text that is none")
def test_what_cannot_be_fetched_is_told_in_a_sentence(empty):
    with closing(sqlite3.connect(empty)) as raw, raw:
        raw.execute("UPDATE metrics SET slug = CAST(x'ff' AS TEXT) WHERE slug = 'killed'")
    with reading(str(empty)) as connection, pytest.raises(sa.exc.DBAPIError):
        fetch(connection, NAMES)
    with pytest.raises(DatabaseError) as told, reading(str(empty)) as connection:
        fetch(connection, NAMES)
    assert told.value.hint
