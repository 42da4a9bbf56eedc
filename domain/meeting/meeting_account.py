"""The provider account that holds a meeting. Once the consultant connects another one, no call reaches the meeting."""

import hashlib
from dataclasses import dataclass, replace


def account_key(provider: str, user_id: str) -> str:
    """A hash that is equal for the same user of a provider and reveals nothing else about them."""
    return hashlib.sha256(f"{provider}:{user_id}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class MeetingAccount:
    """`key` is empty for meetings of earlier releases until the provider next answers about them. `email` is kept only
    once the consultant has ended the connection, so that people know which account holds the meeting. `out_of_reach` is
    set while the consultant is connected as another user."""

    key: str = ""
    email: str = ""
    out_of_reach: bool = False

    def is_other_than(self, key: str) -> bool:
        """Whether the accounts certainly differ: False when either key is unknown."""
        return bool(self.key and key) and self.key != key

    def connected_as(self, key: str) -> "MeetingAccount":
        if self.is_other_than(key):
            return replace(self, out_of_reach=True)
        return MeetingAccount(self.key) if self.key == key else self

    def reached_as(self, key: str) -> "MeetingAccount":
        """A call with this account's access token found or created the meeting."""
        return self if self.key or not key else MeetingAccount(key)

    def left(self, key: str, email: str) -> "MeetingAccount":
        """The consultant ends the connection that reached the meeting."""
        return replace(self, email=email) if self.key and self.key == key else self

    def without_email(self) -> "MeetingAccount":
        return replace(self, email="")
