"""How unlikely a feed's present silence is: of everything, or of one kind of data while the rest goes on."""

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.feed import Feed, Feeds
from scoring.moment import span
from scoring.settings import HealthSettings
from scoring.silence import SLOT_MS, Channel, chance, chance_of_silence, intensity, odds
from scoring.stream import Stream
from scoring.view import Health

_SHARE = 0.5
"""A stream that never told a trade is expected to tell this share of what the least talkative other venue does."""


@dataclass(frozen=True, slots=True)
class Life:
    """The least likely silence of a feed. `is_general`: of all that it carries; `chance` None: nothing to judge by."""

    what: str = "event"
    silence_ms: int = 0
    chance: float | None = None
    is_general: bool = False


def life_of(feed: Feed, feeds: Feeds, now_ms: int, settings: HealthSettings) -> Life:
    """The least likely silence of a feed that is up; of all it carries before of one kind.

    Some venues tell a mark price only when it moves: one kind alone is not judged before it would be called quiet.
    """
    whole = feed.silences.of("event", "")
    if whole is not None:
        life = _life(feed, feeds, whole, "event", "", now_ms, settings)
        if _is_alarming(life, settings):
            return life
    found = Life()
    for (kind, coin), channel in feed.silences.items():
        if kind == "event" or (coin and not channel.last_ms):  # a coin that wasn't heard since may not be asked for
            continue
        if coin in feed.unlisted or (kind == "liquidation" and feed.refusals):
            continue
        life = _life(feed, feeds, channel, kind, coin, now_ms, settings)
        if life.silence_ms < settings.quiet_seconds * 1000:  # too short for one kind, however unlikely
            continue
        if life.chance is not None and (found.chance is None or life.chance < found.chance):
            found = life
    return found


def _is_alarming(life: Life, settings: HealthSettings) -> bool:
    if life.chance is None or life.chance >= settings.alarm_chance:
        return False
    return life.silence_ms >= settings.suspect_seconds * 1000


def _life(
    feed: Feed, feeds: Feeds, channel: Channel, kind: str, coin: str, now_ms: int, settings: HealthSettings
) -> Life:
    likely = chance(channel, _elsewhere(feed, feeds, kind, coin), now_ms, settings)
    silence_ms = now_ms - max(channel.last_ms or channel.since_ms, feed.last_ms or 0 if kind == "event" else 0)
    return Life(f"{kind} of {coin}" if coin else kind, silence_ms, likely, kind == "event")


def _elsewhere(feed: Feed, feeds: Feeds, kind: str, coin: str) -> Iterable[Channel]:
    """The same on the other venues that are up."""
    for other in feeds:
        if other.venue != feed.venue and other.market == feed.market and other.uptime.is_up:
            channel = other.silences.of(kind, coin)
            if channel is not None:
                yield channel


def never_told(
    feed: Feed, stream: Stream, feeds: Feeds, now_ms: int, settings: HealthSettings
) -> tuple[Health, str] | None:
    """A stream that answers and never told anything: dead where others tell plenty, else quiet; None: just begun.

    A socket that carries a steady channel is ended by its own watch before; what is left carries what may be rare.
    """
    silence_ms = now_ms - stream.heard_ms
    if silence_ms < settings.suspect_seconds * 1000:
        return None
    told = [
        busy
        for other in feeds
        if other.venue != feed.venue and other.market == feed.market and other.uptime.is_up
        if (busy := _traded_since(other, stream.heard_ms, now_ms))
    ]
    text = f"answers, but told nothing in {span(silence_ms)}"
    rare = stream.name in settings.forced_only
    if silence_ms >= settings.dead_seconds * 1000 and len(told) >= 2 and not rare:
        likely = chance_of_silence(_SHARE * min(told), settings.caution)
        if likely < settings.alarm_chance:
            return "dead", f"{text}; by the other venues that happens {odds(likely)}"
    return "quiet", text


def _traded_since(feed: Feed, since_ms: int, now_ms: int) -> float:
    """How often the coins were traded since then."""
    slots = (now_ms - since_ms) / SLOT_MS["trade"]
    return sum(
        slots * intensity(min(channel.busy_since(since_ms), slots), slots)
        for (kind, _), channel in feed.silences.items()
        if kind == "trade"
    )
