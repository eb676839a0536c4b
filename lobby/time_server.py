"""Whether a time server keeps the machine's clock right, as the kernel says.

A machine without one may start with any date: Lobby then keeps the day that was open, and says so.
"""

import ctypes

TIMEX_BYTES = 512
"""More than a `struct timex` takes on any system; zeros in it ask and change nothing."""

TIME_ERROR = 5
"""What `ntp_adjtime` answers while the clock is not synchronised."""


def is_synchronised() -> bool | None:
    """None where the system cannot be asked."""
    try:
        ask = ctypes.CDLL(None).ntp_adjtime
    except (AttributeError, OSError, TypeError):
        return None
    answer = ask(ctypes.create_string_buffer(TIMEX_BYTES))
    return None if answer < 0 else answer != TIME_ERROR
