"""Which passwords are accepted."""

from domain.errors import Invalid
from domain.rule import Rule

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000  # bounds the time of hashing, which grows with the length


def must_be_a_password(password: str, email: str) -> None:
    """`email` is the address that signs in with it. Raises Invalid."""
    if password.strip().casefold() == email.strip().casefold():
        raise Invalid("password", Rule.PASSWORD_IS_EMAIL)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid("password", Rule.PASSWORD_LENGTH, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
