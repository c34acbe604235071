"""Build statements by hand, from words that are read as an import would read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimtrack.domain.case import Claim, Groups, Metric, Question
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.finding import Statement
from claimtrack.domain.identity import digest
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord, Link
from claimtrack.domain.value import Kind
from claimtrack.findings.fairness import Scale

METRICS: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric("killed", "killed", Kind.COUNT, monotone=True, cumulative=True),
        Metric("wounded", "wounded", Kind.COUNT, monotone=True, cumulative=True),
        Metric(
            "casualties", "casualties", Kind.COUNT, monotone=True, cumulative=True,
            sum_of=("killed", "wounded"),
        ),
        Metric("losses", "losses", Kind.COUNT, sum_of=("casualties", "captured")),
        Metric("captured", "captured", Kind.COUNT),
        Metric("rank", "rank", Kind.COUNT),
        Metric("participation", "took part", Kind.TRUTH_VALUE, monotone=True),
        Metric("date", "date", Kind.DATE),
        Metric("duration", "duration", Kind.DURATION, unit="hours"),
        Metric("weapon", "weapon", Kind.CATEGORY),
    )
}  # fmt: skip
GROUPS = Groups(
    {
        "contractors": frozenset({"russians"}),
        "russians": frozenset({"all"}),
        "syrians": frozenset({"all"}),
    }
)
SCALE = Scale(METRICS, GROUPS)


def say(
    source: str,
    value: object,
    *,
    of: str | None = "contractors",
    metric: str = "killed",
    via: Iterable[str | tuple[str, str]] = (),
    anonymous: Iterable[str] = (),
    denied: bool = False,
    as_of: str | None = None,
    published: str | None = "2018-02-13",
    corrected: bool = False,
    id: str | None = None,
    event: str = "battle",
) -> Statement:
    """A document of `source` states a value; `via` is its chain, a pair names a statement."""
    asked = METRICS[metric]
    read = read_value(value, kind=asked.kind, unit=asked.unit, lexicon=default_lexicon())
    content = (event, metric, of, denied, as_of, read.lower, read.upper, read.category)
    name = "c" + digest([*content, read.is_unknown])
    days = read_edtf(as_of) if as_of else None
    claim = Claim(name, Question(event, metric, of), read, denied, days)
    unnamed = set(anonymous)
    pairs = [link if isinstance(link, tuple) else (link, None) for link in via]
    chain = tuple(Link(who, who.title(), "quotes", who in unnamed, up) for who, up in pairs)
    text = read.text
    assertion = Assertion(
        id=id or "a" + digest([source, published, name, pairs]),
        document=f"{source}-{published}",
        title=None,
        published=published,
        url=None,
        source=source,
        source_name=source.title(),
        source_anonymous=source in unnamed,
        chain=chain,
        quote=text,
        text=text,
        hedge=read.hedge.value,
        rule=read.rule,
        lexicon="",
        superseded_by="later" if corrected else None,
    )
    record = ClaimRecord(
        id=name,
        event=event,
        event_title=event,
        metric=metric,
        metric_name=asked.name,
        unit=asked.unit,
        group=of,
        group_name=of,
        stance="denies" if denied else "asserts",
        as_of=as_of,
        value=read,
        contradicted=False,
        assertions=(assertion,),
    )
    return Statement(record, assertion, claim)


def contradiction(*statements: Statement, rule: str = "disjoint") -> ContradictionRecord:
    """A kept contradiction of the claims of these statements."""
    claims = tuple(said.record for said in statements)
    name = "k" + digest([claim.id for claim in claims])
    return ContradictionRecord(id=name, event="battle", rule=rule, severity=0.5, claims=claims)
