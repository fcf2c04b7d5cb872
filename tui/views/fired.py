"""Why an alert fired, in one line and as a card of several."""

from scoring.view.alerts import Fired, Observed, Unit
from tui.format import AT_LEAST, UNKNOWN, clean, percent, price, usd
from tui.format import ratio as times

_SMALL = 0.002
"""Below this a fraction needs more decimals: funding rates do."""


def sentence(fired: Fired) -> str:
    """What happened, in one line: BTC liquidations_long_60s ≥6.2M (above 5M)."""
    return f"{clean(fired.subject)} {fired.metric} {_now(fired)} ({clean(fired.when)})"


def card(fired: Fired) -> tuple[tuple[str, str], ...]:
    """All that made it, as names and values."""
    seen = fired.observed
    rows = [
        ("rule", f"{clean(fired.rule)} ({fired.severity})"),
        ("metric", f"{clean(fired.subject)} {fired.metric}"),
        ("value", _now(fired) + (" (modelled)" if seen.modelled else "")),
        ("condition", clean(fired.when)),
        ("own day", UNKNOWN if fired.percentile is None else f"above {fired.percentile:.0f} % of it"),
        ("before", _before(fired)),
        ("source", clean(seen.source)),
        ("age", UNKNOWN if seen.at_ms is None else f"{max(0, fired.at_ms - seen.at_ms) / 1000:.0f} s"),
    ]
    if fired.held_back:
        rows.append(("held back", f"{fired.held_back} by the cooldown since it last fired"))
    if fired.unit == "state":
        rows = [row for row in rows if row[0] != "own day"]
    return tuple(rows)


def shown(observed: Observed, unit: Unit, metric: str = "") -> str:
    """A value in its unit; `?` where it is not known."""
    if observed.state:
        return clean(observed.state)
    text = price(observed.value) if metric == "price" else measure(observed.value, unit)
    return (AT_LEAST if observed.at_least and observed.value is not None else "") + text


def measure(value: float | None, unit: Unit) -> str:
    """A number in a metric's unit."""
    if value is None:
        return UNKNOWN
    if unit == "USD":
        return usd(value)
    if unit == "fraction":
        return percent(value, 4 if abs(value) < _SMALL else 2)
    return times(value) if unit == "times" else f"{value:+.2f}".replace("-", "−")


def _now(fired: Fired) -> str:
    text = shown(fired.observed, fired.unit, fired.metric)
    kind = fired.when.lower()
    if fired.compared is None:
        return text
    if "percentile" in kind:
        return f"{text}, percentile {fired.compared:.0f}"
    if not kind.startswith(("rises", "falls")):
        return text
    by = measure(abs(fired.compared), "fraction" if fired.unit == "USD" else fired.unit).lstrip("+")
    return f"{text}, {'up' if fired.compared > 0 else 'down'} {by}"


def _before(fired: Fired) -> str:
    if fired.before is None or fired.before_at_ms is None:
        return UNKNOWN
    text = shown(fired.before, fired.unit, fired.metric)
    return f"{text}, {max(0, fired.at_ms - fired.before_at_ms) / 1000:.0f} s earlier"
