"""Settings that would undo a protection stop the start: each has a line that names the variable, the rule and the way
out, and shows no value."""

import base64
import os
import re
from typing import Any

import msgspec
import pytest

from demo.practice import PASSWORD
from demo.sandbox.config import SandboxConfig
from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.doctor import database_encryption
from entrypoints.registered_providers import REGISTERED
from entrypoints.settings import Settings, WrongSettings, settings_from
from tests.integration.docs.texts import ROOT

PUBLIC = "https://calendra.example.com"
LOCAL = "http://localhost:8000"


def environment(**more: str) -> dict[str, str]:
    """Strong settings of a public deployment."""
    strong = {
        "database_url": "postgresql://calendra@localhost/calendra",
        "public_address": PUBLIC,
        "token_keys": base64.b64encode(os.urandom(32)).decode(),
        "csrf_secret": base64.b64encode(os.urandom(32)).decode(),
        "zoom_client_id": "an-app",
        "zoom_client_secret": base64.b64encode(os.urandom(24)).decode(),
        "zoom_webhook_secrets": os.urandom(16).hex(),
    }
    return {f"CALENDRA_{name.upper()}": value for name, value in (strong | more).items()}


def refused(**more: str) -> list[str]:
    """The lines, which must not show the values."""
    lines = complaints(environment(**more))
    assert [value for value in more.values() if len(value) >= 8 and any(value in line for line in lines)] == []
    return lines


def complaints(found: dict[str, str]) -> list[str]:
    try:
        settings_from(found)
    except WrongSettings as wrong:
        return wrong.lines
    return []


def test_strong_settings_start() -> None:
    assert refused() == []


@pytest.mark.parametrize(
    "address",
    [
        "http://zoom.us/oauth",
        "http://localhost.evil.example/oauth",
        "http://127.0.0.1@evil.example/oauth",
        "http://127.0.0.1:pw@evil.example",
        "http://2130706433/oauth",
        "http://10.0.0.7/oauth",
        "http://[::ffff:10.0.0.7]/oauth",
        "http:zoom.us",
        "https:/zoom.us",
        "https://",
        "",
        "//zoom.us/oauth",
        "ftp://zoom.us/oauth",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "javascript://zoom.us/%0Aalert(1)",
        "data:text/html,x",
        "https://zoom.us/oauth\n",
        " https://zoom.us/oauth",
        "https://zoom.us\\@evil.example/",
        "https://user:password@zoom.us/oauth",
        "https://zoom.us/oauth?next=x",
        "https://zoom.us/oauth#x",
    ],
)
@pytest.mark.parametrize("field", ["authorize", "oauth", "api", "removal", "meetings"])
def test_a_provider_address_that_others_can_read_or_run(field: str, address: str) -> None:
    (line,) = refused(**{f"zoom_{field}_address": address})
    assert re.fullmatch(rf"CALENDRA_ZOOM_{field.upper()}_ADDRESS is wrong \(.+\)\. Use an https address, .+\.", line)


@pytest.mark.parametrize(
    "address", ["http://localhost:1/oauth", "http://127.0.0.1:8001", "http://[::1]:9/v2", "https://api.zoom.us/v2"]
)
def test_a_provider_address_on_this_machine_or_with_tls(address: str) -> None:
    assert refused(zoom_api_address=address) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://user:password@calendra.example",
        "https://calendra.example?x",
        "https://calendra.example#x",
        "https://calendra.example\n",
        "https://calendra example",
        "http://localhost@calendra.example",
    ],
)
def test_a_public_address_that_is_more_than_one(address: str) -> None:
    (line,) = refused(public_address=address)
    assert line.startswith("CALENDRA_PUBLIC_ADDRESS ")


PUBLISHED = [
    "only for tests, but long enough for all",
    "…           # 32 random characters or more",
    "change me to 32 random characters!",
    "Changeme-changeme-0123456789-abcdef",
]
REGULAR = [
    "a" * 32,
    "password" * 4,
    "0123456789abcdef" * 2,
    "abcdefghijklmnopqrstuvwxyz0123456",
    "passw0rd-passw0rd-passw0rd-passw0rd",
]


@pytest.mark.parametrize("secret", PUBLISHED + REGULAR)
def test_a_csrf_secret_that_anyone_can_guess(secret: str) -> None:
    rule = "published or a placeholder" if secret in PUBLISHED else "too short or too regular to be random"
    (line,) = refused(csrf_secret=secret)
    assert line == f"CALENDRA_CSRF_SECRET is too weak: its value is {rule}. Make one with: openssl rand -base64 32"
    assert refused(csrf_secret=secret, public_address=LOCAL) == []


@pytest.mark.parametrize("key", [bytes(32), bytes(range(32)), b"0123456789abcdef" * 2, b"\xff\x00" * 16])
def test_a_token_key_that_anyone_can_guess(key: bytes) -> None:
    keys = [base64.b64encode(os.urandom(32)).decode(), base64.b64encode(key).decode()]
    (line,) = refused(token_keys=",".join(keys))
    assert line.startswith("CALENDRA_TOKEN_KEYS is too weak: ")
    assert line.endswith("calendra make-key")
    assert refused(token_keys=keys[1], public_address=LOCAL) == []


