"""C: the page on a slow line and without one."""

from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.practice import Practice
from tests.real_processes import ANA, BORIS
from tests.walk import wait_until

_CACHED = (
    "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await "
    "caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat())"
)


def test_the_coming_week_is_read_offline_and_goes_with_the_sign_in(practice: Practice, somebody: Somebody) -> None:
    ana = somebody(ANA, service_workers="allow").arrive()
    week = "localStorage.getItem('calendra-week')"
    wait_until(lambda: ana.page.evaluate(week), "the week is kept")
    kept = ana.page.evaluate(week)
    assert not any(word in kept for word in ("join_link", "http", "notes", "@"))
    wait_until(lambda: len(ana.page.evaluate(_CACHED)) > 5, "the program is kept")
    cached = ana.page.evaluate(_CACHED)
    assert all(path == "/" or path.startswith("/assets/") for path in cached), cached
    with ana.offline():
        ana.page.reload()
        expect(ana.page.get_by_role("heading", name="Your coming week")).to_be_visible()
        expect(ana.page.get_by_role("listitem").first).to_be_visible()
        expect(ana.page.get_by_role("main")).to_contain_text("This is your week as of")
        expect(ana.banner).to_contain_text("You are offline")
    expect(ana.page.get_by_role("button", name="New session")).to_be_visible()
    ana.sign_out()
    assert ana.page.evaluate(week) is None
    ana.sign_in(email=BORIS)
    expect(ana.page.get_by_role("button", name="BK: account menu of Boris Kranjc")).to_be_visible()


def test_a_frame_is_seen_before_the_program_is_there(ana, practice: Practice) -> None:
    ana.sign_in_unseen()
    ana.context.route("**/assets/*.js", lambda route: None)  # they never come
    ana.page.goto(practice.address, wait_until="commit")
    frame = ana.page.locator(".first-sheet")
    expect(frame).to_be_visible()
    painted = "performance.getEntriesByName('first-contentful-paint').length"
    wait_until(lambda: ana.page.evaluate(painted), "the frame is painted")


def test_the_page_can_be_installed(ana, practice: Practice) -> None:
    ana.arrive()
    found = ana.page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())"
    )
    assert (found["start_url"], found["display"]) == ("/", "standalone")
    for icon in found["icons"]:
        side = ana.page.evaluate(
            "(source) => new Promise((done) => { const one = new Image(); one.onload = () => done(one.naturalWidth); "
            "one.src = source; })",
            icon["src"],
        )
        assert icon["sizes"] == f"{side}x{side}"
