//! The roll of a committee (委员名单): who sits where, for whom, since when.

use chrono::NaiveDate;
use quanheng_domain::people::{Interest, Role};

use super::{Fields, Format, fields::chosen};
use crate::{
    Column, Columns,
    clean::{fold, one_line},
};

/// One person's place in one committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Code or name of the committee, as written.
    pub committee: String,
    /// The person's name.
    pub name: String,
    /// The unit (工作单位).
    pub unit: Option<String>,
    /// The post in the unit (职务).
    pub post: Option<String>,
    /// The professional title (职称).
    pub title: Option<String>,
    /// The roles in the committee, at least one.
    pub roles: Vec<Role>,
    /// The e-mail address in lower case; it identifies the person in the register.
    pub email: Option<String>,
    /// The interest the unit stands for.
    pub interest: Option<Interest>,
    /// Whether the unit is a small or medium enterprise.
    pub small_firm: Option<bool>,
    /// The number of the term (届).
    pub term: Option<u32>,
    /// First day of the seat.
    pub since: Option<NaiveDate>,
    /// Last day of the seat.
    pub until: Option<NaiveDate>,
    /// The letter of appointment (聘任文件).
    pub document: Option<String>,
}

/// The table of members.
pub struct Members;

impl Format for Members {
    type Row = MemberRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "committee",
            names: &[
                "committee_code",
                "委员会",
                "委员会代码",
                "委员会编号",
                "技术委员会",
                "委员会名称",
                "专业计量技术委员会",
                "所属委员会",
            ],
            required: true,
        },
        Column {
            key: "name",
            names: &["姓名", "委员姓名", "委员", "full name", "member"],
            required: true,
        },
        Column {
            key: "unit",
            names: &[
                "单位",
                "工作单位",
                "所在单位",
                "单位名称",
                "organisation",
                "organization",
                "employer",
                "affiliation",
            ],
            required: false,
        },
        Column {
            key: "post",
            names: &["职务", "行政职务", "单位职务", "position"],
            required: false,
        },
        Column {
            key: "title",
            names: &["职称", "技术职称", "专业技术职务", "职务/职称", "职称/职务"],
            required: false,
        },
        Column {
            key: "role",
            names: &[
                "角色",
                "委员会职务",
                "本届职务",
                "会内职务",
                "拟任职务",
                "技委会职务",
                "委员会内职务",
                "担任职务",
            ],
            required: false,
        },
        Column {
            key: "email",
            names: &["e-mail", "mail", "邮箱", "电子邮箱", "电子邮件", "邮箱地址", "电邮"],
            required: false,
        },
        Column {
            key: "interest",
            names: &[
                "利益方",
                "利益相关方",
                "代表方",
                "单位类别",
                "单位性质",
                "单位类型",
                "interest category",
            ],
            required: false,
        },
        Column {
            key: "small_firm",
            names: &["中小企业", "是否中小企业", "中小微企业", "sme"],
            required: false,
        },
        Column { key: "term", names: &["届次", "届", "届别"], required: false },
        Column {
            key: "since",
            names: &[
                "任期开始",
                "聘任日期",
                "聘任时间",
                "任职日期",
                "起始日期",
                "聘期起",
                "from",
                "start",
            ],
            required: false,
        },
        Column {
            key: "until",
            names: &["任期结束", "任期届满", "届满日期", "截止日期", "聘期止", "to", "end"],
            required: false,
        },
        Column {
            key: "document",
            names: &["聘任文件", "批准文件", "文号", "聘书编号", "letter"],
            required: false,
        },
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<MemberRow> {
        let committee = fields.required("committee");
        let name = fields.required("name").map(|name| person_name(&name));
        let roles = roles(fields);
        let email = email(fields);
        let unit = fields.line("unit");
        let interest = fields.choice("interest", INTERESTS);
        let small_firm = fields.flag("small_firm");
        let since = fields.day("since");
        let until = fields.day("until");
        if let (Some(first), Some(last)) = (since, until)
            && last < first
        {
            fields.bad("until", "import-bad-ends-before-it-begins", &last.to_string());
        }
        Some(MemberRow {
            committee: committee?,
            name: name?,
            unit,
            post: fields.line("post"),
            title: fields.line("title"),
            roles,
            email,
            interest,
            small_firm,
            term: fields.count("term", 99),
            since,
            until,
            document: fields.line("document"),
        })
    }

    fn identity(row: &MemberRow) -> String {
        let person = row.email.clone().unwrap_or_else(|| {
            format!("{}|{}", fold(&row.name), fold(row.unit.as_deref().unwrap_or("")))
        });
        format!("{}|{person}|{:?}", fold(&row.committee), row.roles)
    }
}

