"""The one exception that is told to the user."""


class KnownError(Exception):
    """A failure outside the program (disk full, locked, damaged, not readable) in words for the user.

    The message is one line of plain Chinese: what is wrong, where, what to do. Everything that is not a KnownError
    is a bug of the program.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
