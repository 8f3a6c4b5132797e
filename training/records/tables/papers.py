"""Sheets of test papers + the question bank -> which item each question of a class's test is, and its key."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from analysis.errors import nearest, shown
from analysis.intake.letters.text import fold_key
from training.question_bank.bank_checks import LETTERS
from training.question_bank.bank_rows import QuestionBank
from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows
from training.records.linking.ledger import Ledger
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet, SheetsRead

_COLUMNS = ["course", "class_id", "test", "version", "question", "item", "option_order", "key"]


@dataclass(frozen=True)
class Question:
    """One question of one paper.

    Attributes
    ----------
    item : str
    key : str
        Letter of the bank.
    order : str
        Letters of the bank in the order in which the paper prints them: printed B is `order[1]`.
    """

    item: str
    key: str
    order: str

    def bank_letter(self, printed: str) -> str:
        """The bank's letter of a printed one, "" where the paper has no such option."""
        at = ord(printed) - ord("A")
        return self.order[at] if 0 <= at < len(self.order) else ""


@dataclass
class Papers:
    """The questions of all papers.

    Attributes
    ----------
    questions : dict
        (class, course, test, version) as written, "" for any -> number -> Question.
    items : dict
        Item -> row of the table `items`, of the items that the papers hold.
    """

    bank: QuestionBank
    questions: dict[tuple[str, str, str, str], dict[int, Question]] = field(default_factory=dict)
    items: dict[str, dict[str, str]] = field(default_factory=dict)

    def find(self, about: str, class_id: str, course: str, test: str, version: str) -> Question | None:
        """The question of a number or of an item's code.

        Notes
        -----
        The narrowest paper counts: one of the class before one of the course before one for all, one of the
        test before one for every test. Where an answer does not say its version the paper must have one only.
        """
        if not about.isdigit():
            return self._item(about)
        fitting = [
            (bool(own_class), bool(own_course), bool(own_test), own_version)
            for own_class, own_course, own_test, own_version in self.questions
            if own_class in ("", class_id)
            and own_course in ("", fold_key(course))
            and own_test in ("", test)
            and version in ("", own_version)
        ]
        if not fitting:
            return None
        best = max(fitting)[:3]
        if len({own for *scope, own in fitting if tuple(scope) == best}) > 1:
            return None
        by_class, by_course, by_test, own_version = next(one for one in fitting if one[:3] == best)
        key = (
            class_id if by_class else "", fold_key(course) if by_course else "", test if by_test else "",
            own_version,
        )  # fmt: skip
        return self.questions[key].get(int(about))

    def _item(self, code: str) -> Question | None:
        """An item that heads a column: with the key of the papers where they hold it, else the bank's."""
        known = {fold_key(item): item for item in [*self.items, *self.bank.items["item"]]}
        item = known.get(fold_key(code))
        if item is None:
            return None
        row = self.items.get(item) or bank_item(self.bank, item)
        self.items.setdefault(item, row)
        return Question(item, row["key"], row["options"])


def bank_item(bank: QuestionBank, item: str) -> dict[str, str]:
    """A bank's item as a row of the table `items`."""
    row = bank.items.set_index("item").loc[item]
    return {
        "item": item, "topic": row["topic"], "key": row["key"], "options": LETTERS,
        "objective": row["objective"], "lesson": row["lesson"],
    }  # fmt: skip


def make_papers(
    read: SheetsRead, names: ClassNames, topics: dict[str, str], bank: QuestionBank, ledger: Ledger
) -> Papers:
    """The papers that the files declare.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    topics : dict
        Course in comparing form -> topic, for items that are not in the bank.
    bank : QuestionBank
    ledger : Ledger
        A question twice, an item without a key, an order that is none, one item with two keys are stops; a
        key that is not the bank's is a note, for the class was marked with it.
    """
    sheets = read.of("papers")
    rows = sheet_rows(sheets, _COLUMNS)
    rows = rows[~rows[BAD].astype(bool) & rows["item"].notna() & rows["question"].notna()]
    papers = Papers(bank)
    for row in rows.to_dict("records"):
        sheet, at = sheets[row[SHEET]], row[AT]
        made = _question(row, topics, papers, sheet, at, ledger)
        class_id = names.known.get(fold_key(str(row["class_id"])), "") if pd.notna(row["class_id"]) else ""
        if made is None:
            continue
        if pd.notna(row["class_id"]) and not class_id:
            _stop(ledger, sheet, at, "class_id", "unknown_class", (
                "Mã lớp không có ở trang Lớp. Hãy sửa, hoặc để trống nếu đề dùng cho mọi lớp.",
                "The class is not in the sheet of classes. Mend it, or leave it empty if the paper is for "
                "all.",
            ))  # fmt: skip
            continue
        if not class_id and pd.isna(row["course"]):  # in a workbook of one class, its paper
            class_id = names.of_file.get(sheet.raw.path.name, "")
        scope = (
            class_id,
            fold_key(_text(row["course"])),
            _text(row["test"]),
            fold_key(_text(row["version"])),
        )
        _add(papers, scope, int(row["question"]), made, sheet, at, ledger)
    return papers


