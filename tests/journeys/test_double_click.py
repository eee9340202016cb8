"""The second click, the retry and the replay: one complaint, one letter, one answer."""

from concurrent.futures import ThreadPoolExecutor

from tests.world import World, a_submission


def test_a_double_click_makes_one_complaint_with_one_letter(world: World) -> None:
    headers = {"Idempotency-Key": world.key()}
    answers = [world.public.post("/api/public/complaints", json=a_submission(), headers=headers) for _ in range(2)]
    world.settle()
    assert answers[0].json() == answers[1].json()
    assert world.table.counts()["open"] == 1
    assert len(world.mailbox.sent) == 1


def test_ten_clicks_at_once_make_one_complaint(world: World) -> None:
    headers = {"Idempotency-Key": world.key()}
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(
                lambda _: world.public.post("/api/public/complaints", json=a_submission(), headers=headers).json(),
                range(10),
            )
        )
    world.settle()
    assert {(answer["reference"], answer["secret"]) for answer in answers} == {
        (answers[0]["reference"], answers[0]["secret"])
    }
    assert world.table.counts()["open"] == 1


def test_the_same_form_sent_twice_without_a_script_is_one_complaint(world: World) -> None:
    form = {name: {True: "yes", False: "no"}.get(value, value) for name, value in a_submission().items()}
    pages = [world.public.post("/api/public/complaints/form", data=form) for _ in range(2)]
    world.settle()
    assert [page.status_code for page in pages] == [201, 201]
    assert world.table.counts()["open"] == 1


def test_a_stream_that_repeats_itself_counts_and_sends_nothing_twice(world: World) -> None:
    world.submit()
    world.settle()
    world._read = 0
    world.settle()
    assert world.table.counts()["open"] == 1
    assert len(world.mailbox.sent) == 1
