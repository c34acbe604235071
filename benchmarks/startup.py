"""Measure start-up as a ratio to a stated floor, paired in one run.

Run: python benchmarks/startup.py [--rounds N] [--write]
`--write` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARK_BEGIN, MARK_END = "<!-- startup:begin -->", "<!-- startup:end -->"

BARE_LIST = """
import sys
import typer
from rich.table import Table
from rich.console import Console
from sqlalchemy import create_engine, text
app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
@app.command()
def main(path: str) -> None:
    with create_engine("sqlite:///" + path).connect() as connection:
        rows = connection.execute(text("SELECT * FROM assertion_list")).all()
    sys.stdout.write("".join("\\t".join(map(str, row)) + "\\n" for row in rows))
app()
"""


def seconds(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Time one run of a whole process."""
    start = time.perf_counter()
    done = subprocess.run(command, env=dict(env), capture_output=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command}: {done.stderr.decode()}")
    return taken


def ratio(
    ours: Sequence[str], floor: Sequence[str], env: Mapping[str, str], rounds: int
) -> tuple[float, float, float]:
    """Give (median ratio, our median, the floor's median) of runs taken in turn."""
    seconds(ours, env), seconds(floor, env)
    pairs = [(seconds(ours, env), seconds(floor, env)) for _ in range(rounds)]
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def measure(rounds: int) -> str:
    """Run every comparison and give the table."""
    tool = str(Path(sys.executable).with_name("claimtrack"))
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "claimtrack.db")
        env = {**os.environ, "CLAIMTRACK_DB": database}
        env.pop("COLUMNS", None)
        subprocess.run([tool, "demo"], env=env, check=True, capture_output=True)
        tab = env | {
            "_CLAIMTRACK_COMPLETE": "complete_bash",
            "COMP_WORDS": "claimtrack show blo",
            "COMP_CWORD": "2",
        }
        typer = [sys.executable, "-c", "import typer"]
        bare = [sys.executable, "-c", BARE_LIST, database]
        cases = (
            ("`--help`", "`import typer`", 2.5, [tool, "--help"], typer, env),
            ("Tab completion of an id", "`import typer`", 2.0, [tool], typer, tab),
            (
                "`list-claims`, seed",
                "bare program",
                1.3,
                [tool, "list-claims"],
                bare,
                env,
            ),
            ("`list-claims`, seed", "`import typer`", None, [tool, "list-claims"], typer, env),
            (
                "`compare casualties`",
                "`import typer`",
                None,
                [tool, "compare", "casualties"],
                typer,
                env,
            ),
        )
        rows = [
            "| command | floor | × floor | aim | ms | floor ms |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for name, against, aim, ours, floor, where in cases:
            times, mine, theirs = ratio(ours, floor, where, rounds)
            limit = f"≤ {aim}" if aim else "–"
            rows.append(
                f"| {name} | {against} | {times:.2f} | {limit} | {mine * 1000:.0f}"
                f" | {theirs * 1000:.0f} |"
            )
    return "\n".join(rows)


def main() -> None:
    """Print the table, and keep it in the documentation if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    table = measure(asked.rounds)
    print(table)
    if asked.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        head, rest = text.split(MARK_BEGIN)
        tail = rest.split(MARK_END)[1]
        page.write_text(f"{head}{MARK_BEGIN}\n{table}\n{MARK_END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
