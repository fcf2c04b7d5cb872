"""What a poll asked, read back from its key, and the events that its answer becomes: the same for every venue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from feeds.events import AnyEvent, Basis, Candle, Depth, LongShort, Market, OpenInterest
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import BadAnswer
from feeds.venues.book import Level, within
from feeds.venues.reading import Rejection, left_out, not_negative, positive, shown


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: which address with which parameters, when its answer came, and the instruments to read it with."""

    venue: str
    market: Market
    path: str
    query: Mapping[str, str]
    received_ms: int
    symbols: SymbolTable

    @classmethod
    def of(cls, venue: str, market: Market, key: str, received_ms: int, symbols: SymbolTable) -> "Asked":
        """Read a poll's key; raises `BadAnswer` where it is no address."""
        try:
            address = urlsplit(key)
        except ValueError as error:
            raise BadAnswer(f"expected an address as the poll's key, found {shown(key)}: {error}") from None
        return cls(venue, market, address.path, dict(parse_qsl(address.query)), received_ms, symbols)

    def instrument(self, parameter: str) -> Instrument:
        """The instrument that a parameter names; raises `BadAnswer` where it isn't listed."""
        symbol = self.query.get(parameter, "")
        found = self.symbols.of(self.venue, self.market).get(symbol)
        if found is None:
            raise BadAnswer(f"{self.path}: {shown(symbol)} is not among the listed instruments of {self.venue}")
        return found

    def each(self, rows: Iterable[Any], read: Callable[[Any], AnyEvent]) -> list[AnyEvent]:
        """One event per row; a row that can't be read becomes an `Undecodable`."""
        return [self.one(row, read) for row in rows]

    def one(self, row: Any, read: Callable[[Any], AnyEvent]) -> AnyEvent:
        """The event of a row, or the `Undecodable` in its place."""
        try:
            return read(row)
        except Rejection as error:
            return left_out(self.venue, self.market, self.received_ms, error.kind, f"{self.path}: {error.reason}")

    def open_interest(
        self, instrument: Instrument, at_ms: int, coins: float | None, notional_usd: float | None
    ) -> OpenInterest:
        """Open interest of one side, in whole coins and USD."""
        return OpenInterest(
            venue=self.venue,
            market=self.market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=self.received_ms,
            coins=coins,
            notional_usd=notional_usd,
        )

    def long_short(self, instrument: Instrument, at_ms: int, basis: Basis, longs: float, shorts: float) -> LongShort:
        """The share of `longs` in both; raises `Rejection` where there are neither."""
        if longs < 0 or shorts < 0 or longs + shorts <= 0:
            raise Rejection("invalid number", f"expected shares of longs and shorts, found {longs:g} and {shorts:g}")
        return LongShort(
            venue=self.venue,
            market=self.market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=self.received_ms,
            basis=basis,
            long_share=longs / (longs + shorts),
        )

    def candle(self, instrument: Instrument, interval: str, at_ms: int, bar: "Bar") -> Candle:
        """A candle per whole coin; raises `Rejection` for prices outside of its own range."""
        unit = instrument.price_unit
        opened, high, low, close = (
            positive(value, name) / unit
            for value, name in ((bar.open, "open"), (bar.high, "high"), (bar.low, "low"), (bar.close, "close"))
        )
        if not low <= min(opened, close) <= max(opened, close) <= high:
            raise Rejection("invalid number", f"expected a range that holds open and close, found {low:g} to {high:g}")
        units = not_negative(bar.volume, "volume")
        return Candle(
            venue=self.venue,
            market=self.market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=self.received_ms,
            interval=interval,
            open=opened,
            high=high,
            low=low,
            close=close,
            volume=instrument.size(close * unit, units)[1],
            closed=bar.closed,
        )

    def depth(self, instrument: Instrument, at_ms: int, bids: list[Level], asks: list[Level]) -> tuple[Depth, ...]:
        """The band that the book really covers; nothing where it covers none."""
        found = within(instrument, bids, asks)
        if found is None:
            return ()
        return (
            Depth(
                venue=self.venue,
                market=self.market,
                symbol=instrument.symbol,
                coin=instrument.coin,
                at_ms=at_ms,
                received_ms=self.received_ms,
                band_percent=found.band_percent,
                bid_usd=found.bid_usd,
                ask_usd=found.ask_usd,
            ),
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """A candle's fields as the venue sent them: prices per its unit, volume in its units of size."""

    open: object
    high: object
    low: object
    close: object
    volume: object
    closed: bool


def rows(value: object, name: str) -> list[Any]:
    """`value` as a list; raises `Rejection` for anything else."""
    if not isinstance(value, list):
        raise Rejection("wrong type", f"expected a list as {name}, found {shown(value)}")
    return value


def cells(row: object, least: int, name: str) -> list[Any]:
    """`row` as a list of at least so many cells; raises `Rejection` for anything else."""
    if not isinstance(row, list) or len(row) < least:
        raise Rejection("wrong type", f"expected {least} values as {name}, found {shown(row)}")
    return row
