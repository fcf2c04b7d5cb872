"""Coins that nobody lists: said once all lists are known, with what was probably meant."""

from collections.abc import Mapping

import pytest

from feeds.events import Liquidation, MarkPrice, Refused
from feeds.live import LiveSource
from feeds.settings import FeedsSettings, NetworkSettings
from feeds.symbols import Instrument, SymbolTable
from feeds.unlisted import unlisted
from tests.exchanges import Exchanges, faults, frames
from tests.feeds.watching import QUICK, Watched, now_ms, watching

VENUES = ("binance", "bybit", "okx")


def listed(*rows: str) -> SymbolTable:
    """Each row: venue and coin, and for one that can't be watched its quote."""
    parts = [[*row.split(), "USDT"][:3] for row in rows]
    return SymbolTable(Instrument(venue, "perp", coin + quote, coin, quote) for venue, coin, quote in parts)


SYMBOLS = listed("binance POPCAT", "bybit POPCAT", "okx BTC", "okx PEPE", "htx POPCATS", "okx GEM EUR")


@pytest.mark.parametrize(
    ("coin", "sentence"),
    [
        ("POPCATT", "POPCATT is listed on none of the exchanges; did you mean POPCAT (binance, bybit)?"),
        ("XQZW", "XQZW is listed on none of the exchanges"),
        ("GEM", "GEM is listed on none of the exchanges"),
    ],
)
def test_a_coin_that_nobody_lists_is_told_with_a_suggestion(coin: str, sentence: str) -> None:
    """A coin traded only against euros can't be watched, and an exchange that isn't watched suggests nothing."""
    assert unlisted((coin, "BTC"), SYMBOLS, VENUES) == {coin: sentence}


def test_exchanges_that_did_not_answer_are_named() -> None:
    told = unlisted(("POPCATT",), SYMBOLS, VENUES, silent=("okx",))["POPCATT"]
    assert told.startswith("POPCATT is listed on none of binance, bybit (okx did not answer); did you mean POPCAT")


def test_where_nobody_answered_nothing_is_known() -> None:
    assert unlisted(("POPCATT",), SymbolTable(), VENUES, silent=VENUES) == {}


@pytest.mark.anyio
async def test_a_live_source_tells_once_every_list_has_come_or_failed() -> None:
    told: list[Mapping[str, str]] = []
    watched = Watched()

    def tell(found: Mapping[str, str]) -> None:
        told.append(found)
        watched.emit(())

    async with Exchanges() as venue:
        venue.break_rest("api.bybit.com", faults.RESTRICTED)
        network = NetworkSettings(gateway=venue.url, venues=("binance", "bybit"))
        source = LiveSource(FeedsSettings(network=network, connection=QUICK), ("BTC", "PEPEE"))
        source.on_unlisted = tell
        async with watched.running(source):
            await watched.until(lambda: told)
    (found,) = told
    assert found == {"PEPEE": "PEPEE is listed on none of binance (bybit did not answer); did you mean PEPE (binance)?"}


@pytest.mark.anyio
async def test_a_venue_without_any_of_the_coins_is_in_no_trouble() -> None:
    async with Exchanges() as venue, watching(venue.url, "WIF", venues=("okx", "binance")) as watched:
        await venue.queue("binance", "perp", *frames.binance_mark_price("WIFUSDT", "2", "2", "0.0001", 0, now_ms()))
        await watched.until(lambda: watched.of(MarkPrice))
    assert watched.of(Refused) == []


@pytest.mark.anyio
async def test_what_one_source_took_in_its_successor_does_not_take_again() -> None:
    """OKX pushes the last liquidations to whoever subscribes."""
    async with Exchanges() as venue:
        network = NetworkSettings(gateway=venue.url, venues=("okx",))
        settings = FeedsSettings(network=network, connection=QUICK)
        first = LiveSource(settings, ("BTC",))
        pushed = frames.okx_liquidations("BTC-USDT-SWAP", ("long", "sell", "13", "70000", now_ms() - 60_000))
        watched = Watched()
        for source in (first, LiveSource(settings, ("BTC", "ETH"), successor_of=first)):
            async with watched.running(source):
                await venue.queue("okx", "perp", *pushed)
                fresh = frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms())
                watched.events = watched.of(Liquidation)
                await venue.queue("okx", "perp", *fresh)
                await watched.until(lambda: watched.of(MarkPrice))
            await venue.wait_for(lambda: not venue.open_sockets("okx"))
    assert len(watched.of(Liquidation)) == 1
