"""The check for unexplained numbers finds what it should, and the facts that topics share are told of any view."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.view import EMPTY, MarketView
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.reports_fixture import REPORTED
from tests.tui.topic_check import unexplained
from tests.tui.views_fixture import FULL
from tests.tui.views_strategy import market_views
from tui.controls import Controls
from tui.topics import TOPICS, facts, judged_facts, report_facts
from tui.topics.topic import Facts
from tui.views.row import about

FACTS: dict[str, Facts] = {
    name: function
    for module in (facts, judged_facts, report_facts)
    for name, function in vars(module).items()
    if name.endswith("_facts") and function.__module__ == module.__name__
}
OFS = ("", "BTC", "binance", "1440", "240/bybit", "above/1", "below/9", "down", "up", "funding", "long", "bybit/perp",
       "binance/top_accounts", "perp/60", "spot/60/binance", "perp/x/y", "1h", "/", "//", "nobody")  # fmt: skip


@pytest.mark.parametrize("text", ["71,452.3", "12s", "+1.2 %", "?", "·", "≥4.3M", "of 1000", "3m20s", "12:03:44 UTC"])
def test_a_value_without_a_mark_is_unexplained(text: str) -> None:
    assert unexplained([((f" {text} ", "muted"),)]) == [text]


@pytest.mark.parametrize("text", ["CVD", "OI 24h", "60s", "within 1 %", "◆1", "1000PEPE", "spelled so?", "─── ▸"])
def test_words_names_and_windows_need_no_mark(text: str) -> None:
    assert unexplained([((text, "muted"),)]) == []


def test_a_windows_name_in_the_style_of_a_value_is_a_value() -> None:
    assert unexplained([(("4h", "text"),)]) == ["4h"]


def test_a_mark_must_name_a_topic_that_exists() -> None:
    assert unexplained([about("no.such", (("3", "text"),))]) == ["3 -> no.such"]
    assert unexplained([about(next(iter(TOPICS)), (("3", "text"),), "of")]) == []


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("view", [EMPTY, FULL, ESTIMATED, REPORTED])
def test_shared_facts_are_told_of_anything(name: str, view: MarketView) -> None:
    for language in ("en", "ru", "zh"):
        for of in OFS:
            told = FACTS[name](view, Controls(language=language), of)
            assert all(fact.strip() and text.strip() and (fact + text).isprintable() for fact, text in told), of


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(market_views, st.sampled_from(sorted(FACTS)), st.sampled_from(OFS) | st.text(max_size=12))
def test_shared_facts_bear_any_view(view: MarketView, name: str, of: str) -> None:
    for fact, text in FACTS[name](view, Controls(), of):
        assert (fact + text).isprintable()


def test_what_the_view_lacks_is_said_to_be_unknown() -> None:
    assert facts.price_facts(EMPTY, Controls()) == (("not known", "nothing was seen of it yet"),)


def test_a_partly_seen_sampled_window_says_both() -> None:
    told = dict(facts.window_facts(FULL, Controls(), "1440"))
    assert told["complete"] == "of 24h only OKX none was seen; what came before is missing"
    assert told["sampled"].startswith("a lower bound")


def test_of_all_exchanges_the_stale_one_is_left_out_and_named() -> None:
    stale = replace(FULL.funding[0], stale=True)
    told = dict(report_facts.funding_facts(replace(FULL, funding=(stale, *FULL.funding[1:])), Controls()))
    assert told["source"] == "BYB OKX"
    assert told["left out"] == "BIN: stale"


def test_what_only_stale_exchanges_tell_is_not_the_present_value() -> None:
    stale = replace(FULL, funding=tuple(replace(row, stale=True) for row in FULL.funding))
    assert dict(report_facts.funding_facts(stale, Controls()))["age"] == "0s, stale: not the present value"


def test_an_estimate_is_told_to_be_modelled_and_unproven() -> None:
    told = dict(judged_facts.cluster_facts(ESTIMATED, Controls(), "above/1"))
    assert told["kind"] == "modelled, not measured"
    assert "record" in told


def test_a_blind_cascade_says_why() -> None:
    blind = replace(FULL, cascade=replace(FULL.cascade, blind="no feed is up"))
    assert judged_facts.cascade_facts(blind, Controls(), "down") == (("not known", "no feed is up"),)
