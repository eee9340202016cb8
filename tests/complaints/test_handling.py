"""What everybody is told about how complaints are handled."""

from datetime import UTC, date, datetime

from complaints.handling import handling
from tests.builders import rules_under

TUE_24_NOV = date(2026, 11, 24)


def test_what_a_pack_leaves_open_is_filled_by_those_behind_it() -> None:
    told = dict(handling(rules_under("UK-FCA-DISP", country="GB-ENG"), TUE_24_NOV).times["en"])
    assert told == {
        "Acknowledgement": "1 working day",
        "Longest time between news": "10 working days",
        "Second-stage review": "20 working days",
        "Reopening": "90 calendar days after the closing",
    }


def test_a_variant_is_a_kind_of_its_own_with_what_is_its_own() -> None:
    about = handling(rules_under("UK-FCA-DISP", country="GB-ENG"), TUE_24_NOV)
    assert {kind.title["en"]: kind.times["en"] for kind in about.kinds} == {
        "Financial services, UK (FCA DISP)": (("Answer", "8 weeks"),),
        "Payment services and e-money, UK (FCA DISP)": (
            ("Answer", "15 working days"),
            ("Extension", "at most once, 35 working days in all"),
        ),
    }


def test_whoever_sets_the_answer_says_how_it_is_put_off() -> None:
    """EU-CONSUMER sets nothing, so that the base answers and prolongs."""
    told = dict(handling(rules_under("EU-CONSUMER"), TUE_24_NOV).times["tr"])
    assert (told["Yanıt"], told["Ek süre"]) == ("20 iş günü", "en çok 1 kez, 10 iş günü")


def test_both_languages_share_the_same_times() -> None:
    about = handling(rules_under("TR-BANKA", "TR-TUKETICI", "TR-GARANTI"), TUE_24_NOV)
    assert len(about.times["tr"]) == len(about.times["en"]) > 0
    assert all(len(kind.times["tr"]) == len(kind.times["en"]) > 0 for kind in about.kinds)


def test_it_holds_since_the_later_of_the_pack_and_the_settlement() -> None:
    rules = rules_under()
    assert handling(rules, TUE_24_NOV).since == date(2026, 1, 1)
    late_on_sunday_abroad = datetime(2026, 11, 22, 22, tzinfo=UTC)  # Monday in Istanbul
    settled = handling(rules, TUE_24_NOV, 4, late_on_sunday_abroad)
    assert (settled.version, settled.since) == (4, date(2026, 11, 23))


def test_a_figure_nobody_knows_yet_is_left_out() -> None:
    body = handling(rules_under("TR-TUKETICI"), date(2031, 1, 6)).bodies[0]
    assert body.bound is None
    known = rules_under("TR-TUKETICI", values={"tuketici_hakem_heyeti": {2031: 400_000}})
    assert handling(known, date(2031, 1, 6)).bodies[0].bound == (2031, 400_000, "TRY")
