"""The screen as a person reads it: every layout, state and kind of theme, after real keys, against texts that are kept.

A kept text guards against change; what a state must and must not say is asserted beside it, in words of its own.
"""

import re
import time
from collections.abc import Iterator, Mapping
from difflib import unified_diff

import pytest

from tests.pictures.render import OTHER_SURROUNDINGS, SURROUNDINGS
from tests.text_screens.screens import FOLDER, KEPT, SIZES, THEMED, Kept, path_of, texts

RENEW = "read the difference, and if it is meant: python -m tests.text_screens"
PANES = [f"{width}x{height}" for width, height in SIZES]


@pytest.fixture(scope="module")
def surroundings() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SURROUNDINGS.items():
            patch.setenv(name, value)
        for name in OTHER_SURROUNDINGS:
            patch.delenv(name, raising=False)
        time.tzset()
        yield patch
    time.tzset()


@pytest.fixture(scope="module")
def today(surroundings: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Every screen as the program shows it."""
    return texts((*KEPT, *THEMED))


@pytest.mark.parametrize("one", KEPT, ids=lambda one: one.name)
def test_a_screen_reads_as_it_is_kept(one: Kept, today: Mapping[str, str]) -> None:
    assert path_of(one).is_file(), f"there is no {path_of(one).name}; {RENEW}"
    kept, found = path_of(one).read_text(), today[one.name]
    differences = "\n".join(unified_diff(kept.splitlines(), found.splitlines(), "kept", "today", lineterm="", n=0))
    assert kept == found, f"{RENEW}\n{differences}"


def test_no_text_is_kept_of_a_screen_that_is_none() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == {path_of(one).name for one in KEPT}


@pytest.mark.parametrize("one", KEPT, ids=lambda one: one.name)
def test_a_screen_fits_its_terminal(one: Kept, today: Mapping[str, str]) -> None:
    from tui.format import cell_width

    lines = today[one.name].splitlines()
    assert len(lines) <= one.size[1]
    assert max(map(cell_width, lines)) <= one.size[0]


@pytest.mark.parametrize("size", PANES)
def test_nothing_is_known_before_the_first_event(size: str, today: Mapping[str, str]) -> None:
    text = today[f"empty-{size}"]
    assert "waiting" in text or "no price" in text
    assert not re.search(r"\b0(\.0+)? ?(USD|%|M|k)\b", text), "a zero where nothing is known"
    assert "BLIND" in text or "no liquidation feed" in text or "not watched" in text


@pytest.mark.parametrize("size", PANES)
def test_old_data_says_how_old_it_is(size: str, today: Mapping[str, str]) -> None:
    text = today[f"stale-{size}"]
    assert re.search(r"\b(20m\d\ds|19m\d\ds|\d+m\d\ds) old|stale", text)
    assert "OK" not in re.findall(r"(?:long|short) +(OK|WAIT|NO ENTRY)", text), "an entry by old data"


@pytest.mark.parametrize("size", PANES)
def test_a_market_without_streams_says_so_and_when_it_is_tried_again(size: str, today: Mapping[str, str]) -> None:
    text = today[f"offline-{size}"]
    assert re.search(r"offline, retry in 37s|no route to host", text.splitlines()[-1])
    assert "BLIND" in text


@pytest.mark.parametrize("size", PANES)
def test_a_market_whose_liquidations_are_not_seen_is_blind_and_no_entry(size: str, today: Mapping[str, str]) -> None:
    text = today[f"blind-{size}"]
    assert "BLIND" in text
    assert "CALM" not in text
    assert "NO ENTRY" in text


@pytest.mark.parametrize("size", PANES)
def test_a_cascade_is_named_in_the_header(size: str, today: Mapping[str, str]) -> None:
    head = "\n".join(today[f"cascade-{size}"].splitlines()[:3])
    assert re.search("IGNITING|CASCADING", head)


def test_ascii_is_ascii(today: Mapping[str, str]) -> None:
    assert [name for name, text in today.items() if "ascii" in name and not text.isascii()] == []


@pytest.mark.parametrize("one", THEMED, ids=lambda one: one.name)
def test_a_theme_changes_no_word(one: Kept, today: Mapping[str, str]) -> None:
    """What is told is told by words, signs and places; a theme only colours it."""
    assert today[one.name] == today[f"{one.state}-120x40"]


@pytest.mark.parametrize("terminal", [{"NO_COLOR": "1"}, {"TERM": "screen", "COLORTERM": ""}])
def test_a_terminal_of_few_colours_reads_the_same(
    terminal: dict[str, str], today: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in terminal.items():
        monkeypatch.setenv(name, value)
    screens = [one for one in KEPT if one.name in ("live-120x40", "cascade-120x40", "blind-120x40")]
    assert texts(screens) == {one.name: today[one.name] for one in screens}
