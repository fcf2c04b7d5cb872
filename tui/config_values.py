"""What types can't tell of a config: values that are of the right type and can't be."""

from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from feeds.gateway import network_problem
from tui.coins import coin_problem
from tui.config_problems import Problem, suggestion
from tui.layout_settings import layout_problems

_ADDRESSES = [("network", "gateway"), ("network", "proxy"), ("network", "hosts")]
_ALERT_TABLES = frozenset({"alerts", "alerting", "notify"})
_LIKE_DEFAULT = 0.75
"""From this likeness on a list was meant to be called `default`."""
_PATHS = frozenset({("export", "folder"), ("journal", "path"), ("store", "path")})


def beyond_types(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Numbers, addresses, paths, venues and coins that can't be. Wrong types are left to the model."""
    for path, value in leaves(values):
        if isinstance(value, float) and not isfinite(value):
            yield path, value, f"expected a finite number, found {value}"
        elif isinstance(value, str) and (reason := _text_problem(path, value)):
            yield path, None, reason
        kind = _items_of(path)
        if kind is None or not isinstance(value, list | tuple):
            continue
        if not value and (path[0] == "lists" or path == ("network", "venues")):
            yield path, None, f"expected at least one {kind}, found none"
        judge = coin_problem if kind == "coin" else _venue_problem
        for i, item in enumerate(value):
            if isinstance(item, str) and (reason := judge(item)):
                yield (*path, i), item, reason
    yield from _unreachable_lists(values)
    yield from _misspelled_default(values)
    yield from layout_problems(values)
    if not _ALERT_TABLES.isdisjoint(values):
        from tui.notify.problems import alert_problems

        yield from alert_problems(values)


def _items_of(path: tuple[str, ...]) -> Literal["coin", "exchange"] | None:
    """What the items of an array are."""
    if path[0] == "lists" and (len(path) == 2 or path[2] == "coins"):
        return "coin"
    return "exchange" if path[-1].endswith("venues") and (path[0] != "lists" or len(path) == 3) else None


def _unreachable_lists(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Lists whose exchanges `[network]` has left out, all of them."""
    network, lists = values.get("network"), values.get("lists")
    connected = network.get("venues") if isinstance(network, dict) else None
    if not isinstance(lists, dict) or not isinstance(connected, list):
        return
    for name, table in lists.items():
        wanted = table.get("venues") if isinstance(table, dict) else None
        if not isinstance(wanted, list) or not wanted or not connected or any(map(_venue_problem, map(str, wanted))):
            continue
        if not any(venue in connected for venue in wanted):
            expected = f"expected at least one of [network] venues ({', '.join(map(str, connected))})"
            yield ("lists", name, "venues"), None, f"{expected}, found {', '.join(map(str, wanted))}"


def _misspelled_default(values: Mapping[str, Any]) -> Iterator[Problem]:
    """A list that was meant to be the one that is watched where none is named."""
    lists = values.get("lists")
    if not isinstance(lists, dict) or "default" in lists:
        return
    for name in lists:
        if near := suggestion(name, ["default"], _LIKE_DEFAULT):
            yield ("lists", name), None, f"without a list 'default' the built-in coins are watched{near}"


def _venue_problem(venue: str) -> str | None:
    from feeds.venues import VENUES

    if venue in VENUES:
        return None
    return f"unknown venue {venue!r}, expected one of {', '.join(sorted(VENUES))}{suggestion(venue, VENUES)}"


def _text_problem(path: tuple[str, ...], text: str) -> str | None:
    if path[:2] in _ADDRESSES:
        return network_problem(path[1], text)
    return _path_problem(text) if path in _PATHS else None


def _path_problem(text: str) -> str | None:
    if "\0" in text:
        return f"expected a path, found {text!r}, which has a NUL in it"
    try:
        Path(text).expanduser()
    except RuntimeError:
        return f"expected a path, found {text!r}, and there is no such user"
    return None


def leaves(values: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value by its path of keys."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, (*above, key))
        else:
            yield (*above, key), value
