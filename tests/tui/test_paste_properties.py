"""Mangled pastes: nothing crashes, and no number comes out that did not go in."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scoring.settings import ScoringSettings
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.pasted import possible, values
from tests.tui.views_fixture import FULL
from tui.controls import Controls
from tui.paste.reader import understand
from tui.paste.text import analysis_json, analysis_text
from tui.paste.verdicts import judge
from tui.text import snapshot_json, snapshot_text

PASTES = (
    "90 400 — 230M — 15M\n90 000 — 410M — 22M\n89 500 — 560M — 12M",
    "14B shorts between 84k and 100k, up to 1B longs below, price 71.45k\nLong 62 % / Short 38 %, +7 % in 24 h",
    "OI Binance 1.23B +4.2 % / +0.1 %, OKX 0.83B -2.1 % / -0.2 % (24 h / 1 h)\nspot CVD +12M, futures CVD −8M",
    "funding Binance +0.012 %, OKX 0.0037-0.0072 %\nlong/short 60.63/39.37 with put/call rising\nput/call 0.62",
    "Exchange\tOpen Interest\t24h Change\nBinance\t$1.23B\t+4.2%\n\n24 h: 2.14B long, 466.66M short",
    "交易所\t资金费率\t未平仓合约\t24小时涨跌\t多空比\n币安\t0.0100%\t12.5亿\t+4.2%\t1.63",
    "Карта ликвидаций\nЦена | Лонг | Шорт\n90 400 | 230 млн | —\n100 000 | — | 1,2 млрд\nЦена: 95 000",
    "Long/Short Ratio\nExchange\nLong\nShort\nBinance\n62%\n38%\nOKX\n55%\n45%\ndepth 1 %: bids 80M asks 75M",
    snapshot_text(FULL, Controls(), "text"),
    snapshot_text(FULL, Controls(), "markdown"),
    snapshot_text(ESTIMATED, Controls(), "text"),
)
_ESCAPES = re.compile("\x1b\\[[0-9;?]*[A-Za-z]|\x1b.?")
"""What a terminal doesn't show: digits on either side of it stand together."""
ALPHABET = "0123456789.,'%-–—−+/|\t\n ()$kKMBtтм亿万LSxе:;~≥≤<>?·\u00a0\u2009\u202f\x1b[]{}\"#*_`▲▼eE"


@st.composite
def mangled(draw: st.DrawFn, pastes: tuple[str, ...] = PASTES) -> str:
    text = draw(st.sampled_from(pastes))
    for _ in range(draw(st.integers(0, 12))):
        place, kind = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        if kind == 0:
            text = text[:place] + draw(st.text(ALPHABET, max_size=4)) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + draw(st.integers(1, 8)) :]
        elif kind == 2:
            start = draw(st.integers(0, len(text)))
            text = text[:place] + text[start : start + draw(st.integers(1, 30))] + text[place:]
        else:
            lines = text.split("\n")
            draw(st.randoms(use_true_random=False)).shuffle(lines)
            text = "\n".join(lines)
    return text


def documents() -> SearchStrategy[str]:
    """A snapshot's JSON with values of any type put where others were."""
    whole = snapshot_json(ESTIMATED, "LIVE")
    odd = (
        st.none()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.lists(st.integers(), max_size=2)
        | st.just({})
    )
    keys = st.lists(st.sampled_from(sorted(whole)), max_size=4)
    return st.builds(lambda found, value: json.dumps({**whole, **dict.fromkeys(found, value)}), keys, odd)


def everything(text: str) -> str:
    understood = understand(text)
    judgement = judge(understood, ScoringSettings())
    json.dumps(analysis_json(understood, judgement))
    return analysis_text(understood, judgement)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mangled() | st.text(ALPHABET, max_size=200) | st.text(max_size=100) | documents())
def test_nothing_that_is_pasted_crashes(text: str) -> None:
    printed = everything(text)
    assert "\x1b" not in printed


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mangled() | st.text(ALPHABET, max_size=200))
def test_no_number_comes_out_that_did_not_go_in(text: str) -> None:
    """Each value is one that digits of the paste can stand for, with some separator and magnitude."""
    into = sorted({0.0} | possible(text) | possible(_ESCAPES.sub("", text)))
    for value in values(understand(text)):
        assert any(value == pytest.approx(one, rel=1e-9, abs=1e-15) for one in into), value


@given(st.text(st.characters(exclude_categories=("N", "Cs")), max_size=200).filter(lambda text: "·" not in text))
def test_where_no_digit_goes_in_nothing_is_understood_but_a_trend(text: str) -> None:
    understood = understand(text)
    assert list(values(understood)) == []
    assert not understood.crowd
    assert not understood.funding
