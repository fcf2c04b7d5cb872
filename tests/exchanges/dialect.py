"""What the gateway needs to know of an exchange: its addresses, its answers to a client's words, how it frames data."""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from .faults import Answer
from .limits import Upkeep
from .session import Address, Opening, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What follows from one message of a client. Replies are sent first, then the new streams begin."""

    replies: tuple[str, ...] = ()
    subscribe: tuple[str, ...] = ()
    unsubscribe: tuple[str, ...] = ()
    pings_answered: int = 0
    close: tuple[int, str] | None = None
    answered: bool = False
    """The message answers the venue's question."""
    question_seconds: float | None = None
    """Deribit `set_heartbeat`: from now on ask this often."""
    wrapped: bool | None = field(default=None)
    """Binance SET_PROPERTY: from now on wrap frames, or not."""


class Dialect(ABC):
    """One exchange. All methods are pure but `remember`, which keeps what a later subscriber is greeted with."""

    venue: str
    websocket_hosts: frozenset[str]
    rest_hosts: frozenset[str]

    markets: tuple[str, ...] = ("perp", "spot")

    @abstractmethod
    def endpoint(self, market: str, stream: str = "") -> str:
        """The endpoint that serves a market ("perp" or "spot"), or this stream of it."""

    @abstractmethod
    def open(self, address: Address) -> Opening | None:
        """What a websocket address means; None: no such path."""

    @abstractmethod
    def upkeep(self, endpoint: str) -> Upkeep:
        """How the endpoint's sockets are kept."""

    @abstractmethod
    def react(self, session: Session, text: str) -> Reaction:
        """Answer one text message."""

    @abstractmethod
    def rest(self, address: Address) -> Answer | None:
        """Answer one GET; None: no such path."""

    def post(self, address: Address, body: str) -> Answer | None:
        """Answer one POST; None: no such path."""
        return None

    def hello(self, session: Session) -> str | None:
        """What a new socket is told before anything else; None: nothing."""
        return None

    def question(self, session: Session) -> str:
        """The heartbeat in words that a client has to answer."""
        raise NotImplementedError(self.venue)

    def beat(self, session: Session) -> tuple[str, ...]:
        """What the venue sends to a socket by the clock, market or no market."""
        return ()

    def covers(self, subscription: str, stream: str) -> bool:
        """Whether a subscription brings a stream of another name: `!all` any contract."""
        return False

    def greets_first(self, endpoint: str) -> bool:
        """Whether the greeting overtakes the acknowledgement."""
        return False

    def carries(self, session: Session, stream: str) -> bool:
        """Whether the socket's route delivers the stream at all."""
        return True

    def wire(self, session: Session, stream: str, text: str) -> str:
        """The frame as this socket gets it."""
        return text

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        """Keep what a frame says for subscribers to come."""
        return

    def greeting(self, endpoint: str, stream: str) -> str | None:
        """The frame that a new subscriber gets before any other."""
        return None

    def farewell(self, session: Session) -> str | None:
        """The frame that announces a planned close; None: the venue has none."""
        return None


def compact(message: object) -> str:
    """JSON as exchanges write it, without spaces."""
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False)


def loads_or_none(text: str) -> object:
    """The JSON value of a text, None where it is none."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return None
    return value
