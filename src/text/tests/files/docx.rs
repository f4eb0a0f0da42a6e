//! Word files as people and programs write them.

use crate::outlines::{BALANCES, COILS};
use crate::paper::{Paper, cell, level, list, p, r, rp, style, styled, t, table};
use quanheng_domain::clause::{Block, Cell, Clause, ClauseKind, ClauseText, DoubtKind, MarginKind};
use quanheng_text::{read_docx, read_typed, write_typed};

/// The clauses of the file; written as text and read again they are the same.
fn read(paper: &Paper) -> ClauseText {
    let text = read_docx(&paper.bytes()).unwrap();
    let written = write_typed(&text);
    assert_eq!(read_typed(&written).clauses, text.clauses, "written as:\n{written}");
    text
}

fn keys(text: &ClauseText) -> Vec<&str> {
    text.clauses.iter().map(|clause| clause.key.as_str()).collect()
}

fn get<'a>(text: &'a ClauseText, key: &str) -> &'a Clause {
    text.clauses
        .iter()
        .find(|clause| clause.key == key)
        .unwrap_or_else(|| panic!("{key} in {:?}", keys(text)))
}

fn doubts(text: &ClauseText) -> Vec<(&str, DoubtKind)> {
    text.doubts.iter().map(|doubt| (doubt.at.as_str(), doubt.kind)).collect()
}

fn margin(text: &ClauseText) -> Vec<(&str, MarginKind, &str, &str, &str)> {
    text.margin
        .iter()
        .map(|mark| {
            (
                mark.at.as_str(),
                mark.kind,
                mark.author.as_str(),
                mark.words.as_str(),
                mark.remark.as_str(),
            )
        })
        .collect()
}

fn is_outline(text: &ClauseText, outline: &[(&str, &str, &str)]) {
    let numbered: Vec<&Clause> = text
        .clauses
        .iter()
        .filter(|clause| {
            !matches!(clause.kind, ClauseKind::Table | ClauseKind::Formula | ClauseKind::Figure)
        })
        .collect();
    let found: Vec<(&str, &str)> =
        numbered.iter().map(|clause| (clause.number.as_str(), clause.heading.as_str())).collect();
    let wanted: Vec<(&str, &str)> =
        outline.iter().map(|(number, heading, _)| (*number, *heading)).collect();
    assert_eq!(found, wanted);
    for (clause, (number, _, words)) in numbered.iter().zip(outline) {
        assert!(clause.plain().contains(words), "{number}: {:?}", clause.blocks);
        let annex = number.starts_with('附');
        let depth = if number.is_empty() || annex { 1 } else { number.split('.').count() };
        assert_eq!(usize::from(clause.level), depth, "{number}");
    }
}

#[test]
fn an_outline_with_typed_numbers_becomes_its_clauses() {
    let mut paper = Paper::default();
    for (number, heading, words) in COILS {
        let space = if number.len() > 1 { "\u{3000}" } else { " " };
        paper.body += &t(&if number.is_empty() {
            (*heading).to_owned()
        } else {
            format!("{number}{space}{heading}")
        });
        if !words.is_empty() {
            paper.body += &t(words);
        }
        if *number == "5" {
            paper.body += &t("表1 限值");
            paper.body += &table(&[
                vec![cell("", "频率"), cell("", "限值")],
                vec![cell("", "9 kHz"), cell("", "±2")],
            ]);
            paper.body += &t("注:见 7.3。");
        }
        if *number == "7.3" {
            let fraction = "<m:oMath><m:r><m:t>K=</m:t></m:r><m:f><m:num><m:r><m:t>I</m:t></m:r></m:num><m:den><m:r><m:t>U-V</m:t></m:r></m:den></m:f></m:oMath>";
            paper.body +=
                &p(&format!("<w:r><w:tab/></w:r>{fraction}<w:r><w:tab/><w:t>(1)</w:t></w:r>"));
            paper.body += &t("式中:");
            paper.body += &t("K——确认系数;");
            paper.body += &t("其余按附录C评定。");
        }
    }
    paper.body = paper.body.replace("注:", "注\u{ff1a}").replace("式中:", "式中\u{ff1a}");
    let text = read(&paper);
    is_outline(&text, COILS);
    assert_eq!(get(&text, "表1").blocks.len(), 2);
    assert_eq!(get(&text, "式1").plain(), "K=I/(U-V)\n式中\u{ff1a}\nK——确认系数;");
    assert_eq!(get(&text, "7.3").blocks.len(), 3);
    assert_eq!(doubts(&text), []);
}

