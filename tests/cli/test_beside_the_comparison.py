"""What stands beside a comparison: origins counted as a range, and an estimate with its name."""

from __future__ import annotations

import pytest


def test_origins_and_estimate_of_the_seed(cli, demo):
    """Three reports on the contractors: two without a name, so one origin to three."""
    shown = " ".join(cli("compare", "killed", "--group", "russian-contractors").out.split())
    assert "all 3 claims can hold together (80 to 120); 3 reports, 1–3 independent origins" in shown
    assert "Estimate by origin-median: at most 200; middle 40 to 199." in shown


def test_another_method_and_none(cli, demo):
    """The method is named wherever it is used; without one there is no estimate."""
    chosen = cli("compare", "killed", "--group", "russian-contractors", "--estimate", "preferred")
    assert "Estimate by preferred: 80 to 120" in " ".join(chosen.out.split())
    assert "Estimate" not in cli("compare", "killed", "--estimate", "none").out


def test_no_such_method(cli, demo):
    done = cli("compare", "killed", "--estimate", "average")
    assert done.code == 2
    assert "there is no method 'average'" in done.err
    assert "origin-median" in done.err


def test_suspicion_is_told_where_it_counts(cli, demo):
    done = cli("compare", "killed", "--treat-suspected-as-dependent")
    assert "suspected copying counts as dependence" in done.err
    assert "suspected" not in cli("compare", "killed").err


def test_as_data(cli, demo):
    """Each version has its own count, and the estimate names its inputs."""
    (question,) = cli("compare", "killed", "--group", "russian-contractors", "--json").json
    assert (question["origins"]["least"], question["origins"]["most"]) == (1, 3)
    assert [count["reports"] for count in question["version_origins"]] == [3]
    assert question["estimate"]["estimates"][0]["method"] == "origin-median"


def test_only_what_was_known_by_then_counts(cli, demo):
    """Of the article of 3 March nothing is known in February."""
    done = cli("compare", "participation", "--as-of", "2018-02-12", "--json").json
    assert sum(question["origins"]["reports"] for question in done) == sum(
        len(claim["assertions"]) for question in done for claim in question["claims"]
    )


def test_the_explanation_of_a_claim_names_its_origins(cli, demo):
    shown = cli("explain", "some-reports-as-high-as-200-killed").out
    assert "1 report, 1 independent origin" in shown
    assert "some reports: may count: it has no name" in shown


def test_a_grade_stands_beside_its_own_subject_only(cli, demo):
    """The paper that carried it was graded, not the men it quotes."""
    cli("grade", "bloomberg", "--reliability", "B", "--why", "named reporters", "--who", "Ana")
    claim = "two-russians-more-than-200-killed"
    shown = cli("explain", claim).out
    assert "reliability of bloomberg: B (usually reliable), by Ana" in shown
    (grade,) = cli("explain", claim, "--json").json["grades"]
    assert (grade["kind"], grade["subject"], grade["assessor"]) == ("source", "bloomberg", "Ana")


def test_each_side_of_a_contradiction_is_counted(cli, demo):
    """Both claims of each contradiction have their own count, in the order of the claims."""
    for found in cli("contradictions", "--json").json:
        assert [count["reports"] for count in found["origins"]] == [
            len(claim["assertions"]) for claim in found["claims"]
        ]
        text = cli("explain", found["id"]).out
        assert text.count("1 report, 1 independent origin") == 2


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "killed"),
        ("timeline", "khasham-2018"),
        ("trace", "two-russians-more-than-200-killed"),
    ],
    ids=["compare", "timeline", "trace"],
)
def test_a_picture_is_not_written_over_a_file_unasked(cli, demo, folder, command):
    """What is there stays, unless --force says otherwise."""
    target = folder / "mine.svg"
    target.write_text("mine")
    done = cli(*command, "--svg", "mine.svg")
    assert done.code == 1
    assert "mine.svg is there already" in done.err
    assert "hint: add --force" in done.err
    assert target.read_text() == "mine"
    assert cli(*command, "--svg", "mine.svg", "--force").code == 0
    assert target.read_text().startswith("<svg")
    assert [file.name for file in folder.iterdir() if file.suffix == ".svg"] == ["mine.svg"]
