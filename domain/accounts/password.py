"""Which passwords are accepted."""

from domain.errors import Invalid

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000  # bounds the time of hashing, which grows with the length


def must_be_a_password(password: str, email: str) -> None:
    """`email` is the address that signs in with it. Raises Invalid."""
    if password.strip().casefold() == email.strip().casefold():
        raise Invalid("password", "A password is not the e-mail address.", "Choose another one; it is easy to guess.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(
            "password",
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
            "Choose another one. A sentence is easy to remember.",
        )
