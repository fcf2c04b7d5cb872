"""The journal while the monitor runs: freezes checklists, grades them from the prices that follow, keeps both."""

from collections.abc import Iterable, Mapping, Sequence

from feeds.events import Candle
from feeds.source import Mode
from scoring.journal import Grader, freeze, record
from scoring.settings.journal import JournalSettings
from scoring.view import MarketView
from scoring.view.journal import Direction, Entry, Outcome
from tui.controls import Controls
from tui.journal_file import JournalFile
from tui.language import ENGLISH, label
from tui.past import Past
from tui.views.journal import Graded, JournalBoard

OTHER_RUN_WORDS = "frozen in another run, whose market this is not"
NOT_WATCHED_WORDS = "the coin is not watched"
NO_PRICE_WORDS = "no price to grade it from"


class Journaling:
    """One journal. Live it takes up the entries of earlier runs; of the demo and a tape it follows this run's alone.

    Entries of a coin that isn't watched wait, for a run that watches it.
    """

    def __init__(self, file: JournalFile, settings: JournalSettings, mode: Mode) -> None:
        self._file = file
        self._settings = settings
        self._mode = mode
        self._grader = Grader(settings)
        self._entries: dict[str, Entry] = {}
        self._outcomes: dict[str, dict[float, Outcome]] = {}
        self._waiting: dict[str, Entry] = {}
        self._followed: set[str] = set()
        self._unreadable = 0
        self._pasts: dict[str, Past] = {}
        self._board: JournalBoard | None = None
        self._said: list[tuple[str, Mapping[str, object]]] = []

    @property
    def path(self) -> str:
        """Where entries are kept."""
        return self._file.path

    @property
    def hours(self) -> tuple[float, ...]:
        """After how many hours an entry is graded."""
        return self._settings.hours

    def coins(self, watched: Sequence[str]) -> tuple[str, ...]:
        """Which of the watched coins have to be looked at."""
        wanted = {*self._grader.coins, *self._pasts}
        return tuple(coin for coin in watched if coin in wanted)

    @property
    def candles_of(self) -> frozenset[str]:
        """The coins whose candles are wanted."""
        return frozenset(self._pasts)

    def go_on(self, watched: Sequence[str], now_ms: int) -> None:
        """Take up what was read, write what is new, and let go of what nobody saw in time."""
        self._open()
        self._take_up(watched, now_ms)
        for outcome in self._grader.advance(now_ms):
            entry = self._entries[outcome.identity]
            if entry.coin in watched:
                self._record([outcome])
            else:
                self._waiting[entry.identity] = entry
        if problem := self._file.go_on(now_ms):
            text = "the journal can't be written, {n} lines to go: {reason}"
            one = "the journal can't be written, a line to go: {reason}"
            self._said.append((one if problem.lines == 1 else text, {"n": problem.lines, "reason": problem.reason}))

    def _open(self) -> None:
        try:
            journal = self._file.opened()
        except OSError as error:
            self._said.append(("the journal can't be read: {reason}", {"reason": error.strerror or error}))
            return
        if journal is None:
            return
        self._board, self._unreadable = None, len(journal.unreadable)
        self._entries = {entry.identity: entry for entry in journal.entries} | self._entries
        for outcome in journal.outcomes:
            self._outcomes.setdefault(outcome.identity, {}).setdefault(outcome.hours, outcome)
        hours = set(self._settings.hours)
        for entry in journal.entries:
            followed = self._mode != "LIVE" or not entry.price or entry.identity in self._followed
            if not followed and hours - self._outcomes.get(entry.identity, {}).keys():
                self._waiting[entry.identity] = entry

    def _take_up(self, watched: Sequence[str], now_ms: int) -> None:
        """Gather the past of coins with entries that nobody follows yet, and follow them once it is told."""
        for entry in self._waiting.values():
            if entry.coin in watched and entry.coin not in self._pasts:
                self._pasts[entry.coin] = Past(now_ms)
        for coin, past in list(self._pasts.items()):
            if past.is_over(now_ms):
                del self._pasts[coin]
                self._follow_from(coin, past)

    def _follow_from(self, coin: str, past: Past) -> None:
        mine = [entry for entry in self._waiting.values() if entry.coin == coin]
        for entry in mine:
            self._follow(entry)
        for one in past.prices(entry.at_ms for entry in mine):
            self._record(self._grader.take(coin, one.at_ms, one.price, one.low, one.high))

    def _follow(self, entry: Entry) -> None:
        self._waiting.pop(entry.identity, None)
        self._grader.add(entry, self._outcomes.get(entry.identity, ()))
        self._followed.add(entry.identity)
        self._board = None

    def take_candles(self, candles: Iterable[Candle]) -> None:
        """Take candles of coins whose past is gathered."""
        for candle in candles:
            if candle.coin in self._pasts:
                self._pasts[candle.coin].take_candle(candle)

    def take(self, view: MarketView) -> None:
        """Take the price of a coin's fresh view, where it is known now."""
        price = view.price
        stale = price.stale_at_ms is not None and view.at_ms > price.stale_at_ms
        if price.value is None or price.reason or stale:
            return
        if view.coin in self._pasts:
            self._pasts[view.coin].take_price(view.at_ms, price.value)
        else:
            self._record(self._grader.take(view.coin, view.at_ms, price.value))

    def _record(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            known = self._outcomes.setdefault(outcome.identity, {})
            if outcome.hours not in known:
                known[outcome.hours] = outcome
                self._file.put(outcome)
                self._board = None

    def freeze(self, view: MarketView, direction: Direction, note: str) -> Entry | None:
        """Keep the checklist of a view; None where that very one is kept already."""
        entry = freeze(view, direction, note)
        if entry.identity in self._entries:
            return None
        self._entries[entry.identity] = entry
        self._follow(entry)
        self._file.put(entry)
        return entry

    def forget(self) -> None:
        """The market began anew: in the demo it is another one; a tape's is the same, from another time on."""
        if self._mode == "DEMO":
            self._grader, self._followed, self._board = Grader(self._settings), set(), None

    def said(self, controls: Controls = ENGLISH) -> list[str]:
        """What the reader has to know, since this was asked last."""
        said, self._said = self._said, []
        return [label(text, controls, **values) for text, values in said]

    def board(self, watched: Sequence[str]) -> JournalBoard:
        """What the journal screen shows."""
        if self._board is None or self._board.watched != tuple(watched):
            entries = sorted(self._entries.values(), key=lambda entry: -entry.at_ms)
            outcomes = [one for by_hours in self._outcomes.values() for one in by_hours.values()]
            self._board = JournalBoard(
                entries=tuple(self._graded(entry, watched) for entry in entries),
                records=tuple(record(entries, outcomes, hours, self._settings) for hours in self._settings.hours),
                mode=self._mode,
                path=self._file.path,
                unreadable=self._unreadable,
                watched=tuple(watched),
            )
        return self._board

    def _graded(self, entry: Entry, watched: Sequence[str]) -> Graded:
        own = tuple(self._outcomes.get(entry.identity, {}).values())
        if not entry.price:
            why = NO_PRICE_WORDS
        elif self._mode != "LIVE":
            why = "" if entry.identity in self._followed else OTHER_RUN_WORDS
        else:
            why = "" if entry.coin in watched else NOT_WATCHED_WORDS
        return Graded(entry, own, why)

    @property
    def busy(self) -> bool:
        """Whether something is being read or written."""
        return self._file.busy

    def close(self) -> str:
        """Write all that waits; returns what could not be kept, "" where all is."""
        return self._file.close()
