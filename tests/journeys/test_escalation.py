"""Who is told what, and when: in opening hours, at the digests at nine and two, and at night only what is urgent.

Istanbul is UTC+3: at(day, 6) is nine o'clock there. It works from nine to six, with a break from half past twelve on.
"""

import json
import re
import tomllib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from adapters.absences import Absence
from adapters.letters import FOLDER
from complaints.commands import AskColleague, FinishTask, Investigate, NameStaff, Restrict
from complaints.explain import moment_text
from complaints.roles import Role, staff
from complaints.rules import Organisation, Rules
from escalation.react import next_digest, react
from tests.builders import ASSESS, EXPLAIN
from tests.dates import (
    FRI_6_MAR,
    FRI_27_MAR,
    MON_2_MAR,
    MON_9_MAR,
    MON_30_MAR,
    SAT_7_MAR,
    TUE_3_MAR,
    TUE_24_MAR,
    WED_1_APR,
    at,
)
from tests.world import ADMINISTRATOR, HANDLER, LEAD, World

WED_4_MAR, WED_25_MAR, TUE_31_MAR, TUE_7_APR = (
    date(2026, 3, 4),
    date(2026, 3, 25),
    date(2026, 3, 31),
    date(2026, 4, 7),
)
REPRESENTATIVE, FIRST, SECOND = "sub-representative", "sub-first", "sub-second"
NIGHT = at(MON_2_MAR, 23)  # two in the morning
HEADINGS = {
    words: kind for kind, words in tomllib.loads((FOLDER / "words/tr.toml").read_text("utf-8"))["notices"].items()
}


@pytest.fixture
def world(aws: None) -> World:
    begun = World(at(MON_2_MAR, 7), organisation=Organisation(roster=(FIRST, SECOND)))
    for sub, name, role in (
        (REPRESENTATIVE, "Selin Oral", "management-representative"),
        (FIRST, "Nihat Güneş", "handler"),
        (SECOND, "Öykü Şahin", "handler"),
    ):
        told = {"name": name, "language": "tr", "active": True, "email": f"{sub}@cinaralti.example", "roles": [role]}
        begun.items.put({"PK": "STAFF", "SK": sub, **told})
    return begun


def told(world: World) -> list[tuple[str, list[str]]]:
    """Who was written to since the last look, and under which headings."""
    sent = [(address.partition("@")[0], html(mail)) for address, mail, _ in world.staff_mail.sent]
    world.staff_mail.sent.clear()
    return sorted((sub, [HEADINGS[one] for one in re.findall("<h2>(.*?)</h2>", body)]) for sub, body in sent)


def html(mail: Any) -> str:
    return str(mail.get_body(("html",)).get_content())


def pass_time(world: World, to: datetime) -> None:
    """What falls due does. The digest comes by as often as it could matter: each hour, and at the end."""
    while world.now < to:
        world.wind(min(to, world.now + timedelta(hours=1)))
        world.digest()


def given_to(world: World, owner: str, by: str = LEAD, **told: Any) -> str:
    """A complaint under investigation."""
    reference = give(world, owner, by, **told)
    world.settle()
    return reference


def give(world: World, owner: str, by: str = LEAD, **told: Any) -> str:
    """The same, before anybody heard of it."""
    reference = str(world.submit(**told)["reference"])
    for ask in (ASSESS, Investigate(owner=owner)):
        world.table.change(reference, ask, staff(by, frozenset({Role.LEAD})), world.now)
    return reference


def hears(world: World, reference: str) -> None:
    """Everything that happened to a complaint is told to escalation, and to nobody else."""
    for stored in world.items.query(PK=f"C#{reference}", SK=(">", "E")):
        if stored["SK"].startswith("E#"):
            react({"detail": json.loads(stored["event"])}, world.office, world.now)


def leaves(world: World, sub: str) -> None:
    world.items.update({"PK": "STAFF", "SK": sub}, {"active": False}, when={"active": True})


def away(world: World, sub: str, until: date, deputy: str) -> None:
    world.absences.add(Absence(sub=sub, first=MON_2_MAR, until=until, deputy=deputy, by=LEAD))


# --- a complaint is given to somebody --------------------------------------------------------------------------------


def test_a_new_owner_hears_of_it_at_the_next_quarter_of_an_hour(world: World) -> None:
    given_to(world, HANDLER)
    assert told(world) == []
    world.digest()
    assert told(world) == [(HANDLER, ["assigned"])]


