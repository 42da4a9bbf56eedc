"""Renders the pages for people. Each page says at the top that this is not the real Zoom."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie

_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, cookies: Sequence[Cookie] = (), status: int = 200, **values: Any) -> Response[str]:
    html = _templates.get_template(template).render(**values)
    return Response(html, status_code=status, media_type="text/html", headers=_HEADERS, cookies=list(cookies))
