"""REST calls: the only module that knows httpx. No httpx type leaves it (`httpx2` is the drop-in successor)."""

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING

from feeds.gateway import route, through
from feeds.retry import Failure, stated_wait
from feeds.settings import FeedsSettings

if TYPE_CHECKING:
    import httpx

_MOST_BYTES = 64 * 1024 * 1024
_SECONDS = 20.0  # for each step of a call
_WHOLE_SECONDS = 90.0  # for all of it, so that an answer that trickles in comes to an end


class RestError(Exception):
    """A call that brought no usable answer; `failure` says how it ended."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


class Rest:
    """One client for all calls to one venue."""

    def __init__(self, settings: FeedsSettings) -> None:
        self._settings = settings
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> "Rest":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def ask(self, url: str, body: str | None = None) -> bytes:
        """The answer to a GET, or to a POST of JSON where there is a `body`; raises `RestError` for any but success."""
        import httpx  # 48 ms that a replay or the demo need not pay

        try:
            self._client = self._client or self._open()
            address = route(url, self._settings.network)
            headers = {} if body is None else {"Content-Type": "application/json"}
            call = self._client.stream("GET" if body is None else "POST", address, content=body, headers=headers)
            async with asyncio.timeout(_WHOLE_SECONDS), call as answer:
                payload = await _read(answer, self._settings.network.gateway or url)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise RestError(Failure("address", f"{url} can't be opened: {error}")) from None
        except RestError:
            raise
        except Exception as error:  # the library's boundary: an odd name or port raises more than it documents
            words = str(error) or type(error).__name__
            way = through(self._settings.network)
            raise RestError(Failure("network", f"no answer from {_host(url)}: {words}{way}")) from None
        if answer.status_code != 200:
            raise RestError(
                Failure(
                    "http",
                    f"{_host(url)} answered {answer.status_code}",
                    code=answer.status_code,
                    body=payload[:2000].decode("utf-8", "replace"),
                    retry_after=stated_wait(answer.headers.get("Retry-After")),
                )
            )
        return payload

    def _open(self) -> "httpx.AsyncClient":
        import httpx

        proxy = self._settings.network.proxy or None
        try:
            return httpx.AsyncClient(
                timeout=_SECONDS,
                proxy=proxy,
                trust_env=False,
                follow_redirects=False,
                headers={"User-Agent": "liqtop", "Accept": "application/json"},
            )
        except (ValueError, ImportError) as error:  # a SOCKS proxy needs a package of its own
            raise RestError(Failure("address", f"the configured proxy can't be used: {error}")) from None


async def _read(answer: "httpx.Response", where: str) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in answer.aiter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > _MOST_BYTES:
            raise RestError(Failure("network", f"{where} sent more than {_MOST_BYTES} bytes"))
    return b"".join(chunks)


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0]
