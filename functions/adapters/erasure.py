"""What is kept no longer is destroyed: its files, what it is found by, and the key without which its words are noise.

The case and its chain stay, unreadable, so that counts and figures are what they were. First the case is marked, if it
is still what the index says; from then on nothing moves it, so nobody reopens what loses its key. Each step can be done
again: a complaint leaves the index only when all is done, so whatever was interrupted is taken up the next night.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from adapters.files import Files
from adapters.items import Items, hundreds
from adapters.search import Search
from adapters.table import Table
from adapters.telemetry import logger, trace
from complaints.complaint import Complaint
from complaints.retention import due
from complaints.roles import THE_SYSTEM

LASTS = 10.0  # seconds in which a run begins with complaints: it ends within its time, the next night takes up the rest
AGAIN = timedelta(days=62)  # a backup is younger than that: what it brought back is destroyed again


class Erasure:
    """Destroys, and keeps a log of it. `keys` is the table of data keys."""

    def __init__(self, table: Table, keys: Items, search: Search, files: Files) -> None:
        self._table = table
        self._keys = keys
        self._search = search
        self._files = files

    def run(self, now: datetime) -> int:
        """Destroy what is kept no longer, and give how many complaints that were.

        One that cannot be destroyed does not keep the others waiting, and those for which there is no time wait for the
        next run; one that has moved on since the index was read is kept. Raises RuntimeError at the end if one could
        not be destroyed.
        """
        done, failed, ends = 0, 0, monotonic() + LASTS
        self._again(now, ends)
        for complaint in self._due(now):
            if monotonic() > ends:
                break
            try:
                done += self.destroy(complaint, now)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next one has its turn
                logger.error("not destroyed", reference=complaint.reference, **trace(error))
                failed += 1
        logger.info("destroyed", complaints=done, failed=failed)
        if failed:
            raise RuntimeError(f"{failed} complaints could not be destroyed")
        return done

    def destroy(self, complaint: Complaint, now: datetime) -> bool:
        """Nothing of its words can be read any more, and it stands in no list. False if it has moved on: it is kept."""
        if not self._table.condemn(complaint, now):
            return False
        files = self._files.remove_all(complaint.reference)
        self._search.forget(complaint)
        self._keys.delete({"reference": complaint.reference})
        self._table.retire(complaint, files, now)
        return True

    def _due(self, now: datetime) -> Iterator[Complaint]:
        """What is kept no longer; what was merged waits for the complaint that it was merged into."""
        for complaint, _, _ in self._table.page("closed", None, THE_SYSTEM):
            if due(complaint, self._table.rules, now) and not self._readable(complaint.merged_into):
                yield complaint

    def _readable(self, reference: str | None) -> bool:
        return reference is not None and self._keys.get({"reference": reference}) is not None

    def _again(self, now: datetime, ends: float) -> None:
        """What a restored backup brought back of what was destroyed goes once more; the rest of it the next night."""
        for some in hundreds(self._table.destroyed(now - AGAIN)):
            if monotonic() > ends:
                break
            for row in self._keys.many({"reference": reference} for reference in {one.reference for one in some}):
                self._keys.delete({"reference": row["reference"]})
                logger.warning("destroyed again", reference=row["reference"])
