"""The root of all errors that a person or an API client can get, and those that belong to no single concept."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from domain.failure_reason import FailureReason
from domain.rule import Rule


class CalendraError(Exception):
    """An error. `code` is stable, `says` is a sentence in English, `advice` says what to do next.

    Both sentences may refer to the keyword data that the error is raised with. The data are values and codes, never
    phrases: the page words them in the language of the person.
    """

    code: ClassVar[str]
    says: ClassVar[str]
    advice: ClassVar[str]

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(in_words(self.says, data))

    @property
    def next(self) -> str:
        return in_words(self.advice, self.data)


def in_words(template: str, data: Mapping[str, object]) -> str:
    """The sentence with the data. Codes are written as words, the items of a list between commas."""
    return template.format(**{name: _in_words(value) for name, value in data.items()}).rstrip()


def _in_words(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.replace("_", " ")
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


class Invalid(CalendraError):
    """A value breaks a rule. Data: what the rule's sentence refers to."""

    code = "invalid_input"

    def __init__(self, field: str, rule: Rule, **data: object) -> None:
        self.field = field
        self.rule = rule
        self.detail = in_words(rule.says, data)
        self.data = data
        Exception.__init__(self, f"{field}: {self.detail}")

    @property
    def next(self) -> str:
        return in_words(self.rule.advice, self.data)


class ObjectKind(StrEnum):
    """The kind of an object that a request names."""

    ACCOUNT = "account"
    CLIENT = "client"
    CONSULTANT = "consultant"
    DRAFT = "draft"
    IDENTITY_PROVIDER = "identity_provider"
    INVITATION = "invitation"
    LINK = "link"
    LOGIN = "login"
    MEETING_PROVIDER = "meeting_provider"
    NOTE = "note"
    PASSKEY = "passkey"
    PERSON = "person"
    PERSON_BY_EMAIL = "person_by_email"
    PRACTICE = "practice"
    RECEIPT = "receipt"
    SESSION = "session"


class NotFound(CalendraError):
    """The object does not exist, or the account may not see it: the error does not say which. Data: what."""

    code = "not_found"
    says = "There is no such {what}, or you may not see it."
    advice = "Check the address, or ask an admin of your practice for access."

    def __init__(self, what: ObjectKind) -> None:
        super().__init__(what=what)


class NotAllowed(CalendraError):
    code = "not_allowed"
    says = "Only an admin of the practice may do this."
    advice = "Ask an admin of your practice."


class KeyReused(CalendraError):
    code = "idempotency_key_reused"
    says = "This Idempotency-Key was already used for another request."
    advice = "Send a new key with a new request; the same key only with the same content."


class ResultGone(CalendraError):
    """The request is a repetition, and the object that the first request created has been deleted or erased."""

    code = "idempotency_result_gone"
    says = "This request was carried out before, and what it created has been deleted since."
    advice = "Nothing was created again. Send a new request with a new Idempotency-Key to create it again."


class StorageUnavailable(CalendraError):
    """Whether a change was saved is not known: the confirmation of the commit, or a later read, may have failed."""

    code = "storage_unavailable"
    says = "Calendra cannot reach its data right now."
    advice = "Try again in a moment. Saving again never books twice. If the problem persists, contact support."


class Overloaded(CalendraError):
    """The process has as many open connections as it can serve. Data: retry_after, in seconds."""

    code = "overloaded"
    says = "Calendra has too many open connections right now."
    advice = "Try again in {retry_after} seconds."


class TooManyStreams(CalendraError):
    """A login or an account follows changes in too many streams at once. Data: retry_after, in seconds."""

    code = "too_many_streams"
    says = "Too many pages of Calendra are open at the same time."
    advice = "Close some of them. This one is up to date again in {retry_after} seconds or after a reload."


class TooManyRequests(CalendraError):
    """An account sends more requests than its allowance. Data: retry_after, in seconds."""

    code = "too_many_requests"
    says = "Your account sends too many requests."
    advice = "Try again in {retry_after} seconds. A program must wait as long as Retry-After says."


class ProviderError(CalendraError):
    """A meeting provider's failure, by its consequence.

    Data: reason, a failure reason, and words, the provider's own, redacted. `answered` is the redacted answer, kept for
    the history.
    """

    reason: FailureReason

    def __init__(self, *, words: str = "", answered: str = "") -> None:
        self.words = words
        self.answered = answered
        super().__init__(reason=self.reason, words=words)

    @property
    def said(self) -> str:
        """The provider's own words; empty when Calendra knew without asking."""
        return self.answered or self.words
