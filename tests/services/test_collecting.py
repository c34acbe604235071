"""How seldom circles of objects are searched for, and that it ends."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from claimtrack.services.collecting import OBJECTS, collecting_seldom


def test_searches_are_as_they_were_afterwards_whatever_happens():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), collecting_seldom():
        assert gc.get_threshold() == (OBJECTS, *before[1:])
        raise ValueError("broken")
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_a_block_within_another_leaves_the_outer_one_its_end():
    with collecting_seldom():
        with collecting_seldom():
            pass
        assert gc.get_threshold()[0] == OBJECTS
        assert gc.get_freeze_count() > 0


def test_circles_are_given_back_all_the_same():
    class Ring:
        def __init__(self):
            self.own = self

    with collecting_seldom():
        seen = len([one for one in (Ring() for _ in range(3 * OBJECTS)) if one is None])
        alive = sum(isinstance(one, Ring) for one in gc.get_objects())
    assert seen == 0
    assert alive < 2 * OBJECTS


class Circle:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.held = self


def test_circles_made_before_do_not_stay() -> None:
    """A program that imports very often does not grow by what each import leaves."""
    left = ref(Circle())
    assert left() is not None
    with collecting_seldom():
        assert left() is None
