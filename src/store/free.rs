//! How much room a disk has.

use std::io;
use std::path::Path;

/// Bytes that this process may still write on the volume of a folder, or of its nearest parent that exists.
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let volume = rustix::fs::statvfs(there)?;
    Ok(volume.f_bavail.saturating_mul(volume.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_made_yet_has_the_room_of_its_parent() {
        let folder = tempfile::tempdir().unwrap();
        assert!(free_bytes(folder.path()).unwrap() > 0);
        assert!(free_bytes(&folder.path().join("a/b")).unwrap() > 0);
    }
}
