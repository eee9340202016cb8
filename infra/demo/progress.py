"""Many complaints at a time, and a line on the terminal that shows how far they are."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from infra.demo.filed import Filed

WORKERS = 4


class Progress:
    """One line that grows on a terminal; one line at the end anywhere else."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._lock, self._began = threading.Lock(), time.monotonic()
        self._show()

    def step(self, done: int = 1) -> None:
        """So many more are done."""
        with self._lock:
            self._done += done
            self._show()

    def _show(self) -> None:
        finished = self._done == self._total
        if not (finished or sys.stderr.isatty()):
            return
        filled = 24 * self._done // max(1, self._total)
        took = f" {time.monotonic() - self._began:.0f} s" if finished else ""
        line = f"\r  {self._what:34} {'█' * filled}{'·' * (24 - filled)} {self._done}/{self._total}{took}"
        print(line, end="\n" if finished else "", file=sys.stderr, flush=True)


def side_by_side(what: str, do: Callable[[Filed], None], complaints: Iterable[Filed]) -> None:
    """Does it to each complaint, a few at a time; the first that goes wrong ends the demo."""
    complaints = list(complaints)
    progress = Progress(what, len(complaints))

    def one(complaint: Filed) -> None:
        do(complaint)
        progress.step()

    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(one, complaint) for complaint in complaints]
        try:
            for job in jobs:
                job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
