"""The policy packs: what each of them promises, said here a second time, and what no pack may be."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any, NamedTuple

import pytest

from complaints import calendar
from complaints.packs import BASE, Extension, Limit, Pack, Stage, catalogue, in_force, values, versions
from complaints.rules import ABROAD, Organisation, own_pack_problems

FOLDER = files("complaints") / "packs"
FILES = {file.name: file.read_text("utf-8") for file in FOLDER.iterdir() if file.name.endswith(".toml")}
TABLES = {name.removesuffix(".toml"): tomllib.loads(text) for name, text in FILES.items() if name != "values.toml"}
PACKS = catalogue()
EVERY = [pack for found in PACKS.values() for pack in found]

READY = """
    ISO-BASE TR-TUKETICI TR-GARANTI TR-BANKA TR-ODEME TR-SIGORTA TR-SPK TR-KAMU TR-KVKK
    UK-FCA-DISP UK-HOUSING UK-DP IE-CPC EU-PSD2 AU-RG271
"""
DRAFT = """
    TR-TELEKOM TR-ELEKTRIK UK-OFCOM UK-OFGEM UK-COUNCIL UK-SPSO UK-NHS UK-CONSUMER EU-MICA EU-CONSUMER
    AU-TELCO CA-BANK US-CFPB
"""

# --- the limits, said a second time ----------------------------------------------------------------------------------
# wd: working days; wd+sat: Saturday is one of them; cd: calendar days. Counted from the receipt unless said otherwise.
# An extension is `how often x how long`; `+outside` where its letter must name the outside body.


class Says(NamedTuple):
    """What a pack promises; what is empty it leaves to the organisation's first pack, or to ISO-BASE."""

    acknowledge: str = ""
    update: str = ""
    answer: str = ""
    extension: str = ""
    second_stage: str = ""
    early: str = ""
    after_inquiry: str = ""
    duties: str = ""
    retention: str = ""


TWO_STAGES = Says(
    acknowledge="5 wd",
    answer="10 wd from acknowledged",
    extension="1 x 10 wd from due +outside",
    second_stage="5 wd | 20 wd from acknowledged | 1 x 20 wd from due +outside",
)
SAYS = {
    "ISO-BASE": Says(
        "1 wd", "10 wd", "20 wd", "1 x 10 wd from due", "- | 20 wd | -", "5 wd", retention="3 y from closed"
    ),
    "TR-TUKETICI": Says(update="10 wd", answer="14 cd", extension="1 x 14 cd from due"),
    "TR-GARANTI": Says(duties="repair 20 wd+sat, loan_product 10 wd+sat"),
    "TR-BANKA": Says(answer="30 cd", extension="1 x 10 cd from due"),
    "TR-BANKA/card": Says(answer="20 cd", extension="1 x 10 cd from due"),
    "TR-ODEME": Says(answer="20 cd"),
    "TR-SIGORTA": Says(answer="15 wd"),
    "TR-SIGORTA/e_application": Says(answer="15 cd"),
    "TR-SPK": Says(answer="30 cd"),
    "TR-TELEKOM": Says(answer="10 wd"),
    "TR-ELEKTRIK": Says(answer="15 wd"),
    "TR-ELEKTRIK/damage_claim": Says(answer="20 wd"),
    "TR-KAMU": Says(answer="30 cd"),
    "TR-KAMU/information": Says(answer="15 wd"),
    "TR-KVKK": Says(answer="30 cd"),
    "UK-FCA-DISP": Says(answer="8 w", early="3 wd", retention="3 y"),
    "UK-FCA-DISP/payment": Says(answer="15 wd", extension="1 x 35 wd", early="3 wd", retention="3 y"),
    "UK-OFCOM version 1": Says(answer="8 w"),
    "UK-OFCOM version 2": Says(answer="6 w"),
    "UK-OFGEM": Says(answer="8 w"),
    "UK-HOUSING": TWO_STAGES,
    "UK-COUNCIL": TWO_STAGES,
    "UK-SPSO": Says(answer="5 wd", extension="any x any", second_stage="3 wd | 20 wd | any x any"),
    "UK-NHS": Says("3 wd", answer="6 m", extension="any x any"),
    "UK-DP": Says("30 cd or the next wd"),
    "UK-CONSUMER": Says(),
    "IE-CPC": Says(
        "5 wd", "20 wd", "40 wd", "any x any +outside", early="5 wd", after_inquiry="5 wd from inquiry_ended"
    ),
    "EU-PSD2": Says(answer="15 wd", extension="1 x 35 wd"),
    "EU-MICA": Says(answer="2 m", extension="any x any"),
    "EU-CONSUMER": Says(),
    "AU-RG271": Says("1 wd", answer="30 cd", extension="any x any +outside", early="5 wd"),
    "AU-RG271/superannuation": Says("1 wd", answer="45 cd", extension="any x any +outside", early="5 wd"),
    "AU-RG271/hardship": Says("1 wd", answer="21 cd", extension="any x any +outside"),
    "AU-TELCO": Says("2 wd", answer="10 wd", extension="any x any", duties="carry_out 5 wd from agreed"),
    "AU-TELCO/urgent": Says("2 wd", answer="2 wd", extension="any x any", duties="carry_out 2 wd"),
    "CA-BANK": Says(answer="56 cd", duties="specialist 14 cd"),
    "US-CFPB": Says(answer="15 cd", extension="1 x 60 cd"),
}

