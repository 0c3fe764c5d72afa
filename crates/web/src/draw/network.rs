//! Who is behind whom: three columns of names and the lines between them, such as umbrellas, organisations and the bodies in which they
//! sit. Nothing is placed by chance: the same names and lines give the same picture.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{COLOURS, Tenths};

/// Width of the picture, of a box, and the height from one name to the next.
const WIDTH: f64 = 800.0;
const BOX: f64 = 220.0;
const PITCH: f64 = 46.0;
/// Height of a box, and of the heads of the columns.
const HEIGHT: f64 = 38.0;
const HEAD: f64 = 34.0;
/// Characters of a name that a line of a box has room for; a box has two.
const LINE_MAX: usize = 31;

/// A name in one of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node<'a> {
    /// What lines call it; each name once.
    pub id: &'a str,
    /// The name; a long one is cut in the box, and a pointer held over it shows it whole.
    pub name: &'a str,
    /// The column, counted from zero: 0, 1 or 2. What is in none of these stands in the last.
    pub column: usize,
}

/// A line between two names of different columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// One end.
    pub from: &'a str,
    /// The other.
    pub to: &'a str,
    /// How many it stands for: a line for many is thicker.
    pub many: u32,
    /// Dashed, for ties of another kind.
    pub dashed: bool,
}

/// The words of a network, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct NetworkWords<'a> {
    /// What it shows, on which day.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
    /// The heads of the three columns.
    pub heads: [&'a str; 3],
}

/// The names in three columns, in the order given, and the lines between them. A line whose ends are not both among the names is not
/// drawn. A list of the same lines belongs beside it.
pub fn network(nodes: &[Node<'_>], lines: &[Line<'_>], words: &NetworkWords<'_>) -> Markup {
    // A column without a name takes no room.
    let used: Vec<usize> =
        (0..3).filter(|column| nodes.iter().any(|node| node.column.min(2) == *column)).collect();
    let place = |node: &Node<'_>| used.iter().position(|column| *column == node.column.min(2)).unwrap_or(0);
    let spots = spots(nodes, &place);
    let tallest = (0..3).map(|column| nodes.iter().filter(|node| place(node) == column).count()).max();
    let height = HEAD + PITCH * tallest.unwrap_or(0).max(1) as f64;
    let width = left(used.len().max(1) - 1) + BOX;
    html! {
        figure.drawing.network {
            svg class=(format!("n{}", used.len())) role="img" viewBox=(format!("0 0 {} {}", Tenths(width), Tenths(height)))
                width=(Tenths(width)) height=(Tenths(height)) {
                title { (words.title) }
                desc { (words.desc) }
                g font-size="13" font-weight="700" fill="currentColor" {
                    @for (at, column) in used.iter().enumerate() {
                        text x=(Tenths(left(at))) y="16" { (words.heads[*column]) }
                    }
                }
                g fill="none" stroke="currentColor" stroke-opacity=".55" aria-hidden="true" {
                    @for line in lines {
                        @if let (Some(from), Some(to)) = (spots.get(line.from), spots.get(line.to)) {
                            path d=(curve(*from, *to)) stroke-width=(thickness(line.many))
                                stroke-dasharray=[line.dashed.then_some("5 4")] {}
                        }
                    }
                }
                @for (at, column) in used.iter().enumerate() {
                    g class={ "c" (column) } color=(COLOURS[*column]) {
                        @for node in nodes.iter().filter(|node| place(node) == at) {
                            @if let Some((_, y)) = spots.get(node.id) { (named(node, at, *y)) }
                        }
                    }
                }
            }
        }
    }
}

/// The left edge of a column.
fn left(column: usize) -> f64 {
    (WIDTH - BOX) / 2.0 * column as f64
}

