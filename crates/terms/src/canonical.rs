//! Reading what stands in its canonical spelling, in one pass over its bytes.
//!
//! The general way reads an entry as any JSON, spells it again, and compares. Almost every entry is canonical, and this sees it
//! while it reads. It refuses nothing: what it doubts is left to the general way, which decides. What it takes is what would be
//! spelled again, to the byte, because
//!
//! - marks stand where RFC 8785 puts them, and keys rise;
//! - each value stands in the only spelling of its kind: no escape, no sign or digit too many, days and instants as they print;
//! - nothing that stands there would be left out: no `null`, no empty list, and `false` only where it is always said;
//! - nothing would be added: the fields that would be spelled again are as many as those that were read.
//!
//! `tests/spelling.rs` holds both ways against serde's own reading and an independent RFC 8785.

use std::fmt::{self, Display};

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::entry::{Foretold, Says};
use crate::spelling::{ENCLOSED, enclosure, plain_start};
use crate::{Actor, Day, Enclosed, Entry, Instant};

/// Structs of which every yes or no is always spelled. In others a `false` may be one that is left out.
const ALWAYS_SAID: [&str; 2] = ["Quality", "Span"];

/// The most digits of a whole number that is surely below the bound of RFC 8785.
const DIGITS_MAX: usize = 15;

/// The entry that this text spells canonically, with its enclosures; `None` in doubt.
pub(crate) fn read(text: &str) -> Option<(Entry, Vec<Enclosed>)> {
    let foretold = Foretold::at_end_of(text)?;
    let mut reader = Reader { text, at: 0, fields: 0, enclosed: Vec::new(), always_said: false };
    let (entry, spelled) = reader.entry(foretold).ok()?;
    // An enclosure that was read inside a tagged value was not seen to be one.
    let same = spelled.fields == reader.fields && spelled.enclosed == reader.enclosed.len();
    same.then_some((entry, reader.enclosed))
}

/// Not surely canonical.
#[derive(Debug)]
struct Doubt;

impl Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une écriture que la lecture en une fois laisse à l’autre")
    }
}

impl std::error::Error for Doubt {}

impl de::Error for Doubt {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl ser::Error for Doubt {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Where the reading stands.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Fields read so far, of every object.
    fields: usize,
    enclosed: Vec<Enclosed>,
    /// The object that is being read is one of [`ALWAYS_SAID`].
    always_said: bool,
}

impl<'a> Reader<'a> {
    fn entry(&mut self, foretold: Foretold<'a>) -> Result<(Entry, Count), Doubt> {
        self.expect(b"{\"at\":")?;
        let at = instant(self.string()?.as_bytes()).ok_or(Doubt)?;
        self.expect(b",\"by\":")?;
        let by = Actor::deserialize(&mut *self)?;
        let known = match self.expect(b",\"known\":") {
            Ok(()) => Some(Day::deserialize(&mut *self)?),
            Err(Doubt) => None,
        };
        self.expect(b",\"says\":")?;
        let word = foretold.saying().deserialize(&mut *self)?;
        self.expect(b",\"word\":\"")?;
        self.expect(word.spelling().as_bytes())?;
        self.expect(b"\"}")?;
        if self.at != self.text.len() {
            return Err(Doubt);
        }
        let mut count = Count { fields: 0, enclosed: 0 };
        by.serialize(&mut count)?;
        Says(&word).serialize(&mut count)?;
        Ok((Entry { at, by, known, word }, count))
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Result<u8, Doubt> {
        self.text.as_bytes().get(self.at).copied().ok_or(Doubt)
    }

    /// These bytes stand here, and are behind.
    fn expect(&mut self, bytes: &[u8]) -> Result<(), Doubt> {
        if !self.rest().starts_with(bytes) {
            return Err(Doubt);
        }
        self.at += bytes.len();
        Ok(())
    }

    fn mark(&mut self, mark: u8) -> Result<(), Doubt> {
        if self.next()? != mark {
            return Err(Doubt);
        }
        self.at += 1;
        Ok(())
    }

    /// A string in which nothing is escaped and nothing should be.
    fn string(&mut self) -> Result<&'a str, Doubt> {
        self.mark(b'"')?;
        let from = self.at;
        let to = from + plain_start(self.rest());
        self.at = to;
        self.mark(b'"')?;
        self.text.get(from..to).ok_or(Doubt)
    }

