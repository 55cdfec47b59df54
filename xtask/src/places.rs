//! Where things are: the clone, and the folder outside it that keeps big builds warm.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the clone.
pub(crate) fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or(manifest.clone(), Path::to_path_buf)
}

/// The build folder: `CARGO_TARGET_DIR` if set, else in the user's cache, so that a clone stays small and a new clone starts warm.
pub(crate) fn target() -> PathBuf {
    target_from(|key| env::var_os(key).map(PathBuf::from))
}

fn target_from(variable: impl Fn(&str) -> Option<PathBuf>) -> PathBuf {
    let set = |key: &str| variable(key).filter(|value| !value.as_os_str().is_empty());
    if let Some(target) = set("CARGO_TARGET_DIR") {
        return target;
    }
    let cache = set("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| set("HOME").map(|home| home.join(".cache")));
    cache.map_or_else(|| root().join("target"), |cache| cache.join("probity/target"))
}

/// The program as a development build leaves it.
pub(crate) fn debug_binary() -> PathBuf {
    target().join("debug/probity")
}

/// The program as a release build leaves it.
pub(crate) fn release_binary() -> PathBuf {
    target().join("release/probity")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target_with(pairs: &[(&str, &str)]) -> PathBuf {
        target_from(|key| pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| PathBuf::from(value)))
    }

    #[test]
    fn the_build_folder_is_in_the_cache_unless_set() {
        assert_eq!(target_with(&[("HOME", "/home/ada")]), Path::new("/home/ada/.cache/probity/target"));
        assert_eq!(target_with(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "/cache")]), Path::new("/cache/probity/target"));
        assert_eq!(target_with(&[("HOME", "/home/ada"), ("CARGO_TARGET_DIR", "/build")]), Path::new("/build"));
        assert_eq!(target_with(&[("HOME", "/home/ada"), ("CARGO_TARGET_DIR", "")]), Path::new("/home/ada/.cache/probity/target"));
        assert_eq!(target_with(&[]), root().join("target"));
    }
}
