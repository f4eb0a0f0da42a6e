//! The command line of Quanheng: every command of the product, one file each in `cli/`.
fn main() {}
