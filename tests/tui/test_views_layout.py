"""How sentences go on in the next row."""

import pytest

from tests.tui.views_fixture import lines
from tui.format import cell_width
from tui.views.layout import wrapped


def test_a_sentence_goes_on_behind_a_word() -> None:
    assert lines(wrapped("no price yet: no feed is up", 16)) == [" no price yet:", " no feed is up"]


def test_chinese_goes_on_behind_any_character_but_not_before_a_comma() -> None:
    assert lines(wrapped("等待首个价格，来自 BIN", 14)) == [" 等待首个价", " 格，来自 BIN"]


@pytest.mark.parametrize("width", [8, 13, 30])
def test_rows_of_a_sentence_fit_the_width(width: int) -> None:
    for text in ("尚未校准：还没有估计值在完整观察下被消耗", "ждём первую цену от BIN"):
        assert all(cell_width(row) <= width for row in lines(wrapped(text, width)))
