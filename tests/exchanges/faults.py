"""What can go wrong at an exchange, as data, and the board on which a test hangs the faults it wants."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A plain HTTP answer: what a REST call gets, or a websocket handshake in place of its 101."""

    status: int = 200
    body: str | bytes = ""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Hang:
    """The request is read and never answered."""


@dataclass(frozen=True, slots=True)
class Truncated:
    """The true REST answer, cut. `promised`: its header still promises the whole length, so the transfer breaks."""

    keep: float = 0.5
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Emptied:
    """The true REST answer with nothing in its lists."""


@dataclass(frozen=True, slots=True)
class Blanked:
    """The true REST answer with an empty text in these fields of its objects."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcceptAndClose:
    """The handshake succeeds and the socket is closed at once."""

    code: int = 1000
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AckAndSilent:
    """Subscriptions are acknowledged, pings answered, and no market data ever comes."""


@dataclass(frozen=True, slots=True)
class HalfOpen:
    """The handshake succeeds, then nothing is read or sent and the TCP connection stays up."""


SocketFault = Answer | Hang | AcceptAndClose | AckAndSilent | HalfOpen
RestFault = Answer | Hang | Truncated | Emptied | Blanked

_CLOUDFRONT = (
    "<!DOCTYPE html><HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 ERROR</H1>"
    "The Amazon CloudFront distribution is configured to block access from your country.</BODY></HTML>"
)
EMPTY = Answer()
RESTRICTED = Answer(451, '{"code":0,"msg":"Service unavailable from a restricted location."}')
BLOCK_PAGE = Answer(403, _CLOUDFRONT, content_type="text/html")
RATE_LIMITED = Answer(429, '{"code":-1003,"msg":"Too many requests."}', (("Retry-After", "7"),))
BANNED = Answer(418, '{"code":-1003,"msg":"Way too many requests; IP banned."}', (("Retry-After", "120"),))
BYBIT_TOO_FREQUENT = Answer(403, "access too frequent", content_type="text/plain")
BYBIT_TOO_MANY_VISITS = Answer(
    200,
    '{"retCode":10006,"retMsg":"Too many visits!","result":{},"retExtInfo":{},"time":1700000000000}',
    (("X-Bapi-Limit", "50"), ("X-Bapi-Limit-Status", "0"), ("X-Bapi-Limit-Reset-Timestamp", "1700000001000")),
)
OKX_RATE_LIMITED = Answer(429, '{"code":"50011","data":[],"msg":"Too Many Requests"}')
OKX_RATE_LIMITED_200 = Answer(200, '{"code":"50011","data":[],"msg":"Rate limit reached."}')
HYPERLIQUID_RATE_LIMITED = Answer(429, "null")
HYPERLIQUID_TOO_MANY_CONNECTIONS = Answer(
    429,
    "<html>\r\n<head><title>429 Too Many Requests</title></head>\r\n<body>\r\n<center><h1>429 Too Many Requests</h1>"
    "</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
    content_type="text/html",
)
DERIBIT_RATE_LIMITED = Answer(
    429, '{"jsonrpc":"2.0","error":{"code":10028,"message":"too_many_requests","data":null},"testnet":false}'
)
GATE_RATE_LIMITED = Answer(
    429,
    '{"label":"TOO_MANY_REQUESTS","message":"Request Rate Limit Exceeded"}',
    (
        ("X-Gate-RateLimit-Limit", "200"),
        ("X-Gate-RateLimit-Requests-Remain", "0"),
        ("X-Gate-RateLimit-Reset-Timestamp", "1700000010"),
    ),
)
MAINTENANCE_PAGE = Answer(503, "<html><body><h1>Under maintenance</h1></body></html>", content_type="text/html")

GARBAGE = ("", "\x00\x01\x02", "not json", "[]", "null", "1", '{"a":', '{"data":NaN}', b"\xff\xfe\x80")
"""Frames that are no message of any venue; push them with `verbatim=True`."""


def oversized(size_bytes: int) -> str:
    """A valid JSON frame of at least that size."""
    return '{"padding":"' + "x" * size_bytes + '"}'


class FaultBoard:
    """Which fault the next socket of an endpoint, or the next call of a REST address, will meet."""

    def __init__(self) -> None:
        self._sockets: dict[str, tuple[SocketFault, int | None]] = {}
        self._rest: dict[str, tuple[RestFault, int | None]] = {}

    def hang_socket(self, endpoint: str, fault: SocketFault, times: int | None) -> None:
        """Replace the endpoint's fault; it lasts for so many attempts, None: until cleared."""
        self._sockets[endpoint] = (fault, times)

    def hang_rest(self, address: str, fault: RestFault, times: int | None) -> None:
        """Replace the fault of all addresses that begin so; `address` is HOST/PATH?QUERY#TYPE without a scheme."""
        self._rest[address] = (fault, times)

    def clear(self) -> None:
        """Everything works again for new sockets and calls."""
        self._sockets.clear()
        self._rest.clear()

    def next_socket(self, endpoint: str) -> SocketFault | None:
        """The fault this attempt meets, used up by one."""
        fault, left = self._sockets.get(endpoint, (None, None))
        if fault is None:
            return None
        if left is not None:
            self._sockets[endpoint] = (fault, left - 1)
            if left <= 1:
                del self._sockets[endpoint]
        return fault

    def next_rest(self, address: str) -> RestFault | None:
        """The fault this call meets, used up by one; the longest matching address wins."""
        prefix = max((known for known in self._rest if address.startswith(known)), key=len, default=None)
        if prefix is None:
            return None
        fault, left = self._rest[prefix]
        if left is not None:
            self._rest[prefix] = (fault, left - 1)
            if left <= 1:
                del self._rest[prefix]
        return fault
