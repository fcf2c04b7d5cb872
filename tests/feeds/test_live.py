"""The live source against local exchanges: what they send is what comes out, and every trouble is named."""

import pytest

from feeds.events import Connected, Disconnected, Funding, Gap, Liquidation, MarkPrice, Refused, Trade, Undecodable
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import ConnectionSettings, IntakeSettings
from tests.exchanges import Exchanges, Limits, SocketLog, faults, frames
from tests.feeds.decoding import recorded
from tests.feeds.watching import PATIENT, QUICK, Watched, now_ms, watching

pytestmark = pytest.mark.anyio

HOUR = 3_600_000


def forced(quantity: str = "0.5", *, age_ms: int = 0) -> frames.Pushed:
    return frames.binance_liquidation("BTCUSDT", "SELL", quantity, "70000", now_ms() - age_ms)


def usd(watched: Watched) -> float:
    return sum(event.notional_usd for event in watched.of(Liquidation))  # type: ignore[union-attr]


async def test_recorded_frames_arrive_as_they_decode() -> None:
    orders = [frame for _, frame in recorded("binance/liquidations_2025-01-27.jsonl")]
    start = now_ms() - 400_000
    for number, frame in enumerate(orders):
        frame["o"]["T"] = start + number * 10_000
    async with Exchanges() as venue, watching(venue.url, "BTC", "PEPE") as watched:
        await venue.subscribed("binance", "perp", "!forceOrder@arr")
        for frame in orders:
            await venue.push("binance", "perp", "!forceOrder@arr", frame)
        await watched.until(lambda: len(watched.of(Liquidation)) + len(watched.of(Undecodable)) >= len(orders))
    got = [(event.symbol, event.at_ms, event.position, event.notional_usd) for event in watched.of(Liquidation)]  # type: ignore[union-attr]
    listed = {"BTCUSDT", "BTCUSDC", "1000PEPEUSDT"}
    assert got == [
        (
            row["s"],
            row["T"],
            {"SELL": "long", "BUY": "short"}[row["S"]],
            pytest.approx(float(row["ap"]) * float(row["z"])),
        )
        for row in (frame["o"] for frame in orders)
        if row["s"] in listed
    ]
    assert len(got) > 30


def running(watched: Watched) -> list[Funding]:
    """The rates of now, without the settlements of the past month."""
    return [
        event for event in watched.events if isinstance(event, Funding) and event.received_ms - event.at_ms < HOUR / 4
    ]


async def test_all_kinds_of_all_venues_come_through() -> None:
    at = now_ms()
    sent = [
        ("binance", "perp", frames.binance_liquidation("1000PEPEUSDT", "BUY", "64125", "0.015", at)),
        ("binance", "perp", frames.binance_trade("BTCUSDT", "70000", "2", at, buyer_is_maker=True)),
        ("binance", "perp", frames.binance_mark_price("BTCUSDT", "70001", "70002", "0.0001", at + HOUR, at)),
        ("binance", "spot", frames.binance_trade("BTCUSDT", "70003", "1", at, buyer_is_maker=False)),
        (
            "bybit",
            "perp",
            frames.bybit_liquidations("SHIB1000USDT", at, ("Buy", "500", "0.0125"), ("Sell", "100", "0.0126")),
        ),
        ("bybit", "perp", frames.bybit_ticker("BTCUSDT", at, "snapshot", fundingRate="0.0003")),
        ("bybit", "spot", frames.bybit_trade("BTCUSDT", "Sell", "0.25", "70004", at)),
        ("okx", "perp", frames.okx_liquidations("BTC-USD-SWAP", ("net", "sell", "13", "70000", at))),
        ("okx", "perp", frames.okx_funding("BTC-USDT-SWAP", "0.0002", at, at + HOUR, at + 5 * HOUR)),
        ("okx", "perp", frames.okx_mark_price("BTC-USDT-SWAP", "70005", at)),
        # what OKX sends first is taken for the last trade told again where it is a second old
        ("okx", "spot", frames.okx_trade("BTC-USDT", "buy", "0.5", "70006", at + 4_000)),
    ]
    async with (
        Exchanges() as venue,
        watching(venue.url, "BTC", "PEPE", "SHIB", venues=("binance", "bybit", "okx"), connection=PATIENT) as watched,
    ):
        for name, market, (stream, frame) in sent:
            await venue.queue(name, market, stream, frame)
        await watched.until(
            lambda: (
                [len(watched.of(kind)) for kind in (Liquidation, Trade)] == [4, 4]
                and len(running(watched)) == 3
                and len(watched.of(MarkPrice)) >= 3
                and len([event for event in watched.of(Connected) if not event.stream.endswith("rest")]) == 6  # type: ignore[union-attr]
            ),
            seconds=30.0,
        )
        assert venue.strays == []
    told = {(event.venue, event.market, event.coin, round(event.notional_usd, 6)) for event in watched.of(Liquidation)}  # type: ignore[union-attr]
    assert told == {
        ("binance", "perp", "PEPE", 961.875),
        ("bybit", "perp", "SHIB", 6.25),
        ("bybit", "perp", "SHIB", 1.26),
        ("okx", "perp", "BTC", 1300.0),
    }
    assert {(event.venue, event.market, event.taker) for event in watched.of(Trade)} == {  # type: ignore[union-attr]
        ("binance", "perp", "sell"),
        ("binance", "spot", "buy"),
        ("bybit", "spot", "sell"),
        ("okx", "spot", "buy"),
    }
    assert {(event.venue, event.rate, event.interval_hours) for event in running(watched)} == {
        ("binance", 0.0001, 8.0),
        ("bybit", 0.0003, 8.0),
        ("okx", 0.0002, 4.0),
    }
    assert {event.venue for event in watched.of(MarkPrice)} == {"binance", "bybit", "okx"}
    assert {event.stream for event in watched.of(Connected)} - {"binance rest", "bybit rest", "okx rest"} == {  # type: ignore[union-attr]
        f"{name} {market}" for name in ("binance", "bybit", "okx") for market in ("perp", "spot")
    }


