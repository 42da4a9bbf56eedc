"""A person removes the app: the sandbox ends its tokens and sends the webhook event."""

from demo.sandbox import tokens, webhooks
from demo.sandbox.sandbox import Sandbox


def remove_app(sandbox: Sandbox, user_id: str) -> bool:
    """False if the app was not installed; the sandbox then sends no webhook event."""
    if not tokens.uninstall(sandbox, user_id):
        return False
    webhooks.deauthorized(sandbox, user_id)
    return True
