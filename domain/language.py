"""The languages that people can read Calendra in."""

from enum import StrEnum


class Language(StrEnum):
    ENGLISH = "en"
    SLOVENE = "sl"