#[test]
fn an_outline_with_automatic_numbers_becomes_its_clauses() {
    let mut paper = Paper::of("");
    // Headings are renamed styles: one tells its depth itself, one takes it from what it is based on; their lists hang on the styles.
    paper.styles = style("a0", "正文", "", "")
        + &style(
            "z1",
            "章标题",
            "a0",
            "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/>",
        )
        + &style(
            "z2",
            "条",
            "z1",
            "<w:numPr><w:ilvl w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"1\"/>",
        )
        + &style("f", "附录标识", "a0", "<w:numPr><w:numId w:val=\"2\"/></w:numPr>")
        + &style("t1", "toc 1", "a0", "");
    paper.numbering = list(
        7,
        &[
            level(0, "decimal", "%1", "<w:pStyle w:val=\"z1\"/>"),
            level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"z2\"/>"),
        ],
    ) + &list(8, &[level(0, "upperLetter", "附录%1", "")])
        + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>";
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    paper.body += &t("目 次");
    paper.body += &p(&format!(
        "{}<w:r><w:instrText> TOC \\o \"1-3\" </w:instrText></w:r>{}{}",
        field("begin"),
        field("separate"),
        r("1 范围\t1")
    ));
    paper.body += &p(&(r("2 引用文件\t2") + &field("end")));
    for (number, heading, words) in BALANCES {
        paper.body += &match number {
            &"" => t(heading),
            number if number.starts_with('附') => styled("f", heading),
            number if number.contains('.') => styled("z2", heading),
            _ => styled("z1", heading),
        };
        if !words.is_empty() {
            paper.body += &t(words);
        }
    }
    let text = read(&paper);
    is_outline(&text, BALANCES);
    assert_eq!(doubts(&text), []);
}

#[test]
fn lists_begin_anew_where_the_file_says_and_plain_lists_are_no_chapters() {
    let mut paper = Paper::default();
    let item = |list: u32, level: u32, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}",
            r(text)
        ))
    };
    paper.numbering = list(
        1,
        &[level(0, "chineseCounting", "第%1章", ""), level(1, "decimal", "%1.%2", "<w:isLgl/>")],
    ) + &list(2, &[level(0, "decimal", "%1.", "")])
        + &list(3, &[level(0, "bullet", "\u{f0b7}", "")])
        + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num><w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num><w:num w:numId=\"4\"><w:abstractNumId w:val=\"3\"/></w:num>";
    paper.body = item(1, 0, "总则")
        + &item(1, 1, "范围")
        + &item(1, 1, "依据")
        + &item(1, 0, "要求")
        + &item(1, 1, "外观")
        + &item(2, 0, "清洗")
        + &item(2, 0, "烘干")
        + &item(3, 0, "称量")
        + &item(4, 0, "记录");
    let text = read(&paper);
    assert_eq!(keys(&text), ["1", "1.1", "1.2", "2", "2.1"]);
    assert_eq!(get(&text, "1").number, "第一章");
    assert_eq!(get(&text, "2.1").plain(), "1. 清洗\n2. 烘干\n1. 称量\n• 记录");
    assert_eq!(doubts(&text), []);
}

