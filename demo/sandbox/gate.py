"""Every request passes the gate: it applies faults, saves the state before the response leaves, and records the
call."""

import asyncio
import secrets
from typing import Any
from urllib.parse import parse_qs

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from demo.sandbox import wire
from demo.sandbox.faults import Fault
from demo.sandbox.meeting_view import moment
from demo.sandbox.sandbox import Noted, Sandbox
from demo.sandbox.spoil import Answer, spoiled
from demo.sandbox.tokens import owner_of

ACCOUNT = "sandbox.account"
_GRANTS = {"authorization_code": "exchange", "refresh_token": "refresh"}
_SECRETS = {"exchange": "code", "refresh": "refresh_token", "revoke": "token"}


class Gate:
    def __init__(self, app: ASGIApp, sandbox: Sandbox) -> None:
        self._app = app
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        operation = scope["route_handler"].opt.get("operation", "")
        if not operation:
            await wire_answer(send, await self._saved(scope, receive))
            return
        if operation in ("token", "revoke"):
            operation, receive = await self._look_into(scope, receive, operation)
        await self._pass(operation, scope, receive, send)

    async def _look_into(self, scope: Any, receive: Receive, operation: str) -> tuple[str, Receive]:
        """Reads the form to find the grant type and its user. The handler receives the same bytes again."""
        body, replay = await _read(receive)
        form = parse_qs(body.decode("latin-1"))
        if operation == "token":
            operation = _GRANTS.get(form.get("grant_type", [""])[0], "exchange")
        user_id = owner_of(self._sandbox, form.get(_SECRETS[operation], [""])[0])
        person = self._sandbox.world.people.get(user_id)
        scope[ACCOUNT] = person.email if person else ""
        return operation, replay

    async def _pass(self, operation: str, scope: Any, receive: Receive, send: Send) -> None:
        sandbox = self._sandbox
        fault = sandbox.faults.take(operation, lambda: self._caller(scope)) if sandbox.faults.armed else None
        if sandbox.config.latency_ms:
            await asyncio.sleep(sandbox.config.latency_ms / 1000)
        if fault:
            # An unread rest of the request would turn every kind of ending into a reset.
            _, receive = await _read(receive)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.delay_ms / 1000)
        answer: Answer = (204, [], b"")
        if fault is None or fault.takes_effect:
            answer = await self._saved(scope, receive)
        if fault is None:
            self._note(operation, scope, answer[0], "")
            await wire_answer(send, answer)
            return
        if fault.kind == "late":
            await asyncio.sleep(fault.delay_ms / 1000)
        answer = spoiled(fault, answer, sandbox.config.daily_limit, operation)
        silent = fault.kind in ("reset", "drop", "hang")
        self._note(operation, scope, None if silent else answer[0], fault.kind)
        await _fail(fault, scope, receive, send, answer)

    async def _saved(self, scope: Scope, receive: Receive) -> Answer:
        """Runs the call and saves the state, so that the caller can rely on the response after a crash."""
        start: Any = None
        body = b""

        async def keep(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body += message["body"]

        await self._app(scope, receive, keep)
        self._sandbox.save_if_changed()
        if start is None:
            raise RuntimeError("the handler gave no answer")
        return start["status"], list(start["headers"]), body

    def _caller(self, scope: Any) -> tuple[str, str]:
        email = scope.get(ACCOUNT)
        if email is None:
            header = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
            person = self._sandbox.world.people.get(owner_of(self._sandbox, header.partition(" ")[2].strip()))
            email = person.email if person else ""
        known = next((p for p in self._sandbox.world.people.values() if p.email == email), None)
        return (email, known.user_id) if known else (email, "")

    def _note(self, operation: str, scope: Any, status: int | None, fault: str) -> None:
        sandbox = self._sandbox
        sandbox.counters[operation] = sandbox.counters.get(operation, 0) + 1
        account = scope.get(ACCOUNT) or (self._caller(scope)[0] if fault else "")
        at = moment(sandbox.now())
        sandbox.noted.append(Noted(at, scope["method"], scope["path"], operation, account, status, fault))


async def wire_answer(send: Send, answer: Answer) -> None:
    tracking = f"SBX_{secrets.token_hex(16)}".encode()
    await wire.answer_with(send, (answer[0], [*answer[1], (b"x-zm-trackingid", tracking)], answer[2]))


async def _fail(fault: Fault, scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    if fault.kind == "reset":
        await wire.reset(scope, receive)
    elif fault.kind == "drop":
        await wire.drop(scope, receive)
    elif fault.kind == "hang":
        await wire.hang(scope, receive, fault.delay_ms)
    elif fault.kind == "cut_off":
        await wire.cut_off(scope, receive, send, answer)
    elif fault.kind == "drip":
        await wire.drip(send, answer, fault.delay_ms)
    else:
        await wire_answer(send, answer)


async def _read(receive: Receive) -> tuple[bytes, Receive]:
    body, more = b"", True
    while more:
        message: Any = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    given = False

    async def replay() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return body, replay
