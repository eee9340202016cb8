"""An invented complaint: what each letter looks like, for those who settle what letters say."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from adapters.letters import terms
from complaints.complaint import Language, LetterKind
from complaints.language import clock

REFERENCE: Final = "7K4M-29X-RQ3A"
OTHER: Final = "2B8N-51C-WT6D"


def example(kind: LetterKind, language: Language, today: date) -> dict[str, Any]:
    """The names that `letters.compose` needs for a letter, but for whose letter it is. `today` is a local day."""
    said, at = terms(language)["example"], clock(datetime.combine(today, time(14, 32)), language)
    before, soon, later, last = (today + timedelta(days=days) for days in (-14, 7, 14, 40))
    outside = [{"body": said["body"], "note": None, "url": None, "until": last, "points": (1, 2)}]
    points = [
        {
            "number": 1,
            "title": said["first"],
            "finding": "upheld",
            "reasons": said["first_reasons"],
            "remedy": {"kind": "replacement", "words": said["first_remedy"], "due_on": later},
            "no_remedy_reason": None,
        },
        {
            "number": 2,
            "title": said["second"],
            "finding": "not_upheld",
            "reasons": said["second_reasons"],
            "remedy": None,
            "no_remedy_reason": said["second_none"],
        },
    ]
    asked = {"asked": ("document",), "words": said["asked"], "reply_by": later}
    second_look = {"stage": 1, "review_until": last}
    own: dict[LetterKind, dict[str, Any]] = {
        "acknowledgement": {"answer_due_on": later, "update_due_on": soon, "cause": None},
        "progress": {
            "answer_due_on": later,
            "state": "investigating",
            "owner_name": said["person"],
            "words": said["news"],
            "next_on": soon,
            "late": False,
            "cause": None,
            "outside": outside,
        },
        "extension": {
            "reason": said["wait"],
            "points": [{"number": 1, "title": said["first"], "new_on": later}],
            "outside": outside,
        },
        "request": {**asked, "again_reason": None},
        "reminder": {**asked, "asked_on": before},
        "decision": {
            **second_look,
            "decided_on": today,
            "points": points,
            "outcome": "partly_upheld",
            "prevention": None,
            "late_reason": None,
            "outside": outside,
            "prescribed": [],
            "early": False,
            "reply_by": later,
        },
        "routes": {**second_look, "decided_on": before, "looks_on": later, "outside": outside},
        "final_notice": {**second_look, "decided_on": before, "closes_on": later, "outside": outside},
        "declined": {
            "declined": "before_court",
            "words": said["declined"],
            "route": said["route"],
            "outside": [],
        },
        "withdrawn": {"withdrawn_on": today, "undo_until": soon, "undo_time": at},
        "merged": {"into": OTHER},
        "closing": {
            "closed_reason": "remedy_verified",
            "points": points,
            "words": None,
            "outcome": "partly_upheld",
        },
        "message": {"author": said["person"], "words": said["news"]},
        "new_code": {"number": "7K4M 29XR", "good_until": at},
    }
    frame = {"reference": REFERENCE, "received_on": before, "by_telephone": False, "alone": False}
    return {**frame, **own[kind]}
