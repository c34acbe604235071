"""`claimtrack schema`: the import format as JSON Schema."""

from __future__ import annotations

from typing import Annotated

import typer


def schema(
    lines: Annotated[
        bool, typer.Option("--lines", help="The schema of an entry of JSON Lines.")
    ] = False,
) -> None:
    """Print the JSON Schema of the import file.

    Example: claimtrack schema > claimtrack.schema.json
    """
    from claimtrack.cli import output
    from claimtrack.ingest.schema import json_schema, line_schema
    from claimtrack.report.formats import as_json

    output.write(as_json(line_schema() if lines else json_schema()))
