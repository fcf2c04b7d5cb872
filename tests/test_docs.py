"""The documents tell what is there: every setting, command, option and key."""

import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel

from feeds.demo.script import SCENARIOS
from scoring.window import WINDOWS
from tui.commands import COMMANDS as KEYS
from tui.commands import PANE_TITLES, shown
from tui.config_default import default_text
from tui.controls import SCREENS
from tui.key_table import key_table
from tui.language import LANGUAGES
from tui.program import COMMANDS, app
from tui.screens.arranging.presets import LAYOUTS
from tui.settings import DisplaySettings, Settings, load
from tui.theme import THEMES
from tui.topics import AREAS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CONFIGURATION = (ROOT / "docs/configuration.md").read_text()
GUIDE = (ROOT / "docs/guide.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


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


def test_every_option_is_in_the_readme_or_a_guide() -> None:
    options = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert {option for option in options if option not in README + GUIDE + CONFIGURATION} == set()


def test_the_readmes_table_of_keys_is_made_from_the_commands() -> None:
    """Made by `python -m tui.key_table`."""
    assert key_table() in README


def test_every_theme_can_be_chosen() -> None:
    assert str(DisplaySettings.model_fields["theme"].annotation) == f"typing.Literal{list(THEMES)}"


def test_every_window_can_be_the_first() -> None:
    assert get_args(DisplaySettings.model_fields["window_minutes"].annotation) == WINDOWS


def test_the_readme_opens_with_the_two_commands() -> None:
    block = README.split("```")[1].splitlines()[1:]
    assert [line.split("#")[0].strip() for line in block] == ["make demo", "make test"]


def links(path: Path) -> list[tuple[str, str]]:
    """The file and the heading of each link of a document; "" for its own file, or for no heading."""
    found = [link.split(")")[0].partition("#") for link in path.read_text().split("](")[1:]]
    return [(file, heading) for file, _, heading in found]


def test_every_file_that_a_document_links_to_exists() -> None:
    for path in DOCUMENTS:
        for file, _ in links(path):
            assert (path.parent / file).exists(), f"{path.name} links to {file}"


def anchors(path: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = [line.lstrip("#").strip() for line in path.read_text().splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_every_heading_that_a_document_links_to_exists() -> None:
    for path in DOCUMENTS:
        for file, heading in links(path):
            target = path.parent / file if file else path
            assert not heading or heading in anchors(target), f"{path.name} links to {file}#{heading}"


def test_every_picture_is_in_a_document() -> None:
    used = {(path.parent / file).resolve() for path in DOCUMENTS for file, _ in links(path)}
    assert [path.name for path in sorted(ROOT.glob("docs/pictures/*")) if path.resolve() not in used] == []


def test_every_setting_stands_below_its_meaning_in_the_shipped_config() -> None:
    text, table, words = (ROOT / "config.toml").read_text(), "", ""
    told: dict[tuple[str, str], str] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            words += line[1:]
        elif heading := re.fullmatch(r"\[(.+)\]", line):
            table, words = heading[1], ""
        else:
            told[table, line.partition(" =")[0]], words = words, ""
    for name, model in tables(Settings):
        below = {table.rpartition(".")[2] for table, _ in tables(Settings) if table.startswith(f"{name}.")}
        for setting, field in model.model_fields.items():
            meaning = "".join((field.description or "?").split())
            assert setting in below or "".join(told[name, setting].split()).lower() == meaning.lower(), (
                f"[{name}] {setting}"
            )


def test_every_setting_of_the_screen_is_explained_in_the_configuration_guide() -> None:
    assert [name for name in DisplaySettings.model_fields if f"| `{name}` |" not in CONFIGURATION] == []


def test_every_pane_and_screen_has_a_heading_in_the_guide() -> None:
    headings = [set(line.lower().split()) for line in GUIDE.splitlines() if line.startswith("##")]
    titles = [*PANE_TITLES, *SCREENS, "the header", "the status bar"]
    assert [title for title in titles if not any(set(title.split()) <= heading for heading in headings)] == []


@pytest.mark.parametrize("document", [GUIDE, CONFIGURATION], ids=["guide", "configuration"])
def test_every_layout_theme_and_language_is_named(document: str) -> None:
    assert [name for name in (*LAYOUTS, *THEMES, *LANGUAGES) if f"`{name}`" not in document] == []


def test_every_area_of_topics_and_every_scenario_is_named_in_the_guide() -> None:
    areas = [area.__name__.rpartition(".")[2] for area in AREAS]
    assert [name for name in (*areas, *SCENARIOS) if f"`{name}`" not in GUIDE] == []


def test_every_key_is_in_the_readme() -> None:
    panes = {str(number) for number in range(2, len(PANE_TITLES))}  # told as `1` to `7`
    keys = {shown(key) for command in KEYS for key in command.keys} - panes
    assert {key for key in keys if f"`{key}`" not in README} == set()


def rows_of_picture(name: str) -> list[str]:
    """The rows of a picture as text without spaces."""
    rows: defaultdict[float, list[tuple[float, str]]] = defaultdict(list)
    for text in re.finditer(r"<text([^>]*)>(.*?)</text>", (ROOT / "docs/pictures" / name).read_text(), re.DOTALL):
        x, y = (re.search(rf'\b{axis}="([\d.]+)', text[1]) for axis in "xy")
        if x and y:
            rows[float(y[1])].append((float(x[1]), unescape(re.sub("<[^>]+>", "", text[2]))))
    return ["".join("".join(part for _, part in sorted(row)).split()) for row in rows.values()]


def test_what_the_readme_explains_is_on_its_picture() -> None:
    """Where it isn't any more, the text around the two examples has to be told anew too."""
    rows = rows_of_picture("main-120x40.svg")
    examples = [block for block in README.split("```")[1::2] if block.startswith("\n")]
    lines = [line for block in examples for line in block.splitlines() if line]
    assert len(lines) == 5
    assert [line for line in lines if not any("".join(line.split()) in row for row in rows)] == []
