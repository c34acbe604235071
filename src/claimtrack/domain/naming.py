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
from claimtrack.domain.numbers import FRACTION_WORDS
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
    r"\b(?:not|never|neither|nor|denies|denied|deny|denying|without|unlikely|false|untrue|hardly"
    r"|barely|almost|nearly|practically|virtually)\b|n['’]t\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?:twice|double|thrice|{'|'.join(sorted(FRACTION_WORDS))})\s+(?:the\s+)?$", re.IGNORECASE
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:daily|weekly|monthly|hourly|(?:a|per|each|every) (?:hour|day|night|week|month|year))\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[a-z]{3})[.!?](?=\s|$)")
_WORDS_BEGIN = re.compile(r"(?<![^\s,;(])[a-z]")
_LEADING = frozenset(("of", "the", "its", "their", "our"))
_JOINING = frozenset(("and", "or", ","))
_CLAUSE = frozenset((",", ";", ":", "(", ")", "and", "but", "or", "while"))
_PART = re.compile(
    r"(?:\b(?:most|many|some|several|few|majority|minority|part|percent|cent|bulk|rest|share"
    rf"|{'|'.join(sorted(FRACTION_WORDS))})|%|(?P<count>^))"
    r"\s+of(?:\s+(?:the|these|those|its|their|our|all))*\s+$",
    re.IGNORECASE,
)
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
    since = 0
    for at, (begin, end, value) in enumerate(counts):
        last = at + 1 == len(counts)
        until = len(sentence) if last else counts[at + 1][0]
        between, following = sentence[since:begin], sentence[end:until]
        _refuse_part(between, value, after_count=bool(at))
        _refuse_hedged(following, value, lexicon)
        before = _words(_STOP.split(between)[-1])
        behind = _words(_STOP.split(following, maxsplit=1)[0])
        closed = last or bool(_STOP.search(following))
        if _BY.search(between):
            raise UnreadableValue(
                f"read “{value.text}”, but 'by' before it names who did it, or a change",
                "leave it out, or say what is counted with --metric, --group and --value",
            )
        measured = metric or _Metrics(metrics, value).find(before, behind, closed=closed)
        counted = group or _find_group(behind, value, metrics, groups, likely)
        found.append(Statement(measured, counted, value))
        since = end
    return found


def _refuse_part(between: str, value: Value, *, after_count: bool) -> None:
    """Refuse a count of which only a part may be meant: "a third of the 600".

    `between` is what stands before the count, behind the one before it.
    """
    part = _PART.search(between)
    if _SHARE.search(between) or (part and (part["count"] is None or after_count)):
        raise UnreadableValue(
            f"read “{value.text}”, but only a part of them may be meant",
            "say which number is meant with --metric, --group and --value",
        )


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


def _refuse_hedged(following: str, value: Value, lexicon: Lexicon) -> None:
    """Refuse a count with a hedge behind its noun ("8 children or more"), or told as a rate."""
    told = " ".join(following.casefold().split())
    hedges = (
        found
        for at in _WORDS_BEGIN.finditer(told)
        if (found := lexicon.find_after(told[at.start() :]))
    )
    hedge = next((word for word, _ in hedges), None)
    if hedge:
        raise UnreadableValue(
            f"read “{value.text}”, but '{hedge}' stands apart from it",
            f"write it beside the number: '{value.text} {hedge}'",
        )
    if rate := _RATE.search(told):
        raise UnreadableValue(
            f"read “{value.text}”, but told as so many '{rate[0]}'",
            "say how many in all with --metric, --group and --value",
        )


@dataclass(frozen=True, slots=True)
class _Metrics:
    """The words for metrics around a count."""

    metrics: Names
    value: Value

    def find(self, before: Sequence[str], behind: Sequence[str], *, closed: bool) -> str:
        """Take the word right before the count, else the first behind it, else the last before.

        Before the next count a word is that one's: "killed 300 and wounded 100"; not where the
        sentence is `closed` before it. Refuses what counts two together ("killed or wounded").
        """
        behind = behind if closed else self._without_what_leads(behind)
        ahead = list(before)
        while ahead and (ahead[-1] == ":" or ahead[-1] in _LEADING):
            ahead.pop()
        if ahead and (own := self._named(ahead[-1])):
            self._refuse_joined([*reversed(ahead)], 0)
            clause = next((at for at, word in enumerate(behind) if word in _CLAUSE), len(behind))
            for word in behind[:clause]:
                if self._named(word) not in (None, own):
                    raise UnreadableValue(
                        f"read “{self.value.text}”, but '{ahead[-1]}' and '{word}' stand by it",
                        self._hint(),
                    )
            return own
        for words in (behind, [*reversed(before)]):
            for at, word in enumerate(words):
                if named := self._named(word):
                    self._refuse_joined(words, at)
                    return named
        raise UnreadableValue(f"read “{self.value.text}”, but not what is counted", self._hint())

    def _without_what_leads(self, behind: Sequence[str]) -> Sequence[str]:
        """Leave out the word that leads to the next count, with the clause before it ended."""
        words = list(behind)
        while words and (words[-1] == ":" or words[-1] in _LEADING):
            words.pop()
        if not words or not self._named(words[-1]):
            return behind
        if len(words) > 1 and words[-2] in _CLAUSE:
            return words[:-1]
        if len(words) > 1 and not any(self._named(word) for word in words[:-1]):
            raise UnreadableValue(
                f"read “{self.value.text}”, but '{words[-1]}' may be said of the next number",
                "write a comma between the two, or say what is counted with --metric",
            )
        return behind

    def _refuse_joined(self, words: Sequence[str], at: int) -> None:
        """Refuse a word for a metric that is joined with one for another."""
        named = self._named(words[at])
        for further in range(at + 1, len(words)):
            if words[further] in _JOINING:
                continue
            if self._named(words[further]) not in (None, named):
                one, other = sorted((words[at], words[further]), key=words.index)
                raise UnreadableValue(
                    f"read “{self.value.text}”, but '{one}' and '{other}' are counted together",
                    self._hint(),
                )
            return

    def _named(self, word: str) -> str | None:
        named = _metrics_named(word, self.metrics)
        if len(named) > 1:
            raise UnreadableValue(
                f"'{word}' may be {' or '.join(named)}", "say which with --metric"
            )
        return named[0] if named else None

    def _hint(self) -> str:
        return f"say it with --metric: {', '.join(sorted(self.metrics))}"


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
