"""Which venues have a coin and answer, and why the others don't."""

from scoring.feed import Feeds, Stream
from scoring.view import VenueState


def venue_states(coin: str, feeds: Feeds) -> tuple[VenueState, ...]:
    """Every venue that was heard of, by name. Trouble is told where nothing of the venue reaches the coin."""
    names = sorted({feed.venue for feed in feeds} | set(feeds.rest))
    return tuple(_state(name, coin, feeds) for name in names)


def _state(venue: str, coin: str, feeds: Feeds) -> VenueState:
    mine = [feed for feed in feeds if feed.venue == venue]
    listed = [feed for feed in mine if coin not in feed.unlisted]
    if mine and not listed:
        return VenueState(venue, "not listed")
    streams = [stream for feed in listed for stream in feed.streams.values()]
    down = [stream for stream in streams if stream.state in ("down", "refused")]
    if down and len(down) == len(streams):
        return _trouble(venue, down[0])
    rest = feeds.rest.get(venue)
    if rest is not None and rest.state in ("down", "refused"):
        return _trouble(venue, rest, "REST ")
    refused = next((reason for feed in listed if (reason := feed.refusals.reason(coin))), "")
    return VenueState(venue, f"refused: {refused}" if refused else "")


def _trouble(venue: str, stream: Stream, what: str = "") -> VenueState:
    word = "blocked" if stream.state == "refused" else "down"
    return VenueState(venue, f"{what}{word}: {stream.reason}", stream.retry_at_ms)
