"""What the documentation shows is what the program does."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from claimtrack.ingest.reader import read_document
from claimtrack.ingest.schema import json_schema

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def _blocks(language: str) -> list[tuple[str, str]]:
    return [
        (page.name, block)
        for page in PAGES
        for block in re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.S)
    ]


def _writer():
    spec = importlib.util.spec_from_file_location(
        "write_cli_page", ROOT / "scripts" / "write_cli_page.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_what_help_says():
    """docs/cli.md is the help of every command; `python scripts/write_cli_page.py` mends it."""
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == _writer().page()


def test_every_command_ends_its_help_in_an_example():
    """Each command shows a line to copy."""
    page = _writer().page()
    for section in page.split("\n## ")[1:]:
        name = section.split("\n", 1)[0]
        assert f"Example: claimtrack {name}" in " ".join(section.split()), name


@pytest.mark.parametrize(("page", "block"), _blocks("json"))
def test_every_json_example_is_a_valid_import_file(page, block):
    """Examples validate against the published schema and pass the import's own checks."""
    data = json.loads(block)
    jsonschema.Draft202012Validator(json_schema()).validate(data)
    assert read_document(page, block.encode()).problems.listed() == ()


@pytest.mark.parametrize(("page", "block"), _blocks("jsonl"))
def test_every_jsonl_example_validates_line_by_line(page, block):
    """Each line validates against the schema of a line."""
    schema = json_schema()
    line = {"$ref": "#/$defs/Line", "$defs": schema["$defs"]}
    for text in block.strip().splitlines():
        jsonschema.Draft202012Validator(line).validate(json.loads(text))


def test_the_seed_article_validates_against_the_schema():
    """What the package ships is what the schema describes."""
    data = json.loads((ROOT / "data" / "seed_article.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(json_schema()).validate(data)


def test_links_between_pages_lead_somewhere():
    """A relative link in README or docs names a file that is there."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_session_in_the_readme_is_what_a_terminal_shows(folder):
    """Each command of the README's session prints just what stands below it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    session = re.search(r"```console\n(.*?)```", readme, re.S)[1]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for step in session.split("$ ")[1:]:
        command, _, shown = step.partition("\n")
        done = subprocess.run(
            ["bash", "-c", f"{command} 2>&1"],
            capture_output=True,
            text=True,
            cwd=folder,
            env=environment,
            check=True,
        )
        assert done.stdout == shown, command
