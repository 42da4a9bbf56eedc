"""Zoom as a meeting provider: consent, meetings and webhook events over its public HTTP interface."""