#[test]
fn merged_cells_keep_their_spans_and_nested_tables_are_words() {
    let nested =
        format!("<w:tc><w:tcPr/>{}{}</w:tc>", table(&[vec![cell("", "x"), cell("", "y")]]), t(""));
    let rows = [
        vec![
            cell("<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>", "项目"),
            cell("<w:gridSpan w:val=\"2\"/>", "检定类别"),
        ],
        vec![cell("<w:gridSpan w:val=\"2\"/><w:vMerge/>", ""), cell("", "首次"), cell("", "后续")],
        vec![cell("", "1"), cell("", "外观"), cell("", "+"), nested],
    ];
    let paper = Paper::of(
        t("1 范围")
            + &t("表1 检定项目")
            + &table(&rows)
            + &t("此后。")
            + &table(&[vec![cell("", "无号")]]),
    );
    let text = read(&paper);
    let cell = |text: &str, across, down| Cell { text: text.into(), across, down };
    let wanted = Block::Table {
        rows: vec![
            vec![cell("项目", 2, 2), cell("检定类别", 2, 1)],
            vec![cell("首次", 1, 1), cell("后续", 1, 1)],
            vec![cell("1", 1, 1), cell("外观", 1, 1), cell("+", 1, 1), cell("x y", 1, 1)],
        ],
        head: 2,
    };
    assert_eq!(get(&text, "表1").blocks, [wanted]);
    assert_eq!(doubts(&text), [("表1", DoubtKind::Nested), ("1", DoubtKind::Unnumbered)]);
    assert_eq!(get(&text, "1").blocks.len(), 3);
}

#[test]
fn tracked_changes_and_remarks_stand_on_the_margin() {
    let mut paper = Paper::of(
        t("1 范围")
            + &p(&(r("误差不")
                + "<w:del w:author=\"甲\"><w:r><w:delText>大于</w:delText></w:r><w:r><w:delText>等于</w:delText></w:r></w:del><w:ins w:author=\"乙\"><w:r><w:t>超</w:t></w:r><w:r><w:t>过</w:t></w:r></w:ins>"
                + &r(" 2 dB。")))
            + &p(&("<w:pPr><w:rPr><w:del w:author=\"甲\"/></w:rPr></w:pPr>".to_owned()
                + &r("前半句")))
            + &t("后半句。")
            + &p(&("<w:commentRangeStart w:id=\"3\"/>".to_owned()
                + &r("温度")
                + "<w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r>"
                + &r("不限。")))
            + &table(&[vec![format!(
                "<w:tc>{}</w:tc>",
                p(
                    "<w:commentRangeStart w:id=\"4\"/><w:r><w:t>甲格</w:t></w:r><w:commentRangeEnd w:id=\"4\"/>"
                )
            )]]),
    );
    paper.body += "<w:tbl><w:tr><w:trPr><w:del w:author=\"丙\"/></w:trPr><w:tc><w:p><w:r><w:t>旧行</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>新行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    paper.comments = "<w:comment w:id=\"3\" w:author=\"丁\"><w:p><w:r><w:t>给出</w:t></w:r></w:p><w:p><w:r><w:t>范围</w:t></w:r></w:p></w:comment><w:comment w:id=\"4\" w:author=\"戊\"><w:p><w:r><w:t>改</w:t></w:r></w:p></w:comment><w:comment w:id=\"9\"/>".into();
    let text = read(&paper);
    let words: Vec<String> = get(&text, "1").blocks.iter().map(Block::plain).collect();
    assert_eq!(words, ["误差不超过 2 dB。", "前半句后半句。", "温度不限。", "甲格", "新行"]);
    assert_eq!(
        margin(&text),
        [
            ("1", MarginKind::Deleted, "甲", "大于等于", ""),
            ("1", MarginKind::Inserted, "乙", "超过", ""),
            ("1", MarginKind::Remark, "丁", "温度", "给出\n范围"),
            ("1", MarginKind::Remark, "戊", "甲格", "改"),
            ("1", MarginKind::Deleted, "丙", "旧行", ""),
        ]
    );
}

