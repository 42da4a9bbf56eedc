"""What every storage of clients promises."""

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.booking.booking_views import BookingQuery
from domain.clients.client import Client
from domain.clients.client_query import ClientQuery
from domain.clients.contact_note import ContactNote
from domain.errors import NotFound
from domain.language import Language
from domain.naming import sort_key
from tests.contract.storage.practice import NOW, Practice, Storage, stored

EN, SL = Language.ENGLISH, Language.SLOVENE


async def _added(storage: Storage, practice: Practice, *names: str, email: str = "") -> list[Client]:
    clients = [Client(practice.id, uuid4(), name, email) for name in names]
    async with storage.begin() as work:
        for client in clients:
            await work.clients.add(client)
        await work.commit()
    return clients


async def test_known_clients(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    mine, theirs = practice.clients[0].id, other_practice.clients[0].id
    async with storage.begin() as work:
        assert await work.clients.known(practice.id, [mine, theirs, uuid4(), mine]) == [practice.clients[0]]
        assert await work.clients.known(practice.id, []) == []


async def test_a_number_of_clients_is_reached(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    async with storage.begin() as work:
        await work.clients.save(replace(practice.clients[0], archived_at=NOW))
        assert [await work.clients.reached(practice.id, most) for most in (1, 4, 5)] == [True, True, False]
        await work.clients.save(practice.clients[0].erased(now=NOW))
        assert [await work.clients.reached(practice.id, most) for most in (3, 4)] == [True, False]


async def test_clients_are_named_by_their_ids(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    wanted = [practice.clients[2].id, practice.clients[0].id, other_practice.clients[1].id, practice.clients[2].id]
    async with storage.begin() as work:
        assert await work.clients.named(practice.id, wanted, EN) == [practice.clients[0], practice.clients[2]]
        assert await work.clients.named(practice.id, [], EN) == []


async def test_clients_are_found_by_name_or_address(storage: Storage, practice: Practice) -> None:
    extra = Client(practice.id, uuid4(), "Aa 100%", "strange_one@example.com", "+386 40 1")

    async with storage.begin() as work:
        await work.clients.add(extra)

        async def find(text: str, most: int = 10, here: UUID = practice.id) -> list[Client]:
            return list(await work.clients.find(here, ClientQuery(EN, text, most=most)))

        assert await find("") == [extra, *practice.clients]
        assert await find("client", most=2) == list(practice.clients[:2])
        assert await find("C3@") == [practice.clients[3]]
        assert await find("0%") == [extra]
        assert await find("strange_one") == [extra]
        assert await find("strange-one") == []
        assert await find("+386 40") == [extra]
        assert await find("\\") == []
        assert await find("", here=uuid4()) == []


NAMES = [
    ("Žiga Šuštar", ["ziga", "sustar", "ŠUŠTAR Ž", "sustar ziga"]),
    ("Zoë O’Neill", ["O'Neill", "oneill zoe", "O`NEILL", "neill"]),
    ("Đurđa Łoś", ["durda", "LOS"]),
    (unicodedata.normalize("NFD", "Črt Ünal"), ["črt", "unal"]),
    ("Ольга Иванова", ["ольга", "ИВАНОВА"]),
]


@pytest.mark.parametrize(("name", "typed"), NAMES)
async def test_names_are_found_as_people_write_them(
    storage: Storage, practice: Practice, name: str, typed: list[str]
) -> None:
    [client] = await _added(storage, practice, name)
    assert client.name == unicodedata.normalize("NFC", name)
    booking = practice.booking(practice.details(clients=(client,), title="Pogovor v živo"))
    await stored(storage, booking)
    week = BookingQuery(NOW, NOW + timedelta(days=7))
    for text in typed:
        async with storage.begin() as work:
            assert await work.clients.find(practice.id, ClientQuery(EN, text)) == [client]
        for more in (text, f"zivo {text}", f"{text} ana POGOVOR"):
            assert [one.id for one in await storage.views.page(practice.id, replace(week, text=more))] == [booking.id]
        assert await storage.views.page(practice.id, replace(week, text=f"{text} bor")) == []


async def test_the_best_matches_come_first(storage: Storage, practice: Practice) -> None:
    angelika, li, oli = await _added(storage, practice, "Angelika", "Zhou Li", "Oli")
    async with storage.begin() as work:
        found = await work.clients.find(practice.id, ClientQuery(EN, "li"))
        assert [one for one in found if one not in practice.clients] == [li, angelika, oli]


@pytest.mark.parametrize("language", Language)
async def test_clients_are_sorted_as_the_language_does(
    storage: Storage, practice: Practice, language: Language
) -> None:
    sorted_ = {
        SL: "Cvet,Čas,Črt,Ćirić,Dan,Đurđa,Suzana,Šuštar,Zvon,Žiga",
        EN: "Čas,Ćirić,Črt,Cvet,Dan,Đurđa,Šuštar,Suzana,Žiga,Zvon",
    }[language].split(",")
    clients = await _added(storage, practice, *sorted(sorted_))
    ids = [one.id for one in clients]
    async with storage.begin() as work:
        assert [one.name for one in await work.clients.named(practice.id, ids, language)] == sorted_
        pages, after = list[str](), None
        while True:
            query = ClientQuery(language, after=after, most=3)
            page = await work.clients.page(practice.id, query)
            if not page:
                break
            pages += [one.name for one in page]
            after = (sort_key(page[-1].name, language), page[-1].id)
        assert [name for name in pages if not name.startswith("Client")] == sorted_
        assert len(pages) == len(sorted_) + len(practice.clients)


async def test_archived_and_erased_clients_are_kept_apart(storage: Storage, practice: Practice) -> None:
    old, gone = await _added(storage, practice, "Old Client", "Gone Client", email="same@example.com")
    async with storage.begin() as work:
        await work.clients.save(old.archived(now=NOW))
        await work.clients.save(gone.erased(now=NOW))
        here = await work.clients.find(practice.id, ClientQuery(EN, "client"))
        assert here == list(practice.clients)
        for ask in (work.clients.find, work.clients.page):
            assert [one.id for one in await ask(practice.id, ClientQuery(EN, archived=True))] == [old.id]
        assert [one.id for one in await work.clients.with_email(practice.id, "same@example.com")] == [old.id]
        assert await work.clients.with_email(practice.id, "") == []
        assert await work.clients.named(practice.id, [gone.id], EN) == [gone.erased(now=NOW)]
        await work.clients.save(old)
        assert len(await work.clients.find(practice.id, ClientQuery(EN, "client"))) == len(practice.clients) + 1


async def test_a_client_is_changed_and_removed(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    one, other = sorted(practice.clients[:2], key=lambda client: client.id)
    changed = Client(practice.id, one.id, "Žiga", "ziga@example.com", "040 123 456")
    async with storage.begin() as work:
        wanted = [other.id, one.id, other_practice.clients[0].id]
        assert await work.clients.to_change(practice.id, wanted) == [one, other]
        await work.clients.save(changed)
        assert await work.clients.find(practice.id, ClientQuery(EN, "ziga 040")) == [changed]
        await work.clients.remove(practice.id, other.id)
        assert await work.clients.named(practice.id, [one.id, other.id], EN) == [changed]


async def test_notes_of_contact(storage: Storage, practice: Practice) -> None:
    here, there = practice.clients[:2]

    def note(day: int, client: Client = here) -> ContactNote:
        return ContactNote(practice.id, uuid4(), client.id, date(2027, 2, day), f"Day {day}", practice.ana.id, NOW)

    first, second, third, moved = note(1), note(2), note(3), note(4, there)
    async with storage.begin() as work:
        notes = work.contact_notes
        for one in (second, first, third, moved):
            await notes.add(one)
        assert await notes.of(practice.id, here.id) == [third, second, first]
        assert await notes.remove(practice.id, here.id, second.id) == 1
        assert await notes.remove(practice.id, here.id, moved.id) == 0
        assert await notes.move(practice.id, there.id, here.id) == 1
        assert await notes.of(practice.id, here.id) == [replace(moved, client_id=here.id), third, first]
        assert await notes.remove_of(practice.id, here.id) == 3
        assert await notes.of(practice.id, here.id) == []
        with pytest.raises(NotFound):
            await notes.add(replace(first, client_id=uuid4()))
