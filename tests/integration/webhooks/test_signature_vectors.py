"""Signatures that were computed elsewhere, against the running application at their own time."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.webhooks.zoom_stage import ZOOM, zoom_staged
from tests.tally import tally

READ = json.loads((Path(__file__).parent / "signature_vectors.json").read_text())
VECTORS: list[dict[str, Any]] = READ["vectors"]


async def _answer(vector: dict[str, Any], body: bytes) -> tuple[int, Any]:
    async with zoom_staged() as zoom:
        zoom.stage.harness.clock.move_to(datetime.fromtimestamp(int(vector["x-zm-request-timestamp"]), UTC))
        headers = {name: vector[name] for name in ("x-zm-request-timestamp", "x-zm-signature")}
        answer = await zoom.stage.harness.http.post(f"/webhooks/{ZOOM}", content=body, headers=headers)
        return answer.status_code, answer.json()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
async def test_the_raw_bytes_count(vector: dict[str, Any]) -> None:
    body = vector["raw_body"].encode()
    right = await _answer(vector, body)
    wrong = [(await _answer(vector, other))[0] for other in (body + b"\n", json.dumps(json.loads(body)).encode())]
    tally(
        "Webhook samples",
        f"signature vector {vector['name']}",
        delivered=3,
        accepted=int(right[0] == 200),
        refused=wrong.count(422),
        server_errors=sum(status >= 500 for status in (right[0], *wrong)),
        untrue=int(right[0] != 200) + sum(status == 200 for status in wrong),
    )
    token = READ["encrypted_token_of_the_first"]
    answered = {"plainToken": "mavrica-2718", "encryptedToken": token} if vector["name"] == "url_validation" else {}
    assert right == (200, answered)
    assert wrong == [422, 422]
