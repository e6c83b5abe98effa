"""Long work off the Tk thread: the only threads of the kiosk, and the only polls.

A job is a plain function `job(progress)`. It calls `progress.report(done, total, text)` between its
steps, which also raises `Cancelled` when somebody asked to stop: a step is never cut in two. Jobs
run one after the other. What a job gives, and every call back, arrives on the Tk thread.
"""

from __future__ import annotations

import logging
import queue
import threading
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]
Told = Callable[[int, int, str], None]
Job = Callable[["Progress"], Any]

POLL_MS = 40
_LOG = logging.getLogger(__name__)


class Cancelled(Exception):
    """The person asked to stop, and the job did so between two steps."""


class Progress:
    """What a job tells of itself while it runs."""

    def __init__(self, tell: Told, is_cancelled: Callable[[], bool]) -> None:
        self._tell = tell
        self._is_cancelled = is_cancelled

    def report(self, done: int, total: int, text: str = "") -> None:
        """So many steps of `total` are done (0: nobody knows). Raises Cancelled."""
        if self._is_cancelled():
            raise Cancelled
        self._tell(done, total, text)


@dataclass(eq=False, slots=True)
class Handle:
    """A job under way, to cancel it or to see whether it is over."""

    _asked: threading.Event = field(default_factory=threading.Event)
    finished: bool = False

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._asked.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._asked.is_set()


class Runner(Protocol):
    """Runs jobs: `JobRunner` in the kiosk, `InlineRunner` in tests."""

    def start(
        self,
        job: Job,
        on_done: Done,
        on_error: Failed,
        on_progress: Told | None = None,
    ) -> Handle:
        """Run a job; exactly one of `on_done` and `on_error` follows, on the Tk thread."""
        ...

    @property
    def busy(self) -> bool:
        """Whether a job is under way or waits."""
        ...

    def stop(self, seconds: float) -> None:
        """Cancel what runs and wait for its step to end."""
        ...


@dataclass(eq=False, slots=True)
class _Task:
    job: Job
    on_done: Done
    on_error: Failed
    on_progress: Told | None
    handle: Handle


class JobRunner:
    """One worker thread of that `name`, polled by `after`; it never touches a widget."""

    def __init__(self, root: tk.Misc, poll_ms: int = POLL_MS, name: str = "jobs") -> None:
        self._root = root
        self._name = name
        self._poll_ms = poll_ms
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._events: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._pending: list[_Task] = []
        self._thread: threading.Thread | None = None
        self._polling = False

    def start(
        self, job: Job, on_done: Done, on_error: Failed, on_progress: Told | None = None
    ) -> Handle:
        """Run a job after those that wait already."""
        task = _Task(job, on_done, on_error, on_progress, Handle())
        self._pending.append(task)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._tasks.put(task)
        if not self._polling:
            self._polling = True
            self._root.after(self._poll_ms, self._poll)
        return task.handle

    @property
    def busy(self) -> bool:
        """Whether a job is under way or waits."""
        return bool(self._pending)

    def stop(self, seconds: float) -> None:
        """Cancel everything and wait for the step under way, so that nothing is cut in two."""
        for task in self._pending:
            task.handle.cancel()
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join(seconds)
            self._thread = None

    def _poll(self) -> None:
        # Kept going first: a call back that raises must not stop those that come after it.
        self._polling = bool(self._pending)
        if self._polling:
            self._root.after(self._poll_ms, self._poll)
        while True:
            try:
                event = self._events.get_nowait()
            except queue.Empty:
                return
            event()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._events.put(self._outcome(task))

    def _outcome(self, task: _Task) -> Callable[[], None]:
        def tell(done: int, total: int, text: str) -> None:
            if task.on_progress is not None:
                told = task.on_progress
                self._events.put(lambda: told(done, total, text))

        try:
            if task.handle.cancelled:
                raise Cancelled
            result = task.job(Progress(tell, lambda: task.handle.cancelled))
        except BaseException as error:
            failure = error
            return lambda: self._finish(task, lambda: task.on_error(failure))
        return lambda: self._finish(task, lambda: task.on_done(result))

    def _finish(self, task: _Task, deliver: Callable[[], None]) -> None:
        self._pending.remove(task)
        task.handle.finished = True
        deliver()


class InlineRunner:
    """Runs a job at once, on the spot: what tests use, so that none of them waits."""

    def __init__(self) -> None:
        self._depth = 0

    def start(
        self, job: Job, on_done: Done, on_error: Failed, on_progress: Told | None = None
    ) -> Handle:
        """Run the job now; its outcome is delivered before this returns."""
        handle = Handle()
        tell = on_progress or (lambda done, total, text: None)
        self._depth += 1
        try:
            result = job(Progress(tell, lambda: handle.cancelled))
        except Exception as error:
            failure: BaseException | None = error
        else:
            failure = None
        finally:
            self._depth -= 1
            handle.finished = True
        if failure is None:
            on_done(result)
        else:
            on_error(failure)
        return handle

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._depth > 0

    def stop(self, seconds: float) -> None:
        """Nothing is ever under way here."""
