"""The words of the tables people paste, in English, Russian and Chinese, and what each means here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["section", "role", "market", "basis", "place", "trend", "venue", "bound", "unit", "heads", "filler"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a phrase says: of which kind, and what."""

    kind: Kind
    value: str


_TABLE: dict[str, str] = {
    # sections: which table it is
    "section interest": "open interest|oi|открытый интерес|открытого интереса|ои|未平仓合约|未平仓量|未平仓|"
    "持仓量|持仓|合约持仓",
    "section funding": "funding rate|funding rates|funding|fund rate|ставка финансирования|ставки финансирования|"
    "ставка фандинга|фандинг*|финансирование|资金费率|资金费|费率",
    "section crowd": "long/short ratio|long-short ratio|long short ratio|long/short|long / short ratio|l/s ratio|"
    "l/s|ls ratio|longs/shorts|лонг/шорт|лонги/шорты|лонг / шорт|соотношение лонг/шорт|"
    "соотношение лонгов и шортов|多空比|多空持仓人数比|多空人数比|多空账户比|多空账户数比|多空|accounts ratio|"
    "счета лонг/шорт|crowd",
    "section flow": "cvd|cumulative volume delta|taker flow|кумулятивная дельта|дельта объема|дельта|累计成交量差|"
    "主动买卖差|净主动买入",
    "section liquidations": "liquidation*|liquidated|liqs|liq|rekt|ликвидаци*|ликвидировано|爆仓|强平|清算",
    "section ladder": "liquidations by price|liquidation ladder|ladder|ликвидации по цене|лестница ликвидаций|"
    "按价格爆仓",
    "section clusters": "clusters|cluster|кластер*|清算集群",
    "section totals": "totals by venue|totals|24h liquidations|ликвидации за сутки|24小时爆仓",
    "section options": "put/call ratio|put/call|put-call|put call ratio|p/c ratio|puts/calls|пут/колл|看跌/看涨|"
    "看跌看涨比|options|опцион*|期权",
    "section depth": "depth|market depth|order book|orderbook|стакан*|глубина|ликвидность в стакане|深度|盘口",
    "section market": "market|рынок|市场",
    "section checklist": "checklist|чеклист|чек-лист",
    "section feeds": "feeds",
    "section venues": "venues",
    "section trend": "local trend|trend|тренд|趋势",
    "section large": "large trades|whale trades|крупные сделки|大额交易|大单",
    "section cascade": "cascade|каскад",
    "section asymmetry": "asymmetry|асимметрия",
    "section btc": "btc context",
    # roles: what a column or a number is
    "role price": "price|mark price|last price|index price|current price|spot price|цена|цены|курс|价格|最新价|"
    "现价|标记价格",
    "role band": "band|level|levels|price level|price range|уровень|уровни|диапазон|价位|价格区间",
    "role long": "long usd|long|longs|long liq|лонг*|длинные|длинных|покупатели|多头|多单|多仓|做多|多",
    "role short": "short usd|short|shorts|short liq|шорт*|короткие|коротких|продавцы|空头|空单|空仓|做空|空",
    "role change": "change|chg|chg.|изм.|изм|изменение|изменения|динамика|涨跌幅|涨跌|变化|变动|change %|chg%",
    "role ratio": "ratio|соотношение|коэффициент|比率|比例|比值",
    "role rate": "rate|ставка|raw rate",
    "role interval": "interval|every|период|интервал|周期|结算周期|间隔",
    "role yearly": "per year|a year|apr|apy|annualized|annualised|annual|yearly|годовых|в год|годовая|年化|年化率",
    "role next": "next in|next|countdown|next funding|следующая|до выплаты|倒计时|下次",
    "role predicted": "predicted|прогноз|предполагаемая|预测|预估费率|estimated rate",
    "role venue": "exchange|exchanges|venue|биржа|биржи|交易所|平台",
    "role rank": "#|rank|№|no.|排名|序号",
    "role distance": "distance|dist|расстояние|отклонение|距离",
    "role window": "window|timeframe|окно|时间|period",
    "role seen": "seen",
    "role age": "age|last|updated|обновлено|更新|возраст",
    "role side": "side|сторона|方向",
    "role amount": "amount|value|usd|notional|current|текущ*|当前|сумма|объем ликвидаций|总额|金额|total usd",
    "role coins": "coins|in coins|contracts in coins|в монетах|монет|币本位|数量",
    "role share": "share|доля|占比|market share",
    "role volume": "volume|vol|turnover|объем|объем торгов|成交量|成交额|交易量",
    "role cap": "market cap|mcap|капитализация|市值",
    "role oi": "by open interest",
    "role quotient": "bids/asks|bid/ask",
    "role bid": "bids|bid|bid usd|покупка|биды|买盘|买单",
    "role ask": "asks|ask|ask usd|продажа|аски|卖盘|卖单",
    "role z": "z|z-score|zscore",
    "role who": "who|basis",
    "heads accounts": "accounts|счета|аккаунты|账户|人数",
    "heads top_accounts": "top accounts|топ-аккаунты|大户账户",
    "heads top_positions": "top positions|топ-позиции|大户持仓",
    "role text": "what|source|note|item|reason|threshold|percentile|stream|state|evidence|missed|undecodable|trouble|"
    "retry|trend score|"
    "family|adx|score|hit record|strength|x depth|touch 24h|pull share|push bp|swept at|"
    "symbol|pair|coin|монета|пара|币种|交易对",
    # the rest
    "market spot": "spot|спот|спотовый|спота|现货",
    "market perp": "futures|future|perp|perps|perpetual|perpetuals|swap|фьючерс*|перп|перпы|合约|期货|永续",
    "basis estimated": "estimated|estimate|modelled|modeled|model|heatmap|heat map|map|"
    "predicted levels|liquidation levels|оценка|оценочн*|расчетн*|модель|модельн*|карта|тепловая карта|地图|"
    "热力图|预估|估算",
    "basis realised": "realised|realized|measured|executed|actual|history|реализованн*|фактическ*|произошедш*|"
    "已爆仓|已实现|实际|历史",
    "place above": "above|overhead|выше|сверху|над ценой|上方|以上",
    "place below": "below|underneath|ниже|снизу|под ценой|下方|以下",
    "trend rising": "rising|rises|increasing|growing|растет|растут|растущ*|上升|上涨",
    "trend falling": "falling|falls|declining|decreasing|падает|снижается|падающ*|下降|下跌",
    "bound at most": "up to|at most|max|maximum|no more than|<=|≤|<|до|не более|最多|至多",
    "bound at least": "at least|min|more than|over|no less than|>=|≥|>|не менее|более|свыше|至少|超过",
    "bound about": "about|around|approx|approx.|approximately|circa|~|≈|около|примерно|ок.|约|大约",
    "venue binance": "binance|бинанс|币安|bin",
    "venue bybit": "bybit|байбит|byb",
    "venue okx": "okx|okex|окх|欧易",
    "venue htx": "htx|huobi|火币|хуоби",
    "venue gate": "gate.io|gate|gat",
    "venue bitget": "bitget|битгет|bgt",
    "venue bitmex": "bitmex|битмекс|bmx",
    "venue deribit": "deribit|дерибит|der",
    "venue hyperliquid": "hyperliquid|гиперликвид|hyp",
    "venue coinbase": "coinbase|cbs|коинбейс",
    "venue kraken": "kraken",
    "venue bitfinex": "bitfinex",
    "venue kucoin": "kucoin",
    "venue mexc": "mexc",
    "venue dydx": "dydx",
    "venue crypto.com": "crypto.com",
    "venue bingx": "bingx",
    "venue whitebit": "whitebit",
    "venue coinex": "coinex",
    "venue lbank": "lbank",
    "venue cme": "cme",
    "venue aster": "aster",
    "venue lighter": "lighter",
    "venue median": "median|average|avg|mean|медиана|среднее|средняя|平均|中位数",
    "venue all": "all exchanges|all venues|all|total|aggregated|aggregate|все биржи|все|всего|итого|合计|总计|"
    "全部|全网|总和",
    "unit contracts": "contracts|contract|контракт*|контр.|张",
    "unit other": "eur|gbp|rub|cny|jpy|krw|€|£|₽|¥|₩|руб|руб.|рублей|元|人民币",
    "filler filler": "between|from|от|между|从|in|with|per|at|of|the|a|an|and|by|within|for|on|vs|is|are|now|was|"
    "за|на|в|во|и|с|со|по|у|к|usdt|usdc|us$|price of|there|only|also|тоже|сейчас|过去|近|的|和|为|是|在|之间",
}  # fmt: skip
"""Kind and value, then the phrases that say so. A star stands for any ending."""

