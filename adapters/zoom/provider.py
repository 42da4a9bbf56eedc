"""Assembles the Zoom provider."""

import httpx

from adapters.zoom.calls import ZoomCalls
from adapters.zoom.limits import DAILY_CALLS, rate_limits
from adapters.zoom.marked_meetings import ZoomMarkedMeetings
from adapters.zoom.meeting_body import LONGEST_TOPIC, Mark
from adapters.zoom.meetings import ZoomMeetings
from adapters.zoom.oauth_client import ZoomOAuthClient
from adapters.zoom.scopes import SCOPES
from adapters.zoom.settings import ZoomSettings
from adapters.zoom.webhook_events import ZoomWebhookEvents
from domain.ports.clock import Clock
from domain.provider import Provider


def zoom_provider(settings: ZoomSettings, redirect_address: str, http: httpx.AsyncClient, now: Clock) -> Provider:
    """Create `http` with `adapters.zoom.http.zoom_http`. The caller closes it."""
    calls, mark = ZoomCalls(http, settings.total_seconds), Mark(settings.client_id)
    return Provider(
        name=settings.prefix,
        label="Zoom",
        scopes=SCOPES,
        removal_address=settings.removal_address,
        meetings_address=settings.meetings_address,
        oauth=ZoomOAuthClient(settings, redirect_address, calls, now),
        meetings=ZoomMeetings(settings.api_address, mark, calls, now),
        webhook_events=ZoomWebhookEvents(settings.client_id, settings.signing_secrets),
        longest_title=LONGEST_TOPIC,
        daily_calls=DAILY_CALLS,
        orphans=ZoomMarkedMeetings(settings.api_address, mark, calls, now),
        rate_limits=rate_limits(settings.calls_per_second),
    )
