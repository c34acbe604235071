"""Read a line that is right in every way at once: decoded, checked and written by pydantic's core.

What it refuses is for the models to read, or to refuse in words: both give the same entries,
which the tests hold them to. It takes three fifths of the time.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import SchemaValidator, core_schema, to_json

from claimtrack.domain.identity import canonical
from claimtrack.ingest.entries import ENTRIES, Entry, plain
from claimtrack.ingest.item import Item, name_item
from claimtrack.ingest.json_text import INT64


def read(name: str, number: int, data: bytes) -> Item | None:
    """Read a line of a file, by its number from 1; None where somebody has to look more closely.

    They have to where a key may be there twice. Then the entry, written again, has fewer colons
    than the bytes; escapes could hide one, so none of those is read here.
    """
    try:
        found = _CHECKER.validate_json(data, strict=True)
    except ValidationError:
        return None
    told, in_order = found, data.count(b"{") == 1
    if not in_order or b"[" in data or "stance" in found or None in found.values():
        told = plain(found)
    value = told.get("value")
    kind = type(value)
    if (kind is int and value not in INT64) or (kind is dict and not _fit(value)):
        return None
    # Keys come in order, but for those of objects within; floats are written as Python does.
    text = to_json(told).decode() if in_order and kind is not float else canonical(told)
    if data.count(b":") - text.count(":") != len(found) - len(told):
        return None
    if b"\\" in data and b"\\u" in data:
        return None
    return name_item(told.pop("type"), told, text, name, number)


def _fit(ends: dict[str, Any]) -> bool:
    """Whether the whole numbers among these have 64 bits at most."""
    return all(type(end) is not int or end in INT64 for end in ends.values())


def _described(model: type[Entry]) -> core_schema.TypedDictSchema | None:
    """Describe the fields of a model, its type among them, in the order of their names.

    None where the model has rules between fields, or pydantic describes it in another way.
    """
    match model.__pydantic_core_schema__:
        case {"type": "model", "schema": {"type": "model-fields", "fields": described}}:
            pass
        case _:
            return None
    fields = {"type": core_schema.typed_dict_field(core_schema.literal_schema([model.type]))}
    for name, field in described.items():
        optional = field["schema"]["type"] == "default"
        given = field["schema"]["schema"] if optional else field["schema"]
        fields[name] = core_schema.typed_dict_field(given, required=not optional)
    in_order = {name: fields[name] for name in sorted(fields)}
    return core_schema.typed_dict_schema(in_order, extra_behavior="forbid")


_CHECKER = SchemaValidator(
    core_schema.tagged_union_schema(
        {model.type: fields for model in ENTRIES if (fields := _described(model))},
        discriminator="type",
    ),
)
