"""A cascade's course in rows: the levels it crossed, its running log, and whether it left the leverage gone."""

from collections.abc import Iterator, Sequence

from scoring.view.cascades import CascadeState, CrossedLevel, Direction, Exhaustion, LogRow
from tui.controls import Controls
from tui.format import amount, cell_width, clean, clock, ratio
from tui.format import price as price_text
from tui.language import ENGLISH, label
from tui.views.cascade_state import ARROWS
from tui.views.layout import Column, cell, row_width, table, wrapped
from tui.views.row import Row, about
from tui.views.said import typeset

VERDICT_STYLES = {"accelerates": "fail", "sustains": "warn", "fades": "muted", "rejected": "text"}
_LOG_STYLES = VERDICT_STYLES | {
    "calm": "muted",
    "loading": "muted",
    "igniting": "warn",
    "cascading": "fail",
    "blind": "fail",
}
_VERDICT_WORDS = {
    "accelerates": "accelerates", "sustains": "sustains", "fades": "fades", "rejected": "rejected",
    "first": "first", "jumped": "jumped", "slower": "slower",
}  # fmt: skip
"""`first` of its run; `jumped` in the same second as the first, so that there is none to hold it against.
`slower`: it liquidated more than the one before, and fades by its speed alone."""
_EXTENT_WORDS = {"complete": "complete", "partial": "partial", "none": "none", "unknown": "unknown"}
_SIGN_WORDS = {
    "funding": "funding", "open interest": "open interest", "spot volume": "spot volume",
    "liquidations": "liquidations",
}  # fmt: skip
PART_MARKS = {True: ("✔", "pass"), False: ("✘", "fail"), None: ("?", "unknown")}
"""How a sign of exhausted leverage is marked: met, not met, not known."""
_SIGN = 14
"""Cells of the longest sign's name with what parts it from its reason."""


def level_rows(state: CascadeState, controls: Controls, width: int, most: int) -> list[Row]:
    """The crossed levels, newest first, each with its verdict, growth per basis point and speed."""
    levels = state.levels[::-1][:most]
    if not levels:
        return []
    prices = _level_texts(levels)
    columns = (
        Column("", 1, right=False),
        Column("level", max(map(cell_width, prices))),
        Column("verdict", 11, right=False),
        Column("growth", 7),
        Column("USD/bp", 7, rank=1),
        Column("speed", 9, rank=3),
        Column("USD", 7, rank=4),
        Column("time", 8, rank=2),
    )
    lines = table(columns, width, controls)
    return [
        lines.row(_level(level, verdict_of(level, state), text, state, controls))
        for level, text in zip(levels, prices, strict=True)
    ]


def verdict_of(level: CrossedLevel, state: CascadeState) -> str:
    """The level's verdict; of one without, whether it is the first of its run or was jumped over with it."""
    return level.verdict or ("first" if level is state.levels[0] else "jumped")


def _level(level: CrossedLevel, verdict: str, text: str, state: CascadeState, controls: Controls) -> list[Row]:
    sampled, of = state.inputs.sampled or state.rule == "sampled", state.direction
    return [
        cell(ARROWS[of], "muted"),
        about("cascade.level", cell(text, "strong"), of),
        about("cascade.growth", cell(label(_word(level, verdict), controls), VERDICT_STYLES.get(verdict, "muted")), of),
        about("cascade.growth", cell(growth_text(level.growth)), of),
        about("cascade.density", cell(amount(level.usd_per_bp, sampled)), of),
        about("cascade.speed", cell(f"{level.bp_per_second:.1f} bp/s", "muted"), of),
        about("cascade.forced", cell(amount(level.usd, sampled), "muted"), of),
        about("cascade.level", cell(clock(level.at_ms, controls.local_time), "muted"), of),
    ]


def _word(level: CrossedLevel, verdict: str) -> str:
    more = level.growth is not None and level.growth >= 1
    slow = level.pace is not None and level.pace < 1
    return _VERDICT_WORDS["slower" if verdict == "fades" and more and slow else verdict]


def _level_texts(levels: Sequence[CrossedLevel]) -> list[str]:
    """The prices that the levels ended at, with no more digits than their width asks for where that loses nothing."""
    width = max(abs(level.far - level.near) for level in levels) or None
    return [_level_text(level.far, width) for level in levels]


def _level_text(far: float, width: float | None) -> str:
    exact, short = price_text(far), price_text(far, width)
    return (
        short if len(short) < len(exact) and float(short.replace(",", "")) == float(exact.replace(",", "")) else exact
    )


def growth_text(growth: float | None) -> str:
    """USD per basis point against the level before: 1.92×; nothing for the first level."""
    if growth is None:
        return ""
    return f"{growth:.2f}×" if growth < 10 else ratio(growth)


