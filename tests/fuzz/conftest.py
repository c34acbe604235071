"""The scripts that make trouble, importable here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))


@pytest.fixture
def fuzz(folder, monkeypatch):
    """The fuzzer, in a folder of its own; the engine it keeps is given back afterwards."""
    import fuzz
    from claimtrack.store import engine

    monkeypatch.setattr(engine, "make_engine", engine.make_engine)
    return fuzz
