"""Claims made for pictures: any interval, any hedge, names of any script."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

from hypothesis import strategies as st

from claimtrack.domain.record import Assertion, ClaimRecord, Link
from claimtrack.domain.value import Hedge, Kind, Value

NAMES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "Reuters", "قُتل أكثر من مئتين", "新华社通讯员", "אל ג'זירה", "a" * 200,
            "字" * 90, "e\u0301" * 50, "مراسل 200 (ب)",
            "an\tofficial\x1b[31m", "two of the Russians",
        ]
    ),
)  # fmt: skip


def report(id_="r-1", name="Reuters", published="2018-02-08", chain=(), superseded_by=None):
    """Make a report; the chain names those it relies on, the nearest first."""
    links = tuple(Link(n.lower(), n, "quotes", False, None) for n in chain)
    return Assertion(
        id=id_, document=f"doc-{id_}", title=None, published=published, url=None,
        source=name.lower(), source_name=name, source_anonymous=False, chain=links, quote=None,
        text="about 100", hedge="approximate", rule="", lexicon="", superseded_by=superseded_by,
    )  # fmt: skip


def claim(
    lower, upper, hedge=Hedge.EXACT, *, id_="c-1", text=None, kind=Kind.COUNT, denied=False,
    contradicted=False, reports=None, group="everyone", metric="killed", category=None,
):  # fmt: skip
    """Make a claim on who was killed in a battle."""
    value = Value(kind, lower, upper, text or f"{lower} to {upper}", hedge, "", category=category)
    return ClaimRecord(
        id=id_, event="battle", event_title="Battle", metric=metric, metric_name=metric, unit=None,
        group=group, group_name=group and group.capitalize(),
        stance="denies" if denied else "asserts", as_of=None, value=value,
        contradicted=contradicted, assertions=tuple(reports or (report(),)),
    )  # fmt: skip


@dataclass
class Panel:
    """A panel as the comparing service gives it, as far as pictures look at it."""

    claims: list
    event_title: str = "Battle"
    metric_name: str = "killed"
    contradictions: list = field(default_factory=list)

    @property
    def questions(self):
        found = {}
        for each in self.claims:
            found.setdefault(each.group, []).append(each)
        return [SimpleNamespace(claims=members) for members in found.values()]


DAYS = st.none() | st.sampled_from(["2018", "2018-02", "2018-02-08", "2018-02-07/2018-03-03"])


@st.composite
def reports(draw, id_):
    return report(
        id_, draw(NAMES), draw(DAYS), draw(st.lists(NAMES, max_size=2)),
        draw(st.sampled_from([None, None, "r-0-0"])),
    )  # fmt: skip


@st.composite
def claims(draw, at):
    """Draw a claim of any interval, hedge, stance and teller."""
    size = draw(st.sampled_from([3, 1000, 10**9, 2**62]))
    lower, upper = sorted(draw(st.tuples(*[st.integers(0, size)] * 2)))
    hedge = draw(st.sampled_from(list(Hedge)))
    ends = draw(st.sampled_from(["both", "both", "lower", "upper", "none"]))
    if hedge is Hedge.UNKNOWN or ends in ("upper", "none"):
        lower = None
    if hedge is Hedge.UNKNOWN or ends in ("lower", "none"):
        upper = None
    told = [draw(reports(f"r-{at}-{n}")) for n in range(draw(st.integers(1, 3)))]
    return claim(
        lower, upper, hedge, id_=f"c-{at}", text=draw(NAMES), denied=draw(st.booleans()),
        contradicted=draw(st.booleans()), reports=told,
        group=draw(st.sampled_from(["everyone", "crew", None])),
    )  # fmt: skip


@st.composite
def cases(draw):
    """Draw some claims on one metric."""
    return [draw(claims(at)) for at in range(draw(st.integers(1, 6)))]
