"""Who may do what with which complaint: role x route x relation, and the answer that is right.

The rules here are written from what the roles are for (the standard's responsibilities, objectivity, confidentiality),
and copied from nowhere in the product: `expected` is the whole of them. `related` makes the complaints, whichever role
somebody has: to own one, or to have declared a conflict, may be left from what they did before.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from adapters.table import Table
from complaints import commands as c
from complaints.complaint import Complaint
from complaints.roles import Person, Role, staff
from tests import builders
from tests.journeys.steps import APPROVAL, ONE_POINT
from tests.world import AUDITOR, FRONT_LINE, HANDLER, LEAD, a_submission

ROLES = (
    "front-line",
    "handler",
    "lead",
    "reviewer",
    "management-representative",
    "top-management",
    "auditor",
    "data-protection-officer",
    "administrator",
)
NOBODY = ("", "not-handler")

ALL = frozenset(ROLES)
READ = ALL - {"administrator"}  # settings and users are their work; complaints are not
WRITE = frozenset({"front-line", "handler", "lead", "reviewer", "management-representative"})
CASEWORK = frozenset({"handler", "lead"})
REVIEW = frozenset({"reviewer", "lead", "management-representative"})
APPROVE = frozenset({"lead", "management-representative", "top-management"})
LEADS = frozenset({"lead"})
SETTLE = frozenset({"management-representative", "administrator"})
HAND_OVER = frozenset({"lead", "management-representative"})
EVALUATE = frozenset({"lead", "management-representative", "top-management", "auditor"})
OVERSEE = frozenset({"auditor", "data-protection-officer", "management-representative"})
KNOW_WHO = WRITE | {"auditor", "data-protection-officer"}
KNOW_NEEDS = frozenset({"handler", "lead", "reviewer", "data-protection-officer"})

Relation = Literal[
    "own",
    "another's",
    "confidential, a member",
    "confidential, no member",
    "complained about",
    "conflicted",
    "anonymous",
    "closed",
]
RELATIONS: tuple[Relation, ...] = (
    "own",
    "another's",
    "confidential, a member",
    "confidential, no member",
    "complained about",
    "conflicted",
    "anonymous",
    "closed",
)
UNSEEN = ("confidential, no member", "complained about")  # whoever stands so to a complaint is told there is none


@dataclass(frozen=True)
class Route:
    """One route about one complaint and who may ask for it.

    `acts` marks what somebody with a tie to the people concerned keeps out of. `goes_when` names the states in which it
    is simply done for anybody who may: under investigation, or closed after it was accepted.
    """

    method: str
    path: str
    body: Any
    who: frozenset[str]
    goes_when: frozenset[str] = frozenset()
    acts: bool = True


OPEN, DONE = "investigating", "closed"
COMPLAINT = "/api/desk/complaints/{reference}"
FINDING = {"number": 1, "finding": "upheld", "reasons": "Camda hata var.", "no_remedy_reason": "Gerekmiyor."}
ANSWER = {
    "points": [FINDING],
    "cause": "MFG",
    "improvement_needed": False,
    "improvement_reason": "Tek olay.",
    **APPROVAL,
}
PDF = {"name": "fatura.pdf", "size": 1, "type": "application/pdf"}
# A move's body, who may make it, and when it goes. `filled` fills what stands in braces.
# fmt: off
MOVES: dict[str, tuple[Any, frozenset[str], tuple[str, ...]]] = {
    "acknowledge": ({"medium": "phone"}, WRITE, (OPEN, DONE)),
    "assess": (ONE_POINT, CASEWORK, ()),
    "reassess": ({**ONE_POINT, "reason": "Yanlış anlaşıldı."}, CASEWORK, (OPEN,)),
    "fast_track": ({"owner": "{colleague}"}, CASEWORK, ()),
    "decline": (
        {"reason": "not_about_us", "words": "Bizim işimiz değil.", "route": "Belediye.", **APPROVAL}, CASEWORK, (),
    ),
    "confirm_decline": (APPROVAL, APPROVE, ()),
    "contest": ({"words": "Sizin işiniz."}, WRITE, ()),
    "investigate": ({"owner": "{colleague}"}, CASEWORK, ()),
    "resolve_early": ({**ANSWER, "medium": "phone"}, CASEWORK | {"front-line"}, ()),
    "ask": (
        {"of": "third_party", "data": ["other"], "words": "Servis kaydı.", "reply_by": "{soon}"},
        CASEWORK | REVIEW, (OPEN,),
    ),
    "record_reply": ({"words": "Geldi."}, WRITE, ()),
    "propose": (ANSWER, CASEWORK | REVIEW, (OPEN,)),
    "approve": (APPROVAL, APPROVE, ()),
    "return": ({"words": "Gerekçe eksik."}, APPROVE, ()),
    "accept": ({"medium": "phone"}, WRITE, ()),
    "ask_review": ({"medium": "phone", "words": "Bir daha bakılsın."}, WRITE, ()),
    "dispute": ({"medium": "phone"}, WRITE, ()),
    "close_unanswered": ({}, LEADS, ()),
    "close_exhausted": ({"ground": "complainant_says_no", "words": "İstemedi."}, LEADS, ()),
    "close_uncontactable": ({"words": "Üç kez arandı."}, LEADS, ()),
    "close_anonymous": ({}, LEADS, ()),
    "verify": ({"words": "Takıldı."}, CASEWORK | APPROVE, ()),
    "report_failure": ({"words": "Gelmedi."}, WRITE, ()),
    "record_external": ({"body": "Tüketici Hakem Heyeti", "told_by": "body"}, WRITE, (OPEN, DONE)),
    "record_external_outcome": (
        {"outcome": "agreed_with_us", "then": "end", "words": "Karar geldi.", "document": "{file}"},
        CASEWORK | APPROVE, (),
    ),
    "reopen": ({"words": "Yine bozuldu."}, WRITE, (DONE,)),
    "withdraw": ({"medium": "phone", "words": "Vazgeçtiğini söyledi."}, WRITE, (OPEN,)),
    "take_up_again": ({"medium": "phone", "words": "Yine istiyor."}, WRITE, ()),
    "merge": ({"into": "{other}", "words": "Aynı fırın."}, LEADS, ()),  # what was promised on it holds it back
    "unmerge": ({"words": "Başka fırınmış."}, LEADS, ()),
    "extend": ({"points": [1], "reason": "Parça yolda."}, APPROVE, (OPEN,)),
    "update": ({"words": "Parça bekleniyor."}, CASEWORK | REVIEW, (OPEN,)),
    "pause": ({"points": [1], "category": "before_court", "reason": "Dava açıldı."}, CASEWORK, ()),
    "resume": ({"points": [1]}, CASEWORK, ()),
    "assign": ({"owner": "{colleague}"}, CASEWORK | REVIEW, (OPEN,)),
    "plan": ({"words": "Camı inceleyeceğiz."}, CASEWORK | REVIEW, (OPEN,)),
    "record_evidence": ({"kind": "document", "words": "Fatura.", "file": "{file}"}, CASEWORK | REVIEW, (OPEN,)),
    "record_action": ({"words": "Yeni servis yollandı."}, WRITE, (OPEN,)),
    "ask_colleague": (
        {"whom": "{colleague}", "words": "Ne gördünüz?", "due_on": "{soon}"}, CASEWORK | REVIEW, (OPEN,),
    ),
    "promise_date": ({"words": "Arayacağız.", "due_on": "{soon}"}, WRITE, (OPEN,)),
    "link_systemic": ({"case": "CAM-2026"}, CASEWORK | REVIEW, (OPEN, DONE)),
    "name_staff": ({"staff": ["{colleague}"]}, WRITE, (OPEN,)),
    "hear_staff": ({"who": "{colleague}", "told_on": "2026-03-02"}, CASEWORK | REVIEW, ()),
    "declare_conflict": ({"words": "Komşum."}, WRITE | APPROVE, (OPEN,)),
    "restrict": (
        {"confidential": False, "words": "Gerek kalmadı."}, APPROVE | {"data-protection-officer"}, (OPEN, DONE),
    ),
    "disclose": (
        {"to": "Kadıköy THH", "words": "Dosya.", "basis": "law", "provision": "6502 m. 68"},
        CASEWORK | REVIEW | {"data-protection-officer"}, (OPEN, DONE),
    ),
    "withdraw_consent": (
        {"medium": "phone", "on": "2026-03-02"}, WRITE | {"data-protection-officer"}, (OPEN, DONE),
    ),
    "check_authority": ({"granted": True, "words": "Vekâletname görüldü."}, WRITE, ()),
}
BESIDE = (
    Route("GET", COMPLAINT, None, READ, frozenset({OPEN, DONE}), acts=False),
    Route("GET", COMPLAINT + "/files/{file}", None, READ, frozenset({OPEN, DONE}), acts=False),
    Route("GET", COMPLAINT + "/papers/case-file?language=tr", None, READ, frozenset({OPEN, DONE}), acts=False),
    Route("GET", COMPLAINT + "/related", None, READ, frozenset({OPEN, DONE}), acts=False),
    Route("POST", COMPLAINT + "/files", {**PDF, "id": "{id}"}, WRITE, frozenset({OPEN, DONE})),
    Route("POST", COMPLAINT + "/files/{file}/finish", {}, WRITE, frozenset({OPEN, DONE})),
    Route("POST", COMPLAINT + "/notes", {"id": "{id}", "words": "Not."}, WRITE, frozenset({OPEN, DONE})),
    Route("POST", COMPLAINT + "/messages", {"id": "{id}", "words": "İleti."}, WRITE, frozenset({OPEN, DONE})),
    Route("POST", COMPLAINT + "/messages/preview", {"words": "İleti."}, WRITE, frozenset({OPEN, DONE})),
    Route("POST", COMPLAINT + "/tasks/{letter}/attempts", {"medium": "phone"}, WRITE, frozenset({OPEN, DONE})),
    Route("POST", COMPLAINT + "/tasks/{task}/done", {}, WRITE, frozenset({OPEN, DONE})),
)
# fmt: on
ABOUT_ONE: tuple[Route, ...] = (
    *BESIDE,
    *(
        Route("POST", f"{COMPLAINT}/moves/{name}{end}", body, who, frozenset(goes_when))
        for name, (body, who, goes_when) in MOVES.items()
        for end in ("", "/preview")
    ),
)
TICKED = {"complaints": [{"reference": "7K4M29XRQ3A", "version": 1}]}
BEYOND: tuple[tuple[str, str, Any, frozenset[str]], ...] = (  # about no single complaint
    ("GET", "/api/desk/me", None, ALL | {*NOBODY}),
    ("GET", "/api/desk/staff", None, ALL),
    ("GET", "/api/desk/queues", None, READ),
    ("GET", "/api/desk/complaints", None, READ),
    ("POST", "/api/desk/complaints", a_submission(channel="phone", received_at="2026-03-02T09:59:00Z"), WRITE),
    ("GET", "/api/desk/search?q=cam", None, READ),
    ("GET", "/api/desk/views?month=2026-03", None, OVERSEE),
    ("GET", "/api/desk/survey?month=2026-02", None, EVALUATE),
    ("GET", "/api/desk/packs", None, ALL),
    ("GET", "/api/desk/categories", None, ALL),
    ("GET", "/api/desk/retention", None, ALL),
    ("GET", "/api/desk/calendar", None, ALL),
    ("GET", "/api/desk/rules", None, ALL),
    ("POST", "/api/desk/rules/preview", {"organisation": {}}, SETTLE),
    ("PUT", "/api/desk/rules", {"organisation": {}, "reason": "Deneme."}, SETTLE),
    ("POST", "/api/desk/rules/apply", {"reason": "Deneme."}, SETTLE),
    ("GET", "/api/desk/settings", None, ALL),
    ("GET", "/api/desk/framework/letters", None, ALL),
    ("PUT", "/api/desk/framework/letters", {"content": {}, "reason": "Deneme."}, SETTLE),
    ("GET", "/api/desk/framework/privacy", None, ALL),
    ("PUT", "/api/desk/framework/privacy", {"content": {}, "reason": "Deneme."}, SETTLE),
    ("GET", "/api/desk/framework/privacy/hosting", None, ALL),
    ("POST", "/api/desk/letters/preview", {"kind": "decision", "language": "tr"}, ALL),
    ("GET", "/api/desk/setup", None, ALL),
    ("GET", "/api/desk/authority", None, ALL),
    *(
        (method, f"/api/desk/framework/{register}", body, who)
        for register in ("objectives", "resources")
        for method, body, who in (("GET", None, ALL), ("PUT", {"content": {}, "reason": "Deneme."}, SETTLE))
    ),
    ("GET", "/api/desk/framework/objectives/standings", None, ALL),
    ("GET", "/api/desk/framework/resources/gaps", None, ALL),
    ("GET", "/api/desk/accent?colour=%231b3f8f", None, ALL),
    ("GET", "/api/desk/framework/brand", None, ALL),
    ("PUT", "/api/desk/framework/brand", {"content": {}, "reason": "Deneme."}, SETTLE),
    ("GET", "/api/desk/framework/contact", None, ALL),
    ("PUT", "/api/desk/framework/contact", {"content": {}, "reason": "Deneme."}, SETTLE),
    ("GET", "/api/desk/framework/texts", None, ALL),
    ("PUT", "/api/desk/framework/texts", {"content": {}, "reason": "Deneme."}, SETTLE),
    *(
        (method, f"/api/desk/framework/{document}{end}", body, who)
        for document in ("commitment", "policy")
        for method, end, body, who in (
            ("GET", "", None, ALL),
            ("PUT", "", {"content": {}, "reason": "Deneme."}, SETTLE),
            ("GET", "/in-force", None, ALL),
            ("POST", "/approve", {"reason": "Deneme."}, frozenset({"top-management"})),
            ("POST", "/read", {}, ALL),
        )
    ),
    ("GET", "/api/desk/workload", None, READ),
    ("POST", "/api/desk/handover", {"from": "{id}", "to": "{colleague}", "reason": "Ayrıldı."}, HAND_OVER),
    ("POST", "/api/desk/bulk/assign", {**TICKED, "owner": "{colleague}"}, CASEWORK | REVIEW),
    ("POST", "/api/desk/bulk/link", {**TICKED, "case": "CAM-2026"}, CASEWORK | REVIEW),
    ("POST", "/api/desk/bulk/note", {**TICKED, "words": "Not."}, WRITE),
    ("GET", "/api/desk/absences", None, READ),
    (
        "POST", "/api/desk/absences",
        {"staff_id": "{colleague}", "from": "2026-03-02", "until": "2026-03-01", "deputy_id": "sub-lead"}, LEADS,
    ),
    ("DELETE", "/api/desk/absences/{id}", None, READ),
)  # fmt: skip
# The anonymous have their receipt in hand, cannot be the same person as anybody, and cannot be called.
NOT_FOR_THE_ANONYMOUS = ("/moves/acknowledge", "/moves/merge", "/attempts")


def expected(group: str, relation: Relation, route: Route) -> frozenset[int]:
    """The statuses that are right: what the role forbids, then what this person may not know of, then their tie, then
    the state. Every body is sound: none is refused for what it says.
    """
    if group not in route.who:
        return frozenset({403})
    if relation in UNSEEN:
        return frozenset({404})
    if relation == "conflicted" and route.acts:
        return frozenset({409})
    state = DONE if relation == "closed" else OPEN
    beyond = relation == "anonymous" and any(part in route.path for part in NOT_FOR_THE_ANONYMOUS)
    if state in route.goes_when and not beyond:
        return frozenset({200, 201})
    return frozenset({409})


def described() -> set[tuple[str, str]]:
    """The method and path of each route about one complaint, as the desk's API names them."""
    theirs = {"{letter}": "{task}", "case-file?language=tr": "{paper}"}
    found = {(route.method, route.path) for route in ABOUT_ONE}
    for ours, name in theirs.items():
        found = {(method, path.replace(ours, name)) for method, path in found}
    return found


