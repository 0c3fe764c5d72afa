//! One statement text for both databases: `?1` placeholders, `TEXT`, `BIGINT`, `BOOLEAN`, `BYTEA`, `ON CONFLICT`.
//!
//! See `docs/decisions/0002-one-query-text.md`.

use std::collections::HashMap;

use postgres::fallible_iterator::FallibleIterator as _;

use crate::Fault;
use crate::session::Postgres;
use crate::tables::for_sqlite;
use crate::value::{Cells, Row, Value};

/// A transaction on either database. Rooms ask and write through it, and through nothing else.
pub struct Tx<'a> {
    engine: Engine<'a>,
    /// What waits to be added, where additions wait.
    sums: Option<Sums>,
}

/// What waits, by statement.
type Sums = Vec<(&'static str, Waiting)>;

/// Keys with the numbers to be added under them, and keys that shall only be there. Keys come from the record alone, so that no
/// guarded hash is needed.
#[derive(Default)]
struct Waiting {
    sums: HashMap<Vec<Value>, Vec<i64>, foldhash::fast::RandomState>,
    bare: Vec<Vec<Value>>,
}

enum Engine<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut Postgres),
}

impl<'a> Tx<'a> {
    /// Statements run on this SQLite connection, inside whatever transaction it has open.
    #[must_use]
    pub fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self { engine: Engine::Sqlite(connection), sums: None }
    }

    /// Statements run on this PostgreSQL connection, inside whatever transaction it has open.
    pub(crate) fn postgres(postgres: &'a mut Postgres) -> Self {
        Self { engine: Engine::Postgres(postgres), sums: None }
    }

    /// Whether the database is on a server, where other processes may write to it.
    pub(crate) fn is_on_server(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
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
            Engine::Postgres(postgres) => {
                let statement = postgres.prepare(sql)?;
                Ok(postgres.client()?.execute(&statement, &borrowed(values))?)
            }
        }
    }

    /// Rows stand in the table; `cells` gives them one after the other, each of that many columns.
    ///
    /// **Errors** the database refused.
    pub(crate) fn insert(&mut self, table: &str, columns: usize, cells: &[Value]) -> Result<(), Fault> {
        if let Engine::Sqlite(connection) = &mut self.engine {
            let mut statement = connection.prepare_cached(&insertion(table, columns, 1))?;
            for row in cells.chunks(columns) {
                statement.execute(rusqlite::params_from_iter(row))?;
            }
            return Ok(());
        }
        // To a server each statement is a journey: many rows go at once.
        for rows in cells.chunks(columns * ROWS_AT_ONCE) {
            self.run(&insertion(table, columns, rows.len() / columns), rows)?;
        }
        Ok(())
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
                sums.push((sql, Waiting::default()));
                sums.len() - 1
            }
        };
        let Some((_, waiting)) = sums.get_mut(at) else { return Ok(()) };
        match waiting.sums.get_mut(keys) {
            _ if more.is_empty() => waiting.bare.push(keys.to_vec()),
            Some(kept) => kept.iter_mut().zip(more).for_each(|(kept, more)| *kept += more),
            None => drop(waiting.sums.insert(keys.to_vec(), more.to_vec())),
        }
        Ok(())
    }

    /// From now on additions wait until [`Tx::settle`].
    pub(crate) fn gather(&mut self) {
        self.sums.get_or_insert_default();
    }

    /// How many rows wait to be written.
    pub(crate) fn gathered(&self) -> usize {
        self.sums.iter().flatten().map(|(_, waiting)| waiting.sums.len() + waiting.bare.len()).sum()
    }

    /// Additions that waited are written.
    ///
    /// **Errors** the database refused.
    pub(crate) fn settle(&mut self) -> Result<(), Fault> {
        let Some(sums) = self.sums.as_mut().map(std::mem::take) else { return Ok(()) };
        for (sql, Waiting { sums, mut bare }) in sums {
            // In the order of their keys, neighbours are written into the same page.
            let mut sums: Vec<_> = sums.into_iter().collect();
            sums.sort_unstable();
            sums.iter().try_for_each(|(keys, more)| self.write_sum(sql, keys, more))?;
            bare.sort_unstable();
            bare.dedup();
            bare.iter().try_for_each(|keys| self.write_sum(sql, keys, &[]))?;
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
            Engine::Postgres(postgres) => {
                let statement = postgres.prepare(sql)?;
                let mut rows = postgres.client()?.query_raw(&statement, values.iter())?;
                while let Some(row) = rows.next()? {
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
            Engine::Postgres(postgres) => postgres.define(schema),
        }
    }
}

/// Rows that one statement brings to a server.
const ROWS_AT_ONCE: usize = 64;

fn insertion(table: &str, columns: usize, rows: usize) -> String {
    let row = |first: usize| {
        let places: Vec<String> = (first..first + columns).map(|n| format!("?{n}")).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(|n| row(1 + n * columns)).collect();
    format!("INSERT INTO {table} VALUES {}", rows.join(", "))
}

fn borrowed(values: &[Value]) -> Vec<&(dyn postgres::types::ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn postgres::types::ToSql + Sync)).collect()
}
