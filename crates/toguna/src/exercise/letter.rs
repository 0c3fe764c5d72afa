//! The exercise's scanned letters: PDF files made here, which say on every page that they are fictional.

use std::fmt::Write;

use terms::Day;

/// Characters that a line holds.
const WIDTH: usize = 88;

/// Lines that a page holds below its heading.
const LINES: usize = 46;

/// What the foot of every page says.
const FOOT: &str = "EXERCICE : lettre fictive, commune, personnes et faits inventés.";

/// A fictional letter.
pub(super) struct Letter<'a> {
    /// Who writes.
    pub(super) from: &'a str,
    /// To whom.
    pub(super) to: &'a str,
    /// When.
    pub(super) on: Day,
    /// About what.
    pub(super) about: String,
    /// What it says, a paragraph each.
    pub(super) paragraphs: Vec<String>,
}

impl Letter<'_> {
    /// The letter as a PDF file of A4 pages.
    ///
    /// **Source** ISO 32000-1: 7.5 file structure, 9.6.2.2 standard fonts, annex D.2 `WinAnsiEncoding`.
    pub(super) fn to_pdf(&self) -> Vec<u8> {
        let lines = self.lines();
        let pages: Vec<&[String]> = lines.chunks(LINES).collect();
        let first_page = 4;
        let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", first_page + 2 * i)).collect();
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        for (i, page) in pages.into_iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> \
                 /Contents {} 0 R >>",
                first_page + 2 * i + 1
            ));
            let drawn = drawn(page);
            objects.push(format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()));
        }
        filed(&objects).into_bytes()
    }

    fn lines(&self) -> Vec<String> {
        let day = calendar::day_fr(self.on);
        let head = [self.from.to_owned(), String::new(), format!("À : {}", self.to), format!("Le {day}")];
        let mut lines: Vec<String> = head.into_iter().chain([String::new()]).collect();
        for paragraph in std::iter::once(&format!("Objet : {}", self.about)).chain(&self.paragraphs) {
            lines.extend(wrapped(paragraph));
            lines.push(String::new());
        }
        lines
    }
}

/// The text in lines of at most [`WIDTH`] characters, broken between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < WIDTH);
        match last {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// What draws one page: the mark across it, the lines, the foot.
fn drawn(lines: &[String]) -> String {
    let mut text =
        format!("BT /F1 88 Tf 0.9 g 0.62 0.78 -0.78 0.62 190 220 Tm {} Tj ET\n", shown("EXERCICE"));
    text.push_str("BT /F1 11 Tf 0 g 15 TL 56 780 Td\n");
    for line in lines {
        // Writing into memory cannot fail.
        let _ = writeln!(text, "{} Tj T*", shown(line));
    }
    let _ = write!(text, "ET\nBT /F1 9 Tf 0.4 g 56 40 Td {} Tj ET", shown(FOOT));
    text
}

/// A string of the page, in ASCII: what the encoding holds beyond it as octal digits.
fn shown(text: &str) -> String {
    let mut string = String::from("(");
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => string.extend(['\\', c]),
            ' '..='~' => string.push(c),
            _ => {
                let _ = write!(string, "\\{:03o}", byte_of(c));
            }
        }
    }
    string.push(')');
    string
}

/// The character in `WinAnsiEncoding`; a question mark where it has none.
fn byte_of(c: char) -> u8 {
    match c {
        '€' => 0x80,
        '…' => 0x85,
        'Œ' => 0x8c,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        'œ' => 0x9c,
        '\u{202f}' => 0xa0,
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        _ => b'?',
    }
}

/// The objects as a file: each numbered from 1, then where each begins.
fn filed(objects: &[String]) -> String {
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::with_capacity(objects.len());
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (table, size) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(file, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(paragraphs: Vec<String>) -> String {
        let on = "2025-05-13".parse().unwrap();
        let about = "l’éclairage (point n° 1)".to_owned();
        let letter = Letter { from: "Maire fictif", to: "Comité fictif", on, about, paragraphs };
        String::from_utf8(letter.to_pdf()).unwrap()
    }

    #[test]
    fn every_object_is_where_the_table_says_and_every_page_says_what_it_is() {
        let file = letter(vec!["Un mot et un autre, cœur à l’ouvrage.".repeat(140)]);
        let table: usize =
            file.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        let mut rows = file[table..].lines().skip(3).take_while(|row| row.ends_with(" n "));
        let mut number = 0;
        while let Some(place) = rows.next().map(|row| row[..10].parse::<usize>().unwrap()) {
            number += 1;
            assert!(file[place..].starts_with(&format!("{number} 0 obj\n")), "{number}");
        }
        assert_eq!(number, 3 + 2 * 2, "two pages");
        for part in file.split("stream\n").filter(|part| part.starts_with("BT ")) {
            assert!(part.contains("(EXERCICE)") && part.contains("lettre fictive"), "{part}");
        }
        let lengths = file.split("/Length ").skip(1).map(|rest| rest.split(' ').next().unwrap());
        let streams =
            file.split(">>\nstream\n").skip(1).map(|rest| rest.split("\nendstream").next().unwrap());
        for (length, stream) in lengths.zip(streams) {
            assert_eq!(length.parse::<usize>().unwrap(), stream.len());
        }
    }

    #[test]
    fn lines_are_broken_between_words_and_letters_are_those_of_the_encoding() {
        let text = "mot ".repeat(60);
        let lines = wrapped(text.trim());
        assert!(lines.len() > 1 && lines.iter().all(|line| line.chars().count() <= WIDTH), "{lines:?}");
        assert_eq!(lines.join(" "), text.trim());
        assert_eq!(wrapped(&"x".repeat(100))[1].len(), 100, "a word is not broken");
        assert_eq!(shown("l’été (œ) 中"), "(l\\222\\351t\\351 \\(\\234\\) \\077)");
    }
}
