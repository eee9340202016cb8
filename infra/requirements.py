"""Writes `functions/requirements.txt`, which `sam build` reads, from the one list of pins in pyproject.toml.

`python -m infra.requirements` writes it. boto3 is not in it: Lambda brings it.
"""

import tomllib

from infra.paths import FUNCTIONS, ROOT

HEADER = "# Written by `python -m infra.requirements` from the group `functions` of pyproject.toml; change it there.\n"


def exported() -> str:
    """The text that functions/requirements.txt has to have."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return HEADER + "".join(f"{pin}\n" for pin in sorted(groups["functions"]))


if __name__ == "__main__":
    (FUNCTIONS / "requirements.txt").write_text(exported(), "utf-8")
