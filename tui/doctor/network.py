"""How the exchanges are reached at all: straight, through a gateway, through a proxy; and what is left unused."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

from feeds.lookups import LookUps
from feeds.settings import NetworkSettings
from tui.doctor.check import Check
from tui.doctor.hosts import host_checks, meet, way_out

GROUP = "network"
_PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


async def way_out_checks(network: NetworkSettings, seconds: float) -> list[Check]:
    """Whether the proxy or the gateway in front of all exchanges is there; nothing where there is none."""
    asyncio.get_running_loop().set_default_executor(LookUps())
    return host_checks(GROUP, await meet(way_out(network), seconds))


def network_checks(network: NetworkSettings, environment: Mapping[str, str]) -> list[Check]:
    """What the settings send traffic through. A password in an address is left out."""
    ways = [
        *([f"gateway {_without_password(network.gateway)}"] if network.gateway else []),
        *([f"proxy {_without_password(network.proxy)}"] if network.proxy else []),
        *(f"{there} in place of {here}" for here, there in network.hosts.items()),
    ]
    way = f"through {', '.join(ways)}" if ways else "straight: no gateway, no proxy"
    checks = [Check(GROUP, "way out", "ok", way)]
    unused = [name for name in _PROXY_VARIABLES if environment.get(name)]
    if unused and not network.proxy:
        found = f"{unused[0]} is set, and liqtop doesn't use it"
        advice = "[network] proxy in the config, where the way out is only through it"
        checks.append(Check(GROUP, "proxy", "warning", found, "the proxy in the config", advice))
    return checks


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
