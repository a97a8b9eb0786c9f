"""What gkdesk.exe and gkdesk-cli.exe run; build.py puts it into the installed program's app folder.

The start is said to be frozen: readers of foreign files are then started through this very program
(`gkdesk.exe --reader`), since there is no python.exe here, and the portable copy keeps its data beside it.
"""

import os
import sys

sys.frozen = True
# Other programs set these for all; with them Qt would load their plugins, and abort.
for variable in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"):
    os.environ.pop(variable, None)

from gkdesk.__main__ import main  # noqa: E402 - sys.frozen comes first

main()
