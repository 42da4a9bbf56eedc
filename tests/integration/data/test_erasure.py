"""What was erased is nowhere any more: not in a dump, not in the files on the disk; and what must stay is there."""

import pickle
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from adapters.in_memory.provider.fault import Fault
from adapters.postgres.connection.connection_rows import token_place
from adapters.postgres.token_cipher import TokenCipher
from demo.sandbox.config import Person, demo_people
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.meeting.host import Host
from entrypoints.settings import settings_from
from tests.application.stage import NORTH, Stage, staged
from tests.database import DatabaseServer, fresh_database
from tests.integration.data.practice import SETTINGS, Filling, over
from tests.integration.data.traces import dumped, files, found, may_read_files, written_anew
from tests.real_processes import ANA, BORIS, CVETA, Service, service
from tests.tally import tally
from tests.walk import wait_until

pytestmark = pytest.mark.slow

TABLE = "Data care: erasure"

# The provider has other names and addresses than Calendra, so that the test can search for each.
BORIS_THERE = Person("Zq7xErasedUserId4Wc9Lg", "aE5rasedAccountId0Qm8w", "b.kranjc@zoomside.example", "Bartolo", "Krančič", 5263981047)  # noqa: E501  # fmt: skip
CVETA_THERE = Person("Tv3kLeavingUserId7Hd2Pf", "cL9eavingAccountId5Rn1", "c.zupan@zoomside.example", "Cvetlana", "Žu/pan", 6374092158)  # noqa: E501  # fmt: skip


