"""How work grows with what it is given: a ratio within one run, so that no machine is too slow."""

import time
from collections.abc import Callable
from typing import Any

#: Proportional work is at most this many times dearer than its size says: noise, not a power.
SLACK = 4


def grows_in_proportion(act: Callable[[Any], Any], little: Any, much: Any, times: int) -> bool:
    """Tell whether acting on ``times`` as much takes about as many times the processor's time."""
    return cheapest(act, much) < SLACK * times * max(cheapest(act, little), 1e-5)


def cheapest(act: Callable[[Any], Any], given: Any) -> float:
    """Return the seconds of this thread's own work that the quickest of three takes."""
    return min(cost(act, given) for _time in range(3))


def cost(act: Callable[[Any], Any], given: Any) -> float:
    begun = time.thread_time()
    act(given)
    return time.thread_time() - begun
