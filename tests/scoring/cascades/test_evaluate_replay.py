"""A recording is played second by second as the monitor would see it, and its silence is no price."""

from math import isnan

from feeds.events import AnyEvent, Connected, Depth, Disconnected, OpenInterest, Trade
from scoring.cascades.evaluate_recording import judge_seconds
from scoring.cascades.evaluate_replay import DOWN, NO_FORCED, Replay
from scoring.cascades.evaluate_seconds import Second
from scoring.settings import PriceSettings
from scoring.settings.cascades import CascadeRules
from tests.cascades_market import START_MS, forced_order

COMMON = {"venue": "bybit", "market": "perp", "symbol": "WIFUSDT", "coin": "WIF"}


def trade(at_ms: int, price: float = 100.0) -> Trade:
    times = {"at_ms": at_ms, "received_ms": at_ms}
    return Trade(**COMMON, **times, taker="sell", price=price, quantity=1.0, notional_usd=price)  # type: ignore[arg-type]


def status(kind: type[Connected] | type[Disconnected], at_ms: int) -> Connected | Disconnected:
    return kind(venue="bybit", market="perp", at_ms=at_ms, received_ms=at_ms, stream="bybit perp", reason="test")


def played(events: list[AnyEvent]) -> tuple[Replay, list[Second]]:
    seconds: list[Second] = []
    replay = Replay(CascadeRules(), PriceSettings(), ("bybit",), lambda _, second: seconds.append(second))
    for event in events:
        replay.take(event)
    replay.finish()
    return replay, seconds


def test_an_event_counts_in_the_second_in_which_it_was_received() -> None:
    order = forced_order(START_MS + 1_500, "long", 1_000.0)
    _, seconds = played([trade(START_MS), order, trade(START_MS + 2_000)])
    assert [one.at_ms - START_MS for one in seconds] == [999, 1_999, 2_999]
    assert [one.forced for one in seconds] == [[], [order], []]
    assert [one.around.price for one in seconds] == [100.0] * 3


def test_it_is_blind_before_the_first_forced_order_and_while_its_feed_is_down() -> None:
    events: list[AnyEvent] = [
        trade(START_MS), forced_order(START_MS + 1_500, "long", 1_000.0), status(Disconnected, START_MS + 2_500),
        trade(START_MS + 3_000), status(Connected, START_MS + 4_500), trade(START_MS + 5_000),
    ]  # fmt: skip
    _, seconds = played(events)
    assert [one.around.blind for one in seconds] == [NO_FORCED, None, DOWN, DOWN, None, None]
    assert [one.around.complete for one in seconds] == [False, True, False, False, True, True]


def test_over_a_long_silence_the_price_is_not_a_number() -> None:
    replay, seconds = played([trade(START_MS), trade(START_MS + 700_000)])
    prices = replay.coins["WIF"].prices
    assert len(prices) == 701
    assert sum(map(isnan, prices)) >= 699
    assert len(seconds) <= 2


def test_a_cascade_is_told_with_what_was_lacking() -> None:
    """A fall of 3 bp a second under growing forced orders, after half an hour of calm, with depth but no open
    interest: the detector cascades, and the report says what it went without."""
    events: list[AnyEvent] = []
    price = 100.0
    for second in range(1_860):
        at_ms = START_MS + 1_000 * second
        falling = second - 1_800
        if falling >= 0:
            price *= 1 - 3e-4
            orders = 1 + falling // 4
            events += [
                forced_order(at_ms + 800 * one // orders, "long", 3_000.0 * (falling + 1) / orders, price)
                for one in range(min(orders, 3))
            ]
        elif second % 60 == 0:
            events.append(forced_order(at_ms, "long", 3_000.0))
        if second % 20 == 0:
            times = {"at_ms": at_ms, "received_ms": at_ms}
            events.append(Depth(**COMMON, **times, band_percent=1.0, bid_usd=4e6, ask_usd=4e6))  # type: ignore[arg-type]
        events.append(trade(at_ms + 900, price * (1 + 1e-5 * (second % 2))))
    replay, _ = played(sorted(events, key=lambda event: event.received_ms))
    judged = judge_seconds("tape WIF", replay.coins["WIF"], CascadeRules())
    assert [one.direction for one in judged.paths["detector, cascading"].warned] == ["down"]
    assert judged.lacking[0].startswith("no open interest")
    assert judged.blind_hours is not None
    assert 0.5 <= judged.blind_hours <= 0.52  # until half an hour of its own minutes tells the usual volatility


def test_open_interest_in_usd_is_divided_by_the_price_and_history_is_left_out() -> None:
    """A reading of an hour before is history of the answer, not of the market now."""
    late = {"at_ms": START_MS - 3_600_000, "received_ms": START_MS + 1_000}
    fresh = {"at_ms": START_MS + 1_000, "received_ms": START_MS + 1_000}
    _, seconds = played([
        trade(START_MS),
        OpenInterest(**COMMON, **late, coins=5.0, notional_usd=None),  # type: ignore[arg-type]
        OpenInterest(**COMMON, **fresh, coins=None, notional_usd=700.0),  # type: ignore[arg-type]
        trade(START_MS + 2_000),
    ])  # fmt: skip
    assert seconds[1].interest == [("bybit", START_MS + 1_000, 7.0)]
