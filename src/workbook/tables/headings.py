"""Match the headers of a table with the known columns, by any of their names.

The columns have English and Chinese names. A table from another country is still read if its header
is one word that is known here; a longer header leads to a question, like any unknown one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

from workbook.amounts import is_unit
from workbook.amounts.quantity import TIMES
from workbook.consistency.faults import folded

WORDS: Mapping[str, str] = {
    "name": "name|bezeichnung|aufgabe|vorgang|vorgangsname|meilenstein|meilensteine"
    "|arbeitspaket|schritt|nom|nom de la tâche|tâche|jalon|étape|activité|nombre"
    "|nombre de tarea|tarea|hito|actividad|nome|nome da tarefa|tarefa|marco|etapa"
    "|atividade|attività|nome attività|compito|traguardo|タスク|タスク名|マイルストーン"
    "|作業|作業名|項目|название|название задачи|задача|этап|веха|taak|taaknaam|mijlpaal"
    "|zadanie|etap|이름|작업|작업 이름|마일스톤|任務|任務名稱|名稱|里程碑名稱",
    "participant": "teilnehmer|teilnehmerin|teilnehmende|studierende|student in|schüler"
    "|étudiant|étudiante|participante|estudiante|alumno|aluno|aluna|estudante|studente"
    "|partecipante|deelnemer|uczestnik|氏名|学生氏名|参加者|участник|студент|имя|фио"
    "|참가자|학생|성명|學員|學生|姓名",
    "plan": "plandatei|datei|fichier|archivo|arquivo|plano|piano|файл|план|ファイル|計画"
    "|計劃|계획|파일",
    "weeks": "wochen|dauer|durée|semaines|duración|semanas|duração|durata|settimane"
    "|looptijd|duur|weken|期間|週|週數|週数|所要期間|длительность|недели|срок|기간"
    "|czas trwania|tygodnie",
    "cost": "kosten|coût|coûts|costo|coste|costes|custo|custos|costi|费用|費用|コスト"
    "|予算|成本|花費|стоимость|затраты|koszt|koszty|비용|예산",
    "pass rate": "erfolgsquote|erfolgswahrscheinlichkeit|erfolgschance|erfolg"
    "|wahrscheinlichkeit|taux de réussite|taux de succès|probabilité"
    "|probabilité de succès|probabilidad|probabilidad de éxito|tasa de éxito"
    "|probabilidade|probabilidade de sucesso|taxa de sucesso|probabilità"
    "|probabilità di successo|tasso di successo|slagingskans|成功率|確率|成功確率|通過率"
    "|вероятность|вероятность успеха|prawdopodobieństwo|성공률|확률",
    "needs": "voraussetzung|voraussetzungen|abhängig von|abhängigkeit|abhängigkeiten"
    "|dépend de|dépendances|prérequis|depende de|dependencias|requisitos|dependências"
    "|dipende da|dipendenze|afhankelijk van|前提|前提条件|前提タスク|зависит от|선행 조건"
    "|前置|依賴|前置條件",
    "predecessors": "vorgänger|prédécesseur|prédécesseurs|predecesora|predecesoras"
    "|predecessora|predecessoras|predecessori|voorgangers|先行タスク|先行作業"
    "|предшественники|선행 작업|前置任務",
    "attempts": "versuche|tentatives|essais|intentos|tentativas|tentativi|pogingen"
    "|попытки|試行回数",
    "cash": "kasse|bargeld|kapital|startkapital|guthaben|trésorerie|caisse|capital"
    "|efectivo|caja|capital inicial|caixa|cassa|kas|現金|資金|手元資金|деньги|капитал"
    "|현금|자금",
    "note": "notiz|notizen|bemerkung|bemerkungen|kommentar|anmerkungen|remarque|remarques"
    "|notas|observaciones|observações|備考|メモ|примечание|비고|備註",
}
ENGLISH: Mapping[str, str] = {
    word: english for english, words in WORDS.items() for word in words.split("|")
}
"""The English name of a column, by its lower-case name in another language."""


UNIT_WORDS = frozenset(
    word
    for words in TIMES.values()
    for word in words.split("|")
    if not word.isascii() or len(word) > 3 or word == "day"
)
"""The words that name a unit of time even next to others."""
NOTE = "#"
"""The start of a header that marks the user's own note; its column is ignored."""
ASIDE = "-"
"""The target of a mapping that ignores the column."""
BRACKETS = re.compile(r"[(（\[【{].*?[)）\]】}]")
FILLERS = re.compile(
    r"^(?:please |enter |write |your |my |our |the |full |a |an |est |estimated |expected |planned "
    r"|starting |initial |opening )+"
    r"|^(?:请填写|请输入|请写|您的|你的|我的|预计|预估|估计|计划|初始|起始|启动)+"
)
PER_TIME = re.compile(
    r" (?:per|a|each) (?:month|day|year|quarter|hour)$|^(?:monthly|yearly|annual|daily) "
)

