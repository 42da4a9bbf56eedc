"""The OpenAPI document without a running service. The build generates the page's client from it."""

import msgspec

from entrypoints.container import Container, handler_dependencies
from entrypoints.http.app import create_app
from entrypoints.settings import settings_from

# The process opens no connection with these values; they only have to be valid.
_SETTINGS = {
    "CALENDRA_DATABASE_URL": "postgresql://nobody@localhost/nothing",
    "CALENDRA_PUBLIC_ADDRESS": "http://localhost",
    "CALENDRA_TOKEN_KEYS": "A" * 43 + "=",
    "CALENDRA_CSRF_SECRET": "-" * 32,
}


def openapi_document() -> bytes:
    """JSON, identical to the response of /schema/openapi.json."""
    container = Container(settings=settings_from(_SETTINGS))
    app = create_app(container.settings(), handler_dependencies(container), [])
    return msgspec.json.encode(app.openapi_schema.to_schema())
