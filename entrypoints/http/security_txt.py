"""Tells finders of vulnerabilities whom to write to."""

from datetime import UTC, datetime, time, timedelta

from litestar import MediaType, get
from litestar.exceptions import NotFoundException

from domain.ports.clock import Clock
from entrypoints.http.injected import Injected
from entrypoints.settings import Settings

_VALID_FOR = timedelta(days=180)  # RFC 9116 recommends less than a year


@get(
    "/.well-known/security.txt",
    media_type=MediaType.TEXT,
    include_in_schema=False,
    opt={"public": True},
)
async def security_txt(settings: Injected[Settings], clock: Injected[Clock]) -> str:
    """As RFC 9116 describes it, with `CALENDRA_SUPPORT_CONTACT`; not found without it."""
    contact = settings.support_contact.strip()
    if not contact:
        raise NotFoundException
    expires = datetime.combine((clock.now() + _VALID_FOR).date(), time(), UTC)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, sl",
        f"Canonical: {settings.public_address}/.well-known/security.txt",
    ]
    return "\n".join([*lines, ""])
