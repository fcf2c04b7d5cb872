"""A plan for one entry, read off the estimated map: what lies in the way, where a stop is outside of it, what pulls."""

from dataclasses import dataclass

from feeds.events import Position
from scoring.view.estimated import EstimatedCluster


@dataclass(frozen=True, slots=True)
class Order:
    """What is planned. `entry` None: the price of now. `leverage` and `size_usd` (notional) may be left open."""

    direction: Position
    entry: float | None = None
    stop: float | None = None
    leverage: float | None = None
    size_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A price before a cluster that may pull. `reward`: distance over the stop's distance, None without a stop."""

    price: float
    fraction: float
    reward: float | None
    cluster: EstimatedCluster


@dataclass(frozen=True, slots=True)
class OwnLiquidation:
    """Where the position itself would be liquidated on a venue. `price` None: `note` says why it isn't known.

    `fraction`: from the entry, negative for a long. `note`: the tier, and how old the table is.
    """

    venue: str
    price: float | None
    fraction: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slippage:
    """What taking `size_usd` at once may cost on average, in basis points of the entry, on one venue's book.

    `stressed_bp`: the same on a book as thin as in a cascade, None where that one would not hold it. Both None:
    `reason` says why.
    """

    venue: str
    bp: float | None
    stressed_bp: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one order. `reason` says why there is none, "" where there is one; shares are fractions of the entry.

    `between`: clusters between entry and stop. `around_stop`: the one that the stop lies in. `stop_outside`: the
    nearest stop beyond every cluster in the way, with `stop_why`. `warnings` are complete sentences.
    """

    order: Order
    entry: float | None = None
    reason: str = ""
    between: tuple[EstimatedCluster, ...] = ()
    around_stop: EstimatedCluster | None = None
    stop_outside: float | None = None
    stop_why: str = ""
    risk: float | None = None
    targets: tuple[Target, ...] = ()
    liquidations: tuple[OwnLiquidation, ...] = ()
    slippage: tuple[Slippage, ...] = ()
    warnings: tuple[str, ...] = ()
