"""The worked examples: what people really paste, each answered with its numbers."""

import pytest

from tests.tui.pasted import finding, item, judged, not_read, said

LADDER = "90 400 — 230M — 15M\n90 000 — 410M — 22M\n89 500 — 560M — 12M\n"


@pytest.mark.parametrize(
    "text",
    [LADDER, "`90 400 — 230M — 15M`, `90 000 — 410M — 22M`, `89 500 — 560M — 12M` (price, long, short)"],
)
def test_the_ladder_is_a_one_sided_flush_that_sustains(text: str) -> None:
    understood, judgement = judged(text)
    assert not not_read(understood)
    figures = finding(judgement, "realised ladder").figures
    assert (figures["long_usd"], figures["short_usd"]) == (1.2e9, 49e6)
    assert figures["ratio"] == pytest.approx(24.5, abs=0.05)
    assert figures["asymmetry"] == pytest.approx(-0.92, abs=0.005)
    assert figures["strongest_price"] == 89_500
    assert figures["growth"] == pytest.approx(1.09, abs=0.005)
    assert figures["pace"] == "sustains"
    text = said(judgement, "realised ladder")
    assert "long 1.2B, short 49M: 24.5:1, A −0.92" in text
    assert "strongest level 89,500" in text
    assert "raw long sums grow by 1.78, 1.37" in text
    assert "taken as realised: its rows hold both sides" in text


def test_a_header_tells_the_order_of_the_columns() -> None:
    understood, judgement = judged("Price — Short — Long\n" + LADDER)
    assert finding(judgement, "realised ladder").figures["asymmetry"] == pytest.approx(0.92, abs=0.005)
    assert "columns without a header are taken as price, long, short" not in understood.assumptions


def test_the_ladder_against_the_book() -> None:
    """1.2 B against 80 M of bids within 1 %: K 15."""
    _, judgement = judged(LADDER + "\ndepth 1 %: bids 80M, asks 75M\n")
    assert "against 80M of bids within 1 %: K 15, book-sized" in said(judgement, "realised ladder")


def test_a_map_far_away_changes_its_sign_with_the_horizon() -> None:
    understood, judgement = judged("14B shorts between 84k and 100k, up to 1B longs below, price 71.45k")
    assert not not_read(understood)
    found = said(judgement, "liquidation map")
    assert "taken as a modelled map" in found
    assert "long 1B, short 14B: 14:1 or more, A +0.87" in found
    assert "nearest edge above: 84,000, +17.6 %; touched within 24 h <0.01 %, 7 d 1.4 %, 30 d 24 %" in found
    assert "90,000 +26 %" in found
    assert "24 h: sign −" in found
    assert "7 d: sign −" in found
    assert "A −0.92 if it were 4 % away, A −0.80 if it were 8 % away" in found
    assert "30 d: sign +" in found
    assert "A +0.22 if it were 4 % away, A +0.37 if it were 8 % away" in found
    graded = item(judgement, "liquidation map")
    assert (graded.long, graded.short) == ("warn", "warn")
    assert graded.reason.startswith("out of reach")


def test_magnets_of_a_labelled_map() -> None:
    """0.6 B at +1.2 %, 2 B at +3.5 %, 14 B at +25 %: 53, 47 and 0 of a day's pull."""
    rows = "Liquidation map\nPrice: 100 000\nPrice\tLong\tShort\n101 200\t—\t600M\n103 500\t—\t2B\n125 000\t—\t14B\n"
    understood, judgement = judged(rows)
    assert not not_read(understood)
    found = said(judgement, "liquidation map")
    assert "labelled so" in found
    for level, share in (("101,200", 53), ("103,500", 47), ("125,000", 0)):
        assert f"{level} (" in found
        assert f"%) {share} % at chance" in found


def test_the_day_is_a_long_flush_and_a_lower_bound() -> None:
    _, judgement = judged("24 h: 2.14B long, 466.66M short")
    assert "long 2.14B, short 466.66M, together 2.60666B, long 82.1 %, 4.59:1" in said(judgement, "realised")
    assert "one-sided long flush; a lower bound" in said(judgement, "realised")
    assert (item(judgement, "realised 24 h").long, item(judgement, "realised 24 h").short) == ("warn", "warn")


def test_funding_is_warm_on_one_venue_and_no_veto() -> None:
    understood, judgement = judged("funding Binance +0.012 %, OKX +0.018 %, Bybit +0.024 %")
    found = said(judgement, "funding")
    for sentence in (
        "binance +0.0120 % per 8 h, +13.1 % a year (neutral)",
        "okx +0.0180 % per 8 h, +19.7 % a year",
        "bybit +0.0240 % per 8 h, +26.3 % a year (warm)",
        "median +0.0180 % per 8 h",
        "spread 1.2 bp",
    ):
        assert sentence in found
    assert (item(judgement, "funding").long, item(judgement, "funding").short) == ("pass", "pass")
    assert "funding without an interval is taken as per 8 h" in judgement.assumptions
    assert [row.interval_hours for row in understood.funding] == [None, None, None]


