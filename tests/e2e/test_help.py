"""A17: everyone can read the help page, and it says what the software does."""

import json

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import ROOT

WORDS = json.loads((ROOT / "entrypoints/web/words/en.json").read_text())
USES = WORDS["connections"]["permission"]["use_of"]


def test_without_signing_in(ana: Person, practice: Practice) -> None:
    facts = practice.get("/api/help/zoom")
    ana.go("/help")
    sheet = ana.page.get_by_role("main")
    for permission in facts["permissions"]:
        expect(sheet).to_contain_text(permission["name"])
        for use in permission["uses"]:
            expect(sheet).to_contain_text(USES[use].replace("{{label}}", "Zoom"))
    expect(sheet).to_contain_text(facts["support_contact"])
    expect(sheet.get_by_role("link", name=facts["removal_address"]).first).to_be_visible()
    for part in ("Adding", "Using", "Removing", "stored", f"{facts['draft_days']} days"):
        expect(sheet).to_contain_text(part)
    expect(sheet).to_contain_text("A time, length or title that you changed in Zoom itself is shown on the session")
    expect(sheet).to_contain_text("A meeting that was deleted in Zoom is created again, with a new link")
    expect(sheet).not_to_contain_text("not followed")
    ana.go("/help/nowhere")
    expect(ana.page.get_by_role("heading", name="Unknown meeting provider")).to_be_visible()