/// Column and middle of each name.
fn spots<'a>(nodes: &[Node<'a>], place: &dyn Fn(&Node<'_>) -> usize) -> HashMap<&'a str, (usize, f64)> {
    let mut next = [0.0_f64; 3];
    let mut spots = HashMap::new();
    for node in nodes {
        let column = place(node);
        spots.entry(node.id).or_insert_with(|| {
            let y = HEAD + PITCH * next[column] + HEIGHT / 2.0;
            next[column] += 1.0;
            (column, y)
        });
    }
    spots
}

/// From the inner edge of one box to that of the other; within a column, a bow beside it.
fn curve(from: (usize, f64), to: (usize, f64)) -> String {
    let ((start, y1), (end, y2)) = if from.0 <= to.0 { (from, to) } else { (to, from) };
    let x1 = left(start) + BOX;
    let x2 = if start == end { x1 } else { left(end) };
    let pull = if start == end { 40.0 } else { (x2 - x1) / 2.0 };
    let back = if start == end { x1 + pull } else { x2 - pull };
    format!(
        "M{} {}C{} {} {} {} {} {}",
        Tenths(x1),
        Tenths(y1),
        Tenths(x1 + pull),
        Tenths(y1),
        Tenths(back),
        Tenths(y2),
        Tenths(x2),
        Tenths(y2)
    )
}

fn thickness(many: u32) -> String {
    Tenths(1.2 + f64::from(many.clamp(1, 12) - 1) * 0.6).to_string()
}

/// The name on two lines at most, broken between words; what has no room is cut, and said to be.
fn broken(name: &str) -> (String, String) {
    let mut lines = [String::new(), String::new()];
    let mut at = 0;
    for word in name.split_whitespace() {
        let room =
            |line: &str| line.is_empty() || line.chars().count() + 1 + word.chars().count() <= LINE_MAX;
        if at == 0 && !room(&lines[0]) {
            at = 1;
        }
        if !lines[at].is_empty() {
            lines[at].push(' ');
        }
        lines[at].push_str(word);
    }
    let [first, second] = lines;
    (cut(first), cut(second))
}

fn cut(line: String) -> String {
    if line.chars().count() <= LINE_MAX {
        return line;
    }
    line.chars().take(LINE_MAX - 1).chain(['…']).collect()
}

fn named(node: &Node<'_>, column: usize, y: f64) -> Markup {
    let (first, second) = broken(node.name);
    let x = Tenths(left(column) + 8.0);
    let middle = if second.is_empty() { y + 4.0 } else { y - 4.0 };
    html! {
        g {
            title { (node.name) }
            rect x=(Tenths(left(column))) y=(Tenths(y - HEIGHT / 2.0)) width=(Tenths(BOX)) height=(Tenths(HEIGHT))
                rx="5" fill="currentColor" pointer-events="all" {}
            g.on font-size="12" color="#fff" fill="currentColor" pointer-events="none" {
                text x=(x) y=(Tenths(middle)) { (first) }
                @if !second.is_empty() { text x=(x) y=(Tenths(y + 11.0)) { (second) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: NetworkWords<'static> = NetworkWords {
        title: "Réseau <fictif>",
        desc: "a & b",
        heads: ["Faîtières", "Organisations", "Organes"],
    };

    fn node(id: &'static str, column: usize) -> Node<'static> {
        Node { id, name: id, column }
    }

    #[test]
    fn names_do_not_touch_and_lines_lead_from_box_to_box() {
        let nodes = [node("f", 0), node("a", 1), node("b", 1), node("c", 1), node("o", 2)];
        let found = spots(&nodes, &|node| node.column);
        assert!((found["b"].1 - found["a"].1 - PITCH).abs() < 1e-9 && PITCH > HEIGHT);
        assert!(left(1) > left(0) + BOX && left(2) + BOX <= WIDTH + 1e-9);
        assert_eq!(
            curve(found["o"], found["a"]),
            curve(found["a"], found["o"]),
            "an end is not before the other"
        );
    }

    #[test]
    fn the_picture_escapes_its_words_and_leaves_out_lines_to_nobody() {
        let nodes = [node("f", 0), node("a", 1)];
        let line = |to| Line { from: "f", to, many: 3, dashed: true };
        let drawn = network(&nodes, &[line("a"), line("personne")], &WORDS).into_string();
        assert_eq!(drawn.matches("<path").count(), 1);
        assert!(
            drawn.contains("Réseau &lt;fictif&gt;")
                && drawn.contains("a &amp; b")
                && !drawn.contains("style=")
        );
        assert_eq!(drawn, network(&nodes, &[line("a"), line("personne")], &WORDS).into_string());
        assert!(network(&[], &[], &WORDS).into_string().contains("<svg"));
        // The column of bodies has nobody in it: neither head nor room.
        assert!(!drawn.contains("Organes") && drawn.contains("viewBox=\"0 0 510 "));
    }

    #[test]
    fn a_long_name_is_broken_then_cut_and_told_whole() {
        let two = broken("Comité consultatif de sécurité de la commune");
        assert_eq!(two, ("Comité consultatif de sécurité".to_owned(), "de la commune".to_owned()));
        assert_eq!(broken("Veille"), ("Veille".to_owned(), String::new()));
        let long = "Fédération nationale des organisations de la société civile de la région fictive du Lac";
        let (_, second) = broken(long);
        assert_eq!((second.chars().count(), second.chars().last()), (LINE_MAX, Some('…')));
        assert_eq!(broken(&"x".repeat(40)).0.chars().count(), LINE_MAX);
        let drawn = network(&[Node { id: "n", name: long, column: 9 }], &[], &WORDS).into_string();
        assert!(drawn.contains(&format!("<title>{long}</title>")));
    }

    #[test]
    fn thickness_grows_and_ends() {
        assert_eq!((thickness(0), thickness(1), thickness(2)), ("1.2".into(), "1.2".into(), "1.8".into()));
        assert_eq!(thickness(12), thickness(400));
    }
}
