"""The readers measured on other people's data: each reaches the share it aims at."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    path = ROOT / "scripts" / "measure_values.py"
    spec = importlib.util.spec_from_file_location("measure_values", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not DATA.exists(), reason=f"the real data {DATA} is absent")
def test_every_score_reaches_its_aim(measure: ModuleType) -> None:
    """On phrases of ranges, casualty phrases and EDTF, the share that agrees is as aimed."""
    scores = measure.scores(DATA)
    assert len(scores) == 5
    for score in scores:
        assert score.measured > 20, score.name
        assert score.share >= score.aim, str(score)


def test_shares(measure: ModuleType) -> None:
    """A share is what is right of what was measured, and deviations are listed."""
    score = measure.Score("name", 50)
    score.take(True, "one")
    score.take(False, "other")
    assert score.share == 50
    assert score.deviations == ["other"]
    assert "name: 1 of 2 = 50.0 % (aim 50 %)" in str(score)