# Whom a complainant can turn to, and until when.
THH = "Tüketici Hakem Heyeti (Consumer Arbitration Committee)"
OUTSIDE: dict[str, dict[str, str]] = {
    "TR-TUKETICI": {THH: "", "Mandatory mediation, then Tüketici Mahkemesi (Consumer Court)": ""},
    "TR-BANKA": dict.fromkeys(("TBB", "TKBB"), "60 cd from answered, 60 cd from due"),
    "TR-ODEME": {"TÖDEB": "60 cd from answered"},
    "TR-SIGORTA": {"Insurance Arbitration Commission": ""},
    "TR-SPK": {"TSPB": "60 cd from answered"},
    "TR-TELEKOM": {"BTK": "", THH: ""},
    "TR-ELEKTRIK": {"EPDK": "", THH: ""},
    "TR-KAMU": {"CİMER": "", "Kamu Denetçiliği Kurumu": ""},
    "TR-KVKK": {"Kişisel Verileri Koruma Kurulu": "30 cd from answered, 60 cd"},
    "UK-FCA-DISP": {"Financial Ombudsman Service": "6 m from answered"},
    "UK-OFCOM": {"Communications Ombudsman or CISAS": "12 m from answered"},
    "UK-OFGEM": {"Energy Ombudsman": ""},
    "UK-HOUSING": {"Housing Ombudsman": "12 m from answered"},
    "UK-COUNCIL": {"Local Government and Social Care Ombudsman": ""},
    "UK-SPSO": {"Scottish Public Services Ombudsman": ""},
    "UK-NHS": {"Parliamentary and Health Service Ombudsman": ""},
    "UK-DP": {"Information Commissioner's Office": ""},
    "IE-CPC": {"Financial Services and Pensions Ombudsman": ""},
    "EU-PSD2": {"payment services in your country": ""},
    "AU-RG271": {"Australian Financial Complaints Authority": ""},
    "AU-TELCO": {"Telecommunications Industry Ombudsman": ""},
    "CA-BANK": {"External complaints body": ""},
    "US-CFPB": {"Consumer Financial Protection Bureau": ""},
}

UNITS = {
    "working_day": "wd",
    "working_day_with_saturday": "wd+sat",
    "calendar_day": "cd",
    "week": "w",
    "month": "m",
    "year": "y",
}


def told(limit: Limit | None) -> str:
    if limit is None:
        return ""
    anchor = "" if limit.from_ == "received" else f" from {limit.from_}"
    moved = " or the next wd" if limit.if_due_on_holiday == "next_working_day" else ""
    return f"{limit.count} {UNITS[limit.unit]}{anchor}{moved}"


def put_off(extension: Extension | None) -> str:
    if extension is None:
        return ""
    outside = " +outside" if "outside_body" in extension.must_tell else ""
    return f"{extension.times or 'any'} x {told(extension.limit) or 'any'}{outside}"


