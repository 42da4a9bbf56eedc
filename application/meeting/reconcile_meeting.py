"""Reconciles a booking: makes the provider agree with its desired meeting."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from application.access_tokens import AccessTokens
from application.meeting.acquire_rate_limit import AcquireRateLimit
from application.meeting.line import Line
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.audit.outcome import Outcome
from domain.booking.booking import Booking
from domain.connection.connection import Connection
from domain.connection.token_set import AccessToken
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.answers import Answer
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting, ObservedMeeting
from domain.meeting.reason import Reason
from domain.meeting.steps import Change, Create, Find, Remove, Step, Verify, operation_of
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Meetings
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider_errors import NeedsConsultant, NotYet, TryLater
from domain.providers import Providers

QUEUE_PATIENCE = timedelta(seconds=1.5)
"""How long the worker waits for the rate limit: longer than its pause between two queries for due bookings."""


@dataclass(frozen=True)
class ReconcileMeeting:
    """Rules:

    - The booking decides the next step; this use case carries it out and records the answer.
    - Lease in a short transaction, call with none open, record in another. The step is stored before the call, so
      reconciliation can continue after a crash at any point.
    - The answer is applied to the present booking, which people may have changed during the call.
    - `lease_time` is at least twice the longest call, and a call begins only while half of it is left. No other process
      takes over while a call may still have its effect, even when refreshing the tokens took long.
    - A consultant who connected during a call is not waited for.
    - A call waits for the rate limit only a short time; then the booking is queued.
    - A call about a meeting uses only the account that created the meeting. The account of a create is stored before
      the call.
    """

    begin: Begin
    providers: Providers
    access_tokens: AccessTokens
    rate_limit: AcquireRateLimit
    clock: Clock
    lease_time: timedelta = timedelta(seconds=60)

    def new_lease(self) -> Lease:
        return Lease(uuid4(), self.clock.now() + self.lease_time)

    async def __call__(self, organization_id: UUID, booking_id: UUID, lease: Lease, line: Line | None = None) -> None:
        """Reconciles a leased booking. Does nothing when it is gone or another process holds its lease."""
        line = line or Line()
        with line.leaving():
            await self._reconcile(organization_id, booking_id, lease, line)

    async def _reconcile(self, organization_id: UUID, booking_id: UUID, lease: Lease, line: Line) -> None:
        async with self.begin() as work:
            booking = await work.bookings.to_change(organization_id, booking_id)
            if booking is None:
                return
            now = self.clock.now()
            booking, step, known = await self._begun(work, booking, lease, now)
            await work.bookings.save(booking, now=now)
            await work.commit()
        await self.carry_on(booking, step, lease, known, patience=QUEUE_PATIENCE, line=line)

    async def _begun(
        self, work: UnitOfWork, booking: Booking, lease: Lease, now: datetime
    ) -> tuple[Booking, Step | None, Connection | None]:
        """The next step, and the connection that a create will use."""
        begun, step = booking.begin(lease, now)
        if not isinstance(step, Create):
            return begun, step, None
        meeting = step.meeting
        known = await work.connections.find(meeting.host_in(booking.organization_id))
        return *begun.in_account(step, known.account_key if known else ""), known

    async def carry_on(
        self,
        booking: Booking,
        step: Step | None,
        lease: Lease,
        known: Connection | None = None,
        *,
        patience: timedelta,
        line: Line | None = None,
    ) -> None:
        """Continues from a step that is already leased and stored. `known` is its host's connection, when it was just
        read. `patience` is how long each call may wait for the rate limit; `line` None: a person waits."""
        while step:
            began = self.clock.now()
            step, answer = await self._call(booking.organization_id, step, lease, known, patience, line)
            step, lease, known = await self._record(booking, step, answer, lease, began)

    async def _call(
        self,
        organization_id: UUID,
        step: Step,
        lease: Lease,
        known: Connection | None,
        patience: timedelta,
        line: Line | None,
    ) -> tuple[Step, Answer | ProviderError]:
        """Returns the step as it was carried out, with the account that the call used."""
        meeting, reached = step.meeting, step

        async def call(access: AccessToken) -> Answer:
            nonlocal reached
            _must_reach(step, access)
            reached = replace(step, meeting=meeting.reached_as(access.account))
            if self.clock.now() + self.lease_time / 2 > lease.until:
                raise TryLater(reason=FailureReason.REFRESHING)
            return await _asked(self.providers.serving(meeting.provider).meetings, access, step)

        host = meeting.host_in(organization_id)
        connection = known or await self._connection(host)
        try:
            if connection and connection.token_set:
                await self.rate_limit(connection, step, min(patience, self.lease_time / 4), line)
            answer = await self.access_tokens.use(
                host, call, removing=isinstance(step, Remove | Find), known=connection
            )
        except ProviderError as error:
            return reached, await self.rate_limit.learn(connection, step, error) if connection else error
        return reached, answer

    async def _connection(self, host: Host) -> Connection | None:
        async with self.begin() as work:
            return await work.connections.find(host)

    async def _record(
        self, begun: Booking, step: Step, answer: Answer | ProviderError, lease: Lease, began: datetime
    ) -> tuple[Step | None, Lease, Connection | None]:
        organization_id, booking_id = begun.organization_id, begun.id
        async with self.begin() as work:
            booking = await work.bookings.to_change(organization_id, booking_id)
            now = self.clock.now()
            renewed = Lease(lease.token, now + self.lease_time)
            if booking is None:
                return _undoing(step, answer, now), renewed, None
            answer = await self._not_mended_since(work, organization_id, step, answer, began)
            recorded = booking.record(step, answer, now, by=lease)
            booking, following, known = await self._begun(work, recorded, renewed, now)
            if not isinstance(answer, NotYet):  # nothing has happened
                entry = self._entry(organization_id, booking_id, step, answer, now)
                await work.audit_log.add(entry)
            await work.bookings.save(booking, now=now)
            await work.commit()
            return following, renewed, known

    async def _not_mended_since(
        self, work: UnitOfWork, organization_id: UUID, step: Step, answer: Answer | ProviderError, began: datetime
    ) -> Answer | ProviderError:
        """Connecting clears failures that wait for the consultant. A booking that records such a failure only now would
        miss that, so it retries instead."""
        if not isinstance(answer, NeedsConsultant):
            return answer
        connection = await work.connections.find(step.meeting.host_in(organization_id))
        if connection and _mended(connection, step, answer, since=began):
            return TryLater(reason=FailureReason.RECONNECTED)
        return answer

    def _entry(
        self, organization_id: UUID, booking_id: UUID, step: Step, answer: Answer | ProviderError, now: datetime
    ) -> AuditEntry:
        entry = AuditEntry(
            organization_id, booking_id, now, Action(operation_of(step)), provider=step.meeting.provider,
            host_id=step.meeting.host_id, reason=step.reason,
        )  # fmt: skip
        if isinstance(answer, ProviderError):
            return entry.failed(answer)
        outcome = Outcome.FOUND if isinstance(answer, tuple) else Outcome.DONE
        return replace(entry, outcome=outcome, facts=self._facts(step, answer))

    def _facts(self, step: Step, answer: Answer) -> Facts:
        """The history never contains the link itself."""
        match answer:
            case ObservedMeeting():
                return Facts(differs=answer.differs, link_changed=answer.held.join_link != step.meeting.join_link)
            case tuple():
                return Facts(found=len(answer))
            case _:
                return Facts(title_shortened_to=self._shortened_to(step))

    def _shortened_to(self, step: Step) -> int | None:
        """The length that the provider allows, when the title that was sent is longer."""
        if not isinstance(step, Create | Change) or step.meeting.provider not in self.providers:
            return None
        provider = self.providers[step.meeting.provider]
        details = step.details if isinstance(step, Change) else step.meeting.details
        return provider.longest_title if provider.shortens(details.topic) else None


def _must_reach(step: Step, access: AccessToken) -> None:
    """Raises NeedsConsultant for a meeting in another account. A create stored for another account begins anew."""
    if not isinstance(step, Create):
        step.meeting.must_be_within_reach_of(access.account)
    elif step.meeting.account.is_other_than(access.account):
        raise TryLater(reason=FailureReason.RECONNECTED)


def _mended(connection: Connection, step: Step, need: NeedsConsultant, *, since: datetime) -> bool:
    if need.reason is FailureReason.OTHER_ACCOUNT:
        return connection.usable and not step.meeting.account.is_other_than(connection.account_key)
    return connection.mends(need, since=since)


async def _asked(meetings: Meetings, access: AccessToken, step: Step) -> Answer:
    meeting = step.meeting
    match step:
        case Create():
            return await meetings.create(access, meeting.marker, meeting.details)
        case Find():
            return await meetings.find(access, meeting.marker, meeting.details)
        case Change():
            return await meetings.change(access, meeting.id or "", meeting.marker, step.details)
        case Remove():
            await meetings.remove(access, meeting.id or "")
            return None
        case Verify():
            return await meetings.read(access, meeting.id or "", meeting.details)


def _undoing(step: Step, answer: Answer | ProviderError, now: datetime) -> Remove | None:
    """Removes the meeting of a booking that was erased during the create."""
    if isinstance(step, Create) and isinstance(answer, HeldMeeting):
        return Remove(step.meeting.confirmed(answer, step.meeting.details, now), Reason.UNWANTED)
    return None
