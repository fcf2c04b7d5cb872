"""Local exchanges for tests: what Binance, Bybit and OKX do on the wire, independent of this program's decoders."""

from . import faults, frames, listings
from .exchanges import Exchanges
from .journal import RestLog, SocketLog
from .limits import Limits
from .listings import Listings

__all__ = ["Exchanges", "Limits", "Listings", "RestLog", "SocketLog", "faults", "frames", "listings"]
