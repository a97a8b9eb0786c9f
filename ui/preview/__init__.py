"""The finished pages on screen: what is seen is what is exported and printed."""
