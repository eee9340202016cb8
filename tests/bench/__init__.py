"""What Redress costs beside what it would cost at least: `python -m tests.bench`, or `make bench`.

Figures, not verdicts. Nothing here is a test; a figure that must not rise gets one of its own.
"""

import infra  # noqa: F401 - puts functions/ on the path
