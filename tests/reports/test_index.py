"""The index and the summary as files: what stands in them, and what they leave alone."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from workbook.errors import Message
from workbook.files import BOM
from workbook.reports.folder import stem_of
from workbook.reports.index import write_index
from workbook.reports.summary import COLUMNS, DECIMALS, fates_bar
from workbook.reports.task import Row
from workbook.words import Words


def rows_of(out):
    """The rows of the summary as a spreadsheet reads them."""
    text = (out / "summary.csv").read_text("utf-8")
    assert text.startswith(BOM)
    return list(csv.DictReader(text.removeprefix(BOM).splitlines()))


PLAN = """\
plan: 1
id: bakery
title: =cmd()
goal: shop
cash: 20000
burn_per_week: 500
milestones:
  - {id: demand, weeks: 2, cost: 500, pass_rate: 0.6, attempts: 5}
  - {id: shop, needs: [demand], weeks: 3, cost: 3000, pass_rate: 0.5}
"""


@pytest.fixture(scope="module")
def real(make, tmp_path_factory):
    """A folder with one real report, and an index that misses another."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "bakery.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "none.yaml").write_text("plan: 1\n", encoding="utf-8")
    make(folder / "out", folder)
    return folder / "out"


def test_the_summary_says_what_the_report_says(real):
    """A row a report with its data's figures, to so many decimals, and one for what is missing."""
    broken, row = rows_of(real)
    data = json.loads((real / "bakery.json").read_text())
    assert broken["state"] == "faulty"
    assert broken["source"] == "none.yaml"
    assert broken["reasons"]
    assert row["state"] == "made"
    assert row["title"] == "'=cmd()"
    assert float(row["goal"]) == round(data["fates"]["goal"], DECIMALS)
    assert float(row["goal_week"]) == round(data["mean"]["week_if_goal"], DECIMALS)
    assert row["riskiest"] in ("demand", "shop")
    assert row["page"] == "bakery.html"
    assert list(row) == list(COLUMNS)


def test_the_json_has_the_same_rows_and_says_what_each_column_is(real):
    """A program needs no second file to read it."""
    reported = json.loads((real / "summary.json").read_text("utf-8"))
    assert list(reported["columns"]) == list(COLUMNS)
    for row, line in zip(reported["reports"], rows_of(real), strict=True):
        assert list(row) == list(COLUMNS)
        assert str(row["plan"] or "") == line["plan"]
    assert reported["reports"][1]["title"] == "=cmd()"


def test_failures_stand_on_top_and_the_policy_names_our_script(real):
    """Exactly the text between the script tags may run: its hash is in the policy."""
    html = (real / "index.html").read_text("utf-8")
    assert html.index("none.yaml") < html.index("bakery.html")
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL).group(1)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1)
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]
    page = (real / "bakery.html").read_text("utf-8")
    assert "script-src" not in page


def test_a_report_that_failed_is_in_the_summary_with_its_reason(tmp_path):
    """Without figures, without a page, and in the language of the batch."""
    reason = Message("A cell took longer than {seconds} seconds.", {"seconds": 3})
    write_index(tmp_path, [Row("plans/x.yaml", "x", "failed", reasons=(reason,))], "zh")
    (row,) = rows_of(tmp_path)
    assert row["source"] == "x.yaml"
    assert row["goal"] == row["page"] == ""
    assert "3 秒" in row["reasons"]


def test_files_that_are_not_ours_are_kept(tmp_path):
    """A stranger's index.html or summary.csv moves aside; our own is written again."""
    for name in ("index.html", "summary.csv", "summary.json"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    for _ in range(2):
        write_index(tmp_path, [], "en")
    for name in ("index.html", "summary.csv", "summary.json"):
        assert (tmp_path / f"{name}.before").read_text("utf-8") == "mine"
        assert "mine" not in (tmp_path / name).read_text("utf-8")


def test_a_data_file_of_any_shape_does_no_harm(tmp_path):
    """An index is made whatever another program has left in the folder."""
    for text in ("[]", "{", '{"fates": 3, "report": null}', '{"fates": {"goal": "<b>"}}'):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        write_index(tmp_path, [Row("x", "x", "made", title="x", goal=0.5)], "en")
        assert "<b>" not in (tmp_path / "index.html").read_text("utf-8")


def test_no_report_is_called_as_the_index_or_the_summary():
    """A plan of that id gets another file name."""
    assert stem_of("index") != "index"
    assert stem_of("Summary") != "Summary"


def test_a_fates_bar_is_as_long_as_its_shares():
    """Parts stand side by side in one order, and the words say the same."""
    bar = fates_bar({"goal": 0.25, "ruin": 0.5, "stuck": 0.0, "open": 0.25}, Words("en"))
    assert re.findall(r'd="M(\d+) 0h(\d+)v90h-\d+z" fill="var\(--wb-(\w+),', bar) == [
        ("0", "225", "goal"),
        ("225", "225", "open"),
        ("450", "450", "ruin"),
    ]
    assert 'aria-label="goal 25%, open 25% and ruin 50%"' in bar


def test_a_page_says_whose_it_is(make, tmp_path):
    """A name of a class file is on its page, in the index and the summary, as written."""
    (tmp_path / "bakery.yaml").write_text(PLAN, encoding="utf-8")
    text = "participant,plan\n<b>Lin</b>,bakery.yaml\n=cmd(),bakery.yaml\nCON,bakery.yaml\n"
    (tmp_path / "class.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    rows = make(out, tmp_path / "class.csv").rows
    assert [row.state for row in rows] == ["made"] * 3
    page = (out / f"{rows[0].stem}.html").read_text("utf-8")
    assert '<p class="owner">&lt;b&gt;Lin&lt;/b&gt;</p>' in page
    assert "<title>&lt;b&gt;Lin&lt;/b&gt; · " in page
    assert "<b>Lin</b>" not in (out / "index.html").read_text("utf-8")
    assert [row["participant"] for row in rows_of(out)] == ["<b>Lin</b>", "'=cmd()", "CON"]
    assert {path.parent for path in out.rglob("*")} == {out}
    assert not [path for path in out.iterdir() if path.stem.upper() == "CON"]
