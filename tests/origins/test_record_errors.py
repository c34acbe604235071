"""Errors of the record: a hit, a near miss and a deliberate pass for each."""

from __future__ import annotations

import dataclasses

import pytest

from claimtrack.domain.testimony import Dependences, Fault
from claimtrack.origins.record_errors import record_errors
from claimtrack.report.origins import error_rows
from origins.reports import Reports, draws, step


@pytest.fixture
def report():
    return Reports()


def found(*reports, dependences=None):
    errors = record_errors(reports, dependences or Dependences())
    for row in error_rows(errors):
        assert all(row), "every error has a place, a sentence and a remedy"
    return [(error.fault, error.place, error.link) for error in errors]


def test_a_circle_of_reports_is_told_once(report):
    one = report("a", step("b", upstream="a2"))
    two = report("b", step("a", upstream="a1"))
    assert found(one, two) == [(Fault.CIRCLE_OF_REPORTS, "a1", None)]


def test_a_chain_without_a_circle_is_fine(report):
    one = report("a")
    assert found(one, report("b", step("a", upstream=one.id))) == []


def test_a_report_that_cites_a_later_one(report):
    later = report("wire", day=9)
    assert found(later, report("gazette", step("wire", upstream=later.id), day=8)) == [
        (Fault.CITES_LATER, "a2", 0)
    ]
    same_day = report("gazette", step("wire", upstream=later.id), day=9)
    unknown = report("herald", step("wire", upstream=later.id))
    assert found(later, same_day, unknown) == []


def test_a_month_that_may_hold_the_day_is_let_pass(report):
    later = report("wire", day=9)
    month = dataclasses.replace(
        report("gazette", step("wire", upstream=later.id)), published=(1, 31)
    )
    assert found(later, month) == []


def test_a_source_quoted_before_its_own_document_is_let_pass(report):
    assert found(report("wire", day=9), report("gazette", "wire", day=8)) == []


def test_a_link_whose_report_is_by_another(report):
    other = report("radio")
    wrong = report("gazette", step("wire", upstream=other.id))
    assert found(other, wrong) == [(Fault.OTHER_SOURCE, "a2", 0)]


def test_a_link_to_who_is_quoted_in_the_report_is_let_pass(report):
    wire = report("wire", "chief")
    assert found(wire, report("gazette", step("chief", upstream=wire.id))) == []


def test_a_chain_that_ends_elsewhere_than_its_report(report):
    wire = report("wire", "chief", claim="other")
    wrong = report("gazette", step("wire", upstream=wire.id), "mayor")
    right = report("herald", step("wire", upstream=wire.id), "chief")
    assert found(wire, wrong, right) == [(Fault.OTHER_ORIGIN, "a2", 0)]


def test_a_link_into_a_circle_is_told_as_the_circle_only(report):
    one = report("a", step("b", upstream="a2"))
    two = report("b", step("a", upstream="a1"))
    into = report("gazette", step("a", upstream="a1"), "mayor")
    assert found(one, two, into) == [(Fault.CIRCLE_OF_REPORTS, "a1", None)]


def test_a_chain_that_ends_before_its_sources_own_chain(report):
    wire = report("wire", "chief")
    short, whole = report("gazette", "wire"), report("herald", "wire", "chief")
    assert found(wire, short, whole) == [(Fault.ENDS_EARLY, "a2", 0)]


def test_a_chain_that_ends_where_the_source_also_speaks_itself(report):
    wire, own = report("wire", "chief"), report("wire", document="second-doc")
    assert found(wire, own, report("gazette", "wire")) == []


def test_a_chain_that_comes_back(report):
    assert found(report("gazette", "radio", "gazette")) == [(Fault.RETURNS, "a1", 1)]
    assert found(report("gazette", "gazette", document="x-doc")) == [(Fault.RETURNS, "a2", 0)]


def test_a_source_that_saw_it_itself_does_not_come_back(report):
    assert found(report("gazette", step("gazette", "own"))) == []


def test_circles_of_dependence_are_each_told_once():
    circles = draws(("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c"), ("f", "a"))
    assert found(dependences=circles) == [
        (Fault.CIRCLE_OF_DEPENDENCE, "a", None),
        (Fault.CIRCLE_OF_DEPENDENCE, "c", None),
    ]


def test_a_document_that_draws_on_a_later_one():
    plain = draws(("old-doc", "new-doc"))
    dated = dataclasses.replace(plain, published={"old-doc": (1, 1), "new-doc": (2, 2)})
    assert found(dependences=dated) == [(Fault.DRAWS_ON_LATER, "old-doc", None)]
    fine = dataclasses.replace(plain, published={"old-doc": (2, 2), "new-doc": (2, 2)})
    assert found(dependences=fine) == []


def test_a_corrected_report_is_no_error_of_its_own(report):
    wire = report("wire", "chief")
    assert found(wire, report("gazette", "wire", corrected=True)) == []
