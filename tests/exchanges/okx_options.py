"""OKX options: instruments, open interest, tickers, and the ratio statistics that are calls per put."""

from collections.abc import Mapping

from .facts import Option
from .faults import Answer
from .marketdata import MarketData
from .numerals import written
from .okx_statistics import answered
from .session import Address

_CONTRACT_COINS = {"BTC": 0.01, "ETH": 0.1}
_STATISTICS = "/api/v5/rubik/stat/option/"


class OkxOptions:
    """Families are named BTC-USD; sizes are contracts, beside them coins."""

    def __init__(self, data: MarketData) -> None:
        self._data = data

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        if address.path.startswith(_STATISTICS):
            return self._statistic(address)
        known = {
            "/api/v5/public/instruments": _instrument,
            "/api/v5/public/open-interest": _open_interest,
            "/api/v5/market/tickers": _ticker,
        }
        if address.path not in known:
            return None
        family = address.parameter("instFamily") or address.parameter("uly")
        coin, _, quote = family.partition("-")
        options = self._data.options.get(("okx", coin), ())
        if not options or quote != "USD":
            return answered([], "51014", "Index doesn't exist.")
        size, now = _CONTRACT_COINS.get(coin, 1.0), str(self._data.clock())
        return answered([{**known[address.path](one, family, size), "ts": now} for one in options])

    def _statistic(self, address: Address) -> Answer | None:
        coin = address.parameter("ccy")
        if ("okx", coin) not in self._data.options:
            return answered([], "51000", "Parameter ccy error")
        hours = 8 if address.parameter("period") in ("", "8H") else 24
        step, now_ms = hours * 3_600_000, self._data.clock()
        stamps = [now_ms // step * step - back * step for back in range(72)]
        match address.path.removeprefix(_STATISTICS):
            case "open-interest-volume-ratio":
                interest, volume = self._data.put_call("okx", coin)
                told = [f"{1 / interest:.6f}", f"{1 / volume:.6f}"]
            case "open-interest-volume":
                options = self._data.options["okx", coin]
                told = [
                    written(sum(one.open_interest for one in options)),
                    written(sum(one.volume or 0.0 for one in options)),
                ]
            case _:
                return None
        return answered([[str(at_ms), *told] for at_ms in stamps])


def _name(option: Option, family: str) -> str:
    return f"{family}-{option.expiry:%y%m%d}-{written(option.strike)}-{option.right}"


def _instrument(option: Option, family: str, size: float) -> Mapping[str, object]:
    coin = family.partition("-")[0]
    return {
        "instId": _name(option, family),
        "instType": "OPTION",
        "instFamily": family,
        "uly": family,
        "ctVal": written(size),
        "ctMult": "1",
        "ctValCcy": coin,
        "settleCcy": coin,
        "optType": option.right,
        "stk": written(option.strike),
        "state": "live",
    }


def _open_interest(option: Option, family: str, size: float) -> Mapping[str, object]:
    return {
        "instId": _name(option, family),
        "instType": "OPTION",
        "oi": written(option.open_interest / size),
        "oiCcy": written(option.open_interest),
        "oiUsd": written(option.open_interest * option.strike),
    }


def _ticker(option: Option, family: str, size: float) -> Mapping[str, object]:
    traded = option.volume or 0.0
    return {
        "instId": _name(option, family),
        "instType": "OPTION",
        "last": "0.01" if traded else "",
        "askPx": "",
        "bidPx": "",
        "vol24h": written(traded / size),
        "volCcy24h": written(traded),
    }
