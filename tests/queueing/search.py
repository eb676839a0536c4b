"""How hard the property tests look: always the same way where a machine checks every change."""

import os

from hypothesis import HealthCheck, settings

EVERY_TIME_THE_SAME = bool({"CI", "LOBBY_TEST_REQUIRE"} & os.environ.keys())


def search(examples: int, steps: int = 50) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=EVERY_TIME_THE_SAME,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
