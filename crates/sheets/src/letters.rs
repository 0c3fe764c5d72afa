//! Letters that were read wrongly on the way to us: files in Windows-1252, UTF-8 that was taken for Latin-1, and what Mac Roman
//! left behind. What can be undone with certainty is undone and told; what cannot is kept as it stands and told.

/// What the bytes 0x80 to 0x9F are in Windows-1252; NUL where it has none.
///
/// **Source** WHATWG Encoding Standard, index windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Signs besides letters that texts in French are written with.
const SIGNS: &str = "\u{a0}«»°²³§©®·½€…‘’“”•–—™Œœ";

/// Signs that tell Windows-1252 from older code pages, where these bytes draw lines and frames.
const TELLING: &str = "«»°’";

/// What the apostrophes, quotation marks and dashes of Mac Roman become when read as Latin-1.
const MAC_ROMAN: [(char, char); 6] = [('Ð', '–'), ('Ñ', '—'), ('Ò', '“'), ('Ó', '”'), ('Ô', '‘'), ('Õ', '’')];

fn is_letter(c: char) -> bool {
    ('À'..='ÿ').contains(&c) && !matches!(c, '×' | '÷')
}

/// The text that these bytes are in Windows-1252, where nothing in it speaks against that.
///
/// **Shape** `None` where a byte has no meaning, or one that no text in French would have: another code page wrote it.
pub(super) fn windows(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut told = false;
    for byte in bytes {
        let c = match byte {
            0x80..=0x9f => WINDOWS.get(usize::from(byte - 0x80)).copied().filter(|c| *c != '\0')?,
            byte => char::from(*byte),
        };
        if !c.is_ascii() && !is_letter(c) && !SIGNS.contains(c) {
            return None;
        }
        told |= is_letter(c) || TELLING.contains(c);
        text.push(c);
    }
    // A text spoiled on its way before may be in it; one that is spoiled throughout was not written so.
    let marked = text.split_whitespace().filter(|word| !word.is_ascii()).count();
    (told && doubtful(&text).len() * 2 <= marked).then_some(text)
}

/// The byte that a character was before it was read one byte at a time.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return (byte >= 0x80).then_some(byte);
    }
    let at = WINDOWS.iter().position(|other| *other == c)?;
    u8::try_from(0x80 + at).ok()
}

/// The cell with its UTF-8 read as UTF-8, where it had been read as Latin-1 or Windows-1252 (« Ã© » for « é »).
///
/// **Shape** `None` where nothing of the sort is in it. Undone is only what no text would hold otherwise.
pub(super) fn mended(cell: &str) -> Option<String> {
    if cell.is_ascii() {
        return None;
    }
    let chars: Vec<char> = cell.chars().collect();
    let (mut text, mut at, mut changed) = (String::with_capacity(cell.len()), 0, false);
    while let Some(c) = chars.get(at) {
        match chars.get(at..).and_then(whole) {
            Some((character, many)) => {
                // The mark of UTF-8 says nothing inside a text.
                text.extend(Some(character).filter(|c| *c != '\u{feff}'));
                (at, changed) = (at + many, true);
            }
            None => {
                text.push(*c);
                at += 1;
            }
        }
    }
    changed.then_some(text)
}

/// The one character that these begin with once they are bytes again, and how many of them it takes.
fn whole(chars: &[char]) -> Option<(char, usize)> {
    let many = match byte_of(*chars.first()?)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => return None,
    };
    let bytes: Vec<u8> = chars.get(..many)?.iter().map(|c| byte_of(*c)).collect::<Option<_>>()?;
    let mut read = std::str::from_utf8(&bytes).ok()?.chars();
    let c = read.next()?;
    let sure = match bytes.first()? {
        0xc2 => SIGNS.contains(c),
        // After « Ã » nothing but a lost letter looks like this.
        0xc3 => is_letter(c),
        0xc5 => matches!(c, 'œ' | 'Œ' | 'Ÿ' | 'ŋ' | 'Š' | 'š' | 'Ž' | 'ž'),
        // « É” » ends quotations, so the open o of Bambara is not guessed.
        0xc9 => c == 'ɛ',
        0xe2 => ('\u{2010}'..='\u{22ff}').contains(&c),
        0xef => c == '\u{feff}',
        _ => false,
    };
    sure.then_some((c, many))
}

