"""Each fault of a venue's data is caught, named, and caught in time; honest data never is."""

from msgspec.structs import replace

from feeds.demo import START_MS
from feeds.events import AnyEvent, Liquidation, MarkPrice, OpenInterest, Trade
from feeds.pipeline import Pipeline
from feeds.sample import sample_path
from feeds.settings import IntakeSettings
from feeds.tape import TapeReader
from scoring.market import Market
from scoring.settings import ScoringSettings
from tests.scoring.sanity.played import Fault, play


def test_an_hour_of_the_demo_with_its_cascades_and_outages_raises_no_doubt_and_no_suspicion() -> None:
    """Ten cascades each way, and streams that the script really takes down."""
    played = play(3600)
    assert played.doubted == {}
    assert [(at, feed.stream, feed.evidence) for at, feed in played.alarms if feed.state == "suspect"] == []
    assert {feed.evidence.partition(" ")[0] for _, feed in played.alarms} == {"down"}


def inverted(event: AnyEvent) -> AnyEvent:
    if isinstance(event, Liquidation) and event.venue == "bybit":
        return replace(event, position="short" if event.position == "long" else "long")
    return event


def test_inverted_liquidations_are_caught_after_a_few_cascades() -> None:
    """Other venues confirm the moves; the venue itself alone is doubted."""
    played = play(2400, inverted)
    assert list(played.doubted) == ["bybit perp"]
    assert played.doubted["bybit perp"] < 1800
    assert "sides look inverted: a fall should liquidate longs" in played.texts["bybit perp"][0]


def recorded(fault: Fault) -> tuple[float | None, Market]:
    """The recorded half hour of large trades and liquidations; seconds until the first doubt."""
    pipeline, market = Pipeline(IntakeSettings()), Market(ScoringSettings(), ("BTC", "ETH", "SOL"))
    first = looked = 0
    for record in TapeReader(sample_path()).records():
        first = first or record.received_ms
        market.apply([fault(event) for event in pipeline.feed(record)])
        if record.received_ms - looked >= 5_000:
            looked = record.received_ms
            if any(feed.doubts for feed in market.view("none").feeds):
                return (looked - first) / 1000, market
    return None, market


def turned(event: AnyEvent) -> AnyEvent:
    return replace(event, taker="sell" if event.taker == "buy" else "buy") if isinstance(event, Trade) else event


def test_a_recorded_sell_off_is_believed() -> None:
    assert recorded(lambda event: event)[0] is None


def test_inverted_takers_of_the_same_recording_are_caught() -> None:
    """Though only its largest trades were kept; on whole recordings it takes 20 to 260 seconds."""
    seconds, market = recorded(turned)
    assert seconds is not None
    assert seconds < 600
    (feed,) = market.view("BTC").feeds
    assert feed.state == "suspect"
    assert feed.evidence.startswith("sides look inverted: price ticks should follow the taker")


def hundredfold(kind: type[Liquidation] | type[Trade], venue: str) -> Fault:
    def fault(event: AnyEvent) -> AnyEvent:
        if isinstance(event, Liquidation | Trade) and isinstance(event, kind) and event.venue == venue:
            return replace(event, quantity=100 * event.quantity, notional_usd=100 * event.notional_usd)
        return event

    return fault


def test_trades_of_a_hundredfold_size_are_caught_within_ten_minutes() -> None:
    played = play(900, hundredfold(Trade, "okx"), rate=1.0)
    assert set(played.doubted) == {"okx perp", "okx spot"}
    assert max(played.doubted.values()) <= 600
    assert any("times any other venue's" in text for text in played.texts["okx perp"])


def test_liquidations_of_a_hundredfold_size_are_caught_within_a_quarter_of_an_hour() -> None:
    played = play(900, hundredfold(Liquidation, "bybit"))
    assert list(played.doubted) == ["bybit perp"]
    assert "contract size looks wrong: it liquidated" in played.texts["bybit perp"][0]


class Doubled:
    """Every second reading of one venue's open interest counts both sides, as one of two sources would."""

    def __init__(self) -> None:
        self._odd: dict[str, bool] = {}

    def __call__(self, event: AnyEvent) -> AnyEvent:
        if not (isinstance(event, OpenInterest) and event.venue == "binance" and event.coins):
            return event
        odd = self._odd[event.coin] = not self._odd.get(event.coin, False)
        return replace(event, coins=2 * event.coins) if odd else event


def test_doubled_open_interest_is_caught_and_left_out() -> None:
    played = play(180, Doubled())
    assert list(played.doubted) == ["binance perp"]
    assert played.doubted["binance perp"] <= 150
    assert any("open interest should be one side only" in text for text in played.texts["binance perp"])
    assert played.view.counts.left_out["doubted"] > 0


class FrozenMark:
    """One venue repeats its mark price of a minute into the story."""

    def __init__(self) -> None:
        self._at: dict[str, float] = {}

    def __call__(self, event: AnyEvent) -> AnyEvent:
        if not (isinstance(event, MarkPrice) and event.venue == "binance"):
            return event
        if event.received_ms - START_MS < 60_000:
            self._at[event.coin] = event.mark
        return replace(event, mark=self._at[event.coin])


def test_a_frozen_mark_price_is_caught_once_the_others_have_moved_and_no_longer_is_the_price() -> None:
    played = play(300, FrozenMark())
    assert set(played.doubted) == {"binance perp"}
    assert "price is frozen at" in played.texts["binance perp"][0]
    assert played.view.price.source != "binance mark price"


def shifted(event: AnyEvent) -> AnyEvent:
    """A venue's clock 1.5 s ahead of all others'."""
    if isinstance(event, Trade | MarkPrice | Liquidation) and event.venue == "bybit":
        return replace(event, at_ms=event.at_ms + 1_500)
    return event


def test_a_venues_clock_that_is_off_is_caught_within_two_minutes() -> None:
    played = play(180, shifted)
    assert set(played.doubted) == {"bybit perp", "bybit spot"}
    assert max(played.doubted.values()) <= 120
    assert played.texts["bybit perp"][0].startswith("its clock is 1.5 s ahead of the other venues'")


def test_our_own_clock_is_named_where_every_venue_says_so_and_nothing_is_left_out() -> None:
    played = play(60, lambda event: replace(event, at_ms=event.at_ms + 3_000) if of_market(event) else event)
    assert played.doubted == {}
    evidence = {feed.evidence for feed in played.view.feeds if feed.stream == "binance perp"}
    assert evidence.pop().startswith("this machine's clock is 3.0 s behind every exchange's; ")


def of_market(event: AnyEvent) -> bool:
    return isinstance(event, Trade | MarkPrice | Liquidation)


def test_doubted_liquidations_enter_no_sum_and_their_time_counts_as_not_seen() -> None:
    """What was counted before is told in the doubt."""
    played = play(1500, inverted)
    (venue,) = [venue for venue in played.view.totals[1].venues if venue.venue == "bybit"]
    assert venue.coverage < 0.75
    assert "USD of it were counted before" in played.texts["bybit perp"][0]
    assert played.view.counts.left_out["doubted"] > 0
