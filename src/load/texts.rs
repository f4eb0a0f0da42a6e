//! Synthetic full texts: of every edition a finished project with its published text in clauses, from which the index is then made.

use quanheng_domain::ids::{DocumentId, ProjectId, SpecificationId};
use serde_json::json;

use super::{Set, committees::Seats, writer::instant};

/// What is measured, with what, and what is told of it: earlier words stand in more texts than later ones, as in real texts.
const WORDS: [&str; 64] = [
    "示值",
    "误差",
    "温度",
    "压力",
    "标准器",
    "不确定度",
    "重复性",
    "量程",
    "零点",
    "湿度",
    "电压",
    "流量",
    "质量",
    "频率",
    "传感器",
    "稳定性",
    "电流",
    "长度",
    "功率",
    "砝码",
    "电阻",
    "分辨力",
    "变送器",
    "密度",
    "硬度",
    "转速",
    "角度",
    "噪声",
    "振动",
    "照度",
    "光谱",
    "波长",
    "浓度",
    "电导率",
    "线性度",
    "灵敏度",
    "滞后",
    "漂移",
    "天平",
    "量块",
    "热电偶",
    "热电阻",
    "水表",
    "燃气表",
    "电能表",
    "血压计",
    "色谱仪",
    "酸度计",
    "扭矩",
    "冲击",
    "磁感应强度",
    "剂量",
    "活度",
    "相位",
    "带宽",
    "增益",
    "失真",
    "粘度",
    "旋光度",
    "折射率",
    "声级",
    "里程",
    "酒精",
    "辐射亮度",
];
/// Sentences with a place for two words.
const SENTENCES: [[&str; 3]; 12] = [
    ["本规范适用于测量范围内", "的校准，", "的要求见附录。"],
    ["校准前", "应在规定环境中放置不少于2小时，", "应无可见损伤。"],
    ["在测量范围内均匀选取不少于5个校准点，对", "和", "各重复测量3次。"],
    ["", "的最大允许误差应符合表1的规定，", "用实验标准偏差表示。"],
    ["标准器的", "应不大于被校仪器", "最大允许值的三分之一。"],
    ["复校时间间隔由用户根据", "和", "的使用情况确定，建议不超过1年。"],
    ["", "在参比条件下测量，其结果与", "一并记录。"],
    ["预热后测量", "，读数稳定后再测量", "。"],
    ["由", "引入的分量按均匀分布处理，由", "引入的分量按正态分布处理。"],
    ["校准证书应给出", "及其扩展不确定度，必要时给出", "。"],
    ["型式评价时", "按JJF 1015的规定试验，", "按制造商说明书检查。"],
    ["外观检查用目测和手感方法进行，", "的标志应清晰，", "的铭牌应完整。"],
];
/// Headings of the clauses.
const HEADINGS: [&str; 16] = [
    "范围",
    "引用文件",
    "术语和计量单位",
    "概述",
    "计量特性",
    "校准条件",
    "环境条件",
    "测量标准及其他设备",
    "校准项目",
    "校准方法",
    "外观检查",
    "示值误差",
    "重复性",
    "校准结果表达",
    "复校时间间隔",
    "不确定度评定示例",
];
const SENTENCES_IN_A_CLAUSE: usize = 3;

/// Gives an edition the finished project that made it, and its text in clauses.
pub fn write(
    set: &mut Set<'_>,
    seat: &Seats,
    (id, project): (SpecificationId, ProjectId),
    (number, title): (&str, &str),
) -> anyhow::Result<()> {
    let at = set.ago(1_600);
    let document: DocumentId = set.id(at);
    let details = json!({
        "approval_document": "", "asked": [], "international": "", "merged_into": "", "need": "合成数据", "receipt": "",
        "related": "", "reserved_number": number, "scope": "合成数据", "suggested_by": "", "suggester_address": "",
        "suggester_locale": "zh-CN", "urgency": "",
    });
    let row = json!({
        "id": project, "version": 1, "kind": "make", "category": "calibration_specification", "level": "national",
        "authority_id": set.authority, "committee_id": seat.committee, "profile_id": set.profile, "stage": "60.60",
        "stage_since": instant(at), "openness": "open", "adoption": "none", "title_zh": title, "specification_id": id,
        "origin": "demo", "details": details.to_string(), "created_at": instant(at),
    });
    set.writer.row("projects", row)?;
    let paper = json!({
        "id": document, "project_id": project, "ordinal": 1, "kind": "published_text", "revision": 1, "title": title,
        "file_name": "正文.txt", "media_type": "text/plain", "size": set.file.size, "sha256": set.file.hash.to_string(),
        "visibility": "open", "uploaded_by": seat.secretary.0, "uploaded_at": instant(at), "frozen_at": instant(at),
    });
    set.writer.row("documents", paper)?;
    let read = json!({
        "document_id": document, "version": 1, "state": "read", "doubts": "[]", "margin": "[]", "read_at": instant(at),
    });
    set.writer.row("clause_texts", read)?;
    for (place, heading) in (1..).zip(HEADINGS) {
        let plain: String = (0..SENTENCES_IN_A_CLAUSE).map(|_| sentence(set)).collect();
        let clause = json!({
            "document_id": document, "ordinal": place, "key": place.to_string(), "kind": "clause",
            "number": place.to_string(), "heading": heading, "level": 1,
            "blocks": json!([{ "is": "words", "text": plain }]).to_string(), "plain": plain,
        });
        set.writer.row("clauses", clause)?;
    }
    Ok(())
}

fn sentence(set: &Set<'_>) -> String {
    let [before, between, after] = SENTENCES[pick(set, SENTENCES.len(), 1)];
    let (one, other) = (WORDS[pick(set, WORDS.len(), 4)], WORDS[pick(set, WORDS.len(), 4)]);
    format!("{before}{one}{between}{other}{after}")
}

/// The least of some numbers below `end`: the more, the rarer are high ones.
fn pick(set: &Set<'_>, end: usize, of: usize) -> usize {
    let draw = |_| usize::try_from(set.below(end as u64)).unwrap_or_default();
    (0..of).map(draw).min().unwrap_or_default()
}
