"""How far two colours stand apart, as WCAG 2.2 works it out."""

from collections.abc import Iterator

WORDS, SEEN = 4.5, 3.0  # what words need, and what else must be seen: borders, focus, the main series of a chart


def ratio(one: str, other: str) -> float:
    """Between 1 and 21; `#1b3f8f` is how a colour is written."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Between 0, black, and 1, white."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Iterator[float]:
    for at in (1, 3, 5):
        share = int(colour[at : at + 2], 16) / 255
        yield share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
