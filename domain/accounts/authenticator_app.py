"""An authenticator app: it shows a new code every half minute, made from a secret that it shares with Calendra (TOTP,
RFC 6238)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.errors import SecondFactorFailed, SetUpEnded

SET_UP_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AuthenticatorApp:
    """`secret` is in base32. It counts once a first code has confirmed it. `last_step` is the time step of the last
    code that was used, so that no code counts twice."""

    organization_id: UUID
    id: UUID
    account_id: UUID
    secret: str = field(repr=False)
    made_at: datetime
    confirmed_at: datetime | None = None
    last_step: int | None = None

    @classmethod
    def set_up(cls, app_id: UUID, account: Account, secret: str, *, now: datetime) -> "AuthenticatorApp":
        return cls(account.organization_id, app_id, account.id, secret, now)

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None

    def confirm(self, step: int | None, *, now: datetime) -> "AuthenticatorApp":
        """`step`: the time step of the code, None for a wrong code. Raises SecondFactorFailed, SetUpEnded."""
        if self.confirmed or self.made_at + SET_UP_LASTS <= now:
            raise SetUpEnded
        return replace(self.use(step), confirmed_at=now)

    def use(self, step: int | None) -> "AuthenticatorApp":
        """Raises SecondFactorFailed for a wrong code, and for one that is not newer than the last one."""
        if step is None or (self.last_step is not None and step <= self.last_step):
            raise SecondFactorFailed
        return replace(self, last_step=step)
