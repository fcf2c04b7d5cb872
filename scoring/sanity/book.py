"""What the watch remembers of each feed and coin, made when it is first needed."""

from feeds.events import Liquidation
from scoring.sanity.clocks import VenueClock
from scoring.sanity.frozen import Frozen
from scoring.sanity.sides import ForcedSides, TakerSides
from scoring.sanity.sizes import ForcedSizes, TradeSizes
from scoring.settings import SanitySettings


class FeedBook:
    """One feed's checks: of the whole feed, and by coin."""

    __slots__ = ("_settings", "clock", "forced", "forced_sizes", "marks", "prices", "takers", "trade_sizes")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self.clock = VenueClock(settings)
        self.takers = TakerSides(settings)
        self.forced = ForcedSides(settings)
        self.forced_sizes: dict[str, ForcedSizes] = {}
        self.trade_sizes: dict[str, TradeSizes] = {}
        self.marks: dict[str, Frozen] = {}
        self.prices: dict[str, Frozen] = {}

    def take(self, event: Liquidation, interest_usd: float | None) -> None:
        """Take a liquidation; `interest_usd`: what is open of the coin on its venue, where that is known."""
        self.forced.take(event)
        sizes = self.forced_sizes.get(event.coin)
        if sizes is None:
            sizes = self.forced_sizes[event.coin] = ForcedSizes(self._settings)
        sizes.take(event, interest_usd)

    def sizes(self, coin: str) -> TradeSizes:
        """The check of a coin's trade sizes."""
        found = self.trade_sizes.get(coin)
        if found is None:
            found = self.trade_sizes[coin] = TradeSizes(self._settings)
        return found

    def frozen(self, kind: dict[str, Frozen], coin: str) -> Frozen:
        """The check of a coin's price; `kind`: `marks` or `prices` of this book."""
        found = kind.get(coin)
        if found is None:
            found = kind[coin] = Frozen(self._settings)
        return found