def _question(
    row: dict[str, object], topics: dict[str, str], papers: Papers, sheet: Sheet, at: int, ledger: Ledger
) -> Question | None:
    known = {fold_key(item): item for item in papers.bank.items["item"]}
    item = known.get(fold_key(str(row["item"])))
    order, printed_key = _text(row["option_order"]).upper().replace(" ", ""), _text(row["key"])
    if item is None:
        return _own_question(row, order, printed_key, topics, papers, sheet, at, ledger)
    about = bank_item(papers.bank, item)
    order = order or about["options"]
    if sorted(order) != sorted(about["options"]):
        return _bad_order(ledger, sheet, at, about["options"])
    question = Question(item, about["key"], order)
    if printed_key:
        key = question.bank_letter(printed_key)
        if not key:
            return _bad_key(ledger, sheet, at, order)
        if key != about["key"]:
            ledger.cell(
                sheet, at, "key", "key_differs",
                f"Đáp án khác với ngân hàng câu hỏi ({about['key']} của ngân hàng). Bài được chấm theo đáp "
                f"án ghi ở "
                "đây; hãy xem lại đáp án nào đúng.",
                f"The key is not the bank's ({about['key']} there). Papers are marked with the key written "
                f"here; see "
                "which is right.",
                kind="note", expected=about["key"],
            )  # fmt: skip
        question = Question(item, key, order)
    return _with_item(papers, {**about, "key": question.key}, question, sheet, at, ledger)


def _own_question(
    row: dict[str, object], order: str, key: str, topics: dict[str, str], papers: Papers, sheet: Sheet,
    at: int, ledger: Ledger,
) -> Question | None:  # fmt: skip
    """An item that is not in the bank: a department's own, with its key."""
    written = str(row["item"]).strip()
    if not key:
        close = nearest(written, papers.bank.items["item"], 1)
        vi = f' Có phải là "{close[0]}"?' if close else ""
        en = f' Is it "{close[0]}"?' if close else ""
        _stop(ledger, sheet, at, "item", "unknown_item", (
            f"Mã câu hỏi không có trong ngân hàng câu hỏi.{vi} Hãy sửa mã, hoặc ghi đáp án nếu là câu hỏi "
            f"riêng "
            "của lớp.",
            f"The item is not in the question bank.{en} Mend its code, or write its key if it is an item of "
            f"your "
            "own.",
        ))  # fmt: skip
        return None
    options = "".join(sorted(order)) if order else LETTERS if key in LETTERS else LETTERS + "EF"
    if order and sorted(order) != [chr(ord("A") + number) for number in range(len(order))]:
        return _bad_order(ledger, sheet, at, LETTERS)
    question = Question(written, key, order or options)
    letter = question.bank_letter(key)
    if not letter:
        return _bad_key(ledger, sheet, at, options)
    topic = topics.get(
        fold_key(_text(row["course"])),
        next(iter(topics.values()), "") if len(set(topics.values())) == 1 else "",
    )
    about = {
        "item": written,
        "topic": topic,
        "key": letter,
        "options": options,
        "objective": "",
        "lesson": "",
    }
    return _with_item(papers, about, Question(written, letter, question.order), sheet, at, ledger)


def _with_item(
    papers: Papers, about: dict[str, str], question: Question, sheet: Sheet, at: int, ledger: Ledger
) -> Question | None:
    first = papers.items.setdefault(question.item, about)
    if first["key"] != question.key:
        _stop(ledger, sheet, at, "key" if "key" in sheet.typed.columns else "item", "key_conflict", (
            f"Câu hỏi {question.item} có hai đáp án khác nhau trong các đề. Hãy sửa để mỗi câu hỏi có một "
            f"đáp án.",
            f"Item {question.item} has two keys in the papers. Mend them, so that each item has one.",
        ))  # fmt: skip
        return None
    return question


def _add(
    papers: Papers, scope: tuple[str, str, str, str], number: int, made: Question, sheet: Sheet, at: int,
    ledger: Ledger,
) -> None:  # fmt: skip
    paper = papers.questions.setdefault(scope, {})
    if number in paper:
        _stop(ledger, sheet, at, "question", "question_twice", (
            f"Câu {number} đã có trong đề này. Hãy sửa số câu, hoặc ghi mã đề.",
            f"Question {number} is in this paper already. Mend its number, or write the version.",
        ))  # fmt: skip
    elif made.item in {other.item for other in paper.values()}:
        _stop(ledger, sheet, at, "item", "item_twice", (
            f"Câu hỏi {made.item} có hai lần trong một đề. Hãy thay một câu.",
            f"Item {made.item} stands twice in one paper. Replace one.",
        ))  # fmt: skip
    paper.setdefault(number, made)


def _bad_order(ledger: Ledger, sheet: Sheet, at: int, options: str) -> None:
    _stop(ledger, sheet, at, "option_order", "order_unreadable", (
        f"Thứ tự phương án phải gồm đủ các chữ {options}, mỗi chữ một lần, ví dụ BDAC. Hãy sửa.",
        f"The order of options must hold the letters {options}, each once, such as BDAC. Mend it.",
    ))  # fmt: skip


def _bad_key(ledger: Ledger, sheet: Sheet, at: int, options: str) -> None:
    _stop(ledger, sheet, at, "key", "key_unknown", (
        f"Đáp án không phải là một phương án của câu ({shown(options)}). Hãy sửa.",
        f"The key is no option of the question ({shown(options)}). Mend it.",
    ))  # fmt: skip


def _stop(ledger: Ledger, sheet: Sheet, at: int, column: str, code: str, said: tuple[str, str]) -> None:
    ledger.cell(sheet, at, column, code, *said)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()


def items_table(papers: Papers, used: set[str]) -> pd.DataFrame:
    """Table `items`: those that a test held or that somebody answered, in order of their codes."""
    held = {question.item for paper in papers.questions.values() for question in paper.values()} | used
    return arrange_table("items", [papers.items[item] for item in sorted(held)])
