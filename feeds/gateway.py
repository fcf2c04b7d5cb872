"""Where an exchange's address really goes: the configured replacement of its host, then the gateway in front of all."""

import json
from importlib.util import find_spec
from urllib.parse import urlsplit, urlunsplit

from feeds.settings import NetworkSettings

_SOCKS = ("python_socks", "socksio")
"""What a SOCKS proxy needs: the first for sockets, the second for REST."""


def network_problem(key: str, value: str) -> str | None:
    """What is wrong with `[network]` `key`: gateway, proxy, or a host that stands in for one; None where nothing is."""
    if key == "gateway":
        example = "http://127.0.0.1:9000"
        return None if not value or _is_address(value, "http", "https") else _expected(example, value)
    if key == "proxy":
        if not value or _is_address(value, "http", "https"):
            return None
        if not _is_address(value, "socks5", "socks5h"):
            return _expected("http://127.0.0.1:8080", value)
        missing = [name.replace("_", "-") for name in _SOCKS if find_spec(name) is None]
        return f"a SOCKS proxy needs {' and '.join(missing)} installed beside liqtop" if missing else None
    return None if _is_address(f"https://{value}", "https") and "/" not in value else _expected("eea.okx.com", value)


def _expected(example: str, found: str) -> str:
    return f'expected an address such as "{example}", found {json.dumps(found)}'


def _is_address(address: str, *schemes: str) -> bool:
    """Whether the address names a host, and a port if any, that a socket could be opened to."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        return False
    plain = host.isprintable() and not any(character.isspace() for character in address)
    return parts.scheme in schemes and host != "" and port != 0 and plain and not (parts.query or parts.fragment)


def route(url: str, settings: NetworkSettings) -> str:
    """The address to open for an exchange's `url`.

    With a gateway, `wss://HOST/PATH?QUERY` becomes `ws://GATEWAY/HOST/PATH?QUERY` (`wss` where the gateway is https).
    """
    parts = urlsplit(url)
    host = settings.hosts.get(parts.netloc, parts.netloc)
    if not settings.gateway:
        return urlunsplit(parts._replace(netloc=host))
    gate = urlsplit(settings.gateway)
    secure = gate.scheme in ("https", "wss")
    scheme = {True: "wss", False: "ws"}[secure] if parts.scheme == "wss" else {True: "https", False: "http"}[secure]
    path = f"{gate.path.rstrip('/')}/{host}{parts.path}"
    return urlunsplit((scheme, gate.netloc, path, parts.query, ""))


def through(settings: NetworkSettings) -> str:
    """Behind what failed: the gateway that it went through, which may be what is wrong; nothing without one."""
    place = settings.gateway.partition("//")[2].rstrip("/") or settings.gateway  # it may be no address at all
    return f" (through the gateway {place})" if place else ""
