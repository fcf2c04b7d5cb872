"""`[layouts]` and `[display] layout`: what may stand there, and what is said of the rest."""

from pathlib import Path

import pytest

from tui.exits import BadUsage
from tui.layout_settings import PLACEABLE, plans_of
from tui.screens.arranging.plan import names
from tui.settings import Settings, load


def complaints(folder: Path, text: str) -> list[str]:
    (folder / "my.toml").write_text(text)
    with pytest.raises(BadUsage) as raised:
        load(str(folder / "my.toml"))
    return [line.removeprefix(f"{folder}/") for line in raised.value.lines]


def test_a_layout_of_ones_own_is_read(tmp_path: Path) -> None:
    text = """\
[display]
layout = "near"
[layouts]
near = { columns = [["ladder", "tape"], ["above", "below", "checklist"]], widths = [60, 40] }
[layouts.two]
columns = [["chart", "tape"]]
heights = [[70, 30]]
"""
    (tmp_path / "my.toml").write_text(text)
    found = load(str(tmp_path / "my.toml")).settings
    assert found.display.layout == "near"
    plans = plans_of(found.layouts)
    assert {name: list(names(plan.part)) for name, plan in plans.items()} == {
        "near": ["ladder", "tape", "above", "below", "checklist"],
        "two": ["chart", "tape"],
    }


def test_none_is_shipped_and_the_standard_one_is_shown_first() -> None:
    assert (Settings().layouts, Settings().display.layout) == ({}, "standard")


def test_what_is_wrong_with_a_layout_is_told_line_by_line(tmp_path: Path) -> None:
    text = """\
[layouts]
a = { columns = [["laddr", "tape"]] }
b = { columns = [] }
c = { columns = [["ladder"], []] }
d = { columns = [["ladder", "tape"], ["tape"]] }
e = { columns = [["ladder"], ["tape"]], widths = [60] }
f = { columns = [["ladder", "tape"]], heights = [[1, 0]] }
g = { columns = [["ladder", "tape"]], heights = [[1, 2, 3]] }
h = { columns = [["ladder"], ["tape"]], heights = [[1]] }
i = { widths = [1] }
j = { columns = ["ladder"] }
k = { column = [["ladder"]] }
l = { columns = [["glance"]] }
glance = { columns = [["ladder"]] }
"""
    known = ", ".join(PLACEABLE)
    assert complaints(tmp_path, text) == [
        f"my.toml:2: [layouts] a.columns: unknown pane 'laddr', expected one of {known}; did you mean 'ladder'?",
        "my.toml:3: [layouts] b.columns: expected at least one column, found none",
        "my.toml:4: [layouts] c.columns: expected at least one pane a column, found none in column 2",
        "my.toml:5: [layouts] d.columns: expected each pane once, found 'tape' 2 times",
        "my.toml:6: [layouts] e.widths: expected 2 numbers, one a column, found 1",
        "my.toml:7: [layouts] f.heights: expected numbers from 1 to 1000, found 0",
        "my.toml:8: [layouts] g.heights: expected 2 numbers, one a pane of column 1, found 3",
        "my.toml:9: [layouts] h.heights: expected 2 arrays, one a column, found 1",
        "my.toml:10: [layouts] i: expected the key 'columns', found none",
        'my.toml:11: [layouts] j.columns: expected an array, found the text "ladder"',
        "my.toml:12: [layouts] k: expected the key 'columns', found none",
        "my.toml:12: [layouts] k.column: unknown key; did you mean 'columns'?",
        "my.toml:13: [layouts] l.columns: expected at least one of ladder, above, below, cascade, checklist, tape, "
        "chart, found glance alone",
        "my.toml:14: [layouts] glance: expected a name of its own, found that of a layout that ships: 'glance'",
    ]


def test_an_unknown_layout_is_told_with_those_there_are(tmp_path: Path) -> None:
    text = '[display]\nlayout = "scalpp"\n[layouts]\nmine = { columns = [["tape"]] }\n'
    assert complaints(tmp_path, text) == [
        "my.toml:2: [display] layout: expected one of standard, ladder, scalp, entry, chart, glance, mine, found "
        "'scalpp'; did you mean 'scalp'?"
    ]