_FURTHER: dict[str, str] = {
    "liquidation map": "section ladder,basis estimated",
    "liquidation heatmap": "section ladder,basis estimated",
    "liquidation levels": "section ladder,basis estimated",
    "карта ликвидаций": "section ladder,basis estimated",
    "тепловая карта ликвидаций": "section ladder,basis estimated",
    "清算地图": "section ladder,basis estimated",
    "清算热力图": "section ladder,basis estimated",
    "爆仓地图": "section ladder,basis estimated",
    "爆仓热力图": "section ladder,basis estimated",
    "estimated map": "section ladder,basis estimated",
}
"""Phrases that say two things at once."""


def _meanings() -> Iterator[tuple[str, tuple[Meaning, ...]]]:
    for key, phrases in _TABLE.items():
        kind, value = key.split(" ", 1)
        for phrase in phrases.split("|"):
            yield phrase, (Meaning(kind, value),)  # type: ignore[arg-type]  # the keys begin with kinds
    for phrase, said in _FURTHER.items():
        yield phrase, tuple(Meaning(*one.split(" ", 1)) for one in said.split(","))  # type: ignore[arg-type]  # as above


def _pattern(phrase: str) -> str:
    body = re.escape(phrase.removesuffix("*")).replace(r"\ ", r"\s+") + (r"\w*" if phrase.endswith("*") else "")
    first, last = phrase[0], phrase[-1]
    before = r"(?<![^\W_])" if _letter(first) else ""
    after = r"(?![^\W_])" if _letter(last) else ""
    return before + body + after


