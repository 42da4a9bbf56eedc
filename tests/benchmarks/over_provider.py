"""What a save adds to the provider's own time, at one request at a time."""

from dataclasses import dataclass
from statistics import median
from uuid import uuid4

from tests.benchmarks.load import Job, Request
from tests.benchmarks.loader import Loader
from tests.benchmarks.practice import Practice
from tests.benchmarks.raw_endpoint import meeting_body

LATENCY_MS = 100


@dataclass(frozen=True)
class OverProvider:
    provider_ms: float
    save_ms: float

    @property
    def over_ms(self) -> float:
        return self.save_ms - self.provider_ms


def over_provider(practice: Practice, loader: Loader, save: Job, create: Job, turns: int) -> OverProvider:
    """The same create straight at the provider, and a save through the service, in turns."""
    practice.running.zoom.configure(latency_ms=LATENCY_MS)
    provider, service = [], []
    try:
        for _ in range(turns):
            provider.append(loader.run(create).median_ms)
            save.requests = [
                Request("POST", "/api/bookings", save.requests[0].headers, practice.body()) for _ in range(100)
            ]
            service.append(loader.run(save).median_ms)
    finally:
        practice.running.zoom.configure(latency_ms=0)
    return OverProvider(median(provider), median(service))


def create_job(practice: Practice, port: int, token: str, seconds: float) -> Job:
    headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
    starts_at, _ = practice.free_slot()
    body = meeting_body("Career review", starts_at, "Europe/Ljubljana", uuid4()).decode()
    return Job(port, [Request("POST", "/v2/users/me/meetings", headers, body)], 1, seconds, expected=201)
