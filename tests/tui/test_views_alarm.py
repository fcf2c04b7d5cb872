"""A cascade where there is little room: the header, the tabs, the overview."""

from dataclasses import replace

import pytest

from scoring.view import CoinSummary, MarketView
from tests.tui import cascade_fixture as states
from tests.tui.views_fixture import FULL, lines
from tui.controls import Controls
from tui.views.header import header
from tui.views.overview import overview
from tui.views.row import Row, style_of
from tui.views.tabs import tabs

COINS = (
    CoinSummary("BTC", 71_452.3, -0.33, "cascading down", 0.0124, 0.0001, 0.02, 1.2e6, 46e3, True, "OK", "WAIT"),
    CoinSummary("ETH", 3_245.7, 0.9, "igniting up", -0.1, None, None, 0.0, 12e3, True, "OK", "OK"),
    CoinSummary("SOL", 200.0, 0.1, "", 0.1, None, None, 0.0, 12e3, True, "OK", "OK"),
    CoinSummary("WIF", None, None, long="OK", short="OK"),
)
VIEW = replace(FULL, coins=COINS)


def test_a_tab_tells_that_a_cascade_begins_or_runs_and_which_way() -> None:
    row = tabs(VIEW, Controls(), 80)
    assert lines([row]) == ["▸BTC!!▼ ETH!▲ SOL  WIF"]
    assert {("!!▼", "fail"), ("!▲", "warn")} <= {(text, style_of(mark)) for text, mark in row}


def test_a_tab_is_still_readable_in_ascii() -> None:
    assert lines(header(VIEW, Controls(ascii=True), 100, 2))[0].startswith(" liqtop >BTC!!v ETH!^ SOL  WIF ")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_overview_tells_the_cascade_of_each_coin_at_every_width(width: int) -> None:
    """`?` where no liquidation can be seen, `·` where none runs."""
    shown = lines(overview(VIEW, Controls(focus="overview"), width, 10))
    assert ("cascade: ▼ of longs ▲ of shorts" in shown[0]) == (width >= 80)
    at = shown[1].index("cascade")
    assert [line[at : at + 10].strip() for line in shown[2:]] == ["▼cascading", "▲igniting", "·", "?"]


def test_the_overview_needs_no_legend_of_arrows_without_a_cascade() -> None:
    quiet = replace(VIEW, coins=COINS[2:])
    assert "▼" not in lines(overview(quiet, Controls(focus="overview"), 120, 10))[0]


def loud(rows: list[Row]) -> list[tuple[str, str]]:
    return [(text, style_of(mark)) for row in rows for text, mark in row if "IGNITING" in text or "CASCADING" in text]


@pytest.mark.parametrize(("height", "width"), [(2, 60), (2, 120), (1, 60), (1, 120)])
@pytest.mark.parametrize(
    ("view", "said"),
    [
        (states.IGNITING, [(" ▼ IGNITING 12s ", "alarm")]),
        (states.CASCADING, [(" ▼ CASCADING 1m00s ", "alarm")]),
        (states.SAMPLED, [(" ▼ CASCADING ≥ 1m00s ", "alarm")]),
        (states.CALM, []),
        (states.EXHAUSTED, []),
        (replace(states.CASCADING, cascade=states.DOWN.cascade), []),
    ],
    ids=["igniting", "cascading", "sampled", "calm", "exhausted", "blind"],
)
def test_the_header_says_that_the_shown_coin_ignites_or_cascades(
    view: MarketView, said: list[tuple[str, str]], height: int, width: int
) -> None:
    assert loud(header(view, Controls(), width, height)) == said
