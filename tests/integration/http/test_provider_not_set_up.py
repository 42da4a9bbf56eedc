"""The API of a connection whose provider was taken out of the settings."""

from tests.integration.http.conftest import Api


async def test_it_is_shown_and_disconnected_and_nothing_answers_with_a_fault(api: Api) -> None:
    session = await api.booked("Ana", online=True, provider="north")
    link = session["meeting"]["join_link"]
    ana = str(api.practice.accounts["Ana"].id)
    del api.app.container.meeting_providers()._by_name["north"]
    for who in ("Ana", "Admin"):
        [shown] = [one for one in await api.told(who, "/api/consultants") if one["id"] == ana]
        north = next(one for one in shown["connections"] if one["provider"] == "north")
        assert (north["label"], north["set_up"], north["status"]) == ("North", False, "connected")
        assert (north["upcoming"], north["permissions"], north["calls_left"]) == (2, [], None)
        assert all(one["set_up"] for one in shown["connections"] if one is not north)
    path, connection = f"/api/bookings/{session['id']}", f"/api/connections/north/{ana}"
    assert (await api.told("Ana", path))["meeting"]["join_link"] == link
    assert len(await api.told("Ana", f"{connection}/preview")) == 2
    renamed = await api.ask("Ana", "PATCH", path, json={"title": "New"})
    assert (renamed.status_code, renamed.json()["meeting"]["join_link"]) == (200, link)
    wanted = api.form(online=True, provider="north", starts_at="2027-09-02T09:00:00Z", ends_at="2027-09-02T10:00:00Z")
    assert (await api.refused("Ana", "POST", "/api/bookings", json=wanted))[0] == 422
    assert (await api.refused("Ana", "POST", "/api/connections/north", json={}))[0] == 404
    assert (await api.refused("Admin", "POST", f"{connection}/links"))[0] == 404
    ended = await api.ask("Ana", "DELETE", f"{connection}?meetings=remove")
    assert ended.json() == {"revocation": "not_set_up", "meetings_left": 0, "removal_address": ""}
    assert (await api.refused("Ana", "DELETE", connection))[0] == 404
    history = await api.told("Ana", f"/api/consultants/{ana}/history")
    assert history[-1]["facts"]["ending"]["revocation"] == "not_set_up"
    receipt = await api.ask("Admin", "POST", "/api/erasures", json={"email": api.practice.accounts["Ana"].email})
    ending = receipt.json()["endings"]["north"]
    assert (ending["revocation"], ending["removal_address"]) == ("not_set_up", "")
    assert (await api.told("Ana", path))["meeting"]["join_link"] == link
