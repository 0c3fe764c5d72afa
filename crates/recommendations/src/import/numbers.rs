//! Numbers of a file against their own sequence: what is absent, given twice, missing or out of order is told.

use std::collections::HashMap;

use super::Found;
use super::ground::cut;

/// The numbers of a file, line by line.
#[derive(Default)]
pub(crate) struct Numbers(Vec<Seen>);

struct Seen {
    line: u64,
    /// What numbers its own: a document, a year, a meeting.
    group: String,
    number: String,
}

/// How a number stands to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    /// So many are missing between.
    Gap(u32),
    Back,
    /// Another part begins.
    Part,
}

impl Numbers {
    /// The line has this number, or none where it is empty.
    pub(crate) fn note(&mut self, line: u64, group: &str, number: &str) {
        self.0.push(Seen { line, group: group.to_owned(), number: number.to_owned() });
    }

    /// What is odd about them is told; their order only where the file gives all of a document's.
    pub(crate) fn told(&self, column: &str, ordered: bool, found: &mut Found) {
        let mut first: HashMap<(&str, &str), u64> = HashMap::new();
        for seen in &self.0 {
            if seen.number.is_empty() {
                found.odd(seen.line, column, "la ligne n’a pas de numéro".to_owned());
                continue;
            }
            match first.get(&(seen.group.as_str(), seen.number.as_str())) {
                Some(line) => {
                    let message =
                        format!("le numéro « {} » est déjà celui de la ligne {line}", cut(&seen.number, 40));
                    found.odd(seen.line, column, message);
                }
                None => {
                    first.insert((&seen.group, &seen.number), seen.line);
                }
            }
        }
        if ordered {
            self.order(column, &first, found);
        }
    }

    /// Numbers that do not follow the one before, neither in their own document nor in the file.
    fn order(&self, column: &str, first: &HashMap<(&str, &str), u64>, found: &mut Found) {
        let mut lines: Vec<(&Seen, Option<Vec<u32>>)> =
            self.0.iter().map(|seen| (seen, parsed(&seen.number))).collect();
        if descends(&lines) {
            lines.reverse();
        }
        // In each document: the last number that stood well, and how many lines since then have none that does.
        let mut last: HashMap<&str, (&str, &[u32], u32)> = HashMap::new();
        let mut before: Option<&[u32]> = None;
        for (seen, number) in &lines {
            let known = last.get_mut(seen.group.as_str());
            let Some(number) = number.as_deref() else {
                known.into_iter().for_each(|known| known.2 += 1);
                continue;
            };
            let twice = first.get(&(seen.group.as_str(), seen.number.as_str())) != Some(&seen.line);
            let in_file = before.replace(number).map(|before| step(before, number));
            let wrong = match &known {
                _ if twice => None,
                None => None,
                Some((_, _, _)) if in_file == Some(Step::Next) => None,
                Some((before, at, unread)) => match step(at, number) {
                    Step::Gap(many) if many > *unread => Some((*before, Some(many - unread))),
                    Step::Back => Some((*before, None)),
                    _ => None,
                },
            };
            if let Some((before, gap)) = wrong {
                let missing = gap.map(|many| format!(" ({many} en moins)")).unwrap_or_default();
                let message =
                    format!("le numéro « {} » ne suit pas « {before} »{missing}", cut(&seen.number, 40));
                found.odd(seen.line, column, message);
            }
            match known {
                Some(known) if twice || matches!(wrong, Some((_, None))) => known.2 += 1,
                _ => {
                    last.insert(&seen.group, (&seen.number, number, 0));
                }
            }
        }
    }
}

/// Whether the file gives the newest first, as our own export does.
fn descends(lines: &[(&Seen, Option<Vec<u32>>)]) -> bool {
    let (mut up, mut down) = (0, 0);
    for pair in lines.windows(2) {
        let [(_, Some(before)), (_, Some(number))] = pair else { continue };
        match step(before, number) {
            Step::Next | Step::Gap(_) => up += 1,
            Step::Back if before != number => down += 1,
            _ => {}
        }
    }
    down > up
}

/// The parts of a number like 3 or 112.2.1; other numbers have no order.
fn parsed(number: &str) -> Option<Vec<u32>> {
    let number = number.trim_end_matches(['.', ')', ' ']);
    number.split('.').map(|part| part.parse().ok()).collect()
}

/// How `number` stands to `before`.
fn step(before: &[u32], number: &[u32]) -> Step {
    let at = before.iter().zip(number).take_while(|(a, b)| a == b).count();
    let Some(own) = number.get(at).copied() else { return Step::Back };
    let was = before.get(at).copied().unwrap_or(0);
    if at == 0 && number.len() > 1 {
        return Step::Part;
    }
    match own.checked_sub(was) {
        None | Some(0) if at < before.len() => Step::Back,
        None | Some(0 | 1) => Step::Next,
        Some(many) => Step::Gap(many - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn odd(numbers: &[&str]) -> Vec<String> {
        let (mut all, mut found) = (Numbers::default(), Found::default());
        for (line, number) in (2..).zip(numbers) {
            all.note(line, "document", number);
        }
        all.told("N°", true, &mut found);
        found.oddities.sort_by_key(|odd| odd.line);
        found.oddities.iter().map(|odd| format!("{} {}", odd.line, odd.message)).collect()
    }

    #[test]
    fn a_sequence_says_nothing() {
        let none: [String; 0] = [];
        assert_eq!(odd(&["1", "2", "3"]), none);
        assert_eq!(odd(&["3", "2", "1"]), none, "newest first");
        assert_eq!(odd(&["56.1", "56.2", "56.2.1", "56.3", "56.3.1", "56.3.2", "56.4", "57.1"]), none);
        assert_eq!(odd(&["112.8", "112.9.1", "112.10", "110.1"]), none);
        assert_eq!(odd(&["R-1", "R-7", "A"]), none, "no order is known of these");
    }

    #[test]
    fn what_disagrees_is_told() {
        assert_eq!(odd(&["1", "2", "4", "5"]), ["4 le numéro « 4 » ne suit pas « 2 » (1 en moins)"]);
        assert_eq!(odd(&["1", "2", "2", "3"]), ["4 le numéro « 2 » est déjà celui de la ligne 3"]);
        assert_eq!(odd(&["1", "2", "", "4"]), ["4 la ligne n’a pas de numéro"]);
        assert_eq!(
            odd(&["111.1", "111", "111", "111.4", "111.5"]),
            ["3 le numéro « 111 » ne suit pas « 111.1 »", "4 le numéro « 111 » est déjà celui de la ligne 3"]
        );
        assert_eq!(odd(&["7", "8", "3", "9", "10"]), ["4 le numéro « 3 » ne suit pas « 8 »"]);
    }

    #[test]
    fn each_document_numbers_its_own_or_goes_on() {
        let (mut all, mut found) = (Numbers::default(), Found::default());
        for (line, group, number) in
            [(2, "a", "1"), (3, "a", "2"), (4, "b", "3"), (5, "a", "4"), (6, "c", "1")]
        {
            all.note(line, group, number);
        }
        all.told("N°", true, &mut found);
        assert!(found.oddities.is_empty(), "{:?}", found.oddities);
    }
}
