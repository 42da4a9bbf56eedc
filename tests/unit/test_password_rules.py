"""Which passwords are accepted."""

import pytest

from domain.accounts.password import LONGEST_PASSWORD, SHORTEST_PASSWORD, must_be_a_password
from domain.errors import Invalid

EMAIL = "ana.novak@example.com"


@pytest.mark.parametrize("password", ["x" * SHORTEST_PASSWORD, "x" * LONGEST_PASSWORD, f"{EMAIL} and more", "š" * 12])
def test_accepted(password: str) -> None:
    must_be_a_password(password, EMAIL)


@pytest.mark.parametrize(
    "password",
    ["", "x" * (SHORTEST_PASSWORD - 1), "x" * (LONGEST_PASSWORD + 1), EMAIL, "Ana.Novak@Example.com", f" {EMAIL} "],
)
def test_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        must_be_a_password(password, EMAIL)
    assert refused.value.data["field"] == "password"