def beside_them() -> set[tuple[str, str]]:
    """The same of the routes that are about no single complaint."""
    return {(method, path.partition("?")[0].replace("{id}", "{absence}")) for method, path, _, _ in BEYOND}


# --- the complaints of the matrix ------------------------------------------------------------------------------------

FILE = "00000000-0000-4000-8000-00000000f11e"
BOSS = staff(LEAD, frozenset({Role.LEAD}))
REPRESENTATIVE = staff("sub-representative", frozenset({Role.MANAGEMENT_REPRESENTATIVE}))
CLOSES = ((BOSS, builders.EXPLAIN), (REPRESENTATIVE, builders.APPROVE), (builders.COMPLAINANT, builders.ACCEPT))
#: Those beside whom a role is asked for; none of them asks.
OTHERS = (FRONT_LINE, HANDLER, LEAD, AUDITOR)

Submit = Callable[..., str]  # files a complaint with these changes, and gives its reference


def begin(table: Table, submit: Submit, owner: str, now: datetime, promises: int = 1, **told: Any) -> str:
    """A complaint under investigation, with so many tasks, a letter to be told by telephone, and a file."""
    reference = submit(**{"email": None, "phone": "0532 000 00 00", "support_needs": "Yavaş konuşun.", **told})
    promised = c.PromiseDate(words="Cuma günü arayacağız.", due_on=now.date() + timedelta(days=4))
    for ask in (builders.ASSESS, c.Investigate(owner=owner), *[promised] * promises):
        table.change(reference, ask, BOSS, now)
    name = table.key(reference).seal(f"F#{FILE}", "fatura.pdf")
    kept = {"sealed": name, "size": 1, "type": "application/pdf", "at": now.isoformat(), "version": "1"}
    kept |= {"state": "unscanned", "internal": False, "by": {"kind": "complainant"}}
    table.put(reference, f"F#{FILE}", kept)
    return reference


