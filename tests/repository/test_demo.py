"""The demo's data: what the form takes, names nobody real, and is worth showing."""

import random
import re
from datetime import UTC, datetime

import pytest

from complaints.commands import Submission
from infra.demo import Filed, american, choose_lives, turkish

TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
THEIRS = american(random.Random(1))
OURS = turkish(TODAY)
SHOWN_MASKS = {"[company]", "[date]", "[amount]", "[name]"}

#: Firms of which the source is full, and brands that its writers name, as they spell them. Whole words, in any case.
FIRMS = """
acima affirm afterpay aldous allstate ally amazon american express amex apple aqua finance at&t avant bank of america
bank pf america bank od america bb&t barclays barclaycard best buy bluegreen bofa boost bright house bridgecrest
capital one capitol one care credit carecredit cavalry cash app cashapp cbe group charter chase chime citi citibank
citigroup citizens bank coinbase comcast comenity convergent conn's cox credit acceptance credit karma credit one
direct tv directv discover card discover bank ditech dish network ebay enhanced recovery equifax equifacts experian
exeter facebook fannie mae fedex fedloan fico fifth third first premier flagstar ford motor freddie mac freedom mortgage
geico gm financial google great lakes green dot greensky h&r block home depot honda hsbc huntington hyundai
i.c. system ic system instagram iq data jefferson capital jpmorgan jp morgan keybank kohl's lendingclub lexisnexis
lowe's lvnv macy's mastercard master card merrick midland credit midland funding mohela moneygram moneylion mr. cooper
nationstar navient navy federal nelnet netflix nissan ocwen onemain one main paypal pay pal pheaa pnc portfolio recovery
progressive quicken loans quickenloans regions bank robinhood rocket mortgage sallie mae santander sears shellpoint
speedy cash sprint state farm suntrust synchrony t-mobile target corporation td bank tmobile toyota transunion
trans union transworld truist turbotax twitter ups store us bank u.s. bank usaa usps venmo verizon visa volkswagen
wal-mart walmart wells fargo wells-fargo western union world acceptance xfinity zelle zillow
membership rewards platinum honors preferred rewards informed delivery
"""
DENIED = sorted({" ".join(name.split()) for name in re.split(r"\n|  ", FIRMS) if name.strip()})


def deny_list() -> list[str]:
    raise NotImplementedError
