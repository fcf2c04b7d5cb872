"""The line that tells what a text is of: the coin, the time in UTC, the mode and the sources."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean, stamp, venue_code
from tui.language import label


def heading(view: MarketView, controls: Controls) -> str:
    """One line for the head of a snapshot, or of a pane that was copied."""
    venues = dict.fromkeys(venue_code(feed.venue) for feed in view.feeds if feed.state != "off")
    sources = " ".join(venues) or label("no feed", controls)
    coin = clean(view.coin or controls.coin)
    return f"liqtop {coin}  {stamp(view.at_ms)}  {clean(controls.mode)}  {sources}"
