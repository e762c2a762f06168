"""Plan files that mean no good, or no harm and are wrong all the same: and what is said of each."""

# ruff: noqa: E501 - each expected line is a whole sentence

from __future__ import annotations

import json
from pathlib import Path

SCHEMA = Path(__file__).parents[1] / "cases" / "plan.schema.json"
KEYS = list(json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"])
"""The keys at the top of a plan file, as the schema lists them."""
GOOD = """\
plan: 1
id: stall
goal: open
cash: 5000
burn_per_week: 100
milestones:
  - id: demand
    weeks: 2
    pass_rate: 0.5
  - id: open
    needs: [demand]
"""


def edited(old: str, new: str) -> str:
    """The good plan with one piece of text in place of another."""
    assert old in GOOD
    return GOOD.replace(old, new)


BOMB = "a: &a [lol, lol]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)

# name: the file's text, and every line that must be reported about it
HOSTILE: dict[str, tuple[str, list[str]]] = {
    "unknown key": (
        edited("cash:", "cahs:"),
        [
            "line 4  cahs: unknown key 'cahs'; did you mean 'cash'?",
        ],
    ),
    "unknown key, nothing near": (
        GOOD + "zzzzzz: 1\n",
        [
            f"line 12  zzzzzz: unknown key 'zzzzzz'; allowed here: {', '.join(KEYS)}",
        ],
    ),
    "other words for keys": (
        edited("cash:", "money:")
        .replace("burn_per_week", "burn")
        .replace("    needs", "    depends_on")
        + "    tries: 3\n    price: 30\n    概率: 0.3\n    gives: {reach: 4, funding: {amount: 1, lag: 2}}\n",
        [
            "line 4  money: unknown key 'money'; did you mean 'cash'?",
            "line 5  burn: unknown key 'burn'; did you mean 'burn_per_week'?",
            "line 11  milestones.open.depends_on: unknown key 'depends_on'; did you mean 'needs'?",
            "line 12  milestones.open.tries: unknown key 'tries'; did you mean 'attempts'?",
            "line 13  milestones.open.price: unknown key 'price'; did you mean 'cost'?",
            "line 14  milestones.open.概率: unknown key '概率'; did you mean 'pass_rate'?",
            "line 15  milestones.open.gives.funding.lag: unknown key 'lag'; did you mean 'lag_weeks'?",
            "line 15  milestones.open.gives.reach: unknown key or measure 'reach'; did you mean 'reach_per_week'?",
        ],
    ),
    "keys a level too high": (
        GOOD + "    funding: {amount: 5}\n    belief: 0.4\nprice: 30\n",
        [
            "line 12  milestones.open.funding: unknown key 'funding'; it belongs under `gives`",
            "line 13  milestones.open.belief: unknown key 'belief'; it belongs under `tests`",
            "line 14  price: unknown key 'price'; it belongs under `sales`",
        ],
    ),
    "misspelt key of a milestone": (
        edited("weeks:", "week:"),
        [
            "line 8  milestones.demand.week: unknown key 'week'; did you mean 'weeks'?",
        ],
    ),
    "cycle": (
        edited("    weeks: 2", "    needs: [open]"),
        [
            "line 8  milestones.demand.needs: these milestones wait for each other: demand → open → demand; take one need out",
        ],
    ),
    "long cycle": (
        edited(
            "    needs: [demand]",
            "    needs: [c]\n  - {id: c, needs: [d]}\n  - {id: d, needs: [open]}",
        ),
        [
            "line 11  milestones.open.needs: these milestones wait for each other: open → c → d → open; take one need out",
        ],
    ),
    "needs itself": (
        edited("needs: [demand]", "needs: [open]"),
        [
            "line 11  milestones.open.needs: a milestone cannot wait for itself; take 'open' out",
        ],
    ),
    "an id that is a list, in a plan with a range of money": (
        edited("id: demand", "id: [3, 2, 1]").replace("    needs: [demand]\n", "")
        + "    gives: {funding: {amount: [100, 200, 400]}}\n",
        [
            "line 7  milestones.1.id: [3, 2, 1] is no text; write words here",
        ],
    ),
    "missing milestone": (
        edited("[demand]", "[demnad, permit]"),
        [
            "line 11  milestones.open.needs: no milestone 'demnad'; did you mean 'demand'?",
            "line 11  milestones.open.needs: no milestone 'permit'; name one of the plan's milestones",
        ],
    ),
    "missing goal": (
        edited("goal: open", "goal: opne"),
        [
            "line 3  goal: no milestone 'opne'; did you mean 'open'?",
        ],
    ),
    "no goal": (
        edited("goal: open\n", ""),
        [
            "line 1  goal: the key 'goal' is missing; add it",
        ],
    ),
    "no milestones": (
        "plan: 1\nid: a\ngoal: b\n",
        [
            "line 3  goal: the plan has no milestones; add the goal 'b' as one",
        ],
    ),
    "goal skipped": (
        GOOD + "skips: [open]\n",
        [
            "line 12  skips: 'open' is the goal and cannot be skipped",
        ],
    ),
    "id twice": (
        edited("id: open", "id: demand")
        .replace("goal: open", "goal: demand")
        .replace("    needs: [demand]\n", ""),
        [
            "line 10  milestones.demand.id: the id 'demand' is taken since line 7; choose another",
        ],
    ),
    "chance of 30": (
        edited("0.5", "30"),
        [
            "line 9  milestones.demand.pass_rate: 30 is not a chance; write a number from 0 to 1 (30% is 0.3)",
        ],
    ),
    "chance as percent": (
        edited("0.5", "30%"),
        [
            "line 9  milestones.demand.pass_rate: '30%' is not a number; write the share instead: 0.3",
        ],
    ),
    "chance below 0": (
        edited("0.5", "-0.5"),
        [
            "line 9  milestones.demand.pass_rate: -0.5 is not a chance; write a number from 0 to 1",
        ],
    ),
    "negative week": (
        edited("weeks: 2", "weeks: -2"),
        [
            "line 8  milestones.demand.weeks: -2 is too little; write a number above 0",
        ],
    ),
    "no weeks at all": (
        edited("weeks: 2", "weeks: 0"),
        [
            "line 8  milestones.demand.weeks: 0 is too little; write a number above 0",
        ],
    ),
    "range out of order": (
        edited("weeks: 2", "weeks: [4, 2, 1]"),
        [
            "line 8  milestones.demand.weeks: [4, 2, 1] is not in order; write low, likely, high from small to large",
        ],
    ),
    "range of two": (
        edited("weeks: 2", "weeks: [1, 2]"),
        [
            "line 8  milestones.demand.weeks: [1, 2] is no range; write three numbers: low, likely, high",
        ],
    ),
    "negative cash": (
        edited("5000", "-5000"),
        [
            "line 4  cash: -5000 is too little; write 0 or more",
        ],
    ),
    "thousands with commas": (
        edited("5000", "5,000"),
        [
            "line 4  cash: '5,000' is not a number; did you mean 5000?",
        ],
    ),
    "wide digits": (
        edited("5000", "５０００"),
        [
            "line 4  cash: '５０００' is not a number; did you mean 5000?",
        ],
    ),
    "Chinese thousands, money sign, decimal comma, wide percent": (
        edited("5000", "1.5万").replace("100", "¥100").replace("0.5", "0，5"),
        [
            "line 4  cash: '1.5万' is not a number; did you mean 15000?",
            "line 5  burn_per_week: '¥100' is not a number; did you mean 100? All amounts are in the plan's `currency`",
            "line 9  milestones.demand.pass_rate: '0，5' is not a number; did you mean 0.5?",
        ],
    ),
    "units, a span, three parts": (
        edited("weeks: 2", "weeks: 2-3")
        .replace("    needs", "    cost: 1/2/4\n    weeks: 2 weeks\n    needs")
        .replace("0.5", "80％"),
        [
            "line 8  milestones.demand.weeks: '2-3' is not a number; did you mean [2, 2.5, 3]?",
            "line 9  milestones.demand.pass_rate: '80％' is not a number; write the share instead: 0.8",
            "line 11  milestones.open.cost: '1/2/4' is not a number; did you mean [1, 2, 4]?",
            "line 12  milestones.open.weeks: '2 weeks' is not a number; did you mean 2?",
        ],
    ),
    "a colon without a space, inside": (
        edited("    pass_rate: 0.5", "    pass_rate:0.5"),
        [
            "line 9  a colon with a space behind it is missing after the key",
        ],
    ),
    "enormous change": (
        GOOD + 'forks: [{id: f, options: [{id: a, cash: "+9999999999999999999999"}]}]\n',
        [
            "line 12  forks.f.options.a.cash: '+9999999999999999999999' is too much; write 1000000000000 or less",
        ],
    ),
    "text for a number": (
        edited("5000", "plenty"),
        [
            "line 4  cash: 'plenty' is not a number; write digits only, such as 3000 or 0.25",
        ],
    ),
    "quoted number": (
        edited("5000", '"5000"'),
        [
            "line 4  cash: '5000' is text because of its quotes; take them off",
        ],
    ),
    "yes for a number": (
        edited("5000", "true"),
        [
            "line 4  cash: true is not a number; write digits only, such as 3000 or 0.25",
        ],
    ),
    "infinite": (
        edited("5000", ".inf"),
        [
            "line 4  cash: inf is not a number one can reckon with; write a finite one",
        ],
    ),
    "not a number": (
        edited("5000", ".nan"),
        [
            "line 4  cash: nan is not a number one can reckon with; write a finite one",
        ],
    ),
    "1e999": (
        edited("5000", "1e999"),
        [
            "line 4  cash: inf is not a number one can reckon with; write a finite one",
        ],
    ),
    "number of ten thousand digits": (
        edited("5000", "9" * 10_000),
        [
            "line 4  cash: inf is not a number one can reckon with; write a finite one",
        ],
    ),
    "far too much": (
        edited("5000", "1e13"),
        [
            "line 4  cash: 10000000000000 is too much; write 1000000000000 or less",
        ],
    ),
    "fraction of a week": (
        GOOD + "horizon_weeks: 10.5\n",
        [
            "line 12  horizon_weeks: 10.5 is not a whole number; write one without a point",
        ],
    ),
    "nothing written": (
        edited("cash: 5000", "cash:"),
        [
            "line 4  cash: nothing is written here; write a value, or leave the key out",
        ],
    ),
    "null": (
        edited("weeks: 2", "weeks: null"),
        [
            "line 8  milestones.demand.weeks: nothing is written here; write a value, or leave the key out",
        ],
    ),
    "yes for text": (
        edited("weeks: 2", "necessary: maybe"),
        [
            "line 8  milestones.demand.necessary: 'maybe' is neither true nor false; write one of the two",
        ],
    ),
    "list for keys": (
        edited("    weeks: 2", "    gives: [1, 2]"),
        [
            "line 8  milestones.demand.gives: [1, 2] is no set of keys; write `key: value` lines here",
        ],
    ),
    "keys for a list": (
        edited("[demand]", "{demand: 1}"),
        [
            "line 11  milestones.open.needs: {demand} is no list; write [first, second], or one line each after a dash",
        ],
    ),
    "word for a list": (
        edited("[demand]", "demand"),
        [
            "line 11  milestones.open.needs: 'demand' is no list; write [first, second], or one line each after a dash",
        ],
    ),
    "milestones as words": (
        "plan: 1\nid: a\ngoal: b\nmilestones: [b, c]\n",
        [
            "line 4  milestones: 'b' is no set of keys; write `key: value` lines here",
            "line 4  milestones: 'c' is no set of keys; write `key: value` lines here",
        ],
    ),
    "milestones as keys": (
        "plan: 1\nid: a\ngoal: b\nmilestones:\n  b: {weeks: 1}\n",
        [
            "line 4  milestones: {b} is no list; write [first, second], or one line each after a dash",
        ],
    ),
    "unknown stage": (
        edited("weeks: 2", "stage: kernal"),
        [
            "line 8  milestones.demand.stage: unknown word 'kernal'; did you mean 'kernel'?",
        ],
    ),
    "unknown currency": (
        GOOD + "currency: yuan\n",
        [
            "line 12  currency: 'yuan' is no currency; write its three capital letters, such as CNY or USD",
        ],
    ),
    "version 2": (
        edited("plan: 1", "plan: 2"),
        [
            "line 1  plan: 2 is not a version of the plan file known here; write 1",
        ],
    ),
    "pass rate and tests": (
        edited("weeks: 2", "tests: {belief: 0.5}"),
        [
            "line 9  milestones.demand.pass_rate: a milestone has either `pass_rate` or `tests`; take one of them out",
        ],
    ),
    "hours without hours": (
        edited("weeks: 2", "hours: 5"),
        [
            "line 8  milestones.demand.hours: `hours` need the plan's `hours_per_week`; add it, or write `weeks` instead",
        ],
    ),
    "relies on no test": (
        edited("needs: [demand]", "relies_on: [demand]"),
        [
            "line 11  milestones.open.relies_on: 'demand' tests nothing that could be relied on; give it `tests`, or use needs",
        ],
    ),
    "gives an unknown measure": (
        edited("weeks: 2", "gives: {conversoin: 0.5, fame: 3}"),
        [
            "line 8  milestones.demand.gives.conversoin: unknown key or measure 'conversoin'; did you mean 'conversion'?",
            "line 8  milestones.demand.gives.fame: 'fame' is no measure of the plan; add it under `measures`",
        ],
    ),
    "emoji id": (
        edited("id: demand", "id: 🎈").replace("[demand]", "[🎈]"),
        [
            "line 7  milestones.🎈.id: '🎈' cannot be an id; use at most 64 letters, digits, - and _, no dash first",
            "line 11  milestones.open.needs: '🎈' cannot be an id; use at most 64 letters, digits, - and _, no dash first",
        ],
    ),
    "id of 300 letters": (
        edited("id: stall", "id: " + "x" * 300),
        [
            "line 2  id: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' cannot be an id; use at most 64 letters, digits, - and _, no dash first",
        ],
    ),
    "id with a slash": (
        edited("id: stall", "id: ../stall"),
        [
            "line 2  id: '../stall' cannot be an id; use at most 64 letters, digits, - and _, no dash first",
        ],
    ),
    "fork of nothing": (
        GOOD + "forks:\n  - {id: f, options: []}\n",
        [
            "line 13  forks.f.options: the list is empty; write at least one item",
        ],
    ),
    "fork at an unknown place": (
        GOOD + "forks:\n  - id: f\n    at: {milestone: opne}\n    options: [{id: a}, {id: a}]\n",
        [
            "line 14  forks.f.at.milestone: no milestone 'opne'; did you mean 'open'?",
            "line 15  forks.f.options.a.id: the id 'a' is taken since line 15; choose another",
        ],
    ),
    "option closes a cycle": (
        GOOD
        + "forks:\n  - id: f\n    options:\n      - id: a\n        milestones:\n          demand: {needs: [open]}\n",
        [
            "line 17  forks.f.options.a.milestones.demand.needs: these milestones wait for each other: demand → open → demand; take one need out",
        ],
    ),
    "option skips the goal": (
        GOOD + "forks:\n  - id: f\n    options:\n      - {id: a, skip: [open]}\n",
        [
            "line 15  forks.f.options.a.skip: 'open' is the goal and cannot be skipped",
        ],
    ),
    "option edits nothing known": (
        GOOD + "forks:\n  - id: f\n    options:\n      - {id: a, milestones: {demnd: {cost: 3}}}\n",
        [
            "line 15  forks.f.options.a.milestones.demnd: no milestone 'demnd' to edit; did you mean 'demand'?",
        ],
    ),
    "option with a wrong edit": (
        GOOD
        + "forks:\n  - id: f\n    options:\n      - {id: a, cash: +x, milestones: {demand: {pass_rate: 30, cots: 1}}}\n",
        [
            "line 15  forks.f.options.a.cash: '+x' is not a number; write one, or +5 to add and -5 to take away",
            "line 15  forks.f.options.a.milestones.demand.pass_rate: 30 is not a chance; write a number from 0 to 1 (30% is 0.3)",
            "line 15  forks.f.options.a.milestones.demand.cots: unknown key 'cots'; did you mean 'cost'?",
        ],
    ),
    "log of an unknown milestone": (
        GOOD + "log:\n  - {week: 1, milestone: demnd, result: won}\n",
        [
            "line 13  log.1.result: unknown word 'won'; allowed here: passed, failed",
            "line 13  log.1.milestone: no milestone 'demnd'; did you mean 'demand'?",
        ],
    ),
    "unknown fact": (
        edited("5000", "savngs") + "facts:\n  savings: {value: 1, basis: yours}\n",
        [
            "line 4  cash: no fact 'savngs'; did you mean 'savings'?",
        ],
    ),
    "facts in a circle": (
        GOOD
        + "facts:\n  a: {basis: derived, from: [b], how: b}\n  b: {basis: derived, from: [a], how: a}\n",
        [
            "line 13  facts.a.from: these facts are computed from each other: a → b → a; give one a value",
        ],
    ),
    "formula that runs": (
        GOOD
        + "facts:\n  a: {value: 1, basis: yours}\n  b: {basis: derived, from: [a], how: __import__('os').system('x')}\n",
        [
            "line 14  facts.b.how: a formula is made of numbers, names of facts, + - * / ( ), min, max and round",
        ],
    ),
    "formula with a power": (
        GOOD
        + "facts:\n  a: {value: 9, basis: yours}\n  b: {basis: derived, from: [a], how: a**a**a**a}\n",
        [
            "line 14  facts.b.how: a formula is made of numbers, names of facts, + - * / ( ), min, max and round",
        ],
    ),
    "formula against its value": (
        GOOD
        + "facts:\n  a: {value: 4, basis: yours}\n  b: {value: 9, basis: derived, from: [a], how: a * 2}\n",
        [
            "line 14  facts.b.value: the formula gives 8, but 9 is written; mend one of them",
        ],
    ),
    "facts without grounds": (
        GOOD
        + "facts:\n  a: {value: 4, basis: assumed}\n  b: {value: 9, basis: stated, claim: ZZ9}\n  c: {basis: guess}\n",
        [
            "line 13  facts.a.basis: an assumed figure gives its reason; add `why`",
            "line 14  facts.b.claim: no claim 'ZZ9' in sources.yaml; cite one that is there",
            "line 15  facts.c: the fact has no value; add `value`, or a formula under `how`",
            "line 15  facts.c.basis: unknown word 'guess'; allowed here: stated, derived, assumed, yours",
        ],
    ),
    "empty": (
        "",
        [
            "the file is empty; write a plan into it",
        ],
    ),
    "blank": (
        "\n  \n",
        [
            "the file is empty; write a plan into it",
        ],
    ),
    "only a comment": (
        "# my plan\n",
        [
            "line 1  the file holds no plan; begin with lines such as `plan: 1`, `id: …`",
        ],
    ),
    "a word": (
        "hello\n",
        [
            "line 1  the file holds no plan; begin with lines such as `plan: 1`, `id: …`",
        ],
    ),
    "a list": (
        "- plan: 1\n- id: a\n",
        [
            "line 1  the file holds no plan; begin with lines such as `plan: 1`, `id: …`",
        ],
    ),
    "bomb": (
        BOMB,
        [
            "line 5  more than 20000 values; a plan needs fewer",
        ],
    ),
    "long bomb": (
        "a: &a [" + "1, " * 5000 + "]\nb: [*a, *a]\nc: [*a, *a]\n",
        [
            "line 3  more than 20000 values; a plan needs fewer",
        ],
    ),
    "tower of aliases": (
        "a: &a0 [1]\n" + "".join(f"b{n}: &a{n + 1} [*a{n}]\n" for n in range(30)),
        [
            "line 20  nested deeper than 20 levels; a plan needs fewer",
        ],
    ),
    "alias of itself": (
        edited("[demand]", "&a [demand, *a]"),
        [
            "line 11  the alias *a stands inside what it repeats; write the value out",
        ],
    ),
    "aliases of nothing": (
        edited("5000", "*savings").replace("0.5", "*rate"),
        [
            "line 4  the alias *savings repeats nothing; write the value out",
            "line 9  the alias *rate repeats nothing; write the value out",
        ],
    ),
    "faults inside what is repeated": (
        edited("0.5", "0.5\n    gives: &g\n      conversoin: 0.2").replace(
            "[demand]", "[demand]\n    gives: *g"
        ),
        [
            "line 11  milestones.demand.gives.conversoin: unknown key or measure 'conversoin'; did you mean 'conversion'?",
            "line 11  milestones.open.gives.conversoin: unknown key or measure 'conversoin'; did you mean 'conversion'?",
        ],
    ),
    "merge key of an alias": (
        edited("    weeks: 2", "    <<: &d {weeks: 2}").replace("needs: [demand]", "<<: *d"),
        [
            "line 8  merge keys (<<) are not read; write the keys out",
        ],
    ),
    "merge key": (
        edited("    needs: [demand]", "    <<: {needs: [demand]}"),
        [
            "line 11  merge keys (<<) are not read; write the keys out",
        ],
    ),
    "python tag": (
        edited("5000", "!!python/object/apply:os.system [echo]"),
        [
            "line 4  tags (!!python/object/apply:os.system) are not read; take it out",
        ],
    ),
    "tag of text": (
        edited("5000", "!!str 5000"),
        [
            "line 4  tags (!!str) are not read; take it out",
        ],
    ),
    "two documents": (
        GOOD + "---\n" + GOOD,
        [
            "line 12  a second document begins here (---); a plan file has only one",
        ],
    ),
    "key twice": (
        GOOD + "cash: 1\n",
        [
            "line 12  the key 'cash' is there twice, first on line 4; take one out",
        ],
    ),
    "key twice in a milestone": (
        edited("    weeks: 2", "    weeks: 2\n    weeks: 3"),
        [
            "line 9  the key 'weeks' is there twice, first on line 8; take one out",
        ],
    ),
    "tab": (
        edited("    weeks", "\tweeks"),
        [
            "line 8  a tab stands where only spaces may; use spaces to indent",
        ],
    ),
    "bracket never closed": (
        edited("[demand]", "[demand"),
        [
            "line 11  a bracket is opened and not closed again",
        ],
    ),
    "quote never closed": (
        edited("id: stall", "id: 'stall"),
        [
            "line 2  a quotation mark is opened and never closed",
        ],
    ),
    "wrong indentation": (
        edited("    weeks: 2", "   weeks: 2"),
        [
            "line 8  the line does not fit those above; check its indentation, brackets and quotes",
        ],
    ),
    "colon too many": (
        edited("id: stall", "id: stall: 2"),
        [
            "line 2  a colon too many, or a line indented too far; put text with a colon in quotes",
        ],
    ),
    "colon without a space": (
        edited("cash: 5000", "cash:5000"),
        [
            "line 4  a colon with a space behind it is missing after the key",
        ],
    ),
    "wide colon": (
        edited("cash: 5000", "cash：5000"),
        [
            "line 4  a wide colon (：) stands here; write a plain one and a space behind it",
        ],
    ),
    "wide space": (
        edited("  - id: demand", "\u3000- id: demand"),
        [
            "line 7  a space that only looks like one stands here; indent with the space bar",
        ],
    ),
    "at sign": (
        edited("5000", "@5000"),
        [
            "line 4  text that begins with @ must stand in quotes",
        ],
    ),
    "wild escape": (
        edited("id: stall", 'id: "\\q"'),
        [
            "line 2  a backslash in double quotes has a meaning of its own; use single quotes",
        ],
    ),
    "escape beyond letters": (
        edited("id: stall", 'id: "\\UFFFFFFFF"'),
        [
            "line 2  this is no YAML that can be read here; look for a stray sign",
        ],
    ),
    "escaped bell": (
        edited("id: stall", 'id: stall\ntitle: "\\a"'),
        [
            "line 3  the character \\x07 cannot be shown; take it out",
        ],
    ),
    "bell": (
        edited("id: stall", "id: stall\ntitle: \a"),
        [
            "line 3  the character \\x07 cannot be shown; take it out",
        ],
    ),
    "list as a key": (
        GOOD + "? [a, b]\n: c\n",
        [
            "line 12  a list or a set of keys cannot be a key itself; write a word",
        ],
    ),
    "deep": (
        "a: " + "[" * 50 + "]" * 50 + "\n",
        [
            "line 1  nested deeper than 20 levels; a plan needs fewer",
        ],
    ),
    "very deep": (
        "a: " + "[" * 100_000,
        [
            "line 1  nested deeper than 20 levels; a plan needs fewer",
        ],
    ),
    "many values": (
        "a: [" + "x, " * 30_000 + "]\n",
        [
            "line 1  more than 20000 values; a plan needs fewer",
        ],
    ),
}
