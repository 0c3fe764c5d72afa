//! Reading a TOML file: what serde finds wrong, said in French with its line; and the line of a value found
//! wrong later.

use std::collections::HashMap;

use serde::de::DeserializeOwned;

use crate::PackFault;
use crate::files::{Files, path_of};
use crate::sheet::text_fault;

/// A TOML file that was read, with what is needed to say where one of its values stands.
pub(crate) struct Keyed<'a> {
    path: String,
    text: &'a str,
    told: HashMap<(String, String), usize>,
}

/// The file's text, if it is there.
///
/// **Errors** not UTF-8.
pub(crate) fn text_of(files: &dyn Files, name: &str) -> Result<Option<String>, PackFault> {
    let Some(bytes) = files.read(name) else { return Ok(None) };
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err(error) => {
            let line = Some(line_at(&bytes, error.valid_up_to()));
            let message = "le texte n’est pas en UTF-8".to_owned();
            Err(PackFault { file: path_of(files, name), line, field: None, message })
        }
    }
}

/// The fault of a file that is not there.
pub(crate) fn absent(files: &dyn Files, name: &str) -> PackFault {
    let message = "le fichier manque ou ne peut pas être lu".to_owned();
    PackFault { file: path_of(files, name), line: None, field: None, message }
}

/// What the text says.
///
/// **Errors** the first thing that is not TOML, not a key of this file, or not of the kind its key wants.
pub(crate) fn parse<'a, T: DeserializeOwned>(
    files: &dyn Files,
    name: &str,
    text: &'a str,
) -> Result<(T, Keyed<'a>), PackFault> {
    let path = path_of(files, name);
    match toml::from_str::<T>(text) {
        Ok(read) => Ok((read, Keyed { path, text, told: HashMap::new() })),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let line = Some(line_at(text.as_bytes(), at));
            let (field, message) = in_french(error.message());
            Err(PackFault { file: path, line, field, message })
        }
    }
}

fn line_at(bytes: &[u8], at: usize) -> u64 {
    let before = &bytes[..at.min(bytes.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The key meant, and the end of the sentence. What is not recognised is kept as the reader said it.
fn in_french(said: &str) -> (Option<String>, String) {
    let said = said.lines().next().unwrap_or_default();
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let key = quoted.first().map(|key| (*key).to_owned());
    if said.starts_with("unknown field") {
        return (key, format!("la clé n’est pas connue ici (connues : {})", quoted[1..].join(", ")));
    }
    if said.starts_with("missing field") {
        return (key, "la clé manque".into());
    }
    if said.starts_with("duplicate") {
        return (key, "la clé est donnée deux fois".into());
    }
    if said.starts_with("unknown variant") {
        let word = quoted.first().copied().unwrap_or_default();
        return (None, crate::sheet::no_word(word, quoted[1..].iter().copied()));
    }
    if said.starts_with("invalid") {
        return (None, format!("la valeur n’est pas de la forme attendue ({said})"));
    }
    // The faults of our own types are French sentences already.
    if said.starts_with("l’identifiant") || said.starts_with('«') || said.starts_with("une ") {
        return (None, said.to_owned());
    }
    (None, format!("le TOML est illisible ({said})"))
}

impl Keyed<'_> {
    /// A fault of the value that this key has; told again for the same value, it is of the next line that has
    /// it.
    pub(crate) fn fault(&mut self, key: &str, value: &str, message: String) -> PackFault {
        let seen = self.told.entry((key.to_owned(), value.to_owned())).or_default();
        let line = line_with(self.text, key, value, *seen);
        *seen += 1;
        PackFault { file: self.path.clone(), line, field: Some(key.to_owned()), message }
    }

    /// A fault of a long text, on the first line that has these words.
    pub(crate) fn fault_in(&self, key: &str, words: &str, message: String) -> PackFault {
        let line =
            self.text.lines().zip(1..).find(|(line, _)| line.contains(words)).map(|(_, number)| number);
        PackFault { file: self.path.clone(), line, field: Some(key.to_owned()), message }
    }

    /// As [`Keyed::fault`] for a value that repeats an earlier one: the earlier one is not blamed.
    pub(crate) fn repeated(&mut self, key: &str, value: &str) -> PackFault {
        self.told.entry((key.to_owned(), value.to_owned())).or_insert(1);
        self.fault(key, value, format!("« {value} » est déjà donné plus haut"))
    }

    /// A text that the record or a database could not hold.
    pub(crate) fn check_text(&mut self, key: &str, text: &str) -> Option<PackFault> {
        let message = text_fault(text)?;
        Some(PackFault { file: self.path.clone(), line: None, field: Some(key.to_owned()), message })
    }
}

/// The line of the `nth` place, from 0, where the key has the value; the last one where there are fewer.
fn line_with(text: &str, key: &str, value: &str, nth: usize) -> Option<u64> {
    let quoted = format!("\"{value}\"");
    let holds = |line: &str| {
        let rest = line.trim_start().strip_prefix(key).map(str::trim_start);
        rest.and_then(|rest| rest.strip_prefix('=')).is_some_and(|rest| {
            rest.contains(&quoted) || rest.split('#').next().is_some_and(|rest| rest.trim() == value)
        })
    };
    let lines: Vec<u64> =
        text.lines().zip(1..).filter(|(line, _)| holds(line)).map(|(_, number)| number).collect();
    lines.get(nth).or(lines.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_value_is_that_of_its_own_key() {
        let text = "id = \"a\"\nkind = \"b\"\n[[x]]\nid=\"b\"\nlist = [\"b\"]\nid = \"b\" # x\nstep = 3\n";
        assert_eq!(line_with(text, "id", "b", 0), Some(4));
        assert_eq!(line_with(text, "id", "b", 1), Some(6));
        assert_eq!(line_with(text, "id", "b", 7), Some(6));
        assert_eq!(line_with(text, "list", "b", 0), Some(5));
        assert_eq!(line_with(text, "step", "3", 0), Some(7));
        assert_eq!(line_with(text, "id", "z", 0), None);
    }
}
