//! JSON whose parts know their lines.

use serde_json::value::RawValue;

use super::Refused;

/// A text with the places where its lines begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    begin: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, begin: std::iter::once(0).chain(ends).collect() }
    }

    /// The line, from 1, on which a part of the text begins.
    pub(super) fn line(&self, part: &RawValue) -> u64 {
        let at = part.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.begin.partition_point(|begin| *begin <= at) as u64
    }
}

/// The bytes as text.
pub(super) fn text(bytes: &[u8]) -> Result<String, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Refused::Encoding(1 + before.iter().filter(|byte| **byte == b'\n').count() as u64)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

/// What serde found wrong, by its line; where the JSON is sound but of another shape, that it is unknown.
pub(super) fn refused(error: &serde_json::Error) -> Refused {
    match error.classify() {
        serde_json::error::Category::Data => Refused::Unknown,
        _ => Refused::Json(error.line() as u64),
    }
}