def related(table: Table, submit: Submit, relation: Relation, who: Sequence[str], now: datetime) -> str:
    """A complaint to which all of these people stand so, or the first of them where it can be only one. There is a task
    for each; a closed one has none of these.
    """
    anonymous = {"anonymous": True, "phone": None, "name": None} if relation == "anonymous" else {}
    reference = begin(table, submit, who[0] if relation == "own" else FRONT_LINE, now, len(who), **anonymous)
    asked: list[tuple[Person, c.Command]] = []
    secret = {"confidential": True, "words": "Sağlık verisi var."}
    match relation:
        case "confidential, a member":
            asked = [(BOSS, c.Restrict(members=(*who, HANDLER), **secret))]  # type: ignore[arg-type]
        case "confidential, no member":
            asked = [(BOSS, c.Restrict(members=(AUDITOR,), **secret))]  # type: ignore[arg-type]
        case "complained about":
            asked = [(BOSS, c.NameStaff(staff=(*who,)))]
        case "conflicted":
            asked = [(staff(one, frozenset({Role.HANDLER})), c.DeclareConflict(words="Komşum.")) for one in who]
        case "closed":
            promised = [task.id for task in known(table, reference).tasks if task.kind == "promised"]
            asked = [*((BOSS, c.FinishTask(task=task)) for task in promised), *CLOSES]
    for person, ask in asked:
        table.change(reference, ask, person, now)
    return reference


