"""Lines that are renewed, flap, or are refused in part: nothing is missed, hammered, or shown live while it is not."""

import asyncio
from collections.abc import Sequence

import pytest

from feeds.events import AnyEvent, Connected, Disconnected, Funding, Gap, Liquidation, MarkPrice, Refused, Trade
from feeds.live import LiveSource
from feeds.settings import FeedsSettings, NetworkSettings
from tests.exchanges import Exchanges, Limits, SocketLog, faults, frames
from tests.feeds.watching import QUICK, now_ms, watching

pytestmark = pytest.mark.anyio

LIQUIDATIONS = "!forceOrder@arr"


def forced(quantity: str) -> frames.Pushed:
    return frames.binance_liquidation("BTCUSDT", "SELL", quantity, "70000", now_ms())


async def test_a_successor_that_is_always_second_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.venues.binance._LIFETIME_SECONDS", 0.6)
    stream, frame = frames.binance_trade("BTCUSDT", "70000", "1", now_ms(), buyer_is_maker=True)
    async with Exchanges() as venue, watching(venue.url) as watched:
        await venue.subscribed("binance", "spot", stream)
        await venue.push("binance", "spot", stream, frame)
        await watched.until(lambda: watched.of(Trade))
        (first,) = venue.sockets("binance", "spot")
        await venue.wait_for(lambda: [stream] in [log.subscribed for log in venue.sockets("binance", "spot")[1:]])
        await venue.push("binance", "spot", stream, frame)
        await venue.wait_for(lambda: not first.open)
    assert watched.of(Disconnected, stream="binance spot") == []
    assert len(watched.of(Trade)) == 1


async def test_a_quiet_pair_is_renewed_without_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.venues.binance._LIFETIME_SECONDS", 0.6)
    monkeypatch.setattr("feeds.connection._SUCCESSOR_SECONDS", 0.2)
    async with Exchanges() as venue, watching(venue.url, "SOL") as watched:
        await venue.wait_for(lambda: len(venue.sockets("binance", "spot")) == 2)
        first, second = venue.sockets("binance", "spot")
        await venue.wait_for(lambda: not first.open)
        assert second.open
    assert watched.of(Disconnected, stream="binance spot") == []


async def test_the_old_socket_stays_until_the_new_one_has_every_coin() -> None:
    async with Exchanges() as venue, watching(venue.url, "BTC", "ETH", "SOL", venues=("okx",)) as watched:
        await venue.queue("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms()))
        await watched.until(lambda: watched.of(Connected, stream="okx perp"))

        def on_perp() -> list[SocketLog]:
            return [log for log in venue.sockets("okx") if "mark-price:BTC-USDT-SWAP" in log.subscribed]

        for session in venue._sessions("okx", "perp"):
            await session.say('{"event":"notice","code":"64008","msg":"service upgrade","connId":"a"}')
        await venue.wait_for(lambda: len(on_perp()) == 2)
        old, new = on_perp()
        await venue.push("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70001", now_ms()))
        await venue.wait_for(lambda: not old.open)
        assert "trades:SOL-USDT-SWAP" in new.subscribed
    assert watched.of(Gap) == []


async def test_a_stream_is_connected_only_when_every_coin_is_asked_for() -> None:
    async with Exchanges() as venue, watching(venue.url, "BTC", "ETH", "SOL", venues=("okx",)) as watched:
        await venue.queue("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms()))
        await watched.until(lambda: watched.of(MarkPrice))
        assert watched.of(Connected, stream="okx perp") == []
        await watched.until(lambda: watched.of(Connected, stream="okx perp"))
        assert "trades:SOL-USDT-SWAP" in venue.subscriptions("okx")


async def test_a_line_that_brings_one_event_and_breaks_is_tried_ever_later() -> None:
    async with Exchanges() as venue, watching(venue.url) as watched:
        for number in range(1, 4):
            await venue.queue("binance", "perp", *forced(f"0.{number}"))
            await watched.until(lambda number=number: len(watched.of(Liquidation)) == number)  # type: ignore[misc]
            await venue.drop("binance", "perp")
        await watched.until(lambda: len(watched.of(Disconnected, stream="binance perp")) == 3)
        down = watched.of(Disconnected, stream="binance perp")
    waits = [event.retry_at_ms - event.at_ms for event in down]  # type: ignore[union-attr,operator]
    assert [wait >= least for wait, least in zip(waits, (50, 150, 450), strict=True)] == [True] * 3


async def test_a_refused_liquidation_channel_is_no_live_stream() -> None:
    strict = Limits(okx_subscribes_per_hour=0)
    async with Exchanges(limits=strict) as venue, watching(venue.url, venues=("okx",)) as watched:
        await watched.until(lambda: watched.of(Refused, stream="okx perp"))
    (refused,) = watched.of(Refused, stream="okx perp")
    assert "60014" in refused.reason  # type: ignore[union-attr]
    assert refused.retry_at_ms > now_ms()  # type: ignore[operator,union-attr]


async def test_connects_stay_within_three_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.venues.okx._COINS_PER_SOCKET", 1)
    async with Exchanges(limits=Limits(okx_connects_per_second=3)) as venue:
        async with watching(venue.url, "BTC", "ETH", "SOL", venues=("okx",)):
            await venue.wait_for(lambda: len([log for log in venue.sockets("okx") if log.status is not None]) >= 8)
        assert {log.status for log in venue.sockets("okx")} == {101}


async def test_a_missing_optional_list_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.lists._MISSING_SECONDS", 0.05)
    mark = frames.binance_mark_price("BTCUSDT", "70000", "70000", "0.0001", now_ms() + 3_600_000, now_ms())
    async with Exchanges() as venue:
        venue.break_rest("fapi.binance.com/fapi/v1/fundingInfo", faults.RATE_LIMITED, times=1)
        async with watching(venue.url) as watched:
            await venue.subscribed("binance", "perp", mark[0])
            while not [event for event in watched.of(Funding) if event.interval_hours == 8.0]:  # type: ignore[union-attr]
                told = len(watched.of(Funding))
                await venue.push("binance", "perp", *mark)
                await watched.until(lambda told=told: len(watched.of(Funding)) > told)  # type: ignore[misc]
    assert watched.of(Funding)[-1].interval_hours == 8.0  # type: ignore[union-attr]


async def test_what_the_taker_of_events_raises_ends_the_source() -> None:
    def closed_pipe(events: Sequence[AnyEvent]) -> bool:
        if any(isinstance(event, Liquidation) for event in events):
            raise BrokenPipeError
        return True

    async with Exchanges() as venue:
        await venue.queue("binance", "perp", *forced("0.1"))
        network = NetworkSettings(gateway=venue.url, venues=("binance",))
        source = LiveSource(FeedsSettings(network=network, connection=QUICK), ("BTC",))
        with pytest.raises(BaseExceptionGroup) as raised:
            await asyncio.wait_for(source.run(closed_pipe), 5)
    assert raised.value.subgroup(BrokenPipeError) is not None
