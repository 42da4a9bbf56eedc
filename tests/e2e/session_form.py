"""The session form, filled in as a person does."""

import re
from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.slots import Slot


class SessionForm:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog", name=re.compile(r"^(New session|Session)$"))
        self.clients = self.dialog.get_by_role("combobox", name="Clients")
        self.date = self.dialog.get_by_role("textbox", name="Date")
        self.start = self.dialog.get_by_role("combobox", name="Start")
        self.end = self.dialog.get_by_role("combobox", name="End")
        self.title = self.dialog.get_by_role("textbox", name="Title")
        self.notes = self.dialog.get_by_role("textbox", name="Notes")
        self.online = self.dialog.get_by_role("switch", name="Online")
        self.zoom = self.dialog.get_by_role("radio", name="Zoom")
        self.consultant = self.dialog.get_by_role("combobox", name="Consultant")
        self.save_button = self.dialog.get_by_role("button", name=re.compile(r"^(Save|Connect .+ and save)$"))
        self.meeting = self.dialog.get_by_test_id("meeting")
        self.open_zoom = self.dialog.get_by_role("link", name="Open Zoom")
        self.connected = self.dialog.get_by_test_id("connected")
        self.conflict = self.dialog.get_by_test_id("conflict")
        self.slot_taken = self.dialog.get_by_test_id("slot-taken")
        self.connection_needed = self.dialog.get_by_test_id("connection-needed")
        self.unfinished = self.dialog.get_by_test_id("draft")

    def is_open(self) -> "SessionForm":
        expect(self.title).to_be_visible()
        return self

    def is_closed(self) -> None:
        expect(self.dialog).to_be_hidden()

    def fill(
        self,
        *,
        clients: Sequence[str] = (),
        consultant: str | None = None,
        slot: Slot | None = None,
        title: str | None = None,
        notes: str | None = None,
        online: bool | None = None,
    ) -> "SessionForm":
        self.is_open()
        for name in clients:
            self.add_client(name)
        if consultant is not None:
            self.assign(consultant)
        if slot is not None:
            self.set_slot(slot)
        if title is not None:
            self.title.fill(title)
        if notes is not None:
            self.notes.fill(notes)
        if online is not None:
            self.set_online(online)
        return self

    def add_client(self, name: str) -> None:
        self.clients.fill(name)
        self.page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}")).click()
        expect(self.pill(name)).to_be_visible()
        self.clients.press("Tab")  # the list of clients closes

    def pill(self, name: str) -> Locator:
        return self.dialog.get_by_role("button", name=f"Remove {name}")

    def assign(self, name: str) -> None:
        self.consultant.click()
        self.page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}")).click()

    def set_slot(self, slot: Slot) -> None:
        self.date.fill(slot.date_text)
        self.date.press("Tab")
        for field, text in ((self.start, slot.start_text), (self.end, slot.end_text)):
            field.fill(text)
            field.press("Enter")
            field.press("Tab")
            expect(field).to_have_value(text)

    def set_online(self, online: bool) -> None:
        self.online.set_checked(online, force=True)  # the switch itself is hidden behind its picture

    def save(self) -> None:
        self.save_button.click()

    def shows(
        self,
        *,
        clients: Sequence[str] = (),
        slot: Slot | None = None,
        title: str | None = None,
        notes: str | None = None,
        online: bool | None = None,
    ) -> None:
        """Everything that is named, as it was typed."""
        self.is_open()
        for name in clients:
            expect(self.pill(name)).to_be_visible()
        if slot is not None:
            expect(self.date).to_have_value(slot.date_text)
            expect(self.start).to_have_value(slot.start_text)
            expect(self.end).to_have_value(slot.end_text)
        if title is not None:
            expect(self.title).to_have_value(title)
        if notes is not None:
            expect(self.notes).to_have_value(notes)
        if online is not None:
            expect(self.online).to_be_checked(checked=online)
            expect(self.zoom).to_be_visible(visible=online)

    def choose_action(self, name: str) -> Locator:
        """From the menu beside Save; answers the dialog that asks."""
        self.dialog.get_by_role("button", name="More options").click()
        self.page.get_by_role("menuitem", name=name).click()
        asking = self.page.get_by_role("dialog", name=name)
        expect(asking).to_be_visible()
        return asking

    def close(self) -> None:
        self.dialog.get_by_role("button", name="Close", exact=True).click()
        self.is_closed()

    def kept(self) -> Any:
        """Around what a person types: until the page has kept the unfinished form."""
        return self._kept()

    @contextmanager
    def _kept(self):
        with self.page.expect_response(lambda one: "/api/drafts/" in one.url and one.request.method == "PUT"):
            yield
