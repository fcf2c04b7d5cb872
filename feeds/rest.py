"""REST calls: the only module that knows httpx. No httpx type leaves it (`httpx2` is the drop-in successor)."""

from types import TracebackType
from typing import TYPE_CHECKING

from feeds.gateway import route
from feeds.retry import Failure
from feeds.settings import FeedsSettings

if TYPE_CHECKING:
    import httpx

_MOST_BYTES = 64 * 1024 * 1024
_SECONDS = 20.0


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
        import httpx  # 48 ms that a replay or the demo need not pay

        proxy = self._settings.network.proxy or None
        self._client = httpx.AsyncClient(
            timeout=_SECONDS,
            proxy=proxy,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": "liqtop", "Accept": "application/json"},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def get(self, url: str) -> bytes:
        """The body of a successful answer; raises `RestError` for anything else."""
        import httpx

        if self._client is None:
            raise RuntimeError("Rest is used outside its context")
        try:
            async with self._client.stream("GET", route(url, self._settings.network)) as answer:
                body = await _read(answer, self._settings.network.gateway or url)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise RestError(Failure("address", f"{url} can't be opened: {error}")) from None
        except httpx.HTTPError as error:
            words = str(error) or type(error).__name__
            raise RestError(Failure("network", f"no answer from {_host(url)}: {words}")) from None
        if answer.status_code != 200:
            raise RestError(
                Failure(
                    "http",
                    f"{_host(url)} answered {answer.status_code}",
                    code=answer.status_code,
                    body=body[:2000].decode("utf-8", "replace"),
                    retry_after=_seconds(answer.headers.get("Retry-After")),
                )
            )
        return body


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


def _seconds(text: str | None) -> float | None:
    """The seconds of a Retry-After header; a date or nonsense counts as not stated."""
    if text is None or not text.strip().isdigit():
        return None
    return min(float(text), 3 * 24 * 3600.0)
