"""`liqtop config`: where the settings come from, what they are, and whether they are right."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from tui.config_default import default_text, toml_key, toml_value
from tui.exits import FINE
from tui.headless.output import narrate, write_text
from tui.settings import Loaded, find, search_order


def print_path(option: str | None) -> int:
    """The file in effect on stdout, or the user's own where there is none yet; the search order on stderr."""
    places = search_order(option)
    in_effect = find(option)
    for place, path in places:
        state = "in effect" if path == in_effect else "there, but comes later" if path.is_file() else "no file"
        narrate(f"{place}: {path} ({state})")
    if in_effect is None:
        narrate("the defaults are in effect; `liqtop config show --default` prints a file to begin with")
    write_text(str(in_effect or places[-1][1]))
    return FINE


def print_default() -> int:
    """The shipped config file."""
    write_text(default_text())
    return FINE


def print_settings(loaded: Loaded) -> int:
    """Every setting as TOML, with its origin as the comment."""
    write_text("\n".join(_lines(loaded, loaded.settings, ())).lstrip("\n"))
    return FINE


def print_check(loaded: Loaded) -> int:
    """Say that the settings are right: reading them has told what is not."""
    changed = len(loaded.origins)
    write_text(f"{loaded.file or 'no config file'}: fine, {changed} set, all others at their defaults")
    for name, watched in loaded.settings.lists.items():
        on = f" on {', '.join(watched.venues)}" if watched.venues else ""
        write_text(f"list {name}: {' '.join(loaded.coins(name))}{on}")
    return FINE


def _lines(loaded: Loaded, table: BaseModel | dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    items = (
        list(table.items())
        if isinstance(table, dict)
        else [(name, getattr(table, name)) for name in type(table).model_fields]
    )
    tables = [(name, value) for name, value in items if isinstance(value, BaseModel | dict) and path != ("lists",)]
    for name, value in items:
        if (name, value) not in tables:
            origin = _origin(loaded, (*path, name))
            yield f"{toml_key(name):<28} = {toml_value(value):<36} # {origin}"
    for name, value in tables:
        yield from ("", f"[{'.'.join((*path, toml_key(name)))}]")
        yield from _lines(loaded, value, (*path, name))


def _origin(loaded: Loaded, path: tuple[str, ...]) -> str:
    """Where a setting, or the first of the keys that it is made of, was set."""
    return next((origin for keys, origin in loaded.origins.items() if keys[: len(path)] == path), "default")
