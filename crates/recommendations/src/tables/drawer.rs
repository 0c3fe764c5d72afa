//! The drawer of drafts: private, not derived, shown only through the gate.

use record::{Fault, Tx, values};
use terms::recommendations::Author;
use terms::{Day, Media, OrganisationId, PersonId};
use web::gate::{Audience, Held};

use super::{author_columns, author_of};
use crate::acts::{Cosignature, after_change};

pub(super) const DRAWERS: &str = "
CREATE TABLE IF NOT EXISTS recommendation_draft (
    id TEXT PRIMARY KEY,
    author_kind TEXT NOT NULL,
    author_id TEXT NOT NULL,
    title TEXT NOT NULL,
    made_by TEXT NOT NULL,
    changed_on TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS recommendation_draft_author ON recommendation_draft (author_kind, author_id, changed_on);
CREATE TABLE IF NOT EXISTS recommendation_draft_field (
    draft TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (draft, name)
);
CREATE TABLE IF NOT EXISTS recommendation_draft_file (
    draft TEXT NOT NULL,
    rank BIGINT NOT NULL,
    media TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (draft, rank)
);
CREATE TABLE IF NOT EXISTS recommendation_draft_cosigner (
    draft TEXT NOT NULL,
    organisation TEXT NOT NULL,
    state TEXT NOT NULL,
    by_person TEXT,
    on_day TEXT NOT NULL,
    PRIMARY KEY (draft, organisation)
);
CREATE INDEX IF NOT EXISTS recommendation_draft_asked ON recommendation_draft_cosigner (organisation, state);
";

/// A draft: its fields as they were typed, its files, its cosignatures.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) author: Author,
    pub(crate) changed_on: Day,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) files: Vec<DraftFile>,
    pub(crate) cosigners: Vec<(OrganisationId, Cosignature, Day)>,
}

/// A file of a draft.
#[derive(Debug, Clone)]
pub(crate) struct DraftFile {
    pub(crate) rank: u32,
    pub(crate) media: Media,
    pub(crate) bytes: Vec<u8>,
}

/// A draft in a list.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) author: Author,
    pub(crate) changed_on: Day,
}

fn asking(row: &record::Row<'_>) -> Result<Asking, Fault> {
    let kind: String = row.get(2)?;
    Ok(Asking {
        id: row.get(0)?,
        title: row.get(1)?,
        author: author_of(&kind, row.get(3)?)?,
        changed_on: row.get(4)?,
    })
}

/// Who may see a draft: those who act for its author or for an organisation asked to sign it.
fn audiences(author: &Author, cosigners: &[(OrganisationId, Cosignature, Day)]) -> Vec<Audience> {
    let author = match author {
        Author::Body { body } => Some(Audience::Body(body.clone())),
        Author::Organisation { organisation } => Some(Audience::Organisation(organisation.clone())),
        Author::Named { .. } => None,
    };
    let signing = cosigners.iter().map(|(organisation, _, _)| Audience::Organisation(organisation.clone()));
    author.into_iter().chain(signing).collect()
}

