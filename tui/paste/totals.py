"""The verdict from liquidated totals: which side of 24 h was closed by force, and whether enough of it was seen."""

from collections.abc import Sequence

from scoring.cascade_item import exhausted
from scoring.levels import balance, grade_realised
from scoring.settings import ScoringSettings
from tui.paste import echo
from tui.paste.findings import Finding, graded, times, unknown
from tui.paste.tables import TotalRow, Understood

_DAY = 1440.0


def totals_finding(understood: Understood, settings: ScoringSettings) -> Finding | None:
    """What was liquidated in 24 h, or else in the longest window told: both sides, and whether one is alone."""
    if not understood.totals:
        return None
    told = {row.window_minutes for row in understood.totals}
    longest = max((minutes for minutes in told if minutes is not None), default=None)
    minutes = _DAY if _DAY in told else longest
    rows = [row for row in understood.totals if row.window_minutes == minutes]
    long, short = _sum(rows, "long"), _sum(rows, "short")
    both = balance(long, short) if long is not None and short is not None else None
    window = echo.span(minutes)
    if both is None:
        reason = (
            f"both sides of {window} are not told"
            if long is None or short is None
            else f"nothing was liquidated in {window}"
        )
        return Finding("realised", (reason,), item=unknown("realised 24 h", reason))
    one_sided = settings.checklist.one_sided
    gone = exhausted(understood.cascades) == ("down" if both.long_share >= one_sided else "up")
    long_grade, short_grade, reason = grade_realised(both.long_share, one_sided, gone)
    larger = f"{'long' if both.long_share >= 0.5 else 'short'} {100 * max(both.long_share, 1 - both.long_share):.1f} %"
    sentences = [
        f"{window}: long {echo.money(both.long_usd)}, short {echo.money(both.short_usd)}, "
        f"together {echo.money(both.long_usd + both.short_usd)}, {larger}, {times(both.ratio)}",
        f"{reason.split(':')[0]}; a lower bound: exchanges sample what they publish",
    ]
    figures: dict[str, float | str | None] = {
        "window_minutes": minutes, "long_usd": both.long_usd, "short_usd": both.short_usd,
        "long_share": both.long_share, "ratio": both.ratio,
    }  # fmt: skip
    item = graded("realised 24 h", long_grade, short_grade, f"{100 * both.long_share:.0f} % long", reason)
    if minutes != _DAY:
        item = unknown("realised 24 h", f"the paste tells {window}, not 24 h")
    elif (unseen := _unseen(rows, settings.checklist.realised_coverage_least)) is not None:
        item = unknown("realised 24 h", unseen)
        sentences.append(unseen)
    return Finding("realised", tuple(sentences), figures, item)


def _sum(rows: Sequence[TotalRow], side: str) -> float | None:
    """One side of all exchanges: as told, or the sum over those that tell it."""
    whole = [row for row in rows if not row.venue] or rows
    told = [usd for row in whole if (usd := row.long_usd if side == "long" else row.short_usd) is not None]
    return (told[-1] if not whole[-1].venue else sum(told)) if told else None


def _unseen(rows: Sequence[TotalRow], least: float) -> str | None:
    """Why too little of the day was watched to grade it; None where enough was, or the paste doesn't tell."""
    seen = [row for row in rows if row.venue and row.seen_minutes and not row.unwatched] or [
        row for row in rows if row.seen_minutes
    ]
    if not seen:
        return "no liquidation feed was seen in 24 h" if rows and all(row.unwatched for row in rows) else None
    worst = min(seen, key=lambda row: row.seen_minutes or 0.0)
    if (worst.seen_minutes or 0.0) / _DAY >= least:
        return None
    return f"seen {echo.span(worst.seen_minutes)} of 24 h{f' on {worst.venue}' if worst.venue else ''}"
