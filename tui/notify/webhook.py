"""A notification as JSON to an address of the user's, tried twice. It may be a secret: only its host is ever told."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    pass

RETRY_SECONDS = 1.0
"""The wait before the second and last try."""
_AGAIN = (429, 500, 502, 503, 504)


def address_problem(address: str, plain_http: bool) -> str | None:
    """What is wrong with a webhook's address; None where nothing is. The sentence doesn't repeat the address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return 'expected an address such as "https://example.org/hook", found no address'
    if parts.scheme not in ("http", "https") or not host:
        return 'expected an address such as "https://example.org/hook", found another'
    if parts.scheme == "http" and not plain_http and not _is_loopback(host):
        return f"expected https for {host}, found http (webhook_plain_http = true permits it)"
    return None


def hidden(address: str) -> str:
    """An address without what may be secret: user, path and query."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "?", f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}/…"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def post(address: str, payload: dict[str, Any], seconds: float, retry_seconds: float = RETRY_SECONDS) -> str:
    """Post once, and once more where that may help; returns what went wrong in one line, "" where nothing did."""
    import httpx  # 48 ms that most runs need not pay

    problem, again = await _try(httpx, address, payload, seconds)
    if again:
        await asyncio.sleep(retry_seconds)
        problem, _ = await _try(httpx, address, payload, seconds)
    return problem and f"webhook alert: {hidden(address)} {problem}"


async def _try(library: Any, address: str, payload: dict[str, Any], seconds: float) -> tuple[str, bool]:
    """One try: what went wrong, and whether another one may help. What the other side says is not read."""
    try:
        async with (
            asyncio.timeout(seconds),
            library.AsyncClient(timeout=seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", address, json=payload, headers={"User-Agent": "liqtop"}) as answer,
        ):
            status = answer.status_code
    except (library.InvalidURL, library.UnsupportedProtocol, ValueError):
        return "is no address that can be opened", False
    except (library.HTTPError, TimeoutError, OSError) as error:
        return f"gave no answer: {type(error).__name__}", True
    if 200 <= status < 300:
        return "", False
    return f"answered {status}", status in _AGAIN
