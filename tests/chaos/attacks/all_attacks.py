"""The attacks, in the order in which they run."""

from tests.chaos.attacks.hashing import a_flood_of_unknown_addresses, an_admin_with_the_right_password

ATTACKS = (an_admin_with_the_right_password, a_flood_of_unknown_addresses)
