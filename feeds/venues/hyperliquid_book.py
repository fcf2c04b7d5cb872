"""Hyperliquid's order books over REST, and the depth they tell.

    POST /info {"type":"l2Book","coin":"BTC","nSigFigs":3}
    {"coin":"BTC","levels":[[{"px":"98450.50","sz":"2.5","n":3}],[{"px":"98451.00","sz":"1.5","n":2}]],"time":1703875200000}

The first of `levels` are bids, the second asks, at most 20 of each; `nSigFigs` rounds prices to so many significant
figures, bids down and asks up (Hyperliquid documentation, info endpoint, l2Book).

Twenty levels of three figures reach far beyond 1 %, those of four mostly do not. Only where a price begins with a 1 is
a step of three figures so wide (up to 1 %) that the band would hold one level or none; there four reach 1 % themselves.
"""

from collections.abc import Sequence

from feeds.events import AnyEvent
from feeds.symbols import SymbolTable
from feeds.venue import BadAnswer
from feeds.venues.asked import Asked
from feeds.venues.book import Level
from feeds.venues.reading import Rejection, fields, milliseconds, not_negative, parse, positive, shown

FIGURES = (3, 4)
"""The significant figures that books are asked for with."""


def read_book(key: str, payload: bytes, received_ms: int, symbols: SymbolTable) -> Sequence[AnyEvent]:
    """The depth of one book; nothing where the book of the other figures tells it better. Raises `BadAnswer`."""
    address, _, body = key.partition("#")
    try:
        question = fields(parse(body.encode()), "what was asked")
        if question.get("type") != "l2Book" or not isinstance(question.get("coin"), str):
            raise BadAnswer(f"no such poll: {shown(key)}")
        asked = Asked("hyperliquid", "perp", "l2Book", {"coin": question["coin"]}, received_ms, symbols)
        instrument = asked.instrument("coin")
        book = fields(parse(payload), "a book")
        if book.get("coin") != instrument.symbol:
            raise Rejection("wrong symbol", f"expected {instrument.symbol}, found {shown(book.get('coin'))}")
        sides = book.get("levels")
        if not isinstance(sides, list) or len(sides) != 2:
            raise Rejection("wrong type", f"expected bids and asks as levels, found {shown(sides)}")
        bids, asks = _levels(sides[0], "bids"), _levels(sides[1], "asks")
        at_ms = milliseconds(book.get("time"), "time")
        if bids and question.get("nSigFigs") != _figures(max(bids)[0]):
            return ()
        return asked.depth(instrument, at_ms, bids, asks)
    except Rejection as error:
        raise BadAnswer(f"{address} l2Book: {error.reason}") from None


def _figures(price: float) -> int:
    """The figures whose book tells the depth around a price best."""
    leading = int(f"{price:e}"[0])
    return 4 if leading == 1 else 3


def _levels(rows: object, name: str) -> list[Level]:
    if not isinstance(rows, list):
        raise Rejection("wrong type", f"expected a list as {name}, found {shown(rows)}")
    read = (fields(row, f"a level of {name}") for row in rows)
    return [(positive(row.get("px"), f"{name} px"), not_negative(row.get("sz"), f"{name} sz")) for row in read]
