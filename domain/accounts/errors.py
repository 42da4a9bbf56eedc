"""Refusals about people and their logins."""

from domain.errors import CalendraError


class LastAdmin(CalendraError):
    code = "last_admin"
    says = "The practice needs at least one admin."
    advice = "Make someone else an admin first."


class SessionsToCome(CalendraError):
    """The consultant role cannot be removed, or the person cannot be erased. Data: name, sessions (the number planned
    and not over)."""

    code = "sessions_to_come"
    says = "{name} still has upcoming sessions: {sessions}."
    advice = "Reassign or cancel them. Then try again."


class StillConnected(CalendraError):
    """The consultant role cannot be removed. Data: name, labels (a list of the providers' names)."""

    code = "still_connected"
    says = "{name} is still connected to {labels}."
    advice = "Disconnect {labels} at Connections first. Then try again."


class AccountNotEnded(CalendraError):
    """The erasure of a person was requested who can still sign in. Data: name."""

    code = "account_not_ended"
    says = "{name} can still sign in."
    advice = "End the account first. Then erase the person."


class AccountEnded(CalendraError):
    """A reset link was requested for a person whose account has ended. Data: name."""

    code = "account_ended"
    says = "The account of {name} has ended."
    advice = "Bring the account back first. Then create a reset link."


class OwnResetLink(CalendraError):
    """An admin requested a reset link for the own account: that would replace the question for the old password."""

    code = "own_reset_link"
    says = "You cannot create a reset link for your own account."
    advice = "Change your password in your account settings, or ask another admin for a link."


class ResetLinkInvalid(CalendraError):
    code = "reset_link_invalid"
    says = "This link for a new password has expired, was revoked, or was already used."
    advice = "Ask an admin of your practice for a new link. If you have already chosen a new password, sign in."


class InvitationInvalid(CalendraError):
    code = "invitation_invalid"
    says = "This invitation has expired, was revoked, or was already used."
    advice = "Ask the person who invited you for a new link. If you have accepted it before, sign in."


class SignsInElsewhere(CalendraError):
    """The address of an invitation or a founding signs in to another practice already. Only the holder of the link
    learns it. Data: email."""

    code = "signs_in_elsewhere"
    says = "{email} already signs in to another practice."
    advice = "Ask the person who sent you the link for one to another of your e-mail addresses."


class InvitationRevoked(CalendraError):
    """A new link was requested for a revoked invitation."""

    code = "invitation_revoked"
    says = "This invitation was revoked and cannot get a new link."
    advice = "Invite the person again."


class FoundingInvalid(CalendraError):
    code = "founding_invalid"
    says = "This link to set up a practice has expired or was already used."
    advice = "If your practice already uses Calendra, sign in. Otherwise contact support for a new link."


class LoginFailed(CalendraError):
    code = "login_failed"
    says = "The e-mail address or password is incorrect."
    advice = "Check both and try again, or ask an admin of your practice for a new password."


class TooManyAttempts(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_many_attempts"
    says = "Too many attempts with a wrong password."
    advice = "Try again in {retry_after} seconds, or use a browser in which you signed in before."


class TooManyLinks(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_many_links"
    says = "Too many attempts with links that are not valid."
    advice = "Try again in {retry_after} seconds."


class TooBusy(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_busy"
    says = "Too many people are signing in right now."
    advice = "Try again in {retry_after} seconds."


class NotLoggedIn(CalendraError):
    code = "signed_out"
    says = "You are not signed in."
    advice = "Sign in again. Your draft is saved."


class ConfirmationNeeded(CalendraError):
    """The request needs a proof of who the person is that is not older than five minutes."""

    code = "confirmation_needed"
    says = "This needs the password again. Nothing was changed."
    advice = "Send the password to POST /api/login/confirmation and repeat the request within five minutes."


class AccountChanged(CalendraError):
    """The request names another account than the one signed in in this browser."""

    code = "account_changed"
    says = "Another account is now signed in in this browser."
    advice = "Reload the page, or sign in with the account you want to use. Nothing was saved."


class SecondFactorFailed(CalendraError):
    code = "second_factor_failed"
    says = "The code is incorrect, or it was used before."
    advice = "Enter the code that your authenticator app shows now, or a recovery code that you have not used."


class SetUpEnded(CalendraError):
    """An authenticator app was confirmed that is not being set up, or the set-up took longer than an hour."""

    code = "set_up_ended"
    says = "This authenticator app can no longer be confirmed."
    advice = "Set it up again with a new key."


class PendingLoginEnded(CalendraError):
    """The token of a pending login is unknown, expired, of another browser, or had too many wrong codes."""

    code = "pending_login_ended"
    says = "This sign-in took too long, or had too many wrong codes."
    advice = "Sign in again with the e-mail address and the password."


class TooManyCodes(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_many_codes"
    says = "Too many attempts with a wrong code."
    advice = "Try again in {retry_after} seconds, or use a passkey."


class PasskeyFailed(CalendraError):
    """The passkey is unknown or was removed, its signature is not valid, its count went back, or the challenge has
    expired."""

    code = "passkey_failed"
    says = "Calendra does not accept this passkey."
    advice = "Try again, or sign in with the e-mail address and the password."


class SecondFactorNeeded(CalendraError):
    """The practice demands a second factor, and this login has none."""

    code = "second_factor_needed"
    says = "Your practice demands a second factor. Nothing was changed."
    advice = "Set up an authenticator app or a passkey in your account settings. Then repeat the request."


class LastSecondFactor(CalendraError):
    """The last second factor cannot be removed while the practice demands one."""

    code = "last_second_factor"
    says = "Your practice demands a second factor, and this is your only one."
    advice = "Set up another one first. Then remove this one."


class NoSecondFactor(CalendraError):
    """Recovery codes stand in for a second factor, and the person has none."""

    code = "no_second_factor"
    says = "You have no second factor."
    advice = "Set up an authenticator app or a passkey first."


class OwnSecondFactor(CalendraError):
    """An admin wanted to reset the own second factor: that would replace the proof of it."""

    code = "own_second_factor"
    says = "You cannot reset your own second factor."
    advice = "Remove it in your account settings, or ask another admin to reset it."


class TooManyPasskeys(CalendraError):
    """Data: most."""

    code = "too_many_passkeys"
    says = "You have {most} passkeys, and cannot add more."
    advice = "Remove one that you no longer use."
