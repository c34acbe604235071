"""Say in plain English what pydantic found, and what would be right."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from claimtrack.ingest.entries import LinkEntry, ValueBounds
from claimtrack.ingest.places import PathParts, advice, meant, one_of, shown

Finding = tuple[PathParts, str, str]
"""The path within the entry, the sentence, the remedy."""

_ID = "lower-case letters, digits, '-' and '_', at most 200 characters"
_BOUNDS = 'bounds such as {"min": 200, "max": 300}'
_CHOICES = {
    "value": (
        "a number, words in quotes, true or false, or bounds",
        f'write 3, "dozens" or {_BOUNDS}',
    ),
    "bound": ("a number or words in quotes", "leave out an end that is not known"),
    "link": (
        "the id of a source, or an object with one",
        'write "gazette" or {"source": "gazette", "mode": "quotes"}',
    ),
}


def findings(error: ValidationError, model: type[BaseModel], data: object) -> Iterator[Finding]:
    """Translate every error of one entry; where several shapes are allowed, tell of one.

    Pydantic reports each alternative of a union. The alternative that was meant shows in
    the data: an object means the object form, anything else the plain form.
    """
    for detail in error.errors(include_url=False):
        path, choice, branch = _located(detail["loc"])
        if choice is None:
            yield path, *_sentence(detail, path, None, model)
        elif _told(choice[0], branch, _at(data, path[: choice[1]])):
            yield path, *_sentence(detail, path, choice[0], model)


def _told(union: str, branch: str, given: object) -> bool:
    if isinstance(given, dict) and union in _OBJECTS:
        return _OBJECTS[union] in branch
    return _is_text(branch)


def _is_text(branch: str) -> bool:
    return branch in ("str", "constrained-str")


def _located(loc: tuple[str | int, ...]) -> tuple[PathParts, tuple[str, int] | None, str]:
    """Split pydantic's location: the path in the data, the union and its depth, the branch."""
    path: list[str | int] = []
    choice, branch = None, ""
    for part in loc:
        union = _union(path)
        if union is not None and choice != (union, len(path)):
            choice, branch = (union, len(path)), str(part)
        else:
            path.append(part)
    return tuple(path), choice, branch


def _union(path: list[str | int]) -> str | None:
    if path == ["value"]:
        return "value"
    if len(path) == 2 and path[0] == "value":
        return "bound" if path[1] in ("min", "max", "best") else None
    return "link" if len(path) == 2 and path[0] == "attributed_to" else None


def _at(data: Any, path: PathParts) -> Any:
    for part in path:
        data = data[part]
    return data


def _sentence(
    detail: ErrorDetails, path: PathParts, union: str | None, model: type[BaseModel]
) -> tuple[str, str]:
    """Pick the sentence of one error."""
    found, given = detail["type"], detail["input"]
    if found == "string_type" and union is not None and len(path) == _UNION_DEPTH[union]:
        wanted, hint = _CHOICES[union]
        return f"must be {wanted}, not {described(given)}", hint
    if found == "extra_forbidden":
        return _unknown_key(path, _model_at(path, model))
    if found == "missing":
        return f"the key {shown(str(path[-1]))} is missing", f'add "{path[-1]}": …'
    if found == "literal_error":
        return _not_a_choice(detail, str(path[-1]))
    writer = _WRITERS.get(found)
    if writer is None:
        return f"{described(given)} cannot stand here", "see the JSON Schema: claimtrack schema"
    return writer(given, path)


_OBJECTS = {"value": "ValueBounds", "link": "LinkEntry"}
_UNION_DEPTH = {"value": 1, "bound": 2, "link": 2}


def _model_at(path: PathParts, model: type[BaseModel]) -> type[BaseModel]:
    if len(path) == 3 and path[0] == "attributed_to":
        return LinkEntry
    return ValueBounds if len(path) == 2 and path[0] == "value" else model


def _unknown_key(path: PathParts, model: type[BaseModel]) -> tuple[str, str]:
    key = str(path[-1])
    near = meant(key, model.model_fields)
    hint = f"did you mean '{near}'?" if near else f"the keys are {_listed(model)}"
    return f"unknown key {shown(key)}", hint


def _listed(model: type[BaseModel]) -> str:
    *first, last = model.model_fields
    return f"{', '.join(first)} and {last}"


def _not_a_choice(detail: ErrorDetails, key: str) -> tuple[str, str]:
    given = detail["input"]
    choices = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
    choices = [word for word in choices if word != "truth value"]
    if isinstance(given, str):
        return f"{shown(given)} is no {key} that is known", advice(given, choices)
    return f"must be text, not {described(given)}", f"use {one_of(choices)}"


def _bad_pattern(given: Any, path: PathParts) -> tuple[str, str]:
    if path[-1] == "sha256":
        return f"{shown(given)} is not a SHA-256", "write 64 digits and letters a to f, lower-case"
    if not given:
        return "an id cannot be empty", f"an id has {_ID}"
    if len(given) > 200:
        return "an id cannot be longer than 200 characters", f"an id has {_ID}"
    better = re.sub(r"[^a-z0-9_]+", "-", given.lower()).strip("-")[:200]
    example = f", for example '{better}'" if better else ""
    return f"{shown(given)} cannot be an id", f"an id has {_ID}{example}"


def _plain(wanted: str, hint: str) -> Callable[[Any, PathParts], tuple[str, str]]:
    return lambda given, path: (f"must be {wanted}, not {described(given)}", hint)


_WRITERS: dict[str, Callable[[Any, PathParts], tuple[str, str]]] = {
    "string_type": _plain("text in quotes", "put it in double quotes"),
    "bool_type": _plain("true or false", "write true or false without quotes"),
    "tuple_type": _plain("a list", 'put it in square brackets: ["…"]'),
    "model_type": _plain("an object", 'write {"key": value, …}'),
    "dict_type": _plain("an object", 'write {"key": value, …}'),
    "string_pattern_mismatch": _bad_pattern,
    "string_too_short": lambda given, path: ("must not be empty", "write it out, or leave it out"),
    "no_count": lambda given, path: (
        "only a count can be said to grow or fall",
        'leave out "cumulative", or let the kind be "count"',
    ),
    "no_bounds": lambda given, path: (
        "the bounds have neither min, max nor best",
        'give one of them, or write the words: "value": "dozens"',
    ),
}


def described(given: object) -> str:
    """Name a JSON value as people do: 'a list', 'the number 3'."""
    if given is None:
        return "null"
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, float) and not math.isfinite(given):
        return "a number too large to keep"
    if isinstance(given, (int, float)):
        return f"the number {given}"
    if isinstance(given, str):
        return f"the text {shown(given)}" if given else "an empty text"
    return "a list" if isinstance(given, list) else "an object"
