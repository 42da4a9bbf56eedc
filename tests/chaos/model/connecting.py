"""What people do about connections, here and at the provider."""

from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from adapters.in_memory.provider.meeting_provider import removal_event
from adapters.in_memory.provider.provider_webhook_events import InMemoryWebhookEvents
from adapters.in_memory.provider.provider_world import SCOPES, WRITE
from application.connection.complete_connection import AuthorizationResponse, Connected
from domain.connection.errors import NotConnected, OtherProviderAccount, ProviderAccountTaken
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.errors import CalendraError, Invalid
from domain.meeting.host import Host
from tests.chaos.model.life import Life, Stop, refusal
from tests.chaos.model.practice import ADMINS, BROWSER, CONSULTANTS, Practice
from tests.chaos.model.violation import Violation

EARLIER = timedelta(hours=1)


def connect(practice: Practice, consultant: int, provider: str, user: int, all_scopes: bool, stop: Stop | None) -> Life:
    who = CONSULTANTS[consultant]
    host = Host(who.organization_id, who.id, provider)
    user_id = practice.user(provider, user)
    before = practice.connections()
    scopes = frozenset(scope.name for scope in SCOPES if all_scopes or scope.name != WRITE)
    container, world = practice.site.container, practice.site.worlds[provider]
    redirect = practice.site.place.run(container.connect_provider()(who, BROWSER, provider))
    code = world.approve(redirect.address, user_id, scopes)
    practice.memory.consented.add((host, user_id))
    back = AuthorizationResponse(redirect.address.split("state=")[1].split("&")[0], code)
    work: Coroutine[Any, Any, Connected] = container.complete_connection()(who, BROWSER, provider, back)

    def heard(life: Life) -> None:
        error = refusal(life)
        if life.over and not life.dead and not error:
            if practice.undisturbed(life) and host in before and before[host].account.user_id != user_id:
                raise Violation("let in", f"{who.name}'s meetings are with another account than {user_id}")
            _must_be_connected(practice, host, user_id, disturbed=not practice.undisturbed(life))
            return
        _unsure(practice, host)
        if error and practice.undisturbed(life) and all_scopes and not _failed_there(life):
            taken = any(one != host and (found.provider, found.account.user_id) == (provider, user_id)
                        for one, found in before.items())  # fmt: skip
            other = host in before and before[host].account.user_id != user_id
            reasons: dict[type[CalendraError], bool] = {ProviderAccountTaken: taken, OtherProviderAccount: other}
            practice.must_be_true(reasons.get(type(error), False), error, f"connecting {who.name}")
        elif ((provider, user_id) in life.issued) and not (life.over and all_scopes and not _failed_there(life)):
            practice.site.log.torn.add((provider, user_id))

    return practice.do("connect", work, stop, heard)


def _failed_there(life: Life) -> bool:
    return any(call.error for call in life.calls)


def _must_be_connected(practice: Practice, host: Host, user_id: str, *, disturbed: bool) -> None:
    found = practice.connections().get(host)
    right = found is not None and found.account.user_id == user_id
    if not disturbed and not (right and practice.works(found)):
        raise Violation("stuck", f"{host.provider} was connected and does not work")
    if right and found and found.usable:
        practice.bind(host, user_id)
    else:
        _unsure(practice, host)


def _unsure(practice: Practice, host: Host) -> None:
    """Takes over the present state; the check compares it with what people consented to."""
    found = practice.connections().get(host)
    if found and found.usable:
        practice.bind(host, found.account.user_id)
    else:
        practice.memory.connected.pop(host, None)


def disconnect(
    practice: Practice, consultant: int, provider: str, meetings: MeetingsOnDisconnect, stop: Stop | None
) -> None:
    who = CONSULTANTS[consultant]
    host = Host(who.organization_id, who.id, provider)
    before = practice.connections().get(host)
    if before:
        practice.memory.connected.pop(host, None)
        practice.site.log.torn.add((provider, before.account.user_id))

    def heard(life: Life) -> None:
        if meetings is MeetingsOnDisconnect.REMOVE:
            practice.memory.needs_another(host)
        error = refusal(life)
        if error and practice.undisturbed(life):
            practice.must_be_true(isinstance(error, NotConnected) and before is None, error, "disconnecting")

    work = practice.site.container.disconnect_provider()(who, who.id, provider, meetings)
    practice.do("disconnect", work, stop, heard)


def erase(practice: Practice, consultant: int, links: bool, stop: Stop | None) -> None:
    who = CONSULTANTS[consultant]
    for host, found in practice.connections().items():
        if host.consultant_id == who.id:
            practice.memory.connected.pop(host, None)
            practice.site.log.torn.add((host.provider, found.account.user_id))
    work = practice.site.container.erase_connection()(ADMINS[who.organization_id], who.email, links=links)
    practice.do("erase", work, stop)


# --- at the provider -----------------------------------------------------------------------------------------------


def remove_app(practice: Practice, provider: str, user: int, told: str, stop: Stop | None) -> None:
    """`told`: Calendra gets the event once, twice, never, or with a wrong signature."""
    user_id = practice.user(provider, user)
    world = practice.site.worlds[provider]
    practice.move(timedelta(seconds=1))  # the same person cannot do it twice in one moment
    world.remove_app(user_id)
    practice.site.log.torn.add((provider, user_id))
    for host, known_as in list(practice.memory.connected.items()):
        if (host.provider, known_as) == (provider, user_id):
            del practice.memory.connected[host]
    headers, body = removal_event(practice.site.container.meeting_providers()[provider], world, user_id)
    if told == "unsigned":
        headers["x-event-signature"] = "0" * 64
    for _ in range({"not": 0, "once": 1, "twice": 2, "unsigned": 1}[told]):
        _receive(practice, provider, headers, body, stop)
    if told in ("once", "twice") and stop is None:
        still = [one for one in practice.connections().values() if one.account.user_id == user_id]
        if still and practice.frozen == []:
            raise Violation("untrue", f"{user_id} removed the app and is still kept")


def false_event(practice: Practice, provider: str, user: int, kind: str) -> None:
    """`forged`: a removal that did not happen, signed with another secret. `old`: a true one, from before they
    connected."""
    user_id = practice.user(provider, user)
    held = [one for one in practice.connections().values() if one.account.user_id == user_id]
    at = held[0].connected_at - EARLIER if held and kind == "old" else practice.now
    account_id = practice.site.worlds[provider].people[user_id].account_id
    event = {"event": "removed", "user_id": user_id, "account_id": account_id, "at": at.isoformat()}
    secret = f"{provider}-event-secret" if kind == "old" else "a stranger's secret"
    if held or kind == "forged":
        headers, body = InMemoryWebhookEvents(secret).signed(event, practice.now)
        _receive(practice, provider, headers, body, None)


def _receive(practice: Practice, provider: str, headers: dict[str, str], body: bytes, stop: Stop | None) -> None:
    def heard(life: Life) -> None:
        error: CalendraError | None = refusal(life)
        if error and not isinstance(error, Invalid):
            raise Violation("lost", f"a webhook event was refused: {error!r}")

    practice.do("webhook_event", practice.site.container.receive_webhook_event()(provider, headers, body), stop, heard)
