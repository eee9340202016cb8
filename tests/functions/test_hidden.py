"""Who may not know of a complaint: whatever they ask for, every answer is as if there were no such complaint."""

from typing import Any

import pytest

from complaints import commands as c
from complaints.framework import Objectives
from complaints.roles import Person, Role, staff
from desk.queues import LISTED
from tests.builders import ACCEPT, APPROVE, ASSESS, COMPLAINANT, EXPLAIN
from tests.dates import FRI_6_MAR, MON_2_MAR, TUE_3_MAR, at
from tests.matrix import ROLES
from tests.world import HANDLER, LEAD, World

BOSS = staff(LEAD, frozenset({Role.LEAD}))
BY_HANDLER = staff(HANDLER, frozenset({Role.HANDLER}))
COLLEAGUE = staff("sub-hidden-colleague", frozenset({Role.MANAGEMENT_REPRESENTATIVE}))
INVESTIGATE = c.Investigate(owner=HANDLER)
LATE = {"what_happened": "Fırının camı çatladı, kimse gelmedi.", "formats": ["braille"]}

Asked = tuple[tuple[Person, c.Command], ...]
WORKED_ON: Asked = ((BY_HANDLER, ASSESS), (BOSS, INVESTIGATE))
LIVES: tuple[Asked, ...] = (WORKED_ON, (*WORKED_ON, (BY_HANDLER, EXPLAIN), (COLLEAGUE, APPROVE), (COMPLAINANT, ACCEPT)))


def hidden(world: World, who: str, life: Asked, how: str) -> str:
    """A complaint of the same person about the same oven, of which this member of staff may not know."""
    reference = str(world.submit(**LATE)["reference"])
    hide: c.Command = (
        c.NameStaff(staff=(who,))
        if how == "complained about"
        else c.Restrict(confidential=True, members=(HANDLER, LEAD, COLLEAGUE.actor.id or ""), words="Basın izliyor.")
    )
    heard = (BOSS, c.HearStaff(who=who, told_on=MON_2_MAR))
    for person, ask in ((BOSS, hide), *((heard,) if how == "complained about" else ()), *life):
        world.table.change(reference, ask, person, world.now)
    world.settle()
    world.staff(LEAD).get(f"/api/desk/complaints/{reference}")  # a look that is kept
    return reference


BULK: dict[str, dict[str, str]] = {
    "assign": {"owner": HANDLER},
    "link": {"case": "CAM-2026"},
    "note": {"words": "Not."},
}


def everything_asked(world: World, sub: str, shown: str, secret: str) -> dict[str, Any]:
    """The answer to all that somebody can read, and try out, at the desk. Their own looks are no news to them."""
    desk, about = world.staff(sub), f"/api/desk/complaints/{shown}"
    reads = (
        *(f"/api/desk/complaints?queue={queue}" for queue in LISTED),
        *(
            f"/api/desk/complaints?order=-due&{narrowed}"
            for narrowed in ("flag=confidential", "owner=none", "due=week")
        ),
        *(f"/api/desk/{what}" for what in ("me", "queues", "workload", "staff", "absences", "packs", "rules")),
        *(f"/api/desk/{what}" for what in ("setup", "retention", "framework/objectives/standings")),
        *(f"/api/desk/search?q={q}" for q in ("fırın", "nermin", "nermin@example.com", "çatladı", secret, shown)),
        *(f"{about}{end}" for end in ("", "/related")),
        *(f"/api/desk/complaints/{secret}{end}" for end in ("", "/related", "/papers/case-file?language=tr")),
    )
    ticked = {"complaints": [{"reference": secret, "version": 1}]}
    tries: tuple[tuple[str, Any], ...] = (
        ("/api/desk/rules/preview", {"organisation": {"own_days": {FRI_6_MAR.isoformat(): "Köprü"}, "ceiling": 2}}),
        ("/api/desk/rules/apply", {"reason": "Deneme."}),
        ("/api/desk/handover", {"from": HANDLER, "to": HANDLER, "reason": "Ayrıldı."}),
        *((f"/api/desk/bulk/{act}", {**ticked, **told}) for act, told in BULK.items()),
        (f"{about}/moves/assign/preview", {"owner": HANDLER}),
        (f"{about}/moves/merge/preview", {"into": secret, "words": "Aynı fırın."}),
        (f"{about}/moves/withdraw/preview", {"medium": "phone", "words": "Vazgeçti."}),
    )
    found = {path: (answer.status_code, answer.text) for path in reads if (answer := desk.get(path)) is not None}
    for path, body in tries:
        answer = desk.post(path, json=body, headers={"Idempotency-Key": world.key()})
        found[path] = (answer.status_code, answer.text.replace(secret, "the one asked about"))
    looks = desk.get("/api/desk/views?month=2026-03")
    found["views"] = (looks.status_code, str([one for one in looks.json().get("views", ()) if one["id"] != sub]))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_as_if_there_were_no_such_complaint(world: World, role: str) -> None:
    sub, shown = f"sub-hidden-{role}", str(world.submit()["reference"])
    world.hire(sub, role, "Biri")
    for person, ask in WORKED_ON:
        world.table.change(shown, ask, person, world.now)
    world.settle()
    world.now = at(TUE_3_MAR)
    now = world.rulebook.newest()
    settled = now.content.model_copy(update={"ceiling": 2})
    world.rulebook.settle(settled, "Deneme.", LEAD, world.now, after=now.version)
    days = {"measure": "days_to_answer", "target": "15", "period": "month", "owner": LEAD}
    objectives = Objectives.model_validate({"objectives": [days]})
    world.registers["objectives"].settle(objectives, "Deneme.", LEAD, world.now, after=0)
    secret = world.vault.reference(world.key())
    before = everything_asked(world, sub, shown, secret)
    there = [hidden(world, sub, life, how) for how in ("confidential", "complained about") for life in LIVES]
    after = everything_asked(world, sub, shown, there[-1])
    assert {path: then for (path, was), then in zip(before.items(), after.values(), strict=True) if then != was} == {}
