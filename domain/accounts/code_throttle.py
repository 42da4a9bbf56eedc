"""The limits of attempts with codes. They are hard limits: only a person who gave the password enters codes, so a
stranger cannot use them up."""

from datetime import timedelta
from uuid import UUID

from domain.accounts.gcra import GcraLimit, GcraState, Quota, key_of
from domain.accounts.login_throttle import LoginThrottle
from domain.accounts.network import wider_networks

# With three valid codes of a million, a hundred guesses a day succeed once in ten years.
AT_ACCOUNT = GcraLimit(20, timedelta(minutes=15))
FROM_NETWORK = GcraLimit(10, timedelta(minutes=1))


def of_code(account_id: UUID, network: str) -> LoginThrottle:
    """By the account and, over all accounts, by the network and the /56 and /48 around it."""
    around = [network, *wider_networks(network)]
    by_network = [
        Quota(GcraState(key_of("code network", one)), FROM_NETWORK.times(2**place)) for place, one in enumerate(around)
    ]
    at_account = Quota(GcraState(key_of("code account", account_id.bytes)), AT_ACCOUNT)
    return LoginThrottle((*by_network, at_account))
