"""What does a map look like? A picture of its page, taken by a browser without a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from maps.errors import BrowserFailedError, BrowserMissingError

BROWSER_VARIABLE = "GEOEVENTS_CHROMIUM"
"""Environment variable that names the browser's program."""

_PROGRAMS = (
    "chromium",
    "chromium-browser",
    "chromium-headless-shell",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_DRAWN_MS = 10_000  # of the page's own clock, which runs ahead while nothing loads
_TIMEOUT_S = 120
# A page looks as to somebody with a mouse: what a touch screen always shows is shown on hovering.
_WITH_A_MOUSE = (
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,"
    "primaryPointerType=4,availablePointerTypes=4"
)
_SHOWN = 200  # characters of a browser's last words


def browser_program() -> str:
    """Return the program of a Chromium browser.

    Raises
    ------
    BrowserMissingError
        If there is none, or ``GEOEVENTS_CHROMIUM`` names none.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    for program in [named] if named else [*_PROGRAMS, *_PLACES]:
        if found := shutil.which(program):
            return found
    raise BrowserMissingError(named)


def photograph(
    page: Path | str, picture: Path | str, *, width: int = 1600, height: int = 1000
) -> None:
    """Write a picture of a page.

    Parameters
    ----------
    page
        File of a page; nothing is loaded from elsewhere.
    picture
        File to write, a PNG.
    width, height
        Of the window, in pixels.

    Raises
    ------
    BrowserMissingError
        If no Chromium browser is found.
    BrowserFailedError
        If it ends without a picture.
    """
    picture = Path(picture)
    with tempfile.TemporaryDirectory(prefix="geoevents-browser-") as profile:
        words = [
            browser_program(),
            "--headless",
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={profile}",
            _WITH_A_MOUSE,
            f"--window-size={width},{height}",
            f"--virtual-time-budget={_DRAWN_MS}",
            f"--screenshot={picture.resolve()}",
            Path(page).resolve().as_uri(),
        ]
        if _is_root():
            words.insert(1, "--no-sandbox")  # Chromium does not start for root otherwise
        try:
            ended = subprocess.run(  # noqa: S603 -- our own words, no shell
                words, capture_output=True, timeout=_TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise BrowserFailedError(f"it took more than {_TIMEOUT_S} seconds") from error
        except OSError as error:
            raise BrowserFailedError(error.strerror or str(error)) from error
    if not picture.exists():
        lines = ended.stderr.decode(errors="replace").strip().splitlines()
        raise BrowserFailedError(lines[-1][:_SHOWN] if lines else f"exit code {ended.returncode}")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
