"""A practice in one process, and a certified identity provider in another. Time is real, because both have to agree."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.accounts.account import Role
from domain.accounts.organization import Organization
from tests.identity_provider.process import IdentityProviderProcess, identity_provider
from tests.in_memory_app import PASSWORD, in_memory_app
from tests.integration.single_sign_on.stage import PEOPLE, PRACTICE, Stage, callback


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProviderProcess]:
    with identity_provider([callback(PRACTICE), callback(UUID(int=2))], PEOPLE) as running:
        yield running


@pytest.fixture
async def stage(provider: IdentityProviderProcess) -> AsyncIterator[Stage]:
    """The admin Ana is signed in; Bor is a consultant."""
    from application.accounts.add_people import Person

    async with in_memory_app(now=datetime.now(UTC), calls_identity_providers=True) as app:
        organization = Organization(PRACTICE, "Vidra", "Europe/Ljubljana")
        person = Person(UUID(int=10), "Ana", "ana@example.com", PASSWORD, frozenset({Role.ADMIN}))
        ana = await app.container.add_people().practice(organization, person)
        bor = await app.add_people("Bor", Role.CONSULTANT, organization=organization)
        await app.log_in(ana)
        yield Stage(app, organization, ana, bor, provider)
