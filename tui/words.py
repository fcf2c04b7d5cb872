"""What the words of the command line mean: coins, lists, types, venues, and the options that override a setting."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from feeds.events import AnyEvent
from feeds.venue import Venue
from tui.coins import coin_problem, spelled
from tui.config_problems import suggestion
from tui.exits import BadUsage
from tui.settings import Loaded, load

EVENT_TYPES = tuple(str(one.__struct_config__.tag) for one in get_args(AnyEvent))
"""Every `type` an event's JSON can have."""


def settings_of(config: Path | None, **options: object) -> Loaded:
    """The settings with the options that were given; None means not given."""
    named = {
        "gateway": (("network", "gateway"), "--gateway"),
        "theme": (("display", "theme"), "--theme"),
        "window": (("display", "window_minutes"), "--window"),
        "fps": (("display", "frames_per_second"), "--fps"),
        "mouse": (("display", "mouse"), "--no-mouse"),
        "ascii": (("display", "ascii"), "--ascii"),
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
        if word.islower() and (near := suggestion(word, commands, 0.8)):
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


def venue_of(name: str) -> Venue:
    """The venue of that name; raises `BadUsage` where there is none."""
    from feeds.venues import VENUES

    if venue := VENUES.get(name.lower()):
        return venue
    raise BadUsage(f"unknown venue {name!r}, known: {', '.join(sorted(VENUES))}{suggestion(name, VENUES)}")
