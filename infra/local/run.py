"""`make run`: the whole product on this laptop. `make stop` ends it and keeps the data, `make reset` forgets them.

Steps that have nothing to do are skipped, so a second run is quick and finds everything as it was left.
"""

import argparse
import http.client
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from infra.build import HERE, BuildFailed, built_functions, built_site, fingerprint
from infra.local.emulator import Emulator, EmulatorFailed
from infra.local.mailbox import Mailbox
from infra.local.sign_in import access_token
from infra.paths import FRONTEND, MADE, ROOT
from infra.publish import Organisation, publish
from infra.stack import Outputs, deploy, origin_token, outputs_of, root_secret, waits_until_quiet
from infra.staff import Person, add_person, new_password

STAGE = "local"
STACK = "redress-local"
PORT = 4566
#: An invented firm; redress.example can never be a real address (RFC 2606).
FIRM = Organisation("Kıyı Ev Aletleri", "+90 212 555 01 23", "letters@redress.example", "TR", "Europe/Istanbul")
#: One invented person for each role.
PEOPLE = (
    Person("ece@redress.example", "Ece Karaca", "tr", ("front-line",)),
    Person("deniz@redress.example", "Deniz Aksoy", "tr", ("handler",)),
    Person("leyla@redress.example", "Leyla Tunç", "tr", ("lead",)),
    Person("marcus@redress.example", "Marcus Hale", "en", ("reviewer",)),
    Person("selin@redress.example", "Selin Oral", "tr", ("management-representative",)),
    Person("orhan@redress.example", "Orhan Kıyı", "tr", ("top-management",)),
    Person("fiona@redress.example", "Fiona Brandt", "en", ("auditor",)),
    Person("kerem@redress.example", "Kerem Uslu", "tr", ("data-protection-officer",)),
    Person("nil@redress.example", "Nil Erden", "tr", ("administrator",)),
)


def put_up(emulator: Emulator, stage: str, stack: str, organisation: Organisation) -> Outputs:
    """Deploys and publishes what is built on a running emulator; returns the stack's outputs."""
    cloud = emulator.cloud
    parameters = {
        **organisation.parameters(),
        **HERE,
        "Stage": stage,
        "OriginToken": origin_token(root_secret(cloud, stage)),
        "LocalGateway": f"localhost:{emulator.port}",
        "LocalPort": str(emulator.port),
        "DeletionProtection": "false",
    }
    outputs = deploy(cloud, stack, built_functions(HERE), parameters)
    publish(cloud, outputs, stage, organisation, built_site())
    return outputs


def let_in(emulator: Emulator, outputs: Outputs, kept: Path) -> list[dict[str, object]]:
    """Everybody in PEOPLE with a password made at random the first time; kept in a file that only its owner reads."""
    pool = outputs["UserPoolId"]
    there: list[dict[str, object]] = json.loads(kept.read_text("utf-8")) if kept.exists() else []
    if there and there[0]["pool"] == pool:
        return there
    # A pool that is new although there are passwords: the emulator was killed before it saved. They stay good.
    passwords = {person["email"]: str(person["password"]) for person in there}
    people: list[dict[str, object]] = []
    for person in PEOPLE:
        password = passwords.get(person.email) or new_password()
        sub = add_person(emulator.cloud, outputs, person, password)
        people.append({**asdict(person), "password": password, "sub": sub, "pool": pool})
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(people, ensure_ascii=False, indent=1), "utf-8")
    return people


