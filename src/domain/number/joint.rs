//! Numbers of texts that several provinces issue together (联合编号): one for each with the same sequence (model A,
//! `JJG(京)/(津)/(冀)3001-2017`), or one whose mark names them all (model B, `JJF(沪苏浙皖)4002-2021`), which reads like any other.

use super::{NumberError, SpecNumber};

impl SpecNumber {
    /// Reads the number of a text, or one for each of the authorities that issue it together, in the order written.
    ///
    /// # Errors
    /// What [`SpecNumber::parse`] says of a part; [`NumberError::Several`] for numbers of different texts; [`NumberError::Mark`] where a
    /// mark is missing or stands twice.
    pub fn parse_joint(text: &str) -> Result<Vec<Self>, NumberError> {
        match Self::parse(text) {
            Ok(parsed) => return Ok(vec![parsed.number]),
            Err(NumberError::Several) => {}
            Err(other) => return Err(other),
        }
        let plain = text.replace('（', "(").replace('）', ")").replace(")(", ")/(");
        let divided = |c: char| matches!(c, '/' | '、' | ',' | '，' | ';' | '；' | '\n');
        let mut pieces: Vec<&str> =
            plain.split(divided).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let series: String = plain.trim().chars().take(3).collect();
        let last = pieces.pop().ok_or(NumberError::Empty)?;
        let whole = match last.chars().next() {
            Some('(') => Self::parse(&format!("{series}{last}"))?,
            _ => Self::parse(last)?,
        };
        let whole = whole.number;
        let mut numbers = Vec::with_capacity(pieces.len() + 1);
        for piece in pieces {
            let number = match Self::parse(piece) {
                Ok(parsed) => parsed.number,
                Err(_) => whole.marked(piece)?,
            };
            if (number.series, number.sequence, number.part, number.year)
                != (whole.series, whole.sequence, whole.part, whole.year)
            {
                return Err(NumberError::Several);
            }
            numbers.push(number);
        }
        numbers.push(whole);
        let marked = numbers.iter().all(|number| number.mark.is_some());
        let twice = (1..numbers.len()).any(|at| numbers[..at].contains(&numbers[at]));
        if marked && !twice { Ok(numbers) } else { Err(NumberError::Mark) }
    }

    /// The same number with the mark that a piece has in its brackets.
    fn marked(&self, piece: &str) -> Result<Self, NumberError> {
        let inner = piece.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
        let (mark, rest) = inner.ok_or(NumberError::Mark)?;
        if !rest.trim().is_empty() {
            return Err(NumberError::Several);
        }
        Self::new(self.series, Some(mark.trim()), self.sequence, self.part, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joint_numbers_are_read_in_every_form_in_which_they_are_printed() {
        let read = |text: &str| {
            SpecNumber::parse_joint(text)
                .map(|all| all.iter().map(SpecNumber::canonical).collect::<Vec<_>>())
        };
        let three = vec!["JJG(京) 3001-2017", "JJG(津) 3001-2017", "JJG(冀) 3001-2017"];
        for text in [
            "JJG(京)/(津)/(冀)3001-2017",
            "JJG（京）、（津）、（冀）3001—2017",
            "JJG(京)(津)(冀)3001-2017",
            "JJG(京)3001-2017/JJG(津)3001-2017/JJG(冀)3001-2017",
            "JJG(京)3001-2017；JJG(津)3001-2017；JJG(冀)3001-2017",
        ] {
            assert_eq!(read(text).unwrap(), three, "{text}");
        }
        assert_eq!(read("JJF(沪苏浙皖)4002-2021").unwrap(), ["JJF(沪苏浙皖) 4002-2021"]);
        assert_eq!(read("JJG 1-2020").unwrap(), ["JJG 1-2020"]);
        assert_eq!(read("JJG(京)3001-2017/JJG(津)3002-2017"), Err(NumberError::Several));
        assert_eq!(read("JJG(京)/(京)3001-2017"), Err(NumberError::Mark));
        assert!(read("JJG(京)/津").is_err());
    }
}
