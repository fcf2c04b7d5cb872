"""One direction of a cascade in rows: its state and since when, why, and the inputs that it was decided by."""

from scoring.view import MarketView
from scoring.view.cascades import CascadeInputs, CascadeState, Direction, StateName
from tui.controls import Controls
from tui.format import AT_LEAST, UNKNOWN, amount, cell_width, clean, clock, duration, percent, ratio, usd
from tui.language import ENGLISH, label
from tui.views.layout import first_fit, row_width, wrapped
from tui.views.row import Row, about
from tui.views.said import typeset

RUNNING: tuple[StateName, ...] = ("igniting", "cascading")
"""States that can't wait."""
ARROWS: dict[Direction, str] = {"down": "▼", "up": "▲"}
STATE_STYLES: dict[StateName, str] = {
    "calm": "muted", "loading": "muted", "igniting": "alarm", "cascading": "alarm", "exhausted": "text",
    "rejected": "text", "blind": "fail",
}  # fmt: skip
_STATE_WORDS: dict[StateName, str] = {
    "calm": "calm", "loading": "loading", "igniting": "igniting", "cascading": "cascading", "exhausted": "exhausted",
    "rejected": "rejected", "blind": "blind",
}  # fmt: skip
_VICTIM_WORDS: dict[Direction, str] = {"down": "longs", "up": "shorts"}
"""Whose positions are liquidated where the price goes that way."""

_URGENCY: tuple[StateName, ...] = ("calm", "loading", "blind", "exhausted", "rejected", "igniting", "cascading")
_LOUD = (*RUNNING, "blind")
_UNTOLD_WORDS = "usual volatility pending: no ignition can be told"
_NAME, _VICTIM = 9, 7
"""Cells of the longest state, and of the longest victim with what parts it from the state."""


def by_urgency(view: MarketView) -> list[CascadeState]:
    """Both directions, the one that matters more first; the fall where they are alike."""
    states = (view.cascades.down, view.cascades.up)
    return sorted(states, key=lambda one: -_URGENCY.index(one.state))


def alarm(view: MarketView, controls: Controls = ENGLISH) -> Row:
    """The running cascade of the shown coin as a filled badge for a place where there is little room; else nothing."""
    first = by_urgency(view)[0]
    if view.cascade.blind is not None or first.state not in RUNNING:
        return ()
    words = f" {ARROWS[first.direction]} {state_name(first, controls)} {age(first, view)} "
    return about("cascade.state", ((words, STATE_STYLES[first.state]),), first.direction)


def state_name(state: CascadeState, controls: Controls = ENGLISH) -> str:
    """The state's word, in capitals where it is loud, with `≥` where there may be more to it."""
    word = label(_STATE_WORDS[state.state], controls)
    word = word.upper() if state.state in _LOUD else word
    return f"{word} {AT_LEAST}" if state.at_least else word


def state_word(name: str, controls: Controls) -> str:
    """A state's word by its name, as it is where no state is called that."""
    found = next((word for state, word in _STATE_WORDS.items() if state == name), "")
    return label(found, controls) if found else clean(name)


def age(state: CascadeState, view: MarketView) -> str:
    """How long the state has held."""
    return duration(view.at_ms - state.since_ms) if state.since_ms > 0 else UNKNOWN


def badge(state: CascadeState, view: MarketView, controls: Controls, columns: bool = False) -> Row:
    """Arrow, state and how long it has held; a running one filled. `columns`: under one another, with whose."""
    style, quiet = STATE_STYLES[state.state], "muted" if state.state == "calm" else "text"
    arrow, word, held = ARROWS[state.direction], state_name(state, controls), age(state, view)
    victim = label(_VICTIM_WORDS[state.direction], controls)
    if state.state in RUNNING:
        said = f"{_padded(victim, _VICTIM)}{_padded(word, _NAME)} {held}" if columns else f"{word} {held}"
        row: Row = ((f"{arrow} {said}", style),)
    elif columns:
        row = ((f"{arrow} ", style), (_padded(victim, _VICTIM), "muted"), (_padded(word, _NAME), style))
        row = (*row, (f" {held}", quiet))
    else:
        row = ((f"{arrow} {word}", style), (f" {held}", quiet))
    return about("cascade.state", row, state.direction)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_width(text))


