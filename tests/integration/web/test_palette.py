"""The consultants' colours: every text on them is legible, and no two look the same, with any colour vision."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

PALETTE = Path("entrypoints/web/calendar/palette.css").read_text(encoding="utf-8")
TONES = Path("entrypoints/web/calendar/tones.ts").read_text(encoding="utf-8")
MODES = ("light", "dark")
SHEETS = {"light": "#ffffff", "dark": "#1b2023"}
READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2: texts (1.4.3), and what is no text (1.4.11)
APART, APART_WITH_FEWER = 0.05, 0.03  # distances in OKLab; 0.02 is just noticed side by side

# How linear light looks to people without the red or the green cones (Machado, Oliveira, Fernandes 2009).
WITHOUT_RED = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
WITHOUT_GREEN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))

Light = tuple[float, float, float]


def _pairs(name: str) -> list[dict[str, Light]]:
    found = re.findall(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", PALETTE)
    return [dict(zip(MODES, map(_light, pair), strict=True)) for pair in found]


def _light(hexadecimal: str) -> Light:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _contrast(one: Light, other: Light) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(light: Light) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def _seen_without(matrix: tuple[Light, Light, Light], light: Light) -> Light:
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in matrix)
    return red, green, blue


def _distance(one: Light, other: Light) -> float:
    return math.dist(_oklab(one), _oklab(other))


def _oklab(light: Light) -> Light:
    red, green, blue = light
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


LINES, TINTS, TEXTS, (ON_LINES,) = (_pairs(name) for name in ("tone", "tint", "text", "on-tone"))


def test_there_are_as_many_as_are_handed_out() -> None:
    handed_out = re.search(r"const TONES = (\d+);", TONES)
    assert handed_out
    assert len(LINES) == len(TINTS) == len(TEXTS) == int(handed_out[1])


@pytest.mark.parametrize("mode", MODES)
def test_what_stands_on_a_colour_can_be_read(mode: str) -> None:
    for tone, (line, tint, text) in enumerate(zip(LINES, TINTS, TEXTS, strict=True)):
        assert _contrast(text[mode], tint[mode]) >= READABLE, f"the text of tone {tone}"
        assert _contrast(ON_LINES[mode], line[mode]) >= READABLE, f"the initials on tone {tone}"
        assert _contrast(line[mode], _light(SHEETS[mode])) >= VISIBLE, f"the line of tone {tone} on the sheet"
        assert _contrast(line[mode], tint[mode]) >= VISIBLE, f"the line of tone {tone} on its tint"


@pytest.mark.parametrize("mode", MODES)
def test_no_two_colours_look_the_same_to_anybody(mode: str) -> None:
    for (one, first), (other, second) in combinations(enumerate(LINES), 2):
        pair = f"tones {one} and {other}"
        assert _distance(first[mode], second[mode]) >= APART, pair
        for matrix in (WITHOUT_RED, WITHOUT_GREEN):
            seen = _seen_without(matrix, first[mode]), _seen_without(matrix, second[mode])
            assert _distance(*seen) >= APART_WITH_FEWER, pair
