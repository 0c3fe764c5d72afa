//! The register in the standards of the field: what each can say of an organisation, and no more.

pub(crate) mod bods;
pub(crate) mod popolo;

use serde_json::{Map, Value};

/// An object of these members, those without a value left out: a standard's reader takes what is absent for unknown.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<String, Value>>())
}

/// The values as an array; `None` where there is none.
fn array(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}
