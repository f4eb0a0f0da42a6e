//! The words are compiled in, so a new or changed file of words must rebuild this room.
fn main() {
    println!("cargo:rerun-if-changed=../../templates/locales");
}