async def test_an_acknowledged_but_silent_route_is_named() -> None:
    async with Exchanges() as venue:
        venue.break_sockets("binance", "perp", faults.AckAndSilent())
        async with watching(venue.url) as watched:
            await watched.until(lambda: watched.of(Disconnected, stream="binance perp"))
    (event, *_) = watched.of(Disconnected, stream="binance perp")
    assert "wrong route" in event.reason  # type: ignore[union-attr]
    assert event.retry_at_ms is not None  # type: ignore[union-attr]
    assert watched.of(Connected, stream="binance perp") == []


def test_a_silent_route_is_named_within_a_minute_by_default() -> None:
    assert ConnectionSettings().first_event_seconds + 5 < 60


async def test_accept_and_close_does_not_reset_the_waits() -> None:
    async with Exchanges() as venue:
        venue.break_sockets("binance", "perp", faults.AcceptAndClose())
        async with watching(venue.url) as watched:
            await watched.until(lambda: len(watched.of(Disconnected, stream="binance perp")) >= 4)
            down = watched.of(Disconnected, stream="binance perp")
            waits = [event.retry_at_ms - event.at_ms for event in down[:4]]  # type: ignore[union-attr,operator]
    for wait, least in zip(waits, (50, 150, 450, 500), strict=True):
        assert wait >= least


async def test_a_dropped_connection_is_a_gap_and_counts_nothing_twice() -> None:
    async with Exchanges() as venue, watching(venue.url) as watched:
        stream, frame = forced()
        await venue.queue("binance", "perp", stream, frame)
        await watched.until(lambda: watched.of(Liquidation))
        await venue.drop("binance", "perp")
        await venue.queue("binance", "perp", stream, frame, forced("0.25")[1])
        await watched.until(lambda: len(watched.of(Liquidation)) == 2)
    assert usd(watched) == pytest.approx(0.75 * 70000)
    assert [event.kind for event in watched.of(Undecodable, stream="binance perp")] == ["duplicate"]  # type: ignore[union-attr]
    (gap,) = watched.of(Gap, stream="binance perp")
    (down,) = watched.of(Disconnected, stream="binance perp")
    assert gap.since_ms <= down.at_ms <= gap.at_ms  # type: ignore[union-attr]
    order = [type(event) for event in watched.events if getattr(event, "stream", "") == "binance perp"]
    assert [kind for kind in order if kind is not Undecodable] == [Connected, Disconnected, Gap, Connected]


