"""The words of the screen in the reader's language: English is what the code says, others come from message files."""

import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from tui.controls import Controls

LANGUAGES = ("en", "ru", "zh")
"""The languages there are; English needs no messages."""
FOLDER = "messages"
"""Below it one folder a language, in it TOML files of `English = translation`."""
ENGLISH = Controls()
"""The reader of what headless commands print."""


def label(text: str, controls: Controls, **values: object) -> str:
    """The English text in the reader's language, with its `{names}` filled in; English where there is no message."""
    words = text if controls.language == "en" else messages(controls.language).get(text, text)
    return words.format(**values) if values else words


@lru_cache
def messages(language: str) -> Mapping[str, str]:
    """All messages of a language, from English."""
    found: dict[str, str] = {}
    folder = files("tui").joinpath(FOLDER, language)
    if folder.is_dir():
        for path in sorted(folder.iterdir(), key=lambda one: one.name):
            if path.name.endswith(".toml"):
                found |= tomllib.loads(path.read_text("utf-8"))
    return found


def language_of(chosen: str, environment: Mapping[str, str] = os.environ) -> str:
    """The language that was chosen; `auto`: that of the locale where we have it, else English."""
    if chosen != "auto":
        return chosen
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return locale[:2].lower() if locale[:2].lower() in LANGUAGES else "en"
