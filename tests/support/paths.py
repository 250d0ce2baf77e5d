"""Where things are in this repository."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
RIVERSIDE: Final = ROOT / "knowledge" / "practices" / "riverside"
EVALS: Final = ROOT.parent / "shared" / "evals"
