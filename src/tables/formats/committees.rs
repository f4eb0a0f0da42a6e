//! The list of committees (技术委员会名录): code, names, field, host, level, parent.

use quanheng_domain::{committee::CommitteeKind, specification::Level};

use super::{Fields, Format};
use crate::{
    Column, Columns,
    clean::{fold, one_line},
};

/// One committee, sub-committee or working group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitteeRow {
    /// The code in its plain form, such as `MTC1/SC1`; unknown for many.
    pub code: Option<String>,
    /// The full Chinese name; identifies the committee where there is no code.
    pub name_zh: String,
    /// The English name.
    pub name_en: Option<String>,
    /// Former names (曾用名).
    pub former_names: Vec<String>,
    /// The field of work (专业领域).
    pub scope_zh: Option<String>,
    /// The host of the secretariat (挂靠单位).
    pub host: Option<String>,
    /// The year of founding.
    pub established_year: Option<i32>,
    /// The level.
    pub level: Option<Level>,
    /// Whether it is a committee, a sub-committee or a working group.
    pub kind: CommitteeKind,
    /// Code or name of the committee above it.
    pub parent: Option<String>,
    /// The authority that manages it (主管部门).
    pub authority: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// The table of committees.
pub struct Committees;

impl Format for Committees {
    type Row = CommitteeRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "code",
            names: &["代码", "编号", "委员会代码", "委员会编号", "代号", "committee code"],
            required: false,
        },
        Column {
            key: "name_zh",
            names: &[
                "名称",
                "中文名称",
                "委员会名称",
                "技术委员会名称",
                "委员会",
                "技术委员会",
                "name",
            ],
            required: true,
        },
        Column {
            key: "name_en", names: &["英文名称", "英文名", "English name"], required: false
        },
        Column { key: "name_en_basis", names: &["英文名称依据"], required: false },
        Column {
            key: "former_names",
            names: &["曾用名", "原名称", "former name"],
            required: false,
        },
        Column {
            key: "scope_zh",
            names: &["专业领域", "工作范围", "专业范围", "业务范围", "领域", "scope"],
            required: false,
        },
        Column { key: "scope_basis", names: &["专业领域依据"], required: false },
        Column {
            key: "secretariat_host",
            names: &[
                "秘书处挂靠单位",
                "挂靠单位",
                "秘书处承担单位",
                "承担单位",
                "秘书处单位",
                "秘书处",
                "host",
            ],
            required: false,
        },
        Column {
            key: "established_year",
            names: &["成立年份", "成立时间", "成立年", "组建时间", "established"],
            required: false,
        },
        Column { key: "level", names: &["层级", "级别", "级"], required: false },
        Column {
            key: "parent",
            names: &["上级委员会", "所属委员会", "上级", "隶属", "parent committee"],
            required: false,
        },
        Column {
            key: "authority",
            names: &["主管部门", "管理部门", "批准部门", "业务指导单位"],
            required: false,
        },
        Column { key: "note", names: &["备注", "说明", "remark", "remarks"], required: false },
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<CommitteeRow> {
        let name_zh = fields.required("name_zh");
        let code = code(fields, "code");
        let name_en = fields.line("name_en");
        if name_en.is_some()
            && fields
                .line("name_en_basis")
                .is_some_and(|basis| basis.contains("translation") || basis.contains("译"))
        {
            fields.doubt(
                "name_en",
                "import-doubt-translated",
                name_en.as_deref().unwrap_or_default(),
            );
        }
        let parent = fields.line("parent");
        let established_year = established(fields);
        let level = fields.choice("level", LEVELS);
        let name_zh = name_zh?;
        let level = level.or_else(|| level_of_name(&name_zh)).or_else(|| {
            fields.doubt("level", "import-doubt-level-unknown", &name_zh);
            None
        });
        let kind = kind_of_committee(code.as_deref(), &name_zh, parent.is_some());
        if kind != CommitteeKind::Committee
            && parent.is_none()
            && code.as_deref().and_then(parent_code).is_none()
        {
            fields.doubt("parent", "import-doubt-parent-unknown", &name_zh);
        }
        let parent = parent.or_else(|| code.as_deref().and_then(parent_code).map(str::to_owned));
        Some(CommitteeRow {
            code,
            name_zh,
            name_en,
            former_names: fields.list("former_names"),
            scope_zh: fields.paragraph("scope_zh"),
            host: fields.line("secretariat_host"),
            established_year,
            level,
            kind,
            parent,
            authority: fields.line("authority"),
            note: fields.paragraph("note"),
        })
    }

    fn identity(row: &CommitteeRow) -> String {
        fold(&row.name_zh)
    }
}

