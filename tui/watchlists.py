"""The config as the monitor goes by it: which list is watched, which comes next, and reading it again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tui.coins import spelled
from tui.settings import Loaded, Settings
from tui.words import Watched, coins_of, watched

Read = Callable[[Path | None], Loaded]
"""Reads the config at this path, or wherever one is found, under the options of the command line; raises `BadUsage`."""

NAMED = ""
"""The name of the list of coins that were named one by one on the command line."""


@dataclass(frozen=True, slots=True)
class Watchlists:
    """The config with what is watched of it. `named`: coins of the command line, beside those of the list `beside`."""

    loaded: Loaded
    watched: Watched
    read: Read
    named: tuple[str, ...] = ()
    beside: str = NAMED

    @property
    def settings(self) -> Settings:
        """The settings with the exchanges of the list that is watched."""
        return self.loaded.settings.on(self.watched.venues)

    @property
    def names(self) -> tuple[str, ...]:
        """The lists to switch between, in the order of the file, behind the coins of the command line."""
        own = (NAMED,) if self.named and self.beside == NAMED else ()
        return (*own, *self.loaded.settings.lists)

    def choose(self, name: str) -> "Watchlists":
        """The same with another list watched; raises `BadUsage` where there is none of that name."""
        if name == NAMED:
            return replace(self, watched=Watched(self.named))
        coins = self.loaded.coins(name)
        if name == self.beside:
            coins = spelled((*self.named, *coins))
        return replace(self, watched=Watched(coins, name, self.loaded.venues(name)))

    def next(self) -> "Watchlists":
        """The same with the next list watched, around the end."""
        names = self.names
        at = names.index(self.watched.list_name) if self.watched.list_name in names else -1
        return self.choose(names[(at + 1) % len(names)])

    def reread(self) -> "Watchlists":
        """The same by the file as it is now; raises `BadUsage` for what is wrong in it.

        A list that is gone gives way to `default`.
        """
        loaded = self.read(self.loaded.file)
        name = self.watched.list_name
        return replace(self, loaded=loaded).choose(
            name if name == NAMED or name in loaded.settings.lists else "default"
        )


def watchlists_of(
    read: Read,
    config: Path | None,
    words: Sequence[str] | None,
    name: str | None = None,
    commands: Collection[str] = (),
) -> Watchlists:
    """What the command line asks to watch; raises `BadUsage`."""
    loaded = read(config)
    named, chosen = coins_of(words, commands), watched(loaded, words, name, commands)
    return Watchlists(loaded, chosen, read, named, chosen.list_name if named else NAMED)