#[test]
fn what_a_reader_does_not_see_is_left_out_and_what_a_reader_sees_is_kept() {
    let ruby = "<w:r><w:ruby><w:rt><w:r><w:t>tiān</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>天</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    let signs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B1\"/><w:t>&#x200B;\u{202e}&amp;\u{a0}f</w:t></w:r>";
    let power = r("10")
        + &rp("<w:vertAlign w:val=\"superscript\"/>", "-3")
        + &r(" U")
        + &rp("<w:vertAlign w:val=\"subscript\"/>", "r")
        + &rp("<w:vertAlign w:val=\"subscript\"/>", "el")
        + &r(" m")
        + &rp("<w:vertAlign w:val=\"superscript\"/>", "2");
    let control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:r><w:t>已填</w:t></w:r></w:sdtContent></w:sdt>";
    let paper = Paper::of(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>1 范围 1</w:t></w:r></w:p></w:sdtContent></w:sdt>".to_owned()
            + &t("1 范围")
            + &p(&(ruby.to_owned() + &r("平") + &rp("<w:vanish/>", "隐藏") + &rp("<w:vanish w:val=\"0\"/>", "显示")))
            + &p(signs)
            + &p(&power)
            + &p(control)
            + &p("<w:fldSimple w:instr=\" REF x \"><w:r><w:t>表1</w:t></w:r></w:fldSimple><w:r><w:t>中</w:t></w:r>")
            + &p("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>"),
    );
    let text = read(&paper);
    let words: Vec<String> = get(&text, "1").blocks.iter().map(Block::plain).collect();
    assert_eq!(words, ["天平显示", "a b\nc-de±& f", "10⁻³ U_rel m²", "已填", "表1中"]);
}

