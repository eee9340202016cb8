"""A file is read once when it arrives. Before that nobody opens it; afterwards it is provably the same."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from adapters.files import ANY, DOCX
from complaints.complaint import State
from tests.evidence import LOCKED_PDF, PDF, SAMPLES, packed
from tests.journeys.steps import APPROVAL, ONE_POINT
from tests.world import AUDITOR, HANDLER, LEAD, World, scan_event

Refused = Callable[..., dict[str, Any]]
PNG = SAMPLES["image/png"]


@dataclass
class Hers:
    """A complaint and its complainant."""

    world: World
    receipt: dict[str, Any]

    @property
    def reference(self) -> str:
        return str(self.receipt["reference"])

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.world.vault.token(self.reference, self.world.now)}"}

    def slot(self, kind: str = "application/pdf", name: str = "fatura.pdf", **more: Any) -> Any:
        asked = {"id": self.world.key(), "name": name, "size": 1000, "type": kind, **more}
        return self.world.public.post("/api/public/track/files", json=asked, headers=self.headers)

    def send(self, content: bytes, kind: str = "application/pdf", name: str = "fatura.pdf") -> str:
        """A file that has arrived, and nobody was told; its id."""
        given = self.slot(kind, name).json()
        upload(given, content)
        return str(given["id"])

    def finish(self, file: str) -> Any:
        return self.world.public.post(f"/api/public/track/files/{file}/finish", json={}, headers=self.headers)

    def add(self, content: bytes, kind: str = "application/pdf", name: str = "fatura.pdf") -> str:
        """A file that has arrived and was told; its id."""
        file = self.send(content, kind, name)
        assert self.finish(file).status_code == 200
        return file

    def sees(self) -> list[dict[str, Any]]:
        """The files on her page."""
        return list(self.world.open(self.receipt)[1]["files"])

    def page(self, language: str = "en") -> str:
        typed = {**{name: self.receipt[name] for name in ("reference", "secret")}, "language": language}
        return self.world.public.post("/api/public/track/form", data=typed).text

    def at_the_desk(self, file: str) -> dict[str, Any]:
        """The file as staff see it."""
        return next(one for one in self.world.case(HANDLER, self.reference)["files"] if one["id"] == file)

    def kept(self, file: str) -> dict[str, Any]:
        item = self.world.table.item(self.reference, f"F#{file}")
        assert item
        return item

    def versions(self, file: str) -> int:
        """How many versions of the file lie in the bucket."""
        there = self.world.s3.list_object_versions(Bucket="files", Prefix=f"evidence/{self.reference}/{file}")
        return len(there.get("Versions", []))

    def scanned(self, file: str, result: str, version: str | None = None) -> None:
        """GuardDuty tells what it found."""
        pinned = version or self.kept(file)["version"]
        self.world.deliver(scan_event("files", f"evidence/{self.reference}/{file}", pinned, result))


def upload(given: dict[str, Any], content: bytes) -> None:
    """POST a file as a browser does."""
    answer = requests.post(given["url"], data=given["fields"], files={"file": content}, timeout=10)
    assert answer.status_code < 300, answer.text


@pytest.fixture
def hers(world: World) -> Hers:
    return Hers(world, world.submit())


def download(world: World, reference: str, file: str, sub: str = HANDLER) -> Any:
    return world.staff(sub).get(f"/api/desk/complaints/{reference}/files/{file}")


# --- what may not open is kept, and said ----------------------------------------------------------------------------


def test_a_document_that_may_ask_for_a_password_is_kept_and_the_page_says_so(hers: Hers) -> None:
    plain, locked = hers.add(PDF), hers.add(LOCKED_PDF)
    assert {one["id"]: (one["state"], one["locked"]) for one in hers.sees()} == {
        plain: ("unscanned", False),
        locked: ("unscanned", True),
    }
    assert hers.page().count("This PDF may ask for a password.") == 2  # at the file, and for the script
    assert hers.at_the_desk(locked)["can_download"]


# --- what arrived is what it was said to be ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_is_finished_with_the_hash_of_its_content_and_its_version(hers: Hers, kind: str) -> None:
    file = hers.add(SAMPLES[kind], kind, "ek")
    [seen] = hers.sees()
    assert (seen["id"], seen["state"], seen["from"], seen["size"]) == (file, "unscanned", "you", len(SAMPLES[kind]))
    shown, kept = hers.at_the_desk(file), hers.kept(file)
    assert shown["sha256"] == kept["sha256"] == hashlib.sha256(SAMPLES[kind]).hexdigest()
    assert (shown["by"]["kind"], shown["internal"], shown["can_download"]) == ("complainant", False, True)
    head = hers.world.s3.head_object(Bucket="files", Key=f"evidence/{hers.reference}/{file}")
    assert kept["version"] == head["VersionId"] != "null"
    assert not {"queue", "due_sort", "expires"} & kept.keys(), "nothing is left to look after"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PNG, "application/pdf"),
        (b"<script>alert(1)</script>", "image/png"),
        (b"MZ\x90\x00", "application/pdf"),
        (PDF, "text/plain"),
        (b"text\x00with a hole", "text/plain"),
        ("Şikâyet".encode("utf-16"), "text/plain"),
        (packed("payload.exe"), DOCX),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), DOCX),
        (b"\x7fELF\x02\x01\x01\x00", ANY),
    ],
)
def test_a_file_whose_content_is_not_of_its_type_is_refused_and_says_so(
    hers: Hers, refused: Refused, content: bytes, said: str
) -> None:
    file = hers.send(content, said)
    answer = hers.finish(file)
    assert answer.status_code == 200
    assert [(one["id"], one["state"]) for one in answer.json()["files"]] == [(file, "refused")]
    assert "Not accepted: the content is not what the file type says" in hers.page("en")
    shown = hers.at_the_desk(file)
    assert (shown["state"], shown["can_download"]) == ("refused", False)
    refused(download(hers.world, hers.reference, file), 404, "not-found")


def test_the_content_of_a_refused_file_is_deleted_by_the_next_sweep(hers: Hers) -> None:
    file = hers.add(PNG, "application/pdf")
    assert hers.versions(file) == 1
    hers.world.wait(minutes=11)
    hers.world.sweep()
    assert hers.versions(file) == 0
    kept = hers.kept(file)
    assert (kept["state"], kept["sha256"]) == ("refused", hashlib.sha256(PNG).hexdigest())
    assert "removed_at" in kept and "queue" not in kept
    assert [one["state"] for one in hers.sees()] == ["refused"], "why it is not there stays to be read"


def test_a_form_that_cannot_say_the_type_gets_the_type_of_the_content(hers: Hers) -> None:
    file = hers.add(PDF, ANY, "fatura")
    link = download(hers.world, hers.reference, file).json()["url"]
    assert "filename%2A%3DUTF-8%27%27fatura.pdf" in link


# --- nothing is opened before that, and afterwards only what was checked ----------------------------------------------


def test_a_file_that_was_not_finished_is_not_offered(hers: Hers, refused: Refused) -> None:
    file = hers.send(PDF)
    refused(download(hers.world, hers.reference, file), 404, "not-found")


def test_a_file_comes_back_as_an_attachment_that_no_browser_opens(hers: Hers) -> None:
    file = hers.add(PDF, name="şikâyet.pdf")
    got = requests.get(download(hers.world, hers.reference, file, AUDITOR).json()["url"], timeout=10)
    assert (got.status_code, got.content) == (200, PDF)
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''%C5%9Fik%C3%A2yet.pdf"
    assert got.headers["content-type"] == "application/octet-stream"


def test_what_is_sent_after_the_check_is_never_handed_out(hers: Hers) -> None:
    given = hers.slot().json()
    upload(given, PDF)
    before = hers.finish(given["id"]).json()["files"]
    upload(given, b"MZ\x90\x00 something else")
    assert hers.finish(given["id"]).json()["files"] == before
    got = requests.get(download(hers.world, hers.reference, given["id"]).json()["url"], timeout=10)
    assert got.content == PDF


def test_a_file_of_one_complaint_is_none_of_another(hers: Hers, world: World, refused: Refused) -> None:
    file, other = hers.send(PDF), Hers(world, world.submit())
    refused(other.finish(file), 422, "validation")
    hers.finish(file)
    refused(download(world, other.reference, file), 404, "not-found")


# --- done twice, done half, done late ---------------------------------------------------------------------------------


def test_finishing_twice_is_finishing_once(hers: Hers) -> None:
    file = hers.send(PDF)
    first, kept = hers.finish(file), hers.kept(file)
    assert hers.finish(file).json() == first.json()
    assert hers.kept(file) == kept


@pytest.fixture
def killed(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """From now on a call ends as if the machine had stopped in front of it, once."""

    def stop(thing: Any, name: str) -> None:
        real = getattr(thing, name)

        def once(*args: Any, **more: Any) -> Any:
            monkeypatch.setattr(thing, name, real)
            raise ConnectionError("the machine has stopped")

        monkeypatch.setattr(thing, name, once)

    return stop


def test_a_finish_that_was_killed_is_done_by_the_next_look(hers: Hers, killed: Callable[[Any, str], None]) -> None:
    file, headers = hers.send(PDF), hers.headers
    killed(hers.world.table, "update")
    assert hers.world.public.post(f"/api/public/track/files/{file}/finish", json={}, headers=headers).status_code == 500
    assert "version" not in hers.kept(file)
    assert [one["state"] for one in hers.sees()] == ["unscanned"]


def test_a_finish_that_was_killed_is_done_by_the_sweep(hers: Hers, killed: Callable[[Any, str], None]) -> None:
    file, headers = hers.send(PDF), hers.headers
    killed(hers.world.table, "update")
    hers.world.public.post(f"/api/public/track/files/{file}/finish", json={}, headers=headers)
    hers.world.wait(minutes=11)
    hers.world.sweep()
    assert hers.kept(file)["state"] == "unscanned"


def test_staff_who_look_finish_it_too(hers: Hers) -> None:
    assert hers.at_the_desk(hers.send(PDF))["state"] == "unscanned"


def test_a_deletion_that_was_killed_is_done_by_the_next_sweep(hers: Hers, killed: Callable[[Any, str], None]) -> None:
    file = hers.add(PNG)
    hers.world.settle()
    hers.world.wait(minutes=11)
    killed(hers.world.table, "update")  # the content is gone, and nobody has noted it
    with pytest.raises(ConnectionError):
        hers.world.sweep()
    assert (hers.versions(file), "queue" in hers.kept(file)) == (0, True)
    hers.world.sweep()
    assert "queue" not in hers.kept(file)


def test_a_place_that_nothing_came_to_is_looked_at_twice_and_then_forgotten(hers: Hers) -> None:
    world, file = hers.world, hers.slot().json()["id"]
    looks = []
    for hours in (0.25, 6, 12.5, 20):
        world.now = world.now.replace(hour=10, minute=0)  # the house opens at ten
        world.wait(hours=hours)
        before = hers.kept(file).get("looked_at")
        world.sweep()
        looks.append(hers.kept(file).get("looked_at") != before)
        world.wait(hours=-hours)
    assert looks == [True, False, True, False]
    assert "expires" in hers.kept(file), "DynamoDB takes it away"


def test_a_place_that_was_taken_away_does_not_come_back_without_its_name(
    hers: Hers, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, world = hers.send(PDF), hers.world
    read = world.files.read
    place = {"PK": {"S": f"C#{hers.reference}"}, "SK": {"S": f"F#{file}"}}

    def slow(*args: str) -> Any:
        got = read(*args)
        world.items.client.delete_item(TableName="Table", Key=place)
        return got

    monkeypatch.setattr(world.files, "read", slow)
    world.evidence.finish(hers.reference, file)
    assert world.table.item(hers.reference, f"F#{file}") is None


# --- how many --------------------------------------------------------------------------------------------------------


def test_refused_files_and_places_that_lapsed_take_no_room(hers: Hers) -> None:
    for _ in range(9):
        hers.slot()
    hers.add(PNG, "application/pdf")
    assert hers.slot().status_code == 201
    assert hers.slot().status_code == 422
    hers.world.wait(days=1)
    assert hers.slot().status_code == 201


def test_whoever_sends_nothing_but_what_is_refused_is_stopped_in_the_end(hers: Hers, refused: Refused) -> None:
    headers = hers.headers
    for _ in range(30):
        asked = {"id": hers.world.key(), "name": "x", "size": 1, "type": "application/pdf"}
        given = hers.world.public.post("/api/public/track/files", json=asked, headers=headers).json()
        upload(given, PNG)
        hers.world.evidence.finish(hers.reference, given["id"])
    assert refused(hers.slot(), 422, "validation")["errors"] == [{"pointer": "/id", "code": "file_count"}]


# --- files of staff --------------------------------------------------------------------------------------------------


def add_ours(world: World, reference: str, sub: str = HANDLER, **changes: Any) -> dict[str, Any]:
    asked = {"id": world.key(), "name": "bilirkişi.pdf", "size": len(PDF), "type": "application/pdf", **changes}
    given = world.staff(sub).post(f"/api/desk/complaints/{reference}/files", json=asked)
    assert given.status_code == 201, given.text
    upload(given.json(), PDF)
    answer = world.staff(sub).post(f"/api/desk/complaints/{reference}/files/{asked['id']}/finish", json={})
    assert answer.status_code == 200, answer.text
    return next(one for one in answer.json()["files"] if one["id"] == asked["id"])


def test_a_file_of_staff_is_internal_unless_said_otherwise(hers: Hers) -> None:
    ours = add_ours(hers.world, hers.reference)
    assert (ours["internal"], ours["state"], ours["sha256"]) == (True, "unscanned", hashlib.sha256(PDF).hexdigest())
    assert ours["by"] == {"kind": "staff", "id": HANDLER, "name": "Işıl Tütüncüoğlu", "roles": ["handler"]}
    assert hers.sees() == []
    assert "bilirkişi" not in hers.page("tr")
    add_ours(hers.world, hers.reference, internal=False, name="karar.pdf")
    assert [(one["name"], one["from"]) for one in hers.sees()] == [("karar.pdf", "us")]
    assert "Biz ekledik" in hers.page("tr")


def test_the_door_tells_nobody_of_an_internal_file_that_is_finished_through_it(hers: Hers) -> None:
    ours = add_ours(hers.world, hers.reference)
    assert hers.finish(ours["id"]).json()["files"] == []


def test_files_stand_in_the_order_in_which_they_came(hers: Hers) -> None:
    names = ["son.pdf", "ilk.pdf", "orta.pdf"]
    for n, name in enumerate(names):
        hers.slot(name=name, id=f"{9 - n}0000000-0000-4000-8000-000000000000")
        hers.world.wait(minutes=1)
    assert [one["name"] for one in hers.world.case(HANDLER, hers.reference)["files"]] == names


@pytest.mark.parametrize("internal", ["yes", 1, None])
def test_whether_a_file_is_internal_is_said_plainly(hers: Hers, refused: Refused, internal: Any) -> None:
    asked = {"id": hers.world.key(), "name": "a.pdf", "size": 1, "type": "application/pdf", "internal": internal}
    refused(
        hers.world.staff(HANDLER).post(f"/api/desk/complaints/{hers.reference}/files", json=asked), 422, "validation"
    )


def test_a_complainant_cannot_make_a_file_internal(hers: Hers, refused: Refused) -> None:
    said = refused(hers.slot(internal=True), 422, "validation")
    assert said["errors"] == [{"pointer": "/internal", "code": "unknown_field"}]


def test_our_files_take_none_of_the_complainants_room(hers: Hers) -> None:
    for _ in range(3):
        add_ours(hers.world, hers.reference)
    assert {hers.slot().status_code for _ in range(10)} == {201}
    assert hers.slot().status_code == 422
    add_ours(hers.world, hers.reference)


def test_a_closed_complaint_takes_files_from_staff_only(hers: Hers, refused: Refused) -> None:
    world = hers.world
    world.move(HANDLER, hers.reference, "assess", ONE_POINT)
    world.move(LEAD, hers.reference, "investigate", {"owner": HANDLER})
    point = {"number": 1, "finding": "not_upheld", "reasons": "Kayıtlarda bir hata yok.", "no_remedy_reason": "Yok."}
    world.move(
        HANDLER, hers.reference, "propose", {"points": [point], "cause": "UNK", "improvement_needed": False, **APPROVAL}
    )
    world.move(LEAD, hers.reference, "approve", APPROVAL)
    world.public.post("/api/public/track/acts/accept", json={}, headers=hers.headers)
    assert world.case(HANDLER, hers.reference)["state"] == State.CLOSED
    refused(hers.slot(), 409, "not-now")
    assert add_ours(world, hers.reference)["state"] == "unscanned"


# --- a scanner's verdict: GuardDuty itself is not exercised, its documented event is ----------------------------------


def test_a_picture_is_shown_once_a_scanner_found_nothing_in_it(hers: Hers) -> None:
    files = {kind: hers.add(SAMPLES[kind], kind) for kind in ("image/jpeg", "image/heic", "application/pdf")}
    assert not any(hers.at_the_desk(file)["can_show"] for file in files.values())
    for file in files.values():
        hers.scanned(file, "NO_THREATS_FOUND")
    shown = {kind: hers.at_the_desk(file)["can_show"] for kind, file in files.items()}
    assert shown == {"image/jpeg": True, "image/heic": False, "application/pdf": False}


def test_a_verdict_is_kept_and_shown(hers: Hers, refused: Refused) -> None:
    good, bad = hers.add(PDF, name="iyi.pdf"), hers.add(PDF, name="kötü.pdf")
    hers.scanned(good, "NO_THREATS_FOUND")
    hers.scanned(bad, "THREATS_FOUND")
    assert {one["name"]: one["state"] for one in hers.sees()} == {"iyi.pdf": "clean", "kötü.pdf": "infected"}
    assert "Kilitlendi: bu dosyada virüs bulundu" in hers.page("tr")
    assert (hers.at_the_desk(good)["can_download"], hers.at_the_desk(bad)["can_download"]) == (True, False)
    assert download(hers.world, hers.reference, good).status_code == 200
    refused(download(hers.world, hers.reference, bad), 404, "not-found")
    assert hers.versions(bad) == 1, "what attacked us is evidence too"


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        (["NO_THREATS_FOUND", "NO_THREATS_FOUND"], "clean"),
        (["THREATS_FOUND", "THREATS_FOUND"], "infected"),
        (["THREATS_FOUND", "NO_THREATS_FOUND"], "infected"),
        (["NO_THREATS_FOUND", "THREATS_FOUND"], "infected"),
        (["UNSUPPORTED"], "unscanned"),
        (["ACCESS_DENIED"], "unscanned"),
        (["FAILED", "NO_THREATS_FOUND"], "clean"),
        (["NO_THREATS_FOUND", "FAILED"], "clean"),
    ],
)
def test_verdicts_may_come_twice_and_in_any_order(hers: Hers, verdicts: list[str], state: str) -> None:
    file = hers.add(PDF)
    for verdict in verdicts:
        hers.scanned(file, verdict)
    assert hers.at_the_desk(file)["state"] == state


def test_a_scanner_that_is_faster_than_the_browser_is_heard(hers: Hers) -> None:
    file = hers.send(PDF)
    version = hers.world.s3.head_object(Bucket="files", Key=f"evidence/{hers.reference}/{file}")["VersionId"]
    hers.scanned(file, "THREATS_FOUND", version)
    assert [one["state"] for one in hers.finish(file).json()["files"]] == ["infected"]


def test_a_verdict_on_another_version_is_none_on_this_one(hers: Hers) -> None:
    file = hers.add(PDF)
    hers.scanned(file, "NO_THREATS_FOUND", "another-version")
    assert hers.at_the_desk(file)["state"] == "unscanned"


def test_a_verdict_frees_no_refused_file(hers: Hers) -> None:
    file = hers.add(PNG, "application/pdf")
    hers.scanned(file, "NO_THREATS_FOUND")
    assert hers.at_the_desk(file)["state"] == "refused"


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "key",
    [
        "evidence/7K4M29XRQ3A/00000000-0000-4000-8000-000000000001",
        "evidence/CASE",
        "evidence/a/b/c",
        "malware-protection-resource-validation-object",
        "",
    ],
)
def test_a_verdict_on_what_is_no_file_of_ours_writes_nothing(world: World, key: str) -> None:
    for result in ("NO_THREATS_FOUND", "THREATS_FOUND"):
        world.deliver(scan_event("files", key, "v1", result))


def test_what_is_logged_of_a_verdict_names_no_file(hers: Hers, caplog: pytest.LogCaptureFixture) -> None:
    file = hers.add(PDF, name="kanarya7331.pdf")
    hers.scanned(file, "UNSUPPORTED")
    [said] = [vars(record) for record in caplog.records if record.message == "not scanned"]
    assert (said["reference"], said["file"], said["result"]) == (hers.reference, file, "UNSUPPORTED")
    assert "kanarya" not in str(said)
