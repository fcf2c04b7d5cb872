"""Which pictures there are: one line a scene."""

from dataclasses import dataclass, field

from tests.pictures.standing import Tale
from tui.controls import Controls

BUILD_UP = Tale("story", 20)
"""Longs crowd in before the story's first cascade."""
HEIGHT = Tale("story", 50)
"""That cascade at its height: nobody should enter long."""
REPLAYED = Tale("story", 40, recorded=240)
"""A recording of the story, replayed until into that cascade."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: the market, the size of the terminal, the keys pressed, the theme, what was chosen before."""

    name: str
    tale: Tale
    size: tuple[int, int] = (120, 40)
    keys: tuple[str, ...] = ()
    theme: str = "dark"
    controls: Controls = field(default_factory=Controls)


SCENES = (
    Scene("main-120x40", BUILD_UP),
    Scene("main-80x24", BUILD_UP, (80, 24)),
    Scene("main-200x60", BUILD_UP, (200, 60)),
    Scene("light", BUILD_UP, theme="light"),
    Scene("clusters", BUILD_UP, (100, 30), ("2", "m")),
    Scene("venues", BUILD_UP, keys=("v",)),
    Scene("overview", BUILD_UP, (100, 30), ("o",)),
    Scene("feeds", BUILD_UP, keys=("f",)),
    Scene("help", BUILD_UP, keys=("?",)),
    Scene("explain", BUILD_UP, keys=("i",)),
    Scene("split", BUILD_UP, (200, 50), ("d",)),
    Scene("cascade", HEIGHT),
    Scene("glance", HEIGHT, controls=Controls(layout="glance")),
    Scene("chart", HEIGHT, (100, 30), ("7",)),
    Scene("checklist", HEIGHT, (100, 30), ("5", "m")),
    Scene("replay", REPLAYED),
)
