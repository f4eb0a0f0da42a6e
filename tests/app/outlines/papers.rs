//! The two outlines as Word files, once with numbers typed and once with those of Word, and the tables in which others send their comments.

#[allow(dead_code, reason = "each test binary uses its own part of the kit")]
#[path = "../../../src/text/tests/files/outlines.rs"]
mod outlines;
#[allow(dead_code, reason = "each test binary uses its own part of the kit")]
#[path = "../../../src/text/tests/files/paper.rs"]
mod paper;

use outlines::{BALANCES, COILS};
use paper::{Paper, cell, level, list, p, r, style, styled, t, table};

/// Who writes the numbers of the clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// The author, by hand.
    Typed,
    /// Word, from its lists.
    Automatic,
}

/// An outline: number, heading, words.
type Row = (String, String, String);

/// One of the two texts.
#[derive(Debug, Clone)]
pub struct Outline {
    numbers: Numbers,
    rows: Vec<Row>,
}

const FRACTION: &str = "<m:oMath><m:r><m:t>K=</m:t></m:r><m:f><m:num><m:r><m:t>I</m:t></m:r></m:num><m:den><m:r><m:t>U-V</m:t></m:r></m:den></m:f></m:oMath>";
const BOXED: &str = "<w:r><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"x\"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中的说明。</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>";

fn rows(outline: &[(&str, &str, &str)]) -> Vec<Row> {
    let own = |(number, heading, words): &(&str, &str, &str)| {
        ((*number).to_owned(), (*heading).to_owned(), (*words).to_owned())
    };
    outline.iter().map(own).collect()
}

impl Outline {
    /// The calibration specification, whose author types every number.
    pub fn coils() -> Self {
        Self { numbers: Numbers::Typed, rows: rows(COILS) }
    }

    /// The verification regulation, whose numbers are Word's.
    pub fn balances() -> Self {
        Self { numbers: Numbers::Automatic, rows: rows(BALANCES) }
    }

    /// Numbers of the clauses, in their order.
    pub fn numbers(&self) -> Vec<&str> {
        let numbers = self.rows.iter().map(|(number, ..)| number.as_str());
        numbers.filter(|number| !number.is_empty()).collect()
    }

    /// Number of the last annex.
    pub fn last_annex(&self) -> &str {
        &self.rows.last().unwrap().0
    }

    /// What the committee makes of it: a clause before 6.1, other words in 7.2, and no last annex.
    pub fn revised(&self) -> Self {
        let mut rows = self.rows.clone();
        rows.pop();
        for (number, _, words) in &mut rows {
            match number.as_str() {
                "6.2" => "6.3".clone_into(number),
                "6.1" => "6.2".clone_into(number),
                "7.2" => words.push_str("重复测量不少于6次。"),
                _ => {}
            }
        }
        let at = rows.iter().position(|(number, ..)| number == "6.2").unwrap();
        let new = ("6.1", "一般要求", "本章的各项要求在每次测量之前逐项确认并记录。");
        rows.insert(at, (new.0.to_owned(), new.1.to_owned(), new.2.to_owned()));
        Self { rows, ..*self }
    }

    /// The Word file. The first draft has what authors leave in drafts: a number typed twice, or a text box, and a table without its number.
    pub fn word(&self, first: bool) -> Vec<u8> {
        let mut paper = match self.numbers {
            Numbers::Typed => Paper::default(),
            Numbers::Automatic => automatic(),
        };
        for (number, heading, words) in &self.rows {
            paper.body += &self.heading(number, heading);
            if !words.is_empty() {
                paper.body += &t(words);
            }
            paper.body += &match number.as_str() {
                "5.2" | "5" if self.limits_in(number) => limits(),
                "7.3" => formula() + &self.slip(first),
                "4" if first && self.numbers == Numbers::Automatic => p(BOXED),
                "附录A" => {
                    let caption = if first { String::new() } else { t("表A.1 原始记录") };
                    caption + &table(&[vec![cell("", "序号"), cell("", "示值")]])
                }
                _ => String::new(),
            };
        }
        paper.bytes()
    }

    fn limits_in(&self, number: &str) -> bool {
        (number == "5.2") == (self.numbers == Numbers::Automatic)
    }

    /// The number that its author forgot to count on.
    fn slip(&self, first: bool) -> String {
        match self.numbers {
            Numbers::Typed if first => t("7.3 数据处理") + &t("按公式逐点计算。"),
            Numbers::Typed => t("7.4 数据处理") + &t("按公式逐点计算。"),
            Numbers::Automatic => String::new(),
        }
    }

    fn heading(&self, number: &str, heading: &str) -> String {
        match (self.numbers, number) {
            (_, "") => t(heading),
            (Numbers::Typed, number) => t(&format!("{number}\u{3000}{heading}")),
            (_, number) if number.starts_with('附') => styled("f", heading),
            (_, number) if number.contains('.') => styled("z2", heading),
            _ => styled("z1", heading),
        }
    }
}

