//! Fresh texts that nobody can guess: ids, links, codes.

use record::Fault;

/// Digits and letters without `i`, `l`, `o`, `u`, which are misread or make words.
///
/// **Source** Douglas Crockford, Base 32, in lower case.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// So many random letters and digits, of five bits each.
///
/// **Errors** the system has no randomness.
pub fn fresh_text(letters: usize) -> Result<String, Fault> {
    let mut bytes = vec![0; letters];
    getrandom::fill(&mut bytes).map_err(|error| Fault::File(error.to_string()))?;
    // 256 is a multiple of 32: every letter is as likely as every other.
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_text_is_an_id_and_never_comes_twice() {
        let text = fresh_text(26).unwrap();
        assert_eq!(text.len(), 26);
        assert!(terms::PersonId::parse(&text).is_ok());
        assert_ne!(text, fresh_text(26).unwrap());
    }

    #[test]
    fn every_letter_comes() {
        let text = fresh_text(4_000).unwrap();
        assert!(LETTERS.iter().all(|letter| text.contains(char::from(*letter))));
    }
}
