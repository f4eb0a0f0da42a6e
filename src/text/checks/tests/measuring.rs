//! Units and the symbols of formulas.

use super::*;

/// What the checks of units say about a sentence: rule and words.
fn remarks(sentence: &str) -> Vec<String> {
    let text = [clause("5", "", sentence)];
    super::units::check(&Outline::new(&text))
        .into_iter()
        .map(|f| {
            format!("{} {} {}", f.rule, f.words, f.args.get("instead").cloned().unwrap_or_default())
        })
        .collect()
}

#[test]
fn legal_units_pass() {
    let sound = [
        "温度 (23±5) ℃，相对湿度不大于 80 %。",
        "量程 10 kg，分度值 1 mg，频率 50 Hz，功率 3 kW。",
        "密度 8000 kg/m³，速度 3 m/s，转速 1500 r/min。",
        "角度 30°15′，比例 50%，衰减 6 dB，容量 100 mL。",
        "按 JJG 99—2022 和 GB/T 27025-2019 进行，公称口径 DN50。",
        "A 级砝码，3A级医院，4G网络，第3章。",
        "使用 balance 软件，型号 XS205 或 AB-12。",
        "见表1、图2和附录A。",
        "电导率 5 μS/cm，接地电阻 4 Ω，电阻 10 kΩ。",
        "时间 10 min，周期 1 h，吸光度 A 与波长 550 nm。",
        "血压计的示值为 120 mmHg。",
    ];
    for sentence in sound {
        assert_eq!(remarks(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn what_is_not_legal_is_told_with_what_is() {
    let table: [(&str, &[&str]); 14] = [
        ("管径 2 英寸", &["unit_not_legal 英寸 mm"]),
        ("压力 10 公斤力", &["unit_not_legal 公斤力 N"]),
        ("浓度 5 ppm", &["unit_not_legal 5 ppm 10⁻⁶"]),
        ("压力 100 psi", &["unit_not_legal 100 psi Pa"]),
        ("压力 760 mmHg", &["unit_not_legal 760 mmHg Pa"]),
        ("力 10 kgf", &["unit_not_legal 10 kgf N"]),
        ("温度 70 °F", &["unit_not_legal 70 °F ℃"]),
        ("70华氏度", &["unit_not_legal 华氏度 ℃"]),
        ("质量 5 KG", &["unit_spelling 5 KG kg"]),
        ("质量 5 Kg、6 Kg", &["unit_spelling 5 Kg kg", "unit_spelling 6 Kg kg"]),
        ("频率 10 MHZ 和 5 KHz", &["unit_spelling 10 MHZ MHz", "unit_spelling 5 KHz kHz"]),
        ("频率 10 mHz", &["unit_doubtful 10 mHz MHz"]),
        ("时间 30 S", &["unit_doubtful 30 S s"]),
        ("长 5um，电流 3 mA", &["unit_spelling 5um μm"]),
    ];
    for (sentence, wanted) in table {
        assert_eq!(remarks(sentence), wanted, "{sentence}");
    }
    assert_eq!(remarks("温度23℃，长度5mm"), ["unit_space 23℃ 23 ℃", "unit_space 5mm 5 mm"]);
    assert_eq!(remarks("质量（KG）"), ["unit_spelling KG kg"]);
}

#[test]
fn cells_and_notes_are_read_too() {
    let mut text = vec![table("表1", "误差", &["载荷|误差", "5 Kg|3 mg"])];
    text[0].blocks.push(Block::Note { mark: "注".into(), text: "压力以 psi 计。".into() });
    let found = super::units::check(&Outline::new(&text));
    let rules: Vec<CheckKind> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [CheckKind::UnitSpelling, CheckKind::UnitNotLegal]);
}

/// The symbols of a formula that a sentence leaves unexplained.
fn unexplained(line: &str, sentence: &str) -> Vec<String> {
    let text = [formula("式1", line), clause("5", "", sentence)];
    super::symbols::check(&Outline::new(&text)).into_iter().map(|f| f.words).collect()
}

#[test]
fn symbols_of_formulas_are_to_be_explained() {
    let table: [(&str, &str, &[&str]); 14] = [
        (
            "s=√((∑_(i=1)^n (x_i-x\u{304})^2)/(n-1))",
            "式中：s为标准偏差；x_i——读数；x\u{304}——平均值；n——次数。",
            &[],
        ),
        ("E=m_(标)+u_(c,rel)·10 kg", "式中：E——误差；m_(标)——标准值；u_(c,rel)——不确定度。", &[]),
        ("E=m_(标)", "式中：E——误差。", &["m标"]),
        ("E = I - m", "式中：E——示值误差；I——示值；m——标准值。", &[]),
        ("E = I - m", "式中：E——示值误差；I——示值。", &["m"]),
        ("E = (I_1 - I_2) / m", "式中：E —— 误差；I1、I2——两次示值；m——质量。", &[]),
        ("E = (I_{1} - I_{2})", "式中：E为误差，I_1和I_2为两次示值。", &[]),
        (
            "u_c = sqrt(u_A^2 + u_B^2)",
            "其中 uc 表示合成标准不确定度；uA 是 A 类分量；uB 是 B 类分量。",
            &[],
        ),
        ("y = ln(x) + sin(θ)", "式中：y——结果；x——读数。", &["θ"]),
        ("ΔT = T_2 - T_1", "式中：T2——末温；T1——初温。", &["ΔT"]),
        ("ΔT = a", "式中：T——温度；a——系数。", &[]),
        ("P = 2πf", "功率P按频率f计算。", &[]),
        ("V = ab", "式中：V——体积；a，b——边长。", &[]),
        ("Q = q · t", "流量Q由q和t求得。", &["q", "t"]),
    ];
    for (line, sentence, wanted) in table {
        assert_eq!(unexplained(line, sentence), wanted, "{line} {sentence}");
    }
}
