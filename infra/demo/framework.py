"""What the invented firm lays down before its first complaint: its people settle each register of the framework."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from infra.demo.lives import now
from infra.demo.site import Colleague

REASON = "Şikâyet yönetimi kuruluyor."
A_YEAR = timedelta(days=365)


def lay_down(staff: dict[str, Colleague]) -> None:
    """The management representative settles each register, top management approves its documents, and everybody reads
    them. A second demo leaves it as it is. `staff` are people by their role.
    """
    representative, boss = staff["management-representative"], staff["top-management"]
    for name, content in registers({role: person.id for role, person in staff.items()}).items():
        path = f"/framework/{name}"
        if representative.get(path)["version"]:
            continue
        representative.settle(path, {"content": content, "reason": REASON})
        if name in {"commitment", "policy"}:
            boss.agree(f"{path}/approve", {"reason": REASON})
            for person in {one.id: one for one in staff.values()}.values():
                person.agree(f"{path}/read", {})


def registers(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Each register's content, from data/framework.toml. `ids` are those of people, by the roles that stand there."""
    told = tomllib.loads((Path(__file__).parent / "data" / "framework.toml").read_text("utf-8"))
    today = now().date()
    for document in ("commitment", "policy"):
        told[document]["review_on"] = (today + A_YEAR).isoformat()
    told["policy"]["effective_from"] = today.isoformat()
    for one in told["objectives"]["objectives"]:
        one["owner"] = ids[one["owner"]]
    for one in told["resources"]["trainings"]:
        one["sub"] = ids[one["sub"]]
    return told
