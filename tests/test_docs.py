"""The documents tell what is there: every setting, command, option and key."""

from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel

from scoring.window import WINDOWS
from tui.commands import COMMANDS as KEY_COMMANDS
from tui.commands import shown
from tui.config_default import default_text
from tui.program import COMMANDS, app
from tui.settings import DisplaySettings, Settings, load
from tui.theme import THEMES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CONFIGURATION = (ROOT / "docs/configuration.md").read_text()


def tables(model: type[BaseModel], above: str = "") -> list[tuple[str, type[BaseModel]]]:
    found: list[tuple[str, type[BaseModel]]] = []
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found += [(above + name, field.annotation), *tables(field.annotation, f"{above}{name}.")]
    return found


def test_the_shipped_config_is_what_the_models_say() -> None:
    """Made by `liqtop config show --default > config.toml`."""
    assert (ROOT / "config.toml").read_text() == default_text()


def test_the_shipped_config_reads_back_as_the_defaults() -> None:
    assert load(str(ROOT / "config.toml")).settings == Settings()


def test_every_setting_has_a_meaning() -> None:
    for table, model in tables(Settings):
        for name, field in model.model_fields.items():
            assert field.description, f"[{table}] {name} has no docstring"


def test_every_table_is_in_the_configuration_guide() -> None:
    assert [table for table, _ in [*tables(Settings), ("lists", Settings)] if f"`[{table}]`" not in CONFIGURATION] == []


def commands() -> dict[str, Any]:
    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group has commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_in_the_words_of_its_help(name: str) -> None:
    sentence = (
        (commands()[name].help or "").strip().split("\n")[0].split(";")[0].split(": ")[0].split(". ")[0].rstrip(".")
    )
    row = next(line for line in README.splitlines() if line.startswith(f"| `liqtop {name}` |"))
    assert sentence in row


def test_every_option_is_in_the_readme_or_the_configuration_guide() -> None:
    options = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert {option for option in options if option not in README + CONFIGURATION} == set()


def test_every_key_of_the_monitor_is_in_the_readme() -> None:
    listed = README[README.index("| key | |") : README.index("Options:")]
    absent = [shown(key) for command in KEY_COMMANDS for key in command.keys if f"`{shown(key)}`" not in listed]
    assert [key for key in absent if not key.isdigit()] == []


def test_every_theme_can_be_chosen() -> None:
    assert str(DisplaySettings.model_fields["theme"].annotation) == f"typing.Literal{list(THEMES)}"


def test_every_window_can_be_the_first() -> None:
    assert get_args(DisplaySettings.model_fields["window_minutes"].annotation) == WINDOWS


def test_the_readme_opens_with_the_two_commands() -> None:
    block = README.split("```")[1].splitlines()[1:]
    assert [line.split("#")[0].strip() for line in block] == ["make demo", "make test"]


def test_every_file_that_a_document_links_to_exists() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for link in path.read_text().split("](")[1:]:
            assert (path.parent / link.split(")")[0]).exists(), f"{path.name} links to {link.split(')')[0]}"
