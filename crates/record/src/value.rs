//! Values as both databases hold them: what goes into a statement and what comes out.

use terms::{Commitment, Day};

use crate::Fault;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Unknown.
    Null,
    /// Yes or no; SQLite keeps it as 1 or 0.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Something that can stand in a statement.
pub trait ToValue {
    /// The cell it becomes.
    fn to_value(&self) -> Value;
}

/// Something that a cell can become.
pub trait FromValue: Sized {
    /// What the cell holds; `None` when it holds something else.
    fn from_value(value: Value) -> Option<Self>;
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl FromValue for Value {
    fn from_value(value: Value) -> Option<Self> {
        Some(value)
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bool(yes) => Some(yes),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl ToValue for $number {
            fn to_value(&self) -> Value {
                // A number past i64 cannot be kept; none of ours comes near.
                i64::try_from(*self).map_or(Value::Null, Value::Int)
            }
        }
        impl FromValue for $number {
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Int(number) => Self::try_from(number).ok(),
                    _ => None,
                }
            }
        }
    )*};
}
whole_numbers! { i64 u64 i32 u32 i16 u16 u8 usize }

impl ToValue for str {
    fn to_value(&self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            // Enclosed texts are kept as the bytes that were committed to.
            Value::Bytes(bytes) => String::from_utf8(bytes).ok(),
            _ => None,
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value {
        Value::Bytes(self.to_vec())
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl ToValue for Day {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl FromValue for Day {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl ToValue for Commitment {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl FromValue for Commitment {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Self::parse(&text),
            _ => None,
        }
    }
}

impl ToValue for terms::Enclosed {
    fn to_value(&self) -> Value {
        self.sha256.to_value()
    }
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl ToValue for terms::$id {
            fn to_value(&self) -> Value {
                Value::Text(self.as_str().to_owned())
            }
        }
        impl FromValue for terms::$id {
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Text(text) => Self::try_from(text).ok(),
                    _ => None,
                }
            }
        }
    )*};
}
ids! { ActionId AdmissionId AppealId BodyId CallId CandidacyId MandateId ObligationId OccupancyId OrganisationId PersonId PlaceId RecommendationId RestrictionId RuleId SeatCode SittingId SourceId }

/// The values of a statement, in the order of `?1`, `?2`, …
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::ToValue::to_value(&$value)),*] };
}

/// One row of an answer.
pub struct Row<'a>(pub(crate) Cells<'a>);

pub(crate) enum Cells<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The cell at `column`, counted from 0.
    ///
    /// **Errors** no such column; the cell holds something else.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T, Fault> {
        let value = self.value(column)?;
        T::from_value(value.clone()).ok_or_else(|| {
            Fault::Value(format!("colonne {column}, {} : {value:?}", std::any::type_name::<T>()))
        })
    }

    /// How many columns the row has.
    #[must_use]
    pub fn width(&self) -> usize {
        match &self.0 {
            Cells::Sqlite(row) => row.as_ref().column_count(),
            Cells::Postgres(row) => row.len(),
        }
    }

    /// The cell at `column` as it is.
    ///
    /// **Errors** no such column; a type that neither database should hold.
    pub fn value(&self, column: usize) -> Result<Value, Fault> {
        match &self.0 {
            Cells::Sqlite(row) => {
                use rusqlite::types::ValueRef;
                Ok(match row.get_ref(column)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(number) => Value::Int(number),
                    ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                    ValueRef::Real(number) => return Err(Fault::Value(format!("nombre à virgule {number}"))),
                })
            }
            Cells::Postgres(row) => postgres_value(row, column),
        }
    }
}

fn postgres_value(row: &postgres::Row, column: usize) -> Result<Value, Fault> {
    use postgres::types::Type;
    let kind = row.columns().get(column).map(|c| c.type_().clone());
    let value = match kind {
        Some(Type::BOOL) => row.try_get::<_, Option<bool>>(column)?.map(Value::Bool),
        Some(Type::INT8) => row.try_get::<_, Option<i64>>(column)?.map(Value::Int),
        Some(Type::INT4) => row.try_get::<_, Option<i32>>(column)?.map(|n| Value::Int(n.into())),
        Some(Type::TEXT | Type::VARCHAR) => row.try_get::<_, Option<String>>(column)?.map(Value::Text),
        Some(Type::BYTEA) => row.try_get::<_, Option<Vec<u8>>>(column)?.map(Value::Bytes),
        Some(other) => return Err(Fault::Value(format!("type {other} dans une réponse de PostgreSQL"))),
        None => return Err(Fault::Value(format!("pas de colonne {column}"))),
    };
    Ok(value.unwrap_or(Value::Null))
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Bool(yes) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*yes))),
            Self::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

impl postgres::types::ToSql for Value {
    fn to_sql(
        &self,
        kind: &postgres::types::Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        use postgres::types::Type;
        match self {
            Self::Null => Ok(postgres::types::IsNull::Yes),
            Self::Bool(yes) => yes.to_sql(kind, out),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Int(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}
