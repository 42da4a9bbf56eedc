"""Records security events with the request during which they happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import SecurityEvent


@dataclass(frozen=True, slots=True)
class RequestContext:
    network: str | None = None
    request_id: str | None = None


_OUTSIDE = RequestContext()
_CURRENT: ContextVar[RequestContext] = ContextVar("request", default=_OUTSIDE)


@contextmanager
def during(context: RequestContext) -> Iterator[None]:
    """The events recorded within this block happen during this request."""
    before = _CURRENT.set(context)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def in_request(event: SecurityEvent) -> SecurityEvent:
    """The event with the network and the id of the present request."""
    context = _CURRENT.get()
    return event.during(context.network, context.request_id)


async def record(work: UnitOfWork, event: SecurityEvent) -> None:
    """Stores the event with the unit of work: it exists exactly if the change that it describes does."""
    await work.security_log.add(in_request(event))


async def record_alone(begin: Begin, event: SecurityEvent) -> None:
    """For events that change nothing else, such as a refusal."""
    async with begin() as work:
        await record(work, event)
        await work.commit()
