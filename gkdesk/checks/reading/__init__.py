"""Reading figures in Chinese text: what each figure of a report's text counts.

The unit's own name is hidden (:mod:`names`), characters become tokens (:mod:`tokens`), tokens sentences and clauses
(:mod:`clauses`); the binder (:mod:`bind`) walks through them and :mod:`counting` finds out what each figure counts
(:mod:`ways`: whether it is only what came one way; :mod:`lone`: what the only figure of a sentence counts);
:mod:`reader` does all of it. All words stand in ``resources/vocabulary/words.toml``; which cells they mean stands in
the file of each format (:mod:`cells`).
None of it is imported before the first text is checked.
"""

PLAIN, BASE, DELTA = "plain", "base", "delta"
"""Role of a figure: this year's; the one that it is compared with; by how much they differ."""
POINTS = "点"
"""Unit of percentage points."""
