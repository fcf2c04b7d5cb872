"""Why an alert fired, in one line and as a card of several."""

from scoring.view.alerts import Fired, Observed, Severity, Unit
from tui.controls import Controls
from tui.format import AT_LEAST, UNKNOWN, clean, percent, price, usd
from tui.format import ratio as times
from tui.language import ENGLISH, label

_SMALL = 0.002
"""Below this a fraction needs more decimals: funding rates do."""
_SEVERITY_WORDS: dict[Severity, str] = {"info": "info", "warning": "warning", "critical": "critical"}


def sentence(fired: Fired, controls: Controls = ENGLISH) -> str:
    """What happened, in one line: BTC liquidations_long_60s ≥6.2M (above 5M)."""
    return f"{clean(fired.subject)} {fired.metric} {_now(fired, controls)} ({clean(fired.when)})"


def card(fired: Fired, controls: Controls = ENGLISH) -> tuple[tuple[str, str], ...]:
    """All that made it, as names and values."""
    seen = fired.observed
    above = None if fired.percentile is None else f"{fired.percentile:.0f}"
    own = UNKNOWN if above is None else label("above {share} % of it", controls, share=above)
    age = None if seen.at_ms is None else f"{max(0, fired.at_ms - seen.at_ms) / 1000:.0f}"
    rows = [
        (label("rule", controls), f"{clean(fired.rule)} ({severity_word(fired.severity, controls)})"),
        (label("metric", controls), f"{clean(fired.subject)} {fired.metric}"),
        (
            label("value", controls),
            _now(fired, controls) + (f" ({label('modelled', controls)})" if seen.modelled else ""),
        ),
        (label("condition", controls), clean(fired.when)),
        *([] if fired.unit == "state" else [(label("own day", controls), own)]),
        (label("before", controls), _before(fired, controls)),
        (label("source", controls), clean(seen.source)),
        (label("age", controls), UNKNOWN if age is None else label("{seconds} s", controls, seconds=age)),
    ]
    if fired.held_back:
        held = label("{n} by the cooldown since it last fired", controls, n=fired.held_back)
        rows.append((label("held back", controls), held))
    return tuple(rows)


def severity_word(severity: Severity, controls: Controls) -> str:
    """How much it matters, in the reader's language."""
    return label(_SEVERITY_WORDS[severity], controls)


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


def _now(fired: Fired, controls: Controls) -> str:
    text = shown(fired.observed, fired.unit, fired.metric)
    kind = fired.when.lower()
    if fired.compared is None:
        return text
    if "percentile" in kind:
        return f"{text}, {label('percentile {place}', controls, place=f'{fired.compared:.0f}')}"
    if not kind.startswith(("rises", "falls")):
        return text
    by = measure(abs(fired.compared), "fraction" if fired.unit == "USD" else fired.unit).lstrip("+")
    return f"{text}, {label('up {by}' if fired.compared > 0 else 'down {by}', controls, by=by)}"


def _before(fired: Fired, controls: Controls) -> str:
    if fired.before is None or fired.before_at_ms is None:
        return UNKNOWN
    seconds = f"{max(0, fired.at_ms - fired.before_at_ms) / 1000:.0f}"
    value = shown(fired.before, fired.unit, fired.metric)
    return label("{value}, {seconds} s earlier", controls, value=value, seconds=seconds)
