"""Work in a process of its own, forked from that of the tests: nothing is imported again."""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import NoReturn


def fork() -> int:
    """`os.fork` without a warning because of the idle threads of numpy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


class Child:
    """A process that does `work`; what it prints is read from `stdout` and `stderr`."""

    def __init__(self, work: Callable[[], object]) -> None:
        pipes = os.pipe(), os.pipe()
        self._pid = fork()
        if not self._pid:
            _work_and_exit(work, [write for _, write in pipes])
        for _, write in pipes:
            os.close(write)
        self.stdout, self.stderr = (os.fdopen(read, encoding="utf-8") for read, _ in pipes)
        self._ended: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self._pid, number)

    def wait(self) -> int:
        """How it ended: its exit code, or the negative number of a signal."""
        if self._ended is None:
            self._ended = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._ended

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ended is None:
            self.send_signal(signal.SIGKILL)
            self.wait()
        self.stdout.close()
        self.stderr.close()


def _work_and_exit(work: Callable[[], object], writes: list[int]) -> NoReturn:
    """As a program ends: with 0, with the code of SystemExit, or with 1 after a traceback."""
    code: object = 1
    try:
        for number, write in enumerate(writes, 1):
            os.dup2(write, number)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))
        try:
            work()
        finally:
            sys.stdout.flush()
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stderr.flush()
        finally:
            os._exit(code if isinstance(code, int) else 1)
