"""Failures are judged right, and the waits keep a client from hammering."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.retry import Failure, judge, stated_wait, waits
from feeds.settings import ConnectionSettings


def http(code: int, body: str = "", retry_after: float | None = None) -> Failure:
    return Failure("http", f"host answered {code}", code=code, body=body, retry_after=retry_after)


@pytest.mark.parametrize(
    ("failure", "outcome", "wait", "words"),
    [
        (http(451, "restricted location"), "refused", 300, "location"),
        (http(403, "<HTML>configured to block access from your country"), "refused", 300, "location"),
        (http(403, "access too frequent"), "refused", 600, "banned"),
        (http(403, "<html>"), "refused", 300, "blocked"),
        (http(418, "", 1200), "refused", 1200, "banned"),
        (http(418), "refused", 120, "banned"),
        (http(429, "", 7), "refused", 7, "rate limited"),
        (http(429), "refused", 60, "rate limited"),
        (http(200, '{"retCode":10006,"retMsg":"Too many visits!"}'), "refused", 60, "rate limited"),
        (http(200, '{"code":"50011","msg":"Rate limit reached."}'), "refused", 60, "rate limited"),
        (http(404), "refused", 300, "not served"),
        (http(503), "retry", None, "503"),
        (http(503, "", 30), "retry", 30, "503"),
        (Failure("network", "no route"), "retry", None, "no route"),
        (Failure("silent", "no market event"), "retry", None, "no market event"),
        (Failure("closed", "closed by the venue with 1008", 1008), "retry", 60, "too many"),
        (Failure("closed", "closed by the venue with 1001", 1001), "retry", None, "1001"),
        (Failure("address", "not an address"), "fatal", None, "not an address"),
        (Failure("subscription", "liquidations refused"), "refused", 300, "liquidations refused"),
    ],
)
def test_a_failure_is_judged(failure: Failure, outcome: str, wait: float | None, words: str) -> None:
    verdict = judge(failure, refused_seconds=300)
    assert (verdict.outcome, verdict.wait_seconds) == (outcome, wait)
    assert words in verdict.reason


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=30, max_size=30))
def test_vain_attempts_stay_a_handful_a_minute(chances: list[float]) -> None:
    settings = ConnectionSettings()
    chance = iter(chances)
    pauses = list(
        islice(waits(settings.backoff_first_seconds, settings.backoff_most_seconds, lambda: next(chance)), 30)
    )
    starts = [sum(pauses[:count]) for count in range(31)]
    for first in starts:
        assert len([start for start in starts if first <= start < first + 60]) <= 5


def test_waits_grow_to_their_limit() -> None:
    assert list(islice(waits(2.0, 60.0, lambda: 0.0), 6)) == [2.0, 6.0, 18.0, 54.0, 60.0, 60.0]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0), (" 120 ", 120.0), ("9" * 400, 259_200.0),
        (None, None), ("", None), ("0", None), ("-1", None), ("1.5", None), ("\xb2", None), ("1, 2", None),
        ("Sun, 22 Nov 2026 00:00:00 GMT", None),
    ],
)  # fmt: skip
def test_a_stated_wait_is_whole_seconds_up_to_three_days(header: str | None, seconds: float | None) -> None:
    assert stated_wait(header) == seconds
