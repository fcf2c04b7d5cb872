"""The words of a condition."""

import pytest

from scoring.alerts.condition import BadCondition, condition_of, number_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5M", 5e6),
        ("1.5b", 1.5e9),
        ("20k", 2e4),
        ("0.05%", 0.0005),
        ("-0.01 %", -0.0001),
        ("25bp", 0.0025),
        ("1_000.5", 1000.5),
        ("+2", 2.0),
        ("1e3", 1000.0),
        (".5", 0.5),
    ],
)
def test_a_number_is_read_with_its_suffix(text: str, value: float) -> None:
    assert number_of(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["", "five", "5 million", "1,000", "nan", "inf", "1e999", "--5", "5MM", "0x10"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(BadCondition, match=r"^expected a number such as 5M, 0\.05% or -1\.5, found '"):
        number_of(text)


@pytest.mark.parametrize(
    ("when", "kind", "threshold", "clear", "minutes"),
    [
        ("above 5M", "above", 5e6, 4.5e6, 0),
        ("below -0.1", "below", -0.1, -0.09, 0),
        ("Above  Percentile 90", "above percentile", 90, 81, 0),
        ("below percentile 10", "below percentile", 10, 19, 0),
        ("rises 2% in 15m", "rises", 0.02, 0.018, 15),
        ("falls 3 in 2h", "falls", -3, -2.7, 120),
    ],
)
def test_a_condition_is_read(when: str, kind: str, threshold: float, clear: float, minutes: float) -> None:
    """It re-arms a tenth of the threshold back, by default."""
    one = condition_of(when)
    assert (one.kind, one.over_minutes) == (kind, minutes)
    assert (one.threshold, one.clear) == (pytest.approx(threshold), pytest.approx(clear))


def test_states_are_read() -> None:
    assert condition_of("becomes NO ENTRY or wait").states == ("no entry", "wait")


@pytest.mark.parametrize(
    ("when", "clear", "reason"),
    [
        ("over 5M", "", "expected above N, below N"),
        ("", "", "expected above N, below N"),
        ("above", "", "expected a number such as"),
        ("above percentile 100", "", "expected a percentile between 0 and 100, found 100"),
        ("becomes", "", "expected a state behind 'becomes', found nothing"),
        ("becomes OK", "1", "expected no clear value for a state"),
        ("rises 2%", "", "expected a change such as 'rises 2% in 15m'"),
        ("rises 2% in 10s", "", "expected a change such as 'rises 2% in 15m'"),
        ("rises 2% in 200h", "", "expected a change such as 'rises 2% in 15m'"),
        ("falls -2% in 5m", "", "expected a change of more than 0, found -2%"),
        ("above 5", "6", "expected a value on the other side of the threshold, found 6"),
        ("below 5", "4", "expected a value on the other side of the threshold, found 4"),
    ],
)
def test_a_bad_condition_says_what_was_expected(when: str, clear: str, reason: str) -> None:
    with pytest.raises(BadCondition) as told:
        condition_of(when, clear)
    assert str(told.value).startswith(reason)


def test_a_given_clear_value_wins() -> None:
    assert condition_of("falls 3% in 5m", "1%").clear == pytest.approx(-0.01)
    assert condition_of("above 5M", "2M").clear == 2e6
