"""A complete meeting provider in memory. Several providers with different names can exist side by side."""

from adapters.in_memory.provider.provider_marked_meetings import InMemoryMarkedMeetings
from adapters.in_memory.provider.provider_meetings import InMemoryMeetings
from adapters.in_memory.provider.provider_oauth_client import InMemoryOAuthClient
from adapters.in_memory.provider.provider_webhook_events import InMemoryWebhookEvents
from adapters.in_memory.provider.provider_world import SCOPES, ProviderWorld
from domain.ports.clock import Clock
from domain.provider import Provider


def in_memory_provider(name: str, label: str, clock: Clock) -> tuple[Provider, ProviderWorld]:
    """Returns the provider and the world behind it. Tests inspect the world and make its calls fail."""
    world = ProviderWorld(name, clock)
    return provider_in(world, label), world


def provider_in(world: ProviderWorld, label: str, deployment: str = "") -> Provider:
    """The provider as one of several deployments that share the same users."""
    return Provider(
        name=world.name,
        label=label,
        scopes=SCOPES,
        removal_address=f"https://{world.name}.example/apps",
        meetings_address=f"https://{world.name}.example/meetings",
        oauth=InMemoryOAuthClient(world),
        meetings=InMemoryMeetings(world, deployment),
        webhook_events=InMemoryWebhookEvents(f"{world.name}-event-secret"),
        longest_title=200,
        orphans=InMemoryMarkedMeetings(world, deployment),
    )


def removal_event(provider: Provider, world: ProviderWorld, user_id: str) -> tuple[dict[str, str], bytes]:
    """The webhook event that the provider sends after `world.remove_app(user_id)`: headers and body."""
    event = {
        "event": "removed",
        "user_id": user_id,
        "account_id": world.people[user_id].account_id,
        "at": world.now().isoformat(),
    }
    return InMemoryWebhookEvents(f"{provider.name}-event-secret").signed(event, world.now())


def changed_event(provider: Provider, world: ProviderWorld, meeting_id: str) -> tuple[dict[str, str], bytes]:
    """The webhook event that the provider sends when a user changed or deleted a meeting: headers and body."""
    event = {"event": "meeting_changed", "meeting_id": meeting_id, "at": world.now().isoformat()}
    return InMemoryWebhookEvents(f"{provider.name}-event-secret").signed(event, world.now())
