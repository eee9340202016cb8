"""The only errors that callers catch. Each has a code; adapters/http.py holds the status and the words for it."""

from typing import Any


class Refusal(Exception):
    """Something was asked that will not be done. Nothing was written."""

    code = "refused"


class NotFound(Refusal):
    """No such complaint, or no right to know that there is one: the two look the same."""

    code = "not-found"


class NotAllowed(Refusal):
    """This person's role does not allow it."""

    code = "not-allowed"


class NotNow(Refusal):
    """The table of moves does not allow it in this state, or a guard refused. `reason` names the guard."""

    code = "not-now"

    def __init__(self, reason: str = "state") -> None:
        super().__init__(reason)
        self.reason = reason


class OutOfDate(Refusal):
    """Somebody changed the complaint first. `current` is what it is now."""

    code = "out-of-date"

    def __init__(self, current: Any = None) -> None:
        super().__init__("out of date")
        self.current = current


class Clash(Refusal):
    """The idempotency key was used before, for another body."""

    code = "idempotency-clash"


class Incomplete(Refusal):
    """The request is well-formed and still cannot be taken. `errors` are (pointer, code) pairs."""

    code = "validation"

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__("incomplete")
        self.errors = errors


class TooMany(Refusal):
    """Too many tries. `retry_after` is in seconds."""

    code = "too-many"

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many")
        self.retry_after = retry_after
