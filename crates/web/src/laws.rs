//! Laws of the house that every room's tests ask.

use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a room's messages; nothing when all is well.
///
/// Every key begins with the room's name and stands in both languages with the same variables; every key that the
/// sources name exists; every key that exists is named by the sources, whole or by its beginning (`"room-stage-"`).
///
/// **Shape** `sources` are the texts of the room's source files, without its tests.
#[must_use]
pub fn check_messages(room: &str, sources: &[&str], fr: &str, en: &str) -> Vec<String> {
    let (fr, en) = (messages(fr), messages(en));
    let mut wrong = Vec::new();
    for key in fr.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
        match (fr.get(key), en.get(key)) {
            (Some(fr), Some(en)) if fr != en => {
                wrong.push(format!("{key} : {fr:?} en français, {en:?} en anglais"));
            }
            (Some(_), Some(_)) => {}
            (None, _) => wrong.push(format!("{key} manque en français")),
            (_, None) => wrong.push(format!("{key} manque en anglais")),
        }
        if !key.starts_with(&format!("{room}-")) {
            wrong.push(format!("{key} ne commence pas par « {room}- »"));
        }
    }
    let named: BTreeSet<String> = sources.iter().flat_map(|source| named_in(room, source)).collect();
    let (beginnings, whole): (Vec<&String>, Vec<&String>) = named.iter().partition(|key| key.ends_with('-'));
    wrong.extend(whole.iter().filter(|key| !fr.contains_key(**key)).map(|key| format!("{key} n’existe pas")));
    for key in fr.keys() {
        if !named.contains(key) && !beginnings.iter().any(|beginning| key.starts_with(beginning.as_str())) {
            wrong.push(format!("{key} ne sert à rien"));
        }
    }
    for beginning in beginnings {
        if !fr.keys().any(|key| key.starts_with(beginning.as_str())) {
            wrong.push(format!("aucun message ne commence par {beginning}"));
        }
    }
    wrong
}

/// Every message of a Fluent text, with its variables.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) =
            line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            current = key.trim().to_owned();
            found.entry(current.clone()).or_default();
        }
        let variables = line.split('$').skip(1).map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                .collect::<String>()
        });
        found.entry(current.clone()).or_default().extend(variables);
    }
    found.remove("");
    found
}

/// The room's keys that a source names in quotes; one cut off before `{` is the beginning of several.
fn named_in<'a>(room: &'a str, source: &'a str) -> impl Iterator<Item = String> + 'a {
    source.match_indices(&format!("\"{room}-")).map(|(at, _)| at + 1).collect::<Vec<_>>().into_iter().map(
        move |at| {
            let letter = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
            source[at..].chars().take_while(letter).collect()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_keep_the_law_are_not_named() {
        let fr =
            "# note\nx-a = un { $n }\nx-b = { $n ->\n    [one] un\n   *[other] { $n }\n }\nx-r-s = rôle\n";
        let source = r#"say("x-a"); say("x-b"); format!("x-r-{}", role)"#;
        assert_eq!(check_messages("x", &[source], fr, fr), Vec::<String>::new());
    }

    #[test]
    fn each_breach_is_named() {
        let source = r#"say("x-a"); say("x-none"); format!("x-r-{}", role)"#;
        let wrong =
            check_messages("x", &[source], "x-a = { $n }\nx-b = b\ny = y\n", "x-a = { $m }\nx-b = b\n");
        for part in ["x-a : ", "y manque en anglais", "y ne commence", "x-none", "x-b ne sert", "par x-r-"] {
            assert!(wrong.iter().any(|line| line.contains(part)), "{part} : {wrong:?}");
        }
    }
}
