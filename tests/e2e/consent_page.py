"""Zoom's consent page, as the sandbox shows it."""

import re

from playwright.sync_api import Page, expect


class ConsentPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def is_shown(self) -> "ConsentPage":
        expect(self.page.get_by_role("heading", name="Calendra asks for access to your Zoom account")).to_be_visible()
        return self

    def choose(self, account: str) -> "ConsentPage":
        self.is_shown()
        self.page.get_by_role("radio", name=account).check()
        return self

    def approve(self, account: str) -> None:
        self.choose(account)
        self.page.get_by_role("button", name="Approve", exact=True).click()

    def decline(self, account: str) -> None:
        self.choose(account)
        self.page.get_by_role("button", name="Decline").click()

    def ask_administrator(self, account: str) -> None:
        self.choose(account)
        self.page.get_by_role("button", name="My administrator must approve").click()
        expect(self.page.get_by_role("heading", name="Your administrator was asked")).to_be_visible()

    def address(self) -> str:
        """What Zoom was asked, to be answered by the sandbox's control calls."""
        expect(self.page).to_have_url(re.compile(r"/oauth/authorize\?"))
        return self.page.url
