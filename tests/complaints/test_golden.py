"""docs/deadlines.md, counted a second time: slowly, day by day, and with the numbers of the laws said here once more.

The examples at the end were counted by hand on a wall calendar. They are what somebody who knows the law should read.
"""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from infra import deadline_tables

ONE_DAY = timedelta(days=1)
TABLES = {
    name: tomllib.loads((files("complaints") / "calendars" / f"{name}.toml").read_text("utf-8"))
    for name in ("TR", "GB-ENG", "IE", "AU-NSW")
}


# --- the laws, said a second time ------------------------------------------------------------------------------------
# wd: working days, sd: working days of a week that ends on Saturday, cd: calendar days, w: weeks, m: months, y: years.
# Counted from the receipt, unless it says from what.


class Law(NamedTuple):
    """What a pack promises. Nothing means that ISO-BASE says it, or nobody."""

    home: str
    acknowledge: str = ""
    news: str = ""
    answer: str = ""
    put_off: str = ""
    early: str = ""
    duties: tuple[tuple[str, str], ...] = ()
    second: tuple[str, str, str] = ("", "", "")
    outside: tuple[tuple[str, ...], ...] = ()
    back: str = ""
    kept: str = ""


ANY_DAY = "any day"  # the answer may be put off, and nobody says how far
PANEL = ("60 cd from answer", "60 cd from due")
LAWS = {
    "ISO-BASE": Law("TR", "1 wd", "10 wd", "20 wd", "10 wd from due", "5 wd", second=("", "20 wd", ""),
                    back="90 cd from answer", kept="3 y from answer"),
    "TR-TUKETICI": Law("TR", news="10 wd", answer="14 cd", put_off="14 cd from due"),
    "TR-GARANTI": Law("TR", duties=(("Repair of the product", "20 sd"),
                                    ("Product on loan during the repair", "10 sd"))),
    "TR-BANKA": Law("TR", answer="30 cd", put_off="10 cd from due", outside=(PANEL, PANEL)),
    "TR-BANKA/card": Law("TR", answer="20 cd", put_off="10 cd from due", outside=(PANEL, PANEL)),
    "TR-ODEME": Law("TR", answer="20 cd", outside=(("60 cd from answer",),)),
    "TR-SIGORTA": Law("TR", answer="15 wd"),
    "TR-SIGORTA/e_application": Law("TR", answer="15 cd"),
    "TR-SPK": Law("TR", answer="30 cd", outside=(("60 cd from answer",),)),
    "TR-KAMU": Law("TR", answer="30 cd"),
    "TR-KAMU/information": Law("TR", answer="15 wd"),
    "TR-KVKK": Law("TR", answer="30 cd", outside=(("30 cd from answer", "60 cd"),)),
    "UK-FCA-DISP": Law("GB-ENG", answer="8 w", early="3 wd", outside=(("6 m from answer",),), kept="3 y"),
    "UK-FCA-DISP/payment": Law("GB-ENG", answer="15 wd", put_off="35 wd", early="3 wd",
                               outside=(("6 m from answer",),), kept="3 y"),
    "UK-HOUSING": Law("GB-ENG", "5 wd", answer="10 wd from acknowledgement", put_off="10 wd from due",
                      second=("5 wd", "20 wd from acknowledgement", "20 wd from due"),
                      outside=(("12 m from answer",),)),
    "UK-DP": Law("GB-ENG", "30 cd, or the next wd"),
    "IE-CPC": Law("IE", "5 wd", "20 wd", "40 wd", ANY_DAY, "5 wd"),
    "EU-PSD2": Law("IE", answer="15 wd", put_off="35 wd"),
    "AU-RG271": Law("AU-NSW", "1 wd", answer="30 cd", put_off=ANY_DAY, early="5 wd"),
    "AU-RG271/superannuation": Law("AU-NSW", "1 wd", answer="45 cd", put_off=ANY_DAY, early="5 wd"),
    "AU-RG271/hardship": Law("AU-NSW", "1 wd", answer="21 cd", put_off=ANY_DAY),
}  # fmt: skip
BASE = LAWS["ISO-BASE"]

