import asyncio

import pytest

from tests.virtual_time import NothingLeftToHappen, run_virtual


def test_waiting_costs_nothing_and_is_exact() -> None:
    async def main() -> float:
        await asyncio.sleep(2700)
        return asyncio.get_running_loop().time()

    assert run_virtual(main()) == pytest.approx(2700)


def test_waiting_for_what_cannot_happen_fails_at_once() -> None:
    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(NothingLeftToHappen):
        run_virtual(main())


def test_a_task_left_behind_fails_the_test() -> None:
    async def main() -> None:
        main.left = asyncio.create_task(asyncio.sleep(5), name="forgotten")  # type: ignore[attr-defined]

    with pytest.raises(AssertionError, match="forgotten"):
        run_virtual(main())
