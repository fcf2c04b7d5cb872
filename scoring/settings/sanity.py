"""Settings of the watch on the data itself: what is so unlike an exchange that it is doubted."""

from pydantic import Field

from scoring.settings.base import Strict


class SanitySettings(Strict):
    """`[sanity]`: how strong the evidence must be before data is doubted and left out of sums.

    Evidence is weighed as the logarithm of how much likelier it is if the data is wrong than if it is right.
    """

    enabled: bool = True
    """Whether doubted data is looked for at all."""
    bound: float = Field(14.0, gt=0)
    """Data is doubted from this weight of evidence on: the logarithm of a million, since a false alarm leaves true
    data out."""
    most: float = Field(20.0, gt=0)
    """No more evidence is kept, so that data which is right again is soon believed. It is once nothing is left."""
    wrong_ticks: float = Field(0.2, gt=0, lt=0.5)
    """The share of price ticks in the taker's direction where sides are inverted. Measured on trades of Binance (2023,
    2024) and Hyperliquid (2026): 2 to 15 %, where right sides have 85 to 98 %; right ones are taken to have 50 %."""
    tick_weight: float = Field(4.0, gt=0)
    """The most that the ticks of five seconds may weigh: they hang together. Judgement."""
    vote_move: float = Field(0.0015, gt=0)
    """A minute's move from which on it tells which side is liquidated. Judgement: three times BTC's usual minute."""
    vote_share: float = Field(0.8, gt=0.5, le=1)
    """A venue's minute votes where so much of it is one side. Judgement."""
    vote_right: float = Field(0.85, gt=0.5, lt=1)
    """How often a minute's side fits its move. Measured: 12 of 14 minutes of the sell-off of 2025-01-27 on Binance."""
    vote_alone: float = Field(0.6, ge=0.5, lt=1)
    """The same where no other venue confirms the move; low, because a turn within the minute deceives. Judgement."""
    minute_weight: float = Field(3.5, gt=0)
    """The most that all coins' votes of a minute may weigh: coins move together. Judgement: about two votes."""
    size_factor: float = Field(30.0, gt=1)
    """Sizes this many times those of every other venue are doubted. Judgement: honest medians differ by up to ten
    times, a forgotten contract size is a hundred or more."""
    size_samples: int = Field(30, gt=0)
    """How many sizes of each venue are compared at least. Judgement."""
    size_weight: float = Field(5.0, gt=0)
    """What one comparison of sizes weighs, once a minute. Judgement: three in a row are enough."""
    forced_share: float = Field(20.0, gt=1)
    """Liquidations are trades: a coin's sum of an hour that is so many times what its venue traded is doubted. One
    would do, but not every trade arrives, and the demo's small venues trade little beside what they liquidate."""
    forced_least: int = Field(5, gt=0)
    """At least so many liquidations make such a sum. Judgement."""
    whole_book: float = Field(5.0, gt=0)
    """A single liquidation of so many times its venue's own open interest can't be. One would do, but the open interest
    may be told of another of the venue's contracts."""
    candle_twice: float = Field(0.02, gt=0, lt=0.5)
    """Trades that add up to twice the venue's own candle, within this share, were counted twice. Judgement."""
    interest_twice: float = Field(0.03, gt=0, lt=0.5)
    """Open interest that jumps to twice or half its value, within this share, may count both sides. Judgement."""
    interest_minutes: float = Field(10.0, gt=0)
    """Jumps of open interest this far apart are told apart from a market that really doubled. Judgement."""
    frozen_seconds: float = Field(30.0, gt=0)
    """A price that is repeated unchanged for at least so long may be frozen. Judgement: marks move every second."""
    frozen_move: float = Field(0.003, gt=0)
    """It is, where at least two other venues have moved this far since, the same way. Judgement: many ticks of any
    listed coin."""
    clock_seconds: float = Field(1.0, gt=0)
    """A venue's lag that differs by more from the other venues' lags is no transport: its clock is off."""
    clock_spread_seconds: float = Field(0.3, gt=0)
    """A delay of an overloaded venue comes and goes, a wrong clock doesn't: its lag varies by less. Judgement."""
    clock_weight: float = Field(1.2, gt=0)
    """What five seconds of such a lag weigh: a minute of it is enough. Judgement."""
