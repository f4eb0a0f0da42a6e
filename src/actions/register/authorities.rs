//! Authorities (主管部门) by level and mark: known ones by their names, others entered when they are first met.

use quanheng_db::register::{self, AuthorityRow};
use quanheng_domain::{event::ObjectKind, ids::AuthorityId, people::Actor, specification::Level};
use serde_json::json;

use super::import::Work;
use crate::{ActionError, NewEvent, Tx, found, names};

/// An authority that the program knows by name.
pub struct Known {
    /// The code in the register.
    pub code: &'static str,
    /// Marks in numbers that mean it.
    marks: &'static [&'static str],
    /// How names of its committees begin.
    begins: &'static str,
    level: Level,
    name_zh: &'static str,
    name_en: &'static str,
    /// The rule profile it works by.
    pub profile: &'static str,
}

/// The authority of a code, if the program knows it by name.
pub fn known(code: &str) -> Option<&'static Known> {
    std::iter::once(&NATIONAL).chain(PROVINCES).chain(DEPARTMENTS).find(|known| known.code == code)
}

/// The national authority.
pub const NATIONAL: Known = Known {
    code: "SAMR",
    marks: &[],
    begins: "全国",
    level: Level::National,
    name_zh: "国家市场监督管理总局",
    name_en: "State Administration for Market Regulation",
    profile: "national",
};

const ZONE: &str = "Asia/Shanghai";

macro_rules! provinces {
    ($($code:literal $marks:expr, $begins:literal, $name_zh:literal, $name_en:literal, $profile:literal;)*) => {
        &[$(Known { code: $code, marks: &$marks, begins: $begins, level: Level::Provincial, name_zh: $name_zh, name_en: $name_en, profile: $profile },)*]
    };
}

/// The market regulators of the provinces, with the letters of GB/T 2260.
const PROVINCES: &[Known] = provinces! {
    "BJ" ["京"], "北京", "北京市市场监督管理局", "Beijing Administration for Market Regulation", "national";
    "TJ" ["津"], "天津", "天津市市场监督管理委员会", "Tianjin Commission for Market Regulation", "national";
    "HE" ["冀"], "河北", "河北省市场监督管理局", "Hebei Administration for Market Regulation", "national";
    "SX" ["晋"], "山西", "山西省市场监督管理局", "Shanxi Administration for Market Regulation", "national";
    "NM" ["蒙"], "内蒙古", "内蒙古自治区市场监督管理局", "Inner Mongolia Administration for Market Regulation", "national";
    "LN" ["辽"], "辽宁", "辽宁省市场监督管理局", "Liaoning Administration for Market Regulation", "national";
    "JL" ["吉"], "吉林", "吉林省市场监督管理厅", "Jilin Department for Market Regulation", "national";
    "HL" ["黑"], "黑龙江", "黑龙江省市场监督管理局", "Heilongjiang Administration for Market Regulation", "national";
    "SH" ["沪"], "上海", "上海市市场监督管理局", "Shanghai Administration for Market Regulation", "national";
    "JS" ["苏"], "江苏", "江苏省市场监督管理局", "Jiangsu Administration for Market Regulation", "jiangsu";
    "ZJ" ["浙"], "浙江", "浙江省市场监督管理局", "Zhejiang Administration for Market Regulation", "national";
    "AH" ["皖"], "安徽", "安徽省市场监督管理局", "Anhui Administration for Market Regulation", "national";
    "FJ" ["闽"], "福建", "福建省市场监督管理局", "Fujian Administration for Market Regulation", "national";
    "JX" ["赣"], "江西", "江西省市场监督管理局", "Jiangxi Administration for Market Regulation", "national";
    "SD" ["鲁"], "山东", "山东省市场监督管理局", "Shandong Administration for Market Regulation", "national";
    "HA" ["豫"], "河南", "河南省市场监督管理局", "Henan Administration for Market Regulation", "national";
    "HB" ["鄂"], "湖北", "湖北省市场监督管理局", "Hubei Administration for Market Regulation", "hubei";
    "HN" ["湘"], "湖南", "湖南省市场监督管理局", "Hunan Administration for Market Regulation", "national";
    "GD" ["粤"], "广东", "广东省市场监督管理局", "Guangdong Administration for Market Regulation", "national";
    "GX" ["桂"], "广西", "广西壮族自治区市场监督管理局", "Guangxi Administration for Market Regulation", "national";
    "HI" ["琼"], "海南", "海南省市场监督管理局", "Hainan Administration for Market Regulation", "national";
    "CQ" ["渝"], "重庆", "重庆市市场监督管理局", "Chongqing Administration for Market Regulation", "national";
    "SC" ["川", "蜀"], "四川", "四川省市场监督管理局", "Sichuan Administration for Market Regulation", "national";
    "GZ" ["贵", "黔"], "贵州", "贵州省市场监督管理局", "Guizhou Administration for Market Regulation", "national";
    "YN" ["云", "滇"], "云南", "云南省市场监督管理局", "Yunnan Administration for Market Regulation", "national";
    "XZ" ["藏"], "西藏", "西藏自治区市场监督管理局", "Tibet Administration for Market Regulation", "national";
    "SN" ["陕", "秦"], "陕西", "陕西省市场监督管理局", "Shaanxi Administration for Market Regulation", "national";
    "GS" ["甘", "陇"], "甘肃", "甘肃省市场监督管理局", "Gansu Administration for Market Regulation", "national";
    "QH" ["青"], "青海", "青海省市场监督管理局", "Qinghai Administration for Market Regulation", "national";
    "NX" ["宁"], "宁夏", "宁夏回族自治区市场监督管理厅", "Ningxia Department for Market Regulation", "national";
    "XJ" ["新"], "新疆", "新疆维吾尔自治区市场监督管理局", "Xinjiang Administration for Market Regulation", "national";
};

