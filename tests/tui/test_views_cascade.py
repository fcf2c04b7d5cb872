"""The cascade pane, long and short form, as a person reads it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from scoring.view import EMPTY, MarketView
from scoring.view.cascades import CascadeState, CrossedLevel, LogRow
from tests.tui import cascade_fixture as states
from tests.tui.cascade_fixture import CALM, CASCADING, SAMPLED, market
from tests.tui.views_fixture import AT_MS, lines, screen
from tui.controls import Controls
from tui.format import cell_width
from tui.views.cascade import cascade
from tui.views.cascade_course import joined_log
from tui.views.compact import cascade_lines
from tui.views.row import Row, style_of

FOCUSED = Controls(focus="cascade")


def styles(rows: list[Row], word: str) -> set[str]:
    return {style_of(mark) for row in rows for text, mark in row if word in text}


def test_a_calm_market_has_both_states_and_the_sums_of_the_day() -> None:
    assert lines(cascade(CALM, Controls(), 62, 10)) == [
        " CASCADE  full rule: a complete feed is up",
        " ▼ longs  calm      2h51m  H 0.1 bp  R 0.4  pace 0.30×  +0.2σ",
        " ▲ shorts calm      2h51m  H 0.1 bp  R 0.4  pace 0.30×  −0.2σ",
        " last 60s  long ≥1.2M  short ≥46k  usual 120k, now 10.4×",
        " 24h       long ≥214M  short ≥46M  82 % long  seen in part",
        "           one-sided long flush, a lower bound  9th of 91 days",
        " venue    long   short    seen   count",
        " BIN      ≥90M    ≥26M     24h     160",
        " BYB      124M     20M     24h     227",
        " OKX         ?       ?    none       ?",
    ]


def test_a_running_cascade_comes_first_with_what_made_it_and_its_levels() -> None:
    assert lines(cascade(CASCADING, Controls(), 58, 8)) == [
        " CASCADE  full rule: a complete feed is up",
        " ▼ longs  CASCADING 1m00s  run −0.92 %, 12 % taken back",
        " ▲ shorts calm      2h51m  H 0.1 bp  R 0.4  −0.2σ",
        " ▼ H 14.2 bp  R 1.54 (1.12 to 2.01)  pace 14.0×  −4.1σ",
        "   −92 bp in 2m (40 needed)  3 levels  OI 5m −1.1 %",
        " ▼ 71,300 accelerates   1.94×    221k  1.6 bp/s 12:03:34",
        " ▼ 71,400 sustains      1.07×    114k  0.9 bp/s 12:02:14",
        " ▼ 71,500 first                  107k  0.9 bp/s 12:01:34",
    ]


def test_the_rise_comes_first_where_it_matters_more() -> None:
    assert [line[:8] for line in lines(cascade(states.REJECTED, Controls(), 58, 8))[1:4]] == [
        " ▲ short",
        " ▼ longs",
        " last 60",
    ]


@pytest.mark.parametrize(
    ("view", "word", "style"),
    [
        (CALM, "calm", "muted"),
        (states.LOADING, "loading", "muted"),
        (states.IGNITING, "IGNITING", "alarm"),
        (CASCADING, "CASCADING", "alarm"),
        (states.EXHAUSTED, "exhausted", "text"),
        (states.REJECTED, "rejected ", "text"),
        (states.BLIND_UP, "BLIND", "fail"),
    ],
)
@pytest.mark.parametrize(("make", "size"), [(cascade, (58, 8)), (cascade_lines, (31, 2))])
def test_loud_states_are_loud_in_capitals_and_in_style(
    view: MarketView, word: str, style: str, make: Callable[..., list[Row]], size: tuple[int, int]
) -> None:
    assert styles(make(view, Controls(), *size), word.strip()) == {style}


def test_since_when_is_told_as_a_clock_where_there_is_room() -> None:
    """60 s before 12:03:44."""
    assert "CASCADING 1m00s  since 12:02:44  run" in lines(cascade(CASCADING, Controls(), 80, 8))[1]


def test_what_is_not_known_yet_is_pending_and_not_zero() -> None:
    shown = screen(cascade(states.IGNITING, Controls(), 58, 8))
    assert "OI 5m pending" in shown
    bare = replace(states.FORCED, impulse_bp=None, ratio=None, sigmas=None, interest_5m=None)
    row = screen(cascade(market(replace(states.FALLING, inputs=bare)), Controls(), 80, 8))
    assert "H ?  R 1.54" in row
    assert "pace ?  move in 60s ?" in row


def test_a_calm_that_could_not_have_been_left_says_so() -> None:
    """Without the usual volatility no move is large, so nothing ignites."""
    young = replace(states.CALM_DOWN, inputs=replace(states.QUIET, impulse_bp=57.6, sigmas=None))
    rows = cascade(market(young), Controls(), 58, 8)
    assert "σ ?" in screen(rows)
    assert styles(rows, "usual volatility pending: no ignition can be told") == {"warn"}


def test_a_reason_that_is_too_long_is_told_in_full() -> None:
    """Loading: what stands ready. Calm: the reason stands in the log."""
    shown = " ".join(screen(cascade(states.LOADING, Controls(), 40, 8)).split())
    assert "a cluster of 6.1 depths, touched in 4 h with 41 %; OI +6.2 % in 24 h" in shown


def test_the_badge_counts_the_signs_and_names_those_that_are_not_known() -> None:
    shown = lines(cascade(states.EXHAUSTED, Controls(), 58, 8))
    assert shown[4:6] == [
        " ▼ leverage gone partial 2/4, 1 unknown",
        "   funding✔ open interest✘ spot volume? liquidations✔",
    ]
    assert "   ? spot volume   not known for 24 h" in lines(cascade(states.EXHAUSTED, Controls(), 58, 20))


def test_a_tall_pane_shows_every_level_the_calm_inputs_and_the_log_newest_first() -> None:
    shown = lines(cascade(CASCADING, Controls(), 80, 40))
    log = shown.index(" log, newest first")
    assert shown[log + 1] == " 12:03:34 ▼ 71,300 accelerates: 221,000 USD/bp, ×1.94 a bp, 1.6 bp/s"
    assert shown[log + 5] == " 12:01:34 ▼ 71,500 first level: 107,000 USD/bp, 0.9 bp/s"
    assert any(line.startswith(" ▲ H 0.1 bp  R 0.40 (0.10 to 0.80)") for line in shown)


def test_the_log_scrolls_under_states_that_stay() -> None:
    """Rows below the two states: 2 of inputs, 3 levels, 3 sums, then the log's title."""
    shown = lines(cascade(CASCADING, replace(FOCUSED, scroll=8), 58, 8))
    assert shown[0].startswith("›CASCADE")
    assert shown[1].startswith(" ▼ longs  CASCADING")
    assert shown[3] == " log, newest first"
    assert lines(cascade(CASCADING, replace(FOCUSED, scroll=1_000), 58, 8))[-1].startswith(" OKX")


