"""Feeds in trouble as a person reads them: in the status bar, and in the ladder while there is no price."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, Counts, FeedHealth, MarketView
from tests.tui.views_fixture import AT_MS, FULL, feed, lines
from tui.controls import Controls
from tui.views.ladder import ladder
from tui.views.status import status
from tui.views.trouble import brief

WHY = "refused at 12:03:40 UTC: not offered from this location (451); next attempt in 5 m"
OKX = replace(feed("okx", "blocked"), evidence=WHY, retry_at_ms=AT_MS + 297_000)
BYBIT = replace(feed("bybit", "dead"), evidence="down since 12:03:41 UTC: lost; trying again", retry_at_ms=AT_MS)


def bar(view: MarketView, width: int) -> str:
    return lines(status(view, Controls(), width, 1))[0]


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (120, f" ? help  OKX perp {WHY}"),
        (80, " ? help  OKX refused, retry in 4m57s"),
        (36, " ? help  OKX refused"),
    ],
)
def test_the_status_bar_names_the_trouble_as_fully_as_it_can(width: int, text: str) -> None:
    shown = bar(replace(FULL, feeds=(feed("binance"), OKX)), width)
    assert shown.removesuffix("UTC").rstrip() == text


def test_every_venue_in_trouble_is_named() -> None:
    view = replace(FULL, feeds=(feed("binance", "quiet"), BYBIT, OKX))
    assert " BYB offline, trying again   OKX refused, retry in 4m57s" in bar(view, 80)


def test_the_market_is_named_where_the_venues_other_one_is_well() -> None:
    spot = replace(BYBIT, market="spot")
    assert bar(replace(FULL, feeds=(feed("bybit"), spot)), 60).startswith(" ? help  BYB spot offline, trying again  ")


def test_a_message_goes_before_trouble_and_trouble_before_the_hints() -> None:
    view = replace(FULL, feeds=(OKX,))
    assert "copied" in lines(status(view, Controls(notice="copied"), 120, 1))[0]
    assert "pause" not in bar(view, 120)
    assert "pause" in bar(FULL, 120)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (replace(feed("okx", "suspect"), last_at_ms=AT_MS - 16_000), "silent for 16s"),
        (feed("okx", "suspect"), "silent for 0s"),
        (replace(feed("okx", "suspect"), last_at_ms=None), "silent"),
        (feed("okx", "dead"), "offline"),
        (feed("okx", "blocked"), "refused, no retry"),
        (BYBIT, "offline, trying again"),
        (replace(BYBIT, retry_at_ms=AT_MS + 1), "offline, retry in 1s"),
    ],
)
def test_a_few_words_say_the_state_and_the_next_attempt(given: FeedHealth, text: str) -> None:
    assert brief(given, AT_MS) == text


def test_without_a_price_the_ladder_says_what_is_wrong_with_each_feed() -> None:
    shown = lines(ladder(replace(EMPTY, at_ms=AT_MS, feeds=(OKX, BYBIT)), Controls(), 60, 12))
    assert shown[1:] == [
        " no price yet: no feed is up",
        "",
        " OKX perp refused at 12:03:40 UTC: not offered from this",
        " location (451); next attempt in 5 m",
        " BYB perp down since 12:03:41 UTC: lost; trying again",
    ]


def test_a_coin_that_may_not_be_listed_is_questioned() -> None:
    view = replace(EMPTY, at_ms=AT_MS, feeds=(feed("okx"),), counts=Counts(left_out={"not listed": 2}))
    assert "is WIFF spelled as it spells it?" in lines(ladder(view, Controls(coin="WIFF"), 120, 12))[3]


def test_a_venues_words_stay_text() -> None:
    view = replace(FULL, feeds=(replace(OKX, evidence="[red]\x1b[2Jno"),))
    assert "OKX perp (red)(2Jno" in bar(view, 120)


def test_doubted_data_is_named_with_its_fault_and_not_called_silent() -> None:
    doubt = "sides look inverted: 40 of 41 ticks go against the taker, since 12:00:00 UTC"
    given = replace(feed("okx", "suspect"), evidence=doubt, doubts=(doubt,))
    assert brief(given, AT_MS).startswith("doubted: sides look inverted")
    assert bar(replace(FULL, feeds=(feed("binance"), given)), 36).startswith(" ? help  OKX doubted")
