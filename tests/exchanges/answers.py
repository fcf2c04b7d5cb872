"""What a REST call gets: the exchange's true answer, what a fault puts in its place, or what a fault makes of it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from websockets.datastructures import Headers
from websockets.http11 import Response

from .dialect import Dialect, compact
from .faults import Answer, Blanked, Emptied, FaultBoard, Hang, Truncated
from .journal import Journal, RestLog
from .session import Address

NOT_FOUND = Answer(404, "no such place", content_type="text/plain")


class Answers:
    """Finds the exchange, asks it, applies the fault and notes the call."""

    def __init__(self, dialects: Mapping[str, Dialect], journal: Journal, faults: FaultBoard) -> None:
        self._dialects = dialects
        self._journal = journal
        self._faults = faults

    def to(self, method: str, address: Address, body: str, at_s: float) -> Response | None:
        """The answer to one call; None: it hangs."""
        log = RestLog(address.host, address.path, address.query, at_s, method=method, body=body)
        self._journal.requests.append(log)
        true_answer = self._true_answer(method, address, body)
        if true_answer is None:
            self._journal.strays.append(f"{address.host}{address.path}")
        fault = self._faults.next_rest(log.address)
        if isinstance(fault, Hang):
            self._journal.changed()
            return None
        answer = fault if isinstance(fault, Answer) else _spoiled(true_answer or NOT_FOUND, fault)
        log.status = answer.status
        self._journal.changed()
        return response(answer, fault if isinstance(fault, Truncated) else None)

    def _true_answer(self, method: str, address: Address, body: str) -> Answer | None:
        dialect = next((one for one in self._dialects.values() if address.host in one.rest_hosts), None)
        if dialect is None:
            return None
        return dialect.post(address, body) if method == "POST" else dialect.rest(address)


def response(answer: Answer, cut: Truncated | None = None) -> Response:
    """The answer as HTTP, cut where asked."""
    body = answer.body.encode() if isinstance(answer.body, str) else answer.body
    sent = body if cut is None else body[: int(len(body) * cut.keep)]
    promised = len(body) if cut is not None and cut.promised else len(sent)
    headers = Headers(answer.headers)
    headers["Content-Type"] = answer.content_type
    headers["Content-Length"] = str(promised)
    headers["Connection"] = "close"
    return Response(answer.status, HTTPStatus(answer.status).phrase, headers, sent)


def _spoiled(answer: Answer, fault: object) -> Answer:
    match fault:
        case Emptied():
            return replace(answer, body=compact(_emptied(json.loads(answer.body))))
        case Blanked(fields):
            return replace(answer, body=compact(_blanked(json.loads(answer.body), fields)))
    return answer


def _emptied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _emptied(one) for key, one in value.items()}
    return [] if isinstance(value, list) else value


def _blanked(value: object, fields: tuple[str, ...]) -> object:
    if isinstance(value, dict):
        return {key: "" if key in fields else _blanked(one, fields) for key, one in value.items()}
    return [_blanked(one, fields) for one in value] if isinstance(value, list) else value
