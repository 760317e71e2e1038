"""The headings of our own template, and the other names under which exports know its columns."""

from __future__ import annotations

from functools import cache

from smdi.standards import maturity_model, practices

FIRM_HEADINGS = {
    "credit_code": "统一社会信用代码",
    "year": "评估年度",
    "submitted_on": "提交日期",
    "province": "省份",
    "city": "城市",
    "industry": "行业代码",
    "process_type": "生产类型",
    "employees": "从业人数",
    "revenue": "营业收入（万元）",
    "design": "有设计业务",
    "logistics": "有物流业务",
    "sales": "有销售业务",
    "service": "有服务业务",
}
LONG_HEADINGS = {"item_id": "题号", "score": "得分"}
# Written as exports write them; compared without blanks, brackets and units.
OTHER_NAMES = {
    "credit_code": "信用代码 社会信用代码 统一信用代码 组织机构代码 企业代码 creditcode uscc",
    "year": "年度 年份 评估年份 诊断年度 自诊断年度 评价年度 year",
    "submitted_on": "提交时间 填报日期 填报时间 评估日期 诊断日期 上报时间 完成时间 date",
    "province": "省 所在省 所在省份 所属省份 省市区 省级 省（区、市） province",
    "city": "市 地市 所在市 所在城市 所属城市 地级市 地区 市（州） city",
    "industry": "行业 所属行业 行业类别 行业小类 国民经济行业 国民经济行业代码 行业名称 行业分类"
    " industry",
    "process_type": "类型 制造类型 行业类型 企业类型 生产方式 离散/流程 type",
    "employees": "职工人数 员工人数 员工数 人数 从业人员 从业人员数 年末从业人数 职工总数"
    " 年末从业人员平均人数 employees",
    "revenue": "营业收入 年营业收入 主营业务收入 销售收入 年销售额 营收 年收入 revenue",
    "design": "设计业务 设计 是否有设计 具有设计业务 产品设计业务",
    "logistics": "物流业务 物流 是否有物流 具有物流业务",
    "sales": "销售业务 销售 是否有销售 具有销售业务",
    "service": "服务业务 服务 是否有服务 具有服务业务",
}
OTHER_LONG_NAMES = {
    "item_id": "题目编号 条目编号 条目 能力项编号 指标编号 题目 item itemid",
    "score": "评分 分值 选项 答案 满足程度 自评 结果 score",
}


@cache
def item_ids() -> list[str]:
    """Return the ids of all items of the catalogue, in its order."""
    ids: list[str] = maturity_model().items["item_id"].tolist()
    return ids


@cache
def practice_headings() -> dict[str, str]:
    """Return the template's heading of each practice; a ratio bears its unit."""
    table = practices()
    return {
        str(name): f"{zh}（%）" if kind == "ratio" else str(zh)
        for name, zh, kind in zip(table.index, table["name_zh"], table["kind"], strict=True)
    }
