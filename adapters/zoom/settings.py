"""The settings of a deployment for its app at Zoom."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ZoomSettings:
    """Addresses have no slash at the end. Zoom gives development and production separate ids and secrets.

    `webhook_secrets` contains every secret that may sign webhook events now: the current ones, then older ones.
    `total_seconds` limits a whole operation, however many calls it makes. `calls_per_second` is the rate that every
    account allows at least.
    """

    client_id: str
    client_secret: str = field(repr=False)
    redirect_address: str
    webhook_secrets: tuple[str, ...] = field(repr=False)
    authorize_address: str = "https://zoom.us/oauth/authorize"
    oauth_address: str = "https://zoom.us/oauth"
    api_address: str = "https://api.zoom.us/v2"
    connect_seconds: float = 3.0
    read_seconds: float = 8.0
    total_seconds: float = 12.0
    calls_per_second: float = 4.0
    removal_address: str = "https://marketplace.zoom.us/user/installed"
    meetings_address: str = "https://zoom.us/meeting"