def second(stage: Stage | None) -> str:
    if stage is None:
        return ""
    return " | ".join(part or "-" for part in (told(stage.acknowledge), told(stage.answer), put_off(stage.extension)))


def said(pack: Pack) -> Says:
    return Says(
        told(pack.acknowledge),
        told(pack.update),
        told(pack.answer),
        put_off(pack.extension),
        second(pack.second_stage),
        told(pack.early),
        told(pack.after_inquiry),
        ", ".join(f"{duty.id} {told(duty.limit)}" for duty in pack.duties),
        told(pack.retention),
    )


def name_of(pack: Pack) -> str:
    return pack.id if len(PACKS[pack.id]) == 1 else f"{pack.id} version {pack.number}"


@pytest.mark.parametrize("pack", EVERY, ids=name_of)
def test_a_pack_promises_what_its_law_says(pack: Pack) -> None:
    assert said(pack) == SAYS[name_of(pack)]


@pytest.mark.parametrize("pack", EVERY, ids=name_of)
def test_a_pack_names_the_outside_bodies_and_the_last_day_to_apply(pack: Pack) -> None:
    wanted = OUTSIDE.get(pack.id.split("/")[0], {})
    assert [", ".join(told(limit) for limit in body.within) for body in pack.outside] == list(wanted.values())
    assert all(name in body.body["en"] for name, body in zip(wanted, pack.outside, strict=True))


def test_no_pack_is_forgotten_here() -> None:
    assert {name_of(pack) for pack in EVERY} == set(SAYS)


def test_only_what_is_said_to_be_a_free_choice_is_no_law() -> None:
    assert [name for name, table in TABLES.items() if not table["law"]] == [BASE]


# --- files, days and words -------------------------------------------------------------------------------------------


def test_each_file_is_named_after_its_pack() -> None:
    assert {name: table["id"] for name, table in TABLES.items()} == {name: name for name in TABLES}


@pytest.mark.parametrize(("status", "names"), [("ready", READY), ("draft", DRAFT)])
def test_which_packs_are_ready_and_which_are_drafts(status: str, names: str) -> None:
    assert sorted(name for name, table in TABLES.items() if table["status"] == status) == sorted(names.split())


@pytest.mark.parametrize("name", TABLES)
def test_versions_are_numbered_from_one_and_follow_each_other(name: str) -> None:
    found = PACKS[name]
    assert [pack.number for pack in found] == list(range(1, len(found) + 1))
    assert [pack.effective_from for pack in found] == sorted({pack.effective_from for pack in found})


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("UK-HOUSING", date(2024, 4, 1)),
        ("IE-CPC", date(2026, 3, 24)),
        ("UK-COUNCIL", date(2026, 4, 1)),
        ("UK-CONSUMER", date(2026, 4, 6)),
        ("UK-DP", date(2026, 6, 19)),
    ],
)
def test_a_pack_of_a_new_law_begins_with_it(name: str, since: date) -> None:
    assert PACKS[name][0].effective_from == since


@pytest.mark.parametrize(("day", "weeks"), [(date(2026, 4, 7), 8), (date(2026, 4, 8), 6)])
def test_the_version_in_force_on_the_day_of_receipt_counts(day: date, weeks: int) -> None:
    assert in_force(PACKS["UK-OFCOM"], day).answer == Limit(count=weeks, unit="week")


@pytest.mark.parametrize("name", TABLES)
def test_what_was_received_before_the_first_version_takes_the_first(name: str) -> None:
    first = PACKS[name][0]
    assert in_force(PACKS[name], first.effective_from - timedelta(days=1)) == first


