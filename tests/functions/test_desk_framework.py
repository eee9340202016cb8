"""The registers of the framework: who may, what is refused, and that what was settled is what people are told."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.settings import Shown
from adapters.site import as_installed, pages_of
from complaints.framework import REGISTERS, Member, Privacy
from complaints.rules import Organisation
from tests.builders import a_picture
from tests.dates import MON_2_MAR, TUE_3_MAR, at
from tests.functions.test_intake import a_form
from tests.world import ADMINISTRATOR, AUDITOR, GROUPS, HANDLER, LEAD, World

Refused = Callable[..., dict[str, Any]]


def calls(number: str, rate: str) -> dict[str, str]:
    return {"number": number, "rate": rate}


CONTACT: dict[str, Any] = {
    "telephones": [calls("0 800 111 22 33", "free"), calls("0212 555 01 23", "standard")],
    "hours": {"tr": "Hafta içi 09.00–18.00", "en": "Weekdays 9 am to 6 pm"},
    "address": "Çınaraltı Sokak 5\n34000 İstanbul",
    "email": "sikayet@cinaralti.example",
}


def register(world: World, name: str, sub: str = ADMINISTRATOR) -> dict[str, Any]:
    answer = world.staff(sub).get(f"/api/desk/framework/{name}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def settle(world: World, name: str, content: Any, *, after: int = 0, sub: str = ADMINISTRATOR) -> Any:
    return world.staff(sub).put(
        f"/api/desk/framework/{name}",
        json={"content": content, "reason": "Yönetim kararı."},
        headers={"If-Match": f'"{after}"'},
    )


def settled(world: World, name: str, content: Any, **how: Any) -> dict[str, Any]:
    answer = settle(world, name, content, **how)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


# --- what holds for each ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REGISTERS)
def test_nobody_has_settled_what_was_there_from_the_start(world: World, name: str) -> None:
    found = register(world, name)
    assert (found["version"], found["by_name"], found["at"], found["history"]) == (0, None, None, [])


@pytest.mark.parametrize("name", REGISTERS)
def test_who_may_only_read_is_told_so(world: World, name: str) -> None:
    assert [register(world, name, sub)["can_change"] for sub in (AUDITOR, ADMINISTRATOR)] == [False, True]


def test_a_version_says_by_whom_when_and_why(world: World) -> None:
    found = settled(world, "contact", CONTACT)
    said = (found["version"], found["by_name"], found["at"], found["reason"], found["content"])
    assert said == (1, "Ayşe Gül Öz", "2026-03-02T10:00:00Z", "Yönetim kararı.", CONTACT)
    assert found == register(world, "contact")
    assert [one["version"] for one in found["history"]] == [1]


def test_whoever_comes_second_gets_what_is_in_force_now(world: World, refused: Refused) -> None:
    settled(world, "contact", CONTACT)
    said = refused(settle(world, "contact", {**CONTACT, "email": None}), 409, "out-of-date")
    assert said["current"] == register(world, "contact")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"telephones": []}, "/content/telephones", "required"),
        (
            {"telephones": [calls("0900 123 45 67", "standard")]},
            "/content/telephones/0/number",
            "phone_rate",
        ),
        ({"telephones": [calls("0212 555 01 23", "free")]}, "/content/telephones/0/rate", "phone_not_free"),
        ({"hours": {"tr": "Hafta içi", "en": " "}}, "/content/hours/en", "required"),
        ({"hours": {"tr": "Hafta içi"}}, "/content/hours", "too_short"),
        ({"email": "sikayet"}, "/content/email", "email_invalid"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(
    world: World, refused: Refused, changes: dict[str, Any], pointer: str, code: str
) -> None:
    said = refused(settle(world, "contact", {**CONTACT, **changes}), 422, "validation")
    assert said["errors"] == [{"pointer": pointer, "code": code}]


def test_all_settings_stand_in_one_list_with_their_last_change_and_every_change_in_another(world: World) -> None:
    settled(world, "contact", CONTACT)
    world.now = at(TUE_3_MAR)
    organisation = Organisation(ceiling=30)
    world.rulebook.settle(organisation, "Ekip küçüldü.", ADMINISTRATOR, world.now, after=0)
    settled(world, "contact", {**CONTACT, "email": None}, after=1)
    member = Member(sub="sub-new", name="Ece Gök", roles=("handler",))
    world.registers["staff"].settle(member, "infra.staff", None, at(TUE_3_MAR, 13), after=0)
    found = world.staff(HANDLER).get("/api/desk/settings").json()
    assert {(one["of"], one["version"], one["by_name"]) for one in found["settings"]} == {
        ("contact", 2, "Ayşe Gül Öz"), ("rules", 1, "Ayşe Gül Öz"), ("staff", 1, None),
    }  # fmt: skip
    assert [(one["of"], one["version"], one["reason"]) for one in found["history"]] == [
        ("staff", 1, "infra.staff"),
        ("contact", 2, "Yönetim kararı."),
        ("rules", 1, "Ekip küçüldü."),
        ("contact", 1, "Yönetim kararı."),
    ]
    assert (found["history"][0]["member"], found["history"][0]["roles"]) == ("Ece Gök", ["handler"])


# --- contact ---------------------------------------------------------------------------------------------------------


def test_until_somebody_settles_it_people_reach_the_number_of_the_installation(world: World) -> None:
    assert register(world, "contact")["content"]["telephones"] == [{"number": "0 800 000 00 00", "rate": "free"}]


def test_pages_and_letters_say_how_to_reach_us(world: World) -> None:
    settled(world, "contact", CONTACT)
    page = world.public.post("/api/public/complaints/form", data=a_form()).text
    world.settle()
    mail = world.mailbox.sent[-1][1].get_body(("plain",))
    assert mail
    letter = mail.get_content()
    for said in (page, letter):
        assert "0 800 111 22 33" in said and "0 800 000 00 00" not in said
        assert "Hafta içi 09.00–18.00" in said and "sikayet@cinaralti.example" in said
    assert "0212 555 01 23" in page and "Ücretsiz arama" in page
    assert "Çınaraltı Sokak 5\n34000 İstanbul" in page and "Çınaraltı Sokak 5, 34000 İstanbul" in letter


# --- commitment and policy -------------------------------------------------------------------------------------------

BOTH = {"tr": "Her şikâyeti dinleriz.", "en": "We hear every complaint."}
COMMITMENT: dict[str, Any] = {
    "text": BOTH,
    "signer": "Gülizar Hacısalihoğlu",
    "position": {"tr": "Genel Müdür", "en": "Managing director"},
    "review_on": "2027-03-01",
}
POLICY: dict[str, Any] = {
    "title": {"tr": "Şikâyet politikamız", "en": "Our complaints policy"},
    "parts": [{"heading": {"tr": "Amaç", "en": "Purpose"}, "text": BOTH}],
    "owner": {"tr": "Müşteri ilişkileri müdürü", "en": "Head of customer relations"},
    "effective_from": "2026-03-02",
    "review_on": "2027-03-01",
}
DRAFTS = {"commitment": COMMITMENT, "policy": POLICY}
BOSS = "sub-boss"


@pytest.fixture
def boss(world: World) -> str:
    world.hire(BOSS, "top-management", "Gülizar Hacısalihoğlu")
    return BOSS


def approve(world: World, name: str, draft: int, sub: str = BOSS) -> Any:
    path = f"/api/desk/framework/{name}/approve"
    return world.staff(sub).post(path, json={"reason": "Uygun."}, headers={"If-Match": f'"{draft}"'})


def in_force(world: World, name: str, sub: str = HANDLER) -> dict[str, Any]:
    return dict(world.staff(sub).get(f"/api/desk/framework/{name}/in-force").json())


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_holds_once_somebody_of_top_management_has_approved_it(world: World, boss: str, name: str) -> None:
    settled(world, name, DRAFTS[name])
    drafted = in_force(world, name, boss)
    assert (drafted["version"], drafted["document"], drafted["to_approve"], drafted["may_approve"]) == (
        0,
        None,
        True,
        True,
    )
    assert world.registers.in_force(name, world.now.date()) is None, "what is drafted nobody outside sees"
    answer = approve(world, name, 1)
    assert answer.status_code == 200, answer.text
    found = in_force(world, name)
    assert (found["version"], found["draft"], found["by_name"], found["reason"], found["to_approve"]) == (
        1, 1, "Gülizar Hacısalihoğlu", "Uygun.", False,
    )  # fmt: skip
    kept = world.registers.in_force(name, world.now.date())
    assert kept and kept.content
    assert kept.content.approved_by == "Gülizar Hacısalihoğlu"
    assert found["document"] == DRAFTS[name] == kept.content.document.model_dump(mode="json")


def test_a_newer_draft_changes_nothing_until_it_is_approved(world: World, boss: str) -> None:
    settled(world, "policy", POLICY)
    approve(world, "policy", 1)
    settled(world, "policy", {**POLICY, "title": {"tr": "Yeni", "en": "New"}}, after=1)
    found = in_force(world, "policy")
    assert (found["version"], found["document"]["title"]["en"], found["to_approve"]) == (
        1,
        "Our complaints policy",
        True,
    )


def test_a_policy_holds_from_its_day_and_the_one_before_until_then(world: World, boss: str) -> None:
    settled(world, "policy", POLICY)
    approve(world, "policy", 1)
    settled(world, "policy", {**POLICY, "effective_from": TUE_3_MAR.isoformat()}, after=1)
    approve(world, "policy", 2)
    holds = [world.registers.in_force("policy", day) for day in (MON_2_MAR - timedelta(days=1), MON_2_MAR, TUE_3_MAR)]
    assert [one and one.version for one in holds] == [None, 1, 2]


def test_nobody_approves_what_they_wrote_themselves(world: World, boss: str, refused: Refused) -> None:
    world._groups[boss] = "[top-management management-representative]"
    settled(world, "policy", POLICY, sub=boss)
    assert refused(approve(world, "policy", 1), 409, "not-now")["reason"] == "second_person"
    assert in_force(world, "policy")["version"] == 0


def test_only_the_newest_draft_is_approved_and_only_once(world: World, boss: str, refused: Refused) -> None:
    assert refused(approve(world, "policy", 0), 409, "not-now")["reason"] == "nothing_to_approve"
    settled(world, "policy", POLICY)
    settled(world, "policy", {**POLICY, "owner": BOTH}, after=1)
    assert refused(approve(world, "policy", 1), 409, "out-of-date")["current"]["version"] == 2
    approve(world, "policy", 2)
    assert refused(approve(world, "policy", 2), 409, "not-now")["reason"] == "nothing_to_approve"


def test_a_review_lies_after_the_beginning(world: World, refused: Refused) -> None:
    said = refused(settle(world, "policy", {**POLICY, "review_on": "2026-03-02"}), 422, "validation")
    assert said["errors"] == [{"pointer": "/content/review_on", "code": "not_later"}]


def test_each_version_is_read_once_by_everybody(world: World, boss: str, refused: Refused) -> None:
    def to_read() -> list[str]:
        return list(world.staff(HANDLER).get("/api/desk/me").json()["to_read"])

    def read(version: int) -> Any:
        path = "/api/desk/framework/policy/read"
        return world.staff(HANDLER).post(path, json={}, headers={"If-Match": f'"{version}"'})

    settled(world, "policy", POLICY)
    assert to_read() == []
    approve(world, "policy", 1)
    assert to_read() == ["policy"]
    assert refused(read(2), 409, "not-now")["reason"] == "other_version"
    for _ in range(2):
        world.now = at(TUE_3_MAR)
        readers = read(1).json()["readers"]
        assert [(one["id"], one["at"]) for one in readers if one["at"]] == [(HANDLER, "2026-03-03T10:00:00Z")]
        assert to_read() == []
    settled(world, "policy", {**POLICY, "owner": BOTH}, after=1)
    approve(world, "policy", 2)
    assert to_read() == ["policy"]


def test_a_review_that_is_late_says_so(world: World, boss: str) -> None:
    settled(world, "commitment", {**COMMITMENT, "review_on": MON_2_MAR.isoformat()})
    approve(world, "commitment", 1)
    assert in_force(world, "commitment")["review_late"] is False
    world.now = at(TUE_3_MAR)
    assert in_force(world, "commitment")["review_late"] is True


# --- branding --------------------------------------------------------------------------------------------------------


def test_what_is_no_colour_is_refused_and_none_is_none(world: World, refused: Refused) -> None:
    for written in ("mustard", "#f2b7", "#F2B705;"):
        said = refused(settle(world, "brand", {"accent": written}), 422, "validation")
        assert said["errors"] == [{"pointer": "/content/accent", "code": "wrong_type"}]
    assert settled(world, "brand", {"accent": ""})["content"] == {"name": None, "accent": None, "logo": None}


def test_a_name_is_what_the_desk_its_papers_and_its_letters_say_from_then_on(world: World) -> None:
    desk, asked = world.staff(HANDLER), {"kind": "acknowledgement", "language": "tr", "own": "{organisation} adına."}
    assert desk.get("/api/desk/me").json()["organisation"] == "Çınaraltı Ev Aletleri"
    settled(world, "brand", {"name": "Çınaraltı Mağazaları"})
    assert desk.get("/api/desk/me").json()["organisation"] == "Çınaraltı Mağazaları"
    letter = desk.post("/api/desk/letters/preview", json=asked).json()["text"]
    assert "Çınaraltı Mağazaları adına." in letter and "Çınaraltı Ev Aletleri" not in letter


@pytest.mark.parametrize(
    ("content", "pointer", "code"),
    [
        ({"name": "A"}, "/content/name", "too_short"),
        ({"name": "<b>Firma</b>"}, "/content/name", "control_characters"),
        ({"logo": b64encode(b"<svg/>").decode()}, "/content/logo", "file_type"),
        ({"logo": b64encode(a_picture("PNG", 2_500, 36)).decode()}, "/content/logo", "picture_size"),
    ],
)
def test_what_is_no_name_or_no_logo_is_refused_at_its_field(
    content: dict[str, str], pointer: str, code: str, world: World, refused: Refused
) -> None:
    said = refused(settle(world, "brand", content), 422, "validation")
    assert said["errors"] == [{"pointer": pointer, "code": code}]


def test_a_logo_is_kept_as_it_was_given(world: World) -> None:
    logo = b64encode(a_picture("WEBP", 120, 36)).decode()
    assert settled(world, "brand", {"logo": logo})["content"]["logo"] == logo


def test_a_colour_is_seen_as_it_would_be_before_it_is_settled(world: World, refused: Refused) -> None:
    desk = world.staff(HANDLER)
    seen = desk.get("/api/desk/accent", params={"colour": "#F2B705"}).json()
    assert (seen["light"], seen["dark"], seen["warns"]) == ("#896803", "#c7ac58", True)
    refused(desk.get("/api/desk/accent", params={"colour": "mustard"}), 422, "validation")


# --- texts to begin with ---------------------------------------------------------------------------------------------

VISIT = {"title": {"tr": "Servis günü", "en": "Visit"}, "words": {"tr": "Servis [gün] gelir.", "en": "On [day]."}}
THANKS = {"title": {"tr": "Teşekkür", "en": "Thanks"}, "words": {"tr": "Teşekkür ederiz.", "en": "Thank you."}}


def test_a_text_to_begin_with_is_offered_in_every_language(world: World, refused: Refused) -> None:
    settled(world, "texts", {"texts": [VISIT, THANKS]})
    assert register(world, "texts", HANDLER)["content"] == {"texts": [VISIT, THANKS]}
    for part in ("title", "words"):
        spoken = {**THANKS, part: {"tr": "Yalnızca Türkçe", "en": ""}}
        answer = settle(world, "texts", {"texts": [VISIT, spoken]}, after=1)
        errors = refused(answer, 422, "validation")["errors"]
        assert [error["pointer"] for error in errors] == [f"/content/texts/1/{part}/en"]


# --- objectives, resources, authority --------------------------------------------------------------------------------


def test_an_objective_stands_where_the_facts_of_the_period_put_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many objectives look at a month, it is read once."""
    read, facts = list[str](), world.figures.facts

    def noted(month: str) -> list[Any]:
        read.append(month)
        return facts(month)

    monkeypatch.setattr(world.figures, "facts", noted)
    world.submit()
    world.settle()
    wanted = [
        {"measure": "acknowledged_on_time", "target": "95", "period": "month", "owner": LEAD},
        {"measure": "days_to_answer", "target": "15", "period": "quarter", "owner": LEAD},
    ]
    settled(world, "objectives", {"objectives": wanted})
    found = world.staff(HANDLER).get("/api/desk/framework/objectives/standings").json()["standings"]
    assert [(one["measure"], one["value"], one["reached"]) for one in found] == [
        ("acknowledged_on_time", 100.0, True),
        ("days_to_answer", None, None),
    ]
    assert sorted(read) == ["2026-01", "2026-02", "2026-03"]