def joined_log(rows: Sequence[LogRow]) -> Iterator[LogRow]:
    """The log newest first; levels that were crossed in one second with one verdict in one row.

    Their sums are one jump's, spread over its levels: their rates are those of the last.
    """
    waiting: list[LogRow] = []
    for row in reversed(rows):
        if waiting and _kind(row) != _kind(waiting[0]):
            yield _together(waiting)
            waiting = []
        waiting.append(row)
    if waiting:
        yield _together(waiting)


def _kind(row: LogRow) -> tuple[int, Direction, str]:
    """When, which way and what; the text itself where it is no level's."""
    price, _, rest = row.text.partition(" ")
    return row.at_ms, row.direction, rest.partition(":")[0] if price[:1].isdigit() else row.text


def _together(rows: list[LogRow]) -> LogRow:
    """One row of several, the newest first: 71500 71400 71300 first level."""
    if len(rows) == 1 or not rows[0].text[:1].isdigit():
        return rows[0]
    prices = " ".join(row.text.partition(" ")[0] for row in reversed(rows))
    rest = rows[0].text.partition(" ")[2]
    return LogRow(rows[0].at_ms, rows[0].direction, f"{prices} {rest}")


def _in_thousands(text: str) -> str:
    """The prices that a level's row begins with, as the rest of the pane writes them: 71,500 71,400 first."""
    words = text.split(" ")
    prices = next((place for place, word in enumerate(words) if not word.isdigit()), len(words))
    return " ".join([f"{int(word):,}" for word in words[:prices]] + words[prices:])


def log_rows(row: LogRow, controls: Controls, width: int) -> list[Row]:
    """One line of the running log, in as many rows as it takes."""
    text = typeset(_in_thousands(row.text))
    style = _LOG_STYLES.get(text.partition(":")[0].split(" ")[-1], "text")
    at = f" {clock(row.at_ms, controls.local_time)} "
    rows = wrapped(text, max(width - len(at) - 1, 1), style) or [cell("", style)]
    shown: list[Row] = [
        ((at, "muted"), (ARROWS[row.direction], style), *rows[0]),
        *(((" " * len(at), "text"), *one) for one in rows[1:]),
    ]
    return [about("cascade.log", one, row.direction) for one in shown]


def badge_rows(badge: Exhaustion, of: Direction | None, controls: Controls, width: int, detailed: bool) -> list[Row]:
    """Whether the leverage is gone: how many of the signs are met, each marked, those not known named as `?`."""
    arrow = ARROWS[of] if of is not None else " "
    style = {"complete": "pass", "partial": "warn"}.get(badge.extent, "muted")
    head: Row = (
        (f" {arrow} ", "muted"),
        (f"{label('leverage gone', controls)} ", "muted"),
        (badge_text(badge, controls), style),
    )
    if row_width(head) > width:
        head = (*head[:2], (_met(badge, controls), style))
    if not detailed:
        signs: list[Row] = [((f" {_sign(part.name, controls)}", "muted"), PART_MARKS[part.met]) for part in badge.parts]
        together = (*head, *(span for sign in signs for span in sign))
        rows = [together] if row_width(together) <= width else [head, *_packed(signs, width)]
    else:
        rows = [head, *(_part(_sign(one.name, controls), PART_MARKS[one.met], one.reason) for one in badge.parts)]
    return [about("cascade.exhaustion", row) for row in rows]


def _packed(signs: list[Row], width: int) -> list[Row]:
    """The signs side by side, in as many rows as they take."""
    rows: list[Row] = []
    for sign in signs:
        if rows and row_width((*rows[-1], *sign)) <= width:
            rows[-1] = (*rows[-1], *sign)
        else:
            rows.append((("  ", "text"), *sign))
    return rows


def _part(name: str, mark: tuple[str, str], reason: str) -> Row:
    padded = name + " " * max(_SIGN - cell_width(name), 1)
    return ((f"   {mark[0]} ", mark[1]), (padded, "text"), (typeset(reason), "muted"))


def _sign(name: str, controls: Controls) -> str:
    return label(_SIGN_WORDS[name], controls) if name in _SIGN_WORDS else clean(name)


def badge_text(badge: Exhaustion, controls: Controls = ENGLISH) -> str:
    """The badge in words: partial 2/4, 1 unknown."""
    unknown = sum(part.met is None for part in badge.parts)
    known = _met(badge, controls)
    return f"{known}, {label('{n} unknown', controls, n=unknown)}" if unknown else known


def _met(badge: Exhaustion, controls: Controls) -> str:
    """How many of the signs are met; in a word too, where they tell."""
    met = f"{badge.met}/{len(badge.parts)}"
    return met if badge.extent == "unknown" else f"{label(_EXTENT_WORDS[badge.extent], controls)} {met}"
