"""What `make demo` runs: the demo on the stack of `make run`, and what it tells at the end."""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from infra import demo
from infra.demo.check import check
from infra.demo.filed import ORDER, Filed
from infra.demo.framework import lay_down
from infra.demo.lives import act
from infra.demo.site import PATIENCE, Colleague, DemoFailed, Desk, Site
from infra.local.emulator import Emulator
from infra.local.run import PORT
from infra.local.sign_in import access_token
from infra.paths import MADE
from infra.stack import waits_until_quiet


def main() -> None:
    """The command line that the Makefile calls."""
    asked = argparse.ArgumentParser(prog="python -m infra.demo", description=demo.__doc__.splitlines()[0])
    asked.add_argument("--port", type=int, default=PORT)
    asked.add_argument("--home", type=Path, default=MADE / "run", help="where `make run` keeps everything")
    given = asked.parse_args()
    try:
        fill(given.home.resolve(), given.port)
    except DemoFailed as failure:
        sys.exit(f"\n{failure}")


def fill(home: Path, port: int) -> None:
    """The whole demo, on the stack that `make run` left at `home` and `port`."""
    emulator = Emulator(port, home)
    if not emulator.running() or not (home / "outputs.json").exists():
        raise DemoFailed("Redress is not running here. Start it with `make run`, then run `make demo` again.")
    outputs = json.loads((home / "outputs.json").read_text())
    people = {
        role: person for person in json.loads((home / "people.json").read_text("utf-8")) for role in person["roles"]
    }
    site = Site(outputs["SiteUrl"], port)

    def signed_in(role: str) -> Colleague:
        person = people[role]
        return Colleague(site, lambda: access_token(emulator.cloud, outputs, person["email"], person["password"]))

    staff = {role: signed_in(role) for role in people}
    desk = Desk(*(staff[role] for role in ("front-line", "handler", "lead", "reviewer", "management-representative")))
    before = desk.lead.get("/queues")["counts"]
    lay_down(staff)
    filed = act(site, desk)

    print("  Waiting for the letters …", end="", file=sys.stderr, flush=True)
    until = time.monotonic() + PATIENCE
    quiet = waits_until_quiet(emulator.cloud, outputs, PATIENCE)
    print("\r  The letters have gone.        " if quiet else f"\r  Still at work after {PATIENCE} s.", file=sys.stderr)
    all_is_well = check(emulator, desk, filed, until)
    tell(filed, before, desk.lead.get("/queues")["counts"], outputs["SiteUrl"])
    print(all_is_well)


def tell(filed: list[Filed], before: dict[str, int], after: dict[str, int], site: str) -> None:
    """What was done, and where to look."""
    reached = Counter(stage for complaint in filed for stage in ORDER if complaint.gets_to(stage))
    registered = sum(complaint.received_at is not None for complaint in filed)
    example = next(one for one in filed if one.until == "closed" and one.submission["language"] == "tr").receipt
    print(f"\nFiled {len(filed) - registered} complaints over the public API and entered {registered} at the desk.")
    others = Counter(complaint.turn for complaint in filed if complaint.turn)
    print(
        f"Assessed {reached['assessed']}, investigated {reached['investigating']}, proposed {reached['returned']}, "
        f"decided {reached['decided']}, accepted {reached['settled']}, "
        f"closed {sum(complaint.until in {'settled', 'closed'} for complaint in filed)}. "
        f"Besides, one each: {', '.join(others)}.\n"
    )
    for queue, count in after.items():
        print(f"  {queue:16} {count:5}   (before: {before.get(queue, 0)})")
    print(f"\n  Desk             {site}/staff/")
    print(f"  One that closed  {site}/tr/takip/   {example['reference']}   {example['secret']}\n")


if __name__ == "__main__":
    main()