    /// A string that a day, an instant or a commitment could be read from: it stands as that prints.
    fn printed(&mut self) -> Result<&'a str, Doubt> {
        let text = self.string()?;
        let bytes = text.as_bytes();
        let prints = match bytes.len() {
            10 => is_day(bytes),
            64 => is_commitment(bytes),
            _ => is_instant(bytes),
        };
        if prints { Ok(text) } else { Err(Doubt) }
    }

    fn number<V: Visitor<'a>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        let negative = self.mark(b'-').is_ok();
        let from = self.at;
        let mut number = 0_u64;
        while let Ok(digit @ b'0'..=b'9') = self.next() {
            if self.at - from == DIGITS_MAX {
                return Err(Doubt);
            }
            number = 10 * number + u64::from(digit - b'0');
            self.at += 1;
        }
        let digits = self.at - from;
        // One spelling of each: no leading zero, no zero below zero. A point or an exponent is no mark of what follows.
        let leads = self.text.as_bytes().get(from) == Some(&b'0');
        if digits == 0 || leads && (digits > 1 || negative) {
            return Err(Doubt);
        }
        if negative { visitor.visit_i64(-number.cast_signed()) } else { visitor.visit_u64(number) }
    }

    fn yes_or_no<V: Visitor<'a>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        if self.expect(b"true").is_ok() {
            return visitor.visit_bool(true);
        }
        if !self.always_said {
            return Err(Doubt);
        }
        self.expect(b"false")?;
        visitor.visit_bool(false)
    }

    fn object<V: Visitor<'a>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        self.mark(b'{')?;
        let value = visitor.visit_map(Fields { reader: &mut *self, last: None })?;
        self.mark(b'}')?;
        Ok(value)
    }

    fn list<V: Visitor<'a>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        self.mark(b'[')?;
        if self.next()? == b']' {
            return Err(Doubt);
        }
        let value = visitor.visit_seq(Items { reader: &mut *self, first: true })?;
        self.mark(b']')?;
        Ok(value)
    }
}