def known(table: Table, reference: str) -> Complaint:
    """A complaint that is there."""
    found = table.load(reference)
    assert found
    return found


def filled(
    route: Route, reference: str, of: Complaint, *, other: str, key: str, now: datetime, turn: int = 0
) -> tuple[str, Any]:
    """The path and the body of a route about `reference`, with what is true of the complaint `of`.

    `other` is the reference of a complaint of the same person, `key` a UUID. Of the tasks it is somebody's `turn` at
    one.
    """
    letters, promised = (
        [task.id for task in of.tasks if task.kind == kind] for kind in ("reach_another_way", "promised")
    )
    tasks = promised or letters or [""]
    values = {
        "reference": reference,
        "id": key,
        "file": FILE,
        "other": other,
        "colleague": HANDLER,
        "task": tasks[turn % len(tasks)],
        "letter": (letters or tasks)[0],
        "soon": (now + timedelta(days=18)).date().isoformat(),
    }
    return fill(route.path, route.body, values)


def fill(path: str, body: Any, values: dict[str, str]) -> tuple[str, Any]:
    """A path and a body with these values in the place of their names in braces."""
    text = json.dumps(body)
    for name, value in values.items():
        path, text = path.replace(f"{{{name}}}", value), text.replace(f"{{{name}}}", value)
    return path, json.loads(text)
