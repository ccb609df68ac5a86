"""Several people at once: real threads, real connections, one starting shot."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

Act = Callable[[], Any]

#: Longer than any lock is waited for (SQLite's timeout is 20 seconds): a hang, not a queue.
PATIENCE = 60


def race(*acts: Act) -> list[Any]:
    """Run every act in a thread with a connection of its own; return what each came to.

    All start together, connected already. An act that raises comes to its exception; the order
    of the results is that of the acts.
    """
    came_to: list[Any] = [None] * len(acts)
    shot = threading.Barrier(len(acts), timeout=PATIENCE)

    def run(place: int, act: Act) -> None:
        try:
            connection.ensure_connection()
            shot.wait()
            came_to[place] = act()
        except Exception as error:
            came_to[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=numbered, daemon=True) for numbered in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return came_to


def refusals(came_to: list[Any]) -> list[Exception]:
    """Return the exceptions among what the acts came to."""
    return [result for result in came_to if isinstance(result, Exception)]
