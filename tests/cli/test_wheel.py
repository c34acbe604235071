"""The wheel: built, installed into an environment of its own, used from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNREACHABLE = (
    "No matching distribution", "NewConnectionError", "ConnectionError", "Connection refused",
    "Temporary failure in name resolution", "ProxyError", "Max retries exceeded", "timed out",
)  # fmt: skip


def pip(python, *args):
    """Run pip, or skip where it reaches no index."""
    done = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", *args],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode and any(sign in done.stderr + done.stdout for sign in UNREACHABLE):
        pytest.skip(f"pip reaches no index: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


@pytest.mark.wheel
def test_an_installed_wheel_works_from_any_folder(tmp_path):
    """The wheel carries migrations and seed, and needs nothing of the checkout."""
    pip(sys.executable, "wheel", "--no-deps", "-w", str(tmp_path / "dist"), str(ROOT))
    (wheel,) = (tmp_path / "dist").glob("claimtrack-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / "bin" / "python")
    pip(python, "install", "--no-compile", str(wheel))
    case = tmp_path / "case"
    case.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "CLAIMTRACK"))}
    env |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    for args, told in (
        (["demo"], "compare casualties"),
        (["compare", "casualties"], "more than 200"),
        (["contradictions", "--json"], "part_of"),
        (["backup", "copy.db"], "copied"),
        (["schema"], "json-schema"),
    ):
        done = subprocess.run(
            [str(tmp_path / "env" / "bin" / "claimtrack"), *args],
            cwd=case,
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert told in done.stdout + done.stderr
