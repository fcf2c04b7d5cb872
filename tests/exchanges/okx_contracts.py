"""How many OKX contracts an amount of coins is: linear ones have a size in coins, inverse ones in USD."""

from collections.abc import Iterator, Sequence

from .further_listings import Row


class OkxContracts:
    """The swaps that are listed, with their sizes."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = {str(row["instId"]): row for row in rows}

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def of(self, name: str, coins: float, price: float) -> float:
        """The contracts that so many coins are, at the price; raises KeyError."""
        row = self._rows[name]
        size = float(str(row["ctVal"])) * float(str(row["ctMult"]))
        return (coins * price if row["ctValCcy"] == "USD" else coins) / size
