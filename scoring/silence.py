"""How unlikely a silence is: the usual rate of what a stream carries, and the chance of hearing nothing at that rate.

Time is counted in slots (seconds for marks, minutes for liquidations), which are busy or not, because events come in
bursts: a cascade of a thousand liquidations makes one busy slot. The rate is the one at which a Poisson process leaves
as many slots empty. The chance of nothing where `expected` are is that of a rate which itself is uncertain, spread like
a gamma distribution: it falls as a power, not as an exponential, so that a rate that merely changed is no fault.
"""

from collections import deque
from collections.abc import Iterable
from math import exp, log

from scoring.settings import HealthSettings

SLOT_MS = {"event": 1_000, "mark price": 5_000, "trade": 5_000, "liquidation": 300_000}
"""How long a slot of each kind is: about how long a burst of it lasts."""
_RECENT = 128
"""So many busy slots are remembered singly, to tell how busy others are during a silence."""


def intensity(busy: float, seen: float) -> float:
    """Events per slot of a Poisson process that leaves as many slots empty; half an empty slot more, to stay finite.

    >>> round(intensity(50, 100), 2), round(intensity(100, 100), 1)
    (0.69, 5.3)
    """
    return -log(1.0 - busy / (seen + 0.5))


def chance_of_silence(expected: float, caution: float) -> float:
    """The chance of no event where `expected` are, at a rate that is as uncertain as a gamma of shape `caution`.

    >>> round(chance_of_silence(3.0, 1.0), 2), round(chance_of_silence(3.0, 1e9), 2)
    (0.25, 0.05)
    """
    return float((1.0 + max(0.0, expected) / caution) ** -caution)


class Channel:
    """One kind of event of one stream, of one coin or of all. Silence doesn't lower its rate until it ends."""

    __slots__ = ("_busy", "_keep", "_seen", "last_ms", "recent", "since_ms", "slot_ms")

    def __init__(self, slot_ms: int, settings: HealthSettings) -> None:
        self.slot_ms = slot_ms
        self.last_ms = 0
        self.since_ms = 0
        self.recent: deque[int] = deque(maxlen=_RECENT)
        memories = (settings.memory_minutes, settings.long_memory_minutes)
        self._keep = tuple(exp(-slot_ms / (60_000 * minutes)) for minutes in memories)
        self._busy = [0.0, 0.0]
        self._seen = [1.0, 1.0]  # one idle slot that nobody saw: the rate of the first minutes is not overrated

    def note(self, at_ms: int) -> None:
        """An event came. Times that go backwards count as now; what came before a restart tells nothing."""
        if at_ms < self.since_ms:
            return
        slot = at_ms // self.slot_ms
        if self.last_ms:
            passed = slot - self.last_ms // self.slot_ms
            if passed <= 0:
                self.last_ms = max(self.last_ms, at_ms)
                return
            for place, keep in enumerate(self._keep):
                faded = keep**passed
                self._busy[place] = self._busy[place] * faded + 1.0
                self._seen[place] = self._seen[place] * faded + (1.0 - faded) / (1.0 - keep)
        self.last_ms = at_ms
        self.recent.append(slot)

    def restart(self, at_ms: int) -> None:
        """The stream was down until now: that time says nothing about its rate."""
        self.last_ms = 0
        self.since_ms = at_ms

    @property
    def per_slot(self) -> float:
        """The share of slots that are usually busy; 0 until some were."""
        return min(busy / seen for busy, seen in zip(self._busy, self._seen, strict=True))

    def expected(self, since_ms: int, now_ms: int) -> float:
        """How many events (bursts) are usual between these."""
        pairs = zip(self._busy, self._seen, strict=True)
        return min(intensity(busy, seen) for busy, seen in pairs) * max(0, now_ms - since_ms) / self.slot_ms

    def usually_busy(self, since_ms: int, now_ms: int) -> float:
        """How many slots are usually busy between these."""
        return self.per_slot * max(0, now_ms - since_ms) / self.slot_ms

    def busy_since(self, since_ms: int) -> int:
        """How many slots were busy since then."""
        first = since_ms // self.slot_ms
        return sum(1 for slot in self.recent if slot >= first)

    def known(self, caution: float) -> float:
        """The shape of what is known of the rate: small until enough was seen, never more than `caution`."""
        return min(caution, 0.5 + min(self._busy))


def lull(others: Iterable[Channel], since_ms: int, now_ms: int) -> float:
    """How busy the same is elsewhere during a silence, against its habit: 1 as usual, less in a general lull."""
    heard, expected = 1.0, 1.0  # one each, so that few events prove little
    for channel in others:
        heard += channel.busy_since(since_ms)
        expected += channel.usually_busy(since_ms, now_ms)
    return min(1.0, heard / expected)


class Silences:
    """All channels of a feed, by kind and coin ("" for all coins together)."""

    __slots__ = ("_channels", "_settings")

    def __init__(self, settings: HealthSettings) -> None:
        self._settings = settings
        self._channels: dict[tuple[str, str], Channel] = {}

    def note(self, kind: str, coin: str, at_ms: int) -> None:
        """An event of that kind and coin was received."""
        channel = self._channels.get((kind, coin))
        if channel is None:
            channel = self._channels[kind, coin] = Channel(SLOT_MS[kind], self._settings)
        channel.note(at_ms)

    def of(self, kind: str, coin: str) -> Channel | None:
        """The channel of that kind and coin, where anything was ever heard of it."""
        return self._channels.get((kind, coin))

    def items(self) -> Iterable[tuple[tuple[str, str], Channel]]:
        """Kind and coin, and the channel."""
        return self._channels.items()

    def restart(self, at_ms: int) -> None:
        """The stream is up again: what was heard before tells rates, not silences."""
        for channel in self._channels.values():
            channel.restart(at_ms)

    def forget(self) -> None:
        """Other coins are asked for from now on."""
        self._channels.clear()

    def forget_coin(self, coin: str) -> None:
        """A coin is asked for no more."""
        for key in [key for key in self._channels if key[1] == coin]:
            del self._channels[key]


def chance(channel: Channel, others: Iterable[Channel], now_ms: int, settings: HealthSettings) -> float | None:
    """The chance of the channel's present silence, since its last event or since it came up; None: rate not known."""
    since_ms = channel.last_ms or channel.since_ms
    if not since_ms or not channel.per_slot:
        return None
    expected = channel.expected(since_ms, now_ms)
    shape = channel.known(settings.caution)
    likely = chance_of_silence(expected, shape)
    if likely >= settings.told_chance:
        return likely
    return chance_of_silence(expected * lull(others, since_ms, now_ms), shape)


def odds(likely: float) -> str:
    """A chance in words.

    >>> odds(0.031), odds(0.4), odds(0.00001)
    ('1 time in 32', 'more than 1 time in 3', 'less than 1 time in 10,000')
    """
    if likely > 1 / 3:
        return "more than 1 time in 3"
    if likely < 0.0001:
        return "less than 1 time in 10,000"
    return f"1 time in {round(1 / likely):,}"
