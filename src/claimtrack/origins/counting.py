"""Count independent origins: ten papers carrying one agency report are one witness.

The rules of this project: two reports are independent only if their origins differ and
neither rests on the other, by its chain or by what is stated of its document or its source
(`draws_on`). The count is a range. Its least is the largest set of reports that are
certainly independent of each other, and one where nothing is certain; its most is the
largest set that may be. Certain is an origin with a name that tells what it knows. What is
doubtful raises only the most:

- an origin without a name, or one that the document did not state;
- a chain that runs in a circle or is contradicted by a report it relies on;
- words that the origin, or somebody on the way from it, has since corrected;
- a source's own words where it is also seen to pass on the word of others, unless the
  report says that it saw for itself (mode `own`);
- a named origin that is quoted by a document which is stated to draw on the other.

Own words of a document that is stated to draw on the other are dependent, and so are own
words of two where all that the one draws on the other draws on too; where what they draw on
overlaps only in part, they may be independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from claimtrack.domain.testimony import (
    Because,
    Dependences,
    Node,
    Origin,
    OriginCount,
    Reason,
    Standing,
    Testimony,
)
from claimtrack.origins.following import End, Record, origin_of
from claimtrack.origins.independent_sets import largest_independent

COMPARED = 400
"""Reports that differ in what they rest on, compared with each other at most; beyond this
the least counts only those of which nothing else is stated, the most every origin."""

Pairs = frozenset[frozenset[str]]


class Tie(IntEnum):
    """How two reports are tied."""

    FREE = 0
    MAYBE = 1
    DEPENDENT = 2


Ties = Mapping[tuple[int, int], Tie]
"""The ties between two reports that are not free of each other, by their places: the later one
first."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Reports that are alike in all that the count looks at."""

    key: tuple[str, ...]
    end: End
    doubts: tuple[Reason, ...]
    path: frozenset[Node]
    basis: frozenset[Node]
    passage: frozenset[Node]
    reports: tuple[str, ...]


def count_origins(
    testimonies: Iterable[Testimony],
    dependences: Dependences,
    *,
    known: Iterable[Testimony] = (),
    also_dependent: Pairs = frozenset(),
) -> OriginCount:
    """Count the reports and the independent origins that they go back to.

    `known` are reports that are not counted but through which chains may lead;
    `also_dependent` holds pairs of sources to be treated as one depending on the other.
    Corrected reports do not count. Nothing to count gives 0 of 0. The number found is exact
    unless the result says otherwise.
    """
    counted = sorted((t for t in testimonies if not t.corrected), key=lambda t: t.id)
    record = Record.of((*known, *counted), dependences)
    return count_in(record, counted, also_dependent=also_dependent)


def count_in(
    record: Record, counted: Sequence[Testimony], *, also_dependent: Pairs = frozenset()
) -> OriginCount:
    """Count as `count_origins` does, in a record that serves several counts."""
    counted = [one for one in counted if not one.corrected]
    voices = _voices(counted, record)
    if len(voices) > COMPARED:
        return _bounded(len(counted), voices, also_dependent)
    ties = _ties(voices, also_dependent)
    certain = [at for at, voice in enumerate(voices) if not voice.doubts]
    sure, least = largest_independent(_graph(certain, ties, Tie.MAYBE))
    possible, most = largest_independent(_graph(range(len(voices)), ties, Tie.DEPENDENT))
    origins = _origins(voices, sure, possible, ties, also_dependent)
    return OriginCount(
        reports=len(counted),
        least=max(len(sure), min(1, len(voices))),
        most=most,
        origins=origins,
        exact=len(sure) == least and len(possible) == most,
    )


def count_certain(record: Record, counted: Sequence[Testimony]) -> int:
    """Count the least that `count_in` would give, without the most and the reasons."""
    if not record.dependences.draws_on:
        return _count_free([one for one in counted if not one.corrected], record)
    voices = _voices([one for one in counted if not one.corrected], record)
    if len(voices) > COMPARED:
        return _bounded(len(counted), voices, frozenset()).least
    certain = [voice for voice in voices if not voice.doubts]
    ties = _ties(certain, frozenset())
    sure, _ = largest_independent(_graph(range(len(certain)), ties, Tie.MAYBE))
    return max(len(sure), min(1, len(voices)))


