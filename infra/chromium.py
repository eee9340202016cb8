"""Finds the browser that the tests drive: `python -m infra.chromium` prints its path, or says how to get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Debian's build for the sandboxes of continuous integration, and quiet otherwise.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """CHROMIUM if it is set, else the system's, else the one that Playwright brings; None if it cannot be had."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if Path(chosen).exists() else None
    if on_path := next(filter(None, map(shutil.which, NAMES)), None):
        return on_path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        brought = Path(playwright.chromium.executable_path)
    if not brought.exists():
        # Output would end in the path that the caller reads.
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)
    return str(brought) if brought.exists() else None


if __name__ == "__main__":
    path = found()
    if path is None:
        sys.exit("The browser tests need Chromium. Install it (apt-get install chromium), or point CHROMIUM at it.")
    print(path)
