"""The composition root: binds ports to adapters and builds each use case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

from adapters.system.argon2_passwords import Argon2Passwords
from adapters.system.pyotp_codes import PyotpCodes
from adapters.system.system_clock import SystemClock
from adapters.system.webauthn_passkeys import WebauthnPasskeys
from application.access_tokens import AccessTokens
from application.accounts.accept_invitation import AcceptInvitation
from application.accounts.add_passkey import AddPasskey
from application.accounts.add_people import AddPeople
from application.accounts.begin_sign_in import BeginSignIn
from application.accounts.change_password import ChangePassword
from application.accounts.change_practice import ChangePractice
from application.accounts.change_preferences import ChangePreferences
from application.accounts.change_roles import ChangeRoles
from application.accounts.check_code import CheckCode
from application.accounts.check_passkey import CheckPasskey
from application.accounts.check_password import CheckPassword
from application.accounts.complete_sign_in import CompleteSignIn
from application.accounts.confirm_login import ConfirmLogin
from application.accounts.demand_second_factor import DemandSecondFactor
from application.accounts.end_account import EndAccount
from application.accounts.erase_account import EraseAccount
from application.accounts.find_practice import FindPractice
from application.accounts.finish_login import FinishLogin
from application.accounts.found_practice import FoundPractice
from application.accounts.invite_colleague import InviteColleague
from application.accounts.keep_second_factors import KeepSecondFactors
from application.accounts.link_throttle import LinkThrottle
from application.accounts.list_people import ListPeople
from application.accounts.log_in import LogIn
from application.accounts.make_reset_link import MakeResetLink
from application.accounts.remove_identity_link import RemoveIdentityLink
from application.accounts.reset_second_factor import ResetSecondFactor
from application.accounts.restore_account import RestoreAccount
from application.accounts.set_identity_provider import SetIdentityProvider
from application.accounts.show_first_steps import ShowFirstSteps
from application.accounts.show_logins import ShowLogins
from application.accounts.sign_in_throttle import SignInThrottle
from application.accounts.sign_in_with_passkey import ConfirmWithPasskey, SignInWithPasskey
from application.accounts.turn_off_single_sign_on import TurnOffSingleSignOn
from application.accounts.use_reset_link import UseResetLink
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
from application.connection.apply_deauthorization import ApplyDeauthorization
from application.connection.bind_connection import BindConnection
from application.connection.complete_connection import CompleteConnection
from application.connection.connect_provider import ConnectProvider
from application.connection.disconnect_provider import DisconnectProvider
from application.connection.erase_connection import EraseConnection
from application.connection.finish_disconnecting import FinishDisconnecting
from application.connection.invite_to_connect import InviteToConnect
from application.connection.keep_connections_alive import KeepConnectionsAlive
from application.connection.pass_on_tokens import PassOnTokens
from application.connection.record_unverified_removal import RecordUnverifiedRemoval
from application.connection.show_connections import ShowConnections
from application.connection.use_authorization_request import UseAuthorizationRequest
from application.connection.verify_removals import VerifyRemovals
from application.count_repeated_events import CountRepeatedEvents
from application.limit_requests import LimitRequests
from application.meeting.acquire_rate_limit import AcquireRateLimit
from application.meeting.mark_meeting_stale import MarkMeetingStale
from application.meeting.reconcile_due import ReconcileDue
from application.meeting.reconcile_meeting import ReconcileMeeting
from application.meeting.reconcile_promptly import ReconcilePromptly
from application.meeting.remove_orphan import RemoveOrphan
from application.meeting.sweep_orphans import SweepOrphans
from application.receive_webhook_event import ReceiveWebhookEvent
from application.secret import DerivedSecrets
from application.show_security_log import ShowSecurityLog
from entrypoints.descriptors import left_for_clients
from entrypoints.event_streams import EventStreams
from entrypoints.identity_providers import openid_client
from entrypoints.meeting_providers import ProviderClients, configured_providers
from entrypoints.postgres_storage import postgres_storage
from entrypoints.settings import Settings

Once = providers.Singleton


class Container(containers.DeclarativeContainer):
    """Creates each part once per process, on first use. Tests pass other parts as constructor arguments."""

    settings: providers.Dependency[Settings] = providers.Dependency(instance_of=Settings)

    clock = Once(SystemClock)
    passwords = Once(Argon2Passwords)
    storage = Once(postgres_storage, settings=settings)
    begin = storage.provided.begin
    changes = storage.provided.changes

    clients = Once(ProviderClients)
    count_repeated_events = Once(CountRepeatedEvents, begin=begin)
    meeting_providers = Once(configured_providers, settings=settings, clients=clients, clock=clock)

    lease_time = Once(timedelta, seconds=settings.provided.reconcile_lease)
    access_tokens = Once(AccessTokens, begin=begin, providers=meeting_providers, clock=clock, lease_time=lease_time)
    acquire_rate_limit = Once(
        AcquireRateLimit, limiter=storage.provided.rate_limiter, providers=meeting_providers, clock=clock
    )
    reconcile_meeting = Once(
        ReconcileMeeting,
        begin=begin,
        providers=meeting_providers,
        access_tokens=access_tokens,
        rate_limit=acquire_rate_limit,
        clock=clock,
        lease_time=lease_time,
    )
    reconcile_promptly = Once(
        ReconcilePromptly,
        reconcile=reconcile_meeting,
        patience=Once(timedelta, seconds=settings.provided.reconcile_patience),
    )
    reconcile_due = Once(
        ReconcileDue, begin=begin, reconcile=reconcile_meeting, clock=clock, at_once=settings.provided.worker_at_once
    )

    booking_preconditions = Once(BookingPreconditions, providers=meeting_providers)
    create_booking = Once(
        CreateBooking, begin=begin, check=booking_preconditions, reconcile=reconcile_promptly, clock=clock
    )
    edit_booking = Once(
        EditBooking, begin=begin, check=booking_preconditions, reconcile=reconcile_promptly, clock=clock
    )
    close_booking = Once(CloseBooking, begin=begin, reconcile=reconcile_promptly, clock=clock)
    restore_booking = Once(
        RestoreBooking, begin=begin, check=booking_preconditions, reconcile=reconcile_promptly, clock=clock
    )
    acknowledge_link_change = Once(AcknowledgeLinkChange, begin=begin, clock=clock)
    list_bookings = Once(ListBookings, begin=begin, views=storage.provided.views, clock=clock)

    connect_provider = Once(ConnectProvider, begin=begin, providers=meeting_providers, clock=clock)
    bind_connection = Once(
        BindConnection, begin=begin, access_tokens=access_tokens, rate_limit=acquire_rate_limit, clock=clock
    )
    use_authorization_request = Once(UseAuthorizationRequest, begin=begin, clock=clock)
    pass_on_tokens = Once(PassOnTokens, begin=begin, clock=clock)
    complete_connection = Once(
        CompleteConnection,
        providers=meeting_providers,
        use_request=use_authorization_request,
        bind=bind_connection,
        pass_on=pass_on_tokens,
        clock=clock,
    )
    derived_secrets = Once(DerivedSecrets, key=settings.provided.csrf_secret)
    invite_to_connect = Once(
        InviteToConnect,
        begin=begin,
        providers=meeting_providers,
        connect=connect_provider,
        secrets=derived_secrets,
        clock=clock,
    )
    show_connections = Once(
        ShowConnections, begin=begin, views=storage.provided.views, providers=meeting_providers, clock=clock
    )
    finish_disconnecting = Once(
        FinishDisconnecting, begin=begin, providers=meeting_providers, access_tokens=access_tokens, clock=clock
    )
    disconnect_provider = Once(
        DisconnectProvider,
        begin=begin,
        providers=meeting_providers,
        reconcile=reconcile_promptly,
        finish=finish_disconnecting,
        clock=clock,
    )
    apply_deauthorization = Once(ApplyDeauthorization, clock=clock)
    record_unverified_removal = Once(RecordUnverifiedRemoval, begin=begin, clock=clock)
    mark_meeting_stale = Once(MarkMeetingStale, clock=clock)
    receive_webhook_event = Once(
        ReceiveWebhookEvent,
        begin=begin,
        providers=meeting_providers,
        apply=apply_deauthorization,
        unverified_removal=record_unverified_removal,
        mark_meeting_stale=mark_meeting_stale,
        clock=clock,
        count_repeated_events=count_repeated_events,
    )
    verify_removals = Once(
        VerifyRemovals,
        begin=begin,
        providers=meeting_providers,
        access_tokens=access_tokens,
        apply=apply_deauthorization,
        clock=clock,
    )
    erase_connection = Once(
        EraseConnection, begin=begin, providers=meeting_providers, access_tokens=access_tokens, clock=clock
    )
    keep_connections_alive = Once(KeepConnectionsAlive, begin=begin, access_tokens=access_tokens, clock=clock)
    remove_orphan = Once(
        RemoveOrphan, begin=begin, providers=meeting_providers, access_tokens=access_tokens, clock=clock
    )
    sweep_orphans = Once(
        SweepOrphans,
        begin=begin,
        providers=meeting_providers,
        access_tokens=access_tokens,
        remove=remove_orphan,
        clock=clock,
    )

    check_password = Once(
        CheckPassword, begin=begin, passwords=passwords, clock=clock, count_repeated_events=count_repeated_events
    )
    log_in = Once(
        LogIn,
        begin=begin,
        passwords=passwords,
        check_password=check_password,
        lookup=storage.provided.login_sessions,
        clock=clock,
    )
    show_logins = Once(ShowLogins, begin=begin, clock=clock)
    one_time_codes = Once(PyotpCodes)
    check_code = Once(CheckCode, codes=one_time_codes, clock=clock, count_repeated_events=count_repeated_events)
    finish_login = Once(FinishLogin, begin=begin, check_code=check_code, log_in=log_in, clock=clock)
    keep_second_factors = Once(KeepSecondFactors, begin=begin, codes=one_time_codes, clock=clock)
    confirm_login = Once(ConfirmLogin, begin=begin, check_password=check_password, check_code=check_code, clock=clock)
    openid = Once(openid_client, settings=settings, clients=clients, clock=clock)
    sign_in_throttle = Once(SignInThrottle, begin=begin, clock=clock)
    passkey_verifier = Once(WebauthnPasskeys, public_address=settings.provided.public_address)
    check_passkey = Once(
        CheckPasskey,
        begin=begin,
        verifier=passkey_verifier,
        clock=clock,
        count_repeated_events=count_repeated_events,
    )
    add_passkey = Once(
        AddPasskey,
        begin=begin,
        verifier=passkey_verifier,
        check_passkey=check_passkey,
        keep_second_factors=keep_second_factors,
        clock=clock,
    )
    sign_in_with_passkey = Once(
        SignInWithPasskey,
        begin=begin,
        verifier=passkey_verifier,
        check_passkey=check_passkey,
        throttle=sign_in_throttle,
        log_in=log_in,
        clock=clock,
    )
    confirm_with_passkey = Once(
        ConfirmWithPasskey,
        begin=begin,
        verifier=passkey_verifier,
        check_passkey=check_passkey,
        confirm_login=confirm_login,
    )
    begin_sign_in = Once(BeginSignIn, begin=begin, client=openid, throttle=sign_in_throttle, clock=clock)
    complete_sign_in = Once(
        CompleteSignIn,
        begin=begin,
        client=openid,
        log_in=log_in,
        throttle=sign_in_throttle,
        clock=clock,
        count_repeated_events=count_repeated_events,
    )
    set_identity_provider = Once(SetIdentityProvider, begin=begin, client=openid, clock=clock)
    turn_off_single_sign_on = Once(TurnOffSingleSignOn, begin=begin, clock=clock)
    remove_identity_link = Once(RemoveIdentityLink, begin=begin, clock=clock)
    add_people = Once(AddPeople, begin=begin, passwords=passwords, clock=clock)
    link_throttle = Once(LinkThrottle, begin=begin, clock=clock, count_repeated_events=count_repeated_events)
    invite_colleague = Once(InviteColleague, begin=begin, secrets=derived_secrets, clock=clock)
    accept_invitation = Once(
        AcceptInvitation, begin=begin, passwords=passwords, log_in=log_in, states=link_throttle, clock=clock
    )
    found_practice = Once(
        FoundPractice, begin=begin, passwords=passwords, log_in=log_in, states=link_throttle, clock=clock
    )
    change_practice = Once(ChangePractice, begin=begin, clock=clock)
    list_people = Once(ListPeople, begin=begin, providers=meeting_providers, clock=clock)
    change_roles = Once(ChangeRoles, begin=begin, people=list_people, clock=clock)
    end_account = Once(
        EndAccount,
        begin=begin,
        views=storage.provided.views,
        providers=meeting_providers,
        people=list_people,
        disconnect=disconnect_provider,
        clock=clock,
    )
    erase_account = Once(EraseAccount, begin=begin, erase_connection=erase_connection, clock=clock)
    restore_account = Once(RestoreAccount, begin=begin, people=list_people, clock=clock)
    demand_second_factor = Once(DemandSecondFactor, begin=begin, clock=clock)
    reset_second_factor = Once(ResetSecondFactor, begin=begin, list_people=list_people, clock=clock)
    make_reset_link = Once(MakeResetLink, begin=begin, clock=clock)
    use_reset_link = Once(
        UseResetLink, begin=begin, passwords=passwords, log_in=log_in, states=link_throttle, clock=clock
    )
    show_first_steps = Once(ShowFirstSteps, begin=begin, providers=meeting_providers)
    change_password = Once(
        ChangePassword, begin=begin, passwords=passwords, check_password=check_password, log_in=log_in, clock=clock
    )
    change_preferences = Once(ChangePreferences, begin=begin)
    find_practice = Once(FindPractice, begin=begin)
    manage_clients = Once(ManageClients, begin=begin, clock=clock)
    keep_contact_notes = Once(KeepContactNotes, begin=begin, clock=clock)
    merge_clients = Once(MergeClients, begin=begin, clock=clock)
    find_mentions = Once(FindMentions, views=storage.provided.views)
    erase_client = Once(
        EraseClient,
        begin=begin,
        close_booking=close_booking,
        edit_booking=edit_booking,
        find_mentions=find_mentions,
        clock=clock,
    )
    export_client = Once(ExportClient, begin=begin, views=storage.provided.views, clock=clock)
    add_search_keys = Once(AddSearchKeys, begin=begin)
    save_draft = Once(SaveDraft, begin=begin, clock=clock)
    clean_up = Once(
        CleanUp,
        begin=begin,
        limiter=storage.provided.rate_limiter,
        clock=clock,
        security_log=Once(timedelta, days=settings.provided.security_log_days),
    )
    show_security_log = Once(ShowSecurityLog, begin=begin, clock=clock)
    limit_requests = Once(
        LimitRequests,
        per_second=settings.provided.account_requests_per_second,
        clock=clock,
        count_repeated_events=count_repeated_events,
    )
    descriptors = Once(left_for_clients, settings.provided.database_connections)
    event_streams = Once(EventStreams, descriptors=descriptors)
    check_readiness = Once(CheckReadiness, storage=storage.provided.check, clock=clock)


def handler_dependencies(container: Container) -> dict[str, Callable[[], Any]]:
    """A small closure for each name that handlers may ask for. The framework reads signatures, and the container's own
    callables have none."""
    return {name: _asking(getattr(container, name)) for name in container.providers}


def _asking(part: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: part()
