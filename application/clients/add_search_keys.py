"""Adds search and sort keys to clients that an earlier release stored without them."""

from dataclasses import dataclass

from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class AddSearchKeys:
    """Rules: works in batches, each in a transaction of its own, until every client has keys."""

    begin: Begin
    at_once: int = 500

    async def __call__(self) -> int:
        """Returns how many clients got keys."""
        count = 0
        while True:
            async with self.begin() as work:
                done = await work.clients.add_missing_keys(most=self.at_once)
                await work.commit()
            count += done
            if done < self.at_once:
                return count
