"""Python imports this in a dashboard under test: asked by a signal it tells what each of its tasks waits for."""

import asyncio
import signal
import sys
from types import FrameType


def _tell(_number: int, _frame: FrameType | None) -> None:
    for task in asyncio.all_tasks():
        task.print_stack(file=sys.stderr)


signal.signal(signal.SIGUSR1, _tell)
