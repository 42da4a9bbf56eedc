"""A booking: who, when, about what, and how people edit it."""
