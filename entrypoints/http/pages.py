"""The few pages that people meet on their way to and from a provider."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import MediaType, Response, get
from litestar.response import Template

TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (TEMPLATES / "pages.css").read_text()


class Field(msgspec.Struct):
    name: str
    kind: str
    label: str = ""
    value: str = ""
    autocomplete: str = "off"


class Form(msgspec.Struct):
    action: str
    button: str
    fields: list[Field] = []


class Link(msgspec.Struct):
    address: str
    text: str


def page(
    title: str,
    paragraphs: list[str],
    *,
    form: Form | None = None,
    links: list[Link] | None = None,
    error: str = "",
    status_code: int = 200,
) -> Template:
    context: dict[str, Any] = {
        "title": title, "paragraphs": paragraphs, "form": form, "links": links or [], "error": error,
    }  # fmt: skip
    return Template("page.html", context=context, status_code=status_code)


def sign_in_link(back_to: str) -> Link:
    return Link(f"/sign-in?{urlencode({'next': back_to})}", "Sign in to Calendra")


@get("/pages.css", include_in_schema=False, opt={"public": True})
async def style() -> Response[str]:
    return Response(_STYLE, media_type=MediaType.CSS, headers={"Cache-Control": "public, max-age=3600"})
