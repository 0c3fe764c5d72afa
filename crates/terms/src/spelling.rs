//! The canonical spelling of RFC 8785 written in one pass, for the values that words are made of.
//!
//! The general way makes each object twice, in the order of its struct and then in that of its keys. Here fields are
//! written where they stand, and moved only where the struct's order is not the keys'. What this does not know (numbers with
//! decimals, objects with free keys) no word has; it is refused. `tests/spelling.rs` holds it against the general way.

use std::fmt::{self, Display, Write as _};

use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::{Commitment, Enclosed, Media};

/// The name by which [`Enclosed`] serialises itself.
pub(crate) const ENCLOSED: &str = "Enclosed";

/// Why a value has no spelling here.
#[derive(Debug)]
pub(crate) struct SpellFault(String);

impl Display for SpellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SpellFault {}

impl ser::Error for SpellFault {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn unknown<T>(what: &str) -> Result<T, SpellFault> {
    Err(SpellFault(format!("aucun mot ne contient {what}")))
}

/// Spells values one after the other, and remembers the enclosures that it meets.
#[derive(Debug, Default)]
pub(crate) struct Speller {
    /// What is spelled so far.
    pub(crate) out: Vec<u8>,
    /// The enclosures met, as they stand in their structs.
    pub(crate) enclosed: Vec<Enclosed>,
    /// Fields of the objects that are open, innermost last.
    fields: Vec<Field>,
    scratch: Vec<u8>,
}

/// A field: its key, and where key and value stand in `out`.
#[derive(Debug, Clone, Copy)]
struct Field {
    /// The first eight bytes of the key, which tell most keys apart at once.
    start: u64,
    key: &'static str,
    from: usize,
    to: usize,
}

/// How a byte of a string is written: 0 as it is, `u` as `\u00xx`, else after a backslash.
///
/// **Source** RFC 8785 section 3.2.2.2.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = b'u';
        control += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0a] = b'n';
    table[0x0c] = b'f';
    table[0x0d] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

/// How many bytes from the start on need no escape. Eight bytes are looked at at once.
pub(crate) fn plain_start(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    // A byte below `n` borrows from its high bit when `n` is taken from it; one that had the bit set is none below 0x80. What a
    // borrow changes stands after the first byte that is found.
    let below = |word: u64, n: u64| word.wrapping_sub(ONES * n) & !word & HIGH;
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        let found = below(word, 0x20) | is(b'"') | is(b'\\');
        if found != 0 {
            return 8 * at + (found.trailing_zeros() / 8) as usize;
        }
    }
    let plain = |byte: &u8| ESCAPES[usize::from(*byte)] == 0;
    8 * words.len() + rest.iter().take_while(|byte| plain(byte)).count()
}

impl Speller {
    /// Nothing is spelled yet; there is room for about so many bytes.
    pub(crate) fn about(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), fields: Vec::with_capacity(24), ..Self::default() }
    }

    fn characters(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let start = plain_start(bytes);
        self.out.extend_from_slice(&bytes[..start]);
        let mut plain = start;
        for (at, byte) in bytes.iter().enumerate().skip(start) {
            let escape = ESCAPES[usize::from(*byte)];
            if escape == 0 {
                continue;
            }
            self.out.extend_from_slice(&bytes[plain..at]);
            plain = at + 1;
            if escape == b'u' {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
                self.out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            } else {
                self.out.extend_from_slice(&[b'\\', escape]);
            }
        }
        self.out.extend_from_slice(&bytes[plain..]);
    }

    fn text(&mut self, text: &str) {
        self.out.push(b'"');
        self.characters(text);
        self.out.push(b'"');
    }

    fn whole(&mut self, negative: bool, mut number: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        if negative {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(&digits[at..]);
    }

    fn open(&mut self, enclosed: bool) -> Object<'_> {
        self.out.push(b'{');
        let (first, start) = (self.fields.len(), self.out.len());
        Object { speller: self, first, start, enclosed }
    }

    /// The fields of the innermost object, from `first` on, stand in the order of their keys.
    fn sort(&mut self, first: usize, start: usize) {
        let fields = &mut self.fields[first..];
        // RFC 8785 3.2.3 sorts by UTF-16 code units; keys are ASCII, of which bytes sort alike.
        if fields.is_sorted_by_key(|field| (field.start, field.key)) {
            return;
        }
        fields.sort_unstable_by_key(|field| (field.start, field.key));
        self.scratch.clear();
        self.scratch.extend_from_slice(&self.out[start..]);
        self.out.truncate(start);
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(&self.scratch[field.from - start..field.to - start]);
        }
    }
}

/// The first eight bytes of a key as a number that sorts as they do; a shorter key sorts before what it begins.
fn start_of(key: &str) -> u64 {
    let mut start = [0; 8];
    let length = key.len().min(start.len());
    start[..length].copy_from_slice(&key.as_bytes()[..length]);
    u64::from_be_bytes(start)
}

/// The enclosure that this object of three fields spells.
pub(crate) fn enclosure(spelled: &[u8]) -> Option<Enclosed> {
    let (rest, sha256) = spelled.strip_suffix(b"\"")?.split_last_chunk::<64>()?;
    let rest = rest.strip_suffix(b"\",\"sha256\":\"")?;
    let mut rest = rest.strip_prefix(b"\"bytes\":")?;
    let mut bytes = 0_u64;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        bytes = bytes.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        rest = after;
    }
    let media = rest.strip_prefix(b",\"media\":\"")?;
    let text = |bytes| std::str::from_utf8(bytes).ok();
    Some(Enclosed { sha256: Commitment::parse(text(sha256)?)?, media: Media::parse(text(media)?)?, bytes })
}

