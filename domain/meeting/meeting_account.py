"""Which account at a provider a meeting lies in: once the consultant connects another one, no call reaches it."""

import hashlib
from dataclasses import dataclass, replace

OTHER_ACCOUNT = "other_account"


def account_key(provider: str, user_id: str) -> str:
    """Equal for the same user of a provider, and tells nothing else about them."""
    return hashlib.sha256(f"{provider}:{user_id}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class MeetingAccount:
    """`key` is empty for meetings of earlier releases until the provider is next heard of about them. `email` is kept
    only once the consultant has ended the connection, so that people know where the meeting lies. `out_of_reach` while
    the consultant is connected as another user."""

    key: str = ""
    email: str = ""
    out_of_reach: bool = False

    def is_other_than(self, key: str) -> bool:
        """Surely: of an unknown one nobody can tell."""
        return bool(self.key and key) and self.key != key

    def connected_as(self, key: str) -> "MeetingAccount":
        if self.is_other_than(key):
            return replace(self, out_of_reach=True)
        return MeetingAccount(self.key) if self.key == key else self

    def reached_as(self, key: str) -> "MeetingAccount":
        """A call with this account's access found the meeting, or made it."""
        return self if self.key or not key else MeetingAccount(key)

    def left(self, key: str, email: str) -> "MeetingAccount":
        """The consultant ends the connection that reached it."""
        return replace(self, email=email) if self.key and self.key == key else self

    def without_email(self) -> "MeetingAccount":
        return replace(self, email="")
