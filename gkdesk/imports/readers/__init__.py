"""Readers: the bytes of one kind of file -> blocks (paragraphs and tables of text), nothing understood yet.

The shape of what they return is :mod:`gkdesk.imports.contract`'s; they run in its limited process and raise KnownError
(without the file's name) for what they refuse.
"""
