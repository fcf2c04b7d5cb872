"""Settings of the feeds: which venues and routes, and how patient the connections are."""

from pydantic import BaseModel, ConfigDict, Field

from feeds.store_settings import StoreSettings


class Strict(BaseModel):
    """A settings table: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class NetworkSettings(Strict):
    """`[network]`: where the exchanges are reached."""

    gateway: str = ""
    """Base address that all exchange traffic is rerouted through, e.g. "http://127.0.0.1:9000". Empty: straight."""
    hosts: dict[str, str] = Field(default_factory=dict)
    """Another host for one of an exchange's own, e.g. "www.okx.com" = "eea.okx.com"."""
    venues: tuple[str, ...] = (
        "binance",
        "bybit",
        "okx",
        "hyperliquid",
        "coinbase",
        "htx",
        "gate",
        "bitmex",
        "deribit",
        "bitget",
    )
    """The exchanges to connect to."""
    proxy: str = ""
    """HTTP proxy for all traffic, or SOCKS where python-socks and socksio are installed. Empty: none."""


class ConnectionSettings(Strict):
    """`[connection]`: how patient a connection is."""

    open_seconds: float = Field(10.0, gt=0)
    """How long a handshake may take."""
    first_event_seconds: float = Field(20.0, gt=0)
    """How long after subscribing the first market event may take before the route is called dead."""
    patience: float = Field(1.0, gt=0)
    """Multiplies how long a live connection may stay silent before it is called dead; raise it on a poor line."""
    backoff_first_seconds: float = Field(2.0, gt=0)
    """Wait before the first reconnect, cut by up to half at random; three times as long after each vain attempt."""
    backoff_most_seconds: float = Field(60.0, gt=0)
    """The longest wait between two attempts."""
    refused_seconds: float = Field(300.0, gt=0)
    """Wait after a refusal that an hour may cure (geo-block, ban without a stated end)."""
    max_frame_bytes: int = Field(4_194_304, gt=0)
    """A larger message is refused and counted."""


class IntakeSettings(Strict):
    """`[intake]`: what counts as too late, too early or too much."""

    late_seconds: float = Field(600.0, gt=0)
    """An event older than this on arrival is counted and left out."""
    future_seconds: float = Field(5.0, gt=0)
    """An event dated further ahead than this is counted and left out."""
    remembered_events: int = Field(10_000, gt=0)
    """How many trades, and how many liquidations, are remembered per symbol to recognise a second delivery."""
    inbox_events: int = Field(100_000, gt=0)
    """How many events may wait for the screen; beyond it trades are dropped and counted, liquidations never."""


class FeedsSettings(Strict):
    """All settings of the feeds."""

    network: NetworkSettings = Field(default_factory=NetworkSettings)
    connection: ConnectionSettings = Field(default_factory=ConnectionSettings)
    intake: IntakeSettings = Field(default_factory=IntakeSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
