"""The `settings` object of a meeting: its fields, their values and their defaults."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Text = str | UnsetType
Flag = bool | UnsetType
Texts = list[str] | UnsetType


class Block(Struct, forbid_unknown_fields=True):
    """A nested object that accepts only the fields of Zoom's list."""


class Invitee(Block):
    email: str


class Named(Block):
    email: Text = UNSET
    name: Text = UNSET
    join_url: Text = UNSET


class Countries(Block):
    approved_list: Texts = UNSET
    denied_list: Texts = UNSET
    enable: Flag = UNSET
    method: Literal["approve", "deny"] | UnsetType = UNSET


class Room(Block):
    name: Text = UNSET
    participants: Texts = UNSET


class Rooms(Block):
    enable: Flag = UNSET
    rooms: list[Room] | UnsetType = UNSET


class Channel(Block):
    channel_id: Text = UNSET
    name: Text = UNSET


class VideoManagement(Block):
    enable: Flag = UNSET
    channels: list[Channel] | UnsetType = UNSET


class Questions(Block):
    enable: Flag = UNSET
    allow_submit_questions: Flag = UNSET
    allow_anonymous_questions: Flag = UNSET
    question_visibility: Literal["answered", "all"] | UnsetType = UNSET
    attendees_can_comment: Flag = UNSET
    attendees_can_upvote: Flag = UNSET


class Interpreter(Block):
    email: Text = UNSET
    languages: Text = UNSET
    interpreter_languages: Text = UNSET
    sign_language: Text = UNSET


class Interpretation(Block):
    enable: Flag = UNSET
    interpreters: Annotated[list[Interpreter], Meta(max_length=20)] | UnsetType = UNSET


class WaitingRoomOptions(Block):
    mode: Literal["follow_setting", "custom"] | UnsetType = UNSET
    who_goes_to_waiting_room: (
        Literal[
            "everyone",
            "users_not_in_account",
            "users_not_in_account_or_whitelisted_domains",
            "users_not_on_invite",
            "users_not_in_org",
        ]
        | UnsetType
    ) = UNSET


class Chat(Block):
    enable: Flag = UNSET
    auto_add_invited_external_users: Flag = UNSET
    auto_add_meeting_participants: Flag = UNSET


class Resource(Block):
    resource_type: Literal["whiteboard"] | UnsetType = UNSET
    resource_id: Text = UNSET
    permission_level: Literal["editor", "commenter", "viewer"] | UnsetType = UNSET