def _count_free(counted: Sequence[Testimony], record: Record) -> int:
    """Count the certain origins where nobody is stated to draw on anybody: each differs."""
    ends = [origin_of(testimony, record) for testimony in counted]
    relayed = {
        node.id for end in ends for node in end.path if node.kind == "source" and node.id != end.key
    }
    certain = {
        end.key
        for end in ends
        if not end.doubts and (end.key not in relayed or end.first_hand is Because.OWN_OBSERVATION)
    }
    return max(len(certain), min(1, len(ends)))


def _voices(counted: Sequence[Testimony], record: Record) -> list[_Voice]:
    """Join reports that no rule tells apart; what nobody draws on is left out of paths."""
    ends = [origin_of(testimony, record) for testimony in counted]
    drawn_on = frozenset().union(*(some for end in ends for some in (end.basis, end.passage)))
    relayed = _relayed(ends)
    joined: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, end in enumerate(ends):
        doubts = (*end.doubts, *_relays_others(end, relayed))
        path = end.path & drawn_on
        joined[_key(end), doubts, path, end.basis, end.passage].append(at)
    return [
        _Voice(
            _key(ends[members[0]]),
            ends[members[0]],
            (*ends[members[0]].doubts, *_relays_others(ends[members[0]], relayed)),
            ends[members[0]].path & drawn_on,
            ends[members[0]].basis,
            ends[members[0]].passage,
            tuple(counted[at].id for at in members),
        )
        for members in joined.values()
    ]


def _key(end: End) -> tuple[str, ...]:
    """Name the origin so that no source and no circle are taken for each other."""
    return ("circle", end.name) if end.key is None else ("source", end.key)


