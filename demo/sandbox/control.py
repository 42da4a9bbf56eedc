"""The control API under /_sandbox: functions for tests and demos that the real Zoom lacks. JSON in, JSON out.

GET    /_sandbox/accounts                       all accounts, with counts
GET    /_sandbox/accounts/{who}                 one; {who} is an e-mail address or user id
PATCH  /_sandbox/accounts/{who}                 plan, use_pmi, needs_admin_approval, may_host, timezone
GET    /_sandbox/accounts/{who}/meetings        ?deleted=true shows deleted ones too
POST   /_sandbox/accounts/{who}/remove-app      as the person would under "Installed apps"
POST   /_sandbox/accounts/{who}/expire-access   {"refresh_too": false}
POST   /_sandbox/accounts/{who}/daily-count     {"count": 99}
POST   /_sandbox/approve                        {"authorize_url", "account", "decision", "scopes"} -> {"location"}
POST   /_sandbox/install                        {"account", "redirect_uri"} -> {"location"}, as from the Marketplace
GET    /_sandbox/meetings/{id}   PATCH, DELETE  as the host would in Zoom itself
GET    /_sandbox/clock           POST           {"advance_seconds": 3600} or {"now": "2027-01-01T00:00:00Z"}
GET    /_sandbox/faults          POST, DELETE   see `faults.Fault`; DELETE /_sandbox/faults/{id} removes one
GET    /_sandbox/webhooks        POST           deliveries; fire one: {"event", "account", "meeting_id", ...}
GET    /_sandbox/requests        DELETE         ?account= &operation=
GET    /_sandbox/counters
GET    /_sandbox/config          PATCH          any setting but `people`; secrets are not shown
POST   /_sandbox/reset
"""

from typing import Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from demo.sandbox import wire
from demo.sandbox.access import AnyRequest
from demo.sandbox.errors import Refusal
from demo.sandbox.faults import ON_THE_WIRE, Fault
from demo.sandbox.reply import read, reply
from demo.sandbox.sandbox import Sandbox

_HIDDEN = ("client_secret", "webhook_secret", "people")


def control_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    return [*_fault_routes(sandbox), *_log_routes(sandbox), *_config_routes(sandbox)]


def _fault_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/_sandbox/faults")
    async def faults() -> Response[bytes]:
        return reply({"faults": sandbox.faults.armed})

    @post("/_sandbox/faults")
    async def add_fault(request: AnyRequest) -> Response[bytes]:
        fault = await read(request, Fault)
        if fault.kind in ON_THE_WIRE and not wire.reachable(request.scope):
            raise Refusal(400, {"problem": f"{fault.kind} needs the sandbox to run as its own process."})
        return reply(sandbox.faults.add(fault), 201)

    @delete("/_sandbox/faults", status_code=200)
    async def clear_faults() -> Response[bytes]:
        sandbox.faults.clear()
        return reply({"faults": []})

    @delete("/_sandbox/faults/{fault_id:int}", status_code=200)
    async def clear_fault(fault_id: FromPath[int]) -> Response[bytes]:
        sandbox.faults.clear(fault_id)
        return reply({"faults": sandbox.faults.armed})

    return [faults, add_fault, clear_faults, clear_fault]


def _log_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/_sandbox/requests")
    async def requests(request: AnyRequest) -> Response[bytes]:
        account = request.query_params.get("account")
        operation = request.query_params.get("operation")
        chosen = [
            noted
            for noted in sandbox.noted
            if account in (None, noted.account) and operation in (None, noted.operation)
        ]
        return reply({"requests": chosen})

    @delete("/_sandbox/requests", status_code=200)
    async def forget_requests() -> Response[bytes]:
        sandbox.noted.clear()
        sandbox.counters.clear()
        return reply({"requests": []})

    @get("/_sandbox/counters")
    async def counters() -> Response[bytes]:
        return reply({"counters": sandbox.counters})

    return [requests, forget_requests, counters]


def _config_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    def shown() -> dict[str, Any]:
        config: dict[str, Any] = msgspec.to_builtins(sandbox.config)
        return {name: value for name, value in config.items() if name not in _HIDDEN}

    @get("/_sandbox/config")
    async def config() -> Response[bytes]:
        return reply(shown())

    @patch("/_sandbox/config")
    async def change_config(request: AnyRequest) -> Response[bytes]:
        changes = await read(request, dict[str, Any])
        if "people" in changes:
            raise Refusal(400, {"problem": "Change people through /_sandbox/accounts."})
        sandbox.change_config(changes)
        return reply(shown())

    @post("/_sandbox/reset")
    async def reset() -> Response[bytes]:
        sandbox.reset()
        return reply({"reset": True})

    return [config, change_config, reset]
