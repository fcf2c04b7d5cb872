"""The map's grid: buckets of equal height in the logarithm of the price, the same for every coin and price."""

from dataclasses import dataclass
from math import exp, floor, log

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BUCKETS = 640
"""Buckets of a map, the price in the middle: 32 % of log distance to each side at ten basis points."""


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """Modelled USD per bucket: bucket k covers prices [exp(k*bucket), exp((k+1)*bucket)), k = first + i.

    `longs`: liquidations of longs, below the price; `shorts`: of shorts, above it. Both arrays have the same length,
    one float64 a bucket.
    """

    first: int
    bucket: float
    longs: Array
    shorts: Array

    def price(self, i: float) -> float:
        """The price where the bucket at place `i` of the arrays begins; i + 0.5 is its middle."""
        return exp((self.first + i) * self.bucket)

    def place(self, price: float) -> int:
        """Where in the arrays the bucket of `price` is; may lie outside of them. `price` must be positive."""
        return bucket_of(price, self.bucket) - self.first


def bucket_of(price: float, bucket: float) -> int:
    """The number k of the bucket that covers `price`, which must be positive."""
    return floor(log(price) / bucket)
