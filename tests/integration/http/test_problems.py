"""The one table of status codes is complete, and the OpenAPI document names the refusals of each address."""

from typing import Any

import pytest

from entrypoints.http.problems import STATUS
from tests.in_memory_app import in_memory_app
from tests.refusals import concrete_errors

UNSAFE = ("post", "put", "patch", "delete")


def test_every_error_has_a_status_and_a_code_of_its_own() -> None:
    assert set(STATUS) == concrete_errors()
    codes = [kind.code for kind in STATUS]
    assert len(codes) == len(set(codes))
    assert all(400 <= status < 600 and status != 500 for status in STATUS.values())


@pytest.fixture
async def document() -> dict[str, Any]:
    async with in_memory_app() as running:
        return dict((await running.http.get("/schema/openapi.json")).raise_for_status().json())


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


async def test_every_operation_is_named_and_described(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert len(names) >= 30
    for method, path, operation in operations(document):
        assert operation["summary"], (method, path)
        assert operation["tags"], (method, path)


async def test_refusals_are_problems_with_examples(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        if path.startswith("/health") or operation["operationId"] == "listProviders":
            continue
        refused = {status: spec for status, spec in operation["responses"].items() if int(status) >= 400}
        assert {"400", "503"} <= set(refused), (method, path)
        for spec in refused.values():
            content = spec["content"]["application/problem+json"]
            for example in content["examples"].values():
                assert {"type", "title", "status", "code", "detail", "next"} <= set(example["value"]), (method, path)


async def test_private_operations_say_401_and_changing_ones_403(document: dict[str, Any]) -> None:
    public = {"logIn", "isAlive", "isReady", "listProviders", "getHelp", "receiveWebhookEvent", "listDemoPeople"}
    public |= {
        "lookAtSignIn",
        "beginSignIn",
        "completeSignIn",
        "beginPasskeyLogin",
        "lookAtResetLink",
        "useResetLink",
        "lookAtInvitation",
        "acceptInvitation",
        "lookAtFounding",
        "foundPractice",
    }
    for method, path, operation in operations(document):
        if operation["operationId"] in public:
            continue
        assert "401" in operation["responses"], (method, path)
        if method in UNSAFE:
            assert "403" in operation["responses"], (method, path)


async def test_bodies_have_examples(document: dict[str, Any]) -> None:
    for name in ("bookSession", "editSession"):
        [operation] = [one for _, _, one in operations(document) if one["operationId"] == name]
        assert operation["requestBody"]["content"]["application/json"]["schema"]["examples"]


async def test_every_answer_has_a_named_shape(document: dict[str, Any]) -> None:
    """A client's types are made from this document."""
    free = {"followChanges", "receiveWebhookEvent", "exportSecurityLog"}
    for method, path, operation in operations(document):
        for status, spec in operation["responses"].items():
            if status == "204" or operation["operationId"] in free:
                continue
            [content] = spec["content"].values()
            shape = content["schema"].get("items", content["schema"])
            assert shape["$ref"].startswith("#/components/schemas/"), (method, path, status)


async def test_stable_words_are_enumerations(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]
    for shape, field, words in [
        ("BookingView", "status", {"planned", "cancelled", "deleted"}),
        ("MeetingState", "status", {"none", "wanted", "ready", "waiting", "failed"}),
        ("ConnectionResponse", "status", {"not_connected", "connected", "needs_reconnecting", "disconnecting"}),
    ]:
        name = shapes[shape]["properties"][field]["$ref"].rpartition("/")[2]
        assert set(shapes[name]["enum"]) == words
    assert set(shapes["Only"]["enum"]) == {"planned", "cancelled", "online", "at_risk"}
    assert set(shapes["Language"]["enum"]) == {"en", "sl"}
    assert [name for name in shapes if "Problem" in name] == ["Problem"]
    assert shapes["Problem"]["properties"]["fields"]["items"] == {"$ref": "#/components/schemas/WrongField"}


async def test_an_unknown_address_below_the_api_is_a_problem_whoever_asks() -> None:
    async with in_memory_app() as running:
        lost = await running.http.get("/api/nowhere", headers={"accept": "text/html"})
    assert lost.headers["content-type"] == "application/problem+json"
    assert (lost.status_code, lost.json()["code"]) == (404, "no_such_address")
