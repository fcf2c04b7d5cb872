"""One direction of a cascade in rows: its state and since when, why, and the inputs that it was decided by."""

from scoring.view import MarketView
from scoring.view.cascades import CascadeInputs, CascadeState, Direction, StateName
from tui.controls import Controls
from tui.format import AT_LEAST, UNKNOWN, amount, clean, clock, duration, percent, ratio, usd
from tui.views.layout import first_fit, row_width, wrapped
from tui.views.row import Row

RUNNING: tuple[StateName, ...] = ("igniting", "cascading")
"""States that can't wait."""
ARROWS: dict[Direction, str] = {"down": "▼", "up": "▲"}
STATE_STYLES: dict[StateName, str] = {
    "calm": "muted", "loading": "text", "igniting": "warn", "cascading": "fail", "exhausted": "strong",
    "rejected": "strong", "blind": "fail",
}  # fmt: skip

_URGENCY: tuple[StateName, ...] = ("calm", "loading", "blind", "exhausted", "rejected", "igniting", "cascading")
_LOUD = (*RUNNING, "blind")
_UNTOLD = "usual volatility pending: no ignition can be told"
_NAME = 9
"""Cells of the longest state."""


def by_urgency(view: MarketView) -> list[CascadeState]:
    """Both directions, the one that matters more first; the fall where they are alike."""
    states = (view.cascades.down, view.cascades.up)
    return sorted(states, key=lambda one: -_URGENCY.index(one.state))


def alarm(view: MarketView) -> Row:
    """The running cascade of the shown coin for a place where there is little room; nothing where there is none."""
    first = by_urgency(view)[0]
    if view.cascade.blind is not None or first.state not in RUNNING:
        return ()
    return ((f"{ARROWS[first.direction]} {state_name(first)} {age(first, view)}", STATE_STYLES[first.state]),)


def state_name(state: CascadeState) -> str:
    """The state's word, in capitals where it is loud, with `≥` where there may be more to it."""
    word = state.state.upper() if state.state in _LOUD else state.state
    return f"{word} {AT_LEAST}" if state.at_least else word


def age(state: CascadeState, view: MarketView) -> str:
    """How long the state has held."""
    return duration(view.at_ms - state.since_ms) if state.since_ms > 0 else UNKNOWN


def head_rows(state: CascadeState, view: MarketView, controls: Controls, width: int) -> list[Row]:
    """The state, since when, and how far the price ran or how near a quiet one is; the reason, wrapped if it must."""
    style = STATE_STYLES[state.state]
    quiet = "muted" if state.state == "calm" else "text"
    base: Row = (
        (f" {ARROWS[state.direction]} ", style),
        (state.direction.ljust(5), "muted"),
        (state_name(state).ljust(_NAME), style),
        (f" {age(state, view)}", quiet),
    )
    since = f"  since {clock(state.since_ms, controls.local_time)}" if state.since_ms > 0 else ""
    timed: Row = (*base, (since, "muted"))
    more = gist(state) if state.state in ("calm", "loading") else ran(state)
    if state.state in RUNNING:
        return [first_fit([(*timed, *more), (*base, *more), base], width)]
    untold = state.state == "calm" and state.inputs.sigmas is None
    why = _UNTOLD if untold else clean(state.why)
    said: Row = ((f"  {why}", "warn" if untold or state.state == "blind" else "muted"),) if why else ()
    full = [(*timed, *more, *said), (*base, *more, *said)]
    if state.state == "calm" and not untold:
        return [first_fit([*full, (*base, *more), (*base, *gist(state, short=True)), base], width)]
    fitting = next((row for row in [*full, (*base, *said)] if row_width(row) <= width), None)
    if fitting is not None:
        return [fitting]
    brief = (*base, *gist(state, short=True)) if state.state in ("calm", "loading") else base
    return [first_fit([(*base, *more), brief, base], width), *wrapped(why, width, said[0][1] if said else "muted")]


def ran(state: CascadeState) -> Row:
    """How far the price went, and what part of it was taken back."""
    if state.run is None:
        return ()
    sign = -1 if state.direction == "down" else 1
    back = f", {percent(state.retraced, 0, signed=False)} taken back" if state.retraced is not None else ""
    return (("  run ", "muted"), (percent(sign * state.run), "text"), (back, "muted"))