# The days that the tables are about, and the moment of each in local time.
TURKISH = [
    "Wed 2 Sep 2026, 10:00", "Fri 4 Sep 2026, 20:30", "Wed 22 Apr 2026, 15:00", "Wed 28 Oct 2026, 16:30",
    "Tue 26 May 2026, 15:00", "Thu 28 May 2026, 11:00", "Fri 5 May 2028, 11:00", "Tue 29 Feb 2028, 10:00",
    "Sun 29 Mar 2026, 23:30", "Sun 25 Oct 2026, 00:30",
]  # fmt: skip
BRITISH = [
    "Wed 2 Sep 2026, 10:00", "Fri 4 Sep 2026, 20:30", "Thu 24 Dec 2026, 15:00", "Wed 28 Oct 2026, 13:30",
    "Tue 26 May 2026, 13:00", "Thu 28 May 2026, 09:00", "Fri 5 May 2028, 09:00", "Tue 29 Feb 2028, 10:00",
    "Sun 29 Mar 2026, 23:30", "Sun 25 Oct 2026, 00:30",
]  # fmt: skip
AUSTRALIAN = [
    "Wed 2 Sep 2026, 10:00", "Fri 4 Sep 2026, 20:30", "Thu 24 Dec 2026, 15:00", "Thu 29 Oct 2026, 00:30",
    "Tue 26 May 2026, 22:00", "Thu 28 May 2026, 18:00", "Fri 5 May 2028, 18:00", "Tue 29 Feb 2028, 10:00",
    "Sun 5 Apr 2026, 23:30", "Sun 4 Oct 2026, 00:30",
]  # fmt: skip
RECEIVED = {"TR": TURKISH, "GB-ENG": BRITISH, "IE": BRITISH, "AU-NSW": AUSTRALIAN}


# --- the slow way to count -------------------------------------------------------------------------------------------


def works(day: date, home: str, *, saturdays: bool = False) -> bool:
    """Whether a day is a working day."""
    table = TABLES[home]
    if day.isoformat() in table["holidays"]:
        return False
    if day.weekday() == 6:
        return False
    if day.weekday() == 5:
        if not saturdays:
            return False
        if table["friday_takes_saturday"] and (day - ONE_DAY).isoformat() in table["holidays"]:
            return False
    return True  # a half day too


def months_after(start: date, months: int) -> date:
    """The last day of the month so much later whose number is not above that of the start."""
    day, found = start, start
    while True:
        day += ONE_DAY
        later = (day.year - start.year) * 12 + day.month - start.month
        if later > months:
            return found
        if later == months and day.day <= start.day:
            found = day


def count(limit: str, start: date, home: str) -> date:
    """The last day of a limit."""
    limit, _, moved = limit.partition(", or the next ")
    number, unit = int(limit.split()[0]), limit.split()[1]
    day = start
    if unit in ("m", "y"):
        day = months_after(start, number * (12 if unit == "y" else 1))
    left = {"wd": number, "sd": number, "cd": number, "w": 7 * number}.get(unit, 0)
    while left:
        day += ONE_DAY
        if unit in ("cd", "w") or works(day, home, saturdays=unit == "sd"):
            left -= 1
    if moved:
        while not works(day, home):
            day += ONE_DAY
    return day


class Counted(NamedTuple):
    """A day, or words; and whether somebody else than the pack says so."""

    says: date | str
    taken_over: bool = False


