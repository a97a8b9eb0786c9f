"""What a screen reader hears: prints a line of JSON for what gets the focus, and presses buttons by their names.

Runs under the system's Python, which has Debian's bindings of AT-SPI; talks to nothing but standard input and
output. Lines that come in are ``press NAME`` and ``quit``.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

FOCUSED, ANNOUNCED, RENAMED = (
    "object:state-changed:focused",
    "object:announcement",
    "object:property-change:accessible-name",
)
"""What is listened for. Names are kept until one is said to be new, as screen readers do."""
DEPTH = 40
LONGEST = 200
"""Characters of a text that are read out."""


def spoken(accessible):
    """Role, name, value and description of an object, as a screen reader reads them out."""
    text = accessible.get_text_iface()
    value = Atspi.Text.get_text(text, 0, LONGEST) if text else ""
    return {
        "role": accessible.get_role_name(),
        "name": accessible.get_name() or "",
        "value": value,
        "description": accessible.get_description() or "",
    }


def say(words):
    print(json.dumps(words, ensure_ascii=False), flush=True)


def on_event(event):
    if event.type == RENAMED or (event.type == FOCUSED and not event.detail1):
        return
    try:
        say({"event": event.type, **spoken(event.source)})
    except GLib.Error as error:
        # gone before it could be asked
        say({"event": event.type, "error": str(error)})


def find_button(accessible, name, depth=0):
    if accessible is None or depth > DEPTH:
        return None
    states = accessible.get_state_set()
    if accessible.get_name() == name and "button" in accessible.get_role_name():
        showing = states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.SENSITIVE)
        return accessible if showing else None
    if states.contains(Atspi.StateType.MANAGES_DESCENDANTS):
        return None
    for number in range(accessible.get_child_count()):
        found = find_button(accessible.get_child_at_index(number), name, depth + 1)
        if found is not None:
            return found
    return None


def press(name):
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        button = find_button(desktop.get_child_at_index(number), name)
        if button is not None:
            say({"event": "pressed", "name": name, "done": button.get_action_iface().do_action(0)})
            return
    say({"event": "no such button", "name": name})


def on_input(source, _condition):
    line = source.readline()
    if not line or line.strip() == "quit":
        Atspi.event_quit()
        return False
    press(line.strip().removeprefix("press "))
    return True


def main():
    listener = Atspi.EventListener.new(on_event)
    for name in (FOCUSED, ANNOUNCED, RENAMED):
        listener.register(name)
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_input)
    say({"event": "listening"})
    Atspi.event_main()


if __name__ == "__main__":
    main()