def start(home: Path, port: int) -> None:
    """Everything from nothing, or from what is there."""
    began = time.monotonic()
    emulator, mailbox = Emulator(port, home), Mailbox(port + 1, home)
    memory, people_file = home / "deployed.txt", home / "people.json"
    with step("Functions"):
        template = built_functions(HERE)
    with step("Pages and desk"):
        built_site()
    with step("AWS stand-in"):
        emulator.start()
    wanted = fingerprint([template.parent, FRONTEND, ROOT / "functions", ROOT / "infra"]) + str(port)
    outputs = outputs_of(emulator.cloud, STACK)
    if not outputs or not memory.exists() or memory.read_text() != wanted:
        with step("Deploying template.yaml and publishing the site"):
            outputs = put_up(emulator, STAGE, STACK, FIRM)
        memory.write_text(wanted)
    with step("Staff"):
        people = let_in(emulator, outputs, people_file)
    with step("Mail page"):
        mailbox.start(emulator.url)
    with step("First requests"):
        handler = next(person for person in people if "handler" in person["roles"])  # type: ignore[operator]
        token = access_token(emulator.cloud, outputs, str(handler["email"]), str(handler["password"]))
        first_request(outputs["SiteUrl"], port, "/api/public/track", "")
        first_request(outputs["SiteUrl"], port, "/api/desk/queues", token)
    (home / "outputs.json").write_text(json.dumps(outputs, indent=1))
    print(f"\nRedress runs (ready in {time.monotonic() - began:.0f} s).\n")
    tell(outputs, people, mailbox)


def first_request(site: str, port: int, path: str, token: str) -> None:
    """Asks an API as a browser would: the stack answers, and the function is warm before somebody waits for it."""
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    door.request("GET", path, headers={"Host": site.removeprefix("http://"), "Authorization": f"Bearer {token}"})
    if (status := door.getresponse().status) >= 500:
        raise EmulatorFailed(f"{path} answers {status}; the log groups of the functions are /redress/{STAGE}/…")


def tell(outputs: Outputs, people: list[dict[str, object]], mailbox: Mailbox) -> None:
    """Where everything can be opened."""
    site = outputs["SiteUrl"]
    for what, where in (
        ("Complain", f"{site}/tr/sikayet/   (English: {site}/en/complain/)"),
        ("Track", f"{site}/tr/takip/   (English: {site}/en/track/)"),
        ("Desk", f"{site}/staff/"),
        ("Mail sent", mailbox.url),
    ):
        print(f"  {what:10} {where}")
    print("\n  People at the desk:")
    for person in people:
        roles = ", ".join(str(role) for role in person["roles"])  # type: ignore[attr-defined]
        print(f"    {person['email']!s:26} {person['password']!s:18} {person['name']}, {roles}")
    print("\n  `make demo` fills it; `make stop` ends it and keeps the data; `make reset` forgets them.")


def stop(home: Path, port: int) -> None:
    """Ends everything, once the work under way is done."""
    emulator = Emulator(port, home)
    if emulator.running() and (home / "outputs.json").exists():
        with step("Work under way"):
            waits_until_quiet(emulator.cloud, json.loads((home / "outputs.json").read_text()), 30)
    with step("Stopping"):
        Mailbox(port + 1, home).stop()
        emulator.stop()


def reset(home: Path, port: int) -> None:
    """Forgets every complaint, key and person of this laptop."""
    with step("Forgetting everything"):
        Mailbox(port + 1, home).stop()
        Emulator(port, home).reset()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says what is being done, and how long it took."""
    if sys.stdout.isatty():
        print(f"  {what} …", end="\r", flush=True)
    began = time.monotonic()
    yield
    print(f"  {what}: {time.monotonic() - began:.1f} s   ", flush=True)


def main() -> None:
    """The command line that the Makefile calls."""
    asked = argparse.ArgumentParser(prog="python -m infra.local.run")
    asked.add_argument("act", choices=["start", "stop", "reset"], nargs="?", default="start")
    asked.add_argument("--port", type=int, default=PORT, help="AWS is stood in for here; the mail page is one above")
    asked.add_argument("--home", type=Path, default=MADE / "run", help="where everything is kept")
    given = asked.parse_args()
    try:
        {"start": start, "stop": stop, "reset": reset}[given.act](given.home.resolve(), given.port)
    except (BuildFailed, EmulatorFailed) as failure:
        sys.exit(f"\n{failure}")


if __name__ == "__main__":
    main()