Kind = Literal["known", "near", "mentioned", "aside", "unknown"]


@dataclass(frozen=True)
class Match:
    """The meaning of a header.

    Attributes
    ----------
    kind
        `known`: the column of `key`. `near`: probably misspelt, and `mentioned`: a longer text that
        contains a known name; `name` is that name. `aside`: ignored on purpose.
    unit
        The unit after the name, outside brackets, if there is one.
    """

    kind: Kind
    key: str = ""
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Headings:
    """The columns that a table may have.

    Attributes
    ----------
    names
        The key of each column by each of its names; case and signs do not matter.
    subject
        The key of the column that says what a row is about.
    accepts
        The key of a header that is no fixed name, such as `milestones.taste.cost`; None otherwise.
    given
        What the user maps headers to: a name, or `-` to leave the column aside.
    example
        A row of headers, as an example in the fault of a table without one.
    lists
        Whether a plain list, one subject a line, is a table too.
    lettered
        Whether a fault names a header with the letter of its column.
    spare
        The keys that two columns may have: the one that says more is read.
    foreign
        Headers, in plain letters, that resemble known ones and mean something else.
    minor
        The keys for which a longer or misspelt header leads to no question.
    joined
        The keys that several columns may have: all of them are read.
    """

    names: Mapping[str, str]
    subject: str
    accepts: Callable[[str], str | None] = field(default=lambda _: None)
    given: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    lists: bool = False
    lettered: bool = True
    spare: Sequence[str] = ()
    foreign: frozenset[str] = frozenset()
    minor: Sequence[str] = ()
    joined: Sequence[str] = ()
    _written: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {plain(name): key for name, key in self.names.items()}
        written = {plain(name): name for name in reversed(list(self.names))}
        given = {bare(header): name for header, name in self.given.items()}
        object.__setattr__(self, "names", by_name)
        object.__setattr__(self, "given", given)
        object.__setattr__(self, "_written", written)

    def match(self, header: str) -> Match:
        """What a header means."""
        return self._certain(header) or self._guess(plain(header))

    def _certain(self, header: str) -> Match | None:
        """What a header means; None if that has to be guessed, which takes far longer."""
        if header.startswith(NOTE) and header != NOTE:
            return Match("aside")
        name = plain(header)
        if (chosen := self.given.get(bare(header), self.given.get(name))) is not None:
            key = self.key_of(chosen)
            unit = name if is_unit(name) else unit_of(plain(chosen))
            return Match("known", key, unit=unit) if key else Match("aside")
        if (key := self._key(header) or self._named(bare(header))) is not None:
            return Match("known", key, unit=unit_of(name))
        if name in self.foreign:
            return Match("unknown")
        for short, unit in _with_unit(name):
            if (key := self._named(short)) is not None:
                return Match("known", key, unit=unit)
        key = self._named(PER_TIME.sub("", name))
        if key is not None and key.endswith("per_week"):
            return Match("known", key)
        key = self._named(short := FILLERS.sub("", name))
        return None if key is None else Match("known", key, unit=unit_of(short))

    def known(self, headers: Sequence[str]) -> int:
        """How many of these cells are headers that are known."""
        certain = (self._certain(header) for header in headers if header)
        return sum(match is not None and match.kind == "known" for match in certain)

    def guessed(self, header: str) -> bool:
        """Whether a cell may be a header, if it is misspelt or long."""
        return self.match(header).kind in ("near", "mentioned")

    def place_name(self, letter: str, header: str) -> str:
        """How a header is called in a fault."""
        return f"{letter} ({header})" if self.lettered else header

    def key_of(self, name: str) -> str | None:
        """The key that a user maps a header to by this name; None for an unknown name and `-`."""
        return None if name == ASIDE else self._key(name)

    def _key(self, header: str) -> str | None:
        return self.accepts(header) or self._named(plain(header))

    def _named(self, name: str) -> str | None:
        """The key of a name in plain letters, in whichever language."""
        return self.names.get(name) or self.names.get(ENGLISH.get(name, ""))

    def _guess(self, name: str) -> Match:
        near = get_close_matches(name, self.names, n=3, cutoff=0.7)
        asked = [known for known, key in self.names.items() if key not in self.minor]
        if (known := next((one for one in near if _misspelt(name, one)), None)) is not None:
            kind: Kind = "near" if known in asked else "unknown"
            return Match(kind, self.names[known], self._written[known])
        inside = [known for known in asked if _mentions(name, known)]
        if inside:
            found = max(inside, key=len)
            return Match("mentioned", self.names[found], self._written[found])
        return Match("unknown")