def _relayed(ends: Sequence[End]) -> dict[str, dict[str, str]]:
    """Say of each source on a way whose word it passes on: the origins and their names."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for end in ends:
        for node in end.path:
            if node.kind == "source" and node.id != end.key:
                found[node.id][end.key or end.name] = end.name
    return found


def _relays_others(end: End, relayed: dict[str, dict[str, str]]) -> tuple[Reason, ...]:
    others = relayed.get(end.key or "")
    if not others or end.first_hand is Because.OWN_OBSERVATION:
        return ()
    return (Reason(Because.RELAYS_OTHERS, tuple(others[key] for key in sorted(others))),)


def _ties(voices: Sequence[_Voice], also_dependent: Pairs) -> Ties:
    """Give all ties but the free: of those that have a source or a document in common."""
    having: dict[object, list[int]] = defaultdict(list)
    suspected: dict[str, list[frozenset[str]]] = defaultdict(list)
    for pair in also_dependent:
        for source in pair:
            suspected[source].append(pair)
    for at, voice in enumerate(voices):
        for one in {voice.key, *voice.path, *voice.basis, *voice.passage}:
            having[one].append(at)
        for pair in suspected.get(voice.end.key or "", ()):
            having[pair].append(at)
    together = {
        (one, other) for members in having.values() for other, one in combinations(members, 2)
    }
    found = ((pair, _tie(voices[pair[0]], voices[pair[1]], also_dependent)) for pair in together)
    return dict(sorted((pair, tie) for pair, tie in found if tie is not Tie.FREE))


def _tie(one: _Voice, other: _Voice, also_dependent: Pairs) -> Tie:
    if one.key == other.key:
        return Tie.DEPENDENT
    if one.end.key and other.end.key and frozenset((one.end.key, other.end.key)) in also_dependent:
        return Tie.DEPENDENT
    if one.basis & other.path or other.basis & one.path:
        return Tie.DEPENDENT
    shared = one.basis & other.basis
    if shared and (one.basis <= other.basis or other.basis <= one.basis):
        return Tie.DEPENDENT
    if shared or one.passage & other.path or other.passage & one.path:
        return Tie.MAYBE
    return Tie.FREE


def _graph(members: Iterable[int], ties: Ties, least: Tie) -> dict[int, set[int]]:
    graph: dict[int, set[int]] = {at: set() for at in members}
    for (one, other), tie in ties.items():
        if tie >= least and one in graph and other in graph:
            graph[one].add(other)
            graph[other].add(one)
    return graph


def _origins(
    voices: Sequence[_Voice],
    sure: frozenset[int],
    possible: frozenset[int],
    ties: Ties,
    also_dependent: Pairs,
) -> tuple[Origin, ...]:
    """Say of each origin what it adds: the certain first, then what may be, then the rest."""
    together: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, voice in enumerate(voices):
        together[voice.key].append(at)
    of_voice: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in ties:
        for at in pair:
            of_voice[at].append(pair)
    found = []
    for members in together.values():
        standing = Standing.DEPENDENT
        if not possible.isdisjoint(members):
            standing = Standing.POSSIBLE
        if not sure.isdisjoint(members):
            standing = Standing.CERTAIN
        tied = sorted(pair for at in members for pair in of_voice[at])
        reasons = _reasons(members, voices, tied, also_dependent)
        end = voices[members[0]].end
        reports = tuple(sorted(id_ for at in members for id_ in voices[at].reports))
        found.append(Origin(end.key, end.name, standing, reports, reasons))
    order = list(Standing)
    found.sort(key=lambda origin: (order.index(origin.standing), origin.name, origin.source or ""))
    return tuple(found)


def _reasons(
    members: Sequence[int],
    voices: Sequence[_Voice],
    tied: Iterable[tuple[int, int]],
    also_dependent: Pairs,
) -> tuple[Reason, ...]:
    """Collect why an origin counts: its best report's reasons, then what ties it to others."""
    best = min((voices[at] for at in members), key=lambda voice: len(voice.doubts))
    found = list(best.doubts) or [Reason(best.end.first_hand)]
    others: dict[Because, dict[str, None]] = defaultdict(dict)
    inside = set(members)
    for at, by in tied:
        if (at in inside) is (by in inside):
            continue
        one, other = (voices[at], voices[by]) if at in inside else (voices[by], voices[at])
        because = _because(one, other, also_dependent)
        if because is not None:
            others[because][other.end.name] = None
    found += [Reason(because, tuple(sorted(names))) for because, names in others.items()]
    return tuple(found)


def _because(one: _Voice, other: _Voice, also_dependent: Pairs) -> Because | None:
    """Say what ties the first to the second; None where it is the second that draws on it."""
    if one.end.key and other.end.key and frozenset((one.end.key, other.end.key)) in also_dependent:
        return Because.SUSPECTED
    if one.basis & other.path:
        return Because.DRAWS_ON
    if one.basis & other.basis:
        return Because.SHARES_BASIS
    return Because.PASSED_BY if one.passage & other.path else None


def _bounded(reports: int, voices: Sequence[_Voice], also_dependent: Pairs) -> OriginCount:
    """Count without comparing all with all: the plainly free, and every origin."""
    suspected = {("source", source) for pair in also_dependent for source in pair}
    together: dict[tuple[str, ...], list[_Voice]] = defaultdict(list)
    for voice in voices:
        together[voice.key].append(voice)
    free = {v.key for v in voices if not (v.doubts or v.basis or v.passage or v.path)} - suspected
    origins = tuple(
        Origin(
            members[0].end.key,
            members[0].end.name,
            Standing.CERTAIN if key in free else Standing.POSSIBLE,
            tuple(sorted(id_ for voice in members for id_ in voice.reports)),
            members[0].doubts or (Reason(members[0].end.first_hand),),
        )
        for key, members in together.items()
    )
    return OriginCount(reports, max(1, len(free)), len(together), origins, exact=False)
