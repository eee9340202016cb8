"""Days named by weekday, so that a test can be checked in the head. All of 2026; Istanbul is UTC+3."""

from datetime import UTC, date, datetime

MON_2_MAR = date(2026, 3, 2)
TUE_3_MAR = date(2026, 3, 3)
FRI_6_MAR = date(2026, 3, 6)
SAT_7_MAR = date(2026, 3, 7)
MON_9_MAR = date(2026, 3, 9)
THU_19_MAR = date(2026, 3, 19)  # eve of Ramazan Bayramı, half day
MON_23_MAR = date(2026, 3, 23)
TUE_24_MAR = date(2026, 3, 24)
WED_1_APR = date(2026, 4, 1)
THU_22_OCT = date(2026, 10, 22)
WED_28_OCT = date(2026, 10, 28)  # half day
THU_29_OCT = date(2026, 10, 29)  # Cumhuriyet Bayramı
FRI_30_OCT = date(2026, 10, 30)
FRI_20_NOV = date(2026, 11, 20)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment on a day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
