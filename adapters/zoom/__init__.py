"""Zoom as a meeting provider: consent, meetings and notices over its public HTTP interface."""