async def test_okx_backlog_is_told_once_with_its_own_times_and_sized_contracts() -> None:
    async with Exchanges() as venue, watching(venue.url, venues=("okx",)) as watched:
        old = now_ms() - 120_000
        await venue.queue(
            "okx", "perp", *frames.okx_liquidations("BTC-USDT-SWAP", ("long", "sell", "13", "70000", old))
        )
        await watched.until(lambda: watched.of(Liquidation))
        await venue.drop("okx")
        await watched.until(lambda: watched.of(Undecodable, kind="duplicate"))
        fresh = frames.okx_liquidations("BTC-USDT-SWAP", ("long", "sell", "2", "70000", now_ms()))
        await venue.queue("okx", "perp", *fresh)
        await watched.until(lambda: len(watched.of(Liquidation)) == 2)
    first, second = watched.of(Liquidation)
    assert first.at_ms == old  # type: ignore[union-attr]
    assert (first.quantity, second.quantity) == (pytest.approx(0.13), pytest.approx(0.02))  # type: ignore[union-attr]


async def test_the_new_socket_is_up_before_the_old_one_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.venues.binance._LIFETIME_SECONDS", 0.6)
    async with Exchanges(limits=Limits(binance_life_seconds=1.5)) as venue, watching(venue.url) as watched:
        for number in range(1, 5):
            await venue.subscribed("binance", "perp", "!forceOrder@arr")
            await venue.wait_for(lambda number=number: len(venue.sockets("binance", "perp")) >= number)  # type: ignore[misc]
            await venue.wait_for(lambda: "!forceOrder@arr" in venue.open_sockets("binance", "perp")[-1].subscribed)
            await venue.push("binance", "perp", *forced(f"0.{number}"))
            await watched.until(lambda number=number: len(watched.of(Liquidation)) == number)  # type: ignore[misc]
    assert len(venue.sockets("binance", "perp")) >= 4
    assert watched.of(Disconnected, stream="binance perp") == []
    assert watched.of(Gap) == []
    assert usd(watched) == pytest.approx(70000 * (0.1 + 0.2 + 0.3 + 0.4))


