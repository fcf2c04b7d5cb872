"""A cascade's course in rows: the levels it crossed, its running log, and whether it left the leverage gone."""

from scoring.view.cascades import CascadeState, CrossedLevel, Direction, Exhaustion, LogRow
from tui.controls import Controls
from tui.format import amount, cell_width, clean, clock, ratio
from tui.format import price as price_text
from tui.views.cascade_state import ARROWS, STATE_STYLES
from tui.views.layout import Column, cell, row_width, table, wrapped
from tui.views.row import Row

VERDICT_STYLES = {"accelerates": "fail", "sustains": "warn", "fades": "muted", "rejected": "strong"}
PART_MARKS = {True: ("✔", "pass"), False: ("✘", "fail"), None: ("?", "unknown")}
"""How a sign of exhausted leverage is marked: met, not met, not known."""


def level_rows(state: CascadeState, controls: Controls, width: int, most: int) -> list[Row]:
    """The crossed levels, newest first, each with its verdict, growth per basis point and speed."""
    levels = state.levels[::-1][:most]
    if not levels:
        return []
    prices = [level_text(level) for level in levels]
    columns = (
        Column("", 1, right=False),
        Column("level", max(map(cell_width, prices))),
        Column("verdict", 11, right=False),
        Column("growth", 7),
        Column("USD/bp", 7, rank=1),
        Column("speed", 9, rank=3),
        Column("USD", 7, rank=4),
        Column("at", 8, rank=2),
    )
    lines = table(columns, width, controls)
    return [lines.row(_level(level, text, state, controls)) for level, text in zip(levels, prices, strict=True)]


def _level(level: CrossedLevel, text: str, state: CascadeState, controls: Controls) -> list[Row]:
    sampled = state.inputs.sampled or state.rule == "sampled"
    return [
        cell(ARROWS[state.direction], "muted"),
        cell(text, "strong"),
        cell(level.verdict or "first", VERDICT_STYLES.get(level.verdict or "", "muted")),
        cell(growth_text(level.growth)),
        cell(amount(level.usd_per_bp, sampled)),
        cell(f"{level.bp_per_second:.1f} bp/s", "muted"),
        cell(amount(level.usd, sampled), "muted"),
        cell(clock(level.at_ms, controls.local_time), "muted"),
    ]


def level_text(level: CrossedLevel) -> str:
    """The price that a level ended at, with no more digits than its width asks for."""
    return min(price_text(level.far), price_text(level.far, abs(level.far - level.near) or None), key=len)


def growth_text(growth: float | None) -> str:
    """USD per basis point against the level before: 1.92×; nothing for the first level."""
    if growth is None:
        return ""
    return f"{growth:.2f}×" if growth < 10 else ratio(growth)


def log_rows(row: LogRow, controls: Controls, width: int) -> list[Row]:
    """One line of the running log, in as many rows as it takes."""
    text = clean(row.text)
    styles = {str(name): style for name, style in (*STATE_STYLES.items(), *VERDICT_STYLES.items())}
    style = styles.get(text.partition(":")[0].split(" ")[-1], "text")
    at = f" {clock(row.at_ms, controls.local_time)} "
    rows = wrapped(text, max(width - len(at) - 1, 1), style) or [cell("", style)]
    return [
        ((at, "muted"), (ARROWS[row.direction], style), *rows[0]),
        *(((" " * len(at), "text"), *one) for one in rows[1:]),
    ]


def badge_rows(badge: Exhaustion, of: Direction | None, width: int, detailed: bool) -> list[Row]:
    """Whether the leverage is gone: how many of the signs are met, each marked, those not known named as `?`."""
    arrow = ARROWS[of] if of is not None else " "
    style = {"complete": "pass", "partial": "warn"}.get(badge.extent, "muted")
    head: Row = (
        (f" {arrow} ", "muted"),
        ("leverage gone ", "muted"),
        (f"{badge_text(badge)} ", style),
    )
    marked: Row = tuple(
        span for part in badge.parts for span in ((f" {clean(part.name)}", "muted"), PART_MARKS[part.met])
    )
    if not detailed:
        together = (*head, *marked)
        return [together] if row_width(together) <= width else [head, (("  ", "text"), *marked)]
    parts = [
        ((f"   {PART_MARKS[part.met][0]} ", PART_MARKS[part.met][1]), (f"{clean(part.name):<14}", "text"),
         (clean(part.reason), "muted"))
        for part in badge.parts
    ]  # fmt: skip
    return [head, *parts]


def badge_text(badge: Exhaustion) -> str:
    """The badge in words: partial 2/4, 1 unknown."""
    unknown = sum(part.met is None for part in badge.parts)
    known = f"{badge.extent} {badge.met}/{len(badge.parts)}"
    return f"{known}, {unknown} unknown" if unknown else known
