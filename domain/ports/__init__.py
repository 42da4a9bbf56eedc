"""The ports: what the domain needs from outside, in its own terms."""
