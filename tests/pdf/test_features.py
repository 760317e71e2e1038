"""One of each thing that a page can hold: how it comes out on paper and on the site."""

import re
from urllib.parse import unquote

import bs4
import pikepdf
import pypdf
import pytest

# Points. A bar chart of the fixture is 560 by 300 pixels, that is 420 by 225 points.
TEXT_WIDTH = 441.0
CHART = 300 / 560
CENTIMETRE = 72 / 2.54


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """The elements of the tags of one kind, in reading order."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == kind:
                found.append(element)
            if "/K" in element and element.get("/Type") != "/MCR":
                walk(element.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.fixture(scope="module")
def boxes(features):
    """Left, bottom, right, top of each picture, by its words for those who cannot see it."""
    with pikepdf.open(features.pdf) as pdf:
        return {
            str(figure.Alt): [float(side) for side in attributes.BBox]
            for figure in elements(pdf, "/Figure")
            for attributes in figure.A
        }


@pytest.fixture(scope="module")
def lines(features):
    """The lines of the book on paper."""
    pages = pypdf.PdfReader(features.pdf).pages
    return [line for page in pages for line in page.extract_text().splitlines()]


@pytest.fixture(scope="module")
def paper(lines):
    """All of the book on paper, without room between its letters."""
    return flat("".join(lines))


@pytest.fixture(scope="module")
def site(features):
    """The articles of the site by page."""
    pages = {path.stem: path.read_text("utf-8") for path in features.pages}
    return {
        name: bs4.BeautifulSoup(text, "html.parser").select_one("article")
        for name, text in pages.items()
    }


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


# ---- Pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "width", "height"),
    [
        ("宽度一半的柱形图", TEXT_WIDTH / 2, TEXT_WIDTH / 2 * CHART),
        ("缩小四成的柱形图", 420 * 0.4, 225 * 0.4),
        ("高度三厘米的柱形图", 3 * CENTIMETRE / CHART, 3 * CENTIMETRE),
        ("两百像素宽的柱形图", 150, 150 * CHART),
        ("属性给出宽度", TEXT_WIDTH * 0.3, TEXT_WIDTH * 0.3 * CHART),
        ("文件名为中文", 420, 225),
        ("中文与空格的文件名", 420, 225),
        ("文件名有空格", 120, 60),
        ("标签写的图", 45, 45),
        ("小图", 10.5, 10.5),
        ("单元格画出的图", TEXT_WIDTH * 0.4, TEXT_WIDTH * 0.2),
    ],
)
def test_a_picture_has_the_size_that_its_page_asks_for(boxes, words, width, height):
    left, bottom, right, top = boxes[words]
    assert (right - left, top - bottom) == pytest.approx((width, height), abs=0.5)


def test_a_figure_may_stand_at_a_side(boxes):
    margin = (210 * CENTIMETRE / 10 - TEXT_WIDTH) / 2
    assert boxes["高度三厘米的柱形图"][2] == pytest.approx(margin + TEXT_WIDTH, abs=0.5)


def test_pictures_with_chinese_and_spaced_names_are_on_the_site(features, site):
    pictures = [picture["src"] for picture in site["pictures"].select("img")]
    assert len(pictures) == 10
    missing = [name for name in pictures if not (features.site / unquote(name)).is_file()]
    assert missing == []


# ---- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sign", ["~~", "{{", "[x]", "<br", "<sub", "<!--", "注释不印", "{width", "\\argmin", "\\tag"]
)
def test_no_sign_of_the_source_is_left_on_paper_or_on_the_site(paper, site, sign):
    assert sign not in paper
    assert all(sign not in article.get_text() for article in site.values())


def test_lines_break_where_the_page_breaks_them(lines):
    at = lines.index("甲行以反斜线结束")
    assert lines[at : at + 4] == [
        "甲行以反斜线结束",
        "乙行以两个空格结束",
        "丙行以标记结束",
        "丁行为末行。",
    ]


def test_quotation_marks_and_dashes_stay_as_they_were_written(paper, site):
    for text in (paper, flat(site["words"].get_text())):
        assert '直引号"照原样"与破折号——照原样。' in text


def test_a_struck_word_is_struck_on_the_site_and_printed(paper, site):
    assert site["words"].select_one("s").get_text() == "删去的词"
    assert "删去的词同在一行" in paper


def test_a_substitution_prints_its_value(paper, site):
    assert "本书的名称是写法样例。" in paper
    assert "本书的名称是写法样例。" in site["words"].get_text()


def test_nothing_is_wider_than_the_text(lines):
    # Of the fixed face in code, 4.8 points each; a longer run would leave the text.
    runs = [run for line in lines for run in re.findall("[!-~]+", line) if ". ." not in line]
    assert max(map(len, runs)) <= 90


def test_what_was_broken_to_fit_is_whole(paper):
    for name in (
        "smdi_published_audit_rules_share_level_at_or_above_two_by_province_and_industry_2021_"
        "baseline_2020_difference",
        "data/published/exhibits/tab-provinces/level-at-or-above-two/2021/with-a-very-long-folder-"
        "name/file.csv",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 4,
    ):
        assert name in paper
    assert re.search("长文字A{100,}ZZZ末", paper)


# ---- Blocks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "-e,--editionYEAR要编制的年份",
        "卷首引文一句。——《某某纲要》",
        "引文一段，说明来历。——《某某规划》",
        "折叠的标题折叠的正文。",
        "卡片标题卡片正文。卡片脚注。",
        "左卡左卡正文。右卡右卡正文。",
        "甲页签甲页签的正文。乙页签乙页签的正文。",
        "代码一一个很长的函数1deflevel",
        "页边注一段。",
        "居中一行",
        "编制单位某某研究院",
    ],
)
def test_a_block_is_printed_with_all_that_it_says(paper, text):
    assert text.replace("-e,", "-e，") in paper or flat(text) in paper


def test_cards_of_a_grid_stand_side_by_side(features):
    places = {}
    for page in pypdf.PdfReader(features.pdf).pages:

        def visit(text, matrix, _tm, _font, _size):
            if text.strip() in ("左卡", "右卡"):
                places[text.strip()] = (matrix[4], matrix[5])

        page.extract_text(visitor_text=visit)
    (left, height), (right, same) = places["左卡"], places["右卡"]
    assert same == pytest.approx(height)
    assert right - left > TEXT_WIDTH / 2


# ---- References ----------------------------------------------------------------------------------


def test_a_number_reference_reads_the_number_of_the_caption(paper, site):
    for text in (paper, flat(site["references"].get_text())):
        assert re.search(r"见图1(（第\d+页）)?与表1(（第\d+页）)?，又见见于图3", text)


def test_works_are_cited_and_listed(paper, site):
    for text in (paper, flat(site["references"].get_text())):
        assert "方法见[1]，又见AuthorandWriter[2]。" in text
        assert "国家标准化管理委员会.智能制造能力成熟度模型.中国标准出版社,2020." in text


def test_a_formula_is_referred_to_by_its_number(paper, site):
    for text in (paper, flat(site["formulas"].get_text())):
        assert "见式(1)。" in text and "(甲)" in text


# ---- Formulas on the site ------------------------------------------------------------------------


def test_a_macro_of_the_configuration_is_an_operator_with_its_variable_below(site):
    operator = site["formulas"].select("math munder")[0]
    assert flat(operator.get_text()) == "argminx"


def test_aligned_formulas_are_tables_and_no_ampersand_is_left(site):
    assert len(site["formulas"].select("math mtable")) >= 6
    assert "&" not in site["formulas"].get_text()


# ---- Cells ---------------------------------------------------------------------------------------


def test_a_data_frame_is_a_table_with_heads(features, lines):
    assert "0 江苏省 1233 0.50" in lines
    with pikepdf.open(features.pdf) as pdf:
        assert len(elements(pdf, "/Table")) == 7


def test_a_chart_is_a_picture_on_paper_and_a_drawing_with_words_on_the_site(boxes, paper, site):
    assert "各省企业数" in boxes
    assert "1,200" in paper
    drawing = site["cells"].select_one(".exhibit-chart .exhibit-drawing")
    assert "各省企业数" in drawing["aria-label"]
    assert drawing.select_one("svg")


def test_what_a_cell_printed_is_printed_below_its_code(paper):
    assert paper.count("已读入二十行") == 2


def test_what_the_page_hides_or_removes_of_a_cell_is_not_printed(paper):
    assert "隐藏输入的结果" in paper and "hidden=3" not in paper
    assert "去掉输入的结果" in paper and "1+1" not in paper
    assert "hidden_output" in paper and "隐藏的输出" not in paper


def test_no_page_fetches_anything_from_outside(features):
    for path in features.pages:
        page = bs4.BeautifulSoup(path.read_text("utf-8"), "html.parser")
        fetched = [tag.get("src") or "" for tag in page.select("[src]")]
        fetched += [tag["href"] for tag in page.select("link[href]")]
        assert [address for address in fetched if re.match("(https?:)?//", address)] == []
        assert not re.search("cdn", "".join(script.get_text() for script in page.select("script")))
