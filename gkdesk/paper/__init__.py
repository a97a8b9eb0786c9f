"""Paper: the page of GB/T 9704-2012, faces, line breaking and the marks that a page is made of.

Nothing here draws: the writers in `gkdesk.exports` turn pages of marks into files.
"""

from __future__ import annotations

from gkdesk.paper.compose_report import Copy, Options, Pages, chosen_faces, compose, default_faces

__all__ = ["Copy", "Options", "Pages", "chosen_faces", "compose", "default_faces"]
