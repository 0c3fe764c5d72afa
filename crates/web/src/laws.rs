//! Laws that every room's tests hold it to.

use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a room's messages; empty when nothing is.
///
/// Every message is in both languages with the same variables and begins with the room's name; every key that the sources
/// write exists; every message is used. A key put together by `format!("room-part-{word}")` counts as using all messages that
/// begin with `room-part-`, and at least one must.
#[must_use]
pub fn check_messages(room: &str, sources: &[&str], fr: &str, en: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let (fr, en) = (messages(fr), messages(en));
    let prefix = format!("{room}-");
    for (key, variables) in &fr {
        match en.get(key) {
            None => wrong.push(format!("{key} : absent de l’anglais")),
            Some(other) if other != variables => wrong.push(format!("{key} : variables inégales")),
            Some(_) => {}
        }
        if !key.starts_with(&prefix) {
            wrong.push(format!("{key} : ne commence pas par {prefix}"));
        }
    }
    wrong.extend(
        en.keys().filter(|key| !fr.contains_key(*key)).map(|key| format!("{key} : absent du français")),
    );
    let used = used_keys(&prefix, sources);
    for key in &used {
        let found = match key.split_once('{') {
            Some((part, _)) => fr.keys().any(|known| known.starts_with(part)),
            None => fr.contains_key(key),
        };
        if !found {
            wrong.push(format!("{key} : employé, mais n’existe pas"));
        }
    }
    let is_used = |key: &str| {
        used.iter().any(|used| match used.split_once('{') {
            Some((part, _)) => key.starts_with(part),
            None => key == used,
        })
    };
    wrong.extend(fr.keys().filter(|key| !is_used(key)).map(|key| format!("{key} : jamais employé")));
    wrong
}

/// Every message with the names of its variables.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = None;
    for line in text.lines() {
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
        let rest = match line.split_once('=') {
            Some((key, rest)) if begins => {
                last = Some(key.trim().to_owned());
                rest
            }
            _ => line,
        };
        if let Some(key) = &last {
            found.entry(key.clone()).or_default().extend(variables(rest));
        }
    }
    found
}

fn variables(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('$').skip(1).map(|rest| {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect()
    })
}

/// Every literal of the sources that begins with the prefix and could be a key.
fn used_keys(prefix: &str, sources: &[&str]) -> BTreeSet<String> {
    let is_key = |text: &&str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        text.starts_with(prefix)
            && text.split_once('{').map_or(*text, |(part, _)| part).chars().all(plain)
            && !text.contains(char::is_whitespace)
    };
    sources.iter().flat_map(|source| source.split('"')).filter(is_key).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        let fr = "porte-ouverte = Ouverte à { $n }\n    et plus\nporte-fermee = Fermée\nporte-etat-a = A\n";
        let en = "porte-ouverte = Open to { $n }\nporte-fermee = Closed\nporte-etat-a = A\n";
        let source = r#"say("porte-ouverte"); say("porte-fermee"); say(&format!("porte-etat-{x}"))"#;
        assert_eq!(check_messages("porte", &[source], fr, en), Vec::<String>::new());
        let wrong = check_messages("porte", &[r#"say("porte-ouverte") say("porte-absente")"#], fr, en);
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        let uneven = check_messages("porte", &[source], fr, &en.replace("$n", "$m"));
        assert_eq!(uneven, ["porte-ouverte : variables inégales"]);
        let missing = check_messages("porte", &[source], fr, "");
        assert_eq!(missing.len(), 3);
        assert_eq!(check_messages("mur", &[], "porte-a = x\n", "porte-a = x\n").len(), 2);
    }
}
