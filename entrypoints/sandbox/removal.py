"""A person removes the app: its tokens die and the app is told."""

from entrypoints.sandbox import tokens, webhooks
from entrypoints.sandbox.sandbox import Sandbox


def remove_app(sandbox: Sandbox, user_id: str) -> bool:
    """False when the app was not installed; then nothing is sent either."""
    if not tokens.uninstall(sandbox, user_id):
        return False
    webhooks.deauthorized(sandbox, user_id)
    return True
