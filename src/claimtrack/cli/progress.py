"""How far work has come, on stderr and only where a person looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

Progress = Callable[[str, int, int | None], None]
"""Told of work done: what is worked on, how many more are done, and how many there are in all."""

_BLOCK = 2**20


def lines_in(paths: Sequence[str]) -> int | None:
    """Count the lines of these JSON Lines files; None where one is of another kind."""
    files = [Path(name) for name in paths]
    if not all(file.suffix in (".jsonl", ".ndjson") and file.is_file() for file in files):
        return None
    total = 0
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                total += block.count(b"\n")
    return total


@contextmanager
def importing(paths: Sequence[str]) -> Iterator[Progress]:
    """Show how many entries are read and events concluded, how many a second, and the time left."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft
    from rich.text import Text

    class Count(ProgressColumn):
        """What is done of how much, and how much of it a second."""

        def render(self, task: Task) -> Text:
            of = f" of {task.total:,.0f}" if task.total else ""
            rate = f", {task.speed:,.0f} a second" if task.speed else ""
            return Text(f"{task.completed:,.0f}{of} {task.fields['unit']}{rate}")

    text = TextColumn("{task.description}", markup=False)
    everything = lines_in(paths)
    with Progress(
        text, BarColumn(20), Count(), TimeLeft(), console=Console(stderr=True), transient=True
    ) as bar:
        reading = bar.add_task("reading", total=everything, unit="entries")
        concluding = bar.add_task("concluding", total=None, unit="events", visible=False)

        def tell(what: str, done: int, total: int | None) -> None:
            task = reading if what == "entries" else concluding
            bar.update(task, advance=done, total=total or everything, visible=True)

        yield tell


@contextmanager
def counting(what: str, unit: str = "entries") -> Iterator[Callable[[int], None]]:
    """Show how many entries (or what else is counted) are done, and the time it took."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:,.0f} {task.fields[unit]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, unit=unit)
        yield lambda count: bar.advance(task, count)
