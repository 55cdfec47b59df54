//! The workspace as cargo describes it.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::exec;

/// A package of the workspace and what it depends on.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
}

/// One dependency of a package.
#[derive(Debug, Clone)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Used by tests only.
    pub(crate) development: bool,
    /// A member of this workspace.
    pub(crate) ours: bool,
}

/// Every package of the workspace.
pub(crate) fn workspace() -> Result<Vec<Package>> {
    let text = exec::capture(&mut exec::cargo(&["metadata", "--no-deps", "--format-version", "1", "--offline"]))?;
    packages(&serde_json::from_str(&text).context("reading cargo metadata")?)
}

fn packages(metadata: &Value) -> Result<Vec<Package>> {
    let list = metadata.get("packages").and_then(Value::as_array).context("cargo metadata has no packages")?;
    list.iter().map(package).collect()
}

fn package(value: &Value) -> Result<Package> {
    let name = text(value, "name")?;
    let dependencies = value.get("dependencies").and_then(Value::as_array).context("a package has no dependency list")?;
    Ok(Package { name, dependencies: dependencies.iter().map(dependency).collect::<Result<_>>()? })
}

fn dependency(value: &Value) -> Result<Dependency> {
    let development = value.get("kind").and_then(Value::as_str) == Some("dev");
    let ours = value.get("path").is_some_and(|path| !path.is_null());
    Ok(Dependency { name: text(value, "name")?, development, ours })
}

fn text(value: &Value, key: &str) -> Result<String> {
    Ok(value.get(key).and_then(Value::as_str).with_context(|| format!("cargo metadata lacks {key}"))?.to_owned())
}
