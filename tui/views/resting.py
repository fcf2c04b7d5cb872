"""What the exchanges tell of resting orders, options and candles, as tables: depth, puts per call, trend."""

from scoring.view import DepthReading, MarketView, TrendReading
from tui import format as write
from tui.controls import Controls
from tui.language import ENGLISH, label
from tui.views.grid import Grid, Heading
from tui.views.missing import missing
from tui.views.notation import Notation
from tui.views.report_cells import age, in_one_unit, marked, value
from tui.views.reports import NO_ANSWER
from tui.views.row import Span


def depth(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """Resting orders near the price, and which side has more."""
    heads = (
        Heading("venue", right=False), Heading("market", 2, right=False), Heading("band", 3), Heading("bids"),
        Heading("asks"), Heading("bids/asks", 1), Heading("age"),
    )  # fmt: skip
    absent = missing(view, "depth", {row.venue for row in view.depth}, NO_ANSWER, controls)
    one = in_one_unit((usd for row in view.depth for usd in (row.bid_usd, row.ask_usd)), notation)
    rows = tuple(_depth(view, row, one, controls) for row in view.depth)
    return Grid("Depth", "USD resting near the middle", heads, rows, absent)


def _depth(view: MarketView, row: DepthReading, notation: Notation, controls: Controls) -> tuple[Span, ...]:
    of = f"{row.venue}/{row.market}"
    cells = (
        (write.venue_code(row.venue), "text"),
        (label(row.market, controls), "muted"),
        (f"{row.band_percent:g} %", "muted"),
        *(value(notation.amount(usd, False, True), row.stale) for usd in (row.bid_usd, row.ask_usd)),
        value(f"{row.bid_usd / row.ask_usd:.2f}" if row.ask_usd > 0 else write.UNKNOWN, row.stale),
        age(view, row.at_ms, row.stale, f"depth/{of}", controls),
    )
    return marked(cells, ("", "", "depth", "depth", "depth", "depth_ratio", "depth"), of)


def options(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """Puts per call, by open interest and by volume."""
    heads = (
        Heading("venue", right=False), Heading("family", 1, right=False), Heading("open interest"), Heading("volume"),
        Heading("age"),
    )  # fmt: skip
    rows = tuple(
        marked(
            (
                (write.venue_code(row.venue), "text"),
                (write.clean(row.family, 12), "muted"),
                value(_ratio(row.open_interest), row.stale),
                value(_ratio(row.volume), row.stale),
                age(view, row.at_ms, row.stale, f"options/{row.venue}", controls),
            ),
            ("", "options", "options", "options", "options"),
            row.venue,
        )
        for row in view.options
    )
    absent = missing(view, "options", {row.venue for row in view.options}, NO_ANSWER, controls)
    empty = label("no exchange lists options on {coin}", controls, coin=write.clean(view.coin))
    return Grid("Options", "puts per call", heads, rows, absent, empty)


def _ratio(number: float | None) -> str:
    return f"{number:.2f}" if number is not None else write.UNKNOWN


def trend(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """The trend by candle length, -3 to +3, with what it is made of."""
    heads = (Heading("candle", right=False), Heading("score"), Heading("ADX", 1), Heading("why", 2, right=False))
    rows = tuple(_trend(row) for row in view.trend)
    return Grid("Trend", "−3 down to +3 up", heads, rows, empty="no candle seen", topic="reports.trend")


def _trend(row: TrendReading) -> tuple[Span, ...]:
    score = f"{row.score:+d}".replace("-", "−") if row.score is not None else write.UNKNOWN
    adx = f"{row.adx:.0f}" if row.adx is not None else write.UNKNOWN
    cells = ((write.clean(row.interval, 6), "text"), value(score), value(adx), (write.clean(row.reason), "muted"))
    return marked(cells, ("trend", "trend", "adx", "trend"), row.interval)