@pytest.mark.parametrize(("make", "height"), [(cascade, 8), (cascade_lines, 2)])
@pytest.mark.parametrize("view", [states.DOWN, states.NO_TRADES])
def test_blind_is_told_with_its_reason_and_never_as_calm(
    make: Callable[..., list[Row]], height: int, view: MarketView
) -> None:
    """Without a feed no rate is one either; without trades the liquidations are still counted."""
    shown = screen(make(view, Controls(), 60, height))
    reason = view.cascade.blind or "trades are 31 s old"
    assert f"CASCADE BLIND {reason}" in shown
    assert "calm" not in shown
    assert "usual" not in shown or view is states.NO_TRADES
    assert "1.2M" not in shown or view is states.NO_TRADES


def test_a_long_reason_to_be_blind_is_told_in_full() -> None:
    why = "no liquidation feed is up: binance perp HTTP 451; bybit perp connection refused"
    view = replace(CASCADING, cascade=replace(CASCADING.cascade, blind=why))
    assert lines(cascade(view, Controls(), 48, 8))[:4] == [
        " CASCADE BLIND",
        " no liquidation feed is up: binance perp HTTP",
        " 451; bybit perp connection refused",
        " 24h       long ≥214M  short ≥46M  seen in part",
    ]


def test_one_blind_direction_has_no_inputs_and_leaves_the_other_alone() -> None:
    shown = lines(cascade(states.BLIND_UP, Controls(), 58, 40))
    assert shown[2] == " ▲ shorts BLIND     30s  open interest is 2 m old"
    assert not any(line.startswith(" ▲ H") for line in shown)


def test_a_sampled_feed_says_its_rule_and_that_what_was_counted_is_a_lower_bound() -> None:
    shown = lines(cascade(SAMPLED, Controls(), 80, 10))
    assert shown[0] == " CASCADE  sampled rule: what was counted is a lower bound  c: corrected"
    assert shown[1].startswith(" ▼ longs  CASCADING ≥ 1m00s")
    assert "H ≥14.2 bp  R ? no complete feed" in shown[3]
    assert "60s ≥6.2M in 21 orders" in screen(cascade(SAMPLED, Controls(), 80, 20))
    assert "  ≥221k " in "\n".join(shown)


