"""The shipped config.toml, written from the models: every setting at its default, with its docstring as the comment."""

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, SecretStr

from tui.settings import CoinList, Settings

_HEAD = """\
liqtop's settings, each at its default. Copy what you change to your own file; `liqtop config path` says where that
is. A file is looked for in this order: --config FILE, LIQTOP_CONFIG, ./config.toml, the user's config folder.
"""


def default_text() -> str:
    """The whole file."""
    return "\n".join(["# " + line for line in _HEAD.splitlines()] + list(_tables(Settings(), ()))) + "\n"


def toml_value(value: Any) -> str:
    """A setting's value as TOML writes it; a list of coins without exchanges of its own as their array."""
    if isinstance(value, CoinList):
        return toml_value(value.model_dump() if value.venues else value.coins)
    if isinstance(value, SecretStr):
        return json.dumps(str(value))
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value and abs(value) >= 1e7 else repr(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return "[" + ", ".join(toml_value(item) for item in value) + "]"


def toml_key(key: str) -> str:
    """A key as TOML writes it: bare where it can be."""
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else json.dumps(key)


def _tables(model: BaseModel, path: tuple[str, ...]) -> Iterator[str]:
    """The lines of a table's own settings, then those of the tables in it."""
    inner: list[tuple[str, Any]] = []
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, BaseModel) or (not path and isinstance(value, dict)):
            inner.append((name, value))
            continue
        yield from _comment(field.description)
        yield f"{name} = {toml_value(value)}"
    for name, value in inner:
        is_table = isinstance(value, BaseModel)
        meaning = type(value).__doc__ if is_table else type(model).model_fields[name].description
        yield from ("", *_comment((meaning or "").split("]`: ")[-1]), f"[{'.'.join((*path, name))}]")
        if is_table:
            yield from _tables(value, (*path, name))
        else:
            yield from (f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items())


def _comment(text: str | None) -> Iterator[str]:
    words = " ".join((text or "").split())
    return (f"# {line}" for line in textwrap.wrap(words[:1].upper() + words[1:], 114))