def gist(state: CascadeState, short: bool = False) -> Row:
    """How near a direction is to a cascade, in a few cells: impulse, renewal number, rate and move."""
    inputs, sign = state.inputs, -1 if state.direction == "down" else 1
    least = AT_LEAST if inputs.sampled else ""
    words = [f"H {least}{inputs.impulse_bp:.1f} bp" if inputs.impulse_bp is not None else f"H {UNKNOWN}"]
    if inputs.complete:
        words.append(f"R {inputs.renewal:.1f}" if inputs.renewal is not None else f"R {UNKNOWN}")
    if not short:
        words.append(f"{ratio(inputs.ratio)} usual")
    words.append(f"{_signed(sign * inputs.sigmas, 1)}σ" if inputs.sigmas is not None else f"σ {UNKNOWN}")
    return (("  " + "  ".join(words), "muted"),)


def input_rows(state: CascadeState, width: int, detailed: bool = True) -> list[Row]:
    """What the state is decided by, in as many rows as it takes; what is missing says so.

    `detailed`: with what the pane's sums tell as well.
    """
    head: Row = ((f" {ARROWS[state.direction]} ", STATE_STYLES[state.state]),)
    rows = [head]
    for part in (*_inputs(state), *(_sums(state.inputs) if detailed else ())):
        longer = (*rows[-1], *((("  ", "text"),) if len(rows[-1]) > 1 else ()), *part)
        if row_width(longer) <= width or len(rows[-1]) == 1:
            rows[-1] = longer
        else:
            rows.append((("   ", "text"), *part))
    return rows


def _inputs(state: CascadeState) -> list[Row]:
    found, sign = state.inputs, -1 if state.direction == "down" else 1
    least = AT_LEAST if found.sampled else ""
    parts: list[Row] = [_input("H ", f"{least}{found.impulse_bp:.1f} bp" if found.impulse_bp is not None else None)]
    parts.append(_renewal(found))
    parts.append((*_input("", _or_none(found.ratio, ratio(found.ratio))), (" usual", "muted")))
    sigmas = sign * found.sigmas if found.sigmas is not None else None
    parts.append(_input("", f"{_signed(sigmas, 1)}σ" if sigmas is not None else None, "move in 60s "))
    if found.move_120 is not None and found.needed_move is not None:
        needs = f" in 2m ({found.needed_move * 1e4:.0f} needed)"
        parts.append(((f"{_signed(sign * found.move_120 * 1e4, 0)} bp", "text"), (needs, "muted")))
    parts.append(((f"{found.levels}", "text"), (f" level{'' if found.levels == 1 else 's'}", "muted")))
    parts.append((("OI 5m ", "muted"), _open_interest(found)))
    return parts


def _sums(found: CascadeInputs) -> list[Row]:
    several = "" if found.orders_60s == 1 else "s"
    forced = f" in {found.orders_60s} order{several} (large: {usd(found.least_usd)})"
    minute: Row = (("60s ", "muted"), (amount(found.usd_60s, found.sampled), "text"), (forced, "muted"))
    if found.interest_since is None:
        return [minute]
    return [(("OI since ignition ", "muted"), (percent(found.interest_since, 1), "text")), minute]


def _input(name: str, text: str | None, absent: str = "") -> Row:
    known = (text, "text") if text is not None else (UNKNOWN, "unknown")
    return ((name if text is not None else name or absent, "muted"), known)


def _or_none(value: float | None, text: str) -> str | None:
    return text if value is not None else None


def _renewal(found: CascadeInputs) -> Row:
    if not found.complete:
        return (("R ", "muted"), (UNKNOWN, "unknown"), (" no complete feed", "muted"))
    if found.renewal is None or found.renewal_low is None or found.renewal_high is None:
        return (("R ", "muted"), (UNKNOWN, "unknown"))
    bounds = f" ({found.renewal_low:.2f} to {found.renewal_high:.2f})"
    return (("R ", "muted"), (f"{found.renewal:.2f}", "text"), (bounds, "muted"))


def _open_interest(found: CascadeInputs) -> tuple[str, str]:
    return (percent(found.interest_5m, 1), "text") if found.interest_5m is not None else ("pending", "unknown")


def _signed(value: float | None, digits: int) -> str:
    return UNKNOWN if value is None else f"{value:+.{digits}f}".replace("-", "−")
