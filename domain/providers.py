"""The meeting providers of this deployment."""

from collections.abc import Iterator, Sequence

from domain.errors import Invalid, NotFound, ObjectKind
from domain.failure_reason import FailureReason
from domain.provider import Provider
from domain.provider_errors import Misconfigured
from domain.rule import Rule


class Providers:
    """Providers by name, in the order in which people are offered them."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        self._by_name = {provider.name: provider for provider in providers}

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Provider:
        if name not in self._by_name:
            raise NotFound(ObjectKind.MEETING_PROVIDER)
        return self._by_name[name]

    def find(self, name: str) -> Provider | None:
        """None for a provider that is stored with a connection or a booking and is no longer set up."""
        return self._by_name.get(name)

    def label(self, name: str) -> str:
        """For people; of a provider that is no longer set up, its stored name."""
        found = self.find(name)
        return found.label if found else name.replace("_", " ").replace("-", " ").title()

    def serving(self, name: str) -> Provider:
        """For existing bookings and connections. Raises Misconfigured: a provider removed from the settings may
        return."""
        if name not in self._by_name:
            raise Misconfigured(reason=FailureReason.NOT_SET_UP)
        return self._by_name[name]

    def must_offer(self, name: str) -> Provider:
        """For forms. Raises Invalid when no provider has this name."""
        if not self._by_name:
            raise Invalid("provider", Rule.NO_PROVIDERS)
        if name not in self._by_name:
            raise Invalid("provider", Rule.UNKNOWN_PROVIDER, provider=name, offered=list(self._by_name))
        return self._by_name[name]