const fn department(
    code: &'static str,
    marks: &'static [&'static str],
    begins: &'static str,
    name_zh: &'static str,
    name_en: &'static str,
    profile: &'static str,
) -> Known {
    Known { code, marks, begins, level: Level::Departmental, name_zh, name_en, profile }
}

/// Departments whose mark is beyond doubt; others are entered by their mark and stay to be confirmed.
const DEPARTMENTS: &[Known] = &[
    department("MOT", &["交通"], "交通", "交通运输部", "Ministry of Transport", "mot"),
    department(
        "NRA",
        &["铁道", "铁路"],
        "铁道",
        "国家铁路局",
        "National Railway Administration",
        "national",
    ),
    department("MWR", &["水利"], "水利", "水利部", "Ministry of Water Resources", "national"),
    department(
        "CMA",
        &["气象"],
        "中国气象",
        "中国气象局",
        "China Meteorological Administration",
        "national",
    ),
];

impl Known {
    /// Enters it into the register.
    pub(crate) fn enter(
        &self,
        tx: &mut Tx<'_, '_>,
        actor: &Actor,
    ) -> Result<AuthorityRow, ActionError> {
        let row = AuthorityRow {
            id: tx.id(),
            code: self.code.to_owned(),
            level: self.level,
            name_zh: self.name_zh.to_owned(),
            name_en: self.name_en.to_owned(),
            mark: self.marks.first().map(|mark| (*mark).to_owned()),
            profile: self.profile.to_owned(),
            zone: ZONE.to_owned(),
        };
        enter(tx, actor, row)
    }
}

fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: AuthorityRow,
) -> Result<AuthorityRow, ActionError> {
    register::insert_authority(tx.conn(), &row)?;
    let event = NewEvent::new(ObjectKind::System, row.id.cast(), actor, "authority_entered");
    tx.record(event.facts(json!({ "code": row.code, "name": row.name_zh, "level": row.level, "profile": row.profile })))?;
    Ok(row)
}