class Settings(Block):
    """The fields that a create accepts."""

    additional_data_center_regions: Texts = UNSET
    allow_multiple_devices: Flag = UNSET
    alternative_hosts: Text = UNSET
    alternative_hosts_email_notification: Flag = UNSET
    alternative_host_update_polls: Flag = UNSET
    alternative_host_manage_meeting_summary: Flag = UNSET
    alternative_host_manage_cloud_recording: Flag = UNSET
    approval_type: Literal[0, 1, 2] | UnsetType = UNSET
    approved_or_denied_countries_or_regions: Countries | UnsetType = UNSET
    audio: Literal["both", "telephony", "voip", "thirdParty"] | UnsetType = UNSET
    audio_conference_info: Annotated[str, Meta(max_length=2048)] | UnsetType = UNSET
    authentication_domains: Text = UNSET
    authentication_exception: list[Named] | UnsetType = UNSET
    authentication_option: Text = UNSET
    auto_recording: Literal["local", "cloud", "none"] | UnsetType = UNSET
    host_pause_stop_recording: Flag = UNSET
    auto_add_recording_to_video_management: VideoManagement | UnsetType = UNSET
    breakout_room: Rooms | UnsetType = UNSET
    calendar_type: Literal[1, 2] | UnsetType = UNSET
    close_registration: Flag = UNSET
    cn_meeting: Flag = UNSET
    contact_email: Text = UNSET
    contact_name: Text = UNSET
    email_notification: Flag = UNSET
    encryption_type: Literal["enhanced_encryption", "e2ee"] | UnsetType = UNSET
    focus_mode: Flag = UNSET
    global_dial_in_countries: Texts = UNSET
    host_video: Flag = UNSET
    in_meeting: Flag = UNSET
    jbh_time: Literal[0, 5, 10, 15] | UnsetType = UNSET
    join_before_host: Flag = UNSET
    question_and_answer: Questions | UnsetType = UNSET
    language_interpretation: Interpretation | UnsetType = UNSET
    sign_language_interpretation: Interpretation | UnsetType = UNSET
    meeting_authentication: Flag = UNSET
    meeting_invitees: list[Invitee] | UnsetType = UNSET
    mute_upon_entry: Flag = UNSET
    participant_video: Flag = UNSET
    private_meeting: Flag = UNSET
    registrants_confirmation_email: Flag = UNSET
    registrants_email_notification: Flag = UNSET
    registration_type: Literal[1, 2, 3] | UnsetType = UNSET
    show_share_button: Flag = UNSET
    show_join_info: Flag = UNSET
    use_pmi: Flag = UNSET
    waiting_room: Flag = UNSET
    waiting_room_options: WaitingRoomOptions | UnsetType = UNSET
    watermark: Flag = UNSET
    host_save_video_order: Flag = UNSET
    internal_meeting: Flag = UNSET
    continuous_meeting_chat: Chat | UnsetType = UNSET
    participant_focused_meeting: Flag = UNSET
    push_change_to_calendar: Flag = UNSET
    resources: list[Resource] | UnsetType = UNSET
    auto_start_meeting_summary: Flag = UNSET
    who_will_receive_summary: Literal[1, 2, 3, 4] | UnsetType = UNSET
    auto_start_ai_companion_questions: Flag = UNSET
    who_can_ask_questions: Literal[1, 2, 3, 4, 5] | UnsetType = UNSET
    summary_template_id: Text = UNSET
    device_testing: Flag = UNSET
    request_permission_to_unmute_participants: Flag = UNSET
    allow_host_control_participant_mute_state: Flag = UNSET
    disable_participant_video: Flag = UNSET
    email_in_attendee_report: Flag = UNSET
    auto_start_deepfake_detection: Flag = UNSET


class CustomKey(Block):
    key: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET
    value: Annotated[str, Meta(max_length=256)] | UnsetType = UNSET


class DialIn(Block):
    city: Text = UNSET
    country: Text = UNSET
    country_name: Text = UNSET
    number: Text = UNSET
    type: Literal["toll", "tollfree"] | UnsetType = UNSET


class ChangedSettings(Settings):
    """The fields that a change accepts: a few more, and two fewer (refused in `rules`)."""

    authentication_name: Text = UNSET
    custom_keys: Annotated[list[CustomKey], Meta(max_length=10)] | UnsetType = UNSET
    enforce_login: Flag = UNSET
    enforce_login_domains: Text = UNSET
    global_dial_in_numbers: list[DialIn] | UnsetType = UNSET


ONLY_WHEN_CREATING = ("additional_data_center_regions", "show_join_info")

WHEN_NOT_GIVEN: dict[str, Any] = {
    "host_video": False,
    "participant_video": False,
    "join_before_host": False,
    "jbh_time": 0,
    "mute_upon_entry": False,
    "watermark": False,
    "use_pmi": False,
    "approval_type": 2,
    "audio": "both",
    "auto_recording": "none",
    "alternative_hosts": "",
    "alternative_hosts_email_notification": True,
    "close_registration": False,
    "show_share_button": True,
    "allow_multiple_devices": False,
    "registrants_confirmation_email": True,
    "registrants_email_notification": True,
    "meeting_authentication": False,
    "waiting_room": False,
    "email_notification": True,
    "encryption_type": "enhanced_encryption",
    "private_meeting": False,
    "device_testing": False,
    "focus_mode": False,
    "meeting_invitees": [],
    "auto_start_meeting_summary": False,
    "push_change_to_calendar": False,
}
