"""The demo as records: the simulated market, seen through ten venues, one of which fails at times."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from feeds.demo.binance import Binance
from feeds.demo.bitget import Bitget
from feeds.demo.bybit import Bybit
from feeds.demo.coinbase import Coinbase
from feeds.demo.coins import chosen
from feeds.demo.exchange import LATENCY_MS, Exchange, ForcedOrder, QuotedLine
from feeds.demo.flow import Flow
from feeds.demo.gate import Gate
from feeds.demo.htx import Htx
from feeds.demo.hyperliquid import Hyperliquid
from feeds.demo.inverse import Bitmex, Deribit
from feeds.demo.lines import lines
from feeds.demo.market import Market, Quote
from feeds.demo.okx import Okx
from feeds.demo.rest import Rest
from feeds.demo.script import Moment, Script
from feeds.events import Connected, Disconnected, Gap, StatusEvent, to_json
from feeds.events import Market as MarketName
from feeds.record import Record

START_MS = 1_767_614_400_000
"""2026-01-05T12:00:00Z: where the demo begins when nobody says otherwise."""

_OUTAGE = (2, 22)  # seconds of the outage phase between which one venue is gone


@dataclass(frozen=True, slots=True)
class Cadence:
    """How finely a stretch is simulated: its steps, ordinary trades a second, and how often prices are pushed.

    `fast_ms`: the step where the market moves fast. `slowness` multiplies the intervals of polls.
    """

    step_ms: int
    fast_ms: int
    trades: float
    prices_ms: int
    slowness: float


_LIVE = Cadence(200, 200, 26.0, 1000, 1.0)
_HISTORY = Cadence(1000, 400, 3.0, 10_000, 10.0)


def records(
    *,
    coins: Sequence[str] = (),
    seed: int = 1,
    start_ms: int = START_MS,
    seconds: float | None = None,
    history_seconds: int = 0,
    scenario: str = "story",
    rate: float = 1.0,
) -> Iterator[Record]:
    """What the venues send from `history_seconds` before `start_ms` until `seconds` after it, in order of receipt.

    The same arguments give the same bytes. `rate` multiplies the ordinary trades after `start_ms`, of which there are
    26 a second. Raises ValueError for an unknown scenario or what can't be a coin.
    """
    now_ms = start_ms - history_seconds * 1000
    session = Session(coins, seed, Script(scenario, start_ms), now_ms)
    yield session.note(f"Simulated market, not a recording: scenario {scenario}, seed {seed}.", now_ms)
    yield from session.opening(now_ms)
    live = replace(_LIVE, trades=_LIVE.trades * rate)
    end_ms = None if seconds is None else start_ms + round(seconds * 1000)
    while end_ms is None or now_ms < end_ms:
        cadence, until_ms = (_HISTORY, start_ms) if now_ms < start_ms else (live, end_ms)
        step_ms = cadence.fast_ms if session.fast(now_ms) else cadence.step_ms
        if until_ms is not None:
            step_ms = min(step_ms, until_ms - now_ms)
        now_ms += step_ms
        yield from session.step(now_ms, step_ms, cadence)


class Session:
    """All venues over one market, advanced step by step."""

    def __init__(self, coins: Sequence[str], seed: int, script: Script, now_ms: int) -> None:
        profiles = chosen(coins, seed)
        self._lines = lines(profiles)
        self._exchanges: dict[str, Exchange] = {each.name: each for each in _exchanges()}
        self._perps = {
            venue: [line for line in self._lines if line.venue == venue and line.market == "perp"]
            for venue in self._exchanges
        }
        self._script = script
        self._market = Market(profiles, seed, script, now_ms)
        self._flow = Flow(self._lines, seed)
        self._listings = list(self._listed(now_ms))
        self._rest = Rest(self._lines, self._market, self._listings, seed, now_ms)
        self._down: tuple[str, int] | None = None
        self._priced_ms = now_ms
        self._phase = -1
        self._records: list[Record] = []

    def fast(self, now_ms: int) -> bool:
        """Whether the market needs fine steps at this time."""
        return self._script.at(now_ms).fast

    def note(self, text: str, now_ms: int) -> Record:
        """A sentence about the simulation for whoever reads the tape."""
        return Record(now_ms, "note", "demo", "perp", "script", text.encode())

    def opening(self, now_ms: int) -> Iterator[Record]:
        """The instrument lists, the past, the streams going live, and what the venues push on subscribe."""
        yield from self._listings
        yield from self._rest.opening(now_ms)
        self._records = []
        for exchange in self._exchanges.values():
            self._connect(exchange, now_ms)
        yield from self._records

    def _listed(self, now_ms: int) -> Iterator[Record]:
        for exchange in self._exchanges.values():
            for page in exchange.listings([line for line in self._lines if line.venue == exchange.name]):
                yield Record(now_ms, "listing", exchange.name, page.market, page.url, page.payload)

    def step(self, now_ms: int, step_ms: int, cadence: Cadence) -> list[Record]:
        """What the venues send in the `step_ms` up to `now_ms`, in order of receipt."""
        self._records = []
        moment = self._script.at(now_ms)
        if moment.index != self._phase:
            self._phase = moment.index
            self._records.append(self.note(f"phase: {moment.phase.name}", now_ms - step_ms + 1))
        self._trade(now_ms, step_ms, cadence.trades)
        if now_ms - self._priced_ms >= cadence.prices_ms:
            self._priced_ms = now_ms
            quotes = self._quotes()
            for exchange in self._exchanges.values():
                self._send(exchange, exchange.prices(self._quoted(exchange, quotes), now_ms - LATENCY_MS), now_ms)
        for exchange in self._exchanges.values():
            if frames := exchange.liquidations(now_ms, self._up(exchange.name)):
                self._send(exchange, frames, now_ms, exchange.forced_stream)
        self._link(moment, now_ms)
        self._records += self._rest.step(now_ms, cadence.slowness, self._up)
        self._records.sort(key=_received)
        return self._records

    def _trade(self, now_ms: int, step_ms: int, per_second: float) -> None:
        """Advance the market and let the venues see its trades and forced orders."""
        forced: list[ForcedOrder] = []
        for market, levels in self._market.advance(now_ms, step_ms / 1000):
            for level in levels:
                forced += self._flow.forced(market, level, now_ms, step_ms)
        fills = self._flow.trades(self._market, per_second * step_ms / 1000, now_ms, step_ms)
        for order in forced:
            self._exchanges[order.line.venue].force(order)
        for fill in (*fills, *self._flow.fills(forced)):
            exchange = self._exchanges[fill.line.venue]
            if self._up(exchange.name):
                self._frame(exchange, fill.line.market, exchange.trade(fill), fill.at_ms + LATENCY_MS)

    def _link(self, moment: Moment, now_ms: int) -> None:
        """Take one venue down in the outage phase, another one each time, and bring it back."""
        begin, end = _OUTAGE
        away = moment.phase.name == "outage" and begin <= moment.elapsed < end
        if away and self._down is None:
            venue = ("okx", "bybit", "binance")[moment.loop % 3]
            self._down = venue, now_ms
            self._disconnect(self._exchanges[venue], now_ms, now_ms + round((end - moment.elapsed) * 1000))
        elif self._down is not None and not away:
            venue, since_ms = self._down
            self._down = None
            self._connect(self._exchanges[venue], now_ms, since_ms)

    def _disconnect(self, exchange: Exchange, now_ms: int, retry_at_ms: int) -> None:
        for stream, market in exchange.streams:
            self._status(
                Disconnected(
                    venue=exchange.name,
                    market=market,
                    at_ms=now_ms,
                    received_ms=now_ms,
                    stream=stream,
                    reason=exchange.outage,
                    retry_at_ms=retry_at_ms,
                )
            )

    def _connect(self, exchange: Exchange, now_ms: int, since_ms: int | None = None) -> None:
        venue = exchange.name
        for stream, market in exchange.streams:
            if since_ms is not None:
                why = f"not seen for {(now_ms - since_ms) / 1000:.0f} s"
                self._status(
                    Gap(
                        venue=venue,
                        market=market,
                        at_ms=now_ms,
                        received_ms=now_ms,
                        stream=stream,
                        reason=why,
                        since_ms=since_ms,
                    )
                )
            why = "first market event arrived"
            self._status(
                Connected(venue=venue, market=market, at_ms=now_ms, received_ms=now_ms, stream=stream, reason=why)
            )
        self._send(exchange, exchange.opening(self._quoted(exchange, self._quotes()), now_ms - LATENCY_MS), now_ms)

    def _quotes(self) -> dict[str, Quote]:
        return {market.coin.name: market.quote() for market in self._market}

    def _quoted(self, exchange: Exchange, quotes: Mapping[str, Quote]) -> list[QuotedLine]:
        return [QuotedLine(line, quotes[line.coin.name]) for line in self._perps[exchange.name]]

    def _up(self, venue: str) -> bool:
        return self._down is None or self._down[0] != venue

    def _send(self, exchange: Exchange, frames: Sequence[bytes], now_ms: int, stream: str = "") -> None:
        if self._up(exchange.name):
            for payload in frames:
                self._frame(exchange, "perp", payload, now_ms, stream)

    def _frame(
        self, exchange: Exchange, market: MarketName, payload: bytes, received_ms: int, stream: str = ""
    ) -> None:
        stream = stream or f"{exchange.name} {market}"
        self._records.append(Record(received_ms, "frame", exchange.name, market, stream, payload))

    def _status(self, event: StatusEvent) -> None:
        self._records.append(
            Record(event.received_ms, "status", event.venue, event.market, event.stream, to_json(event))
        )


def _exchanges() -> tuple[Exchange, ...]:
    return (
        *(Binance(), Bybit(), Okx()),
        *(Hyperliquid(), Coinbase(), Htx(), Gate(), Bitmex(), Deribit(), Bitget()),
    )


def _received(record: Record) -> int:
    return record.received_ms
