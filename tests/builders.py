"""Complaints and people for tests of the core: sensible defaults, and only what matters named in the test."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from complaints import calendar
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint
from complaints.history import fold
from complaints.lifecycle import decide
from complaints.receiving import receive
from complaints.roles import THE_COMPLAINANT, THE_SYSTEM, Person, Role, staff
from complaints.rules import Organisation, Rules
from tests.dates import MON_2_MAR, at

RULES = Rules(Organisation(), calendar.load("TR"))
ALONE = Rules(Organisation(), calendar.load("TR"), approver_may_be_handler=True)
# A pack of the organisation's own that lets the clock stand still: no law we know of does.
PATIENT = """
id = "BIZIM"
status = "ready"
confidence = "own_choice"
law = false
title = { tr = "Bizim kurallarımız", en = "Our own rules" }
[[versions]]
number = 1
effective_from = 2026-01-01
answer = { count = 10, unit = "working_day" }
pause = ["waiting_for_complainant", "before_court"]
"""


def rules_under(*packs: str, country: str = "TR", **settled: Any) -> Rules:
    """The rules of an organisation that has chosen these packs; `settled` are further fields of Organisation."""
    own = (PATIENT,) if "BIZIM" in packs else ()
    chosen = {"packs": packs or ("ISO-BASE",), "own_packs": own, **settled}
    return Rules(Organisation.model_validate(chosen), calendar.load(country))


def assess(*packs: str | None, **changes: Any) -> c.Assess:
    """An assessment with one point under each pack."""
    points = tuple(c.PointTitle(title=f"Konu {n}", category=3, pack=pack) for n, pack in enumerate(packs, 1))
    return ASSESS.model_copy(update={"points": points, **changes})


HANDLER = staff("handler", frozenset({Role.HANDLER}))
COLLEAGUE = staff("colleague", frozenset({Role.HANDLER}))
LEAD = staff("lead", frozenset({Role.LEAD}))
OTHER_LEAD = staff("other-lead", frozenset({Role.LEAD}))
FRONT_LINE = staff("front-line", frozenset({Role.FRONT_LINE}))
REVIEWER = staff("reviewer", frozenset({Role.REVIEWER}))
MANAGER = staff("manager", frozenset({Role.MANAGEMENT_REPRESENTATIVE}))
TOP = staff("top", frozenset({Role.TOP_MANAGEMENT}))
OFFICER = staff("officer", frozenset({Role.DATA_PROTECTION_OFFICER}))
AUDITOR = staff("auditor", frozenset({Role.AUDITOR}))
COMPLAINANT, SYSTEM = THE_COMPLAINANT, THE_SYSTEM


def a_submission(**changes: Any) -> c.Submission:
    """What a complainant tells us."""
    return c.Submission.model_validate(
        {
            "language": "tr",
            "about": "Ankastre fırın",
            "what_happened": "Fırının camı çalışırken patladı.",
            "told_before": "no",
            "safety_risk": False,
            "elsewhere": False,
            "name": "Nermin Çağlayangil",
            "email": "nermin@example.com",
            **changes,
        }
    )


def received(
    when: datetime | None = None, rules: Rules = RULES, handled_before: tuple[str, ...] = (), **changes: Any
) -> tuple[e.AnyEvent, ...]:
    """The history of a complaint that has just been received."""
    when = when or at(MON_2_MAR)
    told = a_submission(**changes)
    ask = c.Submit(
        submission=told, reference="7K4M29XRQ3A", channel="web", received_at=when, handled_before=handled_before
    )
    return (receive(ask, COMPLAINANT, when, rules),)


def after(
    history: tuple[e.AnyEvent, ...],
    *asked: tuple[Person, c.Command],
    when: datetime | None = None,
    rules: Rules = RULES,
) -> tuple[e.AnyEvent, ...]:
    """The history after people have asked for things, one after the other."""
    for person, ask in asked:
        history = (*history, *decide(fold(history), ask, person, when or at(MON_2_MAR, 11), rules))
    return history


def lived(*steps: tuple[Any, ...], rules: Rules = RULES, **submission: Any) -> tuple[e.AnyEvent, ...]:
    """The history of a complaint received on Mon 2 Mar 2026 and what followed: (person, command), on that same day
    unless a third says when.
    """
    history = received(rules=rules, **submission)
    for person, ask, *when in steps:
        history = after(history, (person, ask), when=when[0] if when else None, rules=rules)
    return history


def then(history: tuple[e.AnyEvent, ...]) -> Complaint:
    """The complaint that a history amounts to."""
    return fold(history)


ASSESS = c.Assess(
    severity=2,
    safety="none",
    complexity=1,
    impact="one",
    action_needed=False,
    action_possible=False,
    no_conflict=True,
    points=(c.PointTitle(title="Cam kırıldı", category=3),),
)
INVESTIGATE = c.Investigate(owner="handler")
UPHELD = c.ProposedPoint(
    number=1,
    finding="upheld",
    reasons="Üretim hatası.",  # type: ignore[arg-type]
    remedy=c.ProposedRemedy(kind="replacement", words="Yenisi gelecek.", due_on="2026-03-20"),  # type: ignore[arg-type]
)
EXPLAINED = c.ProposedPoint(
    number=1,
    finding="not_upheld",
    reasons="Cam sağlam.",
    no_remedy_reason="Bir hata bulmadık.",  # type: ignore[arg-type]
)
PROPOSE = c.Propose(
    points=(UPHELD,),
    cause="MFG",  # type: ignore[arg-type]
    improvement_needed=True,
    improvement_reason="Kalıp aşınmış.",
    corrective_action="Kalıplar her altı ayda bir ölçülecek.",
    no_conflict=True,
)
EXPLAIN = c.Propose(points=(EXPLAINED,), cause="UNK", improvement_needed=False, no_conflict=True)  # type: ignore[arg-type]
APPROVE, ACCEPT = c.Approve(no_conflict=True), c.Accept(medium="tracking_page")

INVESTIGATED = ((HANDLER, ASSESS), (HANDLER, INVESTIGATE))
PROPOSED = (*INVESTIGATED, (HANDLER, PROPOSE))
DECIDED = (*PROPOSED, (LEAD, APPROVE))


def a_picture(kind: str, width: int, height: int, **how: Any) -> bytes:
    """A picture of one colour, as Pillow writes PNG, JPEG, WEBP or GIF."""
    written = BytesIO()
    Image.new("RGB", (width, height), "#1b3f8f").save(written, kind, **how)
    return written.getvalue()
