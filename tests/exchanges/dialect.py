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
    wrapped: bool | None = field(default=None)
    """Binance SET_PROPERTY: from now on wrap frames, or not."""


class Dialect(ABC):
    """One exchange. All methods are pure but `remember`, which keeps what a later subscriber is greeted with."""

    venue: str
    websocket_hosts: frozenset[str]
    rest_hosts: frozenset[str]

    @abstractmethod
    def endpoint(self, market: str) -> str:
        """The endpoint that serves a market ("perp" or "spot")."""

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