def last_days(law: Law, received: date) -> dict[str, Counted | None]:
    """The date in each column, counted the slow way."""

    def told(own: str, base: str, anchors: dict[str, date]) -> Counted:
        limit = own or base
        anchor = limit.partition(" from ")[2]
        return Counted(count(limit, anchors.get(anchor, received), law.home), not own)

    def own(limit: str, anchors: dict[str, date]) -> Counted | None:
        return told(limit, "", anchors) if limit else None

    acknowledge = told(law.acknowledge, BASE.acknowledge, {})
    assert isinstance(acknowledge.says, date)
    answer = told(law.answer, BASE.answer, {"acknowledgement": acknowledge.says})
    news = told(law.news, BASE.news, {})
    assert isinstance(answer.says, date)
    assert isinstance(news.says, date)
    if news.says >= answer.says:
        news = Counted("with the answer", news.taken_over)
    anchors = {"due": answer.says, "answer": answer.says}
    put_off = law.put_off if law.answer else BASE.put_off
    longest = own(put_off, anchors) if put_off != ANY_DAY else Counted("no last day")
    found: dict[str, Counted | None] = {
        "Acknowledge by": acknowledge,
        "Next news by": news,
        "Answer by": answer,
        "Answer when put off": longest._replace(taken_over=not law.answer) if longest else None,
        "Settled early until": own(law.early, {}),
    }
    found |= {f"{name} by": own(limit, {}) for name, limit in law.duties}
    first, second, third = law.second
    if second:
        seen = count(first, received, law.home) if first else received
        again = count(second, seen if "acknowledgement" in second else received, law.home)
        found["Second stage: acknowledge by"] = Counted(seen) if first else None
        found["Second stage: answer by"] = Counted(again)
        found["Second stage: when put off"] = own(third, {"due": again})
    for number, limits in enumerate(law.outside, 1):
        ends = [count(limit, anchors.get(limit.partition(" from ")[2], received), law.home) for limit in limits]
        found[f"Outside body {number} until"] = Counted(min(ends))
    found["Comes back until"] = own(law.back, anchors)
    found["Kept until"] = own(law.kept, anchors)
    return found


def shown(one: Counted | None) -> str:
    if one is None:
        return "–"
    text = one.says if isinstance(one.says, str) else day_text(one.says)
    return f"*{text}*" if one.taken_over else text


def day_text(day: date) -> str:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]} {day.year}"


# --- the document ----------------------------------------------------------------------------------------------------


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("| ").split("|")]


def read() -> dict[str, list[dict[str, str]]]:
    """The rows of each table of the document, by column."""
    found = {}
    for part in deadline_tables.DOCUMENT.read_text("utf-8").split("\n## ")[1:]:
        head, _, *rows = [cells(line) for line in part.splitlines() if line.startswith("|")]
        found[part.splitlines()[0]] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


DOCUMENT = read()
ROWS = [(name, row) for name, rows in DOCUMENT.items() for row in rows]


def test_the_document_is_what_its_module_writes() -> None:
    assert deadline_tables.DOCUMENT.read_text("utf-8") == deadline_tables.document()


def test_every_pack_that_can_be_chosen_has_its_table() -> None:
    assert set(DOCUMENT) == set(LAWS) == set(deadline_tables.rules_for("ISO-BASE").selectable())


@pytest.mark.parametrize("name", LAWS)
def test_a_table_is_about_the_days_on_which_one_miscounts(name: str) -> None:
    assert [row["Received"].removesuffix(" †") for row in DOCUMENT[name]] == RECEIVED[LAWS[name].home]


@pytest.mark.parametrize("country", ["GB-ENG", "IE", "AU-NSW"])
def test_turkish_days_are_the_same_moment_everywhere(country: str) -> None:
    def moment(text: str, home: str) -> datetime:
        zone = ZoneInfo(TABLES[home]["time_zone"])
        return datetime.strptime(text, "%a %d %b %Y, %H:%M").replace(tzinfo=zone).astimezone(UTC)

    for here, there in zip(RECEIVED[country][3:7], TURKISH[3:7], strict=True):
        assert moment(here, country) == moment(there, "TR")


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row['Received']}" for name, row in ROWS])
def test_every_date_counted_day_by_day_is_the_one_in_the_table(name: str, row: dict[str, str]) -> None:
    received = datetime.strptime(row["Received"].partition(",")[0], "%a %d %b %Y").date()  # noqa: DTZ007 - a local day
    wanted = {column: shown(one) for column, one in last_days(LAWS[name], received).items()}
    told = {column: text for column, text in row.items() if column not in ("Received", "which is")}
    assert told == {column: text for column, text in wanted.items() if column in told}
    assert {column for column, text in wanted.items() if text != "–"} <= set(told)