def test_on_friday_evening_it_waits_for_monday_morning(world: World) -> None:
    world.now = at(FRI_6_MAR, 16)  # seven in the evening
    given_to(world, HANDLER)
    pass_time(world, at(FRI_6_MAR, 17))
    pass_time(world, at(SAT_7_MAR, 8))
    assert told(world) == []
    world.wind(at(MON_9_MAR, 6))
    world.digest()
    assert told(world) == [(HANDLER, ["assigned"])]


def test_twenty_assignments_are_one_mail(world: World) -> None:
    references = [give(world, HANDLER) for _ in range(20)]
    for reference in references:
        hears(world, reference)
    world.digest()
    [(_, mail, _)] = world.staff_mail.sent
    assert all(f"/staff/complaints/{reference}" in html(mail) for reference in references)
    assert str(mail["Subject"]) == "Redress: bekleyen dosya 20, yeni atanan 20"


def test_one_who_takes_a_complaint_themselves_needs_no_mail(world: World) -> None:
    given_to(world, HANDLER, by=HANDLER)
    pass_time(world, at(MON_2_MAR, 12))
    assert told(world) == []


def test_a_complaint_that_went_to_somebody_else_is_handed_over(world: World) -> None:
    reference = given_to(world, HANDLER)
    world.digest()
    told(world)
    world.move(HANDLER, reference, "assign", {"owner": LEAD})
    world.digest()
    assert told(world) == [(LEAD, ["handed_over"])]


# --- the ladder ------------------------------------------------------------------------------------------------------


def test_at_four_fifths_of_the_time_the_handler_and_the_lead_are_reminded(world: World) -> None:
    given_to(world, HANDLER)
    world.digest()
    told(world)
    pass_time(world, at(TUE_24_MAR, 12))
    told(world)
    pass_time(world, at(WED_25_MAR, 5))
    assert told(world) == []
    pass_time(world, at(WED_25_MAR, 6, 15))
    [(_, mail, _), _] = world.staff_mail.sent
    assert "Yanıt, son tarih: 31 Mar 2026 Sal" in html(mail)
    assert told(world) == [(HANDLER, ["reminder"]), (LEAD, ["reminder"])]


def test_on_the_morning_after_the_day_both_hear_that_it_was_missed(world: World) -> None:
    given_to(world, HANDLER)
    pass_time(world, at(TUE_31_MAR, 12))
    told(world)
    pass_time(world, at(TUE_31_MAR, 23))
    assert told(world) == []  # it is night
    pass_time(world, at(WED_1_APR, 6, 15))
    assert told(world) == [(HANDLER, ["broken"]), (LEAD, ["escalated"])]


def test_five_working_days_later_the_management_representative_hears_of_it(world: World) -> None:
    given_to(world, HANDLER)
    pass_time(world, at(TUE_7_APR, 5))
    assert REPRESENTATIVE not in {sub for sub, _ in told(world)}
    pass_time(world, at(TUE_7_APR, 6, 15))
    assert told(world) == [(REPRESENTATIVE, ["escalated"])]


def test_a_promise_that_was_kept_in_time_is_nobodys_news(world: World) -> None:
    reference = given_to(world, HANDLER)
    world.table.change(reference, EXPLAIN, staff(HANDLER, frozenset({Role.HANDLER})), world.now)
    world.move(LEAD, reference, "approve", {"no_conflict": True})
    world.digest()
    told(world)
    pass_time(world, at(WED_1_APR, 12))
    assert told(world) == []


def test_what_nobody_takes_up_is_told_to_the_leads_as_belonging_to_nobody(world: World) -> None:
    world.submit()
    world.settle()
    pass_time(world, at(TUE_3_MAR, 12))
    told(world)
    pass_time(world, at(WED_4_MAR, 6, 15))
    assert told(world) == [(LEAD, ["unassigned"])]


# --- what cannot wait ------------------------------------------------------------------------------------------------


def test_a_risk_to_safety_is_told_at_once_at_night_too(world: World) -> None:
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    [(_, mail, _)] = world.staff_mail.sent
    assert str(mail["Subject"]) == "Redress: ivedi bir dosya sizi bekliyor"
    assert "Dosyanın ele alınması, son tarih: 3 Mar 2026 Sal 03.00" in html(mail)
    assert told(world) == [(FIRST, ["safety"])]


def test_a_receipt_without_a_risk_calls_nobody(world: World) -> None:
    world.submit()
    world.settle()
    assert told(world) == []


