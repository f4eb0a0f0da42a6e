//! Some programs write the sign of a radical (⽤, ⻅) where the ideograph that looks the same (用, 见) is meant; no search finds it.

use unicode_normalization::UnicodeNormalization;

/// Signs of the supplement that have no decomposition, and the ideographs they look like.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺇', '几'),
    ('⺊', '卜'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺗', '心'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺢', '水'),
    ('⺧', '牛'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糹'),
    ('⺰', '纟'),
    ('⺱', '网'),
    ('⺶', '羊'),
    ('⺸', '羊'),
    ('⺼', '肉'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '西'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// The characters of a glyph with ideographs for signs of radicals and letters for ligatures.
pub(super) fn replaced(text: String) -> String {
    let odd = |c: char| matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}');
    if !text.contains(odd) {
        return text;
    }
    let known = |c: char| {
        SUPPLEMENT.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, ideograph)| *ideograph)
    };
    let one = |c: char| if odd(c) { known(c).nfkc().collect::<String>() } else { c.to_string() };
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn signs_of_radicals_become_the_ideographs_that_are_meant() {
        for (text, wanted) in
            [("适⽤", "适用"), ("⻅⻓⻔", "见长门"), ("ﬁ", "fi"), ("℃²", "℃²"), ("示值", "示值")]
        {
            assert_eq!(replaced(text.to_owned()), wanted);
        }
    }
}
