"""Scenes as SVG: the real program on a market that stands, real keys, and the picture its screenshot key makes."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import anyio

from tests.pictures.posing import posed
from tests.pictures.scenes import Scene
from tests.pictures.standing import session_of
from tui.exporting import drawing
from tui.session import Session

FOLDER = Path(__file__).parents[2] / "docs/pictures"
SURROUNDINGS = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
"""The terminal that pictures are of."""
OTHER_SURROUNDINGS = ("NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FILTERS", "TMUX")
"""What would change them."""


def rendered(scenes: Iterable[Scene]) -> Iterator[tuple[Scene, str]]:
    """Each scene with its SVG; scenes of one market that follow one another share it."""
    for tale, group in groupby(scenes, key=lambda scene: scene.tale):
        with session_of(tale) as session:
            for scene in group:
                yield scene, anyio.run(_picture, scene, session)


async def _picture(scene: Scene, session: Session) -> str:
    async with posed(session, scene.size, scene.keys, scene.controls, scene.theme) as app:
        return drawing(app)()


def path_of(scene: Scene) -> Path:
    """Where a scene's picture is kept."""
    return FOLDER / f"{scene.name}.svg"
