"""The entries of an import file, as pydantic models: shape and grammar, no meaning.

What an entry names is looked up, and what its words and dates mean is read, by those who
know the database and the lexicon. Everything is strict: `"3"` is words and 3 is a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

ItemT = TypeVar("ItemT")

Slug = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,200}$", description="An id.")]
Words = Annotated[str, Field(min_length=1)]
Many = Annotated[tuple[ItemT, ...], Field(strict=False)]
Bound = Annotated[int | Annotated[float, Field(allow_inf_nan=False)] | Words | None, Field()]
Edtf = Annotated[
    str, Field(description="A date as exact as is known (EDTF): 2018, 2018-02 or 2018-02-08.")
]

Stance = Literal["asserts", "denies"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
MetricKind = Literal[
    "count", "date", "duration", "distance", "truth_value", "category", "truth value"
]
SourceKind = Literal[
    "news",
    "agency",
    "government",
    "military",
    "official",
    "witness",
    "ngo",
    "academic",
    "book",
    "reference",
    "blog",
    "social",
    "company",
    "other",
]
Mode = Literal[
    "own", "quotes", "paraphrases", "translates", "cites", "syndicates", "unattributed", "unknown"
]


def _underscored(kind: str) -> str:
    return kind.replace(" ", "_")


class Strict(BaseModel):
    """Refuse unknown keys and wrong types; never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def plain(self) -> dict[str, Any]:
        """Give what is told as plain data."""
        return plain(self.__dict__)


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give checked fields as plain data, without what is null, empty or the default stance.

    No other default is told. What says the same in different ways gives equal data.
    """
    told = {
        key: value if type(value) is str else _plain(value)
        for key, value in fields.items()
        if value is not None and value != ()
    }
    if told.get("stance") == "asserts":
        del told["stance"]
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(part) for part in value)
    return value.plain() if isinstance(value, Strict) else value


class Entry(Strict):
    """One thing an import file tells."""

    type: ClassVar[str]
    list_key: ClassVar[str]


class EventEntry(Entry):
    """What happened: a title, an uncertain date, a place."""

    type = "event"
    list_key = "events"

    id: Slug
    title: Words
    date: Edtf | None = None
    place: str | None = None


class GroupEntry(Entry):
    """The people or things counted."""

    type = "group"
    list_key = "groups"

    id: Slug
    name: Words
    part_of: Many[Slug] | None = Field(
        default=None, description="Groups that contain this one whole."
    )
    disjoint_with: Many[Slug] | None = Field(
        default=None, description="Groups that have no member in common with this one."
    )


class MetricEntry(Entry):
    """What is measured. The usual metrics are built in."""

    type = "metric"
    list_key = "metrics"

    id: Slug
    name: Words | None = None
    kind: Annotated[MetricKind, AfterValidator(_underscored)]
    unit: str | None = None
    sum_of: Many[Slug] | None = Field(
        default=None, description="Metrics of which this one is the sum."
    )
    at_most: Slug | None = Field(
        default=None,
        description="A metric that counts of this one cannot exceed: killed, force_size.",
    )
    cumulative: bool | None = Field(
        default=None,
        description="Of a count: true where it only grows, as tolls do; false where it may fall, as"
        " a crowd does. Left out: true, but for missing and force_size.",
    )

    @model_validator(mode="after")
    def _only_counts_grow(self) -> MetricEntry:
        if self.cumulative is not None and self.kind != "count":
            raise PydanticCustomError("no_count", "says of no count that it grows")
        return self


class SourceEntry(Entry):
    """Whoever can say something: an outlet, an agency, a person."""

    type = "source"
    list_key = "sources"

    id: Slug
    name: Words
    kind: SourceKind | None = None
    reliability: Reliability | None = Field(
        default=None,
        description="The Admiralty letter: A completely reliable … F cannot be judged.",
    )
    anonymous: bool | None = Field(default=None, description="Whether the source is unnamed.")
    draws_on: Many[Slug] | None = Field(
        default=None, description="Sources or documents that this source depends on."
    )


class DocumentEntry(Entry):
    """One published work of a source."""

    type = "document"
    list_key = "documents"

    id: Slug
    source: Slug
    title: str | None = None
    published: Edtf | None = None
    retrieved: Edtf | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    sha256: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{64}$", description="The fingerprint of its text."
    )
    draws_on: Many[Slug] | None = Field(
        default=None, description="Sources or documents that this document depends on."
    )


class LinkEntry(Strict):
    """One step of a chain of attribution, with how it was relayed."""

    source: Slug
    mode: Mode | None = None
    claim: Slug | None = Field(default=None, description="The id of the assertion relied on.")


class ValueBounds(Strict):
    """A value by its bounds, either of which may be missing."""

    min: Bound = None
    max: Bound = None
    best: Bound = None
    text: str | None = Field(default=None, description="The words used.")

    @model_validator(mode="after")
    def _needs_a_bound(self) -> ValueBounds:
        if self.min is None and self.max is None and self.best is None:
            raise PydanticCustomError("no_bounds", "has none of min, max and best")
        return self


class ClaimEntry(Entry):
    """One document stating one claim: an assertion."""

    type = "claim"
    list_key = "claims"

    id: Slug | None = None
    event: Slug
    document: Slug
    metric: Slug
    group: Slug | None = None
    value: bool | int | Annotated[float, Field(allow_inf_nan=False)] | Words | ValueBounds = Field(
        description="A number, words (“more than 200”), true or false, or bounds."
    )
    stance: Stance | None = None
    attributed_to: Many[Slug | LinkEntry] | None = Field(
        default=None, description="The chain from the document outwards; the last is the origin."
    )
    quote: str | None = None
    as_of: Edtf | None = None
    supersedes: Slug | None = Field(
        default=None,
        description="The id of an earlier entry of the same source that this one corrects.",
    )


class ImportFile(Strict):
    """A file for `claimtrack import`. Every list may be absent."""

    claimtrack: Literal[1] = Field(description="The version of this format.")
    events: list[EventEntry] = []
    groups: list[GroupEntry] = []
    metrics: list[MetricEntry] = []
    sources: list[SourceEntry] = []
    documents: list[DocumentEntry] = []
    claims: list[ClaimEntry] = []


ENTRIES: tuple[type[Entry], ...] = (
    EventEntry,
    GroupEntry,
    MetricEntry,
    SourceEntry,
    DocumentEntry,
    ClaimEntry,
)
BY_TYPE = {entry.type: entry for entry in ENTRIES}
BY_LIST = {entry.list_key: entry for entry in ENTRIES}
VERSION = 1
