//! The measure for searching: the index of full texts alone, without ranking, facets or page. Run by `tests/load/run`; not part of the product.
//!
//! `bare_search DATABASE RUNS` reads a question a line, asks each as often, and prints how many texts hold it and the milliseconds of every run.

use std::time::Instant;

use quanheng_actions::search::cut;
use quanheng_db::{AnyConn, Db, DbError, DbOptions, search};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [address, runs] = given.as_slice() else { return Err("DATABASE RUNS".into()) };
    let (db, runs) = (Db::open(&DbOptions::new(address))?, runs.parse::<usize>()?);
    for question in std::io::stdin().lines() {
        let question = question?;
        let terms = cut::terms(&question);
        let Some(wanted) = terms.first().and_then(|term| cut::wanted(term)) else { continue };
        let asked = db.read_blocking(|conn: &mut AnyConn| {
            let (mut found, mut took) = (0, Vec::with_capacity(runs));
            for _ in 0..runs {
                let began = Instant::now();
                found = search::matching(conn, &wanted)?.len();
                took.push(format!("{:.3}", began.elapsed().as_secs_f64() * 1_000.0));
            }
            Ok::<_, DbError>((found, took))
        });
        let (found, took) = asked?;
        println!("{question} {found} {}", took.join(" "));
    }
    Ok(())
}
