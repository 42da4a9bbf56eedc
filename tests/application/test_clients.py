"""Correcting, archiving, merging, exporting and erasing clients."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.booking.edits import Edits
from domain.clients.client import Client, ClientEdits
from domain.clients.errors import ClientErased, ClientHasSessions
from domain.errors import Invalid, KeyReused, NotAllowed, NotFound
from domain.language import Language
from domain.rule import Rule
from tests.application.stage import Stage
from tests.breaking import breaks


async def _add(stage: Stage, name: str, email: str = "", phone: str = "") -> UUID:
    return (await stage.use.manage_clients().add(stage.ana, uuid4(), name, email, phone)).id


async def _actions(stage: Stage, client_id: UUID) -> list[str]:
    history = await stage.use.manage_clients().history(stage.ana, client_id)
    return [one.action for one in history.entries]


async def test_a_client_needs_no_address(stage: Stage) -> None:
    client_id = await _add(stage, "Žiga")
    corrected = await stage.use.manage_clients().correct(stage.bor, client_id, ClientEdits(email="ZIGA@example.com"))
    assert corrected.email == "ziga@example.com"
    assert await stage.use.manage_clients().correct(stage.bor, client_id, ClientEdits(email="")) == replace(
        corrected, email=""
    )
    with pytest.raises(Invalid):
        await stage.use.manage_clients().correct(stage.bor, client_id, ClientEdits(name=" "))
    assert await _actions(stage, client_id) == ["client_added", "client_corrected", "client_corrected"]


async def test_an_archived_client_is_offered_no_more_and_found_by_the_address(stage: Stage) -> None:
    know = stage.use.manage_clients()
    client_id = await _add(stage, "Žiga", "ziga@example.com")
    await know.archive(stage.bor, client_id)
    await know.archive(stage.bor, client_id)
    assert await know.find(stage.ana, "ziga") == []
    [known] = await know.with_email(stage.ana, " Ziga@example.com ")
    assert known.archived_at
    await know.restore(stage.ana, client_id)
    assert [one.id for one in await know.find(stage.ana, "ziga")] == [client_id]
    assert await _actions(stage, client_id) == ["client_added", "client_archived", "client_restored"]


async def test_an_archived_client_is_booked_no_more_and_stays_in_sessions(stage: Stage) -> None:
    client, friend = await _add(stage, "Žiga Šuštar"), await _add(stage, "Friend")
    details = replace(stage.details(stage.ana, provider=None), client_ids=(client,))
    booked = await stage.book(stage.ana, details)
    slot = stage.details(stage.ana, hours=30).slot
    of_friend = await stage.book(stage.ana, replace(details, client_ids=(friend,), slot=slot))
    await stage.use.manage_clients().archive(stage.ana, client)
    edit = stage.use.edit_booking()
    for refused in (
        stage.book(stage.ana, replace(details, slot=stage.details(stage.ana, hours=50).slot)),
        edit(stage.ana, of_friend, Edits(client_ids=(friend, client)), expected_version=None),
    ):
        with breaks(Rule.CLIENT_ARCHIVED, "client_ids", name="Žiga Šuštar"):
            await refused
    await edit(stage.ana, booked, Edits(title="New", client_ids=(client, friend)), expected_version=None)
    await stage.use.close_booking().cancel(stage.ana, booked, expected_version=None)
    await stage.use.restore_booking()(stage.ana, booked, expected_version=None)
    assert (await stage.view(booked)).status == "planned"


async def test_merging_moves_everything_to_the_kept_client(stage: Stage) -> None:
    kept, other = await _add(stage, "Žiga Šuštar"), await _add(stage, "Ziga Sustar", "ziga@example.com", "040 1")
    await stage.connect(stage.ana)
    alone = await stage.book(stage.ana, replace(stage.details(stage.ana), client_ids=(other,)))
    both = await stage.book(stage.ana, replace(stage.details(stage.ana, hours=30), client_ids=(other, kept)))
    notes = stage.use.keep_contact_notes()
    await notes.add(stage.bor, other, uuid4(), date(2027, 2, 1), "Called.")
    draft = await stage.use.save_draft()(stage.bor, uuid4(), json.dumps({"client_ids": [str(other)]}), None)
    merge = stage.use.merge_clients()
    said = await merge.preview(stage.admin, kept, other)
    assert (said.sessions, said.notes, said.kept.email, said.kept.phone) == (2, 1, "ziga@example.com", "040 1")
    link = (await stage.view(alone)).meeting.join_link
    assert await merge(stage.admin, kept, other) == said
    for booking in (alone, both):
        assert [one.id for one in (await stage.view(booking)).clients] == [kept]
        assert (await stage.actions(booking))[-1] == "clients_merged"
    assert (await stage.view(alone)).meeting.join_link == link
    assert [note.text for note in (await notes.of(stage.ana, kept)).notes] == ["Called."]
    assert str(kept) in (await stage.use.save_draft().find(stage.bor, draft.id)).form
    with pytest.raises(NotFound):
        await stage.use.manage_clients().one(stage.ana, other)
    assert (await _actions(stage, kept))[-1] == "clients_merged"


async def test_only_admins_merge_export_and_erase_and_a_client_is_not_merged_with_itself(stage: Stage) -> None:
    one, other = await _add(stage, "One"), await _add(stage, "Other")
    with pytest.raises(NotAllowed):
        await stage.use.merge_clients()(stage.ana, one, other)
    with pytest.raises(NotAllowed):
        await stage.use.export_client()(stage.ana, one)
    with pytest.raises(NotAllowed):
        await stage.use.erase_client()(stage.ana, one, end_coming=True, texts=True)
    with pytest.raises(Invalid):
        await stage.use.merge_clients()(stage.admin, one, one)
    with pytest.raises(NotFound):
        await stage.use.merge_clients()(stage.admin, one, uuid4())


async def test_erasing_says_what_is_to_come_and_leaves_nameless_past_sessions(stage: Stage) -> None:
    client, friend = await _add(stage, "Žiga Šuštar", "ziga@example.com"), await _add(stage, "Friend")
    user = await stage.connect(stage.ana)
    past = await stage.book(stage.ana, replace(stage.details(stage.ana, title="About Žiga"), client_ids=(client,)))
    stage.move(timedelta(days=3))
    alone = await stage.book(stage.ana, replace(stage.details(stage.ana, hours=100), client_ids=(client,)))
    group = await stage.book(stage.ana, replace(stage.details(stage.ana, hours=110), client_ids=(client, friend)))
    await stage.use.keep_contact_notes().add(stage.ana, client, uuid4(), date(2027, 2, 1), "Called Žiga.")
    form = json.dumps({"client_ids": [str(client), str(friend)], "clients": [{"id": str(client), "name": "Žiga"}]})
    draft = await stage.use.save_draft()(stage.ana, uuid4(), form, None)
    erase = stage.use.erase_client()
    preview = await erase.preview(stage.admin, client)
    assert ({one.id for one in preview.coming}, preview.past, preview.notes) == ({alone, group}, 1, 1)
    with pytest.raises(ClientHasSessions):
        await erase(stage.admin, client, end_coming=False, texts=True)
    assert (await stage.view(alone)).status == "planned"
    receipt = await erase(stage.admin, client, end_coming=True, texts=True)
    assert receipt.email_hash == hashlib.sha256(b"ziga@example.com").hexdigest()
    assert receipt.erased == {
        "clients": 1, "contact_notes": 1, "history_entries": 1, "drafts": 1, "session_texts": 2,
    }  # fmt: skip
    shown = await stage.view(past)
    assert ([one.name for one in shown.clients], shown.title) == ([""], "")
    assert (await stage.view(alone)).status == "cancelled"
    assert [one.name for one in (await stage.view(group)).clients] == ["Friend"]
    assert len(stage.meetings(user)) == 2  # those of the past session and of the group
    kept = json.loads((await stage.use.save_draft().find(stage.ana, draft.id)).form)
    assert kept == {"client_ids": [str(friend)], "clients": []}
    assert await stage.use.manage_clients().find(stage.ana, "ziga") == []
    for again in (
        lambda: erase(stage.admin, client, end_coming=True, texts=True),
        lambda: stage.use.manage_clients().correct(stage.ana, client, ClientEdits(name="Žiga")),
        lambda: stage.use.keep_contact_notes().add(stage.ana, client, uuid4(), date(2027, 2, 1), "x"),
    ):
        with pytest.raises(ClientErased):
            await again()


async def test_erasing_says_where_the_name_stays(stage: Stage) -> None:
    """Calendra keeps the texts of sessions with other clients; an admin reads them."""
    client, friend = await _add(stage, "Žiga Šuštar"), await _add(stage, "Friend")

    async def booked(hours: float, title: str, *ids: UUID, notes: str = "") -> UUID:
        details = stage.details(stage.ana, hours=hours, provider=None, title=title, notes=notes)
        return await stage.book(stage.ana, replace(details, client_ids=ids))

    alone = await booked(1, "About Žiga", client)
    shared = await booked(3, "Pair", client, friend, notes="Žiga was late.")
    await booked(5, "Pair", client, friend)
    elsewhere = await booked(7, "Klic o Žiga Šuštar", friend)
    await booked(9, "Another Žiga", friend)
    coming = await booked(99, "Žiga and Friend", client, friend)
    form = {"client_ids": [str(client)], "title": "Žiga", "online": False}
    draft = await stage.use.save_draft()(stage.ana, uuid4(), json.dumps(form), None)
    by_name = await stage.use.save_draft()(stage.bor, uuid4(), json.dumps({"notes": "Call Žiga Šuštar"}), None)
    await stage.use.save_draft()(stage.bor, uuid4(), json.dumps({"notes": "Call Žiga"}), None)
    stage.move(timedelta(hours=48))
    erase = stage.use.erase_client()
    preview = await erase.preview(stage.admin, client)
    assert [one.id for one in preview.naming] == [alone, shared, elsewhere, coming]
    assert ([one.id for one in preview.naming if one.alone], preview.drafts) == ([alone], 2)
    receipt = await erase(stage.admin, client, end_coming=True, texts=True)
    assert [one.booking_id for one in receipt.kept.mentions] == [shared, elsewhere, coming]
    assert (receipt.kept.past_sessions, receipt.kept.drafts, receipt.erased["drafts"]) == (3, 0, 2)
    drafts = stage.use.save_draft()
    assert json.loads((await drafts.find(stage.ana, draft.id)).form) == {"client_ids": [], "online": False}
    assert json.loads((await drafts.find(stage.bor, by_name.id)).form) == {}
    assert await stage.use.erase_connection().find(stage.admin, receipt.id) == receipt


async def test_texts_that_are_kept_are_in_the_receipt(stage: Stage) -> None:
    client = await _add(stage, "Žiga")
    details = replace(stage.details(stage.ana, hours=1, provider=None, title="About Žiga"), client_ids=(client,))
    session = await stage.book(stage.ana, details)
    await stage.use.save_draft()(stage.ana, uuid4(), json.dumps({"title": "Žiga"}), None)
    stage.move(timedelta(hours=48))
    receipt = await stage.use.erase_client()(stage.admin, client, end_coming=False, texts=False)
    assert [one.booking_id for one in receipt.kept.mentions] == [session]
    assert (receipt.kept.past_sessions, receipt.kept.drafts) == (1, 1)


async def test_the_export_holds_everything(stage: Stage) -> None:
    client = await _add(stage, "Žiga", "ziga@example.com")
    for who, hours in ((stage.ana, 24), (stage.bor, 48)):
        details = replace(stage.details(who, hours=hours), online=False, provider=None, client_ids=(client,))
        await stage.book(who, details)
    await stage.use.keep_contact_notes().add(stage.ana, client, uuid4(), date(2027, 2, 1), "Called.")
    stored = await stage.use.export_client()(stage.admin, client)
    assert stored.client.email == "ziga@example.com"
    assert [one.consultant for one in stored.sessions] == ["Bor", "Ana"]
    assert [note.text for note in stored.notes] == ["Called."]
    assert [one.action for one in stored.history.entries] == ["client_added"]


async def test_the_export_names_no_other_client_and_leaves_internal_notes_out(stage: Stage) -> None:
    client, wife, friend = await _add(stage, "Žiga Šuštar"), await _add(stage, "Eva Šuštar"), await _add(stage, "Črt")
    details = replace(stage.details(stage.ana, provider=None), client_ids=(client, wife, friend), notes="Internal.")
    for hours, title in ((24, "Z Eva Šuštar"), (48, "Družina Šuštar")):
        slot = stage.details(stage.ana, hours=hours).slot
        await stage.book(stage.ana, replace(details, slot=slot, title=title))
    stored = await stage.use.export_client()(stage.admin, client)
    assert [(one.title, one.other_clients) for one in stored.sessions] == [("Družina Šuštar", 2), (None, 2)]
    for secret in ("Internal", "Eva", "Črt"):
        assert secret not in repr(stored)


async def test_consultants_see_their_own_sessions_of_a_client(stage: Stage) -> None:
    client = await _add(stage, "Žiga")
    booked = {}
    for who, hours in ((stage.ana, 24), (stage.bor, 48), (stage.ana, 72)):
        details = replace(stage.details(who, hours=hours), online=False, provider=None, client_ids=(client,))
        booked[(who.name, hours)] = await stage.book(who, details)

    async def seen(who: object, *, past: bool, most: int = 9) -> list[UUID]:
        page = await stage.use.list_bookings().of_client(who, client, past=past, after=None, most=most)  # type: ignore[arg-type]
        return [one.id for one in page.items]

    assert await seen(stage.ana, past=False) == [booked[("Ana", 24)], booked[("Ana", 72)]]
    assert await seen(stage.admin, past=False) == list(booked.values())
    assert await seen(stage.admin, past=False, most=1) == [booked[("Ana", 24)]]
    stage.move(timedelta(hours=60))
    assert await seen(stage.admin, past=True) == [booked[("Bor", 48)], booked[("Ana", 24)]]
    assert await seen(stage.bor, past=False) == []


async def test_notes_are_shared_and_removed_by_their_author_or_an_admin(stage: Stage) -> None:
    client, key, notes = await _add(stage, "Žiga"), uuid4(), stage.use.keep_contact_notes()
    note_id, again = [(await notes.add(stage.ana, client, key, date(2027, 2, 1), "Called.")).id for _ in range(2)]
    assert again == note_id
    with pytest.raises(KeyReused):
        await notes.add(stage.ana, client, key, date(2027, 2, 1), "Wrote.")
    read = await notes.of(stage.bor, client)
    assert [(note.text, read.names[note.author_id]) for note in read.notes] == [("Called.", "Ana")]
    with pytest.raises(NotFound):
        await notes.remove(stage.bor, client, note_id)
    await notes.remove(stage.admin, client, note_id)
    assert (await notes.of(stage.bor, client)).notes == []


@pytest.mark.parametrize("day", [date(2027, 3, 4), date(2999, 1, 1), date(1899, 12, 31)])
async def test_a_contact_is_neither_of_the_far_future_nor_of_the_far_past(stage: Stage, day: date) -> None:
    client, notes = await _add(stage, "Žiga"), stage.use.keep_contact_notes()
    with pytest.raises(Invalid) as refusal:
        await notes.add(stage.ana, client, uuid4(), day, "Called.")
    assert refusal.value.field == "day"
    assert (await notes.of(stage.ana, client)).notes == []


@pytest.mark.parametrize("day", [date(2027, 3, 3), date(1900, 1, 1)])
async def test_a_contact_may_be_noted_from_every_zone(stage: Stage, day: date) -> None:
    """At noon of 1 March in UTC it is the 2nd in Kiritimati, where the 3rd is tomorrow."""
    notes = stage.use.keep_contact_notes()
    await notes.add(stage.ana, await _add(stage, "Žiga"), uuid4(), day, "Called.")


def test_a_client_of_before_is_as_it_was() -> None:
    assert Client(uuid4(), uuid4(), "Eva", "eva@example.com").phone == ""


async def test_names_are_sorted_by_the_language_of_the_practice(stage: Stage) -> None:
    know = stage.use.manage_clients()
    for name in ("Črt", "Cvet", "Žiga", "Zvon"):
        await _add(stage, name)

    async def names() -> list[str]:
        page = await know.page(stage.ana, "", archived=False, after=None, most=9)
        return [one.name for one in page.items if one.name != "Cene"]

    assert await names() == ["Črt", "Cvet", "Žiga", "Zvon"]
    async with stage.use.begin()() as work:
        practice = await work.people.organization(stage.ana.organization_id)
        assert practice
        await work.people.save_organization(replace(practice, language=Language.SLOVENE))
        await work.commit()
    assert await names() == ["Cvet", "Črt", "Zvon", "Žiga"]


async def test_nobody_books_or_restores_a_session_for_an_erased_client(stage: Stage) -> None:
    client_id = await _add(stage, "Žiga")
    details = replace(stage.details(stage.ana), client_ids=(client_id,), online=False, provider=None)
    booked = await stage.book(stage.ana, details)
    await stage.use.erase_client()(stage.admin, client_id, end_coming=True, texts=False)
    with pytest.raises(Invalid) as refusal:
        await stage.book(stage.ana, details)
    assert refusal.value.field == "client_ids"
    with pytest.raises(Invalid):
        await stage.use.restore_booking()(stage.ana, booked, expected_version=None)
    assert (await stage.view(booked)).status == "cancelled"
