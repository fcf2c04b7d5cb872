"""Tables in any layout, language and order are read line by line; what is not read says why."""

from collections.abc import Callable

import pytest

from tests.tui.pasted import judged, not_read
from tui.paste.reader import MOST_CHARACTERS, understand

HEADER = ("Exchange", "Open Interest", "24h Change", "1h Change")
ROWS = (("Binance", "$1.23B", "+4.2%", "+0.1%"), ("OKX", "$0.83B", "−2.1%", "−0.2%"))


def spaced(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("".join(cell.ljust(18) for cell in row).rstrip() for row in rows)


LAYOUTS: dict[str, Callable[[tuple[tuple[str, ...], ...]], str]] = {
    "tabs": lambda rows: "\n".join("\t".join(row) for row in rows),
    "bars": lambda rows: "\n".join("| " + " | ".join(row) + " |" for row in rows),
    "spaces": spaced,
    "dashes": lambda rows: "\n".join(" — ".join(row) for row in rows),
    "one space": lambda rows: "\n".join(" ".join(row) for row in rows),
    "one cell a line": lambda rows: "\n".join("\n".join(row) for row in rows),
    "one cell a line, blank lines between": lambda rows: "\n\n".join("\n\n".join(row) for row in rows),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_table_in_every_layout(layout: str) -> None:
    understood = understand(LAYOUTS[layout]((HEADER, *ROWS)))
    assert not not_read(understood)
    assert [(row.venue, row.usd, row.change_24h, row.change_1h) for row in understood.interest] == [
        ("binance", 1.23e9, pytest.approx(0.042), pytest.approx(0.001)),
        ("okx", 0.83e9, pytest.approx(-0.021), pytest.approx(-0.002)),
    ]


def test_columns_go_by_their_header_not_by_their_place() -> None:
    turned = tuple(row[::-1] for row in (HEADER, *ROWS))
    understood = understand(LAYOUTS["tabs"](turned))
    assert [(row.venue, row.usd) for row in understood.interest] == [("binance", 1.23e9), ("okx", 0.83e9)]


def test_russian_labels_and_decimal_commas() -> None:
    text = (
        "Цена: 71 450 (+7% за 24ч)\n\nСтавка финансирования\nБиржа | Ставка | Изм.24ч\nBinance | 0,0120% | —\n"
        "\nОткрытый интерес\nБиржа\tОИ\tИзм.24ч\tИзм.1ч\nBinance\t1,23 млрд\t+4,2%\t+0,1%\n"
        "\nЛонг 62% / Шорт 38%\n24ч ликвидации: лонг 2,14 млрд, шорт 466,66 млн\nCVD спот +12 млн, фьючерсы −8 млн\n"
    )
    understood = understand(text)
    assert not not_read(understood)
    assert (understood.price, understood.change(1440)) == (71_450, pytest.approx(0.07))
    assert understood.funding[0].rate == pytest.approx(0.00012)
    assert (understood.interest[0].usd, understood.interest[0].change_1h) == (1.23e9, pytest.approx(0.001))
    assert understood.crowd[0].long_share == pytest.approx(0.62)
    assert (understood.totals[0].long_usd, understood.totals[0].short_usd) == (2.14e9, pytest.approx(466.66e6))
    assert [(row.market, row.usd) for row in understood.flow] == [("spot", 12e6), ("perp", -8e6)]


def test_chinese_labels_and_magnitudes() -> None:
    understood = understand(
        "交易所\t资金费率\t未平仓合约\t24小时涨跌\t多空比\n币安\t0.0100%\t12.5亿\t+4.2%\t1.63\n欧易\t0.0180%\t3.4万\t−2.1%\t1.54\n"
    )
    assert not not_read(understood)
    assert [(row.venue, row.rate) for row in understood.funding] == [
        ("binance", pytest.approx(1e-4)),
        ("okx", pytest.approx(1.8e-4)),
    ]
    assert [(row.usd, row.change_24h) for row in understood.interest] == [
        (1.25e9, pytest.approx(0.042)),
        (34e3, pytest.approx(-0.021)),
    ]
    assert understood.crowd[0].long_share == pytest.approx(1.63 / 2.63)


def test_several_tables_with_noise_between() -> None:
    understood = understand(
        "Home  About  Login\nOpen Interest\n" + LAYOUTS["tabs"]((HEADER, *ROWS)) + "\nAdvertisement: up to you\n"
        "Read our 10 best guides to trading in the new year of 2025!\nFunding\nBinance\t0.01%\n"
    )
    assert (len(understood.interest), len(understood.funding)) == (2, 1)
    assert [number for number, _ in not_read(understood)] == [7]


def test_a_line_of_prose_is_no_table() -> None:
    understood = understand("According to most analysts funding will rise by 5% soon")
    assert understood.empty
    assert "in a sentence" in not_read(understood)[0][1]


@pytest.mark.parametrize(
    ("line", "long", "short"),
    [
        ("90 400 — 380M L / 10M S", 380e6, 10e6),
        ("90 400: 380M L / 10M S", 380e6, 10e6),
        ("90 400 long 380M short 10M", 380e6, 10e6),
        ("price 90 400 — long 380M — short 10M", 380e6, 10e6),
        ("90 400 — — — 10M", None, 10e6),
        ("90 400 — 380M — —", 380e6, None),
        ("90400 380M 10M", 380e6, 10e6),
    ],
)
def test_a_ladder_row_in_many_hands(line: str, long: float | None, short: float | None) -> None:
    (row,) = understand(line).levels
    assert (row.price, row.long_usd, row.short_usd) == (90_400, long, short)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("90 400 380M 10M", "group thousands or part columns"),
        ("funding 0.0001", "without a percent sign"),
        ("funding 12 %", "no funding rate is beyond 5 %"),
        ("OI Binance 1.23B +4.2 % / +0.1 %", "not told which is over 24 h"),
        ("CVD +12M", "spot or futures not told"),
        ("spot CVD +120 BTC", "in coins"),
        ("Long 62 % / Short 55 %", "don't add up to 100 %"),
        ("OI €1.23B", "neither USD nor coins"),
        ("OI - 2.1 %", "a minus or a separator"),
        ("long/short 500", "no ratio of longs to shorts"),
        ("24 h: −2.14B long", "without a sign"),
        ("12 34 56", "nothing tells what it is"),
    ],
)
def test_what_is_not_read_says_why(line: str, reason: str) -> None:
    understood = understand(line)
    problems = [problem for one in understood.lines for problem in (*one.problems, one.meaning)]
    assert any(reason in problem for problem in problems), problems


