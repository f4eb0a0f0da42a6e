//! The command line of Quanheng: every command of the product, one file each in `cli/`.

use std::process::ExitCode;

fn main() -> ExitCode {
    quanheng::cli::run()
}
