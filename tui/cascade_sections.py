"""A coin's cascades as tables of text: states, what decided them, levels, what came after, what feeds left out, log."""

from collections.abc import Iterator

from scoring.view import MarketView
from scoring.view.cascades import CascadeInputs, CascadeState, Corrected, CrossedLevel
from tui import format as write
from tui.section import Section
from tui.views.cascade import blind_reason
from tui.views.cascade_course import badge_text, growth_text
from tui.views.cascade_state import age
from tui.views.cascade_sums import MODELLED, corrected_text, now_known, rank_text
from tui.views.notation import Notation

MET = {True: "met", False: "not met", None: write.UNKNOWN}
"""Whether a sign of exhausted leverage is there."""
_NOTHING = "none"
_MOST_LEVELS = 20
"""The levels of a direction that the text holds."""
_MOST_LOGGED = 40
"""The rows of the log that the text holds."""
_LEVEL_COLUMNS = ("side", "level", "verdict", "growth", "USD per bp", "bp per second", "USD", "at")
_CORRECTED_COLUMNS = ("venue", "counted USD", "modelled USD", "band", "reason")


def cascade_sections(view: MarketView, notation: Notation) -> Iterator[Section]:
    """The cascade's tables: its states and inputs always, the others where they hold anything."""
    found = view.cascades
    yield _states(view)
    if blind_reason(view) is None:
        yield _inputs(view, notation)
    levels = [
        _level(state, level, notation) for state in _told(view) for level in state.levels[: -_MOST_LEVELS - 1 : -1]
    ]
    if levels:
        older = sum(max(len(state.levels) - _MOST_LEVELS, 0) for state in _told(view))
        note = "newest first; growth per basis point of width" + _older(older)
        yield Section("Cascade levels", note, _LEVEL_COLUMNS, tuple(levels))
    after = _after(view)
    if after:
        yield Section("Cascade aftermath", "", ("what", "value", "reason"), tuple(after))
    if found.corrected and now_known(view):
        rows = tuple(_corrected(venue, one, notation) for venue, one in found.corrected)
        note = "last 60s; modelled beside counted, never in one sum"
        yield Section("Cascade corrected", note, _CORRECTED_COLUMNS, rows)
    if found.log:
        shown = found.log[: -_MOST_LOGGED - 1 : -1]
        log = [(write.clock(row.at_ms), row.direction, write.clean(row.text)) for row in shown]
        note = "newest first" + _older(len(found.log) - len(log))
        yield Section("Cascade log", note, ("at", "side", "reason"), tuple(log))


def _older(count: int) -> str:
    return f"; {count} older rows" if count else ""


def _told(view: MarketView) -> tuple[CascadeState, ...]:
    return () if blind_reason(view) is not None else (view.cascades.down, view.cascades.up)


def _states(view: MarketView) -> Section:
    """Where no liquidation can be seen that stands in place of the states: none of them is one then."""
    columns = ("side", "state", "age", "rule", "run", "retraced", "reason")
    note = "down: the price falls and longs are liquidated, up: it rises and shorts are"
    why = view.cascade.blind
    if why is not None:
        return Section("Cascade", note, columns, (("both", "blind", *[write.UNKNOWN] * 4, write.clean(why)),))
    rows = tuple(_state(state, view) for state in (view.cascades.down, view.cascades.up))
    return Section("Cascade", note, columns, rows)


def _state(state: CascadeState, view: MarketView) -> tuple[str, ...]:
    sign = -1 if state.direction == "down" else 1
    none = write.NONE_SEEN if state.state != "blind" else write.UNKNOWN
    return (
        state.direction,
        f"{state.state} {write.AT_LEAST}" if state.at_least else state.state,
        age(state, view),
        state.rule,
        write.percent(sign * state.run) if state.run is not None else none,
        write.percent(state.retraced, 0, signed=False) if state.retraced is not None else none,
        write.clean(state.why) or _NOTHING,
    )


def _inputs(view: MarketView, notation: Notation) -> Section:
    """A row an input, a column a direction; a direction of which nothing can be told has `?`."""
    both = [_texts(state, view, notation) for state in (view.cascades.down, view.cascades.up)]
    rows = tuple((name, *(texts.get(name, write.UNKNOWN) for texts in both), note) for name, note in _NOTES.items())
    return Section("Cascade inputs", "what the states are decided by", ("what", "down", "up", "note"), rows)