@dataclass
class Erased:
    """What has to be gone, what of it could be seen in a dump before, and what has to stay."""

    running: Service
    gone: dict[str, str | bytes] = field(default_factory=dict)
    visible: list[str] = field(default_factory=list)
    stays: dict[str, str | bytes] = field(default_factory=dict)
    deleted: dict[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> str:
        return self.running.environment["CALENDRA_DATABASE_URL"]

    def leave(self, name: str, value: str | bytes, *, visible: bool = True) -> None:
        self.gone[name] = value
        if visible:
            self.visible.append(name)

    def rows(self, question: str, *values: Any) -> list[dict[str, Any]]:
        with psycopg.connect(self.database, row_factory=dict_row) as connection:
            return connection.execute(question.encode(), values).fetchall()

    def connection_of(self, email: str, profile: tuple[str, ...]) -> None:
        """Tokens, open and encrypted; whose they are; tries and links to connect."""
        [account] = self.rows("SELECT organization_id, id FROM accounts WHERE email = %s", email)
        key = (account["organization_id"], account["id"])
        [row] = self.rows("SELECT * FROM connections WHERE (organization_id, consultant_id) = (%s, %s)", *key)
        cipher = TokenCipher(settings_from(self.running.environment).token_key_ring)
        for token in ("access_token", "refresh_token"):
            self.leave(f"{email}: {token}, sealed", bytes(row[token]))
            opened = cipher.open(bytes(row[token]), token_place(token, Host(*key, "zoom")))
            self.leave(f"{email}: {token}", opened, visible=False)
        for name in ("user_id", "account_id", *profile):
            self.leave(f"{email}: {name} at the provider", row[name])

    def attempts_of(self, email: str) -> None:
        [account] = self.rows("SELECT organization_id, id FROM accounts WHERE email = %s", email)
        for row in self.rows("SELECT * FROM authorization_requests WHERE account_id = %s", account["id"]):
            self.leave(f"{email}: verifier {row['state_hash'].hex()[:4]}, sealed", bytes(row["verifier"]))
            self.leave(f"{email}: state {row['state_hash'].hex()[:4]}", bytes(row["state_hash"]))
        for row in self.rows("SELECT * FROM connect_links WHERE consultant_id = %s", account["id"]):
            self.leave(f"{email}: link to connect", bytes(row["token_hash"]))


@pytest.fixture(scope="module")
def erased(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Erased]:
    """One of each way to leave: erased by an admin, disconnected, removed at the provider; and a deleted session."""
    people = [demo_people()[0], BORIS_THERE, CVETA_THERE]
    folder = tmp_path_factory.mktemp("erased")
    with (
        fresh_database(database_server) as address,
        service(address, folder, zoom={"people": people}, zoom_state=None, **SETTINGS) as running,
    ):
        running.serve()
        one = Erased(running)
        filling = Filling(running)
        cveta = _filled(one, filling)
        before = dumped(address)
        missing = set(one.visible) - set(found(one.gone, [before])[0])
        assert missing == set(), "what is looked for has to be found before"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ANALYZE")
        _leave(one, filling, cveta)
        yield one


def _filled(one: Erased, filling: Filling) -> Any:
    running = one.running
    filling.connect(BORIS, BORIS_THERE.email)
    cveta = filling.connect(CVETA, CVETA_THERE.email)
    past, coming = (filling.book(BORIS, title) for title in ("past", "coming"))
    of_cveta, deleted = filling.book(CVETA, "of Cveta"), filling.book(ANA, "deleted")
    for answer in (f"User does not exist: {BORIS_THERE.user_id}.", f"{BORIS_THERE.email} may not host."):
        running.zoom.strike("create", Fault.REFUSED, body={"code": 300, "message": answer})
        filling.book(BORIS, "refused")
    filling.admin.api("POST", f"/api/connections/zoom/{filling.ids[BORIS]}/links").raise_for_status()
    over(one.database)
    one.connection_of(BORIS, ("email", "name"))
    one.connection_of(CVETA, ("name",))
    one.connection_of(ANA, ())
    one.attempts_of(BORIS)
    one.leave("Boris: past link", past["meeting"]["join_link"])
    one.leave("Boris: past passcode", past["meeting"]["join_link"].partition("pwd=")[2])
    one.leave("deleted link", deleted["meeting"]["join_link"])
    one.stays["upcoming link of Boris"] = coming["meeting"]["join_link"]
    one.stays["upcoming link of Cveta"] = of_cveta["meeting"]["join_link"]
    one.stays["whose account holds the meetings that Cveta kept"] = CVETA_THERE.email
    one.stays["Boris himself"] = "Boris Kranjc"
    one.stays["his address here"] = BORIS
    one.deleted = deleted
    return cveta


def _leave(one: Erased, filling: Filling, cveta: Any) -> None:
    zoom = one.running.zoom
    filling.close(one.deleted, "delete")
    asked = {"email": BORIS, "links": True}
    receipt = filling.admin.api("POST", "/api/erasures", json=asked).raise_for_status().json()
    assert receipt["erased"]["connections"] == 1
    assert receipt["erased"]["meeting_links"] == 1
    one.stays["receipt"] = receipt["id"]
    cveta.api("DELETE", f"/api/connections/zoom/{filling.ids[CVETA]}?meetings=keep").raise_for_status()
    zoom.remove_app(ANA)
    wait_until(lambda: one.rows("SELECT * FROM connections") == [], "all three are gone")


def test_nothing_of_it_is_in_a_dump(erased: Erased) -> None:
    leaked, searched = found(erased.gone, [dumped(erased.database)])
    tally(TABLE, "dump of the database", values=len(erased.gone), searched_bytes=searched, leaked=len(leaked))
    assert leaked == []
    assert len(erased.gone) > 20


def test_what_must_stay_is_there(erased: Erased) -> None:
    assert found(erased.stays, [dumped(erased.database)])[0] == sorted(erased.stays)


def test_nothing_of_it_is_in_the_files_once_they_are_written_anew(erased: Erased) -> None:
    if not may_read_files(erased.database):
        pytest.skip("the tests' role may not read the server's files")
    assert found(erased.gone, files(erased.database))[0], "deleted rows stay in the files until they are written anew"
    written_anew(erased.database)
    leaked, searched = found(erased.gone, files(erased.database))
    tally(
        TABLE,
        "files of the database",
        values=len(erased.gone),
        searched_bytes=searched,
        leaked=len(leaked),
    )
    assert leaked == []
    assert searched > 5_000_000
    assert set(found(erased.stays, files(erased.database))[0]) == set(erased.stays) - {"receipt"}


async def test_the_twin_in_memory_keeps_nothing_either() -> None:
    async with staged() as stage:
        gone: dict[str, str | bytes] = {}
        for who in (stage.ana, stage.bor):
            user = await stage.connect(who)
            held = await stage.connection(who)
            assert held
            assert held.token_set
            gone |= {f"{who.name} {name}": value for name, value in asdict(held.token_set).items() if "token" in name}
            gone |= {
                f"{who.name} {name}": value
                for name, value in asdict(user).items()
                if name not in ("name", "plan", "longest_meeting")
            }
        past, deleted = await stage.book(stage.ana), await stage.book(stage.bor)
        for name, booking in (("past", past), ("deleted", deleted)):
            gone[name] = (await stage.view(booking)).meeting.join_link or ""
        assert found(gone, [_state(stage)])[0] == sorted(gone)
        await stage.use.close_booking().delete(stage.bor, deleted, expected_version=None)
        stage.harness.clock.move_to((await stage.view(past)).ends_at)
        receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=True)
        await stage.use.disconnect_provider()(stage.bor, stage.bor.id, NORTH, MeetingsOnDisconnect.REMOVE)
        leaked, searched = found(gone, [_state(stage)])
        tally(TABLE, "twin in memory", values=len(gone), searched_bytes=searched, leaked=len(leaked))
        assert leaked == []
        assert found({"receipt": receipt.email_hash}, [_state(stage)])[0] == ["receipt"]


def _state(stage: Stage) -> bytes:
    """Everything that is stored, including secrets that a `repr` omits."""
    database: Any = stage.use.storage().begin
    return pickle.dumps(database.__self__.state)
