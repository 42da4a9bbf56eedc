"""The configuration of the sandbox: the one app it knows, the people at "Zoom", and its limits."""

from pathlib import Path

import msgspec

SCOPES = (
    "meeting:write:meeting",
    "meeting:read:meeting",
    "meeting:update:meeting",
    "meeting:delete:meeting",
    "meeting:read:list_meetings",
    "user:read:user",
)


class Person(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=False):
    """A person with an account in the sandbox. `plan` is 1 (Basic) or 2 (Licensed)."""

    user_id: str
    account_id: str
    email: str
    first_name: str
    last_name: str
    pmi: int
    plan: int = 2
    timezone: str = "Europe/Ljubljana"
    use_pmi: bool = False
    needs_admin_approval: bool = False
    may_host: bool = True

    @property
    def display_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def demo_people() -> list[Person]:
    """Four people on four accounts. Boris schedules in his personal room by default, Cveta has the free plan."""
    return [
        Person(
            user_id="k4NvQ0sTRa6mPz8WcY1uJg",
            account_id="aN7cHfV2Qm-0rXkLw9tBsA",
            email="ana.novak@example.com",
            first_name="Ana",
            last_name="Novak",
            pmi=4150872936,
        ),
        Person(
            user_id="Jw2bD9eYS3qoLx5RtHnVfA",
            account_id="bK3dRzU8Tn_5yGjPq1mEcQ",
            email="boris.kranjc@example.com",
            first_name="Boris",
            last_name="Kranjc",
            pmi=5263981047,
            use_pmi=True,
        ),
        Person(
            user_id="pU7gXc1MQ5uZkTa0vEiNyw",
            account_id="cZ6wJsE4Rb-8hLnVo2xDgA",
            email="cveta.zupan@example.com",
            first_name="Cveta",
            last_name="Zupan",
            pmi=6374092158,
            plan=1,
        ),
        Person(
            user_id="hM5rBq8LTW2fDj6SzKoCxg",
            account_id="mH1tYpA9Sv_3eNbXi7uFkQ",
            email="maja.hribar@example.com",
            first_name="Maja",
            last_name="Hribar",
            pmi=7485103269,
        ),
    ]


class SandboxConfig(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The settings of the sandbox. Every field has a default for a demo on one machine."""

    app_name: str = "Calendra"
    client_id: str = "calendra_sandbox_app"
    client_secret: str = "calendra-sandbox-secret"  # noqa: S105 - valid for this sandbox only
    redirect_uris: tuple[str, ...] = ("http://localhost:8000/oauth/zoom/callback",)
    scopes: tuple[str, ...] = SCOPES
    webhook_secret: str = "calendra-sandbox-webhook-secret"  # noqa: S105 - as above
    webhook_url: str = ""
    deauthorization_url: str = ""
    webhook_delays: tuple[float, ...] = (300, 1200, 3600)
    webhook_retry_keeps_timestamp: bool = False
    published: bool = True
    developer_account_id: str = ""
    public_url: str = ""
    code_seconds: int = 300
    access_token_seconds: int = 3599
    refresh_token_days: int = 90
    refresh_grace_seconds: int = 0
    daily_limit: int = 100
    per_second_limit: int | None = None
    latency_ms: float = 0
    people: list[Person] = msgspec.field(default_factory=demo_people)


def read_config(path: Path | None) -> SandboxConfig:
    return SandboxConfig() if path is None else msgspec.json.decode(path.read_bytes(), type=SandboxConfig)