def test_two_numbers_for_one_thing_leave_neither() -> None:
    understood = understand("Binance OI +4.2 % +0.1 %")
    assert understood.interest == ()


def test_an_interval_is_taken_as_told() -> None:
    understood = understand("Exchange\tRate\tInterval\nBinance\t0.004%\t4h\nHyperliquid\t0.001%\t1h\n")
    assert [(row.venue, row.interval_hours) for row in understood.funding] == [("binance", 4.0), ("hyperliquid", 1.0)]


def test_a_yearly_rate_is_divided_and_that_is_said() -> None:
    understood, judgement = judged("Exchange\tAPR\nBinance\t10.95%\n")
    assert [row.rate for row in understood.funding] == [pytest.approx(0.1095 / 1095)]
    assert "a yearly funding rate is divided by its 1,095 periods of 8 h" in judgement.assumptions


def test_realised_and_modelled_ladders_are_kept_apart() -> None:
    ahead = "Liquidation map\nPrice\tLong\tShort\n99 000\t50M\t—\n101 000\t—\t60M\n"
    behind = "Realised liquidations by price, 24h\nPrice\tLong\tShort\n99 500\t5M\t1M\n"
    text = f"Price: 100 000\n{ahead}{behind}"
    _, judgement = judged(text)
    topics = [finding.topic for finding in judgement.findings]
    assert topics.count("liquidation map") == 1
    assert topics.count("realised ladder") == 1


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Price: 100 000\nPrice\tLong\tShort\n99 000\t50M\t—\n101 000\t—\t60M\n", "liquidation map"),
        ("Price: 100 000\nPrice\tLong\tShort\n99 000\t—\t50M\n101 000\t—\t60M\n", "realised ladder"),
        ("Price\tLong\tShort\n99 000\t50M\t—\n101 000\t—\t60M\n", "realised ladder"),
    ],
)
def test_an_unlabelled_ladder_is_taken_as_what_it_can_be(text: str, topic: str) -> None:
    _, judgement = judged(text)
    (found,) = (one for one in judgement.findings if "ladder" in one.topic or "map" in one.topic)
    assert found.topic == topic
    assert found.sentences[0].startswith("taken as")


def test_an_overlong_line_is_named_and_left_out() -> None:
    understood = understand("funding 0.01% " * MOST_CHARACTERS)
    assert understood.empty
    assert "longer than" in not_read(understood)[0][1]


@pytest.mark.parametrize("text", ["", "\n\n", "   \t  ", "\ufeff", "—", "| | |"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert understand(text).empty


def test_a_number_with_a_sign_is_no_put_call_ratio() -> None:
    understood = understand("OPTIONS  puts per call\nput/call -0.81\n")
    assert understood.options == ()
    assert "without a sign" in not_read(understood)[0][1]
