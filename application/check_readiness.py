"""The readiness check: whether Calendra can serve requests now."""

from dataclasses import dataclass

from domain.ports.storage_check import StorageCheck


@dataclass(frozen=True)
class CheckReadiness:
    storage: StorageCheck

    async def __call__(self) -> dict[str, str]:
        return {"database": await self.storage()}