/// An object whose fields are being written.
pub(crate) struct Object<'a> {
    speller: &'a mut Speller,
    first: usize,
    start: usize,
    enclosed: bool,
}

impl ser::SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = SpellFault;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SpellFault> {
        if self.speller.fields.len() > self.first {
            self.speller.out.push(b',');
        }
        let from = self.speller.out.len();
        // The name of a field is an identifier.
        self.speller.out.push(b'"');
        self.speller.out.extend_from_slice(key.as_bytes());
        self.speller.out.extend_from_slice(b"\":");
        value.serialize(&mut *self.speller)?;
        let to = self.speller.out.len();
        self.speller.fields.push(Field { start: start_of(key), key, from, to });
        Ok(())
    }

    fn end(self) -> Result<(), SpellFault> {
        self.speller.sort(self.first, self.start);
        self.speller.fields.truncate(self.first);
        if self.enclosed {
            let found = enclosure(&self.speller.out[self.start..]);
            let found = found.ok_or_else(|| SpellFault("une pièce mal formée".into()))?;
            self.speller.enclosed.push(found);
        }
        self.speller.out.push(b'}');
        Ok(())
    }
}

/// A list whose items are being written.
pub(crate) struct List<'a> {
    speller: &'a mut Speller,
    empty: bool,
}

impl List<'_> {
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), SpellFault> {
        if !std::mem::take(&mut self.empty) {
            self.speller.out.push(b',');
        }
        value.serialize(&mut *self.speller)
    }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = ();
    type Error = SpellFault;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), SpellFault> {
        self.item(value)
    }

    fn end(self) -> Result<(), SpellFault> {
        self.speller.out.push(b']');
        Ok(())
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = ();
    type Error = SpellFault;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), SpellFault> {
        self.item(value)
    }

    fn end(self) -> Result<(), SpellFault> {
        ser::SerializeSeq::end(self)
    }
}

macro_rules! whole_numbers {
    ($($name:ident: $kind:ty)*) => {$(
        fn $name(self, value: $kind) -> Result<(), SpellFault> {
            #[allow(clippy::cast_lossless, unused_comparisons, reason = "one text for signed and unsigned")]
            let (negative, number) = (value < 0, (value as i64).unsigned_abs());
            self.whole(negative, number);
            Ok(())
        }
    )*};
}

/// The largest whole number that RFC 8785 writes as such.
///
/// **Source** RFC 8785 section 3.2.2.3, RFC 7493 section 2.2: beyond it, numbers are doubles and lose digits.
const WHOLE_MAX: u64 = 1 << 53;

impl<'a> Serializer for &'a mut Speller {
    type Ok = ();
    type Error = SpellFault;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = Impossible<(), SpellFault>;
    type SerializeTupleVariant = Impossible<(), SpellFault>;
    type SerializeMap = Impossible<(), SpellFault>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Impossible<(), SpellFault>;

    whole_numbers! {
        serialize_i8: i8
        serialize_i16: i16
        serialize_i32: i32
        serialize_u8: u8
        serialize_u16: u16
        serialize_u32: u32
    }

    fn serialize_bool(self, value: bool) -> Result<(), SpellFault> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), SpellFault> {
        if value.unsigned_abs() > WHOLE_MAX {
            return unknown("de nombre au-delà de 2^53");
        }
        self.whole(value < 0, value.unsigned_abs());
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<(), SpellFault> {
        if value > WHOLE_MAX {
            return unknown("de nombre au-delà de 2^53");
        }
        self.whole(false, value);
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), SpellFault> {
        unknown("de nombre à virgule")
    }

    fn serialize_f64(self, _: f64) -> Result<(), SpellFault> {
        unknown("de nombre à virgule")
    }

    fn serialize_char(self, value: char) -> Result<(), SpellFault> {
        self.text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), SpellFault> {
        self.text(value);
        Ok(())
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), SpellFault> {
        struct Within<'a>(&'a mut Speller);
        impl fmt::Write for Within<'_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.characters(text);
                Ok(())
            }
        }
        self.out.push(b'"');
        write!(Within(self), "{value}").map_err(|_| SpellFault("une valeur ne s’écrit pas".into()))?;
        self.out.push(b'"');
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), SpellFault> {
        unknown("d’octets")
    }

    fn serialize_none(self) -> Result<(), SpellFault> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), SpellFault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), SpellFault> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), SpellFault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), SpellFault> {
        self.text(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), SpellFault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), SpellFault> {
        unknown("de variante sans étiquette")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, SpellFault> {
        self.out.push(b'[');
        Ok(List { speller: self, empty: true })
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, SpellFault> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, SpellFault> {
        unknown("de suite nommée")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, SpellFault> {
        unknown("de variante sans étiquette")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, SpellFault> {
        unknown("d’objet à clés libres")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Object<'a>, SpellFault> {
        Ok(self.open(name == ENCLOSED))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, SpellFault> {
        unknown("de variante sans étiquette")
    }
}