/// Whether digits stand where the pattern has a `0`, and what it has elsewhere.
fn is_like(bytes: &[u8], pattern: &[u8]) -> bool {
    bytes.len() == pattern.len()
        && bytes.iter().zip(pattern).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

/// As a day of the years 0 to 9999 prints.
fn is_day(bytes: &[u8]) -> bool {
    is_like(bytes, b"0000-00-00")
}

/// As an instant of the years 0 to 9999 prints: no fraction, or one that ends with no zero.
fn is_instant(bytes: &[u8]) -> bool {
    let Some((start, rest)) = bytes.split_at_checked(19) else { return false };
    let [fraction @ .., b'Z'] = rest else { return false };
    let fraction = match fraction {
        [] => true,
        [b'.', digits @ .., last] => {
            digits.len() < 9
                && last.is_ascii_digit()
                && *last != b'0'
                && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    };
    // The second 60 is read as 59.
    fraction && is_like(start, b"0000-00-00T00:00:00") && !start.ends_with(b"60")
}

/// The instant that prints so.
fn instant(bytes: &[u8]) -> Option<Instant> {
    if !is_instant(bytes) {
        return None;
    }
    // Only digits stand there.
    let number = |at: usize, long: usize| {
        let digits = bytes.get(at..at + long).unwrap_or_default();
        digits.iter().fold(0, |number, digit| 10 * number + i32::from(digit - b'0'))
    };
    let two = |at: usize| number(at, 2) as i8;
    let long = bytes.len().saturating_sub(21);
    let nanoseconds = number(20, long) * 10_i32.pow(9_u32.saturating_sub(long as u32));
    let civil =
        DateTime::new(number(0, 4) as i16, two(5), two(8), two(11), two(14), two(17), nanoseconds).ok()?;
    Offset::UTC.to_timestamp(civil).ok()
}

fn is_commitment(bytes: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.wrapping_sub(b'0') < 10 || byte.wrapping_sub(b'a') < 6;
    bytes.len() == 64 && bytes.iter().fold(true, |all, byte| all & is_digit(byte))
}

macro_rules! read_as {
    ($($what:ident: $($name:ident)*;)*) => {$($(
        fn $name<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Doubt> {
            self.$what(visitor)
        }
    )*)*};
}

macro_rules! doubtful {
    ($($name:ident($($kind:ty),*))*) => {$(
        fn $name<V: Visitor<'a>>(self, $(_: $kind,)* _: V) -> Result<V::Value, Doubt> {
            Err(Doubt)
        }
    )*};
}

impl<'a> Deserializer<'a> for &mut Reader<'a> {
    type Error = Doubt;

    read_as! {
        number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64;
        yes_or_no: deserialize_bool;
        list: deserialize_seq;
        object: deserialize_map;
    }

    doubtful! {
        deserialize_f32()
        deserialize_f64()
        deserialize_char()
        deserialize_bytes()
        deserialize_byte_buf()
        deserialize_unit()
        deserialize_unit_struct(&'static str)
        deserialize_newtype_struct(&'static str)
        deserialize_tuple(usize)
        deserialize_tuple_struct(&'static str, usize)
        deserialize_ignored_any()
    }

    /// What is told by a tag is kept whatever it is, and read when the tag is known.
    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Doubt> {
        match self.next()? {
            b'"' => {
                // Days begin with a digit or a sign in each of their spellings.
                let first = self.text.as_bytes().get(self.at + 1);
                let may_be_day = first.is_some_and(|first| matches!(first, b'0'..=b'9' | b'+' | b'-'));
                visitor.visit_borrowed_str(if may_be_day { self.printed()? } else { self.string()? })
            }
            b'{' => self.object(visitor),
            b'[' => self.list(visitor),
            b't' | b'f' => self.yes_or_no(visitor),
            _ => self.number(visitor),
        }
    }

    /// Ids and texts, of which every one is its own spelling.
    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Doubt> {
        visitor.visit_borrowed_str(self.string()?)
    }

    /// Days, instants and commitments.
    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Doubt> {
        visitor.visit_borrowed_str(self.printed()?)
    }

    fn deserialize_identifier<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Doubt> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Doubt> {
        if self.next()? == b'n' { Err(Doubt) } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Doubt> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.string()?))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Doubt> {
        let around = std::mem::replace(&mut self.always_said, ALWAYS_SAID.contains(&name));
        let from = self.at + 1;
        let value = self.object(visitor)?;
        self.always_said = around;
        if name == ENCLOSED {
            let spelled = self.text.as_bytes().get(from..self.at - 1).unwrap_or_default();
            self.enclosed.push(enclosure(spelled).ok_or(Doubt)?);
        }
        Ok(value)
    }
}

/// An object's fields, being read.
struct Fields<'r, 'a> {
    reader: &'r mut Reader<'a>,
    last: Option<&'a str>,
}

impl<'a> MapAccess<'a> for Fields<'_, 'a> {
    type Error = Doubt;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Doubt> {
        if self.reader.next()? == b'}' {
            return Ok(None);
        }
        if self.last.is_some() {
            self.reader.mark(b',')?;
        }
        let key = self.reader.string()?;
        // RFC 8785 3.2.3 sorts by UTF-16 code units; keys are ASCII, of which bytes sort alike. The same twice does not rise.
        if self.last.is_some_and(|last| last >= key) {
            return Err(Doubt);
        }
        self.reader.mark(b':')?;
        self.last = Some(key);
        self.reader.fields += 1;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Doubt> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A list's items, being read.
struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
}

impl<'a> SeqAccess<'a> for Items<'_, 'a> {
    type Error = Doubt;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Doubt> {
        if self.reader.next()? == b']' {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.mark(b',')?;
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// Counts what a value would spell.
struct Count {
    fields: usize,
    enclosed: usize,
}

macro_rules! of_no_field {
    ($($name:ident($($kind:ty),*))*) => {$(
        fn $name(self, $(_: $kind),*) -> Result<(), Doubt> {
            Ok(())
        }
    )*};
}

impl<'c> Serializer for &'c mut Count {
    type Ok = ();
    type Error = Doubt;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Doubt>;
    type SerializeTupleStruct = Impossible<(), Doubt>;
    type SerializeTupleVariant = Impossible<(), Doubt>;
    type SerializeMap = Impossible<(), Doubt>;
    type SerializeStruct = Counted<'c>;
    type SerializeStructVariant = Impossible<(), Doubt>;

    of_no_field! {
        serialize_bool(bool)
        serialize_i8(i8)
        serialize_i16(i16)
        serialize_i32(i32)
        serialize_i64(i64)
        serialize_u8(u8)
        serialize_u16(u16)
        serialize_u32(u32)
        serialize_u64(u64)
        serialize_f32(f32)
        serialize_f64(f64)
        serialize_char(char)
        serialize_str(&str)
        serialize_bytes(&[u8])
        serialize_none()
        serialize_unit()
        serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    fn collect_str<T: ?Sized + Display>(self, _: &T) -> Result<(), Doubt> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Doubt> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Doubt> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Doubt> {
        Err(Doubt)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Doubt> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Doubt> {
        Err(Doubt)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Doubt> {
        Err(Doubt)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Doubt> {
        Err(Doubt)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Doubt> {
        Err(Doubt)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Counted<'c>, Doubt> {
        let enclosed = name == ENCLOSED;
        self.enclosed += usize::from(enclosed);
        Ok(Counted { count: self, enclosed })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Doubt> {
        Err(Doubt)
    }
}

/// An object whose fields are being counted.
struct Counted<'c> {
    count: &'c mut Count,
    enclosed: bool,
}

impl ser::SerializeStruct for Counted<'_> {
    type Ok = ();
    type Error = Doubt;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, _: &'static str, value: &T) -> Result<(), Doubt> {
        self.count.fields += 1;
        // No field of an enclosure has fields.
        if self.enclosed { Ok(()) } else { value.serialize(&mut *self.count) }
    }

    fn end(self) -> Result<(), Doubt> {
        Ok(())
    }
}

impl ser::SerializeSeq for &mut Count {
    type Ok = ();
    type Error = Doubt;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Doubt> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Doubt> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOLDEN: [&str; 2] =
        [include_str!("../tests/golden/0.1.0.jsonl"), include_str!("../tests/golden/0.2.0.jsonl")];

    /// What is left to the general way: escaped texts, a `no` that another struct would leave out, and enclosures inside what a tag tells.
    fn is_left(line: &str, entry: &Entry) -> bool {
        line.contains('\\') || line.contains(":false") || matches!(entry.word, crate::Word::SeatFilled(_))
    }

    #[test]
    fn golden_entries_are_read_in_one_pass() {
        for line in GOLDEN.iter().flat_map(|lines| lines.lines()) {
            let (entry, enclosed) = Entry::parse_generally(line.as_bytes()).unwrap();
            match read(line) {
                Some((quick, quick_enclosed)) => {
                    assert_eq!(quick, entry);
                    let sorted = |mut enclosed: Vec<Enclosed>| {
                        enclosed.sort_unstable_by_key(|enclosed| enclosed.sha256);
                        enclosed
                    };
                    assert_eq!(sorted(quick_enclosed), sorted(enclosed), "{line}");
                }
                None => assert!(is_left(line, &entry), "{line}"),
            }
        }
    }

    #[test]
    fn a_day_and_an_instant_stand_as_they_print() {
        for text in ["2026-03-01", "0000-01-01", "9999-12-31"] {
            assert!(is_day(text.as_bytes()), "{text}");
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in ["2026-03-02T10:00:00.123Z", "2026-03-02T10:00:00Z", "1970-01-01T00:00:00.000000001Z"] {
            assert_eq!(instant(text.as_bytes()), Some(text.parse().unwrap()));
            assert_eq!(text.parse::<Instant>().unwrap().to_string(), text);
        }
        for text in [
            "20260301",
            "2026-3-1",
            "+002026-03-01",
            "2026-03-01T10:00:00",
            "2026-03-02T10:00:00.120Z",
            "2026-03-02T10:00:60Z",
            "2026-03-02T10:00:00+00:00",
            "2026-03-02t10:00:00Z",
            "2026-03-02T10:00:00z",
            "2026-03-02T10:00:00.Z",
            "2026-03-02T10:00:00,5Z",
            "2026-03-02T10:00Z",
            "2026-03-02T10:00:00.0000000001Z",
        ] {
            assert!(!is_day(text.as_bytes()) && instant(text.as_bytes()).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_instant_is_read_as_it_prints(second in -62_167_219_200_i64..253_402_207_201, nanosecond in 0_i32..1_000_000_000, kept in 0_u32..10) {
            let nanosecond = nanosecond - nanosecond % 10_i32.pow(kept);
            let at = Instant::new(second, nanosecond).unwrap_or(Instant::UNIX_EPOCH);
            prop_assert_eq!(instant(at.to_string().as_bytes()), Some(at));
        }
    }
}
