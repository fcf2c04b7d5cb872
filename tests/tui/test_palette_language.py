"""The palette and the screen of pasted tables in the reader's language."""

from dataclasses import replace

import pytest

from tests.tui.opened import opened
from tui.commands import COMMANDS
from tui.language import label

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("language", ["ru", "zh"])
async def test_the_palette_names_every_command_in_the_readers_language(language: str) -> None:
    async with opened() as screen:
        screen.app.controls = replace(screen.app.controls, language=language)
        found = {entry.title: entry.help for entry in screen.app.get_system_commands(screen.app.screen)}
        for command in COMMANDS:
            if command.name != "palette":
                said = label(command.title, screen.app.controls)
                assert said != command.title
                assert found[said].startswith(label(command.help, screen.app.controls))


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Никуда ничего не отправляется"), ("zh", "不会向任何地方发送数据")]
)
async def test_the_paste_screen_speaks_the_readers_language(language: str, words: str) -> None:
    async with opened((120, 40)) as screen:
        screen.app.controls = replace(screen.app.controls, language=language)
        text = await screen.press("P")
        assert words in text.replace("\n ", "").replace("\n", "")
        assert "Paste tables" not in text
