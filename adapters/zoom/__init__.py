"""Zoom as a meeting provider: OAuth, meetings and webhook events over its public HTTP API."""
