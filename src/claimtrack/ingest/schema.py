"""The JSON Schema (draft 2020-12) of what can be imported."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from claimtrack.ingest.entries import ENTRIES, ImportFile

_REF = "#/$defs/{model}"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Describe a document; `$defs/Line` describes one line of JSON Lines.

    The models are the only source, so that what is published is what is checked.
    """
    models: list[Any] = [(model, "validation") for model in (ImportFile, *ENTRIES)]
    _, shared = models_json_schema(models, ref_template=_REF)
    definitions: dict[str, Any] = shared["$defs"]
    document = definitions.pop("ImportFile")
    for model in ENTRIES:
        definitions[model.__name__]["title"] = f"{model.type} entry"
    definitions["Line"] = _line(definitions)
    titles = {"$schema": _DIALECT, "title": "claimtrack import file"}
    return titles | {k: v for k, v in document.items() if k != "title"} | {"$defs": definitions}


def _line(definitions: dict[str, Any]) -> dict[str, Any]:
    """Describe a line: any entry, with its type in front."""
    return {
        "title": "One line of JSON Lines",
        "description": "An entry with its type.",
        "oneOf": [_typed(model.type, definitions[model.__name__]) for model in ENTRIES],
    }


def _typed(kind: str, definition: dict[str, Any]) -> dict[str, Any]:
    properties = {"type": {"const": kind}} | definition["properties"]
    required = ["type", *definition.get("required", [])]
    return definition | {"properties": properties, "required": required}