@pytest.mark.parametrize(("name", "since", "rows"), [("UK-DP", date(2026, 6, 19), 3), ("IE-CPC", date(2026, 3, 24), 0)])
def test_what_came_before_a_law_was_in_force_is_marked(name: str, since: date, rows: int) -> None:
    marked = [row["Received"] for row in DOCUMENT[name] if row["Received"].endswith("†")]
    assert len(marked) == rows
    assert all(datetime.strptime(text, "%a %d %b %Y, %H:%M †").date() < since for text in marked)  # noqa: DTZ007


# --- counted by hand -------------------------------------------------------------------------------------------------


def promised(name: str, received: date) -> dict[str, Any]:
    """What the product says of a complaint received at noon on a day, each day as text."""
    rules = deadline_tables.rules_for(name)
    noon = rules.home.moment(received, time(12))
    found = deadline_tables.dates(name, noon, rules)
    return {
        column: day_text(cell.says) if isinstance(cell.says, date) else cell.says
        for column, cell in found.items()
        if cell
    }


def test_a_complaint_of_thu_14_may_2026_counts_the_eve_of_the_feast_and_not_the_feast() -> None:
    told = promised("ISO-BASE", date(2026, 5, 14))
    assert told["Acknowledge by"] == "Fri 15 May 2026"
    assert told["Settled early until"] == "Fri 22 May 2026"  # 19 May is Atatürk's day
    assert told["Next news by"] == "Wed 3 Jun 2026"  # 15 18 20 21 22 25 26 May, 1 2 3 June
    assert told["Answer by"] == "Wed 17 Jun 2026"
    assert told["Answer when put off"] == "Wed 1 Jul 2026"


def test_a_consumers_complaint_of_fri_23_oct_2026_is_answered_in_two_weeks() -> None:
    told = promised("TR-TUKETICI", date(2026, 10, 23))
    assert told["Answer by"] == "Fri 6 Nov 2026"
    assert told["Answer when put off"] == "Fri 20 Nov 2026"


def test_a_repair_of_mon_20_apr_2026_counts_saturdays_but_not_the_one_after_fri_1_may() -> None:
    told = promised("TR-GARANTI", date(2026, 4, 20))
    assert told["Product on loan during the repair by"] == "Tue 5 May 2026"  # 21 22 24 25 27 28 29 30 April, 4 5 May
    assert told["Repair of the product by"] == "Sat 16 May 2026"


def test_a_bank_complaint_of_thu_14_may_2026_is_due_on_a_saturday() -> None:
    told = promised("TR-BANKA", date(2026, 5, 14))
    assert told["Answer by"] == "Sat 13 Jun 2026"
    assert told["Answer when put off"] == "Tue 23 Jun 2026"
    assert told["Outside body 1 until"] == told["Outside body 2 until"] == "Wed 12 Aug 2026"


def test_a_card_complaint_of_thu_14_may_2026_is_due_twenty_days_later() -> None:
    assert promised("TR-BANKA/card", date(2026, 5, 14))["Answer by"] == "Wed 3 Jun 2026"


def test_a_payment_complaint_of_sat_10_oct_2026_leaves_until_tue_29_dec_to_go_to_the_panel() -> None:
    told = promised("TR-ODEME", date(2026, 10, 10))
    assert told["Answer by"] == "Fri 30 Oct 2026"
    assert told["Outside body 1 until"] == "Tue 29 Dec 2026"


def test_an_insurance_complaint_of_mon_13_jul_2026_skips_the_wednesday() -> None:
    assert promised("TR-SIGORTA", date(2026, 7, 13))["Answer by"] == "Tue 4 Aug 2026"
    assert promised("TR-SIGORTA/e_application", date(2026, 7, 13))["Answer by"] == "Tue 28 Jul 2026"


def test_an_investors_complaint_of_thu_31_dec_2026() -> None:
    told = promised("TR-SPK", date(2026, 12, 31))
    assert told["Answer by"] == "Sat 30 Jan 2027"
    assert told["Outside body 1 until"] == "Wed 31 Mar 2027"


