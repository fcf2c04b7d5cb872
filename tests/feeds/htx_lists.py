"""HTX and its recorded instrument lists."""

from feeds.symbols import Instrument
from feeds.venue import Request
from feeds.venues.htx import Htx
from tests.feeds.decoding import FRAMES

HTX = Htx()
SWAPS, PAIRS = HTX.requests()


def listed(request: Request, name: str) -> tuple[Instrument, ...]:
    """The instruments of a recorded list."""
    return HTX.listing(request, (FRAMES / "htx" / name).read_bytes()).instruments