@pytest.mark.parametrize(("binance", "okx", "weighted"), [("0.012", "0.018", 0.0144), ("0.018", "0.015", 0.0168)])
def test_funding_is_weighted_by_open_interest(binance: str, okx: str, weighted: float) -> None:
    """1.23 B and 0.83 B."""
    _, judgement = judged(f"Binance OI 1.23B, OKX OI 0.83B\nfunding Binance +{binance} %, OKX +{okx} %")
    assert finding(judgement, "funding").figures["weighted_per_8h"] == pytest.approx(weighted / 100, abs=5e-7)


INTEREST = "OI Binance 1.23B +4.2 % / +0.1 %, OKX 0.83B -2.1 % / -0.2 % (24 h / 1 h)"


def test_open_interest_of_the_sum_in_usd() -> None:
    understood, judgement = judged(INTEREST)
    figures = finding(judgement, "open interest").figures
    assert figures["change_24h"] == pytest.approx(0.0157, abs=5e-5)
    assert figures["change_1h"] == pytest.approx(-0.0002, abs=5e-5)
    assert "1 h: −0.02 % of the sum of 2" in said(judgement, "open interest")
    assert "24 h: +1.57 % of the sum of 2, unit not told, taken as USD" in said(judgement, "open interest")
    assert "open interest whose unit is not told is taken as USD, as web pages show it" in judgement.assumptions
    assert item(judgement, "open interest").long == "unknown"
    assert not not_read(understood)


def test_with_the_price_open_interest_is_short_covering() -> None:
    _, judgement = judged(f"{INTEREST}\nprice +7 % (24h)")
    figures = finding(judgement, "open interest").figures
    assert figures["coins_24h"] == pytest.approx(-0.051, abs=5e-4)
    assert figures["quadrant_24h"] == "short covering"
    assert "−5.1 % in coins (binance −2.6 %, okx −8.5 %)" in said(judgement, "open interest")
    assert "had it been given in coins" in said(judgement, "open interest")
    assert "in the dead-band" in said(judgement, "open interest")
    assert (item(judgement, "open interest").long, item(judgement, "open interest").short) == ("warn", "warn")


def test_the_crowd_is_long() -> None:
    understood, judgement = judged("Long 62 % / Short 38 %, +7 % in 24 h")
    assert "ratio 1.63: the crowd is long; long: warn, short: pass" in said(judgement, "long/short ratio")
    assert understood.crowd[0].change_24h == pytest.approx(0.07)


def test_spot_absorbs_what_futures_sell() -> None:
    _, judgement = judged("spot CVD +12M, futures CVD -8M")
    assert "spot absorption: spot buys what futures sell, spot share 0.60" in said(judgement, "CVD")
    assert (item(judgement, "CVD").long, item(judgement, "CVD").short) == ("pass", "warn")


def test_a_rally_on_falling_coins_is_covering_unless_it_was_given_in_coins() -> None:
    _, judgement = judged("OI +8 %, price +11 %, funding 0.0037-0.0072 %")
    found = said(judgement, "open interest")
    assert "taken as USD" in found
    assert "that is −2.7 % in coins" in found
    assert "short covering" in found
    assert "had it been given in coins: +19.9 % in USD, heating, strong: new longs; long: pass" in found
    assert (item(judgement, "open interest").long, item(judgement, "open interest").short) == ("warn", "warn")
    assert "\ncool; long: pass, neutral" in said(judgement, "funding")
    assert "+4.1 % a year (cool)" in said(judgement, "funding")
    assert "+7.9 % a year (cool)" in said(judgement, "funding")


def test_told_in_coins_the_same_rise_is_new_longs() -> None:
    _, judgement = judged("OI 24h +8 % in coins, price +11 % (24h)")
    assert "given in coins" in said(judgement, "open interest")
    assert item(judgement, "open interest").long == "pass"


def test_a_long_crowd_and_rising_puts_diverge() -> None:
    _, judgement = judged("long/short 60.63/39.37 with put/call rising")
    found = said(judgement, "long/short ratio")
    assert "ratio 1.54: the crowd is long; long: warn, short: pass" in found
    assert "divergence: the crowd is long while options are defensive" in found
    assert item(judgement, "options").long == "warn"


def test_the_total_of_all_examples() -> None:
    """Map .75, realised .25, funding 1.5, OI .75, CVD 1.5, L/S .375 of 7.25: .71 long; .55 short with a spot z of 1."""
    text = "\n".join(
        (
            "14B shorts between 84k and 100k, up to 1B longs below, price 71.45k",
            "24 h: 2.14B long, 466.66M short",
            "funding Binance +0.012 %, OKX +0.018 %, Bybit +0.024 %",
            INTEREST,
            "price +7 % (24h)",
            "Long 62 % / Short 38 %, +7 % in 24 h",
            "spot CVD +12M z +1.2, futures CVD -8M z -0.8",
        )
    )
    understood, judgement = judged(text)
    assert not not_read(understood)
    long, short = judgement.checklist.long, judgement.checklist.short
    assert long.score == pytest.approx(5.125 / 7.25)
    assert short.score == pytest.approx(4.0 / 7.25)
    assert long.coverage == short.coverage == pytest.approx(7.25 / 12.25)
    assert long.verdict == short.verdict == "INSUFFICIENT DATA"
