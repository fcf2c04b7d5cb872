"""The cascade pane: the state of both directions and what made it, then what was liquidated and by which venue."""

from scoring.view import MarketView
from scoring.view.cascades import CascadeState
from tui.commands import BY_NAME
from tui.controls import Controls
from tui.format import cell_width, clean
from tui.language import label
from tui.views.cascade_course import badge_rows, joined_log, level_rows, log_rows
from tui.views.cascade_state import RUNNING, by_urgency, head_rows, input_rows
from tui.views.cascade_sums import corrected_rows, day_rows, minute_rows, venue_rows
from tui.views.layout import cell, finish, first_fit, row_width, scrolled, title, wrapped
from tui.views.row import Row, about
from tui.views.trouble import trouble_rows

_DETAILED = 14
"""From so many rows on the pane shows the inputs of a calm direction, every level and each sign of exhaustion."""
_LEVELS = 3
"""The levels of a cascade that a small pane shows."""


def cascade(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The states stay; below them inputs, levels, sums, log and venues move with the scroll position.

    Blind: says why in place of the states, and of the rates where no liquidation can be seen.
    """
    states = [] if blind_reason(view) is not None else by_urgency(view)
    top = blind_rows(view, controls, width) or [_title(view, controls, width)]
    top += [row for state in states for row in head_rows(state, view, controls, width)]
    lines = _lines(view, states, controls, width, height >= _DETAILED)
    if len(top) >= height:
        top, lines = top[:1], [*top[1:], *lines]
    first = max(min(scrolled("cascade", controls), len(lines) - (height - len(top))), 0)
    return finish([*top, *lines[first:]], width, height, controls)


def _lines(view: MarketView, states: list[CascadeState], controls: Controls, width: int, detailed: bool) -> list[Row]:
    """All that is below the states, what matters most first."""
    found, day = view.cascades, view.cascade.day
    running = [state for state in states if state.state in RUNNING]
    lines = corrected_rows(view, controls, width) if controls.corrected else []
    for state in running:
        lines += input_rows(state, controls, width, detailed)
        lines += level_rows(state, controls, width, len(state.levels) if detailed else _LEVELS)
    if found.exhaustion is not None:
        lines += badge_rows(found.exhaustion, found.exhaustion_of, controls, width, detailed)
    lines += minute_rows(view, controls, width) if view.cascade.blind is None else []
    lines += day_rows(view, controls, width)
    for state in states:
        over = state.state in ("exhausted", "rejected")
        if over or (detailed and state.state in ("calm", "loading")):
            lines += input_rows(state, controls, width)
            lines += level_rows(state, controls, width, len(state.levels) if detailed else _LEVELS)
    if found.log:
        lines.append(cell(f" {label('log, newest first', controls)}", "title"))
        lines += [line for row in joined_log(found.log) for line in log_rows(row, controls, width)]
    if day is not None and day.venues:
        lines += [*venue_rows(view, day, width, controls), *trouble_rows(view, width)]
    return lines


def blind_reason(view: MarketView) -> str | None:
    """Why nothing of a cascade can be told, None where something can.

    Where no liquidation can be seen, no state is one, whatever it was called.
    """
    if view.cascade.blind is not None:
        return view.cascade.blind
    down, up = view.cascades.down, view.cascades.up
    alike = down.state == up.state == "blind" and down.why == up.why
    return down.why if alike else None


def blind_rows(view: MarketView, controls: Controls, width: int, most: int | None = None) -> list[Row]:
    """Why no cascade can be seen, in as many rows as it takes, in brief where that is more than `most`; else none."""
    why = blind_reason(view)
    if why is None:
        return []
    head = (*title("cascade", "CASCADE", controls), (f" {label('blind', controls).upper()}", "fail"))
    words = clean(why)
    if row_width(head) + 1 + cell_width(words) <= width:
        rows: list[Row] = [(*head, (f" {words}", "warn"))]
    else:
        rows = [head, *wrapped(words, width, "warn")]
        if most is not None and len(rows) > most:
            rows = [head, *wrapped(words.partition(":")[0], width, "warn")]
    return [about("cascade.state", row) for row in rows]


def _title(view: MarketView, controls: Controls, width: int) -> Row:
    """By which rule the states are told, and the key that shows what sampling feeds left out."""
    head, states = title("cascade", "CASCADE", controls), (view.cascades.down, view.cascades.up)
    if all(state.rule == "full" for state in states):
        said: Row = ((f"  {label('full rule: a complete feed is up', controls)}", "muted"),)
        return first_fit([(*head, *said), (*head, (f"  {label('full rule', controls)}", "muted"))], width)
    brief: Row = ((f"  {label('sampled rule', controls)}", "warn"),)
    long: Row = (*brief, (f": {label('what was counted is a lower bound', controls)}", "muted"))
    shown = label("counted alone", controls) if controls.corrected else label("corrected", controls)
    hint: Row = ((f"  {BY_NAME['corrected'].keys[0]}: {shown}", "muted"),) if view.cascades.corrected else ()
    return first_fit([(*head, *long, *hint), (*head, *brief, *hint), (*head, *brief)], width)
