//! Rows that hold domain types: `bind` for single values, `row!` for whole rows.
//!
//! Rust's orphan rule keeps `.eq(person_id)` from compiling, because neither Diesel's trait nor the domain's type is
//! ours. So a value of the domain goes into an expression as `.eq(bind(person_id))`. It works for plain and nullable
//! columns, for `T` and `Option<T>`, by value and by reference:
//!
//! ```ignore
//! people::table.filter(people::id.eq(bind(id)))                    // plain column, plain value
//! seats::table.filter(seats::ended_by.eq(bind(person)))            // nullable column, plain value
//! seats::table.filter(seats::person.eq_any(ids.iter().map(bind)))          // plain column
//! seats::table.filter(seats::ended_by.eq_any(ids.map(Some).map(bind)))     // nullable column
//! update(people::table.find(bind(id))).set((people::gone_at.eq(bind(Some(now))), people::name.eq("甲")))
//! ```
//!
//! Emptiness is asked with `.is_null()`; `.eq(bind(None::<_>))` is never true in SQL. Plain texts, numbers and days need
//! no `bind`. Comparing a plain with a nullable column is `plain.nullable().eq(nullable)`.
//!
//! `row!` declares a struct that is read with `as_select()`, inserted whole with `insert_into(t).values(&row)` and saved
//! whole with `update(t.find(bind(row.id))).set(&row)`, where key columns are left alone and `None` writes NULL.

use diesel::{
    backend::Backend,
    expression::{AsExpression, TypedExpressionType},
    internal::derives::as_expression::Bound,
    serialize::{self, Output, ToSql},
    sql_types::SqlType,
};

/// A value of the domain on its way into an expression; made by [`bind`].
#[derive(Debug, Clone, Copy)]
pub struct Bind<T>(T);

/// Lets a domain value stand in a Diesel expression of its column's type.
pub const fn bind<T>(value: T) -> Bind<T> {
    Bind(value)
}

impl<T, ST> AsExpression<ST> for Bind<T>
where
    ST: SqlType + TypedExpressionType,
{
    type Expression = Bound<ST, T>;
    fn as_expression(self) -> Self::Expression {
        Bound::new(self.0)
    }
}

// What `eq_any` needs: the value itself is what goes to the database.
impl<T, ST, DB> ToSql<ST, DB> for Bind<T>
where
    DB: Backend,
    T: ToSql<ST, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

/// Declares the struct of one table's row, with reading, inserting and saving, in the words of the domain.
///
/// Fields are public and have the names of their columns; the key comes first, in the order of `schema.rs`.
///
/// ```ignore
/// row! {
///     /// A person (人员).
///     pub struct PersonRow in people {
///         key {
///             /// Identity.
///             id: PersonId,
///         }
///         /// Name as written on documents.
///         name: String,
///         /// When the account was closed.
///         closed_at: Option<DateTime<Utc>>,
///     }
/// }
/// ```
///
/// The table must be in scope as a module (`use crate::schema::people;`).
#[macro_export]
macro_rules! row {
    (
        $(#[$doc:meta])*
        $vis:vis struct $row:ident in $table:ident {
            key { $($(#[$kdoc:meta])* $key:ident: $kty:ty,)+ }
            $($(#[$fdoc:meta])* $field:ident: $fty:ty,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, diesel::Queryable, diesel::Selectable)]
        #[diesel(table_name = $table)]
        $vis struct $row {
            $($(#[$kdoc])* pub $key: $kty,)+
            $($(#[$fdoc])* pub $field: $fty,)*
        }

        impl<'row> diesel::Insertable<$table::table> for &'row $row {
            type Values = <(
                $(diesel::dsl::Eq<$table::$key, $crate::rows::Bind<&'row $kty>>,)+
                $(diesel::dsl::Eq<$table::$field, $crate::rows::Bind<&'row $fty>>,)*
            ) as diesel::Insertable<$table::table>>::Values;

            fn values(self) -> Self::Values {
                use diesel::ExpressionMethods as _;
                diesel::Insertable::<$table::table>::values((
                    $($table::$key.eq($crate::rows::bind(&self.$key)),)+
                    $($table::$field.eq($crate::rows::bind(&self.$field)),)*
                ))
            }
        }

        impl diesel::internal::derives::insertable::UndecoratedInsertRecord<$table::table> for $row {}

        $crate::__row_changes!($row, $table, $($field: $fty,)*);
    };
}

/// The saving of a row; empty for tables that have nothing but their key.
#[macro_export]
#[doc(hidden)]
macro_rules! __row_changes {
    ($row:ident, $table:ident,) => {};
    ($row:ident, $table:ident, $($field:ident: $fty:ty,)+) => {
        impl<'row> diesel::AsChangeset for &'row $row {
            type Target = $table::table;
            type Changeset = <(
                $(diesel::dsl::Eq<$table::$field, $crate::rows::Bind<&'row $fty>>,)+
            ) as diesel::AsChangeset>::Changeset;

            fn as_changeset(self) -> Self::Changeset {
                use diesel::ExpressionMethods as _;
                diesel::AsChangeset::as_changeset((
                    $($table::$field.eq($crate::rows::bind(&self.$field)),)+
                ))
            }
        }
    };
}
