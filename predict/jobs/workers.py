"""Workers: the processes that do a run's work, here or on a cluster, and how they are fed."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from copydesk.errors import InvalidInput, MissingPackage, RunFailed
from copydesk.predict.jobs.worker import Setup, SetupFile, find_worker

_CONNECT_SECONDS = 10
_LOKY_THREAD = "ExecutorManagerThread"
_WATCH_SECONDS = 2.0
# How often a task is tried where the worker that had it is gone.
_RETRIES = 5
# Objects made before garbage in cycles is looked for, of which there is next to none: to look
# after 700, as is usual, takes a twentieth of all the time.
_OBJECTS_MADE = 100_000
_Result = TypeVar("_Result")
_Arguments = ParamSpec("_Arguments")


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work.

    Parameters
    ----------
    executor : Executor
        Takes tasks.
    share : callable
        Brings a setup to where the work is done.
    where : Setup, SetupFile or dask Future of a Setup
        The setup in use, as each task is given it to find its worker.
    n_ahead : int
        How many tasks may wait: enough that nobody idles, few enough that memory is bounded.
    """

    executor: Executor
    share: Callable[[Setup], Any]
    where: Any
    n_ahead: int

    def with_setup(self, setup: Setup) -> Workers:
        """Give the same processes another setup."""
        return replace(self, where=self.share(setup))

    def run_in_order(
        self, function: Callable[..., _Result], tasks: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """Yield each task's result, in the order of the tasks."""
        waiting: deque[Future[_Result]] = deque()
        with _losses_in_words():
            for task in tasks:
                waiting.append(self.executor.submit(function, self.where, *task))
                if len(waiting) >= self.n_ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def run(
        self, function: Callable[..., _Result], tasks: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """Yield each task's result as soon as it is there."""
        waiting: set[Future[_Result]] = set()
        with _losses_in_words():
            for task in tasks:
                waiting.add(self.executor.submit(function, self.where, *task))
                while len(waiting) >= self.n_ahead:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)


@contextmanager
def local_workers(setup: Setup, n_jobs: int = 1) -> Iterator[Workers]:
    """Gather processes of this machine; ``n_jobs`` as joblib counts them, 1 is this process."""
    if n_jobs == 1:
        from threadpoolctl import threadpool_limits  # deferred, as joblib is

        # Products are small: a second thread takes a quarter more of the processor for nothing.
        with threadpool_limits(1, "blas"), _collecting_garbage_rarely():
            yield Workers(_Here(), lambda one: one, setup, n_ahead=1)
        return
    with _local_workers(setup, n_jobs) as workers:
        yield workers


@contextmanager
def _collecting_garbage_rarely() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_MADE)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class _Here(Executor):
    """Does each task at once, in this process."""

    def submit(
        self,
        fn: Callable[_Arguments, _Result],
        /,
        *args: _Arguments.args,
        **kwargs: _Arguments.kwargs,
    ) -> Future[_Result]:
        done: Future[_Result] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@contextmanager
def _local_workers(setup: Setup, n_jobs: int) -> Iterator[Workers]:
    from joblib import effective_n_jobs  # deferred: for one article it would take the longest
    from joblib.externals.loky import ProcessPoolExecutor

    n_workers = effective_n_jobs(n_jobs)
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:

        def share(one: Setup) -> SetupFile:
            path = Path(folder) / one.run
            path.write_bytes(pickle.dumps(one, pickle.HIGHEST_PROTOCOL))
            return SetupFile(path, one.run)

        where = share(setup)
        # Each process is one core's: threads of numeric libraries would only wait for each other.
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        executor = ProcessPoolExecutor(
            n_workers, initializer=_begin_work, initargs=(where, os.getpid()), env=threads
        )
        finished = False
        try:
            yield Workers(executor, share, where, n_ahead=2 * n_workers)
            finished = True
        finally:
            with _given_up_in_silence():
                executor.shutdown(wait=True, kill_workers=not finished)


@contextmanager
def _given_up_in_silence() -> Iterator[None]:
    """Keep loky's thread from telling of tasks given up: it looks for them once more (KeyError)."""
    tell = threading.excepthook

    def tell_others(failed: threading.ExceptHookArgs) -> None:
        name = None if failed.thread is None else failed.thread.name
        if not (name == _LOKY_THREAD and failed.exc_type is KeyError):
            tell(failed)

    threading.excepthook = tell_others
    try:
        yield
    finally:
        threading.excepthook = tell


def _begin_work(where: SetupFile, parent: int) -> None:
    """Prepare a process: it ends with its parent, which alone is told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    gc.set_threshold(_OBJECTS_MADE)
    find_worker(where)


def _end_with_parent(parent: int) -> None:
    """End this process once its parent was killed, be it before this one began to watch."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """Connect with a dask scheduler.

    Raises
    ------
    MissingPackage
        dask is not installed.
    InvalidInput
        No scheduler answers.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise MissingPackage("--cluster needs dask: pip install 'copydesk[cluster]'") from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=_CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise InvalidInput(f"no dask scheduler answers at {address}: {error}") from error
    try:
        with client:
            yield client
    except KilledWorker as error:
        raise RunFailed(
            f"a chunk was given up: {error.allowed_failures} workers of {address} that had it are "
            "gone (killed, or out of memory)"
        ) from error
    except CommClosedError as error:
        raise RunFailed(f"the dask scheduler at {address} is gone: {error}") from error


def cluster_workers(client: Any, setup: Setup) -> Workers:
    """Make workers of those of a cluster."""

    def share(one: Setup) -> Any:
        # A task, not scattered data: it is made again where the worker that held it is gone.
        return client.submit(_same, one, pure=False)

    n_threads = sum(client.nthreads().values())
    executor = client.get_executor(retries=_RETRIES, pure=False)
    return Workers(executor, share, share(setup), n_ahead=2 * max(n_threads, 1))


def _same(setup: Setup) -> Setup:
    return setup


def workers_see(client: Any, paths: Sequence[Path]) -> bool:
    """Say whether all workers of a cluster find the same files in the same places."""
    expected = [_size(path) for path in paths]
    return all(found == expected for found in client.run(_sizes, list(paths)).values())


def _sizes(paths: Sequence[Path]) -> list[int]:
    return [_size(path) for path in paths]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


@contextmanager
def _losses_in_words() -> Iterator[None]:
    """Say in words that a process is gone.

    Raises
    ------
    RunFailed
        Where one was killed, or ran out of memory.
    """
    try:
        yield
    except (BrokenExecutor, CancelledError) as error:
        raise RunFailed(
            "a worker process was lost (killed, or out of memory): what is done is kept where "
            "there is a --job-dir, and the same command goes on; fewer --jobs need less memory"
        ) from error
