"""What the exchanges allow and how patient they are; the defaults are what their documentation states."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A test shortens the times it wants to see run out. Seconds are wall time; None: not enforced."""

    binance_messages_per_second: int = 10
    """Incoming JSON messages on a USD-M socket; beyond it the socket is closed with 1008."""
    binance_spot_messages_per_second: int = 5
    """The same on spot, where PING and PONG frames of the client count too."""
    binance_streams: int = 1024
    binance_ping_seconds: float = 180.0
    binance_pong_seconds: float = 600.0
    binance_spot_ping_seconds: float = 20.0
    binance_spot_pong_seconds: float = 60.0
    binance_life_seconds: float = 86_400.0
    bybit_silence_seconds: float = 600.0
    """A client that says nothing for so long is cut, however much was sent to it."""
    bybit_argument_characters: int = 21_000
    """All arguments of one socket together."""
    bybit_spot_arguments: int = 10
    """Arguments of one request on spot."""
    bybit_page: int = 500
    """The most instruments in one REST answer, whatever `limit` the client asks for."""
    okx_idle_seconds: float = 30.0
    """Cut when nothing went either way for so long."""
    okx_subscribes_per_hour: int = 480
    okx_request_bytes: int = 65_536
    okx_connects_per_second: int | None = None
    """OKX allows 3; off by default, because tests reconnect faster than any client of the real exchange should."""
    okx_backlog: int = 20
    """How many liquidations pushed before are sent again, in one frame, to whoever subscribes."""

    hyperliquid_quiet_seconds: float = 60.0
    """Closed when the server itself had nothing to send for so long."""
    hyperliquid_subscriptions: int = 1000
    coinbase_subscribe_seconds: float = 5.0
    """Closed where no subscription came within this time."""
    coinbase_heartbeat_seconds: float = 1.0
    htx_ping_seconds: float = 5.0
    htx_pong_seconds: float = 10.0
    """Cut when a ping in JSON was not answered for so long; the notification socket has its own patience."""
    htx_notification_pong_seconds: float = 30.0
    gate_silence_seconds: float = 60.0
    """No document states it; a client should ping every 10 to 15 seconds."""
    bitmex_silence_seconds: float | None = None
    """BitMEX asks for a ping after 5 idle seconds; what it does without one isn't documented."""
    bitget_silence_seconds: float = 120.0
    deribit_second: float = 1.0
    """How long a second of `public/set_heartbeat` lasts; its interval is 10 or more."""
    deribit_requests_per_second: int = 100
    """Requests at once before error 10028 and the loss of the session: a pool of 50,000 credits at 500 each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What one endpoint does to keep its sockets tidy, taken from the limits; None: it doesn't do that."""

    ping_seconds: float | None = None
    pong_seconds: float | None = None
    client_silence_seconds: float | None = None
    idle_seconds: float | None = None
    life_seconds: float | None = None
    messages_per_second: int | None = None
    counts_control_frames: bool = False
    quiet_seconds: float | None = None
    """Closed when the venue itself sent nothing for so long."""
    subscribe_seconds: float | None = None
    beat_seconds: float | None = None
    """How often what `Dialect.beat` says is sent."""
    question_seconds: float | None = None
    """How often what `Dialect.question` says is asked; a client may set it for its own socket."""
    answer_seconds: float | None = None
    """How long an answer to that may take; None: as long as to the next question."""
