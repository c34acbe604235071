"""What the page on terminals shows is what terminals show."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux, the terminal, is not installed")
def test_the_page_of_terminals_is_what_they_show(folder):
    """`python scripts/write_terminal_page.py` mends it."""
    path = ROOT / "scripts" / "write_terminal_page.py"
    spec = importlib.util.spec_from_file_location("write_terminal_page", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "terminal.md").read_text("utf-8") == module.page()