def test_what_resources_lack_is_said_by_role_and_by_name(world: World) -> None:
    course = {"sub": HANDLER, "course": "ISO 10002 temel eğitimi", "on": "2026-02-02", "valid_until": None}
    settled(world, "resources", {"needed": {"handler": 3}, "trainings": [course], "budgets": []})
    found = world.staff(LEAD).get("/api/desk/framework/resources/gaps").json()
    assert found["vacant"] == {"handler": 2}
    assert "Işıl Tütüncüoğlu" not in found["untrained"] and "Rıza Öğütçü" in found["untrained"]


def test_the_table_of_authority_says_what_the_table_of_moves_does(world: World) -> None:
    found = world.staff(HANDLER).get("/api/desk/authority").json()
    roles = {one["move"]: set(one["roles"]) for one in found["moves"]}
    assert roles["approve"] == {"lead", "management-representative", "top-management"}
    assert roles["accept"] >= {"front-line", "handler"} and "complainant" not in roles["accept"]
    assert found["limits"]["handler"]["TRY"] == "5000"


# --- data protection -------------------------------------------------------------------------------------------------

LOOK = {"tr": "Şikâyetleri incelemek", "en": "To look into complaints"}
PRIVACY: dict[str, Any] = {
    "purposes": [{"what": LOOK, "basis": "obligation"}],
    "place": {"tr": "Frankfurt, Almanya", "en": "Frankfurt, Germany"},
    "country": "DE",
    "processors": [{"name": "Bulut Evi A.Ş.", "does": {"tr": "Barındırır", "en": "Hosts"}, "country": "DE"}],
    "transfer": {"mechanism": "standard_contract", "signed_on": "2026-02-20", "notified_on": None},
    "sectors": ["payment"],
}


