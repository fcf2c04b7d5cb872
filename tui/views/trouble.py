"""What is wrong with a feed, in a few words or in full, and when it is tried again."""

from collections.abc import Sequence

from scoring.view import FeedHealth, Health, MarketView
from tui.controls import Controls
from tui.format import clean, duration, venue_code
from tui.language import ENGLISH, label
from tui.views.layout import cell, wrapped
from tui.views.row import Row, about
from tui.views.seen import HEALTH_STYLES, SEVERITY

_WORDS: dict[Health, str] = {"suspect": "silent", "dead": "offline", "blocked": "refused"}
_DOUBT_WIDTH = 48
"""So much of a doubt is told where there is room for a few words."""


def troubled(view: MarketView) -> list[FeedHealth]:
    """The feeds that should bring something and don't, in the order of the view."""
    return [feed for feed in view.feeds if feed.state in _WORDS]


def worst_of(feeds: Sequence[FeedHealth]) -> list[FeedHealth]:
    """One feed a venue: its worst."""
    found: dict[str, FeedHealth] = {}
    for feed in feeds:
        known = found.setdefault(feed.venue, feed)
        if SEVERITY.index(feed.state) > SEVERITY.index(known.state):
            found[feed.venue] = feed
    return list(found.values())


def brief(feed: FeedHealth, at_ms: int, controls: Controls = ENGLISH) -> str:
    """The state in a word, and the next attempt: refused, retry in 12s."""
    word = _word(feed, controls)
    if _doubted(feed):
        return f"{word}: {clean(feed.doubts[0], _DOUBT_WIDTH)}"
    if feed.state == "suspect":
        if feed.last_at_ms is None:
            return word
        return label("silent for {time}", controls, time=duration(at_ms - feed.last_at_ms))
    if feed.retry_at_ms is None:
        return f"{word}, {label('no retry', controls)}" if feed.state == "blocked" else word
    wait = feed.retry_at_ms - at_ms
    if wait <= 0:
        return f"{word}, {label('trying again', controls)}"
    return f"{word}, {label('retry in {time}', controls, time=duration(wait + 999))}"


def in_full(feed: FeedHealth) -> str:
    """Which feed it is, with the evidence for its state."""
    return f"{venue_code(feed.venue)} {feed.market} {clean(feed.evidence)}"


def trouble_rows(view: MarketView, width: int) -> list[Row]:
    """Each troubled feed in full, in as many rows as it takes."""
    return [
        about("status.trouble", row, feed.venue)
        for feed in troubled(view)
        for row in wrapped(in_full(feed), width, HEALTH_STYLES[feed.state])
    ]


def trouble_line(view: MarketView, controls: Controls = ENGLISH) -> list[Row]:
    """All troubled feeds in one row, the fullest first: with their evidence, in brief, by name alone."""
    feeds = troubled(view)
    if not feeds:
        return []
    worst = worst_of(feeds)
    style = HEALTH_STYLES[max((feed.state for feed in worst), key=SEVERITY.index)]
    texts = (
        "   ".join(map(in_full, feeds)),
        "   ".join(map(in_full, worst)),
        "   ".join(f"{_name(feed, view)} {brief(feed, view.at_ms, controls)}" for feed in worst),
        "   ".join(f"{names} {told}" for told, names in _alike(worst, view, controls).items()),
        "  ".join(f"{_name(feed, view)} {_word(feed, controls)}" for feed in worst),
    )
    return [about("status.trouble", cell(f" {text}", style), worst[0].venue) for text in texts]


def _alike(feeds: Sequence[FeedHealth], view: MarketView, controls: Controls) -> dict[str, str]:
    """The names of those of which the same is to be told in brief, by that."""
    found: dict[str, str] = {}
    for feed in feeds:
        told, name = brief(feed, view.at_ms, controls), _name(feed, view)
        found[told] = f"{found[told]} {name}" if told in found else name
    return found


def _word(feed: FeedHealth, controls: Controls) -> str:
    return label("doubted" if _doubted(feed) else _WORDS[feed.state], controls)


def _doubted(feed: FeedHealth) -> bool:
    """Whether data comes that can't be true, which is no silence."""
    return bool(feed.doubts) and feed.state == "suspect"


def _name(feed: FeedHealth, view: MarketView) -> str:
    """The venue; with the market where another of its feeds is well."""
    well = any(one.venue == feed.venue and one.state in ("live", "quiet") for one in view.feeds)
    return f"{venue_code(feed.venue)} {feed.market}" if well else venue_code(feed.venue)
