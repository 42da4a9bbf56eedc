"""Which passwords are accepted."""

import pytest

from domain.accounts.password import LONGEST_PASSWORD, SHORTEST_PASSWORD, must_be_a_password
from domain.errors import Invalid
from domain.rule import Rule

EMAIL = "ana.novak@example.com"


@pytest.mark.parametrize("password", ["x" * SHORTEST_PASSWORD, "x" * LONGEST_PASSWORD, f"{EMAIL} and more", "š" * 12])
def test_accepted(password: str) -> None:
    must_be_a_password(password, EMAIL)


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("", Rule.PASSWORD_LENGTH),
        ("x" * (SHORTEST_PASSWORD - 1), Rule.PASSWORD_LENGTH),
        ("x" * (LONGEST_PASSWORD + 1), Rule.PASSWORD_LENGTH),
        (EMAIL, Rule.PASSWORD_IS_EMAIL),
        ("Ana.Novak@Example.com", Rule.PASSWORD_IS_EMAIL),
        (f" {EMAIL} ", Rule.PASSWORD_IS_EMAIL),
    ],
)
def test_refused(password: str, rule: Rule) -> None:
    with pytest.raises(Invalid) as refused:
        must_be_a_password(password, EMAIL)
    assert (refused.value.field, refused.value.rule) == ("password", rule)