/// The authority of a specification, by the mark in its number.
pub(super) fn of_mark(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    level: Level,
    mark: Option<&str>,
) -> Result<AuthorityId, ActionError> {
    let Some(mark) = mark else { return national_or_unknown(tx, work, level, "") };
    let known = PROVINCES.iter().chain(DEPARTMENTS).find(|known| known.marks.contains(&mark));
    match known {
        Some(known) => ensure_known(tx, work, known),
        None => ensure_unknown(tx, work, level, mark),
    }
}

/// The authority of a committee: as named in the table, or by the beginning of the committee's name.
pub(super) fn of_committee(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    level: Option<Level>,
    name_zh: &str,
    named: Option<&str>,
) -> Result<AuthorityId, ActionError> {
    if let Some(named) = named {
        let folded = names::fold(named);
        let there = register::all_authorities(tx.conn())?
            .into_iter()
            .find(|row| names::fold(&row.name_zh) == folded || row.code == named);
        if let Some(there) = there {
            return Ok(there.id);
        }
        if named.contains("总局") {
            return ensure_known(tx, work, &NATIONAL);
        }
    }
    let hint = named.unwrap_or(name_zh);
    let begins = |known: &&Known| hint.starts_with(known.begins);
    match level {
        Some(Level::Provincial) => match PROVINCES.iter().find(begins) {
            Some(known) => ensure_known(tx, work, known),
            None => ensure_unknown(tx, work, Level::Provincial, hint),
        },
        Some(Level::Departmental) => match DEPARTMENTS.iter().find(begins) {
            Some(known) => ensure_known(tx, work, known),
            None => ensure_unknown(tx, work, Level::Departmental, hint),
        },
        level => national_or_unknown(
            tx,
            work,
            level.unwrap_or(Level::National),
            hint.split("计量技术委员会").next().unwrap_or(hint),
        ),
    }
}

fn national_or_unknown(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    level: Level,
    hint: &str,
) -> Result<AuthorityId, ActionError> {
    match level {
        Level::National => ensure_known(tx, work, &NATIONAL),
        level => ensure_unknown(tx, work, level, if hint.is_empty() { "?" } else { hint }),
    }
}

fn ensure_known(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    known: &Known,
) -> Result<AuthorityId, ActionError> {
    if let Some(found) = register::authority_by_code(tx.conn(), known.code)? {
        return Ok(found.id);
    }
    // The profiles that authorities name must be there before them.
    found::authorities_and_profiles(tx)?;
    work.entered("authorities");
    if let Some(found) = register::authority_by_code(tx.conn(), known.code)? {
        return Ok(found.id);
    }
    Ok(known.enter(tx, work.actor)?.id)
}

/// An authority of which only a mark or a name is known; an officer has to complete it.
fn ensure_unknown(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    level: Level,
    hint: &str,
) -> Result<AuthorityId, ActionError> {
    let letter = match level {
        Level::National => 'N',
        Level::Departmental => 'D',
        Level::Provincial => 'P',
        Level::Regional => 'R',
        Level::Defence => 'M',
    };
    let short: String = names::fold(hint).chars().take(20).collect();
    let code = format!("{letter}-{short}");
    if let Some(found) = register::authority_by_code(tx.conn(), &code)? {
        return Ok(found.id);
    }
    found::authorities_and_profiles(tx)?;
    work.doubt("authority", "import-doubt-authority-unconfirmed", hint);
    work.entered("authorities");
    let row = AuthorityRow {
        id: tx.id(),
        code,
        level,
        name_zh: hint.to_owned(),
        name_en: String::new(),
        mark: (level != Level::Provincial && hint.chars().count() <= 12).then(|| hint.to_owned()),
        profile: NATIONAL.profile.to_owned(),
        zone: ZONE.to_owned(),
    };
    Ok(enter(tx, work.actor, row)?.id)
}
