"""Time zones come from the `tzdata` package, not from the machine: a stale system table is an hour's error at someone's door.

Debian 12 has tzdata 2025b, which does not know the changes of 2026 (calcom/cal.diy#30104 is the same bug elsewhere).
"""

from __future__ import annotations

import zoneinfo


def use_packaged_zones() -> None:
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
