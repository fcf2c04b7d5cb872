"""Arbitrary market views, with hostile text, for the properties that every view has to keep."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scoring.view import (
    CascadeView,
    Change,
    CheckItem,
    ChecklistView,
    Cluster,
    CoinSummary,
    Counts,
    CrowdReading,
    DepthReading,
    DirectionVerdict,
    FeedHealth,
    FlowReading,
    FundingMedian,
    FundingReading,
    InterestReading,
    LadderCell,
    LadderView,
    LargeTradesView,
    MarketView,
    OptionsReading,
    Reading,
    SideTotal,
    TapeRow,
    TrendReading,
    VenueState,
    VenueTotal,
    WindowTotal,
)
from tests.tui.cascades_strategy import cascades

_times = st.integers(0, 4_000_000_000_000)
_prices = st.floats(1e-9, 1e7)
_usd = st.floats(0, 1e13)
_share = st.floats(0, 1)
_text = st.text(max_size=24)
_maybe = st.none()


def _reports() -> dict[str, SearchStrategy[Any]]:
    venue = _text | st.sampled_from(["binance", "okx", "htx", ""])
    change = _maybe | st.floats(-1, 1e6)
    amount = _maybe | _usd
    large = st.builds(
        LargeTradesView, st.just(15), amount, _usd, _usd, st.integers(0, 10**7), _maybe | st.floats(-9, 9), _share
    )
    bases = st.sampled_from(["accounts", "top_accounts", "top_positions"])
    markets = st.sampled_from(["perp", "spot"])
    flow = st.builds(
        FlowReading, venue, markets, st.sampled_from([15, 60, 240, 1440]), st.floats(-1e13, 1e13), _share,
        _maybe | st.floats(-9, 9),
    )  # fmt: skip
    kinds = {
        "interest": st.builds(
            InterestReading, venue, amount, amount, change, change, change, change, _times, st.booleans()
        ),
        "crowd": st.builds(CrowdReading, venue, bases, _share, _maybe | st.floats(-1, 1), _times, st.booleans()),
        "flow": flow,
        "depth": st.builds(DepthReading, venue, markets, st.just(1.0), _usd, _usd, _times, st.booleans()),
        "options": st.builds(OptionsReading, venue, _text, amount, amount, _times, st.booleans()),
        "trend": st.builds(
            TrendReading, _text, _maybe | st.integers(-3, 3), _maybe | st.floats(0, 100), _text, _maybe | _times
        ),
        "venues": st.builds(VenueState, venue, _text, _maybe | _times),
    }
    return {"large": large} | {name: st.lists(kind, max_size=3).map(tuple) for name, kind in kinds.items()}


def _price(step: float) -> SearchStrategy[MarketView]:
    prices = st.floats(step, step * 1e4)
    clusters = st.builds(
        Cluster, side=st.just("above"), low=prices, high=prices, peak=prices, distance=st.floats(-1, 1),
        long_usd=_usd, short_usd=_usd, sampled=st.booleans(), last_at_ms=_times,
    )  # fmt: skip
    sides = st.builds(SideTotal, _usd, st.integers(0, 10**7), st.booleans())
    venues = st.builds(VenueTotal, _text, sides, sides, _share)
    windows = st.builds(
        WindowTotal, st.sampled_from([15, 60, 240, 1440]), sides, sides, st.lists(venues, max_size=3).map(tuple), _share
    )
    cells = st.builds(LadderCell, _usd, _usd, st.booleans(), st.booleans())
    grades = st.sampled_from(["pass", "warn", "fail", "unknown"])
    items = st.builds(CheckItem, _text, grades, grades, _text, _text, _share, _maybe | _times)
    verdicts = st.sampled_from(["OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA"])
    answers = st.builds(DirectionVerdict, verdicts, _maybe | _share, _share, _text)
    markets = st.sampled_from(["perp", "spot", "option"])
    states = st.sampled_from(["live", "quiet", "suspect", "dead", "blocked", "off"])
    rates = st.floats(-0.1, 0.1)
    return st.builds(
        MarketView,
        at_ms=_times,
        coin=_text,
        price=st.builds(Reading, _maybe | prices, _text, _maybe | _times, _text, _maybe | _times),
        change=_maybe | st.builds(Change, st.floats(-1, 100), _times),
        ladder=st.builds(
            LadderView, st.sampled_from([15, 60, 240]), st.just(step),
            st.dictionaries(st.integers(0, 10_000), cells, max_size=5),
        ),
        above=st.lists(clusters, max_size=3).map(tuple),
        below=st.lists(clusters, max_size=3).map(tuple),
        cascade=st.builds(
            CascadeView, _usd, _usd, _maybe | _usd, _maybe | _usd, st.booleans(), _maybe | _times, _maybe | windows,
            _maybe | _share, _maybe | _text,
        ),
        cascades=cascades,
        checklist=st.builds(ChecklistView, st.lists(items, max_size=4).map(tuple), answers, answers),
        tape=st.lists(
            st.builds(
                TapeRow, _times, _text, markets, _maybe | st.sampled_from(["long", "short"]),
                _maybe | st.sampled_from(["buy", "sell"]), _usd, _prices, st.booleans(),
            ),
            max_size=4,
        ).map(tuple),
        funding=st.lists(
            st.builds(
                FundingReading, _text, rates, _maybe | st.floats(1, 24), _maybe | rates, _maybe | rates,
                _maybe | _times, _times, st.booleans(),
            ),
            max_size=3,
        ).map(tuple),
        funding_median=_maybe | st.builds(
            FundingMedian, rates, rates, _maybe | _times, st.integers(1, 9), st.booleans()
        ),
        totals=st.lists(windows, max_size=2).map(tuple),
        feeds=st.lists(
            st.builds(FeedHealth, _text, markets, _text, states, _text, _maybe | _times, _maybe | _times), max_size=4
        ).map(tuple),
        coins=st.lists(
            st.builds(
                CoinSummary, _text, _maybe | _prices, _maybe | _share, _text, _maybe | st.floats(-1, 100),
                _maybe | rates, _maybe | st.floats(-1, 100), _maybe | _usd, _maybe | _usd, st.booleans(),
                _maybe | verdicts, _maybe | verdicts,
            ),
            max_size=4,
        ).map(tuple),
        counts=st.builds(
            Counts, st.integers(0), st.integers(0), st.integers(0), st.dictionaries(_text, st.integers(0), max_size=3),
            st.integers(0), st.dictionaries(_text, _text, max_size=3),
        ),
        **_reports(),
    )  # fmt: skip


market_views = st.sampled_from([250.0, 2.5, 0.005, 1e-8]).flatmap(_price)
"""Views as a market could make them, and worse."""