async def test_an_announced_close_is_answered_with_a_successor() -> None:
    async with Exchanges() as venue, watching(venue.url, venues=("okx",)) as watched:
        await venue.queue("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms()))
        await watched.until(lambda: watched.of(MarkPrice))

        def on_perp() -> list[SocketLog]:
            return [log for log in venue.open_sockets("okx") if "mark-price:BTC-USDT-SWAP" in log.subscribed]

        (perp,) = on_perp()
        for session in venue._sessions("okx", "perp"):
            await session.say('{"event":"notice","code":"64008","msg":"service upgrade","connId":"a"}')
        await venue.wait_for(lambda: len(on_perp()) == 2)
        assert perp.open
        await venue.push("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70001", now_ms()))
        await venue.wait_for(lambda: not perp.open)
    assert watched.of(Disconnected, stream="okx perp") == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.RESTRICTED, "location"),
        (faults.BLOCK_PAGE, "location"),
        (faults.RATE_LIMITED, "rate limited"),
        (faults.BANNED, "banned"),
    ],
)
async def test_a_refused_list_is_named_and_slows_no_other_venue(fault: faults.Answer, words: str) -> None:
    async with Exchanges() as venue:
        venue.break_rest("fapi.binance.com", fault)
        async with watching(venue.url, venues=("binance", "okx")) as watched:
            await venue.queue("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms()))
            await watched.until(lambda: watched.of(MarkPrice) and watched.of(Refused))
    (refused,) = watched.of(Refused)
    assert refused.stream == "binance perp"  # type: ignore[union-attr]
    assert words in refused.reason  # type: ignore[union-attr]
    assert refused.retry_at_ms > now_ms()  # type: ignore[operator,union-attr]


@pytest.mark.parametrize("fault", [faults.BYBIT_TOO_MANY_VISITS, faults.BYBIT_TOO_FREQUENT])
async def test_bybit_limits_are_told_from_a_block(fault: faults.Answer) -> None:
    async with Exchanges() as venue:
        venue.break_rest("api.bybit.com", fault)
        async with watching(venue.url, venues=("bybit",)) as watched:
            await watched.until(lambda: watched.of(Refused))
    (refused, *_) = watched.of(Refused)
    assert "rate limited" in refused.reason or "banned" in refused.reason  # type: ignore[union-attr]
    assert refused.retry_at_ms >= now_ms() + 50_000  # type: ignore[operator,union-attr]


@pytest.mark.parametrize("fault", [faults.Truncated(), faults.EMPTY, faults.Truncated(promised=True)])
async def test_a_broken_list_is_asked_for_again(fault: faults.RestFault) -> None:
    async with Exchanges() as venue:
        venue.break_rest("fapi.binance.com/fapi/v1/exchangeInfo", fault, times=1)
        async with watching(venue.url) as watched:
            await venue.queue("binance", "perp", *forced())
            await watched.until(lambda: watched.of(Liquidation))
    (trouble,) = watched.of(Disconnected, stream="binance perp")
    assert "no instrument list" in trouble.reason  # type: ignore[union-attr]


async def test_a_refused_handshake_is_named_with_the_next_attempt() -> None:
    async with Exchanges() as venue:
        venue.break_sockets("binance", "perp", faults.RESTRICTED)
        async with watching(venue.url) as watched:
            await watched.until(lambda: watched.of(Refused, stream="binance perp"))
    (refused,) = watched.of(Refused, stream="binance perp")
    assert "location" in refused.reason  # type: ignore[union-attr]
    assert refused.retry_at_ms > now_ms()  # type: ignore[operator,union-attr]


async def test_garbage_is_counted_and_harmless() -> None:
    async with Exchanges() as venue, watching(venue.url) as watched:
        await venue.queue("binance", "perp", *forced("0.1"))
        await watched.until(lambda: watched.of(Liquidation))
        for text in faults.GARBAGE:
            await venue.push("binance", "perp", "!forceOrder@arr", text, verbatim=True)
        await venue.push("binance", "perp", *forced("0.2"))
        await watched.until(lambda: len(watched.of(Liquidation)) == 2)
    left_out = watched.of(Undecodable, stream="binance perp")
    assert len(left_out) >= len(faults.GARBAGE) - 1
    assert watched.of(Disconnected, stream="binance perp") == []


async def test_an_oversized_frame_is_counted_and_the_line_comes_back() -> None:
    small = QUICK.model_copy(update={"max_frame_bytes": 100_000})
    async with Exchanges() as venue, watching(venue.url, connection=small) as watched:
        await venue.queue("binance", "perp", *forced("0.1"))
        await watched.until(lambda: watched.of(Liquidation))
        await venue.push("binance", "perp", "!forceOrder@arr", faults.oversized(200_000), verbatim=True)
        await watched.until(lambda: watched.of(Undecodable, kind="oversized"))
        await venue.queue("binance", "perp", *forced("0.2"))
        await watched.until(lambda: len(watched.of(Liquidation)) == 2)


async def test_a_half_open_socket_is_noticed() -> None:
    impatient = QUICK.model_copy(update={"patience": 0.01})
    async with Exchanges() as venue, watching(venue.url, connection=impatient) as watched:
        await venue.queue("binance", "perp", *forced("0.1"))
        await watched.until(lambda: watched.of(Liquidation))
        venue.freeze("binance", "perp")
        await watched.until(lambda: watched.of(Disconnected, stream="binance perp"))
    (down, *_) = watched.of(Disconnected, stream="binance perp")
    assert "no market event for" in down.reason  # type: ignore[union-attr]


async def test_a_coin_that_a_venue_lacks_is_said_so() -> None:
    async with Exchanges() as venue, watching(venue.url, "BTC", "WIF", venues=("okx",)) as watched:
        await venue.queue("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms()))
        await watched.until(lambda: watched.of(MarkPrice))
    reasons = {event.reason for event in watched.of(Undecodable, kind="not listed")}  # type: ignore[union-attr]
    assert "WIF is not listed on okx perp" in reasons


async def test_what_was_recorded_replays_as_the_same_events() -> None:
    tape: list[Record] = []
    async with Exchanges() as venue, watching(venue.url, recorder=tape.append) as watched:
        await venue.queue("binance", "perp", *forced("0.1"), forced("0.2")[1])
        await watched.until(lambda: len(watched.of(Liquidation)) == 2)
        await venue.drop("binance", "perp")
        await watched.until(lambda: watched.of(Disconnected, stream="binance perp"))
    pipeline = Pipeline(IntakeSettings())
    again = [event for record in tape for event in pipeline.feed(record)]
    perp = [event for event in watched.events if event.market == "perp"]
    assert [event for event in again if event.market == "perp"][: len(perp)] == perp
