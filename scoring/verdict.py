"""What graded items add up to for one direction: OK, WAIT, NO ENTRY or INSUFFICIENT DATA, with the reason in a line."""

from collections.abc import Iterable, Sequence
from typing import Literal

from scoring.settings import ChecklistSettings
from scoring.view import CheckItem, DirectionVerdict, Grade, Verdict

VETOES = ("cascade", "funding")
"""Items that forbid an entry alone where they fail: one runs over the position, or it pays too much to wait."""
_VALUES: dict[Grade, float] = {"pass": 1.0, "warn": 0.5, "fail": 0.0}


def verdict(
    items: Iterable[CheckItem],
    direction: Literal["long", "short"],
    blind: str | None,
    settings: ChecklistSettings,
) -> DirectionVerdict:
    """The answer for one direction from all items. `blind`: why no liquidation can be seen, which forbids any entry."""
    graded = [(item, item.long if direction == "long" else item.short) for item in items]
    known = [(item, grade) for item, grade in graded if grade != "unknown"]
    available = sum(item.weight for item, _ in known)
    total = sum(item.weight for item, _ in graded)
    score = sum(item.weight * _VALUES[grade] for item, grade in known) / available if available else None
    coverage = available / total if total else 0.0
    failed = [item.name for item, grade in known if grade == "fail"]
    answer, reason = _decide(score, coverage, failed, blind, settings)
    return DirectionVerdict(answer, score, coverage, reason)


def _decide(
    score: float | None,
    coverage: float,
    failed: Sequence[str],
    blind: str | None,
    settings: ChecklistSettings,
) -> tuple[Verdict, str]:
    if blind:
        return "NO ENTRY", f"blind: {blind.partition(':')[0]}"
    vetoing = [name for name in VETOES if name in failed]
    if vetoing:
        return "NO ENTRY", f"veto: {', '.join(vetoing)}"
    if score is not None and score < settings.wait_least:
        return (
            "NO ENTRY",
            f"below {settings.wait_least:.2f}, failed: {', '.join(failed) or 'none'}",
        )
    if score is None or coverage < settings.coverage_least:
        return (
            "INSUFFICIENT DATA",
            f"{100 * coverage:.0f} % known, {100 * settings.coverage_least:.0f} % needed",
        )
    if len(failed) > settings.ok_most_fails:
        return "WAIT", f"failed: {', '.join(failed)}"
    if score < settings.ok_least:
        return "WAIT", f"below {settings.ok_least:.2f}"
    return "OK", f"failed: {', '.join(failed)}" if failed else "no item fails"
