"""The demo's data: the form takes it, it names nobody real, and it reads well."""

import random
import re
from datetime import UTC, datetime

import pytest

from complaints.commands import Submission
from complaints.framework import REGISTERS, Here
from infra.demo.filed import Filed, american, choose_lives, turkish
from infra.demo.framework import registers
from infra.demo.turns import TURNS, choose_turns
from tests.dates import MON_2_MAR

TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
THEIRS = american(random.Random(1))
OURS = turkish(TODAY)
EVERYBODY = THEIRS + OURS

#: Firms and brands of which the source of complaints.csv is full, one a line, as its writers spell them.
DENIED = """\
acima
afterpay
ally bank
ally financial
amazon
american express
amex
at&t
bank od america
bank of america
bank pf america
barclay
bb&t
best buy
bofa
bright house
bridgecrest
capital one
capitol one
carecredit
cash app
cashapp
chase
chime
citi
citibank
citizens bank
coinbase
comcast
comenity
convergent
credit acceptance
credit karma
credit one
directv
direct tv
discover card
discover bank
ditech
ebay
enhanced recovery
equifax
experian
facebook
fannie mae
fedex
fedloan
fico
fifth third
first premier
freddie mac
google
great lakes
h&r block
home depot
honda
hsbc
hyundai
ic system
informed delivery
iq data
jefferson capital
jp morgan
jpmorgan
keybank
kohl
lendingclub
lexisnexis
lvnv
macy
mastercard
master card
membership rewards
midland
mohela
moneygram
moneylion
mr cooper
mr. cooper
nationstar
navient
navy federal
nelnet
nissan
ocwen
onemain
one main financial
paypal
pay pal
pheaa
platinum honors
pnc
portfolio recovery
quicken
quickenloans
regions bank
robinhood
rocket mortgage
sallie mae
santander
shellpoint
speedy cash
state farm
suntrust
synchrony
t-mobile
td bank
toyota
transunion
trans union
truist
turbotax
twitter
u.s. bank
us bank
usaa
usps
venmo
verizon
visa
volkswagen
wal-mart
walmart
wells fargo
western union
xfinity
zelle
""".splitlines()
NAMED = re.compile("|".join(rf"\b{re.escape(name)}(?:'?s)?\b" for name in DENIED), re.IGNORECASE)
#: An address, a web site, or digits enough for an account or a telephone. Amounts such as $12000.00 are none.
TRACEABLE = re.compile(r"@|https?:|www\.|\b\w+\.(?:com|net|org|gov|ca)\b|(?<!\$)\b\d(?:[ ().-]*\d){5,}", re.IGNORECASE)
MASK = re.compile(r"\[.*?\]|X{2,}")


def told(complaint: Filed) -> str:
    return str(complaint.submission["what_happened"])


def test_there_are_enough_to_fill_a_desk() -> None:
    assert len(THEIRS) >= 200
    assert len(OURS) >= 12
    assert {complaint.submission["language"] for complaint in OURS} == {"tr"}
    assert len({told(complaint) for complaint in EVERYBODY}) == len(EVERYBODY)


@pytest.mark.parametrize("complaint", EVERYBODY, ids=lambda complaint: complaint.submission["name"])
def test_the_form_takes_it(complaint: Filed) -> None:
    Submission.model_validate(complaint.submission)


@pytest.mark.parametrize("complaint", EVERYBODY, ids=lambda complaint: complaint.submission["name"])
def test_it_leads_to_nobody_real(complaint: Filed) -> None:
    assert not NAMED.findall(told(complaint))
    assert not TRACEABLE.findall(told(complaint))
    address = complaint.submission["email"]
    assert address is None or re.fullmatch(r"[a-z.]+@example\.com", address)


def test_masks_are_words() -> None:
    masks = {mask for complaint in EVERYBODY for mask in MASK.findall(told(complaint))}
    assert masks == {"[company]", "[date]", "[amount]", "[name]"}
    assert not [told(complaint) for complaint in EVERYBODY if told(complaint).startswith("[date]")]


@pytest.mark.parametrize(
    "text", ["I called bank pf america.", "My Citi card.", "write to a.b@mail", "see lender.com", "call 202 555 0123"]
)
def test_the_guard_sees(text: str) -> None:
    """A pattern that never matches would let everything pass."""
    assert NAMED.search(text) or TRACEABLE.search(text)


def test_each_point_is_answered_where_a_decision_is_due() -> None:
    choose_lives(THEIRS, random.Random(1))
    due = [complaint for complaint in EVERYBODY if complaint.gets_to("returned")]
    assert due
    assert all(len(complaint.answers) == len(complaint.points) for complaint in due)


def test_some_are_dangerous_and_some_cannot_be_written_to() -> None:
    assert sum(complaint.submission["safety_risk"] for complaint in EVERYBODY) >= 4
    assert all(complaint.submission["safety_risk"] == (complaint.safety != "none") for complaint in EVERYBODY)
    without = [complaint for complaint in EVERYBODY if not complaint.by_mail]
    assert len(without) >= 8
    assert all(complaint.submission["phone"] for complaint in without)


def test_each_turn_of_life_has_a_complaint_of_its_own_that_the_form_takes() -> None:
    theirs = american(random.Random(1))
    choose_lives(theirs, random.Random(1))
    choose_turns(theirs, random.Random(1))
    turning = [complaint for complaint in theirs if complaint.turn]
    assert [complaint.until for complaint in turning] == ["received"] * len(TURNS)
    assert {complaint.turn for complaint in turning} == set(TURNS)
    for complaint in turning:
        Submission.model_validate(complaint.submission)
        assert len(complaint.answers) == len(complaint.points)
    assert {turn.ends for turn in TURNS.values()} >= {"waiting", "deciding", "reviewing", "external", "closed"}


def test_the_firm_has_laid_down_each_register_of_its_framework() -> None:
    roles = {"handler": "sub-1", "lead": "sub-2", "management-representative": "sub-3"}
    laid_down, here = registers(roles), Here("TR", MON_2_MAR, dict.fromkeys(roles.values(), True))
    assert laid_down.keys() == REGISTERS.keys()
    for name, content in laid_down.items():
        assert list(REGISTERS[name].model_validate(content).wrong(here)) == []
