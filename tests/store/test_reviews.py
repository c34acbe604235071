"""The status of reviews is one rule, told twice: for a list of them and for a search."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.record import Review, status_of, voices
from claimtrack.store import reviews, schema

SAID = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from(("open", "confirmed", "dismissed", "explained")),
        st.sampled_from(("Anna", "Boris", "Clara")),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([], "open"),
        ([("Anna", "confirmed")], "confirmed"),
        ([("Anna", "confirmed"), ("Boris", "confirmed")], "confirmed"),
        ([("Anna", "confirmed"), ("Boris", "dismissed")], "disputed"),
        ([("Anna", "confirmed"), ("Boris", "open")], "confirmed"),
        ([("Anna", "confirmed"), ("Anna", "dismissed")], "dismissed"),
        ([("Anna", "confirmed"), ("Anna", "open")], "open"),
        ([("Anna", "dismissed"), ("Boris", "confirmed"), ("Anna", "confirmed")], "confirmed"),
    ],
)
def test_the_status_is_what_all_last_words_say(said: list[tuple[str, str]], status: str) -> None:
    """Differing voices are disputed; `open` is no voice."""
    assert status_of([Review(s, who, "", "so") for who, s in said]) == status


@given(SAID)
def test_a_search_gives_the_status_that_is_shown(said: list[tuple[str, str, str]]) -> None:
    """The filter in the database and the status of the rows read agree."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        schema.metadata.create_all(connection)
        for subject, status, who in said:
            reviews.add(connection, "source", subject, Review(status, who, "", "so"))
        found = dict(connection.execute(reviews.statuses("source")).all())
        told = reviews.reviews_of(connection, "source", ["a", "b"])
    for subject in "ab":
        rows = told.get(subject, ())
        assert found.get(subject, "open") == status_of(rows)
        assert len(rows) == sum(s == subject for s, _, _ in said)
        assert len({voice.who for voice in voices(rows)}) == len(voices(rows))
