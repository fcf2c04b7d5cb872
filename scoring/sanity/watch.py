"""The watch on all feeds' data: weighs it every few seconds, and says of each feed what is doubted.

Every check compares a venue with itself or with the others, so that a market that is wild everywhere is believed.
"""

from statistics import median

from feeds.events import EVERY_COIN, Candle, Liquidation, OpenInterest
from scoring.candles import LENGTHS_MS
from scoring.feed import Feed, Feeds
from scoring.reports import Report
from scoring.sanity.book import FeedBook
from scoring.sanity.clocks import our_clock
from scoring.sanity.doubts import SUMMED, Doubt, Subject
from scoring.sanity.interest import InterestSides
from scoring.sanity.prices import coin_prices, is_fresh, judge_prices
from scoring.sanity.sides import votes
from scoring.sanity.sizes import HOUR_MS, in_trades
from scoring.sanity.suspicion import Suspicion
from scoring.settings import SanitySettings
from scoring.window import MINUTE_MS

_STEP_MS = 5_000


class SanityWatch:
    """`due_ms`: when `judge` wants to be called next."""

    def __init__(self, settings: SanitySettings) -> None:
        self.due_ms = 0
        self._settings = settings
        self._books: dict[int, FeedBook] = {}
        self._interest: dict[tuple[str, str], tuple[InterestSides, OpenInterest]] = {}
        self._minute = 0
        self._minute_prices: dict[str, float] = {}

    def take_liquidation(self, feed: Feed, event: Liquidation) -> bool:
        """Note a liquidation; whether it is doubted."""
        if self._settings.enabled:
            known = self._interest.get((event.venue, event.coin))
            interest_usd = _usd(known[1], event.price) if known else None
            self._book(feed).take(event, interest_usd)
        return bool(feed.doubts.open) and feed.doubts.of("liquidations", event.coin) is not None

    def take_report(self, feed: Feed | None, event: Report) -> bool:
        """Note open interest and closed candles of a feed that was seen; whether the report is doubted."""
        if feed is None or not self._settings.enabled:
            return False
        if isinstance(event, Candle) and event.closed:
            self._take_candle(feed, event)
        elif isinstance(event, OpenInterest):
            return self._take_interest(feed, event)
        return False

    def _take_candle(self, feed: Feed, event: Candle) -> None:
        probe, length_ms = feed.probes.get(event.coin), LENGTHS_MS.get(event.interval)
        if probe is None or length_ms is None or probe.last.symbol != event.symbol:
            return
        end_ms = event.at_ms + length_ms
        if event.received_ms - end_ms > 2 * MINUTE_MS or feed.uptime.share(event.at_ms, end_ms) < 1:
            return
        sizes = self._book(feed).sizes(event.coin)
        sizes.take_candle(probe, event, length_ms)
        self._settle(feed, "amounts by candles", ("trades",), event.coin, sizes.by_candles, sizes.candles_text, end_ms)

    def _take_interest(self, feed: Feed, event: OpenInterest) -> bool:
        known = self._interest.get((event.venue, event.coin))
        check = known[0] if known else InterestSides(self._settings)
        if known is None or event.at_ms >= known[1].at_ms:
            self._interest[event.venue, event.coin] = (check, event)
        mark = feed.marks.get(event.coin)
        check.take(event, mark.mark if mark is not None and is_fresh(mark, event.received_ms) else None)
        now_ms = event.received_ms
        self._settle(feed, "open interest", ("open interest",), event.coin, check.suspicion, check.text, now_ms)
        return check.suspicion.held

    def judge(self, feeds: Feeds, now_ms: int) -> None:
        """Weigh what came since the last time."""
        self.due_ms = (now_ms // _STEP_MS + 1) * _STEP_MS
        if not self._settings.enabled:
            return
        everyone = list(feeds)
        for feed in everyone:
            takers = self._book(feed).takers
            takers.judge(feed.probes.values(), now_ms - _STEP_MS)
            self._settle(feed, "taker sides", ("trades",), EVERY_COIN, takers.suspicion, takers.text, now_ms)
        judge_prices(everyone, self._book, now_ms)
        self._judge_clocks(feeds, everyone, now_ms)
        if now_ms // MINUTE_MS != self._minute:
            self._turn_minute(everyone, now_ms)

    def _judge_clocks(self, feeds: Feeds, everyone: list[Feed], now_ms: int) -> None:
        fresh = [feed for feed in everyone if feed.lags and feed.timed and is_fresh(feed.timed, now_ms)]
        medians = {feed.number: median(feed.lags) for feed in fresh}
        for feed in fresh:
            clock = self._book(feed).clock
            others = [medians[other.number] for other in fresh if other.venue != feed.venue]
            clock.judge(feed.lags, others, now_ms)
            self._settle(feed, "clock", SUMMED, EVERY_COIN, clock.suspicion, clock.text, now_ms)
        feeds.own_clock = our_clock({feed.venue: medians[feed.number] for feed in fresh}, self._settings)

    def _turn_minute(self, feeds: list[Feed], now_ms: int) -> None:
        prices = coin_prices(feeds, now_ms)
        before, since_ms = self._minute_prices, self._minute * MINUTE_MS
        moves = {coin: price / before[coin] - 1.0 for coin, price in prices.items() if coin in before}
        whole = now_ms // MINUTE_MS - self._minute == 1
        self._minute, self._minute_prices = now_ms // MINUTE_MS, prices
        forced = {feed.number: self._book(feed).forced for feed in feeds}
        ballots = [
            list(votes(one, [forced[key] for key in forced if key != number], moves, self._settings.vote_move))
            for number, one in forced.items()
        ]
        for feed, ballot in zip(feeds, ballots, strict=True):
            sides = forced[feed.number]
            sides.judge(ballot if whole else (), since_ms)
            text = sides.text
            self._settle(feed, "forced sides", ("liquidations",), EVERY_COIN, sides.suspicion, text, now_ms)
            for probe in feed.probes.values():
                probe.turn(now_ms)
        for coin in prices:
            self._compare_trades(coin, feeds, now_ms)
            self._compare_forced(coin, feeds, now_ms)

    def _compare_trades(self, coin: str, feeds: list[Feed], now_ms: int) -> None:
        least = self._settings.size_samples
        known = [feed for feed in feeds if coin in feed.probes and len(feed.probes[coin].sizes) >= least]
        usual = {feed.number: median(feed.probes[coin].sizes) for feed in known}
        for feed in known:
            sizes = self._book(feed).sizes(coin)
            others = [usual[other.number] for other in known if other is not feed and other.market == feed.market]
            sizes.compare(feed.probes[coin], others, now_ms - MINUTE_MS)
            self._settle(feed, "trade sizes", ("trades",), coin, sizes.by_others, sizes.others_text, now_ms)

    def _compare_forced(self, coin: str, feeds: list[Feed], now_ms: int) -> None:
        forced = {feed.number: one for feed in feeds if (one := self._book(feed).forced_sizes.get(coin)) is not None}
        for one in forced.values():
            one.forget(now_ms - HOUR_MS)
        probes = {feed.number: feed.probes[coin] for feed in feeds if coin in feed.probes}
        sizes = in_trades(forced, probes, self._settings.size_samples)
        for feed in feeds:
            check = forced.get(feed.number)
            if check is None:
                continue
            probe = probes.get(feed.number)
            traded = probe.traded(now_ms - HOUR_MS) if probe else (0.0, 0)
            others = [size for number, size in sizes.items() if number != feed.number]
            check.judge(traded, sizes.get(feed.number), others, now_ms)
            text = check.text
            self._settle(feed, "forced sizes", ("liquidations",), coin, check.suspicion, text, now_ms)

    def _settle(
        self,
        feed: Feed,
        fault: str,
        subjects: tuple[Subject, ...],
        coin: str,
        suspicion: Suspicion,
        text: str,
        now_ms: int,
    ) -> None:
        """Doubt what the suspicion is held against, and believe again what it is not."""
        for subject in subjects:
            known = feed.doubts.open.get((fault, subject, coin))
            if not suspicion.held:
                if known is not None:
                    feed.doubts.lift(fault, subject, coin, now_ms)
                continue
            since_ms = known.since_ms if known else suspicion.since_ms
            about = text if coin == EVERY_COIN else f"{coin} {text}"
            if known is None and subject == "liquidations":
                about += self._counted(feed, coin, since_ms)
            feed.doubts.hold(
                Doubt(
                    fault, subject, coin, since_ms, known.raised_ms if known else now_ms, known.text if known else about
                )
            )

    def _counted(self, feed: Feed, coin: str, since_ms: int) -> str:
        """What entered sums before the fault was noticed."""
        books = self._book(feed).forced_sizes
        of = books.values() if coin == EVERY_COIN else [books[coin]] if coin in books else []
        usd = sum(usd for one in of for at_ms, usd in one.recent if at_ms >= since_ms)
        return f"; {usd:,.0f} USD of it were counted before" if usd else ""

    def _book(self, feed: Feed) -> FeedBook:
        book = self._books.get(feed.number)
        if book is None:
            book = self._books[feed.number] = FeedBook(self._settings)
        return book


def _usd(event: OpenInterest, price: float) -> float | None:
    if event.notional_usd is not None:
        return event.notional_usd
    return event.coins * price if event.coins is not None else None
