"""EVIDENCE: files that were left half-way are brought to their end, and a scanner's verdict comes back."""

from datetime import datetime
from typing import Any

from adapters.evidence import Evidence, Verdict
from adapters.files import placed
from adapters.telemetry import logger

VERDICTS: dict[str, Verdict] = {"NO_THREATS_FOUND": "clean", "THREATS_FOUND": "infected"}


def react(event: dict[str, Any], evidence: Evidence, now: datetime) -> None:
    """Tend to a file that waits, or mark one as GuardDuty says. A verdict on what is no file of ours is none."""
    if event["source"] != "aws.guardduty":
        evidence.tend(event["detail"]["reference"], event["detail"]["file"], now)
        return
    scanned, result = event["detail"]["s3ObjectDetails"], event["detail"]["scanResultDetails"]["scanResultStatus"]
    place, verdict = placed(scanned["objectKey"]), VERDICTS.get(result)
    if place is None:
        return
    reference, file = place
    if verdict is None:  # too deeply packed, locked with a password, or out of reach: it stays unscanned, and says so
        logger.warning("not scanned", reference=reference, file=file, result=result)
        return
    if evidence.scanned(reference, file, scanned["versionId"], verdict):
        logger.info("scanned", reference=reference, file=file, verdict=verdict)
