"""The settings of a deployment for its app at Zoom."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

Seconds = Annotated[float, Meta(gt=0, le=3600)]


class ZoomSettings(Struct, frozen=True, kw_only=True):
    """Each field is the environment variable CALENDRA_ZOOM_<FIELD> in capitals.

    Addresses have no slash at the end. Zoom gives development and production separate ids and secrets.
    """

    prefix: ClassVar[str] = "zoom"

    client_id: Annotated[str, Meta(description="The client id of the Zoom app. Without it, Zoom is not offered.")] = ""
    client_secret: Annotated[str, Meta(description="The client secret of the Zoom app.")] = ""
    webhook_secrets: Annotated[
        str,
        Meta(description="Secret tokens that sign Zoom's webhook events, separated by commas; the current one first."),
    ] = ""
    authorize_address: Annotated[str, Meta(description="Zoom's consent page.")] = "https://zoom.us/oauth/authorize"
    oauth_address: Annotated[str, Meta(description="The base address of Zoom's token and revoke addresses.")] = (
        "https://zoom.us/oauth"
    )
    api_address: Annotated[str, Meta(description="Zoom's API.")] = "https://api.zoom.us/v2"
    removal_address: Annotated[str, Meta(description="The page at Zoom where people remove Calendra.")] = (
        "https://marketplace.zoom.us/user/installed"
    )
    meetings_address: Annotated[
        str, Meta(description="The page at Zoom where people see and delete their meetings.")
    ] = "https://zoom.us/meeting"
    connect_seconds: Annotated[Seconds, Meta(description="Seconds to connect to Zoom.")] = 3.0
    read_seconds: Annotated[Seconds, Meta(description="Seconds between two parts of a response from Zoom.")] = 10.0
    total_seconds: Annotated[
        Seconds, Meta(description="Seconds for a whole operation at Zoom, however many calls it makes.")
    ] = 20.0
    calls_per_second: Annotated[
        float,
        Meta(
            gt=0,
            le=100_000,
            description="The initial rate of calls per second in each Zoom account. Zoom accepts 4 on every plan; "
            "while Zoom refuses no call, the rate rises automatically.",
        ),
    ] = 4.0

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """Every secret that may sign webhook events now."""
        return tuple(part.strip() for part in self.webhook_secrets.split(",") if part.strip())

    def missing(self) -> list[str]:
        needed = {"client_secret": self.client_secret, "webhook_secrets": self.signing_secrets}
        return [name for name, value in needed.items() if not value]

    def __repr__(self) -> str:
        return f"ZoomSettings(client_id={self.client_id!r}, api_address={self.api_address!r})"
