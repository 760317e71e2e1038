"""Templates of a notebook's prose: sentences and their variants, captions, parts, and faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from smdi.errors import InputErrors, Problem
from smdi.report.published_values import PublishedValues, no_facts
from smdi.report.records import Records
from smdi.report.text.language import Language, read_language
from smdi.report.text.notebook_text import join_lines, read_text
from smdi.report.text.prose import Prose
from smdi.report.text.quoting import Ranking, Value
from smdi.report.text.states import UNSAID
from smdi.report.text.texts import States

OTHERWISE = States(withheld="未公布。", missing="缺少。", inapplicable="不适用。", single="单一。")
CHINESE = read_language("zh").model_copy(update={"otherwise": OTHERWISE})
ENGLISH = CHINESE.model_copy(update={"line_joint": " "})


class Notebook:
    """A notebook of this prose, whose templates may quote `context`."""

    def __init__(self, folder: Path, text: str, language: Language = CHINESE) -> None:
        self.path = folder / "chapter.md"
        self.path.write_text(text, "utf-8")
        self.records = Records("c", PublishedValues(no_facts()), may_change=True)
        self.context: dict[str, object] = {}
        self._language = language

    def number(self, name: str, value: float | None, *, withheld: bool = False) -> Notebook:
        record = self.records.number(name, value, "%", 0, fact=None, withheld=withheld)
        return self.define(**{name: Value(name, record)})

    def define(self, **objects: object) -> Notebook:
        self.context |= objects
        return self

    @property
    def prose(self) -> Prose:
        loader = FileSystemLoader(self.path.parent)
        return Prose(read_text(self.path), self.records, self._language, loader)

    def page(self) -> str:
        return "\n\n".join(self.prose.cells(self.context))

    def says(self, name: str = "s") -> str:
        self.page()
        return self.records.text(name)

    def problems(self) -> list[Problem]:
        with pytest.raises(InputErrors) as faults:
            self.page()
        return list(faults.value.problems)


@pytest.fixture
def notebook(tmp_path) -> Callable[..., Notebook]:
    """Give the maker of a notebook from its prose."""
    return lambda text, language=CHINESE: Notebook(tmp_path, text, language)


def ranking(*names: str, lacking: str = "inapplicable") -> Ranking:
    ranks = tuple(range(1, len(names) + 1))
    values = tuple(10.0 - rank for rank in ranks)
    return Ranking(names, names, ranks, values, "家", 0, "x/firms", 2021, lacking)


def lines(*text: str) -> str:
    return "\n".join(text)


# -- a sentence and its variants -------------------------------------------------------------

SENTENCE = (
    "{% sentence s %}{{ low }}，{{ of | leaders }}。"
    "{% withheld %}甲{% missing %}乙{% inapplicable %}丙{% single %}丁{% endsentence %}"
)


def test_a_sentence_is_registered_and_a_role_stands_in_its_place(notebook) -> None:
    chapter = notebook("前。{% sentence s %}占{{ low }}。{% endsentence %}后。").number("low", 69)
    assert chapter.page() == "前。{num}`c.s`后。"
    assert chapter.says() == "占 69%。"


def test_a_sentence_all_of_whose_values_are_known_says_itself(notebook) -> None:
    chapter = notebook(SENTENCE).number("low", 69).define(of=ranking("甲省", "乙省"))
    assert chapter.says() == "69%，甲省、乙省依次居前两位。"


LACKING = [
    ("withheld", {"value": 3, "withheld": True}, ("甲省", "乙省"), "甲"),
    ("missing", {"value": None}, ("甲省", "乙省"), "乙"),
    ("inapplicable", {"value": 69}, (), "丙"),
    ("single", {"value": 69}, ("甲省",), "丁"),
]


@pytest.mark.parametrize(("state", "low", "names", "said"), LACKING)
def test_each_state_has_its_variant(notebook, state, low, names, said) -> None:
    chapter = notebook(SENTENCE).number("low", **low).define(of=ranking(*names))
    assert chapter.says() == said


@pytest.mark.parametrize(("state", "low", "names", "said"), LACKING)
def test_without_a_variant_the_language_has_the_words(notebook, state, low, names, said) -> None:
    plain = "{% sentence s %}{{ low }}，{{ of | leaders }}。{% endsentence %}"
    chapter = notebook(plain).number("low", **low).define(of=ranking(*names))
    assert chapter.says() == getattr(OTHERWISE, state)


def test_a_variant_is_a_template_too(notebook) -> None:
    text = "{% sentence s %}{{ of | leaders }}{% single %}只有{{ of | names }}。{% endsentence %}"
    assert notebook(text).define(of=ranking("甲省")).says() == "只有甲省。"


def test_a_variant_that_cannot_be_said_gives_way_to_the_language(notebook) -> None:
    text = "{% sentence s %}{{ low }}{% missing %}仅知{{ high }}。{% endsentence %}"
    assert notebook(text).number("low", None).number("high", 7).says() == "仅知 7%。"
    assert notebook(text).number("low", None).number("high", None).says() == "缺少。"


def test_variants_belong_to_their_own_sentence(notebook) -> None:
    text = (
        "{% sentence s %}{{ low }}{% missing %}甲{% endsentence %}"
        "{% sentence t %}{{ low }}{% endsentence %}"
    )
    chapter = notebook(text).number("low", None)
    assert (chapter.says("s"), chapter.says("t")) == ("甲", "缺少。")


def test_a_clause_may_be_left_out_where_its_value_is_not_known(notebook) -> None:
    text = (
        "{% sentence s %}{{ low }}{% if high.is_known %}，{{ high }}{% endif %}。{% endsentence %}"
    )
    assert notebook(text).number("low", 69).number("high", None).says() == "69%。"
    assert notebook(text).number("low", 69).number("high", 7).says() == "69%，7%。"


@pytest.mark.parametrize(("share", "said"), [(60, "多数"), (40, "少数")])
def test_words_are_chosen_by_a_comparison(notebook, share, said) -> None:
    text = "{% sentence s %}{% if low > 50 %}多数{% else %}少数{% endif %}{% endsentence %}"
    assert notebook(text).number("low", share).says() == said


def test_what_an_unknown_value_is_compared_with_is_not_said_either(notebook) -> None:
    text = "{% sentence s %}{% if low > 50 %}多数{% else %}少数{% endif %}{% endsentence %}"
    assert notebook(text).number("low", 60, withheld=True).says() == "未公布。"


def test_a_hidden_sentence_is_registered_and_prints_nothing(notebook) -> None:
    text = "{% sentence s hidden %}占{{ low }}。{% endsentence %}后。"
    chapter = notebook(text).number("low", 69)
    assert (chapter.page(), chapter.says()) == ("后。", "占 69%。")


@pytest.mark.parametrize("state", UNSAID)
def test_an_optional_sentence_is_absent_where_it_cannot_be_said(notebook, state) -> None:
    text = "{% sentence s optional %}{{ of | names }}。{% endsentence %}"
    assert notebook(text).define(of=ranking("甲省")).says() == "甲省。"
    assert notebook(text).define(of=ranking(lacking=state)).says() == ""


def test_an_optional_sentence_may_still_have_a_variant(notebook) -> None:
    text = "{% sentence s hidden optional %}{{ low }}{% missing %}无。{% endsentence %}"
    assert notebook(text).number("low", None).says() == "无。"
    assert notebook(text).number("low", 3, withheld=True).says() == ""


def test_a_sentence_quotes_another_as_it_reads(notebook) -> None:
    text = (
        "{% sentence s %}占{{ low }}。{% endsentence %}"
        "{% sentence t hidden %}{{ s }}{{ low }}。{% endsentence %}"
    )
    assert notebook(text).number("low", 69).says("t") == "占 69%。69%。"


def test_what_can_be_said_by_now_waits_for_no_later_value(notebook) -> None:
    text = (
        "{% sentence t hidden %}{{ s }}{% endsentence %}"
        "{% sentence s %}{{ low }}{% endsentence %}{% sentence u %}{{ high }}{% endsentence %}"
    )
    chapter = notebook(text).number("low", 69)
    assert chapter.prose.sentences(chapter.context) == ["s"]
    assert chapter.prose.sentences(chapter.context) == ["t", "s"]


# -- lines -----------------------------------------------------------------------------------


def test_a_sentence_is_one_line_whatever_its_template(notebook) -> None:
    choice = ("{% if low > 1 %}", "  乙", "{% endif %}")
    text = lines("{% sentence s %}", "甲{{ low }}，", *choice, "。", "{% endsentence %}")
    assert notebook(text).number("low", 69).says() == "甲 69%，乙。"


def test_an_english_sentence_keeps_its_words_apart(notebook) -> None:
    text = lines("{% sentence s %}", "Of all firms", "{{ low }} do.", "{% endsentence %}")
    assert notebook(text, ENGLISH).number("low", 69).says() == "Of all firms 69% do."


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        ("甲，\n乙。", "甲，乙。"),
        ("甲。\n{num}`c.s`\n乙。", "甲。{num}`c.s`乙。"),
        ("甲\n\n乙", "甲\n\n乙"),
        ("# 甲\n乙", "# 甲\n乙"),
        (":::{note} 甲\n乙\n:::", ":::{note} 甲\n乙\n:::"),
        ("- 甲\n- 乙", "- 甲\n- 乙"),
        ("| 甲 |\n| 乙 |", "| 甲 |\n| 乙 |"),
        ("English\nwords", "English\nwords"),
    ],
)
def test_lines_are_joined_between_chinese_alone(broken, joined) -> None:
    assert join_lines(broken, "") == joined


# -- amounts, captions and parts -------------------------------------------------------------


def test_an_amount_outside_a_sentence_is_registered_for_its_mark(notebook) -> None:
    chapter = notebook("共 {{ firms | amount('家') }}。").define(firms=7)
    assert chapter.page() == "共 {num}`c.text_0_1`。"
    assert chapter.says("text_0_1") == "7 家"


CAPTION = lines(":::{exhibit} fig-1", "构成（{{ low }}）", "", "占比为{{ high }}。", ":::")


def test_a_caption_stands_before_the_blank_line_and_the_note_behind_it(notebook) -> None:
    chapter = notebook(CAPTION).number("low", 69).number("high", 7)
    caption = chapter.prose.text.captions["fig-1"]
    assert chapter.prose.plain(caption.title, chapter.context) == "构成（69%）"
    assert chapter.prose.plain(caption.note, chapter.context) == "占比为 7%。"


def test_the_directive_of_an_exhibit_is_left_empty_in_the_page(notebook) -> None:
    page = notebook(CAPTION).number("low", 69).number("high", 7).page()
    assert page.split() == [":::{exhibit}", "fig-1", ":::"]


def test_a_second_directive_of_an_exhibit_is_reported_with_its_line(notebook) -> None:
    (problem,) = notebook(f"{CAPTION}\n\n{CAPTION}").problems()
    assert (problem.row, problem.value) == (7, "fig-1")


def test_a_fault_of_a_note_is_reported_with_its_line(notebook) -> None:
    chapter = notebook(CAPTION).number("low", 69)
    with pytest.raises(InputErrors) as faults:
        chapter.prose.plain(chapter.prose.text.captions["fig-1"].note, chapter.context)
    (problem,) = faults.value.problems
    assert problem.row == 4 and "high" in str(problem.value)


@pytest.fixture
def part(tmp_path) -> Callable[[str], Path]:
    """Give the writer of the part that notebooks of a test may include."""

    def write(text: str) -> Path:
        path = tmp_path / "parts" / "shared.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_part_is_included_with_its_sentences(notebook, part) -> None:
    part("共用。{% sentence s %}占{{ low }}。{% endsentence %}")
    chapter = notebook('前。{% include "parts/shared.md" %}后。').number("low", 69)
    assert chapter.page() == "前。共用。{num}`c.s`后。"
    assert chapter.says() == "占 69%。"


def test_what_is_quoted_counts_variants_captions_and_parts(notebook, part) -> None:
    part("{{ shared }}")
    text = lines("{% sentence s %}{{ low }}{% missing %}{{ other }}{% endsentence %}", "",
                 '{% include "parts/shared.md" %}', "", CAPTION)  # fmt: skip
    assert notebook(text).prose.quoted() == {"low", "other", "shared", "high"}


def test_a_fault_of_a_part_is_reported_where_it_stands(notebook, part) -> None:
    path = part("甲\n\n{{ nobody }}")
    (problem,) = notebook('甲\n\n{% include "parts/shared.md" %}').problems()
    assert (problem.file, problem.row) == (str(path), 3)
    path = part("甲\n{{ low | nosuch }}")
    (problem,) = notebook('甲\n\n{% include "parts/shared.md" %}').problems()
    assert (problem.file, problem.row) == (str(path), 2)


# -- faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("{{ nobody }}", "nobody"),
        ("{{ low | nosuch }}", "nosuch"),
        ("{{ low.nosuch }}", "nosuch"),
        ("{% if low %}", "endif"),
        ("{{ low", "end of print statement"),
        ("{% sentence 9 %}x{% endsentence %}", "name"),
        ("{% sentence t shown %}x{% endsentence %}", "shown"),
        ("{% sentence t %}{{ low }}{% nowhere %}{% endsentence %}", "nowhere"),
        ("{% include 'parts/nosuch.md' %}", "nosuch.md"),
        ("{{ 3.5 }}", "3.5"),
        ("{{ low | counted }}", "Value"),
        ("{{ of | leaders }}", "single"),
    ],
)
def test_a_fault_is_reported_with_notebook_and_line(notebook, wrong, named) -> None:
    chapter = notebook(f"# 标题\n\n第一行。\n{wrong}\n").number("low", 69)
    (problem,) = chapter.define(of=ranking("甲省")).problems()
    assert (problem.file, problem.row) == (str(chapter.path), 4)
    assert named in str(problem.value)


def test_all_faults_come_in_one_report(notebook) -> None:
    text = lines("{{ one }}", "", "+++", "", "{{ two }}")
    assert [problem.row for problem in notebook(text).problems()] == [1, 5]
    text = lines("{{ one | nosuch }}", "", "+++", "", "{{ two | nosuch }}")
    assert [problem.row for problem in notebook(text).problems()] == [1, 5]


@pytest.mark.parametrize(
    "reach",
    [
        "{{ of.__class__ }}",
        "{{ of.__class__.__mro__ }}",
        "{{ low.__init__.__globals__ }}",
        "{{ of | attr('__class__') }}",
        "{{ ''.__class__ }}",
        "{{ things.append(1) }}",
    ],
)
def test_a_template_cannot_reach_beyond_what_it_quotes(notebook, reach) -> None:
    things: list[int] = []
    chapter = notebook(f"甲\n\n{reach}").number("low", 69)
    (problem,) = chapter.define(of=ranking("甲省"), things=things).problems()
    assert problem.row == 3
    assert things == []


def test_a_fault_is_reported_while_sentences_are_said(notebook) -> None:
    chapter = notebook("甲\n\n{% sentence s %}{{ of.__class__ }}{% endsentence %}")
    chapter.define(of=ranking("甲省"))
    with pytest.raises(InputErrors) as faults:
        chapter.prose.sentences(chapter.context)
    assert [problem.row for problem in faults.value.problems] == [3]


def test_a_comment_is_not_printed_and_an_anchor_of_myst_is_none(notebook) -> None:
    assert notebook("甲{## 给编者 ##}乙 {#anchor}").page() == "甲乙 {#anchor}"


SECTIONS = """# 标题

