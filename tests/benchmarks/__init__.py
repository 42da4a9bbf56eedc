"""`make bench`: what the service costs over the least that the same work could cost, measured side by side."""
