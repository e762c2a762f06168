"""The arguments of the commands, each defined once, and the kinds of typed values."""

from __future__ import annotations

from dataclasses import replace

from workbook import amounts
from workbook.amounts.reader import PLAIN_REFUSALS
from workbook.arguments import Kind, UnclearError, argument
from workbook.words import N_


def _figure(text: str, kind: amounts.Kind) -> float:
    """Read a typed figure; ValueError if it is invalid, a question if it is ambiguous."""
    reading = amounts.read(text, kind)
    if isinstance(reading.value, (int, float)):
        return reading.value
    if reading.problem is None or reading.problem.template in PLAIN_REFUSALS:
        raise ValueError
    raise UnclearError(reading.problem)


def _amount(text: str) -> str:
    """Check a typed amount; the plan, which knows its currency, reads it again."""
    _figure(text, "money")
    return text


def _share(text: str) -> float:
    value = _figure(text, "share")
    if not value > 0:
        raise ValueError
    return value


def _whole(least: int) -> Kind:
    def read(text: str) -> int:
        plain = text.strip()
        value = int(plain) if plain.isascii() and plain.isdigit() else _figure(text, "count")
        if value < least:
            raise ValueError
        return int(value)

    return Kind(N_("whole number (≥ {least})"), read, {"least": least})


def _pair(text: str) -> tuple[str, str]:
    fork, found, option = text.partition("=")
    if not (fork and found and option):
        raise ValueError
    return fork, option


def _header(text: str) -> tuple[str, str]:
    head, found, column = text.rpartition("=")
    if not (head.strip() and found and column.strip()):
        raise ValueError
    return head.strip(), column.strip()


def _ids(text: str) -> list[str]:
    found = [id.strip() for id in text.split(",") if id.strip()]
    if not found:
        raise ValueError
    return found


def _grades(text: str) -> tuple[str, ...]:
    known = ("completion", "calibration", "cost")
    found = tuple(_ids(text))
    if not set(found) <= set(known):
        raise ValueError
    return found


AMOUNT = Kind(N_("number"), _amount)
SHARE = Kind(N_("chance (0 … 1)"), _share)
COUNT, WHOLE = _whole(1), _whole(0)
PAIR = Kind(N_("FORK=OPTION"), _pair)
HEADER = Kind(N_("HEADER=COLUMN"), _header)
IDS = Kind(N_("A,B,C"), _ids)
GRADES = Kind(N_("completion, calibration or cost, with commas between"), _grades)

PLAN = argument("plan", metavar="PLAN", help=N_("a plan file, or a case's id"))
PLANS = replace(PLAN, settings={**PLAN.settings, "nargs": "+"})
REPORTED = replace(
    PLANS, help=N_("a plan file, a case's id, a folder of plans, or a class file (.csv, .xlsx)")
)
OWN_PLAN = replace(PLAN, help=N_("your plan file"))
NAME = argument("name", metavar="NAME", help=N_("id of the new plan; the file is NAME.yaml"))
FROM = argument(
    "--from",
    dest="source",
    metavar="CASE|TABLE",
    help=N_("a shipped case to start from, or a table of milestones: .csv, .tsv or .xlsx"),
)
LIKE = argument(
    "--like",
    metavar="BUSINESS",
    help=N_(
        "an example business to start from: agency, app, course, food-box, gadget, gym, restaurant,"
        " shop, side-business, subscription"
    ),
)
FOLDER = argument("folder", metavar="FOLDER", help=N_("the folder with the hand-ins"))

SEED = argument("--seed", kind=WHOLE, default=1, metavar="N", help=N_("fixes chance"))
RUNS = argument("--runs", kind=COUNT, default=10_000, metavar="N", help=N_("lives to play"))
FEWER_RUNS = replace(RUNS, settings={**RUNS.settings, "default": 2_000})
SIMULATED = argument("--runs", kind=COUNT, metavar="N", help=N_("simulate so many lives"))
EXACT = argument("--exact", action="store_true", help=N_("compute exactly, or say why not"))
OPTION = argument(
    "--option",
    kind=PAIR,
    action="append",
    default=[],
    metavar="FORK=OPTION",
    help=N_("take this option at this fork"),
)
SKIP = argument(
    "--skip", action="append", default=[], metavar="ID", help=N_("leave a milestone out")
)
ORDER = argument("--order", kind=IDS, default=[], metavar="A,B,C", help=N_("attempt in this order"))
OWN_SEED = replace(SEED, settings={**SEED.settings, "default": None})
MOVES = argument(
    "--moves",
    default="",
    metavar="LINE",
    help=N_("moves made before: `PLAN-ID SEED MOVES`, or moves alone; go on from there"),
)
COACH = argument(
    "--coach", action="store_true", help=N_("have the coach's chances at every decision")
)
AUTO = argument(
    "--auto",
    choices=("coach", "as-written"),
    help=N_("play to the end by itself: by the coach, or as the plan is written"),
)
FORK = argument("--fork", metavar="ID", help=N_("compare the options of this fork"))
WHAT_IF = argument(
    "--what-if",
    action="append",
    default=[],
    metavar="EDIT",
    help=N_("an edit: skip:ID, certain:ID, faster:ID, better:ID, race:ID=K, cash:+N, burn:-N"),
)
TORNADO = argument(
    "--tornado",
    action="store_true",
    help=N_("move each figure under `facts` over its range: which moves the goal most?"),
)
WANTED = argument(
    "--for",
    dest="wanted",
    kind=SHARE,
    default=0.8,
    metavar="P",
    help=N_("the chance wanted: 80% or 0.8"),
)
BY = argument(
    "--by",
    default="cash",
    metavar="FIGURE",
    help=N_("cash, week, pass_rate:ID, or belief:ID (test it, or skip it?)"),
)

