"""Control API: accounts, consent without a browser, and the clock."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Response, get, patch, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import UNSET, UnsetType

from demo.sandbox import consent, removal, tokens
from demo.sandbox.access import AnyRequest
from demo.sandbox.config import Person
from demo.sandbox.limits import Limits
from demo.sandbox.meeting_view import moment
from demo.sandbox.reply import read, reply
from demo.sandbox.sandbox import Sandbox


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a control call. An unknown field is an error of the caller."""


class Approval(Body):
    authorize_url: str
    account: str
    decision: str = "approve"
    scopes: tuple[str, ...] | None = None


class MarketplaceInstall(Body):
    account: str
    redirect_uri: str = ""


class Expiry(Body):
    refresh_too: bool = False


class DailyCount(Body):
    count: int


class ClockMove(Body):
    advance_seconds: float = 0
    now: datetime | None = None


class PersonChange(Body):
    plan: int | UnsetType = UNSET
    use_pmi: bool | UnsetType = UNSET
    needs_admin_approval: bool | UnsetType = UNSET
    may_host: bool | UnsetType = UNSET
    timezone: str | UnsetType = UNSET


def account_routes(sandbox: Sandbox, limits: Limits) -> list[HTTPRouteHandler]:
    def shown(person: Person) -> dict[str, Any]:
        installed = sandbox.world.installs.get(person.user_id)
        own = [meeting for meeting in sandbox.world.meetings.values() if meeting.host == person.user_id]
        view: dict[str, Any] = msgspec.to_builtins(person)
        return view | {
            "installed": installed is not None,
            "installed_at": moment(installed.installed_at) if installed else None,
            "scopes": installed.scopes if installed else (),
            "daily_count": limits.usage(person.user_id).count,
            "meetings": sum(meeting.deleted_at is None for meeting in own),
            "counts": sandbox.tally(person.user_id),
        }

    @get("/_sandbox/accounts")
    async def accounts() -> Response[bytes]:
        return reply({"accounts": [shown(person) for person in sandbox.world.people.values()]})

    @get("/_sandbox/accounts/{who:str}")
    async def account(who: FromPath[str]) -> Response[bytes]:
        return reply(shown(sandbox.person(who)))

    @patch("/_sandbox/accounts/{who:str}")
    async def change_account(request: AnyRequest, who: FromPath[str]) -> Response[bytes]:
        changes = msgspec.to_builtins(await read(request, PersonChange))
        person = msgspec.structs.replace(sandbox.person(who), **changes)
        sandbox.world.people[person.user_id] = person
        sandbox.dirty = True
        return reply(shown(person))

    @post("/_sandbox/accounts/{who:str}/remove-app")
    async def remove_app(who: FromPath[str]) -> Response[bytes]:
        return reply({"removed": removal.remove_app(sandbox, sandbox.person(who).user_id)}, 200)

    @post("/_sandbox/accounts/{who:str}/expire-access")
    async def expire(request: AnyRequest, who: FromPath[str]) -> Response[bytes]:
        how = await read(request, Expiry)
        tokens.expire(sandbox, sandbox.person(who).user_id, refresh_too=how.refresh_too)
        return reply({"expired": True})

    @post("/_sandbox/accounts/{who:str}/daily-count")
    async def daily_count(request: AnyRequest, who: FromPath[str]) -> Response[bytes]:
        wanted, person = await read(request, DailyCount), sandbox.person(who)
        limits.usage(person.user_id).count = wanted.count
        sandbox.dirty = True
        return reply(shown(person))

    return [accounts, account, change_account, remove_app, expire, daily_count]


def consent_control_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    def decided(ask: consent.Ask, account: str, decision: str, scopes: tuple[str, ...] | None) -> Response[bytes]:
        location = consent.decide(sandbox, ask, sandbox.person(account), decision, scopes)
        return reply({"location": location})

    @post("/_sandbox/approve")
    async def approve(request: AnyRequest) -> Response[bytes]:
        wanted = await read(request, Approval)
        try:
            ask = consent.read_ask(sandbox, wanted.authorize_url.partition("?")[2])
            return decided(ask, wanted.account, wanted.decision, wanted.scopes)
        except consent.Unfit as unfit:
            raise consent.unfit_as_refusal(unfit) from unfit

    @post("/_sandbox/install")
    async def install(request: AnyRequest) -> Response[bytes]:
        wanted = await read(request, MarketplaceInstall)
        ask = consent.Ask(wanted.redirect_uri or sandbox.config.redirect_uris[0])
        return decided(ask, wanted.account, "approve", None)

    @get("/_sandbox/clock")
    async def clock() -> Response[bytes]:
        return reply({"now": moment(sandbox.now()), "ahead_seconds": sandbox.world.clock_offset})

    @post("/_sandbox/clock")
    async def move_clock(request: AnyRequest) -> Response[bytes]:
        move = await read(request, ClockMove)
        if move.now is not None:
            sandbox.world.clock_offset = 0.0
            wanted = move.now if move.now.tzinfo else move.now.replace(tzinfo=UTC)
            sandbox.world.clock_offset = wanted.timestamp() - sandbox.now()
        sandbox.world.clock_offset += move.advance_seconds
        sandbox.dirty = True
        sandbox.wake_deliveries()
        return reply({"now": moment(sandbox.now()), "ahead_seconds": sandbox.world.clock_offset})

    return [approve, install, clock, move_clock]
