"""`claimtrack schema`: the import format as JSON Schema."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of the import file; `$defs/Line` is an entry of JSON Lines.

    Example: claimtrack schema > claimtrack.schema.json
    """
    from claimtrack.cli import output
    from claimtrack.ingest.schema import json_schema
    from claimtrack.report.formats import as_json

    output.write(as_json(json_schema()))