/// The words that hold a letter which must have been another one.
pub(super) fn doubtful(cell: &str) -> Vec<&str> {
    if cell.is_ascii() {
        return Vec::new();
    }
    cell.split_whitespace().filter(|word| is_doubtful(word)).collect()
}

fn is_doubtful(word: &str) -> bool {
    let mut before = ' ';
    let mut after = word.chars().skip(1);
    for c in word.chars() {
        let next = after.next().unwrap_or(' ');
        let inside = before.is_ascii_alphabetic() && next.is_ascii_alphabetic();
        let lost = c == '\u{fffd}' || ('\u{80}'..='\u{9f}').contains(&c);
        let capital = before.is_lowercase() && MAC_ROMAN.iter().any(|(wrong, _)| *wrong == c);
        if lost || capital || (inside && matches!(c, '™' | 'ˆ' | '‡' | '†' | '‰' | '˜')) {
            return true;
        }
        before = c;
    }
    false
}

/// What a doubtful word may have been; `None` where nobody can tell.
pub(super) fn likely(word: &str) -> Option<String> {
    let read: String = word
        .chars()
        .map(|c| MAC_ROMAN.iter().find(|(wrong, _)| *wrong == c).map_or(c, |(_, right)| *right))
        .collect();
    (read != word && !is_doubtful(&read)).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_read_where_nothing_speaks_against_it() {
        let read = |bytes: &[u8]| windows(bytes);
        assert_eq!(
            read(b"R\xe9parer l\x92\xe9cole \xab\xa0oui\xa0\xbb").as_deref(),
            Some("Réparer l’école «\u{a0}oui\u{a0}»")
        );
        assert_eq!(read(b"N\xb0;Texte").as_deref(), Some("N°;Texte"));
        assert!(read(b"N\xb0;R\xe9parer;women\xd5s rights;\xe9cole").is_some(), "spoiled before");
        // The same words in the code page of DOS, in Mac Roman, and bytes that have no meaning.
        assert_eq!(read(b"R\x82parer"), None);
        assert_eq!(read(b"R\x8eparer"), None);
        assert_eq!(read(b"the women\xd5s rights; the country\xd5s law"), None);
        assert_eq!(read(b"\x81"), None);
        assert_eq!(read(b"\x85 l'eau"), None, "the à of DOS is the dots of Windows");
    }

    #[test]
    fn utf8_that_was_read_as_latin_1_is_read_again() {
        for (cell, text) in [
            ("RÃ©parer", "Réparer"),
            ("Ã‰clairer lâ€™Ã©cole", "Éclairer l’école"),
            ("NÂ° 3", "N° 3"),
            ("cÅ“ur", "cœur"),
            ("Â«\u{a0}ouiÂ\u{a0}Â»", "«\u{a0}oui\u{a0}»"),
            ("ï»¿Recommandation", "Recommandation"),
            ("bÉ›lÉ›", "bɛlɛ"),
            ("Ã\u{a0} la mairie", "à la mairie"),
        ] {
            assert_eq!(mended(cell).as_deref(), Some(text), "{cell}");
        }
        for sound in ["Réparer", "VÉRITÉ\u{a0}:", "« LIBERTÉ»", "CONGÉ”", "Âge", "PÂTE", "São", "ASCII", "Õ"]
        {
            assert_eq!(mended(sound), None, "{sound}");
        }
    }

    #[test]
    fn what_mac_roman_left_is_seen_and_not_touched() {
        assert_eq!(doubtful("That MaliÕs request be taken"), ["MaliÕs"]);
        assert_eq!(doubtful("insult lawÓ (…)"), ["lawÓ"]);
        assert_eq!(doubtful("C™te d'Ivoire"), ["C™te"]);
        assert_eq!(doubtful("perdu : \u{fffd}tat"), ["\u{fffd}tat"]);
        assert_eq!(likely("MaliÕs").as_deref(), Some("Mali’s"));
        assert_eq!(likely("C™te"), None);
        for sound in ["NIÑOS", "Õismäe", "l’Ôm", "été", "Marque™", "Çà"] {
            assert!(doubtful(sound).is_empty(), "{sound}");
        }
    }
}
