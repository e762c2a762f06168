"""JSON that every reader takes: no NaN, no infinity, nothing but plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np


def plain(value: Any) -> Any:
    """The value with NumPy's numbers and arrays made plain, and null for what is no number."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def strict_json(value: Any) -> str:
    """One JSON document, readable, ending in a line end."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def json_line(value: Any) -> str:
    """The same in one line, without the line end: one of several that follow each other."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)