fn limits() -> String {
    let rows = [["载荷", "最大允许误差"], ["小", "±1"], ["大", "±2"]];
    let row = |row: &[&str; 2]| row.iter().map(|text| cell("", text)).collect::<Vec<_>>();
    t("表1 最大允许误差") + &table(&rows.iter().map(row).collect::<Vec<_>>())
}

fn formula() -> String {
    p(&format!("<w:r><w:tab/></w:r>{FRACTION}<w:r><w:tab/><w:t>(1)</w:t></w:r>"))
        + &t("式中\u{ff1a}")
        + &t("K——确认系数。")
}

/// Styles and lists that number chapters, clauses and annexes; the file itself holds no number.
fn automatic() -> Paper {
    let mut paper = Paper::default();
    let hangs = |list: u32, depth: u32| {
        format!(
            "<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{list}\"/></w:numPr><w:outlineLvl w:val=\"{depth}\"/>"
        )
    };
    paper.styles = style("a0", "正文", "", "")
        + &style("z1", "章标题", "a0", &hangs(1, 0))
        + &style("z2", "条", "z1", &hangs(1, 1))
        + &style("f", "附录标识", "a0", "<w:numPr><w:numId w:val=\"2\"/></w:numPr>");
    paper.numbering = list(
        7,
        &[
            level(0, "decimal", "%1", "<w:pStyle w:val=\"z1\"/>"),
            level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"z2\"/>"),
        ],
    ) + &list(8, &[level(0, "upperLetter", "附录%1", "")])
        + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>";
    paper
}

fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|text| cell("", text)).collect()
}

/// A table of comments as offices write it (意见汇总处理表): a title above, a clause over two rows, a tracked change, a line break, an empty row.
pub fn chinese_table() -> Vec<u8> {
    let tracked = format!(
        "<w:tc>{}</w:tc>",
        p(&(r("每点测量")
            + "<w:del w:author=\"甲\"><w:r><w:delText>3</w:delText></w:r></w:del><w:ins w:author=\"甲\"><w:r><w:t>6</w:t></w:r></w:ins>"
            + &r("次。")))
    );
    let broken = "<w:tc><w:p><w:r><w:t>未给出计算示例。</w:t><w:br/><w:t>宜在附录中给出。</w:t></w:r></w:p></w:tc>";
    let above = |text: &str, merge: &str| cell(&format!("<w:vMerge{merge}/>"), text);
    let rows = [
        line(&["序号", "章节号", "意见内容", "建议修改为", "理由", "提出单位"]),
        vec![
            cell("", "1"),
            above("7.3", " w:val=\"restart\""),
            cell("", "测量次数偏少。"),
            tracked,
            cell("", "重复性要求"),
            cell("", "某计量院·演示"),
        ],
        vec![
            cell("", "2"),
            above("", ""),
            broken.to_owned(),
            cell("", ""),
            cell("", ""),
            cell("", "某计量院·演示"),
        ],
        line(&["3", "", "", "", "", ""]),
    ];
    Paper::of(t("征求意见稿意见汇总处理表") + &table(&rows)).bytes()
}

/// A table of comments in the eight columns of the ISO template.
pub fn iso_table() -> Vec<u8> {
    let rows = [
        line(&[
            "MB/NC",
            "Line number",
            "Clause/Subclause",
            "Paragraph/Figure/Table",
            "Type of comment",
            "Comments",
            "Proposed change",
            "Observations of the secretariat",
        ]),
        line(&[
            "GB",
            "",
            "7.2",
            "",
            "te",
            "The conditions of the check are not stated.",
            "State them.",
            "",
        ]),
        line(&["DE", "", "", "", "ge", "The structure is supported.", "", ""]),
    ];
    Paper::of(t("Template for comments and secretariat observations") + &table(&rows)).bytes()
}

/// A workbook of comments: one that repeats another, one at a clause that is not there.
pub fn workbook() -> Vec<u8> {
    let headers = ["条款", "类型", "意见内容", "修改建议", "单位", "姓名", "邮箱"];
    let row =
        |cells: [&str; 7]| cells.iter().map(|text| quanheng_tables::Cell::from(*text)).collect();
    let sheet = quanheng_tables::Sheet {
        name: "意见".into(),
        headers: headers.map(str::to_owned).to_vec(),
        rows: vec![
            row([
                "6.1",
                "技术",
                super::AGREED,
                "",
                "某企业·演示",
                "张工·演示",
                "excel@firm.example",
            ]),
            row([
                "7.9",
                "编辑",
                "条款号疑有误。",
                "",
                "某企业·演示",
                "张工·演示",
                "excel@firm.example",
            ]),
        ],
    };
    quanheng_tables::write_xlsx(&[sheet]).unwrap().bytes
}
