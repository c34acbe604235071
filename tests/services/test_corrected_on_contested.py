"""A claim that its only source corrected stands in nothing; those beside it stand as before."""

from __future__ import annotations

from typing import ClassVar

import pytest

from claimtrack.cli.completion import complete
from claimtrack.store.engine import writing

VALUES = {"one": 10, "two": 100, "three": 200}


@pytest.fixture
def corrected(cli, empty, write):
    """Three papers say 10, 100 and 200; the first takes 10 back and says 190."""
    case = {
        "claimtrack": 1,
        "events": [{"id": "fire", "title": "Fire"}],
        "groups": [{"id": "all", "name": "Everyone"}],
        "sources": [{"id": paper, "name": paper.title()} for paper in VALUES],
        "documents": [{"id": f"{paper}-{n}", "source": paper} for paper in VALUES for n in (1, 2)],
    }
    about = {"event": "fire", "metric": "killed", "group": "all"}
    case["claims"] = [
        {"id": f"{paper}-says", "document": f"{paper}-1", "value": value, **about}
        for paper, value in VALUES.items()
    ]
    assert "3 new" in cli("import", write("fire.json", case)).err
    later = {"id": "one-again", "document": "one-2", "value": 190, "supersedes": "one-says"}
    done = cli("import", write("later.json", {"claimtrack": 1, "claims": [later | about]}))
    assert "2 new, 2 gone" in done.err, done.err
    return empty


def test_it_is_in_no_pair_and_marks_nobody(corrected, cli, ask):
    shown = {
        claim["assertions"][0]["id"]: claim["contradicted"]
        for claim in cli("list-claims", "--json").json
    }
    assert shown == {
        "one-says": False,
        "two-says": True,
        "one-again": True,
        "three-says": True,
    }
    pairs = cli("contradictions", "--json").json
    assert [{claim["value"]["lower"] for claim in one["claims"]} for one in pairs] == [
        {100, 200},
        {100, 190},
        {190, 200},
    ]
    assert ask(corrected, "SELECT origins FROM claim_origins") == [(0,)]
    assert len(cli("list-claims", "--contradicted", "--json").json) == 3
    assert cli("verify").code == 0


def test_undo_brings_it_back(corrected, cli, ask):
    done = cli("undo", "--yes")
    assert "2 new, 2 gone" in done.err, done.err
    assert ask(corrected, "SELECT count(*) FROM claim_origins") == [(0,)]
    assert all(claim["contradicted"] for claim in cli("list-claims", "--json").json)
    assert cli("verify").code == 0


def test_ids_of_pairs_complete_and_lead_to_them(corrected, cli, engine):
    """From any beginning that only one has; a beginning of several is told as such."""
    pairs = [one["id"] for one in cli("contradictions", "--json").json]
    for id_ in pairs:
        assert cli("explain", id_, "--json").json["id"] == id_
        shortest = next(
            id_[:end] for end in range(2, 26) if [p[:end] for p in pairs].count(id_[:end]) == 1
        )
        assert cli("explain", shortest, "--json").json["id"] == id_
        if engine == "sqlite":
            assert complete("contradictions")(Context(), id_[:-1]) == [id_]
    assert (
        "begins several contradictions"
        in cli("resolve", "k", "--as", "confirmed", "--why", "x").err
    )
    if engine == "sqlite":
        assert sorted(complete("contradictions")(Context(), "k")) == sorted(pairs)
        assert complete("contradictions")(Context(), "c") == []


class Context:
    """What a completer is given: the options that were typed before."""

    params: ClassVar[dict[str, str | None]] = {"db": None}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contested_questions SET pairs = pairs + 1",
        "UPDATE contested_questions SET versions = 1",
        "UPDATE contested_questions SET severity = 0.25",
        "UPDATE contested_questions SET lowest_upper = 11",
        "UPDATE contested_questions SET kind = 'date'",
        "UPDATE contested_questions SET gravest = 'k'",
        "DELETE FROM contested_questions",
        "UPDATE claim_origins SET origins = 2",
        "DELETE FROM claim_origins",
    ],
)
def test_what_was_summed_up_is_verified(corrected, cli, statement):
    """Whatever is changed by hand is told, with the question or the claim."""
    with writing(str(corrected)) as connection:
        connection.exec_driver_sql(statement)
    done = cli("verify")
    assert done.code == 1
    told = "(killed, all)" if "questions" in statement else "origins of the claim"
    assert told in done.out + done.err
    assert cli("upgrade").code == 0
    assert cli("verify").code == 0
