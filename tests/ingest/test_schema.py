"""The published JSON Schema says what the reader does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimtrack.ingest.reader import read_document
from claimtrack.ingest.schema import json_schema

jsonschema: Any = pytest.importorskip("jsonschema")
CLAIM = {"event": "e", "document": "d", "metric": "m", "value": 3}


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"value": {"min": 1}},
        {"value": True},
        {"value": None},
        {"value": ""},
        {"event": "Bad"},
        {"stance": "denys"},
        {"extra": 1},
        {"attributed_to": ["a", {"source": "b", "mode": "own"}]},
        {"attributed_to": [{"source": "b", "mode": "x"}]},
    ],
)
def test_schema_and_reader_agree(changes: dict[str, Any]) -> None:
    document = {"claimtrack": 1, "claims": [CLAIM | changes]}
    accepted = not read_document("f", json.dumps(document).encode()).problems.count
    schema = json_schema()
    assert jsonschema.Draft202012Validator(schema).is_valid(document) is accepted
    line = {"$ref": "#/$defs/Line", "$defs": schema["$defs"]}
    entry = {"type": "claim"} | CLAIM | changes
    assert jsonschema.Draft202012Validator(line).is_valid(entry) is accepted
