"""What staff enter on the way."""

from datetime import date
from typing import Any

ASSESSMENT = {
    "severity": 2,
    "safety": "none",
    "complexity": 1,
    "impact": "one",
    "action_needed": False,
    "action_possible": True,
    "no_conflict": True,
    "points": [{"title": "Fırının camı kırıldı", "category": 3}, {"title": "Servis gelmedi", "category": 5}],
}

APPROVAL = {"no_conflict": True}

ONE_POINT = {**ASSESSMENT, "points": [{"title": "Fırının camı kırıldı", "category": 3}]}


def proposal(remedy_by: date) -> dict[str, Any]:
    """One point upheld, with a remedy by a day; one not, with reasons."""
    return {
        "cause": "MFG",
        "improvement_needed": True,
        "improvement_reason": "Kalıp aşınmış.",
        "corrective_action": "Kalıplar her altı ayda bir ölçülecek.",
        "no_conflict": True,
        "points": [
            {
                "number": 1,
                "finding": "upheld",
                "reasons": "Camda üretim hatası bulduk.",
                "remedy": {
                    "kind": "replacement",
                    "words": "Fırını yenisiyle değiştireceğiz.",
                    "due_on": remedy_by.isoformat(),
                },
            },
            {
                "number": 2,
                "finding": "not_upheld",
                "reasons": "Servis iki kez aradı.",
                "no_remedy_reason": "Randevu sizin isteğinizle ertelendi.",
            },
        ],
    }


PROPOSAL = proposal(date(2026, 3, 20))

EXPLANATION = {
    "cause": "UNK",
    "improvement_needed": False,
    "no_conflict": True,
    "points": [
        {"number": n, "finding": "not_upheld", "reasons": "Kayıtlarda bir hata yok.", "no_remedy_reason": "Gerek yok."}
        for n in (1, 2)
    ],
}