_NOTES = {
    "forced USD": "liquidated in the last minute",
    "forced orders": "orders of it",
    "large from": "USD of a large minute",
    "impulse bp": "forced USD by resting USD per basis point",
    "renewal number": "orders set off per order, from complete feeds alone",
    "renewal bounds": "one in ten lies beyond each",
    "fast rate": "against the usual rate",
    "move 1 min": "in usual deviations",
    "move 2 min": "basis points, against what counts",
    "levels crossed": "since ignition",
    "OI 5 min": "in coins, read since ignition",
    "OI since ignition": "in coins",
}
"""The inputs by name, each with what it is."""


def _texts(state: CascadeState, view: MarketView, notation: Notation) -> dict[str, str]:
    found, known = state.inputs, now_known(view) and state.state != "blind"
    sign = -1 if state.direction == "down" else 1
    if not known:
        return {}
    least = write.AT_LEAST if found.sampled else ""
    texts = {
        "forced USD": notation.amount(found.usd_60s, found.sampled, known),
        "forced orders": f"{least}{found.orders_60s}",
        "large from": notation.usd(found.least_usd),
        "levels crossed": str(found.levels),
    }
    if found.impulse_bp is not None:
        texts["impulse bp"] = f"{least}{found.impulse_bp:.2f}"
    if found.ratio is not None:
        texts["fast rate"] = write.ratio(found.ratio)
    if found.sigmas is not None:
        texts["move 1 min"] = _signed(sign * found.sigmas, 1)
    if found.move_120 is not None and found.needed_move is not None:
        texts["move 2 min"] = f"{_signed(sign * found.move_120 * 1e4, 0)} of {found.needed_move * 1e4:.0f}"
    return texts | _confirming(found)


def _confirming(found: CascadeInputs) -> dict[str, str]:
    """The inputs that only complete feeds and open interest tell."""
    texts = {}
    if found.renewal is not None:
        texts["renewal number"] = f"{found.renewal:.2f}"
    if found.renewal_low is not None and found.renewal_high is not None:
        texts["renewal bounds"] = f"{found.renewal_low:.2f} to {found.renewal_high:.2f}"
    if found.interest_5m is not None:
        texts["OI 5 min"] = write.percent(found.interest_5m)
    if found.interest_since is not None:
        texts["OI since ignition"] = write.percent(found.interest_since)
    return texts


def _signed(value: float, digits: int) -> str:
    return f"{value:+.{digits}f}".replace("-", "−")


def _level(state: CascadeState, level: CrossedLevel, notation: Notation) -> tuple[str, ...]:
    sampled = state.inputs.sampled or state.rule == "sampled"
    return (
        state.direction,
        notation.price(level.far, None),
        level.verdict or "first",
        growth_text(level.growth) or write.NONE_SEEN,
        notation.amount(level.usd_per_bp, sampled, True),
        f"{level.bp_per_second:.2f}",
        notation.amount(level.usd, sampled, True),
        write.clock(level.at_ms),
    )


def _after(view: MarketView) -> list[tuple[str, str, str]]:
    """Whether the leverage is gone, sign by sign; how one-sided the day was, and its rank."""
    badge, balance = view.cascades.exhaustion, view.cascades.balance
    rows = []
    if badge is not None:
        way = {"down": "after the fall", "up": "after the rise"}.get(view.cascades.exhaustion_of or "", "after it")
        rows.append(("leverage gone", badge_text(badge), way))
        rows += [(write.clean(part.name), MET[part.met], write.clean(part.reason) or _NOTHING) for part in badge.parts]
    if balance is not None:
        share = f"{write.percent(balance.long_share, 1, signed=False)} long"
        rows.append(("24h balance", write.clean(balance.words), share))
        rows.append(("24h rank", rank_text(balance), "by both sides, among its own days"))
    return rows


def _corrected(venue: str, found: Corrected, notation: Notation) -> tuple[str, ...]:
    counted = notation.amount(found.raw_usd, True, True)
    if found.usd is None:
        return (write.clean(venue), counted, write.UNKNOWN, corrected_text(found), write.clean(found.reason))
    high = notation.usd(found.high) if found.high is not None else write.UNKNOWN
    band = f"{notation.usd(found.low)} to {high}"
    return (write.clean(venue), counted, f"{MODELLED}{notation.usd(found.usd)}", band, write.clean(found.reason))
