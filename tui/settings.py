"""All settings, composed from each layer's own table, and the file and options they are read from."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from feeds.gateway import network_problem
from feeds.settings import FeedsSettings, Strict
from scoring.settings import ScoringSettings
from tui import config_text
from tui.coins import coin_problem, spelled
from tui.config_problems import Problem, of_validation, suggestion
from tui.exits import BadUsage

_ADDRESSES = [("network", "gateway"), ("network", "proxy"), ("network", "hosts")]
DEFAULT_COINS: tuple[str, ...] = ("BTC", "ETH", "SOL", "DOGE", "WIF")


class DisplaySettings(Strict):
    """`[display]`: what the monitor looks like."""

    theme: Literal["dark", "light", "colourblind"] = "dark"
    """Colour theme: dark, light or colourblind."""
    frames_per_second: float = Field(4.0, gt=0, le=30)
    """How many times a second the screen is painted."""
    mouse: bool = True
    """Whether the mouse works in the monitor; false leaves selecting text to the terminal."""
    ascii: bool = False
    """Draw with ASCII characters only."""
    window_minutes: Literal[15, 60, 240, 720, 1440] = 240
    """The ladder's rolling window at the start, in minutes: 15, 60, 240, 720 or 1440."""
    local_time: bool = False
    """Show the clock in local time instead of UTC."""


class Settings(ScoringSettings, FeedsSettings):
    """Every setting of liqtop. It is a `FeedsSettings` and a `ScoringSettings`, so each layer takes it as its own."""

    display: DisplaySettings = Field(default_factory=DisplaySettings)
    lists: dict[str, tuple[str, ...]] = Field(default_factory=lambda: {"default": DEFAULT_COINS})
    """Named lists of coins for `--list`; `default` is watched where none is named."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings with the file they came from, and where each one that is no default was set."""

    settings: Settings
    file: Path | None = None
    origins: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    def coins(self, name: str | None = None) -> tuple[str, ...]:
        """The coins of a list; raises `BadUsage` where there is no such list."""
        lists = self.settings.lists
        if name is None or name in lists:
            return spelled(lists[name or "default"])
        raise BadUsage(f"no list {name!r}, the config has: {', '.join(sorted(lists))}{suggestion(name, lists)}")


def search_order(option: str | None = None) -> list[tuple[str, Path]]:
    """Where a config file is looked for, first come first served, with the name of each place."""
    import platformdirs

    places: list[tuple[str, Path]] = []
    if option:
        places.append(("--config", Path(option)))
    if from_environment := os.environ.get("LIQTOP_CONFIG"):
        places.append(("LIQTOP_CONFIG", Path(from_environment)))
    places.append(("./config.toml", Path("config.toml")))
    places.append(("the user's config", platformdirs.user_config_path("liqtop", appauthor=False) / "config.toml"))
    return places


def find(option: str | None = None) -> Path | None:
    """The config file in effect; raises `BadUsage` where one that was named does not exist."""
    for place, path in search_order(option):
        if path.is_file():
            return path
        if place in ("--config", "LIQTOP_CONFIG"):
            raise BadUsage(f"{place}: no such file: {path}")
    return None


def load(option: str | None = None, overrides: Mapping[tuple[str, ...], tuple[str, object]] | None = None) -> Loaded:
    """Defaults, then the config file, then `overrides`: (table, key) to (option, value).

    Raises `BadUsage` with one line for each thing that is wrong in the file.
    """
    path = find(option)
    text = _read(path) if path else ""
    values, broken = config_text.parse(text)
    if broken:
        raise BadUsage(f"{path}:{broken[0]}: {broken[1]}")
    origins = {keys: f"{path}:{config_text.locate(text, keys) or 1}" for keys, _ in _leaves(values)}
    for keys, (name, value) in (overrides or {}).items():
        if isinstance(table := values.setdefault(keys[0], {}), dict):
            table[keys[1]] = value
            origins[keys] = name
    settings, problems = _validated(values)
    if problems:
        raise BadUsage(*_lines(problems, path, text, {keys: name for keys, (name, _) in (overrides or {}).items()}))
    return Loaded(settings, path, origins)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadUsage(f"{path}: expected UTF-8 text, found byte {error.object[error.start]:#04x}") from None
    except OSError as error:
        raise BadUsage(f"{path}: {error.strerror}") from None


def _validated(values: dict[str, Any]) -> tuple[Settings, list[Problem]]:
    """The settings of `values`, judged as strictly as TOML is typed. Lists of the file join the shipped `default`."""
    if isinstance(values.get("lists"), dict):
        values = {**values, "lists": {"default": DEFAULT_COINS, **values["lists"]}}
    problems = list(_beyond_types(values))
    try:
        return Settings.model_validate_json(json.dumps(values, default=str), strict=True), problems
    except ValidationError as error:
        told = {path for path, _, _ in problems}
        return Settings(), problems + [one for one in of_validation(error, Settings) if one[0] not in told]


def _beyond_types(values: Mapping[str, Any]) -> Iterator[Problem]:
    """What types can't tell: numbers, venues, addresses and coins that can't be. Wrong types are left to the model."""
    for path, value in _leaves(values):
        if isinstance(value, float) and not isfinite(value):
            yield path, value, f"expected a finite number, found {value}"
        elif path[:2] in _ADDRESSES and isinstance(value, str) and (reason := network_problem(path[1], value)):
            yield path, None, reason
        if value == [] and (path[0] == "lists" or path == ("network", "venues")):
            yield path, None, f"expected at least one {'coin' if path[0] == 'lists' else 'exchange'}, found none"
        for i, item in enumerate(value if isinstance(value, list | tuple) else ()):
            known = path[0] == "lists" or path[-1].endswith("venues")
            judge = coin_problem if path[0] == "lists" else _venue_problem
            if known and isinstance(item, str) and (reason := judge(item)):
                yield (*path, i), item, reason


def _venue_problem(venue: str) -> str | None:
    from feeds.venues import VENUES

    if venue in VENUES:
        return None
    return f"unknown venue {venue!r}, expected one of {', '.join(sorted(VENUES))}{suggestion(venue, VENUES)}"


def _lines(
    problems: Sequence[Problem], path: Path | None, text: str, options: Mapping[tuple[str, ...], str]
) -> list[str]:
    """One line each, in the order of the file: the place, the key, the reason. A wrong option is named as typed."""
    found: list[tuple[int, str]] = []
    for keys, value, reason in problems:
        names = tuple(key for key in keys if isinstance(key, str))
        if names in options:
            found.append((0, f"{options[names]}: {reason}"))
            continue
        line = config_text.locate(text, keys, value) or 0
        where = " ".join([f"[{names[0]}]", ".".join(names[1:])]).strip()
        found.append((line, f"{path}:{line}: {where}: {reason}"))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _leaves(values: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value