def texts_of(table: object, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text for people in a TOML table, with where it stands."""
    if isinstance(table, list):
        for index, one in enumerate(table):
            yield from texts_of(one, f"{path}/{index}")
    elif isinstance(table, dict):
        for name, value in table.items():
            if name in ("title", "note", "body"):
                yield f"{path}/{name}", value
            else:
                yield from texts_of(value, f"{path}/{name}")


@pytest.mark.parametrize("file", FILES)
def test_every_text_is_there_in_turkish_and_in_english(file: str) -> None:
    found = dict(texts_of(tomllib.loads(FILES[file])))
    assert found
    assert {
        where for where, text in found.items() if set(text) != {"tr", "en"} or not all(map(str.strip, text.values()))
    } == set()


@pytest.mark.parametrize("pack", [pack for pack in EVERY if "/" in pack.id], ids=name_of)
def test_a_variant_has_a_title_of_its_own(pack: Pack) -> None:
    assert pack.title != PACKS[pack.id.split("/")[0]][0].title


@pytest.mark.parametrize("pack", EVERY, ids=name_of)
def test_a_pack_says_where_it_comes_from(pack: Pack) -> None:
    addresses = [
        *pack.sources,
        *(body.url for body in pack.outside if body.url),
        *(one.source for one in pack.prescribed),
    ]
    assert pack.sources
    assert all(address.startswith("https://") and not set(" \n") & set(address) for address in addresses)


@pytest.mark.parametrize("pack", EVERY, ids=name_of)
def test_the_days_of_a_pack_are_known(pack: Pack) -> None:
    assert pack.calendar is None or calendar.load(ABROAD.get(pack.calendar, pack.calendar))


# --- letters, amounts and prescribed words ---------------------------------------------------------------------------


def test_the_base_pack_says_what_every_letter_holds() -> None:
    assert PACKS[BASE][0].letters == {
        "acknowledgement": (
            *("reference", "received_on", "contact", "tracking"),
            *("how_to_add", "next_step", "answer_date", "help", "free_of_charge"),
        ),
        "progress": ("done_so_far", "remains"),
        "extension": ("reason", "new_date"),
        "decision": ("findings", "reasons", "remedies", "what_next"),
        "request": ("reference", "tracking", "how_to_add", "next_step"),
        "reminder": ("reference", "tracking", "how_to_add", "next_step"),
        "routes": ("what_next", "next_step"),
        "final_notice": ("next_step", "what_next", "how_to_return"),
        "declined": ("reason", "what_next", "how_to_return"),
        "withdrawn": ("how_to_return",),
        "merged": ("reference", "next_step"),
        "closing": ("what_was_done", "how_to_return"),
    }


@pytest.mark.parametrize("pack", [pack for pack in EVERY if pack.id != BASE], ids=name_of)
def test_other_packs_list_only_what_they_add_to_it(pack: Pack) -> None:
    base = PACKS[BASE][0].letters
    assert all(not set(parts) & set(base.get(letter, ())) for letter, parts in pack.letters.items())


def test_regulators_words_are_slots_and_never_text() -> None:
    found = {(pack.id, one.id, one.letter, one.when) for pack in EVERY for one in pack.prescribed}
    assert found == {
        ("UK-FCA-DISP", "ombudsman", "decision", "always"),
        ("UK-FCA-DISP/payment", "ombudsman", "decision", "always"),
        ("TR-SPK", "tspb_notice", "decision", "not_upheld"),
    }


def test_the_amount_decides_between_the_committee_and_the_court() -> None:
    committee, court = PACKS["TR-TUKETICI"][0].outside
    assert (committee.value, committee.value_is) == ("tuketici_hakem_heyeti", "below")
    assert (court.value, court.value_is) == ("tuketici_hakem_heyeti", "from")


def test_the_committees_limit_is_known_for_2026_only() -> None:
    figure = values()["tuketici_hakem_heyeti"]
    assert (figure.currency, figure.years) == ("TRY", {2026: Decimal(186_000)})


def test_every_dated_figure_that_a_pack_asks_for_exists() -> None:
    asked = {(body.value, body.value_is) for pack in EVERY for body in pack.outside if body.value or body.value_is}
    assert all(name in values() and side for name, side in asked)


# --- what no pack may be ---------------------------------------------------------------------------------------------


def broken(**change: Any) -> dict[str, Any]:
    """A pack of law as its file would hold it, with one thing changed in its version."""
    version = {
        "number": 1,
        "effective_from": date(2026, 1, 1),
        "answer": {"count": 20, "unit": "working_day"},
        **change,
    }
    title = {"tr": "Deneme", "en": "Trial"}
    return {"id": "TRIAL", "title": title, "status": "ready", "confidence": "high", "law": True, "versions": [version]}


def test_the_pack_that_the_next_examples_break_is_whole() -> None:
    assert [told(pack.answer) for pack in versions(broken())] == ["20 wd"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"anwser": {"count": 20, "unit": "working_day"}}, r"anwser\s+Extra inputs are not permitted"),
        ({"answer": {"count": 20, "unit": "fortnight"}}, r"answer\.unit\s+Input should be 'hour'"),
        ({"answer": {"count": 0, "unit": "working_day"}}, r"answer\.count\s+Input should be greater than 0"),
        (
            {"answer": {"count": 20, "unit": "working_day", "from": "hearsay"}},
            r"answer\.from\s+Input should be 'received'",
        ),
        ({"letters": {"decision": ["poem"]}}, r"letters\.decision\.0\s+Input should be 'reference'"),
        ({"pause": ["waiting_for_complainant"]}, "pause_needs_own_pack"),
        ({"variants": {"Card": {"answer": {"count": 10, "unit": "working_day"}}}}, r"id\s+String should match pattern"),
    ],
)
def test_a_broken_pack_is_refused_and_the_error_says_what_is_wrong(change: dict[str, Any], error: str) -> None:
    with pytest.raises(ValueError, match=error):
        versions(broken(**change))


@pytest.mark.parametrize(
    "order",
    [
        [],
        [(2, date(2026, 1, 1)), (1, date(2026, 6, 1))],
        [(1, date(2026, 1, 1)), (1, date(2026, 1, 1))],
        [(1, date(2026, 1, 1)), (1, date(2026, 6, 1))],
        [(1, date(2026, 6, 1)), (2, date(2026, 1, 1))],
    ],
    ids=["no version", "numbers backwards", "the same twice", "one number twice", "days backwards"],
)
def test_versions_that_do_not_follow_each_other_are_refused(order: list[tuple[int, date]]) -> None:
    table = broken()
    table["versions"] = [{"number": number, "effective_from": day} for number, day in order]
    with pytest.raises(ValueError, match="versions"):
        versions(table)


# --- a pack of the organisation's own --------------------------------------------------------------------------------


def own_bank(days: int, number: int = 1, first_day: str = "2026-01-01") -> str:
    """A pack of a bank's own, which tightens that of the law."""
    return f"""
        id = "BIZIM-BANKA"
        base = "TR-BANKA"
        status = "ready"
        confidence = "own_choice"
        title = {{ tr = "Bizim süremiz", en = "Our own time" }}
        [[versions]]
        number = {number}
        effective_from = {first_day}
        answer = {{ count = {days}, unit = "calendar_day" }}
    """


def settled(own: str) -> Organisation:
    return Organisation(packs=("BIZIM-BANKA",), own_packs=(own,))


def problems(own: str, before: str | None = None) -> list[tuple[str, str]]:
    earlier = settled(before) if before else None
    return list(own_pack_problems(settled(own), calendar.load("TR"), earlier))


def test_an_organisation_may_promise_more_than_the_law() -> None:
    assert problems(own_bank(20)) == []


def test_an_organisation_may_not_promise_less_than_the_law() -> None:
    assert problems(own_bank(40)) == [("/own_packs/0", "pack_loosens")]


def test_a_tightened_pack_keeps_the_way_out_of_its_law() -> None:
    assert problems(own_bank(20).replace("answer =", "outside = []\n        answer =")) == [
        ("/own_packs/0", "pack_loosens")
    ]


def test_a_tightened_pack_answers_to_every_version_of_its_law_that_holds_beside_it() -> None:
    seven_weeks = (
        own_bank(7).replace("TR-BANKA", "UK-OFCOM").replace("calendar_day", "week").replace("2026-01-01", "2026-03-01")
    )
    assert problems(seven_weeks) == [("/own_packs/0", "pack_loosens")]  # six weeks from 8 April on


def test_a_version_under_which_complaints_stand_is_followed_by_another_and_never_rewritten() -> None:
    assert problems(own_bank(15), before=own_bank(20)) == [("/own_packs", "pack_rewritten")]
    second = own_bank(15, 2, "2026-12-01").partition("[[versions]]")[2]
    assert problems(own_bank(20) + "[[versions]]" + second, before=own_bank(20)) == []


def test_a_pack_that_nobody_can_read_is_refused() -> None:
    assert problems("this is no TOML") == [("/own_packs", "pack_invalid")]