/// The words for levels.
pub(super) const LEVELS: &[(Level, &[&str])] = &[
    (Level::National, &["national", "国家", "国家级", "全国"]),
    (Level::Departmental, &["department", "departmental", "部门", "行业", "部门级"]),
    (
        Level::Provincial,
        &["province", "provincial", "local", "地方", "省级", "省", "市", "自治区", "地方级"],
    ),
    (Level::Regional, &["regional", "区域", "大区", "区域级"]),
    (Level::Defence, &["defence", "defense", "国防", "国防军工", "军工"]),
];

/// The year of a cell that may hold a whole date.
fn established(fields: &mut Fields<'_>) -> Option<i32> {
    let found = fields.line("established_year")?;
    match super::fields::read_date(&found) {
        Some(date) if !date.serial => Some(date.year),
        _ => {
            fields.bad("established_year", "import-bad-year", &found);
            None
        }
    }
}

/// A committee code in its plain form; one with strange characters makes the row bad.
pub(super) fn code(fields: &mut Fields<'_>, column: &'static str) -> Option<String> {
    let found = fields.line(column)?;
    let plain = plain_code(&found);
    if plain.is_none() {
        fields.bad(column, "import-bad-committee-code", &found);
    }
    plain
}

/// The plain form of a committee code: capital letters, `/` before the part, no prefix of an old authority.
///
/// `AQSIQ/mtc1 — sc2` and `MTC1-SC2` are both `MTC1/SC2`; codes of other shapes keep theirs.
pub fn plain_code(found: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let narrow: String = one_line(found)
        .to_uppercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '—' | '–' | '−' | '_' | '\\') { '-' } else { c })
        .collect();
    let shape = narrow.replace("-SC", "/SC").replace("-WG", "/WG");
    let plain = match shape.split_once('/') {
        Some((prefix, rest))
            if rest.starts_with("MTC") && prefix.chars().all(|c| c.is_ascii_alphabetic()) =>
        {
            rest.to_owned()
        }
        _ => shape,
    };
    let sound = !plain.is_empty()
        && plain.chars().nth(LONGEST).is_none()
        && plain.chars().any(char::is_alphanumeric)
        && plain.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '(' | ')'));
    sound.then_some(plain)
}

/// The code of the committee above, if the code says it.
fn parent_code(code: &str) -> Option<&str> {
    code.rfind("/SC").or_else(|| code.rfind("/WG")).map(|at| &code[..at])
}

/// What kind of body it is, by its code, its name and whether it has a parent.
pub fn kind_of_committee(code: Option<&str>, name_zh: &str, has_parent: bool) -> CommitteeKind {
    let in_code = |part: &str| code.is_some_and(|code| code.contains(part));
    if in_code("/WG") || name_zh.ends_with("工作组") {
        CommitteeKind::WorkingGroup
    } else if in_code("/SC")
        || name_zh.contains("分技术委员会")
        || name_zh.contains("分委员会")
        || has_parent
    {
        CommitteeKind::SubCommittee
    } else {
        CommitteeKind::Committee
    }
}

/// The level that a name tells by its first characters.
fn level_of_name(name_zh: &str) -> Option<Level> {
    const PROVINCES: [&str; 31] = [
        "北京",
        "天津",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "上海",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
    ];
    if name_zh.starts_with("全国") || name_zh.starts_with("国家") {
        Some(Level::National)
    } else if PROVINCES.iter().any(|province| name_zh.starts_with(province)) {
        Some(Level::Provincial)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_one_plain_form() {
        for (found, plain) in [
            ("mtc1", "MTC1"),
            ("ＭＴＣ１／ＳＣ２", "MTC1/SC2"),
            ("AQSIQ/MTC1", "MTC1"),
            ("MTC1 - SC1", "MTC1/SC1"),
            ("SAMR/MTC1/WG4", "MTC1/WG4"),
            ("苏-3", "苏-3"),
        ] {
            assert_eq!(plain_code(found).as_deref(), Some(plain));
        }
        for found in ["", "--", "MTC1;MTC2", "<b>", "A".repeat(41).as_str()] {
            assert_eq!(plain_code(found), None, "{found}");
        }
    }

    #[test]
    fn kinds_follow_code_and_name() {
        assert_eq!(kind_of_committee(Some("MTC1/SC1"), "甲", false), CommitteeKind::SubCommittee);
        assert_eq!(kind_of_committee(Some("MTC1/WG1"), "甲", true), CommitteeKind::WorkingGroup);
        assert_eq!(
            kind_of_committee(None, "全国衡器计量技术委员会自动衡器分技术委员会", false),
            CommitteeKind::SubCommittee
        );
        assert_eq!(
            kind_of_committee(None, "全国衡器计量技术委员会", false),
            CommitteeKind::Committee
        );
    }
}
