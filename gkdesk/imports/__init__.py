"""Imports: a report out of files that came from elsewhere. Nothing is parsed before :mod:`gkdesk.imports.gate`."""
