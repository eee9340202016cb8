"""What is kept no longer is destroyed: its files, what it is found by, and the key without which its words are noise.

The case and its chain stay, unreadable, so that counts and figures are what they were. Each step can be done again: a
complaint leaves the index only when all is done, so whatever was interrupted is taken up the next night.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from adapters.files import Files
from adapters.items import Items
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
        next run. Raises RuntimeError at the end if one could not be destroyed.
        """
        self._again(now)
        done, failed, ends = 0, 0, monotonic() + LASTS
        for complaint in self._due(now):
            if monotonic() > ends:
                break
            try:
                self.destroy(complaint, now)
                done += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the next one has its turn
                logger.error("not destroyed", reference=complaint.reference, **trace(error))
                failed += 1
        logger.info("destroyed", complaints=done, failed=failed)
        if failed:
            raise RuntimeError(f"{failed} complaints could not be destroyed")
        return done

    def destroy(self, complaint: Complaint, now: datetime) -> None:
        """Nothing of its words can be read any more, and it stands in no list."""
        files = self._files.remove_all(complaint.reference)
        self._search.forget(complaint)
        self._keys.delete({"reference": complaint.reference})
        self._table.retire(complaint, files, now)

    def _due(self, now: datetime) -> Iterator[Complaint]:
        """What is kept no longer; what was merged waits for the complaint that it was merged into."""
        for complaint, _, _ in self._table.page("closed", None, THE_SYSTEM):
            if due(complaint, self._table.rules, now) and not self._readable(complaint.merged_into):
                yield complaint

    def _readable(self, reference: str | None) -> bool:
        return reference is not None and self._keys.get({"reference": reference}) is not None

    def _again(self, now: datetime) -> None:
        """What a restored backup brought back of what was destroyed goes once more."""
        for _, reference, _ in self._table.destroyed(now - AGAIN):
            if self._readable(reference):
                self._keys.delete({"reference": reference})
                logger.warning("destroyed again", reference=reference)
