"""The table of commands: purpose, arguments, function.

Heavy modules are imported inside the command that needs them, so that `--help` is fast.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbook import options as o
from workbook.arguments import Command
from workbook.errors import InputError, fault
from workbook.printing import complain, flush, say, show, typed
from workbook.words import N_, Words

if TYPE_CHECKING:
    from workbook.cases import Case
    from workbook.plan import Plan


def _lab(args: argparse.Namespace, words: Words) -> int:
    from workbook.files import keep_in
    from workbook.lab import open_lab

    if args.home is not None:
        keep_in(args.home)
    return open_lab(words, args.passed_on, complain, app=args.app, start=not args.copy)


def _case(source: str, words: Words) -> Case:
    """Read the plan; report on stderr what was interpreted differently from what is written."""
    from workbook.reports.task import plan_named

    case, _ = plan_named(source)
    for note in case.notes:
        complain(f"{source}: {words.fault(note)}")
    return case


def _plan(source: str, words: Words) -> Plan:
    return _case(source, words).plan


def _check(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.terminal import check_data, check_text, checked

    results = [checked(source) for source in args.plan]
    show(args, lambda: check_data(results, words), lambda: check_text(results, words))
    faulty = [result.error for result in results if result.error is not None]
    for error in faulty:
        complain(words.faults(error))
    return 2 if faulty else 0


def _play(args: argparse.Namespace, words: Words) -> int:
    from workbook.play import play
    from workbook.reports.command import progress
    from workbook.reports.terminal import play_text, prepared

    plan = _plan(args.plan, words)
    plan, choices = prepared(plan, args.option, skip=args.skip, order=args.order)
    how = "exact" if args.exact else "auto" if args.runs is None else "simulated"
    lives: dict[str, Any] = {"runs": args.runs or 10_000, "seed": args.seed, "how": how}
    with progress(words("Lives")) as bar:
        played = play(plan, choices, **lives, on_progress=bar)
    return show(args, played.as_json, lambda: play_text(played, words))


def _compare(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import progress
    from workbook.reports.terminal import compare_text, compared, prepared

    case = _case(args.plan, words)
    plan, choices = prepared(case.plan, args.option)
    if args.tornado:
        return _tornado(args, case, choices, words)
    with progress(words("What-ifs")) as on_progress:
        found = compared(plan, args.fork, args.what_if, choices, args.runs, args.seed, on_progress)
    return show(args, found.as_json, lambda: compare_text(found, words))


def _tornado(args: argparse.Namespace, case: Case, choices: Mapping[str, str], words: Words) -> int:
    from workbook.reports.command import progress
    from workbook.reports.tornado import tornado_of, tornado_text

    if args.fork or args.what_if:
        template = "a tornado is about figures alone; leave out --fork and --what-if"
        raise InputError(case.id, [fault("--tornado", template)])
    lives = {"runs": args.runs, "seed": args.seed}
    with progress(words("What-ifs")) as bar:
        found = tornado_of(case, choices, **lives, on_progress=bar)
    return show(args, found.as_json, lambda: tornado_text(found, case, words))


def _order(args: argparse.Namespace, words: Words) -> int:
    from workbook.logged import plan_from_today
    from workbook.reports.command import progress
    from workbook.reports.terminal import order_text, prepared
    from workbook.sequence import rank

    plan, choices = prepared(plan_from_today(_plan(args.plan, words)), args.option)
    with progress(words("Orders")) as on_progress:
        ranking = rank(plan, choices, runs=args.runs, seed=args.seed, on_progress=on_progress)
    return show(args, ranking.as_json, lambda: order_text(ranking, plan, words))


def _policy(args: argparse.Namespace, words: Words) -> int:
    from workbook.coach.policy import policy_value
    from workbook.reports.command import progress
    from workbook.wording.policies import policy_lines

    plan = _plan(args.plan, words)
    with progress(words("Rules")) as bar:
        found = policy_value(plan, bar)
    return show(args, found.as_json, lambda: "\n".join(policy_lines(found, words)))


def _solve(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import progress
    from workbook.reports.terminal import prepared, solve_text, solved

    plan, choices = prepared(_plan(args.plan, words), args.option)
    lives = {"runs": args.runs, "seed": args.seed}
    with progress(words("Plays")) as bar:
        found = solved(plan, args.by, args.wanted, choices, **lives, on_progress=bar)
    return show(args, found.as_json, lambda: solve_text(found, words))


def _log(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import progress
    from workbook.reports.plan_files import Count, log, log_text

    entry = (args.milestone, args.result, args.week, args.cash, args.note)
    count = Count(args.customers, args.figure, args.counted, args.of)
    given: dict[str, Any] = {"count": count, "runs": args.runs, "seed": args.seed}
    with progress(words("Lives")) as bar:
        logged = log(args.plan, *entry, **given, on_progress=bar)
    return show(args, logged.as_json, lambda: log_text(logged, words))


def _rehearse(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import progress
    from workbook.reports.rehearsing import Terminal, as_json, by_itself, start

    position = start(_plan(args.plan, words), args.moves, args.seed)
    if args.auto:
        with progress(words("Weeks")) as bar:
            position = by_itself(position, args.auto, bar)
    if args.json:
        show(args, lambda: as_json(position), str)
    else:
        Terminal(args.plan, words, args.coach, typed, say).play(position)
    return 0


def _report(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import make_reports

    batch = make_reports(args, words, complain)
    show(args, lambda: batch.data(words), lambda: batch.text(words))
    return batch.exit_code


def _collect(args: argparse.Namespace, words: Words) -> int:
    from pathlib import Path
    from time import sleep

    from workbook.reports.task import json_line
    from workbook.workshop.collect import Collected, collect
    from workbook.workshop.course import Course
    from workbook.workshop.watching import watch

    def tell(now: Collected) -> None:
        say(json_line(now.as_json(words)) if args.json else now.text(words))
        flush()  # a reader of the pipe sees each update at once

    folder, out = Path(args.folder), Path(args.out)
    course = Course.read(args.class_list, args.graded, args.gradebook)
    if args.watch:
        watch(folder, out, words, args.watch, tell, complain, sleep, course)
    collected = collect(folder, out, words, course=course)
    return show(args, lambda: collected.as_json(words), lambda: collected.text(words))


def _room(args: argparse.Namespace, words: Words) -> int:
    from pathlib import Path

    from workbook.room.handlers import Site
    from workbook.room.open import open_room, opened_data, opened_text
    from workbook.room.room import Room
    from workbook.workshop.course import Course

    def tell(site: Site) -> None:
        opened = opened_data if args.json else opened_text
        say(opened(site, args.network))
        flush()

    room = Room(Path(args.folder), Path(args.out), words, Course.read(args.class_list, args.graded))
    open_room(room, tell, args.port, args.network, args.base, args.address)
    return 0


def _site(args: argparse.Namespace, words: Words) -> int:
    from pathlib import Path

    from workbook.site.about import read_site, site_text
    from workbook.site.server import serve

    def tell(address: str) -> None:
        say(words("The site is served: {address} Ctrl+C ends it.", address=address))
        flush()

    found = read_site(Path(args.folder))
    show(args, found.as_json, lambda: site_text(found, words))
    if args.serve:
        serve(found.folder, args.port, tell)
    return 0


def _doctor(args: argparse.Namespace, words: Words) -> int:
    from workbook.files import keep_in

    if args.home is not None:
        keep_in(args.home)
    from workbook.doctor import doctor_data, doctor_text, examine

    findings = examine()
    show(args, lambda: doctor_data(findings, words), lambda: doctor_text(findings, words))
    return 1 if any(finding.state == "fault" for finding in findings.values()) else 0


def _new(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.plan_files import start

    read_as = {"encoding": args.encoding, "given": dict(args.map)}
    path, notes = start(args.name, args.source, words, like=args.like, **read_as)
    lines = [words("{file} is yours. Edit it, then: workbook check {file}", file=str(path))]
    lines += [words.message(note) for note in notes]
    return show(args, lambda: {"file": str(path), "notes": lines[1:]}, lambda: "\n".join(lines))


COMMANDS: Mapping[str, Command] = {
    "lab": Command(
        N_("open JupyterLab on the start notebook; what follows `--` goes to JupyterLab"),
        _lab,
        (o.APP, o.COPY, o.HOME),
    ),
    "check": Command(
        N_("tell every fault of a plan, then what the rules ask of it"), _check, (o.PLANS,)
    ),
    "play": Command(
        N_("play a plan: fates, milestones, runway"),
        _play,
        (o.PLAN, o.SEED, o.OPTION, o.SKIP, o.ORDER),
        either=(o.SIMULATED, o.EXACT),
    ),
    "compare": Command(
        N_("what-ifs beside the plan, on the same luck"),
        _compare,
        (o.PLAN, o.FORK, o.WHAT_IF, o.TORNADO, o.OPTION, o.RUNS, o.SEED),
    ),
    "order": Command(
        N_("your order among all, the best one, and why"),
        _order,
        (o.PLAN, o.OPTION, o.FEWER_RUNS, o.SEED),
    ),
    "policy": Command(
        N_("what to do at each decision, in words, and what deciding by what you see is worth"),
        _policy,
        (o.PLAN,),
    ),
    "solve": Command(
        N_("the value that a wanted chance of the goal needs"),
        _solve,
        (o.PLAN, o.WANTED, o.BY, o.OPTION, o.RUNS, o.SEED),
    ),
    "log": Command(
        N_("write down what happened; the odds before and after"),
        _log,
        (
            *(o.OWN_PLAN, o.MILESTONE, o.RESULT, o.WEEK, o.CASH),
            *(o.CUSTOMERS, o.FIGURE, o.COUNTED, o.COUNTED_OF, o.NOTE, o.RUNS, o.SEED),
        ),
    ),
    "rehearse": Command(
        N_("be the founder: decide your way through one life of a plan"),
        _rehearse,
        (o.PLAN, o.OWN_SEED, o.MOVES, o.COACH, o.AUTO),
    ),
    "report": Command(
        N_("write pages, data and an index"),
        _report,
        (
            *(o.REPORTED, o.OUT, o.JOBS, o.SCHEDULER, o.FORCE, o.PDF, o.ENCODING, o.MAP),
            *(o.OPTION, o.RUNS, o.SEED),
        ),
    ),
    "collect": Command(
        N_("a class's hand-ins into one table and one wall"),
        _collect,
        (o.FOLDER, o.WALL, o.WATCH, o.CLASS_LIST, o.GRADED, o.GRADEBOOK),
    ),
    "room": Command(
        N_("a class over the network: one page to hand in, the steps, the wall and your desk"),
        _room,
        (
            *(o.OWN_FOLDER, o.WALL, o.NETWORK, o.PORT, o.BASE, o.ADDRESS),
            *(o.CLASS_LIST, o.GRADED),
        ),
    ),
    "site": Command(
        N_("the notebooks as a site for a browser: what it holds; serve it"),
        _site,
        (o.SITE, o.SERVE, o.PORT),
    ),
    "doctor": Command(N_("check this machine; one line to fix each fault"), _doctor, (o.HOME,)),
    "new": Command(
        N_("write a plan file to start from"),
        _new,
        (o.NAME, o.ENCODING, o.MAP),
        either=(o.FROM, o.LIKE),
    ),
}
