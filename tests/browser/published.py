"""The public pages in all their states, with nothing behind them."""

from typing import Any

from tests.functions.test_pages import (
    ABOUT,
    EVERYTHING,
    LANGUAGES,
    RECEIPT,
    a_case,
    a_limit,
    a_point,
    promising,
)


def everything() -> dict[str, bytes]:
    """The pages that are published, and one of each kind that intake answers with, by their keys."""
    pages = promising(a_limit(1), a_limit(10), a_limit(20))
    made = dict(pages.static_pages(ABOUT))
    wrong: dict[str, Any] = {"values": {"reference": "7K4M"}, "errors": [{"field": "reference", "code": "no_match"}]}
    asked: dict[str, Any] = {"note": "asked", "errors": [{"field": "number", "code": "required"}]}
    receipt: dict[str, Any] = {"receipt": RECEIPT, "reach": "mail", "upload_token": "t"}
    renewed: dict[str, Any] = {"reference": RECEIPT["reference"], "secret": RECEIPT["secret"], "token": "t"}
    points = [a_point(finding="partly_upheld", reasons="Sayaç yanlış okunmuş.")]
    decided = {"state": "decided", "whose_move": "yours", "points": points, "can": ["accept", "dispute", "write"]}
    for language in LANGUAGES:
        answers = {
            "sent": pages.render("sent", language, **receipt),
            "track/wrong": pages.render("track", language, **wrong),
            "lost/asked": pages.render("lost", language, **asked),
            "lost/renewed": pages.render("lost", language, **renewed),
            "case": a_case(pages, language, **decided),
            "case/late": a_case(pages, language, state="received", late=True, can=["write", "add_file"]),
            "case/all": a_case(pages, language, state="closed", **EVERYTHING),
        }
        made |= {f"{language}/{name}/index.html": page for name, page in answers.items()}
    return {key: page.encode() for key, page in made.items()}