const ROLES: &[(Role, &[&str])] = &[
    (Role::Chair, &["chair", "主任委员", "主任", "主席"]),
    (Role::ViceChair, &["vice_chair", "vice-chair", "副主任委员", "副主任", "副主席"]),
    (
        Role::SecretaryGeneral,
        &["secretary_general", "secretary-general", "secretary", "秘书长", "委员兼秘书长"],
    ),
    (
        Role::DeputySecretaryGeneral,
        &["deputy_secretary_general", "deputy secretary-general", "副秘书长", "委员兼副秘书长"],
    ),
    (
        Role::SecretariatStaff,
        &[
            "secretariat_staff",
            "secretariat",
            "秘书",
            "秘书处",
            "秘书处工作人员",
            "秘书处人员",
            "联络员",
        ],
    ),
    (Role::Member, &["member", "委员", "单位委员"]),
    (Role::Adviser, &["adviser", "advisor", "顾问"]),
    (Role::ConsultingMember, &["consulting_member", "consulting member", "咨询委员", "特聘委员"]),
    (
        Role::CorrespondingUnit,
        &[
            "corresponding_unit",
            "corresponding unit",
            "corresponding member",
            "通讯单位成员",
            "通讯委员",
            "通讯单位",
            "通讯成员",
            "单位成员",
        ],
    ),
    (Role::Invited, &["invited", "特邀代表", "特邀"]),
    (Role::Observer, &["observer", "旁听代表", "观察员", "旁听"]),
];

const INTERESTS: &[(Interest, &[&str])] = &[
    (Interest::Producer, &["producer", "生产", "生产方", "生产企业", "制造企业", "制造商", "企业"]),
    (Interest::Operator, &["operator", "经营", "经营方", "经营企业", "经营者"]),
    (Interest::User, &["user", "使用", "使用方", "使用单位", "用户"]),
    (Interest::Research, &["research", "科研", "科研院所", "科研机构", "研究机构", "研究院所"]),
    (Interest::Education, &["education", "教育", "高校", "高等院校", "大专院校", "院校", "大学"]),
    (
        Interest::Testing,
        &[
            "testing",
            "检定检测机构",
            "检测机构",
            "计量技术机构",
            "检定机构",
            "计量机构",
            "法定计量检定机构",
            "技术机构",
            "检验检测机构",
        ],
    ),
    (
        Interest::Administration,
        &["administration", "行政管理", "管理部门", "行政机关", "政府部门", "行政部门"],
    ),
    (Interest::Association, &["association", "社会团体", "协会", "学会", "行业协会"]),
    (Interest::Unknown, &["unknown", "未知", "其他", "other", "不详"]),
];

/// The roles of a cell such as 副主任委员兼秘书长; without any, the person is a member, with a doubt.
fn roles(fields: &mut Fields<'_>) -> Vec<Role> {
    let Some(found) = fields.line("role") else {
        if fields.has("role") {
            fields.doubt("role", "import-doubt-role-assumed", "");
        }
        return vec![Role::Member];
    };
    let mut roles = Vec::new();
    for part in found
        .split(['、', ';', '；', ',', '，', '/', '兼', '+'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match chosen(part, ROLES) {
            Some(role) if !roles.contains(&role) => roles.push(role),
            Some(_) => {}
            None => fields.bad("role", "import-bad-unknown-word", part),
        }
    }
    roles.sort_unstable();
    roles
}

/// A Chinese name loses the blanks that align it in printed lists; another name keeps single ones.
fn person_name(found: &str) -> String {
    let han =
        |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '·' | '•');
    let squeezed: String = found.chars().filter(|c| !c.is_whitespace()).collect();
    if squeezed.chars().all(han) { squeezed } else { one_line(found) }
}

fn email(fields: &mut Fields<'_>) -> Option<String> {
    let Some(found) = fields.line("email") else {
        fields.doubt("email", "import-doubt-no-email", "");
        return None;
    };
    let narrow = one_line(&found).to_lowercase();
    let mut addresses =
        narrow.split([';', ',', '、', ' ', '/', '，', '；']).filter(|part| !part.is_empty());
    let first = addresses.next().unwrap_or_default();
    let first = first.strip_prefix("mailto:").unwrap_or(first);
    if addresses.next().is_some() {
        fields.doubt("email", "import-doubt-several-emails", &found);
    }
    if is_email(first) {
        return Some(first.to_owned());
    }
    fields.bad("email", "import-bad-email", &found);
    None
}

/// The plain form `local@host.domain`; quoted locals and bare hosts are not used by anybody in such a roll.
fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let word = |text: &str, extra: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
            && !text.starts_with('.')
            && !text.ends_with('.')
            && !text.contains("..")
    };
    text.len() <= 254
        && local.len() <= 64
        && word(local, ".!#$%&'*+-=?^_`{|}~")
        && word(host, ".-")
        && host.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_the_blanks_of_printed_lists() {
        assert_eq!(person_name("秘 书　长"), "秘书长");
        assert_eq!(person_name("买买提 · 某某"), "买买提·某某");
        assert_eq!(person_name("Member  Seven"), "Member Seven");
    }

    #[test]
    fn addresses_are_plain() {
        for good in ["member-07@demo.example", "a.b+c@x-y.cn"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "a@@b.c",
            "a b@c.d",
            "a@b.c.",
            ".a@b.c",
            "委员@例.cn",
            "a@b..c",
            "<a@b.c>",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
