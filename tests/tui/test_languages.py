"""Every screen of the demo in Russian and in Chinese: what is left in Latin letters are names, units and keys.

Sentences that come with the data (reasons, evidence) are English in every language; they are known by standing in the
market's view. All other words have to be on a list.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

import anyio
import pytest

from feeds.venues import VENUES
from tests.text_screens.states import session_in
from tui.app import LiqtopApp
from tui.commands import COMMANDS, shown
from tui.controls import Controls
from tui.format import venue_code
from tui.language import LANGUAGES, messages
from tui.views.alerts import _EXAMPLE
from tui.views.said import typeset

OTHERS = [language for language in LANGUAGES if language != "en"]
SCREENS = ((), ("o",), ("v",), ("f",), ("w",), ("d",), ("d",), ("?",), ("?", "?"), ("i",))
"""What is pressed at every size, one after another; each time the panes are gone back to."""
MORE = (
    ("a",), ("J",), ("2", "m"), ("4", "m", "c"), ("5", "m"), ("6", "m"), ("7", "m"), ("n",), ("R",), ("z",), ("Z",),
    ("5", "enter"), ("/",), ("/", "Q"), ("P",), ("p",), ("u",), ("T",), ("y",),
    *(("?", "?", *["enter"] * stop) for stop in range(1, 11, 3)), *(("4", "i", *["tab"] * far) for far in range(4)),
)  # fmt: skip
"""And once."""
WALKS = {(80, 24): SCREENS, (120, 40): (*SCREENS, *MORE), (200, 60): SCREENS}
TERMS = frozenset({"liqtop", "OI", "CVD", "USD", "UTC", "ADX", "Supertrend", "bp", "kB", "ms", "TSV", "JSON", "SVG"})
"""The field's terms, units and formats, as they are written everywhere."""
MODES = frozenset({"LIVE", "DEMO"})
"""The badge is the same in every language."""
CHOSEN = frozenset({"ladder", "light", "config", "notify", "demo", "and", "replay", "alerts", "NAME"})
"""Names of settings and of what they may be, as the config has them."""
STREAMS = re.compile(rf"\b(?:{'|'.join(VENUES)}) (?:perp|spot|option)(?: notification)?\b")
"""A stream is called as its exchange and market are, wherever it stands."""
PERCENTILE = re.compile(r" p\d+\b")
PATHS = re.compile(r"[~/][\w.-]*/[\w./-]+")
LATIN_RUN = re.compile(r"[A-Za-z](?:[^\u0400-\u04ff\u3000-\u9fff\uff00-\uffef]*[A-Za-z])?")
WORD = re.compile(r"[A-Za-z]{2,}")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _strings(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _strings([getattr(value, field.name) for field in dataclasses.fields(value)])


def _sentences(app: LiqtopApp) -> str:
    """The sentences that come with the data, a line each; names of items and states are none, they have messages."""
    known = messages(app.controls.language)
    views = (app.view, app.session.beside_view(app.controls, eased=True))
    return _as_sentences(text for text in _strings(views) if " " in text and text not in known)


def _as_sentences(texts: Iterable[str]) -> str:
    plain = [" ".join(PERCENTILE.sub("", text).split()) for text in texts]
    return "".join(f"\n{_run(text)}\n" for text in (*plain, *map(typeset, plain)))


def _run(text: str) -> str:
    """A text from its first letter to its last."""
    found = re.search(r"[A-Za-z].*[A-Za-z]", text)
    return found[0] if found else ""


def _allowed(app: LiqtopApp) -> frozenset[str]:
    keys = {word for command in COMMANDS for key in command.keys for word in WORD.findall(f"{key} {shown(key)}")}
    codes = {venue_code(venue) for venue in VENUES}
    return TERMS | MODES | CHOSEN | keys | codes | frozenset(VENUES) | frozenset(app.session.coins) | {"esc"}


def left_in_latin(text: str, sentences: str, allowed: frozenset[str]) -> set[str]:
    """The words of a screen in Latin letters that are neither allowed nor part of a sentence of the data.

    Three words make a part, or what is left of a sentence that was cut or wrapped: a label alone is no part of any.
    """
    found: set[str] = set()
    above: list[str] = []
    for line in text.splitlines():
        if line.strip() in _EXAMPLE:
            continue
        runs = []
        for part in re.split(r"\s{2,}|[│┌┐└┘─]+", PATHS.sub("", STREAMS.sub("", PERCENTILE.sub("", line)))):
            for run in LATIN_RUN.findall(part):
                runs.append(run)
                words = [word for word in WORD.findall(run) if word not in allowed]
                if words and not (_is_told(run, sentences, allowed, "…" in part) or _goes_on(run, above, sentences)):
                    found.add(" ".join(words))
        above = runs
    return found


def _is_told(run: str, sentences: str, allowed: frozenset[str], is_cut: bool) -> bool:
    if not set(WORD.findall(run)) - allowed or f"\n{run}\n" in sentences:
        return True
    if run in sentences and (is_cut or len(run.split()) >= 3):
        return True
    return "; " in run and all(_is_told(_run(part), sentences, allowed, is_cut) for part in run.split("; "))


def _goes_on(run: str, above: list[str], sentences: str) -> bool:
    """Whether it is the rest of a sentence whose beginning stands in the line above."""
    tails = (f"{' '.join(one.split()[-3:])} {run}" for one in above if len(one.split()) >= 3)
    return any(tail in sentences for tail in tails) or any(f"\n{one} {run}\n" in sentences for one in above)


async def _walked(app: LiqtopApp, size: tuple[int, int]) -> set[str]:
    found: set[str] = set()
    async with app.run_test(size=size) as pilot:
        for keys in WALKS[size]:
            for key in keys:
                await pilot.press(key)
            app.tick()
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            text = "\n".join(strip.text for strip in strips)
            found |= {f"{' '.join(keys)}: {words}" for words in left_in_latin(text, _sentences(app), _allowed(app))}
            while app.screen is not app.main:
                await pilot.press("escape")
            await pilot.press("escape")
    return found


@pytest.mark.parametrize("size", WALKS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_on_any_screen(language: str, size: tuple[int, int]) -> None:
    with session_in("cascade") as session:
        app = LiqtopApp(session, frames_per_second=0, controls=Controls(language=language), clock=lambda: 0.0)
        found = anyio.run(_walked, app, size)
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("text", ["ФАНДИНГ  every  72 h", "карта open interest 3", "NO ENTRY .57", "多 cascade 空"])
def test_an_english_label_is_noticed(text: str) -> None:
    told = _as_sentences(["the oldest open interest is 15 s old", "veto: cascade"])
    assert left_in_latin(text, told, frozenset({"h"}))


def test_a_sentence_of_the_data_is_no_label() -> None:
    told = _as_sentences(["down cascading for 13 s, up calm", "veto: cascade"])
    assert not left_in_latin("каскад ✘  down cascading for 13 …  лонг  veto: cascade", told, frozenset())
