"""Makes clients found and sorted again that a release before the search keys stored."""

from dataclasses import dataclass

from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class AddSearchKeys:
    """Rules: some at a time, each time in a transaction of its own, until every client has keys."""

    begin: Begin
    at_once: int = 500

    async def __call__(self) -> int:
        """How many got keys."""
        count = 0
        while True:
            async with self.begin() as work:
                done = await work.clients.add_missing_keys(most=self.at_once)
                await work.commit()
            count += done
            if done < self.at_once:
                return count
