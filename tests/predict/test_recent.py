"""What was used last is kept, also where threads share it."""

import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from copydesk.predict.recent import RecentlyUsed


def test_what_was_not_used_for_longest_goes() -> None:
    recent: RecentlyUsed[str, int] = RecentlyUsed(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]
    assert len(recent) == 2


def test_a_value_that_is_put_anew_counts_once() -> None:
    recent: RecentlyUsed[str, int] = RecentlyUsed(2)
    for value in range(3):
        recent.put("a", value)
    assert (recent.get("a"), len(recent)) == (2, 1)


class Slow(OrderedDict[int, int]):
    """Lets other threads go on between a look-up and what is done with it."""

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key)
        time.sleep(0.001)
        return found


def test_threads_do_not_take_values_from_each_other() -> None:
    recent: RecentlyUsed[int, int] = RecentlyUsed(1)
    recent._values = Slow()

    def use(key: int) -> bool:
        recent.put(key, key)
        return recent.get(key) in (key, None)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(use, [*range(4)] * 25))
    assert len(recent) == 1
