"""The calendar works with any time zone, locale and clock of the browser."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot, next_autumn_change, today
from tests.real_processes import ANA

# What Chromium answers where TZ or LANG name nothing that it knows.
NOWHERE = """
const Real = Intl.DateTimeFormat;
const lost = (format, how) => {
  if (how?.timeZone) return format;
  return Object.assign(format, {
    resolvedOptions: () => ({ ...Real.prototype.resolvedOptions.call(format), timeZone: 'Foo/Bar' }),
  });
};
Intl.DateTimeFormat = new Proxy(Real, {
  construct: (real, [locale, how]) => lost(new real(locale, how), how),
  apply: (real, self, [locale, how]) => lost(real(locale, how), how),
});
for (const [name, value] of [['languages', ['xx-INVALID', 'C', 'en-US@posix']], ['language', 'C']]) {
  Object.defineProperty(navigator, name, { get: () => value });
}
"""
CHANGE = next_autumn_change()
NIGHT = datetime.combine(CHANGE, time(), UTC)


def test_a_browser_without_a_zone_or_a_locale_shows_the_persons_zone(somebody: Somebody, practice: Practice) -> None:
    slot = Slot.of(1, "14:00")
    session = practice.book(ANA, "Seen from nowhere", slot)
    ana = somebody(ANA, kept=False)
    ana.context.add_init_script(NOWHERE)
    ana.arrive()
    for path in ("/sessions", "/connections", "/"):
        ana.go(path)
        said = ana.page.get_by_text("Your device does not report its time zone.")
        expect(said).to_contain_text("Times are shown for Ljubljana (GMT+1).")
    expect(ana.calendar.title).not_to_be_empty()
    ana.open_session(session["id"])
    expect(ana.form.start).to_have_value("02:00 PM")


def test_a_clock_that_is_days_off_is_put_right(somebody: Somebody) -> None:
    ana = somebody(ANA, kept=False)
    ana.context.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=40))
    ana.arrive()
    expect(ana.page.get_by_text("Your device’s clock is wrong.")).to_contain_text(f"{today():%a}")
    form = ana.new_session()
    form.date.fill("today")
    form.date.press("Enter")
    expect(form.date).to_have_value(Slot(today(), time(9)).date_text)


@pytest.mark.parametrize(("hour", "offset"), [("First time, GMT+2", 2), ("Second time, GMT+1", 1)])
def test_of_the_hour_that_comes_twice_either_is_booked(ana: Person, practice: Practice, hour: str, offset: int) -> None:
    ana.arrive()
    form = ana.new_session().fill(clients=["Lea Kos"], title=hour)
    form.date.fill(f"{CHANGE:%Y-%m-%d}")
    form.start.fill("2:10")
    form.start.press("Tab")
    form.dialog.get_by_role("radiogroup", name="When does the session start?").get_by_label(hour).check()
    expect(form.end).to_have_value("03:00" if offset == 1 else "02:00")
    form.save()
    ana.is_told("Session booked.")
    assert practice.session(hour)["starts_at"] == _z(NIGHT.replace(hour=2 - offset, minute=10))


def test_a_change_of_the_end_sends_the_end_alone(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, "In the second hour", Slot.of(1, "15:00"))
    practice.edit(session, starts_at=_z(NIGHT.replace(hour=1, minute=10)), ends_at=_z(NIGHT.replace(hour=1, minute=30)))
    ana.arrive()
    form = ana.open_session(session["id"])
    expect(form.dialog.get_by_label("Second time, GMT+1").first).to_be_checked()
    form.end.click()
    ana.page.get_by_role("option", name=re.compile(r"^02:40 · 30 min · GMT\+1")).click()
    with ana.page.expect_request(lambda one: one.method == "PATCH") as sent:
        form.save()
    body: dict[str, str] = sent.value.post_data_json or {}
    assert list(body) == ["ends_at"]
    assert body["ends_at"].endswith("T02:40:00+01:00")


def _z(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
