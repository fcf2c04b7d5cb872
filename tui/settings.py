"""All settings, composed from each layer's own table, and the file and options they are read from."""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from feeds.settings import FeedsSettings, Strict
from scoring.settings import ScoringSettings
from scoring.settings.alerts import AlertingSettings, AlertRule
from tui import config_text
from tui.coins import spelled
from tui.config_problems import Problem, of_validation, suggestion
from tui.config_values import beyond_types, leaves
from tui.exits import BadUsage
from tui.export_settings import ExportSettings
from tui.governor import bytes_a_second
from tui.journal_settings import JournalTable
from tui.layout_settings import OwnLayout
from tui.notify.settings import NotifySettings

DEFAULT_COINS: tuple[str, ...] = ("BTC", "ETH", "SOL", "DOGE", "WIF")


class DisplaySettings(Strict):
    """`[display]`: what the monitor looks like."""

    theme: Literal["dark", "light", "colourblind", "contrast", "terminal"] = "dark"
    """Colour theme: dark, light, colourblind, contrast (high contrast) or terminal (the terminal's own 16 colours)."""
    rising: Literal["green", "red"] = "green"
    """The colour of a price that rose: green, or red as in East Asia; the other is that of one that fell."""
    language: Literal["auto", "en", "ru", "zh"] = "auto"
    """Language of labels: en, ru, zh, or auto for that of the locale."""
    layout: str = "standard"
    """Arrangement of the panes at the start: standard, or another that key w goes through, or one of `[layouts]`."""
    bandwidth: str = ""
    """Bytes a second that the terminal may be sent, such as "4k" for a thin line; "" for no limit."""
    hints: bool = True
    """Whether the status bar shows a newcomer what to try, each hint until it was done once."""
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

    @field_validator("bandwidth")
    @classmethod
    def _bandwidth_can_be_read(cls, text: str) -> str:
        bytes_a_second(text)
        return text


class CoinList(Strict):
    """One of `[lists]`: coins in the order they are shown in, and the exchanges to watch them on."""

    coins: tuple[str, ...]
    venues: tuple[str, ...] = ()


class Settings(ScoringSettings, FeedsSettings):
    """Every setting of liqtop. It is a `FeedsSettings` and a `ScoringSettings`, so each layer takes it as its own."""

    display: DisplaySettings = Field(default_factory=DisplaySettings)
    layouts: dict[str, OwnLayout] = Field(default_factory=dict)
    """Arrangements of one's own beside those that ship, by name; key w goes through all. Panes by column, and each
    one's part of the room: near = { columns = [["ladder", "tape"], ["cascade", "checklist"]], widths = [60, 40] };
    heights = [[70, 30], [40, 60]] can be given too."""
    alerting: AlertingSettings = Field(default_factory=AlertingSettings)
    notify: NotifySettings = Field(default_factory=NotifySettings)
    alerts: dict[str, AlertRule] = Field(default_factory=dict)
    """Rules by name, each a table `[alerts.NAME]` with at least `metric` and `when`; `liqtop alerts metrics` lists what
    can be watched."""
    journal: JournalTable = Field(default_factory=JournalTable)
    export: ExportSettings = Field(default_factory=ExportSettings)
    lists: dict[str, CoinList] = Field(default_factory=lambda: {"default": CoinList(coins=DEFAULT_COINS)})
    """Named lists of coins for `--list`; `default` is watched where none is named. A list may name its exchanges:
    alts = { coins = ["WIF", "POPCAT"], venues = ["binance", "bybit"] }."""

    def on(self, venues: Sequence[str]) -> "Settings":
        """The same, connected to these exchanges; all of `[network] venues` where none is named."""
        if not venues:
            return self
        return self.model_copy(update={"network": self.network.model_copy(update={"venues": tuple(venues)})})


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings with the file they came from, and where each one that is no default was set."""

    settings: Settings
    file: Path | None = None
    origins: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    def coins(self, name: str | None = None) -> tuple[str, ...]:
        """The coins of a list; raises `BadUsage` where there is no such list."""
        return spelled(self._list(name).coins)

    def venues(self, name: str | None = None) -> tuple[str, ...]:
        """The exchanges of a list that `[network]` has too; none: the list restricts nothing. Raises `BadUsage`."""
        wanted = self._list(name).venues
        return tuple(venue for venue in self.settings.network.venues if venue in wanted)

    def _list(self, name: str | None) -> CoinList:
        lists = self.settings.lists
        if name is None or name in lists:
            return lists[name or "default"]
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
    origins = {keys: f"{path}:{config_text.locate(text, keys) or 1}" for keys, _ in leaves(values)}
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
    problems = list(beyond_types(values))
    lists = values.get("lists")
    plain: set[str] = set()
    if isinstance(lists, dict):
        plain = {name for name, value in lists.items() if not isinstance(value, dict)}
        shipped = {} if "default" in lists else {"default": {"coins": DEFAULT_COINS}}
        as_tables = {name: {"coins": value} if name in plain else value for name, value in lists.items()}
        values = {**values, "lists": shipped | as_tables}
    try:
        return Settings.model_validate_json(json.dumps(values, default=str), strict=True), problems
    except ValidationError as error:
        told = {path for path, _, _ in problems}
        found = [(_as_written(path, plain), value, reason) for path, value, reason in of_validation(error, Settings)]
        return Settings(), problems + [one for one in found if one[0] not in told]


def _as_written(path: tuple[str | int, ...], plain: Collection[str]) -> tuple[str | int, ...]:
    """Where the file has what the model names: a list that is a plain array has no key `coins`."""
    return (*path[:2], *path[3:]) if path[0] == "lists" and len(path) > 2 and path[1] in plain else path


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
