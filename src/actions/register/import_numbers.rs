//! Takes editions of which only the number is known, so that a text can be told to replace them.

use quanheng_domain::{number::SpecNumber, people::Actor};
use quanheng_tables::formats::Reading;

use super::{
    import::{Effect, ImportOptions, ImportReport, run},
    lookups,
};
use crate::{ActionError, Tx};

/// Enters editions by number alone; those the register knows stay as they are, the others say that no more is known of them.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_numbers(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<SpecNumber>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    run(tx, actor, reading, options, SpecNumber::year, |tx, work, number| {
        let known = work.stubs();
        lookups::edition(tx, work, number)?;
        let effect = if work.stubs() > known { Effect::Created } else { Effect::Unchanged };
        Ok((number.canonical(), effect))
    })
}
