"""Repeatable randomness: one source for each actor, so that the pace of one does not change another's."""

import random


def chance_of(seed: int, who: object) -> random.Random:
    return random.Random(f"{seed} {who}")  # noqa: S311 - no secret, and it has to be repeatable
