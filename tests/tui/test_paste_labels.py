"""English, Russian and Chinese labels mean the same."""

import pytest

from tui.paste.draft import label_of
from tui.paste.labels import phrase_of, venue_named
from tui.paste.lexing import lex
from tui.paste.numbers import Style, normalised


@pytest.mark.parametrize(
    ("labels", "section"),
    [
        (("Open Interest", "OI", "Открытый интерес", "未平仓合约", "持仓量"), "interest"),
        (("Funding Rate", "Ставка финансирования", "Фандинг", "资金费率"), "funding"),
        (("Long/Short Ratio", "Лонг/Шорт", "L/S", "多空比"), "crowd"),
        (("CVD", "Кумулятивная дельта"), "flow"),
        (("Liquidations", "Ликвидации", "爆仓", "清算"), "liquidations"),
        (("Put/Call Ratio", "Пут/колл", "期权"), "options"),
    ],
)
def test_the_table_in_three_languages(labels: tuple[str, ...], section: str) -> None:
    assert {label_of(lex(label, Style())).section for label in labels} == {section}


@pytest.mark.parametrize(
    ("labels", "role", "minutes"),
    [
        (("24h Change", "Изм.24ч", "Изменение за 24 ч", "24小时涨跌", "Change (24h)"), "change", 1440),
        (("1h Change", "Изм. 1ч", "1小时变化"), "change", 60),
        (("Long", "Лонг", "Лонги", "多头", "多单"), "long", None),
        (("Short", "Шорт", "Шорты", "空头", "空单"), "short", None),
        (("Price", "Цена", "价格"), "price", None),
        (("Exchange", "Биржа", "交易所"), "venue", None),
    ],
)
def test_columns_in_three_languages(labels: tuple[str, ...], role: str, minutes: float | None) -> None:
    for label in labels:
        found = label_of(lex(normalised(label), Style()))
        assert (found.role, found.minutes) == (role, minutes), label


@pytest.mark.parametrize(
    ("name", "venue"), [("Binance", "binance"), ("币安", "binance"), ("OKEX", "okx"), ("BYB", "bybit"), ("火币", "htx")]
)
def test_exchanges_by_any_name(name: str, venue: str) -> None:
    assert venue_named(name) == venue


def test_a_word_inside_a_word_is_no_label() -> None:
    assert [token.kind for token in lex("Longitude Gatekeeper", Style())] == ["word", "word"]


@pytest.mark.parametrize("phrase", ["open interest", "Open  Interest", "资金费率", "лонг/шорт", "≥", "#"])
def test_a_phrase_is_found_as_itself(phrase: str) -> None:
    assert phrase_of(phrase)


def test_the_longest_phrase_wins() -> None:
    """Long/short is a ratio, not a side."""
    assert [meaning.value for meaning in phrase_of("long/short ratio")] == ["crowd"]
    assert phrase_of("long/short rations") == ()
