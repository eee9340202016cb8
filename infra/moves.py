"""Writes docs/moves.md and its picture: the life of a complaint, as lifecycle.MOVES has it. `python -m infra.moves`.

Nothing is said here a second time: rows, roles, letters and guards come from the core. What a guard asks for is the
first sentence of its docstring, and the picture is drawn from the same rows.
"""

from collections.abc import Iterable
from html import escape

from complaints.complaint import State
from complaints.lifecycle import MOVES, Move
from complaints.roles import Role
from infra.paths import ROOT

DOCUMENT = ROOT / "docs" / "moves.md"
PICTURE = ROOT / "docs" / "pictures" / "moves.svg"

STATES = {
    State.RECEIVED: "Somebody has told us. The clocks run from then on, also before anybody has acknowledged it.",
    State.ASSESSED: "Its points and its priority are known; nobody has begun to look into it.",
    State.INVESTIGATING: "Somebody looks into it, and answers for it by name.",
    State.WAITING: "We need something, from the complainant or a third party. Our own clocks run on.",
    State.DECIDING: "An answer is proposed, or that it is not ours; another person has to agree.",
    State.DECIDED: "Our answer has been sent, and is neither accepted nor given up. What is disputed stays here.",
    State.REMEDYING: "What was promised, or awarded, is carried out and then seen to be there by another person.",
    State.REVIEWING: "The second stage: somebody who took no part looks into it again.",
    State.EXTERNAL: "An outside body has it. Nothing of it may be destroyed.",
    State.CLOSED: "Over, for a reason that is kept; it can come back.",
}
WHO = {
    Role.FRONT_LINE: "front line",
    Role.HANDLER: "handler",
    Role.LEAD: "lead",
    Role.REVIEWER: "reviewer",
    Role.MANAGEMENT_REPRESENTATIVE: "management representative",
    Role.TOP_MANAGEMENT: "top management",
    Role.DATA_PROTECTION_OFFICER: "data-protection officer",
    Role.ADMINISTRATOR: "administrator",
    Role.COMPLAINANT: "complainant",
    Role.SYSTEM: "the product itself",
}
OPEN = frozenset(State) - {State.CLOSED}

INTRODUCTION = """\
# The life of a complaint

Everything that can happen to a complaint is a move, and every move stands in one table,
`functions/complaints/lifecycle.py`: the server asks it what is allowed, the desk what to show, and this page is written
from it by `python -m infra.moves`. What the table does not allow is refused and changes nothing.
`tests/complaints/test_moves.py` makes every move once and has it refused once for every reason;
`tests/complaints/test_lives.py` walks through lives that nobody thought of.

M01 is the receipt: it begins a complaint, and so stands before the table. Acknowledging is no state: what is dangerous
is looked into before any letter leaves.

![The states, and the moves between them](pictures/moves.svg)

## The states
"""
MOVING = """\
## The moves from state to state

In **bold**: what usually comes next in these states. "A guard asks" is the rule that has to hold besides state and
role; whoever is complained about, or has declared a conflict of interest, makes no move at all. Nor does whoever filed
it for somebody else, from the tracking page, before their authority was seen.
"""
STAYING = """\
## What leaves the state as it is

These are written down, set a date or a task, or tell the complainant how far we are.
"""


def states_in(move: Move) -> str:
    """The states that a move starts from, in words."""
    if move.states == frozenset(State):
        return "any"
    if move.states == OPEN:
        return "any that is open"
    left = [state for state in State if state not in move.states]
    if len(left) <= 2:
        return f"any but {' and '.join(left)}"
    return ", ".join(state for state in State if state in move.states)


def goes_to(move: Move) -> str:
    """Where a move leads, in words. More than four states are where the complaint was before."""
    if len(move.to) <= 4:
        return ", ".join(move.to)
    ends = [state for state in (State.REMEDYING, State.CLOSED) if state in move.to and State.DECIDED not in move.to]
    return ", ".join(["where it was before", *ends])


def asked(move: Move) -> str:
    """What the guard of a move asks for: the first sentence of its docstring."""
    if move.guard.__name__ == "_always":
        return "–"
    words = " ".join((move.guard.__doc__ or "").split())
    return words.partition(". ")[0].removesuffix(".") + "."


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _row(move: Move) -> list[str]:
    name = f"`{move.name}`"
    who = ", ".join(WHO[role] for role in Role if role in move.roles)
    return [
        move.code or "–",
        f"**{name}**" if move.expected else name,
        states_in(move),
        goes_to(move),
        who,
        asked(move),
    ]


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    return "\n".join([_line(*heads), _line(*("---" for _ in heads)), *(_line(*row) for row in rows)])


def document() -> str:
    """The text that docs/moves.md has to have."""
    inward = [row for move in MOVES if move.to for row in [[*_row(move), move.letter or "–"]]]
    staying = [
        [*(cell for n, cell in enumerate(_row(move)) if n != 3), move.letter or "–"] for move in MOVES if not move.to
    ]
    return "\n".join([
        INTRODUCTION,
        _table(("State", "What it means"), ((f"`{state}`", words) for state, words in STATES.items())),
        "",
        MOVING,
        _table(("Move", "Name", "From", "To", "Who", "A guard asks", "Letter"), inward),
        "",
        STAYING,
        _table(("Move", "Name", "In", "Who", "A guard asks", "Letter"), staying),
        "",
    ])  # fmt: skip


# --- the picture -----------------------------------------------------------------------------------------------------
#
# The states stand one under the other. What goes on is drawn on their left, what comes back on their right, in an arc
# as wide as the way is long; what may happen nearly anywhere is said under them instead of being drawn ten times.

