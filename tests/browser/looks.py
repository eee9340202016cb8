"""The ways to look at a page that are not the usual one, and what must not be lost in them."""

from collections.abc import Iterator

from playwright.sync_api import Page

#: A low screen is also what 1280 pixels are at twice the size; a telephone is held upright, and on its side.
LOW, UPRIGHT, ASIDE = (640, 320), (390, 844), (844, 390)
NARROW, WIDE = (320, 640), (1366, 900)
#: What WCAG 1.4.12 lets people ask for.
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    " p { margin-block-end: 2em !important }"
)
#: As a style sheet of the reader's own: the policy lets no style stand in the page. Each takes the place of the last.
WEAR = """css => {
  const own = window.readersOwn ??= new CSSStyleSheet();
  own.replaceSync(css);
  if (!document.adoptedStyleSheets.includes(own)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
}"""
TWICE = "`html { font-size: ${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px !important }`"
#: What has to be moved sideways, what is wider than its place or cut off at its edge, and what lies over all else.
#: What only a screen reader has (it is clipped to nothing), what scrolls and what is typed into are no faults.
#: A line of the design may reach over the edge of its place by four pixels.
FAULTS = """() => {
  const REACH = 4, found = [], named = one => one.outerHTML.slice(0, 120);
  const all = [...document.body.querySelectorAll('*')].filter(one => one.clientWidth);
  const clipped = one => one && (getComputedStyle(one).clipPath === 'inset(50%)' || clipped(one.parentElement));
  const sideways = document.documentElement.scrollWidth;
  if (sideways > innerWidth) found.push(`needs ${sideways} pixels: ` +
    all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).slice(-3).map(named));
  for (const one of all) {
    const narrow = one.scrollWidth > one.clientWidth + REACH, low = one.scrollHeight > one.clientHeight + 1;
    if (!(narrow || low) || one.matches('input, select, textarea, svg, svg *') || !one.checkVisibility()) continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    if (clipped(one)) continue;
    if (narrow && !/auto|scroll/.test(overflowX + overflowY)) found.push(`is too narrow for its words: ${named(one)}`);
    if (low && /hidden|clip/.test(overflowY)) found.push(`is cut off below: ${named(one)}`);
  }
  for (const one of all.filter(one => one.offsetWidth > innerWidth / 2 && one.offsetHeight > innerHeight / 3))
    if (/fixed|sticky/.test(getComputedStyle(one).position)) found.push(`lies over all: ${named(one)}`);
  return found;
}"""
#: All words that are read, however often and wherever they stand, and all that was typed.
SAID = """() => [[...new Set(document.body.innerText.match(/[\\p{L}\\d]+/gu))].sort().join(' '),
  ...[...document.querySelectorAll('input, select, textarea')].map(one => `${one.name}=${one.value} ${one.checked}`)]"""
MOVING = """() => [...document.querySelectorAll('*')].map(one => getComputedStyle(one))
  .filter(style => parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'
    || style.scrollBehavior === 'smooth').length + document.getAnimations().length"""
#: With colours of one's own every control has a border or is underlined, every sign is drawn, every focus has a ring.
UNSEEN = """() => {
  const found = [], painted = one => getComputedStyle(one).backgroundColor;
  const ground = one => one && /, 0\\)$/.test(painted(one)) ? ground(one.parentElement) : one && painted(one);
  const drawn = (style, side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0;
  const faint = one => Number(getComputedStyle(one).opacity) === 0;
  for (const one of document.querySelectorAll('button, .button, input, select, textarea')) {
    const style = getComputedStyle(one.closest('.pad') ?? one);
    if (one.checkVisibility() && !faint(one) && !drawn(style, 'BlockEnd') && style.textDecorationLine !== 'underline')
      found.push(`has no border: ${one.outerHTML.slice(0, 120)}`);
  }
  for (const one of document.querySelectorAll('svg.icon')) {
    const lines = [...one.querySelectorAll('path, circle, rect, line')].map(line => getComputedStyle(line));
    const seen = lines.some(({ fill, stroke }) => [fill, stroke].some(it => it !== 'none' && it !== ground(one)));
    if (one.checkVisibility() && !seen)
      found.push(`is not drawn: ${one.outerHTML.slice(0, 120)}`);
  }
  const before = document.activeElement;
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!one.checkVisibility() || one.disabled) continue;
    one.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(faint(one) ? one.nextElementSibling : one);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
      found.push(`shows no focus: ${one.outerHTML.slice(0, 120)}`);
  }
  before?.focus({ preventScroll: true });
  return found;
}"""
#: Every word, names too, 40 % longer, as another language may be. Numbers, dates and codes stay.
LONGER = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  window.asTheyWere = [];
  for (let text; (text = texts.nextNode()); ) {
    window.asTheyWere.push([text, text.data]);
    text.data = text.data.replace(/(?<![\\p{L}\\d.@-])\\p{L}+(?![\\p{L}\\d.@-]*[\\d@])/gu,
      word => word + word.slice(0, Math.ceil(word.length * 0.4)));
  }
}"""
AS_BEFORE = "() => window.asTheyWere.forEach(([text, data]) => { text.data = data })"


def lost(page: Page, what: str, *, text_alone: bool = True) -> list[str]:
    """What is lost of the page as it stands in any of these looks; nothing moves in it where nothing is to move.

    Without `text_alone` it is made twice as large as a whole, and not its text by itself. Afterwards it is 1366 pixels
    wide, as it was.
    """
    return [f"{what}, {fault}" for fault in _faults(page, text_alone)]


def _faults(page: Page, text_alone: bool) -> Iterator[str]:
    def seen(how: str, *screens: tuple[int, int]) -> Iterator[str]:
        for width, height in screens:
            page.set_viewport_size({"width": width, "height": height})
            yield from (f"{how}, {width} by {height}: {fault}" for fault in page.evaluate(FAULTS))

    yield from seen("as it is", NARROW, LOW, UPRIGHT)
    said = page.evaluate(SAID)
    yield from seen("turned", ASIDE)
    if page.evaluate(SAID) != said:
        yield "turned: says something else"
    page.evaluate(LONGER)
    yield from seen("with long words", WIDE, NARROW)
    page.evaluate(AS_BEFORE)
    page.evaluate(WEAR, SPACED)
    yield from seen("spaced", NARROW, WIDE)
    if text_alone:
        page.evaluate(f"({WEAR})({TWICE})")
        yield from seen("twice as large", WIDE)
    page.evaluate(WEAR, "")
    if page.evaluate(MOVING):
        yield "moves, where nothing is to move"
    page.emulate_media(forced_colors="active")
    yield from (f"in one's own colours: {fault}" for fault in page.evaluate(UNSEEN))
    page.emulate_media(forced_colors="none")
