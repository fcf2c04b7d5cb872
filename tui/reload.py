"""What another reading of the config changes, in one line, and what of it can't be changed while the monitor runs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from scoring.settings import ScoringSettings
from tui.config_default import toml_value
from tui.controls import Controls
from tui.language import ENGLISH, label
from tui.settings import CoinList, Settings
from tui.words import Watched

MOST_CHANGES = 6
"""So many changes are told one by one; the rest is counted."""

_AT_ONCE = frozenset(
    {
        "network",
        "connection",
        "display",
        "layouts",
        "export",
        "lists",
        "funding",
        "checklist",
        "interest",
        "crowd",
        "flow",
        "reach",
        "levels",
        "alerting",
        "alerts",
        "notify",
    }
)
"""Tables that take effect at once. All others went into what was counted, which is not counted anew."""
_LATER_KEYS = frozenset({("display", "hints"), ("display", "mouse"), ("funding", "stale_seconds")})
"""Keys of those tables that don't."""
_CONNECTING = ("network", "connection")

_ABSENT = object()
_Path = tuple[str, ...]


def in_effect(wanted: Settings, running: Settings) -> Settings:
    """The settings to go on with: those wanted, but what can't be changed as it runs."""
    fixed: dict[str, Any] = {name: getattr(running, name) for name in type(wanted).model_fields if name not in _AT_ONCE}
    for table, key in _LATER_KEYS:
        held = {key: getattr(getattr(running, table), key)}
        fixed[table] = fixed.get(table, getattr(wanted, table)).model_copy(update=held)
    return wanted.model_copy(update=fixed)


def judges_anew(before: ScoringSettings, after: ScoringSettings) -> bool:
    """Whether the views have to be judged by other settings."""
    return any(getattr(before, name) != getattr(after, name) for name in ScoringSettings.model_fields)


def connects_anew(before: Settings, after: Settings) -> bool:
    """Whether the connections have to be made anew for it."""
    return any(getattr(before, table) != getattr(after, table) for table in _CONNECTING)


def differences(
    before: Settings, after: Settings, was: Watched, now: Watched, controls: Controls = ENGLISH
) -> list[str]:
    """Each change in a few words, the watched coins first: `+POPCAT`, `display.theme dark -> light`."""
    found = _members(was.coins, now.coins)
    if not found and was.coins != now.coins:
        found.append(label("the watched coins in another order", controls))
    if was.list_name != now.list_name:
        text = "no list {was} any more, watching {now}"
        found.append(label(text, controls, was=was.list_name, now=now.list_name))
    watched = {was.list_name, now.list_name} if was.coins != now.coins else set()
    leaves, others = dict(_leaves(before)), dict(_leaves(after))
    found += [label("alert {name} added", controls, name=name) for name in after.alerts if name not in before.alerts]
    found += [label("alert {name} gone", controls, name=name) for name in before.alerts if name not in after.alerts]
    for path in dict.fromkeys([*others, *leaves]):
        old, new = leaves.get(path, _ABSENT), others.get(path, _ABSENT)
        if path[0] == "alerts" and (path[1] in before.alerts) != (path[1] in after.alerts):
            continue
        if old != new and not (path[0] == "lists" and path[1] in watched and path[2] == "coins"):
            found.append(_change(".".join(path), old, new, controls))
    return found


def pending(wanted: Settings, running: Settings) -> list[str]:
    """The keys that take effect with the next start."""
    now = dict(_leaves(running))
    return [".".join(path) for path, value in _leaves(wanted) if value != now.get(path, _ABSENT)]


def sentence(changes: Sequence[str], later: Sequence[str], controls: Controls = ENGLISH) -> str:
    """The one line about a reading."""
    restart = f"; {label('restart for: {keys}', controls, keys=_cut(later, controls))}" if later else ""
    if not changes:
        return label("config unchanged", controls) + restart
    return label("config reloaded: {changes}", controls, changes=_cut(changes, controls)) + restart


def problem(lines: Sequence[str], controls: Controls = ENGLISH) -> str:
    """The one line about a reading that found mistakes."""
    others = len(lines) - 1
    more = f"; {label('and {n} more', controls, n=others)}: liqtop config check" if others else ""
    return label("config kept as it was: {problem}", controls, problem=lines[0]) + more


def _cut(parts: Sequence[str], controls: Controls) -> str:
    others = len(parts) - MOST_CHANGES
    more = f" {label('and {n} more', controls, n=others)}" if others > 0 else ""
    return _joined(parts[:MOST_CHANGES]) + more


def _joined(parts: Sequence[str]) -> str:
    """Coins that came or went stand together, other changes behind commas."""
    text = ""
    for part in parts:
        together = part[0] in "+-" and (not text or text.rpartition(" ")[2][0] in "+-")
        text += part if not text else f" {part}" if together else f", {part}"
    return text


def _members(before: Sequence[str], after: Sequence[str]) -> list[str]:
    return [f"+{one}" for one in after if one not in before] + [f"-{one}" for one in before if one not in after]


def _change(name: str, old: Any, new: Any, controls: Controls) -> str:
    if isinstance(old, tuple) and isinstance(new, tuple) and all(isinstance(one, str) for one in (*old, *new)):
        return f"{name} {' '.join(_members(old, new)) or label('in another order', controls)}"
    if old is _ABSENT or new is _ABSENT:
        return f"{name} {label('gone', controls) if new is _ABSENT else _written(new, controls)}"
    return f"{name} {_written(old, controls)} -> {_written(new, controls)}"


def _written(value: Any, controls: Controls) -> str:
    if isinstance(value, str):
        return value or label("none", controls)
    return (
        " ".join(value)
        if isinstance(value, tuple) and all(isinstance(one, str) for one in value)
        else toml_value(value)
    )


def _leaves(table: BaseModel | Mapping[str, Any], above: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Every setting by its path. A list without exchanges of its own has no `venues`."""
    items = (
        table.items()
        if isinstance(table, Mapping)
        else ((name, getattr(table, name)) for name in type(table).model_fields)
    )
    for name, value in items:
        if isinstance(value, BaseModel | Mapping):
            yield from _leaves(value, (*above, name))
        elif not (isinstance(table, CoinList) and name == "venues" and not value):
            yield (*above, name), value
