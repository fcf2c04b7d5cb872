"""What the scoring says in sentences: the screen's signs, and verdicts in the reader's language."""

import re

import pytest

from scoring.verdict import VETOES
from tui.controls import Controls
from tui.format import cell_width
from tui.views.layout import whole_words
from tui.views.said import balance_words, typeset, verdict_reason


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("-5% is a flush", "−5 % is a flush"),
        ("x6.3 of the usual rate", "×6.3 of the usual rate"),
        ("impulse >=15.1 bp", "impulse ≥15.1 bp"),
        ("2025-01-27 and 0.5-0.6", "2025-01-27 and 0.5-0.6"),
        ("index x, max 3", "index x, max 3"),
    ],
)
def test_a_sentence_has_the_signs_that_numbers_have(plain: str, said: str) -> None:
    assert typeset(plain) == said


@pytest.mark.parametrize(
    "reason",
    [
        "no item fails",
        "veto: cascade, funding",
        "failed: local trend",
        "below 0.75",
        "below 0.50, failed: none",
        "64 % known, 70 % needed",
    ],
)
@pytest.mark.parametrize("language", ["ru", "zh"])
def test_a_verdict_gives_its_reason_in_the_readers_language(reason: str, language: str) -> None:
    assert not re.search("[a-zA-Z]", verdict_reason(reason, Controls(language=language)))


def test_a_reason_writes_scores_as_verdicts_do() -> None:
    assert verdict_reason("below 0.50, failed: funding", Controls()) == "below .50, failed: funding"


def test_every_veto_has_a_name_in_the_readers_language() -> None:
    said = verdict_reason(f"veto: {', '.join(VETOES)}", Controls(language="zh"))
    assert not any(name in said for name in VETOES)


def test_a_reason_of_another_kind_stays_as_it_is() -> None:
    assert verdict_reason("gone fishing", Controls(language="ru")) == "gone fishing"


def test_a_blind_verdict_keeps_why_it_is_blind() -> None:
    assert verdict_reason("blind: no feed", Controls()) == "blind: no feed"


def test_how_one_sided_a_day_was_is_said_in_the_readers_language() -> None:
    assert not re.search("[a-zA-Z]", balance_words("one-sided long flush, a lower bound", Controls(language="zh")))


@pytest.mark.parametrize(
    ("text", "width", "said"),
    [
        ("averages up, swings mixed", 14, "averages up…"),
        ("averages up, swings mixed", 25, "averages up, swings mixed"),
        ("indistinguishable", 8, "indisti…"),
    ],
)
def test_a_sentence_is_cut_behind_a_word(text: str, width: int, said: str) -> None:
    assert whole_words(text, width) == said
    assert cell_width(said) <= width
