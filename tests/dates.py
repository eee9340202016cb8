"""Days named by weekday, so that a test can be checked in the head. All of 2026; Istanbul is UTC+3."""

from datetime import UTC, date, datetime

FRI_2_JAN = date(2026, 1, 2)  # holiday in Scotland
MON_2_MAR = date(2026, 3, 2)
TUE_3_MAR = date(2026, 3, 3)
FRI_6_MAR = date(2026, 3, 6)
SAT_7_MAR = date(2026, 3, 7)
MON_9_MAR = date(2026, 3, 9)
TUE_17_MAR = date(2026, 3, 17)  # holiday in Northern Ireland and Ireland
WED_18_MAR = date(2026, 3, 18)
THU_19_MAR = date(2026, 3, 19)  # eve of Ramazan Bayramı, half day
MON_23_MAR = date(2026, 3, 23)
TUE_24_MAR = date(2026, 3, 24)
FRI_27_MAR = date(2026, 3, 27)
SUN_29_MAR = date(2026, 3, 29)  # London's clocks go forward
MON_30_MAR = date(2026, 3, 30)
WED_1_APR = date(2026, 4, 1)
FRI_3_APR = date(2026, 4, 3)  # Good Friday
SAT_4_APR = date(2026, 4, 4)
THU_30_APR = date(2026, 4, 30)
FRI_1_MAY = date(2026, 5, 1)  # Emek ve Dayanışma Günü
SAT_2_MAY = date(2026, 5, 2)
MON_4_MAY = date(2026, 5, 4)
FRI_22_MAY = date(2026, 5, 22)
SAT_23_MAY = date(2026, 5, 23)
MON_25_MAY = date(2026, 5, 25)
TUE_26_MAY = date(2026, 5, 26)  # eve of Kurban Bayramı, half day
WED_27_MAY = date(2026, 5, 27)  # Kurban Bayramı, until Saturday
THU_28_MAY = date(2026, 5, 28)
FRI_29_MAY = date(2026, 5, 29)
SAT_30_MAY = date(2026, 5, 30)
MON_1_JUN = date(2026, 6, 1)
TUE_2_JUN = date(2026, 6, 2)
THU_22_OCT = date(2026, 10, 22)
FRI_23_OCT = date(2026, 10, 23)
SUN_25_OCT = date(2026, 10, 25)  # London's clocks go back
MON_26_OCT = date(2026, 10, 26)
WED_28_OCT = date(2026, 10, 28)  # half day
THU_29_OCT = date(2026, 10, 29)  # Cumhuriyet Bayramı
FRI_30_OCT = date(2026, 10, 30)
MON_2_NOV = date(2026, 11, 2)
TUE_3_NOV = date(2026, 11, 3)  # holiday in Victoria
FRI_20_NOV = date(2026, 11, 20)
THU_24_DEC = date(2026, 12, 24)

FRI_25_FEB_2028 = date(2028, 2, 25)  # eve of Ramazan Bayramı, half day
TUE_29_FEB_2028 = date(2028, 2, 29)
WED_1_MAR_2028 = date(2028, 3, 1)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment on a day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
