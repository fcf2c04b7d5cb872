"""What `liqtop analyze` prints: how each line was read, what was not, what was assumed, and the verdicts."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from scoring.view import CheckItem, DirectionVerdict
from tui.format import clean, cut, score
from tui.paste.tables import Line, Understood
from tui.paste.verdicts import Judgement

_SHOWN = 60
"""Characters of a line that are repeated."""


def analysis_text(understood: Understood, judgement: Judgement) -> str:
    """The whole analysis as text, ended by a line end."""
    blocks = [_read(understood), _not_read(understood), _assumed(judgement), _found(judgement), _checklist(judgement)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def analysis_json(understood: Understood, judgement: Judgement) -> dict[str, Any]:
    """The same as a document: `lines`, `understood` (typed rows), `assumptions`, `findings`, `checklist`."""
    rows = asdict(understood)
    lines = rows.pop("lines")
    rows.pop("assumptions")
    checked = judgement.checklist
    return {
        "lines": [{**line, "text": clean(line["text"])} for line in lines],
        "understood": {**rows, "price": understood.price},
        "assumptions": list(judgement.assumptions),
        "findings": [
            {"topic": one.topic, "sentences": list(one.sentences), "figures": one.figures} for one in judgement.findings
        ],
        "checklist": {
            "long": _direction(checked.long, [(item, item.long) for item in checked.items]),
            "short": _direction(checked.short, [(item, item.short) for item in checked.items]),
            "taken_from_the_paste": list(judgement.taken),
        },
    }


def _direction(given: DirectionVerdict, items: list[tuple[CheckItem, str]]) -> dict[str, Any]:
    return {
        "verdict": given.verdict,
        "score": given.score,
        "coverage": given.coverage,
        "reason": given.reason,
        "items": [
            {
                "name": item.name,
                "grade": grade,
                "value": item.value or None,
                "reason": item.reason,
                "weight": item.weight,
            }
            for item, grade in items
        ],
    }


def _lines(lines: list[Line]) -> Iterator[str]:
    width = max((len(str(line.number)) for line in lines), default=1)
    for line in lines:
        yield f"{line.number:>{width}}  {cut(clean(line.text), _SHOWN)}"
        yield f"{'':{width}}    {_ARROWS[line.outcome]} {clean(line.meaning)}"
        for problem in line.problems:
            yield f"{'':{width}}    not read: {clean(problem)}"


_ARROWS = {"read": "→", "title": "=", "columns": "=", "skipped": "·", "not read": "✘"}


def _read(understood: Understood) -> str:
    kept = [line for line in understood.lines if line.outcome != "not read"]
    return "\n".join(["READ", *_lines(kept)]) if kept else "READ\nnothing"


def _not_read(understood: Understood) -> str:
    left = [line for line in understood.lines if line.outcome == "not read"]
    return "\n".join(["NOT READ", *_lines(left)]) if left else ""


def _assumed(judgement: Judgement) -> str:
    return "\n".join(["ASSUMED", *map(clean, judgement.assumptions)]) if judgement.assumptions else ""


def _found(judgement: Judgement) -> str:
    blocks = [
        "\n".join([finding.topic.upper(), *(f"  {clean(sentence)}" for sentence in finding.sentences)])
        for finding in judgement.findings
    ]
    return "\n\n".join(blocks) if blocks else "no table was understood, so there is no verdict"


def _checklist(judgement: Judgement) -> str:
    checked = judgement.checklist
    rows = [("item", "long", "short", "value", "reason")]
    rows += [(item.name, item.long, item.short, item.value or "?", item.reason) for item in checked.items]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows
    ]
    for name, given in (("long", checked.long), ("short", checked.short)):
        covered = f"score {score(given.score)}, coverage {100 * given.coverage:.0f} %"
        lines.append(f"{name}: {given.verdict}, {covered}; {given.reason}")
    if judgement.taken:
        lines.append("the grades are those of the pasted checklist; the tables were graded again to compare")
    return "\n".join(["CHECKLIST", *map(clean, (line.rstrip() for line in lines))])