/// The draft, held.
pub(crate) fn held_draft(tx: &mut Tx<'_>, id: &str) -> Result<Option<Held<Draft>>, Fault> {
    let head = tx.row(
        "SELECT id, title, author_kind, author_id, changed_on FROM recommendation_draft WHERE id = ?1",
        values![id],
        asking,
    )?;
    let Some(head) = head else { return Ok(None) };
    let fields = tx.rows(
        "SELECT name, value FROM recommendation_draft_field WHERE draft = ?1 ORDER BY name",
        values![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let files = tx.rows(
        "SELECT rank, media, bytes FROM recommendation_draft_file WHERE draft = ?1 ORDER BY rank",
        values![id],
        |row| {
            let bytes: Vec<u8> = row.get(2)?;
            let media = Media::of_file(&bytes)
                .ok_or_else(|| Fault::Value(format!("pièce d’un brouillon : {:?}", row.get::<String>(1))))?;
            Ok(DraftFile { rank: row.get(0)?, media, bytes })
        },
    )?;
    let cosigners = tx.rows(
        "SELECT organisation, state, on_day FROM recommendation_draft_cosigner WHERE draft = ?1 ORDER BY organisation",
        values![id],
        |row| {
            let state: String = row.get(1)?;
            let state = Cosignature::parse(&state).ok_or_else(|| Fault::Value(state.clone()))?;
            Ok((row.get(0)?, state, row.get(2)?))
        },
    )?;
    let audiences = audiences(&head.author, &cosigners);
    let Asking { id, author, changed_on, .. } = head;
    Ok(Some(Held::new(Draft { id, author, changed_on, fields, files, cosigners }, audiences)))
}

/// The draft has these fields; signatures given to other words are asked anew.
pub(crate) fn keep_draft(
    tx: &mut Tx<'_>,
    id: &str,
    author: &Author,
    fields: &[(String, String)],
    person: &PersonId,
    today: Day,
) -> Result<(), Fault> {
    let (kind, author_id) = author_columns(author);
    let mut before: Vec<(String, String)> =
        tx.rows("SELECT name, value FROM recommendation_draft_field WHERE draft = ?1", values![id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let mut after: Vec<(String, String)> = fields.to_vec();
    before.sort();
    after.sort();
    let title = fields.iter().find(|(name, _)| name == "titre").map_or("", |(_, value)| value.as_str());
    tx.run(
        "INSERT INTO recommendation_draft (id, author_kind, author_id, title, made_by, changed_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET author_kind = excluded.author_kind, \
         author_id = excluded.author_id, title = excluded.title, changed_on = excluded.changed_on",
        values![id, kind, author_id, title, *person, today],
    )?;
    if before == after {
        return Ok(());
    }
    tx.run("DELETE FROM recommendation_draft_field WHERE draft = ?1", values![id])?;
    for (name, value) in fields {
        tx.run(
            "INSERT INTO recommendation_draft_field (draft, name, value) VALUES (?1, ?2, ?3)",
            values![id, *name, *value],
        )?;
    }
    ask_anew(tx, id)
}

fn ask_anew(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let (given, then) = (Cosignature::Given, after_change(Cosignature::Given));
    tx.run(
        "UPDATE recommendation_draft_cosigner SET state = ?3 WHERE draft = ?1 AND state = ?2",
        values![id, given.as_str(), then.as_str()],
    )?;
    Ok(())
}

/// The draft has one more file.
pub(crate) fn keep_file(tx: &mut Tx<'_>, id: &str, media: Media, bytes: &[u8]) -> Result<(), Fault> {
    let rank: i64 = tx.one(
        "SELECT COALESCE(MAX(rank), 0) + 1 FROM recommendation_draft_file WHERE draft = ?1",
        values![id],
    )?;
    tx.run(
        "INSERT INTO recommendation_draft_file (draft, rank, media, bytes) VALUES (?1, ?2, ?3, ?4)",
        values![id, rank, media.as_str(), *bytes],
    )?;
    ask_anew(tx, id)
}

/// The draft has that file no more.
pub(crate) fn remove_file(tx: &mut Tx<'_>, id: &str, rank: u32) -> Result<(), Fault> {
    tx.run("DELETE FROM recommendation_draft_file WHERE draft = ?1 AND rank = ?2", values![id, rank])?;
    ask_anew(tx, id)
}

/// Nothing is left of the draft.
pub(crate) fn delete_draft(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    for (table, column) in [
        ("recommendation_draft", "id"),
        ("recommendation_draft_field", "draft"),
        ("recommendation_draft_file", "draft"),
        ("recommendation_draft_cosigner", "draft"),
    ] {
        tx.run(&format!("DELETE FROM {table} WHERE {column} = ?1"), values![id])?;
    }
    Ok(())
}

/// How far an organisation's signature has come; `None` where it was not asked.
pub(crate) fn cosignature(
    tx: &mut Tx<'_>,
    id: &str,
    organisation: &OrganisationId,
) -> Result<Option<Cosignature>, Fault> {
    let state: Option<String> = tx.row(
        "SELECT state FROM recommendation_draft_cosigner WHERE draft = ?1 AND organisation = ?2",
        values![id, *organisation],
        |row| row.get(0),
    )?;
    Ok(state.as_deref().and_then(Cosignature::parse))
}

/// The organisation's signature has come this far, by this person.
pub(crate) fn set_cosignature(
    tx: &mut Tx<'_>,
    id: &str,
    organisation: &OrganisationId,
    state: Cosignature,
    person: &PersonId,
    today: Day,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO recommendation_draft_cosigner (draft, organisation, state, by_person, on_day) \
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (draft, organisation) DO UPDATE SET state = excluded.state, \
         by_person = excluded.by_person, on_day = excluded.on_day",
        values![id, *organisation, state.as_str(), *person, today],
    )?;
    Ok(())
}

/// The author's drafts, newest first, held.
pub(crate) fn drafts_of(tx: &mut Tx<'_>, author: &Author) -> Result<Vec<Held<Asking>>, Fault> {
    let (kind, id) = author_columns(author);
    let found = tx.rows(
        "SELECT id, title, author_kind, author_id, changed_on FROM recommendation_draft \
         WHERE author_kind = ?1 AND author_id = ?2 ORDER BY changed_on DESC, id LIMIT 50",
        values![kind, id],
        asking,
    )?;
    Ok(found.into_iter().map(|draft| Held::new(draft, audiences(author, &[]))).collect())
}

/// The drafts that wait for this organisation's signature, held.
pub(crate) fn waiting_for(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
) -> Result<Vec<Held<Asking>>, Fault> {
    let found = tx.rows(
        "SELECT d.id, d.title, d.author_kind, d.author_id, d.changed_on FROM recommendation_draft_cosigner c \
         JOIN recommendation_draft d ON d.id = c.draft WHERE c.organisation = ?1 AND c.state = ?2 \
         ORDER BY d.changed_on DESC, d.id LIMIT 50",
        values![*organisation, Cosignature::Asked.as_str()],
        asking,
    )?;
    let audience = || vec![Audience::Organisation(organisation.clone())];
    Ok(found.into_iter().map(|draft| Held::new(draft, audience())).collect())
}
