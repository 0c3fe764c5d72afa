//! One statement text for both databases: `?1` placeholders, `TEXT`, `BIGINT`, `BOOLEAN`, `BYTEA`, `ON CONFLICT`.
//!
//! See `docs/decisions/0002-one-query-text.md`.

use std::collections::HashMap;

use crate::Fault;
use crate::tables::for_sqlite;
use crate::value::{Cells, Row, Value};

/// A transaction on either database. Rooms ask and write through it, and through nothing else.
pub struct Tx<'a> {
    engine: Engine<'a>,
    /// What waits to be added, where additions wait.
    sums: Option<Sums>,
}

/// By statement, by keys: numbers to add.
type Sums = Vec<(&'static str, HashMap<Vec<Value>, Vec<i64>>)>;

enum Engine<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres { tx: postgres::Transaction<'a>, prepared: HashMap<String, postgres::Statement> },
}

impl<'a> Tx<'a> {
    /// Statements run on this SQLite connection, inside whatever transaction it has open.
    #[must_use]
    pub fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self { engine: Engine::Sqlite(connection), sums: None }
    }

    /// Statements run in this PostgreSQL transaction.
    #[must_use]
    pub fn postgres(tx: postgres::Transaction<'a>) -> Self {
        Self { engine: Engine::Postgres { tx, prepared: HashMap::new() }, sums: None }
    }

    /// The PostgreSQL transaction is committed; on SQLite, whoever began the transaction ends it.
    ///
    /// **Errors** the database refused.
    pub fn commit(self) -> Result<(), Fault> {
        match self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres { tx, .. } => Ok(tx.commit()?),
        }
    }

    /// The statement has run; the answer is how many rows it touched.
    ///
    /// **Errors** the database refused.
    pub fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, Fault> {
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                Ok(statement.execute(rusqlite::params_from_iter(values))? as u64)
            }
            Engine::Postgres { tx, prepared } => {
                let statement = prepare(tx, prepared, sql)?;
                Ok(tx.execute(&statement, &borrowed(values))?)
            }
        }
    }

    /// The numbers are added to those that stand under these keys, or stand there from now on. In a replay many additions
    /// become one, written when [`Tx::settle`] is called: nothing that `apply` asks may depend on them.
    ///
    /// **Shape** the statement inserts the keys, then the numbers, and adds the numbers on conflict; without numbers, it
    /// does nothing on conflict.
    ///
    /// **Errors** the database refused.
    pub fn add(&mut self, sql: &'static str, keys: &[Value], more: &[i64]) -> Result<(), Fault> {
        let Some(sums) = &mut self.sums else { return self.write_sum(sql, keys, more) };
        let at = match sums.iter().position(|(text, _)| std::ptr::eq(*text, sql)) {
            Some(at) => at,
            None => {
                sums.push((sql, HashMap::new()));
                sums.len() - 1
            }
        };
        if let Some((_, rows)) = sums.get_mut(at) {
            match rows.get_mut(keys) {
                Some(kept) => kept.iter_mut().zip(more).for_each(|(kept, more)| *kept += more),
                None => drop(rows.insert(keys.to_vec(), more.to_vec())),
            }
        }
        Ok(())
    }

    /// From now on additions wait until [`Tx::settle`].
    pub(crate) fn gather(&mut self) {
        self.sums.get_or_insert_default();
    }

    /// How many rows wait to be written.
    pub(crate) fn gathered(&self) -> usize {
        self.sums.iter().flatten().map(|(_, rows)| rows.len()).sum()
    }

    /// Additions that waited are written.
    ///
    /// **Errors** the database refused.
    pub(crate) fn settle(&mut self) -> Result<(), Fault> {
        let Some(sums) = self.sums.as_mut().map(std::mem::take) else { return Ok(()) };
        for (sql, rows) in sums {
            // In the order of their keys, neighbours are written into the same page.
            let mut rows: Vec<_> = rows.into_iter().collect();
            rows.sort_unstable();
            rows.iter().try_for_each(|(keys, more)| self.write_sum(sql, keys, more))?;
        }
        Ok(())
    }

    fn write_sum(&mut self, sql: &str, keys: &[Value], more: &[i64]) -> Result<(), Fault> {
        let bound: Vec<Value> = keys.iter().cloned().chain(more.iter().map(|n| Value::Int(*n))).collect();
        self.run(sql, &bound)?;
        Ok(())
    }

    /// `each` has been called with every row, in order.
    ///
    /// **Errors** the database refused; `each` refused, and then no further row is read.
    pub fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    each(&Row(Cells::Sqlite(row)))?;
                }
            }
            Engine::Postgres { tx, prepared } => {
                let statement = prepare(tx, prepared, sql)?;
                for row in tx.query(&statement, &borrowed(values))? {
                    each(&Row(Cells::Postgres(&row)))?;
                }
            }
        }
        Ok(())
    }

    /// Every row, each made into what `make` says.
    ///
    /// **Errors** the database refused; `make` refused.
    pub fn rows<T>(
        &mut self,
        sql: &str,
        values: &[Value],
        mut make: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut made = Vec::new();
        self.each(sql, values, |row| {
            made.push(make(row)?);
            Ok(())
        })?;
        Ok(made)
    }

    /// The first row, if there is one.
    ///
    /// **Errors** as [`Tx::rows`].
    pub fn row<T>(
        &mut self,
        sql: &str,
        values: &[Value],
        make: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.rows(sql, values, make)?.into_iter().next())
    }

    /// The first cell of the first row.
    ///
    /// **Errors** no row; as [`Tx::rows`].
    pub fn one<T: crate::FromValue>(&mut self, sql: &str, values: &[Value]) -> Result<T, Fault> {
        self.row(sql, values, |row| row.get(0))?.ok_or_else(|| Fault::Value(format!("aucune ligne : {sql}")))
    }

    /// Every statement of a schema has run. Statements end with `;` at the end of a line.
    ///
    /// **Errors** the database refused.
    pub fn define(&mut self, schema: &str) -> Result<(), Fault> {
        match &mut self.engine {
            Engine::Sqlite(connection) => Ok(connection.execute_batch(&for_sqlite(schema))?),
            Engine::Postgres { tx, .. } => Ok(tx.batch_execute(schema)?),
        }
    }
}

fn prepare(
    tx: &mut postgres::Transaction<'_>,
    prepared: &mut HashMap<String, postgres::Statement>,
    sql: &str,
) -> Result<postgres::Statement, Fault> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(statement.clone());
    }
    let statement = tx.prepare(&numbered(sql))?;
    prepared.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

/// The same statement with `$1` for `?1`. No statement of ours holds a question mark in a literal; a test sees to it.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

fn borrowed(values: &[Value]) -> Vec<&(dyn postgres::types::ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn postgres::types::ToSql + Sync)).collect()
}
