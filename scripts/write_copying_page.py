"""Write the figures of docs/copying.md: generated sources, and the battles of the Civil War.

    python scripts/write_copying_page.py [BATTLES.jsonl]

The data stand outside the repository, in `../shared/data/acw/battles.jsonl`.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.estimates import copying
from claimtrack.estimates.copying import find_suspects
from claimtrack.services.importing import import_files
from claimtrack.services.suspecting import find_suspicions, own_answers
from claimtrack.services.tracing import make_counter
from claimtrack.store.answers import load_answers
from claimtrack.store.engine import reading
from claimtrack.store.migrate import create

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "copying.md"
BATTLES = ROOT.parent / "shared" / "data" / "acw" / "battles.jsonl"
FAMILY = frozenset("cwsac cwsac-update cwss kennedy1998 wikipedia".split())


def main() -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else BATTLES
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "battles.db")
        create(where)
        import_files(where, [str(path)], lexicon=default_lexicon())
        parts = {
            "independent": independent(),
            "copiers": copiers(),
            "civil war": civil_war(where),
            "sensitivity": sensitivity(where),
            "counts": counts(where),
        }
    page = PAGE.read_text(encoding="utf-8")
    for name, text in parts.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        page = re.sub(f"{begin}.*?{end}", f"{begin}\n{text}\n{end}", page, flags=re.S)
    PAGE.write_text(page, encoding="utf-8")


def independent(worlds: int = 200) -> str:
    from estimates.worlds import as_answers, make_world

    accusing = pairs = false = 0
    for seed in range(worlds):
        chance = random.Random(1000 + seed)
        size = chance.choice((5, 6, 8, 12, 20))
        knows = [chance.uniform(0.05, 0.95) for _ in range(size)]
        covers = [chance.uniform(0.2, 0.9) for _ in range(size)]
        _, said = make_world(seed, chance.choice((20, 60, 150, 400)), knows, covers)
        found = find_suspects(as_answers(said))
        accusing += bool(found.pairs)
        false += len(found.pairs)
        pairs += found.tested
    return (
        f"{worlds} worlds of independent sources, {pairs:,} pairs tested: {false} pairs falsely"
        f" accused, in {accusing} worlds."
    )


def copiers(worlds: int = 20) -> str:
    from estimates.worlds import as_answers, make_world

    lines = ["| copies | 30 questions | 60 | 150 | 400 |", "| --- |" + " ---: |" * 4]
    wanted = {frozenset(("s0", "s6")), frozenset(("s1", "s7"))}
    false = 0
    for share in (0.3, 0.5, 0.7, 0.9):
        cells = []
        for questions in (30, 60, 150, 400):
            hits = 0
            for seed in range(worlds):
                chance = random.Random(seed)
                knows = [chance.uniform(0.2, 0.8) for _ in range(8)]
                pairs = (("s6", "s0", share), ("s7", "s1", share))
                _, said = make_world(seed, questions, knows, [0.6] * 8, pairs)
                found = {one.pair for one in find_suspects(as_answers(said)).pairs}
                hits += len(found & wanted)
                false += len(found - wanted)
            cells.append(f"{hits / (2 * worlds):.0%}")
        lines.append(f"| {share:.0%} of its source's answers | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"Pairs falsely accused in all these worlds: {false}."])


def civil_war(where: str) -> str:
    found = find_suspicions(where).suspects
    lines = [
        "| pair | shared | agree | expected at most | on values nobody else gives | chance |",
        "| --- |" + " ---: |" * 5,
    ]
    for one in found.pairs:
        mark = " *" if one.pair <= FAMILY else ""
        lines.append(
            f"| {one.sources[0]}, {one.sources[1]}{mark} | {one.shared} | {one.agreed}"
            f" | {one.expected:.0f} | {one.rare} | {one.chance:.0e} |"
        )
    return "\n".join([*lines, "", f"{found.tested} pairs tested."])


def sensitivity(where: str) -> str:
    with reading(where) as connection:
        answers = own_answers(load_answers(connection))
    lines = [
        "| grace | pairs suspected | of the park service's 9 | the five joined | with bodart1908 |",
        "| ---: | ---: | ---: | --- | ---: |",
    ]
    usual = copying.GRACE
    for grace in (0.0, 0.02, 0.05, 0.08, 0.1, 0.2):
        copying.GRACE = grace
        pairs = [one.pair for one in find_suspects(answers).pairs]
        inside = [pair for pair in pairs if pair <= FAMILY]
        joined = copying.join_pairs(inside)
        whole = bool(joined) and len(joined[0]) == len(FAMILY)
        bodart = sum("bodart1908" in pair for pair in pairs)
        lines.append(
            f"| {grace} | {len(pairs)} | {len(inside)} | {'yes' if whole else 'no'} | {bodart} |"
        )
    copying.GRACE = usual
    return "\n".join(lines)


def counts(where: str) -> str:
    """Count the origins of each claim without and with the suspicion."""
    pairs = frozenset(one.pair for one in find_suspicions(where).suspects.pairs)
    with reading(where) as connection:
        answers = load_answers(connection)
        claims = list(dict.fromkeys(answer.claim for answer in answers))
        plain = make_counter(connection, claims)
        strict = make_counter(connection, claims, also_dependent=pairs)
        moved: Counter[tuple[int, int]] = Counter()
        for claim in claims:
            moved[plain.count([claim]).least, strict.count([claim]).least] += 1
    lines = ["| origins of a claim | claims | with suspected pairs as dependent |"]
    lines.append("| ---: | ---: | --- |")
    for before in sorted({one for one, _ in moved}):
        after = {b: n for (a, b), n in sorted(moved.items()) if a == before}
        told = ", ".join(f"{number:,} have {b}" for b, number in after.items())
        lines.append(f"| {before} | {sum(after.values()):,} | {told} |")
    several = sum(n for (a, _), n in moved.items() if a > 1)
    lost = sum(n for (a, b), n in moved.items() if a > 1 and b == 1)
    lines += [
        "",
        f"Of {several:,} claims that seemed to have more than one origin, {lost:,} are left with"
        " one.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
