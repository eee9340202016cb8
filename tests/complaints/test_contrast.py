"""The contrast of two colours."""

import pytest

from complaints.contrast import ratio


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#FFFFFF", 4.0),
        ("#1b3f8f", "#1B3F8F", 1),
    ],
)
def test_it_is_what_the_guidelines_say(one: str, other: str, times: float) -> None:
    assert ratio(one, other) == ratio(other, one) == pytest.approx(times, abs=0.01)
