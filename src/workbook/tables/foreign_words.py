"""Names of headers in languages that the workbook does not speak, by an English name.

The columns have English and Chinese names. A table from another country is still read if its
header is one of these words; a longer header leads to a question, like any unknown one.
"""

from __future__ import annotations

from collections.abc import Mapping

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
