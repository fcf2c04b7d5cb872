"""The REST side of the demo: what the venues answer to the polls that a monitor of these instruments makes."""

from collections.abc import Callable, Iterator, Sequence

from feeds.demo.binance_answers import binance_answer
from feeds.demo.bybit_answers import bybit_answer
from feeds.demo.htx_answers import htx_answer
from feeds.demo.hyperliquid import hyperliquid_answer
from feeds.demo.lines import Line
from feeds.demo.market import Market
from feeds.demo.okx_answers import okx_answer
from feeds.demo.options import deribit_answer
from feeds.demo.past import Past
from feeds.demo.polling import Polling
from feeds.demo.subject import Question, Subject
from feeds.record import Record
from feeds.symbols import SymbolTable
from feeds.venue import Poll, Request
from feeds.venues import VENUES

_ANSWERS: dict[str, Callable[[Question, dict[str, Subject]], bytes]] = {
    "binance": binance_answer,
    "bybit": bybit_answer,
    "okx": okx_answer,
    "hyperliquid": hyperliquid_answer,
    "htx": htx_answer,
    "deribit": deribit_answer,
}


class Rest:
    """Every coin's candles and crowd, kept as the market moves, and the answers that tell them."""

    def __init__(
        self, lines: Sequence[Line], market: Market, listings: Sequence[Record], seed: int, now_ms: int
    ) -> None:
        pasts = {coin.coin.name: Past(coin, seed, now_ms) for coin in market}
        self._pasts = tuple(pasts.values())
        self._subjects: dict[str, dict[str, Subject]] = {venue: {} for venue in _ANSWERS}
        for line in lines:
            if line.market == "perp" and line.venue in self._subjects:
                self._subjects[line.venue][line.symbol] = Subject(line, pasts[line.coin.name], seed)
        self._polling = Polling([_polls(venue, listings) for venue in _ANSWERS], now_ms)

    def opening(self, now_ms: int) -> Iterator[Record]:
        """The history of every coin, and what is true at the start."""
        for poll in self._polling.opening(now_ms):
            yield self._answered(poll, now_ms)

    def step(self, now_ms: int, slowness: float, up: Callable[[str], bool]) -> Iterator[Record]:
        """Take in the market as it is now; what the venues that are up answer by then."""
        for past in self._pasts:
            past.move(now_ms)
        for poll in self._polling.due(now_ms, slowness, up):
            yield self._answered(poll, now_ms)

    def _answered(self, poll: Poll, now_ms: int) -> Record:
        payload = _ANSWERS[poll.venue](Question.of(poll, now_ms), self._subjects[poll.venue])
        return Record(now_ms, "answer", poll.venue, poll.market, poll.key, payload)


def _polls(venue: str, listings: Sequence[Record]) -> Sequence[Poll]:
    """What a monitor of the listed instruments asks: the addresses are the venue's own module's."""
    told = [record for record in listings if record.venue == venue]
    table = SymbolTable()
    for record in told:
        table.add(VENUES[venue].listing(Request(record.market, record.stream), record.payload).instruments)
    return VENUES[venue].polls(table)