def _letter(character: str) -> bool:
    return character.isalnum() and not is_ideograph(character)


def is_ideograph(character: str) -> bool:
    """Whether a character is a word by itself, as Chinese is written."""
    return "\u3400" <= character <= "\u9fff"


class Phrase:
    """Phrases that begin with one character, the longest first: a table of some twenty instead of all."""

    __slots__ = ("_pattern", "_said")

    def __init__(self, phrases: Sequence[tuple[str, tuple[Meaning, ...]]]) -> None:
        ordered = sorted(phrases, key=lambda one: -len(one[0]))
        self._pattern = re.compile("|".join(f"({_pattern(phrase)})" for phrase, _ in ordered), re.IGNORECASE)
        self._said = [said for _, said in ordered]

    def at(self, text: str, place: int) -> tuple[int, tuple[Meaning, ...]] | None:
        """Where the longest phrase at a place ends and what it says; None where none is."""
        match = self._pattern.match(text, place)
        return (match.end(), self._said[(match.lastindex or 1) - 1]) if match else None


def _by_first_character() -> dict[str, Phrase]:
    found: dict[str, list[tuple[str, tuple[Meaning, ...]]]] = {}
    for phrase, said in dict(_meanings()).items():
        found.setdefault(phrase[0].lower(), []).append((phrase, said))
    return {first: Phrase(phrases) for first, phrases in found.items()}


_PHRASES = _by_first_character()


def phrase_at(text: str, place: int) -> tuple[int, tuple[Meaning, ...]] | None:
    """Where the longest known phrase at a place of a text ends, and what it says; None where none is."""
    phrases = _PHRASES.get(text[place].lower())
    return phrases.at(text, place) if phrases else None


def phrase_of(text: str) -> tuple[Meaning, ...]:
    """What a text says that is a known phrase from end to end, nothing where it is none."""
    found = phrase_at(text, 0) if text else None
    return found[1] if found and found[0] == len(text) else ()


def venue_named(text: str) -> str:
    """The exchange a text is the name of, as liqtop spells it, "" where it is none we know."""
    said = phrase_of(text.strip())
    return said[0].value if said and said[0].kind == "venue" else ""
