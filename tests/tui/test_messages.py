"""The message files: what the screen says in English is said in every language, and nothing else is."""

import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.tui.wording import ROOT, SAME_IN_ALL, names, wanted, written
from tui.controls import Controls
from tui.language import LANGUAGES, label, messages

OTHERS = [language for language in LANGUAGES if language != "en"]
FOLDER = ROOT / "tui" / "messages"


def files(language: str) -> Iterator[tuple[Path, dict[str, str]]]:
    for path in sorted((FOLDER / language).glob("*.toml")):
        yield path, tomllib.loads(path.read_text("utf-8"))


def pairs() -> Iterator[tuple[str, str, str]]:
    for language in OTHERS:
        for path, found in files(language):
            yield from ((f"{language}/{path.name}", english, said) for english, said in found.items())


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_screen_has_a_message(language: str) -> None:
    missing = sorted((area, text) for text, area in wanted().items() if text not in messages(language))
    missing = [(area, text) for area, text in missing if text not in SAME_IN_ALL]
    by_area = {area: [text for _, text in group] for area, group in groupby(missing, lambda pair: pair[0])}
    listed = "\n".join(f"{area}: {len(texts)}\n    " + "\n    ".join(texts) for area, texts in by_area.items())
    assert not missing, f"{len(missing)} texts without a message in {language}, by area:\n{listed}"


def test_no_message_is_for_a_text_that_nobody_shows() -> None:
    """A text that is chosen at run time has to stand in the sources all the same."""
    unused = [f"{where}: {english}" for where, english, _ in pairs() if english not in wanted().keys() | written()]
    assert not unused, "\n".join(unused)


def test_a_message_has_the_names_of_its_text() -> None:
    wrong = [f"{where}: {english} = {said}" for where, english, said in pairs() if names(english) != names(said)]
    assert not wrong, "\n".join(wrong)


def test_messages_are_plain_text() -> None:
    wrong = [f"{where}: {said!r}" for where, _, said in pairs() if not said.strip() or not said.isprintable()]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_one_message_wherever_it_stands(language: str) -> None:
    known: dict[str, str] = {}
    several = []
    for path, found in files(language):
        several += [f"{path.name}: {text}" for text, said in found.items() if known.setdefault(text, said) != said]
    assert not several, "\n".join(several)


def test_every_language_has_the_same_files() -> None:
    listed = {language: [path.name for path, _ in files(language)] for language in OTHERS}
    assert listed["ru"] == listed["zh"]
    assert listed["ru"]


def test_no_message_merely_repeats_the_english() -> None:
    same = [f"{where}: {english}" for where, english, said in pairs() if english == said and english not in SAME_IN_ALL]
    assert not same, "\n".join(same)


def test_a_text_without_a_message_stays_english_with_its_names_filled_in() -> None:
    assert label("no such text {number}", Controls(language="ru"), number=3) == "no such text 3"
