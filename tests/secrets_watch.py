"""Looks for secrets where they must not be: in any of the forms in which they could have been written down."""

import base64
import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

_LONG, _PART = 100, 32  # who cuts a long secret short has not kept it


def leaked(secrets: Mapping[str, str], texts: Iterable[str]) -> list[str]:
    """`secrets`: each with a name to tell it by. Answers the names of those that some text holds, with its
    surroundings, the secret itself replaced."""
    forms = [(form, name) for secret, name in secrets.items() for form in forms_of(secret)]
    return sorted({_where(text, form, name) for text in texts for form, name in forms if form in text})


def forms_of(secret: str) -> set[str]:
    """As it is or a good part of it, in JSON, in an address, in hexadecimal, and in base64 of either alphabet."""
    raw = secret.encode()
    parts = {secret[at : at + _PART] for at in range(0, len(secret) - _PART + 1, _PART)} if len(secret) > _LONG else {}
    encoded = {base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")}
    return {secret, json.dumps(secret)[1:-1], quote(secret, safe=""), raw.hex(), *encoded, *parts}


def _where(text: str, form: str, name: str) -> str:
    at = text.index(form)
    around = text[max(0, at - 120) : at + len(form) + 60].replace(form, f"<{name}>")
    return f"{name}: …{around}…"


def settings_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """What a deployment's settings hold that nobody may read."""
    named = ("TOKEN_KEYS", "CSRF_SECRET", "ZOOM_CLIENT_SECRET", "ZOOM_WEBHOOK_SECRETS")
    found = {part.strip(): name for name in named for part in environment.get(f"CALENDRA_{name}", "").split(",")}
    client = f"{environment.get('CALENDRA_ZOOM_CLIENT_ID')}:{environment.get('CALENDRA_ZOOM_CLIENT_SECRET')}"
    _, _, rest = environment.get("CALENDRA_DATABASE_URL", "").partition("://")
    password = rest.partition("@")[0].partition(":")[2]
    found |= {client: "Basic pair", password: "database password"}
    return {secret: name for secret, name in found.items() if len(secret) >= 8}
