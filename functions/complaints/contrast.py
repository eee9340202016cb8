"""How far two colours stand apart, as WCAG 2.2 works it out."""

import colorsys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

WORDS, SEEN = 4.5, 3.0  # what words need, and what else must be seen: borders, focus, the main series of a chart

EASY = 6.0  # of the accent in the dark, where it is seen as well as read

#: What the accent stands on, and what warns, as the design has them by day and by night.
LIGHT, DARK = ("#ffffff", "#edf2ef"), ("#141c1a", "#25312d")
ON_LIGHT, ON_DARK = "#ffffff", "#0d1412"
WARNING = ("#a3151b", "#754700")
STEP, CALM, NEAR = 0.01, 0.5, 20 / 360  # of lightness; the most saturation by night; how near hues are confused


@dataclass(frozen=True)
class Accent:
    """The organisation's colour as it can be read, by day and by night, with its least contrast in each. `warns`: it
    may be taken for the colours of what is late or soon.
    """

    light: str
    dark: str
    light_ratio: float
    dark_ratio: float
    warns: bool


def accent(colour: str) -> Accent:
    """A colour of the same hue that can be read in both schemes."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = _until(hue, lightness, saturation, -STEP, lambda found: least(found, *LIGHT, ON_LIGHT) >= WORDS)
    dark = _until(hue, lightness, min(saturation, CALM), STEP, lambda found: least(found, *DARK) >= EASY)
    hues = [colorsys.rgb_to_hls(*(int(one[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0] for one in WARNING]
    near = any(min(abs(hue - one), 1 - abs(hue - one)) <= NEAR for one in hues)
    return Accent(light, dark, least(light, *LIGHT, ON_LIGHT), least(dark, *DARK, ON_DARK), near and saturation > 0.2)


def least(colour: str, *others: str) -> float:
    """The smallest contrast of one colour with several."""
    return min(ratio(colour, other) for other in others)


def _until(hue: float, lightness: float, saturation: float, step: float, enough: Callable[[str], bool]) -> str:
    while not enough(found := _written(hue, lightness, saturation)):
        lightness += step
    return found


def _written(hue: float, lightness: float, saturation: float) -> str:
    parts = colorsys.hls_to_rgb(hue, min(1, max(0, lightness)), saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


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
