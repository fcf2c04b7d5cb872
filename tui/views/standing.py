"""How each exchange stands: a dot for each where there is room, else how many are live and who is not, worst first."""

from scoring.view import Health, MarketView
from tui.controls import Controls
from tui.format import venue_code
from tui.language import label
from tui.views.layout import row_width
from tui.views.row import Row, Span, about
from tui.views.seen import GLYPHS, HEALTH_STYLES, SEVERITY


def standings(view: MarketView, controls: Controls) -> list[Row]:
    """The same in less and less room: BIN● BYB● OKX○, 2/3 live OKX○, 2/3 live. Without a feed one empty row."""
    states = _states(view)
    if not states:
        return [()]
    every = _named(states)
    poor = sorted(
        (pair for pair in states if pair[1] != "live"), key=lambda pair: SEVERITY.index(pair[1]), reverse=True
    )
    style = HEALTH_STYLES[poor[0][1]] if poor else "pass"
    live = label("{live}/{all} live", controls, live=len(states) - len(poor), all=len(states))
    count: Row = about("header.feeds", ((live, style),))
    rows = [every, *((*count, (" ", "text"), *_some(poor, shown)) for shown in range(len(poor), 0, -1)), count]
    narrower = [row for row in rows[1:] if row_width(row) < row_width(every)]
    return [every, *narrower]


def _states(view: MarketView) -> list[tuple[str, Health]]:
    """Each venue by its worst stream; one that is down is in doubt where another of its streams brings data."""
    found: dict[str, list[Health]] = {}
    for feed in view.feeds:
        found.setdefault(feed.venue, []).append(feed.state)
    states = []
    for venue, streams in found.items():
        state: Health = max(streams, key=SEVERITY.index)
        if state in ("dead", "blocked") and "live" in streams:
            state = "suspect"
        states.append((venue, state))
    return states


def _named(states: list[tuple[str, Health]]) -> Row:
    spans: list[Span] = []
    for venue, state in states:
        told: Row = ((venue_code(venue), "text"), (GLYPHS[state], HEALTH_STYLES[state]))
        spans += [(" ", "text"), *about("header.feed", told, venue)]
    return tuple(spans[1:])


def _some(poor: list[tuple[str, Health]], shown: int) -> Row:
    more = about("header.feeds", ((f" +{len(poor) - shown}", "muted"),)) if shown < len(poor) else ()
    return (*_named(poor[:shown]), *more)