ORDER = (State.RECEIVED, State.ASSESSED, State.INVESTIGATING, State.WAITING, State.REVIEWING, State.DECIDING,
         State.DECIDED, State.REMEDYING, State.EXTERNAL, State.CLOSED)  # fmt: skip
WIDTH, MIDDLE, TOP, STEP = 1180, 590, 40, 92
BOX_WIDTH, BOX_HEIGHT, LINE = 150, 40, 16
MANY = 5  # states that a move starts from, or leads back to
STAYS = {("assess", State.INVESTIGATING), ("assess", State.EXTERNAL)}  # late: after the fast path, or with a body


def ways() -> dict[tuple[State, State], list[str]]:
    """The names of the moves from one state to another, for those that are drawn."""
    found: dict[tuple[State, State], list[str]] = {}
    for move in MOVES:
        if len(move.states) >= MANY:
            continue
        for start in sorted(move.states, key=ORDER.index):
            for end in _drawn(move):
                if start != end and (move.name, start) not in STAYS:
                    found.setdefault((start, end), []).append(move.name)
    return found


def _drawn(move: Move) -> tuple[State, ...]:
    """Where a move leads, without the many states to which it may lead back."""
    if len(move.to) < MANY:
        return move.to
    return () if State.DECIDED in move.to else tuple(state for state in _NOT_BEFORE if state in move.to)


_NOT_BEFORE = (State.REMEDYING, State.CLOSED)


def anywhere() -> list[str]:
    """What the picture says in words, because it may happen nearly anywhere or lead back to anywhere."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in MOVES:
        if move.to and (len(move.states) >= MANY or len(move.to) >= MANY):
            found.setdefault((states_in(move), goes_to(move)), []).append(move.name)
    return [f"{', '.join(names)}: from {start} to {end}" for (start, end), names in found.items()]


def _arc(start: State, end: State) -> str:
    one, other = ORDER.index(start), ORDER.index(end)
    edge, reach, low = _reach(one, other)
    y1, y2, kind = _y(one) + low, _y(other) - low, "on" if other > one else "back"
    curve = f"M{edge},{y1} C{edge + reach},{y1} {edge + reach},{y2} {edge},{y2}"
    return f'<path class="{kind}" d="{curve}" marker-end="url(#{kind}-end)"/>'


def _names(start: State, end: State, names: list[str]) -> str:
    one, other = ORDER.index(start), ORDER.index(end)
    edge, reach, _ = _reach(one, other)
    kind, anchor, aside = ("on", "end", -6) if other > one else ("back", "start", 6)
    x = edge + reach * 0.75 + aside  # where a curve of this form is farthest out
    top = (_y(one) + _y(other)) / 2 - (len(names) - 1) * LINE / 2 + 4
    lines = (f'<tspan x="{x:g}" y="{top + n * LINE:g}">{escape(_words(name))}</tspan>' for n, name in enumerate(names))
    return f'<text class="{kind}" text-anchor="{anchor}">{"".join(lines)}</text>'


def _reach(one: int, other: int) -> tuple[int, int, int]:
    """The side on which an arc leaves, how far out it is pulled, and how far beside the middle of the box it leaves."""
    side = -1 if other > one else 1
    return MIDDLE + side * BOX_WIDTH // 2, side * (30 + 58 * abs(other - one)), -side * 8


def _words(name: str) -> str:
    return name.replace("_", " ")


def _y(row: int) -> int:
    return TOP + row * STEP


def _box(state: State) -> str:
    x, y = MIDDLE - BOX_WIDTH // 2, _y(ORDER.index(state))
    rect = f'<rect x="{x}" y="{y - BOX_HEIGHT // 2}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="8"/>'
    return f'{rect}\n<text class="state" x="{MIDDLE}" y="{y + 5}" text-anchor="middle">{state}</text>'


def _marker(kind: str) -> str:
    size = 'viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"'
    return f'<marker id="{kind}-end" {size}><path class="{kind}-end" d="M0,0 L8,4 L0,8 z"/></marker>'


def picture() -> str:
    """The drawing that docs/pictures/moves.svg has to be."""
    notes = anywhere()
    below = _y(len(ORDER) - 1) + 70
    height = below + len(notes) * 22 + 10
    drawn = ways()
    drawing = [
        *(_arc(start, end) for start, end in drawn),
        *(_names(start, end, names) for (start, end), names in drawn.items()),
        *map(_box, ORDER),
        *(f'<text x="60" y="{below + n * 22}">{escape(_words(line))}</text>' for n, line in enumerate(notes)),
    ]
    parts = "\n".join(drawing)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title">
<title id="title">The states of a complaint and the moves between them</title>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #1f2933; paint-order: stroke; stroke: #fff; stroke-width: 4px; }}
.state {{ font-weight: 600; font-size: 14px; stroke: none; }}
path {{ fill: none; stroke-width: 1.5; }}
path.on {{ stroke: #0b5a82; }}
path.back {{ stroke: #8a4b08; }}
text.on, .on-end {{ fill: #0b5a82; }}
text.back, .back-end {{ fill: #8a4b08; }}
rect {{ fill: #eef2f6; stroke: #52606d; }}
.paper {{ fill: #fff; stroke: none; }}
</style>
<defs>{_marker("on")}{_marker("back")}</defs>
<rect class="paper" width="{WIDTH}" height="{height}"/>
{parts}
</svg>
"""


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
    PICTURE.write_text(picture(), "utf-8")
