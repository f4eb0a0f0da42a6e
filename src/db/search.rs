//! The index of full texts: which editions say a word. SQLite has it as FTS5, PostgreSQL as `tsvector`; both hold the same
//! words, which the caller cuts, and the folded text itself for what words alone cannot decide.
//!
//! The tables are no part of the schema that both databases share and travel in no backup: they are made anew from the texts.

use diesel::{
    ExpressionMethods as _, QueryDsl as _, QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text},
};
use quanheng_domain::ids::SpecificationId;

use crate::{bind, conn::AnyConn, types::Uid};

/// The columns of the index that both databases share.
mod table {
    diesel::table! {
        use diesel::sql_types::*;
        use crate::types::*;

        search_texts (specification_id) {
            specification_id -> Uid,
        }
    }
}

/// What an edition says, ready for the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// The edition.
    pub specification: SpecificationId,
    /// Its words, each once; letters and digits only.
    pub words: Vec<String>,
    /// The whole text, folded.
    pub body: String,
}

/// One thing that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Words that all must be there; letters and digits only.
    pub words: Vec<String>,
    /// Beginnings of words that all must be there.
    pub beginnings: Vec<String>,
    /// What the folded text must hold, where the words alone do not decide.
    pub body: Option<String>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Uid)]
    specification_id: SpecificationId,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Puts what an edition says into the index, in the place of what was there.
pub fn put(conn: &mut AnyConn, text: &Indexed) -> diesel::QueryResult<()> {
    remove(conn, text.specification)?;
    match conn {
        AnyConn::Sqlite(sqlite) => {
            sql_query("INSERT INTO search_texts (specification_id) VALUES ($1)")
                .bind::<Uid, _>(text.specification)
                .execute(sqlite)?;
            // SQLite counts `$1` and `$2` by where they first stand, so they stand in order.
            for (statement, words) in [
                (
                    "INSERT INTO search_bodies (body, id) SELECT $1, id FROM search_texts WHERE specification_id = $2",
                    &text.body,
                ),
                (
                    "INSERT INTO search_words (words, rowid) SELECT $1, id FROM search_texts WHERE specification_id = $2",
                    &text.words.join(" "),
                ),
            ] {
                let put = sql_query(statement).bind::<Text, _>(words);
                put.bind::<Uid, _>(text.specification).execute(sqlite)?;
            }
        }
        AnyConn::Pg(pg) => {
            let words: Vec<String> = text.words.iter().map(|word| format!("'{word}'")).collect();
            sql_query(
                "INSERT INTO search_texts (specification_id, words) VALUES ($1, $2::tsvector)",
            )
            .bind::<Uid, _>(text.specification)
            .bind::<Text, _>(words.join(" "))
            .execute(pg)?;
            sql_query("INSERT INTO search_bodies (specification_id, body) VALUES ($1, $2)")
                .bind::<Uid, _>(text.specification)
                .bind::<Text, _>(&text.body)
                .execute(pg)?;
        }
    }
    Ok(())
}

/// Takes an edition out of the index.
pub fn remove(conn: &mut AnyConn, id: SpecificationId) -> diesel::QueryResult<()> {
    let parts: &[&str] = match conn {
        AnyConn::Sqlite(_) => &[
            "DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_texts WHERE specification_id = $1)",
            "DELETE FROM search_bodies WHERE id IN (SELECT id FROM search_texts WHERE specification_id = $1)",
        ],
        AnyConn::Pg(_) => &["DELETE FROM search_bodies WHERE specification_id = $1"],
    };
    for statement in parts.iter().chain(&["DELETE FROM search_texts WHERE specification_id = $1"]) {
        sql_query(*statement).bind::<Uid, _>(id).execute(conn)?;
    }
    Ok(())
}

/// Empties the index.
pub fn clear(conn: &mut AnyConn) -> diesel::QueryResult<()> {
    if let AnyConn::Sqlite(sqlite) = conn {
        sql_query("DELETE FROM search_words").execute(sqlite)?;
    }
    sql_query("DELETE FROM search_bodies").execute(conn)?;
    sql_query("DELETE FROM search_texts").execute(conn).map(drop)
}

/// Whether the index is empty although there are published texts whose clauses could be in it.
pub fn is_missing(conn: &mut AnyConn) -> diesel::QueryResult<bool> {
    let one: Number = sql_query(
        "SELECT count(*) AS n FROM (SELECT 1 FROM clause_texts t JOIN documents d ON d.id = t.document_id \
         WHERE d.kind = 'published_text' AND NOT EXISTS (SELECT 1 FROM search_texts) LIMIT 1) AS one",
    )
    .get_result(conn)?;
    Ok(one.n > 0)
}

/// The editions that say what is looked for, in no order.
///
/// The texts themselves lie apart from what the words point to: reading past them made a question of a frequent word ten times as slow.
pub fn matching(conn: &mut AnyConn, wanted: &Wanted) -> diesel::QueryResult<Vec<SpecificationId>> {
    let body = wanted.body.as_deref().unwrap_or_default();
    let (exact, begun, and) = match conn {
        AnyConn::Sqlite(_) => ("\"", "\"*", " AND "),
        AnyConn::Pg(_) => ("'", "':*", " & "),
    };
    let words = wanted.words.iter().map(|word| format!("{exact}{word}{exact}"));
    let beginnings = wanted.beginnings.iter().map(|word| format!("{exact}{word}{begun}"));
    let asked = words.chain(beginnings).collect::<Vec<_>>().join(and);
    let statement = match (&*conn, body.is_empty()) {
        (AnyConn::Sqlite(_), true) => {
            "SELECT t.specification_id FROM search_words JOIN search_texts t ON t.id = search_words.rowid WHERE search_words MATCH $1"
        }
        (AnyConn::Sqlite(_), false) => {
            "SELECT t.specification_id FROM search_words JOIN search_texts t ON t.id = search_words.rowid \
             JOIN search_bodies b ON b.id = search_words.rowid WHERE search_words MATCH $1 AND instr(b.body, $2) > 0"
        }
        (AnyConn::Pg(_), true) => {
            "SELECT specification_id FROM search_texts WHERE words @@ $1::tsquery"
        }
        (AnyConn::Pg(_), false) => {
            "SELECT t.specification_id FROM search_texts t JOIN search_bodies b USING (specification_id) \
             WHERE t.words @@ $1::tsquery AND strpos(b.body, $2) > 0"
        }
    };
    let asked = sql_query(statement).bind::<Text, _>(asked);
    let found: Vec<Found> =
        if body.is_empty() { asked.load(conn)? } else { asked.bind::<Text, _>(body).load(conn)? };
    Ok(found.into_iter().map(|row| row.specification_id).collect())
}

/// The editions among some whose text is in the index.
pub fn among(
    conn: &mut AnyConn,
    ids: &[SpecificationId],
) -> diesel::QueryResult<Vec<SpecificationId>> {
    table::search_texts::table
        .filter(table::search_texts::specification_id.eq_any(ids.iter().copied().map(bind)))
        .select(table::search_texts::specification_id)
        .load(conn)
}
