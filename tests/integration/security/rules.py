"""Who may do what: one rule for each route and method, with the exact answer that each kind of person gets.

The object in the address belongs to Ana, a consultant. `colleague` is a consultant of her practice, `admin` its admin,
`elsewhere` and `boss_elsewhere` a consultant and an admin of another practice, `stranger` is not signed in.
"""

from dataclasses import astuple, dataclass, fields, replace
from typing import Any

PEOPLE = ("stranger", "own", "colleague", "admin", "elsewhere", "boss_elsewhere")
OF_ANOTHER_PRACTICE = ("elsewhere", "boss_elsewhere")


@dataclass(frozen=True)
class Statuses:
    stranger: int
    own: int
    colleague: int
    admin: int
    elsewhere: int
    boss_elsewhere: int


@dataclass(frozen=True)
class Rule:
    """`body` and `query` may name Ana's things in braces, as the path does."""

    statuses: Statuses
    body: Any = None
    query: str = ""
    link: bool = False  # the holder of the link may change what it is for

    def asking(self, body: Any = None, query: str = "") -> "Rule":
        return replace(self, body=body, query=query)

    def status(self, who: str) -> int:
        return int(dict(zip((field.name for field in fields(Statuses)), astuple(self.statuses), strict=True))[who])


def everybody(status: int) -> Rule:
    return Rule(Statuses(*[status] * 6))


def holder_of_the_link(status: int) -> Rule:
    return replace(everybody(status), link=True)


def logged_in(status: int) -> Rule:
    """About oneself or one's own practice."""
    return Rule(Statuses(401, *[status] * 5))


def consultant_or_admin(status: int) -> Rule:
    """For all other people it does not exist."""
    return Rule(Statuses(401, status, 404, status, 404, 404))


def of_the_practice(status: int) -> Rule:
    """Shared by all consultants and admins of the practice; elsewhere it does not exist."""
    return Rule(Statuses(401, status, status, status, 404, 404))


def admins(status: int, *, elsewhere: int = 404) -> Rule:
    """`elsewhere`: the answer to another practice's admin."""
    return Rule(Statuses(401, 403, 403, status, 403, elsewhere))


def only_own(status: int, *, refused: int) -> Rule:
    return Rule(Statuses(401, status, *[refused] * 4))


SLOT = {"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-01T09:50:00Z", "zone": "Europe/Ljubljana"}
FORM = {"consultant_id": "{consultant_id}", "client_ids": ["{client_id}"], **SLOT}
RANGE = "start=2027-01-01T00:00:00Z&until=2027-12-31T00:00:00Z"

