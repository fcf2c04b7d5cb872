"""What of a window was watched, and whether a number is still fresh: the words that keep silence apart from zero."""

from collections.abc import Sequence

from feeds.events import Market
from scoring.view import Health, MarketView, Reading, WindowTotal
from tui.controls import Controls
from tui.format import span, venue_code
from tui.language import ENGLISH, label
from tui.views.row import Row, about

WHOLE = 0.995
"""A window seen to this share counts as seen."""
NO_REASON = ("", "no data yet", "no price yet")
"""Reasons that tell nothing."""

SEVERITY: tuple[Health, ...] = ("off", "live", "quiet", "suspect", "blocked", "dead")
"""From what doesn't matter to what matters most."""
GLYPHS: dict[Health, str] = {
    "live": "●", "quiet": "◐", "suspect": "◐", "dead": "○", "blocked": "✕", "off": "·",
}  # fmt: skip
HEALTH_STYLES: dict[Health, str] = {
    "live": "pass", "quiet": "warn", "suspect": "warn", "dead": "fail", "blocked": "fail", "off": "muted",
}  # fmt: skip


def window_total(view: MarketView, minutes: int) -> WindowTotal | None:
    """The totals of a window, None where they are not known."""
    return next((total for total in view.totals if total.window_minutes == minutes), None)


def watched(total: WindowTotal | None) -> bool:
    """Whether any venue was seen live in the window, so that finding nothing means something."""
    return total is not None and (total.coverage > 0 or any(venue.coverage > 0 for venue in total.venues))


def whole(total: WindowTotal | None) -> bool:
    """Whether every venue was seen through the whole window."""
    return total is not None and total.coverage >= WHOLE


def seen(total: WindowTotal | None, controls: Controls = ENGLISH) -> str:
    """How much of a window was watched by the worst venue: empty where all of it was."""
    if total is None or not watched(total):
        return label("not watched", controls)
    if whole(total):
        return ""
    if total.coverage <= 0:
        return label("seen in part", controls)
    return _seen_of(seen_span(total.coverage, total.window_minutes, controls), total, controls)


def _seen_of(part: str, total: WindowTotal, controls: Controls) -> str:
    return label("seen {part} of {window}", controls, part=part, window=span(total.window_minutes))


def seen_span(coverage: float, minutes: int, controls: Controls = ENGLISH) -> str:
    """The watched part of a window as a span of time."""
    return label("none", controls) if coverage <= 0 else span(min(coverage, 1.0) * minutes)


def seen_by_venue(total: WindowTotal, controls: Controls = ENGLISH) -> str:
    """The same for each venue that missed some of it: seen BIN 12m BYB none of 4h."""
    parts = [
        f"{venue_code(venue.venue)} {seen_span(venue.coverage, total.window_minutes, controls)}"
        for venue in total.venues
        if venue.coverage < WHOLE
    ]
    return _seen_of(" ".join(parts), total, controls)


def seen_rows(total: WindowTotal | None, controls: Controls = ENGLISH, topic: str = "ladder.coverage") -> list[Row]:
    """What a title may say about coverage, the fullest first; the last is the least it must say."""
    least = seen(total, controls)
    if not least:
        return [()]
    said = [least]
    if total is not None and watched(total) and len({venue.coverage for venue in total.venues}) > 1:
        said.insert(0, seen_by_venue(total, controls))
    return [about(topic, (("  ", "text"), (words, "warn"))) for words in said]


def is_stale(reading: Reading, at_ms: int) -> bool:
    """Whether a price is too old, or too doubtful, to be the present one."""
    return is_old(reading, at_ms) or reading.reason not in NO_REASON


def is_old(reading: Reading, at_ms: int) -> bool:
    """Whether a price's time is over; a held picture's prices grow old."""
    return reading.stale_at_ms is not None and at_ms > reading.stale_at_ms


def codes(view: MarketView, markets: Sequence[Market] = ("perp", "spot", "option")) -> list[str]:
    """The venues that are switched on, as three letters, in the order of their feeds."""
    on = [feed.venue for feed in view.feeds if feed.state != "off" and feed.market in markets]
    return [venue_code(venue) for venue in dict.fromkeys(on)]


def waiting(view: MarketView, controls: Controls = ENGLISH) -> str:
    """Why there is no price yet."""
    if view.price.reason not in NO_REASON:
        return view.price.reason
    if view.feeds and all(feed.state in ("off", "dead", "blocked") for feed in view.feeds) and codes(view):
        return label("no price yet: no feed is up", controls)
    if names := codes(view):
        return label("waiting for a first price from {venues}", controls, venues=", ".join(names))
    return label("waiting for a first price", controls)