def test_after_half_an_hour_the_first_on_the_roster_is_called_at_night_too(world: World) -> None:
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    told(world)
    world.wind(NIGHT + timedelta(minutes=29))
    assert told(world) == []
    world.wind(NIGHT + timedelta(minutes=30))
    assert told(world) == [(FIRST, ["roster"])]


def test_after_an_hour_the_second_and_the_lead(world: World) -> None:
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    world.wind(NIGHT + timedelta(minutes=59))
    told(world)
    world.wind(NIGHT + timedelta(minutes=60))
    [(_, mail, _), _] = world.staff_mail.sent
    assert "Dosyanın ele alınması, son tarih: 3 Mar 2026 Sal 03.00" in html(mail)
    assert told(world) == [(LEAD, ["escalated"]), (SECOND, ["roster"])]


def test_after_two_hours_the_management_representative_too(world: World) -> None:
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    world.wind(NIGHT + timedelta(minutes=90))
    assert (FIRST, ["roster"]) in told(world)
    world.wind(NIGHT + timedelta(minutes=120))
    assert told(world) == [(REPRESENTATIVE, ["escalated"]), (SECOND, ["roster"])]


def test_once_somebody_has_taken_it_up_nobody_is_called(world: World) -> None:
    world.now = NIGHT
    given_to(world, HANDLER, by=HANDLER, safety_risk=True)
    world.wind(NIGHT + timedelta(hours=3))
    assert told(world) == []


def test_without_a_roster_the_leads_are_called(world: World) -> None:
    world.rulebook.settle(Organisation(), "Nöbet kalktı", ADMINISTRATOR, world.now, after=1)
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    assert told(world) == [(LEAD, ["safety"])]
    world.wind(NIGHT + timedelta(minutes=30))
    assert told(world) == [(LEAD, ["reminder"])]


def test_one_of_the_roster_who_is_away_is_passed_over(world: World) -> None:
    away(world, FIRST, TUE_3_MAR, HANDLER)
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    assert told(world) == [(SECOND, ["safety"])]
    world.wind(NIGHT + timedelta(minutes=30))
    assert told(world) == [(SECOND, ["roster"])]


# --- who is asked, and who may not know ------------------------------------------------------------------------------


def test_a_colleague_hears_that_a_contribution_is_asked_and_by_when(world: World) -> None:
    reference = given_to(world, HANDLER, by=HANDLER)
    asked = {"whom": FIRST, "words": "KANARYA: montaj kaydı sizde mi?", "due_on": "2026-03-06"}
    world.move(HANDLER, reference, "ask_colleague", asked)
    world.digest()
    [(_, mail, _)] = world.staff_mail.sent
    assert "Son tarih: 6 Mar 2026 Cum" in html(mail)
    assert "KANARYA" not in html(mail)
    assert told(world) == [(FIRST, ["contribution"])]


def test_what_was_contributed_before_the_mail_left_is_asked_no_more(world: World) -> None:
    reference = give(world, HANDLER, by=HANDLER)
    ask = AskColleague(whom=FIRST, words="Montaj kaydı?", due_on="2026-03-06")  # type: ignore[arg-type]
    asked = world.table.change(reference, ask, staff(HANDLER, frozenset({Role.HANDLER})), world.now)
    [task] = asked.tasks
    given = FinishTask(task=task.id, words="Kayıt ektedir.")
    world.table.change(reference, given, staff(FIRST, frozenset({Role.HANDLER})), world.now)
    hears(world, reference)
    world.digest()
    assert told(world) == []


def test_whoever_is_complained_about_is_not_called(world: World) -> None:
    world.now = NIGHT
    reference = str(world.submit(safety_risk=True)["reference"])
    named = NameStaff(staff=(FIRST,))
    world.table.change(reference, named, staff(LEAD, frozenset({Role.LEAD})), world.now)
    world.settle()
    world.wind(NIGHT + timedelta(hours=3))
    assert FIRST not in {sub for sub, _ in told(world)}


def test_whoever_is_complained_about_before_the_mail_leaves_gets_none(world: World) -> None:
    reference = given_to(world, HANDLER)
    named = NameStaff(staff=(HANDLER,))
    world.table.change(reference, named, staff(LEAD, frozenset({Role.LEAD})), world.now)
    world.digest()
    world.digest()
    assert told(world) == []


def test_of_a_confidential_complaint_only_its_members_hear(world: World) -> None:
    reference = given_to(world, HANDLER, by=HANDLER)
    restricted = Restrict(confidential=True, members=(FIRST,), words="Hassas.")
    world.table.change(reference, restricted, staff("sub-top", frozenset({Role.TOP_MANAGEMENT})), world.now)
    pass_time(world, at(TUE_7_APR, 6, 15))
    assert {sub for sub, _ in told(world)} == {HANDLER, FIRST}


