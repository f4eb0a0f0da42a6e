//! Days off and make-up working days (节假日和调休), from which working days are counted.

use chrono::NaiveDate;
use quanheng_domain::calendar::DayKind;

use super::{Fields, Format};
use crate::{Column, Columns};

/// One day of the official calendar that differs from its weekday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayRow {
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub kind: DayKind,
    /// The name of the holiday.
    pub name: Option<String>,
    /// Where it was announced.
    pub basis: Option<String>,
}

/// The table of holidays.
pub struct Holidays;

impl Format for Holidays {
    type Row = HolidayRow;

    const COLUMNS: Columns = Columns(&[
        Column { key: "date", names: &["日期", "放假日期", "day"], required: true },
        Column { key: "kind", names: &["类型", "类别", "性质", "type"], required: true },
        Column {
            key: "name", names: &["名称", "节日", "节日名称", "holiday"], required: false
        },
        Column { key: "basis", names: &["依据", "来源", "通知", "source"], required: false },
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<HolidayRow> {
        if fields.required("date").is_none() | fields.required("kind").is_none() {
            return None;
        }
        let date = fields.day("date");
        let kind = fields.choice(
            "kind",
            &[
                (DayKind::Holiday, &["holiday", "放假", "休息日", "节假日", "法定节假日", "休"]),
                (
                    DayKind::Workday,
                    &["make-up working day", "workday", "调休上班", "上班", "补班", "调休", "班"],
                ),
            ],
        );
        let name = fields.line("name");
        let basis = fields.line("basis");
        if let Some(text) =
            basis.as_deref().filter(|text| text.contains("not checked") || text.contains("未核"))
        {
            fields.doubt("basis", "import-doubt-not-checked", text);
        }
        Some(HolidayRow { date: date?, kind: kind?, name, basis })
    }

    fn identity(row: &HolidayRow) -> String {
        row.date.to_string()
    }
}
