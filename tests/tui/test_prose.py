"""Sentences in lines: within their width, nothing lost, in scripts with and without blanks."""

from hypothesis import given
from hypothesis import strategies as st

from tui.format import cell_width, clean
from tui.views.prose import lines_of

SENTENCES = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Zs"))) | st.text("ab 多空，。")


def test_words_stay_whole_where_they_fit() -> None:
    assert lines_of("a cluster is a magnet", 10) == ["a cluster", "is a", "magnet"]


def test_chinese_is_broken_between_characters_and_never_before_a_mark() -> None:
    assert lines_of("密集区是磁铁，不是目标", 12) == ["密集区是磁", "铁，不是目标"]


def test_a_mark_never_takes_a_part_of_a_word_or_number_along() -> None:
    assert lines_of("高于 71。", 7) == ["高于 71", "。"]


def test_a_long_word_is_cut() -> None:
    assert lines_of("abcdefgh", 3) == ["abc", "def", "gh"]


def test_nothing_has_no_lines() -> None:
    assert lines_of("  ", 10) == []


@given(SENTENCES, st.integers(2, 40))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int) -> None:
    text = clean(text)
    lines = lines_of(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
