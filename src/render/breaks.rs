//! Where a line may end (避头尾): no closing mark at the head of a line, no opening one at its end, words and numbers whole.

/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》」』】〕〉”’％‰℃℉·．,.;:?!)]}%°′″";
/// Marks that may not end a line.
const NOT_LAST: &str = "（《「『【〔〈“‘([{＜￥¥$№＃#";
/// Marks that are written twice and stay together.
const PAIRED: &str = "—…";
/// A space that nothing breaks at, and the mark that joins words.
const JOINS: [char; 2] = ['\u{a0}', '\u{2060}'];

/// True for characters that stand in a square: Chinese and its marks.
fn is_square(c: char) -> bool {
    c >= '\u{2e80}' || "“”‘’—…·".contains(c)
}

/// True when a line may end between the two.
pub(crate) fn may_break(before: char, after: char) -> bool {
    if after == ' ' || JOINS.contains(&before) || JOINS.contains(&after) {
        return false;
    }
    if NOT_FIRST.contains(after) || (NOT_LAST.contains(before) && before != ' ') {
        return false;
    }
    if before == ' ' {
        return true;
    }
    if before == after && PAIRED.contains(before) {
        return false;
    }
    is_square(before) || is_square(after)
}

/// True when room may be added between the two so that the line ends at the margin.
pub(crate) fn may_stretch(before: char, after: char) -> bool {
    before == ' ' || is_square(before) || is_square(after)
}

/// Ends of the lines of a paragraph, as the count of characters up to each: `widths` are those of its characters, `room` is the width
/// of the line with that number.
pub(crate) fn ends(text: &[char], widths: &[f32], room: impl Fn(usize) -> f32) -> Vec<usize> {
    let (mut ends, mut start, mut last, mut width) = (Vec::new(), 0, 0, 0.0_f32);
    let mut at = 0;
    while at < text.len() {
        if at > start && may_break(text[at - 1], text[at]) {
            last = at;
        }
        // Spaces hang over the margin.
        let fits = text[at] == ' ' || width + widths[at] <= room(ends.len()) + 0.01;
        if fits || at == start {
            width += widths[at];
            at += 1;
            continue;
        }
        let end = if last > start { last } else { at };
        ends.push(end);
        (start, last, width) = (end, end, 0.0);
        at = end;
    }
    ends.push(text.len());
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a text in squares of one, Latin in halves.
    fn lines(text: &str, room: f32) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        let widths: Vec<f32> = text.iter().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).collect();
        let mut start = 0;
        let cut = |end: usize| {
            let line = text[start..end].iter().collect::<String>().trim_end().to_owned();
            start = end;
            line
        };
        ends(&text, &widths, |_| room).into_iter().map(cut).collect()
    }

    #[test]
    fn no_mark_stands_where_it_may_not() {
        assert_eq!(lines("计量检定规程，依法", 6.0), ["计量检定规", "程，依法"]);
        assert_eq!(lines("依据《计量法》制定", 3.0), ["依据", "《计量", "法》制", "定"]);
        assert_eq!(lines("甲乙丙——丁", 4.0), ["甲乙丙", "——丁"]);
        assert_eq!(lines("国市监〔2026〕12号", 5.0), ["国市监", "〔2026〕12", "号"]);
    }

    #[test]
    fn words_and_numbers_stay_whole_unless_no_line_holds_them() {
        assert_eq!(lines("符合OIML R76的要求", 5.0), ["符合OIML", "R76的要求"]);
        assert_eq!(lines("计量JJF1001-2011号", 5.0), ["计量", "JJF1001-20", "11号"]);
        assert_eq!(lines("", 5.0), [""]);
    }

    #[test]
    fn the_first_line_may_be_shorter() {
        let text: Vec<char> = "一二三四五六".chars().collect();
        let room = |line: usize| if line == 0 { 2.0 } else { 4.0 };
        assert_eq!(ends(&text, &[1.0; 6], room), [2, 6]);
    }
}
