"""GKDesk: fill in, check and print the statutory annual report on open government information.

The core: no Qt, usable from scripts and from the command line.
"""

__version__ = "0.1.0"