def test_what_the_demo_and_the_texts_publish_is_refused_in_public() -> None:
    """A new secret of the demo, or of an example, fails here until the start refuses it."""
    sandbox = SandboxConfig()
    published = {sandbox.client_secret, sandbox.webhook_secret, PASSWORD, *_in_texts()}
    assert len(published) >= 4
    for secret in published:
        for field in ("zoom_client_secret", "zoom_webhook_secrets"):
            lines = refused(**{field: secret})
            assert [line.split(" is too weak")[0] for line in lines] == [f"CALENDRA_{field.upper()}"], field
    one_of_two = refused(zoom_webhook_secrets=f"{os.urandom(16).hex()}, {sandbox.webhook_secret}")
    assert len(one_of_two) == 1


def _in_texts() -> set[str]:
    texts = [(ROOT / name).read_text() for name in ("README.md", "docs/production.md", "docs/providers/zoom.md")]
    return {found for text in texts for found in re.findall(r"^CALENDRA_\w*SECRETS?=(\S+)", text, re.MULTILINE)}


@pytest.mark.parametrize(
    "trusted",
    [
        "0.0.0.0/0",
        "::/0",
        "127.0.0.1, 0.0.0.0/0",
        "0.0.0.0/1,128.0.0.0/1",
        "64.0.0.0/7",
        "2000::/3",
        "::ffff:0:0/96",
        "::/64",
        "::/1,8000::/1",
    ],
)
def test_networks_that_make_strangers_proxies(trusted: str) -> None:
    (line,) = complaints(environment(trusted_proxies=trusted))
    assert line.startswith("CALENDRA_TRUSTED_PROXIES is wrong (")
    assert "strangers would count as proxies). Name the addresses of your proxies" in line


@pytest.mark.parametrize("trusted", ["", "10.0.0.0/8", "fc00::/7", "::1", "::ffff:10.0.0.0/104", "192.0.2.0/24"])
def test_networks_that_are_private_or_small(trusted: str) -> None:
    assert refused(trusted_proxies=trusted) == []


PLAIN = [
    "postgresql://u:secret-of-mine@db.example.com/x",
    "postgresql://u:secret-of-mine@db.example.com/x?sslmode=prefer",
    "postgresql://u:secret-of-mine@10.0.0.5/x?sslmode=disable",
    "postgresql://u:secret-of-mine@localhost,db.example.com/x",
    "postgresql://u:secret-of-mine@localhost/x?host=db.example.com",
    "postgresql://u:secret-of-mine@localhost/x?hostaddr=10.0.0.5",
]
SAFE = [
    "postgresql://u@db.example.com/x?sslmode=verify-full",
    "postgresql://u@db.example.com/x?sslmode=require",
    "postgresql://u@localhost/x",
    "postgresql://u@127.0.0.1:5432/x",
    "postgresql://u@[::1]/x",
    "postgresql://u@/x?host=/run/postgresql",
    "postgresql:///x",
]


@pytest.mark.parametrize("address", PLAIN)
def test_a_database_elsewhere_without_tls(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(database_url=address).items():
            patch.setenv(name, value)
        settings = settings_or_exit()
    said = capsys.readouterr().err
    assert re.fullmatch(
        r"Warning: CALENDRA_DATABASE_URL reaches .+ without requiring TLS, .+sslmode=verify-full.+\n", said
    )
    assert "secret-of-mine" not in said
    assert "may be reached without TLS" in database_encryption(settings)
    (line,) = refused(database_url=address, require_database_tls="true")
    assert f"Warning: {line}\n" == said


@pytest.mark.parametrize("address", SAFE)
def test_a_database_here_or_with_tls(address: str) -> None:
    settings = settings_from(environment(database_url=address, require_database_tls="true"))
    assert database_encryption(settings) == "ok"


def test_libpqs_own_variables_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example.com")
    assert len(refused(database_url="postgresql:///x", require_database_tls="true")) == 1
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert refused(database_url="postgresql:///x", require_database_tls="true") == []


def test_a_database_address_that_libpq_cannot_read() -> None:
    (line,) = refused(database_url="postgresql://u:secret-of-mine@h:/x?nonsense=1")
    assert line.startswith("CALENDRA_DATABASE_URL is wrong. ")


@pytest.mark.parametrize("kind", [Settings, *(one.settings for one in REGISTERED)])
def test_no_repr_shows_a_secret(kind: Any) -> None:
    texts = [field.name for field in msgspec.structs.fields(kind) if "str" in str(field.type)]
    secrets = [name for name in texts if name.endswith(("secret", "secrets", "keys", "url"))]
    assert secrets
    made = kind(**{name: f"value-of-{name}" for name in texts})
    for shown in (repr(made), str(made), f"{made!r:>2}"):
        assert [name for name in secrets if f"value-of-{name}" in shown] == []


def test_the_repr_of_all_settings_trusts_no_provider() -> None:
    """A provider that forgets its own `__repr__` leaks nothing through Calendra's."""

    class Forgetful(msgspec.Struct, frozen=True):
        client_secret: str

    settings = msgspec.structs.replace(
        settings_from(environment()), providers={"forgetful": Forgetful("secret-of-mine")}
    )
    assert "secret-of-mine" not in repr(settings)


def test_the_demo_listens_on_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from demo.state import DemoState, demo_environment  # its package needs the command's first

    stored = DemoState(8000, 8001, base64.b64encode(os.urandom(32)).decode(), "a" * 32)
    monkeypatch.setenv("CALENDRA_HOST", "0.0.0.0")  # noqa: S104 - what must not happen
    found = {**os.environ, **demo_environment(stored, "postgresql:///x", "http://127.0.0.1:8001")}
    assert settings_from(found).host == "127.0.0.1"
