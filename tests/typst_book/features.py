"""The book of features: a page for each kind, built with the configuration of the report itself."""

from base64 import b64encode
from pathlib import Path

import altair
import nbformat
import pandas
import yaml
from jupyter_book.sphinx import build_sphinx

from smdi.publishing.styles import stylesheets

# Importing it makes it the renderer of charts, as a chapter does.
from smdi.report import chart_output as chart_output
from smdi.report.palette import read_palette

ROOT = Path(__file__).parents[2]
PAGES = Path(__file__).parent / "fixtures" / "features"


def source(folder: Path) -> Path:
    """Write the book's pages, the notebook of cells and the configuration into a folder."""
    made = folder / "source"
    if not made.is_dir():
        for path in PAGES.rglob("*.*"):
            target = made / path.relative_to(PAGES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        nbformat.write(cells(), made / "cells.ipynb")
        configure(made)
    return made


def configure(folder: Path) -> None:
    """Write the report's own configuration, styles and templates into a book's folder."""
    for path in (ROOT / "book").rglob("_*/*.*"):
        target = folder / path.relative_to(ROOT / "book")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for name, content in stylesheets(read_palette()).items():
        (folder / name).write_bytes(content)
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    config |= {"title": "写法样例", "author": "某某研究院"}
    config["parse"]["myst_substitutions"] = {"book_name": "写法样例"}
    config["sphinx"]["config"].pop("html_extra_path")
    config["html"].pop("favicon", None)  # drawn where an edition is assembled
    (folder / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")


def one_page(folder: Path, text: str) -> None:
    """Write a book of one page."""
    made = folder / "source"
    made.mkdir()
    (made / "index.md").write_text(text, "utf-8")
    (made / "references.bib").write_text("", "utf-8")
    (made / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    configure(made)


def build(folder: Path, builder: str, **settings) -> int:
    """Build the book; every warning is an error. Returns Sphinx's status."""
    pages = source(folder)
    return build_sphinx(
        pages,
        folder / builder,
        noconfig=True,
        path_config=pages / "_config.yml",
        confoverrides={
            "external_toc_path": str(pages / "_toc.yml"),
            "latex_individualpages": False,
            "nitpicky": True,
            "typst_output": "report.pdf",
            "typst_date": "2021-12-31",
            "typst_standards": ["a-2a", "ua-1"],
            "typst_page_names": True,
            "typst_cover_mark": "模拟数据",
            **settings,
        },
        doctreedir=folder / f"doctrees-{builder}",
        builder=builder,
        warningiserror=True,
        keep_going=True,
        quiet=True,
    )


def cells() -> nbformat.NotebookNode:
    """A notebook as a kernel leaves it: a data frame, a chart, a PNG picture and printed lines."""
    new = nbformat.v4
    frame = pandas.DataFrame(
        {"省份": ["江苏省", "山东省"], "企业数": [1233, 966], "占比": [0.5, 12.25]}
    )
    parts = pandas.DataFrame(
        [[1, 2], [3, 4]],
        index=pandas.MultiIndex.from_tuples([("东部", "甲"), ("东部", "乙")], names=["区域", "类"]),
        columns=pandas.MultiIndex.from_tuples([("2021", "一级"), ("2021", "二级")]),
    )
    chart = altair.Chart(frame, title="各省企业数").mark_bar().encode(x="省份", y="企业数")
    picture = (PAGES / "pictures" / "two words.png").read_bytes()

    def output(data, **metadata):
        return new.output_from_msg(
            {
                "msg_type": "execute_result",
                "header": {"msg_type": "execute_result"},
                "content": {"data": data, "metadata": metadata, "execution_count": 1},
            }
        )

    def cell(code, *outputs, **metadata):
        return new.new_code_cell(code, outputs=list(outputs), execution_count=1, metadata=metadata)

    def html(table):
        return output({"text/html": table._repr_html_(), "text/plain": repr(table)})

    bundle = chart._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    notebook = new.new_notebook(
        cells=[
            new.new_markdown_cell("# 单元格的输出\n\n单元格的输出照样印出。"),
            new.new_markdown_cell("## Data frames"),
            cell("frame", html(frame)),
            cell("parts", html(parts)),
            new.new_markdown_cell("## Charts"),
            cell("chart", output(data, **metadata)),
            new.new_markdown_cell("## Pictures of cells"),
            cell(
                "picture",
                output({"image/png": b64encode(picture).decode(), "text/plain": "<Figure>"}),
                mystnb={"image": {"alt": "单元格画出的图", "width": "40%"}},
            ),
            new.new_markdown_cell("## Printed lines"),
            cell(
                "print('已读入二十行')",
                nbformat.v4.new_output("stream", name="stdout", text="已读入二十行\n"),
            ),
            new.new_markdown_cell("## Hidden cells"),
            cell("hidden = 3", output({"text/plain": "隐藏输入的结果"}), tags=["hide-input"]),
            cell("1 + 1", output({"text/plain": "去掉输入的结果"}), tags=["remove-input"]),
            cell("hidden_output", output({"text/plain": "隐藏的输出"}), tags=["hide-output"]),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    return notebook
