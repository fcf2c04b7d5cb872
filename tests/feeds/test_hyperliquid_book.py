"""Hyperliquid's order books: how they are asked for, and the depth they tell."""

import json
from typing import Any

import pytest

from feeds.events import Depth
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import BadAnswer
from feeds.venues.hyperliquid import Hyperliquid
from tests.feeds.decoding import NOW
from tests.feeds.garbled import compact

VENUE = Hyperliquid()
SYMBOLS = SymbolTable([Instrument("hyperliquid", "perp", coin, coin, "USDC") for coin in ("BTC", "ETH")])
BOOK_KEY = 'https://api.hyperliquid.xyz/info#{"type":"l2Book","coin":"BTC","nSigFigs":3}'


def answer(levels: object, *, figures: int = 3, coin: str = "BTC") -> list[object]:
    body = json.dumps({"type": "l2Book", "coin": coin, "nSigFigs": figures})
    payload = compact({"coin": coin, "levels": levels, "time": NOW - 5})
    return list(VENUE.answer(f"https://api.hyperliquid.xyz/info#{body}", "perp", payload, NOW, SYMBOLS))


def level(price: float, size: float) -> dict[str, Any]:
    return {"px": str(price), "sz": str(size), "n": 1}


def test_books_are_asked_for_with_few_figures_within_the_budget() -> None:
    polls = VENUE.polls([Instrument("hyperliquid", "perp", f"C{n}", f"C{n}", "USDC") for n in range(230)])
    (budget,) = VENUE.budgets()
    assert {json.loads(poll.body or "")["nSigFigs"] for poll in polls} == {3, 4}
    weight_a_second = sum(poll.weight / (poll.every_seconds or 1.0) for poll in polls)
    assert weight_a_second < budget.weight / budget.seconds
    assert {poll.budget for poll in polls} == {budget.name}


def test_depth_is_what_rests_within_one_percent() -> None:
    bids = [level(77500, 2.0), level(76800, 1.0), level(76700, 50.0)]
    asks = [level(77600, 0.5), level(78300, 1.5), level(78400, 70.0)]
    (event,) = answer([bids, asks])
    assert isinstance(event, Depth)
    assert (event.at_ms, event.band_percent) == (NOW - 5, 1.0)
    assert event.bid_usd == pytest.approx(77500 * 2 + 76800)
    assert event.ask_usd == pytest.approx(77600 * 0.5 + 78300 * 1.5)


@pytest.mark.parametrize(("price", "figures"), [(77500, 3), (104300, 4), (0.0123, 4), (0.9, 3), (2000, 3)])
def test_the_coarse_book_tells_where_its_steps_are_small(price: float, figures: int) -> None:
    book = [[level(price, 1.0), level(price * 0.97, 1.0)], [level(price * 1.001, 1.0), level(price * 1.03, 1.0)]]
    assert [len(answer(book, figures=asked)) for asked in (3, 4)] == ([1, 0] if figures == 3 else [0, 1])


@pytest.mark.parametrize(
    ("key", "payload"),
    [
        (BOOK_KEY, b"null"),
        (BOOK_KEY, b"<html>429 Too Many Requests</html>"),
        (BOOK_KEY, b'{"coin":"ETH","levels":[[],[]],"time":1}'),
        (BOOK_KEY, b'{"coin":"BTC","levels":[[]],"time":1}'),
        (BOOK_KEY, b'{"coin":"BTC","levels":[[],[]],"time":1}'),
        (BOOK_KEY, b'{"coin":"BTC","levels":[[{"px":"1","sz":"-1"}],[]],"time":1}'),
        (BOOK_KEY.replace("BTC", "NOSUCH"), b"{}"),
        ("https://api.hyperliquid.xyz/info", b"{}"),
        (BOOK_KEY.replace("l2Book", "meta"), b"{}"),
    ],
)
def test_an_unusable_answer_says_so(key: str, payload: bytes) -> None:
    with pytest.raises(BadAnswer):
        VENUE.answer(key, "perp", payload, NOW, SYMBOLS)
