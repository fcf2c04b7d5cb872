"""A silence is judged by how likely it is: false alarms are rare, and a broken channel is noticed soon enough."""

from random import Random

import pytest

from feeds.events import AnyEvent
from scoring.market import Market
from scoring.settings import HealthSettings, ScoringSettings
from scoring.silence import Channel, Silences, chance, chance_of_silence, lull, odds
from scoring.view import FeedHealth
from tests.scoring.events_fixture import MINUTE, NOW, connected, disconnected, liquidation, mark, trade, traffic

SETTINGS = HealthSettings()
HOUR = 60 * MINUTE


def arrivals(random: Random, per_minute: float, length_ms: int, start_ms: int = NOW) -> list[int]:
    """A Poisson process."""
    times, at_ms = [], float(start_ms)
    while (at_ms := at_ms + random.expovariate(per_minute / MINUTE)) < start_ms + length_ms:
        times.append(int(at_ms))
    return times


def bursts(random: Random, per_hour: float, length_ms: int) -> list[int]:
    """Cascades of a few to a few hundred liquidations within two minutes, at a rate that changes fourfold by hours."""
    times: list[int] = []
    for hour in range(length_ms // HOUR):
        for at_ms in arrivals(random, per_hour / 60 * random.choice((0.25, 0.5, 1.0)), HOUR, NOW + hour * HOUR):
            times += arrivals(random, 60.0 * random.random(), 2 * MINUTE, at_ms)
    return sorted(times)


def alarms(times: list[int], slot_ms: int, length_ms: int, step_ms: int) -> int:
    """How many silences are called too unlikely, looked at in steps."""
    channel, found, place, alarmed = Channel(slot_ms, SETTINGS), 0, 0, False
    for now_ms in range(NOW, NOW + length_ms, step_ms):
        while place < len(times) and times[place] <= now_ms:
            channel.note(times[place])
            place += 1
            alarmed = False
        likely = chance(channel, (), now_ms, SETTINGS)
        if likely is not None and likely < SETTINGS.alarm_chance and not alarmed:
            alarmed = True
            found += 1
    return found


@pytest.mark.parametrize("per_minute", [0.1, 1.0, 6.0, 60.0])
def test_a_steady_market_of_any_rate_raises_no_false_alarm_in_twenty_days(per_minute: float) -> None:
    """Trades of a coin as a Poisson process; twenty runs of a day."""
    random = Random(7)
    found = sum(alarms(arrivals(random, per_minute, 24 * HOUR), 5_000, 24 * HOUR, 15_000) for _ in range(20))
    assert found == 0


def test_bursts_of_liquidations_at_an_uneven_rate_raise_no_false_alarm_in_twenty_days() -> None:
    """Counted by busy slots: five hundred orders of one cascade promise no more of them."""
    random = Random(11)
    found = sum(alarms(bursts(random, 8.0, 24 * HOUR), 5 * MINUTE, 24 * HOUR, MINUTE) for _ in range(20))
    assert found == 0


@pytest.mark.parametrize(
    ("per_minute", "slot_ms", "within_ms"),
    [(120.0, 1_000, 15_000), (12.0, 5_000, 150_000), (3.0, 5 * MINUTE, HOUR), (0.5, 5 * MINUTE, 90 * MINUTE)],
)
def test_a_channel_that_falls_silent_is_noticed_in_time(per_minute: float, slot_ms: int, within_ms: int) -> None:
    """Marks twice a second, trades every five seconds, liquidations of large coins and of small ones."""
    channel = Channel(slot_ms, SETTINGS)
    times = arrivals(Random(3), per_minute, 2 * HOUR)
    for at_ms in times:
        channel.note(at_ms)
    delay = next(
        delay
        for delay in range(0, 10 * HOUR, 1_000)
        if (chance(channel, (), times[-1] + delay, SETTINGS) or 1.0) < SETTINGS.alarm_chance
    )
    assert within_ms / 3 < delay <= within_ms


def test_the_chance_is_never_less_than_that_of_a_certain_rate() -> None:
    """(1 + 3/4) to the power of -4, against e to the power of -3."""
    assert chance_of_silence(3.0, 4.0) == pytest.approx(1.75**-4)
    assert chance_of_silence(3.0, 4.0) > 2.718281828**-3


def test_an_unknown_rate_tells_nothing() -> None:
    """One event promises no second."""
    channel = Channel(1_000, SETTINGS)
    assert chance(channel, (), NOW, SETTINGS) is None
    channel.note(NOW)
    assert chance(channel, (), NOW + HOUR, SETTINGS) is None


def test_a_general_lull_makes_a_silence_likelier() -> None:
    """The other venue, busy every minute before, has told nothing for ten minutes either: 1 of 1 + 10 usual ones."""
    own, other = Channel(MINUTE, SETTINGS), Channel(MINUTE, SETTINGS)
    for minute in range(60):
        own.note(NOW + minute * MINUTE)
        other.note(NOW + minute * MINUTE)
    since_ms = NOW + 60 * MINUTE
    expected = other.usually_busy(since_ms, since_ms + 10 * MINUTE)
    assert 9 < expected < 10
    assert lull([other], since_ms, since_ms + 10 * MINUTE) == pytest.approx(1 / (1 + expected))
    assert lull([], since_ms, since_ms + 10 * MINUTE) == 1.0


def test_time_that_a_stream_was_down_is_no_silence_of_its_channels() -> None:
    silences = Silences(SETTINGS)
    for second in range(60):
        silences.note("event", "", NOW + second * 1_000)
    silences.restart(NOW + HOUR)
    channel = silences.of("event", "")
    assert channel is not None
    assert chance(channel, (), NOW + HOUR, SETTINGS) == 1.0


@pytest.mark.parametrize(
    ("likely", "text"),
    [(0.5, "more than 1 time in 3"), (1 / 30, "1 time in 30"), (1e-9, "less than 1 time in 10,000")],
)
def test_odds_are_told_in_words(likely: float, text: str) -> None:
    assert odds(likely) == text


def health_after(events: list[AnyEvent], now_ms: int) -> dict[str, FeedHealth]:
    market = Market(ScoringSettings(), ("WIF", "BTC"))
    for event in sorted(events, key=lambda event: event.received_ms):
        market.apply([event])
        market.advance(event.received_ms)
    market.advance(now_ms)
    return {row.stream: row for row in market.view("WIF").feeds}


def test_a_quiet_small_coin_stays_quiet_for_an_hour() -> None:
    """A spot pair that trades every ten minutes or so; looked at each minute of its long silence."""
    random = Random(5)
    times = arrivals(random, 0.1, 3 * HOUR)
    events: list[AnyEvent] = [connected(NOW, market="spot", stream="bybit spot")]
    events += [trade(at_ms, market="spot", coin="WIF", symbol="WIFUSDT") for at_ms in times]
    market = Market(ScoringSettings(), ("WIF",))
    for event in events:
        market.apply([event])
        market.advance(event.received_ms)
    seen = set()
    for minute in range(2, 60):
        market.advance(times[-1] + minute * MINUTE)
        seen |= {row.state for row in market.view("WIF").feeds}
    assert seen == {"quiet"}


def ticking(last_ms: int, coin: str = "WIF", venue: str = "bybit") -> list[AnyEvent]:
    """Marks every second for ten minutes, until `last_ms`."""
    return [mark(last_ms - 1_000 * ago, coin=coin, venue=venue) for ago in range(600)]


def test_one_kind_that_falls_silent_while_the_canary_sings_is_suspect() -> None:
    """Trades go on, marks don't."""
    end_ms = NOW + 660_000
    trades = [trade(end_ms - 1_000 * ago, coin="WIF") for ago in range(600)]
    row = health_after([connected(NOW), *ticking(end_ms - 60_000), *trades], end_ms)["bybit perp"]
    assert row.state == "suspect"
    assert row.evidence.startswith("no mark price of WIF for 1 m; at its usual rate that happens")
    assert row.evidence.endswith("other data goes on")


@pytest.mark.parametrize(("silence_ms", "state"), [(14_000, "live"), (25_000, "suspect"), (50_000, "dead")])
def test_a_stream_that_is_silent_in_everything_is_suspect_and_then_dead_within_a_minute(
    silence_ms: int, state: str
) -> None:
    end_ms = NOW + 600_000
    row = health_after([connected(NOW), *ticking(end_ms)], end_ms + silence_ms)["bybit perp"]
    assert row.state == state


def test_an_unusual_silence_that_is_no_alarm_yet_is_told_with_its_chance() -> None:
    """A liquidation each minute for two hours, then none for ten minutes."""
    end_ms = NOW + 2 * HOUR
    forced = [liquidation(NOW + minute * MINUTE, 5_000.0, coin="WIF") for minute in range(120)]
    row = health_after([connected(NOW), *forced, *ticking(end_ms + 9 * MINUTE)], end_ms + 9 * MINUTE)["bybit perp"]
    assert row.state == "live"
    assert "no liquidation for 10 m; at its usual rate that happens 1 time in" in row.evidence


def test_a_route_that_acknowledges_and_never_tells_is_dead_within_a_minute_where_others_trade() -> None:
    """Its bytes are answers to heartbeats; both other venues trade two coins every few seconds."""
    start_ms = NOW + 600_000
    others = [
        event
        for venue in ("binance", "okx")
        for coin in ("WIF", "BTC")
        for ago in range(0, 660, 4)
        for event in [trade(start_ms + 58_000 - 1_000 * ago, venue=venue, coin=coin)]
    ]
    silent = [traffic(start_ms, start_ms + 20_000, 40, venue="gate", stream="gate perp")]
    up: list[AnyEvent] = [connected(NOW, "binance"), connected(NOW, "okx")]
    rows = health_after([*up, *others, *silent], start_ms + 58_000)
    assert (rows["gate perp"].state, rows["okx perp"].state) == ("dead", "live")
    assert rows["gate perp"].evidence.startswith("answers, but told nothing in 58 s; by the other venues that happens")
    alone = health_after([connected(NOW, "okx"), *silent], start_ms + 58_000)
    assert alone["gate perp"].state == "quiet"


def test_after_a_reconnect_the_downtime_is_not_held_against_the_stream() -> None:
    end_ms = NOW + 600_000
    events = [connected(NOW), *ticking(end_ms), disconnected(end_ms), connected(end_ms + HOUR), mark(end_ms + HOUR)]
    assert health_after(events, end_ms + HOUR + 5_000)["bybit perp"].state == "live"
