"""Match the words of a sentence with metrics and with groups, by their names.

Only what a sentence plainly says is matched: "Russian mercenaries" is not the group
"Russians", since who is meant may be fewer. What does not match is an error that names
what might be meant; a person then says it with `--metric` and `--group`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.sentences import find_counts
from claimtrack.domain.value import Value
from claimtrack.errors import UnreadableValue

LONGEST = 5_000
"""Characters of what is read as one sentence; more is an article, to be checked in pieces."""

Names = Mapping[str, str]
"""Names as people read them, by id."""

METRIC_WORDS: Mapping[str, tuple[str, ...]] = {
    "killed": ("killed", "dead", "died", "die", "deaths", "perished", "slain", "fatalities"),
    "wounded": ("wounded", "injured", "hurt", "injuries", "wounds"),
    "captured": ("captured", "prisoners", "prisoner"),
    "missing": ("missing", "unaccounted"),
    "casualties": ("casualties", "losses"),
}
"""Words for our own metrics beside their names; a user's metric goes by its name and id."""

_WORD = re.compile(r"[^\W_][\w.'’]*|[,;:()]")
_DENIAL = re.compile(
    r"\b(?:not|never|denies|denied|deny|denying|without)\b|n['’]t\b", re.IGNORECASE
)
_LEADING = frozenset(("of", "the", "its", "their", "our"))
_PEOPLE = frozenset(("people", "persons", "men", "others"))
_BEHIND_A_NOUN = frozenset(
    "were was are is be been being had have has did do may might could would will who whom that"
    " which in at on by from near during after before when and or but as with to while among"
    " mostly including reportedly allegedly".split()
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One count of a sentence: what is counted, of whom, and its value."""

    metric: str
    group: str | None
    value: Value


def read_statements(
    sentence: str,
    lexicon: Lexicon,
    *,
    metrics: Names,
    groups: Names,
    likely: Sequence[str] = (),
    metric: str | None = None,
    group: str | None = None,
) -> list[Statement]:
    """Read what a sentence counts; `metric` and `group` say it where the words do not.

    `metrics` are those that count; `likely` are the groups the event is told about: of
    several groups of one name, the one among them is meant. Raises UnreadableValue, which
    says what could be read.
    """
    if len(sentence) > LONGEST:
        raise UnreadableValue(
            f"the text has {len(sentence):,} characters, too many for a sentence",
            "check it sentence by sentence",
        )
    counts = find_counts(sentence, lexicon)
    if not counts:
        raise UnreadableValue(
            "no count is told in the sentence",
            'a count reads like "More than 200 Russians were killed"; or give --metric and --value',
        )
    rest = sentence
    for begin, end, _ in counts:
        rest = rest[:begin] + " " * (end - begin) + rest[end:]
    if denial := _DENIAL.search(rest):
        raise UnreadableValue(
            f"read {_told(counts)}, but '{denial[0]}' may deny it",
            "say what is denied with --metric, --group, --value and --denied",
        )
    found = []
    for at, (_, end, value) in enumerate(counts):
        until = counts[at + 1][0] if at + 1 < len(counts) else len(sentence)
        since = counts[at - 1][1] if at else 0
        behind, before = (
            _words(sentence[end:until]),
            _words(sentence[since : end - len(value.text)]),
        )
        measured = metric or _find_metric(behind, before, value, metrics)
        counted = group or _find_group(behind, value, metrics, groups, likely)
        found.append(Statement(measured, counted, value))
    return found


def _told(counts: Sequence[tuple[int, int, Value]]) -> str:
    return " and ".join(f"“{value.text}”" for _, _, value in counts)


def _words(text: str) -> list[str]:
    """Cut text into plain words and signs that part clauses; "U.S." is "us"."""
    told = text.casefold().replace("-", " ").replace("–", " ")
    cut = (found.rstrip("'’") for found in _WORD.findall(told))
    return [word.replace(".", "").replace("’", "'") for word in cut if word]


def _metrics_named(word: str, metrics: Names) -> list[str]:
    return [
        id_
        for id_, name in metrics.items()
        if word in (*METRIC_WORDS.get(id_, ()), name.casefold(), id_.casefold())
    ]


def _find_metric(behind: Sequence[str], before: Sequence[str], value: Value, metrics: Names) -> str:
    """Take the first word for a metric behind the count, else the last before it."""
    for word in (*behind, *reversed(before)):
        if named := _metrics_named(word, metrics):
            if len(named) > 1:
                raise UnreadableValue(
                    f"'{word}' may be {' or '.join(named)}", "say which with --metric"
                )
            return named[0]
    raise UnreadableValue(
        f"read “{value.text}”, but not what is counted",
        f"say it with --metric: {', '.join(sorted(metrics))}",
    )


def _find_group(
    behind: Sequence[str], value: Value, metrics: Names, groups: Names, likely: Sequence[str]
) -> str:
    noun = _noun(behind, metrics)
    named = [id_ for id_, name in groups.items() if noun in _variants(id_, name)]
    if len(named) > 1:
        named = [id_ for id_ in named if id_ in likely] or named
    if len(named) == 1:
        return named[0]
    if named:
        raise UnreadableValue(
            f"'{' '.join(noun)}' may be {' or '.join(sorted(named))}", "say which with --group"
        )
    near = _sharing_a_word(noun, groups) or list(likely) or list(groups)
    whom = f"'{' '.join(noun)}' is no group here" if noun else "not of whom"
    raise UnreadableValue(
        f"read “{value.text}”, but {whom}", f"say it with --group: {', '.join(sorted(near))}"
    )


def _noun(behind: Sequence[str], metrics: Names) -> tuple[str, ...]:
    """Take the words from the count up to the verb: "(200) contract soldiers (were killed)"."""
    words = list(behind)
    while words and (words[0] in _LEADING or _metrics_named(words[0], metrics)):
        words.pop(0)
    taken: list[str] = []
    for word in words:
        if word in _BEHIND_A_NOUN or not word[0].isalnum() or _metrics_named(word, metrics):
            break
        taken.append(word)
    return () if taken and set(taken) <= _PEOPLE else tuple(taken)


def _variants(id_: str, name: str) -> set[tuple[str, ...]]:
    """List what a group may be called: its name, what brackets add to it, its id; one or many."""
    bracket = re.search(r"\(([^()]*)\)", name)
    bare = re.sub(r"\([^()]*\)", " ", name)
    forms = [_words(text) for text in (bare, id_, bracket[1] if bracket else "")]
    found: set[tuple[str, ...]] = set()
    for form in forms:
        while form and form[0] in _LEADING:
            form = form[1:]
        if form:
            found |= {(*form[:-1], last) for last in _numbers(form[-1])}
    return found


def _numbers(word: str) -> Iterable[str]:
    """Give a word in the singular and the plural."""
    yield word
    if word.endswith("men"):
        yield word[:-3] + "man"
    elif word.endswith("man"):
        yield word[:-3] + "men"
    elif word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("s"):
        yield word[:-1]
    else:
        yield word + "s"
        if word.endswith("y"):
            yield word[:-1] + "ies"


def _sharing_a_word(noun: Sequence[str], groups: Names) -> list[str]:
    wanted = {form for word in noun for form in _numbers(word)}
    return [
        id_
        for id_, name in groups.items()
        if any(
            wanted & {f for word in form for f in _numbers(word)} for form in _variants(id_, name)
        )
    ]
