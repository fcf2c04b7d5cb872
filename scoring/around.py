"""What pictures of coins are made of beside a coin's own state: the moment, its feeds, and what is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scoring.coin import CoinState
from scoring.feed import Feed, Feeds
from scoring.settings import ScoringSettings
from scoring.unwatched import Unwatched
from scoring.view import CoinSummary, Counts, FeedHealth, Lens, Preset


@dataclass(frozen=True, slots=True)
class Around:
    """What the view of every coin shares at one moment."""

    at_ms: int
    liquidation_feeds: Sequence[Feed]
    blind: str | None
    feeds: tuple[FeedHealth, ...]
    coins: tuple[CoinSummary, ...]
    counts: Counts
    all_feeds: Feeds
    bitcoin: CoinState | None
    unwatched: Unwatched = field(default_factory=Unwatched)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is looked at: the ladder's window and zoom, and the estimated map's lens and preset."""

    window: int
    zoom: int = 0
    lens: Lens | None = None
    preset: Preset | None = None


def listing(state: CoinState, around: Around) -> list[Feed]:
    """The liquidation feeds of venues that list the coin, as they were seen while it was watched."""
    listing = (feed for feed in around.liquidation_feeds if state.name not in feed.unlisted)
    return around.unwatched.seen(state.name, listing)


def map_venues(state: CoinState, around: Around, settings: ScoringSettings) -> tuple[str, ...]:
    """The watched venues that tell open interest, without those that don't list the coin."""
    watched = dict.fromkeys(feed.venue for feed in around.all_feeds if feed.market == "perp")
    lacking = {feed.venue for feed in around.all_feeds if feed.market == "perp" and state.name in feed.unlisted}
    return tuple(venue for venue in settings.map.venues if venue in watched and venue not in lacking)