RULES: dict[str, Rule] = {
    "GET /api/bookings": logged_in(200).asking(query=RANGE),
    "POST /api/bookings": Rule(Statuses(401, 201, 422, 201, 422, 422)).asking(FORM),
    "GET /api/bookings/{booking_id}": consultant_or_admin(200),
    "PATCH /api/bookings/{booking_id}": consultant_or_admin(200).asking({"title": "Changed"}),
    "DELETE /api/bookings/{booking_id}": consultant_or_admin(204),
    "POST /api/bookings/{booking_id}/cancel": consultant_or_admin(200),
    "POST /api/bookings/{booking_id}/restore": consultant_or_admin(200),
    "POST /api/bookings/{booking_id}/link-change/acknowledge": consultant_or_admin(200).asking(
        {"changed_at": "2027-03-01T08:00:00Z"}
    ),
    "GET /api/bookings/{booking_id}/history": consultant_or_admin(200),
    # Only consultants connect, and only themselves: this one comes back to Ana's draft.
    "POST /api/connections/{provider}": only_own(200, refused=404).asking({"draft_id": "{draft_id}"}),
    "POST /api/connections/{provider}/callback": only_own(200, refused=400).asking(
        {"state": "{state}", "code": "{code}"}
    ),
    "GET /api/connections/{provider}/{consultant_id}/preview": consultant_or_admin(200),
    "DELETE /api/connections/{provider}/{consultant_id}": consultant_or_admin(200),
    "POST /api/connections/{provider}/{consultant_id}/links": admins(201),
    "GET /api/connections/links/{token}": only_own(200, refused=410),
    "POST /api/connections/links/{token}": only_own(200, refused=410),
    "GET /api/drafts": logged_in(200),
    "GET /api/drafts/{draft_id}": only_own(200, refused=404),
    # Drafts are kept per person: the same id is another draft for another person.
    "PUT /api/drafts/{draft_id}": logged_in(200).asking({"form": {"title": "Mine"}}),
    "DELETE /api/drafts/{draft_id}": logged_in(204),
    "POST /api/login": everybody(201).asking({"email": "{email}", "password": "{password}"}),
    # There is no such pending login.
    "POST /api/login/second-step": everybody(410).asking({"token": "{founding_token}", "code": "123456"}),
    "POST /api/login/passkey/options": everybody(201),
    # Nothing was signed.
    "POST /api/login/passkey": everybody(401).asking({"credential": {}}),
    "POST /api/login/confirmation/passkey/options": logged_in(201),
    "POST /api/login/confirmation/passkey": logged_in(401).asking({"credential": {}}),
    "DELETE /api/login": logged_in(204),
    "DELETE /api/login/others": logged_in(200),
    "POST /api/login/confirmation": logged_in(204).asking({"password": "{password}"}),
    # The holder of the sign-in link learns the practice's name.
    "GET /api/sign-in/{organization_id}": everybody(200),
    "POST /api/sign-in/{organization_id}": everybody(200),
    # In none of these browsers a sign-in has begun.
    "POST /api/sign-in/{organization_id}/callback": everybody(410).asking({"state": "{state}", "code": "{code}"}),
    "POST /api/login/confirmation/provider": logged_in(200),
    "POST /api/login/confirmation/provider/callback": logged_in(410).asking({"state": "{state}", "code": "{code}"}),
    "GET /api/practice/single-sign-on": admins(200, elsewhere=200),
    "PUT /api/practice/single-sign-on": admins(200, elsewhere=200).asking(
        {
            "issuer": "https://other.example.com",
            "client_id": "us",
            "client_secret": "another",
            "domains": ["example.com"],
            "required": False,
            "break_glass": [],
        }
    ),
    "DELETE /api/practice/single-sign-on": admins(204, elsewhere=204),
    "DELETE /api/practice/single-sign-on/links/{person_id}": admins(204),
    "GET /api/login/sessions": logged_in(200),
    "GET /api/login/remaining": logged_in(200),
    "POST /api/login/sessions/acknowledge": logged_in(204),
    "DELETE /api/login/sessions/{login_id}": only_own(204, refused=404),
    "GET /api/me": logged_in(200),
    "PATCH /api/me": logged_in(200).asking({"language": "sl"}),
    "PUT /api/me/password": logged_in(204).asking({"old": "{password}", "new": "another password"}),
    "GET /api/me/second-factor": logged_in(200),
    # No app is being set up yet, and without a second factor there are no recovery codes.
    "POST /api/me/second-factor/app/confirmation": logged_in(409).asking({"code": "123456"}),
    "POST /api/me/second-factor/app": logged_in(201),
    "DELETE /api/me/second-factor/app": logged_in(204),
    "POST /api/me/second-factor/recovery-codes": logged_in(409),
    "POST /api/me/second-factor/passkeys/options": logged_in(201),
    "POST /api/me/second-factor/passkeys": logged_in(401).asking({"credential": {}, "name": "Phone"}),
    # Nobody has this passkey: with a real one, Ana would not sign in with the password alone.
    "DELETE /api/me/second-factor/passkeys/{passkey_id}": logged_in(404),
    "GET /api/people": admins(200, elsewhere=200),
    "PUT /api/people/{person_id}/roles": admins(200).asking({"roles": ["admin", "consultant"]}),
    "GET /api/people/{person_id}/ending": admins(200),
    "POST /api/people/{person_id}/end": admins(200).asking({"meetings": "keep"}),
    "POST /api/people/{person_id}/restore": admins(200),
    "POST /api/people/{former_id}/erasure": admins(201),
    "POST /api/people/{person_id}/reset-link": admins(201),
    "DELETE /api/people/{person_id}/reset-link": admins(204),
    "DELETE /api/people/{person_id}/second-factor": admins(200),
    # The holder of the link is the person.
    "POST /api/reset-links/look": everybody(200).asking({"token": "{reset_token}"}),
    "POST /api/reset-links/use": holder_of_the_link(201).asking(
        {"token": "{reset_token}", "password": "another password for tests"}
    ),
    "GET /api/invitations": admins(200, elsewhere=200),
    "POST /api/invitations": admins(201, elsewhere=201).asking(
        {"name": "New", "email": "new@example.com", "roles": ["consultant"]}
    ),
    "POST /api/invitations/{invitation_id}/link": admins(201),
    "DELETE /api/invitations/{invitation_id}": admins(204),
    # The holder of the link is the invited person.
    "POST /api/invitations/look": everybody(200).asking({"token": "{invitation_token}"}),
    "POST /api/invitations/accept": holder_of_the_link(201).asking(
        {"token": "{invitation_token}", "name": "Dora", "password": "a first password"}
    ),
    "POST /api/foundings/look": everybody(200).asking({"token": "{founding_token}"}),
    "POST /api/foundings": everybody(201).asking(
        {
            "token": "{founding_token}",
            "practice": "New",
            "zone": "Europe/Ljubljana",
            "language": "en",
            "name": "New",
            "email": "{founder}",
            "password": "a first password",
        }
    ),
    "PATCH /api/practice": admins(200, elsewhere=200).asking({"name": "Another name"}),
    # The admin of the rules has no second factor, and must set one up first.
    "PUT /api/practice/second-factor": admins(403, elsewhere=403).asking({"required": True}),
    "PUT /api/practice/idle-time": admins(200, elsewhere=200).asking({"minutes": 60}),
    "GET /api/practice/history": admins(200, elsewhere=200),
    "GET /api/practice/first-steps": admins(200, elsewhere=200),
    "GET /api/security-log": admins(200, elsewhere=200),
    "GET /api/security-log/export": admins(200, elsewhere=200),
    "GET /api/demo/people": everybody(200),
    "GET /api/clients": logged_in(200),
    "POST /api/clients": logged_in(201).asking({"name": "New", "email": "new@example.org"}),
    "GET /api/clients/page": logged_in(200),
    "GET /api/clients/{client_id}": of_the_practice(200),
    "PATCH /api/clients/{client_id}": of_the_practice(200).asking({"name": "Corrected"}),
    "POST /api/clients/{client_id}/archive": of_the_practice(200),
    "POST /api/clients/{client_id}/restore": of_the_practice(200),
    "GET /api/clients/{client_id}/sessions": of_the_practice(200),
    "GET /api/clients/{client_id}/history": of_the_practice(200),
    "GET /api/clients/{client_id}/notes": of_the_practice(200),
    "POST /api/clients/{client_id}/notes": of_the_practice(201).asking({"day": "2026-03-02", "text": "A call."}),
    "DELETE /api/clients/{client_id}/notes/{note_id}": consultant_or_admin(204),
    "GET /api/clients/{client_id}/merge": admins(200).asking(query="other_id={other_client_id}"),
    "POST /api/clients/{client_id}/merge": admins(200).asking({"other_id": "{other_client_id}"}),
    "GET /api/clients/{client_id}/export": admins(200),
    "GET /api/clients/{client_id}/erasure": admins(200),
    "POST /api/clients/{client_id}/erasure": admins(201).asking({"end_coming": True}),
    "GET /api/consultants": logged_in(200),
    "GET /api/consultants/{consultant_id}/history": consultant_or_admin(200),
    "POST /api/erasures": admins(201).asking({"email": "{email}", "links": True}),
    "GET /api/erasures": admins(200, elsewhere=200),
    "GET /api/erasures/{receipt_id}": admins(200),
    "GET /api/events": logged_in(200),
    "GET /api/help": everybody(200),
    "GET /api/help/{provider}": everybody(200),
    # The provider has to sign it, whichever client sends it; this one is not signed.
    "POST /webhooks/{provider}": everybody(422).asking({"event": "app_deauthorized"}),
    "GET /health/live": everybody(200),
    "GET /health/ready": everybody(200),
    "GET /.well-known/security.txt": everybody(404),  # these sites have no contact
    # The page is the same for all; its data comes from the routes above.
    "GET /": everybody(200),
    "GET /sign-in": everybody(200),
    "GET /sign-in/{practice}": everybody(200),
    "GET /sign-in/{practice}/callback": everybody(200),
    "GET /sessions": everybody(200),
    "GET /clients": everybody(200),
    "GET /clients/{client_id}": everybody(200),
    "GET /connections": everybody(200),
    "GET /practice": everybody(200),
    "GET /practice/security-log": everybody(200),
    "GET /join": everybody(200),
    "GET /start": everybody(200),
    "GET /reset": everybody(200),
    "GET /help": everybody(200),
    "GET /help/{provider}": everybody(200),
    "GET /connect/{token}": everybody(200),
    "GET /connect-provider/{provider}": everybody(200),
    "GET /oauth/{provider}/callback": everybody(200),
    "GET /{elsewhere}": everybody(404),
    "GET /manifest.webmanifest": everybody(200),
    "GET /service-worker.js": everybody(200),
    "GET /assets/{name}": everybody(200),
    "GET /schema": everybody(200),
    "GET /schema/openapi.json": everybody(200),
    "GET /schema/{path}": everybody(404),
}
