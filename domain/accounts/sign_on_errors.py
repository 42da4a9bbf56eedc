"""Refusals about single sign-on."""

from enum import StrEnum

from domain.errors import CalendraError


class IdentityProviderFault(StrEnum):
    """Why the practice's identity provider did not prove who the person is."""

    NOT_RESPONDING = "not_responding"
    UNUSABLE_ANSWER = "unusable_answer"
    UNFIT = "unfit"
    OTHER_ISSUER = "other_issuer"
    CLIENT_REFUSED = "client_refused"
    CODE_REFUSED = "code_refused"
    TOKEN_NOT_VALID = "token_not_valid"  # noqa: S105 - a code, not a password
    NOT_SIGNED_IN_AGAIN = "not_signed_in_again"


class RefusedIdentity(StrEnum):
    """Why a person whom the identity provider has signed in does not get in."""

    ADDRESS_NOT_VERIFIED = "address_not_verified"
    DOMAIN_NOT_ALLOWED = "domain_not_allowed"
    NO_ACCOUNT = "no_account"
    OTHER_PERSON = "other_person"


class SingleSignOnRequired(CalendraError):
    """The password is right, but the practice's people sign in with its identity provider. Data: sign_in_address."""

    code = "single_sign_on_required"
    says = "Your practice requires that you sign in with its own account."
    advice = "Sign in at {sign_in_address}. If that fails, ask an admin of your practice."


class SignInNotStarted(CalendraError):
    """No sign-in that began in this browser waits for this answer. The error does not say why."""

    code = "sign_in_not_started"
    says = "This sign-in was not started in this browser, has expired, or was already completed."
    advice = "Start again on the sign-in page."


class SignInDeclined(CalendraError):
    """The identity provider returned the person without a code. Data: error, its code for the reason."""

    code = "sign_in_declined"
    says = "Your practice's identity provider did not sign you in ({error})."
    advice = "Try again. If that fails, ask an admin of your practice whether your account there may use Calendra."


class IdentityProviderFailed(CalendraError):
    """Nothing was changed. Data: reason, an IdentityProviderFault."""

    code = "identity_provider_failed"
    says = "Your practice's identity provider could not prove who you are: {reason}."
    advice = "Try again in a moment. If that fails, tell an admin of your practice what you see here."

    def __init__(self, reason: IdentityProviderFault) -> None:
        self.reason = reason
        super().__init__(reason=reason)


class IdentityRefused(CalendraError):
    """Nothing was changed. Data: reason, a RefusedIdentity, and email, the address that the provider gave."""

    code = "identity_refused"
    says = "You are signed in at your practice's identity provider as {email}, but not in Calendra: {reason}."
    advice = "Ask an admin of your practice, or sign in there with another account."

    def __init__(self, reason: RefusedIdentity, email: str) -> None:
        self.reason = reason
        super().__init__(reason=reason, email=email or "?")


class TooManySignIns(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_many_sign_ins"
    says = "Too many sign-ins were started from your network."
    advice = "Try again in {retry_after} seconds."
