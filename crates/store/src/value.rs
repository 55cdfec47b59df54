//! The four column types that both engines share, and rows made of them.

use crate::error::Error;

/// One parameter or column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Value {
    pub(crate) fn as_int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Builds the parameters of a statement, in the order `$1, $2, ..`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] };
}
pub(crate) use values;

/// One result row. Columns are taken out by position; a wrong type is damage, not a panic.
#[derive(Debug, Default)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    fn take(&mut self, column: usize) -> Value {
        self.0.get_mut(column).map(std::mem::take).unwrap_or_default()
    }

    pub(crate) fn opt_int(&mut self, column: usize) -> Result<Option<i64>, Error> {
        match self.take(column) {
            Value::Int(value) => Ok(Some(value)),
            Value::Null => Ok(None),
            Value::Text(_) | Value::Blob(_) => Err(wrong(column)),
        }
    }

    pub(crate) fn int(&mut self, column: usize) -> Result<i64, Error> {
        self.opt_int(column)?.ok_or_else(|| wrong(column))
    }

    pub(crate) fn count(&mut self, column: usize) -> Result<u64, Error> {
        u64::try_from(self.int(column)?).map_err(|_| wrong(column))
    }

    pub(crate) fn flag(&mut self, column: usize) -> Result<bool, Error> {
        Ok(self.int(column)? != 0)
    }

    pub(crate) fn opt_text(&mut self, column: usize) -> Result<Option<String>, Error> {
        match self.take(column) {
            Value::Text(value) => Ok(Some(value)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Blob(_) => Err(wrong(column)),
        }
    }

    pub(crate) fn text(&mut self, column: usize) -> Result<String, Error> {
        self.opt_text(column)?.ok_or_else(|| wrong(column))
    }

    pub(crate) fn opt_blob(&mut self, column: usize) -> Result<Option<Vec<u8>>, Error> {
        match self.take(column) {
            Value::Blob(value) => Ok(Some(value)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Text(_) => Err(wrong(column)),
        }
    }

    pub(crate) fn blob(&mut self, column: usize) -> Result<Vec<u8>, Error> {
        self.opt_blob(column)?.ok_or_else(|| wrong(column))
    }

    pub(crate) fn hash(&mut self, column: usize) -> Result<[u8; 32], Error> {
        self.blob(column)?.try_into().map_err(|_| wrong(column))
    }
}

fn wrong(column: usize) -> Error {
    Error::corrupt("row", column.to_string(), "a column has the wrong type or is missing")
}