ALIKE = 0.8
"""From this similarity on a word may be another one misspelt."""


def _misspelt(header: str, known: str) -> bool:
    """Whether each word of a header may be a misspelt one: `start date` is no `start week`."""
    words = header.split(" "), known.split(" ")
    return len(words[0]) == len(words[1]) and all(map(_slip, *words))


def _slip(word: str, known: str) -> bool:
    """Whether a word has one letter more, less or otherwise, or its letters in another order."""
    if sorted(word) == sorted(known):
        return True
    alike = SequenceMatcher(None, word, known).ratio() >= ALIKE
    return alike and abs(len(word) - len(known)) <= 1


def plain(name: str) -> str:
    """A header without case, signs, and what is in brackets (a unit, mostly)."""
    without = BRACKETS.sub("", folded(name))
    return bare(without).removesuffix(" in") if without.rstrip().endswith("%") else bare(without)


def bare(name: str) -> str:
    """A header without case and signs, with what is in brackets."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(name)).split())


def in_english(header: str) -> str:
    """A header in plain letters, in English where it is a known word of another language."""
    name = plain(header)
    return ENGLISH.get(name, name)


def unit_of(name: str) -> str:
    """Return the unit of time that is a word of a header: `days`, `天数`; empty without one."""
    for word in name.split():
        word = word if word.isascii() else re.sub("^(?:.*的|每次)|[数數]$", "", word)
        if word.casefold() in UNIT_WORDS:
            return word
    return ""


def _with_unit(name: str) -> Iterator[tuple[str, str]]:
    """A name without the unit behind it, and the unit: `duration weeks`, `工期月`."""
    words = name.split(" ")
    for n in (2, 1):
        if len(words) > n and is_unit(unit := " ".join(words[-n:])):
            yield " ".join(words[:-n]).removesuffix(" in"), unit
    for n in (3, 2, 1):
        if len(name) > n and not (unit := name[-n:]).isascii() and is_unit(unit):
            yield name[:-n], unit


def _mentions(text: str, name: str) -> bool:
    """Whether a longer header contains a known name as words of its own."""
    if name.isascii():
        return len(name) > 3 and f" {name} " in f" {text} "
    return len(name) > 1 and name in text and len(text) > len(name)
