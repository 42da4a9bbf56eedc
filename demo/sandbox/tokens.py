"""Codes and tokens: issues, rotates, checks and ends them."""

import base64
import hashlib
import hmac
import secrets
from typing import Any

import msgspec

from demo.sandbox import errors
from demo.sandbox.config import Person
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import AccessToken, Code, Install, RefreshToken

PRUNE_ABOVE = 2000


def fingerprint(secret: str) -> str:
    """The sandbox stores only this, so a state file contains no usable token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _long_token(kind: str) -> str:
    """Looks like Zoom's: three parts with dots, several hundred characters, opaque."""
    head = base64.urlsafe_b64encode(b'{"alg":"HS512","v":"2.0","use":"sandbox"}').decode().rstrip("=")
    return f"{head}.{kind}{secrets.token_urlsafe(360)}.{secrets.token_urlsafe(64)}"


def new_code(sandbox: Sandbox, code: Code) -> str:
    value, now, world = secrets.token_urlsafe(24), sandbox.now(), sandbox.world
    if len(world.codes) > PRUNE_ABOVE:
        world.codes = {key: kept for key, kept in world.codes.items() if kept.expires_at > now}
    sandbox.world.codes[fingerprint(value)] = code
    sandbox.dirty = True
    return value


def install(sandbox: Sandbox, person: Person, scopes: tuple[str, ...]) -> None:
    known = sandbox.world.installs.get(person.user_id)
    generation = known.generation if known else 0
    sandbox.world.installs[person.user_id] = Install(scopes, sandbox.now(), generation)
    sandbox.tally(person.user_id).authorized += 1
    sandbox.dirty = True


def exchange(sandbox: Sandbox, value: str, redirect_uri: str, verifier: str) -> dict[str, Any]:
    code = sandbox.world.codes.get(fingerprint(value))
    unusable = errors.oauth_refused("invalid_request", f"Invalid authorization code {value}")
    if code is None or code.used or sandbox.now() > code.expires_at or code.user_id not in sandbox.world.installs:
        raise unusable
    if redirect_uri != code.redirect_uri:
        raise errors.oauth_refused("invalid_request", "Redirect URI mismatch.")
    code.used = True
    sandbox.dirty = True
    if not _verified(code, verifier):
        raise errors.oauth_refused("invalid_grant")
    sandbox.world.generation += 1  # ends this person's earlier tokens
    sandbox.world.installs[code.user_id].generation = sandbox.world.generation
    sandbox.world.installs[code.user_id].scopes = code.scopes
    sandbox.tally(code.user_id).exchanged += 1
    return _issue(sandbox, code.user_id, code.scopes)


def _verified(code: Code, verifier: str) -> bool:
    if not code.challenge:
        return True
    if code.method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        verifier = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return hmac.compare_digest(verifier, code.challenge)


def refresh(sandbox: Sandbox, value: str) -> dict[str, Any]:
    token = sandbox.world.refresh.get(fingerprint(value))
    if token is None or not _alive(sandbox, token) or sandbox.now() > token.expires_at:
        raise errors.dead_token()
    if token.used_at is not None and sandbox.now() >= token.used_at + sandbox.config.refresh_grace_seconds:
        raise errors.dead_token()
    if token.app_scopes and set(token.app_scopes) != set(sandbox.config.scopes):
        raise errors.scopes_changed()
    if token.used_at is None:
        token.used_at = sandbox.now()
    sandbox.tally(token.user_id).refreshed += 1
    return _issue(sandbox, token.user_id, token.scopes)


def _alive(sandbox: Sandbox, token: AccessToken | RefreshToken) -> bool:
    installed = sandbox.world.installs.get(token.user_id)
    return installed is not None and installed.generation == token.generation


def _useful(sandbox: Sandbox, token: RefreshToken) -> bool:
    """Ended and used tokens stay for a while, so that the request log can name their user."""
    grace = sandbox.config.refresh_grace_seconds
    fresh = token.used_at is None or sandbox.now() < token.used_at + grace
    return fresh and token.expires_at > sandbox.now() and _alive(sandbox, token)


def _issue(sandbox: Sandbox, user_id: str, scopes: tuple[str, ...]) -> dict[str, Any]:
    world, now, config = sandbox.world, sandbox.now(), sandbox.config
    access, renewal = _long_token("a"), _long_token("r")
    generation = world.installs[user_id].generation
    if len(world.access) > PRUNE_ABOVE:
        world.access = {key: token for key, token in world.access.items() if token.expires_at > now}
    if len(world.refresh) > PRUNE_ABOVE:
        world.refresh = {key: token for key, token in world.refresh.items() if _useful(sandbox, token)}
    world.access[fingerprint(access)] = AccessToken(user_id, generation, scopes, now + config.access_token_seconds)
    world.refresh[fingerprint(renewal)] = RefreshToken(
        user_id, generation, scopes, now + config.refresh_token_days * 86400, app_scopes=config.scopes
    )
    sandbox.dirty = True
    return {
        "access_token": access,
        "token_type": "bearer",
        "refresh_token": renewal,
        "expires_in": config.access_token_seconds,
        "scope": " ".join(scopes),
    }


def access_token(sandbox: Sandbox, value: str) -> AccessToken:
    """The token of a Bearer header, or Zoom's error."""
    token = sandbox.world.access.get(fingerprint(value))
    if token is None or not _alive(sandbox, token):
        raise errors.invalid_access_token()
    if sandbox.now() > token.expires_at:
        raise errors.expired_access_token()
    return token


def owner_of(sandbox: Sandbox, secret: str) -> str:
    """The user id behind any code or token, or an empty text. For the request log and for faults."""
    key = fingerprint(secret)
    world = sandbox.world
    found = world.access.get(key) or world.refresh.get(key) or world.codes.get(key)
    return found.user_id if found else ""


def uninstall(sandbox: Sandbox, user_id: str) -> bool:
    """Ends every token and code of this person. False if the app was not installed."""
    if sandbox.world.installs.pop(user_id, None) is None:
        return False
    for code in sandbox.world.codes.values():
        code.used = code.used or code.user_id == user_id
    sandbox.tally(user_id).uninstalled += 1
    sandbox.dirty = True
    return True


def expire(sandbox: Sandbox, user_id: str, *, refresh_too: bool) -> None:
    long_ago = sandbox.now() - 1
    for key, token in sandbox.world.access.items():
        if token.user_id == user_id:
            sandbox.world.access[key] = msgspec.structs.replace(token, expires_at=long_ago)
    for key, renewal in sandbox.world.refresh.items():
        if refresh_too and renewal.user_id == user_id:
            sandbox.world.refresh[key] = msgspec.structs.replace(renewal, expires_at=long_ago)
    sandbox.dirty = True
