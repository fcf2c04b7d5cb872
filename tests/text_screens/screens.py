"""Which screens are kept as text, and how each comes about: a state, a size, the keys pressed, what was chosen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import anyio

from tests.pictures.posing import posed
from tests.text_screens.states import STATES, session_in
from tui.controls import Controls
from tui.screens.arranging.presets import LAYOUTS
from tui.session import Session

FOLDER = Path(__file__).parent / "kept"
SIZES = ((80, 24), (100, 30), (120, 40), (200, 60))
TO_AND_FRO = ("o", "escape")
"""Keys that leave the panes as they were: each of these screens was gone to and come back from."""
SCREEN_KEYS = {"overview": "o", "venues": "v", "feeds": "f", "alerts": "a", "journal": "J", "help": "?"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One screen: its name is that of its file."""

    name: str
    state: str
    size: tuple[int, int]
    keys: tuple[str, ...] = TO_AND_FRO
    controls: Controls = field(default_factory=Controls)
    theme: str = "dark"


def _all() -> Iterator[Kept]:
    for state in STATES:
        for size in SIZES:
            yield Kept(f"{state}-{size[0]}x{size[1]}", state, size)
        yield Kept(f"{state}-120x40-ascii", state, (120, 40), controls=Controls(ascii=True))
        for layout in LAYOUTS:
            if layout != "standard":
                yield Kept(f"{state}-{layout}", state, (120, 40), controls=Controls(layout=layout))
        for screen, key in SCREEN_KEYS.items():
            if state == "live" or screen in ("overview", "venues", "feeds"):
                yield Kept(f"{state}-{screen}", state, (120, 40), (key,))
        if state in ("live", "cascade"):
            for language in ("ru", "zh"):
                yield Kept(f"{state}-120x40-{language}", state, (120, 40), controls=Controls(language=language))
            yield Kept(f"{state}-split", state, (200, 60), ("d",))


KEPT = tuple(_all())
THEMED = tuple(
    replace(one, name=f"{one.name} {theme}", theme=theme)
    for one in KEPT
    for theme in ("light", "colourblind", "contrast", "terminal")
    if one.name == f"{one.state}-120x40"
)
"""One screen of each state in each other theme. Their texts are not kept: they are those of the same screen."""


def shown(kept: Iterable[Kept]) -> Iterator[tuple[Kept, str]]:
    """Each screen with its text, as the program shows it today; those of one state share a market."""
    ordered = sorted(kept, key=lambda one: list(STATES).index(one.state))
    for state, group in groupby(ordered, key=lambda one: one.state):
        with session_in(state) as session:
            for one in group:
                yield one, anyio.run(_text, one, session)


async def _text(kept: Kept, session: Session) -> str:
    async with posed(session, kept.size, kept.keys, kept.controls, kept.theme) as app:
        strips = app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def path_of(kept: Kept) -> Path:
    """Where a screen's text is kept."""
    return FOLDER / f"{kept.name}.txt"


def texts(kept: Iterable[Kept]) -> Mapping[str, str]:
    """The texts of these screens, by name."""
    return {one.name: text for one, text in shown(kept)}
