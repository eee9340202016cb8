"""Days in words, as letters and pages show them: the month is spelled, so nobody reads 03.04 two ways."""

from datetime import date
from typing import Final

MONTHS: Final = {
    "tr": ("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
           "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip


def spelled(day: date, language: str) -> str:
    """`16 Kasım 2026`, `16 November 2026`. `day` is a calendar day, already in the organisation's time zone.

    A datetime is refused with TypeError: which day it falls on depends on a zone this function does not know.
    """
    if type(day) is not date:
        raise TypeError(f"a date is needed, not {type(day).__name__}")
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
