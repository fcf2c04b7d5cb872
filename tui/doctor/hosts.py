"""The hosts behind an exchange's addresses: whether their names are found and their certificates hold."""

import asyncio
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from feeds.gateway import route
from feeds.settings import NetworkSettings
from tui.doctor.advice import advice_for
from tui.doctor.check import Check

_PORTS = {"https": 443, "wss": 443, "http": 80, "ws": 80, "socks5": 1080, "socks5h": 1080}
_SECURE = ("https", "wss")


@dataclass(frozen=True, slots=True)
class Host:
    """Where a connection goes, and whether TLS is spoken there."""

    name: str
    port: int
    secure: bool


@dataclass(frozen=True, slots=True)
class Met:
    """What came of a host. `fault`: why its name was not found. `refusal`: why TLS failed. `protocol`, `issuer`: of it.

    Without TLS, or where the name was not found, the last three are empty.
    """

    host: Host
    seconds: float
    fault: str = ""
    refusal: str = ""
    protocol: str = ""
    issuer: str = ""


def hosts_of(urls: Iterable[str], network: NetworkSettings) -> list[Host]:
    """The hosts that these addresses of an exchange lead to, each once; none where the way out is the same for all."""
    if network.proxy or network.gateway:
        return []
    return list(dict.fromkeys(_host(route(url, network)) for url in urls))


def way_out(network: NetworkSettings) -> list[Host]:
    """The proxy, or else the gateway, that all traffic goes to; none where it goes straight."""
    address = network.proxy or network.gateway
    return [_host(address)] if address else []


async def meet(hosts: Sequence[Host], seconds: float) -> list[Met]:
    """Look each host up, and shake hands where it speaks TLS; at most so long."""
    return list(await asyncio.gather(*(_meet(host, seconds) for host in hosts)))


def host_checks(group: str, met: Sequence[Met]) -> list[Check]:
    """One line for the names and one for the certificates; a line for each host where something is wrong."""
    lost = [
        Check(group, "name", "failed", f"{one.host.name}: {one.fault}", "an address", advice_for(one.fault))
        for one in met
        if one.fault
    ]
    found = [one for one in met if not one.fault]
    names = ", ".join(one.host.name for one in found)
    took = max((one.seconds for one in found), default=0.0)
    told = [Check(group, "names", "ok", f"{names}: found", seconds=took)] if found else []
    wrong = [_untrusted(group, one) for one in found if one.refusal]
    return [*lost, *told, *wrong, *_trusted(group, found)]


def _trusted(group: str, met: Sequence[Met]) -> list[Check]:
    fine = [one for one in met if one.protocol]
    if not fine:
        return []
    protocols = ", ".join(sorted({one.protocol for one in fine}))
    issuers = ", ".join(sorted({one.issuer for one in fine}))
    return [Check(group, "tls", "ok", f"{protocols}, verified, issued by {issuers}")]


def _untrusted(group: str, one: Met) -> Check:
    found, advice = f"{one.host.name}: {one.refusal}", advice_for(f"TLS {one.refusal}")
    return Check(group, "tls", "failed", found, "a certificate that can be trusted", advice)


def _host(address: str) -> Host:
    parts = urlsplit(address)
    return Host(parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 443), parts.scheme in _SECURE)


async def _meet(host: Host, seconds: float) -> Met:
    begun = time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            await asyncio.get_running_loop().getaddrinfo(host.name, host.port)
    except (OSError, UnicodeError, TimeoutError) as error:
        reason = f"no answer within {seconds:.0f} s" if isinstance(error, TimeoutError) else str(error)
        return Met(host, time.monotonic() - begun, fault=f"can't be resolved: {reason}")
    took = time.monotonic() - begun
    if not host.secure:
        return Met(host, took)
    try:
        async with asyncio.timeout(max(seconds - took, 0.0)):
            protocol, issuer = await _shake_hands(host)
    except TimeoutError:
        return Met(host, took, refusal=f"no TLS handshake within {seconds:.0f} s")
    except ssl.SSLError as error:
        return Met(host, took, refusal=getattr(error, "verify_message", "") or error.reason or str(error))
    except OSError as error:
        return Met(host, took, refusal=error.strerror or str(error))
    return Met(host, took, protocol=protocol, issuer=issuer)


async def _shake_hands(host: Host) -> tuple[str, str]:
    """The protocol and who issued the certificate, which is verified."""
    _, writer = await asyncio.open_connection(host.name, host.port, ssl=ssl.create_default_context())
    try:
        wire = writer.get_extra_info("ssl_object")
        return str(wire.version()), _issuer(writer.get_extra_info("peercert") or {})
    finally:
        writer.transport.abort()


def _issuer(certificate: Mapping[str, Any]) -> str:
    names = {key: value for part in certificate.get("issuer", ()) for key, value in part}
    return str(names.get("organizationName") or names.get("commonName") or "an unnamed authority")
