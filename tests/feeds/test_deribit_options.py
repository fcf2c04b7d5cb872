"""Deribit's option summaries: puts per call of a family."""

from typing import Any

import pytest

from feeds.events import PutCall, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import BadAnswer
from feeds.venues.deribit import Deribit
from tests.feeds.decoding import NOW
from tests.feeds.garbled import compact

VENUE = Deribit()
SYMBOLS = SymbolTable()
BTC_OPTIONS = "https://www.deribit.com/api/v2/public/get_book_summary_by_currency?currency=BTC&kind=option"


def options(*rows: dict[str, Any], **envelope: object) -> list[Any]:
    good = {"open_interest": 10.0, "volume": 1.0, "mark_price": 0.006, "bid_price": None}
    payload = {"jsonrpc": "2.0", "result": [{**good, **row} for row in rows], "usOut": NOW * 1000 - 1500, **envelope}
    return list(VENUE.answer(BTC_OPTIONS, "option", compact(payload), NOW, SYMBOLS))


def test_options_are_polled_where_their_coin_is_watched() -> None:
    (poll,) = VENUE.polls([Instrument("deribit", "perp", f"{coin}-X", coin, "USD") for coin in ("BTC", "SOL")])
    (budget,) = VENUE.budgets()
    assert (poll.key, poll.market, poll.budget, poll.weight) == (BTC_OPTIONS, "option", budget.name, 500.0)


def test_put_call_is_the_puts_of_the_family_per_call() -> None:
    (event,) = options(
        {"instrument_name": "BTC-31MAY24-59000-P", "open_interest": 569.7, "volume": 196.0},
        {"instrument_name": "BTC-5JUN26-59000-P", "open_interest": 30.3, "volume": None},
        {"instrument_name": "BTC-31MAY24-70000-C", "open_interest": 800.0, "volume": 392.0},
    )
    assert isinstance(event, PutCall)
    assert (event.symbol, event.coin, event.market, event.at_ms) == ("BTC", "BTC", "option", NOW - 2)
    assert (event.open_interest, event.volume) == (pytest.approx(0.75), pytest.approx(0.5))


def test_without_calls_no_ratio_is_known() -> None:
    (event,) = options({"instrument_name": "BTC-31MAY24-59000-P"})
    assert (event.open_interest, event.volume) == (None, None)


def test_options_of_other_families_and_bad_rows_are_left_out_with_a_reason() -> None:
    event, *bad = options(
        {"instrument_name": "BTC-31MAY24-59000-P"},
        {"instrument_name": "BTC-31MAY24-59000-C", "open_interest": 20.0},
        {"instrument_name": "BTC_USDC-31MAY24-59000-C", "open_interest": 1e6},
        {"instrument_name": "BTC-31MAY24-60000-C", "open_interest": "nan"},
        {"instrument_name": "BTC-31MAY24-60000-C", "volume": -1},
        {"instrument_name": "BTC-PERPETUAL"},
    )
    assert event.open_interest == 0.5
    assert [type(item) for item in bad] == [Undecodable] * 4


@pytest.mark.parametrize(
    ("key", "payload"),
    [
        (BTC_OPTIONS, b"null"),
        (BTC_OPTIONS, b"<html>"),
        (BTC_OPTIONS, b'{"result":[]}'),
        (BTC_OPTIONS, b'{"result":[{}],"usOut":"soon"}'),
        (BTC_OPTIONS, b'{"error":{"code":10028,"message":"too_many_requests"}}'),
        (BTC_OPTIONS.replace("currency=BTC&", ""), b'{"result":[{}]}'),
        ("https://www.deribit.com/api/v2/public/get_time", b'{"result":1}'),
    ],
)
def test_an_unusable_answer_says_so(key: str, payload: bytes) -> None:
    with pytest.raises(BadAnswer):
        VENUE.answer(key, "option", payload, NOW, SYMBOLS)
