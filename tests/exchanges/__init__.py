"""Local exchanges for tests: what the venues do on the wire, independent of this program's decoders."""

from . import facts, faults, frames, listings
from .exchanges import Exchanges
from .journal import RestLog, SocketLog
from .limits import Limits
from .listings import Listings
from .marketdata import MarketData

__all__ = [
    "Exchanges",
    "Limits",
    "Listings",
    "MarketData",
    "RestLog",
    "SocketLog",
    "facts",
    "faults",
    "frames",
    "listings",
]
