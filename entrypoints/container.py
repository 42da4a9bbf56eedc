"""The composition root: binds ports to adapters and builds each use case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

from adapters.system.argon2_passwords import Argon2Passwords
from adapters.system.system_clock import SystemClock
from application.accounts.accept_invitation import AcceptInvitation
from application.accounts.add_people import AddPeople
from application.accounts.change_password import ChangePassword
from application.accounts.change_practice import ChangePractice
from application.accounts.change_preferences import ChangePreferences
from application.accounts.change_roles import ChangeRoles
from application.accounts.check_password import CheckPassword
from application.accounts.find_practice import FindPractice
from application.accounts.found_practice import FoundPractice
from application.accounts.invite_colleague import InviteColleague
from application.accounts.link_throttle import LinkThrottle
from application.accounts.log_in import LogIn
from application.accounts.show_first_steps import ShowFirstSteps
from application.booking.acknowledge_link_change import AcknowledgeLinkChange
from application.booking.booking_preconditions import BookingPreconditions
from application.booking.close_booking import CloseBooking
from application.booking.create_booking import CreateBooking
from application.booking.edit_booking import EditBooking
from application.booking.list_bookings import ListBookings
from application.booking.restore_booking import RestoreBooking
from application.booking.save_draft import SaveDraft
from application.check_readiness import CheckReadiness
from application.clean_up import CleanUp
from application.clients.add_search_keys import AddSearchKeys
from application.clients.erase_client import EraseClient
from application.clients.export_client import ExportClient
from application.clients.find_mentions import FindMentions
from application.clients.keep_contact_notes import KeepContactNotes
from application.clients.manage_clients import ManageClients
from application.clients.merge_clients import MergeClients
from application.connection.access_tokens import AccessTokens
from application.connection.apply_deauthorization import ApplyDeauthorization
from application.connection.bind_connection import BindConnection
from application.connection.complete_connection import CompleteConnection
from application.connection.connect_provider import ConnectProvider
from application.connection.disconnect_provider import DisconnectProvider
from application.connection.erase_connection import EraseConnection
from application.connection.finish_disconnecting import FinishDisconnecting
from application.connection.invite_to_connect import InviteToConnect
from application.connection.keep_connections_alive import KeepConnectionsAlive
from application.connection.record_unverified_removal import RecordUnverifiedRemoval
from application.connection.show_connections import ShowConnections
from application.connection.verify_removals import VerifyRemovals
from application.meeting.acquire_rate_limit import AcquireRateLimit
from application.meeting.mark_meeting_stale import MarkMeetingStale
from application.meeting.reconcile_due import ReconcileDue
from application.meeting.reconcile_meeting import ReconcileMeeting
from application.meeting.reconcile_promptly import ReconcilePromptly
from application.meeting.remove_orphan import RemoveOrphan
from application.meeting.sweep_orphans import SweepOrphans
from application.receive_webhook_event import ReceiveWebhookEvent
from application.secret import DerivedSecrets
from entrypoints.meeting_providers import ProviderClients, configured_providers
from entrypoints.postgres_storage import postgres_storage
from entrypoints.settings import Settings

Once = providers.Singleton


class Container(containers.DeclarativeContainer):
    """Creates each part once per process, on first use. Tests pass other parts as constructor arguments."""

    settings: providers.Dependency[Settings] = providers.Dependency(instance_of=Settings)

    clock = Once(SystemClock)
    passwords = Once(Argon2Passwords)
    storage = Once(postgres_storage, settings)
    begin = storage.provided.begin
    changes = storage.provided.changes

    clients = Once(ProviderClients)
    meeting_providers = Once(configured_providers, settings, clients, clock)

    lease_time = Once(timedelta, seconds=settings.provided.reconcile_lease)
    access_tokens = Once(AccessTokens, begin, meeting_providers, clock, lease_time=lease_time)
    acquire_rate_limit = Once(AcquireRateLimit, storage.provided.rate_limiter, meeting_providers, clock)
    reconcile_meeting = Once(
        ReconcileMeeting, begin, meeting_providers, access_tokens, acquire_rate_limit, clock, lease_time=lease_time
    )
    reconcile_promptly = Once(
        ReconcilePromptly, reconcile_meeting, Once(timedelta, seconds=settings.provided.reconcile_patience)
    )
    reconcile_due = Once(ReconcileDue, begin, reconcile_meeting, clock, settings.provided.worker_at_once)

    booking_preconditions = Once(BookingPreconditions, meeting_providers)
    create_booking = Once(CreateBooking, begin, booking_preconditions, reconcile_promptly, clock)
    edit_booking = Once(EditBooking, begin, booking_preconditions, reconcile_promptly, clock)
    close_booking = Once(CloseBooking, begin, reconcile_promptly, clock)
    restore_booking = Once(RestoreBooking, begin, booking_preconditions, reconcile_promptly, clock)
    acknowledge_link_change = Once(AcknowledgeLinkChange, begin, clock)
    list_bookings = Once(ListBookings, begin, storage.provided.views, clock)

    connect_provider = Once(ConnectProvider, begin, meeting_providers, clock)
    bind_connection = Once(BindConnection, begin, access_tokens, acquire_rate_limit, clock)
    complete_connection = Once(CompleteConnection, begin, meeting_providers, bind_connection, clock)
    derived_secrets = Once(DerivedSecrets, settings.provided.csrf_secret)
    invite_to_connect = Once(InviteToConnect, begin, meeting_providers, connect_provider, derived_secrets, clock)
    show_connections = Once(ShowConnections, begin, storage.provided.views, meeting_providers, clock)
    finish_disconnecting = Once(FinishDisconnecting, begin, meeting_providers, access_tokens, clock)
    disconnect_provider = Once(
        DisconnectProvider, begin, meeting_providers, reconcile_promptly, finish_disconnecting, clock
    )
    apply_deauthorization = Once(ApplyDeauthorization, clock)
    record_unverified_removal = Once(RecordUnverifiedRemoval, begin, clock)
    mark_meeting_stale = Once(MarkMeetingStale, clock)
    receive_webhook_event = Once(
        ReceiveWebhookEvent,
        begin,
        meeting_providers,
        apply_deauthorization,
        record_unverified_removal,
        mark_meeting_stale,
        clock,
    )
    verify_removals = Once(VerifyRemovals, begin, meeting_providers, access_tokens, apply_deauthorization, clock)
    erase_connection = Once(EraseConnection, begin, meeting_providers, access_tokens, clock)
    keep_connections_alive = Once(KeepConnectionsAlive, begin, access_tokens, clock)
    remove_orphan = Once(RemoveOrphan, begin, meeting_providers, access_tokens, clock)
    sweep_orphans = Once(SweepOrphans, begin, meeting_providers, access_tokens, remove_orphan, clock)

    check_password = Once(CheckPassword, begin, passwords, clock)
    log_in = Once(LogIn, begin, passwords, check_password, storage.provided.login_sessions, clock)
    add_people = Once(AddPeople, begin, passwords)
    link_throttle = Once(LinkThrottle, begin, clock)
    invite_colleague = Once(InviteColleague, begin, derived_secrets, clock)
    accept_invitation = Once(AcceptInvitation, begin, passwords, log_in, link_throttle, clock)
    found_practice = Once(FoundPractice, begin, passwords, log_in, link_throttle, clock)
    change_practice = Once(ChangePractice, begin, clock)
    change_roles = Once(ChangeRoles, begin, meeting_providers, clock)
    show_first_steps = Once(ShowFirstSteps, begin, meeting_providers)
    change_password = Once(ChangePassword, begin, passwords, check_password, log_in)
    change_preferences = Once(ChangePreferences, begin)
    find_practice = Once(FindPractice, begin)
    manage_clients = Once(ManageClients, begin, clock)
    keep_contact_notes = Once(KeepContactNotes, begin, clock)
    merge_clients = Once(MergeClients, begin, clock)
    find_mentions = Once(FindMentions, storage.provided.views)
    erase_client = Once(EraseClient, begin, close_booking, edit_booking, find_mentions, clock)
    export_client = Once(ExportClient, begin, storage.provided.views, clock)
    add_search_keys = Once(AddSearchKeys, begin)
    save_draft = Once(SaveDraft, begin, clock)
    clean_up = Once(CleanUp, begin, storage.provided.rate_limiter, clock)
    check_readiness = Once(CheckReadiness, storage.provided.check)


def handler_dependencies(container: Container) -> dict[str, Callable[[], Any]]:
    """A small closure for each name that handlers may ask for. The framework reads signatures, and the container's own
    callables have none."""
    return {name: _asking(getattr(container, name)) for name in container.providers}


def _asking(part: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: part()
