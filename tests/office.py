"""LibreOffice as a clerk's office suite: what it makes of our files. Tests that need it are skipped where it is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")


def convert(home: Path, kind: str, *sources: Path, reader: str = "") -> list[Path]:
    """Files written as another kind into `out` beside the first of them, in one start; `home` keeps its settings.

    `reader` is the filter that reads them, where LibreOffice would take another.
    """
    folder = sources[0].parent / "out"
    command = [PROGRAM, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", kind]
    command += [f"--infilter={reader}"] if reader else []
    command += ["--outdir", folder, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [folder / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]
