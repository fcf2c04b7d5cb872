"""The market data behind the local exchanges: what holds when, what changes, what differs."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.exchanges import Exchanges, MarketData, facts
from tests.exchanges.client import get_json

pytestmark = pytest.mark.anyio

HOUR_MS = 3_600_000
NOW_MS = 1_795_000_000_000 + 20 * 60_000


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges(data=MarketData(clock=lambda: NOW_MS)) as running:
        yield running


@pytest.mark.parametrize(
    ("hours", "value"), [(0, 1.0), (0.4, 1.0), (0.6, 2.0), (1.9, 2.0), (11.9, 2.0), (13, 3.0), (25, 3.0), (721, None)]
)
def test_a_value_holds_around_the_age_it_is_told_for(hours: float, value: float | None) -> None:
    assert facts.Series.told(now=1.0, hour_ago=2.0, day_ago=3.0).at(hours * HOUR_MS) == value


@pytest.mark.parametrize("minutes", range(0, 60, 7))
def test_an_hourly_grid_tells_the_hour_and_the_day_at_any_minute(minutes: int) -> None:
    now_ms = NOW_MS // HOUR_MS * HOUR_MS + minutes * 60_000
    rows = facts.Series.told(now=1.0, hour_ago=2.0, day_ago=3.0).rows("1h", now_ms, 48)
    for age, value in ((HOUR_MS, 2.0), (24 * HOUR_MS, 3.0)):
        assert [one for at_ms, one in rows if at_ms <= now_ms - age][-1] == value


async def test_new_numbers_show_in_the_next_answer(venue: Exchanges) -> None:
    perp = venue.data.perp("binance", "BTC")
    venue.data.perps["binance", "BTCUSDT"] = replace(perp, open_interest=facts.Series.told(7.0, 8.0, 9.0))
    rows = await get_json(venue, "fapi.binance.com/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&limit=288")
    assert [rows[index]["sumOpenInterest"] for index in (-1, -13, 0)] == ["7", "8", "9"]


async def test_every_default_number_differs_from_venue_to_venue(venue: Exchanges) -> None:
    perps = [venue.data.perp(one, "BTC") for one in ("binance", "bybit", "okx", "hyperliquid", "htx", "gate")]
    for field in ("price", "funding_rate"):
        assert len({getattr(perp, field) for perp in perps}) == len(perps)
    for field in ("open_interest", "accounts", "top_positions"):
        assert len({getattr(perp, field).now for perp in perps}) == len(perps)
