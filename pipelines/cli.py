"""Where the command line `sterrenwacht` begins: nothing is imported here that takes time.

Reading the program takes a third of a second. Whoever interrupts it then gets the same answer as later.
"""

import sys
from collections.abc import Sequence

#: What a shell expects of a command that Ctrl+C ended.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; that of a command that was interrupted before it began too."""
    try:
        from pipelines.interrupt import interrupt_held

        with interrupt_held():
            from pipelines.command_line import main as run
        return run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Afgebroken. De gepubliceerde versie is niet gewijzigd.\n")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
