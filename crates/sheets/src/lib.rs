#![doc = include_str!("../README.md")]

mod letters;
mod sheet;

pub use sheet::{Line, Sheet, Trouble};

/// At most so many characters.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most).collect::<String>() + "…"
    }
}
