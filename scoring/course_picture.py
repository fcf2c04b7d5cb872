"""What a coin's course is made from at a moment: its feeds as they were seen and believed, its reports, its candles."""

from scoring.around import Around as Moment
from scoring.candles import LENGTHS_MS
from scoring.coin import CoinState
from scoring.course_view import BARS_A_WINDOW, Around
from scoring.sanity.believed import believed
from scoring.settings import ScoringSettings
from scoring.view import Course, FundingMedian
from scoring.window import MINUTE_MS


def course_of(
    state: CoinState,
    window: int,
    moment: Moment,
    price: float | None,
    funding: FundingMedian | None,
    settings: ScoringSettings,
) -> Course:
    """The course of a window in minutes. `price`: a fresh one, None where there is none."""
    now_ms = moment.at_ms
    if state.courses.is_of(window, now_ms):
        return state.courses.last(window)
    telling = [feed for feed in moment.liquidation_feeds if not feed.refusals.reason(state.name)]
    trading = moment.unwatched.seen(state.name, filter(state.flows.trades_on, moment.all_feeds))
    around = Around(
        now_ms=now_ms,
        forced=believed(telling, "liquidations", state.name, now_ms),
        trading=believed(trading, "trades", state.name, now_ms),
        interest=state.reports.coins_by_venue(),
        funding=None if funding is None or funding.stale else funding.per_8h,
        price=price,
        candles=[
            (length, state.reports.bars(interval, settings.price.venues, settings.trend.slow, now_ms)[0])
            for interval, length in LENGTHS_MS.items()
            if length * BARS_A_WINDOW <= window * MINUTE_MS
        ],
    )
    return state.courses.view(state.timeline, window, around)
