"""The pictures in the documents are of the program as it is."""

import time
from collections.abc import Iterator
from difflib import unified_diff

import pytest

from tests.pictures.render import FOLDER, OTHER_SURROUNDINGS, SURROUNDINGS, path_of, rendered
from tests.pictures.scenes import SCENES, Scene
from tui.picture import words_of

pytestmark = pytest.mark.slow
RENEW = "renew them with: python -m tests.pictures"


@pytest.fixture(scope="module")
def made() -> Iterator[dict[str, str]]:
    """Every scene's picture as the program makes it today, by name."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SURROUNDINGS.items():
            patch.setenv(name, value)
        for name in OTHER_SURROUNDINGS:
            patch.delenv(name, raising=False)
        time.tzset()
        yield {scene.name: svg for scene, svg in rendered(SCENES)}
    time.tzset()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_says_what_the_screen_says_today(scene: Scene, made: dict[str, str]) -> None:
    assert path_of(scene).is_file(), f"there is no {path_of(scene).name}; {RENEW}"
    kept, today = words_of(path_of(scene).read_text()), words_of(made[scene.name])
    differences = "\n".join(unified_diff(kept, today, path_of(scene).name, "the program", lineterm="", n=0))
    assert kept == today, f"{RENEW}\n{differences}"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_looks_as_the_screen_looks_today(scene: Scene, made: dict[str, str]) -> None:
    """Colours and bars too."""
    assert path_of(scene).read_text() == made[scene.name], f"{path_of(scene).name} looks otherwise now; {RENEW}"


def test_every_picture_has_a_scene() -> None:
    assert {path.name for path in FOLDER.glob("*.svg")} == {path_of(scene).name for scene in SCENES}


def test_every_scene_has_a_name_of_its_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)
