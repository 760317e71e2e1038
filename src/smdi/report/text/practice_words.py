"""How practices are called in sentences, and how the firms are that were asked about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from smdi.report.text import phrases
from smdi.standards import practices

BASES = {
    "design": "具有设计业务的企业",
    "logistics": "具有物流业务的企业",
    "sales": "具有销售业务的企业",
    "service": "具有服务业务的企业",
}

# What a firm does that has the practice: 提供远程运维服务的比例. A practice that is not listed is
# spoken of by its name: 远程运维服务的应用比例.
DOING = {
    "model_based_design": "开展基于三维模型的数字化设计",
    "remote_operation": "提供远程运维服务",
    "custom_platform": "建立个性化定制平台",
    "private_network": "搭建专用网络环境",
    "industrial_security": "实施工业信息安全防护",
    "online_quality_inspection": "开展关键工序质量在线检测",
    "automated_logistics": "应用自动化物流设备",
    "intelligent_decision": "实现生产智能运营决策",
    "energy_platform": "应用能源管理平台",
    "carbon_accounting": "开展碳排放统计",
    "predictive_maintenance": "开展设备预测性维护",
    "supplier_collaboration": "实现供应商信息协同",
    "ecommerce_platform": "应用电子商务平台",
    "quality_traceability": "实现全流程质量追溯",
    "equipment_networking": "实现设备联网",
    "automatic_data_collection": "实现生产数据自动采集",
    "process_visualisation": "实现生产过程可视化",
    "work_instruction_dispatch": "实现作业文件自动下发",
    "advanced_scheduling": "应用高级排产系统",
    "label_based_materials": "采用基于标识技术的物料管理",
    "warehouse_management_system": "应用仓储管理系统",
    "demand_based_delivery": "实现基于生产需求的精准配送",
    "digital_design_tools": "应用数字化研发工具",
    "modelling_simulation": "开展数字化设计建模仿真",
    "design_knowledge_base": "建立典型组件和设计知识库",
    "integration_architecture": "制定系统集成架构和规范",
    "full_business_integration": "实现全业务集成",
    "data_sharing": "实现部门内数据共享",
    "big_data_platform": "应用大数据平台",
    "model_based_analysis": "开展基于模型的数据分析",
    "innovation_management": "开展技术创新和管理创新",
    "knowledge_platform": "建立知识库与知识管理平台",
    "knowledge_software": "实现专家知识软件化",
    "carbon_asset_management": "实现碳资产闭环管理",
    "supplier_platform": "应用供应商协同平台",
    "smart_supply_chain": "打造智慧供应链",
}


def is_ratio(practice: str) -> bool:
    """Tell a mean of the firms' own percentages from a share of firms."""
    return bool(practices().loc[practice, "kind"] == "ratio")


def name(practice: str) -> str:
    """Return the name of a practice, in quotes where it would read as two names of a list."""
    text = str(practices().loc[practice, "name_zh"])
    return f"“{text}”" if re.search("[和与、]", text) else text


def subject(practice: str) -> str:
    """Return what has a value: 设备数字化率, 实现设备联网的比例."""
    if is_ratio(practice):
        return name(practice)
    doing = DOING.get(practice)
    return f"{doing}的比例" if doing else f"{name(practice)}的应用比例"


def opening(who: str, practice: str) -> str:
    """Return the subject with those who do it: 全国参评企业的设备数字化率, …企业实现…的比例."""
    linked = is_ratio(practice) or practice not in DOING
    return f"{who}{'的' if linked else ''}{subject(practice)}"


def base_kind(practice: str) -> str:
    """Return the business a firm must have to be asked, 'all' when every firm is."""
    kind = str(practices().loc[practice, "base"])
    return kind if kind in BASES else "all"


def names_or_all(names: Sequence[str], total: int) -> str:
    """Name the practices, or say 三项指标 when they are all there are."""
    if len(names) == total > 1:
        return f"{phrases.counted(total, '项')}指标"
    return phrases.listing(names)


def span(years: Collection[int]) -> str:
    """Say the years of a frame for a title: 2021 年, 2020—2021 年."""
    first, last = min(years, default=0), max(years, default=0)
    return f"{last} 年" if first == last else f"{first}—{last} 年"


def asked_of(ids: Sequence[str]) -> str:
    """Say for a note which practices only some firms are asked about; '' when all are."""
    kinds: dict[str, list[str]] = {}
    for practice in ids:
        kinds.setdefault(base_kind(practice), []).append(practice)
    if len(kinds) == 1:
        return "" if "all" in kinds else f"各项指标均以{BASES[next(iter(kinds))]}为基数"
    told = [
        f"{phrases.listing([name(p) for p in names])}以{BASES[kind]}为基数"
        for kind, names in kinds.items()
        if kind != "all"
    ]
    return "，".join(told)