def head_rows(state: CascadeState, view: MarketView, controls: Controls, width: int) -> list[Row]:
    """The state, since when, and how far the price ran or how near a quiet one is; the reason, wrapped if it must."""
    base: Row = ((" ", "text"), *badge(state, view, controls, columns=True))
    timed: Row = (*base, *_since(state, controls))
    more = gist(state, controls) if state.state in ("calm", "loading") else ran(state, controls)
    if state.state in RUNNING:
        return [first_fit([(*timed, *more), (*base, *more), base], width)]
    untold = state.state == "calm" and state.inputs.sigmas is None
    retold = state.state == "rejected" and state.run is not None and state.retraced is not None
    why = label(_UNTOLD_WORDS, controls) if untold else "" if retold else typeset(state.why)
    style = "warn" if untold or state.state == "blind" else "muted"
    said = _about(state, ((f"  {why}", style),)) if why else ()
    full = [(*timed, *more, *said), (*base, *more, *said)]
    if state.state == "calm" and not untold:
        return [first_fit([*full, (*base, *more), (*base, *gist(state, controls, short=True)), base], width)]
    fitting = next((row for row in [*full, (*base, *said)] if row_width(row) <= width), None)
    if fitting is not None:
        return [fitting]
    brief = (*base, *gist(state, controls, short=True)) if state.state in ("calm", "loading") else base
    return [
        first_fit([(*base, *more), brief, base], width),
        *(_about(state, row) for row in wrapped(why, width, style)),
    ]


def _about(state: CascadeState, row: Row) -> Row:
    return about("cascade.state", row, state.direction)


def _since(state: CascadeState, controls: Controls) -> Row:
    if state.since_ms <= 0:
        return ()
    at = clock(state.since_ms, controls.local_time)
    return _about(state, (("  ", "text"), (label("since {at}", controls, at=at), "muted")))


def ran(state: CascadeState, controls: Controls) -> Row:
    """How far the price went, and what part of it was taken back."""
    if state.run is None:
        return ()
    sign = -1 if state.direction == "down" else 1
    row: Row = ((f"  {label('run', controls)} ", "muted"), (percent(sign * state.run), "text"))
    if state.retraced is not None:
        back = label("{share} taken back", controls, share=percent(state.retraced, 0, signed=False))
        row = (*row, (f", {back}", "muted"))
    return about("cascade.run", row, state.direction)


def gist(state: CascadeState, controls: Controls = ENGLISH, short: bool = False, style: str = "muted") -> Row:
    """How near a direction is to a cascade, in a few cells: impulse, renewal number, rate and move."""
    inputs, sign = state.inputs, -1 if state.direction == "down" else 1
    least = AT_LEAST if inputs.sampled else ""
    impulse = f"H {least}{inputs.impulse_bp:.1f} bp" if inputs.impulse_bp is not None else f"H {UNKNOWN}"
    parts = [("impulse", impulse)]
    if inputs.complete:
        parts.append(("renewal", f"R {inputs.renewal:.1f}" if inputs.renewal is not None else f"R {UNKNOWN}"))
    if not short:
        parts.append(("ratio", label("pace {times}", controls, times=ratio(inputs.ratio))))
    parts.append(("move", f"{_signed(sign * inputs.sigmas, 1)}σ" if inputs.sigmas is not None else f"σ {UNKNOWN}"))
    return tuple(
        span for name, text in parts for span in about(f"cascade.{name}", ((f"  {text}", style),), state.direction)
    )