#[test]
fn footnotes_stand_where_they_are_referred_to_and_text_boxes_raise_a_doubt() {
    let boxed = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"x\"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中字</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框中字</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    let mut paper = Paper::of(
        t("1 范围")
            + &p(&(r("温度") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" + &r("不限。")))
            + &p(&(boxed.to_owned() + &r("正文。"))),
    );
    paper.footnotes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> 指室温。</w:t></w:r></w:p></w:footnote>".into();
    let text = read(&paper);
    let one = get(&text, "1");
    assert_eq!(one.blocks[0].plain(), "温度⁽¹⁾不限。");
    assert_eq!(one.blocks[1], Block::Note { mark: "⁽¹⁾".into(), text: "指室温。".into() });
    assert_eq!(
        (one.blocks[2].plain(), one.blocks[3].plain(), one.blocks.len()),
        ("正文。".into(), "框中字".into(), 4)
    );
    assert_eq!(doubts(&text), [("1", DoubtKind::TextBox)]);
}

#[test]
fn formulas_are_read_in_one_line() {
    let m = |inside: &str| format!("<m:oMath>{inside}</m:oMath>");
    let x = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let e = |text: &str| format!("<m:e>{}</m:e>", x(text));
    let rows = [
        (format!("{}<m:sSub>{}<m:sub>{}</m:sub></m:sSub>", x("E="), e("I"), x("1")), "E=I_1"),
        (
            format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", x("a+b"), x("n-1")),
            "(a+b)^(n-1)",
        ),
        (
            format!(
                "<m:rad><m:radPr><m:degHide m:val=\"1\"/></m:radPr><m:deg/>{}</m:rad>",
                e("x+y")
            ),
            "√(x+y)",
        ),
        (format!("<m:rad><m:deg>{}</m:deg>{}</m:rad>", x("3"), e("x")), "√[3](x)"),
        (
            format!(
                "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup>{}</m:nary>",
                x("i=1"),
                x("n"),
                e("x")
            ),
            "∑_(i=1)^n x",
        ),
        (
            format!(
                "<m:d><m:dPr><m:begChr m:val=\"|\"/><m:endChr m:val=\"|\"/></m:dPr>{}</m:d>",
                e("a-b")
            ),
            "|a-b|",
        ),
        (
            format!("<m:f><m:num>{}</m:num><m:den><m:d>{}</m:d></m:den></m:f>", x("a+b"), e("c-d")),
            "(a+b)/(c-d)",
        ),
        (
            format!(
                "<m:m><m:mr>{}{}</m:mr><m:mr>{}{}</m:mr></m:m>",
                e("a"),
                e("b"),
                e("c"),
                e("d")
            ),
            "[a, b; c, d]",
        ),
        (
            format!("<m:acc><m:accPr><m:chr m:val=\"\u{304}\"/></m:accPr>{}</m:acc>", e("x")),
            "x\u{304}",
        ),
        (format!("<m:func><m:fName>{}</m:fName>{}</m:func>", x("sin"), e("θ")), "sin θ"),
        (format!("<m:eqArr>{}</m:eqArr>", e("E=mc#(2)")), "E=mc"),
    ];
    for (inside, wanted) in rows {
        let text = read(&Paper::of(
            t("1 范围") + &p(&format!("<m:oMathPara>{}</m:oMathPara>", m(&inside))),
        ));
        let formula = text.clauses.last().unwrap().blocks.last().unwrap();
        assert_eq!(formula, &Block::Formula { line: wanted.into(), picture: false });
    }
    let inline = read(&Paper::of(t("1 范围") + &p(&(r("当 ") + &m(&x("U>1")) + &r(" 时,停止。")))));
    assert_eq!(get(&inline, "1").plain(), "当 U>1 时,停止。");
    let laid_out =
        table(&[vec![cell("", ""), format!("<w:tc>{}</w:tc>", p(&m(&x("y=x")))), cell("", "(3)")]]);
    let text = read(&Paper::of(t("1 范围") + &laid_out));
    assert_eq!((keys(&text), get(&text, "式3").plain().as_str()), (vec!["1", "式3"], "y=x"));
}

#[test]
fn a_formula_of_which_only_the_number_was_read_leaves_a_doubt() {
    let paper = Paper::of(
        t("1 范围")
            + &t("误差按下式计算：")
            + &p(&r("\t(1)"))
            + &t("式中：E——误差。")
            + &t("E=I-L")
            + &t("（2）")
            + &p("<m:oMath><m:r/></m:oMath>")
            + &t("(1)按下列步骤进行。"),
    );
    let text = read(&paper);
    assert_eq!(keys(&text), ["1", "式1", "式2"]);
    let lost = Block::Formula { line: String::new(), picture: true };
    assert_eq!(get(&text, "式1").blocks[0], lost);
    assert_eq!(get(&text, "式2").blocks, [Block::Formula { line: "E=I-L".into(), picture: false }]);
    assert!(doubts(&text).contains(&("式1", DoubtKind::LostFormula)), "{:?}", text.doubts);
    assert_eq!(doubts(&text).len(), 2, "{:?}", text.doubts);
    assert!(text.doubts.iter().any(|doubt| doubt.kind == DoubtKind::Unreadable));
}

#[test]
fn pictures_are_figures_or_formulas_that_cannot_be_read() {
    let picture = |about: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图片 1\" descr=\"{about}\"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let object = "<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID=\"Equation.DSMT4\"/></w:object></w:r>";
    let paper = Paper::of(
        t("1 范围")
            + &p(&picture("天平结构"))
            + &t("图1 结构")
            + &p(&(object.to_owned() + &r("\t(1)")))
            + &p(&(r("其中 ") + object + &r(" 为常数。")))
            + &p(&picture(""))
            + &t("见图1。"),
    );
    let text = read(&paper);
    assert_eq!(keys(&text), ["1", "图1", "式1"]);
    assert_eq!(get(&text, "图1").blocks, [Block::Figure { about: "天平结构".into() }]);
    assert_eq!(get(&text, "式1").blocks[0], Block::Formula { line: String::new(), picture: true });
    let one: Vec<&Block> = get(&text, "1")
        .blocks
        .iter()
        .filter(|block| !matches!(block, Block::Place { .. }))
        .collect();
    assert_eq!(one[0].plain(), "其中 □ 为常数。");
    assert_eq!(one[1], &Block::Formula { line: String::new(), picture: true });
    assert_eq!(one[2], &Block::Figure { about: "图片 1".into() });
    assert_eq!(
        doubts(&text),
        [("式1", DoubtKind::Picture), ("1", DoubtKind::Picture), ("1", DoubtKind::Unnumbered)]
    );
}

#[test]
fn strict_files_and_localised_heading_names_are_read_alike() {
    let mut paper = Paper::of(
        styled("10", "范围")
            + &t("甲。")
            + &styled("10", "没有编号的一节")
            + &p(&rp("<w:b/>", "粗体短句")),
    );
    paper.styles = style("10", "标题 1", "", "");
    paper.namespace = Some("http://purl.oclc.org/ooxml/wordprocessingml/main");
    let text = read(&paper);
    assert_eq!(keys(&text), ["范围", "没有编号的一节"]);
    let kinds: Vec<DoubtKind> = text.doubts.iter().map(|doubt| doubt.kind).collect();
    assert_eq!(kinds, [DoubtKind::MaybeHeading; 3]);
}
