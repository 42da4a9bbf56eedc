"""The rules that a value of a request can break: one table of codes, with a sentence and what to do next for each."""

from enum import StrEnum
from typing import Self


class Rule(StrEnum):
    """A rule that a value breaks. The code is stable. `says` and `advice` are English, for API clients, the command
    line and logs; they may refer to the data of the refusal. The page has its own words for each code."""

    says: str
    advice: str

    def __new__(cls, code: str, says: str, advice: str) -> Self:
        rule = str.__new__(cls, code)
        rule._value_ = code
        rule.says = says
        rule.advice = advice
        return rule

    # The shape of a request
    MISSING = "missing", "This is missing.", "Add it."
    UNKNOWN_FIELD = "unknown_field", "There is no field {name}.", "Leave it out."
    WRONG_TYPE = "wrong_type", "This is of the type {found}; it must be {expected}.", "Correct the type."
    NOT_OFFERED = "not_offered", "“{value}” is not one of the values.", "Send one that the API description lists."
    NOT_AN_ID = "not_an_id", "This is not an id.", "Choose one of those that exist."
    NOT_A_TIME = "not_a_time", "This is not a date or a time as RFC 3339 describes it.", "Send 2027-03-28T10:00:00Z."
    NO_BODY = "no_body", "The body is missing.", "Send a body as the API description shows it."
    NOT_JSON = "not_json", "The body is not valid JSON.", "Check the body where your program writes it."
    NOT_UTF8 = "not_utf8", "The text is not UTF-8.", "Send the text in UTF-8."
    NESTED_TOO_DEEPLY = "nested_too_deeply", "The JSON is nested too deeply.", "Send a flatter body."
    NOT_AS_DESCRIBED = (
        "not_as_described",
        "This does not have the form that the API describes: {decoder}",
        "See the API description at /schema.",
    )

    # Any text, time or address
    EMPTY = "empty", "This must not be empty.", "Enter some text."
    TEXT_TOO_LONG = (
        "text_too_long",
        "The text has {length} characters; at most {longest} are allowed.",
        "Shorten it.",
    )
    CONTROL_CHARACTERS = (
        "control_characters",
        "The text has control characters.",
        "Remove them. They often come with pasted text.",
    )
    NOT_STORABLE = (
        "not_storable",
        "The text has a character that cannot be stored.",
        "Remove it. It often comes with pasted text.",
    )
    NO_UTC_OFFSET = (
        "no_utc_offset",
        "The time has no offset from UTC.",
        "Add one, for example 2027-03-28T10:00:00+02:00 or …Z.",
    )
    YEAR_OUT_OF_RANGE = "year_out_of_range", "The year lies outside {first} to {last}.", "Check the date."
    NOT_A_TIME_ZONE = (
        "not_a_time_zone",
        "“{zone}” is not a time zone.",
        "Use an IANA name such as Europe/Ljubljana.",
    )
    NOT_AN_EMAIL = "not_an_email", "“{email}” is not an e-mail address.", "Write it like name@example.com."

    # Sessions
    ENDS_BEFORE_START = "ends_before_start", "A session must end after it starts.", "Choose a later end."
    SESSION_TOO_LONG = (
        "session_too_long",
        "A session lasts {hours} hours at most.",
        "Choose an earlier end, or book two sessions.",
    )
    SESSION_TOO_SHORT = (
        "session_too_short",
        "A session lasts {minutes} minutes at least.",
        "Choose a later end.",
    )
    ONLINE_IN_THE_PAST = (
        "online_in_the_past",
        "An online session cannot start in the past.",
        "Choose a later start, or switch online off.",
    )
    NO_CLIENT = "no_client", "A session has at least one client.", "Add a client."
    TOO_MANY_CLIENTS = "too_many_clients", "A session has at most {most} clients.", "Remove some."
    UNKNOWN_CLIENT = "unknown_client", "One of these clients does not exist.", "Choose clients from the list."
    CLIENT_ARCHIVED = (
        "client_archived",
        "{name} is archived and cannot be chosen for sessions.",
        "Restore the client on the Clients page, or choose another one.",
    )
    NO_PROVIDER = (
        "no_provider",
        "An online session needs a meeting provider.",
        "Choose one, or switch online off.",
    )
    PROVIDER_IN_PERSON = (
        "provider_in_person",
        "Only an online session has a provider.",
        "Switch online on, or clear the provider.",
    )
    UNKNOWN_PROVIDER = (
        "unknown_provider",
        "There is no meeting provider “{provider}” here.",
        "Choose one of: {offered}.",
    )
    NO_PROVIDERS = (
        "no_providers",
        "No meeting provider is set up here.",
        "Switch online off, or ask the operator to set one up.",
    )
    UNKNOWN_CONSULTANT = (
        "unknown_consultant",
        "There is no such consultant, or you may not book for them.",
        "Choose yourself, or ask an admin to book for a colleague.",
    )
    NO_CONSULTANTS = (
        "no_consultants",
        "This practice has no consultants yet.",
        "Make yourself a consultant, or invite one: both on the Practice page.",
    )
    DRAFT_TOO_LONG = "draft_too_long", "The form has more than {longest} characters.", "Shorten the notes."
    FORM_AND_DRAFT = (
        "form_and_draft",
        "A form and a draft were sent.",
        "Send the form, or the id of the draft that holds it.",
    )

    # Lists, and the headers of a request
    RANGE_ENDS_BEFORE_START = "range_ends_before_start", "The range ends before it starts.", "Choose a later end."
    RANGE_TOO_LONG = "range_too_long", "The range is longer than {days} days.", "Ask for a shorter range."
    PAGE_SIZE = "page_size", "A page has 1 to {most} entries.", "Ask for the next page with the cursor."
    TOO_MANY_IDS = "too_many_ids", "{count} ids were given; at most {most} are allowed.", "Ask in several parts."
    NOT_A_CURSOR = (
        "not_a_cursor",
        "This is not a cursor from Calendra.",
        "Send the `next` of the page before, unchanged.",
    )
    NOT_AN_ETAG = "not_an_etag", "This is not an ETag of a session.", "Send the ETag that came with the session."
    NOT_AN_IDEMPOTENCY_KEY = (
        "not_an_idempotency_key",
        "A key has 1 to {longest} printable characters.",
        "Send a UUID, for example.",
    )

    # Clients and their notes
    PRACTICE_FULL = (
        "practice_full",
        "A practice has at most {most} clients.",
        "Merge clients that are there twice, or erase those that are no longer needed.",
    )
    SAME_CLIENT = "same_client", "A client cannot be merged with itself.", "Choose another client."
    CONTACT_IN_THE_FUTURE = (
        "contact_in_the_future",
        "The date of a contact cannot be later than tomorrow.",
        "Enter the day of the contact.",
    )
    CONTACT_TOO_EARLY = (
        "contact_too_early",
        "The date of a contact cannot be before {year}.",
        "Check the year.",
    )

    # People
    TOO_MANY_PENDING_LINKS = (
        "too_many_pending_links",
        "You have made {most} links that were not used yet, which is the most at a time.",
        "Wait until some are used or have expired, or revoke invitations.",
    )
    CODE_NEEDED = (
        "code_needed",
        "This needs a code of the second factor too.",
        "Enter the code that your authenticator app shows, or a recovery code.",
    )
    GRACE_OUT_OF_RANGE = (
        "grace_out_of_range",
        "The time until everybody needs a second factor is 0 to {most} days.",
        "Choose a number of days in this range.",
    )
    NO_ROLE = "no_role", "A person is an admin, a consultant or both.", "Choose at least one."
    FOUNDING_ADDRESS = (
        "founding_address",
        "This link is for {email}.",
        "Use this address, or ask the operator for a link with another one.",
    )
    EMAIL_TAKEN = "email_taken", "{email} is already used to sign in.", "Use another e-mail address."
    EMAIL_ENDED = (
        "email_ended",
        "{email} is the address of {name}, whose account has ended.",
        "Bring {name} back in the list of people.",
    )
    EMAIL_INVITED = (
        "email_invited",
        "{email} is already invited.",
        "Create a new link in the list of invitations.",
    )
    PASSWORD_LENGTH = (
        "password_length",
        "A password has {shortest} to {longest} characters.",
        "Choose another one. A sentence is easy to remember.",
    )
    PASSWORD_SEQUENCE = (
        "password_sequence",
        "This password is a simple sequence or repetition, which is easy to guess.",
        "Choose another one. A sentence is easy to remember.",
    )
    PASSWORD_PERSONAL = (
        "password_personal",
        "This password is little more than the name, the e-mail address, the practice's name or “calendra”.",
        "Choose another one. A sentence about something else is easy to remember.",
    )
    PASSWORD_COMMON = (
        "password_common",
        "Many people use this password, or its word with numbers or punctuation, so it is tried first.",
        "Choose another one. A sentence is easy to remember.",
    )

    # Single sign-on
    NOT_AN_ISSUER = (
        "not_an_issuer",
        "An issuer is an https address without user, query and fragment.",
        "Copy the issuer from your identity provider, for example https://accounts.google.com.",
    )
    ISSUER_ON_LOOPBACK = (
        "issuer_on_loopback",
        "The issuer is on the machine on which Calendra runs.",
        "Enter the public https address of your identity provider.",
    )
    ISSUER_NOT_RESPONDING = (
        "issuer_not_responding",
        "{address} does not answer.",
        "Check the issuer, and whether Calendra's server may reach it. Then save again.",
    )
    ISSUER_NO_DOCUMENT = (
        "issuer_no_document",
        "There is no usable discovery document at {address}.",
        "Check the issuer: it is the address before /.well-known/openid-configuration.",
    )
    ISSUER_OTHER = (
        "issuer_other",
        "The discovery document names another issuer: {found}.",
        "Enter the issuer exactly as the document names it, if it is yours.",
    )
    ISSUER_UNSAFE_ADDRESS = (
        "issuer_unsafe_address",
        "The discovery document names an address that is not https: {endpoint}.",
        "Make the identity provider use https for all its addresses. Then save again.",
    )
    ISSUER_NO_CODE_FLOW = (
        "issuer_no_code_flow",
        "The identity provider does not offer the authorization code flow.",
        "Switch it on there, or use another provider.",
    )
    ISSUER_NO_PKCE = (
        "issuer_no_pkce",
        "The identity provider does not offer PKCE with S256.",
        "Switch it on there, or use another provider.",
    )
    ISSUER_NO_SIGNATURE = (
        "issuer_no_signature",
        "The identity provider signs ID tokens with no algorithm that Calendra accepts ({accepted}).",
        "Choose one of them there, or use another provider.",
    )
    ISSUER_NO_CLIENT_SECRET = (
        "issuer_no_client_secret",
        "The identity provider accepts a client secret neither as client_secret_basic nor as client_secret_post.",
        "Switch one of them on there, or use another provider.",
    )
    NO_DOMAIN = "no_domain", "At least one domain must be allowed.", "Enter the domain of your e-mail addresses."
    TOO_MANY_DOMAINS = "too_many_domains", "At most {most} domains are allowed.", "Remove some."
    NOT_A_DOMAIN = "not_a_domain", "“{domain}” is not a domain.", "Write it like example.com."
    SECRET_NEEDED = (
        "secret_needed",
        "The stored client secret belongs to another issuer or client.",
        "Enter the client secret that your identity provider made for this client.",
    )
    NO_BREAK_GLASS = (
        "no_break_glass",
        "If single sign-on is required, at least one admin must be able to sign in without it.",
        "Choose an admin who keeps signing in with a password, in case the identity provider fails.",
    )
    NOT_AN_ADMIN = "not_an_admin", "One of these people is not an admin.", "Choose admins of the practice."

    # Webhook events
    NO_WEBHOOK_EVENTS = (
        "no_webhook_events",
        "This provider sends no webhook events.",
        "Nothing to do: it was not acted on.",
    )
    EVENT_UNDATED = (
        "event_undated",
        "The webhook event has no readable time.",
        "Send the time as the provider describes it.",
    )
    EVENT_OUT_OF_TIME = (
        "event_out_of_time",
        "The webhook event is too old, or dated in the future.",
        "Compare the clocks on both sides.",
    )
    WRONG_SIGNATURE = (
        "wrong_signature",
        "The signature matches none of the webhook secrets.",
        "Compare the webhook secret here with the one in the app's settings at the provider.",
    )
    EVENT_TOO_LONG = "event_too_long", "The webhook event is too long.", "Nothing to do: it was not acted on."
    EVENT_UNREADABLE = (
        "event_unreadable",
        "The webhook event is not in the form that the provider describes.",
        "Nothing to do: it was not acted on.",
    )