# --- who is not there ------------------------------------------------------------------------------------------------


def test_the_deputy_of_an_absent_owner_is_told_and_knows_for_whom(world: World) -> None:
    away(world, HANDLER, FRI_6_MAR, FIRST)
    given_to(world, HANDLER)
    world.digest()
    [(address, mail, _)] = world.staff_mail.sent
    assert address == f"{FIRST}@cinaralti.example"
    assert "görevde olmayan Işıl Tütüncüoğlu adına" in html(mail)


def test_what_is_told_on_monday_goes_to_whoever_is_there_on_monday(world: World) -> None:
    away(world, HANDLER, FRI_6_MAR, FIRST)
    world.now = at(FRI_6_MAR, 16)
    given_to(world, HANDLER)
    pass_time(world, at(MON_9_MAR, 6))
    assert told(world) == [(HANDLER, ["assigned"])]


def test_a_lead_who_stands_in_for_the_owner_hears_of_a_promise_once(world: World) -> None:
    away(world, HANDLER, WED_1_APR, LEAD)
    given_to(world, HANDLER)
    pass_time(world, at(TUE_24_MAR, 12))
    told(world)
    pass_time(world, at(WED_25_MAR, 6, 15))
    [(_, mail, _)] = world.staff_mail.sent
    assert html(mail).count("/staff/complaints/") == 1
    assert "adına" not in html(mail)


def test_the_complaints_of_somebody_who_left_are_told_to_the_leads(world: World) -> None:
    given_to(world, HANDLER)
    world.digest()
    told(world)
    leaves(world, HANDLER)
    pass_time(world, at(WED_1_APR, 6, 15))
    assert {sub for sub, _ in told(world)} == {LEAD}


def test_where_there_is_no_lead_the_management_representative_is_told(world: World) -> None:
    leaves(world, LEAD)
    world.submit()
    world.settle()
    pass_time(world, at(WED_4_MAR, 6, 15))
    assert {sub for sub, _ in told(world)} == {REPRESENTATIVE}


def test_somebody_without_an_address_is_passed_over(world: World) -> None:
    world.items.update({"PK": "STAFF", "SK": HANDLER}, {"active": True, "email": None}, when={"active": True})
    given_to(world, HANDLER, by=LEAD)
    world.digest()
    assert told(world) == [(LEAD, ["assigned"])]


def test_one_who_leaves_before_the_mail_gets_none(world: World) -> None:
    given_to(world, HANDLER)
    leaves(world, HANDLER)
    world.digest()
    world.digest()
    assert told(world) == []


# --- once, and never not at all --------------------------------------------------------------------------------------


def test_facts_that_come_again_are_told_once(world: World) -> None:
    world.now = NIGHT
    reference = str(world.submit(safety_risk=True)["reference"])
    world.settle()
    world.wind(NIGHT + timedelta(hours=3))
    pass_time(world, at(TUE_3_MAR, 12))
    told(world)
    hears(world, reference)
    pass_time(world, at(TUE_3_MAR, 13))
    assert told(world) == []


def test_a_crash_before_the_mark_is_a_second_mail_and_not_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given_to(world, HANDLER)
    with monkeypatch.context() as broken:
        broken.setattr(world.office.notices, "done", lambda notice, now: 1 / 0)
        with pytest.raises(RuntimeError):
            world.digest()
    world.digest()
    world.digest()
    assert told(world) == [(HANDLER, ["assigned"])] * 2


def test_a_throttled_ses_delays_the_mail_and_loses_none(world: World) -> None:
    world.now = NIGHT
    world.submit(safety_risk=True)
    world.settle()
    told(world)
    world.staff_mail.fails_with = ClientError({"Error": {"Code": "TooManyRequestsException"}}, "SendEmail")
    with pytest.raises(RuntimeError):
        world.wind(NIGHT + timedelta(minutes=30))
    world.staff_mail.fails_with = None
    world.digest()
    assert told(world) == [(FIRST, ["roster"])]


def test_one_whose_address_ses_refuses_holds_up_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given_to(world, HANDLER)
    given_to(world, FIRST)
    take = world.staff_mail.send_email

    def send_email(**asked: Any) -> dict[str, str]:
        if HANDLER in asked["Destination"]["ToAddresses"][0]:
            raise ClientError({"Error": {"Code": "MessageRejected", "Message": "Address is on a list."}}, "SendEmail")
        return take(**asked)

    monkeypatch.setattr(world.staff_mail, "send_email", send_email)
    world.digest()
    world.digest()
    assert told(world) == [(FIRST, ["assigned"])]