def test_before_the_first_event_nothing_is_zero() -> None:
    assert lines(cascade(EMPTY, Controls(), 60, 20)) == [
        " CASCADE BLIND no data yet",
        " last 60s  long ?  short ?  usual ?",
        " 24h       long ?  short ?  not watched",
    ]


def test_a_level_of_a_small_coin_has_the_digits_of_its_width() -> None:
    """Levels of 0.0005 at 0.4512: four digits tell them apart."""
    level = CrossedLevel(AT_MS, 0.4505, 0.45, 9_000.0, 900.0, 1.0)
    state = replace(states.FALLING, levels=(level, replace(level, near=0.45, far=0.4495)))
    shown = screen(cascade(market(state), Controls(), 58, 12))
    assert " ▼ 0.4500 first" in shown
    assert " ▼ 0.4495 jumped" in shown


@pytest.mark.parametrize(
    ("width", "first", "second"),
    [
        (23, " ▼ CASCADING 1m00s", " 60s ≥1.2M"),
        (31, " CASCADE ▼ CASCADING 1m00s", "  H 14.2 bp  R 1.5  −4.1σ"),
        (
            70,
            " CASCADE ▼ CASCADING 1m00s  H 14.2 bp  R 1.5  pace 14.0×  −4.1σ",
            "         ▲ calm 2h51m 60s ≥46k  H 0.1 bp  R 0.4  pace 0.30×  −0.2σ",
        ),
    ],
)
def test_two_lines_hold_both_states_or_why_one_runs_where_that_does_not_fit_beside_it(
    width: int, first: str, second: str
) -> None:
    assert lines(cascade_lines(CASCADING, Controls(), width, 2)) == [first, second]


def test_one_line_holds_both_where_it_is_wide() -> None:
    shown = lines(cascade_lines(CASCADING, Controls(), 60, 1))
    assert shown == [" CASCADE ▼ CASCADING 1m00s 60s ≥1.2M ▲ calm 2h51m"]


def test_a_third_line_has_the_day() -> None:
    assert lines(cascade_lines(CALM, Controls(), 31, 3))[2] == " 24h long ≥214M  short ≥46M"


def test_states_are_told_apart_without_colour_in_ascii() -> None:
    shown = lines(cascade_lines(CASCADING, Controls(ascii=True), 40, 2))
    assert shown[0].startswith(" CASCADE v CASCADING 1m00s")
    assert lines(cascade_lines(CALM, Controls(ascii=True), 40, 2))[1].startswith("         ^ calm 2h51m")


def test_a_state_of_unknown_age_has_no_age() -> None:
    view = market(CascadeState("down", "calm", 0, "", "full"))
    assert lines(cascade_lines(view, Controls(), 60, 2))[0].startswith(" CASCADE ▼ calm ?")


def test_one_running_direction_never_hides_that_the_other_is_blind() -> None:
    shown = lines(cascade_lines(states.BLIND_UP, Controls(), 31, 3))
    assert shown[1].startswith("         ▲ BLIND 30s")
    assert shown[2].startswith("  H 14.2 bp")


def test_levels_of_one_second_share_a_row_of_the_log() -> None:
    """A price that jumps over three edges crosses them at once: their rates are one jump's."""
    first = [LogRow(AT_MS, "down", f"{price} first level: 107,000 USD/bp, 0.9 bp/s") for price in (71500, 71400, 71300)]
    later = LogRow(AT_MS + 1000, "down", "71200 fades: 9,000 USD/bp, x0.08 a bp, 0.1 bp/s")
    assert [row.text for row in joined_log([*first, later])] == [
        "71200 fades: 9,000 USD/bp, x0.08 a bp, 0.1 bp/s",
        "71500 71400 71300 first level: 107,000 USD/bp, 0.9 bp/s",
    ]


def test_the_log_keeps_a_change_of_state_between_two_levels_of_one_second() -> None:
    rows = [
        LogRow(AT_MS, "down", "71500 fades: 1"), LogRow(AT_MS, "down", "cascading: H"),
        LogRow(AT_MS, "down", "71400 fades: 2"), LogRow(AT_MS, "up", "71400 fades: 2"),
    ]  # fmt: skip
    assert list(joined_log(rows)) == rows[::-1]


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_states_stand_under_one_another_in_every_language(language: str) -> None:
    """The ages begin in one column, whatever the words' widths."""
    rows = cascade(CALM, Controls(language=language), 100, 10)
    first, second = lines(rows)[1:3]
    before = [line[: line.index("2h51m")] for line in (first, second)]
    assert cell_width(before[0]) == cell_width(before[1])
    assert "calm" not in first
