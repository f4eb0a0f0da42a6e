//! The command line of Quanheng: every command of the product, one file each in `cli/`.

use std::process::ExitCode;

/// A page is thousands of small strings that live for a millisecond; the system's allocator takes a fifth of the time for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    quanheng::cli::run()
}
