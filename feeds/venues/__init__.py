"""The venues that liqtop speaks with. A new one is its module and one line here."""

from feeds.venue import Venue
from feeds.venues.binance import Binance
from feeds.venues.bybit import Bybit
from feeds.venues.okx import Okx

VENUES: dict[str, Venue] = {venue.name: venue for venue in (Binance(), Bybit(), Okx())}
