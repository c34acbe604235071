"""The words of a sentence and the names of metrics and groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.naming import read_statements
from claimtrack.errors import UnreadableValue

METRICS = {"killed": "killed", "wounded": "wounded", "casualties": "casualties", "jailed": "jailed"}
GROUPS = {
    "russians": "Russians of any kind",
    "russian-contractors": "Russian contractors",
    "russian-troops": "Russian troops (servicemen)",
    "us-forces": "U.S. forces",
    "pro-regime-forces": "Syrian pro-regime forces",
    "crew-north": "the crew",
    "crew-south": "crew",
    "policemen": "policemen",
}


def read(sentence, **given_):
    found = read_statements(sentence, default_lexicon(), metrics=METRICS, groups=GROUPS, **given_)
    return [(s.metric, s.group, s.value.lower, s.value.upper) for s in found]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("More than 200 Russians were killed", [("killed", "russians", 201, None)]),
        ("At least one Russian contractor died", [("killed", "russian-contractors", 1, None)]),
        ("killed: 12 U.S. forces", [("killed", "us-forces", 12, 12)]),
        ("No servicemen were hurt", [("wounded", "russian-troops", 0, 0)]),
        ("3 dead policemen", [("killed", "policemen", 3, 3)]),
        ("a policeman and 2 policemen died", [("killed", "policemen", 2, 2)]),
        ("5 of the Russian troops were jailed", [("jailed", "russian-troops", 5, 5)]),
        ("20 pro–regime forces died", [("killed", "pro-regime-forces", 20, 20)]),
        (
            "80 Russian contractors were killed and dozens of Russian troops injured, he said",
            [("killed", "russian-contractors", 80, 80), ("wounded", "russian-troops", 24, 99)],
        ),
        (
            "Two U.S. officials said 100 Russians, mostly contractors, died",
            [("killed", "russians", 100, 100)],
        ),
        ("Not more than 9 Russians were killed", [("killed", "russians", None, 9)]),
        (
            "The strike killed 300 Russians and wounded 100 policemen",
            [("killed", "russians", 300, 300), ("wounded", "policemen", 100, 100)],
        ),
        (
            "Killed: 300 Russians; wounded: 100 Russians",
            [("killed", "russians", 300, 300), ("wounded", "russians", 100, 100)],
        ),
        ("The deaths of 300 Russians", [("killed", "russians", 300, 300)]),
        ("It killed 300 Russians, and many were wounded", [("killed", "russians", 300, 300)]),
        ("300 Russians dead, killed in the night", [("killed", "russians", 300, 300)]),
        ("300 Russians were killed; many wounded", [("killed", "russians", 300, 300)]),
        ("One of the 300 Russians killed", [("killed", "russians", 300, 300)]),
        (
            "4 policemen died. 9 U.S. forces were wounded.",
            [("killed", "policemen", 4, 4), ("wounded", "us-forces", 9, 9)],
        ),
        ("In a day 5 policemen died", [("killed", "policemen", 5, 5)]),
        ("8 or more policemen died, at sea", [("killed", "policemen", 8, None)]),
        ("All of the 600 Russians were killed", [("killed", "russians", 600, 600)]),
        ("7 February 2018 - two hundred Russians died", [("killed", "russians", 200, 200)]),
    ],
)
def test_a_count_is_read_with_its_metric_and_group(sentence, told):
    """Names, ids and what stands in brackets name a group, one or many of it."""
    assert read(sentence) == told


@pytest.mark.parametrize(
    ("sentence", "problem", "hint"),
    [
        ("It rained", "no count is told", "--metric and --value"),
        ("200 Russians took part", "not what is counted", "casualties, jailed, killed, wounded"),
        (
            "200 Russian mercenaries died",
            "'russian mercenaries' is no group",
            "russian-contractors",
        ),
        ("200 were killed", "not of whom", "--group"),
        ("200 people were killed", "not of whom", "--group"),
        ("12 crew were killed", "'crew' may be crew-north or crew-south", "--group"),
        ("Russia denied that 200 Russians were killed", "'denied' may deny it", "--denied"),
        ("200 Russians weren't killed", "may deny it", "--denied"),
        ("300 Russians were killed or wounded", "'killed' and 'wounded' are counted", "--metric"),
        ("300 Russians dead, injured or jailed", "'dead' and 'injured' are counted", "--metric"),
        ("Killed and wounded: 300 Russians", "'wounded' and 'killed' are counted", "--metric"),
        ("Killed 300 wounded Russians", "'killed' and 'wounded' stand by it", "--metric"),
        ("A third of the 600 Russians were killed", "only a part of them", "--value"),
        ("10 percent of 600 Russians were killed", "only a part of them", "--value"),
        ("Half the 20 policemen died", "only a part of them", "--value"),
        ("8 policemen or more were killed", "'or more' stands apart", "'8 or more'"),
        ("20 policemen were killed each day", "so many 'each day'", "in all"),
        ("30 policemen were killed by 20 Russians", "'by' before it", "leave it out"),
        ("8 Russians killed 4 policemen", "said of the next number", "a comma"),
        ("Neither of the 2 policemen was killed", "'Neither' may deny", "--denied"),
        ("Almost no policemen were killed", "'Almost' may deny it", "--denied"),
        ("Reports that 20 policemen died are false", "'false' may deny it", "--denied"),
        ("Three to four hundred Russians died", "not clear", "both ends in full"),
        ("150–200 thousand Russians died", "not clear", "both ends in full"),
        ("Between one and two hundred Russians died", "not clear", "both ends in full"),
    ],
)
def test_what_cannot_be_read_says_what_could(sentence, problem, hint):
    """No guess: an error that names what was read and what might be meant."""
    with pytest.raises(UnreadableValue) as caught:
        read(sentence)
    assert problem in caught.value.problem
    assert hint in (caught.value.hint or "")


def test_what_is_said_outright_goes_before_the_words():
    """`metric` and `group` fill in or override."""
    assert read("200 were there", metric="jailed", group="russians") == [
        ("jailed", "russians", 200, 200)
    ]
    assert read("200 Russians died", group="us-forces")[0][1] == "us-forces"


def test_a_number_out_of_another_is_not_read_with_it():
    """Two of six hundred: which of them were killed is for a person to say."""
    with pytest.raises(UnreadableValue, match="only a part of them"):
        read("2 of the 600 Russians were killed", metric="killed", group="russians")


def test_of_two_groups_of_one_name_the_one_in_the_event_is_meant():
    """The event tells of one crew only: that one."""
    assert read("12 crew were killed", likely=["crew-south"])[0][1] == "crew-south"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    """Nothing but an error with a hint comes of words that are no statement."""
    try:
        assert read(text)
    except UnreadableValue as error:
        assert error.hint


def test_an_article_is_no_sentence():
    """Text is read up to a length; beyond it is refused, however many counts it has."""
    told = "200 Russian contractors were killed"
    assert read(told.ljust(5_000)) == [("killed", "russian-contractors", 200, 200)]
    with pytest.raises(UnreadableValue, match="5,001 characters, too many for a sentence"):
        read(told.ljust(5_001))