MILESTONE = argument("--milestone", metavar="ID", help=N_("the milestone that was attempted"))
RESULT = argument("--result", choices=("passed", "failed"), help=N_("how the attempt ended"))
WEEK = argument("--week", kind=WHOLE, metavar="N", help=N_("the week it ended in"))
CASH = argument("--cash", kind=AMOUNT, metavar="N", help=N_("the cash counted then"))
CUSTOMERS = argument(
    "--customers", kind=AMOUNT, metavar="N", help=N_("the customers who stay, counted then")
)
FIGURE = argument("--figure", metavar="NAME", help=N_("a figure with a range that was counted"))
COUNTED = argument("--counted", kind=AMOUNT, metavar="N", help=N_("what was counted of it"))
COUNTED_OF = argument("--of", kind=AMOUNT, metavar="N", help=N_("out of how many, or weeks"))
NOTE = argument("--note", default="", metavar="TEXT", help=N_("a note of your own"))

OUT = argument("--out", default="reports", metavar="DIR", help=N_("folder to write to"))
GRADED = argument(
    "--graded",
    kind=GRADES,
    metavar="A,B",
    help=N_(
        "announce, before the first hand-in, what is graded: completion, calibration, cost; never "
        "luck"
    ),
)
GRADEBOOK = argument(
    "--gradebook",
    choices=("canvas", "moodle", "csv"),
    help=N_("write what is graded as a table that canvas or moodle imports, or as csv"),
)
CLASS_LIST = argument(
    "--class-list",
    metavar="FILE",
    help=N_("a table of the class, or one number a line: the desk says who has not handed in"),
)
OWN_FOLDER = replace(FOLDER, settings={**FOLDER.settings, "nargs": "?", "default": "hand-ins"})
SITE = argument(
    "folder",
    metavar="FOLDER",
    nargs="?",
    default="site",
    help=N_("the folder of a site that `make site` made"),
)
SERVE = argument(
    "--serve", action="store_true", help=N_("serve it to this computer's browser until Ctrl+C")
)
NETWORK = argument(
    "--network",
    action="store_true",
    help=N_("let other computers of the local network in; without it, only this one"),
)
PORT = argument("--port", kind=WHOLE, default=8010, metavar="N", help=N_("port to listen on"))
BASE = argument(
    "--base", default="/", metavar="PATH", help=N_("path to answer below, behind a proxy")
)
ADDRESS = argument(
    "--address",
    default="",
    metavar="URL",
    help=N_("the room's address as participants type it, if it is behind a proxy"),
)
WALL = replace(OUT, settings={**OUT.settings, "default": "wall"})
JOBS = argument(
    "--jobs",
    kind=COUNT,
    metavar="N",
    help=N_("reports made at once; as many as there are processors if not given"),
)
SCHEDULER = argument(
    "--scheduler",
    metavar="ADDRESS",
    help=N_("have them made by Dask: a scheduler's address, or `local`"),
)
FORCE = argument("--force", action="store_true", help=N_("make every report again"))
PDF = argument("--pdf", action="store_true", help=N_("PDFs too, where a Chromium is there"))
WATCH = argument(
    "--watch",
    kind=COUNT,
    default=0,
    metavar="N",
    help=N_("look again every N seconds, until interrupted"),
)
ENCODING = argument(
    "--encoding",
    metavar="NAME",
    help=N_("how a table of text is encoded, where it is read wrongly: cp1250, shift_jis"),
)
MAP = argument(
    "--map",
    kind=HEADER,
    action="append",
    default=[],
    metavar="HEADER=COLUMN",
    help=N_("the column HEADER of a table is the one called COLUMN; `-` leaves it aside"),
)

APP = argument(
    "--app",
    action="store_true",
    help=N_(
        "open your own chain as a page without code (needs Voila), for anyone who has the token"
    ),
)
COPY = argument(
    "--copy",
    action="store_true",
    help=N_("only copy the notebooks that are not there yet, for a hub that starts by itself"),
)
HOME = argument(
    "--home",
    metavar="DIR",
    help=N_("keep your work in this folder (else WORKBOOK_HOME, else one of its own)"),
)