def test_a_petition_of_fri_30_jan_2026_is_due_after_february_has_ended() -> None:
    assert promised("TR-KAMU", date(2026, 1, 30))["Answer by"] == "Sun 1 Mar 2026"
    assert promised("TR-KAMU/information", date(2026, 1, 30))["Answer by"] == "Fri 20 Feb 2026"


def test_a_data_subjects_request_of_sun_1_feb_2026_goes_to_the_board_until_day_sixty() -> None:
    told = promised("TR-KVKK", date(2026, 2, 1))
    assert told["Answer by"] == "Tue 3 Mar 2026"
    assert told["Outside body 1 until"] == "Thu 2 Apr 2026"


def test_an_fca_complaint_of_mon_21_dec_2026_is_due_in_eight_weeks() -> None:
    told = promised("UK-FCA-DISP", date(2026, 12, 21))
    assert told["Settled early until"] == "Thu 24 Dec 2026"
    assert told["Answer by"] == "Mon 15 Feb 2027"
    assert told["Outside body 1 until"] == "Sun 15 Aug 2027"
    assert told["Kept until"] == "Fri 21 Dec 2029"
    assert "Answer when put off" not in told


def test_an_fca_payment_complaint_of_mon_21_dec_2026_skips_christmas_and_its_substitute() -> None:
    told = promised("UK-FCA-DISP/payment", date(2026, 12, 21))
    assert told["Answer by"] == "Thu 14 Jan 2027"  # 22 23 24 29 30 31 December, 4-8 11-14 January
    assert told["Answer when put off"] == "Thu 11 Feb 2027"


def test_a_tenants_complaint_of_thu_2_apr_2026_waits_for_easter_twice_over() -> None:
    told = promised("UK-HOUSING", date(2026, 4, 2))
    assert told["Acknowledge by"] == "Mon 13 Apr 2026"  # 7 8 9 10 13
    assert told["Answer by"] == "Mon 27 Apr 2026"
    assert told["Answer when put off"] == "Tue 12 May 2026"  # 4 May is a bank holiday
    assert told["Second stage: acknowledge by"] == "Mon 13 Apr 2026"
    assert told["Second stage: answer by"] == "Tue 12 May 2026"
    assert told["Second stage: when put off"] == "Wed 10 Jun 2026"
    assert told["Outside body 1 until"] == "Tue 27 Apr 2027"


def test_a_data_complaint_of_wed_25_nov_2026_would_end_on_christmas_day_and_ends_on_tue_29_dec() -> None:
    assert promised("UK-DP", date(2026, 11, 25))["Acknowledge by"] == "Tue 29 Dec 2026"


def test_an_irish_complaint_of_fri_24_apr_2026() -> None:
    told = promised("IE-CPC", date(2026, 4, 24))
    assert told["Acknowledge by"] == told["Settled early until"] == "Fri 1 May 2026"
    assert told["Next news by"] == "Mon 25 May 2026"
    assert told["Answer by"] == "Tue 23 Jun 2026"  # without 4 May and 1 June


def test_an_irish_payment_complaint_of_mon_16_mar_2026_counts_good_friday_and_not_saint_patricks_day() -> None:
    told = promised("EU-PSD2", date(2026, 3, 16))
    assert told["Answer by"] == "Wed 8 Apr 2026"  # 18 19 20 23-27 30 31 March, 1 2 3 7 8 April
    assert told["Answer when put off"] == "Thu 7 May 2026"


def test_an_australian_complaint_of_fri_23_jan_2026_is_acknowledged_after_australia_day() -> None:
    told = promised("AU-RG271", date(2026, 1, 23))
    assert told["Acknowledge by"] == "Tue 27 Jan 2026"
    assert told["Settled early until"] == "Mon 2 Feb 2026"
    assert told["Answer by"] == "Sun 22 Feb 2026"
    assert promised("AU-RG271/hardship", date(2026, 1, 23))["Answer by"] == "Fri 13 Feb 2026"
    assert promised("AU-RG271/superannuation", date(2026, 1, 23))["Answer by"] == "Mon 9 Mar 2026"
