"""Where an exchange's address really goes: the configured replacement of its host, then the gateway in front of all."""

from urllib.parse import urlsplit, urlunsplit

from feeds.settings import NetworkSettings


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
