"""What the words of the command line mean: coins, lists, types, venues, and the options that override a setting."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from feeds.events import PrintedEvent
from feeds.venue import Venue
from tui.coins import coin_problem, spelled
from tui.config_problems import suggestion
from tui.exits import BadUsage
from tui.settings import Loaded, load

if TYPE_CHECKING:
    from feeds.store.tables import TableName

EVENT_TYPES = tuple(str(one.__struct_config__.tag) for one in get_args(PrintedEvent))
"""Every `type` an event's JSON can have."""
_LIKE_A_COMMAND = 0.7
"""From this likeness on a word in small letters was meant as a command: `dmeo` is, no coin's name is."""
END_MS = 2**62
"""Later than anything stored."""


def settings_of(config: Path | None, **options: object) -> Loaded:
    """The settings with the options that were given; None means not given."""
    named = {
        "gateway": (("network", "gateway"), "--gateway"),
        "theme": (("display", "theme"), "--theme"),
        "window": (("display", "window_minutes"), "--window"),
        "bandwidth": (("display", "bandwidth"), "--bandwidth"),
        "language": (("display", "language"), "--language"),
        "fps": (("display", "frames_per_second"), "--fps"),
        "mouse": (("display", "mouse"), "--no-mouse"),
        "ascii": (("display", "ascii"), "--ascii"),
        "store": (("store", "enabled"), "--no-store"),
    }
    given: dict[tuple[str, ...], tuple[str, object]] = {
        named[key][0]: (named[key][1], value) for key, value in options.items() if value is not None
    }
    return load(str(config) if config else None, given)


def reader_of(**options: object) -> Callable[[Path | None], Loaded]:
    """What reads the config under these options, as often as it is called."""
    return lambda config: settings_of(config, **options)


def coins_of(words: Sequence[str] | None, commands: Collection[str] = ()) -> tuple[str, ...]:
    """The coins that were named; raises `BadUsage` for a word that can't be one, or that was meant as a command."""
    for word in words or ():
        if word.islower() and (near := suggestion(word, commands, _LIKE_A_COMMAND)):
            raise BadUsage(
                f"{word!r} is neither a command in the first place nor a coin{near} (a coin: {word.upper()})"
            )
        if reason := coin_problem(word):
            raise BadUsage(reason)
    return spelled(words or ())


@dataclass(frozen=True, slots=True)
class Watched:
    """The coins to watch, the config's list that they are ("" where they were named one by one), and its exchanges.

    `venues`: none means all of `[network] venues`.
    """

    coins: tuple[str, ...]
    list_name: str = ""
    venues: tuple[str, ...] = ()


def watched(
    loaded: Loaded, words: Sequence[str] | None, name: str | None = None, commands: Collection[str] = ()
) -> Watched:
    """The coins that were named, then those of the named list; with neither, those of the list `default`."""
    coins = coins_of(words, commands)
    if coins and not name:
        return Watched(coins)
    return Watched(spelled((*coins, *loaded.coins(name))), name or "default", loaded.venues(name))


def types_of(text: str | None) -> tuple[str, ...]:
    """The event types of a comma-separated text, none for all; raises `BadUsage` for an unknown one."""
    types = tuple(word.strip() for word in (text or "").split(",") if word.strip())
    for word in types:
        if word not in EVENT_TYPES:
            raise BadUsage(
                f"--types: unknown type {word!r}, known: {', '.join(EVENT_TYPES)}{suggestion(word, EVENT_TYPES)}"
            )
    return types


def time_of(word: str | None, option: str, otherwise_ms: int) -> int:
    """A date or a date and time (UTC unless it says otherwise) in UNIX ms; raises `BadUsage` for anything else."""
    if word is None:
        return otherwise_ms
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        raise BadUsage(f"{option}: expected a time such as 2026-01-31 or 2026-01-31T12:00, found {word!r}") from None
    return round((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000)


def table_of(name: str) -> "TableName":
    """The stored table of that name; raises `BadUsage` where there is none."""
    from feeds.store.tables import TABLE_NAMES

    for one in TABLE_NAMES:
        if one == name:
            return one
    raise BadUsage(f"unknown table {name!r}, known: {', '.join(TABLE_NAMES)}{suggestion(name, TABLE_NAMES)}")


def venue_of(name: str) -> Venue:
    """The venue of that name; raises `BadUsage` where there is none."""
    from feeds.venues import VENUES

    if venue := VENUES.get(name.lower()):
        return venue
    raise BadUsage(f"unknown venue {name!r}, known: {', '.join(sorted(VENUES))}{suggestion(name, VENUES)}")
