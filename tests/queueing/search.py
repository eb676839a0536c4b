"""How hard the property tests look: always the same way where a machine checks every change."""

import os

from hypothesis import HealthCheck, settings

EVERY_TIME_THE_SAME = bool({"CI", "LOBBY_TEST_REQUIRE"} & os.environ.keys())


MORE_WITH_THE_OPTION = 10


def search(examples: int, steps: int = 50) -> settings:
    """So many examples in every run, ten times as many with `--matrix`."""
    is_whole = settings.get_current_profile_name() == "matrix"
    return settings(
        max_examples=examples * (MORE_WITH_THE_OPTION if is_whole else 1),
        stateful_step_count=steps,
        derandomize=EVERY_TIME_THE_SAME,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
