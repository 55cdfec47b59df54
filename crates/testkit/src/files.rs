//! Puts invented files on a disk.

use std::fs;
use std::io;
use std::path::Path;

/// Writes the files below `root`, making folders as needed, and the empty `new` and `tmp` that a Maildir's readers look for.
///
/// # Errors
/// What the file system says.
pub fn write_all(root: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for (path, bytes) in files {
        let target = root.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
            if folder.ends_with("cur")
                && let Some(maildir) = folder.parent()
            {
                fs::create_dir_all(maildir.join("new"))?;
                fs::create_dir_all(maildir.join("tmp"))?;
            }
        }
        fs::write(target, bytes)?;
    }
    Ok(())
}
