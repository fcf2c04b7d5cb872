"""How each metric's history is asked of the tables: by instrument and hour, the last known value or the sum."""

from typing import Literal

Metric = Literal[
    "interest_coins", "interest_usd", "funding_8h", "long_share_accounts", "long_share_top_accounts",
    "long_share_top_positions", "long_liquidations_usd", "short_liquidations_usd", "volume_usd", "net_taker_usd",
]  # fmt: skip

# beside max(), SQLite takes the other columns from the row that has it
_READING = (
    "SELECT max(at_ms) AS at, venue, market, {value} FROM {table} JOIN series ON series = id "
    "WHERE minute >= ?1 / 60000 - 4 AND at_ms >= ?1 AND coin = ?2 AND {value} IS NOT NULL "
    "GROUP BY minute / 60, series ORDER BY at"
)
_RATIO = _READING.replace("GROUP", "AND basis = '{basis}' GROUP").replace("{table}", "ratio")
_HOUR = "{hour} * 3600000 AS hour, venue, market, sum({value}) FROM {table} JOIN series ON series = id "
_LIQUIDATED = (
    "SELECT " + _HOUR.format(hour="at_ms / 3600000", value="notional_usd", table="liquidation")
    + "WHERE at_ms >= ?1 AND coin = ?2 AND short = {short} GROUP BY hour, series ORDER BY hour"
)  # fmt: skip
_TRADED = (
    "SELECT " + _HOUR.format(hour="minute / 60", value="{value}", table="bar")
    + "WHERE minute >= ?1 / 60000 AND coin = ?2 GROUP BY hour, series ORDER BY hour"
)  # fmt: skip
METRICS: dict[Metric, str] = {
    "interest_coins": _READING.format(table="interest", value="coins"),
    "interest_usd": _READING.format(table="interest", value="notional_usd"),
    "funding_8h": _READING.format(table="funding", value="rate * 8 / interval_hours"),
    "long_share_accounts": _RATIO.format(value="long_share", basis="accounts"),
    "long_share_top_accounts": _RATIO.format(value="long_share", basis="top_accounts"),
    "long_share_top_positions": _RATIO.format(value="long_share", basis="top_positions"),
    "long_liquidations_usd": _LIQUIDATED.format(short=0),
    "short_liquidations_usd": _LIQUIDATED.format(short=1),
    "volume_usd": _TRADED.format(value="volume_usd"),
    "net_taker_usd": _TRADED.format(value="net_taker_usd"),
}