# --- what it says ----------------------------------------------------------------------------------------------------


def test_a_mail_to_staff_holds_nothing_that_a_complainant_wrote_and_is_no_letter_of_theirs(world: World) -> None:
    typed = {"name": "KANARYA-ad", "about": "KANARYA-konu", "what_happened": "KANARYA-olay ve devamı"}
    given_to(world, HANDLER, **typed)
    world.digest()
    [(_, mail, tags)] = world.staff_mail.sent
    said = mail.as_string() + "".join(part.get_content() for part in mail.walk() if not part.is_multipart())
    assert "KANARYA" not in said and "nermin@example.com" not in said
    assert mail["Auto-Submitted"] == "auto-generated"
    assert tags == {"notice": HANDLER}


def test_a_mail_speaks_its_readers_language(world: World) -> None:
    world.items.update({"PK": "STAFF", "SK": HANDLER}, {"language": "en"}, when={"language": "tr"})
    given_to(world, HANDLER)
    world.digest()
    [(_, mail, _)] = world.staff_mail.sent
    assert "Assigned to you" in html(mail)


def test_days_are_written_as_on_the_desk(world: World) -> None:
    calendar = world.rules.calendar
    assert moment_text(calendar.moment(FRI_27_MAR), "tr", calendar) == "27 Mar 2026 Cum"
    assert moment_text(calendar.moment(FRI_27_MAR), "en", calendar) == "Fri 27 Mar 2026"
    assert moment_text(at(FRI_27_MAR, 11, 30), "tr", calendar) == "27 Mar 2026 Cum 14.30"
    assert moment_text(at(FRI_27_MAR, 11, 30), "en", calendar) == "Fri 27 Mar 2026 14:30"


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (at(FRI_27_MAR, 5), at(FRI_27_MAR, 6)),
        (at(FRI_27_MAR, 6), at(FRI_27_MAR, 6)),
        (at(FRI_27_MAR, 6, 1), at(FRI_27_MAR, 11)),
        (at(FRI_27_MAR, 12), at(MON_30_MAR, 6)),
        (at(FRI_27_MAR, 22), at(MON_30_MAR, 6)),  # it is Saturday already
    ],
)
def test_digests_go_at_nine_and_at_two_on_working_days(world: World, moment: datetime, goes: datetime) -> None:
    assert next_digest(moment, world.rules) == goes


def test_without_times_for_digests_they_go_at_the_opening(world: World) -> None:
    rules = Rules(Organisation(digest_at=()), world.rules.home)
    assert next_digest(at(FRI_27_MAR, 16), rules) == at(MON_30_MAR, 6)


# --- who may not know of a complaint is not told of it ---------------------------------------------------------------


def test_nobody_hears_by_mail_of_a_complaint_about_themselves(world: World) -> None:
    reference = given_to(world, HANDLER)
    world.digest()
    told(world)
    world.move(HANDLER, reference, "name_staff", {"staff": [LEAD]})
    pass_time(world, at(TUE_7_APR, 6, 15))
    assert {sub for sub, _ in told(world)} == {HANDLER, REPRESENTATIVE}


def test_a_confidential_complaint_is_told_to_its_members_alone(world: World) -> None:
    reference = given_to(world, HANDLER)
    world.digest()
    told(world)
    world.move(LEAD, reference, "restrict", {"confidential": True, "words": "Sağlık verisi var."})
    pass_time(world, at(TUE_7_APR, 6, 15))
    assert {sub for sub, _ in told(world)} == {HANDLER, LEAD}  # and not the management representative


def test_what_was_kept_for_a_digest_is_not_told_once_it_became_confidential(world: World) -> None:
    world.now = at(FRI_6_MAR, 17)  # after hours: the notice waits for the morning
    reference = given_to(world, HANDLER)
    world.move(HANDLER, reference, "name_staff", {"staff": [FIRST]})
    other = given_to(world, FIRST)
    world.move(LEAD, other, "assign", {"owner": HANDLER})
    world.move(LEAD, other, "restrict", {"confidential": True, "members": [HANDLER], "words": "Sağlık verisi var."})
    pass_time(world, at(MON_9_MAR, 7))
    assert {sub for sub, _ in told(world)} == {HANDLER}
