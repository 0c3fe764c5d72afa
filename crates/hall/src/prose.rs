//! Prose: the little markup of the texts in `texts/`, read into pages: a title, headings, paragraphs, lists, commands,
//! links.
//!
//! It is Markdown that any editor shows as it is meant, and no more of it than the texts use: a test reads them all.

use web::{Markup, Visit, html};

/// One block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    Steps(Vec<String>),
    Command(String),
}

/// A text: its title and its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prose {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// A run within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Run {
    Plain(String),
    Strong(String),
    Code(String),
    Link { text: String, path: String },
}

impl Prose {
    /// The text with these words in place of those.
    pub(crate) fn read(text: &str, replaced: &[(&str, &str)]) -> Self {
        let mut text = text.to_owned();
        for (from, to) in replaced {
            text = text.replace(from, to);
        }
        let mut title = String::new();
        let mut blocks = Vec::new();
        for part in
            text.split("\n\n").map(|part| part.trim_matches('\n')).filter(|part| !part.trim().is_empty())
        {
            if let Some(rest) = part.strip_prefix("# ") {
                title = rest.trim().to_owned();
            } else {
                blocks.push(block(part));
            }
        }
        Self { title, blocks }
    }

    /// The page's body.
    pub(crate) fn markup(&self, visit: &Visit) -> Markup {
        html! {
            h1 { (self.title) }
            @for block in &self.blocks {
                @match block {
                    Block::Heading(text) => h2 { (text) },
                    Block::Paragraph(text) => p { (runs_markup(visit, text)) },
                    Block::List(items) => ul { @for item in items { li { (runs_markup(visit, item)) } } },
                    Block::Steps(items) => ol { @for item in items { li { (runs_markup(visit, item)) } } },
                    Block::Command(text) => div.scroll tabindex="0" role="region" aria-label=(self.title) {
                        pre { code { (text) } }
                    },
                }
            }
        }
    }
}

fn block(part: &str) -> Block {
    if let Some(text) = part.strip_prefix("## ") {
        return Block::Heading(text.trim().to_owned());
    }
    if part.starts_with("    ") {
        let lines: Vec<&str> = part.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
        return Block::Command(lines.join("\n"));
    }
    if part.starts_with("- ") {
        return Block::List(items(part, |line| line.strip_prefix("- ")));
    }
    if part.starts_with("1. ") {
        let numbered = |line: &'_ str| -> Option<usize> {
            let (number, _) = line.split_once(". ")?;
            number.parse::<u8>().ok().map(|_| number.len() + 2)
        };
        return Block::Steps(items(part, |line| numbered(line).and_then(|at| line.get(at..))));
    }
    Block::Paragraph(joined(part.lines()))
}

/// Items of a list; a line that begins none goes on with the one before.
fn items<'a>(part: &'a str, begins: impl Fn(&'a str) -> Option<&'a str>) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in part.lines() {
        match (begins(line), items.last_mut()) {
            (Some(text), _) => items.push(text.trim().to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, None) => items.push(line.trim().to_owned()),
        }
    }
    items
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The runs of a paragraph: plain text, `code`, **strong** and [links](/chemin).
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let found = [("`", 0_u8), ("**", 1), ("[", 2)]
            .into_iter()
            .filter_map(|(mark, kind)| rest.find(mark).map(|at| (at, kind)))
            .min();
        let special =
            found.and_then(|(at, kind)| special(&rest[at..], kind).map(|(run, used)| (at, run, used)));
        let Some((at, run, used)) = special else {
            runs.push(Run::Plain(rest.to_owned()));
            break;
        };
        if at > 0 {
            runs.push(Run::Plain(rest[..at].to_owned()));
        }
        runs.push(run);
        rest = &rest[at + used..];
    }
    runs
}

/// The run at the head of `text` and its length in bytes; `None` where the mark is not closed.
fn special(text: &str, kind: u8) -> Option<(Run, usize)> {
    match kind {
        0 => {
            let code = text[1..].split_once('`')?.0;
            Some((Run::Code(code.to_owned()), code.len() + 2))
        }
        1 => {
            let strong = text[2..].split_once("**")?.0;
            Some((Run::Strong(strong.to_owned()), strong.len() + 4))
        }
        _ => {
            let (label, after) = text[1..].split_once("](")?;
            let path = after.split_once(')')?.0;
            let run = Run::Link { text: label.to_owned(), path: path.to_owned() };
            Some((run, label.len() + path.len() + 4))
        }
    }
}

fn runs_markup(visit: &Visit, text: &str) -> Markup {
    html! {
        @for run in runs(text) {
            @match run {
                Run::Plain(text) => (text),
                Run::Strong(text) => strong { (text) },
                Run::Code(text) => code { (text) },
                Run::Link { text, path } => a href=(visit.link(&path)) { (text) },
            }
        }
    }
}
