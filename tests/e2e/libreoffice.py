"""LibreOffice with a window, for what other programs put on the clipboard and take from it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.e2e.screen import Screen

# no questions and no tips at the first start
SETTINGS = ("FirstRun", "ShowTipOfTheDay")
PROFILE = (
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        '<item oor:path="/org.openoffice.Office.Common/Misc">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>false</value></prop></item>'
        for name in SETTINGS
    )
    + "</oor:items>"
)


def missing() -> str:
    """What is missing of a LibreOffice that can open a window; empty when it is there."""
    program = shutil.which("soffice")
    if program is None:
        return "LibreOffice"
    # the packages without a window have no plug-in for X
    if not list(Path(program).resolve().parent.glob("libvclplug_*")):
        return "a LibreOffice that opens windows (Debian: libreoffice-calc, not libreoffice-calc-nogui)"
    return "" if shutil.which("xclip") else "xclip"


def open_in_calc(screen: Screen, file: Path, profile: Path) -> str:
    """Open a file; returns what its window is called."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    title = f"{file.name}.*Calc"
    options = [f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo", "--calc"]
    # plain X without a desktop's toolkit: the same keys everywhere
    screen.run("soffice", *options, file, title=title, SAL_USE_VCLPLUGIN="gen")
    return title
