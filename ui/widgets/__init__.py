"""Small widgets used in several places of the window."""