def input_rows(state: CascadeState, controls: Controls, width: int, detailed: bool = True) -> list[Row]:
    """What the state is decided by, in as many rows as it takes; what is missing says so.

    `detailed`: with what the pane's sums tell as well.
    """
    quiet = "text" if state.state in RUNNING else STATE_STYLES[state.state]
    rows: list[Row] = [((f" {ARROWS[state.direction]} ", quiet),)]
    for topic, part in (*_inputs(state, controls), *(_sums(state.inputs, controls) if detailed else ())):
        marked = about(topic, part, state.direction)
        longer = (*rows[-1], *((("  ", "text"),) if len(rows[-1]) > 1 else ()), *marked)
        if row_width(longer) <= width or len(rows[-1]) == 1:
            rows[-1] = longer
        else:
            rows.append((("   ", "text"), *marked))
    return rows


def _inputs(state: CascadeState, controls: Controls) -> list[tuple[str, Row]]:
    """Each input with its topic."""
    found, sign = state.inputs, -1 if state.direction == "down" else 1
    least = AT_LEAST if found.sampled else ""
    impulse = f"{least}{found.impulse_bp:.1f} bp" if found.impulse_bp is not None else None
    times = label("pace {times}", controls, times=ratio(found.ratio)) if found.ratio is not None else None
    parts: list[tuple[str, Row]] = [
        ("cascade.impulse", _input("H ", impulse)),
        ("cascade.renewal", _renewal(found, controls)),
        ("cascade.ratio", _input("", times, f"{label('pace', controls)} ")),
    ]
    sigmas = f"{_signed(sign * found.sigmas, 1)}σ" if found.sigmas is not None else None
    parts.append(("cascade.move", _input("", sigmas, f"{label('move in 60s', controls)} ")))
    if found.move_120 is not None and found.needed_move is not None:
        moved: Row = ((f"{_signed(sign * found.move_120 * 1e4, 0)} bp", "text"),)
        needs = label("in 2m ({needed} needed)", controls, needed=f"{found.needed_move * 1e4:.0f}")
        parts.append(("cascade.move", (*moved, (f" {needs}", "muted"))))
    crossed = label("level" if found.levels == 1 else "levels", controls)
    parts.append(("cascade.levels", ((f"{found.levels}", "text"), (f" {crossed}", "muted"))))
    parts.append(("cascade.interest", ((f"{label('OI 5m', controls)} ", "muted"), _open_interest(found, controls))))
    return parts


def _sums(found: CascadeInputs, controls: Controls) -> list[tuple[str, Row]]:
    large = usd(found.least_usd)
    if found.orders_60s == 1:
        forced = label("in {n} order (large: {usd})", controls, n=found.orders_60s, usd=large)
    else:
        forced = label("in {n} orders (large: {usd})", controls, n=found.orders_60s, usd=large)
    minute: Row = (("60s ", "muted"), (amount(found.usd_60s, found.sampled), "text"), (f" {forced}", "muted"))
    if found.interest_since is None:
        return [("cascade.forced", minute)]
    since: Row = (
        (f"{label('OI since ignition', controls)} ", "muted"),
        (percent(found.interest_since, 1), "text"),
    )
    return [("cascade.interest", since), ("cascade.forced", minute)]


def _input(name: str, text: str | None, absent: str = "") -> Row:
    known = (text, "text") if text is not None else (UNKNOWN, "unknown")
    return ((name if text is not None else name or absent, "muted"), known)


def _renewal(found: CascadeInputs, controls: Controls) -> Row:
    if not found.complete:
        return (("R ", "muted"), (UNKNOWN, "unknown"), (f" {label('no complete feed', controls)}", "muted"))
    if found.renewal is None or found.renewal_low is None or found.renewal_high is None:
        return (("R ", "muted"), (UNKNOWN, "unknown"))
    bounds = label("{low} to {high}", controls, low=f"{found.renewal_low:.2f}", high=f"{found.renewal_high:.2f}")
    return (("R ", "muted"), (f"{found.renewal:.2f}", "text"), (f" ({bounds})", "muted"))


def _open_interest(found: CascadeInputs, controls: Controls) -> tuple[str, str]:
    if found.interest_5m is None:
        return (label("pending", controls), "unknown")
    return (percent(found.interest_5m, 1), "text")


def _signed(value: float | None, digits: int) -> str:
    return UNKNOWN if value is None else f"{value:+.{digits}f}".replace("-", "−")