def test_a_standard_contract_that_the_authority_does_not_know_of_has_a_day(world: World) -> None:
    path = "/api/desk/framework/privacy/hosting"
    assert world.staff(AUDITOR).get(path).json()["notify_by"] is None
    settled(world, "privacy", PRIVACY)
    said = {"abroad": ["DE"], "notify_by": "2026-02-27", "notified": "overdue", "must_stay": ["payment"]}
    assert world.staff(AUDITOR).get(path).json() == said


def test_data_abroad_without_a_ground_are_not_settled(world: World, refused: Refused) -> None:
    said = refused(settle(world, "privacy", {**PRIVACY, "transfer": None}), 422, "validation")
    assert said["errors"] == [{"pointer": "/content/transfer/mechanism", "code": "transfer_missing"}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("tr", ("Frankfurt, Almanya", "Bulut Evi A.Ş.", "standart sözleşme", "20 Şubat 2026")),
        ("en", ("Frankfurt, Germany", "Bulut Evi A.Ş.", "standard contract", "20 February 2026")),
    ],
)
def test_the_privacy_notice_says_where_data_are_and_who_has_them(language: str, words: tuple[str, ...]) -> None:
    firm = Shown(
        organisation="Çınaraltı", help_phone="0 800 000 00 00", site_url="https://x.example", table="T",
        calendar="TR", time_zone="Europe/Istanbul",
    )  # fmt: skip
    pages = pages_of(firm, replace(as_installed(firm, at(MON_2_MAR)), privacy=Privacy.model_validate(PRIVACY)))
    notice = pages["tr/aydinlatma/index.html" if language == "tr" else "en/privacy/index.html"].decode()
    assert all(one in notice for one in words)


# --- setting up ------------------------------------------------------------------------------------------------------


def test_setting_up_is_ticked_by_what_is_there(world: World, boss: str) -> None:
    def met() -> set[str]:
        found = world.staff(HANDLER).get("/api/desk/setup").json()["steps"]
        return {one["condition"] for step in found for one in step["conditions"] if one["met"]}

    before = met()
    assert before == {"two_handlers", "approver", "reviewer"}
    settled(world, "contact", CONTACT)
    settled(world, "policy", POLICY)
    assert met() - before == {"hours_told", "address_told"}
    approve(world, "policy", 1)
    assert "policy_approved" in met() and "policy_read" not in met()
    for sub in (*GROUPS, BOSS):
        path = "/api/desk/framework/policy/read"
        assert world.staff(sub).post(path, json={}, headers={"If-Match": '"1"'}).status_code == 200
    assert "policy_read" in met()
