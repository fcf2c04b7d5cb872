"""Arbitrary states of cascades, with hostile text, for the properties that every view has to keep."""

from hypothesis import strategies as st

from scoring.view.cascades import (
    CascadeInputs,
    CascadeState,
    CascadesView,
    Corrected,
    CrossedLevel,
    DayBalance,
    Exhaustion,
    ExhaustionPart,
    LogRow,
)

_times = st.integers(0, 4_000_000_000_000)
_usd = st.floats(0, 1e13)
_prices = st.floats(1e-9, 1e7)
_signed = st.none() | st.floats(-1e6, 1e6)
_maybe = st.none() | st.floats(0, 1e9)
_text = st.text(max_size=40)
_directions = st.sampled_from(["down", "up"])
_states = st.sampled_from(["calm", "loading", "igniting", "cascading", "exhausted", "rejected", "blind"])
_verdicts = st.none() | st.sampled_from(["accelerates", "sustains", "fades", "rejected"])

_inputs = st.builds(
    CascadeInputs, _usd, st.integers(0, 10**6), _usd, _maybe, _maybe, _usd, _maybe, _maybe, _maybe, _signed, _signed,
    _signed, _maybe, st.integers(0, 100), _signed, _signed, st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
_levels = st.builds(CrossedLevel, _times, _prices, _prices, _usd, _usd, _usd, _maybe, _maybe, _verdicts)


def _state(direction: str) -> st.SearchStrategy[CascadeState]:
    return st.builds(
        CascadeState, st.just(direction), _states, _times, _text, st.sampled_from(["full", "sampled"]), st.booleans(),
        _inputs, _maybe, _maybe, st.lists(_levels, max_size=4).map(tuple),
    )  # fmt: skip


_parts = st.builds(ExhaustionPart, _text, st.none() | st.booleans(), _text)
_badges = st.builds(
    Exhaustion, st.sampled_from(["complete", "partial", "none", "unknown"]), st.lists(_parts, max_size=4).map(tuple)
)
_balances = st.builds(
    DayBalance, _usd, _usd, st.floats(0, 1), _maybe, st.booleans(), _text, st.none() | st.floats(0, 1),
    st.integers(0, 400),
)  # fmt: skip
_corrections = st.builds(Corrected, _usd, _maybe, _usd, _maybe, _maybe, st.booleans(), _text)
cascades = st.builds(
    CascadesView,
    _state("down"),
    _state("up"),
    st.lists(st.builds(LogRow, _times, _directions, _text), max_size=4).map(tuple),
    st.none() | _badges,
    st.none() | _directions,
    st.none() | _balances,
    st.lists(st.tuples(_text, _corrections), max_size=3).map(tuple),
)
"""What can be told of a coin's cascades, and worse."""