## 甲
前文。{% sentence a %}一{{ low }}。{% endsentence %}
{% omit low > 50 %}
甲从略。
{% endomit %}
后文。{% sentence b %}二{{ low }}。{% endsentence %}

:::{exhibit} fig-a1
题
:::

### 甲之一
小节。

## 乙
乙文。
"""


def test_a_section_without_ground_gives_way_to_the_line_that_says_why(notebook) -> None:
    page = (made := notebook(SECTIONS).number("low", 69)).page()
    assert "前文" in page and "甲从略。" in page and "乙文。" in page
    assert "后文" not in page and "小节" not in page and "fig-a1" not in page
    assert made.records.text("a") == "一 69%。"
    assert made.records.text("b") == ""


def test_a_section_with_ground_stays_whole(notebook) -> None:
    page = notebook(SECTIONS).number("low", 12).page()
    assert "甲从略" not in page
    assert all(part in page for part in ("前文", "后文", "小节", "fig-a1", "乙文"))


def test_a_condition_on_what_cannot_be_said_leaves_nothing_out(notebook) -> None:
    assert "后文" in notebook(SECTIONS).number("low", None, withheld=True).page()


def test_a_chapter_without_ground_keeps_its_title_alone(notebook) -> None:
    text = "# 标题\n\n{% omit true %}\n本章从略。\n{% endomit %}\n\n## 甲\n\n甲文。\n"
    assert notebook(text).page().split() == ["#", "标题", "本章从略。"]


def test_the_exhibits_of_what_is_left_out_are_known(notebook) -> None:
    prose = (made := notebook(SECTIONS).number("low", 69)).prose
    prose.cells(made.context)
    assert prose.left_out == {"fig-a1"}


def test_a_fault_behind_a_section_that_is_left_out_keeps_its_line(notebook) -> None:
    (problem,) = notebook(SECTIONS + "{{ nobody }}\n").number("low", 69).problems()
    assert problem.row == SECTIONS.count("\n") + 1


def test_what_is_said_of_any_value_that_lacks_is_said_once_a_paragraph(notebook) -> None:
    text = (
        "# 标\n{% sentence s %}{{ low }}{% endsentence %}{% sentence t %}{{ low }}{% endsentence %}"
    )
    made = notebook(text).number("low", None, withheld=True)
    assert (made.says("s"), made.says("t")) == ("未公布。", "")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("占比{{ low }}，", "占比 {num}`sme.low`，"),
        ("有{{ low }}为小企业", "有 {num}`sme.low` 为小企业"),
        ("（{{ low }}）", "（{num}`sme.low`）"),
        ("{{ low }}", "{num}`sme.low`"),
    ],
)
def test_a_number_outside_of_sentences_is_set_off_too(notebook, text: str, printed: str) -> None:
    made = notebook(text).number("low", 68)
    assert made.page().strip() == printed.replace("sme.", f"{made.records.name}.")


def test_all_templates_that_cannot_be_read_are_told_at_once_with_their_files(
    notebook, tmp_path
) -> None:
    (tmp_path / "part.md").write_text("文。\n\n{{ more | }}\n", "utf-8")
    cell = "```{code-cell} python\nx = 1\n```"
    chapter = notebook(
        f"甲 {{{{ a | }}}}\n\n{cell}\n\n{{% include 'part.md' %}}\n\n{cell}\n\n乙 {{% nothing %}}\n"
    )
    found = {(Path(one.file).name, one.row) for one in chapter.problems()}
    assert {name for name, _ in found} == {"chapter.md", "part.md"}
    assert len(found) == 3


def test_templates_that_cannot_be_read_are_told_before_anything_of_them_is_asked(notebook) -> None:
    cell = "```{code-cell} python\nx = 1\n```"
    chapter = notebook(f"甲 {{{{ a | }}}}\n\n{cell}\n\n乙 {{% nothing %}}\n")
    with pytest.raises(InputErrors) as faults:
        _ = chapter.prose
    assert [one.row for one in faults.value.problems] == [1, 7]
