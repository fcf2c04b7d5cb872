"""The composition root: one source in a thread of its own, the inbox between the two threads, and the market."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from feeds.events import AnyEvent, Candle, Recall, Status, Stored
from feeds.inbox import Inbox
from feeds.settings import FeedsSettings
from feeds.source import Mode, Source
from feeds.unlisted import Lister
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import MarketView
from tui.controls import Controls
from tui.drive import Drive
from tui.driving import Scanner, Tape, Timeline
from tui.leading import Leading
from tui.pictures import Pictures, with_unlisted
from tui.runner import STOP_SECONDS, Runner, SourceCrashed

if TYPE_CHECKING:
    from tui.storing import Storing

FOLD_SECONDS = 0.05
"""How long one frame may take events in, so that a key never waits longer than this; the rest is for the next frame."""

RECALL_SECONDS = 0.15
"""The same while the stored past is told: until then there is little to press a key for."""
_FOLD_EVENTS = 256
_MANY_EVENTS = 2_000
"""With more of them waiting a frame takes longer to catch up."""
_LOOK_MINUTES = 60
"""The window of looks beside the screen, as of a dry run of alerts; what they read has windows of its own."""


class Session:
    """Runs a source and folds its events into one market. All but `start` and `stop` belong to the screen's thread.

    `beside` is called in each frame before its picture is taken, and may `look`. `beginnings`: how often the market
    began anew. `candles_of`: the coins whose candles are kept for `take_candles`. `drive`: drives the time of a
    tape, None elsewhere; `scan`: looks through the tape ahead.
    """

    def __init__(
        self,
        source: Source,
        settings_feeds: FeedsSettings,
        settings_scoring: ScoringSettings,
        coins: Sequence[str],
        *,
        clock: Callable[[], float] = perf_counter,
        storing: "Storing | None" = None,
        scan: Scanner | None = None,
    ) -> None:
        self.coins = tuple(coins)
        self.inbox = Inbox(settings_feeds.intake.inbox_events)
        self.unlisted: Mapping[str, str] = {}
        self.beside: Callable[[], None] = lambda: None
        self.beginnings = 0
        self.candles_of: frozenset[str] = frozenset()
        self._candles: list[Candle] = []
        self._scoring = settings_scoring
        self._clock = clock
        self._storing = storing
        self._market = Market(settings_scoring, self.coins)
        self._waiting: list[AnyEvent] = []
        self._pictures = Pictures(self._told)
        self._leading = Leading(lambda: Market(self._scoring, self.coins), self.inbox)
        self._scan = scan
        self.drive: Drive | None = None
        if isinstance(source, Tape):
            source.on_restart = self._leading.begin_at_once
            self.drive = Drive(source, scan, self._run_again, lambda: self.ended)
        if isinstance(source, Tape) and isinstance(source, Timeline):
            source.on_restart, source.on_arrival = self._leading.begin, self._leading.arrive
            if source.lead_in is not None:
                self._leading.begin()
        self._runner = self._runner_of(source)

    @property
    def source(self) -> Source:
        """What runs at the moment, or is about to."""
        return self._runner.source

    @property
    def ended(self) -> bool:
        """Whether the source has told all it has."""
        return self._runner.ended

    @property
    def mode(self) -> Mode:
        """Where the data comes from."""
        return self.source.mode

    @property
    def scoring(self) -> ScoringSettings:
        """The settings that views are judged by."""
        return self._scoring

    @property
    def is_tape(self) -> bool:
        """Whether time can be driven: sought, slowed, stepped."""
        return self.drive is not None

    def start(self) -> None:
        """Start the source in its own thread and loop."""
        self._runner.start()
        if self._scan is not None:
            self._scan.start()

    def stop(self) -> bool:
        """Cancel the source and wait for its thread; False where it did not end in `STOP_SECONDS`."""
        if self._scan is not None:
            self._scan.close()
        self._runner.cancel()
        return self.join(STOP_SECONDS)

    def _run_again(self) -> None:
        self._runner.run_again()

    def join(self, seconds: float) -> bool:
        """Wait for the source to end by itself; False where it goes on."""
        return self._runner.join(seconds)

    def judge_by(self, settings: ScoringSettings) -> None:
        """Judge all that follows by these settings. What was counted stays as it was counted."""
        self._scoring = settings
        self._pictures.forget()
        self._market.judge_by(settings)

    def watch(self, coins: Sequence[str], source: Source | None = None, venues: Sequence[str] = ()) -> None:
        """Watch other coins, or the same from elsewhere: `source` takes the place of the one that runs, in a while.

        Live, coins that stay keep what was counted, and the time until the new source's feeds are up is a gap. The
        demo's new market begins anew, and so does a tape, which needs no new source. `venues`: those of the source.
        """
        self.coins, self.unlisted = tuple(coins), {}
        self._pictures.forget()
        if self.drive is not None:
            self.drive.begin_again(self.coins)
            return
        if source is None:
            return
        self._runner.cancel()
        self._settle_accounts()
        if source.mode == "LIVE":
            self._market.advance(self.source.now_ms())
            self._market.watch(self.coins, venues)
        else:
            self._begin(Market(self._scoring, self.coins))
        self._runner = self._runner_of(source, self._runner)
        self._runner.start(wait=False)

    def _runner_of(self, source: Source, replaced: Runner | None = None) -> Runner:
        if isinstance(source, Lister):
            source.on_unlisted = self._take_unlisted
        return Runner(source, self._leading.put, again=self.drive is not None, replaced=replaced)

    def _take_unlisted(self, found: Mapping[str, str]) -> None:
        """In the source's thread: which coins no exchange lists."""
        self.unlisted = found

    def _settle_accounts(self) -> None:
        """Fold what the last source brought; what it said of its streams no longer holds."""
        self._fold()
        waiting = self._waiting + self.inbox.drain()
        self._waiting = [one for one in waiting if isinstance(one, Stored | Recall) or not isinstance(one, Status)]

    def frame(self, controls: Controls, *, eased: bool = False) -> MarketView:
        """Take in what arrived and return the picture for these controls.

        While paused the picture is held, ages included: it is of the moment it was taken (`at_ms`). It is taken anew
        where another one is asked for, as of another coin, or where it would be judged otherwise. A paused tape waits
        itself. `eased`: what counts in seconds need not be newer than a second, which saves most of the work. Raises
        `SourceCrashed`.
        """
        if self._runner.error is not None:
            raise SourceCrashed(self.mode, self._runner.error)
        self._fold()
        if self._leading.is_going:
            return self._pictures.before(self._market, controls)
        now_ms = self.source.now_ms()
        if self.mode == "LIVE" or not (
            self._waiting or len(self.inbox)
        ):  # a past that is told at once is lived through, not jumped over
            self._market.advance(now_ms)
        if self._storing is not None:
            self._storing.work(self._market)
        if not self._market.recalling:
            self.beside()
        held = controls.paused_at_ms is not None and self.drive is None
        return self._pictures.main(self._market, controls, held, eased=eased)

    def beside_view(self, controls: Controls, *, eased: bool = False) -> MarketView | None:
        """The picture of the second coin for these controls, None where there is none; `eased` as for a frame."""
        return self._pictures.second(self._market, controls, eased=eased)

    def look(self, coin: str) -> MarketView:
        """A coin as it is now, whatever the screen shows or holds."""
        return self._market.view(coin, _LOOK_MINUTES)

    def take_candles(self) -> list[Candle]:
        """The candles that came since, of the coins that they are kept of."""
        taken, self._candles = self._candles, []
        return taken

    def _told(self, view: MarketView) -> MarketView:
        """The view with what is known beside the market: the inbox, the store, coins that nobody lists."""
        counts = replace(view.counts, dropped=self.inbox.dropped, merged=self.inbox.merged)
        store, notes = ("", ()) if self._storing is None else self._storing.lines()
        return with_unlisted(replace(view, counts=counts, store=store, notes=notes), self.unlisted)

    def _begin(self, market: Market) -> None:
        self._market = market
        self._market.judge_by(self._scoring)
        self._pictures.forget()
        self._waiting, self._candles = [], []
        self.beginnings += 1

    def _fold(self) -> None:
        behind = self._market.recalling or len(self._waiting) + len(self.inbox) > _MANY_EVENTS
        until = self._clock() + (RECALL_SECONDS if behind else FOLD_SECONDS)
        market, events = self._leading.hand_over(waiting=bool(self._waiting))
        if market is not None:
            self._begin(market)
        self._waiting += events
        done = 0
        while done < len(self._waiting):
            events = self._waiting[done : done + _FOLD_EVENTS]
            self._market.apply(events)
            if self.candles_of:
                self._candles += [one for one in events if isinstance(one, Candle) and one.coin in self.candles_of]
            done += _FOLD_EVENTS
            if self._clock() >= until:
                break
        del self._waiting[:done]
