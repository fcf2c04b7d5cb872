"""What the doctor says of this machine's clock."""

import pytest

from feeds.settings import IntakeSettings
from tui.doctor.check import Check, Status
from tui.doctor.clock import clock_checks


def skew(**lags_ms: list[int]) -> Check:
    return clock_checks(lags_ms, IntakeSettings())[0]


@pytest.mark.parametrize(
    ("lag_ms", "status", "words"),
    [
        (80, "ok", "+0.08 s"),
        (-900, "ok", "-0.90 s"),
        (1_500, "warning", "this clock is ahead: +1.50 s"),
        (-1_500, "warning", "this clock is behind: -1.50 s"),
        (-6_000, "failed", "live events would be left out"),
        (601_000, "failed", "live events would be left out"),
    ],
)
def test_more_than_a_second_is_told_and_more_than_the_intake_takes_is_a_failure(
    lag_ms: int, status: Status, words: str
) -> None:
    check = skew(binance=[lag_ms + 400, lag_ms], okx=[lag_ms])
    assert check.status == status
    assert words in check.found


def test_the_shortest_lag_of_an_exchange_counts_and_the_median_of_them() -> None:
    """An old trade told on subscribing says nothing of the clock."""
    assert "+0.20 s against" in skew(binance=[90_000, 100], okx=[200], bybit=[86_000_000]).found


def test_an_exchange_that_differs_from_the_others_is_named() -> None:
    checks = clock_checks({"binance": [100], "okx": [100], "htx": [9_100]}, IntakeSettings())
    assert [(check.name, check.found) for check in checks if check.status == "warning"] == [
        ("htx", "+9.00 s from the others")
    ]


def test_without_an_event_the_clock_is_not_tried() -> None:
    assert skew(binance=[]).status == "not tried"
