"""The venues that liqtop speaks with. A new one is its module and one line here."""

from feeds.venue import Venue
from feeds.venues.binance import Binance
from feeds.venues.bitget import Bitget
from feeds.venues.bitmex import Bitmex
from feeds.venues.bybit import Bybit
from feeds.venues.coinbase import Coinbase
from feeds.venues.deribit import Deribit
from feeds.venues.gate import Gate
from feeds.venues.htx import Htx
from feeds.venues.hyperliquid import Hyperliquid
from feeds.venues.okx import Okx

VENUES: dict[str, Venue] = {
    venue.name: venue
    for venue in (
        Binance(),
        Bybit(),
        Okx(),
        Hyperliquid(),
        Coinbase(),
        Htx(),
        Gate(),
        Bitmex(),
        Deribit(),
        Bitget(),
    )
}
