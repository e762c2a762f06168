"""A benchmark refuses a case that is not there, and names those that are."""

from __future__ import annotations

import pytest
from benchmarks import batch

from workbook import cases


def test_an_unknown_case_is_refused_with_the_known_ones(monkeypatch, capsys):
    """No plan is read and nothing is measured; the message names each case, `new` and `all`."""
    monkeypatch.setattr("sys.argv", ["batch", "--case", "lozenge"])
    with pytest.raises(SystemExit) as ended:
        batch.main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert all(name in said for name in ("'lozenge'", "new", "all", *cases.shipped()))
