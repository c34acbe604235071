"""What draws on what, at any depth."""

from itertools import pairwise

from claimtrack.domain.testimony import Dependences, Node


def _chain(count):
    nodes = [Node("document", f"d{at:03}") for at in range(count)]
    draws = {one: frozenset({on}) for on, one in pairwise(nodes)}
    return nodes, Dependences(draws, {node.id: f"s-{node.id}" for node in nodes})


def test_a_basis_has_the_sources_of_documents_that_are_drawn_on():
    """Who draws on a document draws on its source; its own source is none of its basis."""
    (first, second, third), dependences = _chain(3)
    on = {first, second, Node("source", "s-d000"), Node("source", "s-d001")}
    assert dependences.basis(third) == on
    assert dependences.basis(first) == frozenset()
    assert dependences.basis(first, third) == on


def test_what_draws_on_itself_by_way_of_others_is_in_its_basis():
    """A circle is followed once, from wherever it is asked and however often."""
    one, other, outside = (Node("source", name) for name in ("a", "b", "c"))
    ring = {one: frozenset({other}), other: frozenset({one}), outside: frozenset({one})}
    dependences = Dependences(ring)
    for asked in (outside, one, other, outside):
        assert dependences.basis(asked) == {one, other}


def test_a_long_chain_is_followed_about_once(monkeypatch):
    """What was followed before is not followed again for the next that draws on it."""
    steps = []
    walk = Dependences._directly
    monkeypatch.setattr(
        Dependences, "_directly", lambda self, node: steps.append(node) or walk(self, node)
    )
    taken = []
    for count in (10, 80):
        nodes, dependences = _chain(count)
        steps.clear()
        for node in nodes:
            dependences.basis(node)
        taken.append(len(steps))
    assert taken[1] < 10 * taken[0]
